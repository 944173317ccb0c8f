/* A task to try: an editor of its starter, and Python in a worker that is begun by the first press of Run or Check.
   Classic script, no dependency. Words of the page stand in its template; those said while it works are here. */
(() => {
  "use strict";
  const SECONDS = 20; // then a run is taken for an endless loop
  const KEY = "two-lenses:try:";
  const SAYS = {
    first: (size) => `The first run loads Python and the course's tables: ${size} MB, from this site alone.`,
    loading: (done, size) => `Loading Python: ${Math.min(done, size)} of ${size} MB.`,
    starting: () => "Starting Python.",
    charts: () => "Loading Matplotlib, which draws the charts.",
    running: () => "Running.",
    done: () => "Done.",
    passed: () => "Checked: right.",
    failed: () => "Checked: not yet right.",
    stopped: () => "Stopped. Press Run to begin again.",
    endless: () => `Stopped after ${SECONDS} seconds. Is there a loop that never ends?`,
    lost: (why) => `Python could not go on: ${why} Press Run to begin again, or open the notebook.`,
    again: () => "The starter is back. Undo brings your text back.",
  };

  const make = (tag, more) => Object.assign(document.createElement(tag), more);

  /* What a run put out, as elements. A table's HTML is written by pandas, which escapes what is in it. */
  const DRAWN = {
    text: ({ text }) => scrolling(make("pre", { textContent: text }), "Printed"),
    table: ({ text }) => scrolling(make("div", { innerHTML: text, className: "tl-scroll" }), "Table"),
    chart: ({ text, alt }) => make("img", { src: text, alt }),
  };

  function scrolling(box, label) {
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", label);
    return box;
  }

  const drawn = (outputs) => outputs.map((one) => DRAWN[one.kind](one));

  /* The reader's text, kept where the browser keeps anything. */
  const kept = {
    get: (name) => {
      try {
        return localStorage.getItem(KEY + name);
      } catch {
        return null;
      }
    },
    set: (name, text) => {
      try {
        if (text === null) localStorage.removeItem(KEY + name);
        else localStorage.setItem(KEY + name, text);
      } catch {
        // it lasts as long as the page
      }
    },
  };

  /* ── The editor: Tab indents, Enter keeps the indentation, Escape lets the next Tab leave ── */

  function edit(field, run) {
    let leaving = false;
    /* Puts text in the place of a span so that the browser's own undo takes it back. */
    const put = (text, from = field.selectionStart, to = field.selectionEnd) => {
      field.setSelectionRange(from, to);
      if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
        field.setRangeText(text, from, to, "end");
        field.dispatchEvent(new Event("input"));
      }
    };
    const indent = (back) => {
      const { value, selectionStart: start, selectionEnd: end } = field;
      const from = value.lastIndexOf("\n", start - 1) + 1;
      if (!back && !value.slice(start, end).includes("\n")) return put("    ");
      const lines = value.slice(from, end).split("\n");
      const moved = lines.map((line) => (back ? line.replace(/^ {1,4}/, "") : line && `    ${line}`)).join("\n");
      const shift = moved.length - lines.join("\n").length;
      if (!shift) return;
      put(moved, from, end);
      if (start === end) field.setSelectionRange(Math.max(from, start + shift), Math.max(from, start + shift));
      else field.setSelectionRange(from, from + moved.length);
    };
    field.addEventListener("keydown", (event) => {
      const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
      if (event.isComposing) return;
      if (key === "Escape") leaving = true;
      else if (key === "Enter" && (shiftKey || ctrlKey || metaKey)) {
        event.preventDefault();
        run();
      } else if (key === "Tab" && !leaving && !ctrlKey && !metaKey && !altKey) {
        event.preventDefault();
        indent(shiftKey);
      } else if (key === "Enter") {
        const line = field.value.slice(0, field.selectionStart).split("\n").at(-1);
        event.preventDefault();
        put(`\n${/^ */.exec(line)[0]}${/:\s*$/.test(line) ? "    " : ""}`);
      }
      if (!["Escape", "Shift"].includes(key)) leaving = false;
    });
    field.addEventListener("blur", () => (leaving = false));
    return { replace: (text) => (field.focus(), put(text, 0, field.value.length)) };
  }

  /* The worker's script, which the page keeps: after Stop, Python begins again without a network. */
  let script = null;
  const workerScript = (root) =>
    (script ??= fetch(`${root}_static/try-it-worker.js`)
      .then((answer) => (answer.ok ? answer.blob() : Promise.reject()))
      .then((code) => URL.createObjectURL(code))
      .catch(() => (script = null)));

  /* ── One task ── */

  function start(box) {
    const { root, megabytes } = box.dataset;
    const name = box.dataset.try;
    const task = JSON.parse(box.querySelector("script").textContent);
    const live = make("div", { className: "tl-try-live" });
    live.append(box.querySelector("template").content.cloneNode(true));
    box.querySelector(".tl-try-starter").after(live);
    box.classList.add("tl-try-on");

    const find = (part) => live.querySelector(part);
    const [field, state, out, given] = ["textarea", ".tl-try-state", ".tl-try-out", ".tl-try-given"].map(find);
    const button = (what) => find(`[data-do="${what}"]`);
    const say = (what, ...about) => (state.textContent = SAYS[what](...about));

    field.value = kept.get(name) ?? task.starter;
    field.rows = Math.min(24, Math.max(4, field.value.split("\n").length + 1));
    field.addEventListener("input", () => kept.set(name, field.value === task.starter ? null : field.value));

    let worker = null;
    let clock = null;
    let busy = false;
    let turn = 0; // counts presses, so that one that was stopped goes no further

    const rest = () => {
      turn += 1;
      clearTimeout(clock);
      busy = false;
      const held = document.activeElement === button("stop");
      button("stop").hidden = true;
      for (const what of ["run", "check"]) button(what).removeAttribute("aria-disabled");
      out.removeAttribute("aria-busy");
      if (held) button("run").focus();
    };
    const end = (what, ...about) => {
      worker?.terminate();
      worker = null;
      rest();
      say(what, ...about);
    };

    const show = ({ given: before, shown, said, stopped, passed }, checking) => {
      const lines = said.map((text) => make("p", { textContent: text, className: "tl-try-said" }));
      if (stopped) lines.push(make("p", { textContent: stopped, className: "tl-try-said tl-try-stopped" }));
      out.replaceChildren(...drawn(shown), ...lines);
      given.lastElementChild.replaceChildren(...drawn(before));
      given.hidden = !before.length;
      rest();
      say(!checking ? "done" : passed ? "passed" : "failed");
    };

    async function run(checking) {
      if (busy) return;
      busy = true;
      const mine = turn;
      button("stop").hidden = false;
      for (const what of ["run", "check"]) button(what).setAttribute("aria-disabled", "true");
      out.setAttribute("aria-busy", "true");
      if (worker) say("running");
      else say("loading", 0, megabytes);
      const source = worker ? "" : await workerScript(root);
      if (turn !== mine) return;
      if (source === null) return end("lost", "the page could not load it.");
      worker ??= new Worker(source);
      worker.onerror = (event) => (event.preventDefault?.(), end("lost", event.message || "the page could not load it."));
      worker.onmessage = ({ data }) => {
        if (data.failed) end("lost", data.failed);
        else if (data.result) show(JSON.parse(data.result), checking);
        else if (data.stage === "loading") say("loading", Math.round(data.bytes / 1e6), megabytes);
        else say(data.stage);
        if (data.stage === "running") clock = setTimeout(end, SECONDS * 1000, "endless");
      };
      const { before, after } = task;
      worker.postMessage({ root: new URL(root || "./", location.href).href, before, code: field.value, after: checking ? after : [] });
    }

    const editor = edit(field, () => run(false));
    const hints = [...find(".tl-try-hints").children];
    const act = {
      run: () => run(false),
      check: () => run(true),
      stop: () => end("stopped"),
      again: () => {
        editor.replace(task.starter);
        say("again");
      },
      hint: () => {
        const next = hints.find((one) => one.hidden);
        if (next) next.hidden = false;
        if (!hints.some((one) => one.hidden)) button("hint").setAttribute("aria-disabled", "true");
      },
    };
    live.addEventListener("click", ({ target }) => act[target.closest("[data-do]")?.dataset.do]?.());
    say("first", megabytes);
  }

  if (location.protocol.startsWith("http") && "Worker" in window)
    for (const box of document.querySelectorAll(".tl-try[data-megabytes]")) start(box);
})();
