"""Serbian troops and bases of 2022–23, how many there were for each soldier of KFOR, and who was killed or hurt."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._rows import single
from twolenses.facts.figure import Figure, fact


def _deployment(actor: str, measure: str, date: str) -> Cell:
    return cell("deployments", actor=actor, measure=measure, date=date)


def _kfor(date: str) -> Cell:
    return cell("kfor_strength", "troops", date=date, in_series=True)


# ── Serbian troops near the line ─────────────────────────────────────────────────────────────────────


def _serbian_troops(date: str) -> Cell:
    return _deployment("SRB", "troops_near_line", date)


@fact(counts="soldiers")
def serbian_troops_before() -> Figure:
    """Serbian soldiers near the line in late September 2023, by Serbia's own account.

    Self-reported (General Mojsilović, 2 October 2023); no independent count exists.
    """
    return single(_serbian_troops("2023-09"))


@fact(counts="soldiers")
def serbian_troops_after() -> Figure:
    """Serbian soldiers near the line on 2 October 2023, by Serbia's own account.

    Self-reported; the US ambassador in Belgrade confirmed a reduction, not the figures.
    """
    return single(_serbian_troops("2023-10-02"))


@fact(unit="%", digits=1, formula="100 × (before − after) ÷ before")
def serbian_troop_cut() -> Figure:
    """Share of the deployment near the line that Serbia said it had withdrawn by 2 October 2023.

    Both figures are Serbia's own: self-reported, no independent count.
    """
    before, after = _serbian_troops("2023-09"), _serbian_troops("2023-10-02")
    return Figure(100 * (before.value - after.value) / before.value, rows=(before, after))


@fact(counts="soldiers", formula="before − after")
def serbian_troops_withdrawn() -> Figure:
    """Soldiers that Serbia said it had withdrawn by 2 October 2023."""
    before, after = _serbian_troops("2023-09"), _serbian_troops("2023-10-02")
    return Figure(before.value - after.value, rows=(before, after))


@fact(counts="soldiers")
def serbian_troops_earlier() -> Figure:
    """Serbian soldiers near the line in the crises of December 2022 and May 2023, by Serbia's own account.

    A head count. It does not answer what the White House called unprecedented: artillery, tanks and mechanised
    units.
    """
    rows = _serbian_troops("2022-12"), _serbian_troops("2023-05")
    values = sorted({row.value for row in rows})
    return Figure(values[0] if len(values) == 1 else (values[0], values[-1]), rows=rows)


@fact(unit="%", digits=1, formula="100 × September 2023 ÷ May 2023")
def serbian_troops_share_of_earlier() -> Figure:
    """The September 2023 deployment as a share of the one Serbia reported for May 2023."""
    now, earlier = _serbian_troops("2023-09"), _serbian_troops("2023-05")
    return Figure(100 * now.value / earlier.value, rows=(now, earlier))


def _by_president(measure: str, date: str) -> Figure:
    return single(_deployment("SRB", measure, date), attribution="by President Vučić’s account")


@fact(counts="soldiers")
def serbian_troops_before_by_president() -> Figure:
    """Serbian soldiers near the line in late September 2023, as President Vučić gave them to CNN.

    A bound, and another figure than the general's of the same day.
    """
    return _by_president("troops_near_line_president", "2023-09")


@fact(counts="soldiers")
def serbian_troops_on_30_september_by_president() -> Figure:
    """Serbian soldiers near the line on 30 September 2023, as President Vučić gave them to the *Financial Times*."""
    return _by_president("troops_near_line_president", "2023-09-30")


@fact(counts="soldiers")
def serbian_troops_after_by_president() -> Figure:
    """Serbian soldiers near the line on 2 October 2023, as President Vučić gave them to CNN."""
    return _by_president("troops_near_line_president", "2023-10-02")


@fact(counts="soldiers")
def serbian_troops_planned_by_president() -> Figure:
    """Serbian soldiers to which the deployment would be reduced, as President Vučić announced on 30 September 2023.

    A plan, not a count.
    """
    return _by_president("troops_near_line_planned", "2023-09-30")


# ── Bases ────────────────────────────────────────────────────────────────────────────────────────────


@fact(counts="bases")
def army_bases() -> Figure:
    """Forward bases of the Serbian army near the line, as the Government of Kosovo counts them."""
    return single(_deployment("SRB", "army_bases", "2023-09-30"))


@fact(counts="bases")
def gendarmerie_bases() -> Figure:
    """Forward bases of the Serbian gendarmerie near the line, as the Government of Kosovo counts them."""
    return single(_deployment("SRB", "gendarmerie_bases", "2023-09-30"))


@fact(counts="bases", formula="army bases + gendarmerie bases")
def bases_counted() -> Figure:
    """Forward bases near the line, army and gendarmerie together, as the Government of Kosovo counts them.

    The figure was in use before the crisis; no independent count was found.
    """
    army = _deployment("SRB", "army_bases", "2023-09-30")
    gendarmerie = _deployment("SRB", "gendarmerie_bases", "2023-09-30")
    return Figure(army.value + gendarmerie.value, rows=(army, gendarmerie), attribution="by Pristina’s count")


# ── Soldiers for each of KFOR ──────────────────────────────────────────────────────────────────────


@fact(digits=1, formula="Serbian soldiers before the cut ÷ KFOR, with KFOR of October and of May 2023")
def force_ratio_before() -> Figure:
    """Serbian soldiers near the line for each KFOR soldier, before the cut of October 2023.

    A range, because KFOR was growing and its totals are bounds: *well over* and *almost*.
    """
    before, october, may = _serbian_troops("2023-09"), _kfor("2023-10-06"), _kfor("2023-05-30")
    return Figure((before.value / october.value, before.value / may.value), rows=(before, october, may))


@fact(digits=2, formula="Serbian soldiers after the cut ÷ KFOR, with KFOR of December and of October 2023")
def force_ratio_after() -> Figure:
    """Serbian soldiers near the line for each KFOR soldier, after the cut of October 2023.

    A range, because KFOR was still receiving reinforcements.
    """
    after, december, october = _serbian_troops("2023-10-02"), _kfor("2023-12-31"), _kfor("2023-10-06")
    return Figure((after.value / december.value, after.value / october.value), rows=(after, december, october))


# ── The dead and the injured ─────────────────────────────────────────────────────────────────────────


@fact(counts="people", formula="police officer + attackers")
def banjska_dead() -> Figure:
    """People who died in the fighting at Banjskë/Banjska on 24 September 2023."""
    police = _deployment("XKX", "police_killed", "2023-09-24")
    attackers = _deployment("armed group", "attackers_killed", "2023-09-24")
    return Figure(police.value + attackers.value, rows=(police, attackers))


@fact(counts="people")
def banjska_attackers_dead() -> Figure:
    """Members of the armed group who died at Banjskë/Banjska on 24 September 2023."""
    return single(_deployment("armed group", "attackers_killed", "2023-09-24"))


@fact(counts="soldiers")
def zvecan_injured_first_count() -> Figure:
    """KFOR soldiers injured at Zveçan/Zvečan on 29 May 2023, first count."""
    return single(_deployment("NATO", "peacekeepers_injured", "2023-05-29"))


@fact(counts="personnel")
def zvecan_injured_un_count() -> Figure:
    """KFOR personnel injured at Zveçan/Zvečan on 29 May 2023, as the United Nations gave it in October."""
    return single(_deployment("NATO", "peacekeepers_injured_un", "2023-05-29"))
