"""Words in other languages, each marked with its own, so that they are spoken and drawn as their readers expect."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from twolenses import languages
from twolenses.book.nodes import joined, link_to, record, small_print
from twolenses.languages import Abstract

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

__all__ = ["PAGE", "folds", "said", "terms", "translated"]

PAGE = "chapters/front/albanian-and-serbian"
"""Says who wrote these words, and how to correct them."""

SUMMARIES = {"sq": {"sq": "Përmbledhje (shqip)"}, "sr": {"sr-Cyrl": "Сажетак", "sr-Latn": "Sažetak (srpski)"}}

MADE = {"sq": "Si u shkrua kjo", "sr-Cyrl": "Како је ово написано", "sr-Latn": "Kako je ovo napisano"}

OURS = "our wording"
"""Stands behind a term that is none: a description, where we know of no settled one."""


def said(language: str, text: str) -> nodes.inline:
    """Words in a language, as `lang` has it; docutils makes an attribute of such a class."""
    return nodes.inline("", text, classes=[f"language-{language}"])


def terms(row: Mapping[str, Any]) -> dict[str, str]:
    """What to put into `lang` → the term, from a row of `term_languages`."""
    return {lang: text for name in languages.NAMES for lang, text in languages.versions(name, row[name]).items()}


def translated(row: Mapping[str, Any]) -> nodes.paragraph:
    """A line with the Albanian and the Serbian term, from a row of `term_languages`: *Albanian: … · Serbian: … / …*."""
    line: list[nodes.Node | list[nodes.Node]] = []
    for name, called in languages.NAMES.items():
        both = joined((said(lang, text) for lang, text in languages.versions(name, row[name]).items()), " / ")
        ours = f" ({OURS})" if name in row["ours"].split("; ") else ""
        line.append([nodes.Text(f"{called}: "), *both, nodes.Text(ours)])
    return small_print(*joined(line, " · "))


def folds(chapter: Path, env: BuildEnvironment) -> list[nodes.Node]:
    """The abstracts of a chapter, one fold for each language; none where it has none."""
    found = languages.abstracts(chapter.parent).get(chapter.stem, {})
    return [_fold(name, found[name], env) for name in languages.NAMES if name in found]


def _fold(name: str, abstract: Abstract, env: BuildEnvironment) -> nodes.Node:
    summary = record("", *joined((said(*one) for one in SUMMARIES[name].items()), " / "), tag="summary")
    fold = record("", summary, tag="details", classes=["tl-abstract"])
    for lang in languages.versions(name, ""):
        fold += _paragraph(lang, abstract)
        if PAGE in env.found_docs:
            made = link_to(MADE[lang], f"/{PAGE}", env.docname, kind="doc", classes=[f"language-{lang}"])
            fold += small_print(made)
    return fold


def _paragraph(lang: str, abstract: Abstract) -> nodes.paragraph:
    """The abstract in one script, after its title."""
    title, text = abstract.written(lang)
    return nodes.paragraph("", "", nodes.strong("", f"{title}."), nodes.Text(f" {text}"), classes=[f"language-{lang}"])
