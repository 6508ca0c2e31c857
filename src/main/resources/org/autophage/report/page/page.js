// The page's controls: axes, seeds, scanning through generations, copying and saving.
function choice(container, labels, select) {
  if (!container || labels.length < 2) return;
  const buttons = labels.map((label, i) => {
    const button = container.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-pressed", i === 0);
    button.addEventListener("click", () => {
      buttons.forEach((other, j) => other.setAttribute("aria-pressed", i === j));
      select(i);
    });
    return button;
  });
}

function setUpViewer() {
  const viewer = document.getElementById("viewer");
  if (!viewer) return;
  const strips = [...document.querySelectorAll(".strip")];
  const scan = document.getElementById("scan"), play = document.getElementById("play");
  const [first, now] = viewer.querySelectorAll("figure");
  let strip = strips[0], timer = null;
  const figures = () => [...strip.querySelectorAll("figure")];
  const put = (target, source) => {
    const before = target.querySelector("img, pre");
    if (before) before.remove();
    target.prepend(source.querySelector("img, pre").cloneNode(true));
    target.querySelector("figcaption").textContent = "Generation " + source.dataset.generation;
  };
  const show = i => {
    scan.value = i;
    put(now, figures()[i]);
    figures().forEach((figure, j) => figure.classList.toggle("shown", i === j));
    const row = strip.querySelector(".grids"), shown = figures()[i];
    row.scrollLeft = shown.offsetLeft - row.offsetLeft - (row.clientWidth - shown.clientWidth) / 2;
    scan.setAttribute("aria-valuetext", "generation " + figures()[i].dataset.generation);
  };
  const select = s => {
    strip = strips[s];
    strips.forEach((other, j) => other.classList.toggle("hidden", j !== s));
    scan.max = figures().length - 1;
    put(first, figures()[0]);
    show(figures().length - 1);
  };
  const stop = () => { clearInterval(timer); timer = null; play.textContent = "Play"; play.setAttribute("aria-pressed", "false"); };
  strips.forEach(s => s.querySelectorAll("figure").forEach((figure, i) => figure.addEventListener("click", () => { stop(); show(i); })));
  scan.addEventListener("input", () => { stop(); show(Number(scan.value)); });
  play.addEventListener("click", () => {
    if (timer) { stop(); return; }
    play.textContent = "Stop";
    play.setAttribute("aria-pressed", "true");
    const next = () => show((Number(scan.value) + 1) % figures().length);
    next();
    timer = setInterval(next, 700);
  });
  choice(document.getElementById("grid-seeds"), strips.map(s => "Seed " + s.dataset.seed), select);
  select(0);
}

function copyable(element) {
  if (element.tagName !== "TABLE") return element.textContent;
  return [...element.rows].map(row => [...row.cells].map(cell => cell.innerText.replace(/\s+/g, " ").trim()).join("\t")).join("\n");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = copyable(document.querySelector(button.dataset.copy)), label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch (refused) {
      // Pages opened from a file may not use the clipboard's interface everywhere; a selection can always be copied.
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1500);
  });
}
for (const button of document.querySelectorAll("[data-csv]")) {
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data.csv], { type: "text/csv" }));
    link.download = button.dataset.csv;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

setUpViewer();
choice(document.getElementById("loss-seeds"), (data.losses || []).map(seed => "Seed " + seed.seed), i => { lossSeed = i; drawAll(); });
choice(document.getElementById("loss-figures"), (data.figures || []).map(figure => figure.label), i => { lossFigure = i; drawAll(); });
drawAll();
document.getElementById("fit")?.addEventListener("change", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
matchMedia("print").addEventListener("change", drawAll);
let settle = 0;
let width = document.documentElement.clientWidth;
addEventListener("resize", () => {
  if (document.documentElement.clientWidth === width) return;
  width = document.documentElement.clientWidth;
  clearTimeout(settle);
  settle = setTimeout(drawAll, 120);
});
