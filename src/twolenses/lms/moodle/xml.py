"""The small parts of a Moodle XML file."""

from __future__ import annotations

from typing import Any

from lxml import etree

from twolenses.lms.characters import legal
from twolenses.lms.moodle import texts

__all__ = ["html", "markdown", "plain", "sub", "text"]

Element = Any
"""An element of lxml, which has no types."""


def sub(parent: Element, name: str, **attributes: str) -> Element:
    """A new last child."""
    return etree.SubElement(parent, name, attributes)


def text(parent: Element, content: str) -> None:
    """The content as the first child, ``<text>``, in a CDATA section where it holds markup."""
    element = etree.Element("text")
    parent.insert(0, element)
    content = legal(content)
    bare = "]]>" in content or not any(mark in content for mark in "<>&")
    element.text = content if bare else etree.CDATA(content)


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
