/* Two Lenses, My progress: the tables are there, the figures come from here. Also saves answers and takes them back.

   Classic script, no dependency but quiz.js, which comes before it. */
(function () {
  "use strict";
  const { progress, strings, tools } = window.TwoLenses;
  const { confirming, isObject, isRecord, learn, make, refresh, refreshers, say, sum } = tools;

  const FIELDS = ["quiz", "objective", "lens"];

  const saved = () => JSON.stringify({ version: 1, questions: progress.all() }, null, 1);

  /* Take the answers of a saved file, the later of two to the same question; null if it is no such file. */
  function take(text) {
    try {
      const { version, questions } = JSON.parse(text);
      const entries = Object.entries(questions);
      if (version !== 1 || !isObject(questions) || !entries.every(isRecord)) return null;
      const own = progress.all();
      const newer = entries.filter(([id, one]) => !own[id] || own[id].time < one.time);
      progress.write({ ...own, ...Object.fromEntries(newer) });
      return newer.length;
    } catch {
      return null;
    }
  }

  function mountProgress(page) {
    if (page.dataset.mounted) return;
    page.dataset.mounted = "yes";
    learn(page);
    const { questions, again } = JSON.parse(page.querySelector(".tl-index").textContent);
    const find = (name) => page.querySelector(`.tl-${name}`);
    const file = page.querySelector("input[type=file]");

    /* What was reached in a question. An answer given again, on the same page as the first, counts where it is right. */
    function fraction({ id, digest }) {
      const [first, second] = [id, id + again].map((one) => progress.get(one, digest)?.fraction ?? null);
      return second >= 1 ? second : first;
    }

    /* What was reached in some of the questions. */
    function reached(some) {
      const fractions = some.map(fraction);
      const points = sum(some.map((one) => one.points));
      return {
        all: some.length,
        done: fractions.filter((one) => one !== null).length,
        n: fractions.filter((one) => one >= 1).length,
        mastery: points ? sum(some.map((one, number) => one.points * fractions[number])) / points : 0,
      };
    }

    function redraw() {
      for (const row of page.querySelectorAll("tbody tr")) {
        const field = FIELDS.find((name) => name in row.dataset);
        const got = reached(questions.filter((one) => one[field] === row.dataset[field]));
        row.querySelector(".tl-done").textContent = got.done;
        row.querySelector(".tl-right").textContent = got.n;
        row.querySelector(".tl-percent").textContent = say("percent", { n: Math.round(100 * got.mastery) });
        row.querySelector("meter").value = got.mastery;
      }
      find("summary").textContent = say("summary", reached(questions));
      find("unkept").textContent = progress.kept() ? "" : strings.unkept;
    }

    find("export").onclick = () => {
      const address = URL.createObjectURL(new Blob([saved()], { type: "application/json" }));
      make("a", { href: address, download: "two-lenses-progress.json" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    };
    file.onchange = async () => {
      const taken = take(await file.files[0].text());
      find("status").textContent = taken === null ? strings.foreign : say("imported", { n: taken });
      file.value = "";
      refresh();
    };
    find("print").onclick = () => window.print();
    find("reset").replaceWith(
      ...confirming(find("reset").textContent, () => {
        progress.write({});
        find("status").textContent = "";
        refresh();
      }),
    );
    for (const one of page.querySelectorAll("[hidden]:not(button)")) one.hidden = false;
    find("needs").hidden = true;
    refreshers.push(redraw);
    redraw();
  }

  const start = () => document.querySelectorAll(".tl-progress").forEach(mountProgress);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
