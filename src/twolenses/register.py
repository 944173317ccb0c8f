"""One register for what is asked for by name: facts, answers, mistakes."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from twolenses.errors import FactError, suggestion

__all__ = ["Register", "docstring", "keep", "keeping", "parameters", "use_values", "using_values", "worked_out"]

T = TypeVar("T")

_kept: dict[Any, Any] | None = None
_values: dict[str, Any] = {}


def worked_out(compute: Callable[..., Any]) -> Any:
    """What a registered function gives, from the tables as they are now, with the values in use that it takes."""
    taken = parameters(compute) if _values else {}
    values = {name: value for name, value in _values.items() if name in taken}
    if _kept is None:
        return compute(**values)
    asked = (compute, *values.items())
    if asked not in _kept:
        _kept[asked] = compute(**values)
    return copy.deepcopy(_kept[asked])


def parameters(compute: Callable[..., Any]) -> dict[str, Any]:
    """The parameters of a registered function, with their standard values."""
    return {one.name: one.default for one in inspect.signature(compute).parameters.values()}


def use_values(values: Mapping[str, Any]) -> None:
    """Hand these to the functions that have parameters of their names, in the place of the standard values."""
    global _values
    _values = dict(values)


@contextmanager
def using_values(values: Mapping[str, Any]) -> Iterator[None]:
    """The same for as long as a block lasts."""
    before = _values
    use_values(values)
    try:
        yield
    finally:
        use_values(before)


def keep(kept: dict[Any, Any] | None) -> dict[Any, Any] | None:
    """From now on keep what functions have given in `kept`, and hand out copies of it; what was kept in before.

    For a process whose tables do not change.
    """
    global _kept
    before, _kept = _kept, kept
    return before


@contextmanager
def keeping(kept: dict[Any, Any]) -> Iterator[None]:
    """The same while a block lasts: for trying many responses, each of which asks for the same keys and mistakes."""
    before = keep(kept)
    try:
        yield
    finally:
        keep(before)


class Register(Generic[T]):
    """Entries by name: those that everybody shares, and over them those of one exercise.

    Parameters
    ----------
    kind
        What an entry is called in a sentence: ``"fact"``.
    """

    def __init__(self, kind: str) -> None:  # noqa: D107 (the class says it)
        self.kind = kind
        self._shared: dict[str, T] = {}
        self._own: dict[str, T] | None = None

    def __contains__(self, name: object) -> bool:
        return name in self.all()

    def __getitem__(self, name: str) -> T:
        """The entry of that name.

        Raises
        ------
        FactError
            If there is none; the sentence names the nearest.
        """
        known = self.all()
        if name not in known:
            raise FactError(f"names the {self.kind} {name!r}, which does not exist. {suggestion(name, known)}")
        return known[name]

    def all(self) -> dict[str, T]:
        """Every entry that is known now, in the order of definition."""
        return self._shared | self._own if self._own else self._shared

    def add(self, name: str, entry: T, function: Callable[..., Any]) -> None:
        """Take in the entry that a decorated function makes.

        Raises
        ------
        FactError
            If the name is taken, or the function has no docstring.
        """
        if name in self.all():
            raise FactError(f"Two {self.kind}s are called {name!r}: rename the one in {function.__module__}.")
        if not function.__doc__:
            raise FactError(f"The {self.kind} {name!r} has no docstring. Say in one sentence what it is.")
        (self._shared if self._own is None else self._own)[name] = entry

    def use(self, own: dict[str, T] | None) -> None:
        """Put the entries of one exercise over the shared ones, or (None) none."""
        self._own = own

    @contextmanager
    def using(self, own: dict[str, T] | None) -> Iterator[dict[str, T] | None]:
        """The same for as long as a block lasts; what is added meanwhile goes into `own`."""
        before, self._own = self._own, own
        try:
            yield own
        finally:
            self._own = before


def docstring(function: Callable[..., Any], *, whole: bool = False) -> str:
    """The first paragraph of a function's docstring on one line, or (`whole`) all of it."""
    text = inspect.getdoc(function) or ""
    return " ".join((text if whole else text.split("\n\n")[0]).split())
