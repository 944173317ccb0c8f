"""The notebook page as `make lite` built it, in a real browser, as a student has it: `make test-lite`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from browsing import violations
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, BrowserContext, Page, expect
from student import PATIENCE, Notebook, Site, at_home, serving, solutions

from conftest import ROOT, run
from twolenses import exercises

MASTERS = [exercises.read(path) for path in exercises.masters()]
FIRST = MASTERS[0]
PAGES = ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def built() -> Iterator[Site]:
    assert (PAGES / "lite").is_dir(), "the notebook page must be built: make test-lite"
    with serving(PAGES) as site:
        yield site


@pytest.fixture(scope="module")
def student(browser: Browser, built: Site) -> Iterator[BrowserContext]:
    """A browser of its own, which keeps what it was given. A request to another host, or an error, fails the last test."""
    troubles: list[str] = []
    with browser.new_context(accept_downloads=True) as context:
        context.set_default_timeout(PATIENCE)

        def met(trouble: str) -> None:
            troubles.append(f"{os.environ['PYTEST_CURRENT_TEST']}: {trouble}")

        context.on("console", lambda said: met(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: met(str(error.error)))
        context.on("request", lambda asked: None if at_home(asked.url, built) else met(asked.url))
        yield context
    assert troubles == []


@pytest.fixture
def notebook(student: BrowserContext, built: Site) -> Iterator[Notebook]:
    """Exercise 1 as a student finds it."""
    opened = Notebook.opened(student, built, FIRST.name)
    yield opened
    opened.forget()


# ── exercises ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_an_exercise_solved_is_green(student: BrowserContext, built: Site, master: exercises.Exercise) -> None:
    notebook = Notebook.opened(student, built, master.name)
    notebook.write(solutions(master))
    notebook.run()
    checks = [cell["id"] for cell in notebook.cells() if "check" in cell["metadata"]]
    assert checks == [cell["id"] for cell in exercises.student(master).cells if "check" in cell.metadata]
    for name in checks:
        said = notebook.said(name)
        assert ("✓" in said, "✗" in said) == (True, False), f"{name}: {said}"
    outputs = [(cell["id"], one) for cell in notebook.cells() for one in cell["outputs"]]
    assert [name for name, one in outputs if one["output_type"] == "error" or one.get("name") == "stderr"] == []
    notebook.forget()


def test_a_wrong_answer_is_read_as_the_mistake_it_is(notebook: Notebook) -> None:
    measured_against_what_is_left = "def cut(before, after):\n    return 100 * (before - after) / after"
    notebook.write(solutions(FIRST) | {"cut": measured_against_what_is_left})
    notebook.run()
    assert "✓" in notebook.said("check-read")
    assert "A cut is measured against what was there before." in notebook.said("check-cut")


def test_a_first_visit_is_light_and_matplotlib_comes_when_a_chart_is_drawn(browser: Browser, built: Site) -> None:
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        built.asked.clear()
        notebook = Notebook.opened(context, built, FIRST.name)
        notebook.write({"given-2": "1 / 0"})  # the cell after the imports: a run ends here
        notebook.run()
        asked = [path for path, _ in built.asked]
        assert "division by zero" in notebook.said("given-2")
        assert any("pandas-" in path for path in asked)
        assert not any("matplotlib-" in path for path in asked)
        assert sum(size for _, size in built.asked) <= 27_000_000
        assert [path for path in asked if "/build/" in path] == [], "first.pack has them"
        notebook.write({"given-2": "plt.subplots()"})
        notebook.run()
        assert any("matplotlib-" in path for path, _ in built.asked)


def test_a_quiz_is_answered_in_the_notebook(notebook: Notebook) -> None:
    notebook.write({"read": 'from twolenses import quiz\nquiz.show("1")'})
    notebook.run()
    framed = notebook.page.frame_locator("iframe[title='Quiz']")
    framed.get_by_role("radio").first.check()
    framed.get_by_role("button", name="Check").first.click()
    expect(framed.get_by_text(re.compile(r"^(Right|Not yet)\.")).first).to_be_visible()


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────


def test_work_is_there_after_a_reload(notebook: Notebook) -> None:
    notebook.write({"read": "before = 8350"})
    notebook.saved()
    assert notebook.reload().source("read") == "before = 8350"


def test_of_two_tabs_none_loses_what_the_other_wrote(student: BrowserContext, built: Site, notebook: Notebook) -> None:
    other = Notebook.opened(student, built, FIRST.name)
    notebook.write({"read": "before = 1"})
    notebook.save()
    other.write({"read": "before = 2"})
    other.page.keyboard.press("Control+s")
    expect(other.page.get_by_role("dialog")).to_contain_text("has changed")
    other.page.get_by_role("button", name="Revert").click()
    assert other.reload().source("read") == "before = 1"
    other.close()


def test_a_rebuilt_site_offers_both_copies_and_overwrites_none(notebook: Notebook, built: Site) -> None:
    notebook.write({"read": "before = 8350"})
    notebook.save()
    file = f"/lite/files/{FIRST.name}.ipynb"
    newer = json.loads((PAGES / file[1:]).read_text())
    newer["metadata"]["two_lenses"]["version"] = "newer"
    newer["cells"][0]["source"] = "# The same exercise, in other words"
    built.changed[file] = json.dumps(newer).encode()
    try:
        notebook.reload()
        notice = notebook.page.get_by_role("status").filter(has_text="newer version")
        notice.wait_for()
        assert violations(notebook.page, part="'.tl-bar'") == []
        assert notebook.source("read") == "before = 8350"
        notice.get_by_role("button", name="Open the newer version beside it").click()
        notebook.page.wait_for_url("**-newer.ipynb")
        notebook.wait()
        assert notebook.cells()[0]["source"] == "# The same exercise, in other words"
        assert "8350" not in notebook.source("read")
        notebook.page.get_by_role("link", name=f"{FIRST.name}.ipynb", exact=True).click()
        notebook.page.wait_for_url(f"**={FIRST.name}.ipynb")
        assert notebook.wait().source("read") == "before = 8350"
        notebook.page.get_by_role("button", name="Keep to my copy").click()
        notebook.reload()
        notebook.page.wait_for_timeout(2000)
        assert not notebook.page.get_by_text("newer version").is_visible()
    finally:
        built.changed.clear()


def test_a_second_visit_loads_next_to_nothing(notebook: Notebook, built: Site) -> None:
    notebook.run()  # whatever the first visit loads is loaded
    built.asked.clear()
    notebook.reload().run()
    assert sum(size for _, size in built.asked) <= 100_000
    assert "before" in notebook.said("read")


def test_without_a_network_a_notebook_opens_that_was_never_opened(student: BrowserContext, notebook: Notebook) -> None:
    notebook.run()
    with notebook.site.off(student):
        other = Notebook(student.new_page(), notebook.site, MASTERS[1].name).open()
        other.write(solutions(MASTERS[1]))
        other.run()
        (first, *_) = (cell["id"] for cell in other.cells() if "check" in cell["metadata"])
        assert "✓" in other.said(first)
        other.forget()


# ── where it lies ────────────────────────────────────────────────────────────────────────────────────

COUNTED = """(() => {
    const persist = navigator.storage.persist.bind(navigator.storage)
    window.asked = 0
    navigator.storage.persist = () => (window.asked += 1, persist())
})()"""


def answer(browser: Browser, page: Page, setting: str) -> None:
    """What the browser's user, or the browser for them, answers to whoever asks for storage that lasts."""
    target = page.context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]
    about = {"permission": {"name": "persistent-storage"}, "browserContextId": target["browserContextId"]}
    browser.new_browser_cdp_session().send("Browser.setPermission", {**about, "setting": setting})


