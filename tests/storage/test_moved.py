"""Looking through folders for files: near ones first, no loops, in bounded time."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

import pytest

from desktopnotes.storage import moved
from desktopnotes.storage.moved import Place


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def test_the_nearest_comes_first_and_depth_is_kept(tmp_path: Path) -> None:
    make(tmp_path, "b/c/d/a.mp4", "b/A.MP4", "b/c/a.mp4", "other.mkv", ".hidden/a.mp4", "b/text.txt")
    seen = moved.look([Place(tmp_path, 2)], {"a.mp4"})
    assert seen.named == {"a.mp4": [tmp_path / "b/A.MP4", tmp_path / "b/c/a.mp4"]}
    assert seen.media == [tmp_path / "other.mkv", tmp_path / "b/A.MP4", tmp_path / "b/c/a.mp4"]
    assert seen.all_seen


def test_links_to_folders_are_not_followed_and_loops_end(tmp_path: Path) -> None:
    make(tmp_path, "x/a.mp4")
    (tmp_path / "x" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    seen = moved.look([Place(tmp_path, 9), Place(tmp_path / "x", 9), Place(tmp_path / "self", 3)], {"a.mp4"})
    assert seen.named == {"a.mp4": [tmp_path / "x/a.mp4"]}


def test_a_place_deeper_than_before_is_looked_at_again_but_names_nothing_twice(tmp_path: Path) -> None:
    make(tmp_path, "a.mp4", "x/b.mp4")
    seen = moved.look([Place(tmp_path, 0), Place(tmp_path, 1)], {"a.mp4", "b.mp4"})
    assert seen.named == {"a.mp4": [tmp_path / "a.mp4"], "b.mp4": [tmp_path / "x/b.mp4"]}


def test_what_is_not_there_or_may_not_be_read_holds_nothing(tmp_path: Path) -> None:
    make(tmp_path, "a.mp4")
    strange = Path("/nul\0")
    assert (
        moved.look(
            [Place(tmp_path / "gone", 3), Place(tmp_path / "a.mp4", 3), Place(strange)], {"a.mp4"}
        ).named
        == {}
    )


def test_it_ends_after_so_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moved, "LIMIT_ENTRIES", 1000)
    make(tmp_path, *(f"{i}.mp4" for i in range(1500)))
    seen = moved.look([Place(tmp_path)], {"none"})
    assert not seen.all_seen
    assert len(seen.media) < 1001


def test_it_ends_after_so_long(tmp_path: Path) -> None:
    make(tmp_path, *(f"{i}.mp4" for i in range(500)))
    clock = count(0, 3)
    assert not moved.look([Place(tmp_path)], {"none"}, now_s=lambda: float(next(clock))).all_seen


def test_it_can_be_called_off(tmp_path: Path) -> None:
    make(tmp_path, *(f"{i}.mp4" for i in range(500)))

    class OffError(Exception):
        pass

    def off() -> None:
        raise OffError

    with pytest.raises(OffError):
        moved.look([Place(tmp_path)], {"none"}, off)


def test_a_pipe_of_the_name_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp4")
    assert moved.look([Place(tmp_path)], {"a.mp4"}).named == {}


def test_a_link_leads_to_no_other_part_of_the_disk(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/a.mp4", "here/b.mp4")
    (tmp_path / "here" / "link").symlink_to(tmp_path / "elsewhere")
    assert moved.look([Place(tmp_path / "here", 5)], {"a.mp4"}).named == {}
