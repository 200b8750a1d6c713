"""What a program wrote into a file that a save had put out of the notebook's place already."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.files import identity
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.storage.came_out import CameOut
from desktopnotes.storage.codec import decode, encode
from desktopnotes.storage.opening import open_notebook
from desktopnotes.storage.store import Store
from tests.storage.test_changed_beneath import book


def texts(notebook: Notebook) -> list[str]:
    return [note.text for talk in notebook.talks for note in talk.notes]


def with_note(notebook: Notebook, text: str) -> Notebook:
    talk = notebook.talks[0]
    more = replace(talk, notes=(*talk.notes, Note(text.replace(" ", ""), at_ms=9, text=text)))
    return replace(notebook, talks=(more, *notebook.talks[1:]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(encode(book("a", "bb")))
    return path


class LateProgram:
    """A program that has the file open while it is replaced, and writes in place afterwards."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR)
        self.read = decode(path.read_bytes())

    def write(self, text: str) -> None:
        self.tear(text)
        os.pwrite(self.descriptor, encode(with_note(self.read, text)), 0)

    def tear(self, text: str) -> None:
        """Only the first half is there yet."""
        content = encode(with_note(self.read, text))
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, content[: len(content) // 2], 0)


@pytest.fixture
def store(path: Path) -> Store:
    return Store(open_notebook(path))


@pytest.fixture
def late(path: Path, store: Store) -> Iterator[LateProgram]:
    """It has opened the file that the first save puts out of the way."""
    program = LateProgram(path)
    store.save(with_note(store.notebook, "ours"))
    yield program
    os.close(program.descriptor)


def test_a_look_brings_in_what_came_late(path: Path, store: Store, late: LateProgram) -> None:
    assert store.look() is None
    late.write("came late")
    looked = store.look()
    assert looked is not None
    assert looked.outside is not None
    assert looked.is_to_write
    assert texts(looked.outside.saved) == ["a", "bb", "ours", "came late"]
    store.save(looked.outside.saved, taken=looked.outside.number)
    assert sorted(texts(decode(path.read_bytes()))) == ["a", "bb", "came late", "ours"]
    assert store.look() is None


def test_the_next_save_has_what_came_late(path: Path, store: Store, late: LateProgram) -> None:
    late.write("came late")
    saved = store.save(with_note(store.notebook, "ours again"))
    assert saved.outside is not None
    assert sorted(texts(decode(path.read_bytes()))) == ["a", "bb", "came late", "ours", "ours again"]


def test_a_half_is_left_until_the_rest_is_there(store: Store, late: LateProgram) -> None:
    late.tear("came late")
    assert store.look() is None
    late.write("came late")
    looked = store.look()
    assert looked is not None
    assert looked.outside is not None
    assert "came late" in texts(looked.outside.saved)


def test_what_another_left_beside_is_looked_after_too(path: Path, store: Store) -> None:
    """It had changed the file in place, which the save brings out, and writes once more."""
    program = LateProgram(path)
    program.write("first")
    store.save(with_note(store.notebook, "ours"))
    program.read = with_note(program.read, "first")
    program.write("second")
    looked = store.look()
    os.close(program.descriptor)
    assert looked is not None
    assert looked.outside is not None
    assert {"first", "second", "ours"} <= set(texts(looked.outside.saved))


def test_no_file_is_held_for_long_and_never_many(tmp_path: Path) -> None:
    now_s = [0.0]
    came_out = CameOut(lambda: now_s[0])
    before = len(os.listdir("/proc/self/fd"))
    for number in range(40):
        file = tmp_path / str(number)
        file.write_bytes(b"x")
        state = identity(file)
        assert state is not None
        came_out.hold(file, state, None)
    assert len(os.listdir("/proc/self/fd")) - before <= 16
    now_s[0] = 60.0
    assert not came_out.has_late
    assert len(os.listdir("/proc/self/fd")) == before


def test_what_comes_late_takes_away_nothing_that_others_wrote_since(
    path: Path, store: Store, late: LateProgram
) -> None:
    other = path.with_name("other.tmp")
    other.write_bytes(encode(with_note(decode(path.read_bytes()), "of a third")))
    other.replace(path)
    looked = store.look()
    assert looked is not None
    assert looked.outside is not None
    store.save(looked.outside.saved, taken=looked.outside.number)
    late.write("came late")
    looked = store.look()
    assert looked is not None
    assert looked.outside is not None
    assert {"ours", "of a third", "came late"} <= set(texts(looked.outside.saved))
