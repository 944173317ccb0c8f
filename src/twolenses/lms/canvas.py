"""Canvas: a package of quizzes in QTI 1.2, one for each chapter, for *Import course content*, *QTI .zip file*.

What Canvas makes of it was read in its importers. A number is an interval, never a key alone; a gap in a text is a
word between square brackets, so that those of the text are entities; two equal right sides of a matching question
would be one. A package that is imported again replaces what it brought, as every identifier stays the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape
from itertools import groupby
from pathlib import Path

from lxml import etree

from twolenses.lms import answers, forms, writing
from twolenses.lms.forms import Choice, Pairs
from twolenses.lms.losses import Losses, Written
from twolenses.lms.pools import Pool
from twolenses.lms.qti12 import NAMESPACE, Element, Item, choice, document, html, label, sub, typed
from twolenses.lms.texts import TEX, plain
from twolenses.quiz import Quiz, text
from twolenses.quiz.normal import normal
from twolenses.quiz.types import (
    BaseQuestion,
    ChoiceBlank,
    Cloze,
    Essay,
    NumberBlank,
    Numeric,
    Ordering,
    Short,
    TextBlank,
)

__all__ = ["KINDS", "manifest", "write"]

KINDS = {
    "single": "Multiple Choice",
    "multiple": "Multiple Answers",
    "true-false": "True/False; with reasons, Multiple Choice",
    "numeric": "Numerical Answer",
    "short": "Fill In the Blank",
    "matching": "Matching",
    "ordering": "Matching, a place for each",
    "cloze": "Fill In Multiple Blanks; Multiple Dropdowns, where all are chosen",
    "classify": "Matching",
    "essay": "Essay Question",
}
"""What each type becomes."""

CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
PICTURES = "web_resources"
MENU = 200
"""How many characters of a menu are read with ease."""


def write(quizzes: Iterable[Quiz], path: Path) -> Written:
    """Write the questions as a package for Canvas (`.zip`).

    Raises
    ------
    ExportError
        If a question cannot be written, or the file cannot. Then there is no file.
    """
    return writing.save(quizzes, path, KINDS, _document)


def _document(quizzes: list[Quiz], losses: Losses) -> bytes:
    losses.of_all("tags and sources are lost; hints are shown with a wrong answer")
    pictures = writing.Pictures("$IMS-CC-FILEBASE$/")
    parts: dict[str, str | bytes] = {}
    idents = []
    for name, group in groupby(quizzes, key=lambda quiz: quiz.name):
        members = [quiz for quiz in group if len(quiz)]
        if not members:
            continue
        ident, title = writing.ident("canvas", name), writing.title(members[0])
        points = sum(_points(quiz) for quiz in members)
        parts[f"{ident}/{ident}.xml"] = _assessment(ident, title, members, pictures, losses)
        parts[f"{ident}/assessment_meta.xml"] = _meta(ident, title, points)
        idents.append(ident)
    files = {f"{PICTURES}/{name}": content for name, content in pictures.found.items()}
    return writing.packed({"imsmanifest.xml": manifest(idents, list(files)), **parts, **files})


def _points(quiz: Quiz) -> float:
    points = [question.points for question in quiz]
    return points[0] if isinstance(quiz, Pool) and points else sum(points)


def manifest(idents: list[str], files: list[str]) -> bytes:
    """The manifest of a package: a resource for each quiz, with its settings, and one for each picture."""
    root = etree.Element("manifest", identifier=writing.ident("canvas", *idents), nsmap={None: PACKAGE})
    metadata = sub(root, "metadata")
    sub(metadata, "schema", "IMS Content")
    sub(metadata, "schemaversion", "1.1.3")
    sub(root, "organizations")
    resources = sub(root, "resources")
    for ident in idents:
        quiz = sub(resources, "resource", identifier=ident, type="imsqti_xmlv1p2", href=f"{ident}/{ident}.xml")
        sub(quiz, "file", href=f"{ident}/{ident}.xml")
        sub(quiz, "dependency", identifierref=f"{ident}_meta")
        kind, href = "associatedcontent/imscc_xmlv1p1/learning-application-resource", f"{ident}/assessment_meta.xml"
        sub(sub(resources, "resource", identifier=f"{ident}_meta", type=kind, href=href), "file", href=href)
    for name in files:
        entry = sub(resources, "resource", identifier=writing.ident(name), type="webcontent", href=name)
        sub(entry, "file", href=name)
    return document(root)


def _meta(ident: str, title: str, points: float) -> bytes:
    root = etree.Element("quiz", identifier=ident, nsmap={None: CANVAS})
    for name, value in {
        "title": title, "description": "", "shuffle_answers": "true", "scoring_policy": "keep_highest",
        "quiz_type": "practice_quiz", "points_possible": f"{points:g}", "show_correct_answers": "true",
        "allowed_attempts": "-1", "one_question_at_a_time": "false",
    }.items():  # fmt: skip
        sub(root, name, value)
    return document(root)


def _assessment(ident: str, title: str, quizzes: list[Quiz], pictures: writing.Pictures, losses: Losses) -> bytes:
    root = etree.Element("questestinterop", nsmap={None: NAMESPACE})
    section = sub(sub(root, "assessment", ident=ident, title=title), "section", ident="root_section")
    for quiz in quizzes:
        parent = section
        if isinstance(quiz, Pool):
            parent = sub(section, "section", ident=writing.ident("canvas", quiz.name, quiz.base), title=quiz.base)
            selection = sub(sub(parent, "selection_ordering"), "selection")
            sub(selection, "selection_number", "1")
            sub(sub(selection, "selection_extension"), "points_per_item", f"{quiz.questions[0].points:g}")
        for item in writing.each(quiz, partial(_item, quiz=quiz, losses=losses)):
            parent.append(item)
        for shown in parent.iter("mattext"):
            if "<img " in (shown.text or ""):
                shown.text = pictures.placed(shown.text, quiz.folder)
    return document(root)


# ── the items ────────────────────────────────────────────────────────────────────────────────────────


def _item(question: BaseQuestion, quiz: Quiz, losses: Losses) -> Element:
    def item(kind: str, stem: str = "") -> Item:
        metadata = {"question_type": f"{kind}_question", "points_possible": f"{question.points:g}"}
        return Item(question, writing.ident("canvas", quiz.name, question.id), metadata, TEX.html(question.stem) + stem)

    match forms.of(question):
        case Choice() as form:
            if form.in_parts:
                losses.of_type(question, HALF)
            kind = "multiple_answers" if form.several else "true_false" if form.verdict else "multiple_choice"
            choice(made := item(kind), form)
        case Pairs() as pairs:
            losses.of_type(question, "feedback to single pairs is shown together, when all is done")
            made = _pairs(item, pairs)
        case Ordering() as order:
            losses.of_type(question, "each item in its place counts, not what follows what")
            made = _pairs(item, forms.places(order), TEX.html(order.feedback))
        case Numeric() as number:
            losses.of_type(question, f"{NUMBER}; feedback to mistakes is lost")
            made = item("numerical", f"\n<p>Your answer in {escape(plain(number.unit))}:</p>" if number.unit else "")
            _number(made, number)
        case Short() as words:
            losses.of_type(question, LETTERS)
            typed(made := item("short_answer"), answers.spellings(words))
        case Cloze() as cloze:
            made = _cloze(item, cloze, losses)
        case Essay() as essay:
            losses.of_type(question, "a teacher marks it; the rubric is lost, the model answer is in the feedback")
            made = item("essay", f"\n<p>{essay.words.min} to {essay.words.max} words</p>")
            sub(sub(made.presentation, "response_str", ident="response1", rcardinality="Single"), "render_fib")
            return made.done(processed=False)
    return made.done()


HALF = "half a point for the right verdict is lost; verdict and reason are one choice"
NUMBER = "a decimal comma is not read: 46,1 becomes another number, and 4,500 becomes 4.0"
LETTERS = (
    "apart from case, an answer counts only as written here, in plain type, or bare of all diacritics; near misses say "
    "nothing"
)


def _number(item: Item, number: Numeric) -> None:
    response = sub(item.presentation, "response_str", ident="response1", rcardinality="Single")
    sub(sub(response, "render_fib", fibtype="Decimal"), "response_label", ident="answer1")
    (key, *_) = answers.intervals(number)
    inside = item.when(go_on=False, score=100)
    sub(inside, "vargte", answers.decimal(key.low), respident="response1")
    sub(inside, "varlte", answers.decimal(key.high), respident="response1")


def _pairs(item: Callable[..., Item], pairs: Pairs, said: str = "") -> Item:
    names, under = forms.menu(pairs, TEX, MENU)
    made = item("matching", under)
    for row, (left, key) in enumerate(zip(pairs.lefts, pairs.keys, strict=True), start=1):
        lid = sub(made.presentation, "response_lid", ident=f"response_{row}")
        html(lid, TEX.html(left))
        render = sub(lid, "render_choice")
        for number, name in enumerate(names):
            label(render, f"choice{number}", name, "text/plain")
        right = made.when(score=100 / len(pairs.lefts), add=True)
        sub(right, "varequal", f"choice{key}", respident=f"response_{row}")
    made.hint(said)
    return made


def _cloze(item: Callable[..., Item], cloze: Cloze, losses: Losses) -> Item:
    chosen = all(isinstance(blank, ChoiceBlank) for blank in cloze.blanks)
    mixed = any(isinstance(blank, ChoiceBlank) for blank in cloze.blanks)
    losses.of_type(cloze, "feedback to single blanks is lost")
    if not chosen:
        losses.of_type(cloze, "options stand behind their blank, and the right one is typed" if mixed else LETTERS)
    if any(isinstance(blank, NumberBlank) for blank in cloze.blanks):
        losses.of_type(cloze, "a number counts only as one of a list: values within the tolerance, point or comma")
    made = item("multiple_dropdowns" if chosen else "fill_in_multiple_blanks", "\n" + "".join(_around(cloze, chosen)))
    for number, blank in enumerate(cloze.blanks, start=1):
        respident = f"response_blank{number}"
        lid = sub(made.presentation, "response_lid", ident=respident)
        html(lid, f"blank{number}", "text/plain")
        render = sub(lid, "render_choice")
        known = list(_known(blank, chosen))
        for place, (name, _) in enumerate(known):
            label(render, f"blank{number}_{place}", name, "text/plain")
        for place, (_, right) in enumerate(known):
            if right:
                condition = made.when(score=100 / len(cloze.blanks), add=True)
                sub(condition, "varequal", f"blank{number}_{place}", respident=respident)
    return made


def _known(blank: ChoiceBlank | TextBlank | NumberBlank, chosen: bool) -> Iterator[tuple[str, bool]]:
    """What stands in the menu of a blank, or what may be typed into it, each with whether it is right."""
    match blank:
        case ChoiceBlank() if chosen:
            yield from ((plain(option.text), option.key) for option in blank.options)
        case ChoiceBlank():
            right = [plain(option.text) for option in blank.options if option.key]
            yield from ((one, True) for one in dict.fromkeys([*right, *map(normal, right)]))
        case TextBlank():
            yield from ((one, True) for one in answers.spellings(blank))
        case NumberBlank():
            yield from ((one, True) for one in answers.written(blank))


def _around(cloze: Cloze, chosen: bool) -> Iterator[str]:
    for place, part in enumerate(text.parts(TEX.html(cloze.text))):
        if place % 2 == 0:
            yield part.replace("[", "&#91;")
            continue
        yield f"[blank{part}]"
        blank = cloze.blanks[int(part) - 1]
        if isinstance(blank, ChoiceBlank) and not chosen:
            options = " / ".join(plain(option.text) for option in blank.options)
            yield f" ({escape(options)})".replace("[", "&#91;")
