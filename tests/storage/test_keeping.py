"""When backups are made: at opening, by the half hour of change, before a great loss, before an upgrade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.errors import WriteError
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import backups, codec, opening, outcome, store
from desktopnotes.storage.backups import Why
from desktopnotes.storage.codec import encode
from desktopnotes.storage.keeping import EVERY_S, Keeper, _at_least_kept, great_loss
from desktopnotes.storage.paths import state_folder


def talk(talk_id: str, count: int) -> Talk:
    return Talk(talk_id, notes=tuple(Note(f"{talk_id}n{i}", text=f"Note {i}") for i in range(count)))


def book(*talks: Talk) -> Notebook:
    return Notebook("book1", title="An Event", talks=talks)


TWELVE_AND_TWENTY = book(talk("a", 12), talk("b", 20))


class Desk:
    """An open notebook whose clock the test moves; what a worker would do is done at once."""

    def __init__(self, path: Path, notebook: Notebook) -> None:
        path.write_bytes(encode(notebook))
        self.path = path
        self.seconds = 0.0
        self._ticks = 0
        opened = opening.open_notebook(path)
        self.store = store.Store(opened)
        self.store.keeper = Keeper(
            path,
            opened.notebook,
            upgrades=opened.is_older,
            run=lambda job: job(),
            clock=lambda: self.seconds,
            now=self._now,
        )

    def _now(self) -> datetime:
        """A moment later each time."""
        self._ticks += 1
        return datetime(2026, 3, 11, 9, tzinfo=UTC) + timedelta(
            seconds=self.seconds, milliseconds=self._ticks
        )

    @property
    def whys(self) -> list[Why]:
        return [one.why for one in reversed(backups.of(self.path))]

    def edit(self, number: int) -> outcome.Saved:
        first, *rest = self.store.notebook.talks
        return self.save(
            replace(self.store.notebook, talks=(replace(first, write_up=f"Words {number}"), *rest))
        )

    def save(self, notebook: Notebook) -> outcome.Saved:
        return self.store.save(notebook)

    def write_for(self, minutes: float, every_s: float = 60.0) -> None:
        for number in range(round(minutes * 60 / every_s)):
            self.seconds += every_s
            self.edit(number + int(self.seconds * 1000))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "event.talknotes.json", TWELVE_AND_TWENTY)


def test_as_it_was_opened(desk: Desk) -> None:
    assert desk.store.keeper
    desk.store.keeper.opened()
    desk.edit(1)
    desk.store.keeper.opened()
    (one,) = backups.of(desk.path)
    assert (one.why, one.notes, one.talks) == (Why.OPENED, 32, 2)
    assert backups.content_of(one) == encode(TWELVE_AND_TWENTY)


def test_the_first_save_sees_to_it_where_no_worker_did(desk: Desk) -> None:
    desk.edit(1)
    (one,) = backups.of(desk.path)
    assert backups.content_of(one) == encode(TWELVE_AND_TWENTY)


def test_opened_again_as_it_was_left_it_is_not_kept_again(desk: Desk) -> None:
    desk.edit(1)
    for _ in range(3):
        again = Desk(desk.path, desk.store.notebook)
        assert again.store.keeper
        again.store.keeper.opened()
    assert len(backups.of(desk.path)) == 2


def test_every_half_hour_of_change(desk: Desk) -> None:
    desk.write_for(29)
    assert desk.whys == [Why.OPENED]
    desk.write_for(2)
    assert desk.whys == [Why.OPENED, Why.CHANGES]
    desk.write_for(31)
    assert desk.whys == [Why.OPENED, Why.CHANGES, Why.CHANGES]
    now = backups.read(backups.of(desk.path)[0])
    assert now.talks[0].write_up


def test_time_without_a_change_does_not_count(desk: Desk) -> None:
    desk.write_for(10)
    desk.seconds += 5 * 3600
    desk.write_for(10)
    assert desk.whys == [Why.OPENED]
    assert EVERY_S == 1800


def test_before_an_upgrade_of_the_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is one version by now: the program is made to believe that it writes the second."""
    path = tmp_path / "event.talknotes.json"
    old = encode(TWELVE_AND_TWENTY)
    monkeypatch.setattr(codec, "VERSION", 2)
    monkeypatch.setattr(opening, "VERSION", 2)
    path.write_bytes(old)
    opened = opening.open_notebook(path)
    assert opened.is_older
    kept = store.with_backups(opened)
    kept.save(replace(kept.notebook, title="Now"))
    assert b'"version": 2' in path.read_bytes()
    (one,) = backups.of(path)
    assert one.why is Why.UPGRADE
    assert backups.content_of(one) == old
    assert not opening.open_notebook(path).is_older


