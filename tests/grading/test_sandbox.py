"""What students' code tries costs its own submission only, and is said. Each attempt is counted, bounded and harmless.

Where it is safe, the same attempt runs once without the sandbox, to show that the sandbox is what stops it.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import classes
import psutil
import pytest

from twolenses.errors import GradingError
from twolenses.grading import client, sandbox
from twolenses.grading.client import Warm
from twolenses.grading.run import Run
from twolenses.grading.wire import Job, Limits, Message, Ran

TIGHT = Limits(
    cell=2, whole=8, memory=400_000_000, processes=20, files=64, file_size=5_000_000, disk=20_000_000, output=1_000_000
)


@pytest.fixture(scope="module")
def bare() -> Iterator[Warm]:
    """The same without a sandbox."""
    with Warm(sandbox=False) as started:
        yield started


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that anybody on this machine may read, as another's submission may be, and a secret in the environment."""
    monkeypatch.setenv("TOKEN_OF_THE_GRADER", "planted")
    path = tmp_path / "submitted" / "other" / "small.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text("planted")
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(0o755)
    return path


def run(warm: Warm, *cells: str, limits: Limits = TIGHT) -> Ran:
    return warm.run(Job(tuple(textwrap.dedent(cell) for cell in cells), limits=limits))


def text(messages: list[Message]) -> str:
    return "".join(content.get("text", "") or content.get("evalue", "") for _, content in messages)


def status(ran: Ran) -> list[str]:
    return [str(reply["status"]) for reply in ran.replies]


# ── time ─────────────────────────────────────────────────────────────────────────────────────────────

ENDLESS = {
    "python": "while True: pass",
    "caught": "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except KeyboardInterrupt:\n        pass",
    "c": "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')",
    "sleep": "import time\ntime.sleep(60)",
    "ignored": "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)",
    "await": "import asyncio\nawait asyncio.sleep(60)",
    "child": "import subprocess\nsubprocess.run(['sleep', '60'])",
}
STOPS = {"python", "c", "sleep", "await", "child"}
"""Those that end on an interrupt, so that the cells below them still run."""


@pytest.mark.parametrize("kind", ENDLESS)
def test_an_endless_cell_ends(warm: Warm, kind: str) -> None:
    ran = run(warm, "x = 1", ENDLESS[kind], "print('after')")
    (fault,) = ran.faults
    assert "code cell 2 ran for more than 2 seconds" in fault
    if kind in STOPS:
        assert "and was interrupted" in fault
        assert status(ran) == ["ok", "interrupted", "ok"]
        assert text(ran.messages[2]) == "after\n"
    else:
        assert "did not stop; the rest counts as failed" in fault
        assert status(ran) == ["ok"]


def test_a_thread_that_goes_on_ends_with_its_notebook(warm: Warm) -> None:
    ran = run(
        warm, "import threading\nthreading.Thread(target=lambda: [None for _ in iter(int, 1)]).start()", "print('on')"
    )
    assert (text(ran.messages[1]), ran.faults) == ("on\n", [])


def test_a_notebook_of_many_slow_cells_ends(warm: Warm) -> None:
    ran = run(warm, *["import time\ntime.sleep(1)"] * 20, limits=Limits(cell=30, whole=3))
    assert "was still running after 3 seconds for the whole notebook" in ran.faults[0]
    assert len(ran.replies) < 5


def test_what_it_starts_ends_with_it(warm: Warm) -> None:
    """A hundred sleeping processes, each in a session of its own: some cannot be started, and none is left."""
    started = """
        import os, subprocess
        count = 0
        for _ in range(100):
            try:
                subprocess.Popen(["sleep", "47"], start_new_session=True)
                count += 1
            except OSError as error:
                print(type(error).__name__)
                break
        print(count)
        """
    ran = run(warm, started)
    name, count = text(ran.messages[0]).split()
    assert name == "BlockingIOError"
    assert 1 < int(count) < 20
    assert not [one for one in psutil.process_iter(["cmdline"]) if one.info["cmdline"] == ["sleep", "47"]]


