// @ts-check
// One Leaflet map: its ground, its tiles when they can be had, its markers.
import { drawCountry, followCommunes, followNeighbourhoods } from "./background.js";
import { extentOf, numbers, toBounds, toLatLng } from "./lonlat.js";
import { markersOn } from "./markers.js";
import { unpack } from "./packed-points.js";
import { offerSearchHere } from "./search-here.js";
import { showStops } from "./stops.js";

const PLACE_ZOOM = 16;
const CLOSEST_FIT = 15;
const NEIGHBOURS = 8;

/** @param {any} L Leaflet @param {HTMLElement} element with data-* attributes of components/map.html */
export function startMap(L, element) {
  const { dataset } = element;
  const map = L.map(frameIn(element), {
    zoomControl: false,
    maxZoom: 19,
    minZoom: 3,
    worldCopyJump: true,
    fadeAnimation: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: dataset.tZoomIn, zoomOutTitle: dataset.tZoomOut }).addTo(map);

  const center = numbers(dataset.center);
  const bounds = numbers(dataset.bounds);
  if (center.length && !bounds.length) {
    map.setView(toLatLng([center[0], center[1]]), PLACE_ZOOM);
  } else {
    map.fitBounds(toBounds(bounds.length ? bounds : extentOf([])), { animate: false });
  }

  addTiles(L, map, dataset);
  drawCountry(L, map, dataset.background ?? "");
  followCommunes(L, map, dataset.communes ?? "");
  const outline = element.querySelector("script[type='application/json']:not([id])");
  followNeighbourhoods(L, map, dataset.neighbourhoods ?? "", outline && JSON.parse(outline.textContent ?? ""));

  const markers = markersOn(L, map, element);
  if (dataset.pin) {
    markers.pin([center[0], center[1]], dataset.pin);
  }
  const spots = element.querySelector("#map-spots");
  if (spots) {
    markers.show(JSON.parse(spots.textContent ?? "[]"));
  }
  followPoints(map, markers, element, bounds.length || dataset.pin ? null : center);
  if (dataset.stops !== undefined) {
    showStops(L, map, center);
  }
  offerSearchHere(map, element);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(element);
}

/** @param {HTMLElement} element */
function frameIn(element) {
  const frame = document.createElement("div");
  element.append(frame);
  return frame;
}

/** @param {any} L @param {any} map @param {DOMStringMap} dataset */
function addTiles(L, map, { tiles, attribution }) {
  if (!tiles) {
    return;
  }
  // A tile that fails is left out quietly: the outlines below stay.
  const layer = L.tileLayer(tiles, { maxZoom: 19, attribution, errorTileUrl: "" });
  layer.on("tileerror", (/** @type {any} */ { tile }) => tile.remove());
  layer.addTo(map);
}

/**
 * The markers of the results that the page shows, now and after each search.
 * @param {any} map @param {ReturnType<typeof markersOn>} markers @param {HTMLElement} element
 * @param {number[] | null} center around which people asked, [] when unknown; null when the view is to stay as it is
 */
function followPoints(map, markers, element, center) {
  const { pointsAddress = "", allPoints = "" } = element.dataset;

  /** @param {string} query @returns {Promise<import("./popups.js").Point[]>} */
  async function pointsOf(query) {
    // Nothing narrows the results: all places lie ready, in a file that browsers keep.
    const isAll = query === "" || query === "?";
    const response = await fetch(isAll ? allPoints : pointsAddress + query);
    if (!response.ok) {
      throw new Error(`no points in the answer (${response.status})`);
    }
    return isAll ? unpack(await response.arrayBuffer()) : (await response.json()).points;
  }

  /** @param {string} query @param {number[] | null} around */
  async function show(query, around) {
    const asked = new URLSearchParams(query);
    markers.standAt(asked.has("lon") ? [Number(asked.get("lon")), Number(asked.get("lat"))] : null);
    try {
      const points = await pointsOf(query);
      markers.show(points);
      if (around && (points.length || !around.length)) {
        const pairs = nearest(points.map(([, lon, lat]) => [lon, lat]), around);
        map.fitBounds(toBounds(extentOf(pairs)), { maxZoom: CLOSEST_FIT, padding: [24, 24], animate: false });
      }
    } catch (error) {
      console.warn("The points of the map could not be read.", error);
    }
  }

  if (element.dataset.points !== undefined) {
    show(element.dataset.points, center);
  }
  document.addEventListener("epn:results", (event) => {
    show(/** @type {CustomEvent} */ (event).detail.query, []);
  });
  document.addEventListener("epn:show", (event) => {
    markers.highlight(/** @type {CustomEvent} */ (event).detail.pk);
  });
}

/**
 * With a centre, that and the points next to it: what people can walk to. Else all of them.
 * @param {[number, number][]} points @param {number[]} center
 * @returns {[number, number][]}
 */
function nearest(points, center) {
  if (!center.length) {
    return points;
  }
  const [lon, lat] = center;
  // A degree of longitude is shorter than one of latitude.
  const narrow = Math.cos((lat * Math.PI) / 180);
  const far = (/** @type {[number, number]} */ [x, y]) => Math.hypot((x - lon) * narrow, y - lat);
  const sorted = [...points].sort((one, other) => far(one) - far(other));
  return [[lon, lat], ...sorted.slice(0, NEIGHBOURS)];
}
