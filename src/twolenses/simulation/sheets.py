"""The decision sheets and the key of a class, written and read, and a class that never was.

In ``decisions.csv`` each room and session has a row `board` with the option of each issue, and a row per role: whether
it accepts, and what it took to matter most to the two who sign. ``key.csv`` has the weights that were dealt.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from twolenses.errors import SimulationError, place, suggestion
from twolenses.simulation import roles
from twolenses.simulation.dealing import Deal, Weights, deal, numbered
from twolenses.simulation.roles import Package, Role, Simulation
from twolenses.simulation.scoring import Decision, Results, Table, crossed, score

__all__ = [
    "DECISIONS",
    "KEY",
    "demo",
    "key_rows",
    "read",
    "results",
    "sheet_rows",
    "simulated",
    "written",
]

DECISIONS, KEY = "decisions.csv", "key.csv"
"""The names of the two files: what the groups decided, and what their roles wanted."""

BOARD = "board"
"""The row of a room that holds its package."""

_YES, _NO = {"yes", "y", "1", "true"}, {"no", "n", "0", "false"}


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────


def key_rows(found: Deal) -> list[list[str]]:
    """The key as rows: room, role, issue, weight."""
    rows = [["room", "role", "issue", "weight"]]
    for room in found.rooms:
        for role, weights in room.weights.items():
            rows += [[str(room.number), role, issue, str(weight)] for issue, weight in weights.items()]
    return rows


def sheet_rows(found: Deal, decisions: Iterable[Decision] = ()) -> list[list[str]]:
    """The decision sheets as rows: a board for each room and session, and a row per role. Empty where undecided."""
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
            problems.append(
                f"{place(decisions, line)}  names room {room!r}, session {session!r}, which the key does not have."
            )
        elif any(
            cell for _, row in those.values() for name, cell in row.items() if name not in ("room", "session", "who")
        ):
            found.append(_decision(int(room), int(session), those, decisions, simulation, problems))
    if problems:
        raise SimulationError("\n".join(problems))
    if not found:
        raise SimulationError(
            f"{place(decisions)}  holds no decision yet. Fill in the board of a room and who accepts."
        )
    return Results(simulation, tuple(found), weights)


def _weights(rows: list[tuple[int, dict[str, str]]], path: Path, simulation: Simulation) -> dict[int, Weights]:
    found: dict[int, Weights] = {}
    wanted = {role.id: {one.issue for one in role.interests} for role in simulation.players}
    for line, row in rows:
        if not (row["room"].isdigit() and row["weight"].isdigit() and row["issue"] in wanted.get(row["role"], ())):
            raise SimulationError(
                f"{place(path, line)}  is not a line of a key. Take the file that the roles were dealt with."
            )
        found.setdefault(int(row["room"]), {}).setdefault(row["role"], {})[row["issue"]] = int(row["weight"])
    if any({role: set(issues) for role, issues in room.items()} != wanted for room in found.values()) or not found:
        raise SimulationError(f"{place(path)}  lacks lines. Take the file that the roles were dealt with.")
    return found


def _decision(
    room: int,
    session: int,
    those: dict[str, tuple[int, dict[str, str]]],
    path: Path,
    simulation: Simulation,
    problems: list[str],
) -> Decision:
    def where(line: int) -> str:
        return f"{place(path, line or None)}  room {room}, session {session}"

    line, board = those.get(BOARD, (0, {}))
    package: Package = {}
    for issue in simulation.issues:
        package[issue.id] = board.get(issue.id, "")
        if package[issue.id] not in issue.options:
            problems.append(
                f"{where(line)}, board: {issue.id!r} is {package[issue.id]!r}. Write one of {', '.join(issue.options)}."
            )
    accepts: dict[str, bool] = {}
    guesses: dict[tuple[str, str], str] = {}
    for role in simulation.players:
        line, row = those.get(role.id, (0, {}))
        said = row.get("accepts", "").lower()
        if said not in _YES | _NO and (said or role.signs):
            problems.append(f"{where(line)}: {role.id} accepts {said!r}. Write yes or no.")
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
    """A class that never was: packages that both prefer to no deal, larger gains more likely, some refused."""
    decisions = []
    for room in found.rooms:
        lot = random.Random(f"{found.seed}/made up/{room.number}")
        table = Table(found.simulation, room.weights)
        zone = sorted(table.zone, key=lambda one: one[0] + one[1])
        for session in (1, 2) if found.format == "two" else (1,):
            *_, package = zone[int(len(zone) * max(lot.random(), lot.random()))]
            yes = lot.random() < (0.6 if session == 1 else 0.8)
            accepts = {
                role.id: _says(role, room.weights[role.id], package, found.simulation)
                for role in found.simulation.players
            }
            accepts |= {role.id: True for role in found.simulation.signers}
            if not yes:
                accepts[lot.choice(found.simulation.signers).id] = False
            decisions.append(
                Decision(room.number, session, package, accepts, _guesses(found.simulation, room.weights, lot))
            )
    return tuple(decisions)


def _says(role: Role, weights: dict[str, int], package: Package, simulation: Simulation) -> bool:
    return not crossed(role, package) and score(role, weights, package) >= score(role, weights, simulation.no_deal)


def _guesses(simulation: Simulation, weights: Weights, lot: random.Random) -> dict[tuple[str, str], str]:
    one, other = simulation.signers
    ids = [issue.id for issue in simulation.issues]
    return {
        (by.id, of.id): max(weights[of.id], key=lambda issue: weights[of.id][issue])
        if lot.random() < 0.5
        else lot.choice(ids)
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
