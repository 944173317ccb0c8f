"""CONTRIBUTING's recipes, followed command by command in a copy of the checkout; and what `twolenses new` refuses."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest

from conftest import run, run_here
from twolenses import course, exercises, new, quiz
from twolenses.errors import Error, NewError
from twolenses.exercises import trial
from twolenses.new import writing
from twolenses.quiz.types import TYPES

CONTRIBUTING = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks(recipe: str, language: str) -> list[str]:
    """The blocks of a recipe in one language, in order, without their margin."""
    section = re.search(rf"^### {recipe}\n(.*?)(?=^##)", CONTRIBUTING, re.M | re.S)
    assert section, recipe
    return [
        textwrap.dedent(found[2])
        for found in re.findall(rf"^( *)```({language})\n(.*?)^ *```$", section[1], re.M | re.S)
    ]


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A copy of the checkout."""
    kept = tmp_path / "checkout"
    for name in ("src", "data", "chapters", "exercises", "tests"):
        shutil.copytree(root / name, kept / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_toc.yml", "_config.yml", "pyproject.toml", "CONTRIBUTING.md"):
        shutil.copy(root / name, kept / name)
    return kept


def contents(checkout: Path) -> dict[str, bytes]:
    return {
        path.relative_to(checkout).as_posix(): path.read_bytes()
        for path in checkout.rglob("*")
        if path.is_file() and "cache" not in path.as_posix()
    }


def follow(recipe: str, checkout: Path) -> set[str]:
    """Run the recipe's commands; the files that are new or changed."""
    before = contents(checkout)
    for command in [line for block in blocks(recipe, "sh") for line in block.splitlines()]:
        done = run("sh", "-ec", command, cwd=checkout, source=checkout)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    after = contents(checkout)
    return {name for name, content in after.items() if before.get(name) != content}


# ── the recipes ──────────────────────────────────────────────────────────────────────────────────────


def test_a_fact_is_two_files(checkout: Path) -> None:
    assert follow("Add a fact", checkout) == {"src/twolenses/facts/kfor/strength.py", "tests/facts/test_facts_kfor.py"}


def test_a_question_is_one_file(checkout: Path) -> None:
    assert follow("Add a question", checkout) == {"exercises/quizzes/05-coercion-deterrence-alliances.yml"}


def test_a_chapter_is_two_files_and_a_line(checkout: Path) -> None:
    made = follow("Add a chapter", checkout)
    name = f"{len(course.chapters()) + 1}-sanctions"
    assert made == {f"chapters/{name}.md", f"exercises/quizzes/{name}.yml", "_toc.yml"}


def test_an_exercise_is_one_folder_and_a_line(checkout: Path) -> None:
    made = follow("Add an exercise", checkout)
    name = f"{len(exercises.masters()) + 1}-who-pays"
    files = {f"exercises/notebooks/{name}/{file}" for file in ("exercise.md", "key.py", "answers.yml", f"{name}.ipynb")}
    assert made == {*files, "_toc.yml"}


def test_an_export_format_is_a_module_and_a_line(checkout: Path) -> None:
    module, line = blocks("Add an export format", "python")
    path = module.splitlines()[0].removeprefix("# ")
    (checkout / path).write_text(module, encoding="utf-8")
    command = checkout / line.splitlines()[0].removeprefix("# ")
    text = command.read_text(encoding="utf-8")
    assert text.count("FORMATS: dict[str, str] = {") == 1
    entered = f"FORMATS: dict[str, str] = {{\n{line.partition(chr(10))[2]}"
    command.write_text(text.replace("FORMATS: dict[str, str] = {", entered), encoding="utf-8")
    assert follow("Add an export format", checkout) == {"stems.txt"}
    stems = (checkout / "stems.txt").read_text(encoding="utf-8")
    assert "\n" in stems.strip()
    shown = run("twolenses", "export", "--help", cwd=checkout, source=checkout).stdout
    assert "Write the stems alone" in shown


def test_every_type_of_question_has_a_beginning_that_is_valid(tmp_path: Path) -> None:
    for type in TYPES:
        new.question("mine", f"a-{type}", tmp_path, type=type)
    assert [question.type for question in quiz.read(tmp_path / "mine.yml")] == list(TYPES)
    assert quiz.validate(quiz.files(tmp_path)) == []


def test_a_begun_exercise_has_what_every_exercise_of_the_course_has(tmp_path: Path) -> None:
    new.exercise("who-pays", tmp_path)
    master = exercises.exercise("who-pays", tmp_path)
    assert exercises.problems(master) == []
    assert trial.problems(master) == []
    assert len({response.mistake for response in trial.responses(master)} - {""}) >= 3


# ── names, numbers, and what is there already ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "becomes"),
    [("who-pays", "17-who-pays"), ("03-who-pays", "03-who-pays"), ("x2", "17-x2")],
)
def test_a_name_gets_the_next_number_unless_it_has_one(name: str, becomes: str) -> None:
    assert writing.numbered(name, ["16-score", "02-when", "no-number"], "an exercise") == becomes


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../who", "'../who' is no name for an exercise"),
        ("a/b", "is no name"),
        ("Who Pays", "is no name"),
        ("1-who", "is no name"),
        ("", "is no name"),
        ("16-who", "16 is the number of '16-score'"),
        ("score", "'16-score' is there already"),
        ("03-score", "'16-score' is there already"),
    ],
)
def test_a_name_that_does_not_do_is_a_sentence(name: str, says: str) -> None:
    with pytest.raises(NewError, match=says):
        writing.numbered(name, ["16-score", "02-when"], "an exercise")


