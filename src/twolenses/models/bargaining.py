"""Why states that could settle fight: the bargaining range, and what a shift in power does to it.

Two states, A and B, divide something worth 1; x is A's part. War gives all of it to A with probability p, and
costs each side a part of its worth. Both prefer any x between p − c_A and p + c_B to fighting, so a war
between two that know all this needs another reason. One is that today's bargain does not bind tomorrow's
power.

Fearon, James D. (1995). "Rationalist Explanations for War." *International Organization* 49(3): 379–414.

Powell, Robert (2006). "War as a Commitment Problem." *International Organization* 60(1): 169–203.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from twolenses.models._inputs import number

__all__ = ["BargainingRange", "PowerShift", "bargaining_range", "power_shift"]

_ROUNDING = 1e-12


@dataclass(frozen=True)
class BargainingRange:
    """The parts of A that neither state would rather fight than accept: `low` to `high`, within 0 and 1."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How much room there is to agree."""
        return self.high - self.low

    def __contains__(self, part: float) -> bool:
        """Whether both would rather accept this part of A than fight."""
        return self.low <= part <= self.high


def bargaining_range(p: float, cost_a: float, cost_b: float) -> BargainingRange:
    """The interval from p − c_A to p + c_B, cut at 0 and 1.

    Parameters
    ----------
    p
        Probability that A wins a war.
    cost_a, cost_b
        Cost of war to each state, as a part of the worth of what is disputed: a state that cares less about
        it has a higher cost. Not below 0; may be above 1.

    Citation: Fearon (1995).

    Raises
    ------
    ModelError
        If p is not between 0 and 1, or a cost is negative.

    >>> bargaining_range(p=0.5, cost_a=0.25, cost_b=0.125)
    BargainingRange(low=0.25, high=0.625)
    """
    number("p", p, 0, 1)
    number("cost_a", cost_a, 0)
    number("cost_b", cost_b, 0)
    return BargainingRange(max(0.0, p - cost_a), min(1.0, p + cost_b))


@dataclass(frozen=True)
class PowerShift:
    """What both states can expect of a foreseen shift in power.

    `shift` is the change in A's probability of winning, `surplus` what peace saves (both costs together), and
    `preventive_war_by` the declining state if it does better to fight now, otherwise None.
    """

    now: BargainingRange
    later: BargainingRange
    shift: float
    surplus: float
    preventive_war_by: Literal["A", "B"] | None


def power_shift(p_now: float, p_later: float, cost_a: float, cost_b: float) -> PowerShift:
    """Whether a foreseen shift in power makes preventive war rational for the state in decline.

    The good is divided once, after the shift. The rising state cannot promise today to take less tomorrow
    than a war would then give it, so the best that the declining one can hope for is that end of `later`
    which is best for it. It fights now if even this is worse than war now: if the shift exceeds `surplus`,
    the width of the (uncut) bargaining range. The two ranges then have no point in common. Fearon's and
    Powell's own models have many periods and a discount factor; this is their argument in its smallest form.

    Citation: Fearon (1995), Powell (2006). Parameters and errors as in :func:`bargaining_range`.

    >>> power_shift(p_now=0.3, p_later=0.7, cost_a=0.1, cost_b=0.1).preventive_war_by
    'B'
    """
    now, later = bargaining_range(p_now, cost_a, cost_b), bargaining_range(p_later, cost_a, cost_b)
    declining: Literal["A", "B"] | None = None
    if later.low - now.high > _ROUNDING:
        declining = "B"
    elif now.low - later.high > _ROUNDING:
        declining = "A"
    return PowerShift(now, later, p_later - p_now, cost_a + cost_b, declining)
