#!/usr/bin/env bash
# qti-package-maker tells students a tolerance that is not the one it marks by.
#
# Version   qti-package-maker 26.7.14
# Expected  A NUM item with the key 4273 and the tolerance 10, written for Blackboard's upload, says to students what the
#           last column says to Blackboard: 10, or 0.23 per cent.
# Seen      It says "within 1%": the share is rounded up to whole per cent. 4300 is within 1% and is marked wrong. For
#           1,234,567 and 0.5 it is 1% too, some 25,000 times as much. Below zero it is rounded to nothing: -46.1 and 0.05 are
#           "within 0%". The note stands in the question unless tolerance_message=False.
# Hurt      Students who round as they are told, on large numbers; and students who think that nothing may be rounded.
# Remedy    tolerance_message=False, and the tolerance in the question's own words. This course states none in per cent.
# Source    qti_package_maker.engines.bbq_text_upload.write_item.NUM; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet qti-package-maker==26.7.14
cd "$work"
"$work/env/bin/python" -W ignore - <<'PY'
import contextlib
import io
import re
from pathlib import Path

from qti_package_maker.package_interface import QTIPackageInterface

KEYS = {4273: 10.0, 1_234_567: 0.5, -46.1: 0.05}
with contextlib.redirect_stdout(io.StringIO()):  # it prints much
    package = QTIPackageInterface("troops")
    for key, tolerance in KEYS.items():
        package.add_item("NUM", ("How many?", key, tolerance))
    package.save_package("bbq_text_upload")
(written,) = Path().glob("bbq*.txt")
told = []
for line in written.read_text().splitlines():
    _, question, key, tolerance = line.split("\t")
    told.append(int(re.search(r"within (-?\d+)&percnt;", question)[1]))
    print(f"key {key}, marked within {tolerance}, told: within {told[-1]}% ({abs(float(key)) * told[-1] / 100:g})")
assert told == [1, 1, 0]
PY
