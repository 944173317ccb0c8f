"""Votes at the United Nations: how alike two states vote, and when a resolution is adopted.

A vote is "yes", "no", "abstain" or "absent"; a missing value is an absence.

Lijphart, Arend (1963). "The Analysis of Bloc Voting in the General Assembly: A Critique and a Proposal."
*American Political Science Review* 57(4): 902–917.

Bailey, Michael A., Anton Strezhnev and Erik Voeten (2017). "Estimating Dynamic State Preferences from United
Nations Voting Data." *Journal of Conflict Resolution* 61(2): 430–456.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isnan

import pandas as pd

from twolenses.errors import suggestion
from twolenses.models import ModelError
from twolenses.models._inputs import number

__all__ = [
    "PERMANENT_MEMBERS",
    "Agreement",
    "CouncilVote",
    "RollCall",
    "agreement",
    "assembly_adopts",
    "council_vote",
    "ideal_point_distance",
    "tally",
]

#: The five members of the Security Council whose "no" is a veto (ISO 3166 codes).
PERMANENT_MEMBERS = frozenset({"CHN", "FRA", "GBR", "RUS", "USA"})

# From against to in favour; an absence is no position.
_POSITION = {"no": 0.0, "abstain": 0.5, "yes": 1.0, "absent": None}


def _vote(value: object) -> str:
    if isinstance(value, str):
        if value not in _POSITION:
            raise ModelError(f"{value!r} is no vote. {suggestion(value, _POSITION)}")
        return value
    if value is None or value is pd.NA or (isinstance(value, float) and isnan(value)):
        return "absent"
    raise ModelError(f"{value!r} is no vote. Give yes, no, abstain or absent.")


# ── likeness ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Agreement:
    """How alike two states voted on the `votes` in which both took part, from 0 to 1.

    `identical` is the share of identical votes. `similarity` counts an abstention as half-way between yes and
    no: 1 for the same vote, 1/2 where one of the two abstained, 0 for opposite votes.
    """

    identical: float
    similarity: float
    votes: int


def agreement(first: Iterable[object], second: Iterable[object]) -> Agreement:
    """How alike two states voted; each gives one vote per roll call, in the same order.

    Many resolutions pass nearly unanimously, so high values are common: compare states, not the value with 1.

    Citation: Lijphart (1963) for the similarity.

    Raises
    ------
    ModelError
        If a vote is unknown, the lengths differ, or there is no roll call in which both took part.

    >>> agreement(["yes", "yes", "no"], ["yes", "abstain", "yes"]).similarity
    0.5
    """
    ours, theirs = [_vote(one) for one in first], [_vote(one) for one in second]
    if len(ours) != len(theirs):
        raise ModelError(f"One state has {len(ours)} votes, the other {len(theirs)}. Give one for each roll call.")
    gaps = [
        abs(a - b)
        for a, b in ((_POSITION[one], _POSITION[other]) for one, other in zip(ours, theirs, strict=True))
        if a is not None and b is not None
    ]
    if not gaps:
        raise ModelError("There is no roll call in which both states took part. Choose a longer period.")
    return Agreement(gaps.count(0.0) / len(gaps), 1 - sum(gaps) / len(gaps), len(gaps))


def ideal_point_distance(first: float, second: float) -> float:
    """How far apart two states' ideal points lie, on the scale of the estimates.

    A change in it does not say who moved: compare each state's own points as well.

    Citation: Bailey, Strezhnev and Voeten (2017).

    Raises
    ------
    ModelError
        If an ideal point is missing.
    """
    return abs(number("The first ideal point", first) - number("The second ideal point", second))


# ── the General Assembly ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class RollCall:
    """The result of a recorded vote, in members.

    Raises
    ------
    ModelError
        If a number of members is negative.
    """

    yes: int
    no: int
    abstain: int = 0
    absent: int = 0

    def __post_init__(self) -> None:
        """Refuse fewer than no members."""
        for name, members in vars(self).items():
            number(f"The number of members marked {name}", members, low=0)

    @property
    def present_and_voting(self) -> int:
        """Members that voted for or against: who abstains counts as not voting (rule 86 of the Assembly)."""
        return self.yes + self.no


def tally(votes: Iterable[object]) -> RollCall:
    """Count the votes of one roll call.

    Raises
    ------
    ModelError
        If a vote is unknown.
    """
    cast = [_vote(one) for one in votes]
    return RollCall(cast.count("yes"), cast.count("no"), cast.count("abstain"), cast.count("absent"))


def assembly_adopts(result: RollCall, important: bool) -> bool:
    """Whether the General Assembly adopts: Article 18 of the Charter of the United Nations.

    An `important` question, such as the admission of a member, needs two thirds of the members present and
    voting; any other a majority of them.

    >>> assembly_adopts(RollCall(yes=50, no=25, abstain=100), important=True)
    True
    """
    if important:
        return 3 * result.yes >= 2 * result.present_and_voting > 0
    return result.yes > result.no


# ── the Security Council ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class CouncilVote:
    """Whether the Security Council adopts, and what it had.

    `vetoed_by` names the permanent members without whose "no" the nine votes would have sufficed; where there
    were no nine votes, nobody needed a veto, and it is empty.
    """

    adopted: bool
    yes: int
    vetoed_by: frozenset[str]


def council_vote(votes: Mapping[str, object]) -> CouncilVote:
    """Whether the Security Council adopts: Article 27 of the Charter, for all but procedural questions.

    Nine of fifteen members vote yes, and no permanent member votes no. An abstention or absence of one is no
    veto (the Council's practice). Admission of a new member needs such a recommendation first (Article 4),
    then two thirds of the Assembly: :func:`assembly_adopts`.

    Parameters
    ----------
    votes
        The vote of each of the fifteen members by ISO 3166 code, as in :data:`PERMANENT_MEMBERS`.

    Raises
    ------
    ModelError
        If a vote is unknown, there are not fifteen members, or a permanent one is not among them.
    """
    cast = {member: _vote(vote) for member, vote in votes.items()}
    if len(cast) != 15:
        raise ModelError(f"The Council is given {len(cast)} members. Give all fifteen, absent ones as 'absent'.")
    if missing := PERMANENT_MEMBERS - cast.keys():
        raise ModelError(f"Permanent members without a vote: {', '.join(sorted(missing))}. Give all five.")
    yes = sum(vote == "yes" for vote in cast.values())
    against = frozenset(member for member in PERMANENT_MEMBERS if cast[member] == "no")
    enough = yes >= 9
    return CouncilVote(enough and not against, yes, against if enough else frozenset())
