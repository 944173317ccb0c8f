"""The task that runs in the page: made from the master, worked on by keyboard, judged by the exercise's own check.

Here a worker that is made up answers the page, and this process runs what the browser runs; `tests/lite/test_cell.py`
does both with Python in the browser.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browsing import CHAPTER, COLOURS, EXERCISE, MASTERS, violations
from lxml import html as parser
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from twolenses import exercises, keys
from twolenses.book.trying import page as trying
from twolenses.book.trying import running
from twolenses.exercises import trial
from twolenses.lite.switch import CORE, PYTHON, switch, switched

FIRST = MASTERS[0]


def solution_of(master: exercises.Exercise) -> str:
    task = exercises.to_try(master).task
    return exercises.solution(next(cell.source for cell in master.notebook.cells if cell.metadata.get("task") == task))


def run(master: exercises.Exercise, code: str, check: bool = True) -> Any:
    offered = exercises.to_try(master)
    with keys.using(keys.EMPTY):  # what the first cell puts in use is put away again
        return json.loads(running.run([*offered.before], code, [*offered.after] if check else []))


# ── from the master ──────────────────────────────────────────────────────────────────────────────────


def offered_on(site: Path, name: str) -> Any:
    [box] = parser.parse(str(site / name)).xpath("//article//div[@class='tl-try']")
    return box


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_a_page_offers_one_task_of_its_exercise_as_the_student_finds_it(site: Path, master: Any) -> None:
    box = offered_on(site, f"exercises/notebooks/{master.name}/exercise.html")
    cells = json.loads(box.xpath("string(.//script)"))
    student = [
        "".join(cell["source"]) for cell in json.loads(master.notebook_path.read_text(encoding="utf-8"))["cells"]
    ]
    assert cells["starter"] in student
    assert set(cells["before"] + cells["after"]) <= set(student)
    assert box.xpath("string(.//pre[contains(@class, 'tl-try-starter')])") == cells["starter"]
    assert box.xpath("string(./p[@class='tl-try-else']/a/@href)") == f"{master.name}.ipynb"
    heading = box.getparent().xpath("string(./h2)")
    assert heading.startswith("Try it here")


def test_every_chapter_offers_a_task_of_the_first_exercise_that_it_links_to(site: Path) -> None:
    for path in sorted(site.glob("chapters/[0-9]*.html")):
        box = offered_on(site, f"chapters/{path.name}")
        section = box.xpath("ancestor::section[2]")[0]
        first = next(link for link in section.xpath("./p//a/@href | ./ul//a/@href") if "exercises/" in link)
        assert section.xpath("string(./h2)").startswith("Exercise")
        assert f"/{box.get('data-try')}/" in first
        for link in box.xpath(".//a/@href | .//template//a/@href"):
            assert (path.parent / link).is_file(), link


def test_the_front_matter_may_name_another_task_and_no_task_that_people_mark() -> None:
    def naming(task: str) -> exercises.Exercise:
        notebook = FIRST.notebook.copy()
        notebook["metadata"] = notebook.metadata | {"exercise": notebook.metadata["exercise"] | {"try": task}}
        return dataclasses.replace(FIRST, notebook=notebook)

    assert exercises.to_try(naming("cut")).title == "Compute the cut"
    for task in ("cuts", "correction"):
        [problem] = [one for one in exercises.problems(naming(task)) if "'try:" in one]
        assert f"'try: {task}': no task of that name" in problem


# ── what runs ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_the_solution_passes_and_the_starter_is_told_what_it_lacks(master: Any) -> None:
    solved = run(master, solution_of(master))
    assert (solved["passed"], solved["stopped"]) == (True, "")
    assert all(line.startswith("✓") for line in solved["said"])
    started = run(master, exercises.to_try(master).starter)
    assert not started["passed"]
    assert started["stopped"].startswith("✗")
    assert not running.draws(exercises.to_try(master).before), "ten megabytes more before the first result"


def test_a_mistake_has_the_sentence_that_the_notebook_has() -> None:
    task = exercises.to_try(FIRST).task
    known = [one for one in trial.responses(FIRST) if one.task == task and one.mistake]
    assert known
    for one in known:
        assert trial.sentence_of(FIRST, one.mistake) in run(FIRST, one.source)["stopped"]


SAYS = {
    "x = 1\ny = x +": "Line 2: SyntaxError: invalid syntax.",
    "x = 1\nsoldiers": "Line 2: NameError: name 'soldiers' is not defined.",
    "def cut():\n    return 1 / 0\n\n\ncut()": "Line 2: ZeroDivisionError: division by zero.",
    "raise SystemExit": "Line 1: SystemExit: .",
}


@pytest.mark.parametrize(("code", "says"), SAYS.items())
def test_what_stops_the_code_is_said_with_its_line(code: str, says: str) -> None:
    assert run(FIRST, code, check=False)["stopped"] == says


def test_a_name_that_the_check_misses_is_asked_for_in_one_sentence() -> None:
    assert run(FIRST, "soldiers = 8350")["stopped"].startswith("✗ before does not exist. The task asks for this name")


def test_values_tables_and_charts_are_shown_and_endless_printing_is_cut() -> None:
    code = "print('-' * 50_000)\ndeployments.head(2)"
    printed, table = run(FIRST, code, check=False)["shown"]
    assert len(printed["text"]) == running.MOST
    assert (table["kind"], table["text"].count("<tr>")) == ("table", 2)
    assert "<th></th>" not in table["text"]
    drawn = "ax = serbian.plot(title='Fewer <soldiers>', ylabel='soldiers')\nax"
    [chart] = run(FIRST, drawn, check=False)["shown"]
    assert chart["text"].startswith("data:image/svg+xml;base64,")
    assert chart["alt"] == "Your chart. Fewer <soldiers>; across: date; upwards: soldiers."


def test_each_run_begins_anew() -> None:
    assert "NameError" in (run(FIRST, "kept = 1", check=False), run(FIRST, "kept", check=False))[1]["stopped"]


# ── where it can run ─────────────────────────────────────────────────────────────────────────────────


def test_pages_offer_the_task_where_the_site_has_python_and_only_there(tmp_path: Path) -> None:
    page = tmp_path / "chapters/01.html"
    page.parent.mkdir()
    page.write_text('<div class="tl-try" data-root="../">')
    assert switch(tmp_path) == 0
    python = tmp_path / PYTHON
    python.mkdir(parents=True)
    entry = {"depends": ["numpy"], "file_name": "a.whl"}
    lock = {"packages": {"pandas": entry, "twolenses": entry, "numpy": {"depends": [], "file_name": "b.whl"}}}
    for name in (*CORE, "a.whl", "b.whl", "other.whl"):
        (python / name).write_bytes(bytes(1_000_000))
    (python / "pyodide-lock.json").write_text(json.dumps(lock))
    assert [switch(tmp_path), switch(tmp_path)] == [1, 0]
    assert page.read_text() == '<div class="tl-try" data-megabytes="6" data-root="../">'
    (python / "b.whl").unlink()
    assert switch(tmp_path) == 1
    assert page.read_text() == '<div class="tl-try" data-root="../">'


# ── at work in the page ──────────────────────────────────────────────────────────────────────────────

WORKER = """
onmessage = ({ data }) => {
  postMessage({ stage: "loading", bytes: 12.3e6 });
  postMessage({ stage: "running" });
  if (data.code.includes("while True")) return;
  if (data.code.includes("broken")) return postMessage({ failed: "out of memory." });
  const check = data.after.length > 0, right = data.code.includes("8350");
  postMessage({ result: JSON.stringify({
    given: [{ kind: "table", text: "<table class='dataframe'><tr><td></td><th>value</th></tr><tr><th>0</th><td>1</td></tr></table>" }],
    shown: [{ kind: "text", text: `ran ${data.code}` }, { kind: "chart", text: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E", alt: "Your chart." }],
    said: check && right ? ["✓ before is right."] : [],
    stopped: check && !right ? "✗ before is still '...'." : "",
    passed: check && right,
  }) });
};
"""


def of_axe(said: ConsoleMessage) -> bool:
    """Axe asks for imported style sheets by their address from the page."""
    return said.location["url"].endswith("/basic.css")


@contextmanager
def at_work(browser: Browser, address: str, size: int | None = 23, **context: Any) -> Iterator[Page]:
    """A page whose task is switched on, or off with None, and the worker above in the place of Python."""

    def switch_on(route: Route) -> None:
        with urllib.request.urlopen(address) as answer:
            route.fulfill(body=switched(answer.read().decode(), size), content_type="text/html; charset=utf-8")

    with browser.new_context(reduced_motion="reduce", **context) as fresh:
        page = fresh.new_page()
        troubles: list[str] = []
        page.on(
            "console", lambda said: troubles.append(said.text) if said.type == "error" and not of_axe(said) else None
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.route("**/try-it-worker.js", lambda route: route.fulfill(body=WORKER, content_type="text/javascript"))
        page.route(address, switch_on)
        page.goto(address)
        yield page
        assert troubles == []


@pytest.mark.parametrize("place", ["file", "http"])
def test_where_python_cannot_run_the_section_leads_to_the_notebook_without_a_dead_button(
    browser: Browser, site: Path, served: str, place: str
) -> None:
    address, size = ((site / EXERCISE).as_uri(), 23) if place == "file" else (served + EXERCISE, None)
    with at_work(browser, address, size) as page:
        box = page.locator(".tl-try")
        assert (box.get_attribute("data-megabytes") is not None) == (place == "file")
        assert box.locator("button, textarea").count() == 0
        assert box.locator(".tl-try-starter").is_visible()
        assert "Everywhere else the notebook has it" in box.locator(".tl-try-else").inner_text()


def press(page: Page, what: str, says: str) -> None:
    page.locator(f"[data-do={what}]").click()
    page.wait_for_function("says => document.querySelector('.tl-try-state').textContent === says", arg=says)


def test_run_check_hint_and_start_again(browser: Browser, served: str) -> None:
    with at_work(browser, served + EXERCISE, viewport={"width": 360, "height": 800}) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        state, out = page.locator(".tl-try-state"), page.locator(".tl-try-out")
        assert "23 MB, from this site alone" in state.inner_text()
        assert page.locator(".tl-try-starter").is_hidden()
        assert asked == [], "before a press nothing is loaded"
        press(page, "run", "Done.")
        assert out.locator("pre").inner_text().startswith("ran before = ...")
        assert page.locator(".tl-try-given table").is_visible()
        press(page, "check", "Checked: not yet right.")
        assert "✗ before is still '...'." in out.inner_text()
        page.locator("[data-do=hint]").click()
        assert "the date stands on the left" in page.locator(".tl-try-hints").inner_text()
        assert page.locator("[data-do=hint]").get_attribute("aria-disabled") == "true"
        assert violations(page, part="'.tl-try'") == []
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
        assert violations(page, COLOURS, part="'.tl-try'") == []
        assert page.evaluate("document.documentElement.scrollWidth === document.documentElement.clientWidth")
        page.locator("#tl-try-code").fill("before = 8350")
        press(page, "check", "Checked: right.")
        page.reload()
        assert page.locator("#tl-try-code").input_value() == "before = 8350", "the text is kept"
        press(page, "again", "The starter is back. Undo brings your text back.")
        assert page.locator("#tl-try-code").input_value().startswith("before = ...")
        page.keyboard.press("Control+z")
        assert page.locator("#tl-try-code").input_value() == "before = 8350"
        page.emulate_media(media="print")
        assert page.locator(".tl-try-starter").is_visible()
        assert page.locator(".tl-try-live").is_hidden()


def test_the_keyboard_indents_runs_and_leaves(browser: Browser, served: str) -> None:
    with at_work(browser, served + CHAPTER) as page:
        field = page.locator("#tl-try-code")
        field.fill("")
        field.focus()
        for key in ("f", "o", "r", ":", "Enter", "x", "Enter", "Tab", "y"):
            page.keyboard.press(key)
        assert field.input_value() == "for:\n    x\n        y"
        page.keyboard.press("Shift+Tab")
        assert field.input_value() == "for:\n    x\n    y"
        page.keyboard.press("Control+a")
        page.keyboard.press("Tab")
        assert field.input_value() == "    for:\n        x\n        y"
        page.keyboard.press("Shift+Enter")
        page.wait_for_function("document.querySelector('.tl-try-state').textContent === 'Done.'")
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.do") == "run"
        assert field.evaluate("one => document.getElementById(one.getAttribute('aria-describedby')).textContent").count(
            "Escape"
        )


def test_what_never_ends_or_breaks_is_stopped_and_can_be_run_again(browser: Browser, served: str) -> None:
    storageless = "Object.defineProperty(window, 'localStorage', { get: () => { throw new Error('no') } })"
    with at_work(browser, served + CHAPTER) as page:
        page.add_init_script(storageless)
        page.clock.install()
        page.reload()
        field = page.locator("#tl-try-code")
        field.fill("while True: pass")
        for what, says in (("run", "Running."), ("stop", "Stopped. Press Run to begin again.")):
            press(page, what, says)
        press(page, "run", "Running.")
        assert page.locator("[data-do=run]").get_attribute("aria-disabled") == "true"
        page.clock.fast_forward(20_000)
        assert page.locator(".tl-try-state").inner_text().startswith("Stopped after 20 seconds.")
        field.fill("broken")
        lost = "Python could not go on: out of memory. Press Run to begin again, or open the notebook."
        press(page, "run", lost)
        field.fill("1")
        press(page, "run", "Done.")
        page.clock.fast_forward(20_000)
        assert page.locator(".tl-try-state").inner_text() == "Done."


def test_the_script_is_small_and_on_no_page_without_a_task(site: Path) -> None:
    assert len(gzip.compress((trying.STATIC / "try-it.js").read_bytes())) < 6_000
    for name in ("index.html", "chapters/reference/claims.html"):
        assert "try-it.js" not in (site / name).read_text(encoding="utf-8")
