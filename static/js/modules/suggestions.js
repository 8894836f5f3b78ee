// @ts-check
// Suggestions under the search box while somebody types: the combobox of WAI-ARIA 1.2 with a list to choose
// from. Nothing is ever chosen by itself: Enter without a choice asks for what was typed, as without us.

const PAUSE_MS = 120;
const SHORTEST = 2;
// Long enough that a screen reader has read the letter before it reads the count.
const SAY_AFTER_MS = 600;
const MARGIN_PX = 24;
const LEAST_ROOM_PX = 200;

/** Wakes every search box of the page. */
export function offerSuggestions() {
  document.querySelectorAll("[data-epn-suggestions]").forEach((box) => new Suggestions(/** @type {HTMLElement} */ (box)));
}

/** @typedef {{ said: string, groups: import("./suggestion-rows.js").Group[] }} Answer */

class Suggestions {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
    this.list = document.createElement("div");
    this.status = document.createElement("p");
    this.request = new AbortController();
    this.pause = 0;
    this.saying = 0;
    /** @type {HTMLElement[]} */
    this.options = [];
    this.active = -1;
    this.describe();
    this.listen();
  }

  describe() {
    const { input, list, status, box } = this;
    Object.assign(list, { className: "suggestions", id: `${input.id}-suggestions`, hidden: true });
    status.className = "visually-hidden";
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.tList ?? "");
    status.setAttribute("role", "status");
    box.append(list, status);
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("input", () => this.askSoon());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // The box keeps the focus: a list that is touched is not left.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const option = /** @type {Element} */ (target).closest("[role=option]");
      if (option) {
        this.choose(/** @type {HTMLElement} */ (option));
      }
    });
    input.form?.addEventListener("submit", () => this.close());
  }

  askSoon() {
    this.request.abort();
    window.clearTimeout(this.pause);
    const typed = this.input.value.trim();
    if (typed.length < SHORTEST) {
      this.close();
      return;
    }
    this.pause = window.setTimeout(() => this.ask(typed), PAUSE_MS);
  }

  /** @param {string} typed */
  async ask(typed) {
    const { signal } = (this.request = new AbortController());
    const address = new URL(this.box.dataset.url ?? "", location.href);
    address.searchParams.set("q", typed.toLocaleLowerCase("fr"));
    try {
      const [response, rows] = await Promise.all([fetch(address, { signal }), this.rows()]);
      if (response.ok) {
        this.show(await response.json(), rows);
      }
    } catch {
      // No network: the box works without suggestions. Newer letters are on their way, and stay.
      if (!signal.aborted) {
        this.close();
      }
    }
  }

  /** How rows are made and look: loaded with the first answer, since most visitors type nothing. */
  async rows() {
    const [rows, { load }] = await Promise.all([import("./suggestion-rows.js"), import("./load.js")]);
    await load("link", { rel: "stylesheet", href: this.box.dataset.css ?? "" });
    return rows;
  }

  /** @param {Answer} answer @param {typeof import("./suggestion-rows.js")} rows */
  show({ said, groups }, { groupOf }) {
    if (document.activeElement !== this.input) {
      return;
    }
    this.list.replaceChildren(...groups.map((group) => groupOf(group, this.list.id, this.box.dataset.icons ?? "")));
    this.options = [...this.list.querySelectorAll("[role=option]")].map((node) => /** @type {HTMLElement} */ (node));
    this.options.forEach((option, place) => {
      option.id = `${this.list.id}-${place}`;
    });
    this.point(-1);
    this.open(this.options.length > 0);
    this.say(said);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const moves = /** @type {Record<string, () => void>} */ ({
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      Escape: () => this.close(),
    });
    if (this.active >= 0) {
      moves.Home = () => this.point(0);
      moves.End = () => this.point(this.options.length - 1);
      moves.Enter = () => this.choose(this.options[this.active]);
    }
    const canMove = event.key.startsWith("Arrow") ? this.options.length > 0 : this.isOpen;
    if (moves[event.key] && canMove) {
      event.preventDefault();
      moves[event.key]();
    }
  }

  /** Round and round, with the box itself between the last and the first. @param {number} step */
  move(step) {
    const places = this.options.length + 1;
    const from = this.isOpen ? this.active + 1 : 0;
    this.open(true);
    this.point(((from + step + places) % places) - 1);
  }

  /** @param {number} place of an option, -1 for none */
  point(place) {
    this.active = place;
    this.options.forEach((option, other) => option.setAttribute("aria-selected", String(other === place)));
    if (place < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", this.options[place].id);
    this.options[place].scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLElement} option */
  choose({ dataset }) {
    this.close();
    if (dataset.words) {
      this.input.value = dataset.words;
      this.input.form?.requestSubmit();
    } else {
      location.assign(dataset.url ?? "/");
    }
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) {
      this.fit();
    }
  }

  /** As high as what the keyboard of a phone leaves; where that is little, the box goes up first. */
  fit() {
    const bottom = window.visualViewport?.height ?? window.innerHeight;
    const room = () => bottom - this.box.getBoundingClientRect().bottom - MARGIN_PX;
    if (room() < LEAST_ROOM_PX) {
      this.box.scrollIntoView({ block: "start", behavior: "instant" });
    }
    this.list.style.maxBlockSize = `${Math.max(LEAST_ROOM_PX, room())}px`;
  }

  close() {
    this.request.abort();
    window.clearTimeout(this.pause);
    window.clearTimeout(this.saying);
    this.status.textContent = "";
    this.point(-1);
    this.open(false);
  }

  /** @param {string} text */
  say(text) {
    window.clearTimeout(this.saying);
    this.saying = window.setTimeout(() => {
      this.status.textContent = text;
    }, SAY_AFTER_MS);
  }
}
