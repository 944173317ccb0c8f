"""What nbgrader does again for each cell and each look into the gradebook, done once.

Nothing that it computes changes: a schema is not held to the schema of schemas at every cell, and queries keep their
compiled form, because one engine serves all looks into a gradebook.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import jsonschema
import sqlalchemy
from jsonschema.exceptions import best_match
from nbgrader import api
from nbgrader.nbgraderformat import common

__all__ = ["quicker"]


@contextlib.contextmanager
def quicker() -> Iterator[None]:
    """Have nbgrader work so for as long as a block lasts."""
    engines: list[Any] = []

    @cache
    def engine_of(url: str, **options: Any) -> Any:
        engines.append(sqlalchemy.create_engine(url, **options))
        return engines[-1]

    swaps = [
        (common, "jsonschema", SimpleNamespace(validate=_validate)),
        (api, "create_engine", engine_of),
        (api, "inspect", cache(_inspected)),
        (api.Base.metadata, "create_all", lambda bind: None),
    ]
    before = [getattr(where, name) for where, name, _ in swaps]
    for where, name, other in swaps:
        setattr(where, name, other)
    try:
        yield
    finally:
        for engine in engines:
            engine.dispose()
        for (where, name, _), one in zip(swaps, before, strict=True):
            setattr(where, name, one)


def _validate(instance: Any, schema: Any) -> None:
    error = best_match(_validator(json.dumps(schema)).iter_errors(instance))
    if error is not None:
        raise error


@cache
def _validator(schema: str) -> Any:
    made = json.loads(schema)
    return jsonschema.validators.validator_for(made)(made)


def _inspected(engine: Any) -> Any:
    """The tables of a gradebook, which has all of them: :class:`~twolenses.grading.run.Run` has opened it before."""
    names = sqlalchemy.inspect(engine).get_table_names()
    return SimpleNamespace(get_table_names=lambda: names)
