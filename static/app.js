// Makes pages quicker; every page works without it. No state is kept here: addresses hold it.
"use strict";

// A choice in a filter is asked for at once.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form && event.target.name) form.requestSubmit();
});

// Copy, print, close an open menu.
document.addEventListener("click", async (event) => {
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    const field = document.getElementById(copier.dataset.copy);
    if (field.select) field.select();
    else window.getSelection().selectAllChildren(field);
    await navigator.clipboard?.writeText(field.value ?? field.textContent).catch(() => document.execCommand("copy"));
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
});

// "/" opens the search, "?" the list of keys; not while somebody is typing, and not with a modifier.
document.addEventListener("keydown", (event) => {
  const search = document.querySelector("[data-search]");
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (!search || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key !== "/" && event.key !== "?") return;
  event.preventDefault();
  const field = document.getElementById("q");
  const isHere = field?.form?.getAttribute("role") === "search";
  if (event.key === "/" && isHere) field.select();
  else window.location.assign(search.href + (event.key === "?" ? "#keys" : ""));
});

// What a kind of booking does not have is not asked for.
function showForKind(form) {
  const kind = form.querySelector("[name=kind]")?.value;
  form.querySelectorAll("[data-for]").forEach((part) => {
    part.hidden = part.dataset.for === "other" ? kind === "talk" : kind !== part.dataset.for;
  });
}
// Its length is the usual one of its kind until somebody types another, and the heading names the kind.
function speakOfKind(form, select) {
  const usual = Object.fromEntries((form.dataset.minutes || "").split(" ").map((pair) => pair.split(":")));
  const minutes = form.querySelector("[name=minutes]");
  if (minutes && Object.values(usual).includes(minutes.value)) minutes.value = usual[select.value] || minutes.value;
  const heading = document.querySelector("h1[data-heading]");
  if (heading) heading.textContent = select.value === "talk" ? heading.dataset.talk : heading.dataset.heading.replace("…", select.selectedOptions[0].text);
}
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-kinds]");
  if (!form || event.target.name !== "kind") return;
  showForKind(form);
  speakOfKind(form, event.target);
});
document.querySelectorAll("form[data-kinds]").forEach(showForKind);

// Of the ways in which a series comes round, only the fields of the chosen one are shown.
function showForWay(form) {
  const way = form.querySelector("[name=by]")?.value;
  form.querySelectorAll("[data-way]").forEach((part) => (part.hidden = !part.dataset.way.split(" ").includes(way)));
}
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-ways]");
  if (form && event.target.name === "by") showForWay(form);
});
document.querySelectorAll("form[data-ways]").forEach(showForWay);

// What was changed in an attendance, and is not saved yet, is counted.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-counts]");
  const told = form?.querySelector("[data-unsaved]");
  if (!told) return;
  const changed = [...form.querySelectorAll("input")].filter((field) => (field.type === "radio" ? field.checked && !field.defaultChecked : field.value !== field.defaultValue));
  told.textContent = changed.length ? told.dataset.unsaved.replace("{n}", changed.length) : "";
});

// What is ticked in a list is counted; one box ticks all of them.
function countTicked() {
  const bar = document.querySelector("form.many");
  if (!bar) return;
  const boxes = [...document.querySelectorAll("input.tick")];
  const ticked = boxes.filter((box) => box.checked).length;
  const told = bar.querySelector("[data-ticked]");
  told.dataset.none ??= told.textContent;
  told.textContent = ticked ? told.dataset.text.replace("…", ticked) : told.dataset.none;
  const all = bar.querySelector("[data-tick-all]");
  all.hidden = !boxes.length;
  all.querySelector("input").checked = boxes.length > 0 && ticked === boxes.length;
}
document.addEventListener("change", (event) => {
  if (event.target.closest("[data-tick-all]")) document.querySelectorAll("input.tick").forEach((box) => (box.checked = event.target.checked));
  if (event.target.matches("input.tick, [data-tick-all] input")) countTicked();
});
countTicked();

// What can be moved sideways fades at the edge behind which it goes on.
function fade(box) {
  box.classList.toggle("goes-on", box.scrollWidth - box.clientWidth - Math.abs(box.scrollLeft) > 1);
}
const fadeAll = () => document.querySelectorAll(".grid, .scroll, .ec-main").forEach(fade);
document.addEventListener("scroll", (event) => event.target.matches?.(".grid, .scroll, .ec-main") && fade(event.target), true);
new ResizeObserver(fadeAll).observe(document.body);
