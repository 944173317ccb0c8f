/* Two Lenses, something to play with: computes a view while a reader moves something, and shows it.

   What a view is, and every number in it, is said in twolenses.book.explorables; tests hold the two to the same views.
   Every word comes from the page. Classic script (module scripts do not run from file://), no dependency. */
(() => {
  "use strict";

  /* ── Numbers and words ── */

  const fixed = (value, digits) => {
    const scale = 10 ** digits;
    const [whole, rest] = (Math.floor(value * scale + 0.5) / scale).toFixed(digits).split(".");
    return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...(rest ? [rest] : [])].join(".").replace("-", "−");
  };
  const place = (value) => Math.floor(value * 10 + 0.5) / 10;
  const fill = (words, values = {}) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const capital = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);
  const sum = (values) => values.reduce((all, one) => all + one, 0);
  const bar = (left, length, low, high) => ({ x: place(left + length * low), width: place(length * (high - low)) });

  /* ── Chapter 1 ── */

  function baseAndEdition(s, { before: from, after: to, bases, most }, say) {
    const before = from[s.before], after = to[s.after], base = bases[s.base];
    const number = ({ value, qualifier }) => say("figure", { qualifier, n: fixed(value, 0) });
    const cut = before.value - after.value;
    const { qualifier } = before;
    const shown = say("figure", { qualifier, n: fixed(cut, 0) });
    const percent = say("percent", { qualifier, n: fixed((100 * cut) / (s.base ? after : before).value, 1) });
    const whole = number(s.base ? after : before);
    const mixed = before.owner !== after.owner;
    const owners = mixed ? say("two", { first: before.owner, second: after.owner }) : say("one", { owner: before.owner });
    const kind = (place) => (s.base === place ? "tl-x-cell tl-x-on" : "tl-x-cell");
    const edge = place((290 * after.value) / most);
    return {
      parts: {
        before: { width: place((290 * before.value) / most), class: kind(0) },
        after: { width: edge, class: kind(1) },
        cut: { x: 15 + edge, width: place((290 * cut) / most) },
        textBefore: { text: say("textBefore", { n: number(before), date: before.date }) },
        textAfter: { text: say("textAfter", { n: number(after), date: after.date }) },
        textCut: { text: say("textCut", { n: shown, percent }) },
      },
      cells: [[shown], [`${whole}, ${base}`], [percent], [owners]],
      says: say("says", { percent: capital(percent), base, cut: shown, whole, owners }) + (mixed ? say("mixed") : ""),
    };
  }

  /* ── Chapter 4: twolenses.models.games ── */

  const close = (a, b) => Math.abs(a - b) <= Math.max(1e-9 * Math.max(Math.abs(a), Math.abs(b)), 1e-12);
  const ORDERS = { TRPS: "trps", RTPS: "rtps", TRSP: "trsp", TPRS: "tprs", RTSP: "rtsp" };

  function pullBack(s, data, say) {
    const [R, T, P, S] = [s.R / 2, s.T / 2, s.P / 2, s.S / 2];
    const actions = [say("do0"), say("do1")];
    const row = [[R, S], [T, P]];
    const replies = (belief) => {
      const [first, second] = row.map(([whenBack, whenStay]) => belief * whenBack + (1 - belief) * whenStay);
      return close(first, second) ? [0, 1] : first > second ? [0] : [1];
    };
    const against = [replies(1), replies(0)];
    const held = [0, 1].flatMap((mine) =>
      [0, 1].filter((yours) => against[yours].includes(mine) && against[mine].includes(yours)).map((yours) => [mine, yours]),
    );
    const named = held.map(([mine, yours]) => (mine === yours ? say("both", { action: actions[mine] }) : say("one")));
    const equilibria = [...new Set(named)].join("; ") || say("no");
    const payoffs = { T, R, P, S };
    const order = Object.keys(payoffs).sort((a, b) => payoffs[b] - payoffs[a]).join("");
    const game = new Set(Object.values(payoffs)).size === 4 && ORDERS[order] ? say(ORDERS[order]) : say("other");
    const gains = [R - T, S - P];
    const same = against.every((one) => one.length === 2);
    let pays = null;
    if (!same && Math.min(...gains) < 0 && Math.max(...gains) > 0) {
      const inner = gains[1] / (gains[1] - gains[0]);
      pays = gains[1] > 0 ? [0, inner] : [inner, 1];
    } else if (!same && against.some((one) => one.length === 1 && one[0] === 0)) pays = [0, 1];
    const [low, high] = pays || [0, 0];
    const needed = same ? say("same") : !pays ? say("never") : low === 0 && high === 1 ? say("any")
      : high === 1 ? say("above", { p: fixed(low, 2) }) : say("below", { p: fixed(high, 2) });
    const p = s.trust / 100;
    const [back, stay] = row.map(([whenBack, whenStay]) => p * whenBack + (1 - p) * whenStay);
    const found = replies(p);
    const best = found.length === 1 ? actions[found[0]] : say("either");
    const parts = {};
    for (const i of [0, 1]) {
      for (const j of [0, 1]) {
        const on = held.some(([mine, yours]) => mine === i && yours === j);
        parts[`cell${i}${j}`] = { class: on ? "tl-x-cell tl-x-on" : "tl-x-cell" };
        parts[`pay${i}${j}`] = { text: `${fixed(row[i][j], 1)}, ${fixed(row[j][i], 1)}` };
        parts[`held${i}${j}`] = { text: on ? say("equilibrium") : "" };
      }
      const way = against[i].length === 2 ? 2 : against[i][0];
      parts[`row${i}`] = { text: "↑↓="[way] };
      parts[`column${i}`] = { text: "←→="[way] };
    }
    parts.pays = bar(20, 280, low, high);
    parts.trust = { cx: place(20 + 280 * p) };
    return {
      parts,
      cells: [[game], [equilibria], [needed], [fixed(back, 2)], [fixed(stay, 2)], [best]],
      says: say("says", { game: capital(game), equilibria, p: fixed(p, 2), back: fixed(back, 2), stay: fixed(stay, 2), best }),
    };
  }

  /* ── Chapter 6 ── */

  function recognitionCount(s, { counts, members, dates, sides }, say) {
    const found = sides.map((_, side) =>
      counts.findLast((one) => one.side === side && one.stop <= s.stop && (!s.rule || one.basis === "UN members")),
    );
    const shown = (one) => (one ? say("count", { qualifier: one.qualifier, n: one.count }) : say("none"));
    const parts = {};
    found.forEach((one, number) => {
      parts[`bar${number}`] = { width: place((290 * (one ? one.count : 0)) / members) };
      parts[`text${number}`] = { text: say("bar", { side: sides[number], n: shown(one) }) };
    });
    const [kosovo, serbia] = found;
    const date = dates[s.stop];
    const least = serbia?.qualifier ? say(serbia.qualifier.trim()) : "";
    return {
      parts,
      cells: found.map((one) => [shown(one), one ? say("by", { ...one, basis: say(one.basis) }) : "–"]),
      says: !kosovo || !serbia ? say("half", { date })
        : say("apart", { date, kosovo: shown(kosovo), serbia: shown(serbia), least, gap: kosovo.count - serbia.count })
          + (kosovo.basis === serbia.basis ? "" : say("unlike")),
    };
  }

  /* ── Chapter 8: twolenses.models.two_level ── */

  function winSet(s, { demands, limits }, say) {
    const rising = demands.map((one) => one / 100).sort((a, b) => a - b);
    const falling = limits.map((one) => one / 100).sort((a, b) => b - a);
    const low = Math.max(0, rising[s.needP - 1] - s.payP / 100);
    const high = Math.min(1, falling[s.needB - 1] + s.payB / 100);
    const deals = low <= high + 1e-12;
    const middle = (low + high) / 2;
    const agrees = (sign, pay) => (point) => deals && sign * (middle - (point - sign * pay) / 100) >= -1e-9;
    const agree = { p: demands.map(agrees(1, s.payP)), b: limits.map(agrees(-1, s.payB)) };
    const shown = { low: fixed(low, 2), high: fixed(high, 2) };
    const range = say("range", shown);
    const parts = {
      pristina: bar(15, 290, low, 1),
      belgrade: bar(15, 290, 0, high),
      both: deals ? bar(15, 290, low, high) : bar(15, 290, 0, 0),
      middle: deals ? { cx: place(15 + 290 * middle), r: 7 } : { cx: 15, r: 0 },
      textP: { text: say("textP", shown) },
      textB: { text: say("textB", shown) },
    };
    for (const [side, points, moved] of [["p", demands, -s.payP], ["b", limits, s.payB]]) {
      points.forEach((point, n) => {
        const at = Math.min(100, Math.max(0, point + moved));
        parts[side + n] = { cx: place(15 + (290 * at) / 100), class: agree[side][n] ? "tl-x-group tl-x-on" : "tl-x-group" };
      });
    }
    const count = (side) => agree[side].filter(Boolean).length;
    return {
      parts,
      cells: [
        [say("from", shown)],
        [say("upTo", shown)],
        [deals ? range : say("nothing")],
        [deals ? fixed(middle, 2) : say("none")],
        [say("groups", { p: count("p"), b: count("b"), all: demands.length })],
      ],
      says: deals ? say("deal", { range, middle: fixed(middle, 2) }) : say("no", shown),
    };
  }

  /* ── Chapter 9: twolenses.models.bargaining, and repeated, whose moves are in the page ── */

  function bargainingRange(s, data, say) {
    const [costA, costB] = [s.costA / 100, s.costB / 100];
    const around = (p) => ({ low: Math.max(0, p - costA), high: Math.min(1, p + costB) });
    const now = around(s.now / 100), later = around(s.later / 100);
    const side = later.low - now.high > 1e-12 ? "B" : now.low - later.high > 1e-12 ? "A" : null;
    const shown = ({ low, high }) => say("range", { low: fixed(low, 2), high: fixed(high, 2) });
    const low = Math.max(now.low, later.low), high = Math.min(now.high, later.high);
    const holds = side ? say("nothing") : shown({ low, high });
    return {
      parts: {
        today: bar(15, 290, now.low, now.high),
        later: bar(15, 290, later.low, later.high),
        holds: bar(15, 290, low, side ? low : Math.max(low, high)),
        chance: { cx: place(15 + (290 * s.now) / 100) },
        chanceLater: { cx: place(15 + (290 * s.later) / 100) },
        todayText: { text: say("today", { range: shown(now) }) },
        laterText: { text: say("later", { range: shown(later) }) },
        holdsText: { text: say("holds", { range: holds }) },
      },
      cells: [
        [shown(now)],
        [shown(later)],
        [holds],
        [fixed(s.later / 100 - s.now / 100, 2)],
        [fixed(costA + costB, 2)],
        [side || say("nobody")],
      ],
      says: side ? say("war", { side }) : say("peace", { range: holds }),
    };
  }

  function repeatedPlay(s, { moves, names, payoffs }, say) {
    const [row, column] = moves[s.a][s.b][s.slip];
    const all = row.length;
    const [a, b] = [names[s.a], names[s.b]];
    const score = (mine, yours) => sum([...mine].map((move, n) => payoffs["CD".indexOf(move)]["CD".indexOf(yours[n])])) / all;
    const kept = (line) => say("of", { n: [...line].filter((move) => move === "C").length, all });
    const both = [...row].filter((move, n) => move === "C" && column[n] === "C").length;
    const parts = {
      nameA: { text: say("player", { name: "A", strategy: a }) },
      nameB: { text: say("player", { name: "B", strategy: b }) },
      slip: { x: s.slip ? 25 * s.slip - 4 : -20, text: "↑" },
    };
    for (const [player, line] of [["a", row], ["b", column]]) {
      [...line].forEach((move, n) => {
        parts[player + n] = { class: move === "C" ? "tl-x-move tl-x-on" : "tl-x-move" };
        parts[`${player}x${n}`] = { text: move === "C" ? "" : "×" };
      });
    }
    return {
      parts,
      cells: [[a, b], [kept(row), kept(column)], [fixed(score(row, column), 2), fixed(score(column, row), 2)]],
      says: say(s.slip ? "slip" : "clean", { a: capital(a), b, both, all, round: s.slip }),
    };
  }

  const VIEWS = {
    "base-and-edition": baseAndEdition,
    "pull-back": pullBack,
    "recognition-count": recognitionCount,
    "win-set": winSet,
    "bargaining-range": bargainingRange,
    "repeated-play": repeatedPlay,
  };

  const view = (name, settings, { data, words }) => VIEWS[name](settings, data, (key, values) => fill(words[key], values));

  /* ── The page ── */

  function mount(root) {
    const given = JSON.parse(root.querySelector("script").textContent);
    const say = (key, values) => fill(given.words[key], values);
    const name = root.dataset.explorable;
    const controls = [...root.querySelectorAll("[data-control]")];
    const [output, fared, ask] = [".tl-x-says", ".tl-x-fared", ".tl-x-ask"].map((one) => root.querySelector(one));
    const heads = [...root.querySelectorAll("thead th")];
    const rows = [...root.querySelectorAll("tbody tr")].map((row) => [...row.children]);
    const spoken = rows.flatMap(([head, ...cells]) =>
      cells.slice(0, cells.length - given.quiet).map((cell, n) => {
        const column = cells.length - given.quiet > 1 ? `, ${heads[n + 1].textContent}` : "";
        return { row: head.textContent + column, cell };
      }),
    );
    const table = () => spoken.map(({ cell }) => cell.textContent);
    const settings = () => Object.fromEntries(controls.map((one) => [one.dataset.control, Number(one.value)]));
    let told = table(), waiting;

    function show() {
      for (const one of controls) {
        const { options, divide, digits } = given.controls[one.dataset.control];
        if (one.type !== "range") continue;
        const shown = options.length ? options[one.value] : fixed(one.value / divide, digits);
        one.setAttribute("aria-valuetext", shown);
        root.querySelector(`[data-value="${one.dataset.control}"]`).textContent = shown;
      }
      const found = view(name, settings(), given);
      for (const [part, { text, ...attributes }] of Object.entries(found.parts)) {
        const element = root.querySelector(`[data-part="${part}"]`);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        if (text !== undefined) element.textContent = text;
      }
      rows.forEach(([, ...cells], row) => cells.forEach((cell, column) => { cell.textContent = found.cells[row][column]; }));
      clearTimeout(waiting);
      waiting = setTimeout(() => tell(found.says), 250); // what a slider passes on its way is not read out
    }

    /* What moved since it was last said, then the sentence. */
    function tell(says) {
      const now = table();
      const changes = spoken
        .map(({ row }, n) => ({ row, now: now[n], before: told[n] }))
        .filter((one) => one.now !== one.before)
        .map((one) => say("change", one));
      output.textContent = `${changes.length ? say("moved", { changes: changes.join("; ") }) : say("still")} ${says}`;
      told = now;
    }

    function set(values) {
      for (const one of controls) one.value = values[one.dataset.control];
      show();
    }

    function check() {
      const chosen = root.querySelector(".tl-x-predict input:checked");
      if (!chosen) {
        fared.textContent = say("first");
        return;
      }
      const option = chosen.nextElementSibling.textContent;
      fared.textContent = say(Number(chosen.value) === given.key ? "held" : "failed", { option });
      root.querySelector(".tl-x-answer").open = true;
      set(given.then);
    }

    const start = Object.fromEntries(Object.entries(given.controls).map(([control, one]) => [control, one.start]));
    root.querySelector(".tl-x-controls").hidden = ask.hidden = false;
    for (const one of controls) one.addEventListener("input", show);
    ask.addEventListener("click", check);
    root.querySelector(".tl-x-again").addEventListener("click", () => set(start));
  }

  globalThis.TwoLensesExplorables = { view };
  for (const root of document.querySelectorAll("[data-explorable]")) mount(root);
})();
