r"""Formulas as MathML, for quizzes and chapters alike, and a refusal of those that would be shown as garbage.

latex2mathml takes much that it does not know for text: an unknown command or environment, a ``&`` outside columns, a
backslash inside ``\text{…}``. Every result is therefore read as XML and held to what browsers set.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple

from latex2mathml import commands

from twolenses.errors import FormulaError

__all__ = ["mathml"]


def mathml(latex: str, *, display: bool = False) -> str:
    r"""The formula as a ``<math>`` element; `display` sets it on a line of its own.

    Raises
    ------
    FormulaError
        If it cannot be read, or what comes out is no sound MathML. The sentence has the formula and what to write
        instead.

    >>> mathml(r"\frac{1}{2}").startswith("<math")
    True
    """
    from latex2mathml.converter import convert  # most formats write TeX and never need it

    made, fault = "", _fault_of_source(latex)
    if not fault:
        try:
            made = str(convert(latex, display="block" if display else "inline"))
        except Exception as error:  # the converter's errors have no class in common
            fault = _Fault(_in_words(error), "Mend it.")
        else:
            fault = _fault_of_result(made)
    if fault:
        raise FormulaError(f"math that cannot be read: ${latex.strip()}$ ({fault.why}). {fault.remedy}")
    return made


class _Fault(NamedTuple):
    why: str
    remedy: str


_SPLIT = r"\begin{split} … \end{split} between $$ and $$"


# ── the source ───────────────────────────────────────────────────────────────────────────────────────

ENVIRONMENTS = frozenset(one.removeprefix("\\") for one in commands.MATRICES)
"""Those that become a table; of any other the converter drops the name, without a word."""


def _fault_of_source(latex: str) -> _Fault | None:
    if not latex.strip():
        return _Fault("it is empty", "Write it, or take the dollar signs out.")
    for name in re.findall(r"\\begin\s*\{([^}]*)\}", latex):
        if name not in ENVIRONMENTS:
            return _Fault(f"the environment {name} is not known", f"Write {_SPLIT}.")
    bare = re.sub(r"\\.", "", latex, flags=re.DOTALL)
    if bare.count("{") != bare.count("}"):
        return _Fault("braces do not pair", "Open and close each.")
    return None


def _in_words(error: Exception) -> str:
    """``ExtraLeftOrMissingRightError`` as *extra left or missing right*."""
    return " ".join(re.findall(r"[A-Z][a-z]*", type(error).__name__)).lower().removesuffix(" error")


# ── the result ───────────────────────────────────────────────────────────────────────────────────────

CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
"""Elements that have so many parts, no more and no fewer."""

ELEMENTS = {
    *CHILDREN, "math", "mi", "mmultiscripts", "mn", "mo", "mpadded", "mphantom", "mprescripts", "mrow", "ms", "mspace",
    "msqrt", "mstyle", "mtable", "mtd", "mtext", "mtr", "none",
}  # fmt: skip
"""MathML Core: what every browser of today sets."""


def _fault_of_result(made: str) -> _Fault | None:
    try:
        root = ElementTree.fromstring(made)
    except ElementTree.ParseError:
        if "&" in re.sub(r"&#?\w+;", "", made):
            return _Fault("& stands outside columns", rf"Write \&, or {_SPLIT}.")
        return _Fault("a <, > or control character stands in a text", "Take it out of the braces.")
    return next(filter(None, map(_fault_of, root.iter())), None)


def _fault_of(element: ElementTree.Element) -> _Fault | None:
    name = element.tag.rpartition("}")[2]
    said = (element.text or "").strip()
    if name not in ELEMENTS:
        return _Fault(f"it becomes <{name}>, which not every browser sets", "Write it otherwise.")
    if len(element) != CHILDREN.get(name, len(element)):
        return _Fault(f"<{name}> lacks a part", "Write all its parts.")
    if element.get("href"):
        return _Fault("it holds a link", "Put the link into the text.")
    if element.get("linebreak"):
        return _Fault(r"\\ breaks no line here", f"Write {_SPLIT}.")
    if name == "mtext" and "\\" in said:
        return _Fault("the backslash in a text is printed", r"Close the text before it, as in \text{50}\,\%.")
    if len(said) > 1 and said.startswith("\\"):
        return _Fault(f"{said} is not known", "Check the spelling, or write it otherwise.")
    return None
