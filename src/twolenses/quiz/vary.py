"""Questions that vary: one entry of the bank, many concrete questions.

.. code-block:: yaml

   - id: change-of-spending
     type: numeric
     vary:
       country: [Serbia, Croatia]                                   # values, or
       year: {table: military_spending, column: year, where: {iso3: SRB}}   # those of a column
     stem: By how many percent did the spending of {country} change from {year} to 2023?
     answer:
       compute: relative_change
       of:
       - {table: military_spending, column: spending, where: {country: "{country}", year: "{year}"}}
       - {table: military_spending, column: spending, where: {country: "{country}", year: 2023}}

``{name}`` stands for the value in every text, also in the name of a fact or mistake; a text that is nothing but
``{name}`` becomes the value itself, a number where it is one. Other braces, those of ``{fact}`` and of math, stay.
What changes together is one value with several names: ``place: [{name: Zveçan/Zvečan, fact: voters_zvecan}, …]`` gives
``{place.name}`` and ``{place.fact}``.
The variants are all combinations of the values. The one of seed 0 is what the page shows, under the id of the entry;
:func:`variants` gives others, with ids ``change-of-spending--1`` and so on, each a question like any other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from functools import cache
from itertools import product
from typing import Any

from pydantic import TypeAdapter

from twolenses.errors import QuizError
from twolenses.quiz.keys import Choices, Column
from twolenses.quiz.model import Model
from twolenses.quiz.types import BaseQuestion, Question

__all__ = ["combinations", "fill", "question", "shown", "unused", "variants"]

Values = dict[str, Any]


class _Varying(Model):
    vary: dict[str, Choices]


_NAME = re.compile(r"\{(\w+(?:\.\w+)?)\}")


def variants(base: BaseQuestion, n: int, seed: int | str) -> list[BaseQuestion]:
    """`n` different concrete questions of one that varies; the same seed gives the same ones.

    Raises
    ------
    QuizError
        If the question does not vary, or has fewer variants.
    """
    written = base.written
    if not base.vary:
        raise QuizError(f"question {base.id!r} does not vary. Give it 'vary:' with the values to choose from.")
    order = _shuffled(written, seed)
    if n > len(order):
        raise QuizError(f"question {base.id!r} has {len(order)} variants, not {n}. Ask for fewer, or add values.")
    return [
        question(fill(written, values) | {"id": f"{base.id}--{number}"})
        for number, values in enumerate(order[:n], start=1)
    ]


def shown(written: Values) -> Values:
    """The entry as the page shows it: filled with the values of seed 0, or as it is where it does not vary."""
    if not written.get("vary"):
        return written
    order = _shuffled(written, 0)
    return (fill(written, order[0]) if order else written) | {"vary": written["vary"]}


def combinations(written: Values) -> list[Values]:
    """All combinations of the values of an entry, in order."""
    vary = _Varying.model_validate({"vary": written.get("vary") or {}}).vary
    choices = [one.values() if isinstance(one, Column) else one for one in vary.values()]
    return [dict(zip(vary, picks, strict=True)) for picks in product(*choices)]


def fill(written: Values, values: Mapping[str, Any]) -> Values:
    """The entry with every ``{name}`` replaced."""
    named = _named(values)
    return {name: _filled(part, named) for name, part in written.items() if name != "vary"}


def question(written: Values) -> BaseQuestion:
    """The question of an entry, which remembers how it was written."""
    made: BaseQuestion = _question().validate_python(shown(written))
    made._written.update(written)
    return made


def unused(written: Values) -> list[str]:
    """Names under `vary` that stand nowhere in the entry."""
    rest = repr({name: part for name, part in written.items() if name != "vary"})
    names = dict.fromkeys(name for values in combinations(written) for name in _named(values))
    return [name for name in names or written["vary"] if f"{{{name}}}" not in rest]


def _named(values: Mapping[str, Any]) -> Values:
    """The values by the name a text calls them: ``place.name`` where a value has several."""
    named: Values = {}
    for name, value in values.items():
        named |= {f"{name}.{part}": one for part, one in value.items()} if isinstance(value, dict) else {name: value}
    return named


def _shuffled(written: Values, seed: int | str) -> list[Values]:
    order = combinations(written)
    random.Random(f"{written.get('id')}/{seed}").shuffle(order)
    return order


def _filled(part: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(part, dict):
        return {name: _filled(one, values) for name, one in part.items()}
    if isinstance(part, list):
        return [_filled(one, values) for one in part]
    if not isinstance(part, str):
        return part
    whole = _NAME.fullmatch(part)
    if whole and whole[1] in values:
        return values[whole[1]]
    return _NAME.sub(lambda found: str(values.get(found[1], found[0])), part)


@cache
def _question() -> TypeAdapter[Any]:
    return TypeAdapter(Question)
