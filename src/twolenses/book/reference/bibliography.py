"""The labels of the bibliography: what a citation in the text says, *Waltz, 1979*, so that one leads to the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pybtex.plugin import register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting.plain import Style as Plain
from pybtex.style.labels import BaseLabelStyle

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["AuthorYearLabels"]

NAME = "twolenses_author_year"


class AuthorYearLabels(BaseLabelStyle):  # type: ignore[misc]
    """Author and year as sphinxcontrib-bibtex cites them; a, b, … where two would be the same."""

    def format_labels(self, sorted_entries: Iterable[Any]) -> Iterator[str]:
        labels = [_label(entry) for entry in sorted_entries]
        often, seen = Counter(labels), Counter[str]()
        for label in labels:
            seen[label] += 1
            yield label if often[label] == 1 else f"{label}{chr(ord('a') + seen[label] - 1)}"


def _label(entry: Any) -> str:
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(map(_plain, [*one.prelast_names, *one.last_names])) for one in people]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names) or _plain(entry.fields.get("title", ""))
    return f"{who}, {entry.fields['year']}" if "year" in entry.fields else who


def _plain(latex: str) -> str:
    return str(Text.from_latex(latex))


class Style(Plain):  # type: ignore[misc]
    """The plain style with these labels."""

    default_label_style = NAME


def setup(app: Sphinx) -> None:
    """Register both styles with pybtex."""
    register_plugin("pybtex.style.labels", NAME, AuthorYearLabels)
    register_plugin("pybtex.style.formatting", NAME, Style)
    app.connect("config-inited", _use, priority=400)


def _use(app: Sphinx, config: Any) -> None:
    config.bibtex_default_style = NAME
