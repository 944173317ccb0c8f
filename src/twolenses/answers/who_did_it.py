"""Keys of *Who did it?*: ties to the record, rungs, grades, revisions, origins, what tells hypotheses apart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load
from twolenses.facts import figure

__all__: list[str] = []

_RESTS_ON = {
    "borrell": "C07",
    "report": "C62",
    "osmani": "C10",
    "belgrade": "C60",
    "parliament": "E79",
    "letter": "C61",
    "alone": "E75",
    "no crimes": "C61",
    "indictment": "E87",
    "radio": "C90",
    "blame": "E88",
    "no part": "E88",
    "charges": "E88",
    "plea": "E88",
}
_LADDER = ("alleged", "claimed by the actor", "assessed", "charged", "convicted")


def _confidence() -> dict[str, str]:
    rows = [*load("chronology").to_dict("records"), *load("claims").to_dict("records")]
    return {row["id"]: row["confidence"] for row in rows}


@answer
def made_up_line() -> str:
    """The line whose id stands neither in the chronology nor in the claim ledger."""
    known = _confidence()
    return next(name for name, row in _RESTS_ON.items() if row not in known)


@answer
def ties_below_high() -> int:
    """Of the lines that have a record, those whose record is not of high confidence."""
    known = _confidence()
    return sum(known[row] != "high" for row in _RESTS_ON.values() if row in known)


@answer
def rung_of_each_statement() -> dict[str, str]:
    """Who speaks, in which role, and of himself or of others?"""
    return {
        "borrell": "assessed",
        "osmani": "alleged",
        "belgrade": "denied",
        "report": "alleged",
        "parliament": "assessed",
        "letter": "claimed by the actor",
        "alone": "denied",
        "no crimes": "denied",
        "indictment": "charged",
        "blame": "alleged",
        "no part": "denied",
        "charges": "charged",
        "plea": "denied",
    }


@answer
def highest_rung() -> Callable[[pd.DataFrame, str], str]:
    """The rung highest on the ladder among the statements on this one question; denials stand on none."""

    def highest(graded: pd.DataFrame, question: str) -> str:
        rows = graded.to_dict("records")
        reached = [row["rung"] for row in rows if row["question"] == question and row["rung"] in _LADDER]
        return str(max(reached, key=_LADDER.index, default="none"))

    return highest


@answer
def grade_for_each_actor() -> dict[str, str]:
    """Take the highest rung among the statements on this question, and none from a neighbouring question."""
    return {
        "Radoičić organised the attack": "charged",
        "the Serbian state backed the attack": "assessed",
        "the three accused set off the canal explosion": "charged",
        "the Serbian state was behind the canal explosion": "alleged",
    }


# ── Revisions ────────────────────────────────────────────────────────────────────────────────────────


def _accounts() -> tuple[float, float]:
    return float(figure("attackers_first_reported")), float(figure("attackers_by_kosovo_later"))


@answer
def growth_of_attackers_in_accounts() -> float:
    """From the first account of the number of attackers to the later one, in percent of the first."""
    first, later = _accounts()
    return 100 * (later / first - 1)


@answer
def least_growth_of_attackers() -> float:
    """The growth if the first number was five higher and the later one five lower."""
    first, later = _accounts()
    return 100 * ((later - 5) / (first + 5) - 1)


@answer
def most_growth_of_attackers() -> float:
    """The growth if the first number was five lower and the later one five higher."""
    first, later = _accounts()
    return 100 * ((later + 5) / (first - 5) - 1)


# ── Sources ──────────────────────────────────────────────────────────────────────────────────────────


@answer
def origin_of_each_report() -> dict[str, str]:
    """Ask on whose word the report rests, not who printed it."""
    return {
        "Reuters, 28 September": "Kosovo's authorities",
        "Agenzia Nova, 29 September": "Kosovo's authorities",
        "Reuters in Chronicle.lu, 29 September": "Kosovo's authorities",
        "EIN Presswire, 19 October": "European Parliament",
        "the same Reuters article, 29 September": "Serbia's authorities",
        "AP, 2 October": "Serbia's authorities",
        "Tanjug, 29 September": "Radoičić",
        "B92, 29 September": "Radoičić",
    }


@answer
def reports_and_origins() -> pd.DataFrame:
    """For each answer, how many reports give it and how many different origins these have."""
    origins = list(origin_of_each_report().values())
    sides = {"no": origins[4:], "yes": origins[:4]}
    return pd.DataFrame(
        {"reports": [len(one) for one in sides.values()], "origins": [len(set(one)) for one in sides.values()]},
        index=list(sides),
    )


# ── Hypotheses ───────────────────────────────────────────────────────────────────────────────────────


@answer
def pairs_told_apart() -> Callable[[pd.DataFrame], pd.Series]:
    """Each pair of hypotheses of which the row fits one and not the other counts as one."""

    def tells_apart(table: pd.DataFrame) -> pd.Series:
        pairs = [table[one] != table[other] for one, other in combinations(table.columns, 2)]
        return pd.concat(pairs, axis=1).sum(axis=1)

    return tells_apart


@answer
def idle_observations() -> int:
    """The rows of `fits`, the observed ones, that fit every hypothesis or none."""
    return 6


@answer
def useful_findings() -> int:
    """The rows of `possible` that fit some hypothesis and not some other."""
    return 3
