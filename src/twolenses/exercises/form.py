"""The form of a task's answers, written from what its check asks for, so that prompt and check cannot disagree.

A check cell such as ::

    check.series("ratio", ratio, answer="spending_ratio_in_money", unit="dollars per dollar")

becomes a line under the task, on the page and in the notebook:

    - `ratio`: a Series with one value for each year, in dollars per dollar, rows in any order
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Any

from twolenses import answers, facts, keys
from twolenses.errors import Error
from twolenses.exercises.master import Exercise
from twolenses.exercises.regions import public, solution
from twolenses.tolerance import needed_digits

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CHECKS", "FORM", "Item", "calls", "form", "items"]

FORM = "The form of your answer"
"""Above the lines, on the page and in the notebook."""

CHECKS = ("choice", "frame", "function", "labels", "number", "plot", "series", "text")


@dataclass(frozen=True)
class Item:
    """One line: what the student calls it, and what it is to be, in words."""

    name: str
    words: str


def form(master: Exercise, task: str) -> str:
    """The form of a task's answers as Markdown; empty where its check calls nothing of ours."""
    found = items(master, task)
    return "\n".join([f"**{FORM}**", "", *(f"- `{one.name}`: {one.words}" for one in found)]) if found else ""


def items(master: Exercise, task: str) -> list[Item]:
    """A line for each thing that the public check of a task looks at."""
    cells = master.notebook.cells
    checked = "\n".join(public(cell.source) for cell in cells if cell.metadata.get("check") == task)
    source = next(cell.source for cell in cells if cell.metadata.get("task") == task)
    made_here = {
        node.id
        for node in ast.walk(ast.parse(checked))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    with keys.using(keys.read(master.folder / keys.FILE), master.varied):
        lines: dict[str, list[str]] = {}
        for call in calls(checked):
            name = _name(call)
            if name and name not in made_here:
                words = lines.setdefault(name, [])
                words += [one for one in [_words(call, source)] if one not in words]
        return [Item(name, "; ".join(words)) for name, words in lines.items()]


def calls(source: str) -> list[ast.Call]:
    """The calls of checks in a cell, in order."""
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "check"
        and node.func.attr in CHECKS
    ]


def _name(call: ast.Call) -> str:
    """The variable that is checked; none where it is something computed from one."""
    return call.args[1].id if len(call.args) > 1 and isinstance(call.args[1], ast.Name) else ""


def _words(call: ast.Call, source: str) -> str:
    assert isinstance(call.func, ast.Attribute)
    asked = {one.arg: _literal(one.value) for one in call.keywords if one.arg}
    parts = list(_KINDS[call.func.attr](call, asked, source))
    return ", ".join(part for part in parts if part)


