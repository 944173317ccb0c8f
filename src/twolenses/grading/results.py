"""What a class reached, item by item, and what each student was told: the one form that all reports are made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from twolenses.handing_back.gradebook import Grade
from twolenses.mistakes import MISTAKES

__all__ = ["About", "Results", "Told", "known_mistakes", "named"]


@dataclass(frozen=True)
class About:
    """An item: what it is called, its points, and what it assesses where that is known."""

    label: str
    maximum: float
    objective: str = ""
    lens: str = ""


@dataclass(frozen=True)
class Told:
    """A sentence that a student read about an item, and the mistake that it names."""

    student: str
    item: str
    said: str
    kind: Literal["right", "wrong", "comment"] = "wrong"
    mistake: str = ""


@dataclass(frozen=True)
class Results:
    """The results of a class.

    `scores` has one row per student and one column per item, in points; missing where an item was not asked or waits
    for a person. `remarks` is what an instructor must know, by student or item; `sentences` are those of mistakes, by
    name; `texts` is what each student wrote, cell by cell.
    """

    title: str
    about: Mapping[str, About]
    scores: pd.DataFrame
    told: tuple[Told, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    grades: tuple[Grade, ...] = ()

    @property
    def reached(self) -> pd.Series:
        """Share of the points of what is scored, from 0 to 1, by student."""
        asked = (self.scores.notna() * self.maxima).sum(axis=1)
        return self.scores.sum(axis=1) / asked

    @property
    def maxima(self) -> pd.Series:
        """Points of each item."""
        return pd.Series({item: self.about[str(item)].maximum for item in self.scores}, dtype=float)

    @property
    def mistakes(self) -> Counter[tuple[str, str]]:
        """How many students made each named mistake, by item and name."""
        made = {(one.student, one.item, one.mistake) for one in self.told if one.mistake}
        return Counter((item, mistake) for _, item, mistake in made)

    def mastery(self, field: str) -> pd.DataFrame:
        """By objective or lens (`field`): items, the mean share of their points reached, who is `below` one half."""
        groups: dict[str, list[str]] = {}
        for item in map(str, self.scores):
            if name := getattr(self.about[item], field):
                groups.setdefault(name, []).append(item)
        rows = {}
        for name, items in groups.items():
            reached = replace(self, scores=self.scores[items]).reached.dropna()
            rows[name] = {"items": len(items), "mastery": reached.mean(), "below": int((reached < 0.5).sum())}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["items", "mastery", "below"])


def known_mistakes() -> dict[str, str]:
    """The sentence of each mistake that is known now, with its name; the names of those that share one."""
    found: dict[str, str] = {}
    for name, mistake in MISTAKES.all().items():
        found[mistake.sentence] = f"{found[mistake.sentence]}, {name}" if mistake.sentence in found else name
    return found


def named(said: str, known: Mapping[str, str]) -> str:
    """The name of the mistake whose sentence ends what was said; nothing where none does."""
    said = _bare(said)
    return next((name for sentence, name in known.items() if said.endswith(_bare(sentence))), "")


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
