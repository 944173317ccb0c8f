"""Every rule of the bank: a violation, and the sentence it earns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from twolenses import course, quiz
from twolenses.quiz import spelling
from twolenses.quiz.balance import OF_THE_BANK
from twolenses.quiz.bank import _plain, _yaml
from twolenses.quiz.reach import OF_NUMBERS
from twolenses.quiz.rules import OF_QUESTIONS
from twolenses.quiz.spelling import OF_WORDS
from twolenses.quiz.types import TYPES

COMMON = {
    "objective": "o", "level": "apply", "difficulty": "easy", "source": "C21", "hint": "Think.", "because": "It is so.",
}  # fmt: skip
GOOD: dict[str, dict[str, Any]] = {
    "single": {"options": [{"text": "Wrong", "feedback": "No."}, {"text": "Right", "feedback": "Yes.", "key": True}]},
    "true-false": {"answer": True, "feedback": {"true": "Yes.", "false": "No."}},
    "numeric": {"answer": {"fact": "serbian_troop_cut"}},
    "short": {"answers": ["Gërvalla"], "near": [{"text": "Osmani", "feedback": "She was the president."}]},
    "matching": {"pairs": [{"left": f"L{one}", "right": f"R{one}", "feedback": "No."} for one in "bca"]},
    "ordering": {"items": ["Uno", "Due", "Quattro"], "feedback": "Look at the dates."},
    "cloze": {
        "text": "So it [[1]] and [[2]].",
        "blanks": [
            {"type": "choice", "options": [{"text": "is", "feedback": "Yes.", "key": True}, {"text": "was", "feedback": "No."}]},
            {"type": "text", "answers": ["will be"], "feedback": "Yes."},
        ],
    },
    "classify": {
        "statements": [
            {"text": f"Statement {number}", "key": key, "because": "So."}
            for number, key in enumerate(["realism", "liberalism", "both", "neither"])
        ]
    },
    "essay": {
        "rubric": [{"criterion": "Clear", "points": 2, "description": "It is."}], "words": {"min": 50, "max": 100}, "sample": "So.",
    },
}  # fmt: skip


def entry(type: str, id: str = "one", **more: Any) -> dict[str, Any]:
    return {"id": id, "type": type, "stem": f"Which is it, {id}?", **COMMON, **GOOD.get(type, {}), **more}


def problems(folder: Path, *entries: dict[str, Any], **how: Any) -> str:
    path = folder / "q.yml"
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(list(entries), stream)
    return "\n".join(map(str, quiz.validate([path], **how)))


def option(text: Any, key: bool = False) -> dict[str, Any]:
    return {"text": text, "feedback": "So.", "key": key}


@pytest.mark.parametrize("type", GOOD)
def test_a_good_question_is_good(tmp_path: Path, type: str) -> None:
    assert problems(tmp_path, entry(type)) == ""


@pytest.mark.parametrize(
    ("type", "change", "says"),
    [
        ("true-false", {"feedback": {"true": "Yes."}}, "false of feedback is missing. Add it."),
        ("true-false", {"answer": "perhaps"}, "question 'one': answer input should be a valid boolean"),
        ("true-false", {"reasons": [option("A")]}, "has one reason. Give another to choose from, or none."),
        ("true-false", {"reasons": [option("A"), option("B")]}, "in its reasons has no key."),
        ("true-false", {"stem": "It is not so."}, "asks with the negative 'not'"),
        ("numeric", {"answer": {"fact": "army_bases", "within": 1, "relative": 0.1}}, "has 'within' and 'relative'. Keep one of them."),
        ("numeric", {"answer": {"fact": "army_bases", "withn": 1}}, "question 'one': withn of answer is not known here."),
        ("numeric", {"answer": {"within": 1}}, "question 'one': fact of answer is missing. Add it."),
        ("numeric", {"answer": {"fact": "army_bases", "str": 1}}, "question 'one': str of answer is not known here."),
        ("numeric", {"answer": {"fact": "army_bases", "Fact": 1}}, "question 'one': Fact of answer is not known here."),
        ("numeric", {"answer": {"table": "trade", "where": {"str": [1]}}}, "question 'one': str of where of answer is no text, number, true or false."),
        ("numeric", {"answer": {"compute": "share", "of": [{"fact": "x"}, {"table": "y"}]}}, "question 'one': where of of 2 of answer is missing."),
        ("numeric", {"answer": 48}, "question 'one': answer has no fields. Write each as 'name: value', indented under it."),
        ("single", {"single": 1}, "question 'one': single is not known here."),
        ("single", {"Single": 1}, "question 'one': Single is not known here."),
        ("single", {"options": ["A", "B"]}, "question 'one': option 2 has no fields."),
        ("single", {"options": "A"}, "question 'one': options is no list. Write each entry behind a '- '."),
        ("single", {"vary": {"x": [True, 1]}}, "question 'one': x 1 of vary is no text, number or set of named values."),
        ("single", {"vary": {"x": [{"Column": [1]}]}}, "question 'one': Column of x 1 of vary is neither a text nor a number."),
        ("single", {"vary": {"x": 5}}, "question 'one': x of vary is neither a list of values nor a column."),
        ("single", {"vary": {"x": {"table": "trade"}}}, "question 'one': column of x of vary is missing."),
        ("cloze", {"blanks": ["x"]}, "question 'one': type of blank 1 is missing. Add 'type:'."),
        ("short", {"answers": ["..."]}, "has '...' among its answers, of which nothing is left to compare."),
        ("short", {"near": [option("gervalla") | {}]}, "key of near miss 1 is not known here"),
        ("short", {"near": [{"text": "gervalla", "feedback": "No."}]}, "has the near miss 'gervalla', which is accepted."),
        ("short", {"near": [{"text": one, "feedback": "No."} for one in ("x", "X")]}, "has the near miss 'X' twice."),
        ("matching", {"pairs": GOOD["matching"]["pairs"][:2]}, "question 'one': pairs list should have at least 3 items"),
        ("matching", {"distractors": ["Ra"]}, "has the option 'ra' twice. Change one."),
        ("matching", {"pairs": [{"left": one, "right": "R", "feedback": "No."} for one in "abc"]}, "has one choice for all pairs."),
        ("ordering", {"items": ["Uno", "Due", "uno"]}, "has the option 'uno' twice"),
        ("ordering", {"feedback": " "}, "question 'one': feedback is empty. Write it."),
        ("cloze", {"text": "So [[1]]."}, "has the blanks 1 in its text and 2 under 'blanks'."),
        ("cloze", {"text": "[[2]] and [[1]]."}, "has the blanks 2, 1 in its text"),
        ("cloze", {"blanks": [{"type": "text", "answers": ["x"]}]}, "question 'one': feedback of blank 1 is missing. Add it."),
        ("cloze", {"blanks": [{"type": "txt", "answers": ["x"]}]}, "type of blank 1 'txt' is not a kind of blank. Did you mean 'text'?"),
        ("cloze", {"blanks": [{"type": "choice", "options": [{"text": "x"}, option("y")]}]}, "feedback of option 1 of blank 1 is missing."),
        ("cloze", {"blanks": [{"type": "choice", "options": [option("x"), option("y")]}], "text": "[[1]]"}, "in blank 1 has no key."),
        ("cloze", {"blanks": [{"type": "number", "answer": {"fact": "x"}, "feedback": "So."}], "text": "[[1]]"}, "in blank 1 names the fact 'x'"),
        ("classify", {"statements": [{"text": str(n), "key": "both", "because": "So."} for n in range(4)]}, "puts every statement under one lens."),
        ("classify", {"statements": GOOD["classify"]["statements"][:3]}, "should have at least 4 items"),
        ("essay", {"words": {"min": 100, "max": 50}}, "asks for at least 100 words and at most 50."),
        ("essay", {"rubric": [{"criterion": "A", "points": 0, "description": "B"}]}, "question 'one': points of row 1 input should be greater than 0."),
        ("single", {"options": [option("A", True), option("All of the above")]}, "has the option 'All of the above'. Say what it means"),
        ("single", {"options": [option("A", True), option("None of these")]}, "has the option 'None of these'"),
        ("single", {"options": [option("A", True), option("Both A and B")]}, "has the option 'Both A and B'"),
        ("single", {"options": [option({"compute": "share", "of": [{"fact": "army_bases"}]}), option("B", True)]}, "text of option 1 of: list should have at least 2 items"),
        ("single", {"options": [option({"fact": "army_basis"}), option("B", True)]}, "text of option 1 names the fact 'army_basis', which does not exist. Did you mean"),
        ("single", {"stem": "Which of these is not a claim?"}, "asks with the negative 'not'. Turn the question round, or write **not**."),
        ("single", {"stem": "All are claims EXCEPT one"}, "asks with the negative 'EXCEPT'"),
        ("single", {"stem": "What didn’t happen?"}, "asks with the negative 'n’t'"),
        ("single", {"because": "Serbia had 8,350 soldiers."}, "types 8,350 soldiers, which is the fact 'serbian_troops_before'. Write {fact}`serbian_troops_before`."),
        ("single", {"hint": "It is 46.1 %."}, "types 46.1 %, which is the fact 'serbian_troop_cut'"),
        ("single", {"because": r"So $\foo$."}, r"has math that cannot be read: $\foo$"),
        ("single", {"source": "fact:x"}, "names the source 'fact:x', which does not exist"),
        ("single", {"vary": {"x": [1, 2]}}, "varies 'x', which stands nowhere in it."),
        ("single", {"stem": "{x}?", "vary": {"x": [1]}}, "has fewer than two variants."),
    ],
)  # fmt: skip
def test_a_violation_has_its_sentence(tmp_path: Path, type: str, change: dict[str, Any], says: str) -> None:
    assert says in problems(tmp_path, entry(type, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "Which of these is **not** a claim?"},
        {"stem": "He said “I did not”. Who was it?"},
        {"stem": "Not all agree. Which source does?"},
        {"because": "Two percent, 8350 and 12,345.6 are no facts, and {fact}`serbian_troops_before` is one."},
        {"options": [option("None of the three moved", True), option("Both a state and a league")]},
        {"options": [option({"fact": "serbian_troops_before"}, True), option("B")]},
    ],
)
def test_what_only_looks_like_a_violation_passes(tmp_path: Path, change: dict[str, Any]) -> None:
    assert problems(tmp_path, entry("single", **change)) == ""


def unions(schema: Any) -> Iterator[Any]:
    """Every place in pydantic's schema where one of several things may stand."""
    parts = (
        enumerate(schema) if isinstance(schema, list | tuple) else schema.items() if isinstance(schema, dict) else ()
    )
    for name, part in parts:
        if name != "json_schema_input_schema":  # for editors only
            yield from unions(part)
    if isinstance(schema, dict) and schema.get("type") in ("union", "tagged-union"):
        yield schema


