// What happens while a form is sent: it shows, it is sent once, and a lost connection loses nothing that was typed.
"use strict";

const STILL_THERE = 8000;
const bar = () => document.getElementById("lost");

// ── Sending ──────────────────────────────────────────────────────────────────────────────────────────────────────
// A form goes off by itself, as it would without script, once it is known that somebody answers: then a dead
// connection leaves the page, and what was typed, as they are.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-again") || event.defaultPrevented) return;
  if (form.dataset.sent === "going") return;
  event.preventDefault();
  if (form.dataset.sent) return;
  send(form, event.submitter);
});

async function send(form, button) {
  form.dataset.sent = "asking";
  document.documentElement.classList.add("sending");
  button?.setAttribute("aria-busy", "true");
  if (await isReachable()) {
    bar()?.setAttribute("hidden", "");
    form.dataset.sent = "going";
    form.requestSubmit(button?.form === form ? button : undefined);
    window.setTimeout(() => ready(form, button), STILL_THERE);
  } else {
    ready(form, button);
    tell("offline", () => send(form, button));
  }
}

function ready(form, button) {
  delete form.dataset.sent;
  document.documentElement.classList.remove("sending");
  button?.removeAttribute("aria-busy");
}

async function isReachable() {
  try {
    const limit = AbortSignal.timeout(STILL_THERE);
    const answer = await fetch(bar()?.dataset.ping || "/static/icon.svg", { method: "HEAD", cache: "no-store", signal: limit });
    return answer.status < 500;
  } catch {
    return false;
  }
}

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => ready(form, form.querySelector("[aria-busy]"))));

// ── What went wrong, in a bar that stays until it goes well ──────────────────────────────────────────────────────
let retry = null;

function tell(what, again) {
  const shown = bar();
  if (!shown) return;
  shown.querySelectorAll("[data-when]").forEach((part) => (part.hidden = !part.dataset.when.split(" ").includes(what)));
  retry = again;
  shown.hidden = false;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-retry]")) return;
  bar().hidden = true;
  retry?.();
});

// ── Parts of pages ───────────────────────────────────────────────────────────────────────────────────────────────
let loading = 0;
const show = (step) => {
  loading = Math.max(0, loading + step);
  document.documentElement.classList.toggle("loading", loading > 0);
};
const isQuiet = (event) => event.detail.elt?.matches("[hx-trigger^=every]");
const askAgain = (event) => {
  const { elt, target, requestConfig } = event.detail;
  return () => {
    if (requestConfig.verb === "get") window.htmx.ajax("GET", requestConfig.path, { source: elt, target });
    else window.htmx.trigger(elt, "change");
  };
};
document.addEventListener("htmx:beforeRequest", (event) => isQuiet(event) || show(1));
document.addEventListener("htmx:afterRequest", (event) => {
  if (!isQuiet(event)) show(-1);
  if (event.detail.successful && bar() && !bar().hidden) bar().hidden = true;
});
for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, (event) => tell("offline", askAgain(event)));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 401) tell("away", askAgain(event));
  else if (status >= 500 || status === 429) tell("broken", askAgain(event));
});
