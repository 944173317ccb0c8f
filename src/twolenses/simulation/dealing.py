"""Who plays what: roles dealt by lot, the same way for the same seed.

Everybody is shuffled, then seated. With more than 30 there are as many rooms as keep each at 30 or below, and their
sizes differ by one at most. In a room every role has its first seat before any has a second; then seats go to the
tiers in the order of :data:`ROUNDS`, and within a tier the lot says who is first. So groups of one tier never differ by
more than one. The order of a roster's rows does not matter, and origin, marks and names do not either.

In each room the weights of a role's interests are moved a little, by lot: whoever reads the repository knows about what
a role wants, and not how much.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from twolenses import tabular
from twolenses.errors import SimulationError, place
from twolenses.simulation import roles
from twolenses.simulation.roles import Role, Simulation

__all__ = [
    "FEWEST",
    "FORMATS",
    "MOST",
    "ROUNDS",
    "Deal",
    "Room",
    "Seat",
    "deal",
    "names",
    "numbered",
    "read_roster",
    "seats",
]

FORMATS = {"90": (12, 30), "two": (30, 100)}
"""How few and how many students each format takes."""

FEWEST, MOST = 12, 30
"""How few and how many sit in a room."""

ROUNDS: tuple[tuple[int, ...], ...] = ((1, 2, 3), (1,), (2,), (1,), (3,), (1,), (2,))
"""Which tiers get a seat in which round."""

MOVE = 5
"""By how much at most a weight is moved."""

Weights = dict[str, dict[str, int]]
"""Role, issue, weight; the weights of a role add up to 100."""


@dataclass(frozen=True)
class Seat:
    """A student and their role."""

    student: str
    role: Role


@dataclass(frozen=True)
class Room:
    """Those who play together, and what their roles want by how much."""

    number: int
    seats: tuple[Seat, ...]
    weights: Weights

    def group(self, role: Role) -> tuple[str, ...]:
        """Who plays a role."""
        return tuple(seat.student for seat in self.seats if seat.role == role)


@dataclass(frozen=True)
class Deal:
    """A class with its roles dealt."""

    simulation: Simulation
    format: str
    seed: str
    rooms: tuple[Room, ...]

    def __iter__(self) -> Iterator[tuple[Room, Seat]]:
        """Every seat with its room."""
        return ((room, seat) for room in self.rooms for seat in room.seats)


def deal(students: Sequence[str], seed: str, format: str = "90", simulation: Simulation | None = None) -> Deal:
    """Roles for a class.

    Parameters
    ----------
    students
        Their names, each once.
    seed
        The same names and the same seed give the same deal.
    format
        ``90`` or ``two``.

    Raises
    ------
    SimulationError
        If the format is unknown, or takes fewer students or more.
    """
    simulation = simulation or roles.load()
    if format not in FORMATS:
        raise SimulationError(f"There is no format {format!r}. Choose {' or '.join(FORMATS)}.")
    fewest, most = FORMATS[format]
    if not fewest <= len(students) <= most:
        other = next((name for name, (low, high) in FORMATS.items() if low <= len(students) <= high), None)
        remedy = (
            f"Choose --format {other}."
            if other
            else "Join two classes."
            if len(students) < fewest
            else "Play it twice."
        )
        raise SimulationError(f"{len(students)} students: the format {format!r} takes {fewest} to {most}. {remedy}")
    order = sorted(students)
    _lot(seed, "students").shuffle(order)
    count = -(-len(order) // MOST)
    sizes = [len(order) // count + (number < len(order) % count) for number in range(count)]
    rooms, start = [], 0
    for number, size in enumerate(sizes, start=1):
        lot = _lot(seed, f"room {number}")
        taken = seats(simulation.roles, size, lot)
        lot.shuffle(taken)
        called = order[start : start + size]
        place_of = {role.id: rank for rank, role in enumerate(simulation.roles)}
        seated = sorted(map(Seat, called, taken), key=lambda seat: (place_of[seat.role.id], seat.student))
        rooms.append(Room(number, tuple(seated), {role.id: _moved(role, lot) for role in simulation.players}))
        start += size
    return Deal(simulation, format, seed, tuple(rooms))


def seats(found: Sequence[Role], size: int, lot: random.Random) -> list[Role]:
    """The role of each seat of a room, the first seat of every role first."""
    taken: list[Role] = []
    for tiers in ROUNDS:
        for tier in tiers:
            of_tier = [role for role in found if role.tier == tier]
            lot.shuffle(of_tier)
            taken += of_tier
    return taken[:size]


def _moved(role: Role, lot: random.Random) -> dict[str, int]:
    """The weights of a role's interests, moved by lot and adding up to 100 as before."""
    weights = {interest.issue: interest.weight for interest in role.interests}
    for first, second in zip(role.interests, role.interests[1:], strict=False):
        move = lot.randint(-MOVE, MOVE)
        if weights[first.issue] + move > 0 and weights[second.issue] - move > 0:
            weights[first.issue] += move
            weights[second.issue] -= move
    return weights


def _lot(seed: str, what: str) -> random.Random:
    return random.Random(f"{seed}/{what}")


# ── Names ────────────────────────────────────────────────────────────────────────────────────────────


def names(students: int | None, roster: Path | None) -> list[str]:
    """The names of a class, from a roster or numbered.

    Raises
    ------
    SimulationError
        If neither is given, both differ, or the roster cannot be read.
    """
    if roster is None:
        if students is None:
            raise SimulationError("How many are they? Give --students or a --roster.")
        return numbered(students)
    found = read_roster(roster)
    if students not in (None, len(found)):
        raise SimulationError(
            f"{place(roster)}  has {len(found)} names, and --students says {students}. Leave one out."
        )
    return found


def numbered(count: int) -> list[str]:
    """Names where there is no roster: ``Student 07``."""
    return [f"Student {number:02d}" for number in range(1, count + 1)]


def read_roster(path: Path) -> list[str]:
    """The names in the column ``name`` of a CSV file, or ``first_name`` and ``last_name``.

    Raises
    ------
    SimulationError
        If it has no such column, a row without a name, or a name twice.
    TableError
        If it cannot be read.
    """
    rows = [(line, {column.lower(): cell for column, cell in row.items()}) for line, row in tabular.rows(path)]
    columns = rows[0][1].keys()
    if "name" not in columns and not {"first_name", "last_name"} <= columns:
        raise SimulationError(f"{place(path, 1)}  has no column 'name', nor 'first_name' and 'last_name'.")
    names: dict[str, int] = {}
    for line, cells in rows:
        name = cells.get("name") or " ".join(filter(None, (cells.get("first_name"), cells.get("last_name"))))
        name = " ".join("".join(one if one.isprintable() else " " for one in name).split())
        if not name:
            raise SimulationError(f"{place(path, line)}  has no name. Write one, or take the row out.")
        if name in names:
            raise SimulationError(
                f"{place(path, line)}  has {name!r} again, as in line {names[name]}. Tell the two apart."
            )
        names[name] = line
    return list(names)
