"""How many recognise Kosovo, by who counts and when. For chapter 6."""

from __future__ import annotations

from functools import cache
from typing import Any

from twolenses import facts
from twolenses.book.explorables.explorable import (
    Control,
    Explorable,
    Parts,
    Prediction,
    Settings,
    View,
    fixed,
    part,
    place,
    text,
)
from twolenses.data import load
from twolenses.roles import date

__all__ = ["explorable"]

SIDES = ("Kosovo", "Serbia", "third party")
CALLED = ("Kosovo’s side", "Serbia’s side", "Third parties")
RULES = ("any rule", "UN members only")
LEFT, LENGTH = 15, 290

WORDS = {
    "bar": "{side}: {n}",
    "none": "no count yet",
    "count": "{qualifier}{n}",
    "by": "{claimant}, {date}; {basis}",
    "all": "states and entities",
    "UN members": "UN members",
    "apart": "By {date} Kosovo’s side counts {kosovo} and Serbia’s {serbia}: {least}{gap} apart.",
    "half": "By {date} the table has no count of one of the two sides by this rule.",
    "unlike": " One counts UN members, the other states and entities: part of the gap is the rule.",
    "up to": "at least ",
    "below": "more than ",
    "bound": "{n}: two thirds of all {members} UN members",
}


def explorable() -> Explorable:
    """Every stated total of the table, set at the last of them."""
    stops = _stops()
    controls = (
        Control("stop", "By", 0, len(stops) - 1, len(stops) - 1, options=tuple(date(one) for one in stops)),
        Control("rule", "Counted by", 0, 1, 0, options=RULES, slider=False),
    )
    return Explorable(
        name="recognition-count",
        title="How many recognise Kosovo? Who counts, and when",
        lead="Each bar is the latest total that somebody on that side had stated by the day chosen. Move the day from "
        "count to count.",
        controls=controls,
        heads=("Who counts", "Count", "By whom, when, of what"),
        look=look,
        draw=draw,
        size=(320, 196),
        prediction=_prediction(stops),
        source="Table recognition_counts: governments, press and copies of Wikipedia, as each row names them.",
        words=WORDS,
        data={
            "counts": [
                {
                    "side": SIDES.index(row["side"]),
                    "stop": stops.index(row["date"]),
                    "count": int(row["count"]),
                    "qualifier": f"{row['qualifier']} " if row["qualifier"] else "",
                    "claimant": row["claimant"],
                    "date": date(row["date"]),
                    "basis": row["basis"],
                }
                for row in _counts()
            ],
            "members": _members(),
            "dates": [date(one) for one in stops],
            "sides": CALLED,
        },
        quiet=1,
    )


def _prediction(stops: list[str]) -> Prediction:
    """Two years in which hardly a recognition came and the counts parted."""
    first, then = ({"stop": stops.index(day), "rule": 0} for day in ("2018-02-15", "2020-03-03"))
    (kosovo_before, serbia_before), (kosovo, serbia) = _governments(first), _governments(then)
    before, after = kosovo_before - serbia_before, kosovo - serbia
    return Prediction(
        f"By {date('2018-02-15')} the latest counts of the two governments were {before} apart, {kosovo_before} and "
        f"{serbia_before}. What had become of the gap by {date('2020-03-03')}?",
        ("It had closed", "It was about the same: hardly a recognition came", "It had more than doubled"),
        0 if after < before / 2 else 1 if after <= 2 * before else 2,
        then,
        f"It had more than doubled: {kosovo} and {serbia}, {after} apart. Hardly a recognition came, but Serbia’s side "
        "subtracted the withdrawals that it claims, and it now counted UN members only. A count can move while "
        "those who are counted stay.",
    )


def _governments(settings: Settings) -> list[int]:
    """The latest counts of Kosovo's side and of Serbia's, where there are both."""
    return [row["count"] for side in SIDES[:2] if (row := _latest(side, settings))]


@cache
def _counts() -> list[dict[str, Any]]:
    """The rows of the table in the order of their dates; a month or a year stands at its middle."""
    rows = load("recognition_counts").to_dict("records")
    return sorted(({str(key): value for key, value in row.items()} for row in rows), key=lambda row: _day(row["date"]))


def _day(iso: str) -> str:
    return iso + {4: "-07-01", 7: "-15"}.get(len(iso), "")


@cache
def _stops() -> list[str]:
    return list(dict.fromkeys(row["date"] for row in _counts()))


def _members() -> int:
    return int(float(facts.figure("un_members")))


def _latest(side: str, settings: Settings) -> dict[str, Any] | None:
    """The last count of a side up to the day, by the rule."""
    stops = _stops()
    fits = [
        row
        for row in _counts()
        if row["side"] == side
        and stops.index(row["date"]) <= settings["stop"]
        and (settings["rule"] == 0 or row["basis"] == "UN members")
    ]
    return fits[-1] if fits else None


def _shown(row: dict[str, Any] | None) -> str:
    if row is None:
        return WORDS["none"]
    qualifier = f"{row['qualifier']} " if row["qualifier"] else ""
    return WORDS["count"].format(qualifier=qualifier, n=row["count"])


def look(settings: Settings) -> View:
    """The latest count of each side, and how far apart the two governments' are."""
    found = [_latest(side, settings) for side in SIDES]
    rows = [
        [
            called,
            _shown(row),
            WORDS["by"].format(claimant=row["claimant"], date=date(row["date"]), basis=WORDS[row["basis"]])
            if row
            else "–",
        ]
        for called, row in zip(CALLED, found, strict=True)
    ]
    parts: Parts = {}
    for number, (called, row) in enumerate(zip(CALLED, found, strict=True)):
        parts[f"bar{number}"] = {"width": place(LENGTH * (row["count"] if row else 0) / _members())}
        parts[f"text{number}"] = {"text": WORDS["bar"].format(side=called, n=_shown(row))}
    return View(parts, rows, _sentence(date(_stops()[settings["stop"]]), found[0], found[1]))


def _sentence(day: str, kosovo: dict[str, Any] | None, serbia: dict[str, Any] | None) -> str:
    if not kosovo or not serbia:
        return WORDS["half"].format(date=day)
    said = WORDS["apart"].format(
        date=day,
        kosovo=_shown(kosovo),
        serbia=_shown(serbia),
        least=WORDS[serbia["qualifier"]] if serbia["qualifier"] else "",
        gap=kosovo["count"] - serbia["count"],
    )
    return said + (WORDS["unlike"] if kosovo["basis"] != serbia["basis"] else "")


def draw(parts: Parts) -> str:
    """Three bars on a scale of all UN members, with a line at two thirds of them."""
    needed, members = facts.figure("un_admission_majority"), _members()
    at = place(LEFT + LENGTH * float(needed) / members)
    drawn = []
    for number, y in enumerate((14, 64, 114)):
        drawn += [
            part("text", f"text{number}", parts, x=LEFT, y=y),
            f'<rect x="{LEFT}" y="{y + 8}" width="{LENGTH}" height="22" class="tl-x-bar"/>',
            part("rect", f"bar{number}", parts, x=LEFT, y=y + 8, height=22, **{"class": "tl-x-fill"}),
        ]
    bound = WORDS["bound"].format(n=fixed(float(needed), 0), members=fixed(members, 0))
    drawn += [f'<path d="M{at:g} 18V152" class="tl-x-line tl-x-dash"/>', text(bound, LEFT + LENGTH, 168, "end")]
    drawn.append(text("Full width: all UN members", LEFT, 190))
    return "".join(drawn)
