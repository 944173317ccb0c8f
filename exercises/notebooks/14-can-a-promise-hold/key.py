"""The key of *Can a promise hold?*."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.mistakes import mistake
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


@answer
def room_by_step() -> dict[str | tuple[str, ...], pd.Series]:
    """How far both costs and the guarantor's addition together exceed the shift: for the large step and for half."""
    added = pd.Index([n / 20 for n in range(7)])
    costs = pd.Series(added + 0.10 + 0.15, index=added)
    half = ("half", "half of the large", "half the large")
    return {"large": (costs - 0.3).clip(lower=0), half: (costs - 0.15).clip(lower=0)}


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


Labels = dict[str, str]
Deals = Callable[[float, float, float], tuple[float, float]]
Contests = Callable[[float, float, float, float], str]


# ── The record ───────────────────────────────────────────────────────────────────────────────────────


@mistake(about="forms_of_agreements")
def silence_for_no_signature() -> Labels:
    """Where a row is silent about signatures, you wrote that there were none. What is not stated is not a no."""
    forms = forms_of_agreements()
    return {event: "no signature" if form == "not stated" else form for event, form in forms.items()}


@mistake(about="forms_of_agreements")
def initials_for_a_signature() -> Labels:
    """Initials mark that a text is the one agreed on; they are not a signature. Read the note of E44."""
    return forms_of_agreements() | {"E44": "signed together"}


@mistake(about="forms_of_agreements")
def two_papers_for_one() -> Labels:
    """In September 2020 each signed a paper of its own. Read the note of E53."""
    return forms_of_agreements() | {"E53": "signed together"}


@mistake(about="fates_of_promises")
def resignations_overlooked() -> Labels:
    """Police and judges of the north did join. Read on, to November 2022."""
    return fates_of_promises() | {"police and courts in the north, 2013": "carried out"}


@mistake(about="fates_of_promises")
def silence_for_a_breach() -> Labels:
    """That a table says nothing about a promise does not show that it was broken. Which row tells you so?"""
    return fates_of_promises() | {"the two steps on plates, November 2022": "not by mid-2026"}


@mistake(about="fates_of_promises")
def end_of_stickers_for_plates() -> Labels:
    """The row of January 2024 tells of stickers and of plates at the crossings, which is another promise. Look for one
    on the plates that Serbia issues and on re-registration."""
    return fates_of_promises() | {"the two steps on plates, November 2022": "carried out"}


# ── Patience ─────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="patience_with_grim_trigger")
def gain_over_what_is_lost() -> Callable[[float, float, float], float]:
    """That divides by the loss alone, R less P. Divide the gain from breaking by gain and loss together, T less P."""
    return lambda t, r, p: (t - r) / (r - p)


@mistake(about="patience_with_grim_trigger")
def impatience_for_patience() -> Callable[[float, float, float], float]:
    """That falls where the temptation grows. The weight of tomorrow has to make up for the gain of today: T less R
    belongs above the line."""
    return lambda t, r, p: (r - p) / (t - p)


@mistake(about="patience_with_grim_trigger")
def brackets_forgotten() -> Callable[[float, float, float], float]:
    """Without brackets Python divides before it subtracts. Put them round what stands above the line, and round what
    stands below."""
    return lambda t, r, p: t - r / t - p


@mistake(about="patience_with_tit_for_tat")
def grim_for_tit_for_tat() -> Callable[[float, float, float, float], float]:
    """That is the first condition alone, breaking for ever. Against tit for tat one can also break every other time:
    take the larger of the two."""
    return lambda t, r, p, s: (t - r) / (t - p)


@mistake(about="patience_with_tit_for_tat")
def breaking_in_turns_alone() -> Callable[[float, float, float, float], float]:
    """That is the second condition alone, breaking every other time. One can also break for ever: take the larger of
    the two."""
    return lambda t, r, p, s: (t - r) / (r - s)


@mistake(about="patience_with_tit_for_tat")
def smaller_of_two_conditions() -> Callable[[float, float, float, float], float]:
    """That is the smaller of the two. Neither way of breaking may pay, so the stricter condition counts."""
    return lambda t, r, p, s: min((t - r) / (t - p), (t - r) / (r - s))


# ── Noise ────────────────────────────────────────────────────────────────────────────────────────────


def _twins(seeds: list[int]) -> pd.DataFrame:
    shares = {}
    for name in TWINS:
        strategy = repeated.STRATEGIES[name]
        matches = [repeated.play(strategy, strategy, ROUNDS, noise=NOISE, seed=seed) for seed in seeds]
        shares[name] = [(match.row + match.column).count("C") / (2 * ROUNDS) for match in matches]
    return pd.DataFrame(shares)


@mistake(about="twins_under_noise")
def one_draw_for_all() -> pd.DataFrame:
    """All rows are the same: every match had the same draw of chance. Pass the number of the draw on as seed."""
    return _twins([0] * 20)


@mistake(about="twins_under_noise")
def draws_from_one() -> pd.DataFrame:
    """The draws are numbered from 1 to 20. The task counts from 0: range(20)."""
    return _twins(list(range(1, 21)))


