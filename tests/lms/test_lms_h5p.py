"""H5P question sets, marked by the rules of H5P's libraries."""

from __future__ import annotations

import json
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import h5p_rules
import h5p_scores
import pytest
import responses

from twolenses import quiz
from twolenses.lms import h5p, select
from twolenses.lms.texts import plain
from twolenses.quiz.types import (
    BaseQuestion,
    Numeric,
    Ordering,
)

BANK = Path(__file__).parent / "lms_bank"


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Every question of a set by its id."""
    with zipfile.ZipFile(path) as package:
        content = json.loads(package.read("content/content.json"))
        about = json.loads(package.read("h5p.json"))
    known = {
        f"{one['machineName']} {one['majorVersion']}.{one['minorVersion']}" for one in about["preloadedDependencies"]
    }
    assert {one["library"] for one in content["questions"]} <= known
    return {one["metadata"]["title"]: one for one in content["questions"]}


@pytest.fixture(scope="module")
def every() -> list[quiz.Quiz]:
    return [*select.questions(), *select.questions(bank=BANK)]


@pytest.fixture(scope="module")
def found(every: list[quiz.Quiz], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    path = tmp_path_factory.mktemp("h5p") / "all.h5p"
    h5p.write(every, path)
    return read(path)


def mark(one: dict[str, Any], question: BaseQuestion, response: Any) -> float:
    points, most = h5p_rules.points(one["library"], one["params"], h5p_rules.given(one, question, response))
    return points / most


def test_the_rules_are_those_of_the_libraries() -> None:
    """What H5P's own libraries gave to every response to the bank of these tests: `h5p_scores.py` asked them."""
    record = json.loads(h5p_scores.RECORD.read_text(encoding="utf-8"))
    assert {one["library"].split()[0] for one in record} == set(h5p.TITLES)
    for one in record:
        for state, points, most in one["scores"]:
            assert h5p_rules.points(one["library"], one["params"], state) == (points, most), one
    assert sum(len(one["scores"]) for one in record) > 100


def test_every_response_gets_the_mark_of_the_page_where_h5p_can(every: list[quiz.Quiz], found: dict[str, Any]) -> None:
    wrong, tried = [], 0
    for question in (question for one in every for question in one if question.id in found):
        for response in responses.tried(question):
            if isinstance(response, str) and "*" in response:
                continue  # an answer with a star has no form, the others of the question have
            fraction = quiz.mark(question, responses.as_page(question, response)).fraction
            if (isinstance(question, Ordering) and fraction < 1) or (
                getattr(question, "reasons", ()) and fraction == 0.5
            ):
                continue  # parts of the mark that are lost, with a line
            if isinstance(question, Numeric) and fraction and response not in _listed(found[question.id]):
                continue  # within the tolerance, with more decimals than the list has
            made, tried = mark(found[question.id], question, response), tried + 1
            if made != pytest.approx(fraction):
                wrong.append((question.id, response, made, fraction))
    assert wrong == []
    assert tried > 900


def _listed(one: dict[str, Any]) -> list[str]:
    return h5p_rules.gaps(one["params"]["questions"][0])[0][0]


def test_a_number_is_a_list_with_point_and_comma(found: dict[str, Any]) -> None:
    known = _listed(found["percent"])
    assert known[0] == "46.1"
    assert {"45.7", "46.6", "46", "46,1", "46,6"} <= set(known)
    assert "45.5" not in known
    assert {"8350", "8,350", "8.350", "8 350"} <= set(_listed(found["figures"]))


def test_what_h5p_cannot_hold_is_left_out_with_a_line(tmp_path: Path) -> None:
    losses = h5p.write(select.questions(bank=BANK), tmp_path / "x.h5p").losses
    assert "essay (1 question): this format has no form for it; left out" in losses
    assert "verdict: H5P's texts hold no formula; left out" in losses
    assert not {"verdict", "gaps", "text"} & set(read(tmp_path / "x.h5p"))
    bank_of(tmp_path, [short("12:30"), short("1/2", id="half"), short("x", id="x")])
    losses = h5p.write(select.questions(bank=tmp_path / "bank"), tmp_path / "y.h5p").losses
    assert "short: every accepted answer has a mark that H5P gives a meaning: * / or :; left out" in losses
    assert set(read(tmp_path / "y.h5p")) == {"x"}


def test_the_same_questions_have_the_same_bytes_and_ids(tmp_path: Path) -> None:
    for name in ("one", "two"):
        h5p.write(select.questions(bank=BANK), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def short(answer: str, text: str = "x", **more: Any) -> dict[str, Any]:
    common = {"objective": "o", "level": "apply", "difficulty": "easy", "source": "C21", "hint": text, "because": text}
    return common | {"id": "short", "type": "short", "stem": text, "answers": [answer]} | more


def bank_of(folder: Path, made: list[dict[str, Any]]) -> None:
    (folder / "bank").mkdir(exist_ok=True)
    (folder / "bank/01-x.yml").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")


HOSTILE = [
    "<script>alert(1)</script>", "a*b", "*a*", "a:b", "a/b", r"a\\-b", r"\\+x", "x _____________", "]]>", "&amp;", "a\u0007b",
    "\u202ertl\u202c مرحبا", "café ☃ 𝕏", "word " * 2000, "- a\n- b", "> a", "[x](https://example.org)",
]  # fmt: skip
TAGS = {"p", "br", "strong", "em", "code", "pre", "div"}


def test_a_hostile_text_means_the_same(tmp_path: Path) -> None:
    made = []
    for number, text in enumerate(HOSTILE):
        made.append(short("key", text, id=f"short-{number}"))
        pairs = [{"left": f"{n} {text}", "right": f"{n}{text}", "feedback": text} for n in "abc"]
        made.append(short("", text, id=f"pairs-{number}", type="matching", pairs=pairs))
        del made[-1]["answers"]
    bank_of(tmp_path, made)
    quizzes = select.questions(bank=tmp_path / "bank")
    h5p.write(quizzes, tmp_path / "x.h5p")
    questions = read(tmp_path / "x.h5p")
    for number, text in enumerate(HOSTILE):
        one, pairs = questions[f"short-{number}"]["params"], questions[f"pairs-{number}"]["params"]
        assert h5p_rules.gaps(one["questions"][0])[0][0] == ["key"]
        assert set(re.findall(r"</?([a-z0-9]+)", one["text"])) <= TAGS
        if text not in HOSTILE[-3:]:
            assert unescape(re.sub("<[^>]*>", "", one["text"])).split() == plain(text).split()
        rights = [plain(f"{n}{text}") for n in "abc"]
        listed = len(rights[0]) > 200
        words = h5p_rules.words(pairs["textField"])
        if listed:
            assert sorted(words) == ["A", "B", "C"]
        else:
            assert words == [" ".join(right.split("\n")).rstrip() for right in rights]
