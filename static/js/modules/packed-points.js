// @ts-check
// All places of the country, five bytes each: places/domain/packing.py writes them and tells the format.

const MAGIC = [0x45, 0x50, 0x4e, 1];
const PER_DEGREE = 100_000;

/**
 * @param {ArrayBuffer} buffer
 * @returns {import("./popups.js").Point[]} without names and addresses: point-names.js asks for those that are drawn
 */
export function unpack(buffer) {
  const bytes = new Uint8Array(buffer);
  if (!MAGIC.every((byte, place) => bytes[place] === byte)) {
    throw new Error("This is not a file of points that we can read.");
  }
  let at = MAGIC.length;

  function number() {
    let value = 0;
    let weight = 1;
    // Not shifted: a difference of longitudes around the world takes 33 bits.
    while (bytes[at] > 0x7f) {
      value += (bytes[at++] & 0x7f) * weight;
      weight *= 0x80;
    }
    return value + bytes[at++] * weight;
  }

  const count = number();

  function column() {
    let value = 0;
    return Array.from({ length: count }, () => {
      const difference = number();
      value += difference % 2 ? -(difference + 1) / 2 : difference / 2;
      return value;
    });
  }

  const lons = column();
  const lats = column();
  const keys = column();
  return keys.map((pk, row) => [
    pk, lons[row] / PER_DEGREE, lats[row] / PER_DEGREE, "", "", (bytes[at + (row >> 3)] >> (row & 7)) & 1,
  ]);
}
