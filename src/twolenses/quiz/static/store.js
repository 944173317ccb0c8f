/* Two Lenses, store: what the browser remembers of the answers.

   Classic script, behind marking.js; adds TwoLenses.progress and what else works on the same records. */
(function () {
  "use strict";
  const { TwoLenses } = window;
  if (TwoLenses.progress) return;
  const { finite, whole } = TwoLenses.tools;

  /* Records by question, each with its digest, so that an edited question counts as not answered. */
  const KEY = "two-lenses:progress";
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isRecord = ([id, one]) =>
    /^[a-z0-9-]+$/.test(id) &&
    isObject(one) &&
    typeof one.digest === "string" &&
    typeof one.time === "string" &&
    whole(one.tries, 1e6) !== null &&
    (one.fraction === null || (finite(one.fraction) && one.fraction >= 0 && one.fraction <= 1));

  /* `storage()` is localStorage, or throws: then everything works the same for as long as the page is open. */
  function keeper(storage) {
    let memory = {};
    let kept = Boolean(storage);
    let seen = null; // the text that `memory` was read from

    function all() {
      if (!kept) return memory;
      let text = null;
      try {
        text = storage().getItem(KEY);
      } catch {
        kept = false;
        return memory;
      }
      if (text === seen) return memory;
      seen = text;
      memory = {};
      try {
        const { version, questions } = JSON.parse(text);
        if (version > 1) kept = false; // written by a later version of the book: leave it alone
        else memory = Object.fromEntries(Object.entries(questions).filter(isRecord));
      } catch {
        // nothing there, or nothing that can be read: start afresh
      }
      return memory;
    }

    function write(questions) {
      memory = questions;
      if (!kept) return;
      try {
        seen = JSON.stringify({ version: 1, questions });
        storage().setItem(KEY, seen);
      } catch {
        kept = false;
      }
    }

    return {
      all,
      kept: () => kept,
      get: (id, digest) => {
        const found = all()[id];
        return found && found.digest === digest ? found : null;
      },
      set: (id, record) => write({ ...all(), [id]: record }),
      remove: (ids) => write(Object.fromEntries(Object.entries(all()).filter(([id]) => !ids.includes(id)))),
      write,
    };
  }

  /* What stands in for a storage that is switched off keeps nothing beyond the page. */
  const progress = keeper(() => {
    if (!(window.localStorage instanceof Storage)) throw new Error("nothing is kept");
    return window.localStorage;
  });
  const refreshers = []; // what to do when another tab, or this one, has changed the progress
  const refresh = () => refreshers.forEach((one) => one());

  TwoLenses.progress = progress;
  Object.assign(TwoLenses.tools, { isObject, isRecord, keeper, refresh, refreshers });

  window.addEventListener("storage", (event) => (event.key === KEY || event.key === null) && refresh());
  window.addEventListener("pageshow", (event) => event.persisted && refresh());
})();
