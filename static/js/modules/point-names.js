// @ts-check
// Names, addresses and opening of points that came without: only of those that are to be drawn.

/** @typedef {import("./popups.js").Point} Point */

const AT_ONCE = 400;

/** @param {string} address of the points of the map */
export function namesFrom(address) {
  /** @type {Set<number>} */
  const asked = new Set();

  /**
   * Fills in what `points` lack, each once; a point that nobody knows any more stays without a name.
   * @param {Point[]} points @returns {Promise<boolean>} whether there is something new to draw
   */
  return async function fillIn(points) {
    const lacking = points.filter(([pk, , , name]) => !name && !asked.has(pk)).slice(0, AT_ONCE);
    if (!lacking.length) {
      return false;
    }
    const pks = lacking.map(([pk]) => pk).sort((one, other) => one - other);
    pks.forEach((pk) => asked.add(pk));
    try {
      const response = await fetch(`${address}?ids=${pks.join(",")}`, { headers: { Accept: "application/json" } });
      if (!response.ok) {
        throw new Error(`no names in the answer (${response.status})`);
      }
      /** @type {Map<number, Point>} */
      const known = new Map((await response.json()).points.map((/** @type {Point} */ point) => [point[0], point]));
      lacking.forEach((point) => Object.assign(point, known.get(point[0])));
      return true;
    } catch (error) {
      console.warn("The names of places could not be read.", error);
      pks.forEach((pk) => asked.delete(pk));
      return false;
    }
  };
}
