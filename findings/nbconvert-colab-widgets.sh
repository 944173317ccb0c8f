#!/usr/bin/env bash
# nbconvert cannot show a notebook that Colab saved with a progress bar in it.
#
# Version   nbconvert 7.17.2, nbformat 5.10.4
# Expected  `metadata.widgets` as Colab writes it, models by their ids and no "state" around them, is valid by nbformat's
#           own schema and does no harm.
# Seen      nbformat.validate accepts it. With any displayed output in the notebook, a table or a chart, HTMLExporter
#           stops with KeyError: 'state'. So does nbgrader's generate_feedback, which uses it: no feedback for that student.
# Hurt      Classes whose students work in Colab, as soon as a cell has drawn a widget.
# Remedy    Drop metadata.widgets before converting.
# Source    nbconvert.filters.widgetsdatatypefilter; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet nbconvert==7.17.2 nbformat==5.10.4
"$work/env/bin/python" -W ignore - <<'PY'
import nbformat
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

model = {"model_module": "@jupyter-widgets/base", "model_module_version": "1.2.0", "model_name": "LayoutModel", "state": {}}
colab = new_notebook(
    cells=[new_code_cell("table", outputs=[new_output("display_data", data={"text/plain": "a table"})])],
    metadata={"widgets": {"application/vnd.jupyter.widget-state+json": {"0a1b2c": model}}},
)
nbformat.validate(colab)
try:
    HTMLExporter().from_notebook_node(colab)
except KeyError as error:
    print(f"KeyError: {error}")
    assert error.args == ("state",)
else:
    raise SystemExit("it is shown now")
del colab.metadata["widgets"]
assert "<html" in HTMLExporter().from_notebook_node(colab)[0]
print("without metadata.widgets it is shown")
PY
