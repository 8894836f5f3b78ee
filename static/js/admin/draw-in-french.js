// @ts-check
// The words of Leaflet.draw, which speaks English by itself.

/** @param {any} L */
export function speakFrench(L) {
  const { draw, edit } = L.drawLocal;
  Object.assign(draw.toolbar.actions, { title: "Abandonner ce tracé", text: "Abandonner" });
  Object.assign(draw.toolbar.finish, { title: "Terminer le tracé", text: "Terminer" });
  Object.assign(draw.toolbar.undo, { title: "Ôter le dernier point", text: "Ôter le dernier point" });
  draw.toolbar.buttons.polygon = "Tracer le périmètre";
  Object.assign(draw.handlers.polygon.tooltip, {
    start: "Cliquez pour poser le premier point.",
    cont: "Cliquez pour continuer.",
    end: "Cliquez sur le premier point pour fermer le périmètre.",
  });
  draw.handlers.polyline.error = "Les côtés ne peuvent pas se croiser.";
  Object.assign(edit.toolbar.actions.save, { title: "Garder les changements", text: "Garder" });
  Object.assign(edit.toolbar.actions.cancel, { title: "Abandonner les changements", text: "Abandonner" });
  Object.assign(edit.toolbar.actions.clearAll, { title: "Tout effacer", text: "Tout effacer" });
  Object.assign(edit.toolbar.buttons, {
    edit: "Déplacer des points",
    editDisabled: "Rien à déplacer",
    remove: "Effacer un tracé",
    removeDisabled: "Rien à effacer",
  });
  Object.assign(edit.handlers.edit.tooltip, { text: "Faites glisser les points.", subtext: "« Abandonner » revient en arrière." });
  edit.handlers.remove.tooltip.text = "Cliquez sur le tracé à effacer.";
}
