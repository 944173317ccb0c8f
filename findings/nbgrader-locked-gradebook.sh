#!/usr/bin/env bash
# A gradebook that is locked for a moment is reported as an invalid entry.
#
# Version   nbgrader 0.9.6, SQLAlchemy 2.1.9
# Expected  While another program writes to gradebook.db, nbgrader's Gradebook raises SQLAlchemy's OperationalError
#           ("database is locked"), as everything does that uses SQLAlchemy, and whoever catches that tries again.
# Seen      Every method that adds or updates turns it into nbgrader.api.InvalidEntry, a ValueError, documented for data
#           that does not fit the tables. Reading raises OperationalError. The words "database is locked" are in both.
# Hurt      Whoever grades with two processes, or with formgrader open: code that retries on OperationalError never
#           retries a write, and a log says that a student's entry is invalid.
# Remedy    Retry where the cause of the InvalidEntry is an OperationalError: look at error.__context__.
# Source    nbgrader.api: "except (IntegrityError, FlushError, StatementError)", and OperationalError is a
#           StatementError; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet "nbgrader==0.9.6" "SQLAlchemy==2.1.9"
cd "$work"
PATH="$work/env/bin:$PATH" "$work/env/bin/python" -W ignore - <<'PY'
import logging
import sqlite3

from nbgrader.api import Gradebook, InvalidEntry
from sqlalchemy.exc import OperationalError

logging.disable(logging.CRITICAL)
gradebook = Gradebook("sqlite:///gradebook.db?timeout=0.1")
gradebook.add_student("ana")
other = sqlite3.connect("gradebook.db")
other.execute("BEGIN EXCLUSIVE")  # what a writer holds for a moment
try:
    gradebook.add_student("ben")
except Exception as error:
    seen = error
print(f"adding a student raises {type(seen).__name__}; behind it {type(seen.__context__).__name__}")
print(f"it says: {str(seen)[:60]}")
gradebook.db.rollback()
try:
    gradebook.students
except Exception as error:
    read = error
print(f"reading the students raises {type(read).__name__}")
assert isinstance(seen, InvalidEntry) and not isinstance(seen, OperationalError)
assert isinstance(seen.__context__, OperationalError)
assert "locked" in str(seen)
assert isinstance(read, OperationalError)
PY
