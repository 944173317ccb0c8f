"""The notebook a student opens, made from a master."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from twolenses import course
from twolenses.exercises import graded
from twolenses.exercises.master import Exercise
from twolenses.exercises.regions import public, starter

__all__ = ["NEEDS", "plain", "rebuild", "student", "writes"]

NEEDS = (0, 2)
"""The oldest release of this package that the notebooks run with."""

_INSTALL = """\
# Installs the course package where it is missing or too old (Colab, a fresh machine). Run it first.
import sys
from importlib.metadata import PackageNotFoundError, version


def too_old(needs=({major}, {minor})):
    try:
        return tuple(map(int, version("twolenses").split(".")[:2])) < needs
    except PackageNotFoundError:
        return True


if too_old():
    %pip install -q --upgrade "twolenses[notebook] @ git+{repository}"
    if too_old():
        print("This notebook needs twolenses {major}.{minor} or newer, which could not be installed here.")
        print("Update it with pip, restart the kernel, and run this cell again.")

loaded = getattr(sys.modules.get("pandas"), "__version__", None)
if loaded and loaded != version("pandas"):
    print(f"pandas {{loaded}} is still loaded, and {{version('pandas')}} is installed. Restart the kernel")
    print("(in Colab: Runtime, Restart session), then go on from this cell.")
"""


def student(master: Exercise) -> Any:
    """The notebook a student opens: no solution, no hidden test, no output, stable cell ids.

    It is what nbgrader releases, so that it can be handed in whichever door it was opened through.
    """

    def code(cell: Any) -> None:
        if "task" in cell.metadata:
            cell.source = starter(cell.source)
        elif "check" in cell.metadata:
            cell.source = public(cell.source)

    notebook = rebuild(master, code)
    graded.freeze(notebook.cells)
    return notebook


def rebuild(master: Exercise, code: Callable[[Any], None]) -> Any:
    """A new notebook from the master's cells, with nbgrader's metadata; `code` changes each code cell in place."""
    # Not the master's metadata: a `jupytext` entry would make Jupyter pair the copy with the master.
    kernel = master.notebook.metadata["kernelspec"]
    major, minor = NEEDS
    install = _INSTALL.rstrip().format(repository=course.repository(), major=major, minor=minor)
    cells = [new_code_cell(install, id="install"), *_cells(master, code)]
    graded.mark(cells)
    return new_notebook(
        cells=cells,
        metadata={
            "kernelspec": kernel,
            "language_info": {"name": "python"},
            "two_lenses": {"exercise": master.name, "needs": f"{major}.{minor}"},
        },
    )


def writes(notebook: Any) -> str:
    """A notebook as the text of its file."""
    return str(nbformat.writes(notebook)) + "\n"


def _cells(master: Exercise, code: Callable[[Any], None]) -> Iterator[Any]:
    for number, cell in enumerate(master.notebook.cells, start=1):
        new = copy.deepcopy(cell)
        new.id = f"cell-{number:02d}"  # stable: the file is committed and compared
        if cell.cell_type == "markdown":
            new.source = plain(cell.source)
            if not new.source:
                continue
        elif cell.metadata.get("only") == "page":
            continue
        else:
            new.outputs, new.execution_count = [], None
            code(new)
            for name in ("mystnb", "only", "tags"):  # they speak to the page
                new.metadata.pop(name, None)
        yield new


_BLOCK = r"^(`{3,}|:{3,})\{(?:%s)\}([^\n]*)\n(?::[^\n]*\n)*(.*?)\n\1[ \t]*$"
_HINT = re.compile(_BLOCK % "hint", re.M | re.S)
_CRITERIA = re.compile(_BLOCK % "criteria", re.M | re.S)
_EXPLANATION = re.compile(_BLOCK % "explanation", re.M | re.S)
_NOTE = re.compile(_BLOCK % "note|admonition|tip", re.M | re.S)
_ROLE = re.compile(r"\{(fact|claim|event|term|doc|ref)\}`([^`<]+?)(?:\s*<([^>`]+)>)?`")


def plain(markdown: str) -> str:
    """Markdown as Jupyter and Colab show it: hints and criteria fold, explanations go, roles become their text."""
    text = _EXPLANATION.sub("", markdown)
    text = _HINT.sub(r"<details><summary>Hint</summary>\n\n\3\n\n</details>", text)
    text = _CRITERIA.sub(r"<details><summary>How this is marked</summary>\n\n\3\n\n</details>", text)
    text = _NOTE.sub(lambda found: "\n".join(f"> {line}".rstrip() for line in _quoted(found)), text)
    text = _ROLE.sub(lambda found: _role(found[1], found[2]), text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _quoted(found: re.Match[str]) -> list[str]:
    title = [f"**{found[2].strip()}**", ""] if found[2].strip() else []
    return title + found[3].splitlines()


def _role(role: str, text: str) -> str:
    if role == "fact":
        from twolenses.facts import figure

        return str(figure(text))
    if role == "event":
        return f"chronology, {text}"
    return text
