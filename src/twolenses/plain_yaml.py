"""The plain part of YAML that the course is written in, read ten times as fast as ruamel.yaml reads the whole of it.

libyaml reads the file. What YAML 1.1, which libyaml follows, and YAML 1.2 read differently, and what no file here needs
(tags, merge keys, dates, numbers with an exponent), is not guessed at: :class:`Unsure` sends the reader to
ruamel.yaml, which also knows where each fault stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["Unsure", "entries", "value"]


T = TypeVar("T")


class Unsure(Exception):
    """The text is not plain, or may be read in two ways."""


def value(text: str) -> Any:
    """What a YAML text says, in plain Python.

    >>> value("minutes: 60")
    {'minutes': 60}

    Raises
    ------
    Unsure
        If ruamel.yaml has to look.
    """
    return _read(text, _value)


def entries(text: str) -> list[tuple[dict[str, Any], int]]:
    """Every entry of a YAML list, in plain Python, and the line it starts in.

    Raises
    ------
    Unsure
        If ruamel.yaml has to look.
    """
    return _read(text, _entries)


def _read(text: str, take: Callable[[Any], T]) -> T:
    """What is taken from the root of a text."""
    try:
        import yaml
        from yaml import CLoader
    except ImportError as error:
        raise Unsure from error
    if _BREAKS.search(text) or _MARKED.search(text):
        raise Unsure
    try:
        root = CLoader(text).get_single_node()
    except yaml.YAMLError as error:
        raise Unsure from error
    if root is None:
        raise Unsure
    try:
        return take(root)
    except RecursionError as error:  # an anchor inside itself
        raise Unsure from error


def _entries(root: Any) -> list[tuple[dict[str, Any], int]]:
    if root.id != "sequence" or not root.value or any(node.id != "mapping" for node in root.value):
        raise Unsure
    return [(_value(node), node.start_mark.line + 1) for node in root.value]


_BREAKS = re.compile("[\x85\u2028\u2029]")
_MARKED = re.compile(r"^%|(?:^|[\s\[{,])!", re.M)
"""Perhaps a directive or a tag."""
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBER_LIKE = re.compile(r"[-+.]?[0-9][0-9_.,:a-fA-FxotTzZ+ -]*|[-+]?\.(?:inf|nan)|[<=]{1,2}", re.I)


def _value(node: Any) -> Any:
    match node.id:
        case "scalar":
            return node.value if node.style else _plain(node.value)
        case "sequence":
            return [_value(one) for one in node.value]
    found = {_key(key): _value(one) for key, one in node.value}
    if len(found) != len(node.value):
        raise Unsure
    return found


def _key(node: Any) -> str:
    if node.id != "scalar":
        raise Unsure
    key = _value(node)
    return str(key).lower() if isinstance(key, bool) else str(key)


def _plain(text: str) -> Any:
    """What an unquoted text stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _NUMBER_LIKE.fullmatch(text):
        raise Unsure
    return text
