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
    for master in SLIDING:
        given = exercises.student(master)
        code = [cell for cell in given.cells if cell.cell_type == "code"]
        given.cells = [code[1], next(cell for cell in code if "ipywidgets.interact" in cell.source)]
        nbformat.write(given, tmp_path / f"{master.name}.ipynb")
    wrong = exercises.student(MASTERS[0])
    wrong.cells = wrong.cells[
        : next(n for n, cell in enumerate(wrong.cells) if cell.metadata.get("check") == "read") + 1
    ]
    nbformat.write(wrong, tmp_path / "wrong.ipynb")

    with jupyter_server(tmp_path) as jupyter:
        for master in SLIDING:
            page = opened(browser, jupyter, f"{master.name}.ipynb")
            run_all(page)
            handle = page.locator(".widget-slider [role=slider], .widget-hslider [role=slider]").first
            handle.wait_for()
            chart = page.locator(
                ".widget-interact .jp-OutputArea-output img, .widget-interact .jp-OutputArea-output svg"
            ).first
            chart.wait_for()
            before = chart.evaluate("one => one.outerHTML")
            handle.focus()
            for _ in range(3):
                page.keyboard.press("ArrowRight")
            page.wait_for_function(
                """before => [...document.querySelectorAll('.widget-interact .jp-OutputArea-output :is(img, svg)')]
                    .some(one => one.outerHTML !== before)""",
                arg=before,
            )
            page.context.close()
        page = opened(browser, jupyter, "wrong.ipynb")
        run_all(page)
        check = page.locator(".jp-CodeCell").last
        says = "✗ before is still '...'. Replace the dots with your answer and run the cell again."
        expect(check.locator(".jp-OutputArea-output")).to_have_text(says, timeout=40_000)
        page.context.close()