def test_after_number_99_a_free_one_must_be_named() -> None:
    with pytest.raises(NewError, match="99 is taken"):
        writing.numbered("who", ["99-last"], "an exercise")


TOC = """\
# the contents
parts:
  - chapters:
      - file: chapters/01-a  # first
      - file: chapters/03-c
  - chapters:
      - file: exercises/notebooks/02-x/exercise
"""


@pytest.mark.parametrize(
    ("page", "behind"),
    [
        ("chapters/04-d", "      - file: chapters/03-c\n"),
        ("chapters/02-b", "      - file: chapters/01-a  # first\n"),
        ("chapters/00-z", "  - chapters:\n"),
        ("exercises/notebooks/03-y/exercise", "      - file: exercises/notebooks/02-x/exercise\n"),
    ],
)
def test_a_page_goes_to_its_place_in_the_contents_and_comments_stay(page: str, behind: str) -> None:
    after = writing.listed(TOC, page)
    assert f"{behind}      - file: {page}\n" in after
    assert after.replace(f"      - file: {page}\n", "", 1) == TOC


@pytest.mark.parametrize(
    ("name", "folder", "says"),
    [
        ("a/b", "mine", "'a/b' is no name for an exercise"),
        ("who-pays", "mine", "'01-who-pays' is there already"),
        ("01-newspaper-number", "other", "The course has an exercise '01-newspaper-number'"),
        ("03-odd", "mine", "mine/03-odd  exists. Nothing was written"),
        ("x", "file/in", "cannot be written"),
    ],
)
def test_an_exercise_that_cannot_be_begun_leaves_nothing(tmp_path: Path, name: str, folder: str, says: str) -> None:
    (tmp_path / "mine/01-who-pays").mkdir(parents=True)
    (tmp_path / "mine/01-who-pays/exercise.md").write_text("")
    (tmp_path / "mine/03-odd").mkdir()
    (tmp_path / "file").write_text("")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(NewError, match=says):
        new.exercise(name, tmp_path / folder)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("chapter", "id", "type", "says"),
    [
        ("1", "First", "single", "'First' is no id of a question"),
        ("1", "who-won", "singel", "no question type 'singel'. Did you mean 'single'"),
        ("q", "first", "single", "q.yml:1  is not a list of questions"),
        ("a/b", "first", "single", "There is no chapter 'a/b'"),
    ],
)
def test_a_question_that_cannot_be_begun_leaves_its_file(
    tmp_path: Path, chapter: str, id: str, type: str, says: str
) -> None:
    (tmp_path / "q.yml").write_text("nothing\n")
    with pytest.raises(Error, match=says):
        new.question(chapter, id, tmp_path, type=type)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["nothing\n"]


