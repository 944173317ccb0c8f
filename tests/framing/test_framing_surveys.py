"""Surveys out, answers back: what Moodle and Canvas make of our files, and what we make of theirs.

Neither platform runs here. `Moodle` and `canvas_report` do what the source of Moodle 5.1 (``mod/feedback``: `import.php`,
`responses_anon_table.php`, the items) and of Canvas (`student_analysis.rb`) say that they do.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import matplotlib
import nbformat
import numpy as np
import pytest
from lxml import etree

from twolenses import cli
from twolenses.errors import FramingError
from twolenses.exercises.graded import INSTALL
from twolenses.framing import answers, canvas, compare, feedback, kit, qti, texts
from twolenses.lms.qti.versions import V21, V30, Version

SURVEY = texts.load()
CONSENT = "**May we?** Ask [name] & <others>."
CLASS = answers.made_up(24, seed=5)


def indices(version: str) -> list[list[int]]:
    """What each student of a version chooses: the place of the option, or 0 for none."""
    rows = [[int(one) for one in row] for row in zip(*(by[version] for by in CLASS.by.values()), strict=True)]
    rows[0][2] = 0
    return rows


def same_result(found: answers.Answers) -> None:
    """What was read is what was answered: one answer of each half left out, the rest in order."""
    assert found.empty == 2
    for question, by in CLASS.by.items():
        for version in ("A", "B"):
            given = by[version][1:] if question == "lasting" else by[version]
            assert sorted(found.by[question][version]) == sorted(given)
    assert compare.report(found)[1].startswith("pressure: A ")


# ── Moodle ───────────────────────────────────────────────────────────────────────────────────────────


class Moodle:
    """A *Feedback* into which a file was imported."""

    def __init__(self, file: bytes) -> None:
        text = file.decode()
        assert re.search(r'^<\?xml.+(encoding="([a-z0-9-]*)").+\?>', text, re.I | re.S), "failed to load XML"
        root = etree.fromstring(file)
        assert int(root.get("VERSION")) == 200701
        self.items = [self._item(item) for item in root.find("ITEMS").findall("ITEM")]

    def _item(self, item: Any) -> dict[str, str]:
        kind = item.get("TYPE")
        assert kind in {"label", "multichoice", "pagebreak"}
        named = {name: item.findtext(name).strip() for name in ("ITEMTEXT", "ITEMLABEL", "OPTIONS", "PRESENTATION")}
        assert [one.tag for one in item] == [
            "ITEMID", "ITEMTEXT", "ITEMLABEL", "PRESENTATION", "OPTIONS", "DEPENDITEM", "DEPENDVALUE",
        ]  # fmt: skip
        return named | {"kind": kind, "required": item.get("REQUIRED")}

    @property
    def asked(self) -> list[dict[str, str]]:
        return [item for item in self.items if item["kind"] == "multichoice"]

    def choices(self, item: dict[str, str]) -> tuple[str, list[str], bool]:
        """Radio or check boxes, the options, whether they stand side by side."""
        subtype, shown = item["PRESENTATION"].split(">>>>>")
        options, *horizontal = shown.split("<<<<<")
        return subtype, options.split("|"), horizontal == ["1"]

    def csv(self, responses: Iterable[Sequence[int]], *, names: bool = False) -> str:
        """*Download all responses as* CSV: what is kept are the places of options, what is printed their texts."""
        out = io.StringIO()
        sheet = csv.writer(out)
        before = ["Full name", "Groups", "Email address", "Date"] if names else ["Response number"]
        sheet.writerow([*before, *(f"({item['ITEMLABEL']}) {item['ITEMTEXT']}" for item in self.asked)])
        for number, row in enumerate(responses, start=1):
            about = [f"Person {number}", "Group A", "p@example.org", "Monday, 5 October"] if names else [str(number)]
            cells = [
                escape(self.choices(item)[1][at - 1]) if at else "" for item, at in zip(self.asked, row, strict=True)
            ]
            sheet.writerow([*about, *cells])
        return "\ufeff" + out.getvalue()


@pytest.fixture(params=["A", "B"])
def imported(request: pytest.FixtureRequest) -> tuple[str, Moodle]:
    return request.param, Moodle(feedback.document(SURVEY, request.param, CONSENT))


def test_moodle_shows_consent_on_a_page_of_its_own_and_asks_nothing_else_for_certain(
    imported: tuple[str, Moodle],
) -> None:
    version, moodle = imported
    assert [item["kind"] for item in moodle.items] == [
        "label", "multichoice", "pagebreak", "label", "label", "multichoice", "multichoice", "multichoice",
    ]  # fmt: skip
    assert [item["required"] for item in moodle.items] == ["0", "1", "0", "0", "0", "0", "0", "0"]
    assert moodle.items[0]["PRESENTATION"] == "<p><strong>May we?</strong> Ask [name] &amp; &lt;others&gt;.</p>"
    assert texts.bare(SURVEY.paragraph(version)) in moodle.items[3]["PRESENTATION"]
    assert moodle.choices(moodle.asked[0]) == ("c", [SURVEY.answer], True)
    for item in moodle.asked[1:]:
        assert moodle.choices(item) == ("r", list(SURVEY.options), True)
    assert [item["ITEMLABEL"] for item in moodle.asked] == [f"{version}{number}" for number in range(4)]


def test_moodle_refuses_a_first_line_as_lxml_writes_it() -> None:
    """Its search for the encoding wants double quotes and something before the end; ours has both."""
    file = feedback.document(SURVEY, "A", CONSENT)
    for line in (b"<?xml version='1.0' encoding='UTF-8'?>", b'<?xml version="1.0" encoding="UTF-8"?>'):
        with pytest.raises(AssertionError, match="failed to load XML"):
            Moodle(file.replace(feedback.HEAD.strip(), line))


@pytest.mark.parametrize("names", [False, True], ids=["anonymous", "with names"])
def test_what_moodle_exports_is_read_as_it_comes(names: bool, tmp_path: Path) -> None:
    for version in ("A", "B"):
        moodle = Moodle(feedback.document(SURVEY, version, CONSENT))
        text = moodle.csv([[1, *row] for row in indices(version)], names=names)
        (tmp_path / f"{version}.csv").write_text(text, encoding="utf-8", newline="")
    same_result(answers.read(tmp_path / "B.csv", tmp_path / "A.csv"))


# ── Canvas ───────────────────────────────────────────────────────────────────────────────────────────


def canvas_quizzes(package: bytes) -> list[tuple[Any, list[Any]]]:
    """The settings and items of each quiz."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = [name for name in archive.namelist() if name.endswith("assessment_meta.xml")]
        quizzes = []
        for name in names:
            ident = name.split("/")[0]
            items = etree.fromstring(archive.read(f"{ident}/{ident}.xml")).iter("{*}item")
            quizzes.append((etree.fromstring(archive.read(name)), list(items)))
    return quizzes


