"""What all formats have in common: the same command line, the same refusals, the same bytes, a true table."""

from __future__ import annotations

import json
import re
import shlex
import sys
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from docutils import nodes

from conftest import ROOT, run
from twolenses import cli, quiz
from twolenses.book.chapters import formats as directive
from twolenses.lms import formats, pools, select
from twolenses.lms.losses import Losses
from twolenses.quiz.types import TYPES

BANK = Path(__file__).parent / "lms_bank"
INSTRUCTORS = ROOT / "chapters" / "instructors"
PAGE = (INSTRUCTORS / "formats.md").read_text(encoding="utf-8")
DOORS = {"canvas", "moodle", "paper"}
"""Formats with a page of their own, whose commands tests/course/test_instructors.py runs."""
PACKED = ("anki", "canvas", "cartridge", "h5p", "qti21", "qti30")


def twolenses(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The command in this process; its exit code."""
    monkeypatch.setattr("sys.argv", ["twolenses", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    if isinstance(ended.value.code, str):
        return 1
    return ended.value.code or 0


@pytest.fixture(scope="module")
def found() -> dict[str, formats.Format]:
    return {one.name: one for one in formats.formats(formats.sample(select.questions(bank=BANK)))}


def test_every_format_is_on_the_command_line_and_on_the_page(found: dict[str, formats.Format]) -> None:
    assert set(found) == {*cli.FORMATS, "moodle", "paper"}
    assert set(re.findall(r"twolenses export (\w+)", PAGE)) == (set(found) | {"all"}) - DOORS
    for name in DOORS:
        assert f"twolenses export {name}" in (INSTRUCTORS / f"{name}.md").read_text(encoding="utf-8")


def test_the_commands_of_the_page_run_as_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for command in re.findall(r"^```sh\n(.*?)\n```$", PAGE, re.M | re.S):
        _, *arguments = shlex.split(command)
        if "--chapter" not in arguments:
            arguments += ["--chapter", "1"]  # the whole bank is exported by the tests of the format
        assert twolenses(monkeypatch, *arguments) == 0
        written = Path(arguments[arguments.index("-o") + 1])
        files = list(written.iterdir()) if written.is_dir() else [written]
        assert all(file.stat().st_size > 1000 for file in files)


@pytest.mark.parametrize("name", cli.FORMATS)
def test_the_same_questions_give_the_same_bytes_and_others_do_not(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("export", name, "--bank", str(BANK), "--variants", "2", "--seed")
    for file, seed in (("one", "x"), ("two", "x"), ("other", "w")):
        assert twolenses(monkeypatch, *command, seed, "-o", str(tmp_path / file)) == 0
    one, two, other = ((tmp_path / file).read_bytes() for file in ("one", "two", "other"))
    assert one == two
    assert one != other


def test_all_formats_at_once_are_those_of_each_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ("--bank", str(BANK), "--variants", "2", "--seed", "x", "-o")
    assert twolenses(monkeypatch, "export", "all", *command, str(tmp_path / "all")) == 0
    written = {path.stem: path for path in (tmp_path / "all").iterdir()}
    assert set(written) == {*cli.FORMATS, "moodle", "paper", "paper-key"}
    for name in ("moodle", *cli.FORMATS):
        assert twolenses(monkeypatch, "export", name, *command, str(tmp_path / name)) == 0
        assert (tmp_path / name).read_bytes() == written[name].read_bytes()


def test_a_format_that_fails_keeps_back_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    short = {
        "id": "arrow", "type": "short", "objective": "o", "level": "apply", "difficulty": "easy", "source": "C21",
        "stem": "Which way?", "hint": "H", "because": "B", "answers": ["a -> b"],
    }  # fmt: skip
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank/01-x.yml").write_text(json.dumps([short]))
    command = ("export", "all", "--bank", str(tmp_path / "bank"), "-o", str(tmp_path / "all"))
    assert twolenses(monkeypatch, *command) == 2
    said = capsys.readouterr()
    assert said.err.startswith("gift: ")
    assert "accepts 'a -> b'" in said.err
    assert {path.stem for path in (tmp_path / "all").iterdir()} == {*cli.FORMATS, "moodle", "paper", "paper-key"} - {
        "gift"
    }


def test_a_chapter_is_exported_without_what_only_figures_and_pages_need(tmp_path: Path) -> None:
    script = (
        "import sys; from twolenses import cli; sys.argv[0] = 'twolenses'\ntry: cli.main()\nexcept SystemExit: pass\n"
    )
    script += "print({'pandas', 'numpy', 'matplotlib', 'jinja2', 'sphinx'} & set(sys.modules))"
    done = run(sys.executable, "-c", script, "export", "moodle", "--chapter", "1", "-o", tmp_path / "x", cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "set()", done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("canvas", ["--chapter", "99"], "There is no quiz '99'."),
        ("anki", ["--ids", "cut-percnt", "--chapter", "1"], "There is no question 'cut-percnt' in these chapters. Did you mean 'cut-percent'?"),
        ("gift", ["--chapter", "1", "--lens", "neither", "--ids", "cut-percent", "--without", "numeric"], "No question fits all of these."),
        ("qti30", ["--chapter", "1", "--seed", "x"], "Add --variants"),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence_and_nothing_is_written(
    name: str,
    arguments: list[str],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert twolenses(monkeypatch, "export", name, *arguments, "-o", str(tmp_path / "x")) == 2
    assert says in " ".join(capsys.readouterr().err.replace("│", "").split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", cli.FORMATS)
def test_a_place_that_cannot_be_written_is_a_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    assert twolenses(monkeypatch, "export", name, "--bank", str(BANK), "-o", str(tmp_path / "file" / "x")) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("name", PACKED)
def test_no_name_in_a_package_leads_out_of_it_and_pictures_are_inside(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = tmp_path / "bank"
    (bank / "assets").mkdir(parents=True)
    (bank / "assets/the line.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    option = {"text": "Yes", "feedback": "![A line](<assets/the line.svg>)", "key": True}
    one = {
        "id": "one", "type": "single", "objective": "o", "level": "apply", "difficulty": "easy", "source": "C21", "hint": "H", "because": "B",
        "stem": "Which? ![The line](<assets/the line.svg>)", "options": [option, {"text": "No", "feedback": "N"}],
    }  # fmt: skip
    (bank / "01-x.yml").write_text(json.dumps([one]))
    assert twolenses(monkeypatch, "export", name, "--bank", str(bank), "-o", str(tmp_path / "x.zip")) == 0
    with zipfile.ZipFile(tmp_path / "x.zip") as package:
        names = package.namelist()
        content = b"".join(map(package.read, names))
    assert all(not part.startswith("/") and ".." not in part for part in names)
    assert len(names) == len(set(names))
    assert b"assets/" not in content
    if name != "h5p":
        assert content.count(b'<svg xmlns="http://www.w3.org/2000/svg"/>') == 1


def test_a_variant_too_many_is_said(tmp_path: Path) -> None:
    losses = Losses()
    (*_, pool) = pools.spread(select.questions(bank=BANK), 20, "x", losses)
    assert (pool.base, len(pool), len(pool.lines)) == ("change-of-spending", 4, 4)
    assert losses.lines() == ("change-of-spending: has 4 variants, not 20; all are written",)


# ── the table ────────────────────────────────────────────────────────────────────────────────────────


def test_a_type_is_kept_or_left_out_as_the_table_says(found: dict[str, formats.Format], tmp_path: Path) -> None:
    (bank,) = select.questions(bank=BANK)
    ids = {type: next(question.id for question in bank if question.type == type) for type in TYPES}
    wanted = {type: select.questions(select.Wanted(id=[id]), BANK) for type, id in ids.items()}
    for name, one in found.items():
        assert list(one.becomes) == list(TYPES)
        for type in TYPES:
            written = import_module(f"twolenses.lms.{name}").write(wanted[type], tmp_path / "x")
            left_out = one.becomes[type] == formats.LEFT_OUT
            assert left_out == any("this format has no form for it" in line for line in written.losses), (name, type)


def test_the_tables_name_every_format_type_and_loss(found: dict[str, formats.Format]) -> None:
    sections = directive.tables(list(found.values()))
    assert [one.next_node(nodes.title).astext() for one in sections] == sorted(found)
    for shown, one in zip(sections, found.values(), strict=True):
        text = " ".join(shown.astext().split())
        assert all(type in text and made in text for type, made in one.becomes.items())
        assert all(" ".join(line.split()) in text for lines in one.lost.values() for line in lines)


def test_the_sample_has_every_kind_of_the_course() -> None:
    quizzes = [quiz.read(path) for path in quiz.files()]
    chosen = formats.sample(quizzes)
    assert {question.type for one in chosen for question in one} == set(TYPES)
    assert sum(map(len, chosen)) < 25
