"""``{course-glossary}``: the terms of the course, letter by letter; ``{term}`security dilemma` `` links to one."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.std import make_glossary_term
from sphinx.util.docutils import SphinxDirective

from twolenses.book import languages, wording
from twolenses.book.nodes import joined, link_to, record, section, small_print
from twolenses.book.reference.records import rows

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_CHAPTER = re.compile(r"chapters/(\d\d)-")


class GlossaryDirective(SphinxDirective):
    """The glossary.

    Written ```` ```{course-glossary} ```` (no argument, no content); out come the letters as links, then one section
    per letter. One entry per row of `terms`, to which ``{term}`security dilemma` `` links, with its names in Albanian
    and Serbian, lens, chapter, source.
    """

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname].setdefault("course-glossary", True)
        self.translations = {row["term"]: row for row in rows("term_languages")}
        terms = sorted(rows("terms"), key=lambda row: row["term"].casefold())
        letters = {key: list(some) for key, some in groupby(terms, key=lambda row: row["term"][0].upper())}
        return [_jumps(letters), *(self._letter(key, some) for key, some in letters.items())]

    def _letter(self, letter: str, terms: list[dict[str, Any]]) -> nodes.section:
        entries = nodes.definition_list("", *map(self._term, terms), classes=["glossary"])
        return section(letter, f"letter-{letter.lower()}", addnodes.glossary("", entries, sorted=False))

    def _term(self, row: dict[str, Any]) -> nodes.definition_list_item:
        source, line = self.get_source_info()
        text = [nodes.Text(row["term"])]
        term = make_glossary_term(self.env, text, None, source, line, None, self.state.document)
        explained = nodes.definition("", nodes.paragraph("", row["definition"]))
        if row["see_also"]:
            explained += nodes.paragraph("", "See also: ", *self._see_also(row["see_also"].split("; ")))
        if row["term"] in self.translations:
            explained += languages.translated(self.translations[row["term"]])
        explained += small_print(*self._small_print(row))
        return nodes.definition_list_item("", term, explained)

    def _see_also(self, terms: list[str]) -> list[nodes.Node]:
        return joined((link_to(term, term, self.env.docname, kind="term") for term in terms), end=".")

    def _small_print(self, row: dict[str, Any]) -> list[nodes.Node]:
        """Lens, chapter, source."""
        lens = wording.capital(wording.lens(row["lens"]))
        line: list[nodes.Node | list[nodes.Node]] = [nodes.inline("", lens, classes=[f"tl-of-{row['lens']}"])]
        line.append(_chapter(self.env, row["chapter"]))
        if row["citation"]:
            cited, _ = self.state.inline_text(f"{{cite:t}}`{row['citation']}`", self.lineno)
            line.append(cited)
        return joined(line, " · ")


def _jumps(letters: dict[str, list[dict[str, Any]]]) -> nodes.Node:
    links = [nodes.reference("", "", nodes.Text(one), refid=f"letter-{one.lower()}", internal=True) for one in letters]
    items = [nodes.list_item("", nodes.paragraph("", "", link)) for link in links]
    return record(
        "",
        nodes.bullet_list("", *items),
        classes=["tl-letters"],
        tag="nav",
        html={"aria-label": "Letters of the glossary"},
    )


def _chapter(env: BuildEnvironment, number: int) -> nodes.Node:
    """Link to the chapter that introduces a term, or its number while the chapter is not there."""
    text = f"Chapter {number}"
    pages = [page for page in env.found_docs if page.startswith(f"chapters/{number:02d}-")]
    return link_to(text, f"/{pages[0]}", env.docname, kind="doc") if pages else nodes.inline("", text)


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Read the glossary again when a chapter comes or goes, so that its links follow."""
    if not any(map(_CHAPTER.match, added | removed)):
        return []
    return [page for page, meta in env.metadata.items() if "course-glossary" in meta and page in env.found_docs]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("course-glossary", GlossaryDirective)
    app.connect("env-get-outdated", outdated)
