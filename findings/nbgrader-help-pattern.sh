#!/usr/bin/env bash
# The pattern in nbgrader's own help makes one student of two who share a last name.
#
# Version   nbgrader 0.9.6
# Expected  With the pattern that the help of zip_collect gives for names such as ps1_ID_attempt_TIME_problem1.ipynb, each
#           ID is a student.
# Seen      Of ana_lopez, maria_lopez and ben two are collected: lopez and ben. The .* before the ID takes all but what
#           follows the last underscore. Ana's notebook is thrown away as an older try of Maria's, though both have the same
#           time. It closes with "3 files collected, 1 files skipped" and exit code 0.
# Hurt      Classes whose IDs have an underscore: work is lost, and somebody's grade stands under a name that is no ID.
# Remedy    Give the part before the ID letter by letter (ps1_), and count: as many folders as files. This course's
#           `twolenses collect` reads the platforms' names itself, and a test holds that two students are never one.
# Source    nbgrader.plugins.zipcollect.FileNameCollectorPlugin.named_regexp, its help; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet nbgrader==0.9.6
export PATH="$work/env/bin:$PATH"
cd "$work"
mkdir -p downloaded/ps1/archive
for student in ana_lopez maria_lopez ben; do
  file=downloaded/ps1/archive/ps1_${student}_attempt_2026-01-30-15-00-00_problem1.ipynb
  printf '{"cells": [], "metadata": {"by": "%s"}, "nbformat": 4, "nbformat_minor": 5}' "$student" > "$file"
done
python - > nbgrader_config.py <<'PY'
import re

from nbgrader.plugins import FileNameCollectorPlugin

(pattern,) = re.findall(r'"(\.\*_\(.*)"', FileNameCollectorPlugin.named_regexp.help)
print(f'c = get_config()\nc.FileNameCollectorPlugin.named_regexp = r"{pattern}"')
PY
cat nbgrader_config.py
mkdir -p source/ps1 && touch source/ps1/problem1.ipynb
nbgrader zip_collect ps1 2> log
grep -o "[0-9]* files collected, .*" log
seen=$(cd submitted && grep -o '"by": "[a-z_]*"' ./*/ps1/problem1.ipynb)
echo "$seen"
[ "$seen" = $'./ben/ps1/problem1.ipynb:"by": "ben"\n./lopez/ps1/problem1.ipynb:"by": "maria_lopez"' ]
