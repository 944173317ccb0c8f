"""A quiz of thirty questions as our form and as jupyterquiz: bytes, time until it answers, accessibility.

Needs jupyterquiz, which the course does not use: pip install --no-deps --target /tmp/peer jupyterquiz, then
PYTHONPATH=/tmp/peer python benchmarks/quiz/compare.py

Ten single choices, ten multiple responses, ten numbers, with the same texts and the same feedback. Both are plain
pages from one local server, the processor four times slowed down by Chromium. *Interactive* is the time from the
first line of the script to the end of the task that makes the controls work: the median and the best of fifteen
loads, ours and theirs in turns, since a busy machine disturbs both. Nothing here is a test, but the bound of 50 ms is
ours to keep.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import shutil
import statistics
import tempfile
import threading
from pathlib import Path
from typing import Any

import axe_playwright_python
import jupyterquiz
from playwright.sync_api import Browser, sync_playwright

from twolenses import quiz
from twolenses.quiz import html

LOADS = 15
SLOWER = 4
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quiz</title>{}</head>
<body><main><h1>Quiz</h1>{}</main></body></html>
"""
STEM = "Question {} of a quiz that asks thirty, and asks at the length at which quizzes ask"
FEEDBACK = "A sentence for whoever chooses option {}, which says why it is what it is."


def ours(folder: Path) -> str:
    """Thirty questions as a quiz file."""
    entries = []
    for number in range(30):
        entry: dict[str, Any] = {
            "id": f"q-{number}", "objective": "o", "level": "apply", "difficulty": "easy", "source": "C21",
            "stem": STEM.format(number), "hint": "Think again.", "because": "So it is.",
        }  # fmt: skip
        if number % 3 == 2:
            entry |= {"type": "numeric", "answer": {"fact": "serbian_troop_cut", "within": 0.5}}
        else:
            keys = (0,) if number % 3 == 0 else (0, 2)
            options = [(f"Option {one}", FEEDBACK.format(one), one in keys) for one in range(4)]
            entry["type"] = ("single", "multiple")[number % 3]
            entry["options"] = [{"text": text, "feedback": said, "key": key} for text, said, key in options]
        entries.append(entry)
    path = folder / "thirty.yml"
    path.write_text(json.dumps(entries), encoding="utf-8")
    for name, source in html.assets().items():
        (folder / name).write_text(source, encoding="utf-8")
    return html.form(quiz.read(path))


def theirs() -> str:
    """The same thirty as jupyterquiz puts them on a page: a place, a style and a script."""
    entries = []
    for number in range(30):
        entry: dict[str, Any] = {"question": STEM.format(number)}
        if number % 3 == 2:
            entry["type"] = "numeric"
            entry["answers"] = [
                {"type": "range", "range": [45.6, 46.6], "correct": True, "feedback": "So it is."},
                {"type": "default", "feedback": "Not yet."},
            ]
        else:
            keys = (0,) if number % 3 == 0 else (0, 2)
            entry["type"] = ("multiple_choice", "many_choice")[number % 3]
            entry["answers"] = [
                {"answer": f"Option {one}", "correct": one in keys, "feedback": FEEDBACK.format(one)}
                for one in range(4)
            ]
        entries.append(entry)
    shown: list[Any] = []
    module = jupyterquiz.dynamic.display
    module.display = shown.append
    module.display_quiz(entries)
    place, script = shown
    return f"{place.data}</div><script>performance.mark('start');{script.data};performance.mark('live');</script>"


def pages(folder: Path) -> None:
    """Both pages, with a mark before the script and one behind it. Ours is deferred, as in the book: when it runs, the
    form is there, and when it has run, the controls are live. Theirs stands behind its place, as in a notebook."""
    (folder / "start.js").write_text("performance.mark('start');")
    (folder / "live.js").write_text("performance.mark('live');")
    head = '<link rel="stylesheet" href="quiz.css">'
    head += "".join(f'<script defer src="{name}.js"></script>' for name in ("start", "quiz", "live"))
    (folder / "ours.html").write_text(HEAD.format(head, ours(folder)), encoding="utf-8")
    (folder / "theirs.html").write_text(HEAD.format("", theirs()), encoding="utf-8")


def weight(folder: Path, names: tuple[str, ...]) -> tuple[int, int]:
    """Bytes, and bytes as sent."""
    read = [(folder / name).read_bytes() for name in names]
    return sum(map(len, read)), sum(len(gzip.compress(one, 9)) for one in read)


def interactive(browser: Browser, address: str) -> float:
    """Milliseconds from the script's start to live controls, in a browser that has never been here."""
    with browser.new_context() as context:
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address)
        page.wait_for_function("performance.getEntriesByName('live').length")
        return float(page.evaluate("performance.measure('wait', 'start', 'live').duration"))


def violations(browser: Browser, address: str) -> str:
    """What axe says, by rule."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_timeout(500)
        page.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text())
        options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": AXE}}
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return ", ".join(f"{one['id']} ×{len(one['nodes'])}" for one in found) or "none"


def main() -> None:
    """Print the table."""
    found = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages(folder)

        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *args: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            kinds = {"ours": ("ours.html", "quiz.js", "quiz.css"), "theirs": ("theirs.html",)}
            at = f"http://127.0.0.1:{server.server_port}/"
            waits: dict[str, list[float]] = {kind: [] for kind in kinds}
            for _ in range(LOADS):
                for kind, files in kinds.items():
                    waits[kind].append(interactive(browser, at + files[0]))
            for kind, files in kinds.items():
                raw, sent = weight(folder, files)
                middle, best = statistics.median(waits[kind]), min(waits[kind])
                said = violations(browser, at + files[0])
                print(f"{kind:6} {raw:8,} B {sent:7,} B gzip {middle:6.1f} ms, best {best:.1f} ms  axe: {said}")
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
