"""The claims of the article: how many the ledger checks, of which type, and with which verdict."""

from __future__ import annotations

from twolenses.facts._choose import pick
from twolenses.facts._rows import counted
from twolenses.facts.figure import Figure, fact


def _count(**where: str | tuple[str, ...]) -> Figure:
    return counted(pick("claims", "id", **where))


@fact(counts="claims", formula="rows of the ledger with a verdict")
def claims_checked() -> Figure:
    """Claims of the article that the ledger checks."""
    return _count(verdict=("supported", "imprecise", "contested", "wrong", "unverifiable"))


@fact(counts="omissions", formula="rows of the ledger marked as omissions")
def omissions_listed() -> Figure:
    """Things the article leaves out and that the ledger lists."""
    return _count(verdict="omission")


@fact(counts="claims", formula="rows with this verdict")
def claims_supported() -> Figure:
    """Claims with the verdict *supported*."""
    return _count(verdict="supported")


@fact(counts="claims", formula="rows with this verdict")
def claims_imprecise() -> Figure:
    """Claims with the verdict *imprecise*."""
    return _count(verdict="imprecise")


@fact(counts="claims", formula="rows with this verdict")
def claims_contested() -> Figure:
    """Claims with the verdict *contested*."""
    return _count(verdict="contested")


@fact(counts="claims", formula="rows with this verdict")
def claims_wrong() -> Figure:
    """Claims with the verdict *wrong*."""
    return _count(verdict="wrong")


@fact(counts="claims", formula="rows with this verdict")
def claims_unverifiable() -> Figure:
    """Claims with the verdict *unverifiable*."""
    return _count(verdict="unverifiable")


@fact(counts="claims", formula="rows of this type")
def claims_of_fact() -> Figure:
    """Claims that assert a fact."""
    return _count(type="fact")


@fact(counts="claims", formula="rows of this type")
def claims_of_attribution() -> Figure:
    """Claims that report somebody's words."""
    return _count(type="attribution")


@fact(counts="claims", formula="rows of this type")
def claims_of_interpretation() -> Figure:
    """Claims that interpret."""
    return _count(type="interpretation")


@fact(counts="claims", formula="rows of this type")
def claims_of_cause() -> Figure:
    """Claims that one thing brought about another."""
    return _count(type="causal")


@fact(counts="claims", formula="rows of this type")
def claims_of_law() -> Figure:
    """Claims about what the law says."""
    return _count(type="legal")


@fact(counts="claims", formula="rows of this type and verdict")
def contested_interpretations() -> Figure:
    """Interpretations with the verdict *contested*."""
    return _count(type="interpretation", verdict="contested")


@fact(counts="claims", formula="rows of this type and verdict")
def contested_causes() -> Figure:
    """Causal claims with the verdict *contested*."""
    return _count(type="causal", verdict="contested")


@fact(counts="claims", formula="rows of this type and verdict")
def contested_facts() -> Figure:
    """Claims of fact with the verdict *contested*."""
    return _count(type="fact", verdict="contested")
