"""A version as a package in QTI: a test of two items, consent and then paragraph and questions, that nobody marks.

No item has a right answer, a score or response processing, which is how QTI says that it only asks.
"""

from __future__ import annotations

from collections.abc import Iterable

from twolenses.framing import texts
from twolenses.framing.texts import Survey
from twolenses.lms import writing
from twolenses.lms.qti.items import Element, Q, parsed
from twolenses.lms.qti.packages import Manifest
from twolenses.lms.qti.versions import Version
from twolenses.lms.texts import MATHML, plain

__all__ = ["package"]


def package(survey: Survey, name: str, consent: str, version: Version) -> bytes:
    """The package (`.zip`) of the version `name` of the experiment, in a version of QTI."""
    reading = f"{texts.bare(survey.paragraph(name))}\n\n{survey.instruction}"
    questions = {one: (text, survey.options) for one, text in survey.questions.items()}
    items = {
        "q-consent": _item("q-consent", survey.title, consent, {"consent": (survey.asks, (survey.answer,))}),
        "q-reading": _item("q-reading", survey.title, reading, questions),
    }
    manifest = Manifest(version)
    parts: dict[str, str | bytes] = {}
    for ident, item in items.items():
        parts[f"items/{ident}.xml"] = version.written(item)
        manifest.item(ident, f"items/{ident}.xml", [], [])
    parts["tests/survey.xml"] = version.written(_test(survey.title, items))
    manifest.test("t-survey", "tests/survey.xml", list(items))
    return writing.packed({"imsmanifest.xml": manifest.written(), **parts})


def _item(ident: str, title: str, text: str, asked: dict[str, tuple[str, tuple[str, ...]]]) -> Element:
    whole = Q.assessmentItem(identifier=ident, title=title, adaptive="false", timeDependent="false")
    for name in asked:
        whole.append(Q.responseDeclaration(identifier=name, cardinality="single", baseType="identifier"))
    body = Q.itemBody(*parsed(MATHML.html(text)))
    for name, (stem, options) in asked.items():
        choices = (Q.simpleChoice(plain(one), identifier=f"{name}-{at}") for at, one in enumerate(options, start=1))
        how = {"responseIdentifier": name, "shuffle": "false", "maxChoices": "1"}
        body.append(Q.choiceInteraction(Q.prompt(plain(stem)), *choices, **how))
    whole.append(body)
    return whole


def _test(title: str, items: Iterable[str]) -> Element:
    refs = (Q.assessmentItemRef(identifier=ident, href=f"../items/{ident}.xml") for ident in items)
    section = Q.assessmentSection(*refs, identifier="s-1", title=title, visible="true")
    part = Q.testPart(section, identifier="p-1", navigationMode="linear", submissionMode="individual")
    return Q.assessmentTest(part, identifier="t-survey", title=title)
