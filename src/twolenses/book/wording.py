"""How dates, sources and lists are worded on the pages that are made from tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from docutils import nodes

from twolenses.roles import date

__all__ = ["address", "capital", "date", "dates", "lens", "link", "listed", "shortened", "sources"]

_ISO_DAY = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])\b")
_URL = re.compile(r"https?://[^\s;]+")


def dates(text: str) -> str:
    """A text with its full ISO dates worded.

    >>> dates("RT 2010-08-04; season 2007-08")
    'RT 4 August 2010; season 2007-08'
    """
    return _ISO_DAY.sub(lambda found: date(found[0]), text)


def capital(text: str) -> str:
    """A text with a capital at its beginning, the rest as it is.

    >>> capital("confidence of NATO")
    'Confidence of NATO'
    """
    return text[:1].upper() + text[1:]


def lens(name: str) -> str:
    """What the column `lens` of a table means.

    >>> lens("realism"), lens("both"), lens("neither")
    ('realism', 'both lenses', 'outside both lenses')
    """
    return {"both": "both lenses", "neither": "outside both lenses"}.get(name, name)


def listed(parts: Iterable[str]) -> str:
    """One, two and three.

    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def shortened(text: str, longest: int) -> str:
    """A text cut after a sentence where one ends late enough, else after a word.

    >>> shortened("One sentence. And a second one.", 20), shortened("No sentence ends here early", 20)
    ('One sentence.', 'No sentence ends …')
    """
    if len(text) <= longest:
        return text
    sentence = text[: longest + 1].rfind(". ") + 1
    return text[:sentence] if sentence > longest / 2 else f"{text[: text[: longest - 1].rfind(' ')]} …"


def address(url: str) -> str:
    """The site of an address, short enough for a line.

    >>> address("https://www.hrw.org/report/2004")
    'hrw.org'
    """
    return urlsplit(url).netloc.removeprefix("www.")


def link(text: str, url: str) -> list[nodes.Node]:
    """The text, as a link where there is an address."""
    return [nodes.reference("", text, refuri=url, internal=False)] if url else [nodes.Text(text)]


def sources(text: str) -> list[nodes.Node]:
    """Sources written as ``name address; name address``: each name becomes the link to its address.

    >>> [node.astext() for node in sources("B92 2023-09-29 https://b92.net/eng?id=1; https://hrw.org/x (19 dead)")]
    ['B92 29 September 2023', '; ', 'hrw.org', ' (19 dead)']
    """
    found: list[nodes.Node] = []
    for part in re.split(r";\s+", text):
        if found:
            found.append(nodes.Text("; "))
        url = _URL.search(part)
        if not url:
            found.append(nodes.Text(dates(part)))
            continue
        name = part[: url.start()].strip().rstrip(":,")
        found += link(dates(name) or address(url[0]), url[0])
        if rest := part[url.end() :].strip():
            found.append(nodes.Text(f" {dates(rest)}"))
    return found