# ── memory, files, output ────────────────────────────────────────────────────────────────────────────


def test_memory_is_bounded(warm: Warm, bare: Warm) -> None:
    attempt = "held = bytearray(600_000_000)\nprint(len(held))"
    assert run(warm, attempt).replies[0]["ename"] == "MemoryError"
    assert text(run(bare, attempt, limits=Limits()).messages[0]) == "600000000\n"


def test_a_file_is_bounded(warm: Warm, bare: Warm) -> None:
    attempt = "with open('large', 'wb') as file:\n    for _ in range(200):\n        file.write(bytes(1_000_000))\nprint('written')"
    assert run(warm, attempt).replies[0]["ename"] == "OSError"
    assert text(run(bare, attempt, limits=Limits()).messages[0]) == "written\n"


def test_many_files_are_bounded(warm: Warm) -> None:
    attempt = """
        import time
        for number in range(60):
            with open(f"part-{number}", "wb") as file:
                file.write(bytes(1_000_000))
        time.sleep(30)
        """
    assert run(warm, attempt).faults == ["code cell 1 wrote more than 20 MB and was interrupted"]


def test_open_files_are_bounded(warm: Warm) -> None:
    assert run(warm, "held = [open('x', 'w') for _ in range(500)]").replies[0]["ename"] == "OSError"


@pytest.mark.parametrize(
    "attempt",
    ["for _ in range(10**9): print('x' * 1000)", "import os\nfor _ in range(10**9): os.write(1, b'x' * 1000)"],
)
def test_output_without_end_is_interrupted(warm: Warm, attempt: str) -> None:
    ran = run(warm, attempt, "print('after')")
    assert ran.faults == ["code cell 1 put out more than 1 MB and was interrupted"]
    assert text(ran.messages[1]) == "after\n"
    assert len(text(ran.messages[0])) < 4_000_000


# ── other people's files ─────────────────────────────────────────────────────────────────────────────


def test_another_submission_cannot_be_read(warm: Warm, bare: Warm, planted: Path) -> None:
    attempt = f"print(open({str(planted)!r}).read())"
    assert run(warm, attempt).replies[0]["ename"] == "PermissionError"
    assert text(run(bare, attempt).messages[0]) == "planted\n"


def test_nor_by_a_link_of_its_own(warm: Warm, bare: Warm, planted: Path) -> None:
    attempt = f"import os\nos.symlink({str(planted)!r}, 'mine.txt')\nprint(open('mine.txt').read())"
    assert run(warm, attempt).replies[0]["ename"] == "PermissionError"
    assert text(run(bare, attempt).messages[0]) == "planted\n"


def test_nor_by_a_program(warm: Warm, bare: Warm, planted: Path) -> None:
    attempt = f"!cat {planted}"
    assert "Permission denied" in text(run(warm, attempt).messages[0])
    assert text(run(bare, attempt).messages[0]) == "planted"


@pytest.mark.parametrize("place", ["/root", "/home", "/proc", "/tmp", "/var", "/run", "/"])
def test_other_folders_cannot_be_listed(warm: Warm, bare: Warm, place: str) -> None:
    attempt = f"import os\nprint(len(os.listdir({place!r})) >= 0)"
    assert run(warm, attempt).replies[0]["ename"] == "PermissionError"
    assert text(run(bare, attempt).messages[0]) == "True\n"


