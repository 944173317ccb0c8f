"""The notebook page over http, and an exercise that a student has open in it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from twolenses import exercises

PATIENCE = 240_000  # milliseconds: a kernel on a busy machine


@dataclass
class Site:
    """A server over the built pages: what it was asked for, files that it gives in another version, whether it is off."""

    address: str = ""
    asked: list[tuple[str, int]] = field(default_factory=list)
    changed: dict[str, bytes] = field(default_factory=dict)
    down: bool = False

    @contextmanager
    def off(self, context: BrowserContext) -> Iterator[None]:
        """No network, for pages and for service workers."""
        self.down = True
        context.set_offline(True)
        try:
            yield
        finally:
            context.set_offline(False)
            self.down = False


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    site = Site()

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            if site.down:
                self.close_connection = True
                return
            content = site.changed.get(self.path.partition("?")[0])
            if content is None:
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def copyfile(self, source: Any, outputfile: Any) -> None:
            content = source.read()
            site.asked.append((self.path, len(content)))
            outputfile.write(content)

    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site.address = f"http://127.0.0.1:{server.server_port}/"
        yield site
        server.shutdown()


def at_home(address: str, site: Site) -> bool:
    return address.startswith((site.address, "data:", "blob:"))


RUN = """async () => {
    const { sessionContext } = jupyterapp.shell.currentWidget
    await sessionContext.ready
    while (!sessionContext.session?.kernel) await new Promise(resolve => setTimeout(resolve, 100))
    await jupyterapp.commands.execute('notebook:run-all-cells')
}"""
CELLS = """() => jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model).map(model => ({
    id: model.id,
    source: model.sharedModel.getSource(),
    metadata: model.metadata,
    outputs: model.type === 'code' ? model.outputs.toJSON() : [],
}))"""
WRITE = """sources => jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model).forEach(model => {
    if (model.id in sources) model.sharedModel.setSource(sources[model.id])
})"""

FORGET = """async () => {
    const { contents } = jupyterapp.serviceManager
    const list = await contents.get('')
    jupyterapp.shell.currentWidget.context.model.dirty = false
    for (const name of list.content.map(one => one.path)) await contents.delete(name).catch(() => {})
}"""


class Notebook:
    """An exercise, open in the browser."""

    def __init__(self, page: Page, site: Site, name: str) -> None:
        self.page, self.site, self.name = page, site, name

    @classmethod
    def opened(cls, context: BrowserContext, site: Site, name: str) -> Notebook:
        return cls(context.new_page(), site, name).open()

    def open(self, file: str = "") -> Notebook:
        self.page.goto(f"{self.site.address}lite/notebooks/index.html?path={file or self.name}.ipynb")
        return self.wait()

    def wait(self) -> Notebook:
        """Until its cells and our bar are there."""
        self.page.get_by_role("button", name="Download to hand in").wait_for()
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        return self

    def reload(self) -> Notebook:
        self.page.reload()
        return self.wait()

    def cells(self) -> list[dict[str, Any]]:
        return self.page.evaluate(CELLS)

    def write(self, sources: dict[str, str]) -> None:
        """Type into cells, named by their id."""
        self.page.evaluate(WRITE, sources)

    def source(self, name: str) -> str:
        return next(cell["source"] for cell in self.cells() if cell["id"] == name)

    def run(self) -> None:
        """Run all cells; a cell that stops ends it, as in any notebook."""
        self.page.evaluate(RUN)

    def save(self) -> None:
        self.page.evaluate("jupyterapp.shell.currentWidget.context.save()")

    def said(self, name: str) -> str:
        """What a cell put out as text."""
        (cell,) = (cell for cell in self.cells() if cell["id"] == name)
        texts = []
        for output in cell["outputs"]:
            texts += ["".join(output.get("text", "")), *output.get("traceback", [])]
        return "\n".join(texts)

    def download(self, folder: Path) -> Path:
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Download to hand in").click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

    def saved(self) -> None:
        """Until it is saved by itself, as it is every few seconds."""
        self.page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")

    def forget(self) -> None:
        """Leave, and have the browser forget what was done: the next one finds the exercise as it is given out."""
        self.page.evaluate(FORGET)
        self.page.close()

    def close(self) -> None:
        self.page.close()


def solutions(master: exercises.Exercise) -> dict[str, str]:
    """Each task's cell, solved, by its id in the student's notebook."""
    solved = exercises.rebuild(master, lambda cell: setattr(cell, "source", exercises.solution(cell.source)))
    return {cell["id"]: cell.source for cell in solved.cells if "task" in cell.metadata}
