/* The search page: places of the book that hold the words asked for, from search-index.js. Behind site.js. */
(() => {
  "use strict";
  const { fold, marked, spans, terms } = window.TwoLensesWords;
  const FIRST = 20; // results shown at once
  const KINDS = { Page: 3, Claim: 3, Term: 3, Numbers: -3, Source: -4, Question: -6 }; // what is said before what is asked
  const AROUND = 110; // letters of an excerpt on either side of a word

  const form = document.querySelector("form.tl-search");
  const field = form.querySelector("input[type=search]");
  const status = document.querySelector(".tl-search-status");
  const list = document.querySelector(".tl-results");
  const more = document.querySelector(".tl-more");
  const { dataset: says } = status;
  let index = null;

  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  window.TwoLensesSearch = (rows) => {
    const pages = new Map(rows.filter(([, anchor]) => !anchor).map(([page, , , title]) => [page, title]));
    index = rows.map(([page, anchor, kind, title, text]) => ({
      page, anchor, kind, title, text,
      of: pages.get(page),
      head: fold(title),
      body: fold(text),
      id: kind === "Section" ? "" : anchor.slice(anchor.indexOf("-") + 1), // C21 is the claim at #claim-c21
    }));
    show();
  };

  /* ── What is found, and in which order ── */

  const count = (text, { pattern }) => text.match(pattern)?.length ?? 0;

  function score(place, asked, query) {
    if (place.id === query) return 200;
    let points = 10;
    for (const term of asked) {
      const head = count(place.head, term);
      const body = count(place.body, term);
      if (!head && !body) return 0;
      points += (head ? 8 : 0) + Math.min(body, 4);
    }
    if (place.head === query) points += 60;
    else if (place.head.startsWith(query)) points += 20;
    if (place.page.startsWith("chapters/instructors/")) points -= 8; // whoever teaches finds it further down
    return points + (KINDS[place.kind] ?? 0);
  }

  function find(text) {
    const asked = terms(text);
    const query = fold(text.trim());
    const fits = (some) => index.map((place) => [score(place, some, query), place]).filter(([points]) => points);
    const found = asked.length ? fits(asked) : [];
    const some = found.length || asked.length < 2 ? [] : asked.flatMap((one) => fits([one]));
    const best = new Map();
    for (const [points, place] of [...found, ...some]) best.set(place, (best.get(place) ?? 0) + points);
    const places = [...best].sort(([, a], [, b]) => b - a).map(([place]) => place);
    return { places, asked, all: !some.length };
  }

  /* ── What is shown ── */

  function excerpt({ text }, asked) {
    const [start, end] = spans(text, asked)[0] ?? [0, 0];
    const last = Math.max(end + AROUND, 2 * AROUND);
    const from = start > AROUND ? text.indexOf(" ", start - AROUND) + 1 : 0;
    const to = last < text.length ? text.lastIndexOf(" ", last) : text.length;
    const shown = `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
    return marked(shown, spans(shown, asked));
  }

  function result(place, asked, query) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${place.page}.html?highlight=${encodeURIComponent(query)}${place.anchor && `#${place.anchor}`}`;
    link.append(marked(place.title, spans(place.title, asked)));
    const where = document.createElement("p");
    where.className = "tl-small";
    where.textContent = place.anchor ? `${place.kind} · ${place.of}` : place.kind;
    const words = document.createElement("p");
    words.append(excerpt(place, asked));
    item.append(link, where, words);
    return item;
  }

  function show() {
    const query = field.value.trim();
    list.replaceChildren();
    more.hidden = true;
    status.textContent = query && !index ? says.loading : "";
    if (!query || !index) return;
    const { places, asked, all } = find(query);
    const add = (some) => list.append(...some.map((place) => result(place, asked, query)));
    const line = all ? { 0: says.none, 1: says.one }[places.length] ?? says.many : says.some;
    status.textContent = say(line, { n: places.length, query });
    add(places.slice(0, FIRST));
    more.hidden = places.length <= FIRST;
    more.onclick = () => {
      add(places.slice(FIRST));
      more.hidden = true;
      list.children[FIRST].querySelector("a").focus();
    };
  }

  let waiting;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      history.replaceState(null, "", `${location.pathname}${field.value.trim() && `?q=${encodeURIComponent(field.value.trim())}`}`);
      show();
    }, 150);
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.focus();
  show();
})();
