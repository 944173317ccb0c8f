"""The words of a paragraph that stand on a slide: its opening in bold, its first sentence, a question at its end.

Where a sentence alone would mislead, as when it gives one side's dead and the next gives the other's, an author writes
``{.on-slide}`` in the line before the paragraph.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["OFF", "ON", "lead", "parts", "words"]

ON, OFF = "on-slide", "off-slide"
"""Classes of a paragraph that is wanted on slides as a whole, or in the notes only."""

SHORT = 40
"""A first sentence of fewer characters brings the next one along."""

_END = re.compile(r"[.!?…][”’»)\]]*(?=\s+[“‘«(\[]?[^\W_])")
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|Mr|Ms|Mrs|Dr|St|No|pp?)|\b[A-Z])\.$")
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))


def words(node: Any) -> str:
    """The text of an element, its blanks made one each."""
    return " ".join("".join(node.itertext()).split())


def lead(paragraph: Any, sentences: int = 1) -> Any:
    """What of a paragraph a slide shows, as a copy; the paragraph itself where that is all of it.

    Parameters
    ----------
    sentences
        How many from the first one on. An opening in bold or italics counts with the sentence that follows it.

    >>> from lxml import html
    >>> shown = lambda text: words(lead(html.fragment_fromstring(f"<p>{text}</p>")))
    >>> shown("Nobody stands above states, a realist says. The rest follows. Does it?")
    'Nobody stands above states, a realist says. Does it?'
    >>> shown("<strong>Anarchy.</strong> It is the <i>absence of an authority</i>. Not disorder.")
    'Anarchy. It is the absence of an authority.'
    """
    text = "".join(paragraph.itertext())
    ends = list(_ends(text))
    if len(ends) < 2:
        return paragraph
    opening = _opening(paragraph)
    at = next((number for number, end in enumerate(ends) if end > opening and end >= SHORT), len(ends) - 1)
    first = ends[min(at + sentences, len(ends)) - 1]
    last = ends[-2]
    if not text.rstrip().endswith("?") or last <= first:
        return paragraph if first == ends[-1] else _kept(paragraph, [(0, first)])
    return _kept(paragraph, [(0, first), (last, len(text))])


def parts(paragraph: Any, length: int) -> list[Any]:
    """A paragraph as several, cut between sentences: each as long as it can be, up to so many characters.

    >>> from lxml import html
    >>> [words(one) for one in parts(html.fragment_fromstring("<p>A one. <i>B two.</i> C three.</p>"), 15)]
    ['A one. B two.', 'C three.']
    """
    text = "".join(paragraph.itertext())
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text):
        if spans and end - spans[-1][0] <= length:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        start = end
    return [_kept(paragraph, [span]) for span in spans]


def _ends(text: str) -> Iterator[int]:
    """Where sentences end, the last one at the end of the text; none ends within quotation marks or brackets."""
    for found in _END.finditer(text):
        before = text[: found.end()]
        if not _NO_END.search(text[: found.start() + 1]) and all(before.count(a) == before.count(b) for a, b in _PAIRS):
            yield found.end()
    yield len(text.rstrip())


def _opening(paragraph: Any) -> int:
    """The length of a paragraph's opening in bold or italics; 0 where it has none."""
    first = paragraph[0] if len(paragraph) and not (paragraph.text or "").strip() else None
    if first is None or first.tag not in ("strong", "em"):
        return 0
    said = "".join(first.itertext())
    return len(paragraph.text or "") + len(said) if said.rstrip().endswith((".", "?", "!")) else 0


def _kept(paragraph: Any, spans: list[tuple[int, int]]) -> Any:
    """A copy with the characters of these spans only, and the elements that hold some."""
    cut = copy.deepcopy(paragraph)
    _cut(cut, spans, 0)
    return cut


def _cut(node: Any, spans: list[tuple[int, int]], at: int) -> int:
    """Cut an element's text; returns the place in the whole text where it ended."""
    node.text, at = _slice(node.text, spans, at)
    for child in list(node):
        began = at
        at = _cut(child, spans, at)
        child.tail, after = _slice(child.tail, spans, at)
        if not any(start < at and began < end for start, end in spans):
            child.drop_tree()
        at = after
    return at


def _slice(text: str | None, spans: list[tuple[int, int]], at: int) -> tuple[str | None, int]:
    if not text:
        return text, at
    end = at + len(text)
    return "".join(
        text[max(start, at) - at : min(stop, end) - at] for start, stop in spans if start < end and at < stop
    ), end
