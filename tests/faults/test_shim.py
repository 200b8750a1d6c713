"""The machine of faults itself: it sees every call on the folder, and does to it what it is told."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import promises, shim

REPO = Path(__file__).resolve().parents[2]

EVERY_KIND = """
import ctypes, os, shutil, subprocess, sys
from desktopnotes.files import replace_file

os.chdir(sys.argv[1])
folder = os.open(".", os.O_RDONLY)
replace_file(__import__("pathlib").Path("a").resolve(), b"0123456789")
os.close(os.dup(os.open("b", os.O_CREAT | os.O_WRONLY, dir_fd=folder)))
shutil.copyfile("a", "c")
os.link("a", "d"); os.rename("d", "e", src_dir_fd=folder, dst_dir_fd=folder); os.unlink("e")
libc = ctypes.CDLL(None)
assert libc.renameat2(-100, b"a", -100, b"c", 2) == 0
assert libc.syscall(316, -100, b"a", -100, b"c", 2) == 0
file = os.open("c", os.O_RDWR)
os.pwrite(file, b"pw", 0); os.writev(file, [b"wri", b"tev"]); os.ftruncate(file, 3); os.fdatasync(file)
os.truncate("c", 1); os.chmod("c", 0o600); os.utime("c"); os.mkdir("f"); os.rmdir("f"); os.symlink("a", "l")
subprocess.run(["touch", "by-a-child"], check=True)
open("/dev/null", "wb").write(b"elsewhere")
"""

SEEN = (
    *("open", "open", "write", "fsync", "close", "rename", "open", "fsync"),  # the folder, and a save
    *("open", "open", "open", "sendfile", "sendfile", "close", "link", "rename", "unlink"),
    *("renameat2", "renameat2", "open", "pwrite", "writev", "ftruncate", "fdatasync"),
    *("truncate", "chmod", "utimens", "mkdir", "rmdir", "symlink"),
)


def run(
    folder: Path, faults: dict[str, str], program: str = EVERY_KIND
) -> subprocess.CompletedProcess[bytes]:
    command = (sys.executable, "-c", program, str(folder))
    return subprocess.run(
        command, env=os.environ | faults | {"PYTHONPATH": str(REPO)}, cwd=REPO, capture_output=True
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a folder 🎈").mkdir()
    return tmp_path / "a folder 🎈"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def test_every_kind_of_call_is_seen_in_its_order_and_no_other(folder: Path, log: Path) -> None:
    ended = run(folder, shim.environment(folder, log=log, content=True))
    assert ended.returncode == 0, ended.stderr
    calls = shim.calls(log)
    assert tuple(call.name for call in calls) == SEEN
    assert [call.number for call in calls] == list(range(1, len(SEEN) + 1))
    written = [call for call in calls if "write" in call.name]
    assert [(call.content, call.offset) for call in written] == [
        (b"0123456789", 0),
        (b"pw", 0),
        (b"writev", 0),
    ]
    assert [call.flags for call in calls if call.name == "renameat2"] == [2, 2]


def test_it_is_killed_before_in_the_midst_of_or_after_a_call(folder: Path, log: Path) -> None:
    write = SEEN.index("write") + 1
    for fault, left in (("kill_at", b""), ("tear_at", b"01234"), ("kill_after", b"0123456789")):
        ended = run(folder, shim.environment(folder, **{fault: write}, log=log))  # type: ignore[arg-type]
        assert ended.returncode == -signal.SIGKILL
        (temporary,) = folder.iterdir()
        assert temporary.read_bytes() == left, fault
        temporary.unlink()


def test_a_call_fails_as_it_is_told(folder: Path) -> None:
    ended = run(folder, shim.environment(folder, fail_at=SEEN.index("fsync") + 1, errno=errno.ENOSPC))
    assert b"The disk is full" in ended.stderr
    assert list(folder.iterdir()) == []


def test_calls_fail_as_long_as_it_is_wished(folder: Path, tmp_path: Path) -> None:
    switch = tmp_path / "switch"
    shim.fail(switch, ["fsync", "mkdir"], errno.EIO)
    assert b"reports an error" in run(folder, shim.environment(folder, fail_while=switch)).stderr
    switch.unlink()
    assert run(folder, shim.environment(folder, fail_while=switch)).returncode == 0


def test_a_short_write_is_gone_on_with(folder: Path, log: Path) -> None:
    run(folder, shim.environment(folder, short_at=SEEN.index("write") + 1, log=log, content=True))
    assert [call.content for call in shim.calls(log) if call.name == "write"] == [b"01234", b"56789"]


def test_fsync_is_slowed(folder: Path) -> None:
    began_s = time.monotonic()
    assert run(folder, shim.environment(folder, slow_fsync_ms=200)).returncode == 0
    assert time.monotonic() - began_s > 0.6  # two of fsync, one of fdatasync


def test_the_table_holds_the_last_figure_of_each_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promises, "BUILD", tmp_path)
    monkeypatch.setattr(promises, "RECORDS", tmp_path / "promises.jsonl")
    monkeypatch.setattr(promises, "TABLE", tmp_path / "promises.md")
    for measured in ("3 lost", "0 lost | of 7"):
        promises.record("Saved is on the disk", "0 lost", measured)
    promises.record("Another", "1 ms", "2 ms", "python -m tests.bench.saving")
    assert promises.write_table() == (
        "| promise | figure | measured | command |\n|---|---|---|---|\n"
        "| Another | 1 ms | 2 ms | python -m tests.bench.saving |\n"
        "| Saved is on the disk | 0 lost | 0 lost \\| of 7 | ./test --faults |\n"
    )