def test_the_command_says_what_it_wrote_and_what_it_refuses(tmp_path: Path) -> None:
    command = ["twolenses", "new", "question", "mine", "who-won", "--bank", "bank"]
    done = run(*command, cwd=tmp_path)
    assert done.stdout.splitlines()[0] == "bank/mine.yml"
    assert "then: twolenses validate quizzes --bank bank" in done.stdout
    again = run(*command, cwd=tmp_path)
    assert again.returncode == 2
    assert again.stderr == "bank/mine.yml  has a question 'who-won' already. Choose another id.\n"


def test_a_question_keeps_the_margin_and_the_comments_of_its_file(tmp_path: Path) -> None:
    new.question("q", "first", tmp_path)
    path = tmp_path / "q.yml"
    path.write_text("# mine\n" + textwrap.indent(path.read_text(), "  "))
    new.question("q", "second", tmp_path)
    assert path.read_text().startswith("# mine\n")
    assert [question.id for question in quiz.read(path)] == ["first", "second"]
    with pytest.raises(NewError, match="has a question 'first' already"):
        new.question("other", "first", tmp_path)


@pytest.mark.parametrize(
    ("name", "theme", "says"),
    [
        ("Kfor", "kfor/strength", "'Kfor' is no name of a fact"),
        ("class", "kfor/strength", "'class' is no name of a fact"),
        ("serbian_troop_cut", "kfor/strength", "There is a fact 'serbian_troop_cut' already"),
        ("kfor_cut", "kfor/strengths", "There is no theme 'kfor/strengths'. Did you mean 'kfor/strength'"),
    ],
)
def test_a_fact_has_a_name_of_its_own_and_a_theme(name: str, theme: str, says: str) -> None:
    with pytest.raises(NewError, match=says):
        new.fact(name, theme=theme)


def test_when_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("as it was")
    (tmp_path / "file").write_text("")
    files = {tmp_path / "a/new": "x", tmp_path / "file/in": "y"}
    with pytest.raises(NewError, match=r"file/in  cannot be written: .* Nothing was left behind"):
        writing.write(files, {tmp_path / "kept": "changed"})
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "kept").read_text() == "as it was"


# ── somebody else's exercises, tried ─────────────────────────────────────────────────────────────────


