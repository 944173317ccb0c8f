"""Institutions: what Serbia and Kosovo are members of, and the civil missions of the UN and the EU."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import counted, single
from twolenses.facts.figure import Figure, fact

# ── Memberships in common ────────────────────────────────────────────────────────────────────────────


def _shared(state: str, partner: str, year: int = 2014) -> Cell:
    return cell("shared_igos", "shared_igos", iso3=state, partner_iso3=partner, year=year)


@fact(counts="organisations")
def shared_igos_serbia_kosovo_2009() -> Figure:
    """Intergovernmental organisations of which both Serbia and Kosovo were full members in 2009.

    The year after the declaration of independence, and the first with any.
    """
    return single(_shared("SRB", "XKX", 2009))


@fact(counts="organisations")
def shared_igos_serbia_kosovo_2014() -> Figure:
    """Intergovernmental organisations of which both Serbia and Kosovo were full members in 2014.

    The last year of the data. That Kosovo could not join more is partly a result of the dispute, so a low count
    is not an independent cause of it.
    """
    return single(_shared("SRB", "XKX"))


@fact(counts="organisations")
def shared_igos_serbia_albania_2014() -> Figure:
    """Intergovernmental organisations of which both Serbia and Albania were full members in 2014.

    A count of names: it does not say what the organisations did.
    """
    return single(_shared("SRB", "ALB"))


@fact(counts="organisations")
def shared_igos_serbia_germany_2014() -> Figure:
    """Intergovernmental organisations of which both Serbia and Germany were full members in 2014."""
    return single(_shared("SRB", "DEU"))


@fact(counts="organisations")
def shared_igos_serbia_russia_2014() -> Figure:
    """Intergovernmental organisations of which both Serbia and Russia were full members in 2014."""
    return single(_shared("SRB", "RUS"))


@fact(counts="organisations")
def shared_igos_serbia_us_2014() -> Figure:
    """Intergovernmental organisations of which both Serbia and the United States were full members in 2014.

    Fewer than with Russia or with Germany.
    """
    return single(_shared("SRB", "USA"))


@fact(counts="organisations", formula="lowest and highest over the partners of the table")
def shared_igos_kosovo_range_2014() -> Figure:
    """Intergovernmental organisations that Kosovo shared with another state in 2014, from the fewest to the most.

    Over Serbia and eighteen other states. With friends hardly more than with Serbia: it could join few.
    """
    rows = (*pick("shared_igos", "shared_igos", iso3="XKX", year=2014), _shared("SRB", "XKX"))
    return Figure((min(row.value for row in rows), max(row.value for row in rows)), rows=rows)


@fact(digits=1, formula="organisations shared with Albania ÷ organisations shared with Kosovo, 2014")
def shared_igos_albania_per_kosovo_2014() -> Figure:
    """How many times as many organisations Serbia shared with Albania in 2014 as with Kosovo."""
    albania, kosovo = _shared("SRB", "ALB"), _shared("SRB", "XKX")
    return Figure(albania.value / kosovo.value, rows=(albania, kosovo))


# ── Lists of memberships ─────────────────────────────────────────────────────────────────────────────

_FACTBOOK = "in the World Factbook’s list"


def _listed(state: str) -> tuple[Cell, ...]:
    return pick("igo_memberships", "organisation", iso3=state)


@fact(counts="organisations", formula="rows of the state")
def organisations_of_serbia() -> Figure:
    """Organisations in which Serbia takes part, as the World Factbook of January 2026 lists them.

    Bodies that are not intergovernmental are in it, and UN missions with Serbian personnel, some long closed.
    """
    return counted(_listed("SRB"), attribution=_FACTBOOK)


@fact(counts="organisations", formula="rows of the state")
def organisations_of_kosovo() -> Figure:
    """Organisations in which Kosovo takes part, as the World Factbook of January 2026 lists them.

    The entry is stale: the EBRD, which Kosovo joined in 2012, and the regional bodies are missing.
    """
    return counted(_listed("XKX"), attribution=_FACTBOOK)


# ── Civil missions ───────────────────────────────────────────────────────────────────────────────────

_JUNE_2012 = "2012-06-05"  # the last days of the old limit


def _staff(mission: str, measure: str, kind: str, date: str) -> Cell:
    return cell("civil_missions", "staff", mission=mission, measure=measure, staff_kind=kind, date=date)


def _limit(date: str) -> Figure:
    rows = tuple(_staff("EULEX", "authorised", kind, date) for kind in ("international", "local"))
    return Figure(sum(row.value for row in rows), rows=rows)


def _filled() -> tuple[Cell, Cell]:
    posts = _staff("EULEX", "authorised", "international", _JUNE_2012)
    return posts, _staff("EULEX", "present", "international", _JUNE_2012)


@fact(counts="people")
def unmik_staff_1999() -> Figure:
    """People who worked for the UN mission in Kosovo, UNMIK, when it began in 1999.

    A figure of the press of 2009; people present, not posts.
    """
    return single(_staff("UNMIK", "present", "all", "1999"))


@fact(counts="posts")
def unmik_posts_2009() -> Figure:
    """Posts that the UN mission in Kosovo, UNMIK, asked for in its budget of 2009.

    Posts asked for, not people present: do not subtract it from the staff of 1999.
    """
    return single(_staff("UNMIK", "budgeted", "all", "2009"))


@fact(counts="posts", formula="international + local")
def eulex_planned_2008() -> Figure:
    """Full complement of the EU’s rule-of-law mission in Kosovo, EULEX, as planned in 2008.

    Posts authorised, not people: the full number was not reached when the figure was printed.
    """
    return _limit("2008")


@fact(counts="posts")
def eulex_international_posts_2012() -> Figure:
    """International posts that EULEX was allowed until 14 June 2012."""
    return single(_filled()[0])


@fact(counts="people")
def eulex_international_present_2012() -> Figure:
    """International staff whom EULEX had in early June 2012, as the press put it."""
    return single(_filled()[1])


@fact(unit="%", formula="100 × (posts − people present) ÷ posts")
def eulex_vacancy_2012() -> Figure:
    """Share of EULEX’s international posts that stood empty in early June 2012.

    A mission’s limit and its strength are two numbers; the second is rounded.
    """
    posts, present = _filled()
    value = 100 * (posts.value - present.value) / posts.value
    return Figure(value, rows=(posts, present), qualifier=present.qualifier)


@fact(counts="posts", formula="international + local")
def eulex_limit_before_2012() -> Figure:
    """Posts, international and local, that EULEX was allowed until 14 June 2012."""
    return _limit(_JUNE_2012)


@fact(counts="posts", formula="international + local")
def eulex_limit_from_2012() -> Figure:
    """Posts, international and local, that EULEX was allowed from 15 June 2012."""
    return _limit("2012-06-15")


@fact(unit="%", formula="100 × (limit before − limit from 15 June 2012) ÷ limit before")
def eulex_limit_cut_2012() -> Figure:
    """By how much the EU cut the posts of EULEX on 15 June 2012.

    It cut the limit; how many people left is not in the source.
    """
    before, after = _limit(_JUNE_2012), _limit("2012-06-15")
    return Figure(100 * (before.low - after.low) / before.low, rows=(*before.rows, *after.rows))


# ── The agreement of 2023 ────────────────────────────────────────────────────────────────────────────


@fact(counts="points", formula="articles of the agreement + paragraphs of the annex, as counted in the table")
def agreement_points() -> Figure:
    """Points of the agreement of 27 February 2023 and of its annex of 18 March, as our table counts them.

    The agreement’s articles are numbered; the annex’s paragraphs are not, and some are put together.
    """
    return counted(pick("agreement_2023", "point", text=("agreement", "annex")))


@fact(counts="points", formula="points whose state is done")
def agreement_points_done() -> Figure:
    """Points of the agreement of 2023 and its annex that were done by the last source found.

    A state is our coding, by one source each. That a point is done does not say that it worked.
    """
    return counted(pick("agreement_2023", "point", state="done"))
