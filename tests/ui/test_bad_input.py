"""Bad recordings, notebooks and folders in the real program: a plain sentence, nothing lost, it goes on."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.storage import codec, opening, paths
from tests.storage.notebooks import small_notebook
from tests.ui.conftest import Desk

OpenReal = Callable[..., Desk]

SAMPLE = paths.assets() / "sample"
GOOD = SAMPLE / "publish-part-one.mp4"


def missing(path: Path) -> None:
    """Nothing lies there."""


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 400)


def half(path: Path) -> None:
    whole = GOOD.read_bytes()
    path.write_bytes(whole[len(whole) // 2 :])


def folder(path: Path) -> None:
    path.mkdir()


def playlist(path: Path) -> None:
    path.write_text("#EXTM3U\nhttp://127.0.0.1:9/never.mp4\n")


def a_notebook(tmp_path: Path) -> Path:
    """Two talks: one whose recording is bad, one whose recording is good."""
    shutil.copy(GOOD, tmp_path / "good.mp4")
    talks = (
        Talk("bad", title="Bad", file="bad.mp4", state="watching", duration_ms=60_000),
        Talk("good", title="Good", file="good.mp4", state="watching"),
    )
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(codec.encode(Notebook("book", title="An Event", talks=talks)))
    return path


@pytest.mark.parametrize("make", [missing, empty, garbage, half, folder, playlist])
def test_a_bad_recording(open_real: OpenReal, tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "bad.mp4")
    desk = open_real(str(a_notebook(tmp_path)))
    desk.until(lambda: desk.session.player.state is PlayerState.FAILED, "it cannot be played")
    desk.until(lambda: "bad.mp4" in desk.window.video.words, "a sentence names the file")
    desk.type("Written all the same")
    desk.press("Return", "ctrl+Next")
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "the next talk is open")
    assert desk.window.video.words == ""
    desk.close()
    bad, _ = opening.open_notebook(tmp_path / "event.talknotes.json").notebook.talks
    assert [note.text for note in bad.notes] == ["Written all the same"]


def test_without_vlc_the_notes_stay_usable(
    open_real: OpenReal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vlc", None)
    desk = open_real(str(a_notebook(tmp_path)))
    desk.until(lambda: "VLC is not installed" in desk.window.video.words, "it is said")
    assert "sudo apt install" in desk.window.video.words
    desk.type("Still writing")
    desk.press("ctrl+space", "ctrl+j", "ctrl+d", "ctrl+Return")
    assert desk.texts == ["Still writing"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"not ours", b'{"format": "desktopnotes", "version": 1, "id": "x", "talks": [\n{"id": "y"'],
)
def test_a_bad_notebook_as_argument_opens_something_else(
    open_real: OpenReal, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(content)
    desk = open_real(str(path))
    assert "event.talknotes.json" in desk.window.status.message
    assert desk.session.is_sample
    desk.close()
    assert path.read_bytes() == content


def test_a_missing_notebook_as_argument(open_real: OpenReal, tmp_path: Path) -> None:
    desk = open_real(str(tmp_path / "gone.talknotes.json"))
    assert "gone.talknotes.json" in desk.window.status.message
    assert not (tmp_path / "gone.talknotes.json").exists()


def test_a_notebook_of_a_newer_version_is_for_reading(open_real: OpenReal, tmp_path: Path) -> None:
    path = a_notebook(tmp_path)
    newer = path.read_bytes().replace(b'"version": 1', b'"version": 2')
    path.write_bytes(newer)
    desk = open_real(str(path))
    assert "newer version" in desk.window.status.message
    desk.type("no")
    desk.press("ctrl+t", "Return", "BackSpace", "Delete")
    assert desk.texts == []
    assert desk.shown == ""
    desk.close()
    assert path.read_bytes() == newer


def test_a_folder_that_goes_and_comes_back(open_real: OpenReal, tmp_path: Path) -> None:
    home = tmp_path / "usb stick"
    home.mkdir()
    desk = open_real(str(a_notebook(home)))
    away = tmp_path / "away"
    home.rename(away)
    desk.type("Kept")
    desk.press("Return")
    desk.until(lambda: "NOT SAVED" in desk.window.status.saved, "it says that nothing is saved")
    away.rename(home)
    desk.press("ctrl+s")
    desk.until(lambda: desk.window.status.saved.startswith("Saved"), "it is saved when the folder is back")
    first, _ = opening.open_notebook(home / "event.talknotes.json").notebook.talks
    assert [note.text for note in first.notes] == ["Kept"]


def test_a_recording_that_is_no_file_as_argument(open_real: OpenReal, tmp_path: Path) -> None:
    desk = open_real(str(tmp_path / "nothing.mp4"))
    assert "nothing.mp4" in desk.window.status.message
    assert desk.session.is_sample


def test_of_a_damaged_notebook_what_can_be_read_opens_by_a_click(open_real: OpenReal, tmp_path: Path) -> None:
    whole = codec.encode(small_notebook("one", "two", "three"))
    damaged = whole[: whole.index(b"three")]
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(damaged)
    desk = open_real(str(path))
    assert desk.session.is_sample
    status = desk.window.status
    desk.until(lambda: "3 notes can be read" in status.message, "it is known what can be read")
    assert status.message.startswith("“event.talknotes.json” cannot be opened: ")
    button = next(each for each in status._offers.winfo_children() if "Can Be Read" in str(each.cget("text")))  # type: ignore[call-overload]
    desk.click(button, 10, 5)
    made = tmp_path / "event (recovered).talknotes.json"
    desk.until(lambda: desk.session.path == made, "it is open")
    assert desk.texts == ["one", "two", ""]
    assert "3 notes in 1 talk came back" in status.message
    assert "only a part of this note could be read" in status.message
    desk.press("ctrl+End")
    desk.type("three again")
    desk.close()
    assert "three again" in made.read_text(encoding="utf-8")
    assert path.read_bytes() == damaged
