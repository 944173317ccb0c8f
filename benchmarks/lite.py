"""Exercise 1 in the browser, to its first check that says ✓: ours, and plain JupyterLite, in one run.

The same notebook, solved, the same Pyodide and the same packages. Each side is opened for the first time, again, and
without a network, in turn, each in a browser of its own. Bytes and requests are the server's; *as sent* is with gzip,
as most hosts send scripts and Wasm. The last side is the task in the page (`benchmarks/cell.py`), from the press of
*Run* to its first result. After `make test-lite`:

    python benchmarks/lite.py [--rounds 3]

With `--list` nothing is measured: the list of what JupyterLite's page asks for first is written anew, for `make lite`
to pack. That is needed after another version of JupyterLite.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from cell import EXERCISE, first_result
from playwright.sync_api import BrowserContext, Error, sync_playwright

from twolenses import exercises, slim
from twolenses.lite import pack, pyodide

ROOT = Path(__file__).parents[1]
LITE = ROOT / "_build" / "html" / "lite"
JUPYTER = ROOT / ".venv" / "lite" / "bin" / "jupyter"
MASTER = exercises.exercise("1")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SEEN = "() => [...document.querySelectorAll('.jp-OutputArea-output')].some(one => one.innerText.includes('✓'))"
VISITS = ("first", "again", "no network")
LISTED = ("api/translations/", "build/", "config-utils.js", "extensions/", "static/")


Launch = Callable[[str], BrowserContext]


class Sent(NamedTuple):
    """An answer of the server: its path, its bytes, and its bytes as sent."""

    path: str
    raw: int
    gzipped: int


class Visit(NamedTuple):
    """Seconds to what was waited for, or None where it never came, and what was sent until then."""

    seconds: float | None
    sent: tuple[Sent, ...]


def main() -> None:
    """Print a table, or write the list."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--list", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        launch = functools.partial(
            playwright.chromium.launch_persistent_context, executable_path=found, args=["--no-sandbox"]
        )
        if options.list:
            write_list(launch, plain(Path(made) / "plain"))
        else:
            print(table(measured(launch, Path(made), options.rounds)))


def measured(launch: Launch, made: Path, rounds: int) -> dict[tuple[str, str], list[Visit]]:
    """All visits, by side and visit."""
    sites = {"ours": ours(made / "ours"), "plain": plain(made / "plain")}
    taken: dict[tuple[str, str], list[Visit]] = {}
    for _ in range(rounds):
        ways = {side: visits(launch, site) for side, site in sites.items()} | {"in page": in_page(launch)}
        for side, way in ways.items():
            for visit, result in way:
                taken.setdefault((side, visit), []).append(result)
                print(side, visit, result.seconds, file=sys.stderr, flush=True)
    return taken


def table(taken: dict[tuple[str, str], list[Visit]]) -> str:
    """A line for each side and visit: the median of its seconds, and what its first round was sent."""
    lines = [f"{'':8}{'visit':12}{'first result, median':>20}{'MB':>8}{'MB as sent':>12}{'requests':>10}"]
    for (side, visit), results in taken.items():
        seconds = [result.seconds for result in results if result.seconds is not None]
        shown = f"{statistics.median(seconds):.1f} s" if seconds else "never"
        sent = results[0].sent
        raw, gzipped = sum(one.raw for one in sent) / 1e6, sum(one.gzipped for one in sent) / 1e6
        lines.append(f"{side:8}{visit:12}{shown:>20}{raw:8.2f}{gzipped:12.2f}{len(sent):10}")
    return "\n".join(lines)


def write_list(launch: Launch, site: Path) -> None:
    """What the page asks for of JupyterLite, its extensions and Pyodide's core, but for notebooks and archives."""
    _, first = next(visits(launch, site))
    if first.seconds is None:
        sys.exit("No check has said ✓; the list stays as it was.")
    paths = {one.path.partition("?")[0].lstrip("/") for one in first.sent} | {
        "extensions/two-lenses/static/extension.js"
    }
    listed = sorted(path for path in paths if path.startswith(LISTED) and not path.endswith((".whl", ".zip", ".wasm")))
    (comment, *_) = pack.LIST.read_text(encoding="utf-8").splitlines()
    pack.LIST.write_text("\n".join([comment, *listed, ""]), encoding="utf-8")
    print(f"{len(listed)} files are listed in {pack.LIST}")


