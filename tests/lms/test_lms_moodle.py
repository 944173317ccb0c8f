"""Moodle XML, read back by parsers that are not ours: ElementTree, and moodle-xml-parser for choices and blanks."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import moodle_rules
import pytest
from moodle_rules import COMMA, ENGLISH
from moodle_xml_parser.parser import parse_file

from twolenses import facts, quiz
from twolenses.errors import ExportError, QuizError
from twolenses.lms import moodle, select
from twolenses.lms.moodle import answers
from twolenses.quiz.text import plain
from twolenses.quiz.types import TYPES, Multiple, Single

BANK = Path(__file__).parent / "lms_bank"

# Moodle refuses any other fraction on import (question/engine/bank.php, fraction_options_full).
GRADES = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0}  # fmt: skip


def read(path: Path) -> dict[str, ElementTree.Element]:
    """Every question of a file by its name; categories are left out."""
    found = ElementTree.parse(path).getroot().findall("question")
    return {one.findtext("name/text", ""): one for one in found if one.get("type") != "category"}


def texts(parent: ElementTree.Element, path: str) -> list[str]:
    return [one.text or "" for one in parent.findall(path)]


@pytest.fixture(scope="module")
def bank() -> list[quiz.Quiz]:
    return select.questions(bank=BANK)


@pytest.fixture(scope="module")
def every_type(bank: list[quiz.Quiz], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("moodle") / "every-type.xml"
    assert moodle.write(bank, path).questions == len(bank[0])
    return path


@pytest.fixture(scope="module")
def asked(every_type: Path) -> dict[str, ElementTree.Element]:
    return read(every_type)


@pytest.fixture(scope="module")
def course_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("moodle") / "course.xml"
    moodle.write(select.questions(), path)
    return path


# ── the whole file ───────────────────────────────────────────────────────────────────────────────────


def test_the_bank_of_these_tests_has_every_type(bank: list[quiz.Quiz]) -> None:
    assert {question.type for question in bank[0]} == set(TYPES)


@pytest.mark.parametrize("file", ["every_type", "course_file"])
def test_an_independent_parser_finds_every_choice(file: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(file)
    found = {question.name: question for question in parse_file(str(path))["multichoice"]}
    quizzes = select.questions(bank=BANK) if file == "every_type" else select.questions()
    for question in (question for one in quizzes for question in one if isinstance(question, (Single, Multiple))):
        assert found[question.id].single == (question.type == "single")
        right = [option.score_fraction > 0 for option in found[question.id].options]
        assert right == [option.key for option in question.options]
        assert all(option.feedback for option in found[question.id].options)


@pytest.mark.parametrize("file", ["every_type", "course_file"])
def test_fractions_are_moodles_and_something_is_right(file: str, request: pytest.FixtureRequest) -> None:
    for name, question in read(request.getfixturevalue(file)).items():
        kind = question.get("type")
        fractions = [float(answer.get("fraction", "")) for answer in question.findall("answer")]
        if kind == "ordering" or not fractions:
            continue
        assert {abs(fraction) for fraction in fractions} <= GRADES, name
        if question.findtext("single") == "false":
            assert sum(fraction for fraction in fractions if fraction > 0) == pytest.approx(100, abs=0.001), name
        else:
            assert max(fractions) == 100, name


@pytest.mark.parametrize("file", ["every_type", "course_file"])
def test_every_question_has_feedback_hint_tags_and_an_id(file: str, request: pytest.FixtureRequest) -> None:
    for name, question in read(request.getfixturevalue(file)).items():
        assert question.findtext("generalfeedback/text")
        assert question.findtext("hint/text") or question.get("type") == "essay"
        assert question.findtext("idnumber") == name
        tags = texts(question, "tags/tag/text")
        assert [tag.partition(":")[0] for tag in tags[1:]] == ["level", "difficulty", "lens"]


def test_facts_are_printed_and_no_role_is_left(course_file: Path) -> None:
    text = course_file.read_text(encoding="utf-8")
    assert "8,350" in text
    assert "{fact}" not in text


def test_categories_are_chapters(course_file: Path) -> None:
    found = ElementTree.parse(course_file).getroot().findall("question[@type='category']/category/text")
    chapters = [one.text for one in found if not one.text.endswith("/Essays")]
    assert re.fullmatch(r"\$course\$/top/Two Lenses [0-9a-f]{8}/01 Reading the case", chapters[0])
    assert len(chapters) == len(quiz.files())
    assert len({one.text.split("/")[2] for one in found}) == 1


def test_another_question_gives_another_category(bank: list[quiz.Quiz]) -> None:
    def top(wanted: list[str]) -> str:
        chosen = select.questions(select.Wanted(id=wanted), BANK)
        return (
            ElementTree.fromstring(moodle.document(chosen).encode())
            .findtext("question/category/text", "")
            .split("/")[2]
        )

    assert top(["percent"]) == top(["percent"]) != top(["minister"])


def test_essays_stand_apart_so_that_no_random_question_is_one(every_type: Path) -> None:
    category, kinds = "", {}
    for one in ElementTree.parse(every_type).getroot():
        category = one.findtext("category/text", category)
        if one.get("type") != "category":
            kinds.setdefault(category.rpartition("/")[2], set()).add(one.get("type"))
    assert kinds["Essays"] == {"essay"}
    assert "essay" not in kinds["01 Every type"]


def test_the_same_questions_give_the_same_bytes(bank: list[quiz.Quiz], every_type: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xml"
    moodle.write(select.questions(bank=BANK), again)
    assert again.read_bytes() == every_type.read_bytes() == moodle.document(bank).encode()


# ── one test or two a type ───────────────────────────────────────────────────────────────────────────


def test_hints_are_tries(asked: dict[str, ElementTree.Element]) -> None:
    assert len(asked["one-right"].findall("hint")) == 2
    assert asked["one-right"].findtext("penalty") == "0.3333333"
    flags = {
        name: sorted(flag.tag for flag in question.findall("hint/*") if flag.tag != "text")
        for name, question in asked.items()
    }
    assert flags["three-right"] == flags["pairs"] == flags["gaps"] == ["clearwrong", "shownumcorrect"]
    assert flags["order"] == ["shownumcorrect"]
    assert flags["percent"] == flags["minister"] == flags["verdict"] == []


def test_a_multiple_response_loses_what_it_can_win(asked: dict[str, ElementTree.Element]) -> None:
    fractions = [answer.get("fraction") for answer in asked["three-right"].findall("answer")]
    assert fractions == ["33.33333", "33.33333", "-33.33333", "33.33333"]
    assert asked["three-right"].findtext("defaultgrade") == "2"


def test_true_false_without_reasons(asked: dict[str, ElementTree.Element]) -> None:
    assert asked["verdict"].get("type") == "truefalse"
    answers = {one.findtext("text"): one for one in asked["verdict"].findall("answer")}
    assert {text: one.get("fraction") for text, one in answers.items()} == {"true": "100", "false": "0"}
    assert answers["false"].findtext("feedback/text") == "<p>Try 1 and 2.</p>"


def test_true_false_with_reasons_is_marked_as_on_the_page(
    bank: list[quiz.Quiz], asked: dict[str, ElementTree.Element]
) -> None:
    question: Any = bank[0]["verdict-with-reason"]
    answers = asked["verdict-with-reason"].findall("answer")
    assert len(answers) == 2 * len(question.reasons)
    for answer, (value, reason) in zip(
        answers, [(value, reason) for value in (True, False) for reason in range(3)], strict=True
    ):
        mark = quiz.mark(question, {"value": value, "reason": reason})
        assert float(answer.get("fraction", "")) == 100 * mark.fraction
        assert all(said in answer.findtext("feedback/text", "") for said in mark.feedback)


def test_a_number_carries_its_key_tolerance_unit_and_mistakes(asked: dict[str, ElementTree.Element]) -> None:
    shown, key, *wrong, _ = asked["percent"].findall("answer")
    assert (shown.findtext("text"), shown.findtext("tolerance")) == ("46.1", "0"), "what Moodle shows as right"
    assert float(key.findtext("text", "")) == pytest.approx(46.1078, abs=1e-4)
    assert key.findtext("tolerance") == "0.5"
    said = {round(float(one.findtext("text", "")), 1): one.findtext("feedback/text", "") for one in wrong}
    assert "share of the new figure" in said[85.6]
    assert asked["percent"].findtext("units/unit/unit_name") == "%"
    assert [asked["percent"].findtext(name) for name in ("unitgradingtype", "showunits")] == ["0", "0"]


def test_tolerances_become_distances(asked: dict[str, ElementTree.Element]) -> None:
    assert [asked[name].findtext("answer/tolerance") for name in ("relative", "figures")] == ["83.5", "50"]
    assert asked["figures"].findtext("showunits") == "0"


def test_short_answers_with_variants_and_near_misses(asked: dict[str, ElementTree.Element]) -> None:
    answers = {one.findtext("text"): one.get("fraction") for one in asked["minister"].findall("answer")}
    assert asked["minister"].findtext("usecase") == "0"
    right = ["Gërvalla", "gervalla", "Gërvalla-Schwarz", "gervalla-schwarz", r"Gërvalla\*"]
    assert {text for text, fraction in answers.items() if fraction == "100"} == {
        *right, *(f"{one}." for one in right)
    }  # fmt: skip
    assert {text for text, fraction in answers.items() if fraction == "0"} == {"Gervalle", "Gervalle."}


def test_pairs_and_distractors(asked: dict[str, ElementTree.Element]) -> None:
    found = asked["pairs"].findall("subquestion")
    assert [html.unescape(one.findtext("answer/text", "")) for one in found] == [
        "Theory of International Politics", "After Hegemony", "Power & Interdependence <1977>", "The Melian Dialogue",
    ]  # fmt: skip
    assert [bool(one.findtext("text")) for one in found] == [True, True, True, False]
    assert "Waltz is the structure." in asked["pairs"].findtext("generalfeedback/text", "")


def test_choices_that_a_menu_cannot_hold_stand_under_the_question(asked: dict[str, ElementTree.Element]) -> None:
    question = asked["formulas-to-match"]
    listed = re.findall("<li>(.*?)</li>", question.findtext("questiontext/text", ""))
    letters = texts(question, "subquestion/answer/text")
    assert [listed["ABC".index(letter)] for letter in letters] == [
        rf'<span class="math inline">\({tex}\)</span>' for tex in (r"\frac{a}{b}", "a - b", r"a \cdot b")
    ]


def test_an_order_is_marked_by_what_follows(asked: dict[str, ElementTree.Element]) -> None:
    order = asked["order"]
    assert order.findtext("gradingtype") == "RELATIVE_NEXT_EXCLUDE_LAST"
    assert [order.findtext(name) for name in ("layouttype", "selecttype", "shownumcorrect")] == ["VERTICAL", "ALL", "1"]
    assert texts(order, "answer/text")[0] == "<p>The attack in Banjska</p>"
    assert [one.get("fraction") for one in order.findall("answer")] == ["1", "2", "3", "4"]


def test_statements_become_pairs_and_every_lens_is_offered(asked: dict[str, ElementTree.Element]) -> None:
    found = asked["statements"].findall("subquestion")
    assert {one.findtext("answer/text") for one in found} == {"Realism", "Liberalism", "Both", "Neither"}
    assert [one.findtext("answer/text") for one in found if not one.findtext("text")] == ["Both"]
    assert "Interdependence." in asked["statements"].findtext("generalfeedback/text", "")


def test_an_essay_tells_the_grader_what_to_look_at(asked: dict[str, ElementTree.Element]) -> None:
    essay = asked["text"]
    told = essay.findtext("graderinfo/text", "")
    for part in ("Attribution", "Every number has its owner.", "A model answer", "Whose word is it?"):
        assert part in told
    assert [essay.findtext(name) for name in ("minwordlimit", "maxwordlimit")] == ["100", "200"]
    assert essay.find("responsetemplate") is not None
    assert essay.find("hint") is None


def test_an_independent_parser_reads_the_blanks(every_type: Path, tmp_path: Path) -> None:
    unshuffled = tmp_path / "unshuffled.xml"  # it knows MULTICHOICE and not MULTICHOICE_S
    unshuffled.write_text(every_type.read_text(encoding="utf-8").replace("MULTICHOICE_S:", "MULTICHOICE:"))
    (cloze,) = parse_file(str(unshuffled))["cloze"]
    chosen, written, counted = cloze.gaps[:3]
    assert [(one.answer, one.score) for one in chosen.options] == [("withdrawn from", 100), ("advanced over", 0)]
    assert next((one.answer, one.score) for one in written.options) == ("Mojsilović", 100)
    assert counted.sub_type == "NUMERICAL"
    assert [one.answer.partition(":")[2] for one in counted.options[:2]] == ["0", "0.5"]
    assert all(one.feedback for one in chosen.options + counted.options)


def test_menus_are_shuffled_and_options_with_a_formula_are_a_list(asked: dict[str, ElementTree.Element]) -> None:
    kinds = [kind for kind, _ in moodle_rules.blanks(asked["gaps"].findtext("questiontext/text", ""))]
    assert kinds == ["MULTICHOICE_S", "SHORTANSWER", "NUMERICAL", "MULTICHOICE_VS"]


# ── typed answers, by Moodle's own rules ─────────────────────────────────────────────────────────────

# Measured on a real Moodle 4.5.6, but for thousands with a point where it asks again: what is typed, the key, its language, then what deferred and immediate feedback do.
TYPED = [
    ("4273", 4273, ENGLISH, "right", "right"),
    ("4,273", 4273, ENGLISH, "right", "again"),
    ("4 273", 4273, ENGLISH, "right", "right"),
    ("4.273", 4273, ENGLISH, "wrong", "wrong"),
    ("4\u00a0273", 4273, ENGLISH, "wrong", "wrong"),
    ("46.1", 46.1, ENGLISH, "right", "right"),
    ("46,1", 46.1, ENGLISH, "told", "again"),
    ("\u221246.1", -46.1, ENGLISH, "wrong", "again"),
    ("-46.1", -46.1, ENGLISH, "right", "right"),
    ("46.1%", 46.1, ENGLISH, "right", "right"),
    ("46.1 percent", 46.1, ENGLISH, "right", "right"),
    ("46,1", 46.1, COMMA, "right", "right"),
    ("46.1", 46.1, COMMA, "right", "again"),
    ("4.273", 4273, COMMA, "wrong", "again"),
    ("4,273", 4273, COMMA, "wrong", "wrong"),
]


def counted(key: float, *, blank: bool = False, **more: Any) -> dict[str, Any]:
    """A question, or a blank, the key of which is a change of so many percent."""
    given = {"compute": "difference", "of": [{"fact": "nothing"}, {"fact": "all"}], **more}
    number = {"answer": given, "mistakes": []}
    shared = {"objective": "o", "level": "apply", "difficulty": "easy", "source": "C21", "hint": "H", "because": "B"}
    shared |= {"id": "typed--1", "stem": "How much?"}
    if blank:
        return {
            **shared,
            "type": "cloze",
            "text": "It is [[1]].",
            "blanks": [{"type": "number", "feedback": "So.", **number}],
        }
    return {**shared, "type": "numeric", **number}


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Write a question with a key of our own and read it back."""

    def make(key: float, *, blank: bool = False, **more: Any) -> list[moodle_rules.Answer]:
        digits = 0 if float(key).is_integer() else len(f"{key:.10g}".partition(".")[2])
        figure = facts.Figure
        known = {"nothing": figure(0, digits=0), "all": figure(key, digits=digits)}
        monkeypatch.setattr(facts, "figure", known.__getitem__)
        monkeypatch.setattr(facts, "names", lambda: list(known))
        asked, _ = write(tmp_path, counted(key, blank=blank, digits=digits, **more))
        (one,) = asked.values()
        if blank:
            return moodle_rules.blanks(one.findtext("questiontext/text", ""))[0][1]
        assert one.findtext("showunits") == "0", "nothing may stand behind the number"
        return moodle_rules.answers(one)

    return make


