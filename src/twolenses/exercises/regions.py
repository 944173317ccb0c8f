"""The marked regions of a cell, as nbgrader marks them."""

from __future__ import annotations

import ast

__all__ = ["HIDDEN", "SOLUTION", "cut", "keep_all", "public", "shown_solution", "solution", "starter"]

SOLUTION, HIDDEN = "SOLUTION", "HIDDEN TESTS"


def cut(source: str, region: str, *, keep: bool = False) -> str:
    """`source` without the lines between the region's markers, or (`keep`) without the markers only."""
    kept, inside = [], False
    for line in source.splitlines():
        if line.strip() in (f"### BEGIN {region}", f"### END {region}"):
            inside = line.strip().startswith("### BEGIN")
        elif keep or not inside:
            kept.append(line)
    return "\n".join(kept)


def starter(source: str) -> str:
    """What the student finds in a task cell."""
    return cut(source, SOLUTION)


def solution(source: str) -> str:
    """A solved task cell, without markers."""
    return cut(source, SOLUTION, keep=True)


def shown_solution(source: str) -> str:
    """A solved task cell as a page shows it: without the starter's placeholders that the solution replaces.

    A placeholder gives a name three dots, a display with three dots in it, or an empty text. It stays where nothing
    gives that name again.

    >>> shown_solution("x = ...\\n### BEGIN SOLUTION\\nx = 1\\n### END SOLUTION\\ny = ...")
    'x = 1\\ny = ...'
    """
    solved = solution(source)
    body = ast.parse(solved).body
    replaced = [
        statement
        for number, statement in enumerate(body)
        if _is_placeholder(statement) and _bound([statement]) <= _bound(body[number + 1 :])
    ]
    gone = {line for one in replaced for line in range(one.lineno, (one.end_lineno or one.lineno) + 1)}
    return "\n".join(line for number, line in enumerate(solved.splitlines(), start=1) if number not in gone).strip("\n")


def _is_placeholder(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Assign):
        return False
    constants = [node.value for node in ast.walk(statement.value) if isinstance(node, ast.Constant)]
    blank = isinstance(statement.value, ast.Constant) and not str(statement.value.value).strip()
    return blank or ... in constants


def _bound(statements: list[ast.stmt]) -> set[str]:
    """The names that statements, outside of functions, give a value."""
    return {
        node.id
        for statement in statements
        if not isinstance(statement, ast.FunctionDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def public(source: str) -> str:
    """A check cell without its hidden tests."""
    return cut(source, HIDDEN)


def keep_all(source: str) -> str:
    """A cell with both regions kept and all markers gone: what runs when an exercise is solved and checked in full."""
    return cut(solution(source), HIDDEN, keep=True)
