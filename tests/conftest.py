"""What several tests need: the built book, a browser, notebooks that run."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import http.server
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import nbclient
import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from twolenses import cli, course, exercises, keys
from twolenses.book import build
from twolenses.book.site import page
from twolenses.grading.client import Warm

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


class ByFile(LoadScopeScheduling):
    """On several cores, the tests of a file stay together: they share a built book, a server or a browser.

    Only the exercises that nbgrader grades are shared out one by one.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if "::test_nbgrader_grades_it[" in nodeid else nodeid.split("::")[0]


LONG = (
    "book/test_site.py", "test_package.py", "course/test_instructors.py", "exercises/test_forms_and_marking.py",
    "book/test_build.py", "book/test_book.py", "grading/test_sandbox.py", "quiz/test_quiz_page.py", "book/test_evidence.py", "book/test_search.py",
    "grading/test_scores.py", "exercises/test_assignments_nbgrader.py", "handing_in/test_graded.py",
    "book/test_reference_pages.py", "test_recipes.py", "handing_in/test_faults.py", "grading/test_report.py",
    "exercises/test_later.py", "grading/test_run.py", "exercises/test_exercise_sliders.py", "exercises/test_variants.py",
    "course/test_otter_page.py", "exercises/test_assignments_otter.py", "test_cli.py", "quiz/test_quiz_widget.py",
    "lms/test_lms_qti.py", "book/test_light.py", "test_lite.py", "test_slim.py", "simulation/test_simulation.py",
)  # fmt: skip
"""The files that take longest begin first, so that no core waits for another at the end."""


def pytest_configure(config: pytest.Config) -> None:
    """The order below is kept."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first."""
    rank = {str(ROOT / "tests" / name): number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(str(item.path), len(rank)))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Called by pytest-xdist."""
    return ByFile(config, log)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    assert course.root() == ROOT, "the tests must run against this checkout: make test"
    return ROOT


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the book, built strictly as `make build` builds them; on several cores one builds, the others wait."""
    with (tmp_path_factory.getbasetemp().parent / "site.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        return build.build(root)


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The pages over http; the address ends in a slash."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: the one on the path, else Playwright's own."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


SMALL_TOC = """\
format: jb-book
root: index
chapters:
  - file: chapters/01-reading-the-case
  - file: exercises/notebooks/01-newspaper-number/exercise
  - file: exercises/notebooks/17-two-coders/exercise
  - file: chapters/reference/claims
  - file: chapters/reference/glossary
  - file: chapters/reference/dictionary
  - file: chapters/reference/bibliography
"""


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of what chapter 1 and exercise 1 are made of, to change at will and to build in seconds."""
    kept = tmp_path / "copy"
    for name in ("src", "data", "chapters", "exercises", "assets"):
        shutil.copytree(root / name, kept / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_config.yml", "pyproject.toml"):
        shutil.copy(root / name, kept / name)
    (kept / "_toc.yml").write_text(SMALL_TOC)
    (kept / "index.md").write_text("# Two Lenses\n\nA copy.\n")
    named = set(re.findall(r"file: (\S+)", SMALL_TOC))
    for folder, suffix in (("chapters", ".md"), ("exercises/notebooks", "exercise.md"), ("exercises/quizzes", ".yml")):
        for path in (kept / folder).rglob(f"*{suffix}"):
            docname = path.relative_to(kept).with_suffix("").as_posix()
            if docname.replace("exercises/quizzes", "chapters") not in named:
                path.unlink()
    executed = (
        root / "_build" / ".jupyter_cache" / page.digest()
    )  # the same cells, data, package and keys: the same outputs
    if executed.is_dir():
        shutil.copytree(executed, kept / "_build" / ".jupyter_cache" / executed.name)
    return kept


def run(*command: str | Path, cwd: Path, source: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment; `source` is a checkout whose package it is to use."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    if source:
        environment["PYTHONPATH"] = str(source / "src")
    return subprocess.run(list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True)


def run_here(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run `twolenses` as :func:`run` does, in this process: nothing is imported again."""
    words, out, err, code = ["twolenses", *map(str, arguments)], io.StringIO(), io.StringIO(), 0
    environment = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    with (
        mock.patch.object(sys, "argv", words),
        mock.patch.dict(os.environ, environment),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        keys.using(keys.EMPTY),
    ):
        try:
            cli.main()
        except SystemExit as left:
            code = int(left.code or 0)
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def build_copy(copy: Path) -> subprocess.CompletedProcess[str]:
    """Build the book in a copy, with the copy's own package."""
    return run("twolenses", "build", "book", cwd=copy, source=copy)


def execute(notebook: Any) -> Any:
    """Run a notebook to its end, errors included."""
    client = nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True)
    return client.execute()


def solved(master: exercises.Exercise) -> Any:
    """The master with every solution and every hidden test in place."""
    return exercises.rebuild(master, lambda cell: setattr(cell, "source", exercises.keep_all(cell.source)))


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """A warm process in which submissions run, in their sandbox."""
    with Warm() as started:
        yield started


TOKEN = "a-token-for-these-tests"


@contextlib.contextmanager
def jupyter_server(folder: Path) -> Iterator[str]:
    """A Jupyter server of our own over a folder; the address ends in a slash. It serves Lab and Notebook alike."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
        "IPYTHONDIR",
    )
    settings = {name: str(folder / name.lower()) for name in folders}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--expose-app-in-browser",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | settings, cwd=folder, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}api?token={TOKEN}", timeout=2):
                break
            assert server.poll() is None, (folder / "server.log").read_text()
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(15)
        server.kill()


def wait_for_kernel(jupyter: str, name: str) -> None:
    """Until the notebook of that name has a kernel and talks to it: what is run before is lost."""
    for _ in range(150):
        with urllib.request.urlopen(f"{jupyter}api/sessions?token={TOKEN}", timeout=5) as answer:
            kernels = [session["kernel"] for session in json.load(answer) if session["path"] == name]
        if any(kernel["execution_state"] == "idle" and kernel["connections"] for kernel in kernels):
            return
        time.sleep(0.2)
    raise AssertionError("The notebook has no kernel.")


def said(cell: Any) -> str:
    """Everything a code cell put out as text."""
    texts = []
    for output in cell.outputs:
        texts += [output.get("text", ""), *output.get("traceback", [])]
        texts.append(output.get("data", {}).get("text/plain", ""))
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(texts))


Run = Callable[..., subprocess.CompletedProcess[str]]
