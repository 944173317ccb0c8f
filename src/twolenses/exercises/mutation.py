"""A machine changes a solution in small ways; whatever changes its result must be refused by the checks.

A mutant is the solved cell with one thing altered: a constant one more, one less or gone from the list, an operator or
a comparison exchanged, a condition dropped, a sort turned round, the two sides of a division exchanged, a column taken
for another. Only mutants that lead elsewhere count: the names that the task asks for are compared with the solution's,
functions by what they return for the arguments of the checks and for others near them.
"""

from __future__ import annotations

import ast
import copy
import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

from twolenses.check import functions
from twolenses.check.drawing import marks_of
from twolenses.check.sameness import same
from twolenses.exercises import trial
from twolenses.exercises.contract import asked_names
from twolenses.exercises.master import Exercise
from twolenses.exercises.regions import solution, starter
from twolenses.tolerance import Tolerance

__all__ = ["Mutant", "mutants", "survivors"]

EXACT = Tolerance(relative=1e-6, digits=99)


@dataclass(frozen=True)
class Mutant:
    """One change: the task, the cell, and the change in words."""

    task: str
    source: str
    change: str


def mutants(master: Exercise, task: str, columns: tuple[str, ...] = ()) -> Iterator[Mutant]:
    """Every small change of a task's solution; what the starter gives is left alone.

    Parameters
    ----------
    columns
        Names of columns that may be taken for each other.
    """
    cell = next(cell for cell in master.notebook.cells if cell.metadata.get("task") == task)
    source = solution(cell.source)
    tree = ast.parse(source)
    unsolved = {ast.unparse(node) for node in ast.parse(starter(cell.source) or "pass").body}
    changed = [top for top in tree.body if ast.unparse(top) not in unsolved]
    nodes = [node for top in changed for node in ast.walk(top) if not _only_looks(node)]
    looks = [node for node in nodes if isinstance(node, ast.keyword) and node.arg in STYLE]
    styled = {id(inner) for node in looks for inner in ast.walk(node)}
    for node in nodes:
        if id(node) in styled:
            continue
        for other, change in _changes(node, columns):
            before = copy.copy(node.__dict__)
            node.__dict__.update(other)
            text = ast.unparse(tree)
            node.__dict__.clear()
            node.__dict__.update(before)
            if text != ast.unparse(tree):
                yield Mutant(task, text, f"line {getattr(node, 'lineno', '?')}: {change}")


STYLE = {
    "alpha", "capsize", "color", "edgecolor", "figsize", "fmt", "fontsize", "ha", "height", "label", "linestyle", "loc",
    "linewidth", "lw", "marker", "markersize", "rotation", "s", "style", "title", "va", "width", "xlabel", "ylabel",
    "zorder",
}  # fmt: skip
"""Arguments that change how a chart looks and not what it shows."""


def _only_looks(node: ast.AST) -> bool:
    """A text of several lines: a docstring."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" in node.value


OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
STEPS = ("abs", "astype", "cumsum", "diff", "drop", "dropna", "fillna", "query", "round", "sort_values")
METHODS = {
    "max": "min",
    "min": "max",
    "sum": "mean",
    "mean": "sum",
    "idxmax": "idxmin",
    "first": "last",
    "last": "first",
}


def _changes(node: ast.AST, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], str]]:
    """Other attributes for a node, and the change in words."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield {"value": not node.value}, f"{not node.value} for {node.value}"
        elif isinstance(node.value, (int, float)):
            yield from (({"value": node.value + step}, f"{node.value + step} for {node.value}") for step in (1, -1))
        elif node.value in columns:
            other = columns[(columns.index(node.value) + 1) % len(columns)]
            yield {"value": other}, f"{other!r} for {node.value!r}"
    if isinstance(node, (ast.BinOp, ast.BoolOp)) and type(node.op) in OPERATORS:
        operator = OPERATORS[type(node.op)]
        yield {"op": operator()}, f"{operator.__name__} for {type(node.op).__name__}"
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Sub)):
            yield {"left": node.right, "right": node.left}, "the two sides exchanged"
    if isinstance(node, ast.BoolOp):
        yield {"values": [*node.values[:-1], node.values[0]]}, "the last condition dropped"
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OPERATORS:
        operator = OPERATORS[type(node.ops[0])]
        yield {"ops": [operator(), *node.ops[1:]]}, f"{operator.__name__} for {type(node.ops[0]).__name__}"
        if isinstance(node.ops[0], (ast.Gt, ast.GtE, ast.Lt, ast.LtE)) and len(node.ops) == 1:
            yield {"left": node.comparators[0], "comparators": [node.left]}, "the comparison turned round"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in METHODS:
            yield (
                {"func": ast.Attribute(node.func.value, METHODS[node.func.attr], ast.Load())},
                f"{METHODS[node.func.attr]}()",
            )
        if node.func.attr in (
            "query",
            "dropna",
            "drop",
            "sort_values",
            "abs",
            "round",
            "diff",
            "fillna",
            "cumsum",
            "astype",
        ):
            yield (
                {"func": ast.Name("_same_as", ast.Load()), "args": [node.func.value], "keywords": []},
                f"{node.func.attr}() dropped",
            )
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield {"op": ast.UAdd()}, "the sign dropped"
    if isinstance(node, (ast.List, ast.Tuple)) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield {"elts": node.elts[:-1]}, f"{ast.unparse(node.elts[-1])[:30]} left out"


