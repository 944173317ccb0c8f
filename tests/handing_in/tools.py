"""Notebooks as the tools of this world save them: each takes one apart in its own way."""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import nbformat

from twolenses import exercises

FIRST = exercises.exercise("1")
NAME = FIRST.name
SOLUTIONS = {
    str(cell.metadata["task"]): exercises.solution(cell.source)
    for cell in FIRST.notebook.cells
    if "task" in cell.metadata
}


def given_out() -> dict[str, Any]:
    """The notebook behind our buttons, as the JSON of its file."""
    return json.loads(exercises.writes(exercises.student(FIRST)))


def solved() -> dict[str, Any]:
    notebook = given_out()
    for cell in notebook["cells"]:
        if "task" in cell["metadata"]:
            cell["source"] = SOLUTIONS[cell["metadata"]["task"]].splitlines(keepends=True)
    return notebook


def cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """A cell by nbgrader's name of it."""
    return next(one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id") == name)


def text(one: dict[str, Any]) -> str:
    return "".join(one["source"])


def bare(notebook: dict[str, Any]) -> dict[str, Any]:
    """No metadata but the cells' type and text."""
    for one in notebook["cells"]:
        one["metadata"] = {}
        one.pop("id", None)
    return notebook | {"metadata": {}, "nbformat_minor": 4}


# ── tools ────────────────────────────────────────────────────────────────────────────────────────────


def colab(notebook: dict[str, Any]) -> dict[str, Any]:
    """Ids in the metadata, a table of contents of its own, and what it does not know is gone."""
    for number, one in enumerate(notebook["cells"]):
        one.pop("id")
        one["metadata"] = {"id": f"aBc{number}", "outputId": "x", "colab": {"base_uri": "https://localhost:8080/"}}
    metadata = {
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    return notebook | {"metadata": metadata, "nbformat_minor": 0}


def colab_with_widgets(notebook: dict[str, Any]) -> dict[str, Any]:
    """Our metadata kept; the widgets' without the key `state`, on which nbconvert's feedback stops."""
    model = {"model_module": "@jupyter-widgets/controls", "model_name": "IntSliderModel", "state": {"value": 3}}
    widgets = {"application/vnd.jupyter.widget-state+json": {"4f1c": model}}
    return notebook | {"metadata": {**notebook["metadata"], "colab": {"provenance": []}, "widgets": widgets}}


def vs_code(notebook: dict[str, Any]) -> dict[str, Any]:
    """A kernel named after an environment, a language for each cell, one text turned into a cell of code and back."""
    notebook["metadata"]["kernelspec"] = {"display_name": ".venv", "language": "python", "name": "venv-3.12"}
    for one in notebook["cells"]:
        one["metadata"] |= {"vscode": {"languageId": "python"}}
    cell(notebook, "correction")["cell_type"] = "code"
    return notebook


def deepnote(notebook: dict[str, Any]) -> dict[str, Any]:
    for number, one in enumerate(bare(notebook)["cells"]):
        one["metadata"] = {"cell_id": f"{number:032x}", "deepnote_cell_type": one["cell_type"], "source_hash": "ab12"}
    return notebook | {"metadata": {"deepnote_notebook_id": "0c"}, "nbformat_minor": 0}


def kaggle(notebook: dict[str, Any]) -> dict[str, Any]:
    for number, one in enumerate(bare(notebook)["cells"]):
        one["metadata"] = {"_uuid": f"{number:08x}", "trusted": True, "execution": {"iopub.status.busy": "2026-11-29"}}
        one["source"] = text(one)  # one string, not lines
    return notebook | {
        "metadata": {"kaggle": {"dataSources": []}, "kernelspec": {"name": "python3"}},
        "nbformat_minor": 4,
    }


def jupyterlite(notebook: dict[str, Any]) -> dict[str, Any]:
    """Ours for a browser, without the first cell, as JupyterLite saves it: its own kernel, trust in the cells."""
    notebook = json.loads(exercises.writes(exercises.lite_notebook(nbformat.from_dict(notebook))))
    notebook["metadata"] |= {"kernelspec": {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}}
    for one in notebook["cells"]:
        one["metadata"] |= {"trusted": True}
    return notebook


def doubled_ids(notebook: dict[str, Any]) -> dict[str, Any]:
    for one in notebook["cells"]:
        one["id"] = "same"
        one["metadata"].pop("nbgrader", None)
    return notebook


def no_ids(notebook: dict[str, Any]) -> dict[str, Any]:
    for one in notebook["cells"]:
        del one["id"]
    return notebook


def fresh_notebook(notebook: dict[str, Any]) -> dict[str, Any]:
    """Only the code, copied into a notebook of the student's own, without the first cell and one check."""
    kept = [one for one in notebook["cells"] if one["cell_type"] == "code"]
    names = [one["metadata"]["nbgrader"]["grade_id"] for one in kept]
    return bare(notebook | {"cells": [kept[n] for n, name in enumerate(names) if name not in ("install", "check-cut")]})


def cells_gone(notebook: dict[str, Any]) -> dict[str, Any]:
    """Imports and a check deleted, a given name changed, an answer written into its check."""
    gone = ("given-1", "check-clean", "bases")
    kept = [one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id") not in gone]
    table = cell(notebook, "given-4")
    table["source"] = re.sub(r"^kfor\b|\bkfor\b(?=[.\[])", "forces", text(table), flags=re.M)
    check = cell(notebook, "check-bases")
    check["source"] = SOLUTIONS["bases"] + "\n" + text(check)
    return notebook | {"cells": kept}


def release_0_1(notebook: dict[str, Any]) -> dict[str, Any]:
    """Before this release: tasks and checks only, no name of nbgrader's, and another first cell."""
    for number, one in enumerate(notebook["cells"], start=1):
        one["metadata"] = {key: one["metadata"][key] for key in ("task", "check", "points") if key in one["metadata"]}
        one["id"] = f"cell-{number:02d}"
    notebook["cells"][0] |= {"id": "install", "source": "# Installs the course package.\nneeded = True\n"}
    return notebook


def renamed_and_split(notebook: dict[str, Any]) -> dict[str, Any]:
    """An answer in two cells, a check copied, an own import added to the given ones and used."""
    imports = cell(notebook, "given-1")
    imports["source"] = text(imports) + "\nimport math"
    clean = cell(notebook, "clean")
    at = notebook["cells"].index(clean)
    clean["source"] = "half = math.floor(2.5)"
    own = {"cell_type": "code", "id": "own", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"].insert(at + 1, own | {"source": SOLUTIONS["clean"] + "\nprint(half)"})
    notebook["cells"].append(copy.deepcopy(cell(notebook, "check-read")) | {"id": "copied"})
    return notebook


TOOLS = {
    "Colab": colab,
    "Colab widgets": colab_with_widgets,
    "VS Code": vs_code,
    "Deepnote": deepnote,
    "Kaggle": kaggle,
    "JupyterLite": jupyterlite,
    "browser": lambda notebook: notebook,
    "doubled ids": doubled_ids,
    "no ids": no_ids,
    "fresh notebook": fresh_notebook,
    "cells gone": cells_gone,
    "release 0.1": release_0_1,
    "split": renamed_and_split,
}


def saved(notebook: dict[str, Any]) -> bytes:
    return json.dumps(notebook, ensure_ascii=False).encode()


def archive(entries: Mapping[str, bytes], when: datetime = datetime(2026, 11, 20, 12, 30)) -> bytes:
    """A zip with these files, all of one time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(zipfile.ZipInfo(name, when.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def mac_zip(entries: Mapping[str, bytes]) -> bytes:
    """What a Mac makes of a folder: the other half of each file beside it."""
    halves = {f"__MACOSX/{name.rpartition('/')[0]}/._{name.rpartition('/')[2]}": b"\0\5\26\7" for name in entries}
    return archive({**entries, **halves, "work/.DS_Store": b"\0"})
