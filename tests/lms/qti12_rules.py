"""How response conditions of QTI 1.2 are read: the specification's own words, for the few elements that we write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

Given = Mapping[str, Any]


def _local(element: Any) -> str:
    return etree.QName(element).localname


def _holds(condition: Any, given: Given) -> bool:
    name, response = _local(condition), given.get(condition.get("respident"))
    match name:
        case "and":
            return all(_holds(one, given) for one in condition)
        case "or" | "conditionvar":
            return any(_holds(one, given) for one in condition)
        case "not":
            return not _holds(condition[0], given)
        case "other":
            return True
        case "varequal":
            values = response if isinstance(response, list) else [response]
            if condition.get("case") == "Yes":
                return condition.text in values
            return condition.text.casefold() in [str(one).strip().casefold() for one in values]
        case "vargte" | "varlte":
            try:
                value, end = float(response), float(condition.text)
            except (TypeError, ValueError):
                return False
            return value >= end if name == "vargte" else value <= end
    raise AssertionError(name)


def mark(item: Any, given: Given) -> tuple[float, list[str]]:
    """The score from 0 to 1, and the names of the feedback that is shown."""
    score, said = 0.0, []
    for condition in item.iter("{*}respcondition"):
        variables = condition.find("{*}conditionvar")
        ends = [_local(one) for one in variables]
        met = all(_holds(one, given) for one in variables) if "vargte" in ends else _holds(variables, given)
        if not met:
            continue
        for variable in condition.findall("{*}setvar"):
            score = float(variable.text) + (score if variable.get("action") == "Add" else 0)
        said += [one.get("linkrefid") for one in condition.findall("{*}displayfeedback")]
        if condition.get("continue") == "No":
            break
    return score / 100, said
