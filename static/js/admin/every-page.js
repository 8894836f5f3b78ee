// @ts-check
// On every page of the admin: a form is sent once, Enter in a row means the button of that row, and the
// fields with suggestions, which Django draws by script, say their name.

/** @type {WeakSet<HTMLFormElement>} */
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post" || event.defaultPrevented) {
    return;
  }
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  form.setAttribute("aria-busy", "true");
});

// Back from the next page, the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    sent.delete(form);
    form.removeAttribute("aria-busy");
  }
});

document.addEventListener("keydown", (event) => {
  const field = /** @type {HTMLElement} */ (event.target);
  if (event.key === "Enter" && field.matches("[data-epn-enter]")) {
    event.preventDefault();
    field.parentElement?.querySelector("button")?.click();
  }
});

/** @param {ParentNode} root */
function nameSuggestions(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const name = document.querySelector(`label[for="${select.id}"]`)?.textContent?.replace(/\s*:\s*$/, "") ?? "";
    const drawn = select.nextElementSibling?.querySelectorAll("[role=combobox], [role=textbox], input") ?? [];
    for (const element of drawn) {
      element.setAttribute("aria-label", name);
    }
  }
}

// Django's own scripts draw them when the page is ready, and in each row that is added: these come right after.
window.addEventListener("load", () => setTimeout(() => nameSuggestions(document)));
document.addEventListener("formset:added", ({ target }) => {
  setTimeout(() => nameSuggestions(/** @type {Element} */ (target)));
});
