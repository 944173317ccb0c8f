"""Numbers that are typed where a fact should print them: in prose, questions and exercises alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from twolenses import course, facts

__all__ = ["Typed", "numbers"]

_COUNTED = (
    r"%|per ?cent(?:age points?)?\b"
    r"|(?:troops?|soldiers?|votes?|voters?|euros?|million|bases|dead|deaths|recognitions|states)\b"
)
_NUMBER = re.compile(
    rf"(?<!\w)(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?(?=\s?(?:{_COUNTED})))"
    rf"(?:\s?(?P<unit>{_COUNTED}))?"
)
_KINDS = (
    {"%", "percent", "per", "percentage"}, {"troop", "soldier", "personnel"}, {"vote", "voter"},
    {"dead", "death", "people"}, {"euro", "million"}, {"recognition", "state", "nation"}, {"base", "post"},
)  # fmt: skip
_NO_PROSE = re.compile(
    r"\A---\n.*?\n---\n|^```\{code-cell\}.*?^```|\{[\w:]+\}`[^`]*`|\]\([^)]*\)", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Typed:
    """A number in a text: how it is written, where it begins, and the facts that print it, which may be none."""

    text: str
    start: int
    facts: tuple[str, ...]


def numbers(text: str) -> list[Typed]:
    """The numbers in a text (Markdown) that look like a table's: with a comma, or in front of what is counted.

    Front matter, code cells, roles and the addresses of links are not looked at.
    """
    prose = _NO_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    found = list(_NUMBER.finditer(prose))
    return [Typed(one[0], one.start(), tuple(_facts(one["number"], one["unit"] or ""))) for one in found]


def _facts(number: str, counted: str) -> Iterator[str]:
    """The facts that print the number and count the same: 10% is not the fact of 10 states."""
    printed = _printed(max(path.stat().st_mtime_ns for path in (course.root() / "data").rglob("*.csv")))
    for name, unit in [*printed.get(number, ()), *printed.get(f"{number}%", ())]:
        if not counted or not unit or _kinds(counted) & _kinds(unit):
            yield name


def _kinds(words: str) -> set[int]:
    """Which of the kinds of things are counted in these words."""
    return {number for number, kind in enumerate(_KINDS) for word in words.split() if word.rstrip("s") in kind}


@lru_cache(maxsize=1)
def _printed(changed: int) -> dict[str, list[tuple[str, str]]]:
    """The names of facts and what they count, by the number that they print."""
    names: dict[str, list[tuple[str, str]]] = {}
    for name in facts.names():
        number = facts.figure(name).number.partition("\N{NO-BREAK SPACE}")[0]
        names.setdefault(number, []).append((name, facts.describe(name).unit))
    return names