def marked(known: list[moodle_rules.Answer], typed: str, language: tuple[str, str] = ENGLISH, **how: bool) -> str:
    try:
        one = moodle_rules.numerical(known, typed, language, **how)
    except moodle_rules.AskedAgain:
        return "again"
    if one is None:
        return "wrong"
    return "right" if one.percent == 100 else "told" if "Write a point" in one.feedback else "mistake"


@pytest.mark.parametrize(("typed", "key", "language", "deferred", "immediate"), TYPED)
def test_a_typed_number_is_marked_as_the_table_in_the_guide_says(
    keyed: Any, typed: str, key: float, language: tuple[str, str], deferred: str, immediate: str
) -> None:
    known = keyed(key)
    assert marked(known, typed, language) == deferred
    assert marked(known, typed, language, immediate=True) == immediate


@pytest.mark.parametrize(("typed", "key", "language", "deferred", "immediate"), TYPED)
def test_a_blank_marks_the_same_but_asks_again_for_what_stands_behind_the_number(
    keyed: Any, typed: str, key: float, language: tuple[str, str], deferred: str, immediate: str
) -> None:
    known, behind = keyed(key, blank=True), typed.strip("-\u2212")[-1] in "%t" or "\u00a0" in typed
    assert marked(known, typed, language, units=False) == deferred
    assert marked(known, typed, language, units=False, immediate=True) == ("again" if behind else immediate)


