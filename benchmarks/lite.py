"""Exercise 1 in the browser, to its first check that says ✓: ours, and plain JupyterLite, in one run.

The same notebook, solved, the same Pyodide and the same packages. Each side is opened for the first time, again, and
without a network, in turn, each in a browser of its own. Bytes and requests are the server's; *as sent* is with gzip,
as most hosts send scripts and Wasm. After `make test-lite`:

    python benchmarks/lite.py [--rounds 3]
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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from playwright.sync_api import Browser, Error, sync_playwright

from twolenses import exercises
from twolenses.lite import pyodide

ROOT = Path(__file__).parents[1]
LITE = ROOT / "_build" / "html" / "lite"
JUPYTER = ROOT / ".venv" / "lite" / "bin" / "jupyter"
MASTER = exercises.exercise("1")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SEEN = "() => [...document.querySelectorAll('.jp-OutputArea-output')].some(one => one.innerText.includes('✓'))"
VISITS = ("first", "again", "no network")


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=3)
    rounds = asked.parse_args().rounds
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        sides = {"ours": ours(Path(made) / "ours"), "plain": plain(Path(made) / "plain")}
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        taken: dict[tuple[str, str], list[tuple[float | None, int, int, int]]] = {}
        for _ in range(rounds):
            for side, site in sides.items():
                for visit, result in visits(browser, site):
                    taken.setdefault((side, visit), []).append(result)
                    print(side, visit, *result, file=sys.stderr, flush=True)
        browser.close()
    print(f"{'':8}{'visit':12}{'first ✓, median':>16}{'MB':>8}{'MB as sent':>12}{'requests':>10}")
    for (side, visit), results in taken.items():
        seconds = [result[0] for result in results if result[0] is not None]
        shown = f"{statistics.median(seconds):.1f} s" if seconds else "never"
        _, raw, sent, requests = results[0]
        print(f"{side:8}{visit:12}{shown:>16}{raw / 1e6:8.2f}{sent / 1e6:12.2f}{requests:10}")


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
        course = next((LITE / "static" / "pyodide").glob("twolenses-*.whl"))
        pyodide.place(
            pages / "static" / "pyodide",
            [course, *pyodide.download(ROOT / "_build" / "lite" / "wheels")],
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


def visits(browser: Browser, site: Path) -> Iterator[tuple[str, tuple[float | None, int, int, int]]]:
    """Seconds to the first ✓, or None where none came; bytes, bytes as sent, requests."""
    with serving(site) as (address, sent), browser.new_context() as context:
        for visit in VISITS:
            sent.clear()
            context.set_offline(visit == "no network")
            yield (
                visit,
                (until_checked(context, address), sum(one[0] for one in sent), sum(one[1] for one in sent), len(sent)),
            )


def until_checked(context: Any, address: str) -> float | None:
    """Open the notebook, run all cells, wait for a check."""
    page = context.new_page()
    began = time.perf_counter()
    try:
        page.goto(f"{address}notebooks/index.html?path={MASTER.name}.ipynb")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=120_000)
        page.get_by_text("Run", exact=True).first.click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        page.wait_for_function(SEEN, timeout=240_000)
        return time.perf_counter() - began
    except Error:
        return None
    finally:
        page.close()


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """An address, and for each answer its bytes and its bytes as sent."""
    sent: list[tuple[int, int]] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages has it
            super().end_headers()

        def copyfile(self, source: Any, outputfile: Any) -> None:
            content = source.read()
            sent.append((len(content), as_sent(self.path, content)))
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
    plain = path.partition("?")[0].endswith((".whl", ".zip", ".png", ".ico", ".woff2"))
    return len(content) if plain else _zipped(content)


if __name__ == "__main__":
    main()
