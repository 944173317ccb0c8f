"""The bargaining range, and what a foreseen shift in power does to it. For chapter 9."""

from __future__ import annotations

from typing import Any

from twolenses.book.explorables.explorable import (
    Control,
    Explorable,
    Parts,
    Prediction,
    Settings,
    View,
    begun,
    fixed,
    part,
    place,
    text,
)
from twolenses.models import bargaining

__all__ = ["explorable"]

LEFT, LENGTH = 15, 290
SHARE: dict[str, Any] = {"divide": 100, "digits": 2}

WORDS = {
    "range": "{low} to {high}",
    "nothing": "nothing",
    "nobody": "nobody",
    "today": "Today: {range}",
    "later": "After the shift: {range}",
    "holds": "On both days: {range}",
    "war": "{side} does better to contest now. After the shift no share is left that {side} would not rather contest "
    "today, and nothing binds the other to take less.",
    "peace": "A share from {range} is better than contest for both, today and after the shift. Nobody needs to "
    "contest now.",
}


def explorable() -> Explorable:
    """Two sides and a foreseen change in the chance to prevail, set as in the chapter's large shift."""
    controls = (
        Control("now", "A’s chance to prevail today", 0, 100, 50, **SHARE),
        Control("later", "A’s chance after the shift", 0, 100, 80, **SHARE),
        Control("costA", "What contest costs A", 0, 50, 10, **SHARE),
        Control("costB", "What contest costs B", 0, 50, 15, **SHARE),
    )
    return Explorable(
        name="bargaining-range",
        title="What does a shift in power leave to agree on?",
        lead="A and B divide authority worth 1, once, after the shift. Neither stands for a capital, and all numbers "
        "are stylised. The picture opens on the large shift of the worked example.",
        controls=controls,
        heads=("What", "A’s share"),
        look=look,
        draw=draw,
        size=(320, 190),
        prediction=_prediction(begun(controls)),
        source="A model, not data; all numbers are assumptions. Computed with twolenses.models.bargaining.",
        words=WORDS,
    )


def _prediction(start: Settings) -> Prediction:
    """Contest made dearer for the side in decline."""
    dearer = {**start, "costB": 25}
    found = _shift(dearer)
    key = 0 if found.preventive_war_by else 1 if found.later.low > _shift(start).now.high else 2
    return Prediction(
        "The worked example brought a deal back by making contest dearer for A, who rises. Suppose a third party makes "
        "it dearer for B instead, who declines: 0.25 in place of 0.15. What happens after the large shift?",
        (
            "No deal: it is A’s promise that nobody can trust",
            "A deal comes back, and it gives A more than B would accept in the picture as it opens",
            "A deal comes back on the old terms",
        ),
        key,
        dearer,
        f"A deal comes back, from {_range(found.later.low, found.now.high)}. B, for whom contest is now dearer, waits "
        "and takes less than it could have held out for before. To stop a war and to be fair are two aims: it matters "
        "to whom contest is made dear.",
    )


def _shift(settings: Settings) -> bargaining.PowerShift:
    return bargaining.power_shift(*(settings[name] / 100 for name in ("now", "later", "costA", "costB")))


def _range(low: float, high: float) -> str:
    return WORDS["range"].format(low=fixed(low, 2), high=fixed(high, 2))


def look(settings: Settings) -> View:
    """Both ranges, and what they have in common."""
    found = _shift(settings)
    today, later = (_range(one.low, one.high) for one in (found.now, found.later))
    low, high = max(found.now.low, found.later.low), min(found.now.high, found.later.high)
    side = found.preventive_war_by
    holds = WORDS["nothing"] if side else _range(low, high)
    rows = [
        ["Both accept today", today],
        ["Both accept after the shift", later],
        ["Both accept on both days", holds],
        ["Shift in A’s chance", fixed(found.shift, 2)],
        ["What peace saves, both costs", fixed(found.surplus, 2)],
        ["Who contests now", side or WORDS["nobody"]],
    ]
    parts: Parts = {
        "today": _bar(found.now.low, found.now.high),
        "later": _bar(found.later.low, found.later.high),
        "holds": _bar(low, low if side else max(low, high)),
        "chance": {"cx": place(LEFT + LENGTH * settings["now"] / 100)},
        "chanceLater": {"cx": place(LEFT + LENGTH * settings["later"] / 100)},
        "todayText": {"text": WORDS["today"].format(range=today)},
        "laterText": {"text": WORDS["later"].format(range=later)},
        "holdsText": {"text": WORDS["holds"].format(range=holds)},
    }
    return View(parts, rows, WORDS["war"].format(side=side) if side else WORDS["peace"].format(range=holds))


def _bar(low: float, high: float) -> dict[str, float | str]:
    return {"x": place(LEFT + LENGTH * low), "width": place(LENGTH * (high - low))}


def draw(parts: Parts) -> str:
    """Two bars on A's share from 0 to 1; across both, filled, what holds on both days."""
    axis = LEFT + LENGTH
    return "".join(
        [
            part("text", "holdsText", parts, x=LEFT, y=14),
            part("rect", "holds", parts, y=24, height=118, **{"class": "tl-x-fill"}),
            part("text", "todayText", parts, x=LEFT, y=42),
            part("rect", "today", parts, y=50, height=24, **{"class": "tl-x-bar"}),
            part("circle", "chance", parts, cy=62, r=6, **{"class": "tl-x-dot"}),
            part("text", "laterText", parts, x=LEFT, y=102),
            part("rect", "later", parts, y=110, height=24, **{"class": "tl-x-bar"}),
            part("circle", "chanceLater", parts, cy=122, r=6, **{"class": "tl-x-dot"}),
            f'<path d="M{LEFT} 150H{axis}M{LEFT} 146v8M{LEFT + LENGTH / 2:g} 146v8M{axis} 146v8" class="tl-x-line"/>',
            *(text(label, LEFT + LENGTH * at, 168, "middle") for label, at in (("0", 0), ("0.5", 0.5), ("1", 1))),
            text("A’s share. Dots: A’s chance to prevail", LEFT, 186),
        ]
    )
