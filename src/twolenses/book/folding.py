"""Folded parts of a page: `<details>` in HTML, plain content elsewhere."""

from __future__ import annotations

from docutils import nodes
from sphinx_design.shared import create_component


def folded(title: str, *children: nodes.Node, classes: tuple[str, ...] = ()) -> nodes.Node:
    """sphinx-design's dropdown, which needs no visitor of ours."""
    component: nodes.Node = create_component(
        "dropdown",
        children=[nodes.rubric(title, title), *children],
        opened=False,
        type="dropdown",
        has_title=True,
        icon=None,
        chevron=None,
        container_classes=["sd-mb-3", *classes],
        title_classes=[],
        body_classes=[],
    )
    return component
