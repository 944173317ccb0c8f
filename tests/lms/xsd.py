"""What the XSDs of 1EdTech say of our packages.

Run as a program, it holds every file of a package of the whole course to them, prints what they do not allow, and
otherwise writes `xsd_seen.json`: which XSDs they were, and what the files were made of. On every run of the tests an
export is held to that record: a part that no XSD has seen is an error there. `python tests/lms/xsd.py FOLDER`. FOLDER
has the XSDs named here and those that they import, as 1EdTech publishes them, in whatever folders. Their terms are
1EdTech's own, so that they are not kept here, and no package registry carries them, so that no test can fetch them.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

from twolenses.framing import canvas as survey_of_canvas
from twolenses.framing import qti as survey_in_qti
from twolenses.framing import texts
from twolenses.lms import canvas, cartridge, pools, qti21, qti30, select
from twolenses.lms.losses import Losses
from twolenses.lms.qti.versions import HTML, V21, V30

RECORD = Path(__file__).with_name("xsd_seen.json")
BANK = Path(__file__).parent / "lms_bank"
MANIFEST = "imsmanifest.xml"
MATHML = "http://www.w3.org/1998/Math/MathML"
WRITERS = {"canvas": canvas, "cartridge": cartridge, "qti21": qti21, "qti30": qti30}

SCHEMAS = {
    "cartridge": ("ccv1p1_imscp_v1p2_v1p0.xsd", "ccv1p1_qtiasiv1p2p1_v1p0.xsd"),
    "qti21": ("imscp_v1p1.xsd", "imsqti_v2p1p1.xsd"),
    "qti30": ("imsqtiv3p0_imscpv1p2_v1p0.xsd", "imsqti_asiv3p0p1_v1p0.xsd"),
}
"""Of the manifest, and of all other files. Those of Common Cartridge are of 1.1, whose manifest has other names.

The XSD of 1.3 for quizzes says that it allows `or` again, and names no other change.
"""

CARTRIDGE_1_1 = {b"imsccv1p3": b"imsccv1p1", b"imscc_xmlv1p3": b"imscc_xmlv1p1", b">1.3.0<": b">1.1.0<"}

Documents = dict[str, dict[str, bytes]]
"""Of each format, the XML files of a package by their names."""


def documents(folder: Path) -> Documents:
    """Packages of the course, variants among it, of the bank of these tests, and of the survey, written into a folder."""
    every = [*pools.spread(select.questions(), 2, "seed", Losses()), *select.questions(bank=BANK)]
    made: Documents = {}
    for name, writer in WRITERS.items():
        writer.write(every, folder / name)
        made[name] = _read((folder / name).read_bytes())
    for name, package in surveys().items():
        made[name] |= {f"survey/{part}": text for part, text in _read(package).items() if part != MANIFEST}
    return made


def surveys() -> dict[str, bytes]:
    """The framing experiment's packages, of each format one."""
    survey = texts.load()
    return {
        "canvas": survey_of_canvas.package(survey, survey.consent),
        "qti21": survey_in_qti.package(survey, "A", survey.consent, V21),
        "qti30": survey_in_qti.package(survey, "B", survey.consent, V30),
    }


def _read(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {part: archive.read(part) for part in archive.namelist() if part.endswith(".xml")}


# ── what a document is made of ───────────────────────────────────────────────────────────────────────


def parts(document: bytes) -> Iterator[str]:
    """Each attribute, each element under its parent, and which follows which; of a formula, only its elements."""
    for element in etree.fromstring(document).iter(etree.Element):
        name = _name(element)
        yield from (f"{name} @{_local(attribute)}" for attribute in element.attrib)
        yield from (f"{name} > {_name(child)}" for child in element if not _name(element).startswith("math:"))
        for one, after in pairwise(map(_name, element)):
            if one != after and not any(each in HTML or each.startswith("math:") for each in (one, after)):
                yield f"{name} > {one}, {after}"


def _name(element: Any) -> str:
    found = etree.QName(element)
    return f"math:{found.localname}" if found.namespace == MATHML else str(found.localname)


def _local(attribute: str) -> str:
    return str(etree.QName(attribute).localname)


# ── the record ───────────────────────────────────────────────────────────────────────────────────────


class _Anywhere(etree.Resolver):
    """Finds an import that is not where it is said to be by its name, in any folder; nothing is fetched."""

    def __init__(self, folder: Path) -> None:
        self.files = {path.name: path for path in sorted(folder.rglob("*.xsd"), reverse=True)}

    def resolve(self, url: str, public: str | None, context: Any) -> Any:
        if Path(url).is_file():
            return None
        return self.resolve_filename(str(self.files[url.rsplit("/", 1)[-1]]), context)


def _allowed(folder: Path, name: str, checked: dict[str, bytes]) -> tuple[str, list[str]]:
    """The digest of the XSD of that name, and what it does not allow in the files."""
    anywhere = _Anywhere(folder)
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(anywhere)
    schema = etree.XMLSchema(etree.parse(anywhere.files[name], parser))
    wrong = []
    for part, content in checked.items():
        if not schema.validate(etree.fromstring(content)):
            wrong += [f"{name}: {part}: {error.message}" for error in schema.error_log]
    return hashlib.sha256(anywhere.files[name].read_bytes()).hexdigest(), wrong


def main(folder: Path) -> None:
    """Write the record, or print what is wrong."""
    with tempfile.TemporaryDirectory() as written:
        made = documents(Path(written))
    record, wrong = {}, []
    for name, (of_manifest, of_files) in SCHEMAS.items():
        manifest = made[name][MANIFEST]
        for new, old in CARTRIDGE_1_1.items() if name == "cartridge" else ():
            manifest = manifest.replace(new, old)
        files = {part: content for part, content in made[name].items() if part != MANIFEST}
        schemas = {}
        for schema, checked in ((of_manifest, {MANIFEST: manifest}), (of_files, files)):
            schemas[schema], found = _allowed(folder, schema, checked)
            wrong += found
        seen = sorted({part for content in made[name].values() for part in parts(content)})
        record[name] = {"schemas": schemas, "files": len(made[name]), "seen": seen}
    if wrong:
        sys.exit("\n".join(wrong))
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(*(f"{name}: {one['files']} files, {len(one['seen'])} parts" for name, one in record.items()), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
