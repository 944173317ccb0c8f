"""Moodle XML: questions with categories, feedback, hints, tags and tolerance.

The element order follows Moodle's own exporter, question/format/xml/format.php.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lxml import etree

from twolenses import course, files, mistakes
from twolenses.errors import ExportError, place
from twolenses.quiz import Quiz, text
from twolenses.quiz.types import BaseQuestion, Multiple, Numeric, Single

__all__ = ["document", "write"]

PENALTY = "0.3333333"


def write(quizzes: Iterable[Quiz], path: Path) -> int:
    """Write the quizzes as one Moodle XML file.

    Returns
    -------
    int
        The number of questions written.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    chosen = list(quizzes)
    try:
        files.write(path, document(chosen))
    except OSError as error:
        raise ExportError(
            f"{place(path)}  cannot be written: {error.strerror}. Choose another place with -o."
        ) from error
    return sum(map(len, chosen))


def document(quizzes: Iterable[Quiz]) -> str:
    """The quizzes as the text of a Moodle XML file; the same questions give the same bytes."""
    root = etree.Element("quiz")
    for quiz in quizzes:
        root.append(_category(quiz))
        for question in quiz:
            root.append(_question(question, quiz))
    etree.indent(root)
    return str(etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode()) + "\n"


def _category(quiz: Quiz) -> etree._Element:
    element = etree.Element("question", type="category")
    _text(etree.SubElement(element, "category"), f"$course$/top/Two Lenses/{_chapter_title(quiz)}", plain=True)
    return element


def _chapter_title(quiz: Quiz) -> str:
    title = next((chapter.title for chapter in course.chapters() if chapter.path.stem == quiz.name), quiz.name)
    # A slash separates categories in Moodle; a doubled one is a slash.
    return f"{quiz.name[:2]} {title}".replace("/", "//")


def _question(question: BaseQuestion, quiz: Quiz) -> etree._Element:
    kind, body = _TYPES[type(question)]
    element = etree.Element("question", type=kind)
    _text(etree.SubElement(element, "name"), question.id, plain=True)
    _html(element, "questiontext", question.stem)
    _html(element, "generalfeedback", question.because)
    _plain(element, "defaultgrade", f"{question.points:g}")
    _plain(element, "penalty", PENALTY)
    _plain(element, "hidden", "0")
    _plain(element, "idnumber", question.id)
    body(element, question)
    for hint in question.hint:
        _html(element, "hint", hint)
    tags = etree.SubElement(element, "tags")
    for tag in (
        question.objective,
        f"level:{question.level}",
        f"difficulty:{question.difficulty}",
        f"lens:{question.lens}",
    ):
        _text(etree.SubElement(tags, "tag"), tag, plain=True)
    return element


# ── one function a type ──────────────────────────────────────────────────────────────────────────────


def _choice(element: etree._Element, question: Any) -> None:
    _plain(element, "single", str(isinstance(question, Single)).lower())
    _plain(element, "shuffleanswers", "true")
    _plain(element, "answernumbering", "abc")
    _plain(element, "showstandardinstruction", "1" if isinstance(question, Multiple) else "0")
    # As twolenses.quiz marks: with k keys each right choice earns 1/k and each wrong one costs 1/k.
    share = 100 / len(question.keys)
    loss = share if isinstance(question, Multiple) else 0
    for option in question.options:
        answer = etree.SubElement(element, "answer", fraction=_fraction(share if option.key else -loss), format="html")
        _text(answer, text.html(option.text))
        _html(answer, "feedback", option.feedback)


def _numeric(element: etree._Element, question: Any) -> None:
    keys = [(100, question.value, question.because)]
    keys += [(0, one.value, one.sentence) for one in map(mistakes.named, question.mistakes)]
    for fraction, value, feedback in keys:
        answer = etree.SubElement(element, "answer", fraction=str(fraction), format="moodle_auto_format")
        _text(answer, repr(float(value)).removesuffix(".0"), plain=True)
        _html(answer, "feedback", feedback)
        _plain(answer, "tolerance", f"{question.within:g}")
    _plain(element, "unitgradingtype", "0")
    _plain(element, "unitpenalty", "0.1")
    _plain(element, "showunits", "3")
    _plain(element, "unitsleft", "0")


_TYPES: dict[type[BaseQuestion], tuple[str, Callable[[etree._Element, Any], None]]] = {
    Single: ("multichoice", _choice),
    Multiple: ("multichoice", _choice),
    Numeric: ("numerical", _numeric),
}


# ── small parts ──────────────────────────────────────────────────────────────────────────────────────


def _fraction(percent: float) -> str:
    """As Moodle's list of grades writes it: at most five decimals, none that are zero."""
    return f"{percent:.5f}".rstrip("0").rstrip(".") if percent else "0"


def _html(parent: etree._Element, name: str, markdown: str) -> None:
    _text(etree.SubElement(parent, name, format="html"), text.html(markdown))


def _text(parent: etree._Element, content: str, *, plain: bool = False) -> None:
    element = etree.Element("text")
    parent.insert(0, element)
    element.text = content if plain or "]]>" in content else etree.CDATA(content)


def _plain(parent: etree._Element, name: str, content: str) -> None:
    etree.SubElement(parent, name).text = content
