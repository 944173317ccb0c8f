"""The rules of questions: what must hold beyond their form, in any choice of files.

Each rule is a small function that yields problems. The rules of the bank as a whole are in
:mod:`twolenses.quiz.balance`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from twolenses import data, facts, typed
from twolenses.errors import Error, place, suggestion
from twolenses.quiz import pictures, text, vary
from twolenses.quiz.bank import Problem, Quiz
from twolenses.quiz.types import BaseQuestion, TrueFalse
from twolenses.typed import Typed

__all__ = ["OF_QUESTIONS", "Known", "Placed", "Rule"]


@dataclass(frozen=True)
class Placed:
    """A question with its place."""

    quiz: Quiz
    question: BaseQuestion
    line: int

    def problem(self, sentence: str) -> Problem:
        """A problem of this question."""
        return Problem(self.quiz.path, self.line, f"question {self.question.id!r} {sentence}")


@dataclass(frozen=True)
class Known:
    """Ids that questions may name; None where the rule is not applied. Whether the bank is the course's own."""

    objectives: Collection[str] | None
    citations: Collection[str] | None
    own: bool = True


Rule = Callable[[list[Placed], Known], Iterator[Problem]]


# ── what a question names exists ─────────────────────────────────────────────────────────────────────


def own_faults(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """What each type says about itself: keys, mistakes, blanks."""
    for one in placed:
        yield from map(one.problem, one.question.faults())


def unique(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """No two questions have one id or one stem."""
    ids: dict[str, Placed] = {}
    stems: dict[str, Placed] = {}
    for one in placed:
        for what, seen, value in (
            ("id", ids, one.question.id),
            ("stem", stems, one.question.stem.casefold().strip()),
        ):
            if value in seen:
                first = seen[value]
                yield one.problem(
                    f"has the {what} of another question ({place(first.quiz.path, first.line)}). Change one."
                )
            seen.setdefault(value, one)


def facts_exist(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Every `{fact}` in a text exists."""
    for one in placed:
        for name in sorted({name for part in one.question.texts() for name in text.fact_names(part)}):
            if name not in facts.names():
                yield one.problem(_no_fact(name))


def math_is_readable(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Every `$…$` becomes MathML."""
    for one in placed:
        for part in one.question.texts():
            try:
                if "$" in part:
                    text.html(_without_facts(part))
            except Error as error:
                yield one.problem(str(error))


def pictures_are_there(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Every picture is a file of the bank, with a description."""
    for one in placed:
        yield from map(one.problem, pictures.faults(one.question, one.quiz.folder))


def objective_known(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """The objective is one of a chapter's."""
    if known.objectives is None:
        return
    for one in placed:
        objective = one.question.objective
        if objective not in known.objectives:
            yield one.problem(
                f"names the objective {objective!r}, which no chapter has. {suggestion(objective, known.objectives)}"
            )


def source_resolves(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Every source is a claim, a fact or an entry of the bibliography."""
    claims = set(data.load("claims")["id"])
    for one in placed:
        for source in one.question.source:
            kind, _, name = source.rpartition(":")
            table: Collection[str] | None = {"": claims, "fact": facts.names(), "cite": known.citations}.get(kind, ())
            if table is not None and name not in table:
                yield one.problem(f"names the source {source!r}, which does not exist. {suggestion(name, table)}")


def variants_hold(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Every variant of a question that varies is a sound question, and every name under `vary` is used."""
    for one in placed:
        written = one.question.written
        if not one.question.vary:
            continue
        for name in vary.unused(written):
            yield one.problem(f"varies {name!r}, which stands nowhere in it. Write {{{name}}}, or take it out.")
        combinations = vary.combinations(written)
        if len(combinations) < 2:
            yield one.problem("has fewer than two variants. Add values, or take 'vary' out.")
        for values in combinations:
            if fault := _fault_of_variant(one, values):
                called = ", ".join(f"{name} = {value!r}" for name, value in values.items())
                yield one.problem(f"with {called} {fault}")


def _fault_of_variant(placed: Placed, values: vary.Values) -> str:
    """The first thing that is wrong with one variant, or nothing."""
    base = placed.question
    try:
        question = vary.question(vary.fill(base.written, values) | {"id": f"{base.id}--1"})
        faults = question.faults() + _repeated(question)
        names = [name for part in question.texts() for name in text.fact_names(part)]
        faults += [_no_fact(name) for name in names if name not in facts.names()]
        faults += pictures.faults(question, placed.quiz.folder)
    except ValidationError as error:
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    except Error as error:
        return str(error)
    return faults[0] if faults else ""


def _no_fact(name: str) -> str:
    return f"names the fact {name!r}, which does not exist. {suggestion(name, facts.names())}"


# ── how an item is written ───────────────────────────────────────────────────────────────────────────


def no_option_twice(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """Nothing to choose stands twice."""
    for one in placed:
        yield from map(one.problem, _repeated(one.question))


def _repeated(question: BaseQuestion) -> list[str]:
    return [
        f"has the option {again!r} twice. Change one."
        for offered in question.offered()
        for again, times in Counter(" ".join(part.casefold().split()) for part in offered).items()
        if times > 1
    ]


_ABOVE = re.compile(
    r"\b(?:all|none|any|both|neither|either)(?: of)? the above\b|\b(?:all|none|any) of (?:these|them)\b"
    r"|\b(?:both|neither|either) \(?[a-e1-9]\)? (?:and|or|nor) \(?[a-e1-9]\)?(?!\w)",
    re.IGNORECASE,
)


def no_all_of_the_above(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """No option speaks of the other options: their order on the page is not fixed."""
    for one in placed:
        for part in (part for offered in one.question.offered() for part in offered):
            if _ABOVE.search(part):
                yield one.problem(f"has the option {part!r}. Say what it means: options stand in any order.")


_LOUD = re.compile(r"\b(?:NOT|EXCEPT|NEVER|NONE)\b")
_NEGATIVE = re.compile(r"\b(?:not|cannot|except|never)\b|n['’]t\b", re.IGNORECASE)
_ASKS = re.compile(r"\?\W*$|^\W*(?:choose|find|mark|name|pick|select|tick|give|which)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|\*\*[^*]+\*\*")


def no_hidden_negative(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """A negative in the question, or in a statement to judge, is emphasised or turned round."""
    for one in placed:
        bare = _QUOTED.sub(" ", text.FACT.sub(" ", one.question.stem))
        judged = isinstance(one.question, TrueFalse)
        sentences = [part for part in re.split(r"(?<=[.?!:])\s+", bare) if judged or _ASKS.search(part)]
        found = _LOUD.search(bare) or next(filter(None, map(_NEGATIVE.search, sentences)), None)
        if found:
            yield one.problem(
                f"asks with the negative {found[0]!r}. Turn the question round, or write **{found[0].lower()}**."
            )


def no_typed_fact(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """In the course's own bank, a number that a fact prints is not typed (:mod:`twolenses.typed`)."""
    for one in placed if known.own else ():
        for number, names in {
            " ".join(found.text.split()): found.facts for found in _typed(one.question.written)
        }.items():
            yield one.problem(
                f"types {number}, which is the fact {' or '.join(map(repr, names[:3]))}. Write {{fact}}`{names[0]}`."
            )


def _typed(part: Any) -> Iterator[Typed]:
    """The numbers in the texts of an entry as it is written: what is computed there is not typed."""
    if isinstance(part, (dict, list)):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _typed(inner)
    elif isinstance(part, str):
        yield from (one for one in typed.numbers(part) if one.facts)


def _without_facts(part: str) -> str:
    return text.FACT.sub(" ", part)


OF_QUESTIONS: tuple[Rule, ...] = (
    own_faults,
    unique,
    facts_exist,
    math_is_readable,
    pictures_are_there,
    objective_known,
    source_resolves,
    variants_hold,
    no_option_twice,
    no_all_of_the_above,
    no_hidden_negative,
    no_typed_fact,
)
