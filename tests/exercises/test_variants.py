"""A copy of an exercise for each student: what varies has an answer everywhere, and each is graded by their own."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import classes
import nbformat
import numpy as np
import pandas as pd
import pytest
from classes import perfect, tasks
from typer.testing import CliRunner

from conftest import BIN, ROOT
from twolenses import answers, exercises, keys, mistakes, new
from twolenses.assignments import nbgrader, variants
from twolenses.cli import app, main
from twolenses.errors import AssignmentError, Error, ExerciseError
from twolenses.exercises import Exercise, trial, vary
from twolenses.grading import show
from twolenses.grading.client import Warm
from twolenses.grading.run import Outcome, Run
from twolenses.handing_in import faults
from twolenses.handing_in import variants as records
from twolenses.register import parameters, worked_out

NAME = "05-arms-race"
SEED = "only you know this"
"""As the guide has it."""
MASTERS = {one.name: one for one in classes.MASTERS if vary.variants(one)}
STUDENTS = ["ana", "ben", "chi", "dan", "eve"]
PAGE = (ROOT / "chapters" / "instructors" / "variants.md").read_text(encoding="utf-8")
ROSTER = "id,first_name,last_name,email\n" + "".join(f"{one},{one.title()},,{one}@example.org\n" for one in STUDENTS)


def values_of(master: Exercise) -> list[dict[str, Any]]:
    """What the key is handed in each variant, the standard first."""
    return [dict(vary.copy_of(master, rows, "somebody").varied) for rows in vary.variants(master)]


# ── every variant of every exercise ──────────────────────────────────────────────────────────────────


def test_six_exercises_vary_in_eleven_ways_or_more_besides_the_one_that_the_site_solves() -> None:
    assert len(MASTERS) >= 6
    for master in MASTERS.values():
        assert len(vary.variants(master)) >= 12, master.name


def plain(value: Any) -> Any:
    """A key as numbers that can be compared."""
    return np.asarray(value, dtype=float).ravel() if isinstance(value, (pd.Series, pd.DataFrame)) else float(value)


@pytest.mark.parametrize("name", MASTERS)
def test_every_variant_has_a_key_of_its_own_that_no_mistake_leads_to(name: str) -> None:
    key = keys.read(MASTERS[name].folder / keys.FILE)
    asked = [one for one, entry in key.answers.items() if parameters(entry.compute)]
    seen = []
    for values in values_of(MASTERS[name]):
        with keys.using(key, values):
            found = {one: plain(answers.key(one)) for one in asked}
            for about, right in found.items():
                assert np.size(right), (values, about)
                assert np.isfinite(right).all(), (values, about)
                for one in mistakes.mistakes_for(about):
                    wrong = plain(worked_out(one.compute))
                    assert np.shape(wrong) != np.shape(right) or not np.allclose(wrong, right), (values, one.name)
        seen.append(tuple(np.round(np.concatenate([np.atleast_1d(one) for one in found.values()]), 3)))
    assert len(set(seen)) == len(seen), "two variants have the same numbers"


@pytest.mark.parametrize("name", MASTERS)
def test_every_variant_passes_its_checks_when_it_is_solved(name: str) -> None:
    judged = list(trial.variants_judged(MASTERS[name]))
    assert len(judged) == len(vary.variants(MASTERS[name]))
    assert {verdict.message for _, _, verdict in judged} == {""}


@pytest.mark.parametrize("name", MASTERS)
def test_every_variant_reads_as_one_text(name: str) -> None:
    """In the section of the task nothing of the standard is left, no article is wrong, and the rest is untouched."""
    master = MASTERS[name]
    known = vary.entries(master)
    changed = {one.task for one in known}
    for rows in vary.variants(master)[1:]:
        copy = vary.copy_of(master, rows, "somebody", "code")
        for before, now in zip(master.notebook.cells, copy.notebook.cells, strict=True):
            if now.metadata.get("task", now.metadata.get("check")) not in {*changed, None}:
                assert now.source == before.source
        section = vary.text_of(copy, known[0].task)
        for one, row in zip(known, rows, strict=True):
            for old, put in one.texts(row).items():
                assert vary.says(section, put)
                others = {new for other, n in zip(known, rows, strict=True) for new in other.texts(n).values()}
                assert old in others or not vary.says(section, old), (old, put)
        assert not re.search(r"\ba [AEIOU]|\ban [B-DF-HJ-NP-TV-Z]|'s's|\b(\w+) \1\b(?! ?[=(])", prose(section)), rows


def prose(section: str) -> str:
    return re.sub(
        r"`[^`]*`", "", "\n".join(line for line in section.splitlines() if not line.startswith(("```", "##")))
    )


@pytest.mark.parametrize("name", MASTERS)
def test_the_copy_of_a_student_stands_for_itself(name: str) -> None:
    """Whoever reads the standard notebook on the site finds other values, and no name or code of anybody."""
    master = MASTERS[name]
    assert "student=" not in master.notebook_path.read_text(encoding="utf-8")
    copies = variants.made(master, ["ana"], SEED)
    assert copies.students["ana"].varied != values_of(master)[0]
    text = exercises.writes(exercises.student(copies.students["ana"], copies.written))
    assert 'student=\\"ana\\"' in text
    assert copies.record.students["ana"].code in text
    assert "BEGIN SOLUTION" not in text
    assert "HIDDEN" not in text


def test_the_form_under_a_task_is_that_of_the_students_own_key() -> None:
    master = MASTERS["13-voting-with-russia"]
    near, far = (entry.columns["name" if n == 0 else "called"] for n, entry in enumerate(vary.entries(master)))
    copy = vary.copy_of(master, [near.index("Italy"), far.index("China")], "ana")
    text = "\n".join(cell.source for cell in exercises.student(copy).cells)
    assert "agreement with Italy less its\nagreement with China" in text
    assert "- `ahead`: a DataFrame with the columns 'agreement' and 'similarity' and one row for each year" in text


# ── who has which ────────────────────────────────────────────────────────────────────────────────────


CLASS = [f"student-{n}" for n in range(300)]


def test_the_same_seed_makes_the_same_copies() -> None:
    master = MASTERS["15-who-did-it"]
    first, again, other = (variants.made(master, STUDENTS, seed).record.students for seed in (SEED, SEED, f"{SEED}."))
    assert first == again
    assert not {copy.code for copy in first.values()} & {copy.code for copy in other.values()}
    assert first != other


@pytest.mark.parametrize("name", MASTERS)
def test_two_neighbours_cannot_copy_a_number(name: str) -> None:
    """In the order of the roster nobody has the variant of those around; nobody has the standard one."""
    held = list(variants.dealt(MASTERS[name], CLASS, SEED).values())
    there = vary.variants(MASTERS[name])[1:]
    assert set(held) == set(there)
    reach = (len(there) - 1) // 2
    assert reach >= 5
    assert all(len(set(held[at : at + reach + 1])) == reach + 1 for at in range(len(held) - reach))


@pytest.mark.parametrize("name", MASTERS)
def test_a_small_class_shares_nothing_and_a_large_one_as_little_as_can_be(name: str) -> None:
    there = vary.variants(MASTERS[name])[1:]
    small = variants.dealt(MASTERS[name], CLASS[: len(there)], SEED)
    assert sorted(small.values()) == sorted(there)
    often = Counter(variants.dealt(MASTERS[name], CLASS, SEED).values())
    assert max(often.values()) <= len(CLASS) / len(there) + 2


def test_whoever_comes_later_changes_nobodys_copy_and_sits_beside_other_numbers() -> None:
    master = MASTERS[NAME]
    first, later = [one for n, one in enumerate(CLASS[:60]) if n % 3], CLASS[:60]
    before = variants.made(master, first, SEED).record
    held = variants.dealt(master, later, SEED, before)
    assert {one: held[one] for one in first} == variants.dealt(master, first, SEED)
    rows = list(held.values())
    assert all(one != next_one for one, next_one in itertools.pairwise(rows))


def test_exercises_are_dealt_independently() -> None:
    """Who shares one exercise with somebody need not share the next."""
    first, second = (
        list(variants.dealt(MASTERS[name], CLASS[:60], SEED).values())
        for name in ("03-balance-of-power", "15-who-did-it")
    )
    together = [n for n in range(60) if first[n] == first[0]]
    assert len({second[n] for n in together}) > 1


# ── a course ─────────────────────────────────────────────────────────────────────────────────────────


def handed_in(course: Path, student: str, whose: str, change: Callable[[Any], None] = lambda notebook: None) -> None:
    """A right solution of `whose` copy, changed, in the folder of `student`."""
    notebook = nbformat.read(course / variants.HANDOUTS / NAME / whose / f"{NAME}.ipynb", 4)
    rows = variants.dealt(MASTERS[NAME], STUDENTS, SEED)[whose]
    perfect(notebook, vary.copy_of(MASTERS[NAME], rows, whose))
    change(notebook)
    path = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def head(notebook: Any) -> Any:
    return next(cell for cell in notebook.cells if "check.exercise" in cell.source)


def renamed(notebook: Any) -> None:
    """The id of another student, with the code that the copy had."""
    head(notebook).source = head(notebook).source.replace('student="ben"', 'student="chi"')


def eased(notebook: Any) -> None:
    """Other states than the student's own, for which everybody knows the numbers, said wherever a student can."""
    standard = 'check.exercise("05-arms-race", student="dan", state="SRB", neighbour="XKX")'
    head(notebook).source = vary.HEAD.sub(standard, head(notebook).source)
    solution = tasks(MASTERS[NAME].notebook)["money"].source
    tasks(notebook)["money"].source = f"{standard}\n{exercises.solution(solution)}"
    for cell in notebook.cells:
        if cell.metadata.get("check") == "money":
            cell.source = f"{standard}\n{cell.source}"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, warm: Warm) -> Iterator[Path]:
    """The guide's commands, one after the other. Then work: ana's is right, ben has ana's, chi has ben's and renamed it,
    dan has made his easier, and a stranger has eve's."""
    folder = tmp_path_factory.mktemp("reader")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(
            show, "Warm", lambda exercise, sandbox: contextlib.nullcontext(warm)
        )  # one is enough for all tests
        patch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
        patch.setenv(keys.FOLDER, "")  # the configuration changes it
        said = {block: as_a_reader(block) for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.M | re.S)}
        (graded,) = [text for block, text in said.items() if block.startswith("twolenses grade")]
        for sentence in re.findall(r"names Ben’s: \*(.*?)\*", PAGE):
            assert sentence in graded
        folder = folder / "my-course"
        shutil.rmtree(folder / "submitted")
        shutil.rmtree(folder / "autograded")
        (folder / "class.csv").write_text(ROSTER, encoding="utf-8")
        variants.write(MASTERS[NAME], folder, folder / "class.csv", SEED)
        handed_in(folder, "ana", "ana")
        handed_in(folder, "ben", "ana")
        handed_in(folder, "chi", "ben", renamed)
        handed_in(folder, "dan", "dan", eased)
        handed_in(folder, "stranger", "eve")
        yield folder


