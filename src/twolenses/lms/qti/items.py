"""A question as an item of QTI 2.1, with the processing that marks it as the page does.

Two scorers that others wrote disagree on much that the specification allows, and this is what both do right: a number
is two conditions, one inside the other, since one that joins both ends with *and* lets a blank through; every option of
a mapping is named, the wrong ones too; nothing is *equal* within a tolerance; a feedback has a variable of its own,
since qti-components adds nothing to a container.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from twolenses.lms import answers, forms
from twolenses.lms.answers import Interval
from twolenses.lms.forms import Choice, Pairs
from twolenses.lms.losses import Losses
from twolenses.lms.texts import MATHML, plain
from twolenses.quiz import text
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
from twolenses.quiz.types.numeric import Number
from twolenses.quiz.types.short import Words

__all__ = ["KINDS", "NAMESPACE", "Element", "Q", "identifier", "item", "parsed"]

KINDS = {
    "single": "choice",
    "multiple": "choice, several",
    "true-false": "choice; with reasons, verdict and reason in one",
    "numeric": "text entry",
    "short": "text entry",
    "matching": "match",
    "ordering": "order",
    "cloze": "text entries and inline choices",
    "classify": "match",
    "essay": "extended text",
}
"""What each type becomes: the interaction."""

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"

Element = Any
"""An element of lxml, which has no types."""

Q = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})

SHOWN = "shown"
"""What the variable of a feedback holds when it is shown."""

COMMA = "a decimal comma is not read: write a point; a separator between thousands is none"
LETTERS = "apart from case, an answer counts only as written here, in plain type, or bare of all diacritics"


def identifier(question: BaseQuestion) -> str:
    """The name of the item."""
    return f"q-{question.id}"


def item(question: BaseQuestion, losses: Losses) -> Element:
    """The whole item."""
    made = _Item(question)
    match forms.of(question):
        case Choice() as choice:
            made.choice(choice)
        case Pairs() as pairs:
            made.pairs(pairs)
        case Ordering() as order:
            made.order(order)
        case Numeric() as number:
            losses.of_type(question, COMMA)
            entry = made.number("RESPONSE", number)
            made.body(f"<p>{entry} {escape(plain(number.unit))}</p>")
        case Short() as words:
            losses.of_type(question, LETTERS)
            made.body(f"<p>{made.words('RESPONSE', words)}</p>")
        case Cloze() as cloze:
            made.cloze(cloze, losses)
        case Essay() as essay:
            losses.of_type(question, "a teacher marks it by the rubric")
            made.essay(essay)
            return made.done(processed=False)
    return made.done()


class _Item:
    """An item in the making: declarations, body, rules and feedback, which are put together at the end."""

    def __init__(self, question: BaseQuestion) -> None:
        self.question = question
        self.declared: list[Element] = []
        self.parts: list[Element] = parsed(MATHML.html(question.stem))
        self.rules: list[Element] = []
        self.said: dict[str, str] = {}

    def body(self, html: str) -> None:
        self.parts += parsed(html)

    def say(self, name: str, html: str) -> Element:
        """Keep a feedback under a name; the rule that shows it, by a variable of its own."""
        self.said[name] = html
        return _set(name, _value("identifier", SHOWN))

    def points(self, share: float = 1.0) -> float:
        return share * self.question.points

    def score(self, *more: Element) -> Element:
        """The rule that adds to the score."""
        return _set("SCORE", Q.sum(_variable("SCORE"), *more))

    # ── one form each ────────────────────────────────────────────────────────────────────────────────

    def choice(self, form: Choice) -> None:
        names = [f"option{number}" for number in range(1, len(form.offers) + 1)]
        shares = [self.points(offer.share) for offer in form.offers]
        most = max(shares)
        right = [name for name, share in zip(names, shares, strict=True) if share == most]
        how = "multiple" if form.several else "single"
        self.declare("RESPONSE", how, "identifier", right, dict(zip(names, shares, strict=True)))
        self.parts.append(
            Q.choiceInteraction(
                *(
                    Q.simpleChoice(*parsed(MATHML.html(offer.text)), identifier=name)
                    for name, offer in zip(names, form.offers, strict=True)
                ),
                responseIdentifier="RESPONSE",
                shuffle="false" if form.verdict else "true",
                maxChoices="0" if form.several else "1",
            )
        )
        chosen = Q.member if form.several else Q.match
        said = [
            _if(
                chosen(_value("identifier", name), _variable("RESPONSE")),
                self.say(f"said-{name}", MATHML.html(offer.feedback)),
            )
            for name, offer in zip(names, form.offers, strict=True)
        ]
        self.rules.append(_given("RESPONSE", self.score(Q.mapResponse(identifier="RESPONSE")), *said))

    def pairs(self, pairs: Pairs) -> None:
        lefts = [f"left{number}" for number in range(1, len(pairs.lefts) + 1)]
        right = [f"{left} choice{key + 1}" for left, key in zip(lefts, pairs.keys, strict=True)]
        share = self.points(1 / len(right))
        self.declare("RESPONSE", "multiple", "directedPair", right, dict.fromkeys(right, share))
        self.parts.append(
            Q.matchInteraction(
                Q.simpleMatchSet(*map(_associable, lefts, pairs.lefts, "1" * len(lefts))),
                Q.simpleMatchSet(
                    *(
                        _associable(f"choice{number}", choice, str(len(lefts)))
                        for number, choice in enumerate(pairs.choices, start=1)
                    )
                ),
                responseIdentifier="RESPONSE",
                shuffle="true",
                maxAssociations=str(len(lefts)),
            )
        )
        said = [
            _if(
                Q("not", Q.member(_value("directedPair", pair), _variable("RESPONSE"))),
                self.say(f"said-{left}", MATHML.html(feedback)),
            )
            for left, pair, feedback in zip(lefts, right, pairs.feedback, strict=True)
        ]
        self.rules.append(_given("RESPONSE", self.score(Q.mapResponse(identifier="RESPONSE")), *said))

    def order(self, order: Ordering) -> None:
        names = [f"item{number}" for number in range(1, len(order.items) + 1)]
        self.declare("RESPONSE", "ordered", "identifier", names)
        self.parts.append(
            Q.orderInteraction(
                *(
                    Q.simpleChoice(*parsed(MATHML.html(order.items[number])), identifier=names[number])
                    for number in order.shown
                ),
                responseIdentifier="RESPONSE",
                shuffle="false",
            )
        )
        places = range(1, len(names))
        share = _number(self.points(1 / len(places)))
        follows = [
            _if(
                Q("or", *(Q("and", _at(place, one), _at(place + 1, another)) for place in places)),
                self.score(_value("float", share)),
            )
            for one, another in pairwise(names)
        ]
        whole = Q.gte(Q.containerSize(_variable("RESPONSE")), _value("integer", str(len(names))))
        self.rules.append(_given("RESPONSE", _if(whole, *follows)))
        self.rules.append(_if(Q.lt(_variable("SCORE"), self.full()), self.say("order", MATHML.html(order.feedback))))

    def number(self, name: str, number: Number, share: float = 1.0) -> str:
        """Declare a number; the field for it."""
        figure = number.answer.figure()
        self.declare(name, "single", "float", [f"{float(figure):.{figure.digits}f}"])
        (key, *wrong) = answers.intervals(number)
        self.rules.append(_within(name, key, self.score(_value("float", _number(self.points(share))))))
        for place, one in enumerate(wrong, start=1):
            said = self.say(f"{name.lower()}-mistake{place}", MATHML.html(one.feedback))
            self.rules.append(_within(name, one, said))
        return f'<textEntryInteraction responseIdentifier="{name}" expectedLength="12"/>'

    def words(self, name: str, words: Words, share: float = 1.0) -> str:
        """Declare a text; the field for it."""
        accepted = answers.spellings(words)
        self.declare(name, "single", "string", accepted[:1], dict.fromkeys(accepted, self.points(share)))
        said = [
            _if(
                Q.stringMatch(_variable(name), _value("string", missed), caseSensitive="false", substring="false"),
                self.say(f"{name.lower()}-near{place}", MATHML.html(feedback)),
            )
            for place, (missed, feedback) in enumerate(answers.near_misses(words), start=1)
        ]
        self.rules.append(_given(name, self.score(Q.mapResponse(identifier=name)), *said))
        return f'<textEntryInteraction responseIdentifier="{name}" expectedLength="{max(map(len, accepted)) + 5}"/>'

    def menu(self, name: str, blank: ChoiceBlank, share: float) -> str:
        """Declare a menu; the menu."""
        form = forms.options(blank.options)
        names = [f"option{number}" for number in range(1, len(form.offers) + 1)]
        shares = {one: self.points(share * offer.share) for one, offer in zip(names, form.offers, strict=True)}
        self.declare(name, "single", "identifier", [one for one in names if shares[one]], shares)
        said = [
            _if(
                Q.match(_variable(name), _value("identifier", one)),
                self.say(f"{name.lower()}-{one}", MATHML.html(offer.feedback)),
            )
            for one, offer in zip(names, form.offers, strict=True)
        ]
        self.rules.append(_given(name, self.score(Q.mapResponse(identifier=name)), *said))
        options = "".join(
            f'<inlineChoice identifier="{one}">{escape(plain(offer.text))}</inlineChoice>'
            for one, offer in zip(names, form.offers, strict=True)
        )
        attributes = f'responseIdentifier="{name}" shuffle="true"'
        return f"<inlineChoiceInteraction {attributes}>{options}</inlineChoiceInteraction>"

    def cloze(self, cloze: Cloze, losses: Losses) -> None:
        share, parts = 1 / len(cloze.blanks), text.parts(MATHML.html(cloze.text))
        for place in range(1, len(parts), 2):
            blank, name = cloze.blanks[int(parts[place]) - 1], f"RESPONSE_{parts[place]}"
            match blank:
                case ChoiceBlank():
                    parts[place] = self.menu(name, blank, share)
                case TextBlank():
                    losses.of_type(cloze, f"in a blank for words, {LETTERS}")
                    parts[place] = self.words(name, blank, share)
                case NumberBlank():
                    losses.of_type(cloze, f"in a blank for a number, {COMMA}")
                    parts[place] = self.number(name, blank, share)
        self.body("".join(parts))

    def essay(self, essay: Essay) -> None:
        self.declared.append(Q.responseDeclaration(identifier="RESPONSE", cardinality="single", baseType="string"))
        self.body(f"<p>{essay.words.min} to {essay.words.max} words</p>")
        self.parts.append(Q.rubricBlock(*parsed(forms.for_graders(essay, MATHML)), view="scorer"))
        self.parts.append(Q.extendedTextInteraction(responseIdentifier="RESPONSE", expectedLines="15"))

    # ── putting together ─────────────────────────────────────────────────────────────────────────────

    def declare(
        self, name: str, how: str, kind: str, right: Iterable[str], mapped: dict[str, float] | None = None
    ) -> None:
        declared = Q.responseDeclaration(identifier=name, cardinality=how, baseType=kind)
        declared.append(Q.correctResponse(*(Q.value(one) for one in right)))
        if mapped is not None:
            bounds = {"lowerBound": "0"} if how == "multiple" else {}
            exact = {"caseSensitive": "false"} if kind == "string" else {}
            entries = (Q.mapEntry(mapKey=key, mappedValue=_number(value), **exact) for key, value in mapped.items())
            declared.append(Q.mapping(*entries, defaultValue="0", **bounds))
        self.declared.append(declared)

    def full(self) -> Element:
        """Everything, less what a sum of rounded shares may lack."""
        return _value("float", _number(0.99 * self.question.points))

    def done(self, *, processed: bool = True) -> Element:
        score = Q.outcomeDeclaration(
            Q.defaultValue(Q.value("0")), identifier="SCORE", cardinality="single", baseType="float"
        )
        most = Q.outcomeDeclaration(
            Q.defaultValue(Q.value(_number(self.question.points))),
            identifier="MAXSCORE", cardinality="single", baseType="float",
        )  # fmt: skip
        whole = Q.assessmentItem(
            identifier=identifier(self.question), title=self.question.id, adaptive="false", timeDependent="false"
        )
        whole.extend([*self.declared, score, most])
        if processed:
            hint = self.say("hint", forms.hints(self.question, MATHML))
            self.rules.append(_if(Q.lt(_variable("SCORE"), self.full()), hint))
            self.rules.append(self.say("because", forms.told(self.question, MATHML)))
            named = {"cardinality": "single", "baseType": "identifier"}
            whole.extend(
                Q.outcomeDeclaration(Q.defaultValue(Q.value("hidden")), identifier=name, **named) for name in self.said
            )
        whole.append(Q.itemBody(*self.parts))
        if processed:
            whole.append(Q.responseProcessing(*self.rules))
            for name, html in self.said.items():
                feedback = {"outcomeIdentifier": name, "identifier": SHOWN, "showHide": "show"}
                whole.append(Q.modalFeedback(*parsed(html), **feedback))
        return whole


# ── small parts ──────────────────────────────────────────────────────────────────────────────────────

_FOREIGN = re.compile(r' (?:start|title)="[^"]*"')


def parsed(html: str) -> list[Element]:
    """HTML as elements; attributes that QTI's HTML does not have are dropped."""
    bare = re.sub(r"<(?:ol|a|img) [^>]*>", lambda tag: _FOREIGN.sub("", tag[0]), html)
    return list(etree.fromstring(f'<div xmlns="{NAMESPACE}">{bare}</div>'))


def _associable(name: str, source: str, most: str) -> Element:
    return Q.simpleAssociableChoice(*parsed(MATHML.html(source)), identifier=name, matchMax=most)


def _number(value: float) -> str:
    return f"{value:.15g}"


def _variable(name: str) -> Element:
    return Q.variable(identifier=name)


def _value(kind: str, value: str) -> Element:
    return Q.baseValue(value, baseType=kind)


def _set(name: str, value: Element) -> Element:
    return Q.setOutcomeValue(value, identifier=name)


def _if(condition: Element, *rules: Element) -> Element:
    return Q.responseCondition(Q.responseIf(condition, *rules))


def _given(name: str, *rules: Element) -> Element:
    """Rules for a response that is there: both scorers stop at a comparison with nothing."""
    return _if(Q("not", Q.isNull(_variable(name))), *rules)


def _at(place: int, name: str) -> Element:
    return Q.match(Q.index(_variable("RESPONSE"), n=str(place)), _value("identifier", name))


def _within(name: str, one: Interval, *rules: Element) -> Element:
    low, high = (_value("float", answers.decimal(end)) for end in (one.low, one.high))
    return _if(Q.gte(_variable(name), low), _if(Q.lte(_variable(name), high), *rules))