@dataclass
class Tally:
    """How many mutants there were: that led elsewhere, were refused, and the survivors."""

    elsewhere: int
    refused: int
    left: list[tuple[Mutant, trial.Verdict]]


def survivors(master: Exercise, most: int = 10_000) -> Tally:
    """The mutants that lead elsewhere and pass the task's checks, hidden ones included."""
    tally = Tally(0, 0, [])
    for stage in trial.stages(master):
        if any(task.name == stage.task and task.manual for task in master.tasks):
            continue
        columns = tuple(dict.fromkeys(
            str(name) for table in stage.space.values() if hasattr(table, "columns") for name in table.columns
        ))  # fmt: skip
        stage.space["_same_as"] = lambda value: value
        with Recording() as called:
            right = _outcome(stage, solution(stage.cells[0].source))
        names = sorted(asked_names(master, stage.task))
        for number, mutant in enumerate(mutants(master, stage.task, columns)):
            if number >= most:
                break
            mine = _outcome(stage, mutant.source)
            if mine is None or right is None or not _elsewhere(mine[1], right[1], names, called):
                continue
            tally.elsewhere += 1
            if mine[0].message:
                tally.refused += 1
            else:
                tally.left.append((mutant, mine[0]))
    return tally


def _outcome(stage: trial.Stage, source: str) -> tuple[trial.Verdict, dict[str, Any]] | None:
    """What the checks say, and what was made; None where the cell stops."""
    verdict = trial.judged(stage, source)
    return None if verdict.public.startswith("stops with") else (verdict, verdict.space)


def _elsewhere(mine: dict[str, Any], right: dict[str, Any], names: list[str], called: dict[str, list[Any]]) -> bool:
    return any(
        name in mine and name in right and not _alike(mine[name], right[name], called.get(name, [])) for name in names
    )


def _alike(mine: Any, right: Any, calls: list[Any]) -> bool:
    if hasattr(right, "get_xlabel"):
        return _drawn(mine) == _drawn(right)
    if not callable(right):
        return same(mine, right, EXACT)
    return callable(mine) and all(_returns_alike(mine, right, arguments) for call in calls for arguments in _near(call))


def _drawn(axes: Any) -> list[Any]:
    """What is seen: axis labels, values, and places to the next whole number; looks and small shifts aside."""
    found: list[Any] = []
    for one in marks_of(axes):
        points = one.points[:, ::-1] if one.flat else one.points
        found += [(round(float(at)), round(float(value), 6)) for at, value in points]
        found += [(round(float(at)), round(float(low), 6), round(float(high), 6)) for at, low, high in one.spans]
    return [axes.get_xlabel(), axes.get_ylabel(), *sorted(map(repr, found))]


def _returns_alike(mine: Any, right: Any, arguments: Any) -> bool:
    def result(function: Any) -> Any:
        try:
            with redirect_stdout(io.StringIO()):
                return functions._applied(function, arguments)
        except Exception as error:
            return type(error).__name__

    wanted = result(right)
    return (isinstance(wanted, str) and wanted.endswith("Error")) or same(result(mine), wanted, EXACT)


def _near(arguments: Any) -> Iterator[Any]:
    """Arguments of a call, and others near them: each number a little more and a little less."""
    yield arguments
    if isinstance(arguments, tuple):
        for position, value in enumerate(arguments):
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                for step in (1, -1, 0.25):
                    yield (*arguments[:position], value + step, *arguments[position + 1 :])


class Recording:
    """Keeps the arguments with which checks call each function, for as long as a block lasts."""

    def __enter__(self) -> dict[str, list[Any]]:
        self.calls: dict[str, list[Any]] = {}
        self.before = functions._written

        def written(name: str, arguments: Any) -> str:
            self.calls.setdefault(name, []).append(arguments)
            return self.before(name, arguments)

        functions._written = written
        return self.calls

    def __exit__(self, *failure: object) -> None:
        functions._written = self.before
