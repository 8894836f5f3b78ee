// @ts-check
// Places that were seen stay readable without a network: templates/offline/worker.js.

if ("serviceWorker" in navigator) {
  // After the page: nothing of it waits for this.
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("/hors-connexion.js").catch(() => {});
  });
}
