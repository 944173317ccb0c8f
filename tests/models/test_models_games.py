"""2×2 games, their equilibria, and Jervis's four worlds."""

import warnings

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.games import (
    CHICKEN,
    DEADLOCK,
    HARMONY,
    JERVIS_WORLDS,
    PRISONERS_DILEMMA,
    STAG_HUNT,
    Game,
    best_responses,
    classify,
    mixed_equilibrium,
    pure_equilibria,
    symmetric,
    world,
)

NAMED = {
    "prisoner's dilemma": PRISONERS_DILEMMA,
    "stag hunt": STAG_HUNT,
    "chicken": CHICKEN,
    "deadlock": DEADLOCK,
    "harmony": HARMONY,
}
C, D = "cooperate", "defect"
MATCHING_PENNIES = Game(((1, -1), (-1, 1)), ((-1, 1), (1, -1)), actions=("heads", "tails"))

# A player's four payoffs all differ, so that no game is degenerate.
payoffs = st.lists(st.integers(-20, 20), min_size=4, max_size=4, unique=True).map(
    lambda four: (tuple(four[:2]), tuple(four[2:]))
)
games = st.builds(Game, row=payoffs, column=payoffs)
quick = settings(deadline=None, derandomize=True, max_examples=100)


@pytest.mark.parametrize(("name", "game"), NAMED.items())
def test_a_named_game_is_known_by_the_order_of_its_payoffs(name, game):
    assert classify(game) == name


def test_another_order_has_no_name_and_a_tie_neither():
    assert classify(symmetric(temptation=1, reward=2, punishment=3, sucker=4)) is None
    assert classify(symmetric(temptation=3, reward=3, punishment=1, sucker=0)) is None


def test_only_a_symmetric_game_can_be_classified():
    with pytest.raises(ModelError, match="symmetric"):
        classify(MATCHING_PENNIES)


@pytest.mark.parametrize(
    ("game", "equilibria"),
    [
        (PRISONERS_DILEMMA, {(D, D)}),
        (STAG_HUNT, {(C, C), (D, D)}),
        (CHICKEN, {(C, D), (D, C)}),
        (DEADLOCK, {(D, D)}),
        (HARMONY, {(C, C)}),
        (MATCHING_PENNIES, set()),
    ],
    ids=[*NAMED, "matching pennies"],
)
def test_pure_equilibria_of_the_textbook(game, equilibria):
    assert set(pure_equilibria(game)) == equilibria


def test_pennies_are_matched_by_tossing_them():
    mixed = mixed_equilibrium(MATCHING_PENNIES)
    assert (mixed.row, mixed.column, mixed.row_payoff, mixed.column_payoff) == (0.5, 0.5, 0, 0)


def test_mixing_depends_on_the_others_payoffs():
    # Only the column player's gain at the first pair of actions is doubled; only the row player's mix moves.
    mixed = mixed_equilibrium(Game(((1, 0), (0, 1)), ((2, 0), (0, 1))))
    assert (mixed.row, mixed.column) == pytest.approx((1 / 3, 1 / 2))


@quick
@given(games)
def test_all_equilibria_are_those_nashpy_finds(game):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nashpy warns of an even number of equilibria; compared all the same
        theirs = nashpy.Game(np.array(game.row), np.array(game.column)).support_enumeration()
        theirs = sorted((float(row[0]), float(column[0])) for row, column in theirs)
    ours = [(float(a == C), float(b == C)) for a, b in pure_equilibria(game)]
    if mixed := mixed_equilibrium(game):
        ours.append((mixed.row, mixed.column))
    assert np.array(sorted(ours)) == pytest.approx(np.array(theirs))


@quick
@given(games)
def test_at_the_mixed_equilibrium_each_is_indifferent_and_gets_what_either_action_pays(game):
    if mixed := mixed_equilibrium(game):
        assert best_responses(game, "row", mixed.column) == game.actions
        assert best_responses(game, "column", mixed.row) == game.actions
        first = mixed.column * game.row[0][0] + (1 - mixed.column) * game.row[0][1]
        assert mixed.row_payoff == pytest.approx(first)


def test_in_the_stag_hunt_the_best_response_turns_where_trust_is_one_half():
    assert best_responses(STAG_HUNT, "row", 0.49) == (D,)
    assert best_responses(STAG_HUNT, "row", 0.5) == (C, D)
    assert best_responses(STAG_HUNT, "row", 0.51) == (C,)


def test_the_column_player_answers_with_its_own_payoffs():
    assert best_responses(MATCHING_PENNIES, "row", "heads") == ("heads",)
    assert best_responses(MATCHING_PENNIES, "column", "heads") == ("tails",)


def test_where_a_player_is_always_indifferent_equilibria_are_without_number():
    with pytest.raises(ModelError, match="indifferent"):
        mixed_equilibrium(Game(((1, 1), (1, 1)), ((1, 0), (0, 1))))


@pytest.mark.parametrize(("player", "other"), [("row", "wait"), ("third", C), ("row", 1.5)])
def test_there_is_no_response_to_what_is_not_in_the_game(player, other):
    with pytest.raises(ModelError):
        best_responses(PRISONERS_DILEMMA, player, other)


@pytest.mark.parametrize("table", [((1, 2), (3,)), ((1, 2),), ((1, 2), (3, float("nan"))), ((1, 2), (3, "x"))])
def test_payoffs_are_two_rows_of_two_numbers(table):
    with pytest.raises(ModelError, match="row player"):
        Game(table, ((1, 2), (3, 4)))


def test_payoffs_may_be_given_as_lists():
    assert Game([[3, 0], [5, 1]], [[3, 5], [0, 1]]) == PRISONERS_DILEMMA


# ── the security dilemma ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("offence", "distinguishable", "number", "severity"),
    [
        (True, False, 1, "doubly dangerous"),
        (False, False, 2, "security dilemma"),
        (True, True, 3, "aggression is possible"),
        (False, True, 4, "doubly stable"),
    ],
)
def test_each_pair_of_traits_is_jerviss_world(offence, distinguishable, number, severity):
    found = world(offence_has_advantage=offence, postures_distinguishable=distinguishable)
    assert found.number == number
    assert severity in found.severity


def test_every_world_is_read_as_a_game_there_is():
    assert {one.game for one in JERVIS_WORLDS} <= NAMED.keys()


def test_mutual_restraint_can_last_where_defence_has_the_advantage():
    for one in JERVIS_WORLDS:
        assert ((C, C) in pure_equilibria(NAMED[one.game])) == (not one.offence_has_advantage)
