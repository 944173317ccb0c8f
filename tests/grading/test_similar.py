"""Near-identical submissions: only what is rare in the class counts."""

from __future__ import annotations

from twolenses.grading import similar

COMMON = "kinds = deployments[deployments['measure'].isin(['army_bases', 'gendarmerie_bases'])] ; bases = kinds['value'].sum()"


def own(number: int) -> str:
    return " ".join(f"word{number}x{place}" for place in range(60))


def class_of(n: int) -> dict[str, dict[str, str]]:
    return {f"s{number:02d}": {"bases": COMMON, "text": own(number)} for number in range(n)}


def test_nobody_is_named_for_what_everybody_wrote() -> None:
    assert similar.pairs(class_of(30)) == []


def test_a_copy_is_found_though_a_word_is_changed() -> None:
    texts = class_of(30)
    texts["s29"] = {"bases": COMMON, "text": own(3).replace("word3x7", "renamed")}
    (pair,) = similar.pairs(texts)
    assert (pair.one, pair.other, pair.cells) == ("s03", "s29", ("bases",))
    assert 0.8 < pair.share < 1


def test_a_copy_is_found_among_answers_that_others_have_too() -> None:
    """Each cell stands in several notebooks, all cells together in two."""
    texts = {f"s{n:02d}": {"a": own(n % 5), "b": own(n % 7), "c": own(n // 8)} for n in range(34)}
    texts["s34"] = texts["s10"]
    (pair,) = similar.pairs(texts)
    assert (pair.one, pair.other, pair.share, pair.cells) == ("s10", "s34", 1.0, ("a", "b", "c"))


def test_a_few_words_in_common_are_no_likeness() -> None:
    texts = class_of(30)
    texts["s29"]["text"] = " ".join([*own(3).split()[:20], *own(29).split()])
    assert similar.pairs(texts) == []


def test_two_students_and_empty_texts_are_no_trouble() -> None:
    assert similar.pairs({}) == []
    assert similar.pairs({"a": {"t": ""}, "b": {"t": ""}}) == []
