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
  await Promise.all([
    load("link", { rel: "stylesheet", href: leafletCss }),
    load("script", { src: leaflet }),
  ]);
  return /** @type {any} */ (window).L;
}

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** @param {"link" | "script"} tag @param {Record<string, string>} attributes */
function load(tag, attributes) {
  const key = attributes.href ?? attributes.src;
  const known = loading.get(key);
  if (known) {
    return known;
  }
  const promise = new Promise((resolve, reject) => {
    const node = Object.assign(document.createElement(tag), attributes);
    node.addEventListener("load", () => resolve(undefined));
    node.addEventListener("error", () => reject(new Error(`${key} did not load`)));
    // First in the head: our own style sheets come after Leaflet's and win.
    document.head.prepend(node);
  });
  loading.set(key, /** @type {Promise<void>} */ (promise));
  return /** @type {Promise<void>} */ (promise);
}
