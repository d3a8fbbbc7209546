// Makes pages quicker; every page works without it. No state is kept here: addresses hold it.
"use strict";

const isWide = () => window.matchMedia("(min-width: 1021px)").matches;

// A square of the matrix opens beside it on a wide screen; on a phone, and without this, it is a page of its own.
document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  const square = plain && event.target.closest("a[data-panel]");
  const panel = document.getElementById("panel");
  if (square && panel && isWide()) {
    event.preventDefault();
    openSquare(square, panel);
    return;
  }
  const closer = event.target.closest("[data-close]");
  if (closer && panel && panelAtFirst) {
    event.preventDefault();
    closePanel(panel);
  }
});

// What stands in the panel before a square is opened comes back when it is closed.
const panelAtFirst = document.querySelector("#panel > .todo");

function openSquare(square, panel) {
  window.htmx.ajax("GET", square.href, { target: panel, swap: "innerHTML" });
  document.querySelectorAll(".sq.sel").forEach((other) => other.classList.remove("sel"));
  document.getElementById(`sq-${square.dataset.panel}`)?.classList.add("sel");
  panel.dataset.from = `sq-${square.dataset.panel}`;
  const here = new URL(window.location.href);
  here.searchParams.set("square", square.dataset.panel);
  window.history.replaceState(null, "", here);
}

function closePanel(panel) {
  panel.replaceChildren(panelAtFirst);
  document.querySelectorAll(".sq.sel").forEach((other) => other.classList.remove("sel"));
  const here = new URL(window.location.href);
  here.searchParams.delete("square");
  window.history.replaceState(null, "", here);
  document.getElementById(panel.dataset.from)?.focus();
}

// A choice in a filter is asked for at once.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

// Copy, print, close an open menu.
document.addEventListener("click", async (event) => {
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    const field = document.getElementById(copier.dataset.copy);
    field.select();
    await navigator.clipboard?.writeText(field.value).catch(() => document.execCommand("copy"));
    copier.textContent = copier.dataset.done;
  }
  if (event.target.closest("[data-print]")) window.print();
  document.querySelectorAll("details.pop[open]").forEach((open) => {
    if (!open.contains(event.target)) open.removeAttribute("open");
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.pop[open]").forEach((open) => open.removeAttribute("open"));
  const panel = document.getElementById("panel");
  if (panelAtFirst && panel?.querySelector(".square")) closePanel(panel);
});

// What a kind of booking does not have is not asked for.
function showForKind(form) {
  const kind = form.querySelector("[name=kind]")?.value;
  form.querySelectorAll("[data-for]").forEach((part) => {
    part.hidden = part.dataset.for === "talk" ? kind !== "talk" : kind === "talk";
  });
}
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-kinds]");
  if (form && event.target.name === "kind") showForKind(form);
});
document.querySelectorAll("form[data-kinds]").forEach(showForKind);

// In the matrix, the head of the column under the pointer or the focus is marked.
function markColumn(event) {
  const cell = event.target.closest(".matrix td");
  if (!cell) return;
  const table = cell.closest("table");
  table.querySelectorAll("thead .hl").forEach((head) => head.classList.remove("hl"));
  if (event.type !== "pointerout") table.tHead.rows[0].cells[cell.cellIndex]?.classList.add("hl");
}
for (const name of ["pointerover", "pointerout", "focusin"]) document.addEventListener(name, markColumn);

// Arrow keys walk from square to square.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const cell = step && event.target.closest(".matrix td");
  if (!cell) return;
  const table = cell.closest("table");
  let [x, y] = [cell.cellIndex, cell.parentElement.rowIndex];
  while (table.rows[y + step[1]] && table.rows[y].cells[x + step[0]]) {
    x += step[0];
    y += step[1];
    const found = table.rows[y].cells[x]?.querySelector(".sq");
    if (found) {
      event.preventDefault();
      found.focus();
      return;
    }
  }
});
