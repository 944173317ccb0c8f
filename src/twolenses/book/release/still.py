"""A page as paper and e-readers have it: nothing to press, a quiz as its questions, the answers apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as parser

from twolenses import quiz
from twolenses.errors import BookError
from twolenses.lms import paper
from twolenses.quiz.html import AGAIN
from twolenses.quiz.types import BaseQuestion

__all__ = ["Asked", "bank", "printed", "still"]

_FORM = re.compile(r'<form class="tl-quiz".*?</form>', re.S)

_VARIABLE = re.compile(r"var\(--tl-c-\w+,(#\w+)\)")

_GONE = {"script", "template", "noscript", "button", "input", "select", "textarea"}

_GONE_CLASSES = {
    "copybtn",
    "headerlink",
    "sd-octicon",
    "tl-abstract",
    "tl-chart-links",
    "tl-filter",
    "tl-narrow",
    "tl-try-section",
    "tl-x-ask",
    "tl-x-controls",
    "tl-x-fared",
}

_QUESTION = """\
<div class="tl-asked" id="{place}">
<p class="tl-number"><strong>{number}</strong></p>
{asked}
</div>
"""

_ANSWER = """\
<div class="tl-answered" id="{place}-answer">
<p class="tl-number"><strong><a href="#{place}">{number}</a></strong></p>
{answer}
</div>
"""


@dataclass(frozen=True)
class Asked:
    """A page whose quizzes are lists of questions, and the answers to them: HTML, "" where it asks nothing."""

    page: str
    answers: str


@cache
def bank() -> Mapping[str, tuple[BaseQuestion, Path]]:
    """Id → question of the course, and the folder of its pictures."""
    return {one.id: (one, found.folder) for found in map(quiz.read, quiz.files()) for one in found}


def printed(page: str, known: Mapping[str, tuple[BaseQuestion, Path]]) -> Asked:
    """Put questions where a page has forms; `known` is the bank.

    Raises
    ------
    BookError
        If the page asks what the bank does not hold.
    """
    answers: list[str] = []

    def replace(form: re.Match[str]) -> str:
        asked = []
        for field in parser.fragment_fromstring(form[0]).xpath(".//fieldset[@data-question]"):
            id, number = field.get("data-question").removesuffix(AGAIN), _words(field.find_class("tl-number")[0])
            if id not in known:
                raise BookError(f"A page asks the question {id!r}, which is not in the bank. Build the book again.")
            parts = {"place": escape(field.get("id")), "number": escape(number)}
            asked.append(_QUESTION.format(**parts, asked=paper.asked(*known[id])))
            if AGAIN not in field.get("data-question"):  # or its answer stands there before
                answers.append(_ANSWER.format(**parts, answer=_inside(field.find_class("tl-answer")[0])))
        return f'<div class="tl-paper">\n{"".join(asked)}</div>'

    return Asked(_FORM.sub(replace, page), "".join(answers))


def _inside(details: Any) -> str:
    """What an answer says, without the word that opens it, as HTML that is XML too."""
    parts = [one for one in details if one.tag != "summary"]
    return "\n".join(etree.tostring(one, encoding="unicode", with_tail=False) for one in parts)


def _words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def still(tree: Any) -> None:
    """Take out of a page, HTML or XHTML, what needs a script or a hand; what is left can be read to its end.

    A group of options becomes a list, whatever is hidden goes, and a picture with its caption is no figure in a figure.
    """
    for node in [one for one in tree.iter(etree.Element) if _is_gone(one)]:
        if node.getparent() is not None:
            _drop(node)
    for node in list(tree.iter(etree.Element)):
        name = _name(node)
        if "var(" in (style := node.get("style", "")):  # not every reader knows a colour by its name
            node.set("style", _VARIABLE.sub(r"\1", style))
        if name == "fieldset":
            _list_options(node)
        if new := {"fieldset": "div", "legend": "p", "figure": "div", "figcaption": "div", "output": "p"}.get(name):
            _rename(node, new)
            node.set("class", f"tl-{name} {node.get('class', '')}".strip())


def _is_gone(node: Any) -> bool:
    classes = (node.get("class") or "").split()
    return _name(node) in _GONE or node.get("hidden") is not None or not _GONE_CLASSES.isdisjoint(classes)


def _drop(node: Any) -> None:
    """Remove an element and leave what follows it."""
    parent, before = node.getparent(), node.getprevious()
    if node.tail:
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)
    if _name(parent) == "p" and not len(parent) and not (parent.text or "").strip() and parent.getparent() is not None:
        _drop(parent)


def _list_options(group: Any) -> None:
    """Labels in a group are items of a list."""
    labels = [one for one in group if _name(one) == "label"]
    if not labels:
        return
    listed = group.makeelement(_beside(group, "ul"))
    labels[0].addprevious(listed)
    for label in labels:
        _rename(label, "li")
        label.tail = None
        label.attrib.clear()
        listed.append(label)


def _name(node: Any) -> str:
    """`p` for a paragraph, with a namespace or without."""
    return str(etree.QName(node).localname)


def _beside(node: Any, name: str) -> str:
    """The name in the namespace of a node."""
    space = etree.QName(node).namespace
    return f"{{{space}}}{name}" if space else name


def _rename(node: Any, name: str) -> None:
    node.tag = _beside(node, name)
