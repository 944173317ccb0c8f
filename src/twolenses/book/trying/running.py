"""What runs in the reader's browser: cells of a task, one after the other, and what they put out.

Python's own modules, pandas and the course's package are all it needs; the page's worker loads this file as it stands.
"""

from __future__ import annotations

import ast
import io
import json
import re
import sys
import traceback
from base64 import b64encode
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

__all__ = ["draws", "run"]

OWN = "<your code>"
MOST = 20_000
"""Characters that a cell may print; the rest is left out."""

ROWS = 20
"""Rows of a table that are shown before its middle is left out."""

_CHART_LINES = re.compile(r"^(?:import matplotlib\.pyplot as plt|charts\.use\(\))$\n?", re.M)
_DRAWS = re.compile(r"\bplt\b|\bcharts\.|matplotlib|\.(?:plot|hist|boxplot)\b")

Shown = dict[str, str]
"""One output: its `kind` (text, table or chart), its `text` (HTML of a table, address of a chart), a chart's `alt`."""


def draws(cells: Iterable[str]) -> bool:
    """Whether cells do more with Matplotlib than to import it: it is ten megabytes, which a text answer does without.

    >>> draws(["import matplotlib.pyplot as plt\\ncharts.use()", "x = 1"]), draws(["totals.plot()"])
    (False, True)
    """
    return any(_DRAWS.search(_CHART_LINES.sub("", cell)) for cell in cells)


def run(before: list[str], code: str, after: list[str]) -> str:
    """Run the cells before the task, the reader's code, and then the cells behind it, in a namespace of their own.

    Returns
    -------
    str
        JSON: `given`, what the cells before put out; `shown`, what the code did; `said`, the lines of the check;
        `stopped`, what stopped the code, or the check's sentence; `passed`, whether all of the cells behind ran.
    """
    plain = not draws([*before, code, *after])
    space: dict[str, Any] = {"__name__": "__main__"}
    given: list[Shown] = []
    for cell in before:
        _cell(_CHART_LINES.sub("", cell) if plain else cell, space, given, "<a cell before>")
    shown: list[Shown] = []
    checked: list[Shown] = []
    stopped = ""
    try:
        _cell(code, space, shown, OWN)
        for cell in after:
            _cell(cell, space, checked, "<the check>")
    except (Exception, SystemExit) as error:
        stopped = _sentence(error, code, space)
    said = [line for one in checked if one["kind"] == "text" for line in one["text"].splitlines()]
    return json.dumps(
        {
            "given": given,
            "shown": [*shown, *(one for one in checked if one["kind"] != "text")],
            "said": said,
            "stopped": stopped,
            "passed": bool(after) and not stopped,
        }
    )


# ── A cell, as a notebook runs it ────────────────────────────────────────────────────────────────────


class _Printed(io.StringIO):
    """Text up to a length: an endless loop may print for ever."""

    def write(self, text: str) -> int:
        if self.tell() < MOST:
            super().write(text[: MOST - self.tell()])
        return len(text)


def _cell(source: str, space: dict[str, Any], shown: list[Shown], name: str) -> None:
    """Run a cell; add what it prints, the value of its last line, and its charts to `shown`, also where it stops."""
    body = ast.parse(source, name).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed = _Printed()
    value = None
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            exec(compile(ast.Module(body, []), name, "exec"), space)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), name, "eval"), space)
    finally:
        if text := printed.getvalue().rstrip():
            shown.append({"kind": "text", "text": text})
        shown += _charts()
    if value is not None and not (isinstance(value, str) and _is_docstring(last)) and not _is_drawn(value):
        shown.append(_value(value))


def _is_docstring(node: ast.stmt | None) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.lineno == 1


def _is_drawn(value: Any) -> bool:
    """What a drawing call returns is seen in its chart."""
    return type(value).__module__.startswith("matplotlib.")


def _value(value: Any) -> Shown:
    import pandas as pd

    if not isinstance(value, pd.DataFrame):
        with pd.option_context("display.max_rows", ROWS):
            return {"kind": "text", "text": repr(value)[:MOST]}
    table = value.to_html(max_rows=ROWS, border=0, show_dimensions=len(value) > ROWS)
    return {"kind": "table", "text": re.sub(r"<th>\s*</th>", "<td></td>", table)}


def _charts() -> list[Shown]:
    """Every open figure as a picture; then it is closed."""
    plt = sys.modules.get("matplotlib.pyplot")
    if plt is None:
        return []
    made = []
    for number in plt.get_fignums():
        figure = plt.figure(number)
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
        address = f"data:image/svg+xml;base64,{b64encode(file.getvalue()).decode()}"
        made.append({"kind": "chart", "text": address, "alt": _alt(figure)})
    plt.close("all")
    return made


def _alt(figure: Any) -> str:
    """What the chart's own words say: titles, what is drawn across and upwards, what the legend names."""
    words = []
    for axes in figure.axes:
        titles = [axes.get_title(loc=where) for where in ("left", "center", "right")]
        legend = axes.get_legend()
        named = [text.get_text() for text in legend.get_texts()] if legend else []
        words += [*titles, f"across: {axes.get_xlabel()}", f"upwards: {axes.get_ylabel()}"]
        words += [f"shown: {', '.join(named)}"] if named else []
    return "Your chart. " + "; ".join(word for word in words if word and not word.endswith(": ")) + "."


# ── What stopped it ──────────────────────────────────────────────────────────────────────────────────


def _sentence(error: BaseException, code: str, space: dict[str, Any]) -> str:
    """One sentence: the check's own, or Python's with the line of the reader's code."""
    from twolenses.check import CheckFailed
    from twolenses.check.notebook import explanation

    if isinstance(error, CheckFailed):
        return f"✗ {error}"
    what = type(error).__name__
    if isinstance(error, SyntaxError):
        return f"Line {error.lineno}: {what}: {error.msg}."
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == OWN]
    if lines:
        return f"Line {lines[-1]}: {what}: {error}."
    if isinstance(error, NameError):
        return f"✗ {error.name} does not exist. The task asks for this name: give it a value in your code."
    return f"✗ {explanation(code, error, space) or f'The check stopped. {what}: {error}.'}"
