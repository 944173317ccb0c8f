"""The pull-back as a game: payoffs and trust decide who holds back. For chapter 4."""

from __future__ import annotations

from dataclasses import replace
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
from twolenses.models import games
from twolenses.models.games import Game

__all__ = ["explorable"]

ACTIONS = ("hold back", "stay forward")
HALVES: dict[str, Any] = {"low": 2, "high": 10, "divide": 2, "digits": 1}
LEFT, LENGTH = 20, 280

WORDS = {
    "no": "none",
    "both": "both {action}",
    "one": "one holds back, the other stays forward",
    "other": "another order of payoffs",
    "above": "above {p}",
    "below": "below {p}, not above",
    "any": "any",
    "never": "no chance is enough",
    "same": "both are worth the same at any",
    "either": "either",
    "equilibrium": "equilibrium",
    "trps": "prisoner’s dilemma",
    "rtps": "stag hunt",
    "trsp": "chicken",
    "tprs": "deadlock",
    "rtsp": "harmony",
    "says": "{game}. Equilibria: {equilibria}. If the other holds back with a chance of {p}, holding back is worth "
    "{back} and staying forward {stay}; best reply: {best}.",
}


def explorable() -> Explorable:
    """The game, set as the chapter's seeker of safety plays it."""
    payoffs = (
        Control("R", "R: both hold back", start=8, **HALVES),
        Control("T", "T: it stays forward, the other holds back", start=6, **HALVES),
        Control("P", "P: both stay forward", start=4, **HALVES),
        Control("S", "S: it holds back, the other stays forward", start=2, **HALVES),
    )
    trust = Control("trust", "Trust: the chance that the other holds back", 0, 100, 40, divide=100, digits=2)
    controls = (*payoffs, trust)
    return Explorable(
        name="pull-back",
        title="Who holds back, and at what trust?",
        lead="Two governments, each with the same four payoffs. Units are ranks and mean only more or less; all "
        "numbers are stylised. The picture opens on the stag hunt of the chapter.",
        controls=controls,
        heads=("What", "At these payoffs"),
        look=look,
        draw=draw,
        size=(320, 268),
        prediction=_prediction(begun(controls)),
        source="A model, not data; payoffs are assumptions. Computed with twolenses.models.games.",
        words={**WORDS, **{f"do{number}": action for number, action in enumerate(ACTIONS)}},
    )


def _prediction(start: Settings) -> Prediction:
    """A stronger power makes staying forward alone dearer in a prisoner's dilemma."""
    greedy = {**start, "R": 6, "T": 8, "trust": 60}
    warned = {**greedy, "T": 5}
    best, needed = games.best_responses(_game(warned), "row", 0.6)[0], look(warned).rows[2][1]
    return Prediction(
        "Swap R and T: each government now wants more than safety, and no trust makes holding back pay. A stronger "
        "power then makes staying forward alone dearer: T falls from 4 to 2.5. The chance that the other holds back "
        "is 0.60. What pays now?",
        ("Holding back: the threat has settled it", "Staying forward: trust is now what is missing", "Either, equally"),
        {"hold back": 0, "stay forward": 1}[best],
        warned,
        f"{_best(warned).capitalize()}. The threat turns the game into a {look(warned).rows[0][1]}. Holding back is "
        f"an equilibrium again and pays at a chance {needed}; 0.60 is not enough. Move the trust and see.",
    )


def _game(settings: Settings) -> Game:
    reward, temptation, punishment, sucker = (settings[name] / 2 for name in "RTPS")
    return replace(games.symmetric(temptation, reward, punishment, sucker), actions=ACTIONS)


def _best(settings: Settings) -> str:
    found = games.best_responses(_game(settings), "row", settings["trust"] / 100)
    return found[0] if len(found) == 1 else WORDS["either"]


def _holding_back_pays(game: Game) -> tuple[float, float] | None:
    """Between which chances that the other holds back this pays more, or None if it never does."""
    if all(len(games.best_responses(game, "row", other)) == 2 for other in ACTIONS):
        return None
    mixed = games.mixed_equilibrium(game)
    stays, backs = (ACTIONS[0] in games.best_responses(game, "row", other) for other in (ACTIONS[1], ACTIONS[0]))
    if mixed is None:
        strictly = any(games.best_responses(game, "row", other) == ACTIONS[:1] for other in ACTIONS)
        return (0.0, 1.0) if strictly else None
    return (0.0, mixed.column) if stays and not backs else (mixed.column, 1.0)