@mistake(about="twins_under_noise")
def percent_for_shares() -> pd.DataFrame:
    """Those are percent. Shares lie between 0 and 1: leave what `cooperation` returns as it is."""
    return 100 * _twins(list(DRAWS))


@mistake(about="what_chance_leaves")
def first_draw_for_every() -> Labels:
    """Those labels hold for the first draw alone. A result of one draw may be chance: look at all twenty."""
    return {name: "every draw" if held[0] else "no draw" for name, held in statements().items()}


@mistake(about="what_chance_leaves")
def some_for_every() -> Labels:
    """What holds in every draw you call some. Ask whether it holds in all() of them before you ask for any()."""
    return {name: "some draws" if any(held) else "no draw" for name, held in statements().items()}


# ── Bargaining ───────────────────────────────────────────────────────────────────────────────────────


@mistake(about="range_of_deals")
def costs_exchanged() -> Deals:
    """The costs are exchanged. A accepts less than its chance because a contest costs A something: its own cost lowers
    its own demand."""
    return lambda p, cost_a, cost_b: (max(0.0, p - cost_b), min(1.0, p + cost_a))


@mistake(about="range_of_deals")
def range_beyond_the_whole() -> Deals:
    """A share lies between nothing and the whole. Cut the range at 0 and at 1."""
    return lambda p, cost_a, cost_b: (p - cost_a, p + cost_b)


@mistake(about="range_of_deals")
def both_costs_at_each_end() -> Deals:
    """Each side counts its own cost only. At the lower end stands that of A, at the upper end that of B."""
    return lambda p, cost_a, cost_b: (max(0.0, p - cost_a - cost_b), min(1.0, p + cost_a + cost_b))


@mistake(about="range_of_deals")
def upper_end_first() -> Deals:
    """The two ends are exchanged. Return the lowest share first, then the highest."""
    return lambda p, cost_a, cost_b: (min(1.0, p + cost_b), max(0.0, p - cost_a))


@mistake(about="range_of_deals")
def costs_as_gains() -> Deals:
    """You let a cost make its owner ask for more. Contest costs A something, so A accepts less than its chance, and B
    leaves A more."""
    return lambda p, cost_a, cost_b: (max(0.0, p + cost_a), min(1.0, p - cost_b))


@mistake(about="range_of_deals")
def share_of_b_at_the_upper_end() -> Deals:
    """The upper end is built on B's chance, one less p. Both ends are shares of A: start from p at each."""
    return lambda p, cost_a, cost_b: (max(0.0, p - cost_a), min(1.0, 1 - p + cost_b))


@mistake(about="range_of_deals")
def least_and_most_exchanged() -> Deals:
    """You took min() where max() belongs. max(0, …) keeps a number from falling below 0, min(1, …) from rising
    above 1."""
    return lambda p, cost_a, cost_b: (min(0.0, p - cost_a), max(1.0, p + cost_b))


@mistake(about="side_that_contests_now")
def decline_of_a_overlooked() -> Contests:
    """It never names A. Where A's chance falls by more than peace saves, A is the side that fears tomorrow."""
    return lambda p_now, p_later, cost_a, cost_b: "B" if p_later - p_now > cost_a + cost_b else "nobody"


@mistake(about="side_that_contests_now")
def direction_of_the_shift_lost() -> Contests:
    """It looks at the size of the shift and names B whichever way it goes. Who declines depends on its sign."""
    return lambda p_now, p_later, cost_a, cost_b: "B" if abs(p_later - p_now) > cost_a + cost_b else "nobody"


@mistake(about="side_that_contests_now")
def every_smaller_shift_for_a() -> Contests:
    """It names A for every shift that is not large enough for B. A contests only where its own decline is larger than
    what peace saves."""

    def wrong(p_now: float, p_later: float, cost_a: float, cost_b: float) -> str:
        shift, saved = p_later - p_now, cost_a + cost_b
        return "B" if shift > saved else "A" if shift < saved else "nobody"

    return wrong


@mistake(about="side_that_contests_now")
def rising_side_named() -> Contests:
    """That names the side whose chance grows. It gains by waiting; the side in decline is the one that may not wait."""
    others = {"A": "B", "B": "A", "nobody": "nobody"}
    return lambda *given: others[side_that_contests_now()(*given)]


@mistake(about="side_that_contests_now")
def own_cost_alone() -> Contests:
    """That compares the shift with the cost of one side. Peace saves the costs of both, and both can be shared out."""

    def wrong(p_now: float, p_later: float, cost_a: float, cost_b: float) -> str:
        shift = p_later - p_now
        if shift > cost_b:
            return "B"
        return "A" if -shift > cost_a else "nobody"

    return wrong


@mistake(about="side_that_contests_now")
def any_shift_at_all() -> Contests:
    """That lets every shift end in a contest. A small one leaves deals that suit both, today and later: compare it with
    what peace saves."""
    return lambda p_now, p_later, cost_a, cost_b: "B" if p_later > p_now else "A" if p_later < p_now else "nobody"
