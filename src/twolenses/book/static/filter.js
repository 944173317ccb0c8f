/* Filters the entries of a page by their data attributes and their words. Without scripts there is no form and every entry
   is shown. Links such as ?verdict=wrong, in a bar or on an axis, are choices of the form; the one chosen takes it back. */
(() => {
  const form = document.querySelector("form.tl-filter");
  if (!form) return;
  const entries = [...document.querySelectorAll("[data-entry]")];
  const sections = new Set(entries.map((entry) => entry.closest("section")));
  const fields = [...form.querySelectorAll("select, input")];
  const selects = fields.filter(({ localName }) => localName === "select");
  const words = form.querySelector("input");
  const unfold = form.querySelector(".tl-unfold");
  const status = form.querySelector("[role=status]");
  const shortcuts = [...document.querySelectorAll('.bd-article a[href^="?"]')];
  const texts = new Map();

  const named = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const choices = (link) => [...new URLSearchParams(link.getAttribute("href"))];
  const isChosen = (link) => choices(link).every(([name, value]) => form.elements[name].value === value);

  /* Whether an entry holds every word, in any spelling (site.js). */
  function holds(entry, asked) {
    if (!texts.has(entry)) texts.set(entry, TwoLensesWords.fold(entry.textContent));
    return asked.every(({ pattern }) => texts.get(entry).search(pattern) >= 0);
  }

  function show() {
    const target = named();
    const asked = words?.value.trim() ? TwoLensesWords.terms(words.value) : [];
    const fits = (entry) => selects.every(({ name, value, dataset }) => !value || "view" in dataset || entry.dataset[name] === value) && holds(entry, asked);
    for (const entry of entries) entry.hidden = entry !== target && !fits(entry);
    for (const section of sections) section.hidden = section !== target && !section.querySelector("[data-entry]:not([hidden])");
    for (const { name, value, dataset } of selects) if ("view" in dataset) form.parentNode.dataset[name] = value;
    for (const link of shortcuts) link.setAttribute("aria-current", isChosen(link));
    const shown = entries.filter((entry) => !entry.hidden).length;
    status.textContent = `${shown} of ${entries.length} ${form.dataset.entries} shown`;
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = asked.get(field.name) || "";
      if (field.selectedIndex < 0) field.value = "";
    }
    show();
    const target = named();
    if (!target) return;
    const fold = target.matches("[data-entry]") && target.querySelector("details");
    if (fold) fold.open = true;
    target.scrollIntoView();
  }

  function write() {
    const query = new URLSearchParams(fields.filter(({ value }) => value).map(({ name, value }) => [name, value]));
    history.replaceState(null, "", `${location.pathname}${String(query) && `?${query}`}`);
    show();
  }

  for (const link of shortcuts) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const back = isChosen(link);
      for (const [name, value] of choices(link)) form.elements[name].value = back ? "" : value;
      write();
    });
  }

  unfold?.addEventListener("click", () => {
    const folds = entries.filter((entry) => !entry.hidden).map((entry) => entry.querySelector("details"));
    const open = folds.some((fold) => !fold.open);
    for (const fold of folds) fold.open = open;
  });

  form.addEventListener("input", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(write));
  addEventListener("hashchange", read);
  addEventListener("pageshow", read);
})();
