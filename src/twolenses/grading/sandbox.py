"""What a student's code may do: files by Landlock, network by seccomp and a namespace, the rest by limits.

Everything is done by the process itself, before it runs a student's first cell, and cannot be undone. Kept libraries do
what is hard to get right: `sandlock` for Landlock, `pyseccomp` for the filter of system calls. What the kernel does not
give is found by trying it, in a fork that is thrown away.
"""

from __future__ import annotations

import ctypes
import os
import resource
import socket
import sys
import sysconfig
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from twolenses import course
from twolenses.grading.wire import Limits

__all__ = ["NAMES", "confine", "enter", "needed", "next_child", "packages", "prepare", "tried"]

NAMES = {
    "files": "files by Landlock",
    "network": "network by seccomp",
    "space": "a network namespace",
    "ends": "processes by a namespace of their own",
    "user": "a user of its own",
}
"""What there is, in the words of the line that is printed."""

NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWTIME = (
    0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x80,
)  # fmt: skip

# Sockets of every family, and what sets out to get round the rest. `socketpair` is left: asyncio needs it.
DENIED = (
    "socket", "io_uring_setup", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "open_by_handle_at",
    "mount", "umount2", "move_mount", "open_tree", "fsopen", "pivot_root", "chroot", "unshare", "setns", "bpf",
    "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "shmget", "semget", "msgget", "mq_open",
    "memfd_create", "memfd_secret", "init_module", "finit_module", "kexec_load", "reboot", "swapon", "swapoff",
    "settimeofday", "clock_settime", "mknod", "mknodat", "personality",
)  # fmt: skip

FIRST_USER = 61_200
"""Of a range of numbers that systemd keeps for users that come and go; a root's submissions run as these."""

_libc = ctypes.CDLL(None, use_errno=True)
_CAPSET, _READ_ALL = {"x86_64": 126, "aarch64": 91}.get(os.uname().machine, 0), 1 << 2


def _call(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _unshare(flags: int) -> None:
    _call(_libc.unshare(flags))


# ── the warm process ─────────────────────────────────────────────────────────────────────────────────


def enter() -> bool:
    """Leave the network and the tree of processes behind; whether the kernel lets us.

    The process forks, since the first child of a new tree of processes is its init: with it, all others end.
    """
    try:
        _unshare((NEWUSER if os.getuid() else 0) | NEWNET | NEWIPC | NEWPID)
        if os.getuid():
            _same_user()
    except OSError:
        return False
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    _die_with_parent()
    return True


def _same_user(user: int = os.getuid(), group: int = os.getgid()) -> None:
    """Be in the new namespace who one was outside."""
    for name, line in (("setgroups", "deny"), ("gid_map", f"{group} {group} 1"), ("uid_map", f"{user} {user} 1")):
        Path("/proc/self", name).write_text(line)


def _die_with_parent() -> None:
    _libc.prctl(1, 9, 0, 0, 0)  # PR_SET_PDEATHSIG, SIGKILL


def next_child() -> Callable[[], None]:
    """Have the next fork begin a tree of processes of its own; what is returned takes it back in the parent."""
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    _unshare(NEWPID)

    def back() -> None:
        try:
            _call(_libc.setns(own, NEWPID))
        finally:
            os.close(own)

    return back


# ── the fork of one submission ───────────────────────────────────────────────────────────────────────


def confine(writable: Iterable[str], readable: Iterable[str], limits: Limits, slot: int, has: Iterable[str]) -> None:
    """Take from this process what a submission does not need.

    Parameters
    ----------
    writable, readable
        Folders beside those of Python itself and of the course.
    slot
        A small number that no other running submission has.
    has
        Of :data:`NAMES`, what is to be used.
    """
    has = set(has)
    if "user" in has and os.getuid():
        _unshare(NEWUSER)
        _same_user()
    _limit(limits)
    if "files" in has:
        from sandlock import Sandbox
        from sandlock import confine as landlock

        landlock(Sandbox(fs_readable=[*_readable(), *readable], fs_writable=["/dev/null", *writable]))
    if "user" in has:
        _be_nobody(slot)
    _libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    if "network" in has:
        _filter().load()


def _be_nobody(slot: int) -> None:
    """A root becomes a user that owns nothing, and may still read what Landlock lets it; others lose what they had."""
    kept = 0
    if os.getuid() == 0:
        kept = _READ_ALL
        _libc.prctl(8, 1, 0, 0, 0)  # PR_SET_KEEPCAPS
        os.setgroups([])
        os.setresgid(FIRST_USER + slot, FIRST_USER + slot, FIRST_USER + slot)
        os.setresuid(FIRST_USER + slot, FIRST_USER + slot, FIRST_USER + slot)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    data = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)
    _call(_libc.syscall(_CAPSET, head, data))