def test_an_error_never_has_to_guess_what_stands_in_the_file() -> None:
    """Steps of a location that name a member of a union begin with #; int or float alike is a number and never fails."""
    found = list(unions(TypeAdapter(list[quiz.Question]).core_schema))
    tagged = [one for one in found if one["type"] == "tagged-union"]
    assert {tag[0] for one in tagged for tag in one["choices"]} == {"#"}
    assert len(tagged) > 10
    assert all({one["type"] for one in union["choices"]} == {"int", "float"} for union in found if union not in tagged)


# ── the bank as a whole ──────────────────────────────────────────────────────────────────────────────


NAMES = ("Aron", "Bela", "Cato", "Dora", "Emil")  # of one length, and like nothing else


def choices(count: int, told: int = 0, **more: Any) -> list[dict[str, Any]]:
    """Single choices that nobody can guess, but for the first `told`, where the key is the longest option."""
    return [
        entry(
            "single",
            f"q{number}",
            options=[
                option(f"{name} then" if key and number < told else name, key)
                for place, name in enumerate(NAMES[:4])
                for key in [place == number % 4]
            ],
            **more,
        )
        for number in range(count)
    ]


def test_no_strategy_finds_more_keys_than_chance_allows(tmp_path: Path) -> None:
    found = problems(tmp_path, *choices(40, told=12))
    assert (
        "question 'q0' and others can be guessed: 'longest' finds a key of 48% of 40 choices, chance of 25%, at most "
        "33% are allowed. Rework some of q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11."
    ) in found
    assert len(found.splitlines()) == 1
    assert problems(tmp_path, *choices(40, told=4)) == ""
    assert problems(tmp_path, *choices(29, told=29)) == ""  # too few to tell a habit from an accident
    assert problems(tmp_path, *choices(40, told=12), whole=False) == ""


