"""Exercise 14, *Can a promise hold?*"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load
from twolenses.models import bargaining, repeated

AGREEMENTS = ("E44", "E47", "E53", "E58", "E62", "E66", "E67")
TWINS = ("grim trigger", "tit for tat", "generous tit for tat")
DRAWS = range(20)
NOISE = 0.05
ROUNDS = 200


# ── The record ───────────────────────────────────────────────────────────────────────────────────────


def _written(event: str) -> str:
    row = load("chronology").set_index("id").loc[event]
    return f"{row['event']} {row['note']}".lower()


@answer
def forms_of_agreements() -> dict[str, str]:
    """Read event and note of that row again, for words on how it was agreed. Where they say nothing, say so."""
    signs = {"signatures": "no signature", "unsigned": "no signature", "initialled": "initialled"}
    signs |= {"sign two separate": "signed separately"}
    return {
        event: next((form for sign, form in signs.items() if sign in _written(event)), "not stated")
        for event in AGREEMENTS
    }


@answer
def fates_of_promises() -> dict[str, str]:
    """Look for a row, or the note of one, that says what became of it. If none does, that is the answer."""
    later = " ".join(_written(event) for event in load("chronology")["id"] if event != "E62")
    plates = "names of kosovo cities" in later or "re-registration" in later
    return {
        "forces leave Kosovo, 1999": "carried out" if "complete their withdrawal" in _written("E23") else "no row says",
        "police and courts in the north, 2013": (
            "carried out, later undone" if "leave kosovo institutions" in _written("E61") else "no row says"
        ),
        "the Association, 2013": "not by mid-2026" if "not exist by mid-2026" in _written("E44") else "no row says",
        "the two steps on plates, November 2022": "carried out" if plates else "no row says",
    }


# ── Patience ─────────────────────────────────────────────────────────────────────────────────────────


@answer
def patience_with_grim_trigger() -> Callable[[float, float, float], float]:
    """The discount factor at which one temptation and punishment ever after are worth what cooperation is."""
    return repeated.cooperation_threshold


@answer
def patience_with_tit_for_tat() -> Callable[[float, float, float, float], float]:
    """The discount factor from which neither breaking for ever nor breaking every other time pays against tit for tat.

    Found by bisection on the sums of the three courses.
    """

    def keeps(weight: float, t: float, r: float, p: float, s: float) -> bool:
        for_ever = t + weight * p / (1 - weight)
        in_turns = (t + weight * s) / (1 - weight**2)
        return r / (1 - weight) >= max(for_ever, in_turns)

    def patience(t: float, r: float, p: float, s: float) -> float:
        low, high = 0.0, 1.0
        while high - low > 1e-10:
            middle = (low + high) / 2
            low, high = (low, middle) if keeps(middle, t, r, p, s) else (middle, high)
        return high

    return patience


# ── Noise ────────────────────────────────────────────────────────────────────────────────────────────


@answer
def twins_under_noise() -> pd.DataFrame:
    """The share of cooperative moves between twins: a row for each draw of chance, a column for each strategy."""
    shares: dict[str, list[float]] = {}
    for name in TWINS:
        strategy = repeated.STRATEGIES[name]
        matches = [repeated.play(strategy, strategy, ROUNDS, noise=NOISE, seed=draw) for draw in DRAWS]
        shares[name] = [1 - f"{match.row}{match.column}".count("D") / (2 * ROUNDS) for match in matches]
    return pd.DataFrame(shares)


def statements() -> dict[str, list[bool]]:
    """In which draws each statement of the task holds."""
    grim, plain, generous = (twins_under_noise()[name].tolist() for name in TWINS)
    means = [repeated.tournament(noise=NOISE, seed=draw)["mean"] for draw in DRAWS]
    return {
        "generous twins cooperate more than tit for tat twins": [a > b for a, b in zip(generous, plain, strict=True)],
        "tit for tat twins cooperate more than grim twins": [a > b for a, b in zip(plain, grim, strict=True)],
        "always defect comes first": [one.idxmax() == "always defect" for one in means],
        "tit for tat comes first": [one.idxmax() == "tit for tat" for one in means],
        "always cooperate comes last": [one.idxmin() == "always cooperate" for one in means],
    }


@answer
def what_chance_leaves() -> dict[str, str]:
    """Count in how many of the twenty draws the statement holds: in all of them, in some, in none."""
    found = {}
    for name, held in statements().items():
        found[name] = {0: "no draw", len(held): "every draw"}.get(sum(held), "some draws")
    return found


# ── Bargaining ───────────────────────────────────────────────────────────────────────────────────────


@answer
def range_of_deals() -> Callable[[float, float, float], tuple[float, float]]:
    """The shares of A that both would rather accept than contest."""

    def deals(p: float, cost_a: float, cost_b: float) -> tuple[float, float]:
        found = bargaining.bargaining_range(p, cost_a, cost_b)
        return found.low, found.high

    return deals


@answer
def side_that_contests_now() -> Callable[[float, float, float, float], str]:
    """The side that does better to contest today, because the shift exceeds what peace saves."""

    def contests_now(p_now: float, p_later: float, cost_a: float, cost_b: float) -> str:
        return bargaining.power_shift(p_now, p_later, cost_a, cost_b).preventive_war_by or "nobody"

    return contests_now
