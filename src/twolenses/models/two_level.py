"""Two tables at once: which deals could pass at home, and what that does abroad.

Deals lie on a line from 0 to 1. At home sit groups of equal weight. One side wants much: each of its groups says
from which point on it agrees. The other wants little: each says up to which point. A deal passes where enough
groups agree, and a side payment moves every group of a home by the same step towards agreement.

Putnam, Robert D. (1988). "Diplomacy and Domestic Politics: The Logic of Two-Level Games." *International
Organization* 42(3): 427–460.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twolenses.models import ModelError
from twolenses.models._inputs import number, numbers

__all__ = ["WinSet", "common", "passes_from", "passes_up_to"]


@dataclass(frozen=True)
class WinSet:
    """The deals that pass, from `low` to `high`, both included."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The deal that splits the difference."""
        return (self.low + self.high) / 2

    def __contains__(self, deal: float) -> bool:
        """Whether the deal passes."""
        return self.low <= deal <= self.high


def passes_from(demands: Sequence[float], needed: int, payment: float = 0) -> WinSet:
    """What passes in a home whose groups each agree from their demand on.

    Parameters
    ----------
    demands
        One point per group, between 0 and 1.
    needed
        How many groups must agree.
    payment
        By how much a side payment lowers every demand. Not below 0.

    Citation: Putnam (1988), who has win-sets depend on preferences, on the rule of ratification and on strategy.

    Raises
    ------
    ModelError
        If a demand is not between 0 and 1, a payment is negative, or more groups are needed than there are.

    >>> passes_from([0.25, 0.5, 0.75], needed=2)
    WinSet(low=0.5, high=1.0)
    """
    return WinSet(max(0.0, sorted(_points(demands, needed))[needed - 1] - number("payment", payment, 0)), 1.0)


def passes_up_to(limits: Sequence[float], needed: int, payment: float = 0) -> WinSet:
    """What passes in a home whose groups each agree up to their limit. Parameters and errors as in `passes_from`.

    >>> passes_up_to([0.25, 0.5, 0.75], needed=3)
    WinSet(low=0.0, high=0.25)
    """
    found = sorted(_points(limits, needed), reverse=True)[needed - 1]
    return WinSet(0.0, min(1.0, found + number("payment", payment, 0)))


def common(first: WinSet, second: WinSet) -> WinSet | None:
    """The deals that pass in both homes, or None if there are none.

    >>> common(WinSet(0.5, 1.0), WinSet(0.0, 0.75))
    WinSet(low=0.5, high=0.75)
    """
    low, high = max(first.low, second.low), min(first.high, second.high)
    return WinSet(low, high) if low <= high + 1e-12 else None


def _points(points: Sequence[float], needed: int) -> list[float]:
    found = [float(point) for point in numbers("A home's groups", list(points), 0, 1)]
    if not 1 <= needed <= len(found):
        raise ModelError(f"{needed} groups must agree, and there are {len(found)}. Give a number from 1 to that.")
    return found