def test_keys_do_not_crowd_in_one_place(tmp_path: Path) -> None:
    crowded = [one for one in choices(160) if int(one["id"][1:]) % 4 == 1]
    assert "'second' finds a key of 100% of 40 choices" in problems(tmp_path, *crowded)


def judged(*verdicts: bool, stem: str = "So it is, {}.") -> list[dict[str, Any]]:
    return [
        entry("true-false", f"t{number}", stem=stem.format(number), answer=verdict)
        for number, verdict in enumerate(verdicts)
    ]


def test_about_half_of_the_statements_to_judge_are_true(tmp_path: Path) -> None:
    says = "question 't0' and others tell the verdict: 7 of 10 statements to judge are true, 40% to 60% are allowed. Recast some as false."
    assert says in problems(tmp_path, *judged(*[True] * 7, *[False] * 3))
    assert "3 of 10 statements to judge are true" in problems(tmp_path, *judged(*[True] * 3, *[False] * 7))
    assert problems(tmp_path, *judged(*[True] * 5, *[False] * 5)) == ""
    assert problems(tmp_path, *judged(*[True] * 7, *[False] * 2)) == ""


def test_one_file_has_no_verdict_of_its_own(tmp_path: Path) -> None:
    says = "question 't0' and the other statements to judge of this file are all false. Recast one as true."
    assert says in problems(tmp_path, *judged(False, False))
    assert problems(tmp_path, *judged(False, True)) == ""
    assert problems(tmp_path, *judged(False)) == ""


