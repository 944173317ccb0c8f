"""The site's search: every place that has an address, with its words, in one file that only the search page loads.

Sphinx's own search knows pages, drops words of digits, takes *Vucic* and *Vučić* for two words, and loads its index on
every page. Here a section, a claim, an event, a term, a table, a person or a question is a result of its own. The index
is a script, so that a search works from a memory stick too; `static/search.js` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import html

from twolenses import files

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["Place", "places"]

INDEX = "search-index.js"
BEFORE, AFTER = "TwoLensesSearch(", ");\n"

KINDS = {
    "claim": "Claim",
    "event": "Event",
    "term": "Term",
    "table": "Table",
    "person": "Person",
    "abstract": "Abstract",
    "place": "Place",
    "q": "Question",
}
"""What an address is the address of, by the word that it begins with."""

LEFT_OUT = {"script", "style", "template", "button", "select", "math"}
LEFT_OUT_CLASSES = {
    "cell_input", "footnote-reference", "headerlink", "onlyprint",
    "tl-abstract", "tl-answer", "tl-chart", "tl-chart-foot", "tl-check", "tl-filter", "tl-number", "tl-rows",
    "tl-solution", "tl-try",
}  # fmt: skip
"""What is not searched: code, controls, charts, rows under a number, every answer to be found without help, and what a
page of its own has."""

OTHER_SCRIPT = "sr-Cyrl"
"""What stands in Latin beside it is not searched twice: either script finds the other."""

INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup"}


@dataclass
class Place:
    """Something with an address: its page, anchor ("" for the page itself), kind, title and own words."""

    page: str
    anchor: str
    kind: str
    title: str
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the place that belong to no place within it."""
        return " ".join("".join(self.parts).split())


def places(page: str, source: str | bytes) -> list[Place]:
    """The places of a page, from its HTML.

    >>> page = '''<article class="bd-article"><section id="a"><h1>A</h1><p>One.</p>
    ... <section id="b"><h2>B<a class="headerlink">#</a></h2><p>Two.</p></section></section></article>'''
    >>> [(one.kind, one.anchor, one.title, one.text) for one in places("a", page)]
    [('Page', '', 'A', 'One.'), ('Section', 'b', 'B', 'Two.')]
    """
    found: list[Place] = []
    for article in html.fromstring(source).xpath("//article[contains(@class, 'bd-article')]"):
        _walk(article, Place(page, "", "Page", ""), found)
    return [one for one in found if one.title]


def _walk(node: Any, here: Place, found: list[Place]) -> None:
    """Give the words of a node to the place they stand in; `found` grows by the places within it."""
    here.parts.append(node.text or "")
    outside = here
    for child in node:
        if _is_searched(child):
            if child.tag != "dd":  # a definition belongs to the term before it
                here = _begun(child, outside, found) or outside
            gap = "" if child.tag in INLINE else " "
            here.parts.append(gap)
            if not _is_title(child, here):
                _walk(child, here, found)
            here.parts.append(gap)
        outside.parts.append(child.tail or "")


def _is_searched(node: Any) -> bool:
    if not isinstance(node.tag, str):  # a comment
        return False
    if node.get("lang") == OTHER_SCRIPT:
        return False
    return node.tag not in LEFT_OUT and LEFT_OUT_CLASSES.isdisjoint((node.get("class") or "").split())


def _begun(node: Any, outside: Place, found: list[Place]) -> Place | None:
    """The place that a node begins, if it begins one."""
    anchor = node.get("id", "")
    heads = "./h1 | ./h2 | ./h3 | ./h4 | ./h5 | ./h6 | ./details/summary/h3"
    if not anchor:
        return None
    if node.tag == "section" and not outside.title and outside.kind == "Page":
        begun = outside
        begun.title = _words(node.xpath(heads))
    elif node.get("data-place"):
        begun = Place(outside.page, anchor, "Numbers", node.get("data-place"))
    elif node.tag == "section" or node.get("data-entry"):
        begun = Place(outside.page, anchor, _kind(anchor), _words(node.xpath(heads)))
    elif node.tag == "fieldset" and node.get("data-question"):
        begun = Place(outside.page, anchor, _kind(anchor), _words(node.find_class("tl-stem")))
    elif node.tag == "dt":
        begun = Place(outside.page, anchor, _kind(anchor), _words([node]))
    elif "citation" in (node.get("class") or "").split():
        begun = Place(outside.page, anchor, "Source", _words(node.xpath("./p")[:1]))
    else:
        return None
    found.append(begun)
    return begun


def _is_title(node: Any, here: Place) -> bool:
    """Whether a node only repeats the title of its place."""
    return node.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "span", "p") and _words([node]) == here.title


def _kind(anchor: str) -> str:
    return KINDS.get(anchor.partition("-")[0], "Section")


def _words(nodes: list[Any]) -> str:
    """The text of the first node without its link to itself."""
    texts = nodes[0].xpath(".//text()[not(ancestor::*[contains(@class, 'headerlink')])]") if nodes else []
    return " ".join("".join(texts).split())


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────


Row = Sequence[str]
"""Page, anchor, kind, title and words of a place."""


def dumps(rows: Iterable[Row]) -> str:
    """The index as a script that hands it over."""
    return f"{BEFORE}{json.dumps(list(rows), ensure_ascii=False, separators=(',', ':'))}{AFTER}"


def loads(text: str) -> list[Row]:
    """The rows of an index."""
    rows: list[Row] = json.loads(text.removeprefix(BEFORE).removesuffix(AFTER))
    return rows


def write_index(app: Sphinx, error: Exception | None) -> None:
    """After an HTML build: the index, read anew from the pages that were written anew."""
    if error is not None or app.builder.name != "html":
        return
    path = Path(app.doctreedir, INDEX)  # with all places: what an exercise asks again may be asked nowhere else later
    before: dict[str, list[Row]] = {}
    if path.exists():
        for row in loads(path.read_text(encoding="utf-8")):
            before.setdefault(row[0], []).append(row)
    written = path.stat().st_mtime_ns if before else 0

    def of(docname: str) -> Iterator[Row]:
        page = Path(app.outdir, f"{docname}.html")
        if docname in before and page.stat().st_mtime_ns < written:
            yield from before[docname]
        else:
            for one in places(docname, page.read_bytes()):
                yield one.page, one.anchor, one.kind, one.title, one.text

    found = [one for docname in sorted(app.env.found_docs) for one in of(docname)]
    files.write(path, dumps(found))
    files.write(Path(app.outdir, INDEX), dumps(_asked_once(found)))


def _asked_once(found: Iterable[Row]) -> Iterator[Row]:
    """A question that an exercise asks again is found in its chapter."""
    seen = set()
    for row in found:
        _, _, kind, title, _ = row
        if kind != "Question" or title not in seen:
            yield row
        seen.add(title)


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page of the form and its results."""
    if app.builder.name == "html":
        yield "search", {"title": "Search"}, "search.html"


def replace_own(app: Sphinx) -> None:
    """Sphinx's own index and page are not made."""
    if app.builder.name == "html":
        app.builder.search = False  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Register the page and the index."""
    app.connect("builder-inited", replace_own)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", write_index)
