"""The rules of style sheets that a page can use.

The theme brings Bootstrap, two thousand icons and every colour it might want; a page draws a tenth of it. A rule stays
if each class, id and tag that one of its selectors asks for is on the page, or is given by a script of the page. States
(``:hover``, ``[open]``), media (paper, dark, wide) and what a browser supports are never judged: what is under them
stays if the rest of the selector could match. Then a custom property stays if something kept reads it, and a font or an
animation if something kept names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import tinycss2

__all__ = ["Names", "Rule", "names", "purged", "rules"]

GROUPS = {"media", "supports", "layer", "container"}
"""At-rules that hold rules."""

AT_STATIC = "url(@/"
"""Before an address in a kept rule: it is as seen from the folder of static files."""

_NAME = re.compile(r"-?[A-Za-z_][\w-]*")
_UNJUDGED = re.compile(r"::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?|\[[^\]]*\]|[.#][^\s>+~,]*\\\S*")
"""In a selector: states with what is in their brackets, attributes, and names with an escape."""

_URL = re.compile(r"""url\((["']?)(?!data:|#|["'])([^)"']+)\1\)""")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_VARIABLE = re.compile(r"--[\w-]+")
_GIVEN = re.compile(r"(?<![.#\w-])[\w-]+")
"""In a script: a word after a dot or a hash is looked for, not given to an element."""

_ATTRIBUTE = re.compile(r"""\b(?:class|id)=(?:"([^"]*)"|'([^']*)')""")
_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.S)


class Rule(NamedTuple):
    """A rule, of plain sequences and texts, so that it can be stored.

    `within` are the at-rules around it, outermost first. `selectors` are pairs of a selector and the names it asks for:
    one list of them or, where several selectors stay together, one for each. `declarations` are triples of the custom
    property that is set ("" if none), the text, and the properties it reads. `only_for` is the font or the animation
    that the rule describes.
    """

    within: Sequence[str]
    selectors: Sequence[tuple[str, Sequence[Sequence[str]]]]
    declarations: Sequence[tuple[str, str, Sequence[str]]]
    only_for: str = ""


@dataclass(frozen=True)
class Names:
    """What a page and its scripts name: classes, ids and tags; beginnings of such (``tl-``); custom properties."""

    words: frozenset[str]
    beginnings: tuple[str, ...] = ()
    variables: frozenset[str] = frozenset()

    def may_match(self, *asked: Iterable[str]) -> bool:
        """Whether every name of one of these lists may be on the page."""
        return any(all(name in self.words or name.startswith(self.beginnings) for name in one) for one in asked)


def names(page: str, scripts: str = "") -> Names:
    """The names of a page, of its own scripts and of those it loads.

    >>> found = names('<p class="a b"><script>x.className = `tl-${kind}`</script>', "x.id = 'c'; at('.d')")
    >>> found.may_match(["p", "a", "c", "tl-wrong"]), found.may_match(["d"])
    (True, False)
    """
    scripts += "\n".join(_SCRIPT.findall(page))
    words = set(_GIVEN.findall(scripts))
    words |= {word for found in _ATTRIBUTE.findall(page) for word in "".join(found).split()}
    words |= {tag.lower() for tag in _TAG.findall(page)}
    beginnings = tuple(sorted(word for word in words if word.endswith("-") and word.strip("-")))
    return Names(frozenset(words), beginnings, frozenset(_VARIABLE.findall(page + scripts)))


# ── reading a style sheet ────────────────────────────────────────────────────────────────────────────


Reader = Callable[[Path, Path, Any], list[Rule]]
"""Reads a sheet that another one imports, as `rules` does."""


def rules(sheet: Path, static: Path, read: Reader | None = None) -> list[Rule]:
    """The rules of a style sheet in the folder of static files, and of those that it imports, in their order.

    Parameters
    ----------
    read
        Reads what the sheet imports: this function, or one that knows the sheet already.
    """
    folder = sheet.parent.relative_to(static).as_posix()
    style = _URL.sub(lambda found: f"{AT_STATIC}{_moved(folder, found[2])})", sheet.read_text(encoding="utf-8"))
    found = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    imports = [rule for rule in found if rule.type == "at-rule" and rule.lower_at_keyword == "import"]
    imported = [one for rule in imports for one in _imported(rule, folder, static, read or rules)]
    return [*imported, *_read([rule for rule in found if rule not in imports], ())]


def _imported(rule: Any, folder: str, static: Path, read: Reader) -> Iterator[Rule]:
    """The rules of an imported sheet, under the media it is imported for."""
    address, *rest = [token for token in rule.prelude if token.type not in ("whitespace", "comment")]
    place = address.value.removeprefix("@/") if address.type == "url" else _moved(folder, address.value)
    around = [f"@media {_text(rest)}"] if rest else []
    for one in read(static / place, static, read):
        yield one._replace(within=[*around, *one.within])