@pytest.mark.parametrize("blank", [False, True], ids=["numeric", "blank"])
@pytest.mark.parametrize(
    ("key", "how", "told", "not_told"),
    [
        (46.1, {}, ["46,1"], ["46,2", "46,0", "461,0"]),
        (46.1, {"within": 0.5}, ["45,6", "46,1", "46,6"], ["45,5", "46,7"]),
        (-46.1, {}, ["-46,1"], ["46,1"]),
        (0.25, {"within": 0}, ["0,25", ",25"], ["0,24"]),
        (1.13, {"within": 0}, ["1,13"], ["1,14"]),
        (4273, {}, [], ["4,273", "42,73"]),
        (0.1, {"within": 2}, [], ["0,1"]),  # 1 is right as it stands
    ],
)
def test_a_decimal_comma_is_told_to_be_a_point(
    keyed: Any, blank: bool, key: float, how: dict[str, float], told: list[str], not_told: list[str]
) -> None:
    known = keyed(key, blank=blank, **how)
    assert [marked(known, typed) for typed in told] == ["told"] * len(told)
    assert "told" not in [marked(known, typed) for typed in not_told]


def test_the_sentence_about_the_comma_never_hides_a_mistake(tmp_path: Path, bank: list[quiz.Quiz]) -> None:
    for question in (question for one in select.questions() for question in one if question.type == "numeric"):
        known = answers.numbers(question)
        typed = [f"{one.value:.12g}" for one in known if one.feedback != answers.WRITE_A_POINT]
        made = [moodle_rules.Answer(100 * one.right, repr(one.value), one.feedback, one.within) for one in known]
        assert "told" not in [marked(made, one) for one in typed], question.id


