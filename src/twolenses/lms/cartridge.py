"""Common Cartridge 1.3: quizzes that most platforms import, in the few forms that all of them have.

Its profile of QTI 1.2 knows one choice, several choices, true or false, a text to fill in, and an essay; several right
choices count together or not at all. Variants stand in the one question bank that a cartridge has.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from html import escape
from itertools import groupby
from pathlib import Path

from lxml import etree

from twolenses.lms import answers, forms, writing
from twolenses.lms.forms import Choice
from twolenses.lms.losses import Losses, Written
from twolenses.lms.pools import Pool
from twolenses.lms.qti12 import NAMESPACE, Element, Item, choice, document, fields, sub, typed
from twolenses.lms.texts import TEX, plain
from twolenses.quiz import Quiz
from twolenses.quiz.types import BaseQuestion, Essay, Numeric, Short

__all__ = ["KINDS", "write"]

KINDS = {
    "single": "multiple choice",
    "multiple": "multiple response, all or nothing",
    "true-false": "true/false; with reasons, multiple choice",
    "numeric": "fill in the blank, a list of values",
    "short": "fill in the blank",
    "essay": "essay",
}
"""What each type becomes."""

PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
MANIFEST = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
QUIZ, BANK = (f"imsqti_xmlv1p2/imscc_xmlv1p3/{kind}" for kind in ("assessment", "question-bank"))
PICTURES = "pictures"


def write(quizzes: Iterable[Quiz], path: Path) -> Written:
    """Write the questions as a Common Cartridge (`.imscc`).

    Raises
    ------
    ExportError
        If a question cannot be written, or the file cannot. Then there is no file.
    """
    return writing.save(quizzes, path, KINDS, _document)


def _document(quizzes: list[Quiz], losses: Losses) -> bytes:
    losses.of_all("level, difficulty, lens and sources are lost; hints are shown with a wrong answer")
    pictures = writing.Pictures(f"$IMS-CC-FILEBASE$../{PICTURES}/")
    pools = [quiz for quiz in quizzes if len(quiz) and isinstance(quiz, Pool)]
    titles: dict[str, str] = {}
    parts: dict[str, str | bytes] = {}
    for name, group in groupby((quiz for quiz in quizzes if not isinstance(quiz, Pool)), key=lambda quiz: quiz.name):
        members = [quiz for quiz in group if len(quiz)]
        if members:
            ident = writing.ident("cartridge", name)
            titles[ident] = writing.title(members[0])
            parts[f"{ident}/{ident}.xml"] = _assessment(ident, members, pictures, losses)
    bank = writing.ident("cartridge", "bank") if pools else ""
    if pools:
        losses.of_all("variants stand in the cartridge's question bank, for you to draw from")
        parts[f"{bank}/{bank}.xml"] = _bank(bank, pools, pictures, losses)
    files = {f"{PICTURES}/{name}": content for name, content in pictures.found.items()}
    return writing.packed({"imsmanifest.xml": _manifest(titles, bank, list(files)), **parts, **files})


def _manifest(titles: dict[str, str], bank: str, files: list[str]) -> bytes:
    root = etree.Element(
        "manifest", identifier=writing.ident("cartridge", *titles, bank), nsmap={None: PACKAGE, "lomimscc": MANIFEST}
    )
    metadata = sub(root, "metadata")
    sub(metadata, "schema", "IMS Common Cartridge")
    sub(metadata, "schemaversion", "1.3.0")
    general = sub(sub(metadata, f"{{{MANIFEST}}}lom"), f"{{{MANIFEST}}}general")
    title = sub(general, f"{{{MANIFEST}}}title")
    sub(title, f"{{{MANIFEST}}}string", "Two Lenses", language="en")
    whole = sub(sub(root, "organizations"), "organization", identifier="contents", structure="rooted-hierarchy")
    top = sub(whole, "item", identifier="top")
    resources = sub(root, "resources")
    for ident, named in titles.items():
        sub(sub(top, "item", identifier=f"item_{ident}", identifierref=ident), "title", named)
    for ident in [*titles, *([bank] if bank else [])]:
        kind = BANK if ident == bank else QUIZ
        sub(sub(resources, "resource", identifier=ident, type=kind), "file", href=f"{ident}/{ident}.xml")
    for name in files:
        sub(sub(resources, "resource", identifier=writing.ident(name), type="webcontent", href=name), "file", href=name)
    return document(root)


def _assessment(ident: str, quizzes: list[Quiz], pictures: writing.Pictures, losses: Losses) -> bytes:
    root = etree.Element("questestinterop", nsmap={None: NAMESPACE})
    assessment = sub(root, "assessment", ident=ident, title=writing.title(quizzes[0]))
    about = {"cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination", "qmd_scoretype": "Percentage"}
    fields(assessment, about | {"cc_maxattempts": "unlimited"})
    section = sub(assessment, "section", ident="root_section")
    for quiz in quizzes:
        _fill(section, quiz, pictures, losses)
    return document(root)


def _bank(ident: str, pools: list[Pool], pictures: writing.Pictures, losses: Losses) -> bytes:
    root = etree.Element("questestinterop", nsmap={None: NAMESPACE})
    bank = sub(root, "objectbank", ident=ident)
    for pool in pools:
        _fill(bank, pool, pictures, losses)
    return document(root)


def _fill(parent: Element, quiz: Quiz, pictures: writing.Pictures, losses: Losses) -> None:
    for item in writing.each(quiz, partial(_item, quiz=quiz, losses=losses)):
        parent.append(item)
        for shown in item.iter("mattext"):
            if "<img " in (shown.text or ""):
                shown.text = pictures.placed(shown.text, quiz.folder)


# ── the items ────────────────────────────────────────────────────────────────────────────────────────


HALF = "half a point for the right verdict is lost; verdict and reason are one choice"
LIST = "a number counts only as one of a list: values within the tolerance, with a point or a comma"


def _item(question: BaseQuestion, quiz: Quiz, losses: Losses) -> Element:
    def item(kind: str, stem: str = "") -> Item:
        category = f"{quiz.base} (variants)" if isinstance(quiz, Pool) else question.objective
        about = {"cc_profile": f"cc.{kind}.v0p1", "cc_weighting": f"{question.points:g}"}
        about |= {"qmd_computerscored": "No" if kind == "essay" else "Yes", "cc_question_category": category}
        return Item(question, writing.ident("cartridge", quiz.name, question.id), about, TEX.html(question.stem) + stem)

    match forms.of(question):
        case Choice(several=True) as form:
            losses.of_type(question, "all right options and no other earn the points, anything else nothing")
            choice(made := item("multiple_response"), form, case="Yes")
        case Choice() as form:
            if form.in_parts:
                losses.of_type(question, HALF)
            choice(made := item("true_false" if form.verdict else "multiple_choice"), form)
        case Numeric() as number:
            losses.of_type(question, LIST)
            losses.of_type(question, "feedback to mistakes is lost")
            made = item("fib", f"\n<p>Your answer in {escape(plain(number.unit))}:</p>" if number.unit else "")
            typed(made, answers.written(number), prompt="Box")
        case Short() as words:
            losses.of_type(question, "apart from case, an answer counts only as written here; near misses say nothing")
            typed(made := item("fib"), answers.spellings(words), prompt="Box")
        case Essay() as essay:
            losses.of_type(question, "a teacher marks it; the rubric is lost, the model answer is in the feedback")
            made = item("essay", f"\n<p>{essay.words.min} to {essay.words.max} words</p>")
            response = sub(made.presentation, "response_str", ident="response1", rcardinality="Single")
            sub(response, "render_fib", prompt="Box")
            return made.done(processed=False)
    return made.done()
