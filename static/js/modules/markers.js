// @ts-check
// Places on the map: clustered, told apart by shape, reachable by keyboard.
import Supercluster from "../vendor/supercluster.js";
import { iconsOf } from "./marker-icons.js";
import { toLatLng } from "./lonlat.js";
import { namesFrom } from "./point-names.js";
import { openPlace, openSeveral } from "./popups.js";

const MAX_ZOOM = 19;

/** @typedef {import("./popups.js").Point} Point */

/** @param {any} L @param {any} map @param {HTMLElement} element */
export function markersOn(L, map, element) {
  const icons = iconsOf(L);
  const fillIn = namesFrom(element.dataset.pointsAddress ?? "");
  // Pixels of Leaflet: with the default extent of 512 the radius would be halved.
  const index = new Supercluster({ radius: 60, extent: 256, maxZoom: MAX_ZOOM });
  const layer = L.layerGroup().addTo(map);
  /** @type {Map<string, any>} */
  let drawn = new Map();
  /** @type {Map<number, Point>} */
  let byPk = new Map();
  let shown = null;
  /** @type {any} */
  let here = null;

  /** @param {Point[]} points */
  function show(points) {
    byPk = new Map(points.map((point) => [point[0], point]));
    index.load(points.map((point) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [point[1], point[2]] },
      properties: { point },
    })));
    layer.clearLayers();
    drawn = new Map();
    draw();
  }

  function draw() {
    const box = map.getBounds().pad(0.2);
    const view = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    const focused = document.activeElement?.getAttribute("data-key");
    const next = new Map();
    const nameless = [];
    for (const found of index.getClusters(view, map.getZoom())) {
      const { cluster, point } = found.properties;
      if (!cluster && !point[3]) {
        nameless.push(point);
        continue;
      }
      const key = keyOf(found);
      next.set(key, drawn.get(key) ?? markerFor(found, key).addTo(layer));
    }
    for (const [key, marker] of drawn) {
      if (!next.has(key)) {
        layer.removeLayer(marker);
      }
    }
    drawn = next;
    // The marker that was pressed may be gone: the keyboard stays on the map.
    if (focused && !drawn.has(focused)) {
      map.getContainer().focus({ preventScroll: true });
    }
    // A button needs a name: those of the points in view come a moment later.
    fillIn(nameless).then((isNew) => isNew && draw());
  }

  /** @param {any} found @param {string} key */
  function markerFor(found, key) {
    const [lon, lat] = found.geometry.coordinates;
    const { cluster, point_count: count, point } = found.properties;
    const label = cluster ? `${count} ${element.dataset.tCluster}` : point[3];
    const icon = cluster ? icons.cluster(count, label, key) : icons.place(point[5], label, key);
    const marker = L.marker(toLatLng([lon, lat]), { icon, keyboard: false, title: cluster ? "" : label });
    return marker.on("click", () => (cluster ? enter(found) : openPlace(L, map, element, point)));
  }

  /** @param {any} cluster */
  function enter({ properties, geometry }) {
    const zoom = index.getClusterExpansionZoom(properties.cluster_id);
    if (zoom > MAX_ZOOM) {
      const leaves = index.getLeaves(properties.cluster_id, 20).map((leaf) => leaf.properties.point);
      fillIn(leaves).then(() => openSeveral(L, map, element, leaves.filter((point) => point[3])));
    } else {
      map.setView(toLatLng(geometry.coordinates), zoom);
    }
  }

  /** Shows where a place of the list is, even inside a cluster. @param {number | null} pk */
  function highlight(pk) {
    shown?.remove();
    const point = pk === null ? undefined : byPk.get(pk);
    shown = point
      ? L.marker(toLatLng([point[1], point[2]]), {
          icon: icons.place(point[5], "", "", true), interactive: false, keyboard: false, zIndexOffset: 1000,
        }).addTo(map)
      : null;
  }

  /** A single marker that stays: the place that the page is about. @param {[number, number]} lonLat @param {string} name */
  function pin(lonLat, name) {
    L.marker(toLatLng(lonLat), {
      icon: icons.place(1, name, "", true), interactive: false, keyboard: false, alt: name,
    }).addTo(map);
  }

  /** Where the search is made from, if anywhere. @param {[number, number] | null} lonLat */
  function standAt(lonLat) {
    here?.remove();
    here = lonLat
      ? L.marker(toLatLng(lonLat), {
          icon: icons.here(element.dataset.tHere ?? ""), interactive: false, keyboard: false, zIndexOffset: -1000,
        }).addTo(map)
      : null;
  }

  map.on("moveend", () => byPk.size && draw());
  return { show, highlight, pin, standAt };
}

/** @param {any} found */
function keyOf({ properties, geometry }) {
  return properties.cluster ? `c${properties.point_count}@${geometry.coordinates}` : `p${properties.point[0]}`;
}
