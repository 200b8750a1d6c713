"""A recording that was moved, in the real window on libVLC."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec
from tests.ui.conftest import Desk


def sound(path: Path, seconds: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16_000 * seconds))


def notebook(folder: Path, *files: str) -> Path:
    talks = tuple(
        Talk(
            f"talk{i}",
            title=f"Talk {i}",
            file=file,
            duration_ms=20_000,
            notes=(Note(f"n{i}", 5000, text="A"),),
        )
        for i, file in enumerate(files)
    )
    path = folder / "event.talknotes.json"
    path.write_bytes(codec.encode(Notebook("book", title="An Event", talks=talks)))
    return path


def test_it_plays_from_where_it_is_now(open_real: Callable[..., Desk], tmp_path: Path) -> None:
    sound(tmp_path / "videos" / "a.wav", 20)
    desk = open_real(str(notebook(tmp_path, "../before/a.wav")))
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "it is found and opened")
    assert desk.session.notebook.talks[0].file == "videos/a.wav"
    desk.until(lambda: "was found in" in desk.window.status.message, "that is told")
    desk.press("ctrl+Up", "ctrl+Return")
    desk.until(lambda: desk.at_ms >= 5000, "its note is jumped to")


def test_a_renamed_one_is_asked_about_in_the_place_of_the_picture(
    open_real: Callable[..., Desk], tmp_path: Path
) -> None:
    folder = tmp_path / "evening" / "talks"  # so deep that no recording of another test is a neighbour
    sound(folder / "better name.wav", 20)
    desk = open_real(str(notebook(folder, "a.wav")))
    video = desk.window.video
    desk.until(lambda: any("Yes" in str(button.cget("text")) for button in video.buttons), "the question")
    button = video.buttons[0]
    button.focus_force()
    desk.press("Return")
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "it is opened")
    assert desk.session.notebook.talks[0].file == "better name.wav"
    assert desk.session.history.undo_label == "Find Recording"
