"""Both versions as ungraded surveys of Canvas, in one package, for *Import course content*, *QTI .zip file*.

Canvas's importers were read for this. A survey has no right answer, but where no choice earns the points its importer
complains of each question; so each choice earns them, and there are none to earn. Canvas's report has no place for a
version: it has the paragraph in its first line, as that is a question without an answer.
"""

from __future__ import annotations

from lxml import etree

from twolenses.framing import texts
from twolenses.framing.texts import Survey
from twolenses.lms import writing
from twolenses.lms.canvas import CANVAS, manifest
from twolenses.lms.qti12 import NAMESPACE, RESPONSE, Element, document, fields, html, label, sub
from twolenses.lms.texts import TEX, plain

__all__ = ["package"]


def package(survey: Survey, consent: str) -> bytes:
    """The package (`.zip`)."""
    parts: dict[str, str | bytes] = {}
    idents = []
    for number, version in enumerate(survey.versions, start=1):
        ident = writing.ident("canvas", "framing", version)
        parts[f"{ident}/{ident}.xml"] = _survey(survey, version, ident, f"{survey.title} ({number})")
        parts[f"{ident}/assessment_meta.xml"] = _settings(ident, f"{survey.title} ({number})", consent)
        idents.append(ident)
    return writing.packed({"imsmanifest.xml": manifest(idents, []), **parts})


def _settings(ident: str, title: str, consent: str) -> bytes:
    root = etree.Element("quiz", identifier=ident, nsmap={None: CANVAS})
    for name, value in {
        "title": title, "description": TEX.html(consent), "shuffle_answers": "false", "scoring_policy": "keep_highest",
        "hide_results": "always", "quiz_type": "survey", "anonymous_submissions": "true", "points_possible": "0",
        "show_correct_answers": "false", "allowed_attempts": "1", "one_question_at_a_time": "false",
    }.items():  # fmt: skip
        sub(root, name, value)
    return document(root)


def _survey(survey: Survey, version: str, ident: str, title: str) -> bytes:
    root = etree.Element("questestinterop", nsmap={None: NAMESPACE})
    section = sub(sub(root, "assessment", ident=ident, title=title), "section", ident="root_section")

    def item(name: str, stem: str, choices: tuple[str, ...] = ()) -> None:
        section.append(_item(writing.ident("canvas", "framing", version, name), name, stem, choices))

    item("consent", survey.asks, (survey.answer,))
    item("text", f"{texts.bare(survey.paragraph(version))}\n\n{survey.instruction}")
    for name, text in survey.questions.items():
        item(name, text, survey.options)
    return document(root)


def _item(ident: str, name: str, stem: str, choices: tuple[str, ...]) -> Element:
    made = etree.Element("item", ident=ident, title=name)
    kind = "multiple_choice_question" if choices else "text_only_question"
    fields(sub(made, "itemmetadata"), {"question_type": kind, "points_possible": "0"})
    presentation = sub(made, "presentation")
    html(presentation, TEX.html(stem))
    if not choices:
        return made
    offered = sub(sub(presentation, "response_lid", ident=RESPONSE, rcardinality="Single"), "render_choice")
    processing = sub(made, "resprocessing")
    sub(sub(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    for number, text in enumerate(choices, start=1):
        label(offered, f"option{number}", plain(text), "text/plain")
        condition = sub(processing, "respcondition", **{"continue": "No"})
        sub(sub(condition, "conditionvar"), "varequal", f"option{number}", respident=RESPONSE)
        sub(condition, "setvar", "100", action="Set", varname="SCORE")
    return made
