"""What H5P's own libraries give, played by h5p-standalone in Chromium.

Run as a program, it has them mark every response to the bank of these tests and writes `h5p_scores.json`, to which
`h5p_rules.py` is held on every run of the tests; then every response to the questions of the course, and prints where
the mark is not that of the page (not with `--record`): `python tests/lms/h5p_scores.py LIBRARIES`. LIBRARIES is a folder with
`H5P.MultiChoice-1.16` and the others beside it, as a site with H5P has it. No package registry carries them, so that
no test can fetch them.
"""

from __future__ import annotations

import json
import mimetypes
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h5p_rules
import readers
import responses
from playwright.sync_api import Browser, Route, sync_playwright

from twolenses import quiz
from twolenses.lms import formats, h5p, select
from twolenses.quiz.types import BaseQuestion

RECORD = Path(__file__).with_name("h5p_scores.json")
BANK = Path(__file__).parent / "lms_bank"
WHAT_COUNTS = ("answers", "behaviour", "correct", "distractors", "questions", "textField")

Played = tuple[BaseQuestion, dict[str, Any], list[tuple[Any, Any, Any]]]
"""A question, what was written of it, and of each response: as the page has it, as H5P has it, points and maximum."""

PAGE = """<!doctype html><meta charset="utf-8"><div id="h5p"></div>
<script src="/player/dist/main.bundle.js"></script>
<script>
new H5PStandalone.H5P(document.getElementById("h5p"), {
  h5pJsonPath: "/set", contentJsonPath: "/set/content", librariesPath: "/libraries",
  frameJs: "/player/dist/frame.bundle.js", frameCss: "/player/dist/styles/h5p.css",
}).then(() => { window.ready = true; });
</script>"""

PLAY = """([question, states]) => states.map(state => {
  const name = question.library.split(" ")[0], params = JSON.parse(JSON.stringify(question.params));
  const saved = {
    "H5P.MultiChoice": {answers: state}, "H5P.TrueFalse": state === null ? undefined : {answer: state},
    "H5P.Blanks": state,
  }[name];
  const $here = H5P.jQuery("<div>").appendTo(document.body);
  const whole = {library: question.library, params, metadata: question.metadata};
  const made = H5P.newRunnable(whole, "x", $here, true, saved === undefined ? {} : {previousState: saved});
  if (name === "H5P.DragText") for (const [gap, word] of state.entries()) {
    if (word === null) continue;
    const free = made.draggables.find(one => one.getAnswerText() === word && !one.isInsideDropZone());
    if (!free) return null;  // nobody can drop a word twice that is there once
    made.drop(free, made.droppables[gap]);
  }
  const marked = [made.getScore(), made.getMaxScore()];
  $here.remove();
  return marked;
})"""


def _answer(route: Route, libraries: Path, package: zipfile.ZipFile) -> None:
    kind, _, rest = route.request.url.removeprefix("http://reader.test/").partition("?")[0].partition("/")
    folder = {"player": readers.fetched("h5p-standalone@3.8.2"), "libraries": libraries}.get(kind)
    if not kind:
        route.fulfill(body=PAGE, content_type="text/html")
    elif kind == "set" and rest in package.namelist():
        route.fulfill(body=package.read(rest), content_type="application/json")
    elif folder and (folder / rest).is_file():
        route.fulfill(body=(folder / rest).read_bytes(), content_type=mimetypes.guess_type(rest)[0] or "text/plain")
    elif rest.endswith("library.json"):  # icons, videos: nothing that marks
        name, _, version = rest.split("/")[0].rpartition("-")
        major, minor = map(int, version.split("."))
        route.fulfill(json={"machineName": name, "majorVersion": major, "minorVersion": minor, "patchVersion": 0})
    else:
        route.fulfill(status=404)


def _played(browser: Browser, libraries: Path, quizzes: list[quiz.Quiz], path: Path) -> Iterator[Played]:
    h5p.write(quizzes, path)
    page = browser.new_page()
    with zipfile.ZipFile(path) as package:

        def answer(route: Route) -> None:
            _answer(route, libraries, package)

        page.route("**/*", answer)
        page.goto("http://reader.test/")
        page.wait_for_function("window.ready", timeout=120_000)
        frame = page.frames[-1]
        frame.wait_for_function("window.H5P?.instances?.length", timeout=120_000)
        made = json.loads(package.read("content/content.json"))["questions"]
        written = {one["metadata"]["title"]: one for one in made}
        for question in (question for one in quizzes for question in one if question.id in written):
            one, tried = written[question.id], responses.tried(question)
            states = [h5p_rules.given(one, question, response) for response in tried]
            marked = frame.evaluate(PLAY, [one, states])
            yield question, one, [each for each in zip(tried, states, marked, strict=True) if each[2]]
    page.close()


def _of_the_course(played: Played) -> tuple[int, list[Any]]:
    """How many responses were marked, and which got another mark than on the page."""
    question, one, scores = played
    differing: list[Any] = []
    for response, state, (points, most) in scores:
        fraction = quiz.mark(question, responses.as_page(question, response)).fraction
        if abs(points / most - fraction) > 1e-6:
            differing.append((question.type, question.id, state, points, most, fraction))
        if h5p_rules.points(one["library"], one["params"], state) != (points, most):
            differing.append(("the rules say otherwise", question.id, state, points, most))
    return len(scores), differing


def recorded(browser: Browser, libraries: Path, path: Path) -> list[dict[str, Any]]:
    """What the libraries give to the bank of these tests and to a question of each kind of the course."""
    quizzes = [*select.questions(bank=BANK), *formats.sample(select.questions())]
    return [
        {
            "library": one["library"],
            "params": {name: part for name, part in one["params"].items() if name in WHAT_COUNTS},
            "scores": [[state, *marked] for _, state, marked in scores],
        }
        for _, one, scores in _played(browser, libraries, quizzes, path)
    ]


def main(libraries: Path, *, course: bool = True) -> None:
    """Write the record; print what differs in the course."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        path = Path(folder) / "set.h5p"
        record = json.dumps(recorded(browser, libraries, path), ensure_ascii=False, indent=1)
        RECORD.write_text(f"{record}\n", encoding="utf-8")
        played = list(map(_of_the_course, _played(browser, libraries, select.questions(), path))) if course else []
        browser.close()
    differing = [one for _, found in played for one in found]
    total = sum(tried for tried, _ in played)
    print(*differing, f"{len(played)} questions, {total} responses, {len(differing)} marked otherwise.", sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), course="--record" not in sys.argv)
