// @ts-check
// The places that were seen, out of what the service worker keeps: see templates/offline/worker.js.

const PAGES = "epn-pages-1";

async function listSeen() {
  const section = /** @type {HTMLElement | null} */ (document.querySelector("[data-epn-seen]"));
  if (!section || !("caches" in window)) {
    return;
  }
  const cache = await caches.open(PAGES);
  const keys = await cache.keys();
  // The last one seen comes first.
  const rows = await Promise.all(keys.reverse().map((key) => row(cache, key)));
  section.querySelector("ul")?.append(...rows);
  section.hidden = !rows.length;
}

/** @param {Cache} cache @param {Request} key */
async function row(cache, key) {
  const html = await (await cache.match(key))?.text();
  const page = new DOMParser().parseFromString(html ?? "", "text/html");
  const link = document.createElement("a");
  link.href = new URL(key.url).pathname;
  link.textContent = page.querySelector("h1")?.textContent ?? link.href;
  const item = document.createElement("li");
  item.append(link);
  return item;
}

listSeen();
