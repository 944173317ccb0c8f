"""With whom Serbia votes in the UN General Assembly: shared votes, and ideal points."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import single
from twolenses.facts.figure import Figure, fact

# ── With whom Serbia votes ───────────────────────────────────────────────────────────────────────────


def _alike(partner: str, year: int) -> Cell:
    return cell("un_agreement", "agreement", partner_iso3=partner, year=year)


def _agreement(partner: str, year: int) -> Figure:
    row = _alike(partner, year)
    return Figure(100 * row.value, rows=(row,))


def _fall(partner: str, first: int, last: int) -> Figure:
    before, after = _alike(partner, first), _alike(partner, last)
    return Figure(100 * (before.value - after.value), rows=(before, after))


@fact(unit="%", digits=1, formula="100 × identical votes ÷ common votes")
def serbia_russia_agreement_2008() -> Figure:
    """Share of roll calls in the General Assembly in which Serbia voted as Russia did, 2008.

    It depends on what was put to the vote that year, and all resolutions weigh alike.
    """
    return _agreement("RUS", 2008)


@fact(unit="%", digits=1, formula="100 × identical votes ÷ common votes")
def serbia_germany_agreement_2008() -> Figure:
    """Share of roll calls in the General Assembly in which Serbia voted as Germany did, 2008.

    It depends on what was put to the vote that year, and all resolutions weigh alike.
    """
    return _agreement("DEU", 2008)


@fact(unit="%", digits=1, formula="100 × identical votes ÷ common votes")
def serbia_us_agreement_2008() -> Figure:
    """Share of roll calls in the General Assembly in which Serbia voted as the United States did, 2008.

    Few states vote with the United States often: compare it with other states, not with a hundred.
    """
    return _agreement("USA", 2008)


@fact(unit="%", digits=1, formula="100 × identical votes ÷ common votes")
def serbia_russia_agreement_2019() -> Figure:
    """Share of roll calls in the General Assembly in which Serbia voted as Russia did, 2019.

    The last year of the data: nothing on the votes about Ukraine since 2022.
    """
    return _agreement("RUS", 2019)


@fact(unit="%", digits=1, formula="100 × identical votes ÷ common votes")
def serbia_germany_agreement_2019() -> Figure:
    """Share of roll calls in the General Assembly in which Serbia voted as Germany did, 2019.

    The last year of the data. Many resolutions pass nearly unanimously, so high shares are common.
    """
    return _agreement("DEU", 2019)


@fact(unit="%", digits=1, formula="100 × identical votes ÷ common votes")
def serbia_us_agreement_2019() -> Figure:
    """Share of roll calls in the General Assembly in which Serbia voted as the United States did, 2019.

    Few states vote with the United States often: compare it with other states, not with a hundred.
    """
    return _agreement("USA", 2019)


@fact(unit="%", digits=1, formula="100 × identical votes ÷ common votes")
def serbia_china_agreement_2019() -> Figure:
    """Share of roll calls in the General Assembly in which Serbia voted as China did, 2019.

    The last year of the data.
    """
    return _agreement("CHN", 2019)


@fact(unit="percentage points", digits=1, formula="agreement of 2008 − agreement of 2019")
def serbia_germany_agreement_fall() -> Figure:
    """By how much Serbia’s agreement with Germany in the General Assembly fell from 2008 to 2019.

    The agenda differs from year to year, so a fall need not mean that Serbia changed its mind.
    """
    return _fall("DEU", 2008, 2019)


@fact(unit="percentage points", digits=1, formula="agreement of 2008 − agreement of 2019")
def serbia_russia_agreement_fall() -> Figure:
    """By how much Serbia’s agreement with Russia in the General Assembly fell from 2008 to 2019.

    Agreement with both fell: moving away from Germany is not moving towards Russia.
    """
    return _fall("RUS", 2008, 2019)


@fact(counts="years", formula="years of 2000 to 2019 with a higher agreement with Germany")
def years_serbia_nearer_germany() -> Figure:
    """Years from 2000 to 2019 in which Serbia voted as Germany did more often than as Russia did.

    Every one of the twenty. To 2006 the votes are those of Yugoslavia, then of Serbia and Montenegro. Most
    votes are not about Kosovo, Russia or the EU.
    """
    years = sorted({row.row["year"] for row in pick("un_agreement", "agreement", year=range(2000, 2020))})
    pairs = [(_alike("DEU", year), _alike("RUS", year)) for year in years]
    nearer = [pair for pair in pairs if pair[0].value > pair[1].value]
    return Figure(len(nearer), rows=tuple(row for pair in nearer for row in pair))


# ── Ideal points, 2021 and 2022 ──────────────────────────────────────────────────────────────────────


def _point(state: str, year: int) -> Cell:
    return cell("un_ideal_points", "ideal_point", iso3=state, year=year)


def _distance(state: str, year: int) -> Cell:
    return cell("un_ideal_points", "distance_to_serbia", iso3=state, year=year)


def _interval(state: str, year: int) -> Figure:
    low, high = (cell("un_ideal_points", end, iso3=state, year=year) for end in ("low", "high"))
    return Figure((low.value, high.value), rows=(low, high))


@fact(digits=2, formula="|Russia’s ideal point − Serbia’s|")
def serbia_russia_distance_2021() -> Figure:
    """Distance between the ideal points of Serbia and Russia in the General Assembly, 2021.

    One dimension sums up all subjects; it says nothing on Kosovo in particular.
    """
    return single(_distance("RUS", 2021))


@fact(digits=2, formula="|Russia’s ideal point − Serbia’s|")
def serbia_russia_distance_2022() -> Figure:
    """Distance between the ideal points of Serbia and Russia in the General Assembly, 2022.

    A distance does not say who moved: see each state’s own point.
    """
    return single(_distance("RUS", 2022))


@fact(digits=2, formula="|Germany’s ideal point − Serbia’s|")
def serbia_germany_distance_2021() -> Figure:
    """Distance between the ideal points of Serbia and Germany in the General Assembly, 2021.

    An estimate: the interval of each point is about 0.2 to 0.3 wide.
    """
    return single(_distance("DEU", 2021))


@fact(digits=2, formula="|Germany’s ideal point − Serbia’s|")
def serbia_germany_distance_2022() -> Figure:
    """Distance between the ideal points of Serbia and Germany in the General Assembly, 2022.

    As good as unchanged from 2021: the difference is far smaller than the intervals of the points.
    """
    return single(_distance("DEU", 2022))


@fact(digits=2, formula="|the ideal point of the United States − Serbia’s|")
def serbia_us_distance_2021() -> Figure:
    """Distance between the ideal points of Serbia and the United States in the General Assembly, 2021.

    Farther than Russia that year, and farther than Germany.
    """
    return single(_distance("USA", 2021))


@fact(digits=2, formula="|the ideal point of the United States − Serbia’s|")
def serbia_us_distance_2022() -> Figure:
    """Distance between the ideal points of Serbia and the United States in the General Assembly, 2022.

    It shrank since 2021, most of all because the point of the United States moved.
    """
    return single(_distance("USA", 2022))


@fact(digits=2, formula="distance of 2022 − distance of 2021")
def serbia_russia_distance_growth_2022() -> Figure:
    """By how much the distance between Serbia and Russia in the General Assembly grew from 2021 to 2022.

    In 2022 the Assembly voted on the invasion of Ukraine.
    """
    before, after = _distance("RUS", 2021), _distance("RUS", 2022)
    return Figure(after.value - before.value, rows=(before, after))


def _shift(state: str) -> Figure:
    before, after = _point(state, 2021), _point(state, 2022)
    return Figure(after.value - before.value, rows=(before, after))


@fact(digits=2, formula="ideal point of 2022 − ideal point of 2021")
def russia_shift_2022() -> Figure:
    """Move of Russia’s ideal point in the General Assembly from 2021 to 2022; below zero is away from the US.

    Its intervals of the two years do not overlap.
    """
    return _shift("RUS")


@fact(digits=2, formula="ideal point of 2022 − ideal point of 2021")
def serbia_shift_2022() -> Figure:
    """Move of Serbia’s ideal point in the General Assembly from 2021 to 2022; above zero is towards the US.

    Its intervals of the two years overlap: the move is within the error of the estimates.
    """
    return _shift("SRB")


@fact(unit="%", formula="100 × Russia’s move ÷ growth of the distance")
def russia_share_of_distance_growth_2022() -> Figure:
    """Share of the growing distance between Serbia and Russia from 2021 to 2022 that is Russia’s own move.

    The rest is Serbia’s move, which is within the error of the estimates.
    """
    move, before, after = _shift("RUS"), _distance("RUS", 2021), _distance("RUS", 2022)
    growth = after.value - before.value
    return Figure(100 * abs(float(move)) / growth, rows=(*move.rows, before, after))


@fact(digits=2)
def serbia_point_interval_2021() -> Figure:
    """Interval of Serbia’s ideal point in the General Assembly, 2021, from its 5 % to its 95 % quantile."""
    return _interval("SRB", 2021)


@fact(digits=2)
def serbia_point_interval_2022() -> Figure:
    """Interval of Serbia’s ideal point in the General Assembly, 2022, from its 5 % to its 95 % quantile.

    It overlaps the interval of 2021.
    """
    return _interval("SRB", 2022)


@fact(digits=2)
def russia_point_interval_2021() -> Figure:
    """Interval of Russia’s ideal point in the General Assembly, 2021, from its 5 % to its 95 % quantile."""
    return _interval("RUS", 2021)


@fact(digits=2)
def russia_point_interval_2022() -> Figure:
    """Interval of Russia’s ideal point in the General Assembly, 2022, from its 5 % to its 95 % quantile.

    It lies wholly below the interval of 2021.
    """
    return _interval("RUS", 2022)
