// @ts-check
// Style sheets and scripts that only what is asked for needs, once for the page.

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** @param {"link" | "script"} tag @param {Record<string, string>} attributes */
export function load(tag, attributes) {
  const key = attributes.href ?? attributes.src;
  const known = loading.get(key);
  if (known) {
    return known;
  }
  const promise = new Promise((resolve, reject) => {
    const node = Object.assign(document.createElement(tag), attributes);
    node.addEventListener("load", () => resolve(undefined));
    node.addEventListener("error", () => reject(new Error(`${key} did not load`)));
    // First in the head: the style sheets of the page come after and win.
    document.head.prepend(node);
  });
  loading.set(key, /** @type {Promise<void>} */ (promise));
  return /** @type {Promise<void>} */ (promise);
}
