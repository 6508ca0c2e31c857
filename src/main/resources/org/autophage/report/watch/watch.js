// The live page: one stream of events tells which runs changed; records are fetched only of the runs that are plotted.
"use strict";
const byId = id => document.getElementById(id);
const runs = new Map();     // id → summary, as the server sent it
const rows = new Map();     // id → table row
const records = new Map();  // "id/seed" → {begun, generations, values, features, classifier}
const troubles = new Map(); // "id/seed" → why its records did not come
const metrics = new Map();  // key → {key, label, meaning, scale, measuredBy}
const plots = new Map();    // key and network → {plot, shape, element}
const MOST_PLOTTED = 7;     // as many as there are colours
let chosen = [];            // ids, in the order of their colours; null where one was taken out
let following = true;
let fetching = false, again = false;

const path = id => id.split("/").map(encodeURIComponent).join("/");
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// ---- the list

const generationOf = run => run.seeds.reduce((least, seed) => Math.min(least, seed.generation), run.seeds.length ? Infinity : 0);
const finishedOf = run => run.seeds.reduce((sum, seed) => sum + seed.generation, 0);

function clock(seconds) {
  const s = Math.max(0, Math.round(seconds)), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
  return h >= 48 ? Math.round(h / 24) + " days" : h ? h + " h " + m + " min" : m ? m + " min" : s + " s";
}

function ready(run) {
  if (run.state !== "RUNNING") return "";
  if (run.endsAt == null) return run.work && run.work.secondsLeft != null ? "this step: " + clock(run.work.secondsLeft) : "";
  const left = (run.endsAt - Date.now()) / 1000;
  return left > 0 ? "in " + clock(left) : "soon";
}

function work(run) {
  if (!run.work || !run.work.what) return "";
  const done = run.work.total ? " " + Math.floor(100 * run.work.done / run.work.total) + "%" : "";
  return run.work.what + done + (run.work.detail ? ", " + run.work.detail : "");
}

function fill(row, run) {
  const box = row.querySelector("input") || element("input", { type: "checkbox" });
  box.onchange = () => { following = false; byId("follow").setAttribute("aria-pressed", "false"); choose(run.id, box.checked); };
  const label = element("label", {}, box, element("span", {}, run.report
    ? element("a", { href: "/files/" + path(run.id) + "/report.html", target: "_blank", rel: "noopener", textContent: run.name }) : run.name));
  const name = element("th", { scope: "row" }, label);
  for (const seed of run.seeds) {
    for (const warning of seed.warnings) name.append(element("span", { className: "warning", textContent: "seed " + seed.seed + ": " + warning }));
    if (seed.stopped) name.append(element("span", { className: "warning", textContent: "seed " + seed.seed + " " + seed.stopped }));
  }
  if (run.state === "UNREADABLE") name.append(element("span", { className: "problem", textContent: run.outcome }));
  if (run.state === "RUNNING" && work(run)) name.append(element("span", { className: "at-work", textContent: work(run) }));
  const word = run.state.toLowerCase(), reason = run.state === "FAILED" && run.outcome !== "failed" ? ", " + run.outcome.replace("_", " ") : "";
  const finished = finishedOf(run), total = run.generations * Math.max(1, run.seeds.length);
  const progress = element("td", {}, run.seeds.map(seed => seed.generation).join(", ") || "0", " of " + run.generations);
  if (run.state === "RUNNING" && total) progress.append(element("meter", { min: 0, max: total, value: finished, title: finished + " of " + total + " generations" }));
  row.replaceChildren(
    name,
    element("td", {}, element("span", { className: "pill " + word, textContent: word + reason })),
    progress,
    element("td", { className: "ready", textContent: ready(run) }),
    element("td", { textContent: run.loop }),
    element("td", { textContent: run.bias == null ? "" : run.bias }),
    element("td", { textContent: run.seeds.map(seed => seed.seed).join(", ") }),
    element("td", { textContent: run.data }),
    element("td", { textContent: [run.device, run.host].filter(text => text).join(" on ") }));
  row.dataset.text = [run.id, run.name, run.loop, word, run.data].join(" ").toLowerCase();
}