def _read(found: list[Any], within: tuple[str, ...]) -> Iterator[Rule]:
    for rule in found:
        if rule.type == "qualified-rule":
            yield Rule(within, _selectors(rule.prelude), _declarations(rule.content))
        elif rule.type == "at-rule" and rule.lower_at_keyword in GROUPS and rule.content is not None:
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _read(inside, (*within, _head(rule)))
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            yield _whole(rule, within)


def _whole(rule: Any, within: tuple[str, ...]) -> Rule:
    """A font, an animation, a page of paper: kept as it is, or not at all."""
    if rule.content is None:
        return Rule(within, [(_head(rule), [[]])], [])
    content = _text(rule.content)
    family = re.search(r"""font-family:\s*["']?([^;"']+)""", content)
    describes = {"font-face": family[1].strip() if family else "", "keyframes": _text(rule.prelude)}
    declarations = [("", content, _READ.findall(content))]
    return Rule(within, [(_head(rule), [[]])], declarations, describes.get(rule.lower_at_keyword, ""))


def _head(rule: Any) -> str:
    return f"@{rule.lower_at_keyword} {_text(rule.prelude)}".strip()


def _selectors(prelude: list[Any]) -> list[tuple[str, list[list[str]]]]:
    """Each selector with the names it asks for. One that a browser may not know would take the whole list with it, so
    a list with a vendor's selector stays as it is."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    texts = [_text(part) for part in parts]
    asked = [_NAME.findall(_UNJUDGED.sub(" ", text)) for text in texts]
    if any(":-" in text for text in texts):
        return [(",".join(texts), asked)]
    return [(text, [one]) for text, one in zip(texts, asked, strict=True)]


def _declarations(content: list[Any]) -> list[tuple[str, str, list[str]]]:
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    if any(part.type != "declaration" for part in parts):  # nested rules: together or not at all
        text = _text(content)
        return [("", text, _READ.findall(text))]
    found = []
    for part in parts:
        text = f"{part.name}:{_text(part.value)}{'!important' * part.important}"
        found.append((part.name if part.name.startswith("--") else "", text, _READ.findall(text)))
    return found


def _text(tokens: list[Any]) -> str:
    """Without comments, and on one line."""
    text = tinycss2.serialize([token for token in tokens if token.type != "comment"]).strip()
    return re.sub(r"\s*\n\s*", " ", text)


def _moved(folder: str, address: str) -> str:
    """An address in a sheet of that folder, as seen from the folder of static files."""
    parts: list[str] = []
    for part in [*folder.split("/"), *address.split("/")]:
        parts = parts[:-1] if part == ".." else [*parts, part] if part not in ("", ".") else parts
    return "/".join(parts)


# ── what a page keeps ────────────────────────────────────────────────────────────────────────────────


def purged(found: Iterable[Rule], seen: Names, static: str = "") -> str:
    """One style sheet of the rules that may match, in their order.

    Parameters
    ----------
    static
        The folder of static files as seen from the page, with its slash.
    """
    kept = [
        rule._replace(selectors=matching)
        for rule in found
        if (matching := [one for one in rule.selectors if seen.may_match(*one[1])])
    ]
    read = _read_by(kept, seen.variables)
    written = [(rule, text) for rule in kept if (text := _written(rule, read))]
    drawn = " ".join(text for rule, text in written if not rule.only_for)
    lasting = [(rule, text) for rule, text in written if rule.only_for in drawn]
    sheet = "".join(
        _nested(within, "".join(text for _, text in inside))
        for within, inside in groupby(lasting, lambda one: tuple(one[0].within))
    )
    return sheet.replace(AT_STATIC, f"url({static}")


def _read_by(kept: list[Rule], variables: Iterable[str]) -> set[str]:
    """The custom properties that something kept reads, by way of others too."""
    reads_of: dict[str, set[str]] = {}
    waiting = set(variables)
    for rule in kept:
        for name, _, reads in rule.declarations:
            (reads_of.setdefault(name, set()) if name else waiting).update(reads)
    read: set[str] = set()
    while waiting:
        read |= waiting
        waiting = {name for one in waiting for name in reads_of.get(one, ())} - read
    return read


def _written(rule: Rule, read: set[str]) -> str:
    """The rule without the custom properties that nothing reads, or nothing."""
    selectors = ",".join(text for text, _ in rule.selectors)
    if not rule.declarations:
        return f"{selectors};" if selectors.startswith("@") else ""
    texts = [text for name, text, _ in rule.declarations if not name or name in read]
    return f"{selectors}{{{';'.join(texts)}}}" if texts else ""


def _nested(within: tuple[str, ...], text: str) -> str:
    for around in reversed(within):
        text = f"{around}{{{text}}}"
    return text
