"""Programs run beside ours: their lines as they come, their limits, their end."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from desktopnotes.media.background import CancelledError
from desktopnotes.media.child import LINE_BYTES, Child, TooMuchError
from tests.media.web_room import children
from tests.waiting import wait_until


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_lines_come_as_they_are_written() -> None:
    with Child(python("print('one', flush=True); input() if 0 else None; print('zwö')")) as child:
        assert [line.strip() for line in child.lines(20)] == ["one", "zwö"]
        assert child.end() == 0
    assert children(os.getpid()) == set()


def test_it_has_nothing_to_read_and_says_why_it_failed() -> None:
    code = "import sys; sys.stderr.write('bad\\xff' * 3); sys.exit(len(sys.stdin.read()) + 3)"
    with Child(python(code)) as child:
        assert list(child.lines(20)) == []
        assert child.end() == 3
        assert child.last_words().startswith("bad")


def test_silence_has_an_end() -> None:
    with Child(python("import time; time.sleep(60)")) as child, pytest.raises(TimeoutError):
        list(child.lines(0.3))
    assert children(os.getpid()) == set()


def test_a_cancel_comes_through_while_it_is_silent() -> None:
    def cancelled() -> None:
        raise CancelledError

    with Child(python("import time; time.sleep(60)")) as child, pytest.raises(CancelledError):
        list(child.lines(60, cancelled))
    assert children(os.getpid()) == set()


@pytest.mark.parametrize(
    "code",
    [
        f"print('x' * {LINE_BYTES + 10})",
        "while True: print('x' * 1000)",
        "import sys\nwhile True: sys.stdout.write('x' * 1000)",
    ],
)
def test_too_much_is_refused(code: str) -> None:
    with Child(python(code)) as child, pytest.raises(TooMuchError):
        for _ in child.lines(20, limit_bytes=3_000_000):
            pass
    assert children(os.getpid()) == set()


def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(inner.pid, flush=True); time.sleep(60)"
    )
    child = Child(python(code))
    inner = int(next(child.lines(20)))
    child.end()
    wait_until(lambda: not _runs(inner), "the inner one ended")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_its_memory_is_limited() -> None:
    with Child(python("x = bytearray(400_000_000); print('got it')"), memory_bytes=300_000_000) as child:
        assert list(child.lines(20)) == []
        assert child.end() != 0
        assert "MemoryError" in child.last_words()


def test_a_program_that_is_not_there_is_an_error_at_once() -> None:
    before = threading.active_count()
    with pytest.raises(OSError, match="no-such"):  # by what starts it, so nobody waits for its lines
        Child(["/no-such-program"])
    assert threading.active_count() <= before
    assert children(os.getpid()) == set()
