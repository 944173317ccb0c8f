/* What stands behind a mark, shown where the mark is: on hover, on focus and at a tap. Without it, and where a browser
   has no popover, every mark is the link that it is anyway. Its data are loaded when they are first asked for. */
(() => {
  if (!HTMLElement.prototype.showPopover) return;

  const here = document.currentScript.src;
  const MARKS = 'a.reference[href*=".html#"], a.reference[href^="#number-"]';
  const [OPEN_AFTER, CLOSE_AFTER, GAP] = [150, 250, 6]; // milliseconds; pixels

  /* ── Data ── */

  const data = {}; // page → promise of what its anchors say
  const load = (page) =>
    (data[page] ||= new Promise((done) => {
      const script = document.createElement("script");
      script.src = new URL(`evidence-${page}.js`, here);
      script.onload = () => done(window.TwoLensesEvidence[page]);
      script.onerror = () => done({}); // the link still leads there
      document.head.append(script);
    }));

  /* ── What is said ── */

  function line(...parts) {
    const paragraph = document.createElement("p");
    paragraph.append(...parts);
    return paragraph;
  }

  function made(tag, text, attributes = {}) {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(text);
    return element;
  }

  /* The same in other languages, each marked: lang → words. */
  const spoken = (named) => line(...Object.entries(named).flatMap(([lang, words], at) => [at ? " · " : "", made("span", words, { lang })]));

  const onward = (mark, text) => line(made("a", text, { href: mark.href }));

  const SAYS = {
    claims: (mark, [id, verdict, claim, found, source, url]) => ({
      name: `${id}: ${verdict}`,
      words: [line(made("span", `${id} · ${verdict}`, { className: `tl-claim tl-${verdict}` })), line(made("strong", claim)), line(found)],
      links: [...(source ? [line("Source: ", url ? made("a", source, { href: url }) : source)] : []), onward(mark, `${id} in the ledger`)],
    }),
    timeline: (mark, [date, event]) => ({ name: date, words: [line(made("strong", date)), line(event)], links: [onward(mark, "In the timeline, with both readings")] }),
    glossary: (mark, [term, definition, named]) => ({ name: term, words: [line(made("strong", term)), line(definition), spoken(named)], links: [onward(mark, "In the glossary")] }),
  };

  function number(mark) {
    const item = document.getElementById(mark.hash.slice(1))?.cloneNode(true);
    const rows = item?.querySelector(".tl-rows");
    rows?.remove();
    return item && { name: mark.textContent, words: [...item.children], links: [...(rows ? [rows] : []), onward(mark, "With the other numbers of this page")] };
  }

  /* The words behind a mark and the links that lead on, or nothing. */
  async function said(mark) {
    if (mark.getAttribute("href").startsWith("#number-")) return number(mark);
    const [, page, anchor] = /([\w-]+)\.html#(.+)$/.exec(mark.href) || [];
    if (page === "bibliography" && mark.dataset.title) return { name: mark.textContent, words: [line(mark.dataset.title)], links: [onward(mark, "In the bibliography")] };
    if (!SAYS[page]) return null;
    const found = (await load(page))[decodeURIComponent(anchor)];
    return found ? SAYS[page](mark, found) : null;
  }

  /* ── Where it is shown ── */

  const box = Object.assign(document.createElement("div"), { className: "tl-popover", popover: "auto" });
  box.setAttribute("role", "dialog");
  let of = null; // the mark whose words are shown
  let asked = null; // the mark that was asked for last: its data may be on their way
  let back = false; // while the focus is given back
  let waiting;

  function place(mark) {
    const [first] = mark.getClientRects();
    const { clientWidth, clientHeight } = document.documentElement;
    const { offsetWidth, offsetHeight } = box;
    const below = first.bottom + GAP + offsetHeight < clientHeight || first.top < offsetHeight + GAP;
    box.style.left = `${scrollX + Math.max(GAP, Math.min(first.left, clientWidth - offsetWidth - GAP))}px`;
    box.style.top = `${scrollY + (below ? first.bottom + GAP : first.top - GAP - offsetHeight)}px`;
  }

  async function open(mark) {
    clearTimeout(waiting);
    asked = mark;
    if (of === mark) return;
    const found = await said(mark);
    if (!found || asked !== mark) return;
    if (of) box.hidePopover();
    const words = document.createElement("div");
    words.id = "tl-popover-words";
    words.append(...found.words);
    box.replaceChildren(words, ...found.links);
    box.setAttribute("aria-label", found.name);
    mark.after(box); // the next stop of the keyboard is the first link in it
    mark.setAttribute("aria-describedby", words.id);
    of = mark;
    box.showPopover();
    place(mark);
  }

  function close() {
    clearTimeout(waiting);
    asked = null;
    if (of) box.hidePopover();
  }

  const later = (what, after) => {
    clearTimeout(waiting);
    waiting = setTimeout(what, after);
  };

  box.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open" || !of) return;
    const mark = of;
    of = asked = null;
    mark.removeAttribute("aria-describedby");
    back = true; // to a mark whose words were just closed
    if (box.contains(document.activeElement)) mark.focus();
    back = false;
  });

  /* ── When ── */

  const article = document.querySelector(".bd-article");
  if (!article) return;
  const markOf = ({ target }) => (box.contains(target) ? null : target.closest(MARKS));
  const held = () => of && (box.contains(document.activeElement) || (of === document.activeElement && of.matches(":focus-visible")));

  for (const mark of article.querySelectorAll('a[href*="bibliography.html#"][title]')) {
    mark.dataset.title = mark.title;
    mark.removeAttribute("title"); // else a second box would say the same
  }

  article.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const mark = markOf(event);
    if (mark) later(() => open(mark), OPEN_AFTER);
    else if (box.contains(event.target)) clearTimeout(waiting);
    else if (of || asked) later(() => held() || close(), CLOSE_AFTER);
  });
  article.addEventListener("pointerleave", () => later(() => held() || close(), CLOSE_AFTER));

  article.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark && !back && mark.matches(":focus-visible")) open(mark);
  });
  article.addEventListener("focusout", ({ relatedTarget }) => {
    if (of && relatedTarget && relatedTarget !== of && !box.contains(relatedTarget)) close();
  });

  article.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (!mark || event.pointerType !== "touch") return;
    event.preventDefault(); // the first tap shows; the link within leads on
    open(mark);
  });
})();

/* The article as marks is one stop of the Tab key; arrows, Home and End go from mark to mark. Without script each is a stop. */
(() => {
  "use strict";
  const whole = document.querySelector(".tl-article");
  if (!whole) return;
  const marks = [...whole.querySelectorAll("a")];
  const stopAt = (mark) => {
    for (const one of marks) one.tabIndex = one === mark ? 0 : -1;
  };
  const last = marks.length - 1;
  const places = {
    ArrowRight: (at) => Math.min(at + 1, last),
    ArrowDown: (at) => Math.min(at + 1, last),
    ArrowLeft: (at) => Math.max(at - 1, 0),
    ArrowUp: (at) => Math.max(at - 1, 0),
    Home: () => 0,
    End: () => last,
  };
  stopAt(marks[0]);
  whole.addEventListener("focusin", ({ target }) => marks.includes(target) && stopAt(target));
  whole.addEventListener("keydown", (event) => {
    const at = marks.indexOf(event.target);
    if (at < 0 || !(event.key in places) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    marks[places[event.key](at)].focus();
  });
})();
