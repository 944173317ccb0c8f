"""What a class reached: interests served, joint gains, and how both compare with the bargaining model and the record.

A package names an option for each issue. A role's score is the sum of its weights, each times how far the option serves
the interest: 0 to 100. Where no deal is reached, every issue stays as it stands, and that is what a deal is measured
against.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from twolenses.errors import SimulationError, place, suggestion
from twolenses.models import bargaining
from twolenses.simulation import roles
from twolenses.simulation.dealing import Deal, Weights, deal, numbered
from twolenses.simulation.roles import Package, Role, Simulation

__all__ = [
    "DECISIONS",
    "KEY",
    "Decision",
    "Results",
    "allowed",
    "crossed",
    "demo",
    "key_rows",
    "read",
    "results",
    "score",
    "sheet_rows",
    "simulated",
    "written",
]

DECISIONS, KEY = "decisions.csv", "key.csv"
"""The names of the two files: what the groups decided, and what their roles wanted."""

BOARD = "board"
"""The row of a room that holds its package."""

_YES, _NO = {"yes", "y", "1", "true"}, {"no", "n", "0", "false"}


# ── Packages ─────────────────────────────────────────────────────────────────────────────────────────


def score(role: Role, weights: dict[str, int], package: Package) -> float:
    """How far a package serves a role, from 0 to 100."""
    return sum(weights[one.issue] * one.values[package[one.issue]] for one in role.interests)


def crossed(role: Role, package: Package) -> list[str]:
    """The issues on which a package crosses a red line of a role."""
    return [line.issue for line in role.red_lines if package[line.issue] in line.options]


def allowed(simulation: Simulation) -> list[Package]:
    """Every package that crosses no red line of the two who sign."""
    ids = [issue.id for issue in simulation.issues]
    packages = (dict(zip(ids, chosen, strict=True)) for chosen in product(*(one.options for one in simulation.issues)))
    return [one for one in packages if not any(crossed(role, one) for role in simulation.signers)]


@dataclass(frozen=True)
class Gains:
    """A package's place among all that could have been agreed.

    `first` and `second` are the scores of the two who sign, `gain` what they have together beyond no deal, `largest` the
    most they could have had, and `left` what a package would have added that is worse for neither.
    """

    first: float
    second: float
    gain: float
    largest: float
    left: float


@dataclass(frozen=True)
class Table:
    """Every package that the two of a room could have agreed on, with their scores."""

    simulation: Simulation
    weights: Weights

    def scores(self, package: Package) -> tuple[float, float]:
        """What the two who sign have of a package."""
        first, second = (score(role, self.weights[role.id], package) for role in self.simulation.signers)
        return first, second

    @cached_property
    def no_deal(self) -> tuple[float, float]:
        """What they have without one."""
        return self.scores(self.simulation.no_deal)

    @cached_property
    def zone(self) -> list[tuple[float, float, Package]]:
        """The packages that both prefer to no deal."""
        low, high = self.no_deal
        scored = ((*self.scores(one), one) for one in allowed(self.simulation))
        return [one for one in scored if one[0] >= low and one[1] >= high and one[0] + one[1] > low + high]

    @cached_property
    def frontier(self) -> list[tuple[float, float]]:
        """The scores that no package betters for one without taking from the other, by the first."""
        best, found = -1.0, []
        for first, second in sorted({(first, second) for first, second, _ in self.zone}, reverse=True):
            if second > best:
                best = second
                found.append((first, second))
        return found[::-1]

    @cached_property
    def largest(self) -> float:
        """The most that the two could have together."""
        return max(first + second for first, second, _ in self.zone)

    def gains(self, package: Package) -> Gains:
        """Where a package lies among them."""
        first, second = self.scores(package)
        nothing = sum(self.no_deal)
        better = (a + b for a, b, _ in self.zone if a >= first - 1e-9 and b >= second - 1e-9)
        return Gains(
            first,
            second,
            gain=first + second - nothing,
            largest=self.largest - nothing,
            left=max(0.0, max(better, default=first + second) - first - second),
        )

    def bargaining(self) -> bargaining.BargainingRange:
        """The same room as the model has it: one thing worth 1, of which the first who signs takes a part.

        The thing is the most that both could have together, and no deal stands for war. What no deal costs the two
        together is split in half, which the game does not say.
        """
        first, second = (one / self.largest for one in self.no_deal)
        cost = (1 - first - second) / 2
        return bargaining.bargaining_range(first + cost, cost, cost)


# ── What a class decided ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Decision:
    """A room's session: the package on the board, who said yes, and what was thought to matter most to the two."""

    room: int
    session: int
    package: Package
    accepts: dict[str, bool]
    guesses: dict[tuple[str, str], str] = field(default_factory=dict)
    """Who guessed, of whom: the issue."""


