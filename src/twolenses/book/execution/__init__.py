"""Notebooks run side by side before Sphinx reads the first page.

myst-nb runs each in a kernel of its own while it reads the page, one after the other, and each kernel imports pandas
and Matplotlib anew. Here each notebook that the cache does not have runs in a fork of a process in which all is
imported, as many at a time as there are cores, and its outputs go into that same cache. myst-nb then finds them there.
A notebook that fails is left to myst-nb, which runs it in a kernel and says why.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from twolenses.book.execution.cells import Outputs

__all__ = ["PARTS", "missing", "run"]

log = logging.getLogger(__name__)


def missing(env: BuildEnvironment, pages: Iterable[str]) -> dict[Path, NotebookNode]:
    """Those pages with cells that the cache does not have, as myst-nb reads them, by their paths."""
    cache = get_cache(env.config.nb_execution_cache_path)
    found = {}
    for page in pages:
        path = Path(env.doc2path(page))
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)  # type: ignore[attr-defined]
        if reader is not None:
            notebook = reader.read(text)
            try:
                cache.match_cache_notebook(notebook)
            except KeyError:
                found[path] = notebook
    return found


def run(notebooks: dict[Path, NotebookNode], timeout: int) -> Iterator[tuple[Path, NotebookNode]]:
    """Each notebook that ran to its end, with its outputs, as it ends.

    Parameters
    ----------
    notebooks
        By their paths; a notebook runs in the folder of its file.
    timeout
        Seconds that a cell may take.
    """
    from twolenses.book.execution import cells  # slow to import, and seldom needed

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([f"{__name__}.warm"])
    waiting = list(notebooks.items())[::-1]
    running: dict[Any, tuple[Path, BaseProcess]] = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            path, notebook = waiting.pop()
            receiving, sending = context.Pipe(duplex=False)
            sources = [cell.source for cell in _code(notebook)]
            process = context.Process(target=cells.run, args=(sources, str(path.parent), timeout, sending.send))
            process.start()
            sending.close()
            running[receiving] = path, process
        for ended in [one for one in connection.wait(list(running)) if isinstance(one, connection.Connection)]:
            path, fork = running.pop(ended)
            with suppress(EOFError):  # it ended without a word: a kernel will say why
                yield path, _filled(notebooks[path], ended.recv())
            fork.join()


def _code(notebook: NotebookNode) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _filled(notebook: NotebookNode, outputs: Outputs) -> NotebookNode:
    from ipykernel.ipkernel import IPythonKernel

    for number, (cell, put_out) in enumerate(zip(_code(notebook), outputs, strict=True), start=1):
        cell.outputs, cell.execution_count = put_out, number
    notebook.metadata["language_info"] = NotebookNode(IPythonKernel.language_info)
    return notebook


def fill_cache(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Before pages are read: run what the cache lacks."""
    if env.mystnb_config.execution_mode != "cache":  # type: ignore[attr-defined]
        return
    if "forkserver" not in multiprocessing.get_all_start_methods():  # Windows
        return
    wanted = missing(env, pages)
    if not wanted:
        return
    for path in wanted:
        log.info("%s: Executing notebook beside others", path)
    cache = get_cache(env.config.nb_execution_cache_path)
    for path, notebook in run(wanted, env.config.nb_execution_timeout):
        cache.cache_notebook_bundle(CacheBundleIn(notebook, str(path)), check_validity=False, overwrite=True)


class _Part:
    @staticmethod
    def setup(app: Sphinx) -> None:
        app.connect("env-before-read-docs", fill_cache)


PARTS = (_Part,)
