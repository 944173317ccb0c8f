"""What goes wrong around a check is a sentence too: a cell not run, a variable renamed, a name given away."""

from __future__ import annotations

import ast
import builtins
import sys
from difflib import get_close_matches
from types import FunctionType, ModuleType, TracebackType
from typing import Any

__all__ = ["explain_missing_names"]

COURSE = ("check", "load", "charts", "pd", "np", "plt")


def explain_missing_names() -> None:
    """Have IPython, where this runs in it, show what a missing or shadowed name causes as one sentence."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.set_custom_exc((NameError, AttributeError, TypeError), _show)


def _show(
    shell: Any, kind: type[BaseException], error: Exception, trace: TracebackType | None, tb_offset: int | None = None
) -> None:
    cell = shell.user_ns.get("In", [""])[-1]
    told = explanation(cell, error, shell.user_ns)
    if told:
        error._render_traceback_ = lambda: [f"✗ {told}"]  # type: ignore[attr-defined]
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def explanation(cell: str, error: BaseException, known: dict[str, Any]) -> str:
    """The sentence for an error in a cell; empty where it is the student's own and stays Python's."""
    if isinstance(error, NameError):
        return sentence(error.name, known) if "check." in cell and error.name else ""
    return _shadowed(cell, error, known) or _left_open(cell, error, known)


def sentence(missing: str, known: dict[str, Any]) -> str:
    """What to do about a name that does not exist, among the names that do."""
    if missing in COURSE:
        return f"{missing} does not exist yet. Run the first cells of the notebook, then this one again."
    own = [name for name in known if not name.startswith("_")]
    alike = get_close_matches(missing, own, n=1, cutoff=0.75)
    renamed = f" You have {alike[0]!r}: give it back the name that the task asks for." if alike else ""
    return (
        f"{missing} does not exist.{renamed} Run the cells above in order, the task's own cell last. If that cell is "
        "gone, or this is the notebook of another exercise, download the notebook again and copy your answers over."
    )


def _shadowed(cell: str, error: BaseException, known: dict[str, Any]) -> str:
    """The sentence where a cell uses a name of the course or of Python that the student gave to something else."""
    for name in _used(cell, called=isinstance(error, TypeError)):
        if name not in known:
            continue
        held = known[name]
        if name in COURSE:
            taken = not isinstance(held, ModuleType) if name != "load" else not callable(held)
            remedy = "give your variable another name and run the first cells of the notebook again"
        else:
            taken = hasattr(builtins, name) and not callable(held)
            remedy = f"give your variable another name and run 'del {name}' once"
        if taken:
            return f"{name} is now a {type(held).__name__}, because a cell gave it that name: {remedy}."
    return ""


def _left_open(cell: str, error: BaseException, known: dict[str, Any]) -> str:
    """The sentence where a cell needs the answer of an open task: three dots, or a function without a body."""
    remedy = "Do the task that asks for it and run its cell, then run this one again."
    for name in _named(cell):
        held = known.get(name)
        if held is Ellipsis and "ellipsis" in str(error):
            return f"{name} is still '...', and this cell needs it. {remedy}"
        if isinstance(held, FunctionType) and held.__code__.co_code in EMPTY and "NoneType" in str(error):
            return f"{name} returns nothing yet, and this cell needs what it returns. {remedy}"
    return ""


def _empty(a: Any) -> None:
    pass


def _described(a: Any) -> None:
    """It has a docstring and no body."""


EMPTY = (_empty.__code__.co_code, _described.__code__.co_code)


def _named(cell: str) -> list[str]:
    """Names that a cell uses, in order."""
    try:
        tree = ast.parse(cell)
    except SyntaxError:
        return []
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]


def _used(cell: str, *, called: bool) -> list[str]:
    """Names that a cell calls, or whose attributes it asks for, in order."""
    try:
        tree = ast.parse(cell)
    except SyntaxError:
        return []
    found = []
    for node in ast.walk(tree):
        part = (
            node.func
            if called and isinstance(node, ast.Call)
            else node.value
            if isinstance(node, ast.Attribute)
            else None
        )
        if isinstance(part, ast.Name):
            found.append(part.id)
    return found
