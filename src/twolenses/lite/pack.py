"""What the notebook page asks for first, in one packed file: one request where there were a hundred and forty.

The service worker unpacks it into what it keeps (``static/service-worker.js``). A browser that cannot, or has no
service worker, asks for the files themselves, which lie there too.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
from collections.abc import Iterable
from pathlib import Path

from twolenses.errors import LiteError
from twolenses.files import write

__all__ = ["lay", "listed", "packed"]

FIRST = "first.pack"
WASM = "static/pyodide/pyodide.asm.wasm"
LIST = Path(__file__).with_name("first.txt")


def lay(site: Path, names: Iterable[str]) -> dict[str, str]:
    """Write the packs into ``lite/``.

    Parameters
    ----------
    site
        The folder ``lite/``.
    names
        What is asked for first, as addresses from ``lite/``; one that ends with a slash is its ``index.html``.

    Returns
    -------
    dict of str to str
        The names of the packs: ``first`` of all these files, ``wasm`` of Pyodide's core alone.

    Raises
    ------
    LiteError
        If there is no such file.
    """
    held = {name: _read(site, name) for name in dict.fromkeys(names)}
    write(site / FIRST, packed(held))
    write(site / f"{WASM}.pack", gzip.compress((site / WASM).read_bytes(), 9, mtime=0))
    return {"first": FIRST, "wasm": f"{WASM}.pack"}


def packed(contents: dict[str, bytes]) -> bytes:
    """A line of JSON, which is a list of name, media type and length, and then the contents, all with gzip.

    >>> gzip.decompress(packed({"a.json": b"{}", "b.js": b"1"}))
    b'[["a.json", "application/json", 2], ["b.js", "text/javascript", 1]]\\n{}1'
    """
    listed = [[name, _media_type(name), len(content)] for name, content in contents.items()]
    return gzip.compress(b"".join([json.dumps(listed).encode(), b"\n", *contents.values()]), 9, mtime=0)


def listed() -> list[str]:
    """The files of JupyterLite and its extensions that the page asks for until a first check has been run."""
    return [line for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def _media_type(name: str) -> str:
    if name.endswith((".js", ".mjs")):  # as this machine's own table may not have it
        return "text/javascript"
    return mimetypes.guess_type(name if "." in name else "index.html")[0] or "application/json"


def _read(site: Path, name: str) -> bytes:
    path = site / (f"{name}index.html" if not name or name.endswith("/") else name)
    try:
        return path.read_bytes()
    except OSError:
        raise LiteError(
            f"JupyterLite has no {name}, which {LIST.name} lists. Another version of it? "
            f"Then write the list anew: python benchmarks/lite.py --list"
        ) from None
