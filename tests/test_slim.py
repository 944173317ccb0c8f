"""The wheel for a reader's browser: small, pure, and enough for every exercise."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import matplotlib
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from twolenses import course, data, exercises, slim
from twolenses.exercises import trial
from twolenses.exercises.plain_page import as_notebook
from twolenses.framing import kit

BROWSER = {"platform_system": "Emscripten", "sys_platform": "emscripten", "os_name": "posix"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return slim.build(tmp_path_factory.mktemp("slim"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def brought_by(*names: str) -> set[str]:
    """Distributions that these bring in a browser, themselves included."""
    found: set[str] = set()
    waiting = [canonicalize_name(name) for name in names]
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            needs = [Requirement(line) for line in requires(name) or []]
            waiting += [
                canonicalize_name(need.name)
                for need in needs
                if need.marker is None or need.marker.evaluate(BROWSER | {"extra": ""})
            ]
    return found


def test_it_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size <= 510_000


def test_it_is_pure_python(wheel: Path, unpacked: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    assert {path.suffix for path in (unpacked / "twolenses").rglob("*") if path.is_file()} <= {
        ".py", ".csv", ".json", ".toml", ".yml", ".bz2",
    }  # fmt: skip


def test_its_record_is_right(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (record,) = (name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
        rows = [line.split(",") for line in archive.read(record).decode().splitlines()]
        assert {name for name, _, _ in rows} == set(archive.namelist())
        for name, digest, size in rows:
            if name != record:
                right = base64.urlsafe_b64encode(hashlib.sha256(archive.read(name)).digest()).rstrip(b"=").decode()
                assert (digest, int(size)) == (f"sha256={right}", archive.getinfo(name).file_size)


def test_the_same_sources_give_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    assert slim.build(tmp_path).read_bytes() == wheel.read_bytes()


def test_it_names_every_table_that_it_leaves_out(unpacked: Path) -> None:
    package = json.loads((unpacked / "twolenses/_course/data/datapackage.json").read_text("utf-8"))
    assert sorted([*package["leftOut"], *(one["name"] for one in package["resources"])]) == sorted(data.tables())
    with pytest.raises(data.DataError, match="'people' is not in this copy of the course"):
        data.load("people", unpacked / "twolenses/_course/data")


def test_it_says_where_quizzes_are(unpacked: Path, tmp_path: Path) -> None:
    script = f"import sys; sys.path.insert(0, {str(unpacked)!r}); from twolenses import quiz; quiz.show"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path)
    assert "QuizError: Quizzes need twolenses.quiz.widget, which is not here. Each chapter's page has" in done.stderr


# Run in a fresh interpreter: whatever is not allowed looks missing, and what a browser lacks stops.
IN_A_BROWSER = """
import _thread, json, sys, threading
from importlib.abc import MetaPathFinder

sys.path.insert(0, sys.argv[1])
hidden = set(json.loads(sys.argv[2]))

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in hidden:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
import matplotlib.pyplot as plt  # reads its list of fonts
from IPython.core.interactiveshell import InteractiveShell
InteractiveShell.instance()  # as in any notebook

LACKING = ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.system", "os.exec", "socket.connect")

def refuse(event, args):
    if event in LACKING or event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        raise RuntimeError(f"A browser has no {event}: {args[:2]}")

def no_thread(*args):  # Python 3.11 has no event for it
    raise RuntimeError(f"A browser has no thread: {args}")

_thread.start_new_thread = threading.Thread.start = no_thread
sys.addaudithook(refuse)
import twolenses
from twolenses.check import CheckFailed
for name, cells in json.load(sys.stdin).items():
    space = {"__name__": "__main__"}
    for source in cells:
        try:
            exec(compile(source, name, "exec"), space)
        except CheckFailed as failure:
            print("FAILED", name, failure)
        plt.close("all")
print(twolenses.__file__, "done")
"""


def test_every_exercise_is_solved_and_checked_with_it_and_with_what_a_browser_has(
    unpacked: Path, tmp_path: Path
) -> None:
    """Without the rest of the package, without another library, without a process, a thread, a socket or a file."""
    allowed = brought_by(*slim.NOTEBOOKS_IMPORT)
    hidden = [
        module
        for module, distributions in packages_distributions().items()
        if not {canonicalize_name(name) for name in distributions} & allowed and module != "twolenses"
    ]
    solved = {
        master.name: [trial.in_full(cell) for cell in master.notebook.cells if cell.cell_type == "code"]
        for master in map(exercises.read, exercises.masters())
    }
    solved["framing"] = [
        "".join(cell["source"])
        for cell in json.loads(as_notebook(course.root() / kit.PAGE, "framing"))["cells"]
        if cell["cell_type"] == "code"
    ]
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", IN_A_BROWSER, unpacked, json.dumps(hidden)],
        input=json.dumps(solved), capture_output=True, text=True, cwd=tmp_path, 
        env={"MPLBACKEND": "agg", "HOME": str(tmp_path), "MPLCONFIGDIR": matplotlib.get_configdir()},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "FAILED" not in done.stdout
    assert done.stdout.endswith(f"{unpacked / 'twolenses/__init__.py'} done\n")


@pytest.mark.parametrize(("written", "version"), [("330", 330), ("'3.11.0'", "3.11.0")])
def test_matplotlib_takes_the_list_of_fonts_that_it_brings(written: str, version: object) -> None:
    """Pyodide's brings one of another version with its builder's fonts in it, and would make a new one at every start."""
    carried, foreign = ({"fname": name} for name in ("fonts/ttf/DejaVuSans.ttf", "/usr/share/fonts/Other.ttf"))
    listed = {"_version": 390, "ttflist": [carried, foreign], "afmlist": [], "__class__": "FontManager"}
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("matplotlib/font_manager.py", f"class FontManager:\n    __version__ = {written}\n")
        archive.writestr("matplotlib/fontlist.json", json.dumps(listed))
        archive.writestr("matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf", b"")
        archive.writestr("matplotlib-3.8.4.dist-info/RECORD", "")
    mended = zipfile.ZipFile(io.BytesIO(slim.with_font_list(wheel.getvalue())))
    assert json.loads(mended.read("matplotlib/fontlist.json")) == listed | {"_version": version, "ttflist": [carried]}
    assert mended.read("matplotlib-3.8.4.dist-info/RECORD").count(b"\n") == len(mended.namelist())
