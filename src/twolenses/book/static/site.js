/* What every page needs of script: a closed drawer gives the focus back, and paper shows what is folded. Classic script,
   no dependency. */
(() => {
  "use strict";

  /* ── Drawers: the theme's script takes the focus from their buttons before it looks where to give it back ── */

  function giveFocusBack() {
    for (const side of ["primary", "secondary"]) {
      const drawer = document.getElementById(`pst-${side}-sidebar-modal`);
      drawer?.addEventListener("close", () => document.querySelector(`.${side}-toggle`)?.focus());
    }
  }

  /* ── Paper: it is white, and browsers that cannot unfold by style sheet unfold here; afterwards all is as it was ── */

  function suitPaper() {
    const { dataset } = document.documentElement;
    let unfolded = [];
    let theme;
    addEventListener("beforeprint", () => {
      theme = dataset.theme;
      dataset.theme = "light";
      unfolded = [...document.querySelectorAll(".bd-article details:not([open])")];
      for (const one of unfolded) one.open = true;
    });
    addEventListener("afterprint", () => {
      dataset.theme = theme;
      for (const one of unfolded) one.open = false;
    });
  }

  giveFocusBack();
  suitPaper();
})();
