"""The `twolenses` command: parses, calls one function, prints.

A verb, then a noun: ``twolenses validate quizzes``, ``twolenses export moodle``. What goes wrong is a sentence on
standard error and exit code 2.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from twolenses import __version__
from twolenses.errors import Error, ExerciseError, FactError

app = typer.Typer(
    name="twolenses",
    help="The data, quizzes, exercises and grading of Two Lenses.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
validate = typer.Typer(help="Hold the course, or your own folder, to its rules.", no_args_is_help=True)
export = typer.Typer(help="Write questions for a learning platform, or for paper.", no_args_is_help=True)
assign = typer.Typer(help="Turn an exercise into an assignment.", no_args_is_help=True)
build = typer.Typer(help="Make the book, or the students' notebooks.", no_args_is_help=True)
serve = typer.Typer(help="Show the book on this machine.", no_args_is_help=True)
data = typer.Typer(help="The tables of the course.", no_args_is_help=True)
for verb, group in {
    "data": data, "validate": validate, "export": export, "assign": assign, "build": build, "serve": serve
}.items():  # fmt: skip
    app.add_typer(group, name=verb)

Bank = Annotated[
    Path | None, typer.Option("--bank", help="Your own folder of quiz files.", file_okay=False, exists=True)
]
Masters = Annotated[
    Path | None,
    typer.Option("--masters", help="Your own folder of exercise masters.", file_okay=False, exists=True),
]
Port = Annotated[int | None, typer.Option("--port", help="Port; without it, 8000 or the next free one.")]

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
Ids = Annotated[list[str] | None, typer.Option("--ids", help="Only the question of this id; may be repeated.")]

# Which extra brings a module, for the sentence that a missing one deserves.
EXTRAS = {
    "codespell_lib": "quiz", "frictionless": "data", "jinja2": "quiz", "jupyter_book": "book",
    "jupytext": "exercises", "lxml": "lms", "latex2mathml": "quiz", "markdown_it": "quiz", "matplotlib": "notebook",
    "mdit_py_plugins": "quiz", "nbformat": "exercises", "nbgrader": "grading", "pydantic": "quiz", "ruamel": "quiz",
    "sphinx": "book",
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


@validate.command("exercises")
def validate_exercises(masters: Masters = None) -> None:
    """Hold every exercise master to its form, and those of the course to what every exercise has."""
    from twolenses import exercises

    problems: list[str] = []
    paths = exercises.masters(masters)
    for path in paths:
        try:
            master = exercises.read(path)
            problems += [] if masters else exercises.problems(master)
        except ExerciseError as error:
            problems.append(str(error))
    _report(problems, "masters are sound", len(paths))


@validate.command("submissions")
def validate_submissions(
    paths: Annotated[
        list[Path], typer.Argument(help="Notebooks, or folders of them such as nbgrader's submitted/.", exists=True)
    ],
    exercise: Annotated[
        str | None, typer.Option("--exercise", help="Number or name; without it, what the file is called.")
    ] = None,
    masters: Masters = None,
) -> None:
    """Find what keeps notebooks from being graded: another exercise, cells gone or doubled, names changed."""
    from twolenses import exercises

    found = sorted({one for path in paths for one in ([path] if path.is_file() else path.rglob("*.ipynb"))})
    if not found:
        raise ExerciseError(f"{', '.join(map(str, paths))}  holds no notebook. Name a folder with .ipynb files.")
    problems = [
        fault for path in found for fault in exercises.faults(path, exercises.exercise(exercise or path.stem, masters))
    ]
    _report(problems, "notebooks can be graded", len(found))


@export.command("moodle")
def export_moodle(
    output: Output,
    chapter: Chapters = None,
    objective: Objectives = None,
    difficulty: Difficulties = None,
    lens: Lenses = None,
    level: Levels = None,
    ids: Ids = None,
    variants: Annotated[
        int, typer.Option("--variants", min=0, help="How many variants of each question that varies.")
    ] = 0,
    seed: Annotated[
        str | None, typer.Option("--seed", help="Which variants: the same seed gives the same ones.")
    ] = None,
    bank: Bank = None,
) -> None:
    """Write questions as Moodle XML: Question bank, Import, Moodle XML format."""
    from twolenses.lms import moodle, select

    wanted = select.Wanted(chapter or (), objective or (), difficulty or (), lens or (), level or (), ids or ())
    if seed is not None and not variants:
        raise typer.BadParameter("Add --variants N, which it chooses.", param_hint="--seed")
    written = moodle.write(select.questions(wanted, bank), output, variants=variants, seed=seed or 0)
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
    shuffle: Annotated[bool, typer.Option("--shuffle", help="Questions and options in a random order.")] = False,
    seed: Annotated[str | None, typer.Option("--seed", help="Which order: the same seed gives the same one.")] = None,
    bank: Bank = None,
) -> None:
    """Write questions as one HTML page to print, and the answer key as another beside it."""
    from twolenses.lms import paper, select

    wanted = select.Wanted(chapter or (), objective or (), difficulty or (), lens or (), level or (), ids or ())
    if seed is not None and not shuffle:
        raise typer.BadParameter("Add --shuffle, the order of which it chooses.", param_hint="--seed")
    written = paper.write(select.questions(wanted, bank), output, shuffle=shuffle, seed=seed or 0)
    print(*written.losses, f"{output}: {written.questions} questions. Key: {paper.key_path(output)}", sep="\n")


@assign.command("nbgrader")
def assign_nbgrader(
    exercise: Annotated[str, typer.Argument(help="Number or name of the exercise.")],
    course: Annotated[
        Path,
        typer.Option("--course", help="nbgrader's course directory; made if it does not exist.", file_okay=False),
    ],
    masters: Masters = None,
) -> None:
    """Write an exercise into nbgrader's source folder."""
    from twolenses import exercises
    from twolenses.assignments import nbgrader

    master = exercises.exercise(exercise, masters)
    for path in nbgrader.write(master, course):
        print(path)
    print(f"Release it there with: nbgrader generate_assignment {master.name} --create")


@build.command("book")
def build_book() -> None:
    """Build the pages, strictly."""
    from twolenses import course
    from twolenses.book import build as book

    print("Building the book")
    print(f"Built: {book.build(course.root())}")


@build.command("notebooks")
def build_notebooks() -> None:
    """Write the students' notebook beside each master."""
    from twolenses import exercises, files

    for path in exercises.masters():
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


@serve.command("book")
def serve_book(
    watch: Annotated[bool, typer.Option("--watch", help="Build again whenever a source is saved.")] = False,
    build: Annotated[bool, typer.Option("--build", help="Build first, where something has changed.")] = False,
    port: Port = None,
) -> None:
    """Show the built pages in a browser."""
    from twolenses import course
    from twolenses.book import build as book

    if watch:
        sys.exit(book.watch(course.root(), port))
    if build:
        build_book()
    book.serve(course.root() / "_build" / "html", port)


def _report(problems: Sequence[object], sound: str, count: int) -> None:
    """Print every problem and leave with 2, or say that all is well."""
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        sys.exit(2)
    print(f"{count} {sound}.")


def main() -> NoReturn:
    """Run the command; a problem the course can explain is a sentence, not a traceback."""
    try:
        app()
    except Error as error:
        sys.exit(_said(str(error)))
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").split(".")[0])
        if extra is None:
            raise
        sys.exit(_said(f"This command needs {error.name}. Install it with: pip install 'twolenses[{extra}]'"))
    sys.exit(0)


def _said(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
