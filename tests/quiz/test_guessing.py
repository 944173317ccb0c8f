"""Test-wise strategies: what each of them takes, and how often it hits."""

from __future__ import annotations

import pytest

from twolenses import quiz
from twolenses.quiz import guessing
from twolenses.quiz.guessing import Item
from twolenses.quiz.types import Cloze


def item(*options: str, stem: str = "What follows?", keys: tuple[int, ...] = (0,)) -> Item:
    return Item("one", stem, options, frozenset(keys))


@pytest.mark.parametrize(
    ("strategy", "taken", "others"),
    [
        ("longest", "One that goes on", ("One", "Two")),
        ("shortest", "One", ("One that goes on", "Two that go on")),
        ("longest words", "Institutions", ("It is so now and then", "It was")),
        ("shortest words", "It is so now and then", ("It was once", "Institutions")),
        ("most hedges", "It may perhaps be so", ("It may be so", "It is so")),
        ("fewest hedges", "It is so", ("It may be so", "It could be so")),
        ("most absolutes", "It is always so", ("It is so", "It may be so")),
        ("fewest absolutes", "It is so", ("It is always so", "Everybody does so")),
        ("most negatives", "It is not so", ("It is so", "It was so")),
        ("fewest negatives", "It is so", ("It is not so", "Nobody does so")),
        ("most names and numbers", "The 28 bases of Serbia", ("The bases of Serbia", "The bases")),
        ("fewest names and numbers", "The bases", ("The bases of Serbia", "The 28 bases")),
        ("most reasons given", "It is so, as it was said", ("It is so", "It was so")),
        ("fewest reasons given", "It is so", ("It is so because of it", "It is so, as it was said")),
        ("most clauses", "It is so, and was", ("It is so", "It was so")),
        ("fewest clauses", "It is so", ("It is so, and was", "It was so: it is")),
        ("most words of the stem", "A force of soldiers", ("A court of judges", "A book of rules")),
        ("fewest words of the stem", "A court of judges", ("A force of soldiers", "A force of crowds")),
        ("most like the others", "Soldiers stay near", ("Soldiers leave", "Police stay")),
        ("least like the others", "Courts decide", ("Soldiers stay near", "Soldiers stay put")),
    ],
)
def test_a_strategy_takes_what_its_name_says(strategy: str, taken: str, others: tuple[str, str]) -> None:
    asked = "Which force of soldiers came?"
    for place in range(3):
        options = [*others[:place], taken, *others[place:]]
        assert guessing.credit(guessing.STRATEGIES[strategy], item(*options, stem=asked, keys=(place,))) == 1


@pytest.mark.parametrize(("strategy", "place"), [("first", 0), ("second", 1), ("third", 2), ("last", 3)])
def test_a_place_is_a_strategy(strategy: str, place: int) -> None:
    hits = [guessing.credit(guessing.STRATEGIES[strategy], item(*"abcd", keys=(key,))) for key in range(4)]
    assert hits == [key == place for key in range(4)]


@pytest.mark.parametrize(
    ("strategy", "stem", "verdict"),
    [
        ("true", "It is so.", "true"),
        ("false", "It is so.", "false"),
        ("true where hedged", "It may be so.", "true"),
        ("true where hedged", "It is so.", "false"),
        ("false where absolute", "It is always so.", "false"),
        ("false where absolute", "It is so.", "true"),
        ("false where negative", "It was never so.", "false"),
        ("false where a reason is given", "It is so because of it.", "false"),
    ],
)
def test_a_verdict_by_wording(strategy: str, stem: str, verdict: str) -> None:
    key = ("true", "false").index(verdict)
    assert guessing.credit(guessing.VERDICTS[strategy], item("true", "false", stem=stem, keys=(key,))) == 1


def test_who_ties_shares_the_credit() -> None:
    longest = guessing.STRATEGIES["longest"]
    assert guessing.credit(longest, item("Long", "Long", "No")) == 0.5
    assert guessing.credit(longest, item("Long", "Long", "No", keys=(0, 1))) == 1
    assert guessing.credit(longest, item("Long", "Long", "No", keys=(2,))) == 0
    assert guessing.credit(longest, item(*"abcd")) == 0.25


def test_a_rate_is_a_mean_over_the_items_and_so_is_chance() -> None:
    items = [item("Longer", "No"), item("No", "Longer"), item("a", "b", "c", "d")]
    assert guessing.rate(guessing.STRATEGIES["longest"], items) == pytest.approx((1 + 0 + 0.25) / 3)
    assert guessing.chance(items) == pytest.approx((0.5 + 0.5 + 0.25) / 3)


def test_what_is_guessed_at_are_options_in_words_reasons_and_verdicts() -> None:
    bank = [question for path in quiz.files() for question in quiz.read(path)]
    found = {one.id for one in guessing.choices(bank)}
    assert {"quoted-and-true", "share-of-the-bases", "words-on-record"} <= found
    assert "share-of-a-contingent" not in found  # every option is a number
    assert found.isdisjoint(one.id for one in guessing.several(bank))
    assert not any(isinstance(question, Cloze) and question.id in found for question in bank)
    assert {one.options for one in guessing.judged(bank)} == {("true", "false")}


def test_options_are_seen_as_a_reader_sees_them() -> None:
    asked = next(one for one in guessing.choices(quiz.load("1")) if one.id == "what-48-counts")
    assert "28 bases" in asked.options[0]
