"""What was made for a page and is kept with Sphinx's environment, so that an edit elsewhere on the page leaves it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

__all__ = ["digest", "kept"]

T = TypeVar("T")


def kept(env: BuildEnvironment, name: str, made_from: object, make: Callable[[], T]) -> T:
    """What `make` gives, which is not asked again while all that it reads is the same.

    Parameters
    ----------
    name
        What is made; the newest of a name is kept.
    made_from
        Changes with what `make` reads, but for package, data and keys, templates and words, which are looked at here.
        `make` warns of nothing, or fails.
    """
    settings = [getattr(env.config, one, "") for one in ("nb_execution_cache_path", "twolenses_forms")]
    if not all(settings):  # a site with some of our directives: nothing says when the package has changed
        return make()
    state = hashlib.sha256(repr((settings, made_from)).encode()).hexdigest()
    store = _store(env)
    if name not in store or store[name][0] != state:
        store[name] = state, make()
    found: T = store[name][1]
    return found


def digest(paths: Iterable[Path]) -> str:
    """Changes with the name or the content of any of the files."""
    seen = hashlib.sha256()
    for path in paths:
        seen.update(path.name.encode() + path.read_bytes())
    return seen.hexdigest()


def _store(env: BuildEnvironment) -> dict[str, tuple[str, Any]]:
    """Name → the state it was made in, and what was made."""
    if not hasattr(env, "twolenses_kept"):
        env.twolenses_kept = {}  # type: ignore[attr-defined]
    return env.twolenses_kept  # type: ignore[attr-defined, no-any-return]
