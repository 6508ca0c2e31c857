// What the plots of all pages share: colours, numbers, axes, and the box that follows the cursor.
"use strict";
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const seriesColour = run => colour("--series-" + (run % 7));
const fade = (hex, alpha) => hex + Math.round(alpha * 255).toString(16).padStart(2, "0");
// From this many generations on, points would hide the line.
const MANY = 40;
// Runs differ by dash as well as by colour, for print and for eyes that see colours alike.
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [14, 4], [1, 2]];

const escape = text => String(text).replace(/[&<>"']/g, c => "&#" + c.charCodeAt(0) + ";");

function format(value, scale) {
  if (value == null) return "–";
  const size = Math.abs(value);
  const decimals = scale === "SHARE" || size === 0 ? 3
    : scale === "COST" ? 1
    : Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(size))));
  return value.toFixed(decimals);
}

// Means and single seeds decide the axis; a band from two or three seeds may leave the plot.
function valueRange(metric, fit) {
  const seen = metric.runs.flatMap(run => [...run.mean, ...Object.values(run.seeds || {}).flat(), ...(run.expected || [])]).filter(v => v != null);
  if (!seen.length) return [0, 1];
  const low = Math.min(...seen), high = Math.max(...seen);
  const bands = metric.runs.flatMap(run => [...run.low, ...run.high]).filter(v => v != null);
  const margin = (high - low || Math.abs(high) || 1) * 0.15;
  const top = Math.min(Math.max(high, ...bands), high + 3 * margin) + margin * 0.3;
  const bottom = Math.max(Math.min(low, ...bands), low - 3 * margin) - margin * 0.3;
  if (fit) return [bottom, top];
  if (metric.scale === "SHARE") return [0, 1];
  return low >= 0 ? [0, top] : [bottom, top];
}

function axes(xLabel, size) {
  const style = { stroke: colour("--ink-3"), font: "12px " + colour("--sans"), ticks: { show: false }, border: { show: false } };
  return [
    { ...style, grid: { show: false }, size: 24, gap: 6, label: xLabel, labelSize: 16, labelFont: "12px " + colour("--sans"), labelGap: 0 },
    { ...style, grid: { stroke: colour("--grid"), width: 1 }, size, gap: 6 },
  ];
}

// The cross hair stands on a point of the plot, never between two.
const snap = (u, left, top) => [left < 0 ? left : u.valToPos(u.data[0][u.posToIdx(left)], "x"), top];
const CURSOR = { y: false, move: snap, drag: { setScale: false, x: false, y: false }, points: { show: false } };

// A box that follows the cursor over one plot; content(index) gives its HTML.
function tooltip(content) {
  let tip, inside = false;
  return {
    hooks: {
      ready: u => {
        tip = u.over.appendChild(document.createElement("div"));
        tip.className = "tip";
        u.over.addEventListener("mouseenter", () => { inside = true; });
        u.over.addEventListener("mouseleave", () => { inside = false; tip.style.display = "none"; });
      },
      setCursor: u => {
        const i = u.cursor.idx;
        const html = inside && i != null ? content(i, u) : "";
        if (!tip || !html) { if (tip) tip.style.display = "none"; return; }
        tip.innerHTML = html;
        tip.style.display = "block";
        const x = u.valToPos(u.data[0][i], "x");
        const left = x + 14 + tip.offsetWidth > u.over.clientWidth ? x - tip.offsetWidth - 14 : x + 14;
        tip.style.left = Math.max(-40, left) + "px";
        tip.style.top = Math.max(0, Math.min(u.cursor.top - 20, u.over.clientHeight - tip.offsetHeight)) + "px";
      },
    },
  };
}
