// @ts-check
// Buttons that need a script: hidden until it is there and the browser can do what they say.

/** `data-epn-copy` names the element whose text is copied; `data-done` is what the button then says. */
export function wakeCopyButtons() {
  if (!navigator.clipboard) {
    return;
  }
  for (const button of buttons("[data-epn-copy]")) {
    const source = document.getElementById(button.dataset.epnCopy ?? "");
    const words = button.querySelector("span");
    button.hidden = !source;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source?.innerText.trim() ?? "");
      if (words) {
        words.textContent = button.dataset.done ?? "";
      }
    });
  }
}

/** `data-epn-share` opens what the telephone offers to share with. */
export function wakeShareButtons() {
  if (!navigator.share) {
    return;
  }
  for (const button of buttons("[data-epn-share]")) {
    const { title, text, url } = button.dataset;
    button.hidden = false;
    // A share that is given up is refused: nothing to say about it.
    button.addEventListener("click", () => navigator.share({ title, text, url }).catch(() => {}));
  }
}

export function wakePrintButtons() {
  for (const button of buttons("[data-epn-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** @param {string} selector @returns {NodeListOf<HTMLButtonElement>} */
const buttons = (selector) => document.querySelectorAll(selector);
