"""A game played again and again: strategies, a tournament, and how long the shadow of the future must be.

Axelrod, Robert (1984). *The Evolution of Cooperation*. Basic Books.

Friedman, James W. (1971). "A Non-cooperative Equilibrium for Supergames." *Review of Economic Studies* 38(1):
1–12.

Nowak, Martin A., and Karl Sigmund (1992). "Tit for Tat in Heterogeneous Populations." *Nature* 355: 250–253.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from twolenses.models import ModelError
from twolenses.models._inputs import number
from twolenses.models.games import PRISONERS_DILEMMA, Game

__all__ = [
    "STRATEGIES",
    "Match",
    "Strategy",
    "always_cooperate",
    "always_defect",
    "cooperation_threshold",
    "generous_tit_for_tat",
    "grim_trigger",
    "play",
    "random_move",
    "tit_for_tat",
    "tournament",
]

#: Takes one's own past moves and the other's, as strings such as "CCD", and a source of chance; gives "C"
#: (the game's first action) or "D" (its second).
Strategy = Callable[[str, str, np.random.Generator], str]


# ── strategies ───────────────────────────────────────────────────────────────────────────────────────


def always_cooperate(own: str, other: str, chance: np.random.Generator) -> str:
    """Cooperate, whatever happened."""
    return "C"


def always_defect(own: str, other: str, chance: np.random.Generator) -> str:
    """Defect, whatever happened."""
    return "D"


def tit_for_tat(own: str, other: str, chance: np.random.Generator) -> str:
    """Cooperate first, then do what the other did last."""
    return other[-1:] or "C"


def grim_trigger(own: str, other: str, chance: np.random.Generator) -> str:
    """Cooperate until the other defects once, then never again."""
    return "D" if "D" in other else "C"


def random_move(own: str, other: str, chance: np.random.Generator) -> str:
    """Toss a fair coin."""
    return "C" if chance.random() < 0.5 else "D"


def generous_tit_for_tat(generosity: float = 1 / 3) -> Strategy:
    """Tit for tat that forgives a defection with the probability `generosity`.

    The default is Nowak and Sigmund's optimum for Axelrod's payoffs: the smaller of 1 − (T − R)/(R − S) and
    (R − P)/(T − P).

    Raises
    ------
    ModelError
        If `generosity` is not between 0 and 1.
    """
    share = number("generosity", generosity, 0, 1)

    def strategy(own: str, other: str, chance: np.random.Generator) -> str:
        return "D" if other.endswith("D") and chance.random() >= share else "C"

    return strategy


STRATEGIES: Mapping[str, Strategy] = MappingProxyType(
    {
        "always cooperate": always_cooperate,
        "always defect": always_defect,
        "tit for tat": tit_for_tat,
        "grim trigger": grim_trigger,
        "generous tit for tat": generous_tit_for_tat(),
        "random": random_move,
    }
)


# ── play ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Match:
    """The moves of both players, one letter a round, and their total payoffs."""

    row: str
    column: str
    row_score: float
    column_score: float


def play(
    row: Strategy,
    column: Strategy,
    rounds: int = 200,
    game: Game = PRISONERS_DILEMMA,
    noise: float = 0.0,
    seed: int = 0,
) -> Match:
    """Play the game for a number of `rounds` that the players do not know.

    `noise` is the probability that a move comes out as the opposite of what was meant. The same `seed` gives
    the same match.

    Raises
    ------
    ModelError
        If `rounds` is less than one, `noise` is not between 0 and 1, or a strategy gives neither "C" nor "D".

    >>> play(tit_for_tat, always_defect, rounds=4)
    Match(row='CDDD', column='DDDD', row_score=3, column_score=8)
    """
    if rounds < 1:
        raise ModelError(f"rounds is {rounds}. Give one or more.")
    number("noise", noise, 0, 1)
    chance = np.random.default_rng(seed)
    mine = yours = ""
    for _ in range(rounds):
        meant = row(mine, yours, chance), column(yours, mine, chance)
        mine, yours = (
            mine + _carried_out(meant[0], noise, chance),
            yours + _carried_out(meant[1], noise, chance),
        )
    cells = [("CD".index(first), "CD".index(second)) for first, second in zip(mine, yours, strict=True)]
    return Match(mine, yours, sum(game.row[i][j] for i, j in cells), sum(game.column[i][j] for i, j in cells))


def _carried_out(move: str, noise: float, chance: np.random.Generator) -> str:
    if move not in ("C", "D"):
        raise ModelError(f"A strategy gave {move!r}. It must give 'C' or 'D'.")
    if noise and chance.random() < noise:
        return "D" if move == "C" else "C"
    return move


def tournament(
    strategies: Mapping[str, Strategy] = STRATEGIES,
    rounds: int = 200,
    game: Game = PRISONERS_DILEMMA,
    noise: float = 0.0,
    seed: int = 0,
) -> pd.DataFrame:
    """A round robin: every strategy meets every other once, and its own twin.

    Returns each strategy's mean payoff per round (rows) against each other (columns), and over all in the
    last column, `mean`, by which rows are sorted. Who wins depends on who takes part.

    Raises
    ------
    ModelError
        If there is no strategy, or as in :func:`play`.
    """
    if not strategies:
        raise ModelError("No strategy takes part. Give at least one.")
    names = list(strategies)
    table = pd.DataFrame(index=pd.Index(names, name="strategy"), columns=names, dtype=float)
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i:]]
    for pair_seed, (a, b) in zip(np.random.SeedSequence(seed).generate_state(len(pairs)), pairs, strict=True):
        match = play(strategies[a], strategies[b], rounds, game, noise, int(pair_seed))
        table.loc[a, b] = match.row_score / rounds
        table.loc[b, a] = match.column_score / rounds
        if a == b:
            table.loc[a, a] = (match.row_score + match.column_score) / (2 * rounds)
    return table.assign(mean=table.mean(axis=1)).sort_values("mean", ascending=False, kind="stable")


# ── the shadow of the future ─────────────────────────────────────────────────────────────────────────


def cooperation_threshold(temptation: float, reward: float, punishment: float) -> float:
    """The least discount factor at which grim triggers sustain cooperation: (T − R) / (T − P).

    The discount factor, from 0 to 1, is what a payoff in the next round is worth today. At the threshold, one
    temptation now and punishment ever after are worth exactly as much as cooperation for ever.

    Citation: Friedman (1971).

    Raises
    ------
    ModelError
        If not T > R > P.

    >>> cooperation_threshold(temptation=5, reward=3, punishment=1)
    0.5
    """
    for name, value in (("temptation", temptation), ("reward", reward), ("punishment", punishment)):
        number(name, value)
    if not temptation > reward > punishment:
        raise ModelError(
            f"T = {temptation:g}, R = {reward:g}, P = {punishment:g}. Give T > R > P: otherwise nobody is "
            "tempted, or there is nothing to lose."
        )
    return (temptation - reward) / (temptation - punishment)
