"""The task in a page (`twolenses.book.trying`) is switched on where the site holds Python for browsers, else off."""

from __future__ import annotations

import json
import re
from pathlib import Path

from packaging.utils import canonicalize_name

from twolenses import files

__all__ = ["PACKAGES", "PYTHON", "megabytes", "needed", "switch", "switched"]

PYTHON = Path("lite", "static", "pyodide")
"""Where the site holds Pyodide, from its root."""

CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
PACKAGES = ("pandas", "twolenses")
"""What a first run loads, by the names of Pyodide's lock."""

_OPENED = re.compile(r'(<div class="tl-try")(?: data-megabytes="[0-9]+")?')


def switch(site: Path) -> int:
    """Have the pages of a built site offer their task, if it holds what that needs; else have them not offer it.

    Returns
    -------
    int
        How many pages were changed.
    """
    size = megabytes(site / PYTHON)
    changed = 0
    for path in sorted([*site.glob("chapters/*.html"), *site.glob("exercises/notebooks/*/exercise.html")]):
        html = path.read_text(encoding="utf-8")
        if (new := switched(html, size)) != html:
            files.write(path, new)
            changed += 1
    return changed


def switched(html: str, size: int | None) -> str:
    """A page that offers its task and says how many megabytes it loads; with None it does not offer it.

    >>> switched('<div class="tl-try" data-root="">', 26)
    '<div class="tl-try" data-megabytes="26" data-root="">'
    >>> switched('<div class="tl-try" data-megabytes="26" data-root="">', None)
    '<div class="tl-try" data-root="">'
    """
    return _OPENED.sub(r"\1" if size is None else rf'\1 data-megabytes="{size}"', html)


def megabytes(pyodide: Path) -> int | None:
    """What a first run loads from a folder of Pyodide, in megabytes; None where something of it is missing."""
    try:
        lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
        names = {*CORE, *(lock[name]["file_name"] for name in needed(lock, PACKAGES))}
        size: int = sum((pyodide / name).stat().st_size for name in names)
    except (OSError, KeyError, ValueError):
        return None
    return round(size / 1e6)


def needed(lock: dict[str, dict[str, list[str]]], names: tuple[str, ...]) -> set[str]:
    """These packages of a lock and all that they depend on."""
    found: set[str] = set()
    wanted = [*names]
    while wanted:
        name = str(canonicalize_name(wanted.pop()))
        if name not in found:
            found.add(name)
            wanted += lock[name]["depends"]
    return found
