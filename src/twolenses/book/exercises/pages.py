"""An exercise master as a page: starter, folded hint, folded solution with its output and explanation, folded check.

myst-nb runs the master as it stands (its markers are comments); a read-phase transform then rearranges the cells.
Two questions of the bank stand before the first section and again at the end, for whoever reads along without a
computer. No node and no visitor of our own, so every builder goes on working.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import exercises, quiz
from twolenses.book.chapters import quizzes
from twolenses.book.kept import kept
from twolenses.book.nodes import folded, joined
from twolenses.errors import Error
from twolenses.lite.links import run_here
from twolenses.quiz import html

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

FOLDER = "exercises/notebooks/"


PREDICT = (
    "Predict first",
    "Answer before you look; a wrong guess is the better start. Without a computer, read on, open each solution with "
    "its output, and answer the same two questions again at the end.",
)
AGAIN = ("Answer again", "The two questions from the beginning. Has what you have seen changed an answer?")


class Folded(SphinxDirective):
    """``{explanation}`` and ``{criteria}``: text on a task, which the argument names, that the page folds away.

    Written::

        ```{explanation} cut
        A cut is measured against what was there before.
        ```

    Out comes a container, which :class:`ExerciseCells` puts where it belongs: an explanation under the solution of its
    task, criteria where they stand, folded as *How this is marked*. In a student's notebook the first is left out.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        kept = nodes.container(classes=[f"tl-{self.name}"], task=self.arguments[0])
        self.set_source_info(kept)
        self.state.nested_parse(self.content, self.content_offset, kept)
        return [kept]


class ExerciseCells(SphinxTransform):
    """Rearrange the cells of a master.

    A task becomes its starter and, folded, *Solution* with output and explanation; a check *What is checked*; a
    ``{hint}`` folds as *Hint*. Each fold says whose it is: *Hint 1 of 2: Read two numbers*. Two questions stand first
    and last, and under the title the ways to open the notebook.
    """

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        if not self.env.docname.startswith(FOLDER):
            return
        path = Path(self.env.doc2path(self.env.docname))
        try:
            master = exercises.read(path)
            asked = (master.predict, quizzes.state(quiz.files()))
            sources, forms = kept(self.env, f"predict {master.name}", asked, lambda: _predict(master.predict))
            for source in sources:
                self.env.note_dependency(source)
        except Error as error:
            log.warning("%s", error)  # the sentence starts with its place
            return
        for section in self.document.findall(nodes.section):
            _fold_hints(section)
        for criteria in _containers(self.document, "tl-criteria"):
            label = _named("How this is marked", criteria)
            criteria.replace_self(folded(label, *criteria.children, classes=("tl-criteria",)))
        explanations = {one["task"]: one for one in _containers(self.document, "tl-explanation")}
        for cell in [node for node in self.document.findall(nodes.container) if node.get("nb_element") == "cell_code"]:
            meta = cell["cell_metadata"]
            if meta.get("only") == "notebook":
                cell.parent.remove(cell)
            elif "task" in meta:
                _show_task(cell, explanations.get(meta["task"]), _form(master, str(meta["task"])))
            elif "check" in meta:
                _show_check(cell)
        for title in list(self.document.findall(nodes.title))[:1]:
            title.parent.insert(1, _ways_to_open(master.name, self.config))
            if master.predict:
                _ask_twice(title.parent, *forms)


def _containers(document: nodes.document, name: str) -> list[nodes.container]:
    return [node for node in document.findall(nodes.container) if name in node["classes"]]


def _fold_hints(section: nodes.section) -> None:
    """Fold the hints of a section, and count them where there are several."""
    hints = [child for child in section.children if isinstance(child, nodes.hint)]
    for number, hint in enumerate(hints, start=1):
        which = f"Hint {number} of {len(hints)}" if len(hints) > 1 else "Hint"
        hint.replace_self(folded(_named(which, hint), *hint.children))


def _named(label: str, node: nodes.Element) -> str:
    """The label of a fold with the heading it stands under: ``Solution: Read two numbers``.

    A reader who goes from fold to fold by keyboard or by ear hears which one it is.
    """
    section = node
    while not isinstance(section, nodes.section):
        section = section.parent
    heading = next(iter(section.findall(nodes.title))).astext()
    return f"{label}: {re.sub(r'^Task [0-9]+[.] ', '', heading)}"


