"""The window of backups by real keys: looked into, restored in one step, also of a notebook that is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import backups, codec, opening
from desktopnotes.storage.backups import Why
from desktopnotes.ui.backups_window import TITLE, BackupsWindow
from tests.ui.conftest import Desk, talk_with

THEN = talk_with("The mesh knows each request", "Boring is good", "Trust nothing")
NOW = replace(
    THEN, notes=(replace(THEN.notes[0], text="The mesh knows all"), Note("new", 40_000, text="Since"))
)
SECOND = Talk("talk2", title="Another Talk", notes=(Note("other", 1000, text="In another"),))


def book(*talks: Talk) -> Notebook:
    return Notebook("book1", title="An Event", talks=talks)


def keep(path: Path, notebook: Notebook, *, minutes_ago: int, why: Why = Why.CHANGES) -> None:
    moment = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    backups.keep(path, why, notebook=notebook, content=codec.encode(notebook), now=moment)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two backups: in the newer one the second talk has gone already."""
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(codec.encode(book(NOW)))
    (tmp_path / "talk.mp4").write_bytes(b"the fake player does not mind")
    keep(path, book(THEN, SECOND), minutes_ago=90, why=Why.LOSS)
    keep(path, book(THEN), minutes_ago=30)
    return path


@pytest.fixture
def desk(screen: str, path: Path) -> Iterator[Desk]:
    desk = Desk(str(path))
    yield desk
    desk.end()


def opened(desk: Desk, *, of: Path | None = None) -> BackupsWindow:
    desk.window.show("backups", str(of) if of else "")
    desk.until(lambda: desk.dialog(TITLE), "the window")
    window = desk.dialog(TITLE)
    assert isinstance(window, BackupsWindow)
    desk.until(lambda: window.seen, "the newest one is read")
    return window


def shown(window: BackupsWindow) -> list[str]:
    return [line.strip() for line in window.right.text.get("1.0", "end-1c").split("\n") if line.strip()]


def older(desk: Desk, window: BackupsWindow) -> None:
    before = window.seen
    desk.press("Down")
    desk.until(lambda: window.seen and window.seen is not before, "the older one is read")


def is_told(desk: Desk, words: str) -> None:
    desk.until(lambda: words in desk.window.status.message, words)


def test_the_heading_is_the_notebooks_title_and_the_file_stands_beside(desk: Desk) -> None:
    window = opened(desk)
    assert window.heading.cget("text") == "An Event"
    assert window.file.cget("text") == "event.talknotes.json"


def test_the_first_day_is_in_sight_when_it_opens(desk: Desk, path: Path) -> None:
    for minutes in range(40):
        keep(path, book(replace(THEN, title=f"Then {minutes}")), minutes_ago=100 + 60 * minutes)
    window = opened(desk)
    assert len(window.left.lines) > 30
    desk.until(lambda: window.left.text.winfo_height() > 100, "it has its size")
    assert window.left.text.index("@0,0") == "1.0"
    assert window.left.text.dlineinfo("1.0"), "the heading is seen"


def test_what_is_ticked_is_the_choice_that_stands_out(desk: Desk) -> None:
    window = opened(desk)
    buttons = (window.bring_back, window.all, window.talks)
    assert [str(button.cget("style")) for button in buttons] == ["Accent.TButton", "", "TButton"]
    assert window.all.cget("text") == "Restore the Whole Notebook"
    desk.press("Right", "space")
    assert window.ticked == {"talk1"}
    assert [str(button.cget("style")) for button in buttons] == ["TButton", "", "Accent.TButton"]
    desk.press("space")
    assert str(window.bring_back.cget("style")) == "Accent.TButton"


