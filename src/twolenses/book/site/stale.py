"""What the edit of one page makes stale on others, so that a book built again is the book built anew.

Sphinx writes a page again when its own sources have changed. But each page has the titles of all in its menu, a link
may read what it leads to, a foot says when a page changed last, and what was wrong with a page stays wrong until it is
mended. What was last written is kept beside Sphinx's environment, and compared with what would be written now.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx import addnodes

from twolenses import files
from twolenses.book.site import foot

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["Written", "stale"]

FILE = "written.json"


@dataclass
class Written:
    """What the pages showed of one another when they were written last."""

    menu: str = ""
    """Changes with the order, the titles and the numbers of pages."""
    anchors: dict[str, str] = field(default_factory=dict)
    """Page → changes with what links to it may read."""
    links: dict[str, list[str]] = field(default_factory=dict)
    """Page → pages that it links to."""
    changed: dict[str, str] = field(default_factory=dict)
    """Page → day of its last change, as its foot says."""
    troubled: list[str] = field(default_factory=list)
    """Pages with a warning."""


def stale(before: Written, now: Written) -> set[str]:
    """The pages that show something of others, or of the history, that is no longer so."""
    if now.menu != before.menu:
        return set(now.changed)
    moved = {page for page in {*before.anchors, *now.anchors} if before.anchors.get(page) != now.anchors.get(page)}
    linking = {page for page, targets in before.links.items() if moved.intersection(targets)}
    redated = {page for page, day in now.changed.items() if before.changed.get(page) != day}
    return (linking | redated) & set(now.changed)


# ── what is shown ────────────────────────────────────────────────────────────────────────────────────


def _menu(env: BuildEnvironment) -> str:
    contents = [
        (node.get("caption"), node.get("numbered"), node["entries"])
        for page in sorted(env.toctree_includes)
        for node in env.tocs[page].findall(addnodes.toctree)
    ]
    numbers = {page: env.toc_secnumbers.get(page, {}).get("") for page in env.titles}
    titles = [(page, "".join(map(str, title.children)), numbers[page]) for page, title in sorted(env.titles.items())]
    return _digest([contents, titles])


def _anchors(env: BuildEnvironment) -> dict[str, str]:
    found: dict[str, list[Any]] = defaultdict(list)
    std = env.get_domain("std").data
    for kind in ("labels", "anonlabels", "objects"):
        for name, (page, *about) in std[kind].items():
            found[page].append((kind, name, *map(str, about)))
    for page, meta in env.metadata.items():
        found[page] += [(name, *map(str, about)) for name, (_, *about) in meta.get("myst_slugs", {}).items()]
    for one in env.get_domain("cite").data["citations"]:
        found[one.bibliography_key.docname].append((one.citation_id, one.formatted_entry.label))
    return {page: _digest(sorted(map(str, about))) for page, about in found.items()}


def _digest(about: Any) -> str:
    return hashlib.sha256(repr(about).encode()).hexdigest()[:16]


def note_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Where a page leads."""
    here = f"{docname}.html"
    uris = (
        urljoin(here, str(node["refuri"]))
        for node in doctree.findall(nodes.reference)
        if node.get("internal") and "refuri" in node
    )
    targets = {uri.partition("#")[0].removesuffix(".html") for uri in uris} - {docname}
    _state(app).links[docname] = sorted(targets)


# ── in a build ───────────────────────────────────────────────────────────────────────────────────────


def _file(app: Sphinx) -> Path:
    return Path(app.doctreedir, FILE)


def _state(app: Sphinx) -> Written:
    """What is written now."""
    return app.twolenses_written  # type: ignore[attr-defined, no-any-return]


class _Troubles(logging.Handler):
    """Notes the page that is being read or written when Sphinx warns."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self._app = app

    def emit(self, record: logging.LogRecord) -> None:
        page = self._app.env.temp_data.get("docname") or getattr(self._app.builder, "current_docname", "")
        if page and page not in _state(self._app).troubled:
            _state(self._app).troubled.append(page)


def begin(app: Sphinx) -> None:
    """What was written last, and a look at what goes wrong from now on."""
    path = _file(app)
    app.twolenses_before = Written(**json.loads(path.read_text("utf-8"))) if path.exists() else Written()  # type: ignore[attr-defined]
    app.twolenses_written = Written()  # type: ignore[attr-defined]
    app.twolenses_troubles = _Troubles(app)  # type: ignore[attr-defined]
    logging.getLogger("sphinx").addHandler(app.twolenses_troubles)  # type: ignore[attr-defined]


def _before(app: Sphinx) -> Written:
    return app.twolenses_before  # type: ignore[attr-defined, no-any-return]


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """A page with a warning is read again, so that the warning is given again."""
    return _before(app).troubled


def updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Once all pages are read and numbered: those that are to be written for the sake of others."""
    now = _state(app)
    now.menu, now.anchors = _menu(env), _anchors(env)
    now.changed = {page: foot.changed(app, page) for page in env.found_docs}
    return sorted(stale(_before(app), now))


def end(app: Sphinx, error: Exception | None) -> None:
    """Keep what was written; the pages that are gone go."""
    logging.getLogger("sphinx").removeHandler(app.twolenses_troubles)  # type: ignore[attr-defined]
    if error is not None or app.builder.name != "html":
        return
    before, now = _before(app), _state(app)
    now.links = {page: now.links.get(page, before.links.get(page, [])) for page in app.env.found_docs}
    for page in set(before.changed) - app.env.found_docs:
        Path(app.outdir, f"{page}.html").unlink(missing_ok=True)
    files.write(_file(app), json.dumps(asdict(now)))


def setup(app: Sphinx) -> None:
    """Register the comparison."""
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", outdated)
    app.connect("env-get-updated", updated, priority=950)  # after the figures
    app.connect("doctree-resolved", note_links)
    app.connect("build-finished", end)
