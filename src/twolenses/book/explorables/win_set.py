"""Two homes, their rules of ratification, and the deals that pass in both. For chapter 8."""

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
from twolenses.models import two_level
from twolenses.models.two_level import WinSet

__all__ = ["explorable"]

DEMANDS = (10, 15, 25, 35, 40, 50, 60, 75, 90)
"""From which point on each group in Pristina agrees, in hundredths; Belgrade's limits mirror them."""
LIMITS = tuple(100 - demand for demand in DEMANDS)
GROUPS = len(DEMANDS)
LEFT, LENGTH = 15, 290

WORDS = {
    "from": "from {low} on",
    "upTo": "up to {high}",
    "range": "{low} to {high}",
    "nothing": "nothing",
    "none": "none",
    "groups": "Pristina {p} of {all}, Belgrade {b} of {all}",
    "textP": "Passes in Pristina: {low} to 1.00",
    "textB": "Passes in Belgrade: 0.00 to {high}",
    "deal": "Deals from {range} pass in both homes. To split the difference is {middle}. A home that is harder to win "
    "draws it towards its own wish, until nothing is left.",
    "no": "No deal passes in both homes: Pristina’s begin at {low}, Belgrade’s end at {high}. Each can say truly that "
    "its people would never accept more.",
}


def explorable() -> Explorable:
    """Two mirrored homes, each with a simple majority."""
    rule: dict[str, Any] = {"low": 5, "high": GROUPS, "start": 5}
    pay: dict[str, Any] = {"low": 0, "high": 30, "start": 0, "divide": 100, "digits": 2}
    controls = (
        Control("needP", "Groups that must agree in Pristina, of nine", **rule),
        Control("needB", "Groups that must agree in Belgrade, of nine", **rule),
        Control("payP", "Side payment to Pristina", **pay),
        Control("payB", "Side payment to Belgrade", **pay),
    )
    return Explorable(
        name="win-set",
        title="Which deals could pass in both homes?",
        lead="Nine groups in each home, of equal weight. In Pristina each agrees from some point on, in Belgrade up to "
        "some point. The groups are invented, mirror each other and measure nobody.",
        controls=controls,
        heads=("What", "On the line from 0 to 1"),
        look=look,
        draw=draw,
        size=(320, 216),
        prediction=_prediction(begun(controls)),
        source="A model, not data; the groups are invented. Computed with twolenses.models.two_level.",
        words=WORDS,
        data={"demands": DEMANDS, "limits": LIMITS},
    )


def _prediction(start: Settings) -> Prediction:
    """One home's rule made stricter."""
    stricter = {**start, "needB": 6}
    before, after = (deals for settings in (start, stricter) if (deals := two_level.common(*_homes(settings))))
    return Prediction(
        "Both homes begin with five of nine, and the deal that splits the difference lies at "
        f"{fixed(before.middle, 2)}. Now Belgrade needs six of nine. Where does that deal go?",
        (
            "Towards no change, Belgrade’s wish",
            "Towards recognition, Pristina’s wish",
            "Nowhere: Pristina’s rule is the same",
        ),
        0 if after.middle < before.middle else 1 if after.middle > before.middle else 2,
        stricter,
        f"To {fixed(after.middle, 2)}, towards Belgrade’s wish: tied hands are an asset. They are a risk as well. The "
        f"deals that pass in both homes were {_range(before)} and are {_range(after)}. Tie Pristina’s hands in the "
        "same way, and one point is left.",
    )


def _homes(settings: Settings) -> tuple[WinSet, WinSet]:
    demands, limits = ([point / 100 for point in points] for points in (DEMANDS, LIMITS))
    return (
        two_level.passes_from(demands, settings["needP"], settings["payP"] / 100),
        two_level.passes_up_to(limits, settings["needB"], settings["payB"] / 100),
    )


