// @ts-check
// What a press on a marker shows: the card in the list when there is room for both, else a small popup.
import { toLatLng } from "./lonlat.js";

/** @typedef {[number, number, number, string, string, number]} Point pk, lon, lat, name, slug, flags */

const BESIDE_ZOOM = 64;
const SIDE_BY_SIDE = "(min-width: 56.25rem)";

/** @param {any} L @param {any} map @param {HTMLElement} element @param {Point} point */
export function openPlace(L, map, element, point) {
  const card = document.getElementById(`lieu-${point[0]}`);
  if (card && element.closest("[data-epn-results-layout]") && matchMedia(SIDE_BY_SIDE).matches) {
    document.querySelectorAll(".place-card.is-shown").forEach((other) => other.classList.remove("is-shown"));
    card.classList.add("is-shown");
    card.scrollIntoView({ block: "center" });
    card.querySelector("a")?.focus({ preventScroll: true });
    return;
  }
  open(L, map, [point[1], point[2]], [lines(element, point)], -24);
}

/** Places that stand on one spot. @param {any} L @param {any} map @param {HTMLElement} element @param {Point[]} points */
export function openSeveral(L, map, element, points) {
  const [first] = points;
  open(L, map, [first[1], first[2]], points.map((point) => lines(element, point)), -16);
}

/** A few lines. @param {any} L @param {any} map @param {[number, number]} lonLat @param {(Node | undefined)[]} lines */
export function openLines(L, map, lonLat, lines) {
  open(L, map, lonLat, lines.filter((line) => line !== undefined), -12);
}

/** @param {any} L @param {any} map @param {[number, number]} lonLat @param {Node[]} parts @param {number} up */
function open(L, map, lonLat, parts, up) {
  const body = document.createElement("div");
  body.append(...parts);
  // Beside the buttons of the zoom, also on the narrow map of a page.
  const maxWidth = Math.min(300, map.getSize().x - BESIDE_ZOOM - 64);
  L.popup({ offset: [0, up], maxHeight: 260, maxWidth, autoPanPaddingTopLeft: [BESIDE_ZOOM, 12], autoPanPaddingBottomRight: [12, 12] })
    .setLatLng(toLatLng(lonLat))
    .setContent(body)
    .openOn(map);
  body.querySelector("a")?.focus({ preventScroll: true });
}

/** @param {HTMLElement} element @param {Point} point */
function lines({ dataset }, [pk, , , name, slug]) {
  const link = document.createElement("a");
  link.href = (dataset.placeUrl ?? "").replace("SLUG", slug);
  link.textContent = name;
  const part = document.createElement("p");
  part.append(link);
  const call = document.querySelector(`#lieu-${pk} .call-link`)?.cloneNode(true);
  if (call) {
    part.append(call);
  }
  return part;
}
