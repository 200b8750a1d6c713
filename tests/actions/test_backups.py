"""Backups in the open notebook and beside it: kept first, restored in one step, told when that cannot be."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktopnotes.actions import backups as actions
from desktopnotes.actions.backups import Seen, Way
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.storage import backups, codec
from desktopnotes.storage.backups import Why
from desktopnotes.storage.paths import state_folder
from tests.sessions import Room, a_room, a_room_on, a_talk

THEN = Notebook("book1", title="An Event", talks=(a_talk("talk1", 3), a_talk("talk2", 2)))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A notebook of one talk, of which there is a backup with two."""
    room = a_room(tmp_path, a_talk("talk1", 1))
    backups.keep(room.session.path, Why.CHANGES, notebook=THEN, content=codec.encode(THEN))
    return room


def seen(room: Room, path: Path | None = None) -> Seen:
    """What is in the newest backup that was not made by restoring."""
    path = path or room.session.path
    one = next(each for each in backups.of(path) if each.why is not Why.RESTORE)
    return actions.look(room.session, path, one)()


def test_nothing_searches_for_garbage_while_a_large_backup_is_read(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which would hold up the window for a while; it goes on afterwards."""
    searches: list[bool] = []
    read = backups.read

    def watched(backup: backups.Backup) -> Notebook:
        searches.append(gc.isenabled())
        return read(backup)

    monkeypatch.setattr(backups, "read", watched)
    seen(room)
    monkeypatch.setattr(actions, "_LARGE_BYTES", 1)
    seen(room)
    assert searches == [True, False]
    assert gc.isenabled()


def restore(room: Room, way: Way, *talk_ids: str) -> None:
    told = len(room.screen.said) + len(room.screen.errors)
    actions.restore(room.session, room.session.path, seen(room), way, talk_ids)
    room.until(lambda: len(room.screen.said) + len(room.screen.errors) > told, "it is told")


def test_the_window_is_shown(room: Room) -> None:
    actions.show(room.session)
    assert room.screen.shown == ["backups"]


def test_one_step_and_what_was_there_is_kept(room: Room) -> None:
    before = room.session.notebook
    restore(room, Way.ALL)
    assert [len(talk.notes) for talk in room.session.notebook.talks] == [3, 2]
    assert room.session.history.undo_label.startswith("Restore Backup of ")
    newest = backups.of(room.session.path)[0]
    assert (newest.why, newest.notes, backups.read(newest)) == (Why.RESTORE, 1, before)
    assert room.on_disk() == room.session.notebook
    room.session.undo()
    assert room.session.notebook == before


def test_the_talk_that_is_open_may_go(room: Room) -> None:
    room.session.do("x", replace(room.session.notebook, talks=(a_talk("other"),)))
    room.session.open_talk("other")
    restore(room, Way.ALL)
    assert room.session.talk_id == "talk1"


def test_the_offer_of_undo_takes_back_only_that(room: Room) -> None:
    before = room.session.notebook
    restore(room, Way.WHAT_WENT)
    offer = room.screen.offers[-1]
    room.session.do("Something Else", replace(room.session.notebook, title="Other"))
    offer.run()
    assert room.session.notebook.title == "Other"
    room.session.undo()
    offer.run()
    assert room.session.notebook == before


def test_nothing_that_differs_is_no_step(room: Room) -> None:
    restore(room, Way.WHAT_WENT)
    label = room.session.history.undo_label
    restore(room, Way.TALKS, "talk1")
    assert room.session.history.undo_label == label
    assert "Nothing of it differs" in room.screen.said[-1]


def test_where_now_cannot_be_kept_nothing_is_restored(room: Room) -> None:
    one = seen(room)
    folder = state_folder() / "backups"
    folder.rename(folder.with_name("moved"))
    folder.write_text("a file in its place")
    before = room.session.notebook
    actions.restore(room.session, room.session.path, one, Way.ALL)
    room.until(lambda: room.screen.errors, "it is told")
    assert room.screen.errors[-1].startswith("Nothing was restored, since what is there now could not be")
    assert room.session.notebook is before


def test_pictures_that_are_gone_are_told(room: Room) -> None:
    talk = replace(a_talk("talk2", 0), notes=(Note("n", picture="gone.png"), Note("m", picture="here.png")))
    pictured = replace(THEN, talks=(talk,), pictures="event.pictures")
    (room.session.folder / "event.pictures").mkdir()
    (room.session.folder / "event.pictures" / "here.png").write_bytes(b"a picture")
    backups.keep(room.session.path, Why.LOSS, notebook=pictured, content=codec.encode(pictured))
    assert seen(room).missing == ("gone.png",)
    restore(room, Way.WHAT_WENT)
    assert "1 picture of it cannot be found." in room.screen.said[-1]
    assert room.session.notebook.pictures == "event.pictures"


def test_what_can_only_be_read_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(codec.encode(THEN).replace(b'"version": 1', b'"version": 99'))
    room = a_room_on(path)
    backups.keep(path, Why.CHANGES, content=codec.encode(replace(THEN, talks=())))
    with pytest.raises(UserError, match="not changed"):
        actions.restore(room.session, path, seen(room), Way.ALL)


def test_kept_as_it_was_opened_a_little_later(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1", 2))
    actions.begin(room.session)
    assert backups.of(room.session.path) == ()
    room.screen.let_time_pass()
    room.until(lambda: backups.of(room.session.path), "it is kept")
    (one,) = backups.of(room.session.path)
    assert (one.why, one.notes) == (Why.OPENED, 2)


def test_a_folder_that_can_only_be_read_gets_no_copy(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    actions.open_copy(room.session, room.session.path, seen(room))
    room.until(lambda: room.session.path.name.startswith("An Event ("), "the copy is open")
    assert room.session.path.parent.name == "Talk Notes"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 11, 9, 5, tzinfo=UTC), ("Today", "09:05")),
        (datetime(2026, 3, 10, 23, 59, tzinfo=UTC), ("Yesterday", "23:59")),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), ("Monday, 2 March", "08:00")),
        (datetime(2025, 12, 31, 8, 0, tzinfo=UTC), ("31 December 2025", "08:00")),
        (datetime(2026, 3, 13, 8, 0, tzinfo=UTC), ("Friday, 13 March", "08:00")),
    ],
)
def test_moments_in_words(moment: datetime, words: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    assert actions.moment_in_words(moment, datetime(2026, 3, 11, 10, 0, tzinfo=UTC)) == words
