"""What the notebook page of /lite/ is made of, without a browser: `make test-lite` opens it in one."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from conftest import run_here
from twolenses import quiz
from twolenses.errors import LiteError, QuizError
from twolenses.lite import light, links, pack, pyodide, site
from twolenses.lite.browser import compiled


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def wheel(folder: Path, name: str, *needs: str) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    metadata = "\n".join([f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {one}" for one in needs)])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", metadata)
        archive.writestr(f"{name}/__init__.py", "")
        archive.writestr(f"{name}/tests/test_it.py", "")
    return path


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release of three files: a core, and a package that needs another."""
    folder = tmp_path / "release"
    folder.mkdir()
    contents = {"core.js": b"core", "numpy.whl": b"numpy", "six.whl": b"six", "matplotlib.whl": b"charts"}
    packages = {
        name: {
            "name": name,
            "file_name": f"{name}.whl",
            "sha256": digest(contents[f"{name}.whl"]),
            "depends": needs,
            "imports": [name],
        }
        for name, needs in {"numpy": ["six"], "six": [], "matplotlib": []}.items()
    }
    contents["lock.json"] = json.dumps({"info": {}, "packages": packages}).encode()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    monkeypatch.setattr(pyodide, "CORE", {"core.js": digest(b"core")})
    monkeypatch.setattr(pyodide, "LOCK", ("lock.json", digest(contents["lock.json"])))
    monkeypatch.setattr(pyodide, "PACKAGES", ("numpy", "matplotlib"))
    return folder


def lock(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "lock.json").read_text())["packages"]


def test_pyodide_is_laid_with_what_is_needed_and_our_wheels_in_its_lock(release: Path, tmp_path: Path) -> None:
    ours = wheel(tmp_path, "ours", "numpy>=1", "rich; extra == 'cli'", "tzdata; sys_platform == 'win32'")
    pyodide.place(tmp_path / "laid", [ours], release)
    known = lock(tmp_path / "laid")
    assert set(known) == {"ours", "numpy", "six", "matplotlib", *pyodide.LEFT_OUT}
    assert (known["ours"]["depends"], known["ours"]["imports"]) == (["numpy"], ["ours"])
    for entry in known.values():
        assert digest((tmp_path / "laid" / entry["file_name"]).read_bytes()) == entry["sha256"]
    assert "ours/tests/test_it.py" not in zipfile.ZipFile(tmp_path / "laid" / ours.name).namelist()
    assert known["matplotlib"]["imports"] == []


def test_what_lies_there_is_not_fetched_again_and_what_is_old_goes(release: Path, tmp_path: Path) -> None:
    pyodide.place(tmp_path / "laid", [wheel(tmp_path, "old")], release)
    (release / "numpy.whl").unlink()
    pyodide.place(tmp_path / "laid", [], release)
    assert (tmp_path / "laid" / "numpy.whl").read_bytes() == b"numpy"
    assert not list((tmp_path / "laid").glob("old-*"))


def test_a_file_that_is_not_the_release_s_is_refused(release: Path, tmp_path: Path) -> None:
    (release / "six.whl").write_bytes(b"another")
    with pytest.raises(LiteError, match="six.whl is not the file of Pyodide .*: its digest differs"):
        pyodide.place(tmp_path / "laid", [], release)
    assert not (tmp_path / "laid").exists()


def test_a_file_that_is_missing_is_named(release: Path, tmp_path: Path) -> None:
    (release / "six.whl").unlink()
    with pytest.raises(LiteError, match="release  has no six.whl of Pyodide"):
        pyodide.place(tmp_path / "laid", [], release)


def test_a_release_out_of_reach_says_what_to_do(release: Path, tmp_path: Path) -> None:
    with pytest.raises(LiteError, match="could not be fetched .*make lite RELEASE=FOLDER"):
        pyodide.place(tmp_path / "laid", [], "http://127.0.0.1:1/")


def test_a_wheel_that_needs_what_no_browser_has_is_named(release: Path, tmp_path: Path) -> None:
    with pytest.raises(
        LiteError, match=f"ours needs typer, which neither Pyodide {pyodide.VERSION} nor wheels.txt has"
    ):
        pyodide.place(tmp_path / "laid", [wheel(tmp_path, "ours", "typer")], release)


def test_an_archive_is_compiled_where_it_can_be_imported_and_loses_what_nobody_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as given:
        for name, content in {
            "light_one/__init__.py": "def where():\n    raise ValueError('here')",
            "light_one/old.py": "print 'another Python'",
            "light_one/01-a/key.py": "1",
            "light_one/data.csv": "1",
            "light_one/one.pyi": "",
            "pygments/lexers/python.py": "1",
            "pygments/lexers/perl.py": "1",
        }.items():
            given.writestr(name, content)
    path = tmp_path / "light.zip"
    path.write_bytes(compiled.compiled(archive.getvalue(), "/there"))
    assert zipfile.ZipFile(path).namelist() == [
        "light_one/__init__.pyc",
        "light_one/old.py",
        "light_one/01-a/key.py",
        "light_one/data.csv",
        "pygments/lexers/python.pyc",
    ]
    monkeypatch.syspath_prepend(path)
    import light_one

    with pytest.raises(ValueError, match="here") as raised:
        light_one.where()
    assert str(raised.traceback[-1].path) == "/there/light_one/__init__.py"


