"""What the kernel in a browser has of ours: Matplotlib when a chart is drawn, and completion without jedi.

Ten megabytes wait until something is asked of Matplotlib. Until then ``import matplotlib.pyplot as plt`` binds a module
that has nothing; the first name asked of it fetches the wheels, which a worker may do while Python waits.
"""

from __future__ import annotations

import functools
import importlib
import io
import logging
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LATE = ("matplotlib", "matplotlib.pyplot")


class Waiting(ModuleType):
    """Stands for a module until a name is asked of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(load(self.__name__), name)

    def __setattr__(self, name: str, value: object) -> None:
        if name.startswith("__") or isinstance(value, ModuleType):
            super().__setattr__(name, value)
        else:
            setattr(load(self.__name__), name, value)

    def __dir__(self) -> list[str]:
        return dir(load(self.__name__))


class Finder(MetaPathFinder):
    """Finds what waits, and fetches all when any other part of Matplotlib is imported."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name in LATE:
            return ModuleSpec(name, Later(), is_package=name == LATE[0])
        if name.partition(".")[0] in ("matplotlib", "mpl_toolkits", "pylab"):
            return ModuleSpec(name, There(load(name)), is_package=False)
        return None


class Later(Loader):
    """Leaves a module empty."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return Waiting(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


class There(Loader):
    """Gives a module that is imported already."""

    def __init__(self, module: ModuleType) -> None:
        self.module, self.spec = module, module.__spec__

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__ = self.spec


FINDER = Finder()
WHEN_LOADED: list[Callable[[], None]] = []


def when_loaded(call: Callable[[], None]) -> None:
    """Call now, or when Matplotlib comes."""
    if FINDER in sys.meta_path:
        WHEN_LOADED.append(call)
    else:
        call()


def load(name: str) -> ModuleType:
    """A module of Matplotlib, fetched with all it needs if that is not there yet."""
    if FINDER in sys.meta_path:
        sys.meta_path.remove(FINDER)
        for waiting in LATE:
            sys.modules.pop(waiting, None)
        fetch()
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # it says that it looks for fonts
        importlib.import_module("matplotlib")
        for call in WHEN_LOADED:
            call()
    return importlib.import_module(name)


def fetch() -> None:
    """Fetch and unpack the wheels that are still missing."""
    import pyodide_js
    from js import XMLHttpRequest

    known, there, waiting = pyodide_js._api.lockfile_packages, pyodide_js.loadedPackages, [LATE[0]]
    while waiting:
        package = getattr(known, waiting.pop())
        if hasattr(there, package.name):
            continue
        waiting += package.depends
        request = XMLHttpRequest.new()
        request.open("GET", pyodide_js._api.config.indexURL + package.file_name, False)
        request.responseType = "arraybuffer"
        request.send()
        with zipfile.ZipFile(io.BytesIO(request.response.to_bytes())) as wheel:
            wheel.extractall(sysconfig.get_path("purelib"))
        setattr(there, package.name, "pyodide")
    importlib.invalidate_caches()


def begin(shell: Any) -> None:
    """Take effect in the kernel that has just started."""
    from twolenses import charts

    shell.Completer.use_jedi = False
    sys.meta_path.insert(0, FINDER)
    charts.use = functools.partial(when_loaded, charts.use)
