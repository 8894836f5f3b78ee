// @ts-check
// Searches without leaving the page: the same address is fetched, its #results put in place of ours.
// Whatever goes wrong, the browser goes to the address as it would have without us.

const TYPING_PAUSE_MS = 250;

/** Follows the form, the filters, the criteria and the pages of results; does nothing where there is no list. */
export function followResults() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-epn-search]"));
  const results = document.getElementById("results");
  if (!form || !results) {
    return;
  }
  let request = new AbortController();
  let pause = 0;

  /** @param {string} address @param {{ push?: boolean, toTop?: boolean }} [how] */
  async function go(address, { push = true, toTop = false } = {}) {
    request.abort();
    request = new AbortController();
    results?.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById("results");
      if (!response.ok || !fresh) {
        throw new Error(`no results in the answer (${response.status})`);
      }
      if (push && address !== location.href) {
        history.pushState({}, "", address);
      }
      document.title = page.title;
      replaceFields(page);
      swap(fresh, toTop);
      document.dispatchEvent(new CustomEvent("epn:results", { detail: { query: fresh.dataset.points ?? "" } }));
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") {
        location.assign(address);
      }
    }
  }

  /** What the form keeps besides the filters: the question itself, the position. @param {Document} page */
  function replaceFields(page) {
    const fresh = page.querySelector("[data-epn-kept]");
    const kept = form?.querySelector("[data-epn-kept]");
    if (fresh && kept) {
      kept.replaceWith(document.adoptNode(fresh));
    }
    const question = /** @type {HTMLInputElement | null} */ (page.getElementById("q"));
    const ours = /** @type {HTMLInputElement | null} */ (document.getElementById("q"));
    if (question && ours && document.activeElement !== ours) {
      ours.value = question.value;
    }
  }

  /** @param {HTMLElement} fresh @param {boolean} toTop */
  function swap(fresh, toTop) {
    const focused = document.activeElement?.id;
    const wasOpen = results?.querySelector("[data-epn-filters]")?.hasAttribute("open");
    results?.replaceChildren(...fresh.childNodes);
    results?.removeAttribute("aria-busy");
    if (results) {
      results.dataset.points = fresh.dataset.points;
      results.dataset.search = fresh.dataset.search; // what the map adds its circle to
    }
    results?.querySelector("[data-epn-filters]")?.toggleAttribute("open", Boolean(wasOpen));
    const announce = document.querySelector("[data-epn-announce]");
    if (announce) {
      announce.textContent = (results?.querySelector("[data-epn-total], .empty__title")?.textContent ?? "").trim();
    }
    const again = focused ? document.getElementById(focused) : null;
    if (toTop) {
      results?.scrollIntoView({ block: "start" });
      results?.focus({ preventScroll: true });
    } else if (again && again !== document.activeElement) {
      again.focus({ preventScroll: true });
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    window.clearTimeout(pause);
    go(addressOf(form));
  });
  results.addEventListener("change", () => {
    window.clearTimeout(pause);
    pause = window.setTimeout(() => go(addressOf(form)), TYPING_PAUSE_MS);
  });
  results.addEventListener("click", (event) => {
    const link = followed(event);
    if (link) {
      event.preventDefault();
      go(link.href, { toTop: link.closest("[data-epn-pages]") !== null });
    }
  });
  window.addEventListener("popstate", () => go(location.href, { push: false }));
}

/** The link to results that is being followed in this tab, if it is one. @param {MouseEvent} event */
function followed(event) {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return null;
  }
  const target = /** @type {Element} */ (event.target);
  return /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-epn-refine], [data-epn-pages] a"));
}

/** The address that the form asks for, without its empty fields. @param {HTMLFormElement} form */
function addressOf(form) {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value) {
      asked.append(name, String(value));
    }
  }
  const address = new URL(form.action);
  address.search = asked.toString();
  return address.href;
}
