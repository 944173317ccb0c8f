"""A slide, what the slides of a page have in common, and HTML as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any
from urllib.parse import urljoin

from lxml import html as parser

__all__ = ["Page", "Slide", "inner", "numbers", "outer", "settled"]


@dataclass(frozen=True)
class Slide:
    """A slide: HTML of its heading, of the heading above it, of what is shown and of the speaker's notes.

    `large` is one with so little text that its letters can be larger, or a chart so tall that it needs the height.
    """

    heading: str
    body: str
    notes: str = ""
    above: str = ""
    kind: str = "text"
    part: str = ""
    large: bool = False


@dataclass
class Page:
    """What the sections of a page have in common: answers, facts by their anchor, and what has been shown so far."""

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    cited: dict[str, str] = field(default_factory=dict)
    shown: dict[str, None] = field(default_factory=dict)


def numbers(body: str, page: Page) -> str:
    """Where the numbers of a slide come from; what it shows and cites is remembered for the list of sources."""
    for title, link in _works(body):
        page.cited.setdefault(title, link)
    found = [one for one in dict.fromkeys(re.findall(r'href="#(number-[\w-]+)"', body)) if one in page.facts]
    page.shown |= dict.fromkeys(found)
    if not found:
        return ""
    items = "".join(f"<li>{inner(page.facts[one].find('p'))}</li>" for one in found)
    return f'\n<p class="tl-of">The numbers on this slide:</p>\n<ul>{items}</ul>'


def _works(body: str) -> list[tuple[str, str]]:
    """Each work that a slide cites, with its place in the bibliography."""
    tree = parser.fragment_fromstring(body, create_parent="div")
    links = tree.xpath(".//span[contains(@class, 'bibtex-citation')]//a[@title]")
    return [(one.get("title"), one.get("href")) for one in links]


def inner(node: Any) -> str:
    """What an element holds, as HTML."""
    return escape(node.text or "", quote=False) + "".join(parser.tostring(one, encoding="unicode") for one in node)


def outer(node: Any) -> str:
    """An element as HTML, without what follows it."""
    return str(parser.tostring(node, encoding="unicode", with_tail=False))


def settled(slide: Slide, address: str) -> Slide:
    """Links that lead to the published chapter, and no id that another slide may have too."""
    heading, body, notes, above = (
        _linked(one, address) for one in (slide.heading, slide.body, slide.notes, slide.above)
    )
    return replace(slide, heading=heading, body=body, notes=notes, above=above)


def _linked(text: str, address: str) -> str:
    if "<" not in text:
        return text
    tree = parser.fragment_fromstring(text, create_parent="div")
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if href := node.get("href"):
            node.set("href", href if _drawn(node) else urljoin(address, href))
        if not _drawn(node):
            node.attrib.pop("id", None)
        for name in ("tabindex", "download"):
            node.attrib.pop(name, None)
    return inner(tree)


def _drawn(node: Any) -> bool:
    """Whether an element is part of a picture, whose parts name each other."""
    return any(one.tag == "svg" for one in (node, *node.iterancestors()))