@dataclass(frozen=True)
class Results:
    """The decisions of a class, with the weights that its rooms played with."""

    simulation: Simulation
    decisions: tuple[Decision, ...]
    weights: dict[int, Weights]
    made_up: bool = False

    def table(self, room: int) -> Table:
        """The packages of a room."""
        return self._tables[room]

    @cached_property
    def _tables(self) -> dict[int, Table]:
        return {room: Table(self.simulation, weights) for room, weights in self.weights.items()}

    def agreed(self, decision: Decision) -> bool:
        """Whether both who sign said yes, to a package that crosses no red line of either."""
        return not self._barred(decision) and all(decision.accepts[role.id] for role in self.simulation.signers)

    def _barred(self, decision: Decision) -> list[str]:
        return [f"{role.name}: {one}" for role in self.simulation.signers for one in crossed(role, decision.package)]

    def outcome(self, decision: Decision) -> Package:
        """What holds after a session: the package, or what stands without a deal."""
        return decision.package if self.agreed(decision) else self.simulation.no_deal

    def joint(self) -> pd.DataFrame:
        """For each room and session: the two scores, the joint gain, its share of the largest, what was left."""
        lines = []
        for decision in self.decisions:
            table = self.table(decision.room)
            gains = table.gains(self.outcome(decision))
            one, other = (role.name for role in self.simulation.signers)
            lines.append(
                {
                    "room": decision.room,
                    "session": decision.session,
                    "deal": "yes" if self.agreed(decision) else "no",
                    one: round(gains.first, 1),
                    other: round(gains.second, 1),
                    "joint gain": round(gains.gain, 1),
                    "largest": round(gains.largest, 1),
                    "share of largest": round(gains.gain / gains.largest, 2),
                    "left for nothing": round(gains.left, 1),
                    "red lines crossed": "; ".join(self._barred(decision)) or "none",
                }
            )
        return pd.DataFrame(lines).set_index(["room", "session"])

    def interests(self) -> pd.DataFrame:
        """For each role, in the mean of rooms at their last session: score, score without a deal, interests reached.

        An interest is reached where the option serves it by half or more.
        """
        lines = []
        for decision in self.last():
            package, nothing = self.outcome(decision), self.simulation.no_deal
            for role in self.simulation.players:
                weights = self.weights[decision.room][role.id]
                reached = sum(one.values[package[one.issue]] >= 0.5 for one in role.interests)
                lines.append(
                    {
                        "role": role.name,
                        "score": score(role, weights, package),
                        "without a deal": score(role, weights, nothing),
                        "interests reached": reached,
                        "of": len(role.interests),
                    }
                )
        return pd.DataFrame(lines).groupby("role", sort=False).mean().round(1)

    def last(self) -> list[Decision]:
        """The last session of each room."""
        return list({decision.room: decision for decision in sorted(self.decisions, key=lambda one: one.session)}.values())

    def beside_the_record(self) -> pd.DataFrame:
        """For each issue: what each lens expected, what the record has, and what each room decided at the last."""
        rooms = {f"room {one.room}": self.outcome(one) for one in self.last()}
        return pd.DataFrame(
            {
                issue.title: {
                    "realism expected": issue.realism.option,
                    "liberalism expected": issue.liberalism.option,
                    "record": issue.record.option,
                    **{name: package[issue.id] for name, package in rooms.items()},
                }
                for issue in self.simulation.issues
            }
        ).T

    def foretold(self) -> pd.DataFrame:
        """How many issues each lens, and somebody who expects no change, foretold of the record and of the rooms."""
        beside = self.beside_the_record()
        said = {
            "realism": beside["realism expected"],
            "liberalism": beside["liberalism expected"],
            "nothing changes": pd.Series({issue.title: issue.stands for issue in self.simulation.issues}),
        }
        columns = ["record", *(column for column in beside if column.startswith("room "))]
        return pd.DataFrame({who: {column: int((beside[column] == what).sum()) for column in columns} for who, what in said.items()}).T

    def guesses(self) -> pd.DataFrame:
        """What the two who sign were thought to want most, by each other, and what their sheet says."""
        lines = []
        for decision in self.decisions:
            for (by, of), guess in decision.guesses.items():
                weights = self.weights[decision.room][of]
                most = [issue for issue, weight in weights.items() if weight == max(weights.values())]
                names = (self.simulation.role(by).name, self.simulation.role(of).name)
                lines.append((decision.room, decision.session, *names, guess, " or ".join(most), "yes" if guess in most else "no"))
        return pd.DataFrame(lines, columns=["room", "session", "who", "of whom", "guess", "most weight on", "right"])

    def model(self) -> pd.DataFrame:
        """For each room: the bargaining range of the model, and the part that the first who signs had of what both had."""
        one, _ = (role.name for role in self.simulation.signers)
        lines = []
        for decision in self.last():
            found = self.table(decision.room).bargaining()
            first, second = self.table(decision.room).scores(self.outcome(decision))
            lines.append((decision.room, found.low, found.high, found.width, first / (first + second), "yes" if self.agreed(decision) else "no"))
        columns = ["room", "low", "high", "width", f"part of {one}", "deal"]
        return pd.DataFrame(lines, columns=columns).set_index("room").round(2)


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────


