"""Each question type: its partial credit, its words, its form, and that no response stops it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses import mistakes, quiz
from twolenses.quiz import html, text
from twolenses.quiz.normal import normal
from twolenses.quiz.types import TYPES, BaseQuestion, Md
from twolenses.quiz.vary import question as made

VECTORS = json.loads((Path(__file__).parent / "marking.json").read_text(encoding="utf-8"))

COMMON: dict[str, Any] = {
    "id": "one", "objective": "o", "level": "apply", "difficulty": "easy", "source": "C21", "stem": "Which?",
    "hint": "Think.", "because": "It is so.",
}  # fmt: skip


def one(type: str, **more: Any) -> BaseQuestion:
    return made({**COMMON, "type": type, **more})


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> quiz.Quiz:
    path = tmp_path_factory.mktemp("bank") / "bank.yml"
    path.write_text(VECTORS["bank"], encoding="utf-8")
    return quiz.read(path)


def right(question: Any) -> Any:
    """The response that earns everything."""
    match question.type:
        case "single":
            return question.keys[0]
        case "multiple" | "matching":
            return list(question.keys)
        case "numeric":
            return repr(question.value)
        case "true-false":
            keys = [number for number, reason in enumerate(question.reasons) if reason.key]
            return {"value": question.answer, "reason": keys[0]} if keys else question.answer
        case "short":
            return question.answers[0]
        case "ordering":
            return list(range(len(question.items)))
        case "cloze":
            return [
                blank.keys[0]
                if blank.type == "choice"
                else blank.answers[0]
                if blank.type == "text"
                else repr(blank.value)
                for blank in question.blanks
            ]
        case "classify":
            return [statement.key for statement in question.statements]
        case "essay":
            return {"text": "So it is.", "scores": [row.points for row in question.rubric]}


# ── every type ───────────────────────────────────────────────────────────────────────────────────────


def test_the_right_response_earns_everything(bank: quiz.Quiz) -> None:
    for question in bank:
        assert quiz.mark(question, right(question)).right, question.id


@pytest.mark.parametrize("path", quiz.files(), ids=lambda path: path.stem)
def test_every_question_of_the_course_can_be_answered_rightly(path: Path) -> None:
    for question in quiz.read(path):
        assert quiz.mark(question, right(question)).right, question.id


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.integers() | st.floats() | st.text() | st.sampled_from(["realism", "46.1"]),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.sampled_from(["value", "reason", "scores", "text", "x"]), inner),
    max_leaves=8,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(response=ANYTHING)
def test_no_response_stops_the_marking(bank: quiz.Quiz, response: Any) -> None:
    for question in bank:
        mark = quiz.mark(question, response)
        assert 0 <= mark.fraction <= 1
        assert all(mark.feedback)


def test_marking_is_json_and_says_its_type(bank: quiz.Quiz) -> None:
    for question in bank:
        assert json.loads(json.dumps(question.marking()))["type"] == question.type


def test_every_type_documents_its_credit() -> None:
    for type, model in TYPES.items():
        assert re.search(r"earns|worth|fraction|points", str(model.__doc__)), type


def test_solution_and_texts_hold_words(bank: quiz.Quiz) -> None:
    for question in bank:
        assert text.plain(question.solution())
        assert question.stem in question.texts()
        assert all(question.texts())


# ── the form ─────────────────────────────────────────────────────────────────────────────────────────


class Form(HTMLParser):
    """What a form holds: controls by question, labels, ids, and whether every element is closed."""

    VOID = ("input", "br", "img", "hr")

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.controls: list[dict[str, Any]] = []
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = dict(attrs)
        self.ids += [str(got["id"])] if "id" in got else []
        if tag == "label":
            self.labels.add(str(got["for"]))
        if tag in ("input", "select", "textarea"):
            self.controls.append({"tag": tag, **got})
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_control_is_named_by_its_question_and_labelled(bank: quiz.Quiz) -> None:
    form = Form(html.form(bank))
    ids = {question.id for question in bank}
    assert form.open == []
    assert len(form.ids) == len(set(form.ids))
    for control in form.controls:
        assert re.sub(r"-(reason|[0-9]+)$", "", control["name"]) in ids
        named = control["id"] in form.labels or control.get("aria-label") or control.get("aria-labelledby") in form.ids
        assert named, control


def test_every_question_has_controls_for_every_part(bank: quiz.Quiz) -> None:
    names = [control["name"] for control in Form(html.form(bank)).controls]
    for id, expected in {
        "pairs": 4, "order": 4, "blanks": 3, "lenses": 16, "text": 4, "reasoned": 5, "verdict": 2, "name": 1,
    }.items():  # fmt: skip
        assert sum(re.sub(r"-(reason|[0-9]+)$", "", name) == id for name in names) == expected, id


def test_fieldsets_say_their_type_and_the_key_is_html(bank: quiz.Quiz) -> None:
    form = html.form(bank)
    for question in bank:
        assert f'data-question="{question.id}" data-type="{question.type}"' in form
    key = json.loads(form.split('class="tl-key">')[1].split("</script>")[0])
    assert set(key) == {question.id for question in bank}
    assert {"type", "hints", "because", "points", "digest"} <= set(key["blanks"])


def test_markdown_in_marking_data_becomes_html_and_other_texts_stay(tmp_path: Path) -> None:
    question = one("short", answers=["*plain*"], near=[{"text": "x_y_z", "feedback": "*No*, $x^2$."}])
    near = html._rendered(question)["near"][0]
    assert near["text"] == "x_y_z"
    assert near["feedback"].startswith('<em>No</em>, <span class="math inline"><math xmlns')
    assert isinstance(question.marking()["near"][0]["feedback"], Md)


def test_a_blank_stands_where_the_text_has_it(bank: quiz.Quiz) -> None:
    form = html.form(bank)
    assert re.search(r'The cut was <input class="tl-blank"[^>]* aria-label="Blank 1"[^>]*> percent, said <input', form)
    assert re.search(r"that is <select[^>]*>.*?</select>\.</p>", form, re.DOTALL)
    assert "The cut was <strong>46.1%</strong> percent, said <strong>Mojsilović</strong>" in form


def test_a_long_stem_has_its_question_in_the_legend_and_the_rest_described() -> None:
    question = one("numeric", stem="How many?\n\nSerbia *said* so.\n\nAnd $a_1$.", answer={"fact": "army_bases"})
    form = html.form(quiz.Quiz(Path("q.yml"), (question,), (1,)))
    assert '<span class="tl-stem">How many?</span>' in form
    assert 'data-type="numeric" aria-describedby="q-one-rest">' in form
    assert '<div class="tl-rest" id="q-one-rest">\n<p>Serbia <em>said</em> so.</p>' in form


# ── math ─────────────────────────────────────────────────────────────────────────────────────────────


def test_math_becomes_mathml_and_money_stays() -> None:
    assert "<mfrac>" in text.inline(r"The ratio $\frac{a}{b}$.")
    assert 'display="block"' in text.html("$$\na = b\n$$")
    assert text.inline("From $5 to $6.") == "From $5 to $6."
    assert text.plain(r"So $a < b$ & *c*") == "So a < b & c"


@pytest.mark.parametrize(
    ("source", "formulas"),
    [("$x$ and 5", 1), ("$x$ in 2023", 1), ("$a$ has $b$, 5", 2), ("$x$", 1), ("$5 and $6", 0), ("US$5 and US$6", 0)],
)
def test_a_formula_at_the_start_stays_one_whatever_the_text_ends_in(source: str, formulas: int) -> None:
    assert text.inline(source).count("<math") == formulas
    assert text.html(source).count("<math") == formulas


@pytest.mark.parametrize("math", [r"$\foo x$", r"$x^$", r"$\left( x$"])
def test_math_that_cannot_be_read_is_said(math: str) -> None:
    with pytest.raises(quiz.bank.QuizError, match="has math that cannot be read"):
        text.inline(math)


# ── single types ─────────────────────────────────────────────────────────────────────────────────────


def test_tolerance_has_three_modes() -> None:
    def within(**how: Any) -> tuple[float, Any]:
        marking = one("numeric", answer={"fact": "serbian_troops_withdrawn", **how}).marking()
        return marking["within"], marking["tolerance"]

    assert within(within=5) == (5, {"mode": "within", "amount": 5})
    assert within(relative=0.1) == (385, {"mode": "relative", "amount": 0.1})
    assert within(figures=2) == (50, {"mode": "figures", "amount": 2})
    assert within() == (0, {"mode": "printed", "amount": None})


CUTS = ["cut_of_new", "share_left", "cut_with_a_minus", "ratio_not_percent", "soldiers_not_percent"]


@pytest.mark.parametrize(
    ("more", "known"),
    [
        ({}, CUTS),
        ({"mistakes": []}, []),
        ({"mistakes": ["share_left"]}, ["share_left"]),
        ({"answer": {"fact": "serbian_troop_cut", "within": 10}}, [one for one in CUTS if one != "share_left"]),
        ({"answer": {"fact": "army_bases"}}, []),  # none is known
        ({"answer": {"fact": "no_such_fact"}}, []),
    ],
)
def test_mistakes_are_those_known_for_the_fact_unless_the_file_names_them(
    more: dict[str, Any], known: list[str]
) -> None:
    number: dict[str, Any] = {"answer": {"fact": "serbian_troop_cut"}, **more}
    blank = one("cloze", text="[[1]]", blanks=[{"type": "number", "feedback": "Yes.", **number}]).blanks[0]  # type: ignore[attr-defined]
    for asked in (one("numeric", **number), blank):
        assert list(asked.mistakes) == known
        if known:
            sentences = [mistakes.named(name).sentence for name in known]
            assert [wrong["feedback"] for wrong in asked.marking()["mistakes"]] == sentences
            assert set(sentences) <= set(asked.texts())


def test_a_right_reason_behind_a_wrong_verdict_earns_nothing(bank: quiz.Quiz) -> None:
    assert quiz.mark(bank["reasoned"], {"value": True, "reason": 1}) == quiz.mark(bank["reasoned"], True)
    assert quiz.mark(bank["reasoned"], {"value": False, "reason": 0}).feedback == ("Yes.", "No.")


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("  Gërvalla ", "gervalla"),
        ("“Đinđić”", "dindic"),
        ("Straße", "strasse"),
        ("ΣΑΣ", "σασ"),
        ("d’Été", "d'ete"),
        ("UN–SC", "un-sc"),
        ("ﬁve", "five"),
        ("Ｋosovo", "kosovo"),
        ("Митровица", "митровица"),
        ("İstanbul", "istanbul"),
        ("...", ""),
    ],
)
def test_words_are_compared_without_case_marks_and_quotes(typed: str, compared: str) -> None:
    assert normal(typed) == compared


@given(st.text())
def test_comparing_twice_changes_nothing(typed: str) -> None:
    assert normal(normal(typed)) == normal(typed)


def test_a_near_miss_has_its_own_sentence(bank: quiz.Quiz) -> None:
    assert quiz.mark(bank["name"], "osmani").feedback == ()
    assert quiz.mark(bank["name"], "VJOSA OSMANI").feedback == ("She was the president.",)


def test_choices_to_match_do_not_stand_in_the_order_of_the_pairs(bank: quiz.Quiz) -> None:
    assert bank["pairs"].choices == ("Alpha", "Bravo", "Charlie", "Delta")  # type: ignore[attr-defined]
    pairs = [{"left": str(number), "right": right, "feedback": "No."} for number, right in enumerate("ABC")]
    assert one("matching", pairs=pairs).choices == ("C", "B", "A")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fact", "unit", "printed"),
    [
        ("memory_book_albanian_share", "%", "79.9% in the Kosovo Memory Book"),
        ("serbian_troops_after", "soldiers", "4,500\N{NO-BREAK SPACE}soldiers"),
        ("drenica_killed", "people", "at least 83\N{NO-BREAK SPACE}people by Human Rights Watch’s count"),
        ("drenica_killed", "", "at least 83 by Human Rights Watch’s count"),
    ],
)
def test_a_unit_stands_behind_the_number_and_its_owner_behind_both(fact: str, unit: str, printed: str) -> None:
    assert one("numeric", answer={"fact": fact}, unit=unit).solution() == printed


@given(st.integers(3, 8), st.from_regex(r"[a-z]{1,6}", fullmatch=True))
def test_items_are_never_shown_in_the_right_order(count: int, id: str) -> None:
    question: Any = one("ordering", id=id, items=[f"item {number}" for number in range(count)], feedback="No.")
    assert sorted(question.shown) == list(range(count))
    assert question.shown == question.model_copy().shown
    assert list(question.shown) != list(range(count))


def test_a_cloze_gathers_the_feedback_of_its_blanks(bank: quiz.Quiz) -> None:
    mark = quiz.mark(bank["blanks"], ["85.6", "Vucic", 1])
    assert mark.feedback[0].startswith("That is the change as a share of the new figure")
    assert mark.feedback[1:] == ("He is the president.", "No.")
    assert "percent, said Mojsilović, and that is much." in bank["blanks"].solution()


def test_an_essay_is_its_writers_to_assess(bank: quiz.Quiz) -> None:
    marking = bank["text"].marking()
    assert marking["points_each"] == [2, 3, 1]
    assert quiz.mark(bank["text"], {"text": "x", "scores": [1, 1, 1]}).fraction == pytest.approx(0.5)
