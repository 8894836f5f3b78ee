// @ts-check
// Under opening hours, what the site understands of them, while they are typed.
import { asker } from "./ask.js";

const MAX_LENGTH = 1000;

/** @param {HTMLElement} element */
function wake(element) {
  const field = /** @type {HTMLTextAreaElement} */ (element.querySelector("textarea"));
  const reading = /** @type {HTMLElement} */ (element.querySelector("[data-epn-hours-reading]"));
  const sentence = /** @type {HTMLElement} */ (element.querySelector("[data-epn-hours-sentence]"));
  const note = /** @type {HTMLElement} */ (element.querySelector("[data-epn-hours-note]"));

  const ask = asker(
    element.dataset.epnHours ?? "",
    () => new URLSearchParams({ hours: field.value.slice(0, MAX_LENGTH + 1) }),
    (answer) => {
      sentence.textContent = answer.sentence;
      note.textContent = answer.note;
      reading.classList.toggle("reading--refused", answer.is_refused);
    },
  );
  field.addEventListener("input", ask);
}

document.querySelectorAll("[data-epn-hours]").forEach((element) => wake(/** @type {HTMLElement} */ (element)));

// Inlines that are added later: Django says so with an event.
document.addEventListener("formset:added", ({ target }) => {
  /** @type {Element} */ (target).querySelectorAll("[data-epn-hours]").forEach((element) => wake(/** @type {HTMLElement} */ (element)));
});
