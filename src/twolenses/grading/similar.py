"""Submissions that look alike: a place to look, never a verdict.

Who solves a task alike writes alike. So every run of eight words or signs counts by how rare it is in the class: what
all have, such as the starter, counts nothing; what two of thirty have counts four times as much as what half have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

__all__ = ["Pair", "pairs"]

RUN = 8
SHARE = 0.8
LEAST = 40.0
"""Bits of what is rare that two must share: two short answers may well be the same."""


@dataclass(frozen=True)
class Pair:
    """Two students, the share of the one with less to share that both have, and the cells that are the same."""

    one: str
    other: str
    share: float
    cells: tuple[str, ...]


def pairs(texts: Mapping[str, Mapping[str, str]]) -> list[Pair]:
    """The pairs that look alike, the most alike first.

    Parameters
    ----------
    texts
        Student → cell → what was written.
    """
    students = list(texts)
    runs = [{run for cell, text in texts[student].items() for run in _runs(cell, text)} for student in students]
    columns = {run: number for number, run in enumerate(sorted(set().union(*runs)))}
    if not columns:
        return []
    rows = [row for row, own in enumerate(runs) for _ in own]
    places = [columns[run] for own in runs for run in own]
    has = csr_array((np.ones(len(rows)), (rows, places)), shape=(len(students), len(columns)))
    bits = np.log2(len(students) / has.sum(axis=0))
    shared = (has * bits @ has.T).toarray()
    own = shared.diagonal()
    share = shared / np.maximum(np.minimum.outer(own, own), 1e-9)
    alike = np.argwhere(np.triu((share >= SHARE) & (shared >= LEAST), 1))
    found = [
        Pair(
            students[one],
            students[other],
            float(share[one, other]),
            _same(texts[students[one]], texts[students[other]]),
        )
        for one, other in alike
    ]
    return sorted(found, key=lambda pair: (-pair.share, pair.one, pair.other))


def _same(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cell for cell in one if one[cell].split() == other.get(cell, "").split() != [])


def _runs(cell: str, text: str) -> set[tuple[str, str]]:
    words = re.findall(r"\w+|[^\w\s]", text)
    return {(cell, " ".join(words[at : at + RUN])) for at in range(len(words) - RUN + 1)}
