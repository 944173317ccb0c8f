"""The package as a browser installs it: what the students' notebooks need, and no more.

Pages, quizzes, masters, exports and grading stay out. In are the checks with their facts, keys and mistakes, the
theory, what compares the halves of a framing experiment, and the tables that an exercise or its key asks for.
`tests/test_slim.py` runs every exercise with it.
"""

from __future__ import annotations

import base64
import bz2
import fnmatch
import hashlib
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from twolenses import course, files, keys
from twolenses.errors import CourseError, place

__all__ = ["KEPT", "NOTEBOOKS_IMPORT", "TABLES", "build", "slim", "with_font_list"]

KEPT = (
    "twolenses/__init__.py",
    *(f"twolenses/{name}.py" for name in ("answers", "course", "data", "errors", "keys")),
    *(f"twolenses/{name}.py" for name in ("register", "tabular", "tolerance")),
    *(f"twolenses/{room}/*.py" for room in ("charts", "check", "facts", "mistakes", "models")),
    *(f"twolenses/framing/{name}.py" for name in ("__init__", "answers", "compare", "texts")),
    "twolenses/_course/data/framing.toml",
    "twolenses/quiz/__init__.py",  # frames the pages of quizzes
    "twolenses/_course/_toc.yml",
    "twolenses/_course/exercises/notebooks/*/key.py",
    "*.dist-info/licenses/*",
    "*.dist-info/METADATA",
    "*.dist-info/WHEEL",
)
"""What stays of the package, by its name in the wheel."""

FOR_PAGES = (
    *(f"twolenses/charts/{name}.py" for name in ("narrow", "rows")),
    *(f"twolenses/facts/{name}.py" for name in ("arms", "forecasts", "trade")),  # of tables left out
)
"""What only the book asks of it."""

TABLES = (
    *("armed_conflicts", "armed_forces_personnel", "capabilities", "capabilities_world", "chronology", "claims"),
    *("codings", "conflict_deaths", "democracy", "deployments", "disputes", "event_counts", "kfor_contributions"),
    *("kfor_strength", "military_spending", "north_kosovo_votes", "recognition_counts", "recognition_withdrawals"),
    *("recognitions", "rivalries", "states", "trade_monthly", "un_agreement", "un_ideal_points", "un_rollcalls"),
    *("war_deaths", "war_deaths_1999_estimates", "world_bank"),
)
"""The tables that an exercise or its key asks for."""

NOTEBOOKS_IMPORT = ("IPython", "ipywidgets", "matplotlib", "matplotlib_inline", "numpy", "pandas")
"""What a student's notebook imports, itself or through the package, beside Python's own modules."""

_NOTEBOOKS = "twolenses/_course/exercises/notebooks/"
_FONTS = "matplotlib/fontlist.json"
_DATA = "twolenses/_course/data/"
_TIME = (2020, 2, 2, 0, 0, 0)  # as hatchling has it: the same sources give the same bytes


def build(folder: Path) -> Path:
    """Make the wheel of the checkout and write its slim copy into a folder.

    Raises
    ------
    CourseError
        If the package was installed without a checkout.
    """
    from hatchling.builders.wheel import WheelBuilder

    root = course.root()
    if not (root / "pyproject.toml").is_file():
        raise CourseError(f"{place(root)}  is the course as it was installed. A wheel is made from a checkout.")
    with tempfile.TemporaryDirectory() as made:
        whole = Path(next(WheelBuilder(str(root)).build(directory=made, versions=["standard"])))
        path = folder / whole.name
        files.write(path, slim(whole))
    return path


def slim(wheel: Path) -> bytes:
    """The slim copy of a whole wheel of this checkout: same name, same version, a `RECORD` of its own."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if any(fnmatch.fnmatchcase(name, kept) for kept in KEPT)]
        names = [name for name in names if name not in FOR_PAGES]
        held = {name: archive.read(name) for name in names} | _data(archive.read)
        words = _words(
            {name: archive.read(name) for name in fnmatch.filter(archive.namelist(), f"{_NOTEBOOKS}*.ipynb")}
        )
    (metadata,) = (name for name in held if name.endswith(".dist-info/METADATA"))
    held[metadata] = _headers(held[metadata])
    held[f"{_NOTEBOOKS}{keys.WORDS}"] = words
    return _packed(held, metadata.replace("METADATA", "RECORD"))


def _headers(metadata: bytes) -> bytes:
    """Without extras, of which a browser needs none, and the README that follows."""
    lines = metadata.partition(b"\n\n")[0].splitlines()
    return (
        b"\n".join(one for one in lines if b"; extra ==" not in one and not one.startswith(b"Provides-Extra")) + b"\n"
    )


def with_font_list(matplotlib: bytes) -> bytes:
    """Matplotlib's wheel with a list of fonts that it takes: those that it carries, under its own version.

    Pyodide's Matplotlib 3.8.4 brings the list that another version made of its builder's fonts. So every start makes
    the list anew, and says so in red.
    """
    with zipfile.ZipFile(io.BytesIO(matplotlib)) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    listed = json.loads(held[_FONTS])
    (version,) = re.findall(rb"^ {4}__version__ = (?:'([^']+)'|(\S+))$", held["matplotlib/font_manager.py"], re.M)
    listed["_version"] = version[0].decode() or int(version[1])
    for kind in ("afmlist", "ttflist"):
        listed[kind] = [one for one in listed[kind] if f"matplotlib/mpl-data/{one['fname']}" in held]
    held[_FONTS] = json.dumps(listed).encode()
    (record,) = (name for name in held if name.endswith(".dist-info/RECORD"))
    return _packed({name: content for name, content in held.items() if name != record}, record)


def _data(read: Callable[[str], bytes]) -> dict[str, bytes]:
    """The tables that notebooks need, and their description without the others."""
    package = json.loads(read(f"{_DATA}datapackage.json"))
    kept = [_described(one) for one in package["resources"] if one["name"] in TABLES]
    package["leftOut"] = [one["name"] for one in package["resources"] if one["name"] not in TABLES]
    package["resources"] = kept
    package.pop("geo", None)
    described = json.dumps(package, ensure_ascii=False, separators=(",", ":")).encode()
    return {f"{_DATA}{one['path']}": read(f"{_DATA}{one['path']}") for one in kept} | {
        f"{_DATA}datapackage.json": described
    }


def _described(resource: dict[str, Any]) -> dict[str, Any]:
    """A table's description without what only `twolenses validate data` asks."""
    fields = [{name: field[name] for name in field if name != "constraints"} for field in resource["schema"]["fields"]]
    schema = {name: rule for name, rule in resource["schema"].items() if name not in ("primaryKey", "foreignKeys")}
    return resource | {"schema": schema | {"fields": fields}}


def _words(notebooks: Mapping[str, bytes]) -> bytes:
    """For each exercise the words of its notebook, which must not be handed back as a text of one's own."""
    said = {Path(name).stem: _said(json.loads(notebook)) for name, notebook in notebooks.items()}
    return bz2.compress(json.dumps(said, ensure_ascii=False).encode())


def _said(notebook: Any) -> str:
    texts = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return " ".join(re.findall(r"\w+", "\n".join(texts).casefold()))


def _packed(held: Mapping[str, bytes], record: str) -> bytes:
    """A wheel of these files, the record at its end."""
    rows = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in sorted(held.items())]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in [*sorted(held.items()), (record, "\n".join([*rows, f"{record},,", ""]).encode())]:
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