def _literal(node: ast.expr) -> Any:
    """A value that is written out; an expression over the notebook's names is None."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _key(asked: dict[str, Any], name: str = "answer") -> Any:
    """The key that a call names; None where it has none here, as in a sealed exercise."""
    if not isinstance(asked.get(name), str) or asked[name] not in answers.ANSWERS:
        return None
    try:
        return answers.key(asked[name])
    except Error:
        return None


# Pandas is imported where a key is one of its tables: most readers of a master ask for no form of an answer.


def _digits(key: Any, asked: dict[str, Any]) -> str:
    import numpy as np
    import pandas as pd

    if asked.get("within") is not None:
        return f"{asked['within']:g} more or less counts as well"
    values = pd.Series(np.ravel(np.asarray(key, dtype=float))).dropna()
    if not len(values) or (values == values.round()).all():
        return "whole" if isinstance(key, Integral) else ""
    own = answers.describe(asked["answer"]).digits if asked.get("answer") in answers.ANSWERS else None
    digits = next((one for one in (asked.get("digits"), own) if one is not None), needed_digits(values.to_numpy()))
    return _kept(digits)


def _kept(digits: int) -> str:
    if digits == 0:
        return "not rounded further than to whole numbers"
    return f"not rounded further than to {digits} decimal{'s' if digits > 1 else ''}"


def _unit(asked: dict[str, Any], own: str = "") -> str:
    unit = asked.get("unit") or own
    return f"in {'percent' if unit == '%' else unit}" if unit else ""


def _order(asked: dict[str, Any]) -> str:
    by = {None: "", "": "", "index": " by the labels of its rows"}.get(asked.get("by"), f" by `{asked.get('by')}`")
    return {
        "ascending": f"sorted{by}, the lowest first",
        "descending": f"sorted{by}, the highest first",
        "as given": "rows in the order in which they are given",
    }.get(asked.get("order") or "", "rows in any order")


def _listed(words: Any, last: str = "and") -> str:
    named = [str(one) for one in words]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} {last} {named[-1]}"


def _number(call: ast.Call, asked: dict[str, Any], source: str) -> Iterator[str]:
    fact = facts.figure(asked["fact"]) if isinstance(asked.get("fact"), str) else None
    yield "a year" if (fact and fact.unit == "year") or asked.get("unit") == "year" else "a number"
    if fact:
        yield "" if fact.unit == "year" else _unit(asked, fact.unit)
        if asked.get("within") is not None:
            yield _digits(float(fact), asked)
        else:
            digits = fact.digits if asked.get("digits") is None else asked["digits"]
            yield "whole" if digits == 0 and float(fact).is_integer() else _kept(digits)
        return
    yield "" if asked.get("unit") == "year" else _unit(asked)
    key = _key(asked)
    if key is not None:
        yield "whole" if float(key).is_integer() and isinstance(key, Integral) else _digits(key, asked)


def _rows(key: pd.Series | pd.DataFrame, asked: dict[str, Any]) -> str:
    import pandas as pd

    if asked.get("rows"):
        return str(asked["rows"])
    names = [str(name) for name in key.index.names if name is not None]
    if isinstance(key.index, pd.RangeIndex):
        return "row"
    return _listed(names) if names else "row label"


def _cells(key: pd.Series) -> str:
    import pandas as pd

    if pd.api.types.is_bool_dtype(key):
        return "True or False"
    if pd.api.types.is_datetime64_any_dtype(key):
        return "day"
    return "value" if pd.api.types.is_numeric_dtype(key) else "word"


def _series(call: ast.Call, asked: dict[str, Any], source: str) -> Iterator[str]:
    key = _key(asked)
    if key is None:
        yield f"a Series with one value for each {asked.get('rows') or 'row'}"
    else:
        yield f"a Series with one {_cells(key)} for each {_rows(key, asked)}"
    yield _unit(asked)
    yield _order(asked) if key is not None or asked.get("order") else ""
    if key is not None and _cells(key) == "value":
        yield _digits(key, asked)


def _frame(call: ast.Call, asked: dict[str, Any], source: str) -> Iterator[str]:
    key = _key(asked)
    if key is None:
        yield "a DataFrame"
    else:
        several = "columns" if key.shape[1] > 1 else "column"
        names = _listed(map(repr, map(str, key.columns)))
        yield f"a DataFrame with the {several} {names} and one row for each {_rows(key, asked)}"
    yield _unit(asked)
    yield _order(asked)
    numbers = None if key is None else key.select_dtypes("number")
    if numbers is not None and numbers.shape[1]:
        yield _digits(numbers, asked)


def _among(call: ast.Call, asked: dict[str, Any], key: Any) -> str:
    among = asked.get("among")
    written = next((one.value for one in call.keywords if one.arg == "among"), None)
    if among is None and written is not None:
        return f"one of the words in `{ast.unparse(written)}`"
    if among is None and isinstance(key, dict):
        among = sorted(set(map(str, key.values())))
    if among is None:
        return "one of the words that the task names"
    return f"one of {_listed(map(repr, map(str, among)), 'or')}"


def _choice(call: ast.Call, asked: dict[str, Any], source: str) -> Iterator[str]:
    yield f"a text, {_among(call, asked, None)}"


def _labels(call: ast.Call, asked: dict[str, Any], source: str) -> Iterator[str]:
    key = _key(asked)
    named = key if isinstance(key, dict) else asked.get("things")
    many = f"for each of the {len(named)}" if named else "for each"
    yield f"a dictionary with {_among(call, asked, key)} {many}"


_RESULTS = {
    "bool": "True or False",
    "dict": "a dictionary",
    "float": "a number",
    "int": "a whole number",
    "list": "a list",
    "pd.DataFrame": "a DataFrame",
    "pd.Series": "a Series",
    "str": "a text",
    "tuple": "a tuple",
}


def _function(call: ast.Call, asked: dict[str, Any], source: str) -> Iterator[str]:
    name = _name(call)
    defined = [node for node in ast.walk(ast.parse(solution(source))) if isinstance(node, ast.FunctionDef)]
    mine = next((node for node in defined if node.name == name), None)
    takes = [one.arg for one in mine.args.args] if mine else []
    yield f"a function of {_listed(takes)}" if takes else "a function"
    result = asked.get("returns") or _result(call, asked)
    yield f"which returns {result} (not prints)" if result else "which returns its result (not prints)"
    yield _unit(asked)
    if asked.get("within") is not None:
        yield _digits(0.0, asked)
    elif asked.get("digits") is not None:
        yield _kept(asked["digits"])
    if asked.get("order"):
        yield _order(asked)


def _result(call: ast.Call, asked: dict[str, Any]) -> str:
    """What it returns, by the key's annotation or by a case that is written out."""
    name = asked.get("answer")
    if isinstance(name, str) and name in answers.ANSWERS:
        annotation = str(answers.describe(name).compute.__annotations__.get("return", ""))
        found = re.search(r"\]?,\s*([^\[\],]+)(?:\[.*\])?\]$", annotation)
        return _RESULTS.get(found[1].strip() if found else "", "")
    cases = _literal(call.args[2]) if len(call.args) > 2 else None
    return (
        _RESULTS.get("float" if isinstance(cases[0][1], (int, float)) else type(cases[0][1]).__name__, "")
        if cases
        else ""
    )


