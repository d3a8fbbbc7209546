// A slider that runs through the days of a campaign: while it moves the day is told, when it is let go the page of that day is shown.
// Without this script the day is typed into its field.
"use strict";

for (const slider of document.querySelectorAll("form[data-slides] [data-slider] input[type=range]")) {
  const around = slider.closest("[data-slider]");
  const form = slider.closest("form");
  const told = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
  around.hidden = false;
  slider.addEventListener("input", () => {
    const day = new Date(`${around.dataset.first}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + Number(slider.value));
    form.elements.as_of.value = day.toISOString().slice(0, 10);
    slider.setAttribute("aria-valuetext", told.format(day));
  });
  slider.addEventListener("change", () => form.requestSubmit());
}