def _needed(game: Game) -> str:
    if all(len(games.best_responses(game, "row", other)) == 2 for other in ACTIONS):
        return WORDS["same"]
    found = _holding_back_pays(game)
    if found is None:
        return WORDS["never"]
    low, high = found
    if (low, high) == (0, 1):
        return WORDS["any"]
    return WORDS["above"].format(p=fixed(low, 2)) if high == 1 else WORDS["below"].format(p=fixed(high, 2))


def look(settings: Settings) -> View:
    """The game at these payoffs, from the side of one government."""
    game, p = _game(settings), settings["trust"] / 100
    back, stay = (p * line[0] + (1 - p) * line[1] for line in game.row)
    pairs = games.pure_equilibria(game)
    names = [WORDS["both"].format(action=mine) if mine == yours else WORDS["one"] for mine, yours in pairs]
    equilibria = "; ".join(dict.fromkeys(names)) or WORDS["no"]
    called = (games.classify(game) or WORDS["other"]).replace("'", "’")
    rows = [
        ["Game", called],
        ["Equilibria", equilibria],
        ["Holding back pays at a chance", _needed(game)],
        ["Holding back is worth", fixed(back, 2)],
        ["Staying forward is worth", fixed(stay, 2)],
        ["Best reply at this trust", _best(settings)],
    ]
    says = WORDS["says"].format(
        game=called[0].upper() + called[1:],
        equilibria=equilibria,
        p=fixed(p, 2),
        back=fixed(back, 2),
        stay=fixed(stay, 2),
        best=_best(settings),
    )
    return View(_parts(game, pairs, p), rows, says)


def _parts(game: Game, pairs: tuple[tuple[str, str], ...], p: float) -> Parts:
    parts: Parts = {}
    for i, mine in enumerate(ACTIONS):
        for j, yours in enumerate(ACTIONS):
            held = (mine, yours) in pairs
            parts[f"cell{i}{j}"] = {"class": "tl-x-cell tl-x-on" if held else "tl-x-cell"}
            parts[f"pay{i}{j}"] = {"text": f"{fixed(game.row[i][j], 1)}, {fixed(game.column[i][j], 1)}"}
            parts[f"held{i}{j}"] = {"text": WORDS["equilibrium"] if held else ""}
    for j, other in enumerate(ACTIONS):
        found = games.best_responses(game, "row", other)
        way = 2 if len(found) == 2 else ACTIONS.index(found[0])
        parts[f"row{j}"] = {"text": "↑↓="[way]}
        parts[f"column{j}"] = {"text": "←→="[way]}
    low, high = _holding_back_pays(game) or (0.0, 0.0)
    parts["pays"] = {"x": place(LEFT + LENGTH * low), "width": place(LENGTH * (high - low))}
    parts["trust"] = {"cx": place(LEFT + LENGTH * p)}
    return parts


def draw(parts: Parts) -> str:
    """Four cells with both payoffs, arrows to the better reply, and the chances at which holding back pays."""
    drawn = [text("The other holds back", 137, 14, "middle"), text("stays forward", 262, 14, "middle")]
    for i, y in enumerate((22, 108)):
        drawn += [
            text(line, 2, y + 26 + 14 * n)
            for n, line in enumerate((("One", "holds", "back"), ("One", "stays", "forward"))[i])
        ]
        for j, x in enumerate((70, 206)):
            drawn += [
                part("rect", f"cell{i}{j}", parts, x=x, y=y, width=112, height=62, rx=4),
                part("text", f"pay{i}{j}", parts, x=x + 56, y=y + 29, text_anchor="middle"),
                part("text", f"held{i}{j}", parts, x=x + 56, y=y + 48, text_anchor="middle"),
            ]
        drawn.append(part("text", f"column{i}", parts, x=194, y=y + 36, text_anchor="middle", **{"class": "tl-x-big"}))
    for j, x in enumerate((126, 262)):
        drawn.append(part("text", f"row{j}", parts, x=x, y=102, text_anchor="middle", **{"class": "tl-x-big"}))
    drawn += [
        text("Holding back pays where the bar is filled", LEFT, 196),
        f'<rect x="{LEFT}" y="206" width="{LENGTH}" height="20" class="tl-x-bar"/>',
        part("rect", "pays", parts, y=206, height=20, **{"class": "tl-x-fill"}),
        part("circle", "trust", parts, cy=216, r=8, **{"class": "tl-x-dot"}),
        *(text(label, LEFT + LENGTH * at, 244, "middle") for label, at in (("0", 0), ("0.5", 0.5), ("1", 1))),
        text("Dot: your trust", LEFT, 262),
    ]
    return "".join(drawn)