def canvas_report(items: list[Any], responses: Iterable[Sequence[int]]) -> str:
    """*Student analysis* of an anonymous survey."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    header: list[str] = ["section", "section_id", "section_sis_id", "submitted", "attempt"]
    offered = []
    for number, item in enumerate(items, start=4711):
        text = re.sub(r"<[^>]*>", "", item.findtext("{*}presentation/{*}material/{*}mattext"))
        header += [f"{number}: {text}", "0.0"]
        offered.append([one.findtext(".//{*}mattext") for one in item.iter("{*}response_label")])
    sheet.writerow([*header, "n correct", "n incorrect", "score"])
    for row in responses:
        cells: list[str] = []
        for options, at in zip(offered, row, strict=True):
            cells += [options[at - 1] if at else "", "0.0" if options else ""]
        sheet.writerow(["Course, 2", "77", "S-1", "2026-10-05 09:00:00 UTC", "1", *cells, "3", "0", "0.0"])
    return out.getvalue()


def test_canvas_gets_two_anonymous_surveys_without_a_point_to_earn() -> None:
    quizzes = canvas_quizzes(canvas.package(SURVEY, CONSENT))
    assert len(quizzes) == 2
    for settings, items in quizzes:
        said = {etree.QName(one).localname: one.text for one in settings}
        assert (said["quiz_type"], said["anonymous_submissions"], said["points_possible"]) == ("survey", "true", "0")
        assert "May we?" in said["description"]
        assert len(items) == 5
        for item in items:
            fields = {one[0].text: one[1].text for one in item.iter("{*}qtimetadatafield")}
            options = [one.get("ident") for one in item.iter("{*}response_label")]
            earning = [one.text for one in item.iter("{*}varequal")]
            assert fields["points_possible"] == "0"
            assert fields["question_type"] == ("multiple_choice_question" if options else "text_only_question")
            assert earning == options


def test_what_canvas_reports_is_read_as_it_comes_and_who_did_not_consent_is_left_out(tmp_path: Path) -> None:
    for version, (_, items) in zip("AB", canvas_quizzes(canvas.package(SURVEY, CONSENT)), strict=True):
        rows = [[1, 0, *row] for row in indices(version)]
        without = [[0, 0, 7, 7, 7]] if version == "A" else []
        (tmp_path / f"{version}.csv").write_text(canvas_report(items, rows + without), encoding="utf-8")
    found = answers.read(tmp_path / "A.csv", tmp_path / "B.csv")
    assert found.without_consent == 1
    assert compare.report(found)[0] == "Without consent, and left out: 1."
    same_result(answers.Answers(found.groups, found.by, found.empty))


# ── QTI ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("version", [V21, V30], ids=["2.1", "3.0"])
def test_qti_only_asks(version: Version) -> None:
    """Its form is held to the XSDs in tests/lms/test_lms_xsd.py."""
    with zipfile.ZipFile(io.BytesIO(qti.package(SURVEY, "A", CONSENT, version))) as archive:
        items = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("items/")}
        test = archive.read("tests/survey.xml").decode()
    whole = "".join(items.values())
    assert not re.search(r"correct-?response|response-?processing|outcome-?declaration|mapping", whole + test, re.I)
    assert re.findall(r'href="\.\./(items/[\w-]+\.xml)"', test) == list(items)
    reading = etree.fromstring(items["items/q-reading.xml"].encode())
    interactions = [
        one for one in reading.iter() if re.search("choice-?interaction$", etree.QName(one).localname, re.I)
    ]
    assert [["".join(choice.itertext()) for choice in one] for one in interactions] == [
        [text, *SURVEY.options] for text in SURVEY.questions.values()
    ]
    assert texts.bare(SURVEY.versions["A"].opens) in "".join(reading.itertext())


# ── the folder and the notebook ──────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("framing")
    kit.write(path)
    return path


def test_a_consent_that_is_filled_in_is_kept_and_stands_in_every_survey(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def write() -> str:
        monkeypatch.setattr("sys.argv", ["twolenses", "framing", "--to", str(tmp_path)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert not left.value.code
        return capsys.readouterr().out

    assert "places in brackets, the first [name]" in write()
    filled = re.sub(r"\[([^\]]+)\]", r"the \1 of ours", (tmp_path / "consent.md").read_text(encoding="utf-8"))
    (tmp_path / "consent.md").write_text(filled, encoding="utf-8")
    assert "brackets" not in write()
    assert (tmp_path / "consent.md").read_text(encoding="utf-8") == filled
    assert "the name of ours" in (tmp_path / "moodle-B.xml").read_text(encoding="utf-8")
    for name in ("canvas.zip", "qti21-A.zip", "qti30-B.zip"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            assert any(b"the name of ours" in archive.read(part) for part in archive.namelist())


def test_a_consent_that_cannot_be_read_is_a_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "consent.md").write_bytes(b"\xff\xfe")
    with pytest.raises(FramingError, match=r"consent\.md  cannot be read as UTF-8"):
        kit.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["consent.md"]


def test_the_class_that_never_was_says_so_and_is_read_like_any_other(folder: Path) -> None:
    paths = sorted(folder.glob("made-up-*.csv"))
    assert all(line.startswith("made up ") for path in paths for line in path.read_text("utf-8").splitlines()[1:])
    found, meant = answers.read(*paths), answers.made_up()
    assert {name: by["A"].tolist() for name, by in found.by.items()} == {
        name: by["A"].tolist() for name, by in meant.by.items()
    }
    shifts = [by["A"].mean() - by["B"].mean() for by in (answers.made_up(4000, seed=1).by[q] for q in meant.by)]
    assert np.array(shifts) == pytest.approx([1, 0, 0], abs=0.15)


def test_the_notebook_reads_the_class_beside_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.reads((folder / "framing.ipynb").read_text(encoding="utf-8"), 4)
    nbformat.validate(notebook)
    install, *cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert install.id == INSTALL
    assert not re.search(r"\{[\w:]+\}`", json.dumps(notebook.cells))
    monkeypatch.chdir(folder)
    matplotlib.use("agg")
    for version in ("A", "B"):
        text = (folder / f"made-up-{version}.csv").read_text(encoding="utf-8")
        (folder / f"responses-{version}.csv").write_text(text, encoding="utf-8")
    names: dict[str, Any] = {}
    for cell in cells:
        exec(cell.source, names)
    said = capsys.readouterr().out
    assert "15 and 15 students, from responses-A.csv, responses-B.csv." in said
    assert names["found"].loc["pressure", "difference"] == compare.differences(answers.made_up())["pressure"].value
    assert compare.verdict(answers.made_up()) in said
    assert "What 15 and 15 students can show" in said
    assert list(names["powers"].index) == list(compare.SIZES)
