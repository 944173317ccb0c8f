/* What every page needs of script: the words that a search looked for are marked, a closed drawer gives the focus back,
   menus open, and paper shows what is folded. Classic script, no dependency; leaves TwoLensesWords for search.js. */
(() => {
  "use strict";

  /* ── Words: how a search reads them, in the index and on a page ── */

  const WORD = /\d+(?:[.,]\d+|[\u00a0\u202f]\d{3}(?!\d))*|[\p{L}\p{M}\p{N}]+/gu;
  const STOP = new Set("a an and are as at be by for from if in into is it no not of on or that the this to was with".split(" "));

  /* Serbian Cyrillic, letter by letter, in Latin without accents. */
  const LETTERS = Object.fromEntries("а a б b в v г g д d ђ d е e ж z з z и i ј j к k л l љ lj м m н n њ nj о o п p р r с s т t ћ c у u ф f х h ц c ч c џ dz ш s đ d".match(/\S+ \S+/g).map((pair) => pair.split(" ")));

  /* Small letters without accents, in Latin, numbers without separators of thousands: "Вучић" is vucic, "4,500" is 4500. */
  const fold = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[\u0400-\u04ffđ]/g, (letter) => LETTERS[letter] ?? letter)
      .replace(/(\d)[,\u00a0\u202f](?=\d{3}(?!\d))/g, "$1");

  /* Every way to write a number: "4.500" is also 4500, "46,1" also 46.1, and the other way round. */
  const numbers = (word) => [word, word.replace(/^(\d{1,3})((?:\.\d{3})+)$/, (_, a, b) => a + b.replaceAll(".", "")), ...[".", ","].map((mark) => word.replace(/^(\d+)[.,](\d+)$/, `$1${mark}$2`))];

  /* The beginning that forms of a word share: base, bases. */
  const stem = (word) => (word.length > 4 ? word.replace(/(?:ings?|ed|es|s)$/, "") : word);

  const escaped = (text) => text.replace(/[.]/g, "\\$&");

  /* The words asked for, each as a pattern for folded text: a number is meant whole, a word by its beginning. */
  function terms(query) {
    const words = [...new Set((query.match(WORD) || []).map(fold))];
    const kept = words.filter((word) => !STOP.has(word));
    return (kept.length ? kept : words).map((word) => {
      const isNumber = /^\d/.test(word);
      const start = isNumber ? `(?:${[...new Set(numbers(word))].map(escaped).join("|")})` : stem(word);
      const whole = isNumber || word.length < 3 ? "(?![\\p{L}\\p{N}]|[.,]\\d)" : "";
      return { word, pattern: new RegExp(`(?<![\\p{L}\\p{N}]|\\d[.,])${start}${whole}`, "gu") };
    });
  }

  /* Where the words stand in a text, as [start, end]. */
  const spans = (text, asked) =>
    [...text.matchAll(WORD)]
      .filter(([word]) => asked.some(({ pattern }) => fold(word).search(pattern) === 0))
      .map(({ 0: word, index }) => [index, index + word.length]);

  /* The text as nodes, each span in a <mark>. */
  function marked(text, found) {
    const parts = document.createDocumentFragment();
    let at = 0;
    for (const [start, end] of found) {
      const mark = document.createElement("mark");
      mark.className = "tl-found";
      mark.textContent = text.slice(start, end);
      parts.append(text.slice(at, start), mark);
      at = end;
    }
    parts.append(text.slice(at));
    return parts;
  }

  window.TwoLensesWords = { fold, marked, spans, terms };

  /* ── The page that a result leads to ── */

  const UNMARKED = "script, style, template, button, select, textarea, math, svg, .headerlink, .tl-live";

  function mark(article, query) {
    const asked = terms(query);
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(UNMARKED)) texts.push(walker.currentNode);
    for (const text of texts) {
      const found = spans(text.data, asked);
      if (found.length) text.replaceWith(marked(text.data, found));
    }
    return [...article.querySelectorAll("mark.tl-found")];
  }

  function unmark(marks) {
    for (const one of marks) {
      const parent = one.parentNode;
      one.replaceWith(...one.childNodes);
      parent.normalize();
    }
  }

  /* To the first mark in what the address names: one that can be seen, else the first, unfolded. */
  function lead(marks, article) {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const target = named && article.contains(named) ? named : article;
    const inside = marks.filter((one) => target.contains(one) || (target.localName === "dt" && one.closest("dd")?.previousElementSibling === target));
    const first = inside.find((one) => one.checkVisibility()) || inside.find((one) => !one.closest(".tl-answer, .tl-solution"));
    if (!first) return;
    for (let fold = first.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    first.scrollIntoView({ block: "center" });
  }

  function showFound() {
    const query = new URLSearchParams(location.search).get("highlight");
    const article = document.querySelector(".bd-article");
    const bar = document.querySelector(".tl-found-bar");
    if (!query || !article || !bar) return;
    const marks = mark(article, query);
    if (!marks.length) return;
    bar.querySelector("[data-query]").textContent = query;
    bar.querySelector("[data-count]").textContent = marks.length;
    bar.hidden = false;
    bar.querySelector("button").onclick = () => {
      unmark(marks);
      bar.hidden = true;
      history.replaceState(null, "", location.pathname + location.hash);
    };
    lead(marks, article);
  }

  /* ── Drawers: the theme's script takes the focus from their buttons before it looks where to give it back ── */

  function giveFocusBack() {
    for (const side of ["primary", "secondary"]) {
      const drawer = document.getElementById(`pst-${side}-sidebar-modal`);
      drawer?.addEventListener("close", () => document.querySelector(`.${side}-toggle`)?.focus());
    }
  }

  /* ── Menus: the theme's markup is meant for Bootstrap, of which this is all that a page needs ── */

  function openMenus() {
    const SHOWN = "show";
    for (const button of document.querySelectorAll('[data-bs-toggle="dropdown"]')) {
      const menu = button.nextElementSibling;
      const show = (shown) => {
        button.setAttribute("aria-expanded", shown);
        for (const one of [button, menu]) one.classList.toggle(SHOWN, shown);
      };
      const step = ({ key }) => {
        const links = [...menu.querySelectorAll("a, button")];
        const at = links.indexOf(document.activeElement);
        links.at(key === "ArrowDown" ? (at + 1) % links.length : Math.max(at, 0) - 1).focus();
      };
      button.addEventListener("click", () => show(!menu.classList.contains(SHOWN)));
      button.parentElement.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && menu.classList.contains(SHOWN)) {
          show(false);
          button.focus();
        } else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
          event.preventDefault();
          show(true);
          step(event);
        }
      });
      button.parentElement.addEventListener("focusout", ({ relatedTarget }) => {
        if (relatedTarget && !button.parentElement.contains(relatedTarget)) show(false);
      });
      document.addEventListener("click", ({ target }) => {
        if (!button.parentElement.contains(target)) show(false);
      });
    }
    for (const one of document.querySelectorAll("[data-bs-title]:not([title])")) one.title = one.dataset.bsTitle;
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
  openMenus();
  suitPaper();
  if (document.readyState === "complete") showFound();
  else addEventListener("load", showFound); // after forms are live and the browser has gone to its anchor
})();
