"""The marked regions of a cell, as nbgrader marks them."""

from __future__ import annotations

__all__ = ["HIDDEN", "SOLUTION", "cut", "keep_all", "public", "solution", "starter"]

SOLUTION, HIDDEN = "SOLUTION", "HIDDEN TESTS"


def cut(source: str, region: str, *, keep: bool = False) -> str:
    """`source` without the lines between the region's markers, or (`keep`) without the markers only."""
    kept, inside = [], False
    for line in source.splitlines():
        if line.strip() in (f"### BEGIN {region}", f"### END {region}"):
            inside = line.strip().startswith("### BEGIN")
        elif keep or not inside:
            kept.append(line)
    return "\n".join(kept)


def starter(source: str) -> str:
    """What the student finds in a task cell."""
    return cut(source, SOLUTION)


def solution(source: str) -> str:
    """A solved task cell, without markers."""
    return cut(source, SOLUTION, keep=True)


def public(source: str) -> str:
    """A check cell without its hidden tests."""
    return cut(source, HIDDEN)


def keep_all(source: str) -> str:
    """A cell with both regions kept and all markers gone: what runs when an exercise is solved and checked in full."""
    return cut(solution(source), HIDDEN, keep=True)
