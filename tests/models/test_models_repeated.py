"""The repeated game."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.games import CHICKEN, PRISONERS_DILEMMA, Game
from twolenses.models.repeated import (
    STRATEGIES,
    always_cooperate,
    always_defect,
    cooperation_threshold,
    generous_tit_for_tat,
    grim_trigger,
    play,
    random_move,
    tit_for_tat,
    tournament,
)

NICE = [name for name in STRATEGIES if name not in ("always defect", "random")]


def defect_once(own, other, chance):
    return "D" if len(own) == 2 else "C"


# ── strategies ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("one", NICE)
@pytest.mark.parametrize("other", NICE)
def test_strategies_that_never_defect_first_cooperate_throughout(one, other):
    match = play(STRATEGIES[one], STRATEGIES[other])
    assert set(match.row + match.column) == {"C"}
    assert (match.row_score, match.column_score) == (600, 600)  # Axelrod's 200 rounds of 3


def test_tit_for_tat_loses_to_defection_by_the_first_round_only():
    match = play(tit_for_tat, always_defect)
    assert (match.row_score, match.column_score) == (0 + 199, 5 + 199)


def test_tit_for_tat_answers_once_and_grim_trigger_for_ever():
    assert play(tit_for_tat, defect_once, rounds=6).row == "CCCDCC"
    assert play(grim_trigger, defect_once, rounds=6).row == "CCCDDD"


def test_generous_tit_for_tat_forgives_as_often_as_it_says():
    match = play(generous_tit_for_tat(0.25), always_defect, rounds=10_000)
    assert match.row[1:].count("C") / 9_999 == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize("other", [always_cooperate, always_defect, grim_trigger, defect_once])
@pytest.mark.parametrize(("generosity", "like"), [(0, tit_for_tat), (1, always_cooperate)])
def test_generosity_runs_from_tit_for_tat_to_always_cooperate(generosity, like, other):
    assert play(generous_tit_for_tat(generosity), other) == play(like, other)


def test_generosity_is_nowak_and_sigmunds_optimum_unless_given():
    (reward, sucker), (temptation, punishment) = PRISONERS_DILEMMA.row
    optimum = min(1 - (temptation - reward) / (reward - sucker), (reward - punishment) / (temptation - punishment))
    assert play(generous_tit_for_tat(), always_defect) == play(generous_tit_for_tat(optimum), always_defect)


def test_a_fair_coin_falls_evenly():
    assert play(random_move, always_cooperate, rounds=10_000).row.count("C") == pytest.approx(5_000, abs=200)


def test_one_slip_ends_the_peace_of_grim_triggers_and_generosity_mends_it():
    grim = play(grim_trigger, grim_trigger, rounds=2_000, noise=0.02)
    generous = play(generous_tit_for_tat(), generous_tit_for_tat(), rounds=2_000, noise=0.02)
    assert grim.row.count("C") < 0.1 * 2_000
    assert generous.row.count("C") > 0.9 * 2_000


def test_a_move_that_always_slips_is_the_opposite():
    assert play(always_cooperate, always_defect, rounds=3, noise=1).row == "DDD"


def test_the_same_seed_gives_the_same_match():
    one, same, another = (play(random_move, random_move, seed=seed) for seed in (7, 7, 8))
    assert one == same != another


def test_scores_are_those_of_the_game_played():
    game = Game(((1, 2), (3, 4)), ((10, 20), (30, 40)))
    match = play(always_cooperate, always_defect, rounds=2, game=game)
    assert (match.row_score, match.column_score) == (4, 40)


@pytest.mark.parametrize(
    ("strategy", "settings", "says"),
    [
        (tit_for_tat, {"rounds": 0}, "rounds"),
        (tit_for_tat, {"noise": 2}, "noise"),
        (lambda own, other, chance: "cooperate", {}, "'C' or 'D'"),
    ],
)
def test_what_cannot_be_played_is_refused(strategy, settings, says):
    with pytest.raises(ModelError, match=says):
        play(strategy, tit_for_tat, **settings)


def test_generosity_is_a_probability():
    with pytest.raises(ModelError, match="generosity"):
        generous_tit_for_tat(2)


# ── tournament ───────────────────────────────────────────────────────────────────────────────────────


def test_each_meets_each_and_its_twin_and_is_ranked_by_its_mean():
    table = tournament({"dove": always_cooperate, "hawk": always_defect})
    assert table.index.to_list() == ["hawk", "dove"]
    assert table.loc["dove"].to_dict() == {"dove": 3, "hawk": 0, "mean": 1.5}
    assert table.loc["hawk"].to_dict() == {"dove": 5, "hawk": 1, "mean": 3}


def test_nice_strategies_come_first_among_retaliators_as_axelrod_found():
    field = {name: one for name, one in STRATEGIES.items() if name != "always cooperate"}
    ranking = tournament(field).index.to_list()
    assert set(ranking[:3]) == {"tit for tat", "grim trigger", "generous tit for tat"}


def test_who_wins_depends_on_who_takes_part():
    assert tournament({"hawk": always_defect, **{f"dove {i}": always_cooperate for i in range(5)}}).index[0] == "hawk"


def test_the_same_seed_gives_the_same_table():
    assert tournament(seed=3, noise=0.05).equals(tournament(seed=3, noise=0.05))
    assert not tournament(seed=3, noise=0.05).equals(tournament(seed=4, noise=0.05))


def test_a_tournament_can_be_of_another_game():
    table = tournament({"dove": always_cooperate, "hawk": always_defect}, game=CHICKEN)
    assert table.loc["hawk", "hawk"] < table.loc["dove", "hawk"]


def test_a_tournament_of_nobody_is_refused():
    with pytest.raises(ModelError, match="at least one"):
        tournament({})


# ── the shadow of the future ─────────────────────────────────────────────────────────────────────────


def worth(moves: str, against: str, discount: float) -> float:
    pay = {(a, b): PRISONERS_DILEMMA.row["CD".index(a)]["CD".index(b)] for a in "CD" for b in "CD"}
    return sum(discount**t * pay[pair] for t, pair in enumerate(zip(moves, against, strict=True)))


@pytest.mark.parametrize(("discount", "pays"), [(0.45, True), (0.55, False)])
def test_defecting_from_grim_triggers_pays_below_the_threshold_only(discount, pays):
    assert cooperation_threshold(temptation=5, reward=3, punishment=1) == 0.5
    defection = play(always_defect, grim_trigger, rounds=300)
    peace = play(grim_trigger, grim_trigger, rounds=300)
    gain = worth(defection.row, defection.column, discount) - worth(peace.row, peace.column, discount)
    assert (gain > 0) == pays


@settings(deadline=None, derandomize=True)
@given(st.lists(st.integers(-50, 50), min_size=3, max_size=3, unique=True))
def test_at_the_threshold_one_temptation_is_worth_cooperation_for_ever(payoffs):
    punishment, reward, temptation = sorted(payoffs)
    discount = cooperation_threshold(temptation, reward, punishment)
    for_ever = reward / (1 - discount)
    assert temptation + discount * punishment / (1 - discount) == pytest.approx(for_ever)


@pytest.mark.parametrize("payoffs", [(3, 3, 1), (5, 1, 3), (3, 5, 1), (5, 3, None)])
def test_without_temptation_or_loss_there_is_no_threshold(payoffs):
    with pytest.raises(ModelError):
        cooperation_threshold(*payoffs)
