"""QTI 2.1 and 3.0, marked by two scorers that others wrote: TAO's and qti-components, each in Chromium."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import readers
import responses
from playwright.sync_api import Browser, Page

from twolenses import quiz
from twolenses.lms import qti21, qti30, select
from twolenses.quiz.types import BaseQuestion, Essay

BANK = Path(__file__).parent / "lms_bank"
WRITERS = {"qti21": (qti21, readers.tao), "qti30": (qti30, readers.qti_components)}


@pytest.fixture(scope="module")
def every() -> list[quiz.Quiz]:
    return [*select.questions(), *select.questions(bank=BANK)]


@pytest.fixture(scope="module", params=WRITERS)
def judged(
    request: pytest.FixtureRequest, every: list[quiz.Quiz], browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Page, zipfile.ZipFile]]:
    writer, reader = WRITERS[request.param]
    path = tmp_path_factory.mktemp("qti") / "all.zip"
    assert writer.write(every, path).questions == sum(map(len, every))
    page = reader(browser)
    with zipfile.ZipFile(path) as package:
        yield page, package
    page.close()


def asked(every: list[quiz.Quiz]) -> list[BaseQuestion]:
    return [question for one in every for question in one if not isinstance(question, Essay)]


def test_every_response_gets_the_mark_of_the_page(every: list[quiz.Quiz], judged: tuple[Page, zipfile.ZipFile]) -> None:
    page, package = judged
    wrong = []
    for question in asked(every):
        tried = responses.tried(question)
        xml = package.read(f"items/q-{question.id}.xml").decode()
        given = [responses.as_qti(question, one) for one in tried]
        marks = page.evaluate("([xml, tries]) => score(xml, tries)", [xml, given])
        for response, (mark, said) in zip(tried, marks, strict=True):
            fraction = quiz.mark(question, responses.as_page(question, response)).fraction
            if mark != pytest.approx(question.points * fraction, abs=0.005):  # qti-components rounds each sum
                wrong.append((question.id, response, mark, question.points * fraction))
            if ("hint" in said) != (fraction < 1) or "because" not in said:
                wrong.append((question.id, response, said, fraction))
    assert wrong == []
