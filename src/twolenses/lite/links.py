"""*Run it here*: the first link of an exercise page, which is there when `lite/` is."""

from __future__ import annotations

import re
from pathlib import Path

from twolenses.errors import LiteError, place
from twolenses.files import write

__all__ = ["link", "run_here"]


def run_here(name: str) -> str:
    """What the page of an exercise has until ``lite/`` is built: a comment where the link will stand."""
    return f"<!-- run it here: {name} --><!-- -->"


def link(page: Path, name: str, address: str) -> None:
    """Write the link at its place; one that stands there already is replaced.

    Raises
    ------
    LiteError
        If there is no such page, or it has no place for the link.
    """
    try:
        text = page.read_text(encoding="utf-8")
    except OSError as error:
        raise LiteError(f"{place(page)}  cannot be read: {error.strerror}. Run 'make build' first.") from None
    begin, _, end = run_here(name).partition("><")
    new, places = re.subn(
        f"({re.escape(begin)}>).*?(<{re.escape(end)})",
        rf'\1<a class="reference external" href="{address}">Run it here</a> · \2',
        text,
        flags=re.S,
    )
    if not places:
        raise LiteError(f"{place(page)}  has no place for the link to {address}. Run 'make build' first.")
    write(page, new)