def as_a_reader(block: str) -> str:
    """Run a block of commands: those of the environment in this process, which starts in no time, others in a shell."""
    if block.startswith("twolenses "):
        done = CliRunner().invoke(app, shlex.split(block)[1:])
        assert done.exit_code == 0, done.output
        return done.output
    if "nbgrader" in block.split():
        assert block == f"cd my-course && nbgrader generate_assignment {NAME} --create; cd ..\n"
        classes.release(Path("my-course").resolve(), NAME)
    elif not block.startswith(". "):
        subprocess.run(["sh", "-ec", block], check=True)
    return ""


def points(course: Path, student: str) -> dict[str, float]:
    found = classes.scores(course, NAME, student)[NAME]
    return {name: one["score"] for name, one in found.items() if name.startswith("check-")}


@pytest.fixture(scope="module")
def outcomes(course: Path, warm: Warm) -> dict[str, Outcome]:
    """What our executor makes of them, graded from scratch."""
    return {one.student: one for one in Run(course, NAME).grade(warm.run)}


FULL = {f"check-{task.name}": task.points for task in MASTERS[NAME].tasks} | {"check-bars": 4.0}


def test_each_is_graded_by_their_own_variant(course: Path, outcomes: dict[str, Outcome]) -> None:
    assert points(course, "ana") == FULL
    for student in ("ben", "chi", "dan"):
        assert points(course, student) == FULL | {"check-money": 0.0}, student


