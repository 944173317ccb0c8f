"""The package as others install it: from a wheel, with one extra at a time."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import metadata, packages_distributions, requires
from pathlib import Path

import pytest
import setuptools
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from conftest import run

ROOMS = {
    "": [
        *("course", "data", "facts", "register", "keys", "mistakes", "tolerance", "answers", "check", "charts"),
        *("files", "models", "roles", "slim", "tabular", "framing.answers", "framing.compare"),
    ],
    "cli": ["cli"],
    "data": ["validation", "spreadsheet"],
    "quiz": [
        "quiz.html",
        "quiz.validation",
        "quiz.vary",
        "chapters",
        "formulas",
        "languages",
        "plain_yaml",
        "templating",
        "typed",
    ],
    "exercises": ["exercises", "assignments.nbgrader", "handing_in.collect", "handing_in.faults", "lite.site"],
    "lms": [
        *(
            f"lms.{name}"
            for name in (
                "anki",
                "canvas",
                "cartridge",
                "csv",
                "gift",
                "h5p",
                "moodle",
                "paper",
                "qti21",
                "qti30",
                "together",
            )
        ),
        *("framing.canvas", "framing.feedback", "framing.qti"),
    ],
    "grading": [
        "handing_back",
        "handing_back.export",
        "handing_in.sanitise",
        "grading.report",
        "grading.demo",
        "grading.run",
        "simulation.prints",
    ],
    "cluster": ["grading.cluster"],
    "book": [
        "book",
        "book.build",
        "book.chapters",
        "book.exercises",
        "book.nodes",
        "book.reference",
        "book.site",
        "new",
    ],
}

# Run in a fresh interpreter: every module that does not belong to the allowed distributions looks missing.
ALONE = """
import importlib.util
import sys
from importlib.abc import MetaPathFinder
hidden = set({hidden!r})
class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in hidden:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
looks = importlib.util.find_spec
def finds(name, package=None):  # who only asks whether a module is there is told that it is not
    return None if name.partition(".")[0] in hidden else looks(name, package)
importlib.util.find_spec = finds
for room in {rooms!r}:
    __import__("twolenses." + room)
