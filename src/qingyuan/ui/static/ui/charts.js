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
      const bar = (name, points, colour) => ({ type: "bar", stack: "all", name, data: points, barMaxWidth: 34, itemStyle: { color: colour }, label: { show: colour !== "transparent", position: "top", ...text }, tooltip: { show: colour !== "transparent" } });
      return { ...base(data), aria: { enabled: true }, legend: undefined, xAxis: axis(data.labels), yAxis: scale(), series: [bar("", floor, "transparent"), bar("+", up, "#2c7a51"), bar("−", down, "#a33a3a")] };
    },
    map: (data) => {
      const values = data.series[0].values.filter((value) => value != null);
      return { ...base(data), tooltip: { trigger: "item", renderMode: "richText" }, visualMap: { min: 0, max: Math.max(1, ...values), inRange: { color: ["#e8f0f8", "#1f5d9e"] }, textStyle: text, left: 8, bottom: 8 }, series: [{ type: "map", map: data.map, label: { show: true, fontSize: 10 }, data: data.labels.map((name, index) => ({ name, value: data.series[0].values[index] })) }] };
    },
  };

  const draw = async (canvas) => {
    const data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    try {
      if (data.kind === "map" && !window.echarts.getMap(data.map)) {
        window.echarts.registerMap(data.map, await (await fetch(data.map)).json());
      }
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
