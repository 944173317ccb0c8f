"""What a browser loads of Pyodide, made light: a third of the start was Python compiling its own modules.

The files of the release are held to their digests first (:mod:`twolenses.lite.pyodide`). Then each archive is given to
Pyodide itself, under Node, which compiles it for the browser; what it made is kept for the next build.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from twolenses.errors import LiteError
from twolenses.files import write
from twolenses.lite import pyodide

__all__ = ["lighten"]

LIBRARY = "python_stdlib.zip"


def lighten(folder: Path, kept: Path, node: str | None) -> str:
    """Compile the archives of a folder of Pyodide, and name each by what is in it.

    Parameters
    ----------
    folder
        What :func:`twolenses.lite.pyodide.place` laid; its lock is written anew.
    kept
        A folder of what was compiled before.
    node
        The command ``node``; without it the archives stay as they are.

    Returns
    -------
    str
        A sentence for whoever builds.

    Raises
    ------
    LiteError
        If Node or Pyodide fails; the sentence ends with the last line of what was said.
    """
    if node is None:
        return "Node was not found: Python compiles its modules in each browser, which takes some seconds more."
    lock = json.loads((folder / pyodide.LOCK[0]).read_text(encoding="utf-8"))
    wheels = {name: entry for name, entry in lock["packages"].items() if entry["file_name"].endswith(".whl")}
    named = [LIBRARY, *(entry["file_name"] for entry in wheels.values())]
    made = _compiled({name: (folder / name).read_bytes() for name in named}, folder, kept, node)
    for entry in wheels.values():
        content = made[entry["file_name"]]
        (folder / entry["file_name"]).unlink()
        entry["file_name"], entry["sha256"] = _named(entry["file_name"], content), _digest(content)
        write(folder / entry["file_name"], content)
    write(folder / LIBRARY, made[LIBRARY])
    write(folder / pyodide.LOCK[0], json.dumps(lock))
    return f"{len(made)} archives of Python are compiled."


def _compiled(archives: dict[str, bytes], folder: Path, kept: Path, node: str) -> dict[str, bytes]:
    """Each archive, compiled, by its name; only those are given to Node that were not compiled before."""
    with as_file(files("twolenses.lite")) as here, tempfile.TemporaryDirectory() as scratch:
        script = here / "browser" / "compiled.py"
        keys = {name: _digest(script.read_bytes() + content) + Path(name).suffix for name, content in archives.items()}
        missing = [name for name in archives if not (kept / keys[name]).is_file()]
        for name in missing:
            (Path(scratch) / keys[name]).write_bytes(archives[name])
        if missing:
            _run(node, here / "static" / "compile.mjs", folder, script, Path(scratch))
        for name in missing:
            write(kept / keys[name], (Path(scratch) / keys[name]).read_bytes())
    for old in {*kept.iterdir()} - {kept / key for key in keys.values()}:
        old.unlink()
    return {name: (kept / key).read_bytes() for name, key in keys.items()}


def _run(node: str, *arguments: Path) -> None:
    try:
        done = subprocess.run([node, *map(str, arguments)], capture_output=True, text=True)
    except OSError as error:
        raise LiteError(f"{node}  cannot be started: {error.strerror}.") from None
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise LiteError(f"Pyodide {pyodide.VERSION} under {node} did not compile Python's archives: {said}")


def _named(wheel: str, content: bytes) -> str:
    """A wheel's name with a build number that changes with what is in it."""
    name, version, *rest = wheel.split("-")
    return "-".join([name, version, f"0{_digest(content)[:12]}", *rest[-3:]])


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