const RANK = { RUNNING: 0, FAILED: 1, UNREADABLE: 1, INTERRUPTED: 2, STOPPED: 3, FINISHED: 3 };
function list(changed) {
  for (const run of changed) {
    if (!rows.has(run.id)) rows.set(run.id, element("tr", {}));
    fill(rows.get(run.id), run);
  }
  const order = [...runs.values()].sort((a, b) => RANK[a.state] - RANK[b.state] || b.changed - a.changed || a.id.localeCompare(b.id));
  const body = byId("runs");
  order.forEach((run, i) => { if (body.children[i] !== rows.get(run.id)) body.insertBefore(rows.get(run.id), body.children[i] || null); });
  byId("empty").hidden = order.length > 0;
  byId("empty").textContent = "No runs are here yet.";
  const count = {};
  order.forEach(run => { count[run.state.toLowerCase()] = (count[run.state.toLowerCase()] || 0) + 1; });
  byId("counts").textContent = order.length + " runs: " + Object.entries(count).map(([state, n]) => n + " " + state).join(", ");
  filter();
}

function filter() {
  const wanted = byId("filter").value.toLowerCase().split(/\s+/).filter(word => word);
  for (const row of rows.values()) row.classList.toggle("hidden", !wanted.every(word => row.dataset.text.includes(word)));
}

// ---- which runs are plotted

function follow() {
  const order = [...runs.values()].sort((a, b) => RANK[a.state] - RANK[b.state] || b.changed - a.changed);
  const running = order.filter(run => run.state === "RUNNING").slice(0, MOST_PLOTTED);
  const wanted = (running.length ? running : order.filter(run => finishedOf(run)).sort((a, b) => b.changed - a.changed).slice(0, 3)).map(run => run.id);
  // Whoever stays keeps its colour.
  chosen = chosen.map(id => wanted.includes(id) ? id : null);
  for (const id of wanted) put(id);
}

function put(id) {
  if (chosen.includes(id)) return;
  const free = chosen.indexOf(null);
  if (free >= 0) chosen[free] = id;
  else if (chosen.length < MOST_PLOTTED) chosen.push(id);
}

function choose(id, wanted) {
  if (wanted) put(id);
  else chosen = chosen.map(other => other === id ? null : other);
  show();
}

// ---- records

const isBehind = (id, seed) => {
  const known = records.get(id + "/" + seed.seed);
  const have = known ? known.generations.length : 0;
  return have !== seed.generation || have > 0 && known.begun !== seed.begun;
};

async function fetchNew() {
  if (fetching) { again = true; return; }
  fetching = true;
  do {
    again = false;
    for (const id of chosen.slice()) {
      for (const seed of runs.has(id) ? runs.get(id).seeds : []) {
        if (!isBehind(id, seed)) continue;
        try {
          await fetchSeed(id, seed);
          troubles.delete(id + "/" + seed.seed);
        } catch (trouble) {
          troubles.set(id + "/" + seed.seed, trouble.message);
        }
      }
    }
    draw();
  } while (again);
  fetching = false;
}

async function fetchSeed(id, seed) {
  const key = id + "/" + seed.seed;
  let known = records.get(key);
  // A run that was begun anew, with other metrics or another extractor perhaps, comes whole.
  if (!known || known.begun !== seed.begun || known.generations.length > seed.generation) known = null;
  if (!seed.generation) { records.delete(key); return; }
  const answer = await fetch("/api/records/" + path(id) + "/seed-" + seed.seed + "?after=" + (known ? known.generations.length : 0));
  if (!answer.ok) throw new Error((await answer.text()).trim());
  const more = await answer.json();
  if (known && known.begun !== more.begun) { again = true; records.delete(key); return; }
  if (!known) known = { begun: more.begun, generations: [], values: {}, features: [], classifier: [] };
  more.metrics.forEach(metric => metrics.set(metric.key, metric));
  for (const name of new Set([...Object.keys(known.values), ...Object.keys(more.values)])) {
    const before = known.values[name] || known.generations.map(() => null);
    known.values[name] = before.concat(more.values[name] || more.generations.map(() => null));
  }
  for (const column of ["generations", "features", "classifier"]) known[column] = known[column].concat(more[column]);
  records.set(key, known);
}

// ---- curves

// Numbers that different networks measured have nothing to do with each other: a curve is of one, and so is a plot.
function curvesOf(metric) {
  const curves = [];
  chosen.forEach((id, colourIndex) => {
    const run = runs.get(id);
    if (!run) return;
    for (const seed of run.seeds) {
      const known = records.get(id + "/" + seed.seed);
      const column = known && known.values[metric.key];
      if (!column) continue;
      const network = i => metric.measuredBy ? known[metric.measuredBy][i] : "";
      for (const measured of new Set(column.map((value, i) => value == null ? null : network(i)))) {
        if (measured == null) continue;
        const values = column.map((value, i) => network(i) === measured ? value : null);
        curves.push({ id, name: run.name, seed: seed.seed, seeds: run.seeds.length, colourIndex, measured, generations: known.generations, values });
      }
    }
  });
  return curves;
}

