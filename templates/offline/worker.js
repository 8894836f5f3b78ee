{# The service worker, served at the root. Needs: config (JSON: version, page, shell, notice, lang). #}{% autoescape off %}// What one has seen of places stays readable without a network. Nothing else is kept: no search, no position.
const CONFIG = {{ config }};
{% endautoescape %}{% verbatim %}
const SHELL = `epn-shell-${CONFIG.version}`;
// These two outlive a new version: what was read yesterday is still of use today.
const PAGES = "epn-pages-1";
const STATIC = "epn-static-1";
const MOST_PAGES = 40;
const MOST_STATIC = 120;
const PATIENCE_MS = 5000;
const PLACE = /^(\/[a-z]{2})?\/lieux\/[^/]+\/$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(CONFIG.shell)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const kept = [SHELL, PAGES, STATIC];
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(
        names.filter((name) => name.startsWith("epn-") && !kept.includes(name)).map((name) => caches.delete(name)),
      ))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate") {
    // The admin has pages of its own, and nothing of it is to be found in a browser later.
    if (!pathname.startsWith("/admin/")) {
      event.respondWith(PLACE.test(pathname) ? place(event) : page(request));
    }
  } else if (pathname.startsWith(CONFIG.files)) {
    event.respondWith(file(event));
  }
});

/** A page of a place: the newest there is; without a network, the one that was seen. */
async function place(event) {
  const { request } = event;
  const seen = await caches.match(request, { cacheName: PAGES, ignoreSearch: true });
  try {
    const response = await (seen ? Promise.race([fetch(request), tooLong()]) : fetch(request));
    if (response.ok) {
      event.waitUntil(keep(PAGES, MOST_PAGES, request, response.clone()));
    }
    return response;
  } catch {
    return seen ? dated(seen) : offline();
  }
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return offline();
  }
}

/** A style, a script, a font: their names change with what they hold, or else the network is asked first. */
async function file(event) {
  const { request } = event;
  const seen = (await caches.match(request, { cacheName: STATIC })) ?? (await caches.match(request));
  if (seen && /\.[0-9a-f]{8,}\.\w+$/.test(request.url)) {
    return seen;
  }
  try {
    const response = await fetch(request);
    if (response.ok) {
      event.waitUntil(keep(STATIC, MOST_STATIC, request, response.clone()));
    }
    return response;
  } catch (error) {
    if (seen) {
      return seen;
    }
    throw error;
  }
}

async function offline() {
  return (await caches.match(CONFIG.page)) ?? Response.error();
}

/** The oldest goes when there are too many; what was made for one session (a choice, an account) is not kept. */
async function keep(name, most, request, response) {
  if (/\b(private|no-store)\b/.test(response.headers.get("Cache-Control") ?? "")) {
    return;
  }
  const cache = await caches.open(name);
  await cache.delete(request);
  await cache.put(request, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
}

/** The page as it was seen, with the day of it said above. */
async function dated(response) {
  const html = await response.text();
  const day = new Date(response.headers.get("Date") ?? Date.now());
  const when = day.toLocaleString(CONFIG.lang, { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
  const notice = CONFIG.notice.replace("DATE", when);
  const shown = html.replace("<main", () => `<div class="notice-bar" role="status"><p class="wrap">${notice}</p></div><main`);
  return new Response(shown, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

function tooLong() {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error("too long")), PATIENCE_MS));
}
{% endverbatim %}