def _limit(limits: Limits) -> None:
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    whole = max(1, int(limits.whole))
    for what, most in (
        (resource.RLIMIT_AS, used + limits.memory), (resource.RLIMIT_CPU, whole), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.file_size), (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_NOFILE, limits.files),
    ):  # fmt: skip
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def packages() -> list[str]:
    """Where packages are installed. A course directory, which nbgrader puts on the path, is none of these."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]


@cache
def _readable() -> list[str]:
    """Python, its packages, the course's package and data, and the little of the system that programs read."""
    root = course.root()
    paths = {
        sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *packages(),
        "/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types",
        "/etc/passwd", "/etc/group", "/dev/urandom", "/dev/random", "/dev/zero", "/sys/devices/system/cpu",
        str(Path(__file__).resolve().parents[1]), str(root / "data"), str(root / "exercises"),
        str(root / "_toc.yml"), str(root / "chapters"),
    }  # fmt: skip
    return sorted(path for path in paths if Path(path).exists())


def prepare(has: Iterable[str]) -> None:
    """Do in the warm process what each fork would do again."""
    if "files" in has:
        import sandlock  # noqa: F401

        _readable()
    if "network" in has:
        _filter()


@cache
def _filter() -> Any:
    """The filter of system calls."""
    import errno

    import pyseccomp as seccomp

    made = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
    for name in DENIED:
        try:
            made.add_rule(seccomp.ERRNO(errno.EACCES), name)
        except (OSError, ValueError):
            continue  # a call that this machine or its libseccomp does not know
    for flag in (NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET):
        made.add_rule(seccomp.ERRNO(errno.EACCES), "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    made.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")  # libraries then use clone, whose flags can be seen
    return made


# ── what there is ────────────────────────────────────────────────────────────────────────────────────


def tried(folder: str, *, entered: bool) -> list[str]:
    """What of :data:`NAMES` the kernel gives, each tried in a fork: it is there if it stops what it should."""
    trials: dict[str, Callable[[], bool]] = {
        "files": lambda: _stops(lambda: confine([folder], [], Limits(), 0, ["files"]), _reads_elsewhere),
        "network": lambda: _stops(lambda: confine([folder], [], Limits(), 0, ["network"]), _opens_socket),
        "user": lambda: _stops(lambda: confine([folder], [], Limits(processes=1), 0, ["user"]), _starts_processes),
    }
    return [*(["space", "ends"] if entered else []), *(name for name, trial in trials.items() if trial())]


def needed(has: Iterable[str]) -> bool:
    """Whether it is enough to run a stranger's code: no file but its own, and no network."""
    return {"files", "network"} <= set(has) or {"files", "space"} <= set(has)


def _stops(prepare: Callable[[], object], attempt: Callable[[], object]) -> bool:
    child = os.fork()
    if not child:
        try:
            prepare()
        except BaseException:
            os._exit(1)
        try:
            attempt()
        except OSError:
            os._exit(0)
        os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _reads_elsewhere() -> None:
    os.listdir("/")


def _opens_socket() -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()


def _starts_processes() -> None:
    for _ in range(2):
        if not os.fork():
            os._exit(0)