def test_a_verdict_cannot_be_told_from_the_wording(tmp_path: Path) -> None:
    loud, plain = judged(*[False] * 5, stem="It is always so, {}."), judged(*[True] * 5)
    for number, one in enumerate(plain):
        one["id"] = f"plain{number}"
    assert "'false where absolute' finds a key of 100% of 10 statements to judge, chance of 50%" in problems(
        tmp_path, *loud, *plain
    )


def several(*sizes: tuple[int, int]) -> list[dict[str, Any]]:
    return [
        entry(
            "multiple",
            f"m{number}",
            options=[option(name, (place + number) % options < keys) for place, name in enumerate(NAMES[:options])],
        )
        for number, (keys, options) in enumerate(sizes)
    ]


def test_how_many_options_are_right_varies(tmp_path: Path) -> None:
    says = "question 'm0' and others have as many keys: 3 in 5 of 8 multiple responses, at most 45% are allowed. Vary from one to all."
    assert says in problems(tmp_path, *several(*[(3, 5), (3, 4)] * 2, (3, 3), (1, 4), (2, 4), (4, 4)))
    says = "question 'm0' and others have one form: 2 of 4 are right in 3 of 8 multiple responses, at most 35% are allowed."
    assert says in problems(tmp_path, *several(*[(2, 4)] * 3, (1, 4), (3, 4), (4, 5), (1, 3), (3, 5)))
    assert problems(tmp_path, *several((2, 4), (2, 4), (2, 5), (1, 4), (3, 4), (4, 5), (1, 3), (3, 5))) == ""
    assert problems(tmp_path, *several(*[(2, 4)] * 7)) == ""


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("stem", "Which two findings count against it?", "Which two"),
        ("stem", "Find the 3 that hold.", "Find the 3"),
        ("hint", "Three of them do.", "Three of them"),
        ("hint", "Two of the five came later.", "Two of the"),
        ("hint", "Three differences are real.", "Three differences are"),
        ("stem", "Which findings part the two lenses?", ""),
        ("stem", "Why do both counts differ, and which rules explain it?", ""),
        ("hint", "Look at one side first.", ""),
    ],
)
def test_no_text_says_how_many_options_are_right(tmp_path: Path, field: str, text: str, says: str) -> None:
    found = problems(tmp_path, several((2, 4))[0] | {field: text})
    assert (f"says how many options are right: {says!r}. Take the number out." in found) == bool(says)


def test_the_lenses_are_asked_about_alike(tmp_path: Path) -> None:
    def numbers(lens: str, count: int) -> list[dict[str, Any]]:
        return [entry("numeric", f"{lens}{number}", lens=lens) for number in range(count)]

    says = "The bank has 7 items on realism and 3 on liberalism; each should have 45% to 55% of the two. Add to liberalism."
    assert says in problems(tmp_path, *numbers("realism", 7), *numbers("liberalism", 3))
    assert problems(tmp_path, *numbers("realism", 5), *numbers("liberalism", 5), *numbers("neither", 9)) == ""
    assert problems(tmp_path, *numbers("realism", 6), *numbers("liberalism", 3)) == ""
    statements = [{"text": str(n), "key": "liberalism" if n else "realism", "because": "So."} for n in range(5)]
    assert (
        problems(tmp_path, *numbers("realism", 5), *numbers("liberalism", 2), entry("classify", statements=statements))
        == ""
    )


