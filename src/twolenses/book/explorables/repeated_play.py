"""Twelve rounds of keeping or breaking a promise, and one move that goes wrong. For chapter 9."""

from __future__ import annotations

from functools import cache

import numpy as np

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
    text,
)
from twolenses.models import repeated
from twolenses.models.games import PRISONERS_DILEMMA
from twolenses.models.repeated import Match, Strategy

__all__ = ["explorable"]

ROUNDS = 12
NAMES = ("tit for tat", "grim trigger", "generous tit for tat", "always cooperate", "always defect")

WORDS = {
    "of": "{n} of {all}",
    "player": "{name}: {strategy}",
    "clean": "No move goes wrong. {a} and {b} keep together in {both} of {all} rounds.",
    "slip": "In round {round} A’s move comes out wrong. {a} and {b} keep together in {both} of {all} rounds.",
}


def explorable() -> Explorable:
    """Two strategies and the round in which A's move goes wrong, by the chapter's payoffs."""
    rounds = ("none", *map(str, range(1, ROUNDS + 1)))
    controls = (
        Control("a", "A plays", 0, len(NAMES) - 1, 0, options=NAMES, slider=False),
        Control("b", "B plays", 0, len(NAMES) - 1, 0, options=NAMES, slider=False),
        Control("slip", "Round in which A’s move goes wrong", 0, ROUNDS, 0, options=rounds),
    )
    return Explorable(
        name="repeated-play",
        title="What does one wrong move do?",
        lead="A and B play the prisoner’s dilemma of the text twelve times. Choose how each plays, and in which round "
        "A’s move comes out as the opposite of what A meant. Players and payoffs are stylised.",
        controls=controls,
        heads=("What", "A", "B"),
        look=look,
        draw=draw,
        size=(320, 158),
        prediction=_prediction(begun(controls)),
        source="A model, not data; the generous player forgives one time in three by chance, shown is one draw. "
        "Computed with twolenses.models.repeated.",
        words=WORDS,
        data={
            "moves": [
                [
                    [(found.row, found.column) for found in (_match(a, b, slip) for slip in range(ROUNDS + 1))]
                    for b in NAMES
                ]
                for a in NAMES
            ],
            "names": NAMES,
            "payoffs": PRISONERS_DILEMMA.row,
        },
    )


def _prediction(start: Settings) -> Prediction:
    """A slip between two who answer like with like."""
    slipped = {**start, "slip": 3}
    found = _match(NAMES[0], NAMES[0], 3)
    key = {("C", "C"): 0, ("D", "D"): 2}.get((found.row[-1], found.column[-1]), 1)
    return Prediction(
        "Two who play tit for tat keep every promise. In round 3 A’s move goes wrong, once. What follows?",
        ("One reply, then both keep again", "They break in turn to the end", "Both break to the end"),
        key,
        slipped,
        "They break in turn to the end: each only answers what the other did last, so one error echoes. Points per "
        f"round fall from {fixed(_match(NAMES[0], NAMES[0], 0).row_score / ROUNDS, 2)} to "
        f"{fixed(found.row_score / ROUNDS, 2)} for A and {fixed(found.column_score / ROUNDS, 2)} for B. Let B forgive "
        "now and then, and try once more.",
    )


@cache
def _match(a: str, b: str, slip: int) -> Match:
    return repeated.play(_slipping(repeated.STRATEGIES[a], slip), repeated.STRATEGIES[b], rounds=ROUNDS)


def _slipping(strategy: Strategy, slip: int) -> Strategy:
    """The strategy with its move of one round turned into the opposite."""

    def moves(own: str, other: str, chance: np.random.Generator) -> str:
        meant = strategy(own, other, chance)
        return {"C": "D", "D": "C"}[meant] if len(own) + 1 == slip else meant

    return moves


def look(settings: Settings) -> View:
    """The moves of both, and what they are worth."""
    a, b, slip = NAMES[settings["a"]], NAMES[settings["b"]], settings["slip"]
    found = _match(a, b, slip)
    both = sum(pair == ("C", "C") for pair in zip(found.row, found.column, strict=True))
    rows = [
        ["Strategy", a, b],
        ["Rounds kept", *(WORDS["of"].format(n=one.count("C"), all=ROUNDS) for one in (found.row, found.column))],
        ["Points per round", *(fixed(score / ROUNDS, 2) for score in (found.row_score, found.column_score))],
    ]
    parts: Parts = {
        "nameA": {"text": WORDS["player"].format(name="A", strategy=a)},
        "nameB": {"text": WORDS["player"].format(name="B", strategy=b)},
        "slip": {"x": 25.0 * slip - 4 if slip else -20.0, "text": "↑"},
    }
    for player, moves in (("a", found.row), ("b", found.column)):
        for number, move in enumerate(moves):
            parts[f"{player}{number}"] = {"class": "tl-x-move tl-x-on" if move == "C" else "tl-x-move"}
            parts[f"{player}x{number}"] = {"text": "" if move == "C" else "×"}
    said = WORDS["slip" if slip else "clean"]
    capital = a[0].upper() + a[1:]
    return View(parts, rows, said.format(a=capital, b=b, both=both, all=ROUNDS, round=slip))


def draw(parts: Parts) -> str:
    """Two rows of rounds: filled where a promise is kept, a cross where it is broken."""
    drawn = [part("text", "nameA", parts, x=8, y=14), part("text", "nameB", parts, x=8, y=94)]
    for player, y in (("a", 22), ("b", 102)):
        for number in range(ROUNDS):
            x = 11 + 25 * number
            drawn += [
                part("rect", f"{player}{number}", parts, x=x, y=y, width=20, height=20, rx=3),
                part(
                    "text",
                    f"{player}x{number}",
                    parts,
                    x=x + 10,
                    y=y + 15,
                    text_anchor="middle",
                    **{"class": "tl-x-big"},
                ),
            ]
    drawn += [
        part("text", "slip", parts, y=62, text_anchor="middle", **{"class": "tl-x-big"}),
        *(text(str(number), 25 * number - 4, 78, "middle", "tl-x-faint") for number in (1, 3, 6, 9, 12)),
        text("Filled: keeps. Cross: breaks. ↑ wrong move", 8, 148),
    ]
    return "".join(drawn)
