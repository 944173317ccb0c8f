"""What every exercise of the course has, beyond the form of a master. An instructor's own masters are free of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from twolenses.errors import place
from twolenses.exercises.master import Exercise
from twolenses.exercises.regions import HIDDEN, solution, starter

__all__ = ["problems"]

SECTIONS = ("What the data cannot say", "Now the other lens")


def problems(exercise: Exercise) -> list[str]:
    """What the exercise lacks, a sentence each, with the file and the task."""
    rules = (_whole, _tasks, _charts, _nothing_given_away)
    return [f"{place(exercise.path)}  {sentence}" for rule in rules for sentence in rule(exercise)]


def _whole(exercise: Exercise) -> Iterator[str]:
    text = "\n".join(cell.source for cell in exercise.notebook.cells if cell.cell_type == "markdown")
    if not 5 <= len(exercise.tasks) <= 8:
        yield f"has {len(exercise.tasks)} tasks. An exercise has five to eight."
    if not any(task.manual for task in exercise.tasks):
        yield "asks for no argument. Give one task ':manual: N' and a rubric."
    for section in SECTIONS:
        if f"## {section}" not in text:
            yield f"has no section '## {section}'."
    if f"About {exercise.minutes} minutes" not in text:
        yield f"does not say 'About {exercise.minutes} minutes', as its front matter does."
    if len(exercise.predict) != 2:
        yield "needs 'predict: [ID, ID]' in its front matter: two questions of the bank to answer before and after."


def _tasks(exercise: Exercise) -> Iterator[str]:
    cells = exercise.notebook.cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    for task in exercise.tasks:
        called = f"task {task.name!r}"
        at = next(n for n, cell in enumerate(cells) if cell.metadata.get("task") == task.name)
        hints = cells[at - 1].source.count("{hint}") if at and cells[at - 1].cell_type == "markdown" else 0
        if hints not in (1, 2):
            yield f"{called} has {hints} hints before it. Give it one or two."
        if not re.search(rf"\{{explanation\}} {re.escape(task.name)}$", text, re.M):
            yield f"{called} has no explanation. Add a directive '{{explanation}} {task.name}' after its check."
        if task.manual and not re.search(rf"\{{criteria\}} {re.escape(task.name)}$", text, re.M):
            yield f"{called} is graded by people and has no rubric. Add a directive '{{criteria}} {task.name}'."
        checks = "\n".join(cell.source for cell in cells if cell.metadata.get("check") == task.name)
        if not task.manual and f"### BEGIN {HIDDEN}" not in checks:
            yield f"{called} has no hidden test."
        if "because=" not in checks:
            yield f"the check of {called} does not say why the answer matters. Give it because=…"


def _charts(exercise: Exercise) -> Iterator[str]:
    for number, cell in enumerate(exercise.notebook.cells, start=1):
        draws = cell.cell_type == "code" and "plt.show()" in cell.source and "only" not in cell.metadata
        if draws and not cell.metadata.get("mystnb", {}).get("image", {}).get("alt"):
            yield f"cell {number} draws a chart without alt text. Add mystnb: image: alt: …"


def _nothing_given_away(exercise: Exercise) -> Iterator[str]:
    """On the page a solution is folded; a later cell that uses its names would show the answer unfolded."""
    answers: dict[str, str] = {}
    solutions: dict[str, str] = {}
    for number, cell in enumerate(exercise.notebook.cells, start=1):
        if cell.cell_type != "code" or "check" in cell.metadata:
            continue
        shown = _long(starter(cell.source))
        for expression in sorted(shown & set(solutions)):
            yield (
                f"cell {number} shows what task {solutions[expression]!r} asks for: {expression[:60]}. "
                "Take it from check.given(…)."
            )
        if "task" in cell.metadata:
            answers |= dict.fromkeys(_answered(cell), str(cell.metadata["task"]))
            solved = _long(solution(cell.source)) - shown
            solutions = dict.fromkeys(solved, str(cell.metadata["task"])) | solutions
        elif cell.metadata.get("only") != "notebook":
            for name in sorted(_names(ast.parse(cell.source), ast.Load) & set(answers)):
                yield f"cell {number} uses {name!r}, which task {answers[name]!r} asks for: the page would show it."


def _long(source: str) -> set[str]:
    """Expressions of a cell that are long enough to be somebody's idea, as text."""
    return {
        ast.unparse(node)
        for node in ast.walk(ast.parse(source or "pass"))
        if isinstance(node, ast.expr) and sum(1 for _ in ast.walk(node)) >= 14
    }


def _answered(cell: Any) -> set[str]:
    """Names that a task asks for: what only its solution binds, what the starter leaves open, and its functions."""
    given, solved = ast.parse(starter(cell.source) or "pass"), ast.parse(solution(cell.source))
    open_ = {
        target.id
        for node in ast.walk(given)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value in (..., "")
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    functions = {node.name for node in ast.walk(solved) if isinstance(node, ast.FunctionDef)}
    return open_ | functions | (_names(solved, ast.Store) - _names(given, ast.Store))


def _names(tree: ast.AST, context: type[ast.expr_context]) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, context)}