def key_rows(found: Deal) -> list[list[str]]:
    """The key as rows: room, role, issue, weight."""
    rows = [["room", "role", "issue", "weight"]]
    for room in found.rooms:
        for role, weights in room.weights.items():
            rows += [[str(room.number), role, issue, str(weight)] for issue, weight in weights.items()]
    return rows


def sheet_rows(found: Deal, decisions: Iterable[Decision] = ()) -> list[list[str]]:
    """The decision sheets as rows, empty where nothing was decided: a board for each room and session, and a row per role."""
    simulation = found.simulation
    issues = [issue.id for issue in simulation.issues]
    signers = [role.id for role in simulation.signers]
    made = {(one.room, one.session): one for one in decisions}
    rows = [["room", "session", "who", "accepts", *(f"guess_{id}" for id in signers), *issues]]
    for room in found.rooms:
        for session in (1, 2) if found.format == "two" else (1,):
            one = made.get((room.number, session))
            start = [str(room.number), str(session)]
            rows.append([*start, BOARD, "", "", "", *(one.package[issue] if one else "" for issue in issues)])
            for role in simulation.players:
                accepts = ("yes" if one.accepts[role.id] else "no") if one else ""
                guesses = [one.guesses.get((role.id, id), "") if one else "" for id in signers]
                rows.append([*start, role.id, accepts, *guesses, *("" for _ in issues)])
    return rows


