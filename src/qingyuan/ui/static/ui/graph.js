// Draws <div data-graph="id"> from the JSON beside it. Clicking a node opens its record.
(() => {
  "use strict";
  if (!window.cytoscape) return;
  // Cytoscape adds a <style> element unless this id is there already; the policy would refuse it. The rule is in ui.css.
  const stylesheet = document.createElement("meta");
  stylesheet.id = "__________cytoscape_stylesheet";
  document.head.append(stylesheet);
  const kinds = {
    party: ["round-rectangle", "#1f5d9e"], person: ["ellipse", "#7a4fa3"], place: ["hexagon", "#2c7a51"],
    phone: ["diamond", "#9a6a00"], goods: ["barrel", "#5c7a8a"], case: ["rectangle", "#a33a3a"], domain: ["octagon", "#3f6f9b"],
  };
  const style = [
    { selector: "node", style: { label: "data(label)", "font-size": 11, "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": 110, width: 26, height: 26, color: "#1d2733", "font-family": getComputedStyle(document.body).fontFamily } },
    ...Object.entries(kinds).map(([kind, [shape, colour]]) => ({ selector: `node[kind="${kind}"]`, style: { shape, "background-color": colour } })),
    { selector: "node[?marked]", style: { "border-width": 4, "border-color": "#b42318", width: 34, height: 34 } },
    { selector: "edge", style: { label: "data(label)", "font-size": 10, color: "#48566a", "text-background-color": "#fff", "text-background-opacity": 1, "text-background-padding": 2, width: "mapData(weight, 0, 10, 1.2, 6)", "line-color": "#a9b7c7", "curve-style": "bezier" } },
  ];
  const draw = (canvas) => {
    const data = JSON.parse(document.getElementById(canvas.dataset.graph).textContent);
    const start = (index) => {
      const angle = (2 * Math.PI * index) / data.nodes.length;
      return { x: 200 * Math.cos(angle), y: 200 * Math.sin(angle) };
    };
    const graph = window.cytoscape({
      container: canvas, style, minZoom: 0.2, maxZoom: 3, userZoomingEnabled: false,
      elements: { nodes: data.nodes.map((node, index) => ({ data: node, position: start(index) })), edges: data.edges.map((edge) => ({ data: edge })) },
      // From a fixed circle, not from chance: the same records lie the same way again, so that people find them.
      layout: { name: "cose", animate: false, randomize: false, padding: 24, nodeDimensionsIncludeLabels: true, nodeRepulsion: () => 12000, idealEdgeLength: () => 60 },
    });
    // Drawn to the shape of the frame: a tall tangle in a wide frame would be tiny.
    const box = graph.nodes().boundingBox();
    const stretch = (canvas.clientWidth / canvas.clientHeight) / (box.w / box.h);
    if (stretch > 1) graph.nodes().positions((node) => ({ x: node.position("x") * Math.min(3, stretch), y: node.position("y") }));
    const show = () => {
      graph.fit(undefined, 24);
      if (graph.zoom() > 1.1) { graph.zoom(1.1); graph.center(); }
      const scale = Math.max(0.5, Math.min(1, graph.zoom())); // words keep their size while a few dozen nodes shrink
      graph.nodes().style("font-size", 12 / scale);
      graph.edges().style("font-size", 10.5 / scale);
    };
    show();
    graph.on("tap", "node", (event) => { const url = event.target.data("url"); if (url) location.assign(url); });
    canvas.addEventListener("click", () => graph.userZoomingEnabled(true));
    new ResizeObserver(() => { graph.resize(); show(); }).observe(canvas);
  };
  const drawAll = (root) => root.querySelectorAll("[data-graph]:not([data-drawn])").forEach((canvas) => { canvas.dataset.drawn = "1"; draw(canvas); });
  drawAll(document);
  document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt));
})();
