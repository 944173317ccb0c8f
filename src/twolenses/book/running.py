"""The process in which Jupyter Book runs: ``python -m twolenses.book.running FOLDER [warm]``.

It builds once for each line that comes in, and puts out Sphinx's messages and then a line with the exit code. A warm
process has everything imported and builds in a fork, which has nothing of what an earlier build has read.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from pathlib import Path

__all__ = ["ENDED", "WARM", "run"]

ENDED = "\0ended "
"""Before the exit code."""

WARM = "warm"

# jsonschema asks for these packages at its import, and one of them compiles the grammar of web addresses in each
# process anew. That takes a second, and nobody here holds an address, a colour or a duration to its form; without the
# packages, jsonschema does neither.
for name in ("isoduration", "rfc3986_validator", "rfc3987_syntax", "webcolors"):
    sys.modules[name] = None  # type: ignore[assignment]

NEEDED = (
    "jupyter_book.sphinx", "jupytext", "myst_nb.sphinx_ext", "pandas", "pydata_sphinx_theme", "sphinx.application",
    "sphinx.builders.html", "sphinx_book_theme", "sphinx_comments", "sphinx_copybutton", "sphinx_design.extension",
    "sphinx_external_toc", "sphinx_jupyterbook_latex", "sphinx_thebe", "sphinx_togglebutton", "sphinxcontrib.bibtex",
    "twolenses.book.chapters", "twolenses.book.execution", "twolenses.book.exercises", "twolenses.book.explorables",
    "twolenses.book.reference", "twolenses.book.site", "twolenses.facts", "twolenses.models",
    "twolenses.lms.formats", "twolenses.quiz.validation", "twolenses.quiz.vary", "twolenses.simulation.roles",
)  # fmt: skip
"""What a build may import: most edits need some of it, no edit needs all."""


def run(folder: Path) -> int:
    """Build the book strictly, as `jupyter-book build` does; the exit code."""
    from jupyter_book.cli.main import main

    try:
        main(["build", "-W", "-n", "--keep-going", str(folder)])
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except Exception as error:  # jupyter-book says what failed, and then fails itself
        print(error)
        return 1
    return 0


def _in_fork(folder: Path) -> int:
    """The same in a fork of this process."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            code = run(folder)
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: Path, *, warm: bool) -> None:
    """Build whenever a line comes in, until there are no more."""
    gc.set_threshold(2_000_000, 5, 100)  # a book is a million objects that are needed, and looked at in vain
    if warm:
        for module in (*NEEDED, *_builtin()):
            importlib.import_module(module)
        gc.freeze()
    for _ in sys.stdin:
        code = _in_fork(folder) if warm else run(folder)
        print(f"{ENDED}{code}", flush=True)


def _builtin() -> tuple[str, ...]:
    """The extensions that Sphinx has by itself."""
    from sphinx.application import builtin_extensions

    return builtin_extensions


if __name__ == "__main__":
    main(Path(sys.argv[1]), warm=WARM in sys.argv[2:] and hasattr(os, "fork"))
    sys.stdout.flush()
    os._exit(0)  # taking those objects down one by one takes as long as reading and writing a page