def written(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV."""
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def read(decisions: Path, key: Path, simulation: Simulation | None = None) -> Results:
    """What a class decided, from the two files.

    Raises
    ------
    SimulationError
        If a file cannot be read, or a cell is not what it should be. Every such cell is named, one sentence per line.
    """
    simulation = simulation or roles.load()
    weights = _weights(_rows(key, {"room", "role", "issue", "weight"}), key, simulation)
    rows = _rows(decisions, {"room", "session", "who", "accepts", *(issue.id for issue in simulation.issues)})
    problems: list[str] = []
    sessions: dict[tuple[str, str], dict[str, tuple[int, dict[str, str]]]] = {}
    for line, row in rows:
        sessions.setdefault((row["room"], row["session"]), {})[row["who"]] = (line, row)
    found = []
    for (room, session), those in sessions.items():
        if not room.isdigit() or int(room) not in weights or session not in ("1", "2"):
            line = next(iter(those.values()))[0]
            problems.append(f"{place(decisions, line)}  names room {room!r}, session {session!r}, which the key does not have.")
        elif any(cell for _, row in those.values() for name, cell in row.items() if name not in ("room", "session", "who")):
            found.append(_decision(int(room), int(session), those, decisions, simulation, problems))
    if problems:
        raise SimulationError("\n".join(problems))
    if not found:
        raise SimulationError(f"{place(decisions)}  holds no decision yet. Fill in the board of a room and who accepts.")
    return Results(simulation, tuple(found), weights)


def _weights(rows: list[tuple[int, dict[str, str]]], path: Path, simulation: Simulation) -> dict[int, Weights]:
    found: dict[int, Weights] = {}
    wanted = {role.id: {one.issue for one in role.interests} for role in simulation.players}
    for line, row in rows:
        if not (row["room"].isdigit() and row["weight"].isdigit() and row["issue"] in wanted.get(row["role"], ())):
            raise SimulationError(f"{place(path, line)}  is not a line of a key. Take the file that the roles were dealt with.")
        found.setdefault(int(row["room"]), {}).setdefault(row["role"], {})[row["issue"]] = int(row["weight"])
    if any({role: set(issues) for role, issues in room.items()} != wanted for room in found.values()) or not found:
        raise SimulationError(f"{place(path)}  lacks lines. Take the file that the roles were dealt with.")
    return found


def _decision(
    room: int, session: int, those: dict[str, tuple[int, dict[str, str]]], path: Path, simulation: Simulation, problems: list[str]
) -> Decision:
    line, board = those.get(BOARD, (0, {}))
    package: Package = {}
    for issue in simulation.issues:
        package[issue.id] = board.get(issue.id, "")
        if package[issue.id] not in issue.options:
            problems.append(
                f"{place(path, line or None)}  room {room}, session {session}, board: {issue.id!r} is {package[issue.id]!r}. "
                f"Write one of {', '.join(issue.options)}."
            )
    accepts: dict[str, bool] = {}
    guesses: dict[tuple[str, str], str] = {}
    for role in simulation.players:
        line, row = those.get(role.id, (0, {}))
        said = row.get("accepts", "").lower()
        if said not in _YES | _NO and (said or role.signs):
            problems.append(f"{place(path, line or None)}  room {room}, session {session}: {role.id} accepts {said!r}. Write yes or no.")
        accepts[role.id] = said in _YES
        for other in simulation.signers:
            if guess := row.get(f"guess_{other.id}", ""):
                known = [issue.id for issue in simulation.issues]
                if guess not in known:
                    problems.append(f"{place(path, line)}  names the issue {guess!r}. {suggestion(guess, known)}")
                guesses[role.id, other.id] = guess
    return Decision(room, session, package, accepts, guesses)


def _rows(path: Path, columns: set[str]) -> list[tuple[int, dict[str, str]]]:
    """Line and cells of each row."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SimulationError(f"{place(path)}  cannot be read as UTF-8 text: {error}.") from error
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows: list[dict[str, Any]] = list(csv.DictReader(lines, delimiter=delimiter))
    if missing := columns - set(rows[0] if rows else ()):
        raise SimulationError(f"{place(path)}  lacks the columns {', '.join(sorted(missing))}.")
    return [
        (line, {name: (cell or "").strip() for name, cell in row.items() if isinstance(name, str)})
        for line, row in enumerate(rows, start=2)
    ]


# ── A class made up ──────────────────────────────────────────────────────────────────────────────────


def simulated(found: Deal) -> tuple[Decision, ...]:
    """What a class that never was decided: packages that both prefer to no deal, larger gains more often, and some noes."""
    decisions = []
    for room in found.rooms:
        lot = random.Random(f"{found.seed}/made up/{room.number}")
        table = Table(found.simulation, room.weights)
        zone = sorted(table.zone, key=lambda one: one[0] + one[1])
        for session in (1, 2) if found.format == "two" else (1,):
            *_, package = zone[int(len(zone) * max(lot.random(), lot.random()))]
            yes = lot.random() < (0.6 if session == 1 else 0.8)
            accepts = {role.id: _says(role, room.weights[role.id], package, found.simulation) for role in found.simulation.players}
            accepts |= {role.id: True for role in found.simulation.signers}
            if not yes:
                accepts[lot.choice(found.simulation.signers).id] = False
            decisions.append(Decision(room.number, session, package, accepts, _guesses(found.simulation, room.weights, lot)))
    return tuple(decisions)


def _says(role: Role, weights: dict[str, int], package: Package, simulation: Simulation) -> bool:
    return not crossed(role, package) and score(role, weights, package) >= score(role, weights, simulation.no_deal)


def _guesses(simulation: Simulation, weights: Weights, lot: random.Random) -> dict[tuple[str, str], str]:
    one, other = simulation.signers
    ids = [issue.id for issue in simulation.issues]
    return {
        (by.id, of.id): max(weights[of.id], key=lambda issue: weights[of.id][issue]) if lot.random() < 0.5 else lot.choice(ids)
        for by, of in ((one, other), (other, one))
    }


def demo(students: int = 75, seed: str = "demo", format: str = "two") -> Results:
    """A class that never was, scored."""
    found = deal(numbered(students), seed, format)
    weights = {room.number: room.weights for room in found.rooms}
    return Results(found.simulation, simulated(found), weights, made_up=True)


def results(folder: Path | str = ".") -> Results:
    """The class whose decisions and key lie in a folder; where neither does, one that never was. Says which.

    Raises
    ------
    SimulationError
        As :func:`read` does.
    """
    decisions, key = Path(folder) / DECISIONS, Path(folder) / KEY
    if not decisions.exists() and not key.exists():
        found = demo()
        print(f"No {DECISIONS} and no {KEY} here: this is a class that never was.")
        return found
    found = read(decisions, key)
    print(f"{len(found.weights)} rooms, {len(found.decisions)} decisions, from {DECISIONS}.")
    return found
