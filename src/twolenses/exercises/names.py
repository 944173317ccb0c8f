"""Names that a cell takes from the cells before it, and names that it leaves for those after it."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable

__all__ = ["assigned", "bound", "needed"]

_BINDING = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.FunctionDef)


def needed(source: str) -> set[str]:
    """Names that a cell may use before it binds them itself: a few too many, never too few."""
    return _needed(ast.parse(source).body)


def bound(source: str) -> set[str]:
    """Names that a cell binds for the cells after it: not those inside a function or a comprehension."""
    symbols = symtable.symtable(source, "<cell>", "exec").get_symbols()
    return {one.get_name() for one in symbols if one.is_assigned() or one.is_imported()}


def assigned(source: str) -> set[str]:
    """Names that a cell gives a value: those that it binds without those that it only imports."""
    return {one.get_name() for one in symtable.symtable(source, "<cell>", "exec").get_symbols() if one.is_assigned()}


def _needed(statements: Iterable[ast.stmt]) -> set[str]:
    found: set[str] = set()
    mine: set[str] = set()
    for statement in statements:
        if isinstance(statement, ast.For):
            inside = _needed([*statement.body, *statement.orelse]) - bound(ast.unparse(statement.target) + " = 0")
            found |= (_used(statement.iter) | inside) - mine
        else:
            found |= _used(statement) - mine
        if isinstance(statement, _BINDING):
            mine |= bound(ast.unparse(statement))
    return found


def _used(tree: ast.AST) -> set[str]:
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    as_query_takes_them = {name for text in texts for name in re.findall(r"@(\w+)", text)}
    changed = {  # `total += 1` takes the old value
        node.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    return _global(symtable.symtable(ast.unparse(tree), "<cell>", "exec")) | as_query_takes_them | changed


def _global(table: symtable.SymbolTable) -> set[str]:
    """What a scope and those inside it take from the notebook."""
    top = table.get_type() == "module"
    mine = {one.get_name() for one in table.get_symbols() if one.is_referenced() and (top or one.is_global())}
    return mine.union(*map(_global, table.get_children()))
