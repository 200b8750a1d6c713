"""What a killed save left beside the notebook goes when it is old and ours, and nothing else does."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.model.errors import WriteError
from desktopnotes.storage import backups, leftovers
from desktopnotes.storage.codec import encode
from desktopnotes.storage.leftovers import tidy
from desktopnotes.storage.paths import state_folder
from tests.storage.notebooks import small_notebook

LATER_S = time.time() + 3600
NAME = ".0123456789ab.tmp"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(encode(small_notebook("one")))
    return path


OURS = encode(small_notebook("one"))
THEIRS = encode(small_notebook("theirs"))


@pytest.mark.parametrize("content", [b"", b"{", OURS[:20], OURS.split(b"\n")[0], OURS[:-9], OURS])
def test_what_a_killed_save_left_goes_where_nothing_is_written_in_it(path: Path, content: bytes) -> None:
    left = path.with_name(NAME)
    left.write_bytes(content)
    assert tidy(path, LATER_S) == [left]
    assert list(path.parent.iterdir()) == [path]
    assert not state_folder().exists()


def test_a_whole_one_is_a_backup_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = path.with_name(NAME)
    left.write_bytes(content := encode(small_notebook("theirs")))

    def full(*_: object, **__: object) -> Path:
        raise WriteError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(backups, "keep", full)
        assert tidy(path, LATER_S) == []
    assert tidy(path, LATER_S) == [left]
    assert [copy.read_bytes() for copy in state_folder().rglob("*.talknotes.json")] == [content]


@pytest.mark.parametrize(
    "content",
    [
        b"<<<<<<< HEAD\n" + THEIRS,
        THEIRS.replace(b'"version": 1', b'"version": 99'),
        THEIRS.replace(b'"version": 1', b'"version": 99').replace(b'"at_ms": 0', b'"at_ms": "0 s"'),
        THEIRS[:-9],
        b"anything else",
    ],
)
def test_whatever_else_came_out_of_an_exchange_is_kept(path: Path, content: bytes) -> None:
    left = path.with_name(NAME)
    left.write_bytes(content)
    assert tidy(path, LATER_S) == [left]
    (backup,) = backups.of(path)
    assert backup.path.read_bytes() == content
    assert backup.why is backups.Why.LEFT


def test_what_cannot_be_read_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = path.with_name(NAME)
    left.write_bytes(THEIRS)
    monkeypatch.setattr(leftovers, "LIMIT_BYTES", len(THEIRS) - 1)
    assert tidy(path, LATER_S) == []
    assert left.exists()


def test_that_of_another_notebook_waits_for_it(path: Path) -> None:
    other = path.with_name("other.talknotes.json")
    other.write_bytes(encode(replace(small_notebook("other"), id="anotherbook1")))
    left = path.with_name(NAME)
    left.write_bytes(encode(replace(small_notebook("other", "new"), id="anotherbook1")))
    assert tidy(path, LATER_S) == []
    assert not backups.of(path)
    assert tidy(other, LATER_S) == [left]
    assert len(backups.of(other)) == 1


def test_a_torn_picture_goes(path: Path) -> None:
    pictures = path.with_name("event.pictures")
    pictures.mkdir()
    (pictures / NAME).write_bytes(b"\x89PNG")
    assert tidy(path, LATER_S) == [pictures / NAME]
    assert not backups.of(path)


def test_one_of_a_save_that_may_be_under_way_stays(path: Path) -> None:
    left = path.with_name(NAME)
    left.write_bytes(b"")
    os.utime(left, (0, 0))  # as an exchange leaves it: what was written long ago has this name since now
    assert tidy(path) == []


def test_nothing_else_is_touched(path: Path, tmp_path: Path) -> None:
    for name in (".0123456789AB.tmp", ".0123456789a.tmp", "0123456789ab.tmp", ".syncthing.x.tmp", f"{NAME}~"):
        path.with_name(name).touch()
    path.with_name(".aaaaaaaaaaaa.tmp").mkdir()
    path.with_name(".bbbbbbbbbbbb.tmp").symlink_to(path)
    os.mkfifo(path.with_name(".cccccccccccc.tmp"))
    before = sorted(tmp_path.iterdir())
    assert tidy(path, LATER_S) == []
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_is_gone_is_no_matter(tmp_path: Path) -> None:
    assert tidy(tmp_path / "gone" / "event.talknotes.json") == []
