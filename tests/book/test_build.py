"""What a second build of the book makes anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import build_copy
from twolenses.book.site import page

CHAPTER = "_build/html/chapters/01-reading-the-case.html"


def stamps(copy: Path) -> dict[str, str]:
    """The version behind the address of each of our scripts and styles, by which a browser knows that it is new."""
    page = (copy / CHAPTER).read_text(encoding="utf-8")
    return dict(re.findall(r'_static/((?:quiz|style|page)\.(?:js|css))\?v=(\w+)"', page))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_changed_script_style_or_word_is_in_the_next_build_and_only_a_changed_key_runs_cells_again(
    copy: Path,
) -> None:
    assert build_copy(copy).returncode == 0
    before = stamps(copy)
    assert set(before) == {"quiz.js", "style.css", "page.js"}

    append(copy / "src/twolenses/quiz/static/marking.js", "// a new line\n")
    append(copy / "src/twolenses/book/static/two-lenses.css", "h1 { counter-set: a-new-line }\n")
    words = copy / "src/twolenses/quiz/strings.json"
    words.write_text(words.read_text(encoding="utf-8").replace("Answer to question", "Solution of question"))
    built = build_copy(copy)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "running" not in built.stdout
    assert "a new line" in (copy / "_build/html/_static/quiz.js").read_text(encoding="utf-8")
    assert "counter-set:a-new-line" in (copy / "_build/html/_static/style.css").read_text(encoding="utf-8")
    assert {name for name, stamp in stamps(copy).items() if stamp != before[name]} == {"quiz.js", "style.css"}
    assert "Solution of question 1" in (copy / CHAPTER).read_text(encoding="utf-8")
    assert "nothing has changed" in build_copy(copy).stdout

    append(copy / "exercises/notebooks/01-newspaper-number/key.py", "# another key\n")
    built = build_copy(copy)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "running exercises/notebooks/01-newspaper-number/exercise.md" in built.stdout


@pytest.mark.parametrize("name", ["data/tables/deployments.csv", "exercises/notebooks/05-arms-race/key.py"])
def test_outputs_are_kept_for_one_state_of_data_package_and_keys(
    copy: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A changed key, as a changed table, has every cell run again; a changed text of an exercise does not."""
    monkeypatch.setattr(page.course, "root", lambda: copy)
    kept = page.digest()
    append(copy / "exercises/notebooks/01-newspaper-number/exercise.md", "One more word.\n")
    assert page.digest() == kept
    append(copy / name, "\n")
    assert page.digest() != kept
