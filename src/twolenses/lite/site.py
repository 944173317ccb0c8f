"""The folder ``lite/`` of the built book: JupyterLite's notebook page, every exercise, and Pyodide beneath it.

JupyterLite's own builder makes the page, in an environment of its own. Then come Pyodide, the notebooks, our service
worker and our bar; and each exercise page gets its first link, *Run it here*.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from twolenses import course, exercises, quiz, slim
from twolenses.errors import LiteError, place
from twolenses.files import write
from twolenses.lite import light, pack, pyodide
from twolenses.lite.links import link
from twolenses.lite.switch import needed, switch

__all__ = ["build", "lay_notebooks", "lay_quizzes"]

FOLDER = "lite"
APPS = ("notebooks", "tree")
PYODIDE = Path("static", "pyodide")
_KERNEL = "@jupyterlite/pyodide-kernel-extension"

# All that a kernel asks for when it starts, loaded at once instead of one after the other.
PRELOADED = (
    *("micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm", "pyodide_kernel", "jedi", "ipython"),
    "twolenses",
)

SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 10},  # seconds
    "@jupyterlab/notebook-extension:tracker": {
        "codeCellConfig": {"lineWrap": True},  # a phone cuts lines otherwise
        "windowingMode": "none",  # "full" loses cells after a Revert
    },
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}


def build(
    pages: Path, jupyter: Path, release: str | Path = pyodide.RELEASE, tell: Callable[[str], None] = print
) -> Path:
    """Build ``lite/`` beside the pages of a built book, and link it from every exercise.

    Parameters
    ----------
    pages
        The folder of the built book. Beside it a folder ``lite`` keeps what was fetched.
    jupyter
        The command ``jupyter`` of the environment of ``lite/requirements.txt``.
    release
        Where Pyodide's files are: an address, or a folder.
    tell
        Called with a line for each stage.

    Returns
    -------
    Path
        The folder ``lite/``.

    Raises
    ------
    LiteError
        If there is no book, or one of the parts cannot be had. What was built before stays as it was.
    """
    if not (pages / "index.html").is_file():
        raise LiteError(f"{place(pages)}  holds no built book. Run 'make build' first.")
    kept = pages.parent / FOLDER
    with tempfile.TemporaryDirectory(dir=pages.parent, prefix=".lite-") as made:
        site = Path(made) / FOLDER
        tell("  the notebook page")
        _jupyterlite(Path(made), site, jupyter)
        tell(f"  Pyodide {pyodide.VERSION}")
        _lay_pyodide(kept, site, _course(Path(made)), release)
        tell(f"  {light.lighten(site / PYODIDE, kept / 'compiled', shutil.which('node'))}")
        tell("  the notebooks")
        names = lay_notebooks(site)
        lay_quizzes(site)
        _lay_bar(site)
        _lay_icons(site)
        _lay_worker(site, names)
        target = pages / FOLDER
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(site, target)
    for name in names:
        page = pages / "exercises" / "notebooks" / name / "exercise.html"
        link(page, name, f"../../../{FOLDER}/notebooks/index.html?path={name}.ipynb")
    switch(pages)
    return target


def _course(folder: Path) -> Path:
    """The course's slim wheel."""
    return _named(slim.build(folder))


def _kernel(folder: Path, wheel: Path) -> Path:
    """The kernel's wheel with our module in it, which its last line begins."""
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["pyodide_kernel/__init__.py"] += b"\n__import__('two_lenses_kernel').begin(ipython_shell)\n"
    held["two_lenses_kernel.py"] = (resources("twolenses.lite") / "browser" / "two_lenses_kernel.py").read_bytes()
    made = folder / wheel.name
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return _named(made)


def _named(wheel: Path) -> Path:
    """A wheel under a name that changes with what is in it: what a browser kept is not taken for another."""
    with zipfile.ZipFile(wheel) as archive:
        content = b"".join(name.encode() + archive.read(name) for name in sorted(archive.namelist()))
    name, version, *tags = wheel.name.split("-")
    return wheel.rename(wheel.with_name("-".join([name, version, f"0{_hash(content)}", *tags])))


