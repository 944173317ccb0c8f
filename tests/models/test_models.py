"""The room of models as a whole: light to enter, and its examples hold."""

import doctest
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest

from twolenses import models
from twolenses.errors import Error

MODULES = sorted(one.name for one in iter_modules(models.__path__, "twolenses.models."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name):
    assert doctest.testmod(import_module(name)).failed == 0


@pytest.mark.parametrize("name", [name for name in MODULES if not name.rpartition(".")[2].startswith("_")])
def test_every_module_stands_in_the_list_and_says_what_is_public(name):
    module = import_module(name)
    assert f"`{name.rpartition('.')[2]}`" in models.__doc__
    assert all(hasattr(module, public) for public in module.__all__)


def test_entering_the_room_loads_nothing_heavy():
    code = "import sys, twolenses.models; print({'numpy', 'pandas'} & set(sys.modules))"
    assert _run(code) == "set()"


def test_models_need_numpy_and_pandas_alone():
    names = ", ".join(MODULES)
    code = (
        f"import sys, numpy, pandas; before = set(sys.modules); import {names}\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new - sys.stdlib_module_names))"
    )
    assert _run(code) == "['twolenses']"


def test_an_error_is_the_courses_own_and_a_value_error():
    assert issubclass(models.ModelError, Error)
    assert issubclass(models.ModelError, ValueError)


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