def test_who_hands_in_anothers_copy_is_named(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["ana"].faults == []
    assert outcomes["ben"].faults == [
        f"{NAME}.ipynb is the copy of 'ana', handed in by 'ben': ask whose notebook it was"
    ]
    (chi,) = outcomes["chi"].faults
    assert re.search(r"says that it is the copy of 'chi', with the code '\w{12}' of 'ben': ask whose", chi)
    assert "says that it is the copy of 'dan', with the code '' of nobody: ask whose" in outcomes["dan"].faults[0]


def test_who_is_not_in_the_roster_is_not_graded_and_costs_nobody_else(outcomes: dict[str, Outcome]) -> None:
    assert not outcomes["stranger"].graded
    assert "'stranger' has no variant of 05-arms-race. Put them into the roster" in outcomes["stranger"].faults[0]


def test_nbgrader_itself_gives_the_same(course: Path, outcomes: dict[str, Outcome]) -> None:
    ours = {student: points(course, student) for student in ("ana", "ben")}
    nbgrader_itself = classes.api(course)
    for student in ours:
        done = nbgrader_itself.autograde(NAME, student, force=True)
        assert done["success"], done["log"]
        assert ("is the copy of 'ana', handed in by 'ben'" in done["log"]) == (student == "ben")
        assert points(course, student) == ours[student]
    refused = nbgrader_itself.autograde(NAME, "stranger")
    assert not refused["success"]
    assert "has no variant" in refused["log"]


def test_validate_submissions_names_them_before_anything_is_graded(course: Path) -> None:
    (found,) = faults.verdicts([course / "submitted" / "ben" / NAME / f"{NAME}.ipynb"], NAME)
    (fault,) = found.faults
    assert fault.endswith("is the copy of 'ana', handed in by 'ben': ask whose notebook it was.")
    assert found.mends == [], "a value of the student's own is no change"


def test_what_nbgrader_releases_is_nobodys_copy(course: Path) -> None:
    """It holds no variant, and whoever is graded with it has nothing for what varies: never by the standard key."""
    released = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", 4)
    source = next(line for line in head(released).source.splitlines() if line.startswith("check.exercise"))
    assert source == 'check.exercise("05-arms-race", student="")'
    try:
        with pytest.raises(ExerciseError, match="is nobody's, and each student has"):
            keys.use(NAME, whose="")
        with pytest.raises(Error, match="does not exist"):
            answers.key("spending_ratio_in_money")
    finally:
        keys.use(NAME)


def test_a_student_who_comes_later_changes_nobody(course: Path) -> None:
    late = course / "late.csv"
    late.write_text("id\nfay\n", encoding="utf-8")
    before = records.read(records.path_of(course, NAME))
    texts = {path: path.read_bytes() for path in (course / variants.HANDOUTS).rglob("*.ipynb")}
    written = variants.write(MASTERS[NAME], course, late, SEED)
    after = records.read(records.path_of(course, NAME))
    assert before is not None
    assert after is not None
    assert {path.name for path in written} == {f"{NAME}.ipynb", f"{NAME}.json"}
    assert set(after.students) == {*STUDENTS, "fay"}
    assert {one: after.students[one] for one in STUDENTS} == before.students
    assert {path: path.read_bytes() for path in texts} == texts


def test_another_seed_makes_no_other_copies_unless_it_is_forced(course: Path) -> None:
    before = records.path_of(course, NAME).read_bytes()
    with pytest.raises(AssignmentError, match="made with another seed or from another state of the exercise"):
        variants.write(MASTERS[NAME], course, course / "class.csv", "another")
    assert records.path_of(course, NAME).read_bytes() == before


def test_a_check_changed_in_the_source_is_not_overwritten_in_silence(course: Path, warm: Warm, tmp_path: Path) -> None:
    path = records.path_of(course, NAME)
    kept = path.read_text(encoding="utf-8")
    found = json.loads(kept)
    found["cells"]["check-money"] += "\nassert True"
    path.write_text(json.dumps(found), encoding="utf-8")
    try:
        run = Run(course, NAME, force=True)
        run.waiting = ["ana"]
        (outcome,) = run.grade(warm.run)
    finally:
        path.write_text(kept, encoding="utf-8")
    assert not outcome.graded
    assert (
        "the cell 'check-money' of 05-arms-race was changed after the students' copies were made" in outcome.faults[0]
    )


def test_a_configuration_of_the_instructors_is_told_what_it_lacks(tmp_path: Path) -> None:
    config = tmp_path / "nbgrader_config.py"
    config.write_text("c = get_config()\n", encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id\nana\n", encoding="utf-8")
    variants.write(MASTERS["15-who-did-it"], tmp_path, tmp_path / "roster.csv", SEED)
    assert config.read_text(encoding="utf-8") == "c = get_config()\n"
    assert variants.CONFIG in variants.to_add(config)


def test_the_page_lists_the_exercises_that_vary() -> None:
    assert re.findall(r"^\* - `([\w-]+)`$", PAGE, re.M) == list(MASTERS)


def test_without_a_roster_everything_is_as_it_was(tmp_path: Path) -> None:
    nbgrader.write(MASTERS[NAME], tmp_path)
    text = (tmp_path / "source" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    assert text == exercises.writes(nbgrader.source(MASTERS[NAME]))
    assert 'check.exercise(\\"05-arms-race\\")' in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nbgrader_config.py", "source"]
    assert "Vary" not in (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8")


# ── what cannot be done ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("exercise", "roster", "seed", "says"),
    [
        (NAME, "id\n", SEED, "holds no student"),
        (NAME, "", SEED, "the first column must be the ids"),
        (NAME, "first_name,last_name\nAna,A\n", SEED, "Write 'id,first_name,last_name,email' above it."),
        (NAME, "First name,Surname,ID number\nAna,A,1\n", SEED, "Move the column 'ID number' there."),
        (NAME, 'Student,ID,SIS Login ID\n"A, Ana",1,ana\n', SEED, "cannot be a student's id"),
        (NAME, "id,email\nana,\nben,\nana,\n", SEED, "the id 'ana' is there twice"),
        (NAME, "id\n,\n", SEED, "holds no student"),
        (NAME, "id,name\n,Ana\n", SEED, "'' cannot be a student's id"),
        (NAME, "id\n../ana\n", SEED, "cannot be a student's id"),
        (NAME, "PK\x03\x04 no csv", SEED, "the first column must be the ids"),
        (NAME, b"\xff\xfe\x00", SEED, "cannot be read as a roster"),
        (NAME, None, SEED, "cannot be read as a roster"),
        (NAME, "id\nana\n", " ", "The seed is empty"),
        (NAME, "id\nana\n", None, "need both"),
        (
            "06-dilemma-as-game",
            "id\nana\n",
            SEED,
            "is the same for all: its front matter has no 'vary:'. These vary: 03",
        ),
        ("05-arm-race", "id\nana\n", SEED, "Did you mean '05-arms-race'?"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_nothing_is_written(
    exercise: str, roster: str | bytes | None, seed: str | None, says: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path, folder = tmp_path / "roster.csv", tmp_path / "course"
    if roster is not None:
        path.write_bytes(roster if isinstance(roster, bytes) else roster.encode())
    command = ["twolenses", "assign", "nbgrader", exercise, "--course", str(folder), "--roster", str(path)]
    monkeypatch.setattr("sys.argv", command + (["--seed", seed] if seed is not None else []))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert says in said
    assert "Traceback" not in said
    assert not folder.exists()


ENTRY = "    - task: average\n      state: [SRB, ALB]\n"


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        ("yes", "write a list of entries"),
        ("\n    - task: avrage\n      state: [SRB, ALB]\n", "there is no task 'avrage'. Did you mean 'average'"),
        ("\n    - task: average\n      state: [SRB]\n", "need two values or more"),
        ("\n    - task: average\n      state: [SRB, ALB]\n      name: [Serbia]\n", "as many in each"),
        (f"\n{ENTRY}", "no function of the key takes one of state"),
    ],
)
def test_what_an_author_writes_wrong_is_a_sentence(listed: str, says: str, tmp_path: Path) -> None:
    new.exercise("who-pays", tmp_path)
    path = tmp_path / "01-who-pays" / exercises.master.FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^(exercise:\n)", rf"\1  vary: {listed.rstrip()}\n", text, count=1, flags=re.M), "utf-8")
    (problem,) = trial.problems(exercises.read(path), quick=True)
    assert "front matter, 'vary:'" in problem
    assert says in problem
