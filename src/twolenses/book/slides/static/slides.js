// A deck on a wide screen is shown by reveal.js. Without this script, on a phone, and with ?read, it is a page.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  const colour = () => { root.dataset.theme = chosen ?? (dark.matches ? "dark" : "light"); };
  colour();
  dark.addEventListener("change", colour);
  addEventListener("beforeprint", () => { root.dataset.theme = "light"; });
  addEventListener("afterprint", colour);

  const asked = new URLSearchParams(location.search);
  const narrow = innerWidth < 700 && !asked.has("receiver"); // the speaker's window has slides in frames
  if (asked.has("read") || narrow) {
    document.querySelector(".tl-present").hidden = narrow;
    return;
  }
  document.getElementById("reveal-style").media = "screen";
  document.getElementById("face-style").media = "all";
  const keys = {
    D: ["Light or dark", () => { chosen = root.dataset.theme === "dark" ? "light" : "dark"; colour(); }],
    R: ["Read as a page, with notes", () => { location.search = "?read"; }],
  };
  Reveal.initialize({
    width: 1280, height: 720, margin: 0, center: false, hash: true, transition: "none", backgroundTransition: "none",
    slideNumber: "c/t", scrollActivationWidth: 0, help: true, plugins: [RevealNotes],
  }).then(() => Reveal.getRevealElement().removeAttribute("role")); // in an "application" a screen reader does not read
  for (const [key, [description, callback]] of Object.entries(keys)) {
    Reveal.addKeyBinding({ keyCode: key.charCodeAt(0), key, description }, callback);
  }
})();