def test_a_blank_shows_its_key_as_it_is_printed(course_file: Path) -> None:
    asked, seen = read(course_file), 0
    for question in (question for one in select.questions() for question in one if question.type == "cloze"):
        read_back = moodle_rules.blanks(asked[question.id].findtext("questiontext/text", ""))
        for blank, (kind, known) in zip(question.blanks, read_back, strict=True):
            if kind == "NUMERICAL":
                figure, seen = blank.answer.figure(), seen + 1
                first = next(one for one in known if one.percent == 100)
                assert f"{float(first.text):,.{figure.digits}f}" == figure.number.rstrip("%").partition("\u00a0")[0]
                assert len(first.text.partition(".")[2]) <= figure.digits, question.id
    assert seen


def words(*accepted: str, near: str = "", **more: Any) -> dict[str, Any]:
    common = {"objective": "o", "level": "apply", "difficulty": "easy", "source": "C21", "hint": "H", "because": "B"}
    missed = [{"text": near, "feedback": "Near."}] if near else []
    return {**common, "id": "words", "type": "short", "stem": "Who?", "answers": list(accepted), "near": missed, **more}


@pytest.mark.parametrize(
    ("accepted", "more", "right", "wrong"),
    [
        (["Ćuprija–Niš"], {}, ["Ćuprija–Niš", "Ćuprija-Niš", "cuprija-nis", "CUPRIJA-NIS.", "Ćuprija-Niš."], ["Ćuprija-Nis", "Ćuprija Niš"]),
        (["Ćuprija–Niš"], {"strict": True}, ["ćuprija-niš", "Ćuprija–Niš."], ["cuprija-nis"]),
        (["Straße"], {}, ["Straße", "strasse", "Strasse."], ["stras"]),
        (["Op. cit."], {}, ["op. cit.", "op. cit"], ["op cit", "op. cit.."]),
        (["a*b"], {}, ["a*b", "A*B."], ["axxb", "ab"]),
    ],
)  # fmt: skip
def test_a_word_counts_in_plain_type_and_with_a_full_stop(
    accepted: list[str], more: dict[str, Any], right: list[str], wrong: list[str], tmp_path: Path
) -> None:
    asked, _ = write(tmp_path, words(*accepted, **more))
    known = moodle_rules.answers(asked["words"])
    assert [one for one in right if not (found := moodle_rules.short(known, one)) or found.percent != 100] == []
    assert [one for one in wrong if moodle_rules.short(known, one)] == []


def test_a_near_miss_has_its_sentence_with_a_full_stop_too(tmp_path: Path) -> None:
    asked, _ = write(tmp_path, words("Gërvalla", near="Gervalle"))
    said = [moodle_rules.short(moodle_rules.answers(asked["words"]), one) for one in ("gervalle", "Gervalle.")]
    assert [(one and one.percent, one and one.feedback) for one in said] == [(0, "<p>Near.</p>")] * 2


# ── hostile texts ────────────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    "<script>alert(1)</script>", "a]]>b", "{=~#}", r"a\\}b", r"a\\#b", "ends in R&", "&amp;", "&amp;#35;", "%50%x", "=x", "~~",
    "\u202ertl\u202c \u200fمرحبا", "/\"'", "{1:SA:=x}", "{#1}", "café ☃ 𝕏", "word " * 2000, "100 % & more", "$x < 1}$",
]  # fmt: skip


def entry(text: str) -> dict[str, Any]:
    """A question with blanks that says the same everywhere."""
    option = {"text": text, "feedback": text, "key": True}
    words = {"type": "text", "answers": [f"q{text}q"], "near": [{"text": f"n{text}n", "feedback": text}]}
    common = {"objective": "o", "level": "apply", "difficulty": "easy", "source": "C21", "hint": text, "because": text}
    return {
        "id": "hostile", "type": "cloze", **common, "stem": text, "text": f"[[1]] {text} [[2]]",
        "blanks": [{"type": "choice", "options": [option, {"text": f"z {text}", "feedback": text}]}, {**words, "feedback": text}],
    }  # fmt: skip


def write(folder: Path, *entries: dict[str, Any]) -> tuple[dict[str, ElementTree.Element], tuple[str, ...]]:
    (folder / "bank").mkdir()
    (folder / "bank/01-hostile.yml").write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    written = moodle.write(select.questions(bank=folder / "bank"), folder / "x.xml")
    return read(folder / "x.xml"), written.losses


def blanks(text: str) -> list[list[tuple[bool, str, str]]]:
    """Blanks as Moodle reads them: whether each alternative is right, its text, its feedback."""
    return [[(one.percent == 100, one.text, one.feedback) for one in known] for _, known in moodle_rules.blanks(text)]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:12] for text in HOSTILE])
def test_a_hostile_text_means_the_same(text: str, tmp_path: Path) -> None:
    asked, _ = write(tmp_path, entry(text))
    source = asked["hostile"].findtext("questiontext/text", "")
    chosen, written = blanks(source)
    shown = asked["hostile"].findtext("hint/text", "").removeprefix("<p>").removesuffix("</p>")
    assert "<script" not in source
    assert chosen == [(True, shown, shown), (False, f"z {shown}", shown)]
    assert (True, f"q{text.strip()}q", shown) in written or "word" in text
    assert any(not right and answer.startswith("n") and feedback == shown for right, answer, feedback in written)
    if "$" not in text:
        assert html.unescape(re.sub("<[^>]+>", "", shown)) == plain(text)


def test_a_formula_is_tex_and_what_looks_like_one_is_not(tmp_path: Path) -> None:
    question = entry("x") | {"stem": "$\\frac{1}{2} < 1$ costs \\$\\$5 and \\\\(no\\\\)\n\n$$a^2$$"}
    asked, _ = write(tmp_path, question)
    source = asked["hostile"].findtext("questiontext/text", "")
    assert r"\(\frac&#123;1}&#123;2} &lt; 1\)" in source
    assert r"\[a^2\]" in source
    assert "&#36;&#36;5 and &#92;(no&#92;)" in source
    assert "<math" not in source


def test_what_moodle_replaces_with_the_address_of_a_file_stays_as_it_is_written(tmp_path: Path) -> None:
    asked, _ = write(tmp_path, entry("@@PLUGINFILE@@/x"))
    source, hint = (asked["hostile"].findtext(f"{name}/text", "") for name in ("questiontext", "hint"))
    assert hint == "<p>&#64;&#64;PLUGINFILE&#64;&#64;/x</p>"
    assert source.startswith(hint)
    assert all("@@PLUGINFILE@@" not in feedback for blank in blanks(source) for _, _, feedback in blank)


def test_control_characters_go_and_it_is_said(tmp_path: Path) -> None:
    asked, losses = write(tmp_path, entry("a\u0007b\u001f"))
    assert asked["hostile"].findtext("hint/text") == "<p>ab</p>"
    assert "hostile: 24 control characters, which no XML file can hold, are left out" in losses


# ── what is lost ─────────────────────────────────────────────────────────────────────────────────────


def test_losses_are_said_once_a_type_or_by_question(bank: list[quiz.Quiz], tmp_path: Path) -> None:
    losses = moodle.write(bank, tmp_path / "x.xml").losses
    named = {line.partition(":")[0].partition(" (")[0] for line in losses}
    assert {"every question", "numeric", "short", "essay", "ordering", "classify", "matching", "true-false"} <= named
    assert {"cloze", "pairs", "formulas-to-match", "change-of-spending"} <= named
    assert len(set(losses)) == len(losses)


def pairs(*rights: str) -> dict[str, Any]:
    question = {name: value for name, value in entry("x").items() if name not in ("text", "blanks")}
    made = [{"left": f"L{number}", "right": right, "feedback": "F"} for number, right in enumerate(rights)]
    return question | {"type": "matching", "pairs": made}


@pytest.mark.parametrize(
    ("rights", "lost"),
    [([r"a\\b", "c < d", "R&D $5"], False), (["a\\\\b", "c", "d"], False), (["*a*", "b", "c"], True)],
)
def test_only_emphasis_is_said_to_be_lost_from_a_menu(rights: list[str], lost: bool, tmp_path: Path) -> None:
    _, losses = write(tmp_path, pairs(*rights))
    assert any("emphasis in the choices is lost" in line for line in losses) == lost


def test_losses_of_typed_answers_are_said_of_blanks_too(bank: list[quiz.Quiz], tmp_path: Path) -> None:
    losses = moodle.write(bank, tmp_path / "x.xml").losses
    comma = [line for line in losses if "46,1 is read as 461" in line]
    assert [line.partition(" (")[0] for line in comma] == ["numeric", "cloze"]
    letters = [line for line in losses if "bare of all diacritics" in line]
    assert [line.partition(" (")[0] for line in letters] == ["short", "cloze"]


def test_what_a_teacher_must_know_about_the_file_is_said(bank: list[quiz.Quiz], tmp_path: Path) -> None:
    said = " ".join(moodle.write(bank, tmp_path / "x.xml").losses)
    top = ElementTree.parse(tmp_path / "x.xml").getroot().findtext("question/category/text", "").split("/")[2]
    assert (
        f"a second import adds it once more; change the bank, and the new export arrives beside this one, which is {top!r}"
        in said
    )
    assert "drawn at random it counts 1 in a quiz, whatever its points" in said
    assert "leave them out with --without ordering" in said
    alone = moodle.write(select.questions(select.Wanted(id=["one-right"]), BANK), tmp_path / "y.xml").losses
    assert not any("whatever its points" in line or "ordering" in line for line in alone)


@pytest.mark.parametrize("keys", [1, 2, 7, 11, 20])
def test_many_keys_get_fractions_that_moodle_knows(keys: int, tmp_path: Path) -> None:
    options = [{"text": f"k{n}", "feedback": "F", "key": n < keys} for n in range(keys + 1)]
    question = {name: value for name, value in entry("x").items() if name not in ("text", "blanks")}
    asked, losses = write(tmp_path, question | {"type": "multiple", "options": options})
    fractions = [float(one.get("fraction", "")) for one in asked["hostile"].findall("answer")]
    assert {abs(one) for one in fractions} <= GRADES
    assert sum(fractions[:-1]) == pytest.approx(100, abs=0.001)
    assert any("no equal shares" in line for line in losses) == (10 < keys < 20)


def test_what_moodle_cannot_mark_is_an_error_with_its_place(tmp_path: Path) -> None:
    options = [{"text": f"k{n}", "feedback": "F", "key": n < 21} for n in range(22)]
    question = {name: value for name, value in entry("x").items() if name not in ("text", "blanks")}
    with pytest.raises(ExportError, match=r"01-hostile\.yml:1  question 'hostile' has 21 keys, .* Divide it"):
        write(tmp_path, question | {"type": "multiple", "options": options})
    assert not (tmp_path / "x.xml").exists()


def test_a_question_without_a_key_is_an_error_with_its_place(tmp_path: Path) -> None:
    broken = entry("x") | {"text": "[[1]] only"}
    with pytest.raises(QuizError, match=r"01-hostile\.yml:1  question 'hostile' has the blanks 1 in its text and 2"):
        write(tmp_path, broken)


def test_a_place_that_cannot_be_written_is_a_sentence_and_leaves_nothing(bank: list[quiz.Quiz], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written: .*Choose another place with -o"):
        moodle.write(bank, tmp_path / "file" / "x.xml")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# ── variants ─────────────────────────────────────────────────────────────────────────────────────────


def test_variants_have_a_category_to_draw_from(bank: list[quiz.Quiz], tmp_path: Path) -> None:
    written = moodle.write(bank, tmp_path / "x.xml", variants=3, seed="a")
    assert written.questions == len(bank[0]) + 2
    *_, category, first, second, third = ElementTree.parse(tmp_path / "x.xml").getroot().findall("question")
    assert category.findtext("category/text", "").endswith("/01 Every type/change-of-spending (variants)")
    assert [one.findtext("idnumber") for one in (first, second, third)] == [
        f"change-of-spending--{number}" for number in (1, 2, 3)
    ]
    assert len({one.findtext("questiontext/text") for one in (first, second, third)}) == 3


def test_a_seed_chooses_the_variants(bank: list[quiz.Quiz]) -> None:
    def made(seed: str) -> str:
        return moodle.document(bank, variants=2, seed=seed)

    assert made("a") == made("a")
    assert len({made(seed) for seed in "abcdef"}) > 1


def test_more_variants_than_there_are_is_said(bank: list[quiz.Quiz], tmp_path: Path) -> None:
    losses = moodle.write(bank, tmp_path / "x.xml", variants=9).losses
    assert "change-of-spending: has 4 variants, not 9; all are written" in losses
