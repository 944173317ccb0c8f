#!/usr/bin/env bash
# Otter's mark depends on the file name of the notebook that is handed in.
#
# Version   otter-grader 7.0.0
# Expected  The same cells under another file name have the same points.
# Seen      A question asks for x, and after its check cell a cell of the assignment gives x another value. Handed in as
#           hw.ipynb, the master's name, the right answer has its point; as ana-hw.ipynb it has none. The first cell,
#           otter.Notebook("hw.ipynb"), stops where there is no such file, so no grader.check runs, and Otter runs every
#           test at the end of the notebook. Nothing in the results says so.
# Hurt      Students who rename a notebook, or whose browser or platform does ("hw (1).ipynb").
# Remedy    check_cell: false names the test in the metadata of the question's last cell, and Otter runs it there under
#           any name. And no later cell binds a name that a check looks at.
# Source    otter.execute.preprocessor, otter.check.notebook; seen by running them.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet "otter-grader[grading]==7.0.0"
cd "$work"
"$work/env/bin/python" -W ignore - <<'PY'
import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell
from otter.api import grade_submission
from otter.assign import main as assign


def points(check_cell, file_name):
    """The points of the solution, handed in under a name."""
    test = '""" # BEGIN TEST CONFIG\npoints: 1\n""" # END TEST CONFIG\ndef test_x(x):\n    assert x == 1'
    cells = [
        new_raw_cell("# ASSIGNMENT CONFIG\nexport_cell: false\ntests:\n    ok_format: false"),
        new_raw_cell(f"# BEGIN QUESTION\nname: q1\ncheck_cell: {check_cell}"),
        new_raw_cell("# BEGIN SOLUTION"),
        new_code_cell("x = 1"),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# BEGIN TESTS"),
        new_code_cell(test),
        new_raw_cell("# END TESTS"),
        new_raw_cell("# END QUESTION"),
        new_code_cell("x = 2"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), "hw.ipynb")
    shutil.rmtree("dist", ignore_errors=True)
    assign("hw.ipynb", "dist", no_run_tests=True)
    (autograder,) = Path("dist/autograder").glob("*.zip")
    Path("in").mkdir(exist_ok=True)
    shutil.copy("dist/autograder/hw.ipynb", f"in/{file_name}")
    return grade_submission(f"in/{file_name}", str(autograder), quiet=True).total


seen = {
    (check_cell, name): points(check_cell, name)
    for check_cell in ("true", "false")
    for name in ("hw.ipynb", "ana-hw.ipynb")
}
for (check_cell, name), score in seen.items():
    print(f"check_cell: {check_cell:5}  handed in as {name:12}  {score} of 1")
assert list(seen.values()) == [1, 0, 1, 1]
PY
