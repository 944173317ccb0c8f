/* Two Lenses, marking: what a response is worth. No page, no storage: it also runs in a worker or in node.

   The rules are those of twolenses.quiz.mark; tests hold the two together. Classic script (module scripts do not run
   from file://), no dependency; adds TwoLenses.mark, TwoLenses.readings and a few helpers. */
(function () {
  "use strict";
  if (globalThis.TwoLenses) return; // a notebook brings this script once per widget

  const list = (value) => (Array.isArray(value) ? value : []);
  const finite = (value) => typeof value === "number" && Number.isFinite(value);
  const whole = (value, size) => (Number.isInteger(value) && value >= 0 && value < size ? value : null);
  const sum = (values) => values.reduce((all, one) => all + one, 0);

  /* The numbers a typed text can mean: see twolenses.tolerance.readings. */
  function readings(text) {
    const bare = text.replace(/[^\S\ufeff]|[\x1c-\x1f\x85]/g, "").replace(/[−–]/g, "-");
    const [, number, unit] = /^€?([+-]?[0-9.,]*[0-9])([^0-9]*?|[kdcm]?m[23])\.?$/.exec(bare) || [];
    if (number === undefined || !(["", "%", "€"].includes(unit) || /^\p{L}+[23²³]?$/u.test(unit))) return [];
    const shapes = [];
    if (/^[+-]?([0-9]+|[0-9]*[.,][0-9]+)$/.test(number)) shapes.push(number.replace(",", "."));
    if (/^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(number)) shapes.push(number.replace(/,/g, ""));
    if (/^[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$/.test(number)) {
      shapes.push(number.replace(/\./g, "").replace(",", "."));
    }
    return [...new Set(shapes.map(Number))];
  }

  /* A typed text as it is compared: see twolenses.quiz.normal, step by step. */
  function normal(text, strict) {
    text = text
      .replace(/[’‘‚‛ʼ′`´ʹ‹›]/g, "'")
      .replace(/[“”„‟«»″]/g, '"')
      .replace(/[‐‑‒–—―−]/g, "-")
      .replace(/[\u00ad\u200b\u200c\u200d\u2060\ufeff]/g, "")
      .normalize("NFKC")
      .toLowerCase()
      .replace(/ß/g, "ss")
      .replace(/ς/g, "σ");
    if (!strict) {
      text = text.normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC");
      text = text.replace(/[đłøı]/g, (one) => "dloi"["đłøı".indexOf(one)]);
    }
    return text
      .replace(/[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g, " ")
      .replace(/^["'.,;:!?¿¡()[\]{}<>*_\- ]+/, "")
      .replace(/["'.,;:!?¿¡()[\]{}<>*_\- ]+$/, "");
  }

  /* What each kind of key says to a response: its fraction, its feedback, and the part each feedback is about. */
  const result = (fraction, feedback = [], about = []) => ({ fraction, feedback, about });

  function markOne(key, response) {
    const pick = whole(response, key.feedback.length);
    return pick === null ? result(0) : result(Number(key.keys.includes(pick)), [key.feedback[pick]]);
  }

  function markNumber(key, response, yes) {
    const values = typeof response === "string" ? readings(response) : [];
    const fits = (target) =>
      values.some(
        (value) =>
          Number.isFinite(value) && Math.abs(value - target) <= key.within + 1e-9 * Math.max(1, Math.abs(target)),
      );
    if (fits(key.value)) return result(1, [yes]);
    const mistake = key.mistakes.find((one) => fits(one.value));
    return result(0, mistake ? [mistake.feedback] : []);
  }

  function markWords(key, response, yes) {
    const word = typeof response === "string" ? normal(response, key.strict) : "";
    if (word && key.answers.includes(word)) return result(1, [yes]);
    const miss = word && key.near.find((one) => one.text === word);
    return result(0, miss ? [miss.feedback] : []);
  }

  /* One answer a part, every part worth the same; feedback to the parts that are answered and not right. */
  function markParts(key, picks, answered) {
    const right = key.keys.filter((one, part) => picks[part] === one).length;
    const wrong = [...key.keys.keys()].filter((part) => answered(picks[part]) && picks[part] !== key.keys[part]);
    return result(right / key.keys.length, wrong.map((part) => key.feedback[part]), wrong);
  }

  const BLANK = {
    choice: markOne,
    text: (key, response) => markWords(key, response, key.feedback),
    number: (key, response) => markNumber(key, response, key.feedback),
  };

  /* ── The types ── */

  const MARK = {
    single: markOne,
    multiple(key, response) {
      const all = [...key.feedback.keys()];
      const picks = all.filter((number) => list(response).includes(number));
      const right = picks.filter((number) => key.keys.includes(number)).length;
      const fraction = Math.max(0, 2 * right - picks.length) / key.keys.length;
      return result(fraction, picks.map((number) => key.feedback[number]), picks);
    },
    "true-false"(key, response) {
      const plain = typeof response === "boolean";
      const { value, reason } = plain ? { value: response } : response || {};
      if (typeof value !== "boolean") return result(0);
      const feedback = [key.feedback[value]];
      if (value !== key.answer) return result(0, feedback);
      if (!key.reasons) return result(1, feedback);
      const behind = markOne(key.reasons, reason);
      return result(0.5 + behind.fraction / 2, [...feedback, ...behind.feedback]);
    },
    numeric: (key, response) => markNumber(key, response, key.because),
    short: (key, response) => markWords(key, response, key.because),
    matching: (key, response) =>
      markParts(key, list(response).map((one) => whole(one, key.choices)), (one) => finite(one)),
    ordering(key, response) {
      const placed = list(response).map((one) => whole(one, key.items));
      if (placed.length !== key.items || placed.includes(null) || new Set(placed).size < key.items) return result(0);
      const right = placed.filter((one, place) => place && one === placed[place - 1] + 1).length;
      return result(right / (key.items - 1), right === key.items - 1 ? [] : [key.feedback]);
    },
    cloze(key, response) {
      const responses = list(response);
      const marks = key.blanks.map((blank, part) =>
        part < responses.length ? BLANK[blank.type](blank, responses[part]) : result(0),
      );
      return result(
        sum(marks.map((one) => one.fraction)) / marks.length,
        marks.flatMap((one) => one.feedback),
        marks.flatMap((one, part) => one.feedback.map(() => part)),
      );
    },
    classify: (key, response) => markParts(key, list(response), (one) => key.categories.includes(one)),
    essay(key, response) {
      const scores = list(response?.scores).slice(0, key.points_each.length);
      const earned = scores.map((one, row) => (finite(one) ? Math.min(Math.max(one, 0), key.points_each[row]) : 0));
      return result(Math.min(sum(earned) / sum(key.points_each), 1));
    },
  };

  const mark = (key, response) => MARK[key.type](key, response);

  globalThis.TwoLenses = { mark, readings, tools: { finite, list, sum, whole } };
})();
