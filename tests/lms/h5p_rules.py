"""How H5P marks: Multiple Choice 1.16, True/False 1.8, Fill in the Blanks 1.14 and Drag the Words 1.10, read in their
scripts (``multichoice.js``, ``blanks.js`` and ``cloze.js``, ``parse-text.js`` and ``droppable.js``).
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def gaps(line: str) -> list[tuple[list[str], str]]:
    """Every gap of a text for *Fill in the Blanks*: what may be typed, and the tip."""
    found = []
    for inside in re.findall(r"\*(.+?)\*", line, re.S):
        solution, _, tip = re.sub(r"</?[a-z]*\d?>", "", inside, flags=re.I).partition(":")
        found.append(([unescape(one.strip()) for one in solution.split("/")], tip))
    return found


def blanks(params: dict[str, Any], typed: list[str]) -> tuple[int, int]:
    """Points and the most points of what was typed into each gap."""
    assert params["behaviour"]["caseSensitive"] is False
    assert params["behaviour"]["acceptSpellingErrors"] is False
    known = [gap for line in params["questions"] for gap, _ in gaps(line)]
    right = [one.strip().lower() in [key.lower() for key in keys] for keys, one in zip(known, typed, strict=True)]
    return sum(right), len(known)


def words(field: str) -> list[str]:
    """The words that belong into the gaps of a text for *Drag the Words*, and what a wrong one is told is left out."""
    found = []
    for part in re.findall(r"\*.*?\*", field.replace("\n", "<br/>")):
        text = part[1:-1]
        for pattern in (r":([^\\*]+)", r"\\\+([^\\*:]+)", r"\\-([^\\*:]+)"):
            if one := re.search(pattern, text):
                text = text.replace(one[0], "", 1)
        found.append(unescape(text.rstrip()))
    return found


def drag(params: dict[str, Any], dropped: list[str | None]) -> tuple[int, int]:
    """Points and the most points of the words that were dropped into each gap."""
    keys = words(params["textField"])
    return sum(one == key for one, key in zip(dropped, keys, strict=True)), len(keys)


def choice(params: dict[str, Any], picked: list[int]) -> tuple[int, int]:
    """Points and the most points of the options that were chosen."""
    keys = [one["correct"] for one in params["answers"]]
    if params["behaviour"]["type"] == "single":
        return sum(keys[one] for one in picked[:1]), 1
    return max(0, sum(1 if keys[one] else -1 for one in picked)), sum(keys)
