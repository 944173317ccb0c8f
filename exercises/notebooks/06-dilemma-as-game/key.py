"""The key of *The dilemma as a game*."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers import answer
from twolenses.mistakes import mistake
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
def trust_with_an_observer() -> dict[tuple[str, ...], pd.Series]:
    """The trust that is needed, for each value of holding back alone from 1 to 1.9."""
    needed: Callable[[Payoffs], float] = trust_that_pays()
    alone = [1 + tenth / 10 for tenth in range(10)]

    def line(payoffs: Payoffs) -> pd.Series:
        return pd.Series({S: needed(payoffs | {"S": S}) for S in alone})

    return {
        ("safety", "wants safety", "seeks safety"): line({"T": 3, "R": 4, "P": 2}),
        ("warned", "was warned", "wanted more, was warned"): line({"T": 2.5, "R": 3, "P": 2}),
    }


@answer
def games_after_a_change() -> dict[str, str]:
    """Change one payoff of the game that the row begins with, put the four in order, and read the name."""
    return {name: name_of(start | {letter: value}) for name, (start, letter, value) in CHANGES.items()}


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


Replies = Callable[[Payoffs, str], list[str]]
Equilibria = Callable[[Payoffs, Payoffs], set[Pair]]

# What a government gets, by its own action and the other's.
LETTERS = {
    ("hold back", "hold back"): "R",
    ("hold back", "deploy"): "S",
    ("deploy", "hold back"): "T",
    ("deploy", "deploy"): "P",
}


def _best(payoffs: Payoffs, other: str) -> list[str]:
    paid = {own: payoffs[LETTERS[own, other]] for own in ACTIONS}
    return [own for own in ACTIONS if paid[own] == max(paid.values())]


# ── Ranks ────────────────────────────────────────────────────────────────────────────────────────────


def _ranks() -> pd.DataFrame:
    ranks: pd.DataFrame = preferences_in_ranks()
    return ranks


@mistake(about="preferences_in_ranks")
def one_for_the_best() -> pd.DataFrame:
    """Those are places, with 1 for the best. A payoff is larger where the result is better: write 4 for the best."""
    return 5 - _ranks()


@mistake(about="preferences_in_ranks")
def clash_for_standing_alone() -> pd.DataFrame:
    """Two letters are exchanged. P is paid when both deploy, S to the one who holds back alone."""
    return _ranks().rename(columns={"P": "S", "S": "P"})


@mistake(about="preferences_in_ranks")
def temptation_for_reward() -> pd.DataFrame:
    """Two letters are exchanged. T is paid for deploying while the other holds back, R when both hold back."""
    return _ranks().rename(columns={"T": "R", "R": "T"})


# ── Best replies ─────────────────────────────────────────────────────────────────────────────────────


@mistake(about="best_replies_of_a_government")
def first_of_two_best() -> Replies:
    """Where both actions pay the same, both are best replies. Keep every action that reaches the maximum."""
    return lambda payoffs, other: _best(payoffs, other)[:1]


@mistake(about="best_replies_of_a_government")
def worst_reply() -> Replies:
    """Those are the actions that pay least. Keep the rows that reach the maximum."""

    def wrong(payoffs: Payoffs, other: str) -> list[str]:
        paid = {own: payoffs[LETTERS[own, other]] for own in ACTIONS}
        return [own for own in ACTIONS if paid[own] == min(paid.values())]

    return wrong


@mistake(about="best_replies_of_a_government")
def what_the_other_should_do() -> Replies:
    """That asks which action of the other would be best for the government. The other’s action is given; compare
    the two of one’s own, down the column."""

    def wrong(payoffs: Payoffs, other: str) -> list[str]:
        paid = {theirs: payoffs[LETTERS[other, theirs]] for theirs in ACTIONS}
        return [theirs for theirs in ACTIONS if paid[theirs] == max(paid.values())]

    return wrong


@mistake(about="best_replies_of_a_government")
def best_of_the_whole_table() -> Replies:
    """That looks for the best result of the whole table. The government cannot choose what the other does: stay in
    one column."""

    def wrong(payoffs: Payoffs, other: str) -> list[str]:
        best = max(payoffs.values())
        return [own for own in ACTIONS if best in (payoffs[LETTERS[own, their]] for their in ACTIONS)]

    return wrong


# ── Equilibria ───────────────────────────────────────────────────────────────────────────────────────


@mistake(about="equilibria_of_two_governments")
def one_side_content() -> Equilibria:
    """In some of these pairs only the first government replies best. In an equilibrium neither would rather move."""
    return lambda ours, theirs: {(mine, yours) for mine in ACTIONS for yours in ACTIONS if mine in _best(ours, yours)}


@mistake(about="equilibria_of_two_governments")
def either_side_content() -> Equilibria:
    """In some of these pairs one of the two would rather move. Both must reply best: join the two with `and`."""
    return lambda ours, theirs: {
        (mine, yours)
        for mine in ACTIONS
        for yours in ACTIONS
        if mine in _best(ours, yours) or yours in _best(theirs, mine)
    }


@mistake(about="equilibria_of_two_governments")
def places_not_exchanged() -> Equilibria:
    """The two governments are looked up in the same place. For the other one, exchange the actions: its own is `yours`,
    and the one it replies to is `mine`."""
    return lambda ours, theirs: {
        (mine, yours)
        for mine in ACTIONS
        for yours in ACTIONS
        if mine in _best(ours, yours) and mine in _best(theirs, yours)
    }


@mistake(about="equilibria_of_two_governments")
def best_for_both_together() -> Equilibria:
    """Those are the pairs with the highest sum. An equilibrium need not be good for anybody; ask who would move
    alone."""

    def wrong(ours: Payoffs, theirs: Payoffs) -> set[Pair]:
        sums = {
            (mine, yours): ours[LETTERS[mine, yours]] + theirs[LETTERS[yours, mine]]
            for mine in ACTIONS
            for yours in ACTIONS
        }
        return {pair for pair, total in sums.items() if total == max(sums.values())}

    return wrong


@mistake(about="equilibria_of_two_governments")
def own_payoffs_for_both() -> Equilibria:
    """That gives the other government one’s own payoffs. The second argument holds theirs; it may be another game."""
    return lambda ours, theirs: {
        (mine, yours)
        for mine in ACTIONS
        for yours in ACTIONS
        if mine in _best(ours, yours) and yours in _best(ours, mine)
    }


@mistake(about="equilibria_of_two_governments")
def other_table_read_across() -> Equilibria:
    """The other government’s table is read as if its rows were yours. In `theirs` the row is *its* action and the
    column is yours."""

    def wrong(ours: Payoffs, theirs: Payoffs) -> set[Pair]:
        turned = theirs | {"T": theirs["S"], "S": theirs["T"]}
        return {
            (mine, yours)
            for mine in ACTIONS
            for yours in ACTIONS
            if mine in _best(ours, yours)
            and turned[LETTERS[yours, mine]] == max(turned[LETTERS[own, mine]] for own in ACTIONS)
        }

    return wrong


@mistake(about="equilibria_of_two_governments")
def pairs_turned_round() -> Equilibria:
    """The pairs are turned round: the first action of a pair is that of the first government, `mine`."""
    return lambda ours, theirs: {
        (yours, mine)
        for mine in ACTIONS
        for yours in ACTIONS
        if mine in _best(ours, yours) and yours in _best(theirs, mine)
    }


# ── Trust ────────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="trust_that_pays")
def distrust_for_trust() -> Callable[[Payoffs], float]:
    """That is the chance that the other deploys. The two chances add up to 1: take the other one."""
    return lambda pay: (pay["R"] - pay["T"]) / (pay["R"] - pay["T"] + pay["P"] - pay["S"])


@mistake(about="trust_that_pays")
def odds_for_a_chance() -> Callable[[Payoffs], float]:
    """Those are odds, loss against gain, which can exceed 1. A chance divides by the sum of the two."""
    return lambda pay: (pay["P"] - pay["S"]) / (pay["R"] - pay["T"])


@mistake(about="trust_that_pays")
def loss_over_the_whole_span() -> Callable[[Payoffs], float]:
    """That divides the loss by the distance from the best result to the worst. What counts against the loss is what
    holding back gains if the other does so too: R less T."""
    return lambda pay: (pay["P"] - pay["S"]) / (pay["R"] - pay["S"])


@mistake(about="trust_that_pays")
def trust_in_percent() -> Callable[[Payoffs], float]:
    """That is a chance in percent. Leave out the factor 100: a chance runs from 0 to 1."""
    return lambda pay: 100 * (pay["P"] - pay["S"]) / (pay["R"] - pay["T"] + pay["P"] - pay["S"])


# ── Changes ──────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="games_after_a_change")
def changes_piled_up() -> dict[str, str]:
    """One change was carried into the next. Each row begins with its own game: change a copy, not the game itself."""
    found: dict[str, str] = {}
    kept: dict[int, Payoffs] = {}
    for name, (start, letter, value) in CHANGES.items():
        kept[id(start)] = kept.get(id(start), start) | {letter: value}
        found[name] = name_of(kept[id(start)])
    return found


@mistake(about="games_after_a_change")
def nothing_has_changed() -> dict[str, str]:
    """Those are the games before the change. Put in the new number, then put the four in order again."""
    return {name: name_of(start) for name, (start, _, _) in CHANGES.items()}


@mistake(about="games_after_a_change")
def observer_cures_greed() -> dict[str, str]:
    """That lets the observer turn greed into a wish for safety. An observer makes standing alone less bad; put the
    four payoffs in order and see whether deploying alone is still the best."""
    right: dict[str, str] = games_after_a_change()
    return right | {"observer": "stag hunt"}