def _jupyterlite(folder: Path, site: Path, jupyter: Path) -> None:
    config = {
        "appName": "Two Lenses",
        "enableServiceWorkerCache": "true",
        "exposeAppInBrowser": "true",  # for tests, and whoever looks
        "litePluginSettings": {
            f"{_KERNEL}:kernel": {
                "disablePyPIFallback": True,
                "loadPyodideOptions": {"packages": PRELOADED},
                "pyodideUrl": "./static/pyodide/pyodide.js",
            }
        },
        "settingsOverrides": SETTINGS,
    }
    write(folder / "jupyter-lite.json", json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": config}))
    apps = [word for app in APPS for word in ("--apps", app)]
    command = [str(jupyter), "lite", "build", "--lite-dir", str(folder), "--output-dir", str(site), "--no-sourcemaps"]
    try:
        done = subprocess.run([*command, *apps], cwd=folder, capture_output=True, text=True)
    except OSError as error:
        raise LiteError(f"{jupyter}  cannot be started: {error.strerror}. 'make lite' installs it.") from None
    if done.returncode or not (site / "notebooks" / "index.html").is_file():
        said = "\n".join(f"  {line}" for line in done.stderr.strip().splitlines()[-10:])
        raise LiteError(f"JupyterLite did not build its page.\n{said}")


def _lay_pyodide(kept: Path, site: Path, course_wheel: Path, release: str | Path) -> None:
    """Pyodide, and in its lock the course and the kernel's own wheels; what was fetched is kept for the next build."""
    fetched = kept / "pyodide"
    kernel = site / "extensions" / _KERNEL / "static" / "pypi"
    ipykernel, piplite, own = (next(kernel.glob(f"{one}-*.whl")) for one in ("ipykernel", "piplite", "pyodide_kernel"))
    wheels = [course_wheel, ipykernel, piplite, _kernel(course_wheel.parent, own), *pyodide.download(kept / "wheels")]
    pyodide.place(fetched, wheels, release)
    shutil.copytree(fetched, site / PYODIDE)
    _take_font_list(site / PYODIDE)


def _take_font_list(folder: Path) -> None:
    """Have Matplotlib's wheel, which was held to its digest, take the list of fonts that it brings."""
    lock = json.loads((folder / pyodide.LOCK[0]).read_text(encoding="utf-8"))
    entry = lock["packages"]["matplotlib"]
    wheel = folder / entry["file_name"]
    wheel.write_bytes(slim.with_font_list(wheel.read_bytes()))
    entry["file_name"] = _named(wheel).name
    entry["sha256"] = hashlib.sha256((folder / entry["file_name"]).read_bytes()).hexdigest()
    write(folder / pyodide.LOCK[0], json.dumps(lock))


def lay_notebooks(site: Path) -> list[str]:
    """Every student notebook, and the list that JupyterLite reads instead of a folder."""
    listed = []
    for path in exercises.masters():
        master = exercises.read(path)
        notebook = exercises.lite_notebook(exercises.student(master))
        text = exercises.writes(_versioned(notebook, master.name))
        write(site / "files" / f"{master.name}.ipynb", text)
        listed.append(_listed(f"{master.name}.ipynb", len(text.encode())))
    folder = {**_listed("", 0), "format": "json", "type": "directory", "mimetype": None, "content": listed}
    write(site / "api" / "contents" / "all.json", json.dumps(folder))
    return [one["name"].removesuffix(".ipynb") for one in listed]


QUIZ = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ margin: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #222; background: #fff }}
h1 {{ font-size: 1.25rem }}
{style}
</style>
<main>
<h1>{title}</h1>
{form}
</main>
<script>{script}</script>
</html>
"""


def lay_quizzes(site: Path) -> None:
    """A page of its own for each quiz: what `quiz.show` frames where no quiz can be read."""
    from twolenses.quiz import html  # a notebook page without quizzes needs no Markdown

    assets = html.assets()
    for chapter in course.chapters():
        title = f"Quiz: {escape(chapter.title)}"
        form = html.form(quiz.load(str(chapter)))
        page = QUIZ.format(title=title, style=assets["quiz.css"], form=form, script=assets["quiz.js"])
        write(site / "quizzes" / f"{chapter}.html", page)


def _versioned(notebook: Any, name: str) -> Any:
    """A notebook that says its version: one that differs has another."""
    version = _hash(json.dumps(notebook, sort_keys=True).encode())
    notebook.metadata.setdefault("two_lenses", {}).update(exercise=name, version=version)
    return notebook


def _listed(name: str, size: int) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    about = {"name": name, "path": name, "created": now, "last_modified": now, "size": size, "writable": True}
    return {**about, "content": None, "format": None, "mimetype": None, "type": "notebook"}


def _lay_bar(site: Path) -> None:
    """Our extension, named in JupyterLite's list after those that it found itself."""
    write(site / "extensions" / "two-lenses" / "static" / "extension.js", _static("extension.js"))
    config = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))
    known = config["jupyter-config-data"]["federated_extensions"]
    known.append({"name": "two-lenses", "load": "static/extension.js", "extension": "./extension"})
    write(site / "jupyter-lite.json", json.dumps(config))


