// Plots of the page's data with uPlot: one a metric over generations, and the loss over steps.
"use strict";
document.documentElement.classList.add("js");
const data = JSON.parse(document.getElementById("data").textContent);

function withInterval(run, i, scale) {
  const mean = format(run.mean[i], scale);
  if (run.high[i] == null) return mean;
  const decimals = (mean.split(".")[1] || "").length;
  const above = run.high[i] - run.mean[i], below = run.mean[i] - run.low[i];
  if (Math.abs(above - below) > 1e-6 * (above + below)) return mean + " [" + run.low[i].toFixed(decimals) + ", " + run.high[i].toFixed(decimals) + "]";
  return mean + " ± " + (run.high[i] - run.mean[i]).toFixed(decimals);
}

function metricTip(metric, i, strokeOf) {
  const lines = metric.runs.map((run, r) => {
    if (run.mean[i] == null) return "";
    const seeds = Object.entries(run.seeds || {}).filter(([, values]) => values[i] != null);
    const name = metric.runs.length > 1 ? " " + escape((metric.names || data.labels)[r]) : "";
    const head = "<span><i style='background:" + strokeOf(r) + "'></i><b>" + withInterval(run, i, metric.scale) + "</b>" + name + "</span>";
    const theory = run.expected && run.expected[i] != null
      ? "<span>closed form: " + format(run.expected[i], metric.scale) + "</span>" : "";
    const each = metric.runs.length === 1 && seeds.length > 1
      ? seeds.map(([seed, values]) => "<span>seed " + escape(seed) + ": " + format(values[i], metric.scale) + "</span>").join("") : "";
    return head + theory + each;
  }).join("");
  return lines && "<span>Generation " + data.generations[i] + "</span>" + lines;
}

function metricPlot(element, fit) {
  const all = data.metrics[element.dataset.metric];
  // Some of the runs, in an order that colour can follow, or all of them.
  const chosen = element.dataset.runs ? element.dataset.runs.split(",").map(Number) : null;
  const metric = chosen ? { ...all, runs: chosen.map(r => all.runs[r]), names: chosen.map(r => data.labels[r]) } : all;
  const strokeOf = r => chosen ? rampColour(chosen.length > 1 ? r / (chosen.length - 1) : 0) : seriesColour(r);
  if (chosen) {
    element.closest("figure").querySelectorAll(".ramp .swatch").forEach((swatch, r) => { swatch.style.background = strokeOf(r); });
  }
  const columns = [data.generations], series = [{}], bands = [];
  metric.runs.forEach((run, r) => {
    const stroke = strokeOf(r), dash = chosen ? [] : DASHES[r % DASHES.length];
    const hidden = { stroke: "transparent", width: 0, points: { show: false } };
    columns.push(run.high, run.low);
    series.push(hidden, { ...hidden });
    bands.push({ series: [series.length - 2, series.length - 1], fill: fade(stroke, metric.runs.length > 1 ? 0.12 : 0.18) });
    const seeds = Object.values(run.seeds || {});
    if (seeds.length > 1) {
      for (const values of seeds) {
        columns.push(values);
        series.push({ stroke: "transparent", width: 0, points: { show: true, size: data.generations.length <= MANY ? 5 : 3, width: 0, fill: fade(stroke, 0.45) } });
      }
    }
    if (run.expected) {
      columns.push(run.expected);
      series.push({ stroke: metric.runs.length > 1 ? stroke : colour("--ink-2"), width: 1.5, dash: [7, 4], points: { show: run.expected.filter(v => v != null).length === 1, size: 8, width: 0, fill: colour("--ink-2") } });
    }
    columns.push(run.mean);
    series.push({ stroke, width: 2.25, dash, points: { show: data.generations.length <= MANY, size: 6.5, width: 0, fill: stroke } });
  });
  const readout = element.closest("figure").querySelector(".readout");
  const last = data.generations.length - 1, first = data.generations[0];
  const showReadout = i => {
    readout.textContent = metric.runs.length > 1 || i == null ? "" : "generation " + data.generations[i] + ": " + withInterval(metric.runs[0], i, metric.scale);
  };
  return new uPlot({
    width: element.clientWidth, height: element.clientHeight, padding: [10, 12, 0, 0],
    legend: { show: false },
    cursor: { ...CURSOR, sync: { key: "generations" } },
    scales: { x: { time: false, range: () => [first - 0.2, Math.max(data.generations[last], first + 1) + 0.2] }, y: { range: () => valueRange(metric, fit) } },
    axes: axes("generation", 48).map((axis, a) => a ? axis : { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100], space: 24, values: (u, v) => v.map(g => Number.isInteger(g) ? g : "") }),
    series, bands,
    plugins: [tooltip(i => metricTip(metric, i, strokeOf)), { hooks: { setCursor: u => showReadout(u.cursor.idx) } }],
  }, columns, element);
}

