"""The task in the page with Python in the browser: every exercise's, from its first press on. `make test-lite`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browsing import violations
from playwright.sync_api import Browser, Page, Route, expect
from student import PATIENCE, serving

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


def test_stopped_without_a_network_it_begins_again(browser: Browser, site: Path) -> None:
    with serving(site) as there, offered(browser, there.address + CHAPTER) as page:
        field, state = page.locator("#tl-try-code"), page.locator(".tl-try-state")
        assert cell.pressed(page, "check") == "Checked: not yet right."
        with there.off(page.context):
            field.fill("while True:\n    pass")
            page.locator("[data-do=run]").click()
            expect(state).to_have_text("Running.", timeout=PATIENCE)
            page.locator("[data-do=stop]").click()
            expect(state).to_have_text("Stopped. Press Run to begin again.")
            field.fill("sum(range(4))")
            for _ in range(2):
                assert cell.pressed(page, "run") == "Done."
                assert page.locator(".tl-try-out pre").inner_text() == "6"
            page.locator("[data-do=again]").click()
            assert cell.pressed(page, "check") == "Checked: not yet right."


def test_no_state_of_it_is_closed_to_anybody(browser: Browser, served: str) -> None:
    """Axe, in both schemes: before a press, loading, right, wrong, with a hint, stopped."""
    held: list[Route] = []

    def looked_at(page: Page, state: str) -> None:
        expect(page.locator(".tl-try-state")).to_contain_text(state, timeout=PATIENCE)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme)
            assert violations(page, part="'.tl-try'") == [], f"{state} {scheme}"
        expect(page.locator(".tl-try-state")).to_contain_text(state)

    with offered(browser, served + CHAPTER) as page:
        looked_at(page, "The first run loads Python")
        page.route("**/pandas-*.whl", lambda route: held.append(route))
        page.locator("[data-do=check]").click()
        looked_at(page, "Loading Python")
        held[0].continue_()
        looked_at(page, "Checked: not yet right.")
        page.locator("[data-do=hint]").click()
        looked_at(page, "Checked: not yet right.")
        page.locator("#tl-try-code").fill(responses(MASTERS[0])[1])
        page.locator("[data-do=check]").click()
        looked_at(page, "Checked: right.")
        page.locator("#tl-try-code").fill("while True:\n    pass")
        page.locator("[data-do=run]").click()
        expect(page.locator(".tl-try-state")).to_have_text("Running.", timeout=PATIENCE)
        page.locator("[data-do=stop]").click()
        looked_at(page, "Stopped.")


def test_a_chart_is_drawn_with_words_for_who_cannot_see_it(browser: Browser, served: str) -> None:
    with offered(browser, served + CHAPTER) as page:
        page.locator("#tl-try-code").fill("serbian.plot(title='Fewer soldiers', ylabel='soldiers')")
        assert cell.pressed(page, "run") == "Done."
        assert page.locator(".tl-try-stopped").count() == 0
        chart = page.locator(".tl-try-out img")
        assert chart.get_attribute("alt") == "Your chart. Fewer soldiers; across: date; upwards: soldiers."
        assert chart.evaluate("one => one.naturalWidth") > 100
