// @ts-check
// Signs of the map. An EPN is a house, any other place a disc, a session elsewhere a diamond; full is open now,
// hollow is not. A ring with a cross is where one stands.

const IS_EPN = 1;
const IS_OPEN = 2;
const SVG = "http://www.w3.org/2000/svg";
const HOUSE = "M16 2 28 12v8c0 5-6 8-12 13-6-5-12-8-12-13v-8z";
const CROSS = "M16 6v24M4 18h24M8 18a8 8 0 1 0 16 0 8 8 0 1 0-16 0z";
const DIAMOND = "M16 5 28 18 16 31 4 18z";

/** @param {any} L Leaflet */
export function iconsOf(L) {
  const Sign = L.Icon.extend({
    options: { iconSize: [44, 44], className: "" },
    /** @this {any} */
    createIcon() {
      const { label, key, draw, className, isStill } = this.options;
      const sign = document.createElement(isStill ? "div" : "button");
      if (sign instanceof HTMLButtonElement) {
        sign.type = "button";
        sign.setAttribute("aria-label", label);
        sign.dataset.key = key;
      } else if (label) {
        sign.setAttribute("role", "img");
        sign.setAttribute("aria-label", label);
      }
      sign.append(draw());
      sign.classList.add(...className.split(" "));
      this._setIconStyles(sign, "icon");
      return sign;
    },
    createShadow: () => null,
  });

  return {
    /** @param {number} flags @param {string} label @param {string} key @param {boolean} [isStill] not to be pressed */
    place(flags, label, key, isStill = false) {
      const isEpn = Boolean(flags & IS_EPN);
      const state = flags & IS_OPEN ? "marker--open" : "marker--closed";
      return new Sign({
        label,
        key,
        isStill,
        className: `marker ${state}${isStill ? " is-shown" : ""}`,
        // The foot of the house stands on the place; a disc is centred on it.
        iconAnchor: isEpn ? [22, 38] : [22, 22],
        draw: () => (isEpn ? drawing(HOUSE) : drawing()),
      });
    },
    /** @param {string} label */
    here: (label) =>
      new Sign({ label, isStill: true, className: "marker marker--here", iconAnchor: [22, 22], draw: () => drawing(CROSS) }),
    /** @param {string} label */
    stop: (label) =>
      new Sign({ label, key: "", className: "marker marker--closed", iconAnchor: [22, 22], draw: () => drawing(DIAMOND) }),
    /** @param {number} count @param {string} label @param {string} key */
    cluster(count, label, key) {
      const size = count < 10 ? 44 : count < 100 ? 50 : 58;
      return new Sign({
        label,
        key,
        className: "cluster",
        iconSize: [size, size],
        iconAnchor: [size / 2, size / 2],
        draw: () => document.createTextNode(count < 1000 ? String(count) : `${Math.round(count / 100) / 10}\u00a0k`.replace(".", ",")),
      });
    },
  };
}

/** @param {string} [path] a disc without it */
function drawing(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 32 36");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, path ? "path" : "circle");
  for (const [name, value] of Object.entries(path ? { d: path } : { cx: 16, cy: 18, r: 10 })) {
    shape.setAttribute(name, String(value));
  }
  svg.append(shape);
  return svg;
}
