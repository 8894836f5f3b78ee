// @ts-check
// The sessions of the page that are held elsewhere, as markers: the list of sessions is their twin.
import { extentOf, numbers, toBounds, toLatLng } from "./lonlat.js";
import { iconsOf } from "./marker-icons.js";
import { openLines } from "./popups.js";

// Further stops are told by the list alone: a map of all of them would show none.
const FARTHEST_DEG = 0.25;

/** @param {any} L @param {any} map @param {number[]} center of the map, where the stops around are brought into view */
export function showStops(L, map, center) {
  const icons = iconsOf(L);
  /** @type {[number, number][]} */
  const seen = [];
  for (const row of document.querySelectorAll("[data-epn-stop]")) {
    const [lon, lat] = numbers(/** @type {HTMLElement} */ (row).dataset.epnStop);
    if (seen.some(([x, y]) => x === lon && y === lat)) {
      continue;
    }
    seen.push([lon, lat]);
    const [title, date, hours, where] = [".session__title", ".session__date", ".session__when", ".session__where"].map(
      (selector) => row.querySelector(selector),
    );
    const when = document.createElement("p");
    when.textContent = `${textOf(date)}, ${textOf(hours)}`;
    const label = `${textOf(title)}, ${when.textContent}`;
    const lines = [title?.cloneNode(true), when, where?.cloneNode(true)];
    L.marker(toLatLng([lon, lat]), { icon: icons.stop(label), keyboard: false, title: label })
      .on("click", () => openLines(L, map, [lon, lat], lines))
      .addTo(map);
  }
  const near = seen.filter(([lon, lat]) => Math.hypot(lon - center[0], lat - center[1]) < FARTHEST_DEG);
  if (center.length && near.length) {
    const bounds = toBounds(extentOf([[center[0], center[1]], ...near]));
    map.fitBounds(bounds, { maxZoom: map.getZoom(), padding: [32, 32], animate: false });
  }
}

/** @param {Element | null} node */
function textOf(node) {
  return (node?.textContent ?? "").replace(/\s+/g, " ").trim();
}
