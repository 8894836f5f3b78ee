// @ts-check
// "Chercher dans cette zone": once the map was moved by hand, a link to the same search around its middle.

const WIDEST_M = 100_000;
const NARROWEST_M = 100;

/** @param {any} map @param {HTMLElement} element */
export function offerSearchHere(map, element) {
  const { search, tSearch = "" } = element.dataset;
  if (!search) {
    return;
  }
  const link = document.createElement("a");
  link.className = "button map__here";
  link.textContent = tSearch;
  link.hidden = true;
  element.append(link);

  function follow() {
    const middle = map.getCenter();
    const reach = middle.distanceTo(map.getBounds().getNorthWest());
    // The address as it is now: the list may have been searched anew since the page came.
    const address = new URL(document.getElementById("results")?.dataset.search ?? search, location.href);
    address.searchParams.set("lon", middle.lng.toFixed(5));
    address.searchParams.set("lat", middle.lat.toFixed(5));
    address.searchParams.set("radius", String(Math.round(Math.max(NARROWEST_M, reach))));
    link.href = address.href;
    link.hidden = reach > WIDEST_M;
  }

  map.on("dragend", follow);
  // After a zoom only where the link is offered already: a zoom alone is a look, not another place.
  map.on("zoomend", () => link.hidden || follow());
  document.addEventListener("epn:results", () => {
    link.hidden = true;
  });
}