def test_what_would_come_back_and_go_is_shown(desk: Desk) -> None:
    window = opened(desk)
    listed = window.left.text.get("1.0", "end")
    assert "while writing · 3 notes, 1 talk · 1 kB" in listed
    assert "before many notes went · 4 notes, 2 talks" in listed
    assert shown(window) == [
        "▾ A Talk   +2 −1 ~1",
        "− 00:10  The mesh knows all",
        "+ 00:10  The mesh knows each request",
        "+ 00:20  Boring is good",
        "+ 00:30  Trust nothing",
        "− 00:40  Since",
    ]
    assert "2 notes come back, 1 note goes, 1 note is as then again" in window.said.cget("text")
    desk.press("Return")
    desk.until(lambda: desk.root.focus_get() is window.right.text, "the right side has the keyboard")
    desk.press("Down", "Down", "Left")
    assert shown(window) == ["▸ A Talk   +2 −1 ~1"]
    desk.press("Return")
    assert len(shown(window)) == 6
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "it is closed")
    assert desk.texts == ["The mesh knows all", "Since"]
    older(desk, window := opened(desk))
    assert "▾ Another Talk   comes back with 1 note" in shown(window)


def test_brought_back_in_one_step_and_what_came_since_stays(desk: Desk, path: Path) -> None:
    window = opened(desk)
    older(desk, window)
    desk.press("alt+b")
    is_told(desk, "Done: Bring Back What Went")
    assert desk.texts == ["The mesh knows all", "Boring is good", "Trust nothing", "Since"]
    assert [talk.id for talk in desk.session.notebook.talks] == ["talk1", "talk2"]
    newest = backups.of(path)[0]
    assert newest.why is Why.RESTORE
    assert backups.read(newest).talks[0].notes == NOW.notes
    desk.until(lambda: desk.session.saver.all_is_saved, "it is saved")
    assert opening.open_notebook(path).notebook == desk.session.notebook
    desk.press("ctrl+z")
    assert desk.session.notebook == book(NOW) or desk.texts == ["The mesh knows all", "Since"]


def test_restored_all(desk: Desk) -> None:
    window = opened(desk)
    older(desk, window)
    desk.press("alt+w")
    is_told(desk, "Done: Restore Backup of ")
    assert desk.texts == [note.text for note in THEN.notes]
    assert desk.session.notebook.talk("talk2") == SECOND
    assert desk.session.history.undo_label.startswith("Restore Backup of")
    assert "Trust nothing" in desk.shown
    desk.press("ctrl+z")
    assert desk.texts == ["The mesh knows all", "Since"]
    single_talks_are_restored_and_others_stay(desk)


def single_talks_are_restored_and_others_stay(desk: Desk) -> None:
    window = opened(desk)
    while not (window.seen and window.seen.backup.why is Why.LOSS):
        older(desk, window)
    assert "disabled" in window.talks.state()
    desk.press("Return")
    for _ in range(len(window.right.lines)):
        if window.right.thing and window.right.thing.talk.talk.id == "talk2":
            break
        desk.press("Down")
    desk.press("space")
    assert window.ticked == {"talk2"}
    desk.press("alt+t")
    is_told(desk, "Done: Restore Talks of ")
    assert desk.session.notebook.talk("talk2") == SECOND
    assert desk.texts == ["The mesh knows all", "Since"]


def test_opened_as_a_copy_beside(desk: Desk, path: Path) -> None:
    opened(desk)
    desk.press("alt+c")
    is_told(desk, "This is the copy")
    assert desk.session.path.parent == path.parent
    assert desk.session.path != path
    assert desk.texts == [note.text for note in THEN.notes]
    assert desk.session.notebook.id != "book1"
    assert opening.open_notebook(path).notebook == book(NOW)


@pytest.mark.parametrize("becomes", ["gone", "damaged"])
def test_of_another_notebook_that_cannot_be_opened(desk: Desk, tmp_path: Path, becomes: str) -> None:
    lost = tmp_path / "lost.talknotes.json"
    keep(lost, book(SECOND), minutes_ago=5)
    if becomes == "damaged":
        lost.write_bytes(b"{ half a")
    window = opened(desk, of=lost)
    assert "gone or cannot be read" in window.said.cget("text")
    assert shown(window) == ["▸ Another Talk   comes back with 1 note"]
    assert "disabled" in window.bring_back.state()
    desk.press("alt+w")
    is_told(desk, "is restored from")
    assert desk.session.path == lost
    assert opening.open_notebook(lost).notebook == book(SECOND)
    kept = [one for one in backups.of(lost) if one.why is Why.RESTORE]
    assert [one.path.read_bytes() for one in kept] == ([b"{ half a"] if becomes == "damaged" else [])


