/* Filters the entries of a page by their data attributes. Without it the form stays hidden and every entry is shown. */
(() => {
  const form = document.querySelector("form.tl-filter");
  if (!form) return;
  const entries = [...document.querySelectorAll("[data-entry]")];
  const sections = new Set(entries.map((entry) => entry.closest("section")));
  const selects = [...form.querySelectorAll("select")];
  const status = form.querySelector("[role=status]");

  const named = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

  function show() {
    const target = named();
    const fits = (entry) => selects.every(({ name, value, dataset }) => !value || "view" in dataset || entry.dataset[name] === value);
    for (const entry of entries) entry.hidden = entry !== target && !fits(entry);
    for (const section of sections) section.hidden = section !== target && !section.querySelector("[data-entry]:not([hidden])");
    for (const { name, value, dataset } of selects) if ("view" in dataset) form.parentNode.dataset[name] = value;
    const shown = entries.filter((entry) => !entry.hidden).length;
    status.textContent = `${shown} of ${entries.length} ${form.dataset.entries} shown`;
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const select of selects) {
      select.value = asked.get(select.name) || "";
      if (select.selectedIndex < 0) select.value = "";
    }
    show();
    if (location.hash && named()) named().scrollIntoView();
  }

  function write() {
    const query = new URLSearchParams(selects.filter(({ value }) => value).map(({ name, value }) => [name, value]));
    history.replaceState(null, "", `${location.pathname}${String(query) && `?${query}`}`);
    show();
  }

  form.hidden = false;
  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(write));
  addEventListener("hashchange", read);
  addEventListener("pageshow", read);
})();
