// @ts-check
// Positions are lon, lat everywhere (GeoJSON); Leaflet wants lat, lon.

/** @typedef {[number, number]} Pair */

/** @param {Pair} lonLat GeoJSON order. @returns {Pair} Leaflet order: the only place where we swap. */
export const toLatLng = ([lon, lat]) => [lat, lon];

/** @param {string | undefined} text "4.84,45.76" @returns {number[]} its numbers, none for an empty text */
export const numbers = (text) => (text ? text.split(",").map(Number) : []);

/** @param {number[]} box west, south, east, north @returns {[Pair, Pair]} corners for Leaflet */
export const toBounds = ([west, south, east, north]) => [toLatLng([west, south]), toLatLng([east, north])];

const METROPOLE = [-5.2, 41.3, 9.6, 51.1];

/**
 * What a map should show of `points`: all of them, or metropolitan France when they lie on several continents.
 * @param {Pair[]} points @returns {number[]} west, south, east, north
 */
export function extentOf(points) {
  if (!points.length) {
    return METROPOLE;
  }
  const [west, south, east, north] = box(points);
  if (east - west < 30) {
    return [west, south, east, north];
  }
  const [minLon, minLat, maxLon, maxLat] = METROPOLE;
  const near = points.filter(([lon, lat]) => lon > minLon && lon < maxLon && lat > minLat && lat < maxLat);
  return near.length ? box(near) : METROPOLE;
}

/** @param {Pair[]} points */
function box(points) {
  const found = [180, 90, -180, -90];
  for (const [lon, lat] of points) {
    found[0] = Math.min(found[0], lon);
    found[1] = Math.min(found[1], lat);
    found[2] = Math.max(found[2], lon);
    found[3] = Math.max(found[3], lat);
  }
  return found;
}
