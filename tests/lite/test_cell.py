"""The task in the page with Python in the browser: every exercise's, from its first press on. `make test-lite`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from twolenses import exercises
from twolenses.book.trying import running
from twolenses.exercises import trial
from twolenses.lite.switch import switch

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
import cell

MASTERS = [exercises.read(path) for path in exercises.masters()]
CHAPTER = "chapters/01-reading-the-case.html"


@pytest.fixture(scope="module", autouse=True)
def switched(site: Path) -> None:
    """Pages offer their task: `make lite` has laid Python beside them."""
    switch(site)
    assert "data-megabytes" in (site / CHAPTER).read_text(encoding="utf-8"), "there is no Python in the site: make lite"


@contextmanager
def offered(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a context of its own; a request to another host, or an error of a script, fails the test."""
    troubles: list[str] = []
    here = address.split("/")[2]
    with browser.new_context() as fresh:
        page = fresh.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        fresh.on(
            "request",
            lambda request: (
                troubles.append(request.url) if f"//{here}/" not in request.url and "data:" not in request.url else None
            ),
        )
        page.goto(address)
        yield page
        assert troubles == []


def responses(master: exercises.Exercise) -> tuple[str, str, str]:
    """Starter, solution and a wrong response, one that the exercise knows where there is one."""
    task = exercises.to_try(master)
    source = next(one.source for one in master.notebook.cells if one.metadata.get("task") == task.task)
    wrong = [one for one in trial.responses(master) if one.task == task.task and not one.right]
    return task.starter, exercises.solution(source), min(wrong, key=lambda one: not one.mistake).source


def said_here(master: exercises.Exercise, code: str) -> Any:
    task = exercises.to_try(master)
    return json.loads(running.run([*task.before], code, [*task.after]))


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_starter_solution_and_mistake_are_told_in_the_page_what_they_are_told_in_the_notebook(
    browser: Browser, served: str, master: Any
) -> None:
    """With the network off once Python is there."""
    starter, solution, wrong = responses(master)
    with offered(browser, f"{served}exercises/notebooks/{master.name}/exercise.html") as page:
        assert cell.pressed(page, "run") == "Done."
        assert page.locator(".tl-try-stopped").count() == 0, "the starter runs"
        page.context.set_offline(True)
        field = page.locator("#tl-try-code")
        for code, verdict in ((starter, "not yet right"), (wrong, "not yet right"), (solution, "right")):
            field.fill(code)
            assert cell.pressed(page, "check") == f"Checked: {verdict}."
            here = said_here(master, code)
            told = page.locator(".tl-try-said").all_inner_texts()
            assert told == [*here["said"], *([here["stopped"]] if here["stopped"] else [])]
        assert page.locator(".tl-try-given :is(pre, table)").count() == len(said_here(master, starter)["given"])


def test_a_loop_that_never_ends_is_stopped_and_python_comes_again(browser: Browser, served: str) -> None:
    with offered(browser, served + CHAPTER) as page:
        assert cell.pressed(page, "run") == "Done."
        page.locator("#tl-try-code").fill("while True:\n    print('on')")
        assert cell.pressed(page, "run").startswith("Stopped after 20 seconds.")
        page.locator("#tl-try-code").fill("sum(range(4))")
        assert cell.pressed(page, "run") == "Done."
        assert page.locator(".tl-try-out pre").inner_text() == "6"


def test_a_chart_is_drawn_with_words_for_who_cannot_see_it(browser: Browser, served: str) -> None:
    with offered(browser, served + CHAPTER) as page:
        page.locator("#tl-try-code").fill("serbian.plot(title='Fewer soldiers', ylabel='soldiers')")
        assert cell.pressed(page, "run") == "Done."
        assert page.locator(".tl-try-stopped").count() == 0
        chart = page.locator(".tl-try-out img")
        assert chart.get_attribute("alt") == "Your chart. Fewer soldiers; across: date; upwards: soldiers."
        assert chart.evaluate("one => one.naturalWidth") > 100
