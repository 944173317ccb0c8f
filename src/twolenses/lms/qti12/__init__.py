"""QTI 1.2 as Canvas and Common Cartridge read it: what an item asks, what is right in it, and what is said.

Nothing is indented: a reader of Canvas's takes the white space between two answers for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from twolenses.lms import forms
from twolenses.lms.characters import legal
from twolenses.lms.forms import Choice
from twolenses.lms.texts import TEX
from twolenses.quiz.types import BaseQuestion

__all__ = ["Element", "Item", "choice", "document", "fields", "html", "label", "sub", "typed"]

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
RESPONSE = "response1"

Element = Any
"""An element of lxml, which has no types."""


def sub(parent: Element, name: str, content: str | None = None, **attributes: str) -> Element:
    """A new last child."""
    element = etree.SubElement(parent, name, attributes)
    if content is not None:
        element.text = legal(content)
    return element


def html(parent: Element, content: str, kind: str = "text/html") -> None:
    """A material with a text."""
    sub(sub(parent, "material"), "mattext", content, texttype=kind)


def fields(parent: Element, named: Mapping[str, str]) -> None:
    """Metadata, a field for each name."""
    metadata = sub(parent, "qtimetadata")
    for name, value in named.items():
        field = sub(metadata, "qtimetadatafield")
        sub(field, "fieldlabel", name)
        sub(field, "fieldentry", value)


class Item:
    """An item in the making: what is asked, then conditions, then feedback, in the order that the format wants.

    Parameters
    ----------
    metadata
        Fields of the item, by name.
    stem
        The question as HTML.
    """

    def __init__(self, question: BaseQuestion, ident: str, metadata: Mapping[str, str], stem: str) -> None:  # noqa: D107
        self.element = etree.Element("item", ident=ident, title=question.id)
        fields(sub(self.element, "itemmetadata"), metadata)
        self.presentation = sub(self.element, "presentation")
        html(self.presentation, stem)
        self._processing = sub(self.element, "resprocessing")
        outcomes = sub(self._processing, "outcomes")
        sub(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
        self._feedback: dict[str, str] = {}
        self.otherwise("general_fb", forms.told(question, TEX, parts=True), go_on=True)
        self._hints = forms.hints(question, TEX)

    def when(self, *, go_on: bool = True, score: float | None = None, add: bool = False, said: str = "") -> Element:
        """A condition, to be filled by the caller: what it scores and the feedback it shows."""
        condition = sub(self._processing, "respcondition", **{"continue": "Yes" if go_on else "No"})
        variables = sub(condition, "conditionvar")
        if score is not None:
            action = "Add" if add else "Set"
            sub(condition, "setvar", f"{score:.10g}", action=action, varname="SCORE")
        if said:
            sub(condition, "displayfeedback", feedbacktype="Response", linkrefid=said)
        return variables

    def otherwise(self, said: str, text: str, *, go_on: bool) -> None:
        """Feedback that is shown whatever the response is, or whatever no condition before has caught."""
        if text:
            sub(self.when(go_on=go_on, said=said), "other")
            self._feedback[said] = text

    def say(self, name: str, text: str) -> str:
        """Keep a feedback, as HTML, under a name."""
        if text:
            self._feedback[name] = text
        return name if text else ""

    def hint(self, more: str) -> None:
        """HTML that is shown with a wrong answer, before the hints."""
        self._hints = more + self._hints

    def done(self, *, processed: bool = True) -> Element:
        """The finished item; hints are shown with a wrong answer."""
        if processed:
            self.otherwise("general_incorrect_fb", self._hints, go_on=True)
        for name, text in self._feedback.items():
            feedback = sub(self.element, "itemfeedback", ident=name)
            html(sub(feedback, "flow_mat"), text)
        return self.element


def label(parent: Element, ident: str, text: str, kind: str = "text/html") -> None:
    """One of the choices."""
    html(sub(parent, "response_label", ident=ident), text, kind)


def choice(item: Item, form: Choice, *, case: str = "") -> None:
    """Options of which one is right, or several; with `case`, a comparison says that letters' case matters."""
    same = {"case": case} if case else {}
    cardinality = "Multiple" if form.several else "Single"
    lid = sub(item.presentation, "response_lid", ident=RESPONSE, rcardinality=cardinality)
    render = sub(lid, "render_choice")
    most = max(offer.share for offer in form.offers)
    keys = []
    for number, offer in enumerate(form.offers, start=1):
        name = f"option{number}"
        label(render, name, TEX.html(offer.text))
        if said := item.say(f"{name}_fb", TEX.html(offer.feedback)):
            sub(item.when(said=said), "varequal", name, respident=RESPONSE, **same)
        if offer.share == most:
            keys.append(name)
    right = item.when(go_on=False, score=100)
    if not form.several:
        sub(right, "varequal", keys[0], respident=RESPONSE, **same)
        return
    every = sub(right, "and")
    for number in range(1, len(form.offers) + 1):
        name = f"option{number}"
        parent = every if name in keys else sub(every, "not")
        sub(parent, "varequal", name, respident=RESPONSE, **same)


def typed(item: Item, right: Iterable[str], **fib: str) -> None:
    """A text to type, right if it is one of these."""
    response = sub(item.presentation, "response_str", ident=RESPONSE, rcardinality="Single")
    sub(response, "render_fib", **fib)
    accepted = item.when(go_on=False, score=100)
    for one in right:
        sub(accepted, "varequal", one, respident=RESPONSE)


def document(root: Element) -> bytes:
    """The text of a file."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
