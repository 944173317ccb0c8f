"""How options are called where they have no other name."""

from __future__ import annotations

__all__ = ["letter"]


def letter(number: int) -> str:
    """A, B, C … Z, AA for 0, 1, 2 …, as an HTML list of type A counts."""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
