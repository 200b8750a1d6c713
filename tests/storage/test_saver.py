"""The saver's thread: what is handed over gets to the disk in time, and what happens is told truly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.model.errors import WriteError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import opening
from desktopnotes.storage import saver as saver_module
from desktopnotes.storage.outcome import Looked, NotSavedError, Outside, Saved
from desktopnotes.storage.saver import SaveKind, Saver, SaveReport
from desktopnotes.storage.schedule import LATEST_S
from desktopnotes.storage.store import Store
from tests.storage.notebooks import small_notebook

DEADLINE_S = 10.0

ON_DISK = small_notebook("zero")
ONE, TWO, THREE = (small_notebook(text) for text in ("one", "two", "three"))


class Disk:
    """Stands in for a store: remembers what was saved and when a save began, and fails or hangs as told."""

    def __init__(self) -> None:
        self.notebook = ON_DISK
        self.saved: list[Notebook] = []
        self.taken: list[int] = []
        self.looks = 0
        self.is_closed = False
        self.found: list[Looked] = []
        self.began_s: list[float] = []
        self.failures: list[Exception] = []
        self.open = threading.Event()
        self.open.set()

    def save(self, notebook: Notebook, taken: int) -> Saved:
        self.taken.append(taken)
        self.began_s.append(time.monotonic())
        assert self.open.wait(DEADLINE_S)
        if self.failures:
            raise self.failures.pop(0)
        self.saved.append(notebook)
        self.notebook = notebook
        return Saved("All well." if notebook is TWO else "")

    def look(self) -> Looked | None:
        self.looks += 1
        return self.found.pop(0) if self.found else None

    def close(self) -> None:
        self.is_closed = True


class Told:
    """The reports of a saver, to be waited for."""

    def __init__(self) -> None:
        self.reports: list[SaveReport] = []
        self._news = threading.Condition()

    def __call__(self, report: SaveReport) -> None:
        with self._news:
            self.reports.append(report)
            self._news.notify_all()

    @property
    def kinds(self) -> list[tuple[str, int]]:
        return [(report.kind, report.revision) for report in self.reports]

    def wait_for(self, kind: SaveKind, revision: int, count: int = 1) -> SaveReport:
        with self._news:
            found = self._news.wait_for(lambda: self.kinds.count((kind, revision)) >= count, DEADLINE_S)
            assert found, f"{kind} {revision} was not told, only {self.kinds}"
            return next(
                each for each in reversed(self.reports) if (each.kind, each.revision) == (kind, revision)
            )


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def saver(disk: Disk, told: Told) -> Iterator[Saver]:
    made = Saver(disk, told)
    yield made
    disk.open.set()
    made.close()


def test_a_change_is_saved_after_a_quiet_second(disk: Disk, told: Told, saver: Saver) -> None:
    changed_s = time.monotonic()
    assert saver.changed(ONE) == 1
    assert not saver.all_is_saved
    report = told.wait_for(SaveKind.SAVED, 1)
    assert 1.0 <= disk.began_s[0] - changed_s < 2.0
    assert disk.saved == [ONE]
    assert told.kinds == [("saving", 1), ("saved", 1)]
    assert report.at.tzinfo is not None
    assert report.message == ""


def test_typing_is_saved_two_seconds_after_its_first_key(disk: Disk, told: Told, saver: Saver) -> None:
    began_s = time.monotonic()
    revision = 0
    while not disk.began_s:
        revision = saver.changed(small_notebook(str(revision)))
        assert time.monotonic() - began_s < DEADLINE_S
        threading.Event().wait(0.05)
    assert LATEST_S <= disk.began_s[0] - began_s < 2.5


def test_what_need_not_wait_is_saved_at_once(disk: Disk, told: Told, saver: Saver) -> None:
    now_s = time.monotonic()
    saver.save_now(TWO)
    assert told.wait_for(SaveKind.SAVED, 1).message == "All well."
    assert disk.began_s[0] - now_s < 0.5


def test_only_the_newest_is_saved(disk: Disk, told: Told, saver: Saver) -> None:
    disk.open.clear()
    saver.save_now(ONE)
    told.wait_for(SaveKind.SAVING, 1)
    saver.changed(TWO)
    saver.save_now(THREE)
    disk.open.set()
    told.wait_for(SaveKind.SAVED, 3)
    assert disk.saved == [ONE, THREE]


def test_what_is_on_the_disk_is_not_saved_again(disk: Disk, saver: Saver) -> None:
    assert saver.latest is ON_DISK
    assert saver.save_now(ON_DISK) == 0
    assert saver.all_is_saved
    assert saver.flush(ON_DISK)
    assert saver.flush(ONE)
    assert saver.latest is ONE
    assert saver.flush(ONE)
    assert disk.saved == [ONE]


def test_a_flush_waits_until_it_is_on_the_disk(disk: Disk, told: Told, saver: Saver) -> None:
    disk.open.clear()
    saver.save_now(ONE)
    told.wait_for(SaveKind.SAVING, 1)
    threading.Timer(0.2, disk.open.set).start()
    assert saver.flush(TWO)
    assert disk.saved == [ONE, TWO]
    assert saver.all_is_saved


def test_a_flush_that_fails_says_so(disk: Disk, told: Told, saver: Saver) -> None:
    disk.failures = [WriteError("The disk is full.", "Free some space.")]
    assert not saver.flush(ONE)
    report = told.wait_for(SaveKind.FAILED, 1)
    assert (report.message, report.hint) == ("The disk is full.", "Free some space.")
    assert not saver.all_is_saved
    assert saver.flush(ONE)


def test_a_flush_that_takes_too_long_says_so(disk: Disk, saver: Saver) -> None:
    disk.open.clear()
    began_s = time.monotonic()
    assert not saver.flush(ONE, timeout_s=0.2)
    assert time.monotonic() - began_s < 2.0


def test_a_failed_save_is_tried_again_by_itself(disk: Disk, told: Told, saver: Saver) -> None:
    disk.failures = [WriteError("The folder is gone.")]
    saver.save_now(ONE)
    told.wait_for(SaveKind.SAVED, 1)
    assert told.kinds == [("saving", 1), ("failed", 1), ("saving", 1), ("saved", 1)]


def test_a_failed_save_is_tried_again_at_the_next_change(disk: Disk, told: Told, saver: Saver) -> None:
    disk.failures = [WriteError("The folder is gone.")]
    saver.save_now(ONE)
    told.wait_for(SaveKind.FAILED, 1)
    saver.save_now(TWO)
    told.wait_for(SaveKind.SAVED, 2)
    assert disk.saved == [TWO]
    assert saver.all_is_saved


def test_a_fault_of_the_program_is_told_and_saving_goes_on(
    disk: Disk, told: Told, saver: Saver, caplog: pytest.LogCaptureFixture
) -> None:
    disk.failures = [ZeroDivisionError("oops")]
    saver.save_now(ONE)
    report = told.wait_for(SaveKind.FAILED, 1)
    assert "by a fault of the program. Your notes are safe in this window." in report.message
    assert "ZeroDivisionError: oops" in caplog.text
    told.wait_for(SaveKind.SAVED, 1)


def test_a_listener_that_fails_does_not_stop_the_saving(disk: Disk, caplog: pytest.LogCaptureFixture) -> None:
    def listener(report: SaveReport) -> None:
        raise RuntimeError("the mailbox is gone")

    saver = Saver(disk, listener)
    assert saver.flush(ONE)
    assert saver.flush(TWO)
    assert saver.close()
    assert disk.is_closed
    assert "the mailbox is gone" in caplog.text


def test_a_failure_tells_its_reason_and_where_the_copy_lies(disk: Disk, told: Told, saver: Saver) -> None:
    outside = Outside(ONE, TWO, THREE, 1)
    copy = Path("/state/copy")
    disk.failures = [NotSavedError("No.", "Free some.", why="The disk is full", copy=copy, outside=outside)]
    saver.save_now(ONE)
    report = told.wait_for(SaveKind.FAILED, 1)
    assert (report.message, report.why, report.copy, report.outside) == (
        "No.",
        "The disk is full",
        copy,
        outside,
    )
    told.wait_for(SaveKind.SAVED, 1)
    assert not saver.has_failed


def test_the_file_is_looked_at_while_nothing_is_to_be_saved(
    disk: Disk, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver_module, "LOOK_EVERY_S", 0.05)
    outside = Outside(ON_DISK, TWO, TWO, 7)
    disk.found = [Looked(outside=outside)]
    saver = Saver(disk, told)
    assert told.wait_for(SaveKind.LOOKED, 0).outside is outside
    assert disk.saved == []
    saver.took(TWO, 7)
    told.wait_for(SaveKind.SAVED, 1)
    assert disk.taken == [7]
    looks = disk.looks
    disk.open.clear()
    saver.save_now(ONE)
    told.wait_for(SaveKind.SAVING, 2)
    looks = disk.looks
    threading.Event().wait(0.2)
    assert disk.looks == looks
    assert saver.saving_for_s > 0.1
    disk.open.set()
    told.wait_for(SaveKind.SAVED, 2)
    assert saver.saving_for_s == 0
    saver.close()


def test_a_look_can_be_had_at_once_and_may_ask_for_a_save(disk: Disk, told: Told, saver: Saver) -> None:
    disk.found = [Looked("It was damaged.", is_to_write=True)]
    saver.look_now()
    assert told.wait_for(SaveKind.LOOKED, 0).message == "It was damaged."
    told.wait_for(SaveKind.SAVED, 1)
    assert disk.saved == [ON_DISK]


def test_what_did_not_wait_makes_nothing_hurry(disk: Disk, told: Told, saver: Saver) -> None:
    saver.save_now(ON_DISK)
    changed_s = time.monotonic()
    saver.changed(ONE)
    told.wait_for(SaveKind.SAVED, 1)
    assert disk.began_s[0] - changed_s >= 1.0


def test_closing_saves_what_waits_and_ends_the_thread(disk: Disk, saver: Saver) -> None:
    saver.changed(ONE)
    began_s = time.monotonic()
    assert saver.close()
    assert time.monotonic() - began_s < 0.9
    assert disk.saved == [ONE]
    assert saver.close()
    assert saver.flush(ONE)
    assert not saver._thread.is_alive()


def test_closing_tries_once_and_says_if_that_failed(disk: Disk, told: Told, saver: Saver) -> None:
    disk.failures = [WriteError("The disk is full.")] * 5
    saver.changed(ONE)
    assert not saver.close()
    assert len(disk.began_s) == 1
    assert not saver.flush(ONE, timeout_s=DEADLINE_S)


def test_what_comes_after_closing_is_refused_aloud(saver: Saver) -> None:
    saver.close()
    with pytest.raises(RuntimeError, match="closed"):
        saver.changed(TWO)


def test_a_signal_in_the_midst_of_a_change_still_saves_it(disk: Disk, told: Told) -> None:
    """SIGTERM's handler runs between any two lines of the window's thread, also while that holds the lock."""
    interrupt: list[Callable[[], bool]] = []
    flushed: list[bool] = []

    def now() -> float:
        if interrupt and threading.current_thread() is threading.main_thread():
            flushed.append(interrupt.pop()())
        return time.monotonic()

    saver = Saver(disk, told, now)
    interrupt.append(lambda: saver.flush(ONE))
    saver.changed(ONE)
    assert flushed == [True]
    assert disk.saved[0] is ONE
    saver.close()


def test_a_real_store_holds_the_last_of_many_quick_changes(tmp_path: Path, told: Told) -> None:
    opened = opening.create(tmp_path, "Quick")
    saver = Saver(Store(opened), told)
    notebook = opened.notebook
    for i in range(500):
        notebook = replace(notebook, title=f"Quick {i}")
        saver.save_now(notebook) if i % 7 else saver.changed(notebook)
    assert saver.flush(notebook)
    assert opening.open_notebook(opened.path).notebook == notebook
    revisions = [report.revision for report in told.reports if report.kind is SaveKind.SAVED]
    assert revisions == sorted(set(revisions))
    assert revisions[-1] == 500
    assert saver.close()


def test_another_thread_saves_what_was_handed_over_last(disk: Disk, told: Told, saver: Saver) -> None:
    """As the thread of signals does while the window hangs."""
    newest = small_notebook("the last")
    saver.changed(small_notebook("before"))
    saver.changed(newest)
    saved: list[bool] = []
    thread = threading.Thread(target=lambda: saved.append(saver.flush_latest(DEADLINE_S)))
    thread.start()
    thread.join(DEADLINE_S)
    assert saved == [True]
    assert saver.all_is_saved
    assert saver.latest is newest
