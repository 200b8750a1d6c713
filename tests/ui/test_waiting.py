"""What waits for the user is not lost beneath what is said later; it comes back, one after the other."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from desktopnotes.handing_over.listening import Reply
from desktopnotes.handing_over.message import Message
from desktopnotes.model import edits
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.screen import Offer, Waits
from desktopnotes.storage import codec, runs
from desktopnotes.storage.unsaved import EmergencyCopy
from desktopnotes.ui import coming_back, status_line
from desktopnotes.ui.messages import TITLE
from desktopnotes.ui.waiting import Told, Waiting
from tests.ui.conftest import TALK, Desk, talk_with
from tests.ui.test_ends import leave_mark

OpenDesk = Callable[..., Desk]


def told(message: str, waits: Waits) -> Told:
    return Told(datetime(2026, 11, 27), message, waits=waits)


def test_what_matters_most_stands_first_and_a_newer_one_takes_its_place() -> None:
    queue = Waiting()
    for message, waits in (
        ("copy", Waits.CONFLICT_COPY),
        ("crash", Waits.CRASH),
        ("damaged", Waits.DAMAGED),
        ("older crash", Waits.CRASH),
        ("copy again", Waits.CONFLICT_COPY),
    ):
        queue.put(told(message, waits))
    assert [one.message for one in queue] == ["damaged", "older crash", "crash", "copy again"]
    queue.drop(queue.first)
    queue.end(Waits.CONFLICT_COPY)
    assert [one.message for one in queue] == ["older crash", "crash"]
    queue.put(told("came in", Waits.CAME_IN))
    queue.leave_notebook()
    assert [one.message for one in queue] == ["older crash", "crash"]


def labels(desk: Desk) -> list[str]:
    children = desk.window.status._offers.winfo_children()  # type: ignore[no-untyped-call]
    return [str(each.cget("text")) for each in children if each.winfo_manager() and each.cget("text")]


def button(desk: Desk, label: str):  # type: ignore[no-untyped-def]
    children = desk.window.status._offers.winfo_children  # type: ignore[no-untyped-call]
    desk.until(lambda: label in labels(desk), f"“{label}”")
    return next(each for each in children() if each.cget("text") == label)


def keys_to(desk: Desk, label: str) -> None:
    """Walks to a button with Tab and presses it."""
    for _ in range(40):
        if desk.root.focus_get() is button(desk, label):
            break
        desk.press("Tab")
    desk.press("space")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coming_back, "_AFTER_OPENING_MS", 50)
    monkeypatch.setattr(status_line, "_SHOWN_MS", 300)
    monkeypatch.setattr(status_line, "_MS_PER_LETTER", 1)
    monkeypatch.setattr(status_line, "_DEAF_S", 0.0)


FIRST = talk_with("one", "two")
BOOK = Notebook("book1", title="An Event", talks=(FIRST,))


def with_note(text: str) -> Notebook:
    return edits.add_settled(BOOK, TALK, Note(f"id of {text}", 25_000, text=text))


def leave_unsaved(path: Path) -> None:
    """As a run left it that could not save."""
    EmergencyCopy(path, BOOK.id).keep([codec.encode(with_note("not saved"))])


def leave_conflict_copy(folder: Path) -> None:
    name = "event.talknotes.sync-conflict-20260101-120000-ABCDEF7.json"
    (folder / name).write_bytes(codec.encode(with_note("of another machine")))


def test_a_crash_on_a_full_disk_and_a_conflict_copy_are_told_one_after_the_other(
    open_desk: OpenDesk, tmp_path: Path, at_once: None
) -> None:
    path = tmp_path / "event.talknotes.json"
    leave_unsaved(path)
    leave_conflict_copy(tmp_path)
    leave_mark(runs.Mark(saved=runs.now(), failing=runs.now(), notebook=str(path)))
    desk = open_desk(FIRST)
    status = desk.window.status
    desk.until(lambda: len(status.standing) == 3, "all three wait")
    assert status.message.startswith("Notes that could not be saved")
    assert labels(desk) == ["Bring Them In", "Look", "Discard", "1 of 3", "×"]

    desk.window.tell("Speed 1.5×")
    desk.until(lambda: status.message == "Speed 1.5×", "what passes is shown")
    assert labels(desk) == []
    desk.until(lambda: labels(desk)[:1] == ["Bring Them In"], "what waits is back")

    desk.window.show("messages")
    desk.until(lambda: desk.dialog(TITLE), "the messages")
    there = [str(one.cget("text")) for one in desk.dialog(TITLE).text.winfo_children()]
    assert {"Bring Them In", "Merge It"} <= set(there), "there, too, it can be acted on"
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "they are closed")

    keys_to(desk, "Bring Them In")
    desk.until(lambda: "not saved" in desk.texts, "it is in the notebook")
    desk.until(lambda: labels(desk) == ["Show", "Undo", "1 of 3", "×"], "what came in")
    assert status.message == "What was not saved is back in the notebook. 1 note was added."
    keys_to(desk, "×")
    desk.until(lambda: "ended unexpectedly" in status.message, "the crash")
    assert labels(desk)[-2:] == ["1 of 2", "×"]
    keys_to(desk, "×")
    desk.until(lambda: labels(desk) == ["Merge It", "Show in Folder", "×"], "the conflict copy")


def test_a_damaged_notebook_is_told_before_the_emergency_copy_of_the_one_that_opens(
    open_desk: OpenDesk, tmp_path: Path, at_once: None
) -> None:
    desk = open_desk(FIRST)
    path = desk.session.path
    desk.close()
    leave_unsaved(path)
    damaged = tmp_path / "dam.talknotes.json"
    damaged.write_bytes(codec.encode(BOOK)[:-40])
    desk = Desk(str(damaged))
    try:
        desk.until(
            lambda: "Open What Can Be Read" in labels(desk) and len(desk.window.status.standing) == 2, "both"
        )
        assert "dam.talknotes.json" in desk.window.status.message
        keys_to(desk, "×")
        desk.until(lambda: "Bring Them In" in labels(desk), "the copy")
    finally:
        desk.end()


def test_an_emergency_copy_and_a_conflict_copy_both_stand_at_every_start(
    open_desk: OpenDesk, tmp_path: Path, at_once: None
) -> None:
    leave_unsaved(tmp_path / "event.talknotes.json")
    leave_conflict_copy(tmp_path)

    def both() -> None:
        desk = open_desk(FIRST)
        desk.until(lambda: "1 of 2" in labels(desk), "both")
        assert "Bring Them In" in labels(desk)
        desk.close()

    both()
    both()


def test_the_window_s_keys_work_on_an_offer_and_go_back_to_the_page(
    open_desk: OpenDesk, at_once: None
) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.window.page.text.focus_force()
    desk.press("ctrl+a", "Delete")
    desk.until(lambda: not desk.notes, "all deleted")
    desk.window.tell("Many went.", Offer("Look", lambda: None, stays=True), waits=Waits.LOSS)
    button(desk, "Look").focus_force()
    desk.press("ctrl+z")
    desk.until(lambda: desk.texts == ["one", "two"], "undone")
    button(desk, "×").focus_force()
    desk.press("space")
    desk.until(lambda: desk.root.focus_get() is desk.window.page.text, "the keyboard is with the page again")


def test_a_double_click_on_an_offer_meets_nothing_else(
    open_desk: OpenDesk, at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(talk_with("one"))
    desk.session.player.play()
    desk.until(lambda: desk.window.hints.shown, "a hint is due")
    used: list[str] = []
    desk.window.tell("Below.", Offer("Discard", lambda: used.append("Discard")), waits=Waits.UNSAVED)
    desk.window.tell("Above.", Offer("Undo", lambda: used.append("Undo")), waits=Waits.LOSS)
    desk.root.update()
    monkeypatch.setattr(status_line, "_DEAF_S", 0.5)
    button(desk, "Undo").invoke()
    button(desk, "Discard").invoke()
    assert used == ["Undo"]
    button(desk, "×").invoke()
    desk.window.hints.look()
    assert desk.window.hints.shown == "", "no hint comes to stand where the offer was"


def test_an_error_of_a_call_goes_when_a_later_call_went_well(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(FIRST)
    other = tmp_path / "other.talknotes.json"
    other.write_bytes(codec.encode(Notebook("book2", title="Other")))
    for names in ((str(other),), ()):
        with closing(socket.socketpair()[0]) as gone:
            called(desk, gone, str(tmp_path / "missing.mp4"))
            assert "is not there" in desk.window.status.message
        with closing(socket.socketpair()[0]) as gone:
            called(desk, gone, *names)
            assert desk.window.status.standing == ()
    desk.window.tell_error("Another one.")
    with closing(socket.socketpair()[0]) as gone:
        called(desk, gone)
    assert desk.window.status.message == "Another one."


def called(desk: Desk, connection: socket.socket, *names: str) -> None:
    """As a second call of the program does."""
    desk.app._called._open(Message(names, "/"), Reply(connection))
