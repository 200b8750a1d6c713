"""A copy of a notebook: all of it, beside it, nothing written over, nothing left of one that failed."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Exported, Note, Notebook, Post, Talk
from desktopnotes.storage import duplicate as copies
from desktopnotes.storage import opening

TALK = Talk(
    "t", title="T", file="t.mp4", captions="event.captions/t.vtt", notes=(Note("n", 1, picture="a.png"),)
)
BOOK = Notebook(
    "book",
    title="An Event",
    pictures="event.pictures",
    talks=(TALK,),
    posts=(Post("p", title="P", talks=("t",), exported=(Exported("post.md"),)),),
)


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    pictures, captions = tmp_path / "event.pictures", tmp_path / "event.captions"
    pictures.mkdir()
    captions.mkdir()
    (pictures / "a.png").write_bytes(b"a picture")
    (captions / "t.vtt").write_text("WEBVTT")
    return {".pictures": pictures, ".captions": captions}


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_it_is_another_notebook_with_files_of_its_own(folders: dict[str, Path], tmp_path: Path) -> None:
    before = names(tmp_path)
    path = copies.duplicate(BOOK, tmp_path, "Next Year", folders)
    assert path == tmp_path / "Next Year.talknotes.json"
    copy = opening.open_notebook(path).notebook
    assert (copy.title, copy.pictures, copy.talks[0].file) == ("Next Year", "Next Year.pictures", "t.mp4")
    assert copy.id != BOOK.id
    assert copy.talks[0].captions == "Next Year.captions/t.vtt"
    assert copy.posts[0].exported == ()
    assert names(tmp_path) - before == {
        "Next Year.talknotes.json",
        "Next Year.pictures",
        "Next Year.pictures/a.png",
        "Next Year.captions",
        "Next Year.captions/t.vtt",
    }


def test_nothing_is_written_over(folders: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "An Event.pictures").mkdir()
    first = copies.duplicate(BOOK, tmp_path, "An Event", folders)
    second = copies.duplicate(BOOK, tmp_path, "An Event", folders)
    assert (first.name, second.name) == ("An Event 2.talknotes.json", "An Event 3.talknotes.json")
    assert names(tmp_path / "An Event.pictures") == set()


def test_one_without_pictures_needs_no_folder(tmp_path: Path) -> None:
    path = copies.duplicate(Notebook("b"), tmp_path, "Copy", {".pictures": tmp_path / "none.pictures"})
    assert names(tmp_path) == {path.name}
    assert opening.open_notebook(path).notebook.pictures == ""


def test_a_full_disk_leaves_nothing_and_is_told(
    folders: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("desktopnotes.files.to_disk", full)
    with pytest.raises(UserError, match="disk is full"):
        copies.duplicate(BOOK, tmp_path, "Copy", folders)
    assert names(tmp_path) == before


def test_called_off_it_leaves_nothing(folders: dict[str, Path], tmp_path: Path) -> None:
    before = names(tmp_path)

    class OffError(Exception):
        pass

    def off(_: float) -> None:
        raise OffError

    with pytest.raises(OffError):
        copies.duplicate(BOOK, tmp_path, "Copy", folders, off)
    assert names(tmp_path) == before


def test_a_link_among_the_pictures_leads_nowhere(folders: dict[str, Path], tmp_path: Path) -> None:
    (folders[".pictures"] / "b.png").symlink_to("/etc/passwd")
    copies.duplicate(BOOK, tmp_path, "Copy", folders)
    assert names(tmp_path / "Copy.pictures") == {"a.png"}
