/* Two Lenses quiz: marks a form that the page already holds.

   Classic script (module scripts do not run from file://), no dependency, one entry: TwoLenses.mount(form).
   The rules of marking are those of twolenses.quiz.mark; tests hold the two together. */
(function () {
  "use strict";

  const SAY = {
    check: "Check",
    hint: "Hint",
    show: "Show the answer",
    again: "Try again",
    right: "Right.",
    partly: "Partly right.",
    wrong: "Not yet.",
    choose: "Choose an answer first.",
    number: "Write a number, for example 46.1 or 46,1.",
    shown: "The answer is open below.",
    score: (right, all) => `${right} of ${all} questions right.`,
  };

  /* The numbers a typed text can mean: see twolenses.tolerance.readings. */
  function readings(text) {
    const bare = text.replace(/[\s\u00a0\u202f]+/g, "").replace(/[−–]/g, "-");
    const found = /^([+-]?[0-9.,]*[0-9])([^0-9]*)$/.exec(bare);
    if (!found || !(["", "%", "€"].includes(found[2]) || /^\p{L}+$/u.test(found[2]))) return [];
    const number = found[1];
    const shapes = [];
    if (/^[+-]?([0-9]+|[0-9]*[.,][0-9]+)$/.test(number)) shapes.push(number.replace(",", "."));
    if (/^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(number)) shapes.push(number.replace(/,/g, ""));
    if (/^[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$/.test(number)) {
      shapes.push(number.replace(/\./g, "").replace(",", "."));
    }
    return [...new Set(shapes.map(Number))];
  }

  const close = (value, key, within) =>
    Number.isFinite(value) && Math.abs(value - key) <= within + 1e-9 * Math.max(1, Math.abs(key));

  const MARK = {
    single(key, response) {
      const fits = Number.isInteger(response) && response >= 0 && response < key.feedback.length;
      if (!fits) return { fraction: 0, feedback: [] };
      return { fraction: key.keys.includes(response) ? 1 : 0, feedback: [key.feedback[response]] };
    },
    multiple(key, response) {
      const chosen = key.feedback.map((_, number) => number).filter((number) => (response || []).includes(number));
      const right = chosen.filter((number) => key.keys.includes(number)).length;
      return {
        fraction: Math.max(0, 2 * right - chosen.length) / key.keys.length,
        feedback: chosen.map((number) => key.feedback[number]),
      };
    },
    numeric(key, response) {
      const values = typeof response === "string" ? readings(response) : [];
      const near = (target) => values.some((value) => close(value, target, key.within));
      if (near(key.value)) return { fraction: 1, feedback: [key.because] };
      const mistake = key.mistakes.find((one) => near(one.value));
      return { fraction: 0, feedback: mistake ? [mistake.feedback] : [] };
    },
  };

  const mark = (key, response) => MARK[key.type](key, response);

  /* What the reader has entered, or null. */
  const RESPONSE = {
    single(box) {
      const chosen = box.querySelector("input:checked");
      return chosen ? Number(chosen.value) : null;
    },
    multiple(box) {
      const chosen = [...box.querySelectorAll("input:checked")].map((input) => Number(input.value));
      return chosen.length ? chosen : null;
    },
    numeric(box) {
      const text = box.querySelector("input").value;
      return text.trim() ? text : null;
    },
  };

  function button(label, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", action);
    return made;
  }

  function mountQuestion(box, key, changed) {
    const result = box.querySelector(".tl-result");
    const answer = box.querySelector(".tl-answer");
    const actions = box.querySelector(".tl-actions");
    const state = { tries: 0, hints: 0, fraction: null };

    function say(verdict, texts) {
      result.replaceChildren();
      const first = document.createElement("p");
      const word = document.createElement("strong");
      word.className = "tl-verdict";
      word.textContent = verdict;
      first.append(word);
      result.append(first);
      if (texts.length === 1) {
        const only = document.createElement("span");
        only.innerHTML = " " + texts[0]; // rendered at build time from the bank, never typed by a reader
        first.append(only);
      } else if (texts.length) {
        const list = document.createElement("ul");
        for (const text of texts) list.append(Object.assign(document.createElement("li"), { innerHTML: text }));
        result.append(list);
      }
    }

    function check() {
      const response = RESPONSE[key.type](box);
      if (response === null) return say(SAY.choose, []);
      if (key.type === "numeric" && !readings(response).length) return say(SAY.number, []);
      const got = mark(key, response);
      state.tries += 1;
      state.fraction = got.fraction;
      const right = got.fraction >= 1;
      box.dataset.state = right ? "right" : "wrong";
      const texts = right && key.type !== "numeric" ? [...got.feedback, key.because] : got.feedback;
      say(right ? SAY.right : got.fraction > 0 ? SAY.partly : SAY.wrong, [...new Set(texts)]);
      show.hidden = right || state.tries < 2;
      changed();
    }

    function giveHint() {
      state.hints = Math.min(state.hints + 1, key.hints.length);
      say(SAY.hint + ".", key.hints.slice(0, state.hints));
      delete box.dataset.state;
      hint.hidden = state.hints >= key.hints.length;
    }

    function showAnswer() {
      answer.hidden = false;
      answer.open = true;
      show.hidden = true;
      answer.querySelector("summary").focus();
    }

    const hint = button(SAY.hint, giveHint);
    const show = button(SAY.show, showAnswer);
    show.hidden = true;
    actions.append(button(SAY.check, check), hint, show);
    actions.hidden = false;
    answer.hidden = true;
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input[type=text]")) {
        event.preventDefault();
        check();
      }
    });
    return state;
  }

  /* Make one form live. Mounting it again does nothing. */
  function mount(form) {
    if (form.dataset.mounted) return;
    form.dataset.mounted = "yes";
    const keys = JSON.parse(form.querySelector(".tl-key").textContent);
    const score = form.querySelector(".tl-score");
    const states = [];
    const changed = () => {
      const right = states.filter((state) => state.fraction >= 1).length;
      score.textContent = SAY.score(right, states.length);
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const box of form.querySelectorAll(".tl-question")) {
      states.push(mountQuestion(box, keys[box.dataset.question], changed));
    }
  }

  window.TwoLenses = { mount, mark, readings };

  const mountAll = () => document.querySelectorAll("form.tl-quiz").forEach(mount);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mountAll);
  else mountAll();
})();
