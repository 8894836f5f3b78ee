// @ts-check
// "Écouter": the main facts of a place, read aloud by the browser's own voices, where it has one for the page.

/** The button `data-epn-listen` reads the elements `data-epn-say`, in their order; pressed again, it stops. */
export function offerListening() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-epn-listen]"));
  const speech = window.speechSynthesis;
  if (!button || !speech) {
    return;
  }
  const show = () => {
    button.hidden = !voiceFor(speech, document.documentElement.lang);
  };
  show();
  // Some browsers learn of their voices after the page is there.
  speech.addEventListener?.("voiceschanged", show);

  button.addEventListener("click", () => (speech.speaking ? stop() : start()));
  // A voice does not stop by itself when the page is left.
  window.addEventListener("pagehide", stop);

  function start() {
    const sayings = [...document.querySelectorAll("[data-epn-say]")].map((element) => saying(speech, element));
    sayings.at(-1)?.addEventListener("end", () => tell(false));
    for (const one of sayings) {
      speech.speak(one);
    }
    tell(true);
  }

  function stop() {
    speech.cancel();
    tell(false);
  }

  /** @param {boolean} isSpeaking */
  function tell(isSpeaking) {
    const words = button?.querySelector("span");
    if (words) {
      words.textContent = (isSpeaking ? button?.dataset.stop : button?.dataset.start) ?? "";
    }
  }
}

/** @param {SpeechSynthesis} speech @param {Element} element */
function saying(speech, element) {
  const lang = element.closest("[lang]")?.getAttribute("lang") ?? "fr";
  // "9 h – 12 h": a dash is not to be said, a pause is. Items of a list are not one word.
  const parts = element.matches("ul") ? [...element.children] : [element];
  const text = parts.map((part) => part.textContent?.replace(/\s+/g, " ").replace(/ [–·] /g, ", ").trim()).join(". ");
  const words = new SpeechSynthesisUtterance(text);
  words.lang = lang;
  words.voice = voiceFor(speech, lang) ?? null;
  words.rate = 0.9;
  return words;
}

/** @param {SpeechSynthesis} speech @param {string} lang */
function voiceFor(speech, lang) {
  return speech.getVoices().find((voice) => voice.lang.replace("_", "-").split("-")[0] === lang.split("-")[0]);
}
