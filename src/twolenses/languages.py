"""The course in Albanian and Serbian: an abstract of each chapter, and Serbian in both of its scripts.

Serbian is written in Cyrillic, from which Latin follows letter by letter. The way back is none: *nj* is one letter in
*njiva* and two in *injekcija*, and KFOR or EU may be either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twolenses import course
from twolenses.data import rows
from twolenses.errors import LanguageError, place

__all__ = ["FILE", "NAMES", "Abstract", "abstracts", "latin", "problems", "versions"]

FILE = "abstracts.yml"
"""Lies beside the chapters; a folder of somebody's own chapters may do without."""

NAMES = {"sq": "Albanian", "sr": "Serbian"}

WORDS = (90, 140)

_LETTERS = dict(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(),  # noqa: SIM905 (read as letters)
        strict=True,
    )
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@dataclass(frozen=True)
class Abstract:
    """The title of a chapter and its abstract, in one language; Serbian in Cyrillic."""

    title: str
    text: str

    def written(self, lang: str) -> tuple[str, str]:
        """Title and text as `lang` has it: ``sr-Latn`` makes them Latin."""
        return (latin(self.title), latin(self.text)) if lang == "sr-Latn" else (self.title, self.text)


# ── Scripts ──────────────────────────────────────────────────────────────────────────────────────────


def latin(text: str) -> str:
    """Serbian Cyrillic in Latin; whatever is no letter of it stays as it is.

    >>> latin("Његошев ЊЕГОШ, џеп и надживети: НАТО у XXI веку")
    'Njegošev NJEGOŠ, džep i nadživeti: NATO u XXI veku'
    """
    return _CYRILLIC.sub(_spelt, text)


def _spelt(found: re.Match[str]) -> str:
    """One letter; of two Latin ones the second is a capital only among capitals."""
    letter, (start, end) = found[0], found.span()
    spelt = _LETTERS.get(letter.lower(), letter)
    if letter.islower():
        return spelt
    beside = found.string[max(start - 1, 0) : start] + found.string[end : end + 1]
    return spelt.upper() if any(map(str.isupper, beside)) else spelt.capitalize()


def versions(language: str, text: str) -> dict[str, str]:
    """What to put into ``lang`` → the text: one for Albanian, one for each script of Serbian.

    >>> versions("sr", "моћ")
    {'sr-Cyrl': 'моћ', 'sr-Latn': 'moć'}
    """
    return {"sr-Cyrl": text, "sr-Latn": latin(text)} if language == "sr" else {language: text}


# ── Abstracts ────────────────────────────────────────────────────────────────────────────────────────


def abstracts(folder: Path | None = None) -> dict[str, dict[str, Abstract]]:
    """Chapter (``01-reading-the-case``) → language → its abstract.

    Parameters
    ----------
    folder
        That of the chapters; the course's own without it. Where there is no such file there are none.

    Raises
    ------
    LanguageError
        If the file is not of its form; the sentence says where.
    """
    path = (folder or course.root() / "chapters") / FILE
    if not path.is_file():
        return {}
    return {
        str(chapter): {str(language): _abstract(one, path, found, language) for language, one in found.items()}
        for chapter, found in _read(path).items()
    }


def _read(path: Path) -> Any:
    """The file with its line numbers."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = YAML().load(path.read_text(encoding="utf-8"))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise LanguageError(f"{place(path, line)}  is not valid YAML: {getattr(error, 'problem', error)}.") from error
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise LanguageError(f"{place(path, 1)}  has no chapters. Write '01-name:' and under it 'sq:' and 'sr:'.")
    return found


def _abstract(one: Any, path: Path, found: Any, language: str) -> Abstract:
    if isinstance(one, dict) and all(isinstance(one.get(key), str) for key in ("title", "text")):
        return Abstract(one["title"].strip(), one["text"].strip())
    line = found.lc.key(language)[0] + 1
    raise LanguageError(
        f"{place(path, line)}  {language!r} has no title or no text. Write 'title:' and 'text:' under it."
    )


def problems(chapters: Sequence[Path]) -> list[str]:
    """What the abstracts of these chapters lack, and where they speak as they should not: a sentence each."""
    if not chapters or not (path := chapters[0].parent / FILE).is_file():
        return []
    try:
        written, lines = abstracts(path.parent), _read(path)
    except LanguageError as error:
        return [str(error)]
    said = [
        f"{place(path, 1)}  has no abstract of {chapter.stem!r} in {name}. Write '{chapter.stem}:' and '{language}:'."
        for chapter in chapters
        for language, name in NAMES.items()
        if language not in written.get(chapter.stem, {})
    ]
    for chapter, found in written.items():
        if chapter not in {one.stem for one in chapters}:
            said.append(f"{place(path, lines.lc.key(chapter)[0] + 1)}  {chapter!r} is no chapter. Take it out.")
        for language, one in found.items():
            line = lines[chapter].lc.key(language)[0] + 1
            said += [f"{place(path, line)}  {chapter} in {language!r} {what}" for what in _faults(language, one)]
    return said


def _faults(language: str, one: Abstract) -> Iterator[str]:
    """What is wrong with an abstract: what goes on from its chapter's name."""
    if language not in NAMES:
        yield f"is in a language of which nothing is known here. Those known: {', '.join(NAMES)}."
        return
    least, most = WORDS
    if not least <= (words := len(one.text.split())) <= most:
        yield f"has {words} words. An abstract has {least} to {most}."
    whole = f"{one.title} {one.text}"
    if digits := re.search(r"\d+", whole):
        yield f"types {digits[0]!r}. No table keeps it right here: say it without a figure."
    for word in _misspelt(language, whole):
        yield f"spells {word!r} in letters of the other script, or in none of its own. Type it again."
    for row in rows("sides"):
        if row["language"] == language and (found := re.search(rf"\b(?:{row['forms']})\w*", whole, re.I)):
            yield f"says {found[0]!r}, a word that takes sides ({row['whose']}). Write: {row['instead']}."


def _misspelt(language: str, text: str) -> Iterator[str]:
    """Words with letters that the language does not have: a Latin *a* in Cyrillic looks right and is not found."""
    known = re.compile(f"[{''.join(_LETTERS)}]+" if language == "sr" else "[a-zçë]+")
    for word in re.findall(r"[^\W\d_]+", text):
        if not known.fullmatch(word.lower()):
            yield word
