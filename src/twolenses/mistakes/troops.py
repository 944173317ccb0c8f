"""Mistakes about troops, bases and reinforcements of 2022–23."""

from __future__ import annotations

from twolenses.facts import figure
from twolenses.mistakes.register import mistake

# ── The cut of October 2023 ──────────────────────────────────────────────────────────────────────────


def _before_after() -> tuple[float, float]:
    return float(figure("serbian_troops_before")), float(figure("serbian_troops_after"))


@mistake(about="serbian_troop_cut")
def cut_of_new() -> float:
    """That is the change as a share of the new figure. A cut is measured against what was there before."""
    before, after = _before_after()
    return 100 * (before - after) / after


@mistake(about="serbian_troop_cut")
def share_left() -> float:
    """That is the share that stayed. The question asks for the share that left."""
    before, after = _before_after()
    return 100 * after / before


@mistake(about="serbian_troop_cut")
def cut_with_a_minus() -> float:
    """That is the change, with a minus before it. A cut is what left: the number before less the number after."""
    before, after = _before_after()
    return 100 * (after - before) / before


@mistake(about="serbian_troop_cut")
def ratio_not_percent() -> float:
    """That is the change as a fraction of one. Multiply by 100 to have percent."""
    before, after = _before_after()
    return (before - after) / before


@mistake(about="serbian_troop_cut")
def soldiers_not_percent() -> float:
    """That is the number of soldiers withdrawn. Divide it by what was there before to have a share."""
    before, after = _before_after()
    return before - after


@mistake(about="serbian_troops_before")
def troops_of_earlier_crises() -> float:
    """That is the figure Serbia gave for the crises of December 2022 and May 2023. Look at the row of
    September 2023."""
    return float(figure("serbian_troops_earlier"))


@mistake(about="serbian_troops_before")
def after_for_before() -> float:
    """That is the number after the cut. The two are the wrong way round."""
    return float(figure("serbian_troops_after"))


@mistake(about="serbian_troops_after")
def before_for_after() -> float:
    """That is the number before the cut. The two are the wrong way round."""
    return float(figure("serbian_troops_before"))


# ── Bases and reinforcements ─────────────────────────────────────────────────────────────────────────


@mistake(about="bases_counted")
def only_army() -> float:
    """Those are the army's bases alone. The statement also counts the gendarmerie's."""
    return float(figure("army_bases"))


@mistake(about="bases_counted")
def only_gendarmerie() -> float:
    """Those are the gendarmerie's bases alone. The statement also counts the army's."""
    return float(figure("gendarmerie_bases"))


@mistake(about="uk_soldiers_added")
def together_for_added() -> float:
    """That is everybody British after the reinforcement. The question asks for those who were sent."""
    return float(figure("uk_soldiers_together"))


@mistake(about="uk_soldiers_added")
def already_there_for_added() -> float:
    """Those were in Kosovo before. The question asks for those who were sent in addition."""
    return float(figure("uk_soldiers_already_there"))


@mistake(about="uk_soldiers_added")
def battalion_for_added() -> float:
    """That is the article's number, near the size of the battalion put under NATO command. Fewer were sent."""
    return float(figure("uk_battalion_offered").low)


# ── September 2023 against the earlier crises ────────────────────────────────────────────────────────


@mistake(about="serbian_troops_share_of_earlier")
def earlier_over_later() -> float:
    """That is the earlier number as a share of the later one. Turn the fraction round."""
    return 100 * float(figure("serbian_troops_earlier")) / float(figure("serbian_troops_before"))


@mistake(about="serbian_troops_share_of_earlier")
def after_over_earlier() -> float:
    """That takes the number after the cut. The question asks for the number before it."""
    return 100 * float(figure("serbian_troops_after")) / float(figure("serbian_troops_earlier"))


@mistake(about="serbian_troops_share_of_earlier")
def drop_from_earlier() -> float:
    """That is by how much the number is smaller. The question asks what share of the earlier number it is."""
    return 100 - float(figure("serbian_troops_share_of_earlier"))
