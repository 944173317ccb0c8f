#!/usr/bin/env bash
# nbgrader reads an offset after a blank as seconds, and most names of time zones as nothing.
#
# Version   nbgrader 0.9.6
# Expected  "2026-12-01 23:59 +0100" is 22:59 in UTC, as "2026-12-01 23:59+0100" is.
# Seen      With the blank it becomes 23:57:20: the offset is taken for 100 seconds. "+01:00", "CEST" and
#           "Europe/Pristina" after a blank are dropped: 23:59 in UTC. "Europe/Belgrade" and "UTC" are understood.
# Hurt      Whoever writes a due date with an offset: students lose or gain an hour, and with a penalty for lateness,
#           marks. Nothing is said.
# Remedy    Write due dates in UTC.
# Source    nbgrader.utils.parse_utc; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet nbgrader==0.9.6
"$work/env/bin/python" -W ignore - <<'PY'
from nbgrader.utils import parse_utc

for text, read in {
    "2026-12-01 23:59+0100": "2026-12-01 22:59:00",
    "2026-12-01 23:59 +0100": "2026-12-01 23:57:20",
    "2026-12-01 23:59 +01:00": "2026-12-01 23:59:00",
    "2026-12-01 23:59 CEST": "2026-12-01 23:59:00",
    "2026-12-01 23:59 Europe/Pristina": "2026-12-01 23:59:00",
    "2026-12-01 23:59 Europe/Belgrade": "2026-12-01 22:59:00",
}.items():
    print(f"{text:36} {parse_utc(text)}")
    assert str(parse_utc(text)) == read
PY