"""


def closure(extra: str) -> set[str]:
    """Distributions that an installation with this extra brings, itself included."""
    found: set[str] = set()
    waiting = [("twolenses", extra)]
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in found:
            continue
        found.add((name, wanted))
        for line in requires(name) or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": wanted}):
                waiting += [(canonicalize_name(need.name), more) for more in need.extras or {""}]
                waiting += [(canonicalize_name(need.name), "")]
    return {name for name, _ in found}


@pytest.mark.parametrize("extra", ROOMS, ids=lambda extra: extra or "core")
def test_a_room_needs_its_own_extra_and_no_other(extra: str, tmp_path: Path) -> None:
    allowed = closure(extra)
    hidden = [
        module
        for module, distributions in packages_distributions().items()
        if not {canonicalize_name(name) for name in distributions} & allowed
        and module != "twolenses"
        and not Path(setuptools.__file__).with_name("_vendor").joinpath(module).exists()  # setuptools brings its own
    ]
    script = ALONE.format(hidden=hidden, rooms=ROOMS[extra])
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_without_the_command_there_is_a_sentence(tmp_path: Path) -> None:
    script = ALONE.format(hidden=["typer"], rooms=[]) + "from twolenses.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "This installation runs notebooks. For the command: pip install 'twolenses[cli]'\n"


def test_every_module_belongs_to_a_room_that_is_tested(root: Path) -> None:
    package = root / "src/twolenses"
    rooms = {
        path.stem if path.is_file() else path.name
        for path in package.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    tested = {room.partition(".")[0] for names in ROOMS.values() for room in names}
    assert rooms - tested - {"__init__", "__main__", "errors"} == set()


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root, cwd=folder)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def student(root: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment made from what Binder builds, and the wheel: its interpreter."""
    folder = tmp_path_factory.mktemp("student")
    for command in (
        ["uv", "venv", "--quiet", "--python", sys.executable, folder / "env"],
        [
            "uv",
            "pip",
            "install",
            "--quiet",
            "--python",
            folder / "env",
            "-r",
            root / "binder/requirements.txt",
        ],
        ["uv", "pip", "install", "--quiet", "--python", folder / "env", "--no-deps", wheel],
    ):
        done = run(*command, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "env/bin/python"


def test_an_installed_package_finds_its_own_copy_of_the_course(student: Path, tmp_path: Path) -> None:
    script = "from twolenses import course, data, exercises, facts; print(course.root()); print(facts.figure('serbian_troop_cut'), len(data.load('claims')))"
    script = script.replace(", exercises", "")  # the students' environment has no jupytext
    done = subprocess.run([student, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    place, figure = done.stdout.splitlines()
    assert place.endswith("site-packages/twolenses/_course")
    assert figure == "46.1% 89"


def test_the_wheel_carries_what_an_instructor_exports(wheel: Path, tmp_path: Path) -> None:
    """Quizzes, masters and templates, from the wheel alone and with this environment's libraries."""
    target = tmp_path / "installed"
    assert run("uv", "pip", "install", "--quiet", "--no-deps", "--target", target, wheel, cwd=tmp_path).returncode == 0
    script = f"import sys; sys.path.insert(0, {str(target)!r}); from twolenses import course; print(course.root()); from twolenses.cli import main; sys.argv = ['twolenses', *sys.argv[1:]]; main()"
    for command in (
        ["export", "moodle", "-o", "q.xml"],
        ["export", "paper", "-o", "q.html"],
        ["assign", "nbgrader", "1", "--course", "c"],
        ["validate", "quizzes"],
    ):
        done = subprocess.run([sys.executable, "-c", script, *command], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert str(target) in done.stdout
    assert all("<section" in (tmp_path / name).read_text(encoding="utf-8") for name in ("q.html", "q-key.html"))


def test_the_student_environment_holds_no_sphinx_and_no_nbgrader(student: Path, tmp_path: Path) -> None:
    for module in ("sphinx", "nbgrader"):
        done = subprocess.run([student, "-c", f"import {module}"], cwd=tmp_path, capture_output=True, text=True)
        assert "ModuleNotFoundError" in done.stderr


IN_A_KERNEL = """
import sys, nbformat, nbclient
notebook = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute()
failed = [output.ename for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"]
print(sorted(set(failed)))
"""
ONE_AFTER_THE_OTHER = """
import sys, matplotlib, nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
matplotlib.use("agg")
shell = InteractiveShell.instance()
for path in sys.argv[1:]:
    shell.reset()
    cells = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    with capture_output():
        ended = [shell.run_cell(source) for source in cells]
    print(sorted({type(one.error_in_exec or one.error_before_exec).__name__ for one in ended if not one.success}))
"""


def test_every_student_notebook_runs_in_the_student_environment(student: Path, root: Path, tmp_path: Path) -> None:
    """Every cell runs; the checks of the empty tasks fail with their sentence, nothing else does.

    The first runs in a kernel; all run in one IPython, which is what a kernel runs them in.
    """
    notebooks = sorted((root / "exercises/notebooks").glob("*/*.ipynb"))
    for script, some in ((IN_A_KERNEL, notebooks[:1]), (ONE_AFTER_THE_OTHER, notebooks)):
        done = subprocess.run([student, "-c", script, *some], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines() == ["['CheckFailed']"] * len(some)


# ── what Binder builds ───────────────────────────────────────────────────────────────────────────────


def pins(path: Path) -> dict[str, str]:
    lines = [line.split(";")[0].strip() for line in path.read_text().splitlines() if "==" in line]
    return dict(sorted(line.split("==") for line in lines))


def test_binder_has_the_versions_of_the_lock(root: Path) -> None:
    lock, binder = pins(root / "requirements.txt"), pins(root / "binder/requirements.txt")
    assert {name: version for name, version in binder.items() if lock.get(name) != version} == {}
    assert {"pandas", "matplotlib", "ipywidgets", "jupyterlab"} <= set(binder)


def test_binder_has_the_python_the_site_is_built_with(root: Path) -> None:
    version = (root / "binder/runtime.txt").read_text().strip().removeprefix("python-")
    for workflow in ("test", "deploy"):
        assert f'python-version: "{version}"' in (root / f".github/workflows/{workflow}.yml").read_text()


def test_repo2docker_reads_the_binder_folder(root: Path) -> None:
    done = run("jupyter-repo2docker", "--no-build", "--debug", root, cwd=root)
    assert done.returncode == 0, done.stderr
    recipe = done.stdout + done.stderr
    for trace in ("binder/requirements.txt", "binder/postBuild", "python=3.11"):
        assert trace in recipe


def test_the_lock_has_everything_that_pyproject_asks_for(root: Path) -> None:
    asked = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    needs = [*asked["dependencies"], *(need for extra in asked["optional-dependencies"].values() for need in extra)]
    names = {canonicalize_name(Requirement(need).name) for need in needs} - {"twolenses"}
    assert names - set(pins(root / "requirements.txt")) == set(), "run: make lock"


def test_the_lock_names_no_registry(root: Path) -> None:
    for path in (root / "requirements.txt", root / "binder/requirements.txt"):
        assert "http" not in path.read_text().replace("https://", "http").split("# ")[0]
        assert "--index-url" not in path.read_text()


def test_the_package_says_what_it_is() -> None:
    about = metadata("twolenses")
    assert about["License-Expression"] == "BSD-3-Clause"
    assert about["Requires-Python"] == ">=3.11"