def test_no_backups_of_what_is_only_read(desk: Desk) -> None:
    opened = replace(opening.open_notebook(desk.path), read_only=True)
    assert store.with_backups(opened).keeper is None


# --- the guard -----------------------------------------------------------------------------------------


def test_before_a_great_loss(desk: Desk) -> None:
    desk.edit(1)
    before = desk.store.notebook
    told = desk.save(replace(before, talks=before.talks[:1]))
    assert told.notice == "20 notes went; what was there is kept in Backups."
    assert told.in_backups
    assert desk.whys == [Why.OPENED, Why.LOSS]
    assert backups.content_of(backups.of(desk.path)[0]) == encode(before)
    assert desk.edit(2).notice == ""


def test_what_is_kept_is_what_was_on_the_disk_and_nothing_asks(desk: Desk) -> None:
    desk.path.unlink()
    assert desk.save(book()).in_backups
    assert backups.content_of(backups.of(desk.path)[0]) == encode(TWELVE_AND_TWENTY)


def test_again_and_again_it_is_kept_once(desk: Desk) -> None:
    """Undo and redo of a great loss."""
    for _ in range(4):
        assert desk.save(book()).in_backups
        assert not desk.save(TWELVE_AND_TWENTY).in_backups
    assert desk.whys == [Why.OPENED, Why.LOSS]


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        (book(talk("a", 20)), book(talk("a", 10)), 0),
        (book(talk("a", 20)), book(talk("a", 9)), 11),
        (book(talk("a", 19)), book(), 0),
        (book(talk("a", 20)), book(talk("b", 20)), 20),
        (book(talk("a", 5), talk("b", 20)), book(talk("a", 5)), 20),
        (book(talk("a", 25), talk("b", 20)), book(talk("a", 25)), 0),
        (book(*(talk(f"t{i}", 4) for i in range(10))), book(*(talk(f"t{i}", 1) for i in range(10))), 30),
    ],
)
def test_more_than_half_of_at_least_twenty(before: Notebook, after: Notebook, lost: int) -> None:
    assert great_loss(before, after) == lost


def test_notes_that_moved_to_another_talk_are_there_still() -> None:
    whole = talk("a", 40)
    assert great_loss(book(whole, talk("b", 1)), book(replace(talk("b", 1), notes=whole.notes))) == 0


@given(st.lists(st.sets(st.integers(0, 60)), max_size=4), st.lists(st.sets(st.integers(0, 60)), max_size=4))
def test_it_counts_as_counting_would(before: list[set[int]], after: list[set[int]]) -> None:
    made = {number: Note(f"n{number}") for number in range(61)}

    def of(sets: list[set[int]]) -> Notebook:
        free = set(made)
        talks = []
        for place, numbers in enumerate(sets):
            talks.append(Talk(f"t{place}", notes=tuple(made[number] for number in sorted(numbers & free))))
            free -= numbers
        return book(*talks)

    one, other = of(before), of(after)
    was, now = ({note.id for talk in each.talks for note in talk.notes} for each in (one, other))
    expected = len(was - now) if len(was) >= 20 and 2 * len(was - now) > len(was) else 0
    assert great_loss(one, other) == expected


