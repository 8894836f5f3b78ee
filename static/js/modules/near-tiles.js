// @ts-check
// A need in one tap leads to what is near: in the place that was typed, or else where the phone says we are.
import { withPosition } from "./position.js";

// Somebody waits for a page: what comes later than this is of no use.
const PATIENCE_MS = 6_000;
const RECENT_MS = 300_000;

/** The links `data-epn-near`. Whatever fails, they lead where they lead without a script. */
export function leadTilesNear() {
  for (const tile of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-epn-near]"))) {
    tile.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) {
        return;
      }
      event.preventDefault();
      lead(tile);
    });
  }
}

/** @param {HTMLAnchorElement} tile */
async function lead(tile) {
  const address = new URL(tile.href);
  const box = /** @type {HTMLInputElement | null} */ (document.getElementById("q"));
  const typed = box?.value.trim();
  if (typed) {
    address.searchParams.set("q", [address.searchParams.get("q"), typed].filter(Boolean).join(" "));
  } else {
    tile.setAttribute("aria-busy", "true");
    const coords = await whereWeAre();
    tile.removeAttribute("aria-busy");
    if (coords) {
      withPosition(address, coords);
    }
  }
  location.assign(address.href);
}

/** @returns {Promise<GeolocationCoordinates | null>} null when it is refused, unknown or too late */
function whereWeAre() {
  if (!("geolocation" in navigator) || !window.isSecureContext) {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    // The browser's own delay begins only once it was allowed: nobody waits for an answer that never comes.
    setTimeout(() => resolve(null), 2 * PATIENCE_MS);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(coords),
      () => resolve(null),
      { timeout: PATIENCE_MS, maximumAge: RECENT_MS },
    );
  });
}
