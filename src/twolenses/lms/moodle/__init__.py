"""Moodle XML: every type of question, with categories, feedback, hints, tags, tolerances and units.

The form follows Moodle's own importer and exporter, question/format/xml/format.php, and those of the types
*ordering* and *multianswer*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from lxml import etree

from twolenses import files, quiz
from twolenses.errors import Error, ExportError, place
from twolenses.lms import select
from twolenses.lms.characters import illegal
from twolenses.lms.losses import Losses, Written, held
from twolenses.lms.moodle import answers, types, xml
from twolenses.lms.moodle.xml import Element
from twolenses.quiz import Quiz, vary
from twolenses.quiz.types import BaseQuestion, Essay, Multiple

__all__ = ["KINDS", "document", "write"]

KINDS = types.KINDS
"""What each type becomes."""

PENALTY = "0.3333333"
"""What a wrong try costs. Moodle's own true-false questions have one try, its essays none."""
PENALTIES = {"truefalse": "1", "essay": "0"}
TOP = "$course$/top/Two Lenses"
"""Where the categories are, followed by what tells one export from another."""
ESSAYS = "Essays"
BY_HAND = "Essays, which you mark by hand. They stand apart, so that no random question of the chapter is one of them."
TO_DRAW = "Variants of one question. Add one of them to a quiz as a random question from this category."
TAG = 50
"""How many characters of a tag Moodle keeps."""
IDNUMBER = 100
"""How many characters an id may have."""


def write(quizzes: Iterable[Quiz], path: Path, *, variants: int = 0, seed: int | str = 0) -> Written:
    """Write the quizzes as one Moodle XML file.

    Parameters
    ----------
    variants
        How many variants of each question that varies, in a category of its own to draw from at random; with none,
        the one variant of the page stands among the other questions.
    seed
        Which variants: the same seed gives the same ones.

    Returns
    -------
    Written
        How many questions the file holds, and what they lost.

    Raises
    ------
    ExportError
        If a question cannot be written, or the file cannot. Then there is no file.
    """
    losses = Losses()
    root = _document(held(quizzes, types.holds, losses), variants, seed, losses)
    losses.of_all(
        "a second import adds it once more; change the bank, and the new export arrives beside this one, which is "
        f"{_stamped(root).rpartition('/')[2]!r}"
    )
    try:
        files.write(path, _serialised(root))
    except OSError as error:
        raise ExportError(
            f"{place(path)}  cannot be written: {error.strerror}. Choose another place with -o."
        ) from error
    return Written(sum(one.get("type") != "category" for one in root), losses.lines())


def document(quizzes: Iterable[Quiz], *, variants: int = 0, seed: int | str = 0) -> str:
    """The quizzes as the text of a Moodle XML file; the same questions give the same bytes."""
    root = _document(list(quizzes), variants, seed, Losses())
    _stamped(root)
    return _serialised(root)


def _stamped(root: Element) -> str:
    """The category of the whole file, which changes with its questions, put before the name of every other."""
    top = f"{TOP} {sha256(etree.tostring(root)).hexdigest()[:8]}"
    for category in root.iterfind("question/category/text"):
        category.text = f"{top}/{category.text}"
    return top


def _serialised(root: Element) -> str:
    etree.indent(root)
    return str(etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode()) + "\n"


def _document(quizzes: list[Quiz], variants: int, seed: int | str, losses: Losses) -> Element:
    root = etree.Element("quiz")
    losses.of_all("its sources are not written; the key on paper has them")
    if any(question.points != 1 for one in quizzes for question in one):
        losses.of_all("drawn at random it counts 1 in a quiz, whatever its points; set the mark of the slot there")
    for one in quizzes:
        apart = [question for question in one if variants and question.vary]
        together = [question for question in one if not (variants and question.vary)]
        for path, info, essays in ((_path(one), "", False), (f"{_path(one)}/{ESSAYS}", BY_HAND, True)):
            if members := [question for question in together if isinstance(question, Essay) == essays]:
                root.append(_category(path, info))
            for question in members:
                if question.vary and (count := len(vary.combinations(question.written))) > 1:
                    losses.of(question, f"the first of {count} variants; --variants N writes more")
                root.append(_placed(question, one, question, losses))
        for question in apart:
            root.append(_category(f"{_path(one)}/{question.id} (variants)", TO_DRAW))
            for variant in _variants(question, variants, seed, losses):
                root.append(_placed(variant, one, question, losses))
    return root


