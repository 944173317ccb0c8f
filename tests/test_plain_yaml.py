"""The quick reader reads what the careful one reads, or leaves it to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from conftest import ROOT
from twolenses import course, plain_yaml
from twolenses.quiz import bank

EVERY_TYPE = ROOT / "tests/lms/lms_bank/01-every-type.yml"


@pytest.mark.parametrize(
    "path", [EVERY_TYPE, *sorted((ROOT / "exercises/quizzes").glob("0[46]-*.yml"))], ids=lambda p: p.stem
)
def test_both_readers_read_the_same_questions_in_the_same_lines(path: Path) -> None:
    quick, (careful, problems) = bank._read_quickly(path), bank._read_closely(path)
    assert (quick, problems) == (careful, [])
    assert [one.written for one in quick] == [one.written for one in careful]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"), ("No", "No"), ("on", "on"), ("true", True), ("~", None), ("", None), ("12", 12), ("-3", -3), ("4.50", 4.5),
        ("'12'", "12"), ('"true"', "true"), ("[a, 1]", ["a", 1]), ("{a: 1}", {"a": 1}), ("12 states", "12 states"), ("*x*", None),
    ],
)  # fmt: skip
def test_a_plain_value_is_what_yaml_1_2_says(written: str, value: Any, tmp_path: Path) -> None:
    text = f"- a: {written}\n"
    if value is None and written == "*x*":
        with pytest.raises(plain_yaml.Unsure):
            plain_yaml.entries(text)
        return
    assert plain_yaml.entries(text) == [({"a": value}, 1)]
    (tmp_path / "x.yml").write_text(text)
    assert [bank._plain(one) for one in bank._yaml(tmp_path / "x.yml")] == [{"a": value}]


@pytest.mark.parametrize(
    "written",
    [
        "- a: 2023-09-24", "- a: 010", "- a: 0o7", "- a: 1e5", "- a: .inf", "- a: 1_000", "- a: 12:30", "- a: !!str 5", "- {<<: {a: 1}}",
        "- a: 1\n  a: 2", "- &x\n  a: *x", "- a: [", "a: 1", "- a", "", "%YAML 1.1\n---\n- a: 1", "- a: 1\n---\n- a: 2", "- a: x\u2028y",
    ],
)  # fmt: skip
def test_what_may_be_read_in_two_ways_is_left_to_the_careful_reader(written: str) -> None:
    with pytest.raises(plain_yaml.Unsure):
        plain_yaml.entries(f"{written}\n")


def test_the_contents_and_the_heads_of_chapters_are_plain() -> None:
    heads = [path.read_text(encoding="utf-8").split("---\n")[1] for path in course.chapter_files()]
    for text in [(ROOT / "_toc.yml").read_text(encoding="utf-8"), *heads]:
        assert plain_yaml.value(text) == YAML(typ="safe").load(text)
