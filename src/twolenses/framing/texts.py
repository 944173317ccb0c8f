"""What is read and asked, from ``data/framing.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from twolenses import course

__all__ = ["HIGHEST", "LOWEST", "Survey", "Version", "bare", "load", "path"]

LOWEST, HIGHEST = 1, 7

_LEDGER = re.compile(r"\s*\{claim\}`[^`]+`")


@dataclass(frozen=True)
class Version:
    """What one half reads: a sentence before the facts and one behind them, in one lens."""

    name: str
    lens: str
    opens: str
    closes: str


@dataclass(frozen=True)
class Survey:
    """The whole experiment. Texts are Markdown, with roles.

    `questions` maps a short name to its text, `ends` says what the two ends of the scale mean; `consent` is shown
    first, and whoever takes part answers `asks` with `answer`.
    """

    title: str
    facts: str
    versions: Mapping[str, Version]
    questions: Mapping[str, str]
    ends: tuple[str, str]
    consent: str
    asks: str
    answer: str

    def paragraph(self, version: str) -> str:
        """What one half reads."""
        one = self.versions[version]
        return f"{one.opens} {self.facts} {one.closes}"

    @property
    def options(self) -> tuple[str, ...]:
        """The answers to choose from: numbers, with words at both ends."""
        between = (str(number) for number in range(LOWEST + 1, HIGHEST))
        low, high = self.ends
        return (f"{LOWEST} ({low})", *between, f"{HIGHEST} ({high})")

    @property
    def instruction(self) -> str:
        """What stands above the questions."""
        low, high = self.ends
        return f"Each from {LOWEST}, *{low}*, to {HIGHEST}, *{high}*. You may leave out any."


def path() -> Path:
    """The file."""
    return course.root() / "data" / "framing.toml"


@cache
def load() -> Survey:
    """The course's experiment."""
    found = tomllib.loads(path().read_text(encoding="utf-8"))
    scale, consent = found["scale"], found["consent"]
    return Survey(
        title=found["title"],
        facts=found["facts"].strip(),
        versions={name: Version(name, **one) for name, one in found["versions"].items()},
        questions=found["questions"],
        ends=(scale["lowest"], scale["highest"]),
        consent=consent["text"].strip(),
        asks=consent["asks"],
        answer=consent["answer"],
    )


def bare(text: str) -> str:
    """Markdown as a student reads it: figures printed, no links to the ledger."""
    from twolenses.quiz.text import with_facts

    return with_facts(_LEDGER.sub("", text))
