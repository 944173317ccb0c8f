#!/usr/bin/env bash
# nbgrader gives full marks where a test cell ends in a partial score that is a numpy number.
#
# Version   nbgrader 0.9.6 with numpy 2.4.1
# Expected  A cell of 2 points whose last expression is 0.5 scores 0.5, whoever computed the half.
# Seen      0.5 scores 0.5. np.float64(0.5) and np.mean([0, 1]) score 2.0: since numpy 2 the printed form is
#           "np.float64(0.5)", which nbgrader cannot read as a number, and what it cannot read counts as full marks.
# Hurt      Instructors who grade in parts with numpy or pandas: every student has full marks, silently.
# Remedy    End the cell with float(…).
# Source    nbgrader.utils.determine_grade; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet nbgrader==0.9.6 numpy==2.4.1
"$work/env/bin/python" -W ignore - <<'PY'
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

grading = {"schema_version": 3, "grade": True, "locked": True, "solution": False, "task": False, "points": 2}
sources = {"0.5": 0.5, "import numpy as np; np.float64(0.5)": 2, "np.mean([0, 1])": 2, "float(np.mean([0, 1]))": 0.5}
cells = [
    new_code_cell(source, metadata={"nbgrader": grading | {"grade_id": f"cell-{number}"}})
    for number, source in enumerate(sources)
]
NotebookClient(new_notebook(cells=cells), kernel_name="python3").execute()
for cell, expected in zip(cells, sources.values()):
    score, most = determine_grade(cell)
    print(f"{cell.source:40} {score} of {most}")
    assert score == expected
PY
