"""In a notebook, a name that a check misses is a sentence too: a cell not run, a variable renamed, a task deleted."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from types import TracebackType
from typing import Any

__all__ = ["explain_missing_names"]


def explain_missing_names() -> None:
    """Have IPython, where this runs in it, show a NameError in a cell with a check as one sentence."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.set_custom_exc((NameError,), _show)


def _show(
    shell: Any, kind: type[BaseException], error: NameError, trace: TracebackType | None, tb_offset: int | None = None
) -> None:
    cell = shell.user_ns.get("In", [""])[-1]
    if "check." in cell and error.name:
        error._render_traceback_ = lambda: [f"✗ {sentence(error.name, shell.user_ns)}"]  # type: ignore[attr-defined]
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def sentence(missing: str, known: dict[str, Any]) -> str:
    """What to do about a name that does not exist, among the names that do."""
    if missing in ("check", "load", "charts", "pd", "np", "plt"):
        return f"{missing} does not exist yet. Run the first cells of the notebook, then this one again."
    own = [name for name in known if not name.startswith("_")]
    alike = get_close_matches(missing, own, n=1, cutoff=0.75)
    renamed = f" You have {alike[0]!r}: give it back the name that the task asks for." if alike else ""
    return (
        f"{missing} does not exist.{renamed} Run the cells above in order, the task's own cell last. If that cell is "
        "gone, or this is the notebook of another exercise, download the notebook again and copy your answers over."
    )