def test_every_rule_says_what_it_holds() -> None:
    assert all(rule.__doc__ for rule in OF_QUESTIONS + OF_NUMBERS + OF_WORDS + OF_THE_BANK)


# ── an instructor's own folder ───────────────────────────────────────────────────────────────────────


def test_a_folder_of_ones_own_is_a_bank(tmp_path: Path) -> None:
    problems(tmp_path, *(entry(type, type) for type in GOOD))
    (tmp_path / "schema.json").write_text("{}")
    assert [path.name for path in quiz.files(tmp_path)] == ["q.yml"]
    assert {question.type for question in quiz.load("q", tmp_path)} == set(GOOD)


def test_in_a_bank_of_ones_own_a_number_may_be_one_that_a_fact_prints(tmp_path: Path) -> None:
    typed = entry("single", because="Serbia had 8,350 soldiers.")
    assert "types 8,350" in problems(tmp_path, typed)
    assert problems(tmp_path, typed, own=False) == ""


# ── the schema ───────────────────────────────────────────────────────────────────────────────────────


def test_the_committed_schema_is_fresh() -> None:
    committed = json.loads((course.root() / "exercises/quizzes/schema.json").read_text(encoding="utf-8"))
    assert committed == json.loads(json.dumps(quiz.schema())), "Write quiz.schema() to exercises/quizzes/schema.json."


def test_every_quiz_file_names_the_schema_and_fits_it() -> None:
    jsonschema.Draft202012Validator.check_schema(quiz.schema())
    for path in quiz.files():
        assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")
        jsonschema.validate(_plain(_yaml(path)), quiz.schema())


def test_the_schema_knows_every_type_and_says_what_it_is() -> None:
    schema = quiz.schema()
    models = (schema["$defs"][one["$ref"].rpartition("/")[2]] for one in schema["items"]["oneOf"])
    assert [one["properties"]["type"]["const"] for one in models] == list(TYPES)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([entry("single", hnt="x")], schema)
    for type in GOOD:
        jsonschema.validate([entry(type)], schema)
    assert "partial" in str(schema) or "earns" in str(schema)


# ── spelling ─────────────────────────────────────────────────────────────────────────────────────────


WRONG = "recieve"  # codespell:ignore


def test_a_misspelt_word_is_named_with_its_line_and_what_it_should_be(tmp_path: Path) -> None:
    path = tmp_path / "q.yml"
    problems(tmp_path, entry("single", "first"), entry("single", hint=f"They will {WRONG} it."))
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if WRONG in text)
    assert list(map(str, quiz.validate([path]))) == [
        f"{path}:{line}  question 'one' spells '{WRONG}'. Did you mean 'receive'? A name or a word of another language "
        "goes into spelling.txt beside the quiz files."
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{WRONG.capitalize()} it.", f"spells '{WRONG.capitalize()}'. Did you mean 'Receive'?"),
        (f"A half-{WRONG} one.", f"spells '{WRONG}'. Did you mean 'receive'?"),
        ("It doesnt hold.", 'Did you mean "doesn\'t"'),  # codespell:ignore
        (f"So `{WRONG}`, ${WRONG}$, https://{WRONG}.org/{WRONG} and {{fact}}`serbian_troops_before`.", ""),
        ("A bloc, Enver Hoxha and Thaçi.", ""),
    ],
)
def test_prose_is_spelt_right_and_nothing_else_is_looked_at(tmp_path: Path, text: str, says: str) -> None:
    found = problems(tmp_path, entry("single", because=text))
    assert says in found
    assert bool(says) == bool(found)


def test_a_bank_has_words_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "spelling.txt").write_text(f"# Names\n{WRONG}\n", encoding="utf-8")
    assert problems(tmp_path, entry("single", because=f"{WRONG.capitalize()} it.")) == ""


def test_the_list_holds_nothing_but_what_codespell_takes_for_an_error() -> None:
    text = Path(spelling.__file__).with_name(spelling.LIST).read_text(encoding="utf-8")
    words = [line for line in text.splitlines() if not line.startswith("#")]
    assert words == sorted(words)
    assert not set(words) & set(spelling.corrections())
