"""Formulas in words, for whoever hears a PDF: MathML as one would read it out."""

from __future__ import annotations

from typing import Any

from lxml import etree

__all__ = ["words"]

SIGNS = {
    "=": "equals", "≠": "is not", "+": "plus", "-": "minus", "−": "minus", "×": "times", "⋅": "times", "·": "times",
    "÷": "divided by", "/": "over", "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least",
    "≈": "is about", "→": "to", "∑": "the sum", "∈": "in", "∞": "infinity", "%": "percent", "(": "(", ")": ")",
}  # fmt: skip
"""How signs are read; any other is left as it stands."""

SHAPES = {
    "mfrac": "{} over {}",
    "msub": "{} sub {}",
    "msup": "{} to the power {}",
    "msubsup": "{} sub {} to the power {}",
    "msqrt": "the square root of {}",
    "mroot": "the root of {} of degree {}",
    "munder": "{} over all {}",
    "mover": "{} with {} above",
    "munderover": "{} from {} to {}",
}
"""How two things that stand over or beside each other are read."""


def words(node: Any) -> str:
    """The formula in words.

    >>> words(etree.fromstring("<math><mfrac><mn>1</mn><mi>n</mi></mfrac><mo>=</mo><mn>2</mn></math>"))
    '1 over n equals 2'
    """
    name = etree.QName(node).localname
    parts = [words(child) for child in node if isinstance(child.tag, str)]
    if shape := SHAPES.get(name):
        if name == "msqrt":
            parts = [" ".join(parts)]
        return shape.format(*(f"({one})" if " " in one else one for one in parts))
    if name == "mtable":
        return "; ".join(parts)
    if parts:
        return " ".join(filter(None, parts))
    text = " ".join((node.text or "").split())
    return SIGNS.get(text, text) if name == "mo" else text
