"""The pictures of the instructors' pages, of the real thing: a made-up class, graded, in formgrader and JupyterLab.

    python chapters/instructors/pictures.py

runs the commands that the pages print, in a folder that is deleted afterwards, and writes `pictures/*.webp`. It needs
what `make test` needs: nbgrader, JupyterLab and a Chromium. Moodle and Canvas cannot be run so; their pages have words.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbclient
import nbformat
from PIL import Image
from playwright.sync_api import Locator, Page, TimeoutError, sync_playwright

HERE = Path(__file__).parent / "pictures"
EXERCISE = "01-newspaper-number"
ANSWERS = {
    "before = ...": 'before = serbian.loc["2023-09"]',
    "after = ...": 'after = serbian.loc["2023-10-02"]',
    "bases = ...": 'bases = deployments.loc[deployments["measure"] == "army_bases", "value"].sum()',
}
"""What stands in the notebook: the last is the army's bases for all, which the check knows."""
STUDENT = "student-15"
"""One with a mistake that a check knows by name."""
TOKEN = "pictures"
SCALE = 1.25
"""Pixels of a picture to one of the page."""

COMMANDS = f"""
twolenses demo-class demo --students 20
cd demo
nbgrader generate_assignment {EXERCISE} --create
twolenses grade {EXERCISE} --course .
twolenses report {EXERCISE} --course .
twolenses export paper --chapter 1 --shuffle --seed group-a -o group-a.html
"""


def main() -> None:
    """Make every picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = "set -e\n" + COMMANDS
        subprocess.run(["sh", "-c", script], cwd=folder, check=True, env=environment(), stdout=subprocess.DEVNULL)
        course = Path(folder) / "demo"
        found = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(device_scale_factor=SCALE, color_scheme="light")
        page.set_default_timeout(120_000)
        of_files(page, course)
        run(course)
        with jupyter(course) as address:
            of_formgrader(page, address)
            of_notebook(page, address)
        browser.close()


def of_files(page: Page, course: Path) -> None:
    """The report, a student's page, and the quiz with its key as they are printed."""
    page.set_viewport_size({"width": 640, "height": 700})
    page.goto((course / "reports" / f"{EXERCISE}.html").as_uri())
    save(page, "report", above=page.get_by_role("heading", name="Named mistakes"), margin=16, height=480)
    page.goto((course / "reports" / f"{EXERCISE}-feedback" / f"{STUDENT}.html").as_uri())
    save(page, "feedback", height=620)
    page.emulate_media(media="print")
    for name, file in {"paper": "group-a.html", "paper-key": "group-a-key.html"}.items():
        page.goto((course / file).as_uri())
        page.add_style_tag(content="body { margin: 24px }")  # the sheet's own
        save(page, name, height=440)
    page.emulate_media(media="screen")


def of_formgrader(page: Page, address: str) -> None:
    """A student's text, the criteria, and the field for its points."""
    page.set_viewport_size({"width": 800, "height": 900})
    page.goto(f"{address}lab?token={TOKEN}")  # logs in; formgrader's own page does not keep it
    page.goto(f"{address}formgrader/gradebook/{EXERCISE}/{EXERCISE}")
    page.locator("table tbody a").first.click()
    points = page.locator("div.nbgrader_cell:has(input.score)").filter(has_text="correction = ").first
    points.wait_for()
    save(page, "formgrader", above=points, margin=120, height=440)  # below what formgrader keeps at the top


def run(course: Path) -> None:
    """Answer the first tasks of the student's notebook, one of them wrongly, and run it."""
    path = course / "release" / EXERCISE / f"{EXERCISE}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for dots, answer in ANSWERS.items():
            cell.source = cell.source.replace(dots, answer)
    nbclient.NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
    nbformat.write(notebook, path)


def of_notebook(page: Page, address: str) -> None:
    """The student's notebook, with an answer and what its check says."""
    page.set_viewport_size({"width": 640, "height": 660})
    page.goto(f"{address}doc/tree/release/{EXERCISE}/{EXERCISE}.ipynb?token={TOKEN}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    with contextlib.suppress(TimeoutError):
        page.get_by_role("button", name="No", exact=True).click(timeout=10_000)  # to Jupyter's own news
    save(page, "notebook", above=page.locator(".jp-CodeCell", has_text="bases = deployments"), height=500)


def save(page: Page, name: str, *, above: Locator | None = None, margin: int = 64, height: int | None = None) -> None:
    """What is seen as a small WebP: all, or `height` pixels of the page, from `margin` pixels above something on."""
    page.wait_for_timeout(1000)
    if above:
        scroll = "(one, margin) => { one.style.scrollMarginTop = margin + 'px'; one.scrollIntoView({block: 'start'}) }"
        above.evaluate(scroll, margin)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    if height:
        image = image.crop((0, 0, image.width, round(height * SCALE)))
    HERE.mkdir(exist_ok=True)
    path = HERE / f"{name}.webp"
    image.save(path, quality=60, method=6)
    print(f"{path.name}: {image.width} by {image.height}, {path.stat().st_size} bytes")


def environment() -> dict[str, str]:
    """Ours, with the commands of this Python on the path."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}


@contextlib.contextmanager
def jupyter(course: Path) -> Iterator[str]:
    """A Jupyter server over a course directory, with settings of its own; the address ends in a slash."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
        "IPYTHONDIR",
    )
    settings = {name: str(course / ".jupyter" / name.lower()) for name in own}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}",
        f"--IdentityProvider.token={TOKEN}", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    with (course / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment() | settings, cwd=course, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}api?token={TOKEN}", timeout=2):
                break
            time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    main()
