"""What nbgrader does with our short cuts is what it does without: the same rows, the same refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import classes
import pytest
from nbformat.v4 import nbbase, new_code_cell, new_output
from nbgrader import api
from nbgrader.nbgraderformat import MetadataValidator

from twolenses.grading.quicker import quicker

WHERE = ("small", "small")
NAMES = ["answer", "first", "second", "no-such-cell"]

pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")  # nbgrader's own


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A gradebook with the submissions of two."""
    course = classes.small(tmp_path_factory.mktemp("course"), {"first": "assert x", "second": "assert x"}, {})
    with api.Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for student in ("ana", "petar"):
            book.add_student(student)
            book.add_submission("small", student)
    return f"sqlite:///{course}/gradebook.db"


def looked_up(url: str) -> Iterator[tuple[str, str, Any]]:
    """Each look for each cell, and the id of what it finds, or the sentence."""
    with api.Gradebook(url) as book:
        for name in NAMES:
            for find, *more in (
                (book.find_source_cell,),
                (book.find_graded_cell,),
                *((find, student) for find in (book.find_grade, book.find_comment) for student in ("ana", "petar")),
            ):
                try:
                    yield name, find.__name__, find(name, *WHERE, *more).id
                except api.MissingEntry as error:
                    yield name, find.__name__, str(error)


def test_every_look_for_a_cell_finds_the_same(url: str) -> None:
    without = [(name, found) for name, _, found in looked_up(url)]
    with quicker():
        assert [(name, found) for name, _, found in looked_up(url)] == without
    assert {found for name, found in without if name == "no-such-cell"} >= {
        "No such source cell: small/small/no-such-cell"
    }


def test_what_is_written_in_one_look_is_there_in_the_next_and_for_others(url: str) -> None:
    with quicker():
        with api.Gradebook(url) as book:
            book.find_grade("first", *WHERE, "ana").auto_score = 2
            book.db.commit()
            book.find_grade("second", *WHERE, "ana").auto_score = 1
            book.db.commit()
        with api.Gradebook(url) as book:
            assert book.find_grade("first", *WHERE, "ana").auto_score == 2
    with api.Gradebook(url) as book:
        assert [book.find_grade(name, *WHERE, "ana").auto_score for name in NAMES[1:3]] == [2, 1]


def refused(make: Any) -> str:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        make()
    return f"{type(caught.value).__name__}: {str(caught.value).splitlines()[0]}"


@pytest.mark.parametrize(
    "make",
    [
        lambda: new_output("stream", text=5),
        lambda: new_output("display_data", data={"text/plain": 5}),
        lambda: new_output("error", traceback=None),
        lambda: MetadataValidator().validate_cell(_cell(grade_id="not a name!")),
        lambda: MetadataValidator().validate_cell(_cell(points="many")),
    ],
)
def test_what_has_no_sound_form_is_refused_in_the_same_words(make: Any) -> None:
    without = refused(make)
    with quicker():
        assert refused(make) == without


def _cell(**about: Any) -> Any:
    sound = {"schema_version": 3, "grade_id": "one", "grade": True, "solution": False, "locked": True, "task": False}
    return new_code_cell("", metadata={"nbgrader": sound | {"points": 1, "cell_type": "code", "checksum": ""} | about})


def test_afterwards_everything_is_nbgraders_own_again() -> None:
    def state() -> list[Any]:
        return [api.create_engine, api.sessionmaker, api.Gradebook.find_grade, api.Gradebook.close, nbbase.validate]

    before = state()
    with quicker():
        assert all(one is not other for one, other in zip(state(), before, strict=True))
    assert state() == before
    with pytest.raises(ZeroDivisionError), quicker():
        _ = 1 / 0
    assert state() == before
