"""Build the book, and serve it. `watching` builds it again on every save."""

from __future__ import annotations

import functools
import hashlib
import http.server
import re
import socket
import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from twolenses.book.builder import Builder
from twolenses.errors import BookError, place

__all__ = ["build", "free_port", "serve"]

FIRST_PORT, PORTS = 8000, 20

SOURCES = (
    "*.md", "_*.yml", "requirements.txt", "assets/**/*", "chapters/**/*", "data/**/*", "exercises/**/*", "src/**/*"
)  # fmt: skip

_STAGE = re.compile(r"^(reading sources|writing output|dumping search index)\.\.\. ?(?:\[|in)")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def build(folder: Path, tell: Callable[[str], None] = print, builder: Builder | None = None) -> Path:
    """Build the book strictly: every warning and every failing cell is an error.

    A book that was built from the very same sources is not built again.

    Parameters
    ----------
    folder
        A checkout.
    tell
        Called with a line for each stage.
    builder
        A process that stays. Without it, one builds and ends.

    Returns
    -------
    Path
        The folder of the HTML pages.

    Raises
    ------
    BookError
        If the build fails. The sentence holds the first warnings and names the log.
    """
    pages, log, stamp = (folder / "_build" / name for name in ("html", "build.log", "built-from"))
    sources = _digest(folder)
    if stamp.is_file() and stamp.read_text() == sources and (pages / "index.html").is_file():
        tell("  nothing has changed since the last build")
        return pages
    log.parent.mkdir(exist_ok=True)
    stamp.unlink(missing_ok=True)
    found: list[str] = []
    with log.open("w", encoding="utf-8") as file, nullcontext(builder) if builder else Builder(folder) as running:
        stage = ""
        for raw in running.build():
            line = _ANSI.sub("", raw)
            file.write(line)
            if re.search(r"\b(WARNING|ERROR)\b", line) and "IPKernelApp" not in line:
                found.append(line.strip())
            if "Executing notebook" in line:
                tell(f"  running {line.split(':')[0].removeprefix(str(folder) + '/')}")
            elif (reached := _STAGE.match(line)) and reached[1] != stage:
                stage = reached[1]
                tell(f"  {stage}")
    if running.code:
        shown = "\n".join(f"  {line.removeprefix(str(folder) + '/')}" for line in found[:10])
        silent = f"  No warning was printed; the builder left with {running.code}."
        raise BookError(f"The book was not built.\n{shown or silent}\nThe full log is {place(log)}.")
    stamp.write_text(sources)
    return pages


def _digest(folder: Path) -> str:
    """Changes with any file the book is made of, and with the history that dates its pages."""
    seen = hashlib.sha256(_commit(folder))
    for pattern in SOURCES:
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                seen.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return seen.hexdigest()


def _commit(folder: Path) -> bytes:
    """The commit that is checked out; nothing where there is no git or no history."""
    try:
        return subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True).stdout
    except OSError:
        return b""


def serve(pages: Path, port: int | None = None, tell: Callable[[str], None] = print) -> None:
    """Serve built pages on this machine until interrupted.

    Parameters
    ----------
    port
        The port to use. Without it, 8000 or the next free one.

    Raises
    ------
    BookError
        If there is nothing to serve, or no port is free.
    """
    if not (pages / "index.html").is_file():
        raise BookError(f"{place(pages)}  holds no built book. Run 'make build' first.")
    handler = functools.partial(_Quiet, directory=str(pages))
    with _server(port, handler) as server:
        tell(f"The book is at http://localhost:{server.server_port}  (Ctrl+C stops it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            tell("\nStopped.")


def free_port() -> int:
    """8000, or the next port that nobody uses.

    Raises
    ------
    BookError
        If the first twenty are all taken.
    """
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise BookError(
        f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS - 1} are all in use. Name another one: make book PORT=9000"
    )


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing for each request."""


def _server(port: int | None, handler: Callable[..., _Quiet]) -> http.server.ThreadingHTTPServer:
    chosen = port if port is not None else free_port()
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", chosen), handler)
    except OSError as error:
        raise BookError(
            f"Port {chosen} cannot be used: {error.strerror}. Leave PORT out to have the next free one."
        ) from error
