"""The labels of the bibliography: what a citation in the text says, *Waltz, 1979*, so that one leads to the other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pybtex.plugin import register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting.plain import Style as Plain
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.names.plain import NameStyle
from pybtex.style.sorting.author_year_title import SortingStyle

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["AuthorYearLabels"]

NAME = "twolenses_author_year"


class AuthorYearLabels(BaseLabelStyle):  # type: ignore[misc]
    """Author and year as sphinxcontrib-bibtex cites them; a, b, … where two would be the same."""

    kept: ClassVar[dict[str, str]] = {}
    """Key of an entry → its label, without a letter."""

    def format_labels(self, sorted_entries: Iterable[Any]) -> Iterator[str]:
        labels = [
            self.kept.get(entry.key) or self.kept.setdefault(entry.key, _label(entry)) for entry in sorted_entries
        ]
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
    """The plain style with these labels.

    sphinxcontrib-bibtex has the whole bibliography worded in every build, and twice. Here an entry is worded once for
    one state of its file, and what was worded is kept with Sphinx's environment.
    """

    default_label_style = AuthorYearLabels
    default_name_style = NameStyle  # as classes: pybtex looks for a name in every package that is installed
    default_sorting_style = SortingStyle
    kept: ClassVar[dict[tuple[str, str], Any]] = {}
    """Label and key of an entry → the entry as it is printed."""

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> Any:
        if (label, entry.key) not in self.kept:
            self.kept[label, entry.key] = super().format_entry(label, entry, bib_data)
        return self.kept[label, entry.key]


def remember(app: Sphinx) -> None:
    """Go on with what the last build has worded, if its files were the same."""
    paths = [Path(app.confdir, name) for name in app.config.bibtex_bibfiles]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths if path.is_file())).hexdigest()
    if getattr(app.env, "twolenses_worded", ("",))[0] != digest:
        app.env.twolenses_worded = (digest, {}, {})  # type: ignore[attr-defined]
    _, AuthorYearLabels.kept, Style.kept = app.env.twolenses_worded  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Register the style with pybtex."""
    register_plugin("pybtex.style.formatting", NAME, Style)
    app.connect("config-inited", _use, priority=400)
    app.connect("builder-inited", remember)


def _use(app: Sphinx, config: Any) -> None:
    config.bibtex_default_style = NAME
