"""What a class reached: interests served, joint gains, and how both compare with the bargaining model and the record.

A package names an option for each issue. A role's score is the sum of its weights, each times how far the option serves
the interest: 0 to 100. Where no deal is reached, every issue stays as it stands, and that is what a deal is measured
against.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import pandas as pd

from twolenses.models import bargaining
from twolenses.simulation.dealing import Weights
from twolenses.simulation.roles import Package, Role, Simulation

__all__ = ["Decision", "Gains", "Results", "Table", "allowed", "crossed", "score"]


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

    `first` and `second` are the scores of the two who sign, `gain` is what they have together beyond no deal, `largest`
    the most they could have had, and `left` what a package would have added that is worse for neither.
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
        return list(
            {decision.room: decision for decision in sorted(self.decisions, key=lambda one: one.session)}.values()
        )

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
        columns = ["record", *(f"room {one.room}" for one in self.last())]
        return pd.DataFrame(
            {who: {column: int((beside[column] == what).sum()) for column in columns} for who, what in said.items()}
        ).T

    def guesses(self) -> pd.DataFrame:
        """What the two who sign were thought to want most, by each other, and what their sheet says."""
        lines = []
        for decision in self.decisions:
            for (by, of), guess in decision.guesses.items():
                weights = self.weights[decision.room][of]
                most = [issue for issue, weight in weights.items() if weight == max(weights.values())]
                names = (self.simulation.role(by).name, self.simulation.role(of).name)
                lines.append(
                    (
                        decision.room,
                        decision.session,
                        *names,
                        guess,
                        " or ".join(most),
                        "yes" if guess in most else "no",
                    )
                )
        columns = ["room", "session", "who", "of whom", "guess", "most weight on", "right"]
        return pd.DataFrame(lines, columns=columns).set_index(["room", "session"])

    def model(self) -> pd.DataFrame:
        """For each room: the range of the model, and the part of the first who signs in what both had."""
        one, _ = (role.name for role in self.simulation.signers)
        lines = []
        for decision in self.last():
            found = self.table(decision.room).bargaining()
            first, second = self.table(decision.room).scores(self.outcome(decision))
            lines.append(
                (
                    decision.room,
                    found.low,
                    found.high,
                    found.width,
                    first / (first + second),
                    "yes" if self.agreed(decision) else "no",
                )
            )
        columns = ["room", "low", "high", "width", f"part of {one}", "deal"]
        return pd.DataFrame(lines, columns=columns).set_index("room").round(2)
