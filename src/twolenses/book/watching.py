"""The book served, built again on every save, and loaded again by the browsers that show it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from twolenses.book import build as book
from twolenses.book.builder import Builder
from twolenses.errors import BookError

__all__ = ["watch"]

MADE = ("_build", "__pycache__", "dist")
"""Folders in which nothing is a source."""


def is_source(path: Path, folder: Path) -> bool:
    """Whether a file of a checkout is neither hidden nor made.

    >>> is_source(Path("/c/chapters/a.md"), Path("/c")), is_source(Path("/c/_build/a.html"), Path("/c"))
    (True, False)
    """
    parts = path.relative_to(folder).parts
    return not any(part.startswith(".") or part in MADE for part in parts)


class Rebuild:
    """Builds when files have changed; what goes wrong is said, and the pages of before stay."""

    def __init__(self, folder: Path, builder: Builder, tell: Callable[[str], None]) -> None:
        self._folder, self._builder, self._tell = folder, builder, tell

    def __call__(self, changed: Collection[Path]) -> bool:
        """Whether there are new pages."""
        for path in sorted(changed)[:5]:
            self._tell(f"{path.relative_to(self._folder)} has changed")
        if any(path.is_relative_to(self._folder / "src") for path in changed):
            self._builder.renew()
        try:
            book.build(self._folder, self._tell, self._builder)
        except BookError as error:
            if self._builder.code != -signal.SIGINT:  # then it was interrupted, as we were
                self._tell(str(error))
            return False
        self._tell("Built")
        return True


def watch(folder: Path, port: int | None = None, tell: Callable[[str], None] = print) -> None:
    """Serve the book and build it again whenever a source is saved, until interrupted.

    Raises
    ------
    BookError
        If no port is free.
    """
    chosen = port if port is not None else book.free_port()
    (folder / "_build" / "html").mkdir(parents=True, exist_ok=True)
    with Builder(folder, warm=True) as builder:
        again = Rebuild(folder, builder, tell)
        again(())
        tell(f"The book is at http://localhost:{chosen}  (Ctrl+C stops it)")
        with suppress(KeyboardInterrupt):
            _serve(folder, chosen, again)
        tell("\nStopped.")


def _serve(folder: Path, port: int, again: Rebuild) -> None:
    """sphinx-autobuild's server, with our builder in place of its own."""
    import uvicorn
    import watchfiles
    from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
    from sphinx_autobuild.server import RebuildServer
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Mount, WebSocketRoute
    from starlette.staticfiles import StaticFiles

    class Watcher(RebuildServer):  # type: ignore[misc]
        async def watch(self) -> None:
            async for changes in watchfiles.awatch(folder, watch_filter=lambda _, path: is_source(Path(path), folder)):
                if await asyncio.to_thread(again, [Path(path) for _, path in changes]):
                    self.flag.set()

    watcher: Any = Watcher([folder], None, again)
    app = Starlette(
        routes=[
            WebSocketRoute("/websocket-reload", watcher),
            Mount("/", app=StaticFiles(directory=folder / "_build" / "html", html=True)),
        ],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=f"127.0.0.1:{port}")],
        lifespan=watcher.lifespan,
    )
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
