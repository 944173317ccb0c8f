"""Numbers of figures: *Fig. 3.2* is the second of chapter 3; a page without a number counts its own.

Sphinx counts them too, but reads every page again to do so, whichever one was edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.domains.std import StandardDomain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["numbered"]

Found = list[tuple[str, str]]
"""Kind (``figure``, ``table``) and anchor of what has a caption, in the order of a page."""

Numbers = dict[str, dict[str, tuple[int, ...]]]
"""Kind → anchor → number."""


def numbered(found: Found, chapter: tuple[int, ...]) -> Numbers:
    """Number what a page has, kind by kind.

    >>> numbered([("figure", "a"), ("table", "b"), ("figure", "c")], (3,))
    {'figure': {'a': (3, 1), 'c': (3, 2)}, 'table': {'b': (3, 1)}}
    """
    numbers: Numbers = {}
    for kind, anchor in found:
        so_far = numbers.setdefault(kind, {})
        so_far[anchor] = (*chapter, len(so_far) + 1)
    return numbers


def _captioned(env: BuildEnvironment) -> dict[str, Found]:
    """What each page has."""
    if not hasattr(env, "twolenses_captioned"):
        env.twolenses_captioned = {}  # type: ignore[attr-defined]
    return env.twolenses_captioned  # type: ignore[attr-defined, no-any-return]


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a page has."""
    std = cast(StandardDomain, app.env.get_domain("std"))
    _captioned(app.env)[app.env.docname] = [
        (kind, node["ids"][0])
        for node in doctree.findall(nodes.Element)
        if (kind := std.get_enumerable_node_type(node)) and node["ids"] and std.get_numfig_title(node)
    ]


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that is read again or gone."""
    _captioned(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over what another process has read."""
    _captioned(env).update({page: _captioned(other)[page] for page in docnames if page in _captioned(other)})


def number(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Once all pages are read and counted, number theirs: a page whose own number has changed is written anyway."""
    for page, found in _captioned(env).items():
        env.toc_fignumbers[page] = numbered(found, (env.toc_secnumbers.get(page, {}).get("") or ())[:1])
    return []


def configure(app: Sphinx, config: Any) -> None:
    """Sphinx does not count, whatever an extension before this one has asked of it."""
    config.numfig = False


def setup(app: Sphinx) -> None:
    """Register the counting."""
    app.connect("config-inited", configure, priority=950)
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("env-get-updated", number, priority=900)  # after Sphinx has numbered the pages