def _plot(call: ast.Call, asked: dict[str, Any], source: str) -> Iterator[str]:
    def axis(side: str) -> str:
        words = asked.get(side)
        return _listed(map(repr, [words] if isinstance(words, str) else words or []), "or") if words else "a label"

    yield f"a chart with {axis('x')} on the x axis, {axis('y')} on the y axis and a title"
    labels = list(dict.fromkeys([*_legend(asked), *_columns(asked)]))
    if labels:
        yield f"with {_listed(map(repr, labels))} in a legend or beside what they name"
    if asked.get("steps"):
        yield "drawn as steps"
    if asked.get("bars"):
        yield {"any": "with bars"}.get(asked["bars"], f"with {asked['bars']} bars")
    if asked.get("dots"):
        yield "drawn as dots"
    if any(one.arg == "bands" for one in call.keywords):
        yield "with a band or bars from low to high"


def _legend(asked: dict[str, Any]) -> Iterator[str]:
    for one in asked.get("legend") or ():
        yield one if isinstance(one, str) else one[0]


def _columns(asked: dict[str, Any]) -> Iterator[str]:
    """Labels of the series that a chart must show, where there are several."""
    import pandas as pd

    for name in ("answer", "series", "marks", "names", "bands"):
        key = asked[name] if isinstance(asked.get(name), dict) else _key(asked, name)
        if isinstance(key, pd.DataFrame) and name != "bands":
            several: Any = key.columns if key.shape[1] > 1 else []
        elif isinstance(key, pd.DataFrame) and key.index.nlevels > 1:
            several = key.index.get_level_values(0).unique()
        else:
            several = key if isinstance(key, dict) and (len(key) > 1 or name in ("marks", "names")) else []
        for one in several:
            yield str(one[0] if isinstance(one, tuple) else one)


def _text(call: ast.Call, asked: dict[str, Any], source: str) -> Iterator[str]:
    fewest, most = asked.get("words") or (1, 1000)
    yield f"a text of {fewest} to {most} words between triple quotes, in words of your own"


_KINDS = {
    "choice": _choice,
    "frame": _frame,
    "function": _function,
    "labels": _labels,
    "number": _number,
    "plot": _plot,
    "series": _series,
    "text": _text,
}
