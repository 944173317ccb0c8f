"""How long an export takes and what memory it needs, format by format, beside text2qti. Run: make bench

Each run is the command in a fresh process: the whole bank, with three variants of what varies, then chapter 1; last,
all formats in one process. The peer is text2qti, which writes packages for Canvas as `export canvas` does: both write
the bank's single choices with their feedback. Where it is not installed (`pip install text2qti`), its row says so.
Times are processor seconds, which a busy machine disturbs least; the median of three. Nothing here is a test.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from twolenses import cli, quiz
from twolenses.lms import select
from twolenses.lms.texts import plain
from twolenses.quiz.types import TYPES, Single

RUNS = 3
COMMAND = Path(sys.executable).with_name("twolenses")
BOUND = "3 s, 150 MB"


def run(program: str | Path, *arguments: str | Path) -> tuple[float, float]:
    """Processor seconds, and megabytes at most, of one process."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    words = list(map(str, (program, *arguments)))
    child = os.posix_spawn(program, words, os.environ, file_actions=quiet)
    _, status, used = os.wait4(child, 0)
    assert status == 0, words
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def median(program: str | Path, *arguments: str | Path) -> str:
    """Of several runs, each number by itself."""
    seconds, megabytes = zip(*(run(program, *arguments) for _ in range(RUNS)), strict=True)
    return f"{statistics.median(seconds):5.2f} s  {statistics.median(megabytes):4.0f} MB"


def as_text2qti(quizzes: list[quiz.Quiz]) -> str:
    """Single choices as text2qti reads them."""
    lines = ["Quiz title: Two Lenses", ""]
    for number, question in enumerate((one for each in quizzes for one in each), start=1):
        assert isinstance(question, Single)
        lines += [f"{number}. {_line(question.stem)}", f"... {_line(question.because)}"]
        for place, option in enumerate(question.options):
            lines += [f"{'*' * option.key}{'abcdefgh'[place]}) {_line(option.text)}", f"... {_line(option.feedback)}"]
        lines.append("")
    return "\n".join(lines)


def _line(source: str) -> str:
    return " ".join(plain(source).split())


def main() -> None:
    """Print the table."""
    everything = ("--variants", "3", "--seed", "x")
    print(f"{'':10}  the whole bank    chapter 1          (one format: no bound; all: {BOUND})")
    with tempfile.TemporaryDirectory() as folder:
        for name in (*cli.FORMATS, "moodle", "all"):
            command = (COMMAND, "export", name, "-o", Path(folder) / name)
            print(f"{name:10}  {median(*command, *everything)}   {median(*command, '--chapter', '1')}", flush=True)
        chosen = select.questions(select.Wanted(without=[name for name in TYPES if name != "single"]))
        others = [word for name in TYPES if name != "single" for word in ("--without", name)]
        print(f"\n{sum(map(len, chosen))} single choices for Canvas")
        print(f"{'ours':10}  {median(COMMAND, 'export', 'canvas', '-o', Path(folder) / 'ours.zip', *others)}")
        peer = shutil.which("text2qti")
        if peer is None:
            print("text2qti    is not here: pip install text2qti")
            return
        (Path(folder) / "theirs.txt").write_text(as_text2qti(chosen), encoding="utf-8")
        print(f"{'text2qti':10}  {median(peer, Path(folder) / 'theirs.txt')}")


if __name__ == "__main__":
    main()
