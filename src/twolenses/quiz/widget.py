"""A quiz in a live notebook: the form and the script of the page, in a widget that Python can ask.

>>> from twolenses import quiz
>>> shown = quiz.show("01-reading-the-case")
>>> shown.score, shown.responses
(0.0, {})

In the notebook, ``shown.observe(print, "score")`` hears of every answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from twolenses.quiz import bank, html

__all__ = ["QuizWidget", "show"]

# Keys pressed in the quiz are for the quiz. Without the mark on the very control, an arrow in JupyterLab leads to the
# next cell.
_RENDER = """
export default {
  render({ model, el }) {
    el.innerHTML = model.get("html");
    window.TwoLenses.mount(el.querySelector("form"), {
      keep: false,
      responses: model.get("responses"),
      onchange({ score, responses }) {
        model.set({ score, responses });
        model.save_changes();
      },
    });
    for (const one of el.querySelectorAll("input, select, textarea, button, summary")) {
      one.dataset.lmSuppressShortcuts = "true";
    }
  },
};
"""


class QuizWidget(anywidget.AnyWidget):
    """A quiz that is being answered.

    `score` runs from 0 to 1, each question weighing its points; `responses` holds what was answered, by question, as
    :func:`twolenses.quiz.mark` takes it. Both change with every answer that is checked.
    """

    _esm = html.assets()["quiz.js"] + _RENDER
    _css = html.assets()["quiz.css"]

    html = traitlets.Unicode(help="The form.").tag(sync=True)
    score = traitlets.Float(0.0, help="Points earned, as a share of all points.").tag(sync=True)
    responses = traitlets.Dict(help="What was answered, by question.").tag(sync=True)

    def _repr_html_(self) -> str:
        """The form, with its answers to unfold, for a viewer that runs no widgets."""
        return str(self.html)


def show(name: str, folder: Path | None = None) -> QuizWidget:
    """The quiz of that name, ready to be answered in the notebook.

    Parameters
    ----------
    name
        As :func:`twolenses.quiz.load` takes it: ``"01-reading-the-case"``, ``"1"`` or ``"reading-the-case"``.
    folder
        An instructor's own folder of quizzes.

    Raises
    ------
    QuizError
        If there is no such quiz, or its file does not have the form of the bank.
    """
    arguments: dict[str, Any] = {"html": html.form(bank.load(name, folder))}
    return QuizWidget(**arguments)
