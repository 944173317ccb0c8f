"""The small parts of a Moodle XML file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from twolenses.lms.characters import legal
from twolenses.lms.moodle import texts
from twolenses.quiz import pictures

__all__ = ["attach", "html", "markdown", "number", "plain", "sub", "text"]

Element = Any
"""An element of lxml, which has no types."""


def sub(parent: Element, name: str, **attributes: str) -> Element:
    """A new last child."""
    return etree.SubElement(parent, name, attributes)


def text(parent: Element, content: str) -> None:
    """The content as the first child, ``<text>``."""
    element = etree.Element("text")
    parent.insert(0, element)
    _fill(element, legal(content))


def _fill(element: Element, content: str) -> None:
    """The content as all that the element holds, in a CDATA section where it holds markup."""
    bare = "]]>" in content or not any(mark in content for mark in "<>&")
    element.text = content if bare else etree.CDATA(content)


def attach(question: Element, folder: Path) -> None:
    """Put the file of every picture in a question behind the text that shows it."""
    for element in [one for one in question.iter("text") if "<img " in (one.text or "")]:
        shown = {address: pictures.read(address, folder) for address, _ in pictures.IMG.findall(element.text)}
        for address, picture in shown.items():
            _fill(element, element.text.replace(f'src="{address}"', f'src="{texts.FILE}/{picture.unique_name}"'))
        for name, picture in {one.unique_name: one for one in shown.values()}.items():
            file = etree.Element("file", name=name, path="/", encoding="base64")
            file.text = picture.base64
            element.addnext(file)


def html(parent: Element, name: str, content: str) -> Element:
    """A child with a ``<text>`` of HTML."""
    element = sub(parent, name, format="html")
    text(element, content)
    return element


def markdown(parent: Element, name: str, content: str) -> Element:
    """A child with a ``<text>`` made of Markdown."""
    return html(parent, name, texts.html(content))


def plain(parent: Element, name: str, content: str | float) -> None:
    """A child that holds the content itself."""
    sub(parent, name).text = legal(content) if isinstance(content, str) else number(content)


def number(value: float) -> str:
    """A number with all its digits, a whole one without a point."""
    return repr(float(value)).removesuffix(".0")
