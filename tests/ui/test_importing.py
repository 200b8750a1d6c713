"""Import in the real window: what was found is shown, Enter takes it in, what was not read can be copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktopnotes.actions import importing
from desktopnotes.model.notebook import Kind
from desktopnotes.ui.import_window import TITLE, ImportWindow
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def opened(desk: Desk, tmp_path: Path, text: str, name: str = "notes.txt") -> ImportWindow:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    importing.begin(desk.session, [file])
    desk.until(lambda: desk.dialog(TITLE), "the window")
    window: ImportWindow = desk.dialog(TITLE)
    desk.until(lambda: window.said["text"] != "…", "what was found is worked out")
    return window


def test_enter_imports_and_undo_takes_it_back(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    window = opened(desk, tmp_path, "My notes:\n0:10 ten\n0:20 twenty\n[99:99] no\n0:30 = thirty\n")
    assert window.said["text"] == "3 notes for “A Talk”, 1 of them known already."
    assert window.unread_said["text"] == "2 lines could not be read:"
    assert window.listed.get("1.0", "end-1c") == (
        "Line 1: My notes:\nLine 4: [99:99] no (no time of a recording)"
    )
    assert window.listed.winfo_viewable()
    desk.press("Return")
    desk.until(lambda: not desk.dialog(TITLE), "it is imported")
    assert desk.texts == ["ten", "twenty", "thirty"]
    assert desk.notes[2].kind == Kind.CHAPTER
    assert "twenty" in desk.shown
    assert "Imported: 3 notes" in desk.window.status.message
    desk.window.page.text.focus_force()
    desk.press("ctrl+z")
    desk.until(lambda: desk.texts == ["ten"], "undone")


def test_escape_and_cancel_change_nothing(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    for keys in (("Escape",), ("shift+Tab", "Return")):
        opened(desk, tmp_path, "0:20 twenty")
        desk.press(*keys)
        desk.until(lambda: not desk.dialog(TITLE), "it is closed")
        assert desk.texts == ["ten"]


def test_what_was_not_read_is_copied(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    window = opened(desk, tmp_path, "head\n0:20 twenty")
    window.copy_button.focus_force()
    desk.press("Return")
    desk.until(lambda: desk.session.screen.copied() == "Line 1: head", "the clipboard")
    assert desk.dialog(TITLE)
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "it is closed")


def test_chapters_are_chosen_by_key(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    window = opened(desk, tmp_path, "0:00 Intro\n1:00 Demo\n2:00 End")
    window.box.focus_force()
    desk.press("Down")
    desk.until(lambda: "popdown" in str(desk.root.tk.call("focus")), "its list has the keyboard")
    desk.press("Down", "Down", "Return")
    desk.until(lambda: "chapters of the recording" in window.said["text"], "it is worked out anew")
    window.take_button.focus_force()
    desk.press("Return")
    desk.until(lambda: not desk.dialog(TITLE), "it is imported")
    assert desk.session.talk is not None
    assert [chapter.title for chapter in desk.session.talk.chapters] == ["Intro", "Demo", "End"]
    assert desk.texts == ["ten"]


def test_what_is_all_known_is_said_so(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    window = opened(desk, tmp_path, "0:10 ten")
    assert "already" in window.said["text"]
    assert window.take_button["text"] == "Close"
    before = desk.session.notebook
    desk.press("Return")
    desk.until(lambda: not desk.dialog(TITLE), "it is closed")
    assert desk.session.notebook is before
