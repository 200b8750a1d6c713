"""The window tells the truth about saving, and takes what other programs write while keys are pressed."""

from __future__ import annotations

import os
import subprocess
import tkinter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes import their_changes
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.storage import codec, unsaved
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def on_disk(desk: Desk) -> Notebook:
    return codec.decode(desk.session.path.read_bytes())


def is_saved(desk: Desk) -> bool:
    return desk.window.status.saved.startswith("Saved ")


def another_program(desk: Desk, *texts: str) -> None:
    """Adds notes at the beginning of the talk, as a sync program brings them."""
    notebook = on_disk(desk)
    more = tuple(Note(f"their{text}", at_ms=1000, text=text) for text in texts)
    talk = replace(notebook.talks[0], notes=(*more, *notebook.talks[0].notes))
    other = desk.session.path.with_name("other")
    other.write_bytes(codec.encode(replace(notebook, talks=(talk, *notebook.talks[1:]))))
    other.replace(desk.session.path)


def offer(desk: Desk, label: str) -> tkinter.Misc:
    buttons = desk.window.status._offers.winfo_children()
    return next(button for button in buttons if str(button.cget("text")) == label)  # type: ignore[no-any-return]


def test_what_is_typed_is_said_to_wait_and_then_to_be_saved(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    seen: list[str] = []
    show = desk.window.status.show_saved

    def shown(words: str, *, failed: bool = False) -> None:
        if words not in seen[-1:]:
            seen.append(words)
        show(words, failed=failed)

    desk.window.status.show_saved = shown  # type: ignore[method-assign]
    desk.type("new")
    desk.until(lambda: desk.window.status.saved == "Not saved yet", "it waits")
    desk.until(lambda: is_saved(desk), "it is saved by itself")
    assert [words for words in seen if words][:2] == ["Not saved yet", "Saving…"]
    assert "new" in [note.text for note in on_disk(desk).talks[0].notes]


@contextmanager
def another_window(desk: Desk) -> Iterator[None]:
    """A window of another program that has the keyboard."""
    xev = subprocess.Popen(["xev", "-display", os.environ["DISPLAY"]], stdout=subprocess.DEVNULL)
    try:
        desk.until(lambda: desk.root.focus_displayof() is None, "another program has the keyboard")
        yield
    finally:
        xev.terminate()
        xev.wait()


def test_losing_the_focus_saves_at_once(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktopnotes.storage.schedule.QUIET_S", 1000.0)
    monkeypatch.setattr("desktopnotes.storage.schedule.LATEST_S", 1000.0)
    desk = open_desk(talk_with("ten"))
    desk.type("new")
    assert "saving" not in [event for event, _ in desk.trace]
    with another_window(desk):
        desk.until(lambda: is_saved(desk), "it is saved at once")
    assert "new" in [note.text for note in on_disk(desk).talks[0].notes]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds by its rule takes less here; the rule has tests of its own."""
    monkeypatch.setattr("desktopnotes.storage.saver.LOOK_EVERY_S", 0.2)
    monkeypatch.setattr("desktopnotes.storage.schedule._RETRY_S", (0.3,))
    monkeypatch.setattr("desktopnotes.storage.theirs._ODD_FOR_S", 0.5)


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Callable[[Desk], None]]:
    """Takes the notebook's folder away, or brings it back."""
    elsewhere = tmp_path.with_name(f"{tmp_path.name} away")

    def move(desk: Desk) -> None:
        folder = desk.session.folder
        folder.rename(elsewhere) if folder.exists() else elsewhere.rename(folder)

    yield move
    if elsewhere.exists() and not tmp_path.exists():
        elsewhere.rename(tmp_path)


def test_a_failure_stays_is_explained_and_ends_by_itself(
    open_desk: OpenDesk, away: Callable[[Desk], None]
) -> None:
    desk = open_desk(talk_with("ten"))
    status = desk.window.status
    away(desk)
    desk.type("kept")
    desk.press("Return")
    desk.until(lambda: status.saved.startswith("NOT SAVED: the folder “"), "it says so")
    assert "A copy of your notes is kept in ~/" in status.message
    assert status.message.count("Connect it again") == 1
    (copy,) = unsaved.copies(desk.session.path, desk.session.notebook.id)
    assert "kept" in [note.text for note in codec.decode(copy.read_bytes()).talks[0].notes]
    offer(desk, "×").invoke()  # type: ignore[attr-defined]
    desk.until(lambda: status.saved.endswith("copy kept in ~/.local/state/desktopnotes/unsaved"), "where")
    desk.click(status._saved, 10, 5)
    desk.until(lambda: "Connect it again" in status.message, "a click brings the sentence back")
    away(desk)
    desk.until(lambda: is_saved(desk), "it is saved by itself", limit_s=15)
    assert status.message == "All is saved again."
    assert not copy.exists()


def test_a_failure_is_seen_in_focus_mode_and_full_screen(
    open_desk: OpenDesk, away: Callable[[Desk], None]
) -> None:
    desk = open_desk(talk_with("ten"))
    desk.window.show("focus mode")
    desk.until(lambda: not desk.window.layout.foot.winfo_viewable(), "the line is away")
    away(desk)
    desk.type("kept")
    desk.press("Return")
    desk.until(lambda: "NOT SAVED" in desk.window.status.saved, "it says so")
    desk.until(desk.window.layout.foot.winfo_viewable, "it is seen")
    offer(desk, "×").invoke()  # type: ignore[attr-defined]
    desk.root.update()
    assert desk.window.layout.foot.winfo_viewable()
    away(desk)
    desk.until(lambda: is_saved(desk), "it is saved by itself", limit_s=15)


def test_what_another_program_writes_comes_in_under_the_fingers(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+Home")
    desk.type("I write ")
    another_program(desk, "first", "second")
    desk.type("and go on ")
    desk.until(lambda: "their" in "".join(note.id for note in desk.notes), "theirs comes")
    desk.type("still.")
    assert "I write and go on still.one" in desk.texts
    assert desk.shown.count("I write and go on still.one") == 1
    assert {"first", "second"} <= set(desk.texts)
    desk.until(lambda: is_saved(desk), "it is saved")
    assert {note.text for note in on_disk(desk).talks[0].notes} == set(desk.texts)
    assert ("merged", {"changes": 2, "number": 1}) in desk.trace


def test_it_comes_in_while_nothing_is_done_and_the_keyboard_stays(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+f")
    desk.type("tw")
    focus = desk.window.focus()
    another_program(desk, "theirs")
    desk.until(lambda: "theirs" in desk.texts, "theirs comes")
    assert desk.window.focus() is focus
    assert "Another program changed this notebook." in desk.window.status.message
    desk.until(lambda: offer(desk, "Undo").winfo_viewable(), "the offer")
    undo = offer(desk, "Undo")
    desk.click(undo, 5, 5)
    desk.until(lambda: "theirs" not in desk.texts, "it is undone")
    assert desk.session.history.redo_label == their_changes.LABEL


def test_what_came_in_is_shown(open_desk: OpenDesk) -> None:
    second = replace(talk_with("two"), id="talk2", title="Second", notes=(Note("other", text="two"),))
    desk = open_desk(talk_with("one"), second)
    notebook = on_disk(desk)
    second = replace(notebook.talks[1], notes=(*notebook.talks[1].notes, Note("theirs", text="theirs")))
    desk.session.path.write_bytes(codec.encode(replace(notebook, talks=(notebook.talks[0], second))))
    desk.until(lambda: "Another program" in desk.window.status.message, "it is told")
    desk.until(lambda: offer(desk, "Show").winfo_viewable(), "the offer")
    desk.click(offer(desk, "Show"), 5, 5)
    desk.until(lambda: desk.session.talk_id == "talk2", "the talk is open")
    assert desk.window.chosen_notes() == ("theirs",)


def test_a_deleted_file_is_told_and_written_again_when_wanted(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one"))
    desk.session.path.unlink()
    desk.until(lambda: "has deleted the notebook’s file" in desk.window.status.message, "told", limit_s=15)
    desk.until(lambda: offer(desk, "Write It Again").winfo_viewable(), "the offer")
    desk.click(offer(desk, "Write It Again"), 5, 5)
    desk.until(desk.session.path.exists, "it is there again")


def test_the_file_is_looked_at_when_the_window_gets_the_focus(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktopnotes.storage.saver.LOOK_EVERY_S", 1000.0)
    desk = open_desk(talk_with("one"))
    desk.until(lambda: desk.window.coming_back._looked_s, "the start is over")
    with another_window(desk):
        another_program(desk, "theirs")
    desk.root.focus_force()
    desk.until(lambda: "theirs" in desk.texts, "it is looked at")


def test_who_quits_while_saving_fails_chooses_by_keys_and_the_copy_stays(
    open_desk: OpenDesk, away: Callable[[Desk], None]
) -> None:
    desk = open_desk(talk_with("ten"))
    away(desk)
    desk.type("kept")
    desk.press("Return")
    desk.until(lambda: desk.window.status.saved.startswith("NOT SAVED"), "it says so")
    left: list[bool] = []
    desk.app._leave = lambda: left.append(True)  # type: ignore[method-assign]
    desk.in_dialogs("ctrl+q", ("Desktop Notes", "", "Tab Tab space"))  # from Stay, past Save Elsewhere…
    assert left
    (copy,) = unsaved.copies(desk.session.path, desk.session.notebook.id)
    assert "kept" in [note.text for note in codec.decode(copy.read_bytes()).talks[0].notes]
    del desk.app._leave
    away(desk)
