"""Notebooks run in forks, before Sphinx reads a page: with the outputs of a kernel, or left to one."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from twolenses.book import execution

DRAWS = """
import matplotlib.pyplot as plt
from twolenses import charts, data
charts.use()
plt.plot([1, 2]);
"""


def notebook(*sources: str) -> NotebookNode:
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def test_a_notebook_has_its_outputs_and_one_that_fails_or_ends_is_left_to_a_kernel(tmp_path: Path) -> None:
    notebooks = {
        tmp_path / "fails": notebook("1 / 0"),
        tmp_path / "ends": notebook("import os\nos._exit(0)"),
        tmp_path / "sound": notebook("import os\nprint(1)\nx = 1", DRAWS, "print(os.getcwd())\nx + 1"),
    }
    ran = dict(execution.run(notebooks, timeout=60))
    assert [path.name for path in ran] == ["sound"]
    first, chart, last = ran[tmp_path / "sound"].cells
    assert first.outputs == [{"output_type": "stream", "name": "stdout", "text": "1\n"}]
    assert "<svg" in chart.outputs[0].data["image/svg+xml"]
    assert last.outputs[0].text == f"{tmp_path}\n"
    assert (last.outputs[1].data["text/plain"], last.execution_count) == ("2", 3)
    assert ran[tmp_path / "sound"].metadata.language_info.name == "python"


def test_a_cell_that_takes_too_long_is_left_to_a_kernel(tmp_path: Path) -> None:
    assert dict(execution.run({tmp_path / "hangs": notebook("import time\ntime.sleep(600)")}, timeout=1)) == {}
