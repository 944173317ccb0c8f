"""Mistakes about KFOR, power, the war and the order of events."""

from __future__ import annotations

from twolenses.facts import figure
from twolenses.mistakes.register import mistake

# ── KFOR ─────────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="kfor_cut_by_2025")
def kfor_share_left() -> float:
    """That is the share that stayed. The question asks for the share that left."""
    return 100 - float(figure("kfor_cut_by_2025"))


@mistake(about="kfor_cut_by_2025")
def kfor_cut_of_new() -> float:
    """That is the change as a share of the new strength. A cut is measured against what was there before."""
    share = float(figure("kfor_cut_by_2025"))
    return 100 * share / (100 - share)


@mistake(about="kfor_growth_2023")
def kfor_growth_of_new() -> float:
    """That is the growth as a share of December. Growth is measured against what was there before, in May."""
    growth = float(figure("kfor_growth_2023"))
    return 100 * growth / (100 + growth)


@mistake(about="italy_share_of_kfor_2023")
def share_across_sources() -> float:
    """That divides the contingent of one list by NATO’s total of December. Part and whole must come from one
    source."""
    return 100 * figure("italian_soldiers_in_kfor_2023").high / float(figure("kfor_december_2023"))


@mistake(about="us_cut_in_kosovo_1999_2017")
def gap_taken_for_withdrawal() -> float:
    """That compares with a report that leaves KFOR out. Read the column `coverage` before you trust a fall."""
    first, reported = figure("us_soldiers_in_kosovo_1999"), figure("us_personnel_reported_2023")
    return 100 * (1 - float(reported) / float(first))


@mistake(about="kfor_years_without_total")
def plan_taken_for_strength() -> float:
    """For one more year there are only plans. A plan is not a strength: keep the rows with `in_series`."""
    return float(figure("kfor_years_without_total")) - 1


# ── Power ────────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="serbia_to_albania_2022")
def smaller_over_larger() -> float:
    """That is Albania’s index for each unit of Serbia’s. Turn the fraction round."""
    return 1 / float(figure("serbia_to_albania_2022"))


@mistake(about="serbia_to_albania_2022")
def ratio_of_1999() -> float:
    """That is the ratio of 1999, when the row is Yugoslavia. Take the rows of 2022."""
    return float(figure("serbia_to_albania_1999"))


@mistake(about="serbia_to_smaller_neighbours_2022")
def all_neighbours() -> float:
    """That sum has Bulgaria, Hungary and Romania in it. The question is about the five smaller states."""
    return float(figure("serbia_to_all_neighbours_2022"))


@mistake(about="spending_correlation_of_changes")
def levels_for_changes() -> float:
    """That is the correlation of the levels. Two series that both rise correlate anyway: take the changes from
    year to year."""
    return float(figure("spending_correlation_of_levels"))


# ── The war ──────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="memory_book_albanian_share")
def two_groups_only() -> float:
    """That leaves out Roma, Ashkali, Egyptians, Montenegrins and others. Divide by all the dead and missing."""
    albanians, serbs = (float(figure(f"memory_book_{group}")) for group in ("albanians", "serbs"))
    return 100 * albanians / (albanians + serbs)


@mistake(about="memory_book_albanian_share")
def other_group() -> float:
    """That is the share of Serbs. The question asks for the share of Albanians."""
    return float(figure("memory_book_serb_share"))


@mistake(about="memory_book_civilian_share")
def armed_for_civilian() -> float:
    """That is the share of members of armed formations. The question asks for civilians."""
    return 100 - float(figure("memory_book_civilian_share"))


@mistake(about="memory_book_to_ucdp")
def count_turned_round() -> float:
    """That is UCDP’s count for each person in the book. Turn the fraction round."""
    return 1 / float(figure("memory_book_to_ucdp"))


@mistake(about="disputes_of_serbia")
def rows_for_disputes() -> float:
    """That is the number of rows. A dispute has a row for each opponent and year: count different disputes."""
    return float(len(figure("disputes_of_serbia").rows))


# ── Dates ────────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="days_attack_to_pullback")
def first_day_counted() -> float:
    """That counts the first day as well. From one date to another is the difference of the two."""
    return float(figure("days_attack_to_pullback")) + 1


@mistake(about="days_attack_to_pullback")
def days_to_claim() -> float:
    """That is the day of Radoičić’s claim and of the White House’s warning. Serbia reported its reduction later."""
    return float(figure("days_attack_to_claim"))


@mistake(about="years_of_autonomy")
def years_to_dissolution() -> float:
    """That runs to 1990, when Serbia dissolved the assembly. The vote on the autonomy was in March 1989."""
    return float(figure("years_of_autonomy")) + 1


@mistake(about="days_of_bombing")
def bombing_first_day_counted() -> float:
    """That counts the first day as well. From one date to another is the difference of the two."""
    return float(figure("days_of_bombing")) + 1
