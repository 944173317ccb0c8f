/* What every page needs of script: a closed drawer gives the focus back. Classic script, no dependency. */
(() => {
  "use strict";

  /* ── Drawers: the theme's script takes the focus from their buttons before it looks where to give it back ── */

  function giveFocusBack() {
    for (const side of ["primary", "secondary"]) {
      const drawer = document.getElementById(`pst-${side}-sidebar-modal`);
      drawer?.addEventListener("close", () => document.querySelector(`.${side}-toggle`)?.focus());
    }
  }

  giveFocusBack();
})();