def _predict(ids: Sequence[str]) -> tuple[list[str], tuple[str, str]]:
    """The files of these questions; the questions as a form, and as one to answer again."""
    questions = quiz.pick(ids)
    return list(map(str, quiz.holding(ids))), (html.form(questions), html.form(questions, again=True))


def _ask_twice(page: nodes.Element, form: str, again: str) -> None:
    """The questions as a section before the page's first one, and once more as its last."""
    first = next((n for n, child in enumerate(page.children) if isinstance(child, nodes.section)), len(page.children))
    page.insert(first, _asked(*PREDICT, form))
    page.append(_asked(*AGAIN, again))


def _asked(heading: str, lead: str, form: str) -> nodes.section:
    shown = nodes.raw("", form, format="html", quiz="")  # no quiz of its own
    name = nodes.make_id(heading)
    return nodes.section(
        "", nodes.title(heading, heading), nodes.paragraph(lead, lead), shown, ids=[name], names=[name]
    )


def _form(master: exercises.Exercise, task: str) -> nodes.container:
    """The form of a task's answers, as the notebook has it."""
    listed = nodes.bullet_list()
    for item in exercises.items(master, task):
        line = nodes.paragraph("", "", nodes.literal(item.name, item.name), nodes.Text(f": {item.words}"))
        listed += nodes.list_item("", line)
    lead = nodes.paragraph("", "", nodes.strong("", exercises.FORM))
    return nodes.container("", lead, listed, classes=["tl-form"])


def _show_task(cell: nodes.container, explanation: nodes.container | None, form: nodes.container) -> None:
    source = next(cell.findall(nodes.literal_block)).astext()
    starter = cell.deepcopy()
    starter.children = starter.children[:1]  # the input, not the output
    _set_source(starter, exercises.starter(source))
    solved = cell.deepcopy()
    _set_source(solved, exercises.shown_solution(source))
    why: list[nodes.Node] = []
    if explanation is not None:
        explanation.parent.remove(explanation)
        why = [explanation]
    cell.replace_self([form, starter, folded(_named("Solution", cell), solved, *why, classes=("tl-solution",))])


def _show_check(cell: nodes.container) -> None:
    source, *printed = cell.findall(nodes.literal_block)
    _set_text(source, exercises.public(source.astext()))
    for block in printed:  # a hidden test says what the public one has said
        _set_text(block, "\n".join(dict.fromkeys(block.astext().splitlines())))
    cell.replace_self(folded(_named("What is checked", cell), cell.deepcopy(), classes=("tl-check",)))


def _set_source(cell: nodes.container, text: str) -> None:
    _set_text(next(cell.findall(nodes.literal_block)), text)


def _set_text(block: nodes.literal_block, text: str) -> None:
    block.rawsource = text  # must equal the text, or Sphinx leaves the block without highlighting
    block.children = []
    block += nodes.Text(text)


def _ways_to_open(name: str, config: Any) -> nodes.paragraph:
    options = config.html_theme_options
    url, branch = options["repository_url"], options["repository_branch"]
    repository = url.removeprefix("https://github.com/")
    notebook = f"{FOLDER}{name}/{name}.ipynb"
    links = {
        "Open in Binder": f"https://mybinder.org/v2/gh/{repository}/{branch}?urlpath=lab/tree/{notebook}",
        "Open in Colab": f"https://colab.research.google.com/github/{repository}/blob/{branch}/{notebook}",
        "Download the notebook": Path(notebook).name,
    }
    number = nodes.strong("", f"Exercise {int(name[:2])}.")
    line = nodes.paragraph("", "", number, nodes.Text(" Work on it on a computer: "), classes=["tl-launch"])
    line += nodes.raw("", run_here(name), format="html")
    ways = (nodes.reference("", text, refuri=target, internal=False) for text, target in links.items())
    line += joined(ways, " · ", ". On a phone, read along: each solution unfolds with its output.")
    return line


def ship_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Copy each student notebook beside its page, so that the download works from any host or none."""
    if error is None and app.builder.format == "html":
        source = Path(app.srcdir, FOLDER)
        for made in source.glob("*/*.ipynb"):
            target = Path(app.outdir, FOLDER, made.relative_to(source))
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, target)
        for copied in Path(app.outdir, FOLDER).glob("*/*.ipynb"):
            if not Path(source, copied.parent.name, copied.name).exists():
                copied.unlink()


def setup(app: Sphinx) -> None:
    """Register the transform and the copying."""
    for name in ("explanation", "criteria"):
        app.add_directive(name, Folded)
    app.add_transform(ExerciseCells)
    app.connect("build-finished", ship_notebooks)
