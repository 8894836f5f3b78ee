// @ts-check
// An outline: drawn on the map, kept as GeoJSON in the text field below it.
import { fieldMap } from "./field-map.js";
import { speakFrench } from "./draw-in-french.js";

/** @param {HTMLElement} element */
function wake(element) {
  const L = /** @type {any} */ (window).L;
  const field = /** @type {HTMLTextAreaElement} */ (element.querySelector("textarea"));
  const map = fieldMap(/** @type {HTMLElement} */ (element.querySelector("[data-epn-area-map]")));
  const outline = L.featureGroup().addTo(map);

  function write() {
    const polygons = outline.getLayers().map((/** @type {any} */ layer) => layer.toGeoJSON().geometry.coordinates);
    field.value = polygons.length ? JSON.stringify({ type: "MultiPolygon", coordinates: polygons }) : "";
  }

  function read() {
    outline.clearLayers();
    for (const rings of polygonsOf(field.value)) {
      L.polygon(rings.map((/** @type {any} */ ring) => L.GeoJSON.coordsToLatLngs(ring, 0)), { className: "map-area map-area--main" }).addTo(outline);
    }
    if (outline.getLayers().length) {
      map.fitBounds(outline.getBounds(), { animate: false, padding: [16, 16] });
    }
  }

  speakFrench(L);
  const shape = { allowIntersection: false, showArea: false, shapeOptions: { className: "map-area map-area--main" } };
  const off = { polyline: false, rectangle: false, circle: false, circlemarker: false, marker: false };
  map.addControl(new L.Control.Draw({ draw: { polygon: shape, ...off }, edit: { featureGroup: outline } }));
  map.on(L.Draw.Event.CREATED, (/** @type {any} */ { layer }) => {
    outline.addLayer(layer);
    write();
  });
  map.on(L.Draw.Event.EDITED, write);
  map.on(L.Draw.Event.DELETED, write);
  field.addEventListener("change", read);
  read();
}

/** @param {string} text GeoJSON @returns {any[]} its polygons, as lists of rings; none when it cannot be read */
function polygonsOf(text) {
  try {
    const found = JSON.parse(text);
    const geometries = (found.features ?? [found]).map((/** @type {any} */ part) => part.geometry ?? part);
    return geometries.flatMap((/** @type {any} */ { type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates));
  } catch {
    return [];
  }
}

document.querySelectorAll("[data-epn-area]").forEach((element) => wake(/** @type {HTMLElement} */ (element)));