def test_a_damaged_backup_is_told_of(desk: Desk, path: Path) -> None:
    damaged = backups.of(path)[0].path
    damaged.write_bytes(damaged.read_bytes()[:100])
    desk.window.show("backups")
    desk.until(lambda: desk.dialog(TITLE), "the window")
    window = desk.dialog(TITLE)
    desk.until(lambda: "cannot be opened" in window.said.cget("text"), "it is told")
    assert all("disabled" in button.state() for button in (window.copy, window.all, window.bring_back))
    older(desk, window)
    assert window.right.lines


def test_a_great_loss_offers_a_look(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*(f"Note {number}" for number in range(30))))
    desk.window.show("backups")
    desk.until(lambda: desk.dialog(TITLE), "the window")
    none = desk.dialog(TITLE)
    desk.until(lambda: "no backups of it yet" in none.said.cget("text"), "it is told")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "it is closed")
    desk.press("ctrl+Home", "shift+ctrl+End", "Delete")
    desk.until(lambda: not desk.texts, "they are deleted")
    desk.press("ctrl+s")
    is_told(desk, "30 notes went; what was there is kept in Backups.")
    buttons = desk.window.status._offers.winfo_children()
    offer: Any = next(button for button in buttons if button.cget("text") == "Look")
    offer.invoke()
    desk.until(lambda: desk.dialog(TITLE), "the window")
    window = desk.dialog(TITLE)
    desk.until(lambda: window.seen, "it is read")
    assert "before many notes went · 30 notes" in window.left.text.get("1.0", "end")
    desk.press("alt+b")
    desk.until(lambda: len(desk.texts) == 30, "they are back")


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_great_loss_is_undone_from_its_message(open_desk: Callable[..., Desk], goes_on: bool) -> None:
    desk = open_desk(talk_with(*(f"Note {number}" for number in range(30))))
    desk.press("ctrl+Home", "shift+ctrl+End", "Delete")
    desk.until(lambda: not desk.texts, "they are deleted")
    desk.press("ctrl+s")
    is_told(desk, "30 notes went; what was there is kept in Backups.")
    if goes_on:
        desk.type("written since")
        desk.until(lambda: desk.texts == ["written since"], "something is written")
    offer: Any = desk.window.status._offers.winfo_children()[0]
    assert offer.cget("text") == "Undo"
    offer.invoke()
    assert len(desk.texts) == 30 + goes_on
    assert ("written since" in desk.texts) == goes_on


def test_a_call_that_waits_is_told_of_in_this_window_too(desk: Desk) -> None:
    desk.window.show("backups")
    desk.until(lambda: desk.dialog(TITLE), "the window")
    window = desk.dialog(TITLE)
    window.say_waiting("Waiting: “a.mp4” opens when this is closed.")
    desk.until(lambda: window.seen, "it is read all the same")


def test_a_line_that_does_not_fit_says_so(desk: Desk) -> None:
    window = opened(desk)
    marks = window.left._cut_marks
    assert not [mark for mark in marks._marks if mark.winfo_viewable()]
    window.geometry("560x400")
    desk.until(lambda: [mark for mark in marks._marks if mark.winfo_viewable()], "the mark at the edge")
    (mark, *_) = marks._rows
    box = window.left.text.dlineinfo(f"{marks._rows[mark]}.0")
    assert box
    assert mark.winfo_y() == box[1], "it stands in its line"
    assert marks._whole(mark).endswith("kB"), "all of the line is shown where the pointer rests"