def _range(deals: WinSet) -> str:
    return WORDS["range"].format(low=fixed(deals.low, 2), high=fixed(deals.high, 2))


def look(settings: Settings) -> View:
    """Both win-sets, what they have in common, and who agrees to its middle."""
    pristina, belgrade = _homes(settings)
    both = two_level.common(pristina, belgrade)
    low, high = fixed(pristina.low, 2), fixed(belgrade.high, 2)
    agree_p = [both is not None and _agrees(both.middle, DEMANDS[n], settings["payP"], 1) for n in range(GROUPS)]
    agree_b = [both is not None and _agrees(both.middle, LIMITS[n], settings["payB"], -1) for n in range(GROUPS)]
    rows = [
        ["Passes in Pristina", WORDS["from"].format(low=low)],
        ["Passes in Belgrade", WORDS["upTo"].format(high=high)],
        ["Passes in both", _range(both) if both else WORDS["nothing"]],
        ["Splits the difference", fixed(both.middle, 2) if both else WORDS["none"]],
        ["Groups that agree to that", WORDS["groups"].format(p=sum(agree_p), b=sum(agree_b), all=GROUPS)],
    ]
    parts: Parts = {
        "pristina": _bar(pristina),
        "belgrade": _bar(belgrade),
        "both": _bar(both) if both else {"x": place(LEFT), "width": 0.0},
        "middle": {"cx": place(LEFT + LENGTH * both.middle), "r": 7.0} if both else {"cx": place(LEFT), "r": 0.0},
        "textP": {"text": WORDS["textP"].format(low=low)},
        "textB": {"text": WORDS["textB"].format(high=high)},
    }
    for n in range(GROUPS):
        for side, points, sign, pay, agree in (
            ("p", DEMANDS, -1, "payP", agree_p),
            ("b", LIMITS, 1, "payB", agree_b),
        ):
            at = min(100, max(0, points[n] + sign * settings[pay]))
            named = "tl-x-group tl-x-on" if agree[n] else "tl-x-group"
            parts[f"{side}{n}"] = {"cx": place(LEFT + LENGTH * at / 100), "class": named}
    if both:
        return View(parts, rows, WORDS["deal"].format(range=_range(both), middle=fixed(both.middle, 2)))
    return View(parts, rows, WORDS["no"].format(low=low, high=high))


def _agrees(deal: float, point: int, payment: int, sign: int) -> bool:
    """Whether a group agrees: from its point on (sign 1), or up to it (−1), moved by the payment."""
    return sign * (deal - (point - sign * payment) / 100) >= -1e-9


def _bar(deals: WinSet) -> dict[str, float | str]:
    return {"x": place(LEFT + LENGTH * deals.low), "width": place(LENGTH * (deals.high - deals.low))}


def draw(parts: Parts) -> str:
    """Each home's groups and its bar; across both, filled, what passes in both, with its middle."""
    axis = LEFT + LENGTH
    return "".join(
        [
            part("text", "textP", parts, x=LEFT, y=14),
            part("rect", "both", parts, y=46, height=90, **{"class": "tl-x-fill"}),
            *(part("circle", f"p{n}", parts, cy=30, r=6) for n in range(GROUPS)),
            part("rect", "pristina", parts, y=50, height=22, **{"class": "tl-x-bar"}),
            f'<path d="M{LEFT} 91H{axis}M{LEFT} 87v8M{axis} 87v8" class="tl-x-line"/>',
            part("circle", "middle", parts, cy=91, **{"class": "tl-x-dot"}),
            part("rect", "belgrade", parts, y=110, height=22, **{"class": "tl-x-bar"}),
            *(part("circle", f"b{n}", parts, cy=152, r=6) for n in range(GROUPS)),
            part("text", "textB", parts, x=LEFT, y=176),
            text("0: no change", LEFT, 196),
            text("1: recognition", axis, 196, "end"),
            text("Filled groups agree to the middle", LEFT, 213),
        ]
    )