function draw() {
  const wanted = [];
  const networks = new Set();
  const order = [...metrics.values()].sort((a, b) => (a.scale === "COST") - (b.scale === "COST"));
  for (const metric of order) {
    const all = curvesOf(metric);
    const measured = [...new Set(all.map(curve => curve.measured))];
    if (measured.length > 1 && metric.measuredBy === "features") measured.forEach(name => networks.add(name));
    for (const network of measured) {
      const place = metric.key + "\n" + network;
      wanted.push(place);
      drawOne(place, metric, network, all.filter(curve => curve.measured === network));
    }
  }
  for (const [place, entry] of plots) {
    if (!wanted.includes(place)) { entry.plot.destroy(); entry.element.remove(); plots.delete(place); }
  }
  const host = byId("charts");
  wanted.forEach((place, i) => { const figure = plots.get(place).element; if (host.children[i] !== figure) host.insertBefore(figure, host.children[i] || null); });
  byId("apart").hidden = networks.size < 2;
  byId("apart").textContent = "The chosen runs were measured with different features (" + [...networks].map(name => name || "not recorded").join(", ")
    + "), whose numbers cannot be compared: each has plots of its own.";
  say(wanted.length);
  document.body.dataset.drawn = wanted.map(place => place.split("\n")[0]).join(" ");
}

function drawOne(place, metric, network, curves) {
  const generations = [...new Set(curves.flatMap(curve => curve.generations))].sort((a, b) => a - b);
  const columns = curves.map(curve => {
    const values = new Map(curve.generations.map((generation, i) => [generation, curve.values[i]]));
    return generations.map(generation => values.has(generation) ? values.get(generation) : null);
  });
  const range = { ...metric, runs: columns.map(column => ({ mean: column, low: [], high: [] })) };
  const shape = curves.map(curve => curve.id + " " + curve.seed + " " + curve.colourIndex).join("|");
  const old = plots.get(place);
  if (old && old.shape === shape) {
    old.curves = curves;
    old.range = range;
    old.plot.setData([generations, ...columns]);
    return;
  }
  if (old) old.plot.destroy();
  const entry = { shape, curves, range, element: old ? old.element : byId("charts").appendChild(chart(metric, network)) };
  plots.set(place, entry);
  entry.plot = plot(entry.element.querySelector(".plot"), entry, metric, generations, columns);
}

// What there is to say where curves are missing.
function say(drawn) {
  const seeds = chosen.filter(id => runs.has(id)).flatMap(id => runs.get(id).seeds.map(seed => ({ id, seed, key: id + "/" + seed.seed })));
  const behind = seeds.filter(({ id, seed }) => isBehind(id, seed));
  const failed = behind.filter(({ key }) => troubles.has(key));
  const sentence = failed.length ? failed.map(({ id, seed, key }) => runs.get(id).name + ", seed " + seed.seed + ": " + troubles.get(key)).join("; ")
    : drawn || !runs.size ? ""
    : behind.length ? "The records of the chosen runs are on their way…"
    : chosen.some(id => runs.has(id)) ? "The chosen runs have finished no generation yet."
    : "Choose runs in the list to see their curves and samples.";
  byId("choose").textContent = sentence;
  byId("choose").hidden = !sentence;
}

function chart(metric, network) {
  const caption = element("figcaption", {}, element("h3", { textContent: metric.label }), element("p", { className: "meaning", textContent: metric.meaning }));
  if (metric.measuredBy) caption.append(element("p", { className: "meaning", textContent: network || metric.measuredBy + " not recorded" }));
  return element("figure", { className: "chart" },
    caption,
    element("div", { className: "plot", role: "img", ariaLabel: metric.label + " by generation" }));
}

