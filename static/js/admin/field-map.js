// @ts-check
// The map of a field of the admin: our own ground, tiles when they can be had, Leaflet from our own server.
import { drawCountry, followNeighbourhoods } from "../modules/background.js";
import { extentOf, toBounds } from "../modules/lonlat.js";

/** @param {HTMLElement} element with data-* attributes; it is shown @returns {any} the Leaflet map */
export function fieldMap(element) {
  const L = /** @type {any} */ (window).L;
  const { dataset } = element;
  element.hidden = false;
  const frame = element.appendChild(document.createElement("div"));
  const map = L.map(frame, { zoomControl: false, maxZoom: 19, minZoom: 3, fadeAnimation: false, scrollWheelZoom: false });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: dataset.tZoomIn, zoomOutTitle: dataset.tZoomOut }).addTo(map);
  map.fitBounds(toBounds(extentOf([])), { animate: false });
  if (dataset.tiles) {
    L.tileLayer(dataset.tiles, { maxZoom: 19, attribution: dataset.attribution, errorTileUrl: "" })
      .on("tileerror", (/** @type {any} */ { tile }) => tile.remove())
      .addTo(map);
  }
  drawCountry(L, map, dataset.background ?? "");
  followNeighbourhoods(L, map, dataset.neighbourhoods ?? "", null);
  // A map in a closed part of the form has no size until that part is opened.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(element);
  return map;
}
