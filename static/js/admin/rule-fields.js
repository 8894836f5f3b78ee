// @ts-check
// The rule of a workshop: only the fields that its frequency needs, and the dates it gives, while it is typed.
import { asker } from "./ask.js";

/** @type {Record<string, string[]>} */
const NEEDED = {
  ONCE: ["starts_on"],
  DAILY: ["starts_on", "interval", "weekdays", "until", "count", "extra_dates", "except_dates", "skips_public_holidays", "skips_school_holidays"],
  WEEKLY: ["starts_on", "interval", "weekdays", "until", "count", "extra_dates", "except_dates", "skips_public_holidays", "skips_school_holidays"],
  MONTHLY: ["starts_on", "interval", "week_of_month", "weekdays", "until", "count", "extra_dates", "except_dates", "skips_public_holidays", "skips_school_holidays"],
  DATES: ["extra_dates"],
};
const OPTIONAL = NEEDED.MONTHLY;

/** @param {HTMLFormElement} form @param {string} name */
function rowOf(form, name) {
  const box = form.querySelector(`.fieldBox.field-${name}`);
  return box?.parentElement ?? form.querySelector(`.form-row.field-${name}`);
}

/** @param {HTMLFormElement} form */
function showNeeded(form) {
  const frequency = /** @type {HTMLSelectElement} */ (form.elements.namedItem("frequency")).value;
  for (const name of OPTIONAL) {
    const row = rowOf(form, name);
    if (row) {
      row.toggleAttribute("hidden", !(NEEDED[frequency] ?? OPTIONAL).includes(name));
    }
  }
  // A line whose fields are all away goes too.
  for (const line of form.querySelectorAll(".rule .form-row:has(.fieldBox)")) {
    line.toggleAttribute("hidden", !line.querySelector(":scope > .form-multiline > :not([hidden])"));
  }
}

/** @param {HTMLElement} element */
function wake(element) {
  const form = /** @type {HTMLFormElement} */ (element.closest("form"));
  const sentence = /** @type {HTMLElement} */ (element.querySelector("[data-epn-rule-sentence]"));
  const total = /** @type {HTMLElement} */ (element.querySelector("[data-epn-rule-total]"));
  const dates = /** @type {HTMLElement} */ (element.querySelector("[data-epn-rule-dates]"));

  function question() {
    const rule = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && (name === "place" || element.dataset.epnRuleFields?.split(" ").includes(name))) {
        rule.append(name, value);
      }
    }
    return rule;
  }

  const ask = asker(element.dataset.epnRule ?? "", question, (answer) => {
    element.classList.toggle("reading--refused", Boolean(answer.error));
    sentence.textContent = answer.error ?? `${answer.sentence.charAt(0).toUpperCase()}${answer.sentence.slice(1)}.`;
    total.textContent = answer.total ?? "";
    dates.replaceChildren(...(answer.dates ?? []).map(item));
  });

  showNeeded(form);
  form.addEventListener("change", () => {
    showNeeded(form);
    ask();
  });
  form.addEventListener("input", ask);
}

/** @param {string} text */
function item(text) {
  return Object.assign(document.createElement("li"), { textContent: text });
}

document.querySelectorAll("[data-epn-rule]").forEach((element) => wake(/** @type {HTMLElement} */ (element)));
