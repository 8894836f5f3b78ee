// @ts-check
// "Autour de moi": asks the browser where we are, then goes to the search near there.

// Ten metres or so: enough to find the nearest place, and no more than needed.
const DECIMALS = 4;
const TIMEOUT_MS = 12_000;
const RECENT_MS = 300_000;

export function offerPosition() {
  if (!("geolocation" in navigator) || !window.isSecureContext) {
    return;
  }
  document.querySelectorAll("[data-epn-position]").forEach((node) => offer(/** @type {HTMLElement} */ (node)));
}

/** @param {HTMLElement} box */
function offer(box) {
  const button = box.querySelector("[data-epn-position-button]");
  const help = box.querySelector("[data-epn-position-help]");
  const { dataset } = box;
  if (!button || !help) {
    return;
  }
  box.hidden = false;

  /** @param {boolean} isBusy @param {string | undefined} text */
  function say(isBusy, text) {
    button?.toggleAttribute("aria-disabled", isBusy);
    if (isBusy) {
      button?.setAttribute("aria-disabled", "true");
    }
    if (help) {
      help.textContent = text ?? "";
    }
  }

  button.addEventListener("click", () => {
    if (button.hasAttribute("aria-disabled")) {
      return;
    }
    say(true, dataset.tWait);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => location.assign(addressNear(box, coords)),
      ({ code }) => say(false, [dataset.tFailed, dataset.tRefused, dataset.tFailed, dataset.tLate][code]),
      { timeout: TIMEOUT_MS, maximumAge: RECENT_MS },
    );
  });
  // Back from the results through the browser's memory: the button is ready again.
  window.addEventListener("pageshow", () => say(false, ""));
}

/** The search of the form, near `coords`. @param {HTMLElement} box @param {GeolocationCoordinates} coords */
function addressNear(box, coords) {
  const address = new URL(box.dataset.url ?? "/", location.href);
  const form = box.closest("form");
  for (const [name, value] of form ? new FormData(form) : []) {
    if (value && !["commune", "neighbourhood", "page"].includes(name)) {
      address.searchParams.append(name, String(value));
    }
  }
  withPosition(address, coords);
  return address.href;
}

/** @param {URL} address changed in place @param {GeolocationCoordinates} coords */
export function withPosition(address, { longitude, latitude }) {
  address.searchParams.set("lon", longitude.toFixed(DECIMALS));
  address.searchParams.set("lat", latitude.toFixed(DECIMALS));
  address.searchParams.set("sort", "distance");
}
