"""``{dictionary}``: every table of the course, from `datapackage.json`: what it shows and cannot, columns, file.

The files lie beside the pages, in `data/`, so that a download works from any host or none. They keep their folders:
what is published is the data package itself, and any reader of Frictionless packages can open its description.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from twolenses import course, data, files, spreadsheet
from twolenses.book import wording
from twolenses.book.nodes import download, folded, joined, labelled, section, table

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "data"

LOOK = ("colwidths-auto", "tl-grid")
"""Classes of a table as wide as its words: the widths given count where it is printed as plain text."""

LICENCE_CLASSES = {
    "CC BY 4.0": "written for this course",
    "CC BY-able": "from a source whose licence lets us pass it on under CC BY 4.0",
    "small cited extract": "a small part of a larger work, quoted with its source",
    "single facts quoted from public pages": "facts collected one by one, each with its page",
    "share-alike": "keeps the share-alike licence of its source",
}
"""What `licenseClass` says about a table, in words."""


class DictionaryDirective(SphinxDirective):
    """Every table of the data package.

    Written ```` ```{dictionary} ```` (no argument, no content); out come an overview of all tables with their files,
    then a section per table: what it shows and cannot show, licence, sources, its columns folded, its file.
    """

    def run(self) -> list[nodes.Node]:
        tables = [data.describe(name) for name in data.tables()]
        rows = {one["name"]: len(data.load(one["name"])) for one in tables}
        outlines = geo()
        description = nodes.paragraph("", "", nodes.Text("All tables in one description: "), _file("datapackage.json"))
        classes = nodes.definition_list("", *(_meaning(*one) for one in _classes(tables + outlines)))
        return [
            section("Overview", "overview", _overview(tables, rows), description, classes),
            section("Tables", "tables", *(self._table(one, rows[one["name"]]) for one in tables)),
            section("Outlines for maps", "outlines", *(self._resource(one, "") for one in outlines)),
        ]

    def _table(self, table: dict[str, Any], rows: int) -> nodes.section:
        fields = table["schema"]["fields"]
        shown = self._resource(table, f"{rows:,} rows, {len(fields)} columns", _workbook(table["path"]))
        shown += folded(f"Columns of {table['name']}", _columns(fields), classes=("tl-columns",))
        if links := [_joins(key) for key in table["schema"].get("foreignKeys", [])]:
            shown += nodes.paragraph("", f"Joins {wording.listed(links)}.")
        return shown

    def _resource(self, resource: dict[str, Any], size: str, workbook: str = "") -> nodes.section:
        name = resource["name"]
        shown = section(name, f"table-{name}")
        shown["names"] = [f"table-{name}"]
        self.state.document.note_explicit_target(shown)
        shown += nodes.paragraph("", "", nodes.strong("", resource["title"]))
        shown += nodes.paragraph("", resource["description"])
        shown += labelled("Shows:", resource["shows"])
        shown += labelled("Cannot show:", resource["cannotShow"])
        shown += labelled("Licence:", *_licence(resource))
        shown += labelled("Cite as:", resource["citation"])
        shown += labelled("Sources:", *_sources(resource["sources"]))
        more: list[nodes.Node | str] = [", ", _file(workbook), f", {size}"] if workbook else []
        shown += labelled("File:", _file(resource["path"]), *more)
        return shown


def geo() -> list[dict[str, Any]]:
    """The files of outlines, which are no tables."""
    package = json.loads((course.root() / "data" / "datapackage.json").read_text(encoding="utf-8"))
    return list(package.get("geo", []))


def _overview(tables: list[dict[str, Any]], rows: dict[str, int]) -> nodes.table:
    lines = [
        (
            nodes.reference("", "", nodes.Text(one["name"]), refid=f"table-{one['name']}", internal=True),
            nodes.Text(one["title"]),
            nodes.Text(f"{rows[one['name']]:,}"),
            nodes.Text(one["licenseClass"]),
            _file(one["path"], "CSV", one["name"]),
        )
        for one in tables
    ]
    return table({"Table": 28, "Title": 48, "Rows": 7, "Licence class": 22, "File": 6}, lines, *LOOK)


def _columns(fields: list[dict[str, Any]]) -> nodes.table:
    lines = [
        (
            nodes.literal("", field["name"]),
            nodes.Text(f"{_sentence(field['description'])} {_constraints(field)}".rstrip()),
            nodes.Text(field["type"]),
            nodes.Text(field.get("unit", "")),
        )
        for field in fields
    ]
    return table({"Column": 24, "Meaning": 60, "Type": 10, "Unit": 16}, lines, *LOOK)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _constraints(field: dict[str, Any]) -> str:
    """What values are allowed, in words."""
    rules = field.get("constraints", {})
    rules_in_words = []
    if "enum" in rules:
        rules_in_words.append(f"One of: {', '.join(map(str, rules['enum']))}")
    if "minimum" in rules and "maximum" in rules:
        rules_in_words.append(f"From {rules['minimum']} to {rules['maximum']}")
    elif "minimum" in rules:
        rules_in_words.append(f"At least {rules['minimum']}")
    elif "maximum" in rules:
        rules_in_words.append(f"At most {rules['maximum']}")
    if rules.get("unique"):
        rules_in_words.append("Each once")
    if field["type"] == "boolean":
        yes, no = field.get("trueValues", ["true"])[0], field.get("falseValues", ["false"])[0]
        rules_in_words.append(f"{yes} or {no}")
    if not rules.get("required"):
        rules_in_words.append("May be empty")
    return ". ".join(rules_in_words) + ("." if rules_in_words else "")


def _joins(key: dict[str, Any]) -> str:
    other, columns = key["reference"]["resource"], key["fields"]
    columns = [columns] if isinstance(columns, str) else columns
    return f"{other or 'itself'} by {wording.listed(columns)}"


def _licence(resource: dict[str, Any]) -> list[nodes.Node]:
    line: list[nodes.Node] = [nodes.Text(resource["licenseClass"])]
    for licence in resource.get("licenses", []):
        line += [nodes.Text("; source: "), *wording.link(licence["title"], licence.get("path", ""))]
    return [*line, nodes.Text(".")]


def _sources(sources: list[dict[str, str]]) -> list[nodes.Node]:
    return joined((wording.link(source["title"], source.get("path", "")) for source in sources), "; ", ".")


def _classes(resources: list[dict[str, Any]]) -> list[tuple[str, int]]:
    names = [one["licenseClass"] for one in resources]
    return [(name, names.count(name)) for name in dict.fromkeys(names)]


def _meaning(name: str, count: int) -> nodes.definition_list_item:
    files = "1 file" if count == 1 else f"{count} files"
    meaning = LICENCE_CLASSES.get(name, name)
    explained = nodes.definition("", nodes.paragraph("", f"{wording.capital(meaning)} ({files})."))
    return nodes.definition_list_item("", nodes.term("", name), explained)


def _file(path: str, shown: str = "", what: str = "") -> nodes.Node:
    node = download("", shown or Path(path).name, path=f"{FOLDER}/{path}")
    if what:
        node["html"] = {"aria-label": f"{shown} of {what}"}
    return node


def _workbook(path: str) -> str:
    """The file for a spreadsheet, beside a table's own."""
    return str(Path(path).with_suffix(".xlsx"))


def ship_data(app: Sphinx, error: Exception | None) -> None:
    """Copy every table and outline beside the pages, and each table once more for a spreadsheet."""
    if error is not None or app.builder.format != "html" or app.builder.name == "epub":
        return
    source, target = course.root() / "data", Path(app.outdir, FOLDER)
    resources = [data.describe(name) for name in data.tables()] + geo()
    for path in ["datapackage.json", "share-alike/README.md", *(one["path"] for one in resources)]:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, target / path)
    for name in data.tables():
        path = data.describe(name)["path"]
        book = target / _workbook(path)
        if not _is_newer(book, source / path, source / "datapackage.json", Path(spreadsheet.__file__)):
            files.write(book, spreadsheet.workbook(name))


def _is_newer(made: Path, *sources: Path) -> bool:
    """Whether a file was made after its sources were last saved."""
    return made.exists() and made.stat().st_mtime_ns > max(path.stat().st_mtime_ns for path in sources)


def setup(app: Sphinx) -> None:
    """Register the directive and the copying."""
    app.add_directive("dictionary", DictionaryDirective)
    app.connect("build-finished", ship_data)
