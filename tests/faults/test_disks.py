"""Disks that are full, gone or broken while a notebook is open: nothing damaged, told, saved in the end.

Here with the real session, saver and store; the program in its window meets the same in `test_program.py`.
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.actions import notes
from desktopnotes.model.history import Caret
from desktopnotes.storage import opening, paths
from tests.faults import lives, mounts, places, promises
from tests.sessions import Room, a_room_on

DISKS = (
    "Disk full, no inodes, read-only, too large, folder gone: nothing damaged, told, saved when it is well"
)
MOUNTED = ("full", "no inodes", "read-only")


def write(room: Room, text: str) -> None:
    room.session.screen.put_caret(Caret("notes", room.session.talk_id))
    notes.begin(room.session, text, room.notes[-1].id)
    notes.end(room.session)
    room.session.save_now()


def goes_through(path: Path, break_it: Callable[[], None], mend_it: Callable[[], None], *told: str) -> None:
    """A note is typed while the disk is broken; nobody does anything but mend it."""
    lives.prepare(path)
    room = a_room_on(path)
    write(room, "Before")
    room.until(lambda: room.session.saver.all_is_saved, "saved before")
    break_it()
    try:
        write(room, "During")
        room.until(lambda: failures(room), "the failure is told")
        assert any(words in failures(room)[0] for words in told), failures(room)
        assert not room.session.saver.all_is_saved
        if path.exists():
            assert texts_in(path) == ["Before", "Old one", "Old two"]
        kept = copies()
    finally:
        mend_it()
    room.until(lambda: room.session.saver.all_is_saved, "saved when it is well")
    assert texts_in(path) == ["Before", "During", "Old one", "Old two"]
    assert [each.name for each in path.parent.resolve().iterdir() if each.name.endswith(".tmp")] == []
    assert copies() == [], f"of {kept}"
    assert room.session.close()
    assert room.errors == []


def failures(room: Room) -> list[str]:
    return [report.message for report in room.screen.saves if report.kind.value == "failed"]


def texts_in(path: Path) -> list[str]:
    return [text for text, _ in lives.state_of(opening.open_notebook(path).notebook)]


def copies() -> list[Path]:
    folder = paths.state_folder() / "unsaved"
    return list(folder.rglob("*.talknotes.json")) if folder.exists() else []


def fill(folder: Path, *, with_bytes: bool) -> list[Path]:
    """Takes up all the room that there is, or all the names."""
    made: list[Path] = []
    while True:
        path = folder / f"filler{len(made)}"
        try:
            path.touch()
            made.append(path)
            if with_bytes:
                with path.open("wb", buffering=0) as file:
                    while True:
                        file.write(bytes(4096))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            return made


def measured(name: str, what: str) -> None:
    promises.record(f"{DISKS} ({name})", "0 damaged", what)


@pytest.mark.parametrize("broken", MOUNTED)
def test_a_disk_that_is_full_or_read_only(tmp_path: Path, broken: str) -> None:
    if not mounts.may_mount():
        measured(broken, mounts.NOT_HERE)
        return
    made: list[Path] = []
    with mounts.in_memory(tmp_path / "disk", "size=256k", "nr_inodes=40") as disk:
        path = disk / "event.talknotes.json"

        def break_it() -> None:
            if broken == "read-only":
                mounts.remount(disk, "ro")
            else:
                made.extend(fill(disk, with_bytes=broken == "full"))

        def mend_it() -> None:
            mounts.remount(disk, "rw")
            for each in made:
                each.unlink()

        goes_through(path, break_it, mend_it, "The disk is full", "read-only")
    measured(broken, "0 damaged, told, saved by itself, copy removed")


def test_a_file_that_would_be_too_large(tmp_path: Path) -> None:
    """The system sends a signal that ends programs which do not know it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    goes_through(
        tmp_path / "event.talknotes.json",
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, hard)),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard)),
        "larger than the system allows",
    )
    measured("too large", "0 damaged, told, saved by itself")


def folder_goes(path: Path) -> None:
    away = path.resolve().parent

    def break_it() -> None:
        shutil.rmtree(away)

    def mend_it() -> None:
        away.mkdir()

    goes_through(path, break_it, mend_it, "is gone")


def test_the_folder_is_deleted_and_made_again(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    folder_goes(tmp_path / "notes" / "event.talknotes.json")
    measured("folder gone", "0 damaged, told, saved by itself, copy removed")


@pytest.mark.faults
@pytest.mark.parametrize("place", places.STRANGE)
def test_the_folder_is_deleted_in_a_strange_place(tmp_path: Path, place: Callable[[Path], Path]) -> None:
    (tmp_path / "notes").mkdir()
    folder_goes(place(tmp_path / "notes"))


@pytest.mark.faults
@pytest.mark.parametrize("place", places.STRANGE)
def test_a_folder_that_becomes_read_only_by_a_bind_in_a_strange_place(
    tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    if not mounts.may_mount():
        measured("read-only", mounts.NOT_HERE)
        return
    (tmp_path / "notes").mkdir()
    path = place(tmp_path / "notes")
    folder = str(path.resolve().parent)

    def break_it() -> None:
        mounts.run("mount", "--bind", folder, folder)
        mounts.run("mount", "-o", "remount,bind,ro", folder)

    goes_through(path, break_it, lambda: mounts.run("umount", "-l", folder), "read-only")


def test_a_mount_is_never_left(tmp_path: Path) -> None:
    """Also where a test fails in the midst of it."""
    if not mounts.may_mount():
        return
    with pytest.raises(RuntimeError), mounts.in_memory(tmp_path / "disk", "size=64k") as disk:
        raise RuntimeError
    assert not os.path.ismount(disk)