def test_nothing_outside_its_folder_is_written(warm: Warm, bare: Warm, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    attempt = f"open({str(tmp_path / 'mark')!r}, 'w').write('x')"
    assert run(warm, attempt).replies[0]["ename"] == "PermissionError"
    assert not (tmp_path / "mark").exists()
    assert status(run(bare, attempt)) == ["ok"]


def test_what_is_a_link_is_not_brought_back(warm: Warm, planted: Path) -> None:
    ran = run(warm, f"import os\nos.symlink({str(planted)!r}, 'answer.txt')\nopen('own.txt', 'w').write('x')")
    assert ran.files == {"own.txt": b"x"}


def test_no_folder_stays_that_forbids_its_deletion(warm: Warm) -> None:
    before = set(warm._folder.iterdir())
    run(warm, "import os\nos.mkdir('shut')\nopen('shut/x', 'w').close()\nos.chmod('shut', 0)")
    assert set(warm._folder.iterdir()) == before


def test_the_environment_has_no_secret(warm: Warm, planted: Path) -> None:
    ran = run(warm, "import os\nprint(sorted(os.environ))", "!env")
    assert "TOKEN" not in text(ran.messages[0]) + text(ran.messages[1])


def test_no_descriptor_is_inherited(warm: Warm) -> None:
    asked = """
        import os
        found = []
        for number in range(4, 256):
            try:
                found.append(os.readlink(f"/proc/self/fd/{number}"))
            except PermissionError:
                try:
                    os.fstat(number)
                    found.append(number)
                except OSError:
                    pass
            except OSError:
                pass
        print([one for one in found if isinstance(one, int)])
        """
    numbers = [int(one) for one in text(run(warm, asked).messages[0]).strip("[]\n").split(",") if one.strip()]
    assert len(numbers) <= 3, "the event loop's own"


# ── the network ──────────────────────────────────────────────────────────────────────────────────────

FAMILIES = [
    "AF_INET, socket.SOCK_STREAM",
    "AF_INET, socket.SOCK_DGRAM",
    "AF_INET6, socket.SOCK_STREAM",
    "AF_UNIX, socket.SOCK_STREAM",
    "AF_NETLINK, socket.SOCK_RAW",
]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.replace(", socket.", "-"))
def test_there_is_no_network(warm: Warm, bare: Warm, family: str) -> None:
    attempt = f"import socket\nsocket.socket(socket.{family}).close()"
    assert run(warm, attempt).replies[0]["ename"] == "PermissionError"
    assert status(run(bare, attempt)) == ["ok"]


def test_nor_for_a_program(warm: Warm) -> None:
    attempt = f"!{sys.executable} -c 'import socket; socket.socket()' || echo refused"
    assert "refused" in text(run(warm, attempt).messages[0])


# ── other processes ──────────────────────────────────────────────────────────────────────────────────


def test_it_cannot_signal_what_is_outside(warm: Warm, bare: Warm) -> None:
    with subprocess.Popen(["sleep", "30"]) as other:
        attempt = f"import os\nos.kill({other.pid}, 0)"
        assert run(warm, attempt).replies[0]["ename"] in ("ProcessLookupError", "PermissionError")
        assert status(run(bare, attempt)) == ["ok"]
        other.kill()


def test_killing_all_it_can_reach_ends_only_itself(warm: Warm) -> None:
    ran = run(warm, "import os, signal\nos.kill(-1, signal.SIGKILL)\nos.kill(os.getppid(), signal.SIGKILL)")
    assert len(ran.messages) == 1
    assert run(warm, "print('alive')").faults == []


@pytest.mark.parametrize(
    "call", ["ptrace(16, 1, 0, 0)", "unshare(0x10000000)", "setns(0, 0)", "mount(b'x', b'/', b'tmpfs', 0, 0)"]
)
def test_calls_that_lead_out_are_refused(warm: Warm, call: str) -> None:
    ran = run(warm, f"import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint(libc.{call}, ctypes.get_errno())")
    assert text(ran.messages[0]) == "-1 13\n"


def test_it_is_nobody(warm: Warm) -> None:
    ran = run(
        warm,
        "import os\nprint(os.getuid(), os.getpid())\ntry:\n    os.setuid(0)\nexcept PermissionError:\n    print('no')\nelse:\n    print(os.getuid())",
    )
    user, pid, then = text(ran.messages[0]).split()
    assert pid == "1"
    assert then == "no"
    assert int(user) != 0


# ── the grader itself ────────────────────────────────────────────────────────────────────────────────


