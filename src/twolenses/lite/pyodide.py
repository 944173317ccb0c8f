"""Pyodide, laid beside the book: the core, the packages that notebooks need, and one lock that names them all.

Every file of the release is held to a digest: the core's stand here, the packages' in the official lock, which is
itself one of the core's files. Wheels from elsewhere stand in ``wheels.txt`` with theirs. What lies in the folder
already and has the right digest is not fetched again.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterable
from email.parser import HeaderParser
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from twolenses.errors import LiteError
from twolenses.files import write

__all__ = ["LEFT_OUT", "VERSION", "download", "place"]

VERSION = "0.27.7"
RELEASE = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
PLATFORM = ("pyemscripten_2024_0_wasm32", "3.12", "cp312")

CORE = {
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
LOCK = ("pyodide-lock.json", "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c")

# From the release, with what they depend on.
PACKAGES = ("ipython", "matplotlib", "micropip", "numpy", "python-dateutil")

# Asked for by name and used by no notebook: each is an empty archive, so that 5 MB are never loaded.
LEFT_OUT = ("jedi", "jupyterlab-widgets", "pytz", "ssl", "widgetsnbextension")
_EMPTY = "left-out.zip"

# Not loaded because a cell imports it: what needs it asks for it by name.
LATE = ("matplotlib",)

_BROWSER = {"extra": "", "platform_system": "Emscripten", "python_version": "3.12", "sys_platform": "emscripten"}

Entry = dict[str, Any]


def place(folder: Path, wheels: Iterable[Path] = (), release: str | Path = RELEASE) -> None:
    """Lay Pyodide into a folder from which pages load it.

    Parameters
    ----------
    folder
        Gets the core, the packages and ``pyodide-lock.json``. Other wheels that lie there are taken away.
    wheels
        What the release does not have: the course's own wheel, and those of :func:`download`. A wheel takes the place
        of the release's package of its name.
    release
        Where the release's files are: an address, or a folder.

    Raises
    ------
    LiteError
        If a file cannot be had, is not the release's, or a wheel needs what is not there.
    """
    official = json.loads(_fetched(folder, release, *LOCK, keep=False))
    ours = {entry["name"]: (entry, content) for entry, content in map(_of_wheel, wheels)}
    packages = _chosen(official["packages"], {name: entry for name, (entry, _) in ours.items()})
    contents = {name: _fetched(folder, release, name, digest) for name, digest in CORE.items()}
    contents |= {entry["file_name"]: content for entry, content in ours.values()} | {_EMPTY: _zip({})}
    for file, digest in {entry["file_name"]: entry["sha256"] for entry in packages.values()}.items():
        if file not in contents:
            contents[file] = _fetched(folder, release, file, digest)
    contents[LOCK[0]] = json.dumps({"info": official["info"], "packages": packages}).encode()
    for name, content in contents.items():
        write(folder / name, content)
    for other in {*folder.glob("*.whl"), *folder.glob("*.zip")} - {folder / name for name in contents}:
        other.unlink()


def _chosen(official: dict[str, Entry], ours: dict[str, Entry]) -> dict[str, Entry]:
    """What the lock names: our wheels, what is left out, and of the release what either needs."""
    chosen = ours | {name: _left_out(name) for name in LEFT_OUT}
    waiting = [*PACKAGES, *(name for entry in ours.values() for name in entry["depends"])]
    while waiting:
        name = str(canonicalize_name(waiting.pop()))
        if name in chosen:
            continue
        if name not in official:
            who = " and ".join(entry["name"] for entry in ours.values() if name in entry["depends"])
            raise LiteError(f"{who} needs {name}, which neither Pyodide {VERSION} nor wheels.txt has.")
        chosen[name] = official[name]
        waiting += official[name]["depends"]
    late = {name: {**chosen[name], "imports": []} for name in LATE}
    return dict(sorted((chosen | late).items()))


def download(folder: Path) -> list[Path]:
    """Have pip fetch the wheels of ``wheels.txt`` into a folder, each held to its digest.

    Raises
    ------
    LiteError
        If pip cannot; the sentence ends with its last line.
    """
    listed = (files("twolenses.lite") / "wheels.txt").read_text(encoding="utf-8")
    names = [line.split()[0] for line in listed.splitlines() if "==" in line]
    if not all(_wheels(folder, name) for name in names):
        _pip_download(folder)
    return [wheel for name in names for wheel in _wheels(folder, name)]


def _pip_download(folder: Path) -> None:
    platform, python, abi = PLATFORM
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
    target = ["--platform", platform, "--python-version", python, "--implementation", "cp", "--abi", abi]
    with as_file(files("twolenses.lite") / "wheels.txt") as listed:
        command = [*pip, *target, "--only-binary=:all:", "--require-hashes", "--dest", str(folder), "-r", str(listed)]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise LiteError(f"The wheels that Pyodide lacks could not be fetched: {said}")


def _wheels(folder: Path, pinned: str) -> list[Path]:
    name, version = pinned.split("==")
    return list(folder.glob(f"{name.replace('-', '_')}-{version}-*.whl"))


def _fetched(folder: Path, release: str | Path, name: str, digest: str, *, keep: bool = True) -> bytes:
    """The bytes of a file of the release: what lies in the folder, else what the release has."""
    if keep and (folder / name).is_file() and _digest(content := (folder / name).read_bytes()) == digest:
        return content
    content = _opened(release)(name)
    if _digest(content) != digest:
        raise LiteError(
            f"{name} is not the file of Pyodide {VERSION}: its digest differs. It was left out of the site."
        )
    return content


def _opened(release: str | Path) -> Callable[[str], bytes]:
    return _from_folder(release) if isinstance(release, Path) else _from_web(release)


def _from_folder(folder: Path) -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        try:
            return (folder / name).read_bytes()
        except OSError as error:
            raise LiteError(f"{folder}  has no {name} of Pyodide {VERSION}: {error.strerror}.") from None

    return read


def _from_web(address: str) -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        try:
            with urllib.request.urlopen(address + name, timeout=60) as answer:
                content: bytes = answer.read()
        except (urllib.error.URLError, OSError) as error:
            why = getattr(error, "reason", error)
            raise LiteError(
                f"Pyodide {VERSION} could not be fetched ({name}: {why}). Try again with a connection to the internet, "
                f"or name a folder that holds its release: make lite RELEASE=FOLDER"
            ) from None
        return content

    return read


def _of_wheel(path: Path) -> tuple[Entry, bytes]:
    """The lock's entry of a wheel, and the wheel without its tests, which Pyodide's own packages have not either."""
    try:
        with zipfile.ZipFile(path) as wheel:
            members = {name: wheel.read(name) for name in wheel.namelist() if not _is_test(name)}
    except (OSError, zipfile.BadZipFile) as error:
        raise LiteError(f"{path}  is no wheel that can be read: {error}.") from None
    metadata = next(text for name, text in members.items() if name.endswith(".dist-info/METADATA"))
    said = HeaderParser().parsestr(metadata.decode("utf-8", "replace"))
    content = _zip(members)
    entry: Entry = {
        "name": canonicalize_name(said["Name"]),
        "version": said["Version"],
        "file_name": path.name,
        "install_dir": "site",
        "sha256": _digest(content),
        "package_type": "package",
        "imports": sorted({_top(name) for name in members if name.endswith(".py")} - {""}),
        "depends": sorted(_needs(said.get_all("Requires-Dist") or [])),
        "unvendored_tests": False,
    }
    return entry, content


def _is_test(name: str) -> bool:
    return "/tests/" in name


def _top(name: str) -> str:
    return name.split("/")[0].removesuffix(".py")


def _needs(requirements: Iterable[str]) -> set[str]:
    asked = map(Requirement, requirements)
    return {canonicalize_name(one.name) for one in asked if one.marker is None or one.marker.evaluate(_BROWSER)}


def _left_out(name: str) -> Entry:
    return {
        "name": name,
        "version": "0",
        "file_name": _EMPTY,
        "install_dir": "site",
        "sha256": _digest(_zip({})),
        "package_type": "package",
        "imports": [],
        "depends": [],
        "unvendored_tests": False,
    }


def _zip(members: dict[str, bytes]) -> bytes:
    """An archive that is the same for the same members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return held.getvalue()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
