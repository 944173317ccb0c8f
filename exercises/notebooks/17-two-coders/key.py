"""The key of *Two coders, ten claims*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import isclose, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from twolenses.answers import answer
from twolenses.data import load
from twolenses.mistakes import mistake
from twolenses.models.reliability import agreement, cohen_kappa, expected_agreement, table_of

_VERDICTS = ("supported", "imprecise", "contested", "wrong", "unverifiable")
_HALF = ({"supported", "imprecise"}, {"imprecise", "wrong"}, {"contested", "unverifiable"})
_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_AGREED = 0.92

Kappa = Callable[[Sequence[str], Sequence[str]], float]
Weighted = Callable[[pd.DataFrame, pd.DataFrame], float]
At = Callable[[float, float], float]


def _coded() -> list[tuple[str, str]]:
    rows = load("codings").to_dict("records")
    return [(row["coder_a"], row["coder_b"]) for row in rows]


def _kappa(pairs: Sequence[tuple[str, str]]) -> float:
    return cohen_kappa(table_of(*zip(*pairs, strict=True)))


# ── Agreement and luck ───────────────────────────────────────────────────────────────────────────────


@answer
def table_of_both() -> pd.DataFrame:
    """How often each verdict of coder A met each verdict of coder B, all five in both directions."""
    first, second = zip(*_coded(), strict=True)
    return table_of(first, second, _VERDICTS)


@answer
def share_agreed() -> float:
    """The claims on which both say the same, divided by all ten."""
    return agreement(table_of_both())


@answer
def expected_of_both() -> float:
    """For each verdict A's share of the claims times B's, added up over the verdicts."""
    return expected_agreement(table_of_both())


@answer
def kappa_of_two_lists() -> Kappa:
    """Agreement less expected agreement, divided by one less expected agreement."""

    def kappa(first: Sequence[str], second: Sequence[str]) -> float:
        return _kappa(list(zip(first, second, strict=True)))

    return kappa


# ── Where they differ ────────────────────────────────────────────────────────────────────────────────


@answer
def agreed_by_type() -> pd.Series:
    """For each type of claim, the claims on which both say the same, divided by the claims of that type."""
    types = {row["id"]: row["type"] for row in load("claims").to_dict("records")}
    both = [(types[row["claim"]], row["coder_a"] == row["coder_b"]) for row in load("codings").to_dict("records")]
    return pd.Series(
        {
            kind: sum(same for one, same in both if one == kind) / sum(one == kind for one, _ in both)
            for kind in sorted({kind for kind, _ in both})
        }
    )


@answer
def pair_confused() -> str:
    """Count the claims for each two verdicts that stand against each other, whichever coder gave which."""
    apart = Counter(tuple(sorted(pair)) for pair in _coded() if pair[0] != pair[1])
    return " and ".join(apart.most_common(1)[0][0])


@answer
def kappa_once_settled() -> float:
    """Kappa of the two coders after B's verdicts on C06 and C31 have become wrong, the other eight as they were."""
    rows = load("codings").to_dict("records")
    return _kappa([(row["coder_a"], "wrong" if row["claim"] in ("C06", "C31") else row["coder_b"]) for row in rows])


# ── Weights ──────────────────────────────────────────────────────────────────────────────────────────


@answer
def weighted_kappa() -> Weighted:
    """One less the cost of what was seen divided by the cost that luck leads to."""

    def weighted(table: pd.DataFrame, cost: pd.DataFrame) -> float:
        return cohen_kappa(table, cost)

    return weighted


def _costs() -> pd.DataFrame:
    cost = [
        [0.0 if one == other else 0.5 if {one, other} in _HALF else 1.0 for other in _VERDICTS] for one in _VERDICTS
    ]
    return pd.DataFrame(cost, index=list(_VERDICTS), columns=list(_VERDICTS))


@answer
def kappa_by_pair() -> float:
    """The weighted kappa of the two coders with the costs in `by_pair`."""
    return cohen_kappa(table_of_both(), _costs())


@answer
def costs_that_fit() -> str:
    """Steps need an order, and costs chosen by their result prove nothing."""
    return "costs argued pair by pair"


# ── How sure ─────────────────────────────────────────────────────────────────────────────────────────