def solved() -> str:
    """The notebook, solved, without the cell that installs."""
    notebook = exercises.rebuild(MASTER, lambda cell: setattr(cell, "source", exercises.solution(cell.source)))
    given = exercises.lite_notebook(exercises.student(MASTER))
    sources = {cell["id"]: cell.source for cell in notebook.cells if "task" in cell.metadata}
    for cell in given.cells:
        cell.source = sources.get(cell["id"], cell.source)
    return exercises.writes(given)


def ours(site: Path) -> Path:
    """What `make lite` built."""
    shutil.copytree(LITE, site)
    (site / "files" / f"{MASTER.name}.ipynb").write_text(solved())
    return site


def plain(site: Path) -> Path:
    """JupyterLite as its builder makes it, with its cache on and the same packages in Pyodide's lock."""
    pages = site.with_name("plain-source")
    (pages / "static").mkdir(parents=True)
    kernel = {"disablePyPIFallback": True}
    config = {
        "enableServiceWorkerCache": True,
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
    }
    (pages / "jupyter-lite.json").write_text(
        json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": config})
    )
    with mock.patch.multiple(
        pyodide,
        LEFT_OUT=("jupyterlab-widgets", "widgetsnbextension"),
        LATE=(),
        PACKAGES=(*pyodide.PACKAGES, "jedi", "ssl"),
    ):
        pyodide.place(
            pages / "static" / "pyodide",
            [slim.build(pages), *pyodide.download(ROOT / "_build" / "lite" / "wheels")],
            ROOT / "_build" / "pyodide",
        )
    command = [
        JUPYTER,
        "lite",
        "build",
        "--lite-dir",
        pages,
        "--output-dir",
        site,
        "--apps",
        "notebooks",
        "--apps",
        "tree",
    ]
    subprocess.run(list(map(str, command)), cwd=pages, check=True, capture_output=True)
    for folder in ("files", "api/contents"):
        shutil.copytree(LITE / folder, site / folder, dirs_exist_ok=True)
    (site / "files" / f"{MASTER.name}.ipynb").write_text(solved())
    return site


def visits(launch: Launch, site: Path) -> Iterator[tuple[str, Visit]]:
    """The notebook in a browser of its own, three times."""
    with serving(site) as (address, sent), fresh(launch) as context:
        for visit in VISITS:
            sent.clear()
            context.set_offline(visit == "no network")
            seconds = until_checked(context, address)
            yield visit, Visit(seconds, tuple(sent))


def in_page(launch: Launch) -> Iterator[tuple[str, Visit]]:
    """The task in the page of the exercise, twice: what the page itself loads is not counted."""
    with serving(LITE.parent) as (address, sent), fresh(launch) as context:
        for visit in VISITS[:2]:
            seconds = first_result(context, f"{address}{EXERCISE}", sent)
            yield visit, Visit(seconds, tuple(sent))


@contextmanager
def fresh(launch: Launch) -> Iterator[BrowserContext]:
    """A browser that keeps what it loads in a folder of its own, as a reader's does."""
    with tempfile.TemporaryDirectory() as folder, launch(folder) as context:
        yield context


def until_checked(context: Any, address: str) -> float | None:
    """Open the notebook, run all cells, wait for a check."""
    page = context.new_page()
    began = time.perf_counter()
    try:
        page.goto(f"{address}notebooks/index.html?path={MASTER.name}.ipynb")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=120_000)
        page.get_by_text("Run", exact=True).first.click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        page.wait_for_function(SEEN, timeout=90_000)
        return time.perf_counter() - began
    except Error:
        return None
    finally:
        page.close()


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, list[Sent]]]:
    """An address, and all answers in their order."""
    sent: list[Sent] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages has it
            super().end_headers()

        def copyfile(self, source: Any, outputfile: Any) -> None:
            content = source.read()
            sent.append(Sent(self.path, len(content), as_sent(self.path, content)))
            outputfile.write(content)

    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


@functools.cache
def _zipped(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def as_sent(path: str, content: bytes) -> int:
    """What is packed already is not packed again."""
    plain = path.partition("?")[0].endswith((".whl", ".zip", ".pack", ".png", ".ico", ".woff2"))
    return len(content) if plain else _zipped(content)


if __name__ == "__main__":
    main()
