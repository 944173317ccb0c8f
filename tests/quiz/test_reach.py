"""Numbers to work out: the digits that a question prints reach its key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_quiz_validate import entry, problems

from twolenses import quiz
from twolenses.quiz import reach
from twolenses.quiz.types import Numeric


@pytest.mark.parametrize(
    ("given", "days", "result"),
    [
        ([8350, 4500], [], 100 * (8350 - 4500) / 8350),  # a cut
        ([8350, 14000], [], 100 * 8350 / 14000),  # a share
        ([600, 400], [], 200),
        ([81.34, 10.47], [], 81.34 / 10.47),
        ([-0.64, 0.72], [], 100 * 0.64 / 0.72),  # a share without its sign
        ([193], [], 129),  # two thirds, rounded up
        ([120], [], 80),
        ([193, 119], [], 10),  # … and what is missing to them
        ([], [date(2024, 1, 11), date(2024, 8, 29)], 231),
        ([], [date(1974, 2, 21), date(1989, 3, 23)], 15),  # full years
        ([], [date(1974, 3, 24), date(1989, 3, 23)], 14),
    ],
)
def test_what_a_reader_can_work_out(given: list[float], days: list[date], result: float) -> None:
    assert any(number == pytest.approx(result) for number in reach.worked_out(given, days))


def test_nothing_is_divided_by_nothing() -> None:
    assert list(reach.worked_out([0, 0], []))


STEM = "There were {fact}`serbian_troops_before`, then {fact}`serbian_troops_after`. How large is the cut in percent?"


def numeric(stem: str, fact: str = "serbian_troop_cut", **more: float) -> dict[str, object]:
    return entry("numeric", stem=stem, answer={"fact": fact, **more})


def test_a_key_that_printed_digits_reach_is_right(tmp_path: Path) -> None:
    assert problems(tmp_path, numeric(STEM)) == ""


def test_a_key_that_they_miss_is_named_with_what_is_printed(tmp_path: Path) -> None:
    says = (
        "prints 8350, 14000, and no sum of them gives the key 46.1%. Print more digits, or what is missing; a sum of "
        "another kind goes into `worked_out` of quiz/reach.py."
    )
    missing = STEM.replace("serbian_troops_after", "serbian_troops_earlier")
    assert says in problems(tmp_path, numeric(missing))
    assert problems(tmp_path, numeric(missing), own=False) == ""  # an instructor's sums are the instructor's


def test_a_tolerance_that_forgives_does_not_make_the_printed_key_right(tmp_path: Path) -> None:
    """A wide tolerance marks the response right; the answer that is shown would still not be the reader's."""
    stem = "Strength went from {fact}`kfor_may_2023` to {fact}`kfor_october_2023`. By how many percent did it grow?"
    assert "no sum of them gives the key about 24%" in problems(tmp_path, numeric(stem, "kfor_growth_2023", within=10))


def test_a_number_to_remember_prints_nothing_to_compute_with(tmp_path: Path) -> None:
    assert problems(tmp_path, numeric("On 29 May 2023, how large was the cut in percent?")) == ""


def test_numbers_in_gaps_are_reached_from_stem_and_text(tmp_path: Path) -> None:
    blank = {"type": "number", "answer": {"fact": "serbian_troop_cut"}, "feedback": "So."}
    cloze = entry("cloze", stem="From {fact}`serbian_troops_before` on.", blanks=[blank])
    whole = cloze | {"text": "It fell to {fact}`serbian_troops_after`, by [[1]]%."}
    assert problems(tmp_path, whole) == ""
    assert "prints 8350, and no sum of them gives the key 46.1%" in problems(tmp_path, cloze | {"text": "By [[1]]%."})


def test_every_variant_is_worked_out(tmp_path: Path) -> None:
    varied = numeric("From {fact}`{before}` to {fact}`serbian_troops_after`, how large is the cut in percent?")
    varied["vary"] = {"before": ["serbian_troops_before", "serbian_troops_earlier"]}
    assert "prints 14000, 4500" in problems(tmp_path, varied)


def test_the_bank_asks_for_numbers_and_prints_what_they_take() -> None:
    asked = [question for path in quiz.files() for question in quiz.read(path) if isinstance(question, Numeric)]
    assert len(asked) > 10
    for question in asked:
        given, days = reach.printed(question)
        assert reach.reached(question, given, days), question.id
