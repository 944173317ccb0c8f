"""``{ledger}``: every claim with its verdict and evidence, each at an address of its own.

Each entry also names the pages that use the claim. They are collected while pages are read and filled in when the
ledger is written, so the list is always that of the book as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from twolenses.book import wording
from twolenses.book.nodes import entry, joined, labelled, record, section, small_print
from twolenses.book.reference import article
from twolenses.book.reference.article import OMISSION
from twolenses.book.reference.records import Choice, filter_form, rows, values

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PARAGRAPHS = {"0": "caption of the photograph"}
"""What a paragraph is called where its number does not say it."""


class LedgerDirective(SphinxDirective):
    """The ledger of claims.

    Written ```` ```{ledger} ```` (no argument, no content); out come a count, a filter, one section for the claims and
    one for the omissions. One entry per row of `claims`, at the address ``#claim-c21``, with the pages that use it.
    """

    def run(self) -> list[nodes.Node]:
        uses = _uses(self.env)
        uses.ledgers.add(self.env.docname)
        found = rows("claims")
        claims = [row for row in found if row["verdict"] != OMISSION]
        omissions = [row for row in found if row["verdict"] == OMISSION]
        return [
            nodes.paragraph("", f"{article.summary()} {len(omissions)} omissions."),
            article.on_pages(article.bar("")),
            filter_form("entries", *_choices(claims), words=True),
            section("Claims", "claims", *map(self._entry, claims)),
            section("Omissions", "omissions", *map(self._entry, omissions)),
        ]

    def _entry(self, row: dict[str, Any]) -> nodes.Element:
        anchor = f"claim-{row['id'].lower()}"
        seen = {"verdict": row["verdict"], "type": row["type"], "lens": row["lens"], "paragraph": _paragraph(row)}
        node = entry(self.state.document, anchor, [f"tl-{row['verdict']}"], seen)
        fold = record("", _line(row), tag="details")
        fold += nodes.paragraph("", row["correction"])
        fold += small_print(_about(row))
        fold += _evidence(row)
        if second := _second_source(row):
            fold += labelled("Also:", *wording.sources(second))
        if row["teaching_note"]:
            fold += labelled("In class:", row["teaching_note"])
        uses = small_print()
        uses["claim_uses"] = anchor
        fold += uses
        link = nodes.reference("", f"Link to {row['id']}", refid=anchor, internal=True, classes=["tl-self"])
        fold += small_print(link)
        node += fold
        return node


def _line(row: dict[str, Any]) -> record:
    """What stands while an entry is folded: its number, its verdict, what is claimed."""
    verdict = nodes.inline("", row["verdict"], classes=["tl-verdict"])
    title = nodes.rubric("", f"{row['id']} · ", verdict)
    title["heading-level"] = title["level"] = 3
    return record("", title, nodes.inline("", row["claim"], classes=["tl-claimed-line"]), tag="summary")


def _choices(claims: list[dict[str, Any]]) -> list[Choice]:
    paragraphs = sorted({_paragraph(row) for row in claims}, key=int)
    return [
        Choice("verdict", "Verdict", {one: one for one in values("claims", "verdict")}),
        Choice("type", "Type", {one: one for one in values("claims", "type") if one != OMISSION}),
        Choice("lens", "Lens", {one: one for one in values("claims", "lens")}),
        Choice("paragraph", "Paragraph", {one: PARAGRAPHS.get(one, one) for one in paragraphs}),
    ]


def _paragraph(row: dict[str, Any]) -> str:
    return "" if row["paragraph"] is None else str(row["paragraph"])


def _about(row: dict[str, Any]) -> str:
    """Type, place in the article, lens, and how sure the verdict is."""
    paragraph = _paragraph(row)
    parts = (
        "" if row["type"] == OMISSION else f"Type: {row['type']}",
        f"paragraph {paragraph}" if paragraph not in ("", *PARAGRAPHS) else PARAGRAPHS.get(paragraph, ""),
        _lens(row["lens"], row["lens_note"]),
        f"confidence: {row['confidence']}",
        "basis: a source was read" if row["basis"] == "retrieved" else "basis: background knowledge, not settled here",
    )
    return f"{wording.capital(' · '.join(part for part in parts if part))}."


def _lens(lens: str, note: str) -> str:
    """Which lens takes a claim up, and by which concept.

    >>> _lens("realism", "realism (polarity)"), _lens("both", "both; law"), _lens("neither", "methods")
    ('realism (polarity)', 'both lenses; law', 'outside both lenses: methods')
    """
    name = wording.lens(lens)
    if note.startswith(lens):
        return name + note.removeprefix(lens)
    return f"{name}: {note}" if note else name


def _evidence(row: dict[str, Any]) -> list[nodes.Node]:
    """Primary source first, then the words quoted and who printed them."""
    parts: list[nodes.Node] = []
    if row["primary_source"]:
        parts.append(labelled("Source:", *wording.link(wording.dates(row["primary_source"]), row["primary_url"])))
    title = row["evidence_title"].strip("()")
    if row["evidence_quote"]:
        by = ", ".join(part for part in (row["evidence_publisher"], wording.date(row["evidence_date"])) if part)
        quote = nodes.paragraph("", f"“{row['evidence_quote']}”", classes=["tl-quote"])
        url = row["evidence_url"] if row["evidence_url"] != row["primary_url"] else ""  # one link per source
        attribution = nodes.paragraph("", "", *wording.link(title, url), nodes.Text(f", {by}"))
        parts.append(nodes.block_quote("", quote, attribution))
    elif title:
        parts.append(nodes.paragraph("", f"{wording.capital(title)}."))
    return parts


def _second_source(row: dict[str, Any]) -> str:
    """The further sources; one that was replaced when the ledger was audited is not offered again."""
    parts = [part for part in row["second_source"].split("; ") if not part.startswith("Earlier source")]
    return "; ".join(parts)


# ── which pages use a claim ──────────────────────────────────────────────────────────────────────────


@dataclass
class Uses:
    """Page → claims it links to, and the pages that hold a ledger."""

    pages: dict[str, Counter[str]] = field(default_factory=dict)
    ledgers: set[str] = field(default_factory=set)
    written: dict[str, Counter[str]] | None = None
    """What stood in the ledger when it was last written."""

    def of(self, anchor: str) -> dict[str, int]:
        """Pages that use the claim, in the order of their names, with how often."""
        return {page: found[anchor] for page, found in sorted(self.pages.items()) if anchor in found}


def _uses(env: BuildEnvironment) -> Uses:
    if not hasattr(env, "twolenses_claim_uses"):
        env.twolenses_claim_uses = Uses()  # type: ignore[attr-defined]
    found: Uses = env.twolenses_claim_uses  # type: ignore[attr-defined]
    return found


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note the claims a page links to. Pages made from tables only repeat them, so they do not count."""
    found = Counter(
        str(node["reftarget"])
        for node in doctree.findall(addnodes.pending_xref)
        if str(node["reftarget"]).startswith("claim-") and not node.get("made")
    )
    if found:
        _uses(app.env).pages[app.env.docname] = found


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that is read again or gone."""
    _uses(env).pages.pop(docname, None)
    _uses(env).ledgers.discard(docname)


def merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over what another process has read."""
    mine, theirs = _uses(env), _uses(other)
    mine.pages |= {page: theirs.pages[page] for page in docnames if page in theirs.pages}
    mine.ledgers |= theirs.ledgers


def rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the ledger again when its back-links have changed."""
    uses = _uses(env)
    if uses.pages == uses.written:
        return []
    uses.written = dict(uses.pages)
    return sorted(uses.ledgers)


def fill_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name the pages in each entry, or take the empty line away."""
    for line in list(doctree.findall(nodes.paragraph)):
        if "claim_uses" not in line:
            continue
        pages = _uses(app.env).of(line["claim_uses"])
        if not pages:
            line.parent.remove(line)
            continue
        line += nodes.Text("Used in ")
        line += joined((_use(app, docname, page, times) for page, times in pages.items()), end=".")


def _use(app: Sphinx, docname: str, page: str, times: int) -> list[nodes.Node]:
    title: nodes.Node = nodes.Text(app.env.titles[page].astext())
    with suppress(NoUri):
        title = make_refnode(app.builder, docname, page, None, title)
    return [title, nodes.Text(f" ({times} times)")] if times > 1 else [title]


def setup(app: Sphinx) -> None:
    """Register the directive and the collecting of uses."""
    app.add_directive("ledger", LedgerDirective)
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", rewrite)
    app.connect("doctree-resolved", fill_in)
