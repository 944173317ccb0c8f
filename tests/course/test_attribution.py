"""What is somebody's account stands with its owner, and what was found to be flat or wrong once does not come back."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]

TEXTS = sorted(
    path
    for pattern in (
        "chapters/**/*.md",
        "exercises/**/*.md",
        "exercises/**/*.yml",
        "data/**/*.csv",
        "src/**/*.py",
    )
    for path in HERE.glob(pattern)
)

# `O07`: what KFOR answered in January 2023 is known from President Vučić; KFOR confirmed only that it had answered.
_ANSWER = re.compile(r"KFOR(?:[’']s)? (?:had |has |had not |later )?(?:declin|refus|reject|turned down|said no)\w*")
_OWNER = re.compile(r"Vučić|by (?:his|its) account|as (?:he|she|it) (?:told|reported)")
_TITLES = ("KFOR rejects Belgrade's request for return of Serbian military to Kosovo",)  # N1, 8 January 2023

FLAT = {
    "deaths in single years, where the chronology has more": r"deaths? in (?:19|20)\d\d, (?:19|20)\d\d",
    "Serbian forces, which were not stationed in Kosovo: visits are another matter": r"not been (?:back|in Kosovo) ?(?:since|\{|$)",
    "a boycott by Kosovo Serbs, most of whom had no vote in the four municipalities": r"boycotted by most Kosovo Serbs(?! there)|Most Kosovo Serbs boycotted",
    "deliveries from Russia: 'practically impossible' at the moment, said the general": r"deliveries (?:were|are) impossible",
    "an entry by force: the word is Washington's": r"offices by force",
    "people moved like pieces: no lens holds that": r"voters as pieces|as pieces that others move",
    "an expectation that no lens has": r"whatever each did",
    "a vote without a veto, where Russia voted for it": r"passed without a Russian veto",
    "an administration as what people fled from": r"under which Serbs and Roma fled",
}


def sentences(text: str) -> list[str]:
    """Sentences, cells of a table and fields of a row: what a reader meets as one statement."""
    return re.split(r"(?<=[.!?])\s+|\n\s*\n|\n\s*- |\s\|\s|(?<=\"),|,(?=\")", text)


def unowned(text: str) -> list[str]:
    """Statements on KFOR's answer without an owner in the statement or the one before it."""
    for title in _TITLES:
        text = text.replace(title, "")
    said = ["", *sentences(text)]
    return [now for before, now in pairwise(said) if _ANSWER.search(now) and not _OWNER.search(before + now)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(HERE)))
def test_what_kfor_answered_is_said_by_somebody(path: Path) -> None:
    assert unowned(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(HERE)))
def test_no_wording_comes_back_that_a_sceptic_took_apart(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert {why for why, pattern in FLAT.items() if re.search(pattern, text, re.M)} == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KFOR declined in January.", ["KFOR declined in January."]),
        ("Serbia asked. KFOR’s refusal held.", ["KFOR’s refusal held."]),
        ("Vučić spoke on 8 January. KFOR declined, he said.", []),
        ("By President Vučić’s account KFOR declined.", []),
        ("KFOR grants one side a request and declines a like one.", []),
    ],
)
def test_an_answer_without_an_owner_is_found(text: str, found: list[str]) -> None:
    assert unowned(text) == found
