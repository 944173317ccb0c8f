"""What every exercise of the course has, beyond the form of a master. An instructor's own masters are free of most."""

from __future__ import annotations

import ast
import builtins
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from twolenses import course
from twolenses.errors import ExerciseError, place, suggestion
from twolenses.exercises.form import calls
from twolenses.exercises.master import Exercise, line_of
from twolenses.exercises.names import assigned, bound, needed
from twolenses.exercises.regions import HIDDEN, keep_all, public, solution, starter
from twolenses.exercises.trying import task_to_try
from twolenses.keys import FILE as KEY

__all__ = ["asked_names", "problems"]

LENSES = ("realism", "liberalism", "both")
SECTIONS = ("What the data cannot say", "Now the other lens")

COLUMNS = 40
"""Of code, on a phone. A text in quotes and an import may be longer; the notebook page wraps those."""

_TEXT = re.compile(r"""[bfr]*((?<!")"(?!"")[^"]*"(?!")|(?<!')'(?!'')[^']*'(?!'))""")


def problems(exercise: Exercise, *, own: bool = False) -> list[str]:
    """What the exercise lacks, a sentence each, with the file and the task.

    Parameters
    ----------
    own
        An instructor's own master: held only to what makes marking unfair.
    """
    course_rules = (_whole, _assessed, _to_try, _tasks, _charts, _nothing_given_away, _hidden_tests, _stable, _narrow)
    rules = (_unasked,) if own else (*course_rules, _unasked)
    found = [f"{place(exercise.path)}  {sentence}" for rule in rules for sentence in rule(exercise)]
    return [*found, *_bound_once(exercise)]


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


def _assessed(exercise: Exercise) -> Iterator[str]:
    """``objectives:`` and ``lenses:`` in the front matter, where they are, say which tasks assess what.

    Class reports sum up by them. A task belongs to one objective and one lens at most.
    """
    meta = exercise.notebook.metadata["exercise"]
    yield from _listed(exercise, meta.get("objectives", {}), "objective", "judge-claim", course.objectives())
    yield from _listed(exercise, meta.get("lenses", {}), "lens", "realism", LENSES)


def _listed(exercise: Exercise, listed: Any, kind: str, example: str, known: Iterable[str]) -> Iterator[str]:
    field, tasks = {"objective": "objectives", "lens": "lenses"}[kind], [task.name for task in exercise.tasks]
    if not isinstance(listed, dict) or not all(isinstance(names, list) for names in listed.values()):
        yield f"front matter, '{field}:': write the list of tasks behind each {kind}, '{example}: [{tasks[0]}]'."
        return
    for name, count in Counter(task for names in listed.values() for task in map(str, names)).items():
        if name not in tasks:
            yield f"front matter, '{field}:': there is no task {name!r}. {suggestion(name, tasks)}"
        elif count > 1:
            yield f"front matter, '{field}:': the task {name!r} stands {count} times. Name it once."
    for name in map(str, listed):
        if name not in known:
            lacking = "no chapter has it" if kind == "objective" else "there is no such lens"
            yield f"front matter, {kind} {name!r}: {lacking}. {suggestion(name, known)}"


def _to_try(exercise: Exercise) -> Iterator[str]:
    """One task runs in the page."""
    try:
        task_to_try(exercise)
    except ExerciseError as error:
        yield str(error).partition("  ")[2]


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
    unsolved, solved = ast.parse(starter(cell.source) or "pass"), ast.parse(solution(cell.source))
    open_ = {
        target.id
        for node in ast.walk(unsolved)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value in (..., "")
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    functions = {node.name for node in ast.walk(solved) if isinstance(node, ast.FunctionDef)}
    return open_ | functions | (_names(solved, ast.Store) - _names(unsolved, ast.Store))


def _names(tree: ast.AST, context: type[ast.expr_context]) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, context)}


