#!/usr/bin/env bash
# In JupyterLite, "%pip install --upgrade X" installs nothing, and the cell ends well.
#
# Version   jupyterlite-pyodide-kernel 0.8.7, with the piplite 0.8.7 that it brings
# Expected  %pip takes what notebooks write, --upgrade, -U and --user among it, or raises an error.
# Seen      The line is turned into Python. With --upgrade, -U, --user or any other option that piplite does not have, it is
#           turned into nothing: usage text on stderr, no error, no package. "%pip install -q X" is turned into an install.
#           So the notebook runs on and stops at an import further down, or works with the older version that was there.
# Hurt      Students whose exercise begins with the line that Colab and Binder need: in the browser the same notebook has no
#           package, and the message speaks of a module.
# Remedy    No option but -q, or no %pip at all: this course's notebooks in the browser have none (tests/test_lite.py), and
#           the package is there before they start.
# Source    piplite.cli: get_action_kwargs returns nothing where the options cannot be read; seen by running it in CPython.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet --no-deps jupyterlite-pyodide-kernel==0.8.7
cd "$work"
"$work/env/bin/python" - <<'PY'
import asyncio
import contextlib
import io
import runpy
import zipfile
from pathlib import Path

(wheel,) = Path("env").rglob("piplite-0.8.7-py3-none-any.whl")
zipfile.ZipFile(wheel).extract("piplite/cli.py")
transformed = runpy.run_path("piplite/cli.py")["get_transformed_code"]

for options, installs in {"": True, "-q": True, "--no-deps": True, "--upgrade": False, "-U": False, "--user": False}.items():
    with contextlib.redirect_stderr(io.StringIO()):
        code = asyncio.run(transformed(["install", *options.split(), "seaborn"])).strip()
    print(f"{f'%pip install {options} seaborn':30} {code or 'nothing'}")
    assert ("install" in code) is installs
PY
