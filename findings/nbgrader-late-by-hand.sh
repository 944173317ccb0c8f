#!/usr/bin/env bash
# nbgrader's "zero for late work" leaves every point that is given by hand.
#
# Version   nbgrader 0.9.6
# Expected  With LateSubmissionPlugin.penalty_method = "zero", described as "assign an overall score of zero", whoever hands
#           in late has 0, as the penalty is the score.
# Seen      The penalty is worked out once, when autograde runs, from the points that are there then. An essay has none
#           yet. A late student whose essay gets 8 points afterwards keeps them: the penalty stays 0.
# Hurt      Courses with essays: a rule that students were told is not kept, and only for answers marked by hand. A
#           penalty in percent is likewise taken from the automatic part alone.
# Remedy    Run autograde again (--force) when the marking by hand is done: it keeps the marks, works the penalty out anew,
#           and lists the essays once more as waiting. This course's guide says so (chapters/instructors/nbgrader.md).
# Source    nbgrader, "Late submission plugin"; nbgrader.preprocessors.latesubmissions; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet nbgrader==0.9.6
export PATH="$work/env/bin:$PATH"
cd "$work"
mkdir -p source/ps1 submitted/ana/ps1
cat > nbgrader_config.py <<'PY'
c = get_config()
c.LateSubmissionPlugin.penalty_method = "zero"
PY
python - <<'PY'
from pathlib import Path

from nbformat.v4 import new_markdown_cell, new_notebook, writes

essay = {"schema_version": 3, "grade": True, "solution": True, "locked": False, "task": False, "points": 8}
cell = new_markdown_cell("Why?", metadata={"nbgrader": essay | {"grade_id": "essay"}})
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
Path("source/ps1/essay.ipynb").write_text(writes(new_notebook(cells=[cell], metadata={"kernelspec": kernel})))
PY
nbgrader generate_assignment ps1 --create 2> log
python - <<'PY'
from pathlib import Path

from nbgrader.api import Gradebook

Path("submitted/ana/ps1/essay.ipynb").write_text(Path("release/ps1/essay.ipynb").read_text().replace("YOUR ANSWER HERE", "Because."))
Path("submitted/ana/ps1/timestamp.txt").write_text("2026-12-09 12:00 UTC")
with Gradebook("sqlite:///gradebook.db") as gradebook:
    gradebook.update_or_create_assignment("ps1", duedate="2026-12-02 12:00 UTC")
PY
nbgrader autograde ps1 --create 2> log
cat > show.py <<'PY'
import sys

from nbgrader.api import Gradebook

with Gradebook("sqlite:///gradebook.db") as gradebook:
    if "by-hand" in sys.argv:
        grade = gradebook.find_grade("essay", "essay", "ps1", "ana")
        grade.manual_score, grade.needs_manual_grade = 8, False
        gradebook.db.commit()
    work = gradebook.find_submission("ps1", "ana")
    print(f"{sys.argv[1]}: {work.score:g} points, penalty {work.late_submission_penalty:g}, to mark: {work.needs_manual_grade}")
PY
seen=$(python -W ignore show.py autograded; python -W ignore show.py by-hand
  nbgrader autograde ps1 --force 2> log; python -W ignore show.py autograded-again)
echo "$seen"
[ "$seen" = "autograded: 0 points, penalty 0, to mark: True
by-hand: 8 points, penalty 0, to mark: False
autograded-again: 8 points, penalty 8, to mark: True" ]
