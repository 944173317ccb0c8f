"""A new fact in the module of its theme, and in its test a value worked out by hand."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from twolenses import data, facts
from twolenses.errors import NewError, place, suggestion
from twolenses.new.writing import checkout, filled, write

__all__ = ["fact"]


def fact(name: str, *, theme: str) -> list[Path]:
    """Write a fact at the end of its theme, and its line into the theme's test.

    Parameters
    ----------
    name
        ``kfor_cut``: the name of the function.
    theme
        A module of `twolenses.facts`.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    NewError
        If the name does not do or is taken, there is no such theme, or its test has no table of values by hand.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise NewError(f"{name!r} is no name of a fact. Write small letters, digits and underscores: 'kfor_cut'.")
    if name in facts.names():
        raise NewError(f"There is a fact {name!r} already: {facts.describe(name).title} Choose another name.")
    root = checkout()
    folder = root / "src/twolenses/facts"
    modules = {path.relative_to(folder).with_suffix("").as_posix(): path for path in sorted(folder.rglob("[a-z]*.py"))}
    modules.pop("figure")
    if theme not in modules:
        raise NewError(f"There is no theme {theme!r}. {suggestion(theme, modules)}")
    module, test = modules[theme], _test(root, theme)
    before = test.read_text(encoding="utf-8") if test.is_file() else filled("test_fact.py.txt", theme=theme)
    changed = {
        module: _with_cell(module.read_text(encoding="utf-8")).rstrip() + "\n" + filled("fact.py.txt", name=name)
    }
    entered = _by_hand(test, before, name)
    return write({}, changed | {test: entered}) if test.is_file() else write({test: entered}, changed)


def _test(root: Path, theme: str) -> Path:
    """The test of a theme: its own, else the one that names it, else one to begin."""
    folder = root / "tests" / "facts"
    theme = theme.split("/")[0]
    own = folder / f"test_facts_{theme}.py"
    naming = (path for path in sorted(folder.glob("test_*.py")) if f'"{theme}"' in path.read_text(encoding="utf-8"))
    return own if own.is_file() else next(naming, own)


def _with_cell(module: str) -> str:
    """The module with `cell` among what it imports."""
    found = re.search(r"^from twolenses\.data import (.+)$", module, re.M)
    if not found:
        return module.replace("from twolenses.facts", "from twolenses.data import cell\nfrom twolenses.facts", 1)
    names = found[1].split(", ")
    return (
        module
        if "cell" in names
        else module.replace(found[0], found[0].replace(found[1], ", ".join(sorted([*names, "cell"]))))
    )


def _by_hand(path: Path, test: str, name: str) -> str:
    """The test with the value of the new fact, as its row has it and not as the fact computes it."""
    table = re.search(r"^(?:BY_HAND|AS_PRINTED)\b.*= \{\n(?:.*\n)*?(?=\}$)", test, re.M)
    if not table:
        raise NewError(f"{place(path)}  has no table BY_HAND. Add the fact and its test by hand.")
    row = data.cell("kfor_strength", "troops", date="2023-05-30", in_series=True)
    printed = f"{row.qualifier} {row.value:,}".strip()
    return test[: table.end()] + f'    "{name}": "{printed}",  # write here the sum by hand\n' + test[table.end() :]