def _variants(question: BaseQuestion, wanted: int, seed: int | str, losses: Losses) -> Iterator[BaseQuestion]:
    available = len(vary.combinations(question.written))
    if available < wanted:
        losses.of(question, f"has {available} variants, not {wanted}; all are written")
    yield from quiz.variants(question, min(wanted, available), seed)


def _path(quiz: Quiz) -> str:
    title = select.title(quiz)
    name = f"{quiz.name[:2]} {title}" if quiz.name[:2].isdigit() else title
    return name.replace("/", "//")  # a slash separates categories, a doubled one is a slash


def _category(path: str, info: str) -> Element:
    element = etree.Element("question", type="category")
    xml.text(xml.sub(element, "category"), path)
    if info:
        xml.html(element, "info", f"<p>{info}</p>")
    return element


def _placed(question: BaseQuestion, quiz: Quiz, base: BaseQuestion, losses: Losses) -> Element:
    """The question with its pictures, or an error that says where it stands."""
    try:
        element = _question(question, losses)
        xml.attach(element, quiz.folder)
        return element
    except Error as error:
        line = quiz.lines[quiz.questions.index(base)]
        raise ExportError(f"{place(quiz.path, line)}  question {question.id!r} {error}") from error


def _question(question: BaseQuestion, losses: Losses) -> Element:
    if isinstance(question, Multiple) and len(question.keys) > answers.KEYS:
        raise ExportError(
            f"has {len(question.keys)} keys, Moodle can share the points among {answers.KEYS}. Divide it."
        )
    if removed := illegal(question):
        losses.of(question, f"{removed} control characters, which no XML file can hold, are left out")
    element = etree.Element("question", type=types.kind(question))
    xml.text(xml.sub(element, "name"), question.id)
    xml.html(element, "questiontext", types.stem(question))
    xml.html(element, "generalfeedback", types.wrap_up(question))
    if element.get("type") != "cloze":
        xml.plain(element, "defaultgrade", f"{question.points:g}")
    xml.plain(element, "penalty", PENALTIES.get(element.get("type"), PENALTY))
    xml.plain(element, "hidden", "0")
    xml.plain(element, "idnumber", question.id[:IDNUMBER])
    if len(question.id) > IDNUMBER:
        losses.of(question, f"the id has more than {IDNUMBER} characters; Moodle's ID number is its beginning")
    types.body(element, question, losses)
    if not isinstance(question, Essay):
        for hint in question.hint:
            _hint(element, question, hint)
    _tags(element, question, losses)
    return element


def _hint(element: Element, question: BaseQuestion, hint: str) -> None:
    """A hint is a try: who reads it may answer again."""
    shown = xml.markdown(element, "hint", hint)
    choice = element.get("type") == "multichoice"
    for name in types.HINTS.get(type(question), ("clearwrong",) if choice else ()):
        xml.sub(shown, name)


def _tags(element: Element, question: BaseQuestion, losses: Losses) -> None:
    tags = xml.sub(element, "tags")
    for tag in (
        question.objective,
        f"level:{question.level}",
        f"difficulty:{question.difficulty}",
        f"lens:{question.lens}",
    ):
        xml.text(xml.sub(tags, "tag"), tag)
        if len(tag) > TAG:
            losses.of(question, f"the tag {tag!r} is cut after {TAG} characters")
