// The matrix: squares open beside it, say what they are, and are walked with the arrow keys; a slider runs through the days.
// Without this script squares are links to pages of their own, and days are typed into their fields.
"use strict";

(() => {
const isWide = () => window.matchMedia("(min-width: 1021px)").matches;
const byId = (id) => document.getElementById(id);

function setAddress(changes) {
  const here = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) here.searchParams.set(name, value);
    else here.searchParams.delete(name);
  }
  window.history.replaceState(null, "", here);
  return here;
}

// ── The panel ────────────────────────────────────────────────────────────────────────────────────────────────────────
// What stands in the panel before a square is opened comes back when it is closed; the focus goes back to the square.
let first = null;
let from = null;

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  const square = plain && event.target.closest("a[data-panel]");
  const panel = byId("panel");
  if (square && panel && isWide()) {
    event.preventDefault();
    openSquare(square, panel, event.detail === 0);
  } else if (panel && first && event.target.closest("[data-close]")) {
    event.preventDefault();
    closePanel(panel);
  }
});
document.addEventListener("keydown", (event) => {
  const panel = byId("panel");
  if (event.key === "Escape" && first && panel?.querySelector(".square")) closePanel(panel);
});

async function openSquare(square, panel, byKey) {
  const key = square.dataset.panel;
  first = panel.querySelector("[data-first]") ?? first;
  from = square.closest(".matrix") ? square : byId(`sq-${key}`) ?? square;
  choose(key);
  setAddress({ square: key });
  panel.setAttribute("aria-busy", "true");
  await window.htmx.ajax("GET", square.href, { target: panel, swap: "innerHTML" });
  panel.removeAttribute("aria-busy");
  if (byKey) byId("square-head")?.focus();
}

function choose(key) {
  document.querySelectorAll(".sq.sel").forEach((other) => other.classList.remove("sel"));
  if (key) byId(`sq-${key}`)?.classList.add("sel");
}

function closePanel(panel) {
  panel.replaceChildren(first);
  choose("");
  setAddress({ square: "" });
  from?.focus();
}

// ── What a square is, told beside it ─────────────────────────────────────────────────────────────────────────────────
const tip = document.createElement("div");
tip.className = "tip";
tip.setAttribute("aria-hidden", "true"); // its words are the square's own name, which is read anyway
tip.hidden = true;
document.body.append(tip);

let tipOf = null;
function showTip(square) {
  tipOf = square;
  const [name, ...rest] = square.getAttribute("aria-label").split(/，|, /);
  const lines = [name, rest.slice(0, -1).join(" · "), rest.at(-1)].filter(Boolean);
  tip.replaceChildren(
    ...lines.map((line, place) => {
      const part = document.createElement(place ? "span" : "b");
      part.textContent = line;
      return part;
    }),
  );
  tip.hidden = false;
  placeTip();
}
function placeTip() {
  if (tip.hidden) return;
  const box = tipOf.getBoundingClientRect();
  const left = box.left + box.width / 2 - tip.offsetWidth / 2;
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${above > 64 ? above : box.bottom + 8}px`;
}
const hideTip = () => (tip.hidden = true);
const told = (target) => (target instanceof Element ? target.closest(".sq, .sum-cell") : null);
for (const name of ["pointerover", "focusin"]) {
  document.addEventListener(name, (event) => {
    if (event.pointerType === "touch") return;
    const square = told(event.target);
    if (square && (name !== "focusin" || square.matches(":focus-visible"))) showTip(square);
    else if (name === "focusin") hideTip();
  });
}
document.addEventListener("pointerout", (event) => told(event.target) && hideTip());
document.addEventListener("focusout", hideTip);
document.addEventListener("scroll", placeTip, { capture: true, passive: true });
document.addEventListener("keydown", (event) => event.key === "Escape" && hideTip());

// ── Heads and arrow keys ─────────────────────────────────────────────────────────────────────────────────────────────
function markColumn(event) {
  const cell = event.target instanceof Element && event.target.closest(".matrix td");
  if (!cell) return;
  const head = cell.closest("table").tHead;
  head.querySelectorAll(".hl").forEach((marked) => marked.classList.remove("hl"));
  if (event.type !== "pointerout") head.rows[head.rows.length - 1].cells[cell.cellIndex]?.classList.add("hl");
}
for (const name of ["pointerover", "pointerout", "focusin"]) document.addEventListener(name, markColumn);

// One square at a time can be reached by Tab: the one that was left last; the arrow keys go on from there.
function rove(square) {
  const squares = [...document.querySelectorAll(".matrix .sq, .matrix .sum-cell")];
  const now = square ?? squares.find((other) => other.classList.contains("sel")) ?? squares[0];
  for (const other of squares) other.tabIndex = other === now ? 0 : -1;
}
document.addEventListener("focusin", (event) => {
  const square = event.target instanceof Element && event.target.closest(".matrix .sq, .matrix .sum-cell");
  if (square) rove(square);
});
rove();

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const cell = step && event.target.closest(".matrix td");
  if (!cell) return;
  const table = cell.closest("table");
  let [x, y] = [cell.cellIndex, cell.parentElement.rowIndex];
  do {
    x += step[0];
    y += step[1];
    const found = table.rows[y]?.cells[x]?.querySelector(".sq, .sum-cell");
    if (found) {
      event.preventDefault();
      found.focus();
      return;
    }
  } while (x > 0 && y > 0 && y < table.rows.length && x < table.tHead.rows[0].cells.length + table.rows[1].cells.length);
});

// ── The days ─────────────────────────────────────────────────────────────────────────────────────────────────────────
const bar = byId("days");
const slider = byId("day-slider");
let waiting = 0;
let asked = 0;

if (slider) {
  slider.closest("[data-slider]").hidden = false;
  slider.addEventListener("input", () => {
    const day = new Date(`${slider.closest("[data-slider]").dataset.first}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + Number(slider.value));
    const iso = day.toISOString().slice(0, 10);
    bar.elements.as_of.value = iso;
    slider.setAttribute("aria-valuetext", new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(day));
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => showDay(iso), 140);
  });
}

// The matrix of another day takes the place of this one; an answer that comes after a later question is dropped.
async function showDay(iso) {
  const mine = ++asked;
  const here = setAddress({ as_of: iso, square: "" });
  const view = byId("view");
  view.setAttribute("aria-busy", "true");
  try {
    const answer = await window.fetch(here, { headers: { "HX-Request": "true", "HX-Target": "view" } });
    if (mine !== asked) return;
    if (!answer.ok || answer.redirected || answer.headers.has("HX-Redirect")) return void window.location.assign(here);
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    const scrolled = view.querySelector(".grid")?.scrollLeft ?? 0;
    for (const id of ["matrix-title", "sinces"]) byId(id)?.replaceWith(told.getElementById(id));
    view.replaceChildren(...told.getElementById("view").childNodes);
    view.querySelector(".grid")?.scrollTo({ left: scrolled });
    rove();
    first = null;
  } finally {
    if (mine === asked) view.removeAttribute("aria-busy");
  }
}
})();
