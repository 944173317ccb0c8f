"""Names that Python code binds and uses, read without running it."""

from __future__ import annotations

import ast
import builtins
import warnings
from functools import lru_cache

__all__ = ["asks_for_input", "binds", "needs"]

_INNER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_OUTER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@lru_cache(maxsize=4096)
def binds(source: str) -> frozenset[str]:
    """Names that a cell binds for the cells after it; none where it is no Python, as a line cut short."""
    found: set[str] = set()
    waiting: list[ast.AST] = [_tree(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _OUTER):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {one.asname or one.name.split(".")[0] for one in node.names}
        elif not isinstance(node, _INNER):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            waiting += ast.iter_child_nodes(node)
    return frozenset(found)


@lru_cache(maxsize=4096)
def needs(source: str) -> frozenset[str]:
    """Names that a cell uses and neither binds itself nor finds in Python."""
    nodes = list(ast.walk(_tree(source)))
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    return frozenset(used - stored - arguments - binds(source) - set(dir(builtins)))


def asks_for_input(source: str) -> bool:
    """Whether a cell waits for somebody to type."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "input"
        for node in ast.walk(_tree(source))
    )


def _tree(source: str) -> ast.Module:
    """Python without IPython's own lines; an empty module where it is none."""
    kept = "\n".join("pass" if line.startswith(("%", "!")) else _plain(line) for line in source.splitlines())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of a backslash in a student's text
            return ast.parse(kept)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _plain(line: str) -> str:
    """An indented line of IPython's own does nothing either."""
    bare = line.lstrip()
    return line[: len(line) - len(bare)] + "pass" if bare.startswith(("%pip", "%matplotlib", "!")) else line
