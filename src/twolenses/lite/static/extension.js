/* What the notebook page has of ours: a bar with *Download to hand in*, where the work lies, and a word when the site
 * has a newer version. A JupyterLab extension written by hand: a container with `init` and `get`, no build.
 */
{
  "use strict"

  const WORDS = {
    bar: "Two Lenses",
    download: "Download to hand in",
    where: "Where is my work?",
    here: "Your work is saved in this browser, on this device. No server has it.",
    safe: "The browser has promised to keep it.",
    unsafe: "The browser may clear it when space is short, and a private window forgets it when it is closed.",
    take: "To go on elsewhere, download it and upload it there in the list of notebooks.",
    list: "List of notebooks",
    changed: "The site has a newer version of this exercise. Your copy is as you left it.",
    open: "Open the newer version beside it",
    keep: "Keep to my copy",
    earlier: "You have another copy of this exercise:",
  }
  const STYLE = `
    .tl-bar { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 4px 8px; font-size: 14px;
      background: var(--jp-layout-color1); color: var(--jp-ui-font-color1); border-bottom: 1px solid var(--jp-border-color2) }
    .tl-bar button { font: inherit; padding: 4px 10px; min-height: 28px; cursor: pointer; border-radius: 3px;
      border: 1px solid var(--jp-border-color1); background: var(--jp-layout-color1); color: inherit }
    .tl-bar button.tl-download { background: #0a6199; border-color: #0a6199; color: #fff; font-weight: 600 }
    .tl-bar button:focus-visible, .tl-bar a:focus-visible { outline: 2px solid #0a6199; outline-offset: 2px }
    .tl-bar p { flex-basis: 100%; margin: 2px 0; max-width: 75ch; line-height: 1.4 }
    .tl-bar a { color: var(--jp-content-link-color); text-decoration: underline }
    .tl-changed { border-left: 4px solid #b04a00; padding-left: 8px }`

  let shared = {}

  const plugin = {
    id: "two-lenses:handing-in",
    autoStart: true,
    activate: async app => {
      const { Widget } = await sharedModule("@lumino/widgets")
      document.head.append(element("style", STYLE))
      const dressed = new WeakSet()
      const dress = () => {
        const panel = app.shell.currentWidget
        if (!panel?.context || !panel.contentHeader || dressed.has(panel)) return
        dressed.add(panel)
        panel.context.ready.then(() => panel.context.path.endsWith(".ipynb") && addBar(app, panel, Widget))
      }
      app.restored.then(() => { // not waited for: JupyterLab waits for its extensions first
        app.shell.currentChanged.connect(dress)
        dress()
      })
    },
  }

  /* A module that JupyterLab shares with its extensions. */
  async function sharedModule(name) {
    const [version] = Object.values(shared[name])
    return (await version.get())()
  }

  function addBar(app, panel, Widget) {
    const node = element("div", "", { className: "tl-bar", role: "region", ariaLabel: WORDS.bar })
    const download = element("button", WORDS.download, { type: "button", className: "tl-download" })
    const where = element("button", WORDS.where, { type: "button", ariaExpanded: "false" })
    const told = element("p", "", { hidden: true })
    download.addEventListener("click", () => handIn(panel))
    where.addEventListener("click", async () => {
      told.hidden = !told.hidden
      where.ariaExpanded = String(!told.hidden)
      if (!told.hidden) told.replaceChildren(await whereItLies(), " ", link(WORDS.list, "tree/index.html"), ".")
    })
    node.append(download, where, told)
    const bar = new Widget()
    bar.id = "two-lenses-bar"
    bar.node.append(node)
    panel.contentHeader.addWidget(bar)
    new ResizeObserver(() => {
      bar.node.style.minHeight = `${node.offsetHeight}px` // JupyterLab gives a widget no more than it says it needs
      panel.contentHeader.fit()
    }).observe(node)
    panel.context.model.contentChanged.connect(askToKeep)
    compare(app, panel, node)
  }

  async function whereItLies() {
    const promised = await navigator.storage?.persisted?.()
    return [WORDS.here, promised ? WORDS.safe : WORDS.unsafe, WORDS.take].join(" ")
  }

  /* Once, when there is something to lose: some browsers ask their user. */
  function askToKeep(model) {
    model.contentChanged.disconnect(askToKeep)
    navigator.storage?.persist?.().catch(() => {})
  }

  /* The notebook as a file that `twolenses collect` knows by its name, for the kernel that it came with. */
  async function handIn(panel) {
    navigator.storage?.persist?.().catch(() => {})
    await panel.context.save()
    const notebook = panel.context.model.toJSON()
    notebook.metadata.kernelspec = { display_name: "Python 3", language: "python", name: "python3" }
    const file = new Blob([JSON.stringify(notebook, null, 1), "\n"], { type: "application/x-ipynb+json" })
    const address = URL.createObjectURL(file)
    element("a", "", { href: address, download: `${exerciseOf(panel)}.ipynb` }).click()
    setTimeout(() => URL.revokeObjectURL(address), 60000)
  }

  /* Nothing is overwritten: the newer version becomes a notebook of its own, and each names the other. */
  async function compare(app, panel, bar) {
    const name = exerciseOf(panel)
    const site = await onSite(name)
    if (!site) return
    const { version } = site.metadata.two_lenses
    const newer = `${name}-${version}.ipynb`
    if (versionOf(panel) !== version) {
      if (kept(name) !== version) bar.append(changed(app, site, newer, name, version))
    } else if (panel.context.path === newer) {
      bar.append(element("p", `${WORDS.earlier} `), "")
      bar.querySelector("p:last-of-type").append(link(`${name}.ipynb`, `notebooks/index.html?path=${name}.ipynb`))
    }
  }

  function changed(app, site, newer, name, version) {
    const line = element("p", `${WORDS.changed} `, { className: "tl-changed", role: "status" })
    const open = element("button", WORDS.open, { type: "button" })
    const keep = element("button", WORDS.keep, { type: "button" })
    open.addEventListener("click", async () => {
      const { contents } = app.serviceManager
      const there = await contents.get(newer, { content: false }).catch(() => null)
      if (!there) await contents.save(newer, { type: "notebook", format: "json", content: site })
      location.assign(address(`notebooks/index.html?path=${newer}`))
    })
    keep.addEventListener("click", () => {
      localStorage.setItem(`two-lenses-kept-${name}`, version)
      line.remove()
    })
    line.append(open, " ", keep)
    return line
  }

  async function onSite(name) {
    const answer = await fetch(address(`files/${name}.ipynb`), { cache: "no-cache" }).catch(() => null)
    return answer?.ok ? answer.json() : null
  }

  const kept = name => localStorage.getItem(`two-lenses-kept-${name}`)
  const said = panel => panel.context.model.getMetadata("two_lenses") ?? {}
  const versionOf = panel => said(panel).version
  const exerciseOf = panel => said(panel).exercise ?? panel.context.path.split("/").pop().replace(/\.ipynb$/, "")
  const address = path => new URL(`../${path}`, location.href.replace(/[?#].*/, "")).href
  const link = (text, path) => element("a", text, { href: address(path) })

  function element(tag, text = "", properties = {}) {
    const made = Object.assign(document.createElement(tag), properties)
    if (text) made.textContent = text
    return made
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {}
  window._JUPYTERLAB["two-lenses"] = {
    init: scope => void (shared = scope),
    get: async () => () => ({ __esModule: true, default: plugin }),
  }
}