def broken(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


BREAKS = {
    "exercise.md, not UTF-8": ("exercise.md", None, b"# T\n\xff\xfe\n", r"exercise\.md  cannot be read"),
    "front matter": ("exercise.md", "chapter: 1", "chapter: [1", r"exercise\.md:\d+  is not a MyST notebook"),
    "chapter": ("exercise.md", "chapter: 1", "chapter: one", "'exercise: chapter:' needs a whole number"),
    "another's name": ("exercise.md", '.exercise("02', '.exercise("07', "asks the key of '07-broken'"),
    "no name": ("exercise.md", 'check.exercise("02-broken")', "", "names no key. Write check.exercise"),
    "solution": ("exercise.md", 'growth["XKX"].max() - growth', 'growth["XKX"].max() + growth', "the solution of task 'average' fails"),
    "starter": ("exercise.md", "average = ...\nspread = ...", "average = growth['XKX'].mean()\nspread = growth['XKX'].max() - growth['XKX'].min()", "'average' passes without an answer"),
    "cell": ("exercise.md", "import pandas as pd\n", "raise SystemExit('enough')\n", "stops with SystemExit: enough"),
    "key": ("key.py", "@answer\ndef average", "@answer(\ndef average", r"key\.py:\d+  stops with SyntaxError"),
    "twice": ("key.py", "def spread_of_growth", "def average_growth", r"key\.py:\d+  Two answers are called 'average_growth'"),
    "yaml": ("answers.yml", "wrong:\n", "wrong: [\n", r"answers\.yml:\d+  is not valid YAML"),
    "list": ("answers.yml", "wrong:\n", "wring:\n", r"answers\.yml:1  needs the lists 'right:', 'wrong:' and 'poor:'"),
    "entry": ("answers.yml", "right:\n", "right:\n  - 5\n", r"answers\.yml:1  needs the lists 'right:', 'wrong:' and 'poor:'"),
    "mistake": ("answers.yml", "mistake: growth_for_changes", "mistake: growth_for_change", r"answers\.yml:\d+  there is no mistake 'growth_for_change'. Did you mean 'growth_for_changes'"),
    "judged": ("answers.yml", 'with: \'growth["XKX"].sum()\'', 'with: \'growth["SRB"].mean()\'', r"answers\.yml:\d+  task 'average': the sentence of"),
    "response": ("answers.yml", "average = sum(growth", "average = nothing(growth", r"answers\.yml:\d+  task 'average': a right response is refused: stops with NameError"),
}  # fmt: skip


def test_a_broken_exercise_is_a_sentence_and_the_others_are_tried(tmp_path: Path) -> None:
    """Eighteen exercises of somebody else's, of which two are sound."""
    new.exercise("01-sound", tmp_path / "m")
    new.exercise("02-broken", tmp_path / "m")
    for number, (file, before, after, _) in enumerate(BREAKS.values(), start=10):
        folder = shutil.copytree(tmp_path / "m/02-broken", tmp_path / f"m/{number}-broken")
        if before is None:
            (folder / file).write_bytes(after)
            continue
        broken(folder / file, before, after)
        if (folder / file).name == "exercise.md" and '.exercise("' in before:
            continue
        broken(folder / "exercise.md", 'check.exercise("02-broken")', f'check.exercise("{number}-broken")')
    done = run_here("validate", "exercises", "--masters", "m", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for number, (file, *_, says) in enumerate(BREAKS.values(), start=10):
        mine = [line for line in done.stderr.splitlines() if f"m/{number}-broken/" in line]
        assert any(re.search(says, line) for line in mine), (file, says, mine)
    for name in ("01-sound", "02-broken"):
        assert re.search(rf"{name}  no problems", done.stdout)


def test_a_master_that_is_a_file_is_still_read_and_its_new_place_is_said(tmp_path: Path) -> None:
    new.exercise("old", tmp_path)
    text = (tmp_path / "01-old/exercise.md").read_text(encoding="utf-8")
    (tmp_path / "01-old/exercise.md").rename(tmp_path / "01-old.md")
    done = run_here("validate", "exercises", "--masters", ".", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "01-old.md  is read, but since release 0.2 an exercise is a folder: 01-old/exercise.md" in done.stderr
    (tmp_path / "01-old/exercise.md").write_text(text, encoding="utf-8")
    assert exercises.masters(tmp_path) == [tmp_path / "01-old/exercise.md"]


def test_a_key_with_the_older_word_still_works_and_its_new_word_is_said(tmp_path: Path) -> None:
    new.exercise("old", tmp_path)
    key = tmp_path / "01-old/key.py"
    text = key.read_text(encoding="utf-8")
    key.write_text(text.replace("@mistake(about=", "@mistake(of="), encoding="utf-8")
    done = run_here("validate", "exercises", "--masters", ".", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    line = text[: text.index("@mistake")].count("\n") + 1
    assert f"01-old/key.py:{line}  '@mistake(of=…)' is read, but the word is now 'about'." in done.stderr


def test_a_folder_without_an_exercise_is_a_sentence(tmp_path: Path) -> None:
    done = run_here("validate", "exercises", "--masters", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "holds no exercise" in done.stderr