// Cividis, which reads the same with and without colour vision, cut at the end that the background would swallow.
const RAMP = [[0, 52, 110], [67, 78, 108], [125, 124, 120], [188, 175, 111], [255, 234, 70]];
function rampColour(t) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches && !matchMedia("print").matches;
  const at = (dark ? 0.25 + 0.75 * t : 0.8 * t) * (RAMP.length - 1);
  const k = Math.min(RAMP.length - 2, Math.floor(at));
  return "#" + RAMP[k].map((c, j) => Math.round(c + (RAMP[k + 1][j] - c) * (at - k)).toString(16).padStart(2, "0")).join("");
}

function lossPlot(element, seed, figure) {
  const steps = [...new Set(seed.curves.flatMap(curve => curve.steps))].sort((a, b) => a - b);
  const place = new Map(steps.map((step, i) => [step, i]));
  const shade = c => rampColour(seed.curves.length > 1 ? c / (seed.curves.length - 1) : 0);
  const columns = seed.curves.map(curve => {
    const column = new Array(steps.length).fill(undefined);
    const values = curve.figures[figure.key] || [];
    curve.steps.forEach((step, i) => { column[place.get(step)] = values[i]; });
    return column;
  });
  // A logarithm has no place for zero and less.
  const logarithmic = figure.logarithmic && columns.every(column => column.every(value => value == null || value > 0));
  document.getElementById("loss-title").textContent = figure.label + (logarithmic ? ", logarithmic" : "");
  const key = document.getElementById("loss-key");
  const every = Math.ceil((seed.curves.length - 1) / 11) || 1;
  key.innerHTML = seed.curves.map((curve, c) => c % every ? "" : "<span><i class='swatch line' style='background:" + shade(c) + "'></i>generation " + curve.generation + "</span>").join("");
  return new uPlot({
    width: element.clientWidth, height: element.clientHeight, padding: [10, 12, 0, 0],
    legend: { show: false },
    cursor: CURSOR,
    scales: { x: { time: false }, y: logarithmic ? { distr: 3, range: (u, low, high) => [low * 0.85, high * 1.15] } : {} },
    axes: axes("step", 56),
    series: [{}, ...seed.curves.map((curve, c) => ({ stroke: shade(c), width: 1.5, points: { show: false }, spanGaps: false }))],
    plugins: [tooltip((i, u) => "<span>Step " + Math.round(steps[i]) + "</span>" + seed.curves.map((curve, c) => u.data[c + 1][i] == null ? ""
      : "<span><i style='background:" + shade(c) + "'></i>generation " + curve.generation + ": <b>" + u.data[c + 1][i].toPrecision(3) + "</b></span>").join(""))],
  }, [steps, ...columns], element);
}

const shown = [];
let lossSeed = 0;
let lossFigure = 0;
function drawAll() {
  const fit = document.getElementById("fit");
  for (const plot of shown.splice(0)) plot.destroy();
  for (const element of document.querySelectorAll(".plot[data-metric]")) shown.push(metricPlot(element, fit !== null && fit.checked));
  const loss = document.getElementById("loss");
  if (loss && data.losses && data.losses.length) shown.push(lossPlot(loss, data.losses[lossSeed], data.figures[lossFigure]));
}
