"""The package around the items: a test for each chapter, and the manifest, which has the tags."""

from __future__ import annotations

import re
from functools import partial
from itertools import groupby

from lxml import etree

from twolenses.lms import forms, writing
from twolenses.lms.losses import Losses
from twolenses.lms.pools import Pool
from twolenses.lms.qti import items
from twolenses.lms.qti.items import Element, Q, identifier
from twolenses.lms.qti.versions import Version
from twolenses.quiz import Quiz

__all__ = ["Manifest", "document"]

LOM = "http://ltsc.ieee.org/xsd/LOM"
PICTURES = "pictures"
PLAIN = re.compile("[A-Za-z0-9._-]+")
"""What may follow a letter in an identifier; the file of an own bank may be called otherwise."""


def document(quizzes: list[Quiz], losses: Losses, version: Version) -> bytes:
    """The package as a zip archive."""
    losses.of_all("sources are lost; hints are shown with a wrong answer")
    pictures = writing.Pictures(f"../{PICTURES}/")
    manifest = Manifest(version)
    parts: dict[str, str | bytes] = {}
    for chapter, group in groupby(quizzes, key=lambda quiz: quiz.name):
        name = chapter if PLAIN.fullmatch(chapter) else writing.ident("qti", chapter)
        members = [quiz for quiz in group if len(quiz)]
        for quiz in members:
            made = list(writing.each(quiz, partial(items.item, losses=losses)))
            for question, item in zip(quiz, made, strict=True):
                shown = _placed(item, pictures, quiz)
                href = f"items/{identifier(question)}.xml"
                parts[href] = version.written(item)
                manifest.item(identifier(question), href, forms.tags(question), shown)
        if members:
            parts[f"tests/{name}.xml"] = version.written(_test(name, members))
            manifest.test(f"t-{name}", f"tests/{name}.xml", [identifier(one) for quiz in members for one in quiz])
    files = {f"{PICTURES}/{name}": content for name, content in pictures.found.items()}
    return writing.packed({"imsmanifest.xml": manifest.written(), **parts, **files})


def _placed(item: Element, pictures: writing.Pictures, quiz: Quiz) -> list[str]:
    """Put the pictures of an item into the package; their names there."""
    before = []
    for image in item.iter(f"{{{items.NAMESPACE}}}img"):
        html = pictures.placed(f'<img src="{image.get("src")}" alt=""', quiz.folder)
        image.set("src", html.split('"')[1])
        before.append(html.split('"')[1].removeprefix("../"))
    return before


def _test(name: str, quizzes: list[Quiz]) -> Element:
    section = Q.assessmentSection(identifier="s-1", title=writing.title(quizzes[0]), visible="true")
    for quiz in quizzes:
        refs = (Q.assessmentItemRef(identifier=identifier(one), href=f"../items/{identifier(one)}.xml") for one in quiz)
        if isinstance(quiz, Pool):
            pool = Q.assessmentSection(Q.selection(select="1"), *refs, identifier=f"s-{quiz.base}", title=quiz.base)
            pool.set("visible", "false")
            section.append(pool)
        else:
            section.extend(refs)
    part = Q.testPart(section, identifier="p-1", navigationMode="nonlinear", submissionMode="individual")
    return Q.assessmentTest(
        Q.outcomeDeclaration(identifier="SCORE", cardinality="single", baseType="float"),
        part,
        Q.outcomeProcessing(Q.setOutcomeValue(Q.sum(Q.testVariables(variableIdentifier="SCORE")), identifier="SCORE")),
        identifier=f"t-{name}",
        title=writing.title(quizzes[0]),
    )


class Manifest:
    """The list of what is in a package, in the making."""

    def __init__(self, version: Version) -> None:  # noqa: D107
        self.version = version
        self.root = etree.Element("manifest", identifier="two-lenses", nsmap={None: version.package, "lom": LOM})
        metadata = etree.SubElement(self.root, "metadata")
        for name, value in zip(("schema", "schemaversion"), version.schema, strict=True):
            etree.SubElement(metadata, name).text = value
        etree.SubElement(self.root, "organizations")
        self.resources = etree.SubElement(self.root, "resources")
        self.known: set[str] = set()

    def item(self, name: str, href: str, tags: list[str], shown: list[str]) -> None:
        """An item, with its tags and the pictures that it shows."""
        resource = self._resource(name, self.version.item, href, tags, shown)
        for picture in dict.fromkeys(shown):
            etree.SubElement(resource, "file", href=picture)

    def test(self, name: str, href: str, members: list[str]) -> None:
        """A test, with its items."""
        resource = self._resource(name, self.version.test, href, [], [])
        for member in members:
            etree.SubElement(resource, "dependency", identifierref=member)

    def _resource(self, name: str, kind: str, href: str, tags: list[str], shown: list[str]) -> Element:
        resource = etree.SubElement(self.resources, "resource", identifier=name, type=kind, href=href)
        if tags:
            lom = etree.SubElement(etree.SubElement(resource, "metadata"), f"{{{LOM}}}lom")
            general = etree.SubElement(lom, f"{{{LOM}}}general")
            for tag in tags:
                keyword = etree.SubElement(general, f"{{{LOM}}}keyword")
                etree.SubElement(keyword, f"{{{LOM}}}string", language="en").text = tag
        etree.SubElement(resource, "file", href=href)
        return resource

    def written(self) -> bytes:
        """The file."""
        return bytes(etree.tostring(self.root, encoding="UTF-8", xml_declaration=True))
