// Draws <div data-chart="id"> from the JSON beside it. The same figures stand below as a table.
(() => {
  "use strict";
  if (!window.echarts) return;
  const colours = ["#1f5d9e", "#c2691c", "#2c7a51", "#7a4fa3", "#a33a3a", "#5c7a8a", "#9a7d1a", "#3f8f9b"];
  const text = { color: "#48566a", fontFamily: "inherit", fontSize: 12 };
  const grid = { left: 8, right: 16, top: 36, bottom: 8, containLabel: true };
  const short = (label) => (label.length > 8 ? label.slice(0, 7) + "…" : label);
  const axis = (labels) => ({ type: "category", data: labels, axisLabel: { ...text, formatter: short }, axisTick: { show: false } });
  const scale = () => ({ type: "value", axisLabel: text, splitLine: { lineStyle: { color: "#e6ebf1" } } });
  const base = (data) => ({
    color: colours,
    aria: { enabled: true, decal: { show: data.series.length > 1 } }, // patterns: colour alone is not enough
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (v) => (v == null ? "—" : v.toLocaleString() + data.unit) },
    legend: data.series.length > 1 ? { top: 4, textStyle: text, itemHeight: 10 } : undefined,
    grid,
  });
  const series = (data, type, more = {}) => data.series.map((one) => ({ type, name: one.name, data: one.values, ...more }));

  const drawings = {
    line: (data) => ({ ...base(data), aria: { enabled: true }, xAxis: axis(data.labels), yAxis: scale(), series: data.series.map((one, index) => ({ type: "line", name: one.name, data: one.values, symbol: ["circle", "rect", "triangle", "diamond"][index % 4], symbolSize: 7 })) }),
    bar: (data) => ({ ...base(data), xAxis: axis(data.labels), yAxis: scale(), series: series(data, "bar", { barMaxWidth: 34 }) }),
    stacked: (data) => ({ ...base(data), xAxis: axis(data.labels), yAxis: scale(), series: series(data, "bar", { stack: "all", barMaxWidth: 34 }) }),
    pie: (data) => ({ ...base(data), legend: undefined, tooltip: { trigger: "item", renderMode: "richText" }, aria: { enabled: true, decal: { show: true } }, series: [{ type: "pie", radius: ["38%", "66%"], label: { ...text, formatter: "{b} {c} ({d}%)" }, data: data.labels.map((name, index) => ({ name, value: data.series[0].values[index] })) }] }),
    waterfall: (data) => {
      const values = data.series[0].values;
      let sum = 0;
      const floor = [], up = [], down = [];
      for (const value of values) {
        const next = sum + value;
        floor.push(Math.min(sum, next)); up.push(value >= 0 ? value : null); down.push(value < 0 ? -value : null);
        sum = next;
      }
      const bar = (name, points, colour) => ({ type: "bar", stack: "all", name, data: points, barMaxWidth: 34, itemStyle: { color: colour }, label: { show: colour !== "transparent", position: "top", formatter: name === "−" ? "−{c}" : "{c}", ...text }, tooltip: { show: colour !== "transparent" } });
      return { ...base(data), aria: { enabled: true }, legend: undefined, xAxis: axis(data.labels), yAxis: scale(), series: [bar("", floor, "transparent"), bar("+", up, "#2c7a51"), bar("−", down, "#a33a3a")] };
    },
  };

  // A map of shaded regions as plain SVG: ECharts' small build has no maps, and shading needs no more than this.
  const shades = ["#e8eff7", "#c3d7ec", "#93b7db", "#4f86c0", "#174a84"];
  const part = (name, attributes, words) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (words != null) made.textContent = words;
    return made;
  };
  const rings = (shape) => (shape.type === "MultiPolygon" ? shape.coordinates.flat() : shape.coordinates);
  const drawMap = async (canvas, data) => {
    const answer = await fetch(data.map);
    if (!answer.ok) throw new Error(`${data.map}: ${answer.status}`);
    const places = (await answer.json()).features;
    const points = places.flatMap((place) => rings(place.geometry).flat());
    const [xs, ys] = [points.map((point) => point[0]), points.map((point) => point[1])];
    const edge = (list, better) => list.reduce((found, value) => (better(value, found) ? value : found));
    const [west, east] = [edge(xs, (a, b) => a < b), edge(xs, (a, b) => a > b)];
    const [south, north] = [edge(ys, (a, b) => a < b), edge(ys, (a, b) => a > b)];
    const squeeze = Math.cos(((south + north) / 2) * Math.PI / 180); // a degree of longitude is shorter up north
    const zoom = 600 / Math.max((east - west) * squeeze, north - south);
    const at = ([x, y]) => [((x - west) * squeeze * zoom).toFixed(1), ((north - y) * zoom).toFixed(1)];
    const values = new Map(data.labels.map((label, index) => [label, data.series[0].values[index]]));
    const most = Math.max(1, ...[...values.values()].filter((value) => value != null));
    const size = [(east - west) * squeeze * zoom, (north - south) * zoom];
    const svg = part("svg", { viewBox: `-8 -8 ${size[0] + 16} ${size[1] + 16}`, width: "100%", height: "100%" });
    for (const place of places) {
      const value = values.get(place.properties.name);
      const step = value ? Math.min(4, Math.ceil((value / most) * 4)) : 0;
      const path = rings(place.geometry).map((ring) => "M" + ring.map((point) => at(point).join(" ")).join("L") + "Z").join("");
      const region = part("path", { d: path, fill: shades[step], stroke: "#fff", "stroke-width": 1.5, "fill-rule": "evenodd" });
      region.append(part("title", {}, `${place.properties.name} ${value ?? "—"}${value == null ? "" : data.unit}`));
      svg.append(region);
      const outline = rings(place.geometry).reduce((a, b) => (b.length > a.length ? b : a)).map(at);
      const middle = (axisIndex) => outline.reduce((sum, point) => sum + Number(point[axisIndex]), 0) / outline.length;
      svg.append(part("text", { x: middle(0), y: middle(1), "text-anchor": "middle", "font-size": 20, fill: step > 2 ? "#fff" : "#1d2733" }, `${place.properties.name} ${value ?? ""}`));
    }
    canvas.replaceChildren(svg);
  };

  const draw = async (canvas) => {
    const data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    try {
      if (data.kind === "map") { await drawMap(canvas, data); return; }
      const chart = window.echarts.init(canvas, null, { renderer: "canvas" });
      chart.setOption(drawings[data.kind](data));
      canvas.setAttribute("aria-label", canvas.closest("figure").querySelector("figcaption").textContent.trim());
      new ResizeObserver(() => chart.resize()).observe(canvas);
    } catch (problem) { // the table stays: open it instead of an empty frame
      canvas.classList.add("qy-undrawn");
      canvas.closest("figure").querySelector("details").open = true;
      console.warn(problem);
    }
  };
  const drawAll = (root) => root.querySelectorAll("[data-chart]:not([data-drawn])").forEach((canvas) => { canvas.dataset.drawn = "1"; draw(canvas); });
  drawAll(document);
  document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt));
})();