def test_without_node_archives_stay_and_the_builder_is_told(release: Path, tmp_path: Path) -> None:
    pyodide.place(tmp_path / "laid", [], release)
    before = {path.name: path.read_bytes() for path in (tmp_path / "laid").iterdir()}
    assert light.lighten(tmp_path / "laid", tmp_path / "kept", None).startswith("Node was not found: ")
    assert {path.name: path.read_bytes() for path in (tmp_path / "laid").iterdir()} == before


def test_pyodide_that_does_not_compile_is_told_in_a_sentence(release: Path, tmp_path: Path) -> None:
    pyodide.place(tmp_path / "laid", [], release)
    (tmp_path / "laid" / light.LIBRARY).write_bytes(b"")
    with pytest.raises(LiteError, match=r"Pyodide .* under false did not compile Python's archives: it said nothing"):
        light.lighten(tmp_path / "laid", tmp_path / "kept", "false")
    with pytest.raises(LiteError, match="none  cannot be started"):
        light.lighten(tmp_path / "laid", tmp_path / "kept", "none")


def test_what_a_page_asks_for_first_is_packed_in_its_order(tmp_path: Path) -> None:
    for name in ("notebooks/index.html", "a.js", pack.WASM):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert pack.lay(tmp_path, ["notebooks/", "a.js", "a.js"]) == {"first": "first.pack", "wasm": f"{pack.WASM}.pack"}
    listed, _, contents = gzip.decompress((tmp_path / "first.pack").read_bytes()).partition(b"\n")
    assert json.loads(listed) == [["notebooks/", "text/html", 20], ["a.js", "text/javascript", 4]]
    assert contents == b"notebooks/index.htmla.js"
    assert gzip.decompress((tmp_path / f"{pack.WASM}.pack").read_bytes()) == pack.WASM.encode()


def test_a_list_of_another_jupyterlite_is_told(tmp_path: Path) -> None:
    with pytest.raises(LiteError, match=r"has no build/1\.js, which first\.txt lists.*benchmarks/lite\.py --list"):
        pack.lay(tmp_path, ["build/1.js"])


def test_a_notebook_in_the_browser_says_its_version(tmp_path: Path) -> None:
    names = site.lay_notebooks(tmp_path)
    listed = json.loads((tmp_path / "api" / "contents" / "all.json").read_text())["content"]
    assert [one["path"] for one in listed] == [f"{name}.ipynb" for name in names]
    notebooks = [json.loads((tmp_path / "files" / one["path"]).read_text()) for one in listed]
    assert [one["metadata"]["two_lenses"]["exercise"] for one in notebooks] == names
    assert len({one["metadata"]["two_lenses"]["version"] for one in notebooks}) == len(names)
    assert not any("%pip" in "".join(cell["source"]) for one in notebooks for cell in one["cells"])


def test_a_quiz_in_the_browser_is_a_page_beside_the_notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.lay_quizzes(tmp_path)
    monkeypatch.setattr("sys.platform", "emscripten")
    monkeypatch.setitem(sys.modules, "twolenses.quiz.widget", None)
    worker = SimpleNamespace(href="https://example.org/lite/extensions/kernel/static/1.js")
    monkeypatch.setitem(sys.modules, "js", SimpleNamespace(location=worker))
    for name in ("1", "reading-the-case", "01-reading-the-case"):
        shown = quiz.show(name)
        assert shown.src == "https://example.org/lite/quizzes/01-reading-the-case.html"
        page = html.parse(str(tmp_path / shown.src.removeprefix("https://example.org/lite/"))).getroot()
        assert [one.get("data-question") for one in page.xpath("//fieldset[@data-question]")] == [
            one.id for one in quiz.load(name)
        ]
        assert not page.xpath("//@src | //link/@href")
    with pytest.raises(QuizError, match="There is no quiz 'reading'"):
        quiz.show("reading")


def test_the_link_is_written_once_and_anew(tmp_path: Path) -> None:
    page = tmp_path / "exercise.html"
    page.write_text(f"<p>Work: {links.run_here('01-a')}<a>Binder</a></p>")
    for address in ("old", "new"):
        links.link(page, "01-a", address)
    assert page.read_text().count("Run it here") == 1
    assert 'href="new">Run it here</a> · ' in page.read_text()
    with pytest.raises(LiteError, match="has no place for the link"):
        links.link(page, "02-b", "new")


def test_without_a_book_there_is_nothing_to_lay_it_under(tmp_path: Path) -> None:
    with pytest.raises(LiteError, match="holds no built book. Run 'make build' first."):
        site.build(tmp_path / "html", tmp_path / "jupyter")


def test_without_jupyterlite_what_was_built_stays(tmp_path: Path) -> None:
    pages = tmp_path / "_build" / "html"
    (pages / "lite").mkdir(parents=True)
    for name in ("index.html", "lite/index.html"):
        (pages / name).write_text("built before")
    with pytest.raises(LiteError, match="jupyter  cannot be started: .*'make lite' installs it"):
        site.build(pages, tmp_path / "jupyter", tell=lambda line: None)
    assert (pages / "lite" / "index.html").read_text() == "built before"
    assert [path.name for path in (tmp_path / "_build").iterdir()] == ["html"]


def test_the_command_leaves_with_2_where_jupyterlite_is_missing(tmp_path: Path) -> None:
    done = run_here("build", "lite", "--jupyter", tmp_path / "none", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
