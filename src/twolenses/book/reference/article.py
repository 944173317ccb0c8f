"""``{verdicts}`` and ``{article}``: the article at a glance, counted and drawn from the ledger.

A bar of the verdicts, whose parts lead to the claims that have them; and the article paragraph by paragraph, every
claim a mark. The same drawing is the picture of the README, light and dark, and the card of the site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from twolenses import files
from twolenses.book import wording
from twolenses.book.reference.records import rows
from twolenses.charts import VERDICTS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["DARK", "LIGHT", "SHAPES", "bar", "columns", "counts", "drawing", "summary", "write_pictures"]

OMISSION = "omission"

LEDGER = "chapters/reference/claims.html"

SHAPES = {
    "supported": "<circle cx='5' cy='5' r='4.5'/>",
    "imprecise": "<circle cx='5' cy='5' r='4' fill='none' stroke='{0}'/><path d='M5 1v8a4 4 0 0 1 0-8'/>",
    "contested": "<path d='M5 1l4 4-4 4-4-4z' fill='none' stroke='{0}' stroke-width='1.6'/>",
    "wrong": "<path d='M1.5 1.5l7 7m0-7l-7 7' stroke='{0}' stroke-width='2.4'/>",
    "unverifiable": "<circle cx='5' cy='5' r='4' fill='none' stroke='{0}' stroke-width='1.4'/>",
}
"""The mark of each verdict in a box of ten by ten, as in two-lenses.css; ``{0}`` is its colour."""

LIGHT = {**VERDICTS, "ink": "#222222"}
DARK = {
    "supported": "#4db56c",
    "imprecise": "#a6dba0",
    "contested": "#c9a6d8",
    "wrong": "#d77ee6",
    "unverifiable": "#a0a0a0",
    "ink": "#e6e6e6",
}
"""Colours of a drawing that stands by itself, on a light page and on a dark one; as in two-lenses.css."""


# ── what is counted ──────────────────────────────────────────────────────────────────────────────────


def claims() -> list[dict[str, Any]]:
    """The rows of the ledger that judge something the article says, in the order of the article."""
    return [row for row in rows("claims") if row["verdict"] != OMISSION]


def counts() -> dict[str, int]:
    """How many of the article's claims have each verdict, in the order of the ledger."""
    found = Counter(row["verdict"] for row in claims())
    return {verdict: found[verdict] for verdict in VERDICTS if found[verdict]}


def summary() -> str:
    """The counts as a sentence: *81 claims: 30 supported, … and 1 unverifiable.*"""
    found = counts()
    return f"{sum(found.values())} claims: {wording.listed(f'{n} {verdict}' for verdict, n in found.items())}."


def columns() -> dict[int, list[dict[str, Any]]]:
    """Paragraph of the article → its claims. 0 is the caption of the photograph."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in claims():
        found.setdefault(int(row["paragraph"]), []).append(row)
    return found


# ── what is drawn ────────────────────────────────────────────────────────────────────────────────────


def bar(ledger: str) -> str:
    """The counts as a bar true to scale, and below it links to the claims with each verdict.

    `ledger` is the address of their page.
    """
    found = counts()
    parts = "".join(
        f'<span class="tl-{verdict}" style="flex-grow: {number}"></span>' for verdict, number in found.items()
    )
    links = "".join(
        f'<li class="tl-{verdict}"><a href="{escape(ledger)}?verdict={verdict}">'
        f'<span class="tl-verdict">{number} {verdict}</span></a></li>'
        for verdict, number in found.items()
    )
    return (
        f'<div class="tl-proportions" aria-hidden="true">{parts}</div>\n'
        f'<ul class="tl-counts" aria-label="Counts">{links}</ul>\n'
    )


def _marks(ledger: str) -> Iterator[str]:
    for paragraph, found in columns().items():
        links = "".join(
            f'<a class="reference internal tl-{row["verdict"]}" href="{ledger}#claim-{row["id"].lower()}"'
            f' aria-label="{row["id"]}: {row["verdict"]}"></a>'
            for row in found
        )
        yield f"<li><span>{paragraph}</span><span>{links}</span></li>"


def drawing(colours: Mapping[str, str]) -> str:
    """The article as a picture: a column for each paragraph, in it a mark for each claim."""
    step, mark, foot = 26, 18, 30
    tallest = max(map(len, columns().values()))
    width, height = step * 1.4 * len(columns()), step * tallest + foot
    parts = []
    for place, (paragraph, found) in enumerate(columns().items()):
        left = step * 1.4 * (place + 0.5)
        for number, row in enumerate(found):
            colour = colours[row["verdict"]]
            at = f"translate({left - mark / 2:g} {height - foot - step * (number + 1) + 4:g}) scale({mark / 10:g})"
            shape = SHAPES[row["verdict"]].format(colour)
            parts.append(f"<g transform='{at}' fill='{colour}'>{shape}</g>")
        parts.append(f"<text x='{left:g}' y='{height - 9:g}'>{paragraph or '·'}</text>")
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height}' role='img'>"
    letters = f"<g font-family='sans-serif' font-size='14' text-anchor='middle' fill='{colours['ink']}'>"
    return "\n".join((head, f"<title>{escape(summary())}</title>", letters, *parts, "</g>", "</svg>", ""))


def write_pictures(folder: Path) -> None:
    """The pictures of the README, which a test holds to the ledger."""
    for name, colours in (("light", LIGHT), ("dark", DARK)):
        files.write(folder / f"article-{name}.svg", drawing(colours))


# ── directives ───────────────────────────────────────────────────────────────────────────────────────


def on_pages(html: str) -> nodes.Node:
    """HTML for the site alone."""
    return addnodes.only("", nodes.raw("", html, format="html"), expr="format_html and not epub")


class VerdictsDirective(SphinxDirective):
    """The verdicts on the article, counted.

    Written ```` ```{verdicts} ```` (no argument, no content); out come the counts as a sentence and as a bar whose
    parts lead to the claims in the ledger.
    """

    def run(self) -> list[nodes.Node]:
        return [nodes.paragraph("", summary(), classes=["tl-summary"]), on_pages(bar(_ledger(self)))]


class ArticleDirective(SphinxDirective):
    """The article, claim by claim.

    Written ```` ```{article} ```` (no argument, no content); out comes a list of its paragraphs with a mark for each
    claim, which leads to its entry in the ledger.
    """

    def run(self) -> list[nodes.Node]:
        marks = "".join(_marks(_ledger(self)))
        return [on_pages(f'<ol class="tl-article" aria-label="Paragraphs of the article">{marks}</ol>\n')]


def _ledger(directive: SphinxDirective) -> str:
    """The address of the ledger, from the page of the directive."""
    return "../" * directive.env.docname.count("/") + LEDGER


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("verdicts", VerdictsDirective)
    app.add_directive("article", ArticleDirective)
