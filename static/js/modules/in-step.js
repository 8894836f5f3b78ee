// @ts-check
// List and map in step, and on a phone the button that shows the one or the other.

/** A card that is pointed at or focused tells the map. */
export function tellMapWhatIsShown() {
  const results = document.getElementById("results");
  let last = null;

  /** @param {Event} event */
  function tell({ target }) {
    const card = /** @type {Element} */ (target).closest?.("[data-epn-place]");
    const pk = card ? Number(card.getAttribute("data-epn-place")) : null;
    if (pk !== last) {
      last = pk;
      document.dispatchEvent(new CustomEvent("epn:show", { detail: { pk } }));
    }
  }

  results?.addEventListener("pointerover", tell);
  results?.addEventListener("focusin", tell);
  results?.addEventListener("pointerleave", tell);
}

/** The button of small screens: the map opens above the list. */
export function offerMapSwitch() {
  const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-epn-map-switch]"));
  const button = bar?.querySelector("[data-epn-map-toggle]");
  const word = /** @type {HTMLElement | null} */ (bar?.querySelector("[data-epn-map-word]") ?? null);
  const layout = document.querySelector("[data-epn-results-layout]");
  if (!bar || !button || !word || !layout) {
    return;
  }
  bar.hidden = false;
  button.addEventListener("click", () => {
    const isShown = layout.classList.toggle("results--map");
    button.setAttribute("aria-expanded", String(isShown));
    word.textContent = (isShown ? word.dataset.hide : word.dataset.show) ?? "";
    if (isShown) {
      layout.scrollIntoView({ block: "start" });
    }
  });
}