@pytest.mark.parametrize(
    ("setting", "says"),
    [("granted", "The browser has promised to keep it."), ("denied", "The browser may clear it when space is short")],
)
def test_the_browser_is_asked_to_keep_the_work_and_its_answer_is_told(
    browser: Browser, built: Site, setting: str, says: str
) -> None:
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        answer(browser, page, setting)
        page.add_init_script(COUNTED)
        notebook = Notebook(page, built, FIRST.name).open()
        assert page.evaluate("asked") == 0, "not before there is something to lose"
        notebook.write({"read": "before = 1"})
        notebook.write({"read": "before = 8350"})
        assert page.evaluate("asked") == 1
        page.get_by_role("button", name="Where is my work?").click()
        told = page.get_by_text("Your work is saved in this browser, on this device. No server has it.")
        expect(told).to_contain_text(says)
        expect(told).to_contain_text("To go on elsewhere, download it and upload it there in the list of notebooks.")
        expect(told.get_by_role("link")).to_have_attribute("href", f"{built.address}lite/tree/index.html")
        assert violations(page, part="'.tl-bar'") == []


def test_work_is_taken_along_to_another_browser(
    browser: Browser, built: Site, notebook: Notebook, tmp_path: Path
) -> None:
    notebook.write({"read": "before = 8350"})
    file = notebook.download(tmp_path)
    with browser.new_context() as elsewhere:
        elsewhere.set_default_timeout(PATIENCE)
        page = elsewhere.new_page()
        page.goto(f"{built.address}lite/tree/index.html")
        with page.expect_file_chooser() as chosen:
            page.get_by_role("button", name="Upload").click()
        chosen.value.set_files(file)
        page.get_by_role("button", name="Overwrite").click()
        page.wait_for_timeout(2000)
        assert Notebook(elsewhere.new_page(), built, FIRST.name).open().source("read") == "before = 8350"


