"""What stands below every page: when it changed last, how to correct it, how to cite it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes

import twolenses
from twolenses import course
from twolenses.book.wording import date

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["changed", "changes", "parse"]

TEMPLATE = "page-foot.html"


def parse(log: str) -> dict[str, str]:
    r"""File → day of its last change, from ``git log --format=%x00%cs --name-only``, newest first.

    >>> parse("\0" "2026-11-30\n\na.md\n\0" "2026-11-02\n\na.md\nb.md\n")
    {'a.md': '2026-11-30', 'b.md': '2026-11-02'}
    """
    found: dict[str, str] = {}
    for commit in log.split("\0")[1:]:
        day, *names = commit.split("\n")
        for name in filter(None, names):
            found.setdefault(name, day)
    return found


def changes(folder: Path) -> dict[str, str]:
    """What :func:`parse` finds in a checkout; nothing where there is no git or no history."""
    command = ["git", "-c", "core.quotepath=off", "log", "--format=%x00%cs", "--name-only", "--", "*.md"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    except OSError:
        return {}
    return parse(done.stdout)


def note_changes(app: Sphinx) -> None:
    """Ask git once for all pages."""
    app.twolenses_changes = changes(Path(app.confdir))  # type: ignore[attr-defined]


def changed(app: Sphinx, page: str) -> str:
    """Day of the last change of a page's source; "" where no history tells."""
    known: dict[str, str] = app.twolenses_changes  # type: ignore[attr-defined]
    return known.get(str(app.env.doc2path(page, False)), "")


def add_foot(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """What the template prints."""
    if not isinstance(doctree, nodes.document) or app.builder.name != "html":
        return
    source = str(app.env.doc2path(pagename, False))
    options = app.config.html_theme_options
    repository, branch = (
        options.get("repository_url") or course.repository(),
        options.get("repository_branch") or "main",
    )
    title, whole = app.env.titles[pagename].astext(), app.config.html_title
    year = re.match(r"\d{4}", app.config.copyright)
    context["foot"] = {
        "changed": date(changed(app, pagename)),
        "edit": f"{repository}/edit/{branch}/{source}",
        "report": f"{repository}/issues/new?title={quote(f'On the page “{title}”: ')}",
        "author": app.config.author,
        "year": year[0] if year else "",
        "part": "" if title == whole else title,
        "whole": whole,
        "version": twolenses.__version__,
        "address": f"{app.config.html_baseurl}{pagename}.html",
    }


def configure(app: Sphinx, config: Any) -> None:
    """Show it below the text of a page."""
    config.html_theme_options["article_footer_items"] = [TEMPLATE]


def setup(app: Sphinx) -> None:
    """Register the foot."""
    app.connect("config-inited", configure, priority=950)  # after the site's other settings
    app.connect("builder-inited", note_changes)
    app.connect("html-page-context", add_foot)
