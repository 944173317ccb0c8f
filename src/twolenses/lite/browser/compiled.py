"""An archive of Python as a browser starts it fastest: modules compiled, and without what no notebook asks for.

Run by the Python that will import them, which is Pyodide's: ``static/compile.mjs`` starts it under Node.
"""

from __future__ import annotations

import fnmatch
import io
import py_compile
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

LEFT_OUT = (
    *("*.a", "*.h", "*.pxd", "*.pyi", "*.pyx", "*.dist-info/RECORD"),
    *("matplotlib/mpl-data/images/*", "matplotlib/mpl-data/sample_data/*", "pygments/lexers/*"),
)
KEPT = tuple(f"pygments/lexers/{name}.py" for name in ("__init__", "_mapping", "python", "special"))


def compiled(archive: bytes, folder: str) -> bytes:
    """The archive with ``.pyc`` in the place of ``.py``, where that can be imported by its name.

    Parameters
    ----------
    archive
        A zip file, as a wheel is.
    folder
        Where it will lie: tracebacks say so.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(packed, "w") as made:
        for name in given.namelist():
            if name.endswith("/") or (_matches(name, LEFT_OUT) and name not in KEPT):
                continue
            content, code = given.read(name), None
            if name.endswith(".py") and all(part.isidentifier() for part in name[:-3].split("/")):
                code = _code(content, f"{folder}/{name}")
            made.writestr(
                zipfile.ZipInfo(name if code is None else f"{name}c"),
                content if code is None else code,
                zipfile.ZIP_DEFLATED,
                9,
            )
    return packed.getvalue()


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _code(source: bytes, name: str) -> bytes | None:
    """A module's code, which is not compared with its source when it is imported; None if it is not this Python's."""
    with tempfile.TemporaryDirectory() as scratch:
        given, made = Path(scratch, "given.py"), Path(scratch, "made.pyc")
        given.write_bytes(source)
        try:
            py_compile.compile(
                str(given),
                str(made),
                name,
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
        except py_compile.PyCompileError:
            return None
        return made.read_bytes()


def compile_all(folder: Path) -> None:
    """Each ``.whl`` and ``.zip`` of a folder, in its place."""
    packages = "/" + sysconfig.get_path("purelib").lstrip("/")  # Pyodide begins it with two
    library = next((name for name in sys.path if name.endswith(".zip")), packages)
    for path in sorted(folder.iterdir()):
        if path.suffix in (".whl", ".zip"):
            path.write_bytes(compiled(path.read_bytes(), packages if path.suffix == ".whl" else library))