def _lay_icons(site: Path) -> None:
    """The tab's icons, where JupyterLab asks for them and JupyterLite has none."""
    for name in ("favicon", "favicon-busy-1", "favicon-busy-2", "favicon-busy-3", "favicon-notebook", "favicon-file"):
        write(site / "static" / "favicons" / f"{name}.ico", (site / "notebooks" / "favicon.ico").read_bytes())


def _lay_worker(site: Path, names: list[str]) -> None:
    """Our service worker in the place of JupyterLite's, and pages that wait for it."""
    for app in APPS:
        page = site / app / "index.html"
        text = page.read_text(encoding="utf-8")
        for old, new in (
            ("        await import(\n", f"{_static('start.js')}        await import(\n"),
            ('      rel="preload"\n', ""),  # it would be loaded before the service worker could keep it
            ("    <meta charset", '    <link rel="icon" href="./favicon.ico" />\n    <meta charset'),
            ("<title>Jupyter Notebook - Notebooks</title>", "<title>Two Lenses</title>"),
        ):
            text = text.replace(old, new)
        if "navigator.serviceWorker" not in text:
            raise LiteError(f"{app}/index.html of JupyterLite has no place for the service worker.")
        write(page, text)
    first = [
        *("jupyter-lite.json", "jupyter-lite.ipynb", "index.html", "api/contents/all.json"),
        *(f"{app}/{name}" for app in APPS for name in ("", "index.html", "jupyter-lite.json", "jupyter-lite.ipynb")),
        *(f"files/{name}.ipynb" for name in names),
    ]
    kernel = [(site / PYODIDE / name).read_bytes() for name in ("pyodide.asm.wasm", light.LIBRARY)]
    built = {
        "site": _digest(site, but=PYODIDE.as_posix()),
        "pyodide": f"{pyodide.VERSION}-{_hash(b''.join(kernel))}",
        "first": first,
        "soon": _asked_by_python(site / PYODIDE),
        "packed": pack.lay(site, [*first, *pack.listed()]),
    }
    write(site / "service-worker.js", f"const BUILT = {json.dumps(built)}\n{_static('service-worker.js')}")


def _asked_by_python(folder: Path) -> list[str]:
    """What a kernel loads when it starts, in the order in which it asks."""
    lock = json.loads((folder / pyodide.LOCK[0]).read_text(encoding="utf-8"))["packages"]
    wheels = sorted({lock[name]["file_name"] for name in needed(lock, PRELOADED)})
    return [f"{PYODIDE.as_posix()}/{name}" for name in (light.LIBRARY, "pyodide.asm.wasm", *wheels)]


def _digest(site: Path, but: str) -> str:
    """Changes with any file that the page is made of; the times in the list of notebooks are none of them."""
    parts = [(site / but / "pyodide-lock.json").read_bytes()]
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith((but, "api/contents")):
            parts += [name.encode(), path.read_bytes()]
    return _hash(b"".join(parts))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _static(name: str) -> str:
    return (resources("twolenses.lite") / "static" / name).read_text(encoding="utf-8")
