// @ts-check
// Wakes the maps of a page when they come near the screen: before that, not a byte of Leaflet is loaded.

const NEAR = "200px";

/** @param {ParentNode} [root] */
export function wakeMaps(root = document) {
  const elements = root.querySelectorAll("[data-epn-map]");
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) {
        observer.unobserve(target);
        start(/** @type {HTMLElement} */ (target));
      }
    }
  }, { rootMargin: NEAR });
  elements.forEach((element) => observer.observe(element));
}

/** @param {HTMLElement} element */
async function start(element) {
  const wait = element.querySelector("[data-epn-map-wait]");
  try {
    const [{ startMap }, L] = await Promise.all([import("./map-view.js"), loadLeaflet(element)]);
    wait?.remove();
    startMap(L, element);
  } catch (error) {
    console.warn("The map could not start.", error);
    if (wait) {
      wait.textContent = element.dataset.tFailed ?? "";
    }
  }
}

/** @param {HTMLElement} element @returns {Promise<any>} Leaflet, loaded once for the page */
async function loadLeaflet({ dataset }) {
  const { leaflet = "", leafletCss = "" } = dataset;
  const { load } = await import("./load.js");
  await Promise.all([
    load("link", { rel: "stylesheet", href: leafletCss }),
    load("script", { src: leaflet }),
  ]);
  return /** @type {any} */ (window).L;
}
