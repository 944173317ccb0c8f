"""Exercise 6, *The dilemma as a game*."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers.register import answer
from twolenses.models import games

ACTIONS = ("hold back", "deploy")
Payoffs = dict[str, float]
Pair = tuple[str, str]

GREEDY: Payoffs = {"T": 4, "R": 3, "P": 2, "S": 1}
SEEKER: Payoffs = {"T": 3, "R": 4, "P": 2, "S": 1}
CHANGES: dict[str, tuple[Payoffs, str, float]] = {
    "warning": (GREEDY, "T", 2.5),
    "observer": (GREEDY, "S", 1.5),
    "ruin": (GREEDY, "P", 0.5),
    "offence": (SEEKER, "T", 4.5),
    "defence": (SEEKER, "S", 2.5),
    "observer for a seeker": (SEEKER, "S", 1.5),
}
NAMES = {
    "TRPS": "prisoner's dilemma",
    "RTPS": "stag hunt",
    "TRSP": "chicken",
    "TPRS": "deadlock",
    "RTSP": "harmony",
}


def _game(ours: Payoffs, theirs: Payoffs) -> games.Game:
    return games.Game(
        row=((ours["R"], ours["S"]), (ours["T"], ours["P"])),
        column=((theirs["R"], theirs["T"]), (theirs["S"], theirs["P"])),
        actions=ACTIONS,
    )


def name_of(payoffs: Payoffs) -> str:
    """The game that two governments with these payoffs play."""
    return NAMES["".join(sorted(payoffs, key=lambda letter: -payoffs[letter]))]


@answer
def preferences_in_ranks() -> pd.DataFrame:
    """Each description names the four results from the best to the worst. The best has rank 4."""
    orders = {"wants more": "TRPS", "wants safety": "RTPS", "dreads a clash": "TRSP"}
    return pd.DataFrame(
        {letter: [4 - order.index(letter) for order in orders.values()] for letter in "TRPS"}, index=list(orders)
    )


@answer
def best_replies_of_a_government() -> Callable[[Payoffs, str], list[str]]:
    """The actions that pay most against what the other does."""
    return lambda payoffs, other: list(games.best_responses(_game(payoffs, payoffs), "row", other))


@answer
def equilibria_of_two_governments() -> Callable[[Payoffs, Payoffs], set[Pair]]:
    """The pairs of actions that neither government would leave alone."""
    return lambda ours, theirs: set(games.pure_equilibria(_game(ours, theirs)))


@answer
def trust_that_pays() -> Callable[[Payoffs], float]:
    """The chance that the other holds back at which both actions are worth the same."""

    def trust(payoffs: Payoffs) -> float:
        mixed = games.mixed_equilibrium(_game(payoffs, payoffs))
        assert mixed is not None, "no stag hunt"
        return mixed.column

    return trust


@answer
def games_after_a_change() -> dict[str, str]:
    """Change one payoff of the game that the row begins with, put the four in order, and read the name."""
    return {name: name_of(start | {letter: value}) for name, (start, letter, value) in CHANGES.items()}
