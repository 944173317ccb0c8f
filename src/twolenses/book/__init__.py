"""The Sphinx extension of the course: facts, claims, lens pairs, quizzes, the ledger and exercise pages.

Add ``twolenses.book`` to the extensions. The rooms:

- `chapters`: ``{fact}``, ``{claim}``, ``{event}``, lens pairs, objectives, ``{quiz}``, *Where these numbers come from*
- `reference`: ledger, timeline, map, people, glossary, dictionary and progress, from data
- `explorables`: ``{explorable}``, something to play with, held to `twolenses.models`
- `charts`: each at the width of a page and of a phone, with its rows, picture and citation
- `exercises`: a master as a page with starter, hint and folded solution; the lists of exercises
- `trying`: a task that runs in the page, with Python in the reader's browser
- `site`: what every page carries, and what it does not; the search; cards, sitemap and 404; the icon fonts, cut down
- `execution`: the cells of all pages, run side by side before the first is read
- `heads`: which pages show what the heads of chapters say
- `kept`: what was made for a page, kept for the next build
- `release`: the book as PDF, EPUB and zip, and the line that leads to them
- `slides`: a deck for each chapter, from its built page
- `nodes`, `wording`: what several kinds of page are made of
- `static`, `templates`: what is copied beside the pages, and what they are filled into
- `build`: the book built, served and watched
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register every part with Sphinx."""
    from twolenses.book import (
        chapters,
        charts,
        execution,
        exercises,
        explorables,
        heads,
        nodes,
        reference,
        release,
        site,
        trying,
    )

    nodes.setup(app)
    heads.setup(app)
    for room in (chapters, charts, explorables, reference, exercises, trying, execution, site, release):
        for part in room.PARTS:
            part.setup(app)
    # What is kept of the last build is of use to the same package and data only.
    state = int(site.page.digest(), 16)
    return {"version": "1", "env_version": state, "parallel_read_safe": True, "parallel_write_safe": True}
