// @ts-check
// The rows of the list under the search box: groups with a title, options with a pictogram.

/** @typedef {{ label: string, detail: string, kind: string, url: string, words: string }} Row */
/** @typedef {{ code: string, name: string, rows: Row[] }} Group */

const SVG = "http://www.w3.org/2000/svg";

const ICONS = /** @type {Record<string, string>} */ ({
  needs: "question",
  towns: "map",
  neighbourhoods: "neighbourhood",
  places: "pin",
});

/** @param {Group} group @param {string} listId @param {string} icons address of the file of pictograms */
export function groupOf({ code, name, rows }, listId, icons) {
  const title = element("div", { className: "suggestions__group", id: `${listId}-${code}`, textContent: name });
  title.setAttribute("role", "presentation");
  const group = element("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", title.id);
  group.append(title, ...rows.map((row) => optionOf(row, pictogram(`${icons}#${ICONS[code]}`))));
  return group;
}

/** @param {Row} row @param {SVGElement} picture */
function optionOf({ label, detail, url, words }, picture) {
  const option = element("div", { className: "suggestion" });
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.url = url;
  option.dataset.words = words;
  const text = element("span", { className: "suggestion__text" });
  text.append(element("span", { className: "suggestion__label", textContent: label }));
  if (detail) {
    text.append(element("span", { className: "visually-hidden", textContent: ", " }));
    text.append(element("span", { className: "suggestion__detail", textContent: detail }));
  }
  option.append(picture, text);
  return option;
}

/** @param {string} address */
function pictogram(address) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", address);
  drawing.append(use);
  return drawing;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 */
function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
