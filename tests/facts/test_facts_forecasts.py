"""The scoreboard: its sums by hand, its rules, and the words of the chapters that it holds to account."""

from __future__ import annotations

import re
from typing import Any

import pytest

from twolenses import course, facts
from twolenses.data import load

THEMES = {"forecasts"}
BY_HAND = {
    "forecasts_listed": "32",  # F01 to F32
    "forecasts_decided": "20",
    "forecasts_open": "12",  # F04, F07, F12, F23 to F30, F32
    "realist_hits": "7",  # F01, F09, F11, F13, F15, F18, F21
    "realist_misses": "3",  # F06, F20, F31
    "liberal_hits": "5",  # F02, F05, F08, F17, F22
    "liberal_misses": "5",  # F03, F10, F14, F16, F19
    "stay_bets": "13",  # all hits but F22, and F03, F31
    "stay_bets_hit": "11",
    "stay_bets_hit_share": "84.6%",  # 11 ÷ 13 = 0.846
    "change_bets": "7",  # F06, F10, F14, F16, F19, F20, F22
    "change_bets_hit": "1",  # F22
    "realist_stay_bets": "8",  # seven hits and F31
    "liberal_stay_bets": "5",  # four hits and F03
    "always_as_before_hits": "16",  # all but F03, F19, F22, F31
    "forecasts_told": "11",  # F06, F08, F09, F11, F13, F14, F15, F16, F20, F21, F22
    "realist_hits_untold": "2",  # F01, F18
    "realist_misses_untold": "1",  # F31
    "liberal_hits_untold": "3",  # F02, F05, F17
    "liberal_misses_untold": "3",  # F03, F10, F19
}

ROWS = load("forecasts").to_dict("records")


# ── the rules of the board ───────────────────────────────────────────────────────────────────────────


def plain(text: str) -> str:
    """Words as a reader of the page reads them, without roles and emphasis."""
    text = re.sub(r"\s*\{cite:[pt]\}`[^`]*`", "", text)
    text = re.sub(r"\{\w+\}`([^`<]*?)(?:\s*<[^`>]*>)?`", r"\1", text)
    return " ".join(text.replace("*", "").split())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_what_was_foretold_stands_word_for_word_in_its_chapter(row: dict[str, Any]) -> None:
    assert row["foretold"] in plain(course.chapter(row["chapter"]).path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_a_verdict_follows_from_what_was_bet_and_what_came(row: dict[str, Any]) -> None:
    assert (row["verdict"] == "open") == (row["as_before"] == "")
    if row["verdict"] == "open":
        return
    assert row["events"]
    stayed, right = row["as_before"] == "yes", row["verdict"] == "hit"
    if row["bet"] == "stays":
        assert right == stayed
    else:
        assert not (right and stayed)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_a_day_that_has_not_come_decides_nothing(row: dict[str, Any]) -> None:
    assert not row["until"] or row["verdict"] == "open"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_the_events_of_an_outcome_are_of_its_years(row: dict[str, Any]) -> None:
    dates = load("chronology").set_index("id")["date"]
    assert all(dates[id] >= "2024" for id in filter(None, row["events"].split("; ")))


def test_every_chapter_that_argues_is_held_to_account_for_both_lenses() -> None:
    wanted = {(number, lens) for number in range(3, 13) for lens in ("realism", "liberalism")}
    assert {(row["chapter"], row["lens"]) for row in ROWS} == wanted


def test_both_lenses_have_as_many_lines_and_either_can_be_embarrassed() -> None:
    lenses = [row["lens"] for row in ROWS]
    assert lenses.count("realism") == lenses.count("liberalism")
    assert {row["lens"] for row in ROWS if row["verdict"] == "miss"} == {"realism", "liberalism"}


def test_the_miss_on_the_size_of_kfor_is_what_the_table_of_its_strength_says() -> None:
    [row] = [row for row in ROWS if row["id"] == "F06"]
    smaller = facts.figure("kfor_latest").low < facts.figure("kfor_december_2023").low
    assert row["verdict"] == ("hit" if smaller else "miss")


def test_the_probabilities_are_those_of_the_chapter_that_registers_them() -> None:
    table = re.findall(
        r"^\| \d\. (.+?) \| (0\.\d\d) \| (0\.\d\d) \|", course.chapter(12).path.read_text(encoding="utf-8"), re.M
    )
    lenses = ("realism", "liberalism")
    stated = {(what, lens): float(p) for what, *both in table for lens, p in zip(lenses, both, strict=True)}
    rows = load("forecasts").dropna(subset="probability")
    found = {(row["foretold"], row["lens"]): float(row["probability"]) for row in rows.to_dict("records")}
    assert found == stated
