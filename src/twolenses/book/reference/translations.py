"""``{abstracts}`` and ``{sides}``: the chapters in Albanian and Serbian, and the words there that take sides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from twolenses import course, languages
from twolenses.book import heads
from twolenses.book.languages import said
from twolenses.book.nodes import claim_link, entry, joined, link_to, table
from twolenses.book.reference.records import rows

if TYPE_CHECKING:
    from sphinx.application import Sphinx

TITLES = {"sq": "Shqip", "sr-Cyrl": "Српски", "sr-Latn": "Srpski"}

HEADS = {"Word": 36, "Whose word": 34, "We write": 30}
"""Heads of the columns, with their widths in percent."""


class AbstractsDirective(SphinxDirective):
    """The abstracts of all chapters in one language.

    Written with what to say before them, Serbian in Cyrillic::

        ```{abstracts} sr
        Овде је сажетак сваког поглавља.
        ```

    Out comes a section, for Serbian one in each script: those words, and an entry for each chapter, whose title leads
    to it.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        language = self.arguments[0]
        if language not in languages.NAMES:
            raise self.error(f"{{abstracts}} knows {' and '.join(languages.NAMES)}, not {language!r}.")
        self.env.note_dependency(str(course.root() / "chapters" / languages.FILE))
        heads.depend(self.env)  # a chapter comes or goes
        found = {
            chapter: of[language]
            for chapter, of in languages.abstracts().items()
            if language in of and f"chapters/{chapter}" in self.env.found_docs
        }
        before = languages.versions(language, " ".join(self.content))
        return [self._section(lang, text, found) for lang, text in before.items()]

    def _section(self, lang: str, before: str, found: dict[str, languages.Abstract]) -> nodes.section:
        anchor = f"abstracts-{lang.lower()}"
        title = nodes.title("", "", said(lang, TITLES[lang]))
        begun = nodes.section("", title, ids=[anchor], classes=[f"language-{lang}"])
        begun += nodes.paragraph("", "", *self.state.inline_text(before, self.lineno)[0])
        begun += [self._entry(lang, chapter, one) for chapter, one in found.items()]
        return begun

    def _entry(self, lang: str, chapter: str, abstract: languages.Abstract) -> nodes.Node:
        title, text = abstract.written(lang)
        one = entry(self.state.document, f"abstract-{lang.lower()}-{chapter}", [], {})
        called = f"{int(chapter[:2])}. {title}"
        head = nodes.rubric("", "", link_to(called, f"/chapters/{chapter}", self.env.docname, kind="doc"))
        head["heading-level"] = head["level"] = 3
        one += [head, nodes.paragraph("", text)]
        return one


class SidesDirective(SphinxDirective):
    """Words that take sides.

    Written ```` ```{sides} sq ```` (no content); out comes a table of the rows of `sides` in that language.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        found = [row for row in rows("sides") if row["language"] == self.arguments[0]]
        lines = ((_word(row), self._whose(row), _said(row, "instead")) for row in found)
        return [table(HEADS, lines, "tl-grid")]

    def _whose(self, row: dict[str, str]) -> nodes.inline:
        whose = nodes.Text(row["whose"])
        if not row["source"]:
            return nodes.inline("", "", whose)
        sources = joined(map(self._source, row["source"].split("; ")), "; ", end=")")
        return nodes.inline("", "", whose, nodes.inline("", "", nodes.Text(" ("), *sources, classes=["tl-small"]))

    def _source(self, source: str) -> nodes.Node:
        """A claim or an event by its id, or a page as Markdown links to it."""
        if page := re.fullmatch(r"\[(.+)\]\((.+)\)", source):
            return nodes.reference("", page[1], refuri=page[2])
        if source.startswith("E"):
            return link_to(source, f"event-{source.lower()}", self.env.docname, made=True)
        return claim_link(source, source, self.env.docname, made=True)


def _word(row: dict[str, str]) -> nodes.inline:
    return nodes.inline("", "", _said(row, "word"), nodes.inline("", f" ({row['meaning']})", classes=["tl-small"]))


def _said(row: dict[str, str], column: str) -> nodes.inline:
    """Words of a row, in each script of their language."""
    found = languages.versions(row["language"], row[column])
    return nodes.inline("", "", *joined((said(*one) for one in found.items()), " / "))


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("abstracts", AbstractsDirective)
    app.add_directive("sides", SidesDirective)