@pytest.mark.parametrize("edit", ["typed", "added", "deleted", "moved"])
def test_a_usual_edit_looks_into_no_note(edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a talk with all the notes it takes one look at who they are."""
    first, *rest = talk("a", 40).notes
    notes = {
        "typed": (replace(first, text="Now"), *rest),
        "added": (first, *rest[:20], Note("new"), *rest[20:]),
        "deleted": (first, *rest[:5], *rest[6:]),
        "moved": (rest[0], first, *rest[1:]),
    }
    before, after = (first, *rest), notes[edit]
    assert _at_least_kept(before, after) >= 38


# --- where none can be made ----------------------------------------------------------------------------


@pytest.fixture
def no_room() -> None:
    state_folder().mkdir(parents=True)
    (state_folder() / "backups").write_text("a file in its place")


def test_it_is_told_once_and_saving_goes_on(no_room: None, desk: Desk) -> None:
    told = [desk.edit(number).notice for number in range(3)]
    assert told[0].startswith("No backup could be made in")
    assert told[0].endswith("Your notes are saved all the same.")
    assert told[1:] == ["", ""]
    desk.write_for(31)
    assert opening.open_notebook(desk.path).notebook == desk.store.notebook


def test_a_loss_without_a_backup_is_told_as_that(no_room: None, desk: Desk) -> None:
    desk.edit(1)
    saved = desk.save(book())
    assert saved.notice.startswith("32 notes went, and no backup of them could be made.")
    assert not saved.in_backups
    assert opening.open_notebook(desk.path).notebook == book()


def test_a_fault_of_the_program_keeps_nothing_from_being_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(backups, "keep", fail)
    assert "by a fault of the program" in desk.edit(1).notice
    assert "no backup of them could be made" in desk.save(book()).notice
    assert opening.open_notebook(desk.path).notebook == book()


def test_a_save_that_fails_tells_of_the_loss_when_it_is_well(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.edit(1)
    real: Callable[..., object] = store.replace_file

    def fail(*_: object, **__: object) -> None:
        raise WriteError("The disk is full.")

    monkeypatch.setattr(store, "replace_file", fail)
    with pytest.raises(WriteError):
        desk.save(book())
    monkeypatch.setattr(store, "replace_file", real)
    assert desk.save(book()).in_backups
    assert desk.whys == [Why.OPENED, Why.LOSS]


def test_what_another_program_takes_away_is_kept_first(desk: Desk) -> None:
    desk.edit(1)
    had = desk.store.notebook
    desk.path.write_bytes(encode(book(talk("a", 3))))
    looked = desk.store.look()
    assert looked
    assert looked.outside
    assert looked.outside.in_backups
    assert looked.outside.notice == "29 notes went; what was there is kept in Backups."
    newest = backups.of(desk.path)[0]
    assert (newest.why, newest.notes) == (Why.OUTSIDE, 32)
    assert backups.content_of(newest) == encode(had)


def test_what_another_program_takes_away_beneath_a_save_is_kept_first_with_what_was_typed(desk: Desk) -> None:
    desk.edit(1)
    had = replace(desk.store.notebook, title="Typed")
    desk.path.write_bytes(encode(replace(desk.store.notebook, talks=(talk("a", 3),))))
    saved = desk.save(had)
    assert saved.outside
    assert saved.outside.in_backups
    assert backups.content_of(backups.of(desk.path)[0]) == encode(had)
    assert opening.open_notebook(desk.path).notebook.title == "Typed"


def test_what_another_program_takes_away_of_a_few_is_only_merged(desk: Desk) -> None:
    desk.edit(1)
    desk.path.write_bytes(encode(book(*desk.store.notebook.talks[1:])))
    looked = desk.store.look()
    assert looked
    assert looked.outside
    assert (looked.outside.notice, looked.outside.in_backups) == ("", False)
    assert desk.whys == [Why.OPENED]


def test_a_backup_that_fails_does_not_keep_their_changes_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Path:
        raise WriteError("The disk is full.")

    desk.edit(1)
    monkeypatch.setattr(backups, "keep", fail)
    desk.path.write_bytes(encode(book(talk("a", 3))))
    looked = desk.store.look()
    assert looked
    assert looked.outside
    assert not looked.outside.in_backups
    assert "no backup of them could be made. The disk is full." in looked.outside.notice
