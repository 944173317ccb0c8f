"""The sliders of the exercises, moved in a real JupyterLab; and a wrong answer read there as a student reads it."""

from __future__ import annotations

from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page, expect

from conftest import TOKEN, jupyter_server, wait_for_kernel
from twolenses import exercises

MASTERS = [exercises.read(path) for path in exercises.masters()]
SLIDING = [master for master in MASTERS if any("ipywidgets.interact" in cell.source for cell in master.notebook.cells)]


def opened(browser: Browser, jupyter: str, name: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 4000}).new_page()  # Lab draws what is in view
    page.set_default_timeout(40_000)
    page.goto(f"{jupyter}doc/tree/{name}?token={TOKEN}")  # one notebook, without those opened before
    page.locator(".jp-CodeCell .cm-content").first.wait_for()
    wait_for_kernel(jupyter, name)
    return page


def run_all(page: Page) -> None:
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def test_exercises_with_a_model_have_sliders() -> None:
    assert {"05-arms-race", "06-dilemma-as-game"} <= {master.name for master in SLIDING}


def test_a_slider_moves_the_chart_and_a_wrong_answer_is_a_sentence(browser: Browser, tmp_path: Path) -> None:
    """One notebook has the sliders of all exercises and then, since a wrong answer stops a run, the first's dots."""
    asked = exercises.student(MASTERS[0])
    check = next(n for n, cell in enumerate(asked.cells) if cell.metadata.get("check") == "read")
    sliding = []
    for master in SLIDING:
        code = [cell for cell in exercises.student(master).cells if cell.cell_type == "code"]
        sliding += [code[1], next(cell for cell in code if "ipywidgets.interact" in cell.source)]
    asked.cells = [*sliding, *asked.cells[: check + 1]]
    for number, cell in enumerate(asked.cells):
        cell.id = f"cell-{number:02d}"
    nbformat.write(asked, tmp_path / "all.ipynb")

    with jupyter_server(tmp_path) as jupyter:
        page = opened(browser, jupyter, "all.ipynb")
        run_all(page)
        says = "✗ before is still '...'. Replace the dots with your answer and run the cell again."
        last = page.locator(".jp-CodeCell").last
        expect(last.locator(".jp-OutputArea-output")).to_have_text(says, timeout=60_000)
        for number in range(len(SLIDING)):
            moving = page.locator(".widget-interact").nth(number)
            handle = moving.locator("[role=slider]").first
            chart = moving.locator(".jp-OutputArea-output :is(img, svg)").first
            chart.wait_for()
            before = chart.evaluate("one => one.outerHTML")
            handle.focus()
            for _ in range(3):
                page.keyboard.press("ArrowRight")
            expect(moving.locator(".jp-OutputArea-output :is(img, svg)").first).to_be_visible()
            page.wait_for_function(
                """([number, before]) => [...document.querySelectorAll('.widget-interact')][number]
                    .querySelector('.jp-OutputArea-output :is(img, svg)')?.outerHTML !== before""",
                arg=[number, before],
            )
        page.context.close()
