"""Marks of runs: what a run that ended hard leaves is found once, and told as far as it is known."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from desktopnotes import claims
from desktopnotes.model.history import Caret
from desktopnotes.storage import paths, runs
from desktopnotes.storage.runs import Mark, Run, told
from desktopnotes.storage.state_file import Place

TODAY = datetime.fromisoformat("2026-11-26T11:00:00+01:00")
SAVED = "2026-11-26T10:42:07+01:00"
HERE = "/talks/event.talknotes.json"
PLACE = Place(HERE, "talk1", Caret("notes", "talk1", "note1", 7), 0.25, "An Event")


def left_behind(deed: str) -> int:
    """Runs `deed` in a process of its own, which ends in it; its code."""
    begin = "import os, signal\nfrom desktopnotes.storage import runs\nrun = runs.Run()\n"
    return subprocess.run([sys.executable, "-c", begin + deed], timeout=20, stderr=subprocess.PIPE).returncode


def folder() -> Path:
    return paths.state_folder() / "runs"


def test_a_run_that_is_under_way_or_ended_well_is_none_that_ended_hard() -> None:
    run = Run()
    assert runs.ended_hard() == ()
    assert len(list(folder().iterdir())) == 2
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in folder().iterdir())
    run.end()
    run.end()
    assert list(folder().iterdir()) == []
    assert runs.ended_hard() == ()


def test_what_was_known_of_one_that_was_killed_is_found_once() -> None:
    deed = (
        "from desktopnotes.storage.state_file import Place\nfrom desktopnotes.model.history import Caret\n"
        "from dataclasses import replace\n"
        f"run.write(replace(run.mark, title='{'x' * 200}'))\n"
        f"place = Place({HERE!r}, 'talk1', Caret('notes', 'talk1', 'note1', 7), 0.25, 'An Event')\n"
        f"run.write(replace(run.mark, saved={SAVED!r}, notebook={HERE!r}, title='An Event', place=place))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert left_behind(deed) == -signal.SIGKILL
    (mark,) = runs.ended_hard()
    assert (mark.saved, mark.notebook, mark.title, mark.place) == (SAVED, HERE, "An Event", PLACE)
    assert mark.fault == ""
    assert runs.ended_hard() == ()
    assert list(folder().iterdir()) == []


def test_another_start_at_the_moment_of_its_own_takes_no_mark_away(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = claims._lock

    def locked(descriptor: int) -> bool:
        monkeypatch.setattr(claims, "_lock", lock)
        assert runs.ended_hard() == ()  # between the making of the mark and its lock
        return lock(descriptor)

    monkeypatch.setattr(claims, "_lock", locked)
    run = Run()
    assert runs.ended_hard() == ()
    assert run._claim is not None
    run._claim.release()  # as the system does when it is killed
    assert len(runs.ended_hard()) == 1
    run.end()


def test_what_a_start_left_that_was_killed_while_it_made_its_mark_goes_later() -> None:
    folder().mkdir(parents=True)
    (left := folder() / "1-a.starting").touch()
    assert runs.ended_hard() == ()
    assert left.exists()
    os.utime(left, (0, 0))
    assert runs.ended_hard() == ()
    assert not left.exists()


def test_a_fault_in_native_code_is_known_and_its_code_is_as_ever() -> None:
    assert left_behind("os.kill(os.getpid(), signal.SIGSEGV)") == -signal.SIGSEGV
    assert left_behind("import ctypes\nctypes.string_at(0)") == -signal.SIGSEGV
    for mark in (marks := runs.ended_hard()):
        assert "Fatal Python error: Segmentation fault" in mark.fault
        assert 'File "<string>", line' in mark.fault
    assert len(marks) == 2


@pytest.mark.parametrize("content", [b"", b"\0" * 300, b"{", b"[]", b'{"began": 3}', b'{"began": "\xff"}'])
def test_a_mark_that_cannot_be_read_is_taken_away_in_silence(content: bytes) -> None:
    folder().mkdir(parents=True)
    (folder() / "1-a.run").write_bytes(content)
    assert runs.ended_hard() == ()
    assert list(folder().iterdir()) == []


def test_a_folder_that_cannot_be_written_keeps_nothing_from_running(home: Path) -> None:
    paths.state_folder().parent.mkdir(parents=True)
    paths.state_folder().write_text("a file in its place")
    run = Run()
    run.write(Mark(saved=SAVED))
    run.to_disk()
    run.end()
    assert runs.ended_hard() == ()


def test_a_link_in_the_place_of_a_mark_is_not_followed(tmp_path: Path) -> None:
    folder().mkdir(parents=True)
    mine = tmp_path / "mine"
    mine.write_text("mine")
    (folder() / "1-a.run").symlink_to(mine)
    os.mkfifo(folder() / "1-b.run")
    runs.ended_hard()
    assert mine.read_text() == "mine"


ENDED = "Desktop Notes ended unexpectedly last time"
MISSING = "what you typed in the seconds after that may be missing."
SAYS = [
    (Mark(saved=SAVED, notebook=HERE),
     f"{ENDED}. What was saved up to 10:42:07 is here; {MISSING}"),
    (Mark(saved="2026-11-25T10:42:07+01:00", notebook=HERE),
     f"{ENDED}. What was saved up to 10:42:07 on 25 November is here; {MISSING}"),
    (Mark(saved=SAVED, notebook="/other", title="Other"),
     f"{ENDED}. What was saved up to 10:42:07 in “Other” is there; {MISSING}"),
    (Mark(notebook=HERE),
     f"{ENDED}, before it had saved anything: what was typed in its last seconds may be missing."),
    (Mark(saved=SAVED, failing="2026-11-26T10:43:00+01:00", notebook=HERE),
     f"{ENDED}, while saving failed since 10:43:00: your notes up to 10:42:07 are here; "
     "what came later could not be kept."),
    (Mark(failing="2026-11-26T10:43:00+01:00", notebook=HERE),
     f"{ENDED}, while saving failed since 10:43:00: nothing was saved then; "
     "what came later could not be kept."),
    (Mark(saved="nonsense"),
     f"{ENDED}, before it had saved anything: what was typed in its last seconds may be missing."),
]  # fmt: skip


@pytest.mark.parametrize(("mark", "sentence"), SAYS)
def test_what_is_told(mark: Mark, sentence: str) -> None:
    assert told(mark, HERE, today=TODAY, has_copy=False) == sentence


def test_a_copy_is_told_of() -> None:
    mark = Mark(saved=SAVED, failing="2026-11-26T10:43:00+01:00", notebook=HERE)
    assert told(mark, HERE, today=TODAY, has_copy=True).endswith("what came later is kept in a copy.")
