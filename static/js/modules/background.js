// @ts-check
// The ground of the map, drawn by ourselves: it is there when no tile comes.

const COMMUNES_FROM_ZOOM = 10;
const NEIGHBOURHOODS_FROM_ZOOM = 11;
const NAMES_FROM_ZOOM = 13;
const GRID_DEG = 0.1;

/** @param {any} L @param {any} map @param {string} url of the départements, as GeoJSON */
export async function drawCountry(L, map, url) {
  const ground = map.createPane("ground");
  ground.style.zIndex = 150;
  const renderer = L.svg({ pane: "ground", padding: 0.5 });
  const country = await features(url);
  L.geoJSON(country, { pane: "ground", renderer, interactive: false, style: { className: "map-limit" } }).addTo(map);
}

/**
 * Outlines of the communes in view, where they are known: under everything else.
 * @param {any} L @param {any} map @param {string} url
 */
export function followCommunes(L, map, url) {
  const layer = L.geoJSON(null, { interactive: false, style: { className: "map-commune" } }).addTo(map);
  followView(map, url, COMMUNES_FROM_ZOOM, layer);
}

/**
 * Outlines and names of the neighbourhoods in view, above the tiles; `outline` is the one that the page is about.
 * @param {any} L @param {any} map @param {string} url @param {any} outline GeoJSON geometry or null
 */
export function followNeighbourhoods(L, map, url, outline) {
  const layer = L.geoJSON(null, { interactive: false, style: { className: "map-area" }, onEachFeature: name }).addTo(map);
  if (outline) {
    L.geoJSON(outline, { interactive: false, style: { className: "map-area map-area--main" } }).addTo(map);
  }
  // Under the markers: a name must not hide a place.
  map.createPane("names").style.zIndex = 450;
  const tellNames = () => map.getContainer().classList.toggle("map--names", map.getZoom() >= NAMES_FROM_ZOOM);
  map.on("zoomend", tellNames);
  tellNames();
  followView(map, url, NEIGHBOURHOODS_FROM_ZOOM, layer);

  /** @param {any} feature @param {any} path */
  function name({ properties }, path) {
    path.bindTooltip(properties.name, { pane: "names", permanent: true, direction: "bottom", offset: [0, 14], className: "map-name", opacity: 1 });
  }
}

/**
 * Fills `layer` with what `url` knows of the view, each time that it has moved on.
 * @param {any} map @param {string} url @param {number} fromZoom @param {any} layer
 */
function followView(map, url, fromZoom, layer) {
  let shown = "";

  async function follow() {
    const box = map.getZoom() >= fromZoom ? gridBox(map.getBounds()) : "";
    if (box === shown) {
      return;
    }
    shown = box;
    const found = box ? await features(`${url}?bbox=${box}`) : null;
    if (box === shown) {
      layer.clearLayers();
      if (found) {
        layer.addData(found);
      }
    }
  }

  map.on("moveend", follow);
  follow();
}

/** The box of the view, widened to a grid: neighbouring views ask for the same, which browsers keep. @param {any} bounds */
function gridBox(bounds) {
  const low = (/** @type {number} */ value) => (Math.floor(value / GRID_DEG) * GRID_DEG).toFixed(1);
  const high = (/** @type {number} */ value) => (Math.ceil(value / GRID_DEG) * GRID_DEG).toFixed(1);
  return [low(bounds.getWest()), low(bounds.getSouth()), high(bounds.getEast()), high(bounds.getNorth())].join(",");
}

/** @param {string} url @returns {Promise<any>} a FeatureCollection, empty when it cannot be had */
async function features(url) {
  try {
    const response = await fetch(url);
    if (response.ok) {
      return await response.json();
    }
  } catch (error) {
    console.warn("Outlines could not be read.", error);
  }
  return { type: "FeatureCollection", features: [] };
}