def _narrow(exercise: Exercise) -> Iterator[str]:
    """What a student reads and writes fits a phone."""
    for number, cell in enumerate(exercise.notebook.cells, start=1):
        if cell.cell_type != "code" or "check" in cell.metadata or cell.metadata.get("only") == "page":
            continue
        for line in starter(cell.source).splitlines():
            if len(_TEXT.sub("", line)) > COLUMNS and not line.startswith(("from ", "import ")):
                yield f"cell {number}: {line.strip()!r} is wider than a phone's {COLUMNS} columns. Break the line."


# ── checks ───────────────────────────────────────────────────────────────────────────────────────────


def _hidden_tests(exercise: Exercise) -> Iterator[str]:
    """Hidden tests add cases: they repeat no visible one, and ask for nothing that the visible ones do not look at."""
    for task in exercise.tasks:
        called = f"task {task.name!r}"
        asked = asked_names(exercise, task.name)
        seen, hidden = _visible_and_hidden(exercise, task.name)
        shown = {_without_reason(call) for call in calls(seen)}
        looked_at = _names(ast.parse(seen), ast.Load)
        for name in sorted(asked - looked_at):
            where = "only its hidden tests look" if name in _names(ast.parse(hidden), ast.Load) else "no check looks"
            yield f"{called} asks for {name!r}, and {where} at it. Check it in public."
        if not hidden and any(
            isinstance(call.func, ast.Attribute) and call.func.attr == "function" for call in calls(seen)
        ):
            yield f"{called} asks for a function and has no hidden test. Call it with inputs that are not shown."
        for call in calls(hidden):
            if _without_reason(call) in shown:
                yield (
                    f"a hidden test of {called} repeats a visible one: {ast.unparse(call)[:70]}. "
                    "Try another case, or take it out."
                )
        yield from _new_demands(called, calls(seen), calls(hidden))


_DATA = ("answer", "series", "bands", "marks", "heights", "points", "steps", "bars", "legend")


def _new_demands(called: str, seen: list[ast.Call], hidden: list[ast.Call]) -> Iterator[str]:
    """What a hidden test of a chart asks for and no visible one does."""

    def demands(found: list[ast.Call]) -> set[str]:
        charts = [one for one in found if isinstance(one.func, ast.Attribute) and one.func.attr == "plot"]
        return {str(word.arg) for one in charts for word in one.keywords} & set(_DATA)

    data = {"answer", "series", "heights", "points"}
    shown = demands(seen)
    for word in sorted(demands(hidden) - shown):
        if not (word in data and shown & data):
            yield f"a hidden test of {called} asks for {word!r} of a chart, which no visible one does. Ask in public."


def asked_names(exercise: Exercise, task: str) -> set[str]:
    """What the starter leaves open: names bound to dots or to an empty text, functions, and the chart."""
    cell = next(cell for cell in exercise.notebook.cells if cell.metadata.get("task") == task)
    found = set()
    for node in ast.walk(ast.parse(starter(cell.source) or "pass")):
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            inner = [target for target in node.targets if isinstance(target, ast.Tuple)]
            names += [one.id for target in inner for one in target.elts if isinstance(one, ast.Name) and one.id == "ax"]
            if _open(node.value) or "ax" in names:
                found |= set(names)
    return found


