"""The Sphinx extension of the course: facts, claims, lens pairs, quizzes, the ledger and exercise pages.

Add ``twolenses.book`` to the extensions. One module a concern:

- `roles`: ``{fact}``, ``{claim}`` and ``{event}``
- `numbers`: the folded list *Where these numbers come from*
- `lenses`: realism and liberalism side by side
- `chapter`: what the front matter promises
- `quizzes`: ``{quiz}``
- `ledger`, `timeline`, `course_map`, `people`, `glossary`, `dictionary`: the reference pages, from data
- `progress`: ``{progress}``, what a reader has done
- `exercise_pages`: a master as a page with starter, hint and folded solution
- `exercise_list`: ``{exercise-list}``, all exercises with level and points
- `site`: what every page carries, and what it does not
- `icons`: the icon fonts, cut down to what is shown
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register every part with Sphinx."""
    from twolenses.book import (
        chapter,
        course_map,
        dictionary,
        exercise_list,
        exercise_pages,
        glossary,
        icons,
        ledger,
        lenses,
        numbers,
        objectives,
        people,
        progress,
        quizzes,
        records,
        roles,
        site,
        timeline,
    )

    pages = (records, ledger, timeline, course_map, people, glossary, dictionary, progress)
    for part in (
        roles,
        numbers,
        lenses,
        chapter,
        objectives,
        quizzes,
        *pages,
        exercise_pages,
        exercise_list,
        site,
        icons,
    ):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