def _spread(draws: NDArray[np.int64], other: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
    """The kappa of each sample, a row of numbers of claims; `other` draws coder B's verdicts on their own."""
    codes = np.array([[_VERDICTS.index(one) for one in pair] for pair in _coded()])
    first, second = codes[draws, 0], codes[draws if other is None else other, 1]
    seen = (first == second).mean(axis=1)
    luck = sum((first == one).mean(axis=1) * (second == one).mean(axis=1) for one in range(len(_VERDICTS)))
    return np.asarray((seen - luck) / (1 - luck))


def _draws() -> NDArray[np.int64]:
    return np.random.default_rng(1960).integers(0, 10, size=(1000, 10))


def _ends(least: float = 2.5) -> tuple[float, float]:
    low, high = np.nanpercentile(_spread(_draws()), [least, 100 - least])
    return float(low), float(high)


@answer
def low_end() -> float:
    """The value below which lie 2.5 percent of the thousand kappas."""
    return _ends()[0]


@answer
def high_end() -> float:
    """The value above which lie 2.5 percent of the thousand kappas."""
    return _ends()[1]


@answer
def labels_touched() -> int:
    """One more than the borders between labels that lie inside the interval."""
    low, high = _ends()
    return 1 + sum(low < border < high for border in (0, 0.2, 0.4, 0.6, 0.8))


# ── Skewed margins ───────────────────────────────────────────────────────────────────────────────────


@answer
def kappa_at_share() -> At:
    """Luck agrees on the share squared and on the rest squared; kappa is what was reached of what luck leaves."""

    def at(share: float, agreed: float) -> float:
        left = 2 * share * (1 - share)
        return 1 - (1 - agreed) / left if left else nan

    return at


@answer
def kappa_at_each_share() -> pd.Series:
    """Kappa at an agreement of 0.92 for each share that both coders call not wrong."""
    at = kappa_at_share()
    return pd.Series({share: at(share, _AGREED) for share in _SHARES})


def _share_not_wrong(rows: list[str]) -> float:
    return sum(verdict != "wrong" for verdict in rows) / len(rows)


@answer
def kappa_at_ledger() -> float:
    """Kappa at an agreement of 0.92 where both call not wrong the share of the ledger's claims that are so."""
    counted = [verdict for verdict in load("claims")["verdict"] if verdict in _VERDICTS]
    return float(kappa_at_share()(_share_not_wrong(counted), _AGREED))


# ── Mistakes ─────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="table_of_both")
def coders_exchanged() -> pd.DataFrame:
    """Your rows are coder B's and your columns coder A's. Turn them round: `.T` does it."""
    table: pd.DataFrame = table_of_both()
    return table.T


@mistake(about="table_of_both")
def shares_for_counts() -> pd.DataFrame:
    """Your cells hold shares. Count the claims: leave out `normalize`."""
    table: pd.DataFrame = table_of_both()
    return table / 10


@mistake(about="share_agreed")
def number_agreed() -> float:
    """That is how many claims they agree on. A share is that number divided by all ten."""
    return 10 * float(share_agreed())


@mistake(about="share_agreed")
def share_apart() -> float:
    """That is the share on which they differ. The others are asked for."""
    return 1 - float(share_agreed())


@mistake(about="expected_of_both")
def luck_evenly_spread() -> float:
    """You give each of the five verdicts a fifth. Luck has the coders' own habits: take the share of each verdict with
    A and with B."""
    return 1 / len(_VERDICTS)


@mistake(about="expected_of_both")
def luck_of_the_pool() -> float:
    """You put both coders' verdicts together and square the shares. That is another coefficient, Scott's; Cohen's
    multiplies A's share by B's."""
    pool = Counter(verdict for pair in _coded() for verdict in pair)
    return sum((one / pool.total()) ** 2 for one in pool.values())


@mistake(about="expected_of_both")
def counts_for_shares() -> float:
    """You multiply counts. Take shares of the ten claims: `normalize=True`."""
    return 100 * float(expected_of_both())


def _seen_and_luck(first: Sequence[str], second: Sequence[str]) -> tuple[float, float]:
    table = table_of(first, second)
    return agreement(table), expected_agreement(table)


@mistake(about="kappa_of_two_lists")
def not_divided_by_the_rest() -> Kappa:
    """It takes luck away and does not divide. What is left must be measured against what luck leaves: 1 less
    expected."""

    def kappa(first: Sequence[str], second: Sequence[str]) -> float:
        seen, luck = _seen_and_luck(first, second)
        return nan if isclose(luck, 1) else seen - luck

    return kappa


@mistake(about="kappa_of_two_lists")
def agreement_for_kappa() -> Kappa:
    """It returns the share agreed. Take away what luck gives."""

    def kappa(first: Sequence[str], second: Sequence[str]) -> float:
        seen, luck = _seen_and_luck(first, second)
        return nan if isclose(luck, 1) else seen

    return kappa


@mistake(about="kappa_of_two_lists")
def one_where_undefined() -> Kappa:
    """It calls two coders who use one verdict for everything perfect. Luck alone would give that: return
    float("nan")."""

    def kappa(first: Sequence[str], second: Sequence[str]) -> float:
        seen, luck = _seen_and_luck(first, second)
        return 1.0 if isclose(luck, 1) else (seen - luck) / (1 - luck)

    return kappa


@mistake(about="kappa_of_two_lists")
def nought_where_undefined() -> Kappa:
    """It gives 0 where luck agrees on everything. Nought would say that they agree as luck has it; nothing can be said:
    return float("nan")."""

    def kappa(first: Sequence[str], second: Sequence[str]) -> float:
        seen, luck = _seen_and_luck(first, second)
        return 0.0 if isclose(luck, 1) else (seen - luck) / (1 - luck)

    return kappa


@mistake(about="agreed_by_type")
def differing_by_type() -> pd.Series:
    """Those are the shares on which they differ. Turn the comparison round."""
    shares: pd.Series = agreed_by_type()
    return 1 - shares


@mistake(about="agreed_by_type")
def counted_by_type() -> pd.Series:
    """Those are counts. A share is the mean of True and False."""
    kinds = Counter(load("claims").set_index("id").loc[load("codings")["claim"], "type"])
    shares: pd.Series = agreed_by_type()
    return shares * pd.Series(kinds)


@mistake(about="pair_confused")
def readings_confused() -> str:
    """Those two stand against each other once. Count the cells off the diagonal of the table."""
    return "contested and unverifiable"


@mistake(about="kappa_once_settled")
def settled_agreement() -> float:
    """That is the share on which they would agree. Kappa is asked for."""
    rows = load("codings").to_dict("records")
    b = ["wrong" if row["claim"] in ("C06", "C31") else row["coder_b"] for row in rows]
    return agreement(table_of([row["coder_a"] for row in rows], b))


@mistake(about="kappa_once_settled")
def quotation_settled_too() -> float:
    """You changed coder B's verdict on the quotation as well. Only C06 and C31 are asked for: in C52 the core of what
    was said is right."""
    rows = load("codings").to_dict("records")
    return _kappa(
        [(row["coder_a"], "wrong" if row["claim"] in ("C06", "C31", "C52") else row["coder_b"]) for row in rows]
    )


@mistake(about="weighted_kappa")
def cost_without_one_less() -> Weighted:
    """It returns the cost of what was seen over the cost of luck, which is 1 where coders agree as luck has it. Take it
    from 1."""
    key = weighted_kappa()
    return lambda table, cost: 1 - float(key(table, cost))


@mistake(about="weighted_kappa")
def costs_left_aside() -> Weighted:
    """It gives every disagreement the same cost. Multiply by the costs, above and below the line."""
    return lambda table, cost: cohen_kappa(table)


@mistake(about="kappa_by_pair")
def plain_for_weighted() -> float:
    """That is the plain kappa. Three kinds of disagreement cost half here."""
    return _kappa(_coded())


@mistake(about="kappa_by_pair")
def steps_for_pairs() -> float:
    """That is the weighted kappa with `by_step`. The costs of `by_pair` are asked for."""
    steps = np.abs(np.subtract.outer(np.arange(5), np.arange(5)))
    return cohen_kappa(table_of_both(), steps)


@mistake(about="costs_that_fit")
def order_that_is_none() -> str:
    """Equal steps need an order. Is contested one step worse than imprecise, and one better than wrong?"""
    return "equal steps along the list"


@mistake(about="costs_that_fit")
def result_first() -> str:
    """Costs chosen for their result measure the wish for it. They have to be argued before the table is seen."""
    return "the costs with the highest kappa"


@mistake(about="low_end")
def low_of_ninety() -> float:
    """That leaves out five percent below, so that the middle 90 percent remain. The middle 95 leave out 2.5 on either
    side."""
    return _ends(5)[0]


@mistake(about="low_end")
def lowest_of_all() -> float:
    """That is the lowest of all thousand. Leave out 2.5 percent below."""
    return float(np.nanmin(_spread(_draws())))


@mistake(about="high_end")
def highest_of_all() -> float:
    """That is the highest of all thousand. Leave out 2.5 percent above."""
    return float(np.nanmax(_spread(_draws())))


@mistake(about="low_end")
def verdicts_drawn_apart() -> float:
    """You drew the two coders' verdicts apart, so that one's verdict on a claim meets the other's on another. Use the
    same row numbers for both."""
    other = np.random.default_rng(1961).integers(0, 10, size=(1000, 10))
    return float(np.nanpercentile(_spread(_draws(), other), 2.5))


@mistake(about="labels_touched")
def borders_for_labels() -> float:
    """That is the number of borders inside the interval. It touches one label more."""
    return float(labels_touched()) - 1


@mistake(about="kappa_at_share")
def both_wrong_forgotten() -> At:
    """It forgets that luck also lets both say wrong: add the rest, squared."""

    def at(share: float, agreed: float) -> float:
        return nan if share in (0, 1) else (agreed - share**2) / (1 - share**2)

    return at


@mistake(about="kappa_at_share")
def one_at_the_end() -> At:
    """It gives a number where luck agrees on everything. Nothing can be said there: return float("nan")."""
    key = kappa_at_share()
    return lambda share, agreed: 1.0 if share in (0, 1) else float(key(share, agreed))


@mistake(about="kappa_at_ledger")
def omissions_counted() -> float:
    """You counted the omissions among the claims. They have no verdict of this kind: leave them out."""
    return float(kappa_at_share()(_share_not_wrong(list(load("claims")["verdict"])), _AGREED))


@mistake(about="kappa_at_ledger")
def supported_for_not_wrong() -> float:
    """You took the share of supported claims. Imprecise, contested and unverifiable ones are not wrong either."""
    counted = [verdict for verdict in load("claims")["verdict"] if verdict in _VERDICTS]
    return float(kappa_at_share()(counted.count("supported") / len(counted), _AGREED))
