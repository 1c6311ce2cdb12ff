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
    const graph = window.cytoscape({
      container: canvas, style, minZoom: 0.2, maxZoom: 3, userZoomingEnabled: false,
      elements: { nodes: data.nodes.map((node) => ({ data: node })), edges: data.edges.map((edge) => ({ data: edge })) },
      // Deterministic: the same records always lie the same way, so that people find them again.
      layout: { name: "cose", animate: false, randomize: false, padding: 24, nodeDimensionsIncludeLabels: true, nodeRepulsion: () => 12000, idealEdgeLength: () => 60 },
    });
    const show = () => { graph.fit(undefined, 24); if (graph.zoom() > 1.1) { graph.zoom(1.1); graph.center(); } };
    show();
    graph.on("tap", "node", (event) => { const url = event.target.data("url"); if (url) location.assign(url); });
    canvas.addEventListener("click", () => graph.userZoomingEnabled(true));
    new ResizeObserver(() => { graph.resize(); show(); }).observe(canvas);
  };
  const drawAll = (root) => root.querySelectorAll("[data-graph]:not([data-drawn])").forEach((canvas) => { canvas.dataset.drawn = "1"; draw(canvas); });
  drawAll(document);
  document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt));
})();
