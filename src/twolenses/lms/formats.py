"""What every format makes of every type, asked of the code that writes it, so that a table of it cannot lie."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from twolenses.lms import together
from twolenses.quiz import Quiz
from twolenses.quiz.types import TYPES, BaseQuestion

__all__ = ["Format", "formats", "sample"]

LEFT_OUT = "left out"
_OF_TYPE = re.compile(r"([a-z-]+) \(\d+ questions?\): (.*)")

_NAMED = re.compile(r", which is '[^']*'")


@dataclass(frozen=True)
class Format:
    """A format by its name on the command line: what each type becomes there, and what is lost."""

    name: str
    becomes: dict[str, str]
    lost: dict[str, tuple[str, ...]]
    lost_by_all: tuple[str, ...]


def formats(quizzes: Iterable[Quiz]) -> list[Format]:
    """Every format, in the order of the alphabet; what is lost is what an export of the quizzes says."""
    chosen = list(quizzes)
    return [_asked(name, module, chosen) for name, module in together.modules().items()]


def _asked(name: str, module: Any, quizzes: list[Quiz]) -> Format:
    with tempfile.TemporaryDirectory() as folder:
        lines = module.write(quizzes, Path(folder) / "export").losses
    lost: dict[str, list[str]] = {}
    for found in filter(None, map(_OF_TYPE.fullmatch, lines)):
        if found[1] in module.KINDS:
            lost.setdefault(found[1], []).append(found[2])
    every = "every question: "
    by_all = tuple(_NAMED.sub("", line.removeprefix(every)) for line in lines if line.startswith(every))
    becomes = {type: module.KINDS.get(type, LEFT_OUT) for type in TYPES}
    return Format(name, becomes, {type: tuple(said) for type, said in lost.items()}, by_all)


def sample(quizzes: Iterable[Quiz]) -> list[Quiz]:
    """The first question of every type, and of every kind that a type has: with reasons, with blanks of each sort."""
    seen: set[tuple[Any, ...]] = set()
    chosen = []
    for quiz in quizzes:
        kept = []
        for question, line in zip(quiz.questions, quiz.lines, strict=True):
            if (kind := _kind(question)) not in seen:
                seen.add(kind)
                kept.append((question, line))
        if kept:
            chosen.append(replace(quiz, questions=tuple(q for q, _ in kept), lines=tuple(line for _, line in kept)))
    return chosen


def _kind(question: BaseQuestion) -> tuple[Any, ...]:
    blanks = {blank.type for blank in getattr(question, "blanks", ())}
    return question.type, bool(getattr(question, "reasons", ())), frozenset(blanks)
