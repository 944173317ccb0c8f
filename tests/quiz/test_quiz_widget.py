"""The quiz in a notebook: what Python sees of it, and a real JupyterLab in which a reader answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter
from playwright.sync_api import Browser, expect

from conftest import TOKEN, jupyter_server, wait_for_kernel
from twolenses import quiz
from twolenses.errors import QuizError
from twolenses.quiz import widget


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A folder with one quiz in it, as an instructor has one."""
    folder = tmp_path / "bank"
    folder.mkdir()
    shutil.copy(Path(__file__).parent / "all_types.yml", folder / "01-all.yml")
    return folder


def test_a_viewer_without_widgets_gets_the_form(bank: Path) -> None:
    shown = widget.show("all", bank)
    bundle, _ = DisplayFormatter().format(shown)
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/html"].startswith('<form class="tl-quiz"')
    assert (shown.score, shown.responses) == (0, {})


def test_the_widget_carries_the_script_of_the_page(bank: Path) -> None:
    source = str(widget.QuizWidget._esm)
    assert source.startswith(quiz.html.assets()["quiz.js"])
    assert "eval(" not in source
    assert str(widget.QuizWidget._css) == quiz.html.assets()["quiz.css"]


@pytest.mark.parametrize("name", ["01-reading-the-case", "reading-the-case", "01", "1"])
def test_the_package_shows_a_quiz_by_its_name_or_its_chapter(name: str) -> None:
    shown = quiz.show(name)
    assert shown.html == quiz.html.form(quiz.load("01-reading-the-case"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("reading-the-caes", "There is no quiz 'reading-the-caes'. Did you mean '01-reading-the-case'"),
        ("99", "There is no quiz '99'. Known: 01-reading-the-case, "),
    ],
)
def test_a_quiz_that_does_not_exist_is_named(name: str, says: str) -> None:
    with pytest.raises(QuizError, match=says):
        quiz.show(name)


def test_an_instructor_shows_a_quiz_of_their_own(bank: Path) -> None:
    assert 'data-question="gaps"' in quiz.show("all", bank).html
    with pytest.raises(QuizError, match="There is no quiz 'al'. Did you mean '01-all'"):
        quiz.show("al", bank)


@pytest.fixture
def jupyter(tmp_path: Path, bank: Path) -> Iterator[str]:
    """A server of our own with a notebook in it; the address ends in a slash. It serves Lab and Notebook alike."""
    show = f"from pathlib import Path\nfrom twolenses.quiz import widget\nshown = widget.show('all', Path({str(bank)!r}))\nshown"
    tell = "print('python sees', round(shown.score * 12, 3), shown.responses)"
    cells = [nbformat.v4.new_code_cell(show), nbformat.v4.new_code_cell(tell)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), tmp_path / "quiz.ipynb")
    with jupyter_server(tmp_path) as address:
        yield address


@pytest.mark.parametrize("app", ["lab/tree", "notebooks"], ids=["lab", "notebook"])
def test_a_reader_answers_and_python_knows(browser: Browser, jupyter: str, app: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto(f"{jupyter}{app}/quiz.ipynb?token={TOKEN}")
        notebook = page.locator(".jp-Notebook")
        first = notebook.locator(".jp-CodeCell").first
        first.locator(".cm-content").wait_for()
        wait_for_kernel(jupyter, "quiz.ipynb")
        first.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        form = notebook.locator("form.tl-quiz[data-mounted]")
        form.wait_for()
        one = form.locator("[data-question='one']")
        radio = one.get_by_role("radio").first
        radio.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")  # stays in the quiz: it does not move on to another cell
        expect(one.get_by_label("The second")).to_be_focused()
        one.get_by_role("button", name="Check").click()
        expect(one).to_have_attribute("data-state", "right")
        field = form.locator("[data-question='cut']").get_by_role("textbox")
        field.fill("85,6")
        field.press("Enter")
        expect(form.locator(".tl-score")).to_have_text("1 of 10 questions right.")
        assert page.evaluate("localStorage.getItem('two-lenses:progress')") is None
        last = notebook.locator(".jp-CodeCell").nth(1)
        last.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        expect(last.locator(".jp-OutputArea-output")).to_contain_text("python sees 1.0 {'one': 1, 'cut': '85,6'}")