def _open(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return value.value is ... or (isinstance(value.value, str) and not value.value.strip())
    return any(isinstance(one, ast.Constant) and one.value is ... for one in ast.walk(value))


def _visible_and_hidden(exercise: Exercise, task: str) -> tuple[str, str]:
    cells = [cell.source for cell in exercise.notebook.cells if cell.metadata.get("check") == task]
    visible = "\n".join(map(public, cells))
    hidden = "\n".join(line for source in cells for line in _hidden_lines(source))
    return visible, hidden


def _hidden_lines(source: str) -> Iterator[str]:
    inside = False
    for line in source.splitlines():
        if line.strip() in (f"### BEGIN {HIDDEN}", f"### END {HIDDEN}"):
            inside = line.strip().startswith("### BEGIN")
        elif inside:
            yield line


def _without_reason(call: ast.Call) -> str:
    """A call as text, without what it only prints."""
    silent = ("because", "unit", "rows", "returns", "among", "x", "y")
    bare = ast.Call(call.func, call.args[1:], [one for one in call.keywords if one.arg not in silent])
    return ast.unparse(bare)


def _bound_once(exercise: Exercise) -> Iterator[str]:
    """What a check looks at, no later cell binds again.

    Otter judges a notebook that has lost its metadata at its end, and there the last value counts.
    """
    looked_at: dict[str, str] = {}
    for cell in exercise.notebook.cells:
        if cell.cell_type != "code" or cell.metadata.get("only") == "page":
            continue
        try:
            again, uses = assigned(keep_all(cell.source)) & set(looked_at), needed(keep_all(cell.source))
        except SyntaxError:  # not Python, such as a line for IPython
            continue
        for name in sorted(again):
            yield (
                f"{place(exercise.path, line_of(exercise, cell, _line_binding(name, cell.source)))}  binds {name!r} "
                f"again, which the check of task {looked_at[name]!r} looks at: graded at its end, a notebook would be "
                "judged by this value. Use another name."
            )
        if "check" in cell.metadata:
            looked_at = dict.fromkeys(uses - set(dir(builtins)), str(cell.metadata["check"])) | looked_at


def _line_binding(name: str, source: str) -> int:
    """The first line of a cell's source that gives that name a value, counted from 1."""
    found = (
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name)
        or (isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name)
    )
    return min(found, default=1)


def _unasked(exercise: Exercise) -> Iterator[str]:
    """No cell needs a name that a right answer may leave out: one that a task's cell binds and nobody asks for."""
    owner: dict[str, str] = {}
    given: set[str] = set()
    for number, cell in enumerate(exercise.notebook.cells, start=1):
        if cell.cell_type != "code" or cell.metadata.get("only") == "page":
            continue
        source = keep_all(cell.source)
        task = str(cell.metadata.get("task") or cell.metadata.get("check") or "")
        try:
            uses, binds = needed(source), bound(source)
        except SyntaxError:  # not Python, such as a line for IPython: whoever runs the cell says so
            continue
        for name in sorted(uses):
            if owner.get(name, task) != task:
                yield (
                    f"cell {number} uses {name!r}, which the cell of task {owner[name]!r} binds and does not ask for: "
                    "a right answer without it stops here. Bind it in a cell of its own, before the task."
                )
        if task:
            free = given | (_looked_at(exercise, task) if "task" in cell.metadata else set())
            owner = {name: of for name, of in owner.items() if name not in free}
            owner |= dict.fromkeys(binds - free, task)
        else:
            given |= binds
            owner = {name: of for name, of in owner.items() if name not in given}


def _looked_at(exercise: Exercise, task: str) -> set[str]:
    """What a task asks for: open in its starter, or looked at by a visible check."""
    seen, _ = _visible_and_hidden(exercise, task)
    checked = {call.args[1].id for call in calls(seen) if len(call.args) > 1 and isinstance(call.args[1], ast.Name)}
    return asked_names(exercise, task) | checked


def _stable(exercise: Exercise) -> Iterator[str]:
    """Ties stand in the same order on every processor."""
    sources = [
        (f"cell {number}", solution(cell.source))
        for number, cell in enumerate(exercise.notebook.cells, start=1)
        if cell.cell_type == "code" and cell.metadata.get("only") != "notebook"
    ]
    key = exercise.path.with_name(KEY)
    if key.is_file():
        sources.append((KEY, key.read_text(encoding="utf-8")))
    for where, source in sources:
        for node in ast.walk(ast.parse(source)):
            if _unstable(node):
                yield f'{where} sorts with {ast.unparse(node)[:60]}: the order of ties is open. Add kind="stable".'


def _unstable(node: ast.AST) -> bool:
    """A sort by one key without kind="stable"; by several keys pandas sorts stably, and so does Python itself."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    named = {one.arg: one.value for one in node.keywords}
    kind = named.get("kind")
    if isinstance(kind, ast.Constant) and kind.value in ("stable", "mergesort"):
        return False
    by = named.get("by", node.args[0] if node.args else None)
    if node.func.attr == "sort_values":
        return not (isinstance(by, (ast.List, ast.Tuple)) and len(by.elts) > 1)
    return node.func.attr == "argsort"
