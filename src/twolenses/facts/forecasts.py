"""The scoreboard of both lenses: how many of their expectations for 2024 to 2026 were hit, missed, or are open.

A verdict follows the two rules that stand beside each expectation. The choice of expectations, of the matters they are
applied to and of the rules is ours.
"""

from __future__ import annotations

from typing import Any

from twolenses.facts._choose import pick
from twolenses.facts._rows import counted
from twolenses.facts.figure import Figure, fact

_DECIDED = ("hit", "miss")


def _count(**where: Any) -> Figure:
    return counted(pick("forecasts", "id", **where))


# ── All of them ──────────────────────────────────────────────────────────────────────────────────────


@fact(counts="forecasts", formula="rows of the scoreboard")
def forecasts_listed() -> Figure:
    """Expectations of both lenses on the scoreboard."""
    return _count()


@fact(counts="forecasts", formula="rows with the verdict hit or miss")
def forecasts_decided() -> Figure:
    """Expectations on the scoreboard that the record decides, one way or the other."""
    return _count(verdict=_DECIDED)


@fact(counts="forecasts", formula="rows with the verdict open")
def forecasts_open() -> Figure:
    """Expectations on the scoreboard that are open.

    The day is not reached, the sources are silent on something that can be hidden, or no rule can be written.
    """
    return _count(verdict="open")


# ── Lens by lens ─────────────────────────────────────────────────────────────────────────────────────


@fact(counts="forecasts", formula="rows of realism with the verdict hit")
def realist_hits() -> Figure:
    """Expectations of realism that were hit."""
    return _count(lens="realism", verdict="hit")


@fact(counts="forecasts", formula="rows of realism with the verdict miss")
def realist_misses() -> Figure:
    """Expectations of realism that were missed."""
    return _count(lens="realism", verdict="miss")


@fact(counts="forecasts", formula="rows of liberalism with the verdict hit")
def liberal_hits() -> Figure:
    """Expectations of liberalism that were hit."""
    return _count(lens="liberalism", verdict="hit")


@fact(counts="forecasts", formula="rows of liberalism with the verdict miss")
def liberal_misses() -> Figure:
    """Expectations of liberalism that were missed."""
    return _count(lens="liberalism", verdict="miss")


# ── By what was bet ──────────────────────────────────────────────────────────────────────────────────


@fact(counts="forecasts", formula="decided rows that bet on things staying as they were")
def stay_bets() -> Figure:
    """Decided expectations that something would stay as it was at the end of 2023."""
    return _count(bet="stays", verdict=_DECIDED)


@fact(counts="forecasts", formula="rows that bet on things staying as they were, with the verdict hit")
def stay_bets_hit() -> Figure:
    """Expectations that something would stay as it was at the end of 2023, and were hit."""
    return _count(bet="stays", verdict="hit")


@fact(unit="%", digits=1, formula="100 × hits ÷ decided rows, of those that bet on things staying as they were")
def stay_bets_hit_share() -> Figure:
    """Share of the decided bets on things staying as they were at the end of 2023 that were hit."""
    hits, decided = pick("forecasts", "id", bet="stays", verdict="hit"), stay_bets()
    return Figure(100 * len(hits) / float(decided), rows=decided.rows)


@fact(counts="forecasts", formula="decided rows that bet on change")
def change_bets() -> Figure:
    """Decided expectations that something would change from how it was at the end of 2023."""
    return _count(bet="changes", verdict=_DECIDED)


@fact(counts="forecasts", formula="rows that bet on change, with the verdict hit")
def change_bets_hit() -> Figure:
    """Expectations that something would change from how it was at the end of 2023, and were hit."""
    return _count(bet="changes", verdict="hit")


@fact(counts="forecasts", formula="decided rows of realism that bet on things staying as they were")
def realist_stay_bets() -> Figure:
    """Decided expectations of realism that something would stay as it was at the end of 2023."""
    return _count(lens="realism", bet="stays", verdict=_DECIDED)


@fact(counts="forecasts", formula="decided rows of liberalism that bet on things staying as they were")
def liberal_stay_bets() -> Figure:
    """Decided expectations of liberalism that something would stay as it was at the end of 2023."""
    return _count(lens="liberalism", bet="stays", verdict=_DECIDED)


@fact(counts="forecasts", formula="decided rows in which things stayed as they were")
def always_as_before_hits() -> Figure:
    """Hits of a forecaster who says each time, without a theory, that all stays as it was at the end of 2023."""
    return _count(as_before="yes", verdict=_DECIDED)


# ── Without what was known ───────────────────────────────────────────────────────────────────────────


@fact(counts="forecasts", formula="decided rows whose outcome the chapter itself tells")
def forecasts_told() -> Figure:
    """Decided expectations whose outcome stands in the chapter that states them: known when it was written."""
    return _count(told=True, verdict=_DECIDED)


@fact(counts="forecasts", formula="rows of realism with the verdict hit whose outcome the chapter does not tell")
def realist_hits_untold() -> Figure:
    """Expectations of realism that were hit by something that their chapter does not tell."""
    return _count(lens="realism", verdict="hit", told=False)


@fact(counts="forecasts", formula="rows of realism with the verdict miss whose outcome the chapter does not tell")
def realist_misses_untold() -> Figure:
    """Expectations of realism that were missed by something that their chapter does not tell."""
    return _count(lens="realism", verdict="miss", told=False)


@fact(counts="forecasts", formula="rows of liberalism with the verdict hit whose outcome the chapter does not tell")
def liberal_hits_untold() -> Figure:
    """Expectations of liberalism that were hit by something that their chapter does not tell."""
    return _count(lens="liberalism", verdict="hit", told=False)


@fact(counts="forecasts", formula="rows of liberalism with the verdict miss whose outcome the chapter does not tell")
def liberal_misses_untold() -> Figure:
    """Expectations of liberalism that were missed by something that their chapter does not tell."""
    return _count(lens="liberalism", verdict="miss", told=False)
