"""Games of two players with two actions, their equilibria, and Jervis's four worlds of the security dilemma.

Payoffs are written as in the literature on the prisoner's dilemma: R for mutual cooperation (the reward),
T for defecting alone (the temptation), S for cooperating alone (the sucker's payoff), P for mutual defection
(the punishment).

Jervis, Robert (1978). "Cooperation under the Security Dilemma." *World Politics* 30(2): 167–214.

Nash, John (1950). "Equilibrium Points in N-Person Games." *Proceedings of the National Academy of Sciences*
36(1): 48–49.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from typing import Literal

from twolenses.models import ModelError
from twolenses.models._inputs import number

__all__ = [
    "CHICKEN",
    "DEADLOCK",
    "HARMONY",
    "JERVIS_WORLDS",
    "PRISONERS_DILEMMA",
    "STAG_HUNT",
    "Game",
    "MixedEquilibrium",
    "World",
    "best_responses",
    "classify",
    "mixed_equilibrium",
    "pure_equilibria",
    "symmetric",
    "world",
]

Payoffs = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Game:
    """A 2×2 bimatrix game.

    `row[i][j]` and `column[i][j]` are what each player gets when the row player takes action i and the column
    player action j. `actions` names the two actions, the same for both players.

    Raises
    ------
    ModelError
        If a table of payoffs is not two by two finite numbers.
    """

    row: Payoffs
    column: Payoffs
    actions: tuple[str, str] = ("cooperate", "defect")

    def __post_init__(self) -> None:
        """Refuse payoffs that are no 2×2 table of numbers."""
        for player, table in (("row", self.row), ("column", self.column)):
            if len(table) != 2 or any(len(line) != 2 for line in table):
                raise ModelError(f"The {player} player's payoffs are {table}. Give two rows of two numbers.")
            for value in (*table[0], *table[1]):
                number(f"A payoff of the {player} player", value)
            object.__setattr__(self, player, (tuple(table[0]), tuple(table[1])))


def symmetric(temptation: float, reward: float, punishment: float, sucker: float) -> Game:
    """The game in which both players face the same four payoffs, T, R, P and S.

    >>> symmetric(5, 3, 1, 0) == PRISONERS_DILEMMA
    True
    """
    return Game(row=((reward, sucker), (temptation, punishment)), column=((reward, temptation), (sucker, punishment)))


#: T > R > P > S. Each does better to defect whatever the other does; both would rather cooperate. The payoffs
#: are those of Axelrod, Robert (1984), *The Evolution of Cooperation*, Basic Books.
PRISONERS_DILEMMA = symmetric(5, 3, 1, 0)
#: R > T > P > S. Nobody gains by defecting from cooperation; one defects only for fear that the other will.
STAG_HUNT = symmetric(3, 4, 2, 1)
#: T > R > S > P. Mutual defection is the worst for both; each hopes that the other gives way.
CHICKEN = symmetric(4, 3, 1, 2)
#: T > P > R > S. Each prefers mutual defection to mutual cooperation: there is nothing to agree on.
DEADLOCK = symmetric(4, 2, 3, 1)
#: R > T > S > P. Each does better to cooperate whatever the other does.
HARMONY = symmetric(3, 4, 1, 2)

_ORDERS = {
    "TRPS": "prisoner's dilemma",
    "RTPS": "stag hunt",
    "TRSP": "chicken",
    "TPRS": "deadlock",
    "RTSP": "harmony",
}


def classify(game: Game) -> str | None:
    """The name of a symmetric game by the order of its payoffs, or None if it is none of the five above.

    Raises
    ------
    ModelError
        If the game is not symmetric.
    """
    if game.column != tuple(zip(*game.row, strict=True)):
        raise ModelError("The players face different payoffs. Give a symmetric game.")
    (reward, sucker), (temptation, punishment) = game.row
    payoffs = {"T": temptation, "R": reward, "P": punishment, "S": sucker}
    if len(set(payoffs.values())) < 4:
        return None
    return _ORDERS.get("".join(sorted(payoffs, key=payoffs.__getitem__, reverse=True)))


# ── equilibria ───────────────────────────────────────────────────────────────────────────────────────


def best_responses(game: Game, player: Literal["row", "column"], other: str | float) -> tuple[str, ...]:
    """The actions that pay `player` most against what the `other` does: one, or both if they pay the same.

    `other` is the name of an action, or the probability with which the other takes the first one.

    Raises
    ------
    ModelError
        If there is no such player or action, or the probability is not between 0 and 1.

    >>> best_responses(STAG_HUNT, "row", "cooperate"), best_responses(STAG_HUNT, "row", "defect")
    (('cooperate',), ('defect',))
    """
    if player not in ("row", "column"):
        raise ModelError(f"There is no player {player!r}. Give 'row' or 'column'.")
    if isinstance(other, str):
        if other not in game.actions:
            raise ModelError(f"There is no action {other!r}. Give one of {', '.join(game.actions)}.")
        other = float(other == game.actions[0])
    belief = number("The probability of the first action", other, 0, 1)
    table = game.row if player == "row" else tuple(zip(*game.column, strict=True))
    first, second = (belief * line[0] + (1 - belief) * line[1] for line in table)
    if isclose(first, second, abs_tol=1e-12):
        return game.actions
    return (game.actions[0],) if first > second else (game.actions[1],)


def pure_equilibria(game: Game) -> tuple[tuple[str, str], ...]:
    """The pairs of actions (row's, column's) from which neither player gains by departing alone.

    >>> pure_equilibria(CHICKEN)
    (('cooperate', 'defect'), ('defect', 'cooperate'))
    """
    return tuple(
        (mine, yours)
        for mine in game.actions
        for yours in game.actions
        if mine in best_responses(game, "row", yours) and yours in best_responses(game, "column", mine)
    )


@dataclass(frozen=True)
class MixedEquilibrium:
    """The probability with which each player takes the first action, and what each can expect to get."""

    row: float
    column: float
    row_payoff: float
    column_payoff: float


def mixed_equilibrium(game: Game) -> MixedEquilibrium | None:
    """The equilibrium in which both players mix, or None if there is none.

    Each player's probability is the one that leaves the *other* indifferent between two actions.

    Raises
    ------
    ModelError
        If a player is indifferent whatever the other does: equilibria are then without number.

    >>> mixed_equilibrium(CHICKEN)
    MixedEquilibrium(row=0.5, column=0.5, row_payoff=2.5, column_payoff=2.5)
    """
    own = _indifference(game.column)
    other = _indifference(tuple(zip(*game.row, strict=True)))
    if own is None or other is None:
        return None
    weights = ((own * other, own * (1 - other)), ((1 - own) * other, (1 - own) * (1 - other)))
    row, column = (
        sum(weights[i][j] * table[i][j] for i in (0, 1) for j in (0, 1)) for table in (game.row, game.column)
    )
    return MixedEquilibrium(own, other, row, column)


def _indifference(table: tuple[tuple[float, ...], ...]) -> float | None:
    """The inner probability of the first line at which both columns pay the same, if there is one."""
    gain = [line[0] - line[1] for line in table]
    if gain == [0, 0]:
        raise ModelError("A player is indifferent whatever the other does. Change a payoff of theirs.")
    return gain[1] / (gain[1] - gain[0]) if min(gain) < 0 < max(gain) else None


# ── the security dilemma ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class World:
    """One of Jervis's four worlds (1978: 211).

    `severity` is Jervis's own label, shortened. `game` and `because` are this course's reading of it: Jervis
    argues from the prisoner's dilemma and the stag hunt, but assigns no game to a world.
    """

    number: int
    offence_has_advantage: bool
    postures_distinguishable: bool
    severity: str
    game: str
    because: str


JERVIS_WORLDS = (
    World(
        1,
        offence_has_advantage=True,
        postures_distinguishable=False,
        severity="doubly dangerous",
        game="prisoner's dilemma",
        because="Striking first pays, and no state can show by its posture that it means no harm.",
    ),
    World(
        2,
        offence_has_advantage=False,
        postures_distinguishable=False,
        severity="a security dilemma, but security requirements may be compatible",
        game="stag hunt",
        because="Attack gains little, so restraint can last; arms that look like a threat can still undo it.",
    ),
    World(
        3,
        offence_has_advantage=True,
        postures_distinguishable=True,
        severity="no security dilemma, but aggression is possible; there is warning",
        game="deadlock",
        because="A state that means no harm can show it; offensive arms reveal one that prefers attack.",
    ),
    World(
        4,
        offence_has_advantage=False,
        postures_distinguishable=True,
        severity="doubly stable",
        game="harmony",
        because="Defence suffices and looks like it: a state can be safe without frightening another.",
    ),
)


def world(offence_has_advantage: bool, postures_distinguishable: bool) -> World:
    """The world with these two traits.

    Citation: Jervis (1978).

    >>> world(offence_has_advantage=True, postures_distinguishable=False).severity
    'doubly dangerous'
    """
    wanted = (bool(offence_has_advantage), bool(postures_distinguishable))
    return next(one for one in JERVIS_WORLDS if (one.offence_has_advantage, one.postures_distinguishable) == wanted)
