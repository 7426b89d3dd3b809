// The bench of levers: asks for the newest state, one question at a time, and draws what comes back.
const bench = document.querySelector(".bench");
const form = bench.querySelector("form");
const outcome = document.querySelector("#outcome");
const wrong = document.querySelector("#wrong");
const views = new Map();
const inSight = new Set(); // charts that the reader sees; the others are asked for when nothing moves any more
const SETTLED = 350; // milliseconds in which nothing moves
let asking = null, again = false, moving = false, settled = 0, drawing = null;

const query = () => {
  const pairs = [...new FormData(form)].filter(([name, value]) => value && !(form.elements[name]?.type === "range" && value === "0"));
  return new URLSearchParams(pairs.filter(([name, value]) => !(name === "regel" && value === "37"))).toString();
};

const say = (text) => { wrong.textContent = text; wrong.hidden = !text; };

// The library of charts comes when a lever is first touched; until then the drawings of the server stand.
const charts = () => drawing ??= import(bench.dataset.vega).then(() => window.vegaEmbed);

const shape = (spec) => JSON.stringify(spec.vconcat) + (spec.title.subtitle?.length ?? 0);

// The table beside a chart says the same numbers, each with the address of where it comes from.
function write(figure, points, query) {
  [...figure.querySelector("tbody").rows].forEach((row, i) => {
    const link = row.querySelector("a"), to = new URLSearchParams(query);
    to.set("jaar", points[i].year);
    if (!/^\d/.test(figure.dataset.what)) to.set("wat", figure.dataset.what);
    link.textContent = points[i].label;
    link.href = `${bench.dataset.trace}?${to}`;
    row.cells[2].textContent = points[i].range;
  });
}

async function draw(name, spec) {
  const figure = bench.querySelector(`[data-chart="${name}"]`);
  const known = views.get(name);
  if (known?.shape === shape(spec)) {
    for (const [data, rows] of Object.entries(spec.datasets)) known.view.data(data, rows);
    for (const { name: param, value } of spec.params) known.view.signal(param, value);
    await known.view.runAsync();
    known.text.textContent = spec.description;
    return;
  }
  const embed = await charts();
  const place = document.createElement("div");
  const drawn = await embed(place, spec, { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true } });
  const svg = place.querySelector("svg");
  svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
  svg.setAttribute("aria-hidden", "true");
  const text = document.createElement("p");
  text.className = "unseen";
  text.textContent = spec.description;
  for (const old of figure.querySelectorAll(".chart")) old.hidden = true;
  figure.querySelector(".drawn")?.remove();
  place.className = "chart drawn";
  figure.prepend(place);
  place.append(text);
  known?.view.finalize();
  views.set(name, { view: drawn.view, shape: shape(spec), text });
}

function tell(answer) {
  for (const tile of answer.tiles) {
    const box = bench.querySelector(`[data-tile="${tile.name}"]`);
    for (const part of ["value", "band", "beside"]) box.querySelector(`.${part}`).textContent = tile[part];
    box.querySelector("a.value").href = tile.trace;
  }
  bench.querySelector(".now").textContent = answer.announce;
  for (const [name, said] of Object.entries(answer.levers)) {
    const input = form.elements[name];
    input.closest(".lever").classList.toggle("moved", input.value !== "0");
    if (input.value === String(new URLSearchParams(answer.query).get(name) ?? 0)) form.querySelector(`#${name}-said`).textContent = said;
  }
  for (const link of bench.querySelectorAll(".download")) {
    link.href = `${bench.dataset.page}/chart/${link.closest("figure").dataset.chart}.${link.dataset.ending}?${answer.query}`;
  }
  for (const [name, spec] of Object.entries(answer.charts)) {
    write(bench.querySelector(`[data-chart="${name}"]`), spec.datasets.points, answer.query);
  }
}

async function ask() {
  if (asking) { again = true; return; }
  [asking, again] = [new AbortController(), false];
  const wanted = query(), only = moving ? `&grafieken=${[...inSight]}` : "";
  try {
    const response = await fetch(`${bench.dataset.live}?${wanted}${only}`, { signal: asking.signal });
    const answer = await response.json();
    say(response.ok ? "" : answer.error);
    if (response.ok) await show(answer, wanted);
  } catch (error) {
    if (error.name !== "AbortError") say(bench.dataset.offline);
  } finally {
    asking = null;
  }
  if (again) ask();
}

async function show(answer, wanted) {
  performance.mark("answered", { detail: wanted });
  tell(answer);
  if (!moving) document.querySelector("#announce").textContent = answer.announce; // aloud, once and not at every move
  for (const [name, spec] of Object.entries(answer.charts)) {
    if (inSight.has(name) || !again) await draw(name, spec); // what nobody sees waits, and is asked for later
  }
  requestAnimationFrame(() => performance.mark("painted", { detail: wanted }));
}

async function settle() {
  const wanted = query();
  moving = false;
  ask();
  try {
    const response = await fetch(`${bench.dataset.outcome}?${wanted}`);
    if (response.ok && wanted === query()) {
      outcome.innerHTML = await response.text();
      history.replaceState(null, "", `${bench.dataset.page}${wanted ? `?${wanted}` : ""}`); // too much for every move
    }
  } finally {
    outcome.classList.remove("stale");
  }
}

const sight = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) inSight[isIntersecting ? "add" : "delete"](target.dataset.chart);
});
for (const figure of bench.querySelectorAll("[data-chart]")) sight.observe(figure);

form.addEventListener("input", () => {
  performance.mark("moved", { detail: query() });
  outcome.classList.add("stale");
  if (!moving) asking?.abort(); // a question for all charts
  moving = true;
  clearTimeout(settled);
  settled = setTimeout(settle, SETTLED);
  ask();
});
form.addEventListener("submit", (event) => { event.preventDefault(); settle(); });
form.addEventListener("pointerenter", charts, { once: true });
form.addEventListener("focusin", charts, { once: true });
for (const input of form.querySelectorAll("input[type=range]")) input.closest(".lever").classList.toggle("moved", input.value !== "0");
bench.dataset.ready = "true";
