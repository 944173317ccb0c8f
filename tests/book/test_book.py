"""The book follows its data, and does not build when something in it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import build_copy
from twolenses import typed

EXERCISE = "exercises/notebooks/01-newspaper-number/exercise.html"
CHAPTER = "chapters/01-reading-the-case.html"


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def charts(html: Path) -> set[str]:
    """What the exercise draws."""
    return set(re.findall(r'<svg class="tl-(?:wide|narrow)".*?</svg>', (html / EXERCISE).read_text(), re.DOTALL))


def test_a_changed_cell_shows_everywhere_and_a_contradicting_check_fails_the_build(copy: Path, site: Path) -> None:
    chart, html = charts(site), copy / "_build" / "html"
    assert chart
    assert "46.1%" in (site / CHAPTER).read_text()

    change(copy / "data/tables/deployments.csv", ",8350,", ",10000,")
    change(copy / "data/tables/kfor_strength.csv", ",3735,3.735,", ",3999,3.999,")
    built = build_copy(copy)
    assert built.returncode == 0, built.stderr
    chapter, exercise = (html / CHAPTER).read_text(), (html / EXERCISE).read_text()
    assert "55.0%" in chapter  # the fact: 5,500 of 10,000 went
    assert "46.1%" not in chapter
    assert "10000" in exercise  # the solution's output, and its checks passed with the new key
    assert "8350" not in exercise
    assert not charts(html) & chart

    change(
        copy / "exercises/notebooks/01-newspaper-number/exercise.md",
        "before = serbian.loc",
        "before = 8350 or serbian.loc",
    )
    failed = build_copy(copy)
    assert failed.returncode == 2
    assert "exercises/notebooks/01-newspaper-number/exercise.md" in failed.stderr
    assert "build.log" in failed.stderr


FAULTS = {
    "chapters/01-reading-the-case.md": [
        ("## One wrong word", "## One {fact}`army_basis`", r"01-reading-the-case\.md:\d+: WARNING: \{fact\} names the fact 'army_basis', which does not exist. Did you mean 'army_bases'"),
        ("## Four types of claim", "## {event}`E744`", r"01-reading-the-case\.md:\d+: WARNING: \{event\} names 'E744', which is not in the chronology\. Did you mean 'E74'"),
        ("## The article in our words", "## The {claim}`C99`", r"01-reading-the-case\.md:\d+: WARNING: \{claim\} names 'C99', which is not in the ledger"),
        (":::{liberalism}", ":::{note}", r"01-reading-the-case\.md:\d+: WARNING: \{lenses\} needs one \{realism\} block and then one \{liberalism\} block; found: realism"),
    ],
    "index.md": [
        ("# Two Lenses", "# Two Lenses\n\n```{quiz} 01-reading\n```", r"index\.md:\d+: WARNING: \{quiz\} names '01-reading', which does not exist"),
    ],
    "exercises/quizzes/01-reading-the-case.yml": [
        ("answer: {fact: serbian_troop_cut,", "answer: {fact: serbian_trop_cut,", r"01-reading-the-case\.yml:\d+: WARNING: question 'cut-percent' names the fact 'serbian_trop_cut', which does not exist. Did you mean 'serbian_troop_cut'"),
    ],
    "exercises/notebooks/01-newspaper-number/exercise.md": [
        ("### END HIDDEN TESTS\n```\n\n```{explanation} cut", "```\n\n```{explanation} cut", r"WARNING: exercises/notebooks/01-newspaper-number/exercise\.md:\d+  '### BEGIN HIDDEN TESTS' is never ended"),
    ],
}  # fmt: skip


def test_every_fault_stops_the_build_with_file_and_line(copy: Path) -> None:
    expected = []
    for name, faults in FAULTS.items():
        for before, after, says in faults:
            text = (copy / name).read_text(encoding="utf-8")
            assert before in text
            (copy / name).write_text(text.replace(before, after, 1), encoding="utf-8")
            expected.append(says)
    built = build_copy(copy)
    assert built.returncode == 2
    assert "Traceback" not in built.stderr
    for says in expected:
        assert re.search(says, built.stderr), f"{says}\n{built.stderr}"


def test_the_landing_page_types_no_number_that_a_fact_prints(root: Path) -> None:
    """Chapters are held to it by their contract."""
    assert typed.numbers((root / "index.md").read_text(encoding="utf-8")) == []
