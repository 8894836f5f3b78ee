// @ts-check
// A position: two numbers and a map that say the same.
import { fieldMap } from "./field-map.js";

const CLOSE_ZOOM = 17;
// A tenth of a metre: more digits are noise.
const DIGITS = 6;

/** @param {HTMLElement} element */
function wake(element) {
  const L = /** @type {any} */ (window).L;
  const [latitude, longitude] = /** @type {HTMLInputElement[]} */ ([...element.querySelectorAll("input")]);
  const mapElement = /** @type {HTMLElement} */ (element.querySelector("[data-epn-point-map]"));
  const map = fieldMap(mapElement);
  const icon = L.divIcon({ className: "point-marker", iconSize: [28, 28], iconAnchor: [14, 14] });
  const marker = L.marker(map.getCenter(), { icon, draggable: true, keyboard: false, title: mapElement.dataset.tMarker });

  /** @param {any} position of Leaflet */
  function write({ lat, lng }) {
    latitude.value = lat.toFixed(DIGITS);
    longitude.value = lng.toFixed(DIGITS);
    marker.setLatLng([lat, lng]).addTo(map);
  }

  function read() {
    const pasted = /^\s*(-?\d+[.,]\d+)\s*[;, ]\s*(-?\d+[.,]\d+)\s*$/.exec(latitude.value);
    if (pasted) {
      [latitude.value, longitude.value] = [pasted[1], pasted[2]];
    }
    const [lat, lng] = [latitude, longitude].map(({ value }) => (value.trim() ? Number(value.replace(",", ".")) : NaN));
    if (Math.abs(lat) <= 90 && Math.abs(lng) <= 180) {
      marker.setLatLng([lat, lng]).addTo(map);
      map.setView([lat, lng], Math.max(map.getZoom(), CLOSE_ZOOM), { animate: false });
    } else {
      marker.remove();
    }
  }

  map.on("click", (/** @type {any} */ { latlng }) => write(latlng));
  marker.on("dragend", () => write(marker.getLatLng()));
  for (const field of [latitude, longitude]) {
    field.addEventListener("change", read);
  }
  button(element, "[data-epn-point-centre]", () => write(map.getCenter()));
  button(element, "[data-epn-point-clear]", () => {
    latitude.value = longitude.value = "";
    read();
  });
  read();
}

/** @param {HTMLElement} element @param {string} selector @param {() => void} act */
function button(element, selector, act) {
  const found = /** @type {HTMLButtonElement} */ (element.querySelector(selector));
  found.hidden = false;
  found.addEventListener("click", act);
}

document.querySelectorAll("[data-epn-point]").forEach((element) => wake(/** @type {HTMLElement} */ (element)));
