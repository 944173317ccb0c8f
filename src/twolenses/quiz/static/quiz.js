/* Two Lenses, quiz: makes a form that the page already holds live.

   Classic script, behind marking.js and store.js: the three are joined into the one quiz.js that a page loads. */
(function () {
  "use strict";
  const { TwoLenses } = window;
  if (TwoLenses.mount) return;
  const { mark, progress, readings, tools } = TwoLenses;
  const { keeper, list, refresh, refreshers, sum } = tools;

  /* ── Words: each form brings them ── */

  const strings = {};

  const say = (name, values = {}) =>
    strings[name].replace(/\{(\w+)\}/g, (whole, value) => (value in values ? String(values[value]) : whole));

  const learn = (part) => Object.assign(strings, JSON.parse(part.querySelector(".tl-strings").textContent));

  /* ── Controls: named ID, ID-1, ID-2 … or ID-reason ── */

  const named = (box, suffix) => [...box.querySelectorAll(`[name="${box.dataset.question}${suffix}"]`)];
  const isChoice = (control) => control.type === "radio" || control.type === "checkbox";
  const labels = (box, suffix) => named(box, suffix).map((control) => control.labels[0]);
  const int = (text) => (text === null ? null : Number(text));
  const some = (values) => (values.some((one) => one !== null) ? values : null);
  const parts = (count, read) => some(Array.from({ length: count }, (_, part) => read(`-${part + 1}`, part)));

  function get(box, suffix) {
    const control = named(box, suffix).find((one) => !isChoice(one) || one.checked);
    return control && control.value.trim() ? control.value : null;
  }

  function set(box, suffix, value) {
    const text = ["string", "number", "boolean"].includes(typeof value) ? String(value) : "";
    for (const control of named(box, suffix)) {
      if (isChoice(control)) control.checked = control.value === text;
      else control.value = text;
    }
  }

  const setParts = (box, count, response) => {
    for (let part = 0; part < count; part += 1) set(box, `-${part + 1}`, list(response)[part]);
  };

  /* ── The types: read(box, key), fill(box, response, key) and what a feedback is about ── */

  /* A type with one control, the text of which is the response, needs nothing more. */
  const FIELD = {
    read: (box) => get(box, ""),
    fill: (box, response) => set(box, "", response),
  };

  const TYPES = {
    single: {
      read: (box) => int(get(box, "")),
    },
    multiple: {
      read: (box) => some(named(box, "").filter((one) => one.checked).map((one) => Number(one.value))),
      fill(box, response) {
        for (const one of named(box, "")) one.checked = list(response).includes(Number(one.value));
      },
      about: (box, part) => labels(box, "")[part],
    },
    "true-false": {
      read(box, key) {
        const value = get(box, "");
        if (value === null) return null;
        return key.reasons ? { value: value === "true", reason: int(get(box, "-reason")) } : { value: value === "true" };
      },
      fill(box, response) {
        set(box, "", response?.value);
        set(box, "-reason", response?.reason);
      },
    },
    numeric: {
      numbers: (key, response) => [response],
    },
    matching: {
      read: (box, key) => parts(key.keys.length, (suffix) => int(get(box, suffix))),
      fill: (box, response, key) => setParts(box, key.keys.length, response),
      about: (box, part) => labels(box, `-${part + 1}`)[0],
    },
    ordering: {
      empty: "move",
      read(box) {
        const order = items(box).map((item) => Number(item.dataset.item));
        return order.join() === box.dataset.shown ? null : order; // the order as shown is never the right one
      },
      fill(box, response, key) {
        const shown = box.dataset.shown.split(",").map(Number);
        const wanted = list(response);
        const order = shown.every((one) => wanted.includes(one)) && wanted.length === key.items ? wanted : shown;
        const all = items(box);
        for (const one of order) all[0].parentNode.append(all.find((item) => Number(item.dataset.item) === one));
        ends(box);
      },
      prepare: movable,
    },
    cloze: {
      read: (box, key) =>
        parts(key.blanks.length, (suffix, part) =>
          key.blanks[part].type === "choice" ? int(get(box, suffix)) : get(box, suffix),
        ),
      fill: (box, response, key) => setParts(box, key.blanks.length, response),
      numbers: (key, response) => response.filter((_, part) => key.blanks[part].type === "number"),
      about: (box, part) => make("span", { textContent: named(box, `-${part + 1}`)[0].ariaLabel }),
    },
    classify: {
      read: (box, key) => parts(key.keys.length, (suffix) => get(box, suffix)),
      fill: (box, response, key) => setParts(box, key.keys.length, response),
      about: (box, part) => named(box, `-${part + 1}`)[0].closest("fieldset").querySelector("legend"),
    },
    essay: {
      empty: "write",
      read(box, key) {
        const scores = key.points_each.map((_, row) => int(get(box, `-${row + 1}`)));
        const text = get(box, "");
        return text === null && !some(scores) ? null : { text: text ?? "", scores };
      },
      fill(box, response, key) {
        set(box, "", response?.text);
        setParts(box, key.points_each.length, response?.scores);
      },
    },
  };

  /* ── Small helpers for the page ── */

  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const button = (label, onclick) => make("button", { type: "button", textContent: label, onclick });

  /* Text that was rendered at build time from the bank; nothing a reader typed comes here. */
  function rendered(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  }

  /* A button that asks once more before it does what cannot be undone. */
  function confirming(label, action) {
    const swap = (asking, focus) => {
      ask.hidden = asking;
      sure.hidden = keep.hidden = !asking;
      focus.focus();
    };
    const ask = button(label, () => swap(true, keep));
    const keep = button(strings.keep, () => swap(false, ask));
    const sure = button(strings.sure, () => {
      swap(false, ask);
      action();
    });
    sure.hidden = keep.hidden = true;
    return [ask, sure, keep];
  }

  /* ── Ordering: buttons for everybody, dragging as an extra ── */

  const items = (box) => [...box.querySelectorAll("[data-item]")];
  const itemText = (item) => item.querySelector("label").textContent.trim();

  function ends(box) {
    const all = items(box);
    for (const item of all) {
      const [up, down] = item.querySelectorAll("button"); // never disabled: the focus stays where it is
      up.setAttribute("aria-disabled", item === all[0]);
      down.setAttribute("aria-disabled", item === all.at(-1));
    }
  }

  /* The neighbour moves, not the item: an item taken out of the page would lose the focus and the pointer. */
  function step(item, by) {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (other) item[by < 0 ? "after" : "before"](other);
  }

  function movable(box, moved) {
    const live = make("p", { className: "tl-live", ariaLive: "polite" });
    const announce = (item) => {
      ends(box);
      const all = items(box);
      live.textContent = say("place", { item: itemText(item), n: all.indexOf(item) + 1, all: all.length });
      moved();
    };
    box.querySelector(".tl-note").textContent = strings.order;
    for (const item of items(box)) {
      const grip = make("span", { className: "tl-grip", ariaHidden: "true", textContent: "⠿" });
      const arrow = (name, sign, by) => {
        const made = button(sign, () => {
          step(item, by);
          announce(item);
        });
        made.ariaLabel = say(name, { item: itemText(item) });
        return made;
      };
      item.querySelector("select").hidden = true;
      item.prepend(grip);
      item.append(arrow("up", "↑", -1), arrow("down", "↓", 1));
      grip.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        grip.setPointerCapture(event.pointerId);
        item.dataset.dragged = "";
      });
      grip.addEventListener("pointermove", (event) => {
        if (!("dragged" in item.dataset)) return;
        const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2;
        const { previousElementSibling: above, nextElementSibling: below } = item;
        if (above && event.clientY < middle(above)) step(item, -1);
        else if (below && event.clientY > middle(below)) step(item, 1);
      });
      grip.addEventListener("lostpointercapture", () => {
        delete item.dataset.dragged;
        announce(item);
      });
    }
    box.dataset.shown = items(box).map((item) => item.dataset.item);
    box.querySelector(".tl-items").after(live);
    ends(box);
  }

  /* ── One question ── */

  function mountQuestion(box, key, store, changed) {
    const id = box.dataset.question;
    const type = { ...FIELD, ...TYPES[key.type] };
    const isEssay = key.type === "essay";
    const answer = box.querySelector(".tl-answer");
    const rubric = box.querySelector(".tl-rubric");
    const message = make("div");
    const hints = make("div");
    const state = { id, box, key, fraction: null, response: null };
    let tries = 0;
    let hintsShown = 0;
    let known = "null"; // the record as this tab knows it

    function announce(verdict, entries = []) {
      const lines = entries.map(([about, html]) => {
        const line = make("li");
        if (about) line.append(make("em", {}, ...about.cloneNode(true).childNodes), " ");
        line.append(rendered(html));
        return line;
      });
      const first = make("p", {}, make("strong", { className: "tl-verdict", textContent: verdict }));
      if (lines.length === 1) first.append(" ", ...lines[0].childNodes);
      message.replaceChildren(first);
      if (lines.length > 1) message.append(make("ul", {}, ...lines));
    }

    function save() {
      const { fraction } = state;
      const record = { digest: key.digest, fraction, tries, response: state.response, time: new Date().toISOString() };
      known = JSON.stringify(record);
      store.set(id, record);
      changed();
    }

    function compare(on) {
      if (!isEssay) return;
      rubric.hidden = !on;
      checkButton.textContent = on ? strings.count : strings.compare;
      if (on) {
        answer.hidden = false;
        answer.open = true;
      }
    }

    function settle(response) {
      const got = mark(key, response);
      const right = got.fraction >= 1;
      const texts = got.feedback.map((html, one) => [type.about && type.about(box, got.about[one]), html]);
      if (right && !isEssay && !got.feedback.includes(key.because)) texts.push([null, key.because]);
      Object.assign(state, { fraction: got.fraction, response });
      box.dataset.state = right ? "right" : got.fraction > 0 ? "partly" : "wrong";
      if (isEssay) {
        const all = sum(key.points_each);
        announce(say("self", { n: +(got.fraction * all).toFixed(2), all }));
        compare(true);
      } else {
        announce(strings[box.dataset.state], texts);
        if (list(response).includes(null)) message.append(make("p", { textContent: strings.open }));
      }
      again.hidden = false;
      show.hidden = isEssay || right || tries < 2 || answer.open;
      if (right) answer.hidden = false;
    }

    function check() {
      const response = type.read(box, key);
      if (response === null || (isEssay && !response.text)) return announce(strings[type.empty || "choose"]);
      const typed = type.numbers ? type.numbers(key, response) : [];
      if (typed.some((text) => text !== null && !readings(text).length)) return announce(strings.number);
      if (isEssay && (rubric.hidden || !some(response.scores))) {
        const words = { ...key.words, n: response.text.trim().split(/\s+/).length };
        announce(rubric.hidden ? say("compared", words) : strings.points);
        return compare(true);
      }
      tries += 1;
      settle(response);
      save();
    }

    /* Clears the mark and keeps what was entered. */
    function unmark() {
      delete box.dataset.state;
      state.fraction = null;
      message.replaceChildren();
      again.hidden = show.hidden = true;
      answer.hidden = !answer.open;
    }

    function giveHint() {
      hints.append(make("p", {}, `${hintLabel()}: `, rendered(key.hints[hintsShown])));
      hintsShown += 1;
      hint.textContent = hintLabel();
      if (hintsShown < key.hints.length) return;
      checkButton.focus(); // a hidden button would drop the focus
      hint.hidden = true;
    }

    const hintLabel = () =>
      key.hints.length > 1 ? say("hintOf", { n: hintsShown + 1, all: key.hints.length }) : strings.hint;

    /* Show the question as it is stored. */
    function apply(record) {
      const text = JSON.stringify(record);
      if (text === known) return;
      known = text;
      tries = record ? record.tries : 0;
      state.response = record ? record.response : null;
      type.fill(box, state.response, key);
      if (!record) {
        hintsShown = 0;
        hints.replaceChildren();
        hint.textContent = hintLabel();
        hint.hidden = false;
        answer.open = false;
        compare(false);
      }
      if (record && record.fraction !== null) settle(record.response);
      else unmark();
    }

    const checkButton = button(strings.check, check);
    const hint = button(hintLabel(), giveHint);
    const again = button(strings.again, () => {
      unmark();
      save();
      (box.querySelector("input:checked") || box.querySelector(CONTROLS)).focus();
    });
    const show = button(strings.show, () => {
      answer.hidden = false;
      answer.open = true;
      show.hidden = true;
      answer.querySelector("summary").focus();
    });
    checkButton.className = "tl-check";
    again.hidden = show.hidden = answer.hidden = true;
    box.querySelector(".tl-actions").append(checkButton, hint, again, show);
    box.querySelector(".tl-actions").hidden = false;
    box.querySelector(".tl-result").append(message, hints);
    box.querySelector(".tl-result").ariaAtomic = "false"; // say what is new, not everything again
    compare(false);

    /* What is entered is kept before it is checked, and the text of an essay always. */
    function entered() {
      if (state.fraction !== null && !isEssay) return;
      state.response = type.read(box, key);
      save();
    }
    box.addEventListener("input", entered);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input[type=text], input[type=number]")) {
        event.preventDefault();
        check();
      }
    });
    if (type.prepare) type.prepare(box, entered);
    return Object.assign(state, { refresh: () => apply(store.get(id, key.digest)) });
  }

  const CONTROLS = "input, textarea, select:not([hidden]), .tl-item button";

  /* ── One quiz ── */

  /* Make one form live; mounting it again does nothing.

     `onchange({score, responses})` hears of every mark: the score from 0 to 1, and what was answered, by question.
     `responses` is such an answer of an earlier time to begin with; `keep: false` leaves the browser's storage alone. */
  function mount(form, { onchange, responses = {}, keep = true } = {}) {
    if (form.dataset.mounted) return;
    form.dataset.mounted = "yes";
    learn(form);
    const store = keep ? progress : keeper(null);
    const keys = JSON.parse(form.querySelector(".tl-key").textContent);
    const score = form.querySelector(".tl-score");
    const unkept = make("p", { className: "tl-note", textContent: strings.unkept });
    let reported = "";

    function changed() {
      const marked = questions.filter((one) => one.fraction !== null);
      const right = marked.filter((one) => one.fraction >= 1);
      const all = sum(questions.map((one) => one.key.points));
      const report = {
        score: all ? sum(marked.map((one) => one.fraction * one.key.points)) / all : 0,
        responses: Object.fromEntries(marked.map((one) => [one.id, one.response])),
      };
      score.textContent = marked.length ? say("score", { n: right.length, all: questions.length }) : "";
      unkept.hidden = !keep || store.kept();
      if (onchange && reported !== JSON.stringify(report)) onchange(report);
      reported = JSON.stringify(report);
    }

    const questions = [];
    for (const box of form.querySelectorAll(".tl-question")) {
      const key = keys[box.dataset.question];
      questions.push(mountQuestion(box, key, store, changed));
      const response = responses[box.dataset.question];
      if (response !== undefined) {
        store.set(box.dataset.question, { digest: key.digest, fraction: 0, tries: 1, response, time: "" });
      }
    }

    function reviewing(on) {
      const missed = questions.filter((one) => !(one.fraction >= 1)).length;
      for (const one of questions) one.box.hidden = on && one.fraction >= 1;
      bar.hidden = !on;
      review.hidden = on;
      count.textContent = missed ? say("reviewing", { n: missed, all: questions.length }) : strings.reviewed;
    }

    const count = make("p", { id: `${form.id}-review`, className: "tl-note" });
    const back = button(strings.back, () => {
      reviewing(false);
      review.focus();
    });
    const bar = make("div", { className: "tl-bar", hidden: true }, count, back);
    const review = button(strings.review, () => {
      reviewing(true);
      back.focus();
    });
    const reset = confirming(strings.reset, () => {
      store.remove(questions.map((one) => one.id));
      reviewing(false);
      refresh();
      redraw();
    });
    back.setAttribute("aria-describedby", count.id);
    form.prepend(bar);
    score.after(make("div", { className: "tl-bar" }, review, ...reset), unkept);
    form.addEventListener("submit", (event) => event.preventDefault());

    function redraw() {
      for (const one of questions) one.refresh();
      changed();
    }
    if (keep) refreshers.push(redraw);
    redraw();
  }

  /* ── The page ── */

  Object.assign(TwoLenses, { mount, strings });
  Object.assign(tools, { confirming, learn, make, say }); // for progress.js

  /* Browsers that cannot unfold by style sheet unfold here for the printer, and fold again. */
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(".tl-answer:not([open])")];
    for (const one of unfolded) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of unfolded) one.open = false;
  });

  const start = () => document.querySelectorAll("form.tl-quiz").forEach((form) => mount(form));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