# ── handing in ───────────────────────────────────────────────────────────────────────────────────────


def test_the_download_is_collected_and_graded_with_full_marks(notebook: Notebook, tmp_path: Path) -> None:
    notebook.write(solutions(FIRST))
    notebook.run()
    course = tmp_path / "course"
    course.mkdir()
    made = run("twolenses", "assign", "nbgrader", FIRST.name, "--course", course, cwd=course)
    assert made.returncode == 0, made.stderr
    released = run("nbgrader", "generate_assignment", FIRST.name, "--create", cwd=course)
    assert released.returncode == 0, released.stderr
    inbox = tmp_path / "inbox"
    file = notebook.download(inbox / "Ana Berisha_101_assignsubmission_file_")
    assert file.name == f"{FIRST.name}.ipynb"
    assert nbformat.read(file, 4).metadata.kernelspec.name == "python3"
    collected = run("twolenses", "collect", inbox, "--course", course, cwd=course)
    assert collected.returncode == 0, collected.stderr
    graded = run("nbgrader", "autograde", FIRST.name, cwd=course)
    assert graded.returncode == 0, graded.stderr
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        (submission,) = book.assignment_submissions(FIRST.name)
        (handed_in,) = submission.notebooks
        marks = {
            grade.name: (grade.auto_score, grade.max_score)
            for grade in handed_in.grades
            if grade.auto_score is not None
        }
    assert marks
    assert all(score == most for score, most in marks.values()), marks


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_the_first_link_of_an_exercise_page_runs_it_here(
    master: exercises.Exercise, built: Site, browser: Browser
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{built.address}exercises/notebooks/{master.name}/exercise.html")
        link = page.locator(".tl-launch a").first
        expect(link).to_have_text("Run it here")
        assert (
            link.evaluate("link => link.href") == f"{built.address}lite/notebooks/index.html?path={master.name}.ipynb"
        )
        assert (PAGES / "lite" / "files" / f"{master.name}.ipynb").is_file()


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, built: Site) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        context.set_default_timeout(PATIENCE)
        notebook = Notebook.opened(context, built, FIRST.name)
        for name in ("Download to hand in", "Where is my work?"):
            box = notebook.page.get_by_role("button", name=name).bounding_box()
            assert box is not None
            assert 0 <= box["x"] < box["x"] + box["width"] <= 360
            assert box["height"] >= 24
        assert notebook.page.evaluate("document.documentElement.scrollWidth") <= 360
        heading = notebook.page.locator(".jp-Notebook h1").first.bounding_box()
        assert heading is not None
        assert heading["y"] < 740
        assert violations(notebook.page, part="'.tl-bar'") == []
        cut = "[...document.querySelectorAll('.jp-CodeCell .cm-scroller')].filter(one => one.scrollWidth > one.clientWidth)"
        assert notebook.page.evaluate(f"{cut}.map(one => one.textContent)") == []
