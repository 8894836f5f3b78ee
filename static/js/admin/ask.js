// @ts-check
// Asks the server what it understands of a form that is being filled in, once the person pauses.

const PAUSE_MS = 350;

/**
 * @param {string} address @param {() => URLSearchParams} question @param {(answer: any) => void} show
 * @returns {() => void} to be called at each change
 */
export function asker(address, question, show) {
  let timer = 0;
  let latest = 0;

  async function ask() {
    const number = ++latest;
    try {
      const response = await fetch(`${address}?${question()}`, { headers: { Accept: "application/json" } });
      if (response.ok && number === latest) {
        show(await response.json());
      }
    } catch (error) {
      // Without an answer the form still works: it says what it understood once it is saved.
      console.warn("The form could not be read.", error);
    }
  }

  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE_MS);
  };
}
