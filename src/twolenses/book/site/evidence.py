"""What stands behind a mark, shown where the mark is: the claims, events and terms of the course for `evidence.js`.

A page loads one of the three files when a reader first asks for something in it, and never before. They are scripts,
so that they are read from a memory stick too. What a number rests on stands on its own page, and a citation brings its
source as the link's title: neither needs a file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from twolenses import files
from twolenses.book import languages, wording
from twolenses.book.reference.records import rows
from twolenses.book.wording import shortened

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["claims", "events", "terms"]

SCRIPT, FILE = "evidence.js", "evidence-{}.js"

LONGEST = 240
"""How much of a correction is shown; the ledger has all of it."""


def claims() -> dict[str, tuple[str, ...]]:
    """Anchor → number, verdict, claim, what the evidence says, source and its address."""
    return {
        f"claim-{row['id'].lower()}": (
            row["id"],
            row["verdict"],
            row["claim"],
            shortened(row["correction"], LONGEST),
            wording.dates(row["primary_source"]) or row["evidence_title"].strip("()"),
            row["primary_url"] or row["evidence_url"],
        )
        for row in rows("claims")
    }


def events() -> dict[str, tuple[str, ...]]:
    """Anchor → date and what happened."""
    return {f"event-{row['id'].lower()}": (wording.date(row["date"]), f"{row['event']}.") for row in rows("chronology")}


def terms(anchors: dict[str, str]) -> dict[str, tuple[str, str, dict[str, str]]]:
    """Anchor → term, definition, its names by `lang`, of the terms that have one of these anchors (term → anchor)."""
    named = {row["term"]: languages.terms(row) for row in rows("term_languages")}
    return {
        anchors[row["term"]]: (row["term"], row["definition"], named.get(row["term"], {}))
        for row in rows("terms")
        if row["term"] in anchors
    }


def _anchors(app: Sphinx) -> dict[str, str]:
    """Term → its anchor on the page of the glossary."""
    objects = app.env.get_domain("std").data["objects"]
    return {name: anchor for (kind, name), (_, anchor) in objects.items() if kind == "term"}


def write_evidence(app: Sphinx, error: Exception | None) -> None:
    """After an HTML build: a file for each page that marks lead to, which hands over what its anchors say."""
    if error is None and app.builder.name == "html":
        found = {"claims": claims(), "timeline": events(), "glossary": terms(_anchors(app))}
        for page, entries in found.items():
            said = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
            script = f"(window.TwoLensesEvidence ||= {{}}).{page} = {said};\n"
            files.write(Path(app.outdir, "_static", FILE.format(page)), script)


def load_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The script, on the pages that have a mark, a term, an event, a citation or a number with an explanation."""
    if (
        isinstance(doctree, nodes.document)
        and app.builder.name == "html"
        and any(map(_asks, doctree.findall(nodes.reference)))
    ):
        app.add_js_file(SCRIPT, loading_method="defer")


def _asks(link: nodes.reference) -> bool:
    anchor = f"{link.get('refuri', '')}#{link.get('refid', '')}".rstrip("#").rpartition("#")[2]
    return anchor.startswith(("claim-", "event-", "term-", "number-")) or "bibliography.html#" in link.get("refuri", "")


def setup(app: Sphinx) -> None:
    """Register the file and the script."""
    app.connect("html-page-context", load_script)
    app.connect("build-finished", write_evidence)
