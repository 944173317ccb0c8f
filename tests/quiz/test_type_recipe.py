"""What a question type is made of. Whoever adds one runs this file, and it lists what is still missing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest

from twolenses import quiz
from twolenses.lms import together
from twolenses.quiz import html, types
from twolenses.quiz.types import TYPES, BaseQuestion, Mark

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "marking.json").read_text(encoding="utf-8"))
FORMATS = together.modules()


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> quiz.Quiz:
    path = tmp_path_factory.mktemp("bank") / "bank.yml"
    path.write_text(VECTORS["bank"], encoding="utf-8")
    return quiz.read(path)


def missing(name: str, model: type[BaseQuestion], bank: quiz.Quiz, folder: Path) -> Iterator[str]:
    """What a type has not, by the place where it belongs."""
    file = Path(types.__file__).with_name(f"{name.replace('-', '_')}.py")
    if not file.is_file() or f"class {model.__name__}(" not in file.read_text(encoding="utf-8"):
        yield f"quiz/types/{file.name}: the class {model.__name__}"
    if TYPES.get(name) is not model:
        yield "quiz/types/__init__.py: a line in Question"
    if not (html.HERE / "templates" / model.template).is_file():
        yield f"quiz/templates/{model.template}: its controls"
    marking = (html.HERE / "static" / "marking.js").read_text(encoding="utf-8").partition("const MARK = {")[2]
    if not re.search(rf'^    "?{name}"?[:(]', marking, re.MULTILINE):
        yield f"quiz/static/marking.js: {name} in MARK"
    ids = {question.id for question in bank if question.type == name}
    asked = Counter(vector["question"] for vector in VECTORS["vectors"])
    if not ids or any(asked[id] < 6 for id in ids):
        yield f"tests/quiz/marking.json: a question with type: {name}, and six vectors"
    examples = [one for one in bank if one.id in ids] or [made(name, model)]
    for format, module in FORMATS.items():
        try:
            written = module.write([quiz.Quiz(Path("q.yml"), (one,), (1,)) for one in examples], folder / f"q.{format}")
            named = any(line.startswith((name, *ids)) for line in written.losses)
            lost = written.questions < len(examples) and not named
        except Exception:
            lost = True
        if lost:
            yield f"lms/{format}: a writer, or a line about what is lost"


def made(name: str, model: type[BaseQuestion]) -> BaseQuestion:
    """A question of a type that no bank has."""
    return model(
        id="one", type=name, objective="o", level="apply", difficulty="easy", source=["C21"], stem="Where?",
        hint=["Think."], because="So.",
    )  # fmt: skip


@pytest.mark.parametrize("name", TYPES)
def test_every_type_has_all_its_parts(bank: quiz.Quiz, tmp_path: Path, name: str) -> None:
    assert list(missing(name, TYPES[name], bank, tmp_path)) == []


class Slider(BaseQuestion):
    """A type that is only a class."""

    template: ClassVar[str] = "slider.html"
    type: Literal["slider"]

    def mark(self, response: Any) -> Mark:
        return Mark(0)

    def marking(self) -> dict[str, Any]:
        return {"type": self.type}

    def solution(self) -> str:
        return "Here."


@pytest.mark.parametrize("format", FORMATS)
def test_a_format_leaves_out_a_type_that_it_has_no_writer_for_and_says_so(tmp_path: Path, format: str) -> None:
    one = made("slider", Slider)
    written = FORMATS[format].write([quiz.Quiz(Path("q.yml"), (one,), (1,))], tmp_path / "q")
    assert written.questions == 0
    assert "slider (1 question): this format has no form for it; left out" in written.losses


def test_a_new_type_hears_what_it_lacks_in_at_most_five_files(bank: quiz.Quiz, tmp_path: Path) -> None:
    assert {"moodle", "paper"} <= set(FORMATS)
    assert list(missing("slider", Slider, bank, tmp_path)) == [
        "quiz/types/slider.py: the class Slider",
        "quiz/types/__init__.py: a line in Question",
        "quiz/templates/slider.html: its controls",
        "quiz/static/marking.js: slider in MARK",
        "tests/quiz/marking.json: a question with type: slider, and six vectors",
    ]
