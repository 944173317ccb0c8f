"""The reinforcements of KFOR in 2023: announced, offered, deployed."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._rows import single
from twolenses.facts.figure import Figure, fact


def _deployment(actor: str, measure: str, date: str) -> Cell:
    return cell("deployments", actor=actor, measure=measure, date=date)


@fact(counts="soldiers")
def nato_soldiers_announced_may_2023() -> Figure:
    """Soldiers that NATO announced for KFOR on 30 May 2023, the day after the clash at Zveçan/Zvečan.

    Announced, from a reserve force; how many came the text does not say.
    """
    return single(_deployment("NATO", "soldiers_announced", "2023-05-30"))


@fact(counts="soldiers")
def nato_soldiers_announced_october_2023() -> Figure:
    """Soldiers that NATO announced for KFOR on 1 October 2023, a week after the attack at Banjskë/Banjska.

    Whether the British soldiers of that week are among them the text does not say.
    """
    return single(_deployment("NATO", "soldiers_announced", "2023-10-01"))


@fact(counts="soldiers")
def kfor_reserves_deployed_2023() -> Figure:
    """Reserves that allies deployed to KFOR in 2023, by the annual report of NATO’s Secretary General.

    Called there the largest reinforcement in a decade. Part of the strength of December 2023.
    """
    return single(_deployment("NATO", "reserves_deployed", "2023-12-31"))


@fact(counts="soldiers")
def romanian_soldiers_announced() -> Figure:
    """Soldiers that Romania announced for KFOR on 3 October 2023.

    Announced; the newspaper list of 2023 has 80 Romanians.
    """
    return single(_deployment("ROU", "soldiers_added", "2023-10-03"))


@fact(counts="soldiers")
def uk_soldiers_added() -> Figure:
    """British soldiers sent to KFOR in October 2023."""
    return single(_deployment("GBR", "soldiers_added", "2023-10-06"))


@fact(counts="soldiers")
def uk_soldiers_already_there() -> Figure:
    """British soldiers already in Kosovo when the reinforcement of October 2023 arrived."""
    return single(_deployment("GBR", "soldiers_already_there", "2023-10-06"))


@fact(counts="soldiers", formula="added + already there")
def uk_soldiers_together() -> Figure:
    """British soldiers in Kosovo after the reinforcement of October 2023."""
    added = _deployment("GBR", "soldiers_added", "2023-10-06")
    there = _deployment("GBR", "soldiers_already_there", "2023-10-06")
    return Figure(added.value + there.value, rows=(added, there), qualifier=added.qualifier)


@fact(counts="soldiers")
def uk_battalion_offered() -> Figure:
    """Size of the British battalion whose command London passed to NATO on 29 September 2023."""
    low = _deployment("GBR", "battalion_offered_low", "2023-09-29")
    high = _deployment("GBR", "battalion_offered_high", "2023-09-29")
    return Figure((low.value, high.value), rows=(low, high))
