"""What nbgrader does again for each cell and each look into the gradebook, done once.

Nothing that it computes changes. A schema is not held to the schema of schemas at every cell, and a notebook is held to
its format after the last preprocessor, not after each. One engine serves all looks into a gradebook, the cells of a
notebook are fetched together, and what one look writes is committed together.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Callable, Iterator
from functools import cache, partial
from types import SimpleNamespace
from typing import Any

import fastjsonschema
import jsonschema
import nbformat
import sqlalchemy
from jsonschema.exceptions import best_match
from nbformat.v4 import nbbase
from nbformat.validator import get_validator
from nbgrader import api
from nbgrader.nbgraderformat import common
from sqlalchemy.orm import Session, sessionmaker

from twolenses.handing_in import sanitise

__all__ = ["quicker"]


@contextlib.contextmanager
def quicker() -> Iterator[None]:
    """Have nbgrader work so for as long as a block lasts."""
    engines: list[Any] = []

    @cache
    def engine_of(url: str, **options: Any) -> Any:
        engine = sqlalchemy.create_engine(url, **options)
        engines.append(engine.dispose)
        engine.dispose = _kept_open  # type: ignore[method-assign]
        return engine

    book = api.Gradebook
    swaps: list[tuple[Any, str, Any]] = [
        (common, "jsonschema", SimpleNamespace(validate=_validate)),
        (nbbase, "validate", _validate_output),
        (sanitise, "_released", cache(sanitise._released)),
        (api, "app_log", logging.Logger("nbgrader", logging.CRITICAL)),  # what it logs there is raised as well
        (api, "create_engine", engine_of),
        (api, "inspect", cache(_inspected)),
        (api, "sessionmaker", partial(sessionmaker, class_=_Together, expire_on_commit=False)),
        (api.Base.metadata, "create_all", lambda bind: None),
        (book, "check_course", _once_for_each_gradebook(book.check_course)),
        (book, "close", _committing(book.close)),
        (book, "find_source_cell", _together(book.find_source_cell, _cells_of(api.SourceCell))),
        (book, "find_graded_cell", _together(book.find_graded_cell, _cells_of(api.GradeCell))),
        (book, "find_grade", _together(book.find_grade, _marks_of(api.Grade, api.GradeCell))),
        (book, "find_comment", _together(book.find_comment, _marks_of(api.Comment, api.SolutionCell))),
    ]
    before = [getattr(where, name) for where, name, _ in swaps]
    for where, name, other in swaps:
        setattr(where, name, other)
    try:
        yield
    finally:
        for dispose in engines:
            dispose()
        for (where, name, _), one in zip(swaps, before, strict=True):
            setattr(where, name, one)


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────


def _validate(instance: Any, schema: Any) -> None:
    """`jsonschema.validate`, compiled; what fails is left to jsonschema for its sentence."""
    fast, slow = _validators(json.dumps(schema))
    try:
        fast(instance)
    except fastjsonschema.JsonSchemaException:
        error = best_match(slow.iter_errors(instance))
        if error is not None:
            raise error from None


@cache
def _validators(schema: str) -> tuple[Callable[[Any], Any], Any]:
    made = json.loads(schema)
    return fastjsonschema.compile(made, use_default=False), jsonschema.validators.validator_for(made)(made)


def _validate_output(node: Any, ref: str | None = None) -> None:
    """nbformat's own look at a part of a notebook, compiled; what fails is left to nbformat for its sentence."""
    try:
        _compiled(ref)(node)
    except fastjsonschema.JsonSchemaException:
        nbformat.validate(node, ref=ref, version=4)


@cache
def _compiled(ref: str | None) -> Callable[[Any], Any]:
    schema = dict(get_validator(4, nbbase.nbformat_minor, name="jsonschema")._validator.schema)
    if ref is not None:
        schema = {name: schema[name] for name in ("$schema", "definitions")} | {"$ref": f"#/definitions/{ref}"}
    compiled: Callable[[Any], Any] = fastjsonschema.compile(schema, use_default=False)
    return compiled


# ── the gradebook ────────────────────────────────────────────────────────────────────────────────────


def _inspected(engine: Any) -> Any:
    """The tables of a gradebook, which has all of them: :class:`~twolenses.grading.run.Run` has opened it before."""
    names = sqlalchemy.inspect(engine).get_table_names()
    return SimpleNamespace(get_table_names=lambda: names)


def _kept_open(close: bool = True) -> None:
    """An engine lets its connections go when the block ends."""


class _Together(Session):
    """What one look into the gradebook writes is written at its end: a submission has all of its scores or none."""

    def commit(self) -> None:
        self.flush()


def _committing(close: Callable[[Any], None]) -> Callable[[Any], None]:
    def closed(book: Any) -> None:
        try:
            session = book.db()
            if session.is_active:
                Session.commit(session)
        finally:
            close(book)

    return closed


def _once_for_each_gradebook(check: Callable[..., Any]) -> Callable[..., Any]:
    known: set[tuple[Any, str]] = set()

    def checked(book: Any, course_id: str = "default_course", **named: Any) -> Any:
        if named or (book.engine, course_id) not in known:
            check(book, course_id, **named)
            known.add((book.engine, course_id))

    return checked


Rows = Callable[..., dict[str, Any]]


def _together(find: Callable[..., Any], rows: Rows) -> Callable[..., Any]:
    """A look for one cell that fetches those of its notebook, and answers the next from them."""

    def found(book: Any, name: str, *where: str) -> Any:
        known = book.__dict__.setdefault("_together", {})
        if (find, where) not in known:
            known[find, where] = rows(book, *where)
        row = known[find, where].get(name)
        return find(book, name, *where) if row is None else row

    return found


def _cells_of(kind: Any) -> Rows:
    """The cells of a notebook, by name."""

    def rows(book: Any, notebook: str, assignment: str) -> dict[str, Any]:
        asked = book.db.query(kind).join(api.Notebook, api.Notebook.id == kind.notebook_id)
        asked = asked.join(api.Assignment, api.Assignment.id == api.Notebook.assignment_id)
        asked = asked.filter(api.Notebook.name == notebook, api.Assignment.name == assignment)
        return {one.name: one for one in asked}

    return rows


def _marks_of(kind: Any, cell: Any) -> Rows:
    """The grades or comments of a student's notebook, by the name of their cells."""

    def rows(book: Any, notebook: str, assignment: str, student: str) -> dict[str, Any]:
        asked = book.db.query(kind, cell.name).join(cell, cell.id == kind.cell_id)
        asked = asked.join(api.SubmittedNotebook, api.SubmittedNotebook.id == kind.notebook_id)
        asked = asked.join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
        asked = asked.join(
            api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id
        ).join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        asked = asked.filter(api.Notebook.name == notebook, api.Assignment.name == assignment)
        return {name: one for one, name in asked.filter(api.SubmittedAssignment.student_id == student)}

    return rows