function plot(host, entry, metric, generations, columns) {
  const line = curve => {
    const stroke = seriesColour(curve.colourIndex);
    return { stroke, width: curve.seeds > 1 ? 1.5 : 2.25, spanGaps: true, points: { show: generations.length <= MANY, size: 5.5, width: 0, fill: stroke } };
  };
  const lines = i => entry.curves.map((curve, c) => entry.plot.data[c + 1][i] == null ? ""
    : "<span><i class='series-" + curve.colourIndex + "'></i><b>" + format(entry.plot.data[c + 1][i], metric.scale) + "</b> " + escape(curve.name) + (curve.seeds > 1 ? ", seed " + curve.seed : "") + "</span>").join("");
  return new uPlot({
    width: host.clientWidth, height: host.clientHeight, padding: [10, 12, 0, 0],
    legend: { show: false },
    cursor: { ...CURSOR, sync: { key: "generations" } },
    scales: { x: { time: false, range: (u, low, high) => [low - 0.2, Math.max(high, low + 1) + 0.2] }, y: { range: () => valueRange(entry.range, false) } },
    axes: axes("generation", 48).map((axis, a) => a ? axis : { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500], space: 24 }),
    series: [{}, ...entry.curves.map(line)],
    plugins: [tooltip(i => { const content = lines(i); return content && "<span>Generation " + entry.plot.data[0][i] + "</span>" + content; })],
  }, [generations, ...columns], host);
}

// ---- samples

function picture(source, text) {
  if (!source.endsWith(".txt")) return element("img", { src: source, alt: text });
  const page = element("pre", { tabIndex: 0, ariaLabel: text });
  page.dataset.source = source;
  fetch(source).then(answer => answer.ok ? answer.text() : "").then(lines => { page.textContent = lines; }).catch(() => {});
  return page;
}

function samples() {
  const host = byId("samples");
  const wanted = [];
  for (const id of chosen) {
    const run = runs.get(id);
    const seed = run && run.seeds.find(each => each.newestGrid);
    if (!seed) continue;
    const generations = [...new Set([seed.firstGrid, seed.newestGrid])];
    for (const generation of generations) {
      const source = "/files/" + path(id) + "/seed-" + seed.seed + "/generation-" + String(generation).padStart(3, "0") + "/" + seed.shownAs;
      wanted.push({ source, text: run.name + ", seed " + seed.seed + ", generation " + generation });
    }
  }
  const present = new Map([...host.querySelectorAll("img, pre")].map(shown => [shown.getAttribute("src") || shown.dataset.source, shown]));
  const strip = element("div", { className: "samples" }, ...wanted.map(({ source, text }) => {
    // A picture that is there already stays, so that nothing flickers.
    return element("figure", {}, present.get(source) || picture(source, "Samples of " + text), element("figcaption", { textContent: text }));
  }));
  host.replaceChildren(strip);
}

// ---- everything together

function show() {
  for (const [id, row] of rows) row.querySelector("input").checked = chosen.includes(id);
  byId("key").replaceChildren(...chosen.flatMap((id, i) => id ? [element("span", {}, element("i", { className: "swatch line series-" + i }), runs.has(id) ? runs.get(id).name : id)] : []));
  samples();
  say(plots.size);
  fetchNew();
}

function take(changed, removed) {
  for (const id of removed) {
    runs.delete(id);
    if (rows.has(id)) { rows.get(id).remove(); rows.delete(id); }
    chosen = chosen.map(other => other === id ? null : other);
  }
  for (const run of changed) runs.set(run.id, run);
  list(changed);
  if (following) follow();
  show();
}

function connection(text, live) {
  byId("connection").textContent = text;
  byId("connection").className = live ? "live" : "lost";
}

byId("filter").addEventListener("input", filter);
byId("follow").addEventListener("click", event => {
  following = !following;
  event.target.setAttribute("aria-pressed", following);
  if (following) { follow(); show(); }
});
const events = new EventSource("/api/events");
events.addEventListener("open", () => connection("live", true));
events.addEventListener("error", () => connection("no connection; trying again", false));
events.addEventListener("everything", event => {
  const all = JSON.parse(event.data);
  byId("folder").textContent = all.folder;
  document.title = all.folder + ", live";
  byId("machine").textContent = all.machine;
  const there = new Set(all.runs.map(run => run.id));
  take(all.runs, [...runs.keys()].filter(id => !there.has(id)));
});
events.addEventListener("runs", event => { const changes = JSON.parse(event.data); take(changes.changed, changes.removed); });
events.addEventListener("machine", event => { byId("machine").textContent = JSON.parse(event.data); });
events.addEventListener("trouble", event => connection("trouble: " + JSON.parse(event.data), false));
// Only the remaining times change by themselves.
setInterval(() => { for (const [id, run] of runs) if (run.state === "RUNNING") rows.get(id).querySelector(".ready").textContent = ready(run); }, 1000);
addEventListener("resize", () => { for (const { plot: each, element: figure } of plots.values()) each.setSize({ width: figure.querySelector(".plot").clientWidth, height: figure.querySelector(".plot").clientHeight }); });
