"""The line on the first page that leads to the PDF, the EPUB and the zip, where they are published.

The built site has none: it is what the zip holds, and what a build without a release would be left with. A comment
marks the place, and `publish` puts the line into a copy of the site.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from twolenses import files
from twolenses.errors import BookError, place

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["PLACE", "line", "publish", "size"]

PLACE = "<!-- take along -->"

FOLDER = "take-along"


def line(taken: Mapping[str, Path]) -> str:
    """The line, with sizes; `taken` names the files as a reader would, and each lies in :data:`FOLDER`."""
    links = (
        f'<a href="{FOLDER}/{escape(path.name)}">{escape(name)}</a> ({size(path)})' for name, path in taken.items()
    )
    return f'<p class="tl-small">Take it along: {", ".join(links)}.</p>'


def size(path: Path) -> str:
    """The size of a file as a reader would say it.

    >>> size(Path(__file__)).endswith(" KB")
    True
    """
    bytes = path.stat().st_size
    return f"{bytes / 1e6:.1f} MB" if bytes >= 1e6 else f"{max(1, round(bytes / 1e3))} KB"


def publish(pages: Path, taken: Mapping[str, Path], out: Path) -> None:
    """Copy the built pages to a folder, with these files and the line that leads to them.

    Raises
    ------
    BookError
        If the first page does not mark the place.
    """
    first = (pages / "index.html").read_text(encoding="utf-8")
    if first.count(PLACE) != 1:
        raise BookError(
            f"{place(pages / 'index.html')}  has no place for the line. Write {{take-along}} once into index.md."
        )
    if out.exists():
        shutil.rmtree(out)
    shutil.copytree(pages, out)
    for path in taken.values():
        files.write(out / FOLDER / path.name, path.read_bytes())
    files.write(out / "index.html", first.replace(PLACE, line(taken)))


class TakeAlongDirective(SphinxDirective):
    """The place of the line.

    Written ```` ```{take-along} ```` (no argument, no content); out comes a comment, which `twolenses build release`
    fills in the copy of the site that is published.
    """

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", PLACE, format="html")]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("take-along", TakeAlongDirective)
