"""What a second build of the book makes anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace as replaced
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conftest import build_copy
from twolenses.book import build
from twolenses.book.builder import Builder
from twolenses.book.kept import kept
from twolenses.book.site import named, page
from twolenses.book.site.stale import Written, stale
from twolenses.errors import BookError

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


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def htmls(copy: Path) -> dict[str, bytes]:
    """Every page, and the index of the search."""
    pages = copy / "_build" / "html"
    found = [*pages.rglob("*.html"), *pages.rglob("*.ipynb"), pages / "search-index.js"]
    return {path.relative_to(pages).as_posix(): path.read_bytes() for path in found}


def test_a_book_built_again_is_the_book_built_anew_and_what_is_wrong_stays_wrong(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a warm process, as `make serve` builds."""
    monkeypatch.setenv("PYTHONPATH", str(copy / "src"))
    said: list[str] = []
    chapter, exercise = copy / "chapters/01-reading-the-case.md", copy / "exercises/notebooks/17-two-coders/exercise.md"
    with Builder(copy, warm=True) as builder:
        build.build(copy, said.append, builder)
        asked = (copy / "exercises/quizzes/01-reading-the-case.yml").read_text(encoding="utf-8")
        first = re.search(r"  stem: (\w+)", asked)
        assert first
        replace(copy / "exercises/quizzes/01-reading-the-case.yml", first[0], f"  stem: Edited {first[1]}")
        append(chapter, "\nOne more sentence, and a [](new.md).\n")
        replace(exercise, "\n# ", "\n# Edited: ")
        (copy / "chapters/new.md").write_text("# A new page\n\nIt leads to [](01-reading-the-case.md).\n")
        (copy / "chapters/reference/dictionary.md").unlink()
        replace(copy / "_toc.yml", "chapters/reference/dictionary", "chapters/new")
        with pytest.raises(BookError, match="table-"):  # links lead to the dictionary
            build.build(copy, said.append, builder)
        again = htmls(copy)
        append(copy / "index.md", "\nAnother sentence.\n")
        with pytest.raises(BookError, match="table-"):
            build.build(copy, said.append, builder)
        shutil.rmtree(copy / "_build" / "html")
        shutil.rmtree(copy / "_build" / ".doctrees")
        replace(copy / "index.md", "\nAnother sentence.\n", "")
        with pytest.raises(BookError, match="table-"):
            build.build(copy, said.append, builder)
    anew = htmls(copy)
    assert again.keys() == anew.keys()
    assert [name for name, text in anew.items() if again[name] != text] == []


def test_pages_are_written_again_for_a_title_an_anchor_and_a_date() -> None:
    before = Written("m", {"a": "1", "b": "1"}, {"a": ["b"], "b": [], "c": []}, {"a": "", "b": "", "c": ""})
    assert stale(before, before) == set()
    for change, pages in (
        ({"menu": "other"}, {"a", "b", "c"}),
        ({"anchors": {"a": "1", "b": "2"}}, {"a"}),
        ({"anchors": {"a": "1"}, "changed": {"a": "", "c": ""}}, {"a"}),
        ({"changed": {"a": "", "b": "", "c": "2026-11-30"}}, {"c"}),
    ):
        assert stale(before, replaced(before, **change)) == pages


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


def test_what_was_made_for_a_page_is_kept_while_all_that_it_reads_is_the_same() -> None:
    env: Any = SimpleNamespace(config=SimpleNamespace(nb_execution_cache_path="a", twolenses_forms="b"))
    first = kept(env, "quiz", "x", object)
    assert kept(env, "quiz", "x", object) is first
    assert kept(env, "quiz", "y", lambda: 2) == 2
    env.config.twolenses_forms = "c"
    assert kept(env, "quiz", "y", lambda: 3) == 3
    env.config.twolenses_forms = ""  # a site that does not look at package and data
    assert [kept(env, "quiz", "y", lambda: 4), kept(env, "quiz", "y", lambda: 5)] == [4, 5]


def test_a_page_is_read_for_what_it_names_once_for_each_writing(tmp_path: Path) -> None:
    path = tmp_path / "html" / "a.html"
    path.parent.mkdir()
    for text, again in (('<p class="one fa-bars">', True), ('<p class="two">', True), ('<p class="six">', False)):
        path.write_text(text)
        os.utime(path, (0, 0) if not again else None)
        found = named.of_pages(path.parent)["a.html"]
    assert (found["words"], found["icons"]) == (["p", "two"], [])


def test_an_edit_waits_for_nothing_that_reads_quizzes_exercises_and_tables() -> None:
    script = f"""
import sys, importlib
for room in {["chapters", "charts", "exercises", "explorables", "reference", "release", "site", "slides", "trying"]}:
    importlib.import_module("twolenses.book." + room)
print(*sys.modules.keys() & {{"jupytext", "matplotlib", "numpy", "pandas", "pydantic", "ruamel.yaml"}})
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr
