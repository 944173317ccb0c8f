"""The body of a question, one function a type. Element order and names follow Moodle's own exporter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from twolenses.lms import forms
from twolenses.lms.letters import letter
from twolenses.lms.losses import Losses
from twolenses.lms.moodle import answers, cloze, texts, xml
from twolenses.lms.moodle.xml import Element
from twolenses.quiz.types import (
    TYPES,
    BaseQuestion,
    ChoiceBlank,
    Classify,
    Cloze,
    Essay,
    Matching,
    Multiple,
    NumberBlank,
    Numeric,
    Ordering,
    Short,
    Single,
    TextBlank,
    TrueFalse,
)

__all__ = ["HINTS", "KINDS", "body", "kind", "stem", "wrap_up"]

HINTS: dict[type[BaseQuestion], tuple[str, ...]] = {
    Single: ("clearwrong",),
    Multiple: ("shownumcorrect", "clearwrong"),
    Matching: ("shownumcorrect", "clearwrong"),
    Classify: ("shownumcorrect", "clearwrong"),
    Cloze: ("shownumcorrect", "clearwrong"),
    Ordering: ("shownumcorrect",),
}
"""What Moodle does beside showing a hint: say how many are right, take away what is wrong."""

MENU = 255
"""How many characters of a choice a matching question of Moodle keeps."""

UNIT = 50
"""How many characters of a unit Moodle keeps."""

COMMA = (
    "an English Moodle asks again for 4,273 and 46,1; with deferred feedback 4,273 counts, and 46,1 is read as 461, "
    "which is wrong and told to write a point"
)
POINT = "4.273 for 4273, a no-break space between thousands and a typographic minus are wrong"
LETTERS = (
    "apart from case and a full stop behind, an answer counts only as written here, in plain type, or bare of all "
    "diacritics"
)
"""What typed answers lose, on their own and in blanks; measured with Moodle 4.5.6. The guide has the whole table."""


def holds(question: BaseQuestion) -> bool:
    """Whether there is a writer for the type."""
    return type(question) in _KINDS


def kind(question: BaseQuestion) -> str:
    """Moodle's name of the type."""
    if isinstance(question, TrueFalse):
        return "multichoice" if question.reasons else "truefalse"
    return _KINDS[type(question)][0]


def body(element: Element, question: BaseQuestion, losses: Losses) -> None:
    """What stands between the head of a question and its hints."""
    _KINDS[type(question)][1](element, question, losses)


def stem(question: BaseQuestion) -> str:
    """The question text as HTML, with what Moodle can show nowhere else."""
    html = texts.html(question.stem)
    match question:
        case Cloze():
            return f"{cloze.prose(html)}\n{_cloze_text(question)}"
        case Numeric() if question.unit:
            return f"{html}\n<p>Your answer in {texts.plain(question.unit)}:</p>"
        case Matching() if _lettered(question):
            choices = "".join(f"<li>{texts.inline(choice)}</li>" for choice in question.choices)
            return f'{html}\n<ol style="list-style-type: upper-alpha">{choices}</ol>'
    return html


def wrap_up(question: BaseQuestion) -> str:
    """The general feedback as HTML: the explanation, and what the page says beside single parts."""
    return forms.told(question, texts.MOODLE, parts=True)


# ── choosing ─────────────────────────────────────────────────────────────────────────────────────────


def _single(element: Element, question: Single, losses: Losses) -> None:
    _choice(element, [(option.text, 100.0 * option.key, option.feedback) for option in question.options])


def _multiple(element: Element, question: Multiple, losses: Losses) -> None:
    # As twolenses.quiz marks: with k keys each right choice earns 1/k and each wrong one costs 1/k.
    shares = answers.shares(question)
    if len(set(shares)) > 1:
        losses.of(question, "Moodle has no equal shares for so many keys; some earn 10 %, others 5 %")
    earned = iter(shares)
    rows = [(one.text, next(earned) if one.key else -min(shares), one.feedback) for one in question.options]
    _choice(element, rows, single=False)


def _true_false(element: Element, question: TrueFalse, losses: Losses) -> None:
    said = {True: question.feedback.true, False: question.feedback.false}
    if question.reasons:
        losses.of_type(question, "verdict and reason are chosen together, from one list; no verdict without a reason")
        rows = [
            (
                f"{verdict}: {reason.text}",
                (50.0 + 50.0 * reason.key) * (verdict == question.answer),
                f"{said[verdict]} {reason.feedback}" if verdict == question.answer else said[verdict],
            )
            for verdict in (True, False)
            for reason in question.reasons
        ]
        _choice(element, rows)
        return
    for verdict in (True, False):
        right = str(100 * (verdict == question.answer))
        answer = xml.sub(element, "answer", fraction=right, format="moodle_auto_format")
        xml.text(answer, str(verdict).lower())
        xml.markdown(answer, "feedback", said[verdict])


def _choice(element: Element, rows: Sequence[tuple[str, float, str]], *, single: bool = True) -> None:
    xml.plain(element, "single", str(single).lower())
    xml.plain(element, "shuffleanswers", "true")
    xml.plain(element, "answernumbering", "abc")
    xml.plain(element, "showstandardinstruction", "0" if single else "1")
    if not single:
        _overall(element)
    for text, percent, feedback in rows:
        answer = xml.sub(element, "answer", fraction=answers.fraction(percent), format="html")
        xml.text(answer, texts.html(text))
        xml.markdown(answer, "feedback", feedback)


def _overall(element: Element, wrong: str = "") -> None:
    """Feedback to the whole response, and how many parts of it are right."""
    xml.html(element, "correctfeedback", "")
    for name in ("partiallycorrectfeedback", "incorrectfeedback"):
        xml.html(element, name, texts.html(wrong) if wrong else "")
    xml.sub(element, "shownumcorrect")


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def _numeric(element: Element, question: Numeric, losses: Losses) -> None:
    losses.of_type(question, COMMA)
    losses.of_type(question, POINT)
    losses.of_type(question, "whatever stands behind the number is ignored, the wrong unit too")
    for one in answers.numbers(question):
        answer = xml.sub(element, "answer", fraction="100" if one.right else "0", format="moodle_auto_format")
        xml.text(answer, xml.number(one.value))
        xml.html(answer, "feedback", texts.html(one.feedback) if one.feedback else "")
        xml.plain(answer, "tolerance", one.within)
    unit = question.unit if len(question.unit) <= UNIT else ""
    if unit != question.unit:
        losses.of(question, f"the unit has more than {UNIT} characters; the stem names it, the right answer does not")
    if unit:
        element_of_unit = xml.sub(xml.sub(element, "units"), "unit")
        xml.plain(element_of_unit, "multiplier", "1")
        xml.plain(element_of_unit, "unit_name", unit)
    xml.plain(element, "unitgradingtype", "0")
    xml.plain(element, "unitpenalty", "0.1")
    xml.plain(element, "showunits", "0")  # something may stand behind the number; 3 would ask again
    xml.plain(element, "unitsleft", "0")


def _short(element: Element, question: Short, losses: Losses) -> None:
    losses.of_type(question, LETTERS)
    xml.plain(element, "usecase", "0")
    right = [(100, text, "") for text in answers.accepted(question)]
    for percent, text, feedback in (*right, *((0, *one) for one in answers.near(question))):
        answer = xml.sub(element, "answer", fraction=str(percent), format="moodle_auto_format")
        xml.text(answer, text)
        xml.html(answer, "feedback", texts.html(feedback) if feedback else "")


def _essay(element: Element, question: Essay, losses: Losses) -> None:
    losses.of_type(question, "a teacher marks it by the rubric; hints go to the teacher; word limits need Moodle 4")
    xml.plain(element, "responseformat", "editor")
    xml.plain(element, "responserequired", "1")
    xml.plain(element, "responsefieldlines", "15")
    xml.plain(element, "minwordlimit", str(question.words.min))
    xml.plain(element, "maxwordlimit", str(question.words.max))
    xml.plain(element, "attachments", "0")
    xml.plain(element, "attachmentsrequired", "0")
    xml.plain(element, "maxbytes", "0")
    xml.sub(element, "filetypeslist")
    xml.html(element, "graderinfo", forms.for_graders(question, texts.MOODLE))
    xml.html(element, "responsetemplate", "")


# ── putting together ─────────────────────────────────────────────────────────────────────────────────


def _matching(element: Element, question: Matching, losses: Losses) -> None:
    losses.of_type(question, "feedback to single pairs is shown together, when all is done")
    names = {choice: texts.plain(choice) for choice in question.choices}
    if _lettered(question):
        losses.of(question, "the choices, long or with a formula, stand under the question; the menus hold letters")
        names = {choice: letter(number) for number, choice in enumerate(question.choices)}
    elif any(map(texts.has_markup, question.choices)):
        losses.of(question, "emphasis in the choices is lost, a menu holds bare text")
    rows = [(pair.left, names[pair.right]) for pair in question.pairs]
    _pairs(element, rows, [names[one] for one in question.choices if one not in {p.right for p in question.pairs}])


def _lettered(question: Matching) -> bool:
    return any("$" in choice or len(texts.plain(choice)) > MENU for choice in question.choices)


def _classify(element: Element, question: Classify, losses: Losses) -> None:
    losses.of_type(question, "becomes a matching question; the reasons are shown together, when all is done")
    used = {one.key for one in question.statements}
    rows = [(one.text, one.key.capitalize()) for one in question.statements]
    _pairs(element, rows, [name.capitalize() for name in question.categories if name not in used])


def _pairs(element: Element, rows: Sequence[tuple[str, str]], more: Sequence[str]) -> None:
    """Pairs, and choices that belong to nothing: those have an empty stem."""
    xml.plain(element, "shuffleanswers", "true")
    _overall(element)
    for left, right in (*rows, *(("", one) for one in more)):
        pair = xml.html(element, "subquestion", texts.html(left) if left else "")
        xml.text(xml.sub(pair, "answer"), right)


def _ordering(element: Element, question: Ordering, losses: Losses) -> None:
    losses.of_type(
        question,
        "needs Moodle 4.4 or later, or the plug-in qtype_ordering; without them an import that stops on errors, as it "
        "does unless told otherwise, imports nothing of this file: leave them out with --without ordering",
    )
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", str(len(question.items))),
        ("gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST"),
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    ):
        xml.plain(element, name, value)
    xml.html(element, "correctfeedback", "")
    xml.markdown(element, "partiallycorrectfeedback", question.feedback)
    xml.markdown(element, "incorrectfeedback", question.feedback)
    xml.plain(element, "shownumcorrect", "1")  # with a value here, unlike in every other type
    for place, item in enumerate(question.items, start=1):
        xml.text(xml.sub(element, "answer", fraction=str(place), format="html"), texts.html(item))


def _cloze(element: Element, question: Cloze, losses: Losses) -> None:
    """Everything is in the question text."""
    if question.points != _weight(question) * len(question.blanks):
        worth = f"{_weight(question) * len(question.blanks)} points, {_weight(question)} for each blank"
        losses.of(question, f"is worth {worth}, not {question.points:g}")
    kinds = {type(blank) for blank in question.blanks}
    if NumberBlank in kinds:
        losses.of_type(question, f"in a blank for a number, {COMMA}")
        losses.of_type(question, f"in a blank for a number, {POINT}")
        losses.of_type(
            question, "what stands behind the number in a blank is ignored with deferred feedback, and else asked again"
        )
    if TextBlank in kinds:
        losses.of_type(question, f"in a blank for words, {LETTERS}")
    for number, blank in enumerate(question.blanks, start=1):
        options = [option.text for option in blank.options] if isinstance(blank, ChoiceBlank) else []
        if cloze.in_menu(options) and any(map(texts.has_markup, options)):
            losses.of(question, f"emphasis in the options of blank {number} is lost, a menu holds bare text")
        if any("![" in part for part in blank.texts()):
            losses.of(question, f"pictures in the feedback of blank {number} become their descriptions")


def _cloze_text(question: Cloze) -> str:
    weight = _weight(question)
    parts = cloze.parts(question.text)
    for place in range(len(parts)):
        if place % 2 == 0:
            parts[place] = cloze.prose(parts[place])
        else:
            parts[place] = cloze.embedded(question.blanks[int(parts[place]) - 1], weight)
    return "".join(parts)


def _weight(question: Cloze) -> int:
    """Moodle counts whole points a blank."""
    each = question.points / len(question.blanks)
    return int(each) if each.is_integer() else 1


_KINDS: dict[type[BaseQuestion], tuple[str, Callable[[Element, Any, Losses], None]]] = {
    Single: ("multichoice", _single),
    Multiple: ("multichoice", _multiple),
    TrueFalse: ("truefalse", _true_false),
    Numeric: ("numerical", _numeric),
    Short: ("shortanswer", _short),
    Matching: ("matching", _matching),
    Ordering: ("ordering", _ordering),
    Cloze: ("cloze", _cloze),
    Classify: ("matching", _classify),
    Essay: ("essay", _essay),
}

KINDS = {name: _KINDS[model][0] for name, model in TYPES.items() if model in _KINDS} | {
    "true-false": "truefalse; with reasons, multichoice"
}
"""What each type becomes, in Moodle's own names."""
