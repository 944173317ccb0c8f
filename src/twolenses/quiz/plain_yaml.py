"""The plain part of YAML that quiz files are written in, read ten times as fast as ruamel.yaml reads the whole of it.

libyaml reads the file. What YAML 1.1, which libyaml follows, and YAML 1.2 read differently, and what no quiz file needs
(tags, merge keys, dates, numbers with an exponent), is not guessed at: :class:`Unsure` sends the reader to
ruamel.yaml, which also knows where each fault stands.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["Unsure", "entries"]


class Unsure(Exception):
    """The text is no plain list of entries, or may be read in two ways."""


def entries(text: str) -> list[tuple[dict[str, Any], int]]:
    """Every entry of a YAML list, in plain Python, and the line it starts in.

    Raises
    ------
    Unsure
        If ruamel.yaml has to look.
    """
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
    if not isinstance(root, yaml.SequenceNode) or not root.value:
        raise Unsure
    if not all(isinstance(node, yaml.MappingNode) for node in root.value):
        raise Unsure
    try:
        return [(_value(node), node.start_mark.line + 1) for node in root.value]
    except RecursionError as error:  # an anchor inside itself
        raise Unsure from error


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
