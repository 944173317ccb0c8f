"""The key of *Who did it? Grading attribution*."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.facts import figure
from twolenses.mistakes import mistake

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
def least_growth_of_attackers(margin: int = 5) -> float:
    """The growth if the first number was as high as it may be and the later one as low."""
    first, later = _accounts()
    return 100 * ((later - margin) / (first + margin) - 1)


@answer
def most_growth_of_attackers(margin: int = 5) -> float:
    """The growth if the first number was as low as it may be and the later one as high."""
    first, later = _accounts()
    return 100 * ((later + margin) / (first - margin) - 1)


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


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


# ── Ties ─────────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="ties_below_high")
def missing_counted_as_low() -> float:
    """You count the made-up line as well. Its confidence is missing, and missing is not equal to “high” either: drop it
    first."""
    return float(ties_below_high()) + 1


@mistake(about="ties_below_high")
def ties_of_high_counted() -> float:
    """That is how many lines rest on a record of high confidence. The others are asked for."""
    return float(len(rung_of_each_statement())) - float(ties_below_high())


# ── Rungs ────────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="rung_of_each_statement")
def own_report_as_assessment() -> dict[str, str]:
    """You take Pristina's report for an assessment. An assessment comes from an institution that is no party; a report
    of the side that was attacked may be right, and is alleged until somebody else has weighed it."""
    return dict(rung_of_each_statement()) | {"report": "assessed"}


@mistake(about="rung_of_each_statement")
def exoneration_as_claim() -> dict[str, str]:
    """You take the sentence that clears Belgrade for a claim. A claim by the actor is what he says of himself; here he
    says that others had no part."""
    return dict(rung_of_each_statement()) | {"alone": "claimed by the actor"}


@mistake(about="rung_of_each_statement")
def charge_as_conviction() -> dict[str, str]:
    """You take charges for convictions. A prosecutor thinks that a case can be made; no court had found anything."""
    return dict(rung_of_each_statement()) | {"indictment": "convicted", "charges": "convicted"}


@mistake(about="rung_of_each_statement")
def letter_as_allegation() -> dict[str, str]:
    """You call the letter an allegation. Its writer speaks of himself, and against his own interest: that is another
    rung."""
    return dict(rung_of_each_statement()) | {"letter": "alleged"}


# ── The highest rung ─────────────────────────────────────────────────────────────────────────────────


@mistake(about="highest_rung")
def rung_of_the_whole_event() -> Callable[[pd.DataFrame, str], str]:
    """It takes the highest rung of the whole table. A rung belongs to a question: keep the rows of this question
    first."""

    def highest(graded: pd.DataFrame, question: str) -> str:
        return max((rung for rung in graded["rung"] if rung in _LADDER), key=_LADDER.index, default="none")

    return highest


@mistake(about="highest_rung")
def last_line_taken() -> Callable[[pd.DataFrame, str], str]:
    """It takes the last statement listed. The order of the lines is no ladder."""

    def highest(graded: pd.DataFrame, question: str) -> str:
        return str(list(graded.loc[graded["question"] == question, "rung"])[-1])

    return highest


@mistake(about="highest_rung")
def last_in_the_alphabet() -> Callable[[pd.DataFrame, str], str]:
    """It takes the last rung in the alphabet, which is what max() does with texts. Use the order of the ladder."""

    def highest(graded: pd.DataFrame, question: str) -> str:
        return str(max(graded.loc[graded["question"] == question, "rung"]))

    return highest


@mistake(about="highest_rung")
def lowest_rung_taken() -> Callable[[pd.DataFrame, str], str]:
    """It stops at the first rung that it finds from the bottom, which is the lowest. Go on to the top and keep the last
    one."""

    def highest(graded: pd.DataFrame, question: str) -> str:
        reached = set(graded.loc[graded["question"] == question, "rung"])
        return next((rung for rung in _LADDER if rung in reached), "none")

    return highest


@mistake(about="grade_for_each_actor")
def charge_lent_to_the_state() -> dict[str, str]:
    """You lend the charges against persons to a state. Criminal courts try persons; for the state only statements about
    the state count."""
    states = {thing: "charged" for thing in dict(grade_for_each_actor()) if "state" in thing}
    return dict(grade_for_each_actor()) | states


@mistake(about="grade_for_each_actor")
def parliament_overlooked() -> dict[str, str]:
    """You leave the state and the attack at “alleged”. An institution that is no party has spoken on it: look at
    October 2023."""
    return dict(grade_for_each_actor()) | {"the Serbian state backed the attack": "alleged"}


@mistake(about="grade_for_each_actor")
def assessment_lent_to_the_canal() -> dict[str, str]:
    """You carry the assessment of the attack over to the canal. It was made a year before the explosion, on another
    event."""
    return dict(grade_for_each_actor()) | {"the Serbian state was behind the canal explosion": "assessed"}


@mistake(about="grade_for_each_actor")
def claim_for_the_charge() -> dict[str, str]:
    """For Radoičić you stop at his own claim. A later statement on the same question stands higher."""
    return dict(grade_for_each_actor()) | {"Radoičić organised the attack": "claimed by the actor"}


# ── Revisions ────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="growth_of_attackers_in_accounts")
def indicted_for_attackers() -> float:
    """That is either the difference of the two accounts, not yet divided by the first, or the growth to the number of
    people indicted, of whom some are charged with financing or money laundering: they are no count of attackers."""
    first, _ = _accounts()
    return 100 * (float(figure("banjska_indicted")) - first) / first


@mistake(about="growth_of_attackers_in_accounts")
def growth_of_the_later_account() -> float:
    """You divided by the later account. Growth is measured against the first."""
    first, later = _accounts()
    return 100 * (later - first) / later


@mistake(about="growth_of_attackers_in_accounts")
def times_for_growth() -> float:
    """That is the later account in percent of the first. The growth is what came on top."""
    first, later = _accounts()
    return 100 * later / first


@mistake(about="growth_of_attackers_in_accounts")
def growth_as_fraction() -> float:
    """That is the growth as a fraction of one. Multiply by 100 to have percent."""
    first, later = _accounts()
    return (later - first) / first


@mistake(about="growth_of_attackers_in_accounts")
def growth_with_a_minus() -> float:
    """That has the wrong sign. A growth is the later account less the first."""
    first, later = _accounts()
    return 100 * (first - later) / first


@mistake(about="least_growth_of_attackers")
def both_ends_high(margin: int = 5) -> float:
    """You raised both numbers together. The growth is smallest when the first is high and the later one is low."""
    first, later = _accounts()
    return 100 * ((later + margin) - (first + margin)) / (first + margin)


@mistake(about="least_growth_of_attackers")
def least_for_most(margin: int = 5) -> float:
    """That is the largest growth. The two are the wrong way round."""
    return float(most_growth_of_attackers(margin))


@mistake(about="most_growth_of_attackers")
def both_ends_low(margin: int = 5) -> float:
    """You lowered both numbers together. The growth is largest when the first is low and the later one is high."""
    first, later = _accounts()
    return 100 * ((later - margin) - (first - margin)) / (first - margin)


# ── Sources ──────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="reports_and_origins")
def every_report_a_source() -> pd.DataFrame:
    """You count every report as a source of its own. Count the different origins: nunique, not size."""
    table: pd.DataFrame = reports_and_origins()
    return table.assign(origins=table["reports"])


@mistake(about="origin_of_each_report")
def letter_as_word_of_belgrade() -> dict[str, str]:
    """You put Radoičić's letter down to Serbia's authorities. Whether he speaks for them is the question; the record
    has his word and theirs."""
    key = dict(origin_of_each_report())
    return {report: "Serbia's authorities" if who == "Radoičić" else who for report, who in key.items()}


# ── Hypotheses ───────────────────────────────────────────────────────────────────────────────────────


@mistake(about="pairs_told_apart")
def fitting_taken_for_support() -> Callable[[pd.DataFrame], pd.Series]:
    """It counts the hypotheses that a row fits. What fits all of them would then be the best evidence, and it tells
    nothing apart."""
    return lambda table: table.sum(axis=1)


@mistake(about="pairs_told_apart")
def misfits_counted() -> Callable[[pd.DataFrame], pd.Series]:
    """It counts the hypotheses that a row does not fit. A row that fits none speaks against all alike and tells no pair
    apart: count pairs."""
    return lambda table: (~table).sum(axis=1)


@mistake(about="pairs_told_apart")
def yes_or_no_for_pairs() -> Callable[[pd.DataFrame], pd.Series]:
    """It says whether a row tells anything apart. Count the pairs: where two fit and one does not, there are two."""
    return lambda table: table.nunique(axis=1) - 1


@mistake(about="pairs_told_apart")
def columns_for_rows() -> Callable[[pd.DataFrame], pd.Series]:
    """It works down the columns, so that each hypothesis gets a number. Each observation should: axis=1."""
    return lambda table: table.sum() * (~table).sum()


@mistake(about="idle_observations")
def possible_ones_counted() -> float:
    """You count the possible findings too. Nobody has published them: count the observed rows only."""
    return float(idle_observations()) + 2


@mistake(about="useful_findings")
def idle_for_useful() -> float:
    """Those are the findings that fit every hypothesis. The others are asked for."""
    return 2.0