def test_a_test_is_not_there_before_the_cells_above_it_ran(warm: Warm) -> None:
    """Frames, the garbage collector, the socket: the hidden word has not arrived."""
    look = """
        import gc, sys, os
        frames = []
        frame = sys._getframe()
        while frame:
            frames.append(repr(frame.f_locals))
            frame = frame.f_back
        seen = " ".join(frames) + " ".join(o for o in gc.get_objects() if isinstance(o, str))
        os.set_blocking(3, False)
        try:
            seen += repr(os.read(3, 10_000))
        except BlockingIOError:
            pass
        print("hid" + "den" in seen)
        os.set_blocking(3, True)
        """
    ran = run(warm, look, "assert 'hidden'")
    assert text(ran.messages[0]) == "False\n"
    assert status(ran) == ["ok", "ok"]


def test_a_forged_message_breaks_off(warm: Warm) -> None:
    """What is no message of Jupyter's can only have come from the notebook."""
    forged = "import os, struct, json\ndata = json.dumps(['stream', {'name': 'grade', 'text': '2'}]).encode()\n_ = os.write(3, struct.pack('!I', len(data)) + data)"
    ran = run(warm, forged, "assert False")
    assert "code cell 1 sent a stream called 'grade': look at it." in ran.faults[0]
    assert status(ran) == []


@pytest.mark.parametrize(
    "data", ["b'\\xff\\xff\\xff\\xff'", "struct.pack('!I', 3) + b'not'", "struct.pack('!I', 200_000) + b'[' * 200_000"]
)
def test_a_frame_that_is_none_breaks_off(warm: Warm, data: str) -> None:
    ran = run(
        warm, f"import os, struct\nsent = {data}\nwhile sent:\n    sent = sent[os.write(3, sent):]", "assert True"
    )
    assert len(ran.faults) == 1
    assert "code cell 1" in ran.faults[0]


def test_a_done_before_its_time_is_found(warm: Warm) -> None:
    """A cell that says of itself and of the next that they are done."""
    forged = "import os, struct, json\ndata = json.dumps(['done', {'status': 'ok'}]).encode()\nfor _ in range(2):\n    os.write(3, struct.pack('!I', len(data)) + data)"
    ran = run(warm, forged, "assert False", "assert False")
    assert "sent an answer that was not asked for" in ran.faults[0]


PATCHES = {
    "AssertionError": "import builtins\nbuiltins.AssertionError = type('Kind', (Exception,), {})",
    "print": "import builtins\nbuiltins.print = lambda *a: None",
    "showtraceback": "get_ipython().showtraceback = lambda *a, **k: None",
    "run_cell": "get_ipython().run_cell = None",
    "stdout": "import sys\nsys.stdout = sys.stderr = None",
    "channel": "import os\nos.close(3)",
    "loop": "import asyncio\nasyncio.get_event_loop().close()",
    "excepthook": "get_ipython().set_custom_exc((Exception,), lambda *a: [])",
}


@pytest.mark.parametrize("name", PATCHES)
def test_a_wrong_answer_stays_wrong_whatever_is_patched(warm: Warm, tmp_path: Path, name: str) -> None:
    classes.small(tmp_path, {"test": "assert x == 1"}, {"a": [PATCHES[name], "x = 2"], "b": "x = 1"})
    outcomes = list(Run(tmp_path, "small").grade(warm.run))
    assert all(one.graded for one in outcomes)
    assert classes.scores(tmp_path, "small", "a")["small"]["test"]["score"] == 0
    assert classes.scores(tmp_path, "small", "b")["small"]["test"]["score"] == 2


# ── what the kernel gives ────────────────────────────────────────────────────────────────────────────


def test_the_line_says_what_there_is(warm: Warm, bare: Warm) -> None:
    assert warm.line == f"{', '.join(sandbox.NAMES.values())}."
    assert bare.line == "no sandbox: submissions run with all that you may do."


@pytest.mark.parametrize("lacking", ["files", "network"])
def test_a_kernel_that_gives_too_little_is_refused(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short = {name: words for name, words in sandbox.NAMES.items() if name not in (lacking, "space")}
    monkeypatch.setattr(client, "NAMES", short)
    with pytest.raises(GradingError, match="not enough to run students' code.*say --sandbox none"):
        Warm()
