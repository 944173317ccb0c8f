"""One cut, several percentages: by its base, and by whose figures of which day are taken. For chapter 1."""

from __future__ import annotations

from twolenses import facts
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
from twolenses.data import Cell
from twolenses.roles import date

__all__ = ["explorable"]

BEFORE = (
    "serbian_troops_earlier",
    "serbian_troops_before",
    "serbian_troops_before_by_president",
    "serbian_troops_on_30_september_by_president",
)
AFTER = ("serbian_troops_after", "serbian_troops_after_by_president", "serbian_troops_planned_by_president")
BASES = ("what was there before", "what was left")
LEFT, LENGTH = 15, 290

WORDS = {
    "figure": "{qualifier}{n}",
    "textBefore": "Before: {n}, {date}",
    "textAfter": "After: {n}, {date}",
    "textCut": "Cut: {n}, or {percent}",
    "counted": "{date}",
    "planned": "plan of {date}",
    "percent": "{qualifier}{n}%",
    "one": "{owner}",
    "two": "{first}, then {second}",
    "says": "{percent} of {base}: {cut} of {whole}, by the words of {owners}.",
    "mixed": " Two owners in one percentage: neither of them gave it.",
}


def explorable() -> Explorable:
    """Serbia's own figures, set as the chapter computes the cut."""
    from_, to = ([_cell(name) for name in names] for names in (BEFORE, AFTER))
    controls = (
        Control("before", "From", 0, len(BEFORE) - 1, 1, options=tuple(map(_option, from_)), slider=False),
        Control("after", "To", 0, len(AFTER) - 1, 0, options=tuple(map(_option, to)), slider=False),
        Control("base", "Divide by", 0, 1, 0, options=BASES, slider=False),
    )
    return Explorable(
        name="base-and-edition",
        title="How large was the cut?",
        lead="Every number below is Serbia’s own, from the general or the president. Choose what to measure from, up "
        "to where, and what to divide by.",
        controls=controls,
        heads=("What", "With these figures"),
        look=look,
        draw=draw,
        size=(320, 166),
        prediction=_prediction(begun(controls)),
        source="Table deployments; each figure with its source under Where these numbers come from.",
        words=WORDS,
        data={
            "before": [_given(one) for one in from_],
            "after": [_given(one) for one in to],
            "bases": BASES,
            "most": _most(),
        },
        facts=(*BEFORE, *AFTER),
    )


def _prediction(start: Settings) -> Prediction:
    """Another speaker against another base."""
    speaker, earlier = {**start, "before": 2, "after": 1}, {**start, "before": 0}
    here, by_speaker, by_base = (_share(settings) for settings in (start, speaker, earlier))
    moved = abs(by_base - here) - abs(by_speaker - here)
    return Prediction(
        f"From the general’s figures for late September the cut is {look(start).rows[2][1]}. What moves that more: to "
        "take the president’s figures for the same days, or the general’s own for May as the base?",
        ("The other speaker", "The other base", "Both about the same"),
        2 if abs(moved) < 2 else 1 if moved > 0 else 0,
        earlier,
        f"The base. The president’s figures give {look(speaker).rows[2][1]}, May as the base gives "
        f"{look(earlier).rows[2][1]}. A quarrel over a hundred soldiers moves little; the choice of what to compare "
        "with moves much, and no figure has to be false for it.",
    )


def _cell(name: str) -> Cell:
    return facts.figure(name).rows[-1]


def _most() -> int:
    """What the whole width of the picture stands for."""
    return max(int(_cell(name).value) for name in BEFORE)


def _owner(cell: Cell) -> str:
    """The person in the column `claimant`, which reads *Serbia (General Milan Mojsilović)*."""
    return str(cell.row["claimant"]).partition("(")[2].rstrip(")")


def _number(cell: Cell) -> str:
    return _qualified("figure", cell.qualifier, fixed(cell.value, 0))


def _qualified(kind: str, qualifier: str, n: str) -> str:
    return WORDS[kind].format(qualifier=f"{qualifier} " if qualifier else "", n=n)


def _option(cell: Cell) -> str:
    return f"{_number(cell)} ({_owner(cell).split()[0].lower()}, {_when(cell)})"


def _when(cell: Cell) -> str:
    planned = cell.row["measure"].endswith("planned")
    return WORDS["planned" if planned else "counted"].format(date=date(cell.row["date"]))


def _given(cell: Cell) -> dict[str, object]:
    return {
        "value": int(cell.value),
        "qualifier": f"{cell.qualifier} " if cell.qualifier else "",
        "owner": _owner(cell),
        "date": _when(cell),
    }


def _share(settings: Settings) -> float:
    """The cut as a percentage of its base."""
    before, after = _cell(BEFORE[settings["before"]]).value, _cell(AFTER[settings["after"]]).value
    return float(100 * (before - after) / (after if settings["base"] else before))


def look(settings: Settings) -> View:
    """The cut, what it is divided by, and whose figures these are."""
    before, after = _cell(BEFORE[settings["before"]]), _cell(AFTER[settings["after"]])
    base, owners = BASES[settings["base"]], (_owner(before), _owner(after))
    cut = _qualified("figure", before.qualifier, fixed(before.value - after.value, 0))
    percent = _qualified("percent", before.qualifier, fixed(_share(settings), 1))
    whole = _number(after if settings["base"] else before)
    mixed = owners[0] != owners[1]
    said_by = WORDS["two"].format(first=owners[0], second=owners[1]) if mixed else WORDS["one"].format(owner=owners[0])
    rows = [
        ["Cut, in soldiers", cut],
        ["Divided by", f"{whole}, {base}"],
        ["Cut, in percent", percent],
        ["Whose figures", said_by],
    ]
    edge = place(LENGTH * after.value / _most())
    parts: Parts = {
        "before": {"width": place(LENGTH * before.value / _most()), "class": _bar(settings["base"] == 0)},
        "after": {"width": edge, "class": _bar(settings["base"] == 1)},
        "cut": {"x": LEFT + edge, "width": place(LENGTH * (before.value - after.value) / _most())},
        "textBefore": {"text": WORDS["textBefore"].format(n=_number(before), date=_when(before))},
        "textAfter": {"text": WORDS["textAfter"].format(n=_number(after), date=_when(after))},
        "textCut": {"text": WORDS["textCut"].format(n=cut, percent=percent)},
    }
    says = WORDS["says"].format(
        percent=percent[0].upper() + percent[1:], base=base, cut=cut, whole=whole, owners=said_by
    )
    return View(parts, rows, says + (WORDS["mixed"] if mixed else ""))


def _bar(is_base: bool) -> str:
    return "tl-x-cell tl-x-on" if is_base else "tl-x-cell"


def draw(parts: Parts) -> str:
    """Two bars, the base of the percentage outlined, and the cut between them filled."""
    return "".join(
        [
            part("text", "textBefore", parts, x=LEFT, y=14),
            part("rect", "before", parts, x=LEFT, y=22, height=28),
            part("text", "textAfter", parts, x=LEFT, y=70),
            part("rect", "after", parts, x=LEFT, y=78, height=28),
            part("rect", "cut", parts, y=84, height=16, **{"class": "tl-x-fill"}),
            part("text", "textCut", parts, x=LEFT, y=126),
            text("Thick line: the base. Filled: the cut", LEFT, 156),
        ]
    )
