"""The session: stamps, what is found out, undo of everything, saving, notebooks that can only be read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MethodType

import pytest

from desktopnotes.actions import file, notes, post, talk
from desktopnotes.media.player import PlayerState
from desktopnotes.model import talk_edits
from desktopnotes.model.edits import Span
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Kind, Notebook, Post, State, Talk
from desktopnotes.storage import paths, settings_file, store
from desktopnotes.storage.saver import SaveKind
from tests.sessions import Room, a_room, a_room_on, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Two talks with three notes each, the first open and paused at its beginning."""
    return a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))


def unwatched(talk_id: str = "talk1") -> Talk:
    return replace(a_talk(talk_id, notes=0), state=State.TO_WATCH)


def stamp_now(room: Room, *, react: bool = True) -> int | None:
    found = room.session.stamp(room.player.now_s, react=react)
    return found.at_ms if found else None


# --- stamps ------------------------------------------------------------------------------------------


def test_reaction_time_is_taken_off_while_playing(room: Room) -> None:
    room.play_from(60_000, for_ms=30_000)
    assert stamp_now(room) == 88_000
    assert stamp_now(room, react=False) == 90_000


def test_reaction_time_is_the_viewers_so_it_counts_times_the_rate(room: Room) -> None:
    room.player.set_rate(1.5)
    room.play_from(60_000, for_ms=30_000)
    assert stamp_now(room) == 60_000 + 45_000 - 3_000


def test_reaction_time_is_a_setting(room: Room) -> None:
    room.session.set(stamp_back_ms=500)
    room.play_from(60_000, for_ms=30_000)
    assert stamp_now(room) == 89_500


def test_reaction_time_is_never_more_than_was_played_since_a_jump_or_the_opening(room: Room) -> None:
    room.play_from(60_000, for_ms=700)
    assert stamp_now(room) == 60_000
    room.session.open_talk("talk2", play=True)
    room.settle()
    room.player.advance(1500)
    assert stamp_now(room) == 0


def test_a_stamp_is_that_of_the_key_whenever_it_is_asked_for(room: Room) -> None:
    room.play_from(60_000, for_ms=30_000)
    key_s = room.player.now_s
    room.player.advance(400)
    found = room.session.stamp(key_s)
    assert found is not None
    assert found.at_ms == 88_000


def test_a_paused_stamp_is_the_frame_on_screen(room: Room) -> None:
    room.play_from(60_000, for_ms=30_000)
    room.player.pause()
    assert stamp_now(room) == 90_000


def test_there_is_no_stamp_before_the_talk_was_ever_played(tmp_path: Path) -> None:
    room = a_room(tmp_path, unwatched())
    assert stamp_now(room) is None
    room.player.play()
    room.settle()
    assert stamp_now(room) == 0


def test_there_is_a_stamp_at_the_beginning_of_a_talk_that_was_watched_before(room: Room) -> None:
    assert stamp_now(room) == 0


def test_there_is_no_stamp_after_the_end(room: Room) -> None:
    room.play_from(599_000, for_ms=2_000)
    assert room.player.state is PlayerState.ENDED
    assert stamp_now(room) is None


def test_there_is_no_stamp_without_a_recording(room: Room) -> None:
    room.player.refuses = UserError("The recording is broken.")
    room.session.open_talk("talk2")
    room.settle()
    assert stamp_now(room) is None


# --- late resolution ---------------------------------------------------------------------------------


def begin_at(room: Room, position_ms: int) -> str:
    """Begins a note while the recording plays there."""
    room.play_from(position_ms - 30_000, for_ms=30_000)
    last_id = room.notes[-1].id if room.notes else ""
    return notes.begin(room.session, "A thought", last_id)


def stamp_of(room: Room, note_id: str, talk_id: str = "talk1") -> int | None:
    talk_now = room.session.notebook.talk(talk_id)
    note = talk_now.note(note_id) if talk_now else None
    return note.at_ms if note else None


def test_what_is_learned_of_the_moment_later_changes_the_stamp(room: Room) -> None:
    note_id = begin_at(room, 90_000)
    room.learn_that_it_stood(+40)
    room.screen.let_time_pass()
    assert stamp_of(room, note_id) == 88_040
    assert stamp_of(room, note_id, "talk1") == room.on_disk().talks[0].notes[-1].at_ms


def test_a_stamp_is_asked_for_again_after_more_than_half_a_second(room: Room) -> None:
    begin_at(room, 90_000)
    assert [delay_ms for delay_ms, _ in room.screen.waiting] == [600]


def test_a_resolved_stamp_is_never_below_0(room: Room) -> None:
    room.play_from(0, for_ms=2_500)
    note_id = notes.begin(room.session, "A thought", "")
    room.learn_that_it_stood(-600)
    room.screen.let_time_pass()
    assert stamp_of(room, note_id) == 0


def test_a_resolved_stamp_stands_in_all_of_history_and_is_no_step(room: Room) -> None:
    note_id = begin_at(room, 90_000)
    room.player.advance(5_000)
    notes.typed(room.session, note_id, "A thought with more")
    room.learn_that_it_stood(+40)
    room.screen.let_time_pass()
    room.session.undo()
    assert (room.texts[-1], stamp_of(room, note_id)) == ("A thought", 88_040)
    room.session.undo()
    assert stamp_of(room, note_id) is None
    room.session.redo()
    assert (room.texts[-1], stamp_of(room, note_id)) == ("A thought", 88_040)
    room.session.redo()
    assert (room.texts[-1], stamp_of(room, note_id)) == ("A thought with more", 88_040)


def test_a_stamp_that_the_user_changed_since_is_left_alone(room: Room) -> None:
    note_id = begin_at(room, 90_000)
    notes.set_stamp(room.session, note_id, 91_000)
    room.learn_that_it_stood(+40)
    room.screen.let_time_pass()
    assert stamp_of(room, note_id) == 91_000
    room.session.undo()
    assert stamp_of(room, note_id) == 88_040


def test_a_stamp_is_resolved_though_its_talk_is_left_before(room: Room) -> None:
    note_id = begin_at(room, 90_000)
    notes.end(room.session)
    room.learn_that_it_stood(+40)
    room.session.open_talk("talk2")
    room.settle()
    assert stamp_of(room, note_id) == 88_040
    room.learn_that_it_stood(+5_000)
    room.screen.let_time_pass()
    assert stamp_of(room, note_id) == 88_040


def test_a_stamp_is_resolved_though_the_program_is_closed_before(room: Room) -> None:
    begin_at(room, 90_000)
    room.learn_that_it_stood(+40)
    assert room.session.close()
    assert store.open_notebook(room.session.path).notebook.talks[0].notes[-1].at_ms == 88_040


def test_a_note_whose_stamp_is_resolved_stands_by_time(room: Room) -> None:
    """The third note of the talk is at 30 s."""
    note_id = begin_at(room, 32_001)
    notes.end(room.session)
    assert room.notes[-1].id == note_id
    room.learn_that_it_stood(-40)
    room.screen.let_time_pass()
    assert room.stamps == [10_000, 20_000, 29_961, 30_000]


def test_two_stamps_of_one_moment_keep_their_order_when_they_are_resolved(room: Room) -> None:
    room.stand_at(50_000)
    for _ in range(2):
        notes.stamp(room.session)
    notes.end(room.session)
    order = [note.id for note in room.notes]
    room.learn_that_it_stood(+40)
    room.screen.let_time_pass()
    assert room.stamps[-2:] == [50_040, 50_040]
    assert [note.id for note in room.notes] == order


# --- what the program finds out ----------------------------------------------------------------------


def length_unknown() -> Talk:
    return replace(a_talk("talk1"), duration_ms=0)


def test_watching_alone_does_not_touch_the_file(tmp_path: Path) -> None:
    room = a_room(tmp_path, length_unknown())
    before = room.session.path.read_bytes()
    room.player.set_rate(2.0)
    room.play_from(599_000, for_ms=2_000)
    found = room.session.notebook.talks[0]
    assert (found.duration_ms, found.state) == (600_000, State.WATCHED)
    room.session.save_now()
    notes.end(room.session)
    assert room.session.saver.latest is room.session.store.notebook
    assert room.session.path.read_bytes() == before


def test_what_was_found_out_is_written_on_close(room: Room) -> None:
    room.player.set_rate(1.5)
    room.play_from(60_000, for_ms=10_000)
    assert room.session.close()
    kept = store.open_notebook(room.session.path).notebook.talks[0]
    assert (kept.position_ms, kept.rate, kept.state) == (75_000, 1.5, State.WATCHING)


def test_closing_what_was_not_changed_writes_nothing(room: Room) -> None:
    room.session.player.unload()
    before = room.session.path.stat()
    assert room.session.close()
    assert room.session.path.stat().st_mtime_ns == before.st_mtime_ns


def test_where_the_talk_stands_is_written_with_an_edit(room: Room) -> None:
    room.play_from(60_000, for_ms=10_000)
    notes.begin(room.session, "A thought", "talk1note3")
    assert room.on_disk().talks[0].position_ms == 70_000


def test_a_user_who_saves_has_all_of_it_written(tmp_path: Path) -> None:
    room = a_room(tmp_path, length_unknown())
    file.save(room.session)
    assert room.on_disk().talks[0].duration_ms == 600_000


def test_a_talk_is_being_watched_once_it_was_played(tmp_path: Path) -> None:
    room = a_room(tmp_path, unwatched("talk1"), unwatched("talk2"))
    room.session.open_talk("talk2")
    assert room.session.notebook.talks[0].state == State.TO_WATCH
    room.settle()
    room.play_from(0, for_ms=5_000)
    room.session.open_talk("talk1")
    assert room.session.notebook.talks[1].state == State.WATCHING


def test_a_talk_is_watched_at_its_end_and_begins_anew(room: Room) -> None:
    room.stand_at(300_000)
    room.session.open_talk("talk2")
    room.session.open_talk("talk1")
    room.settle()
    room.play_from(599_000, for_ms=2_000)
    kept = room.session.notebook.talks[0]
    assert (kept.state, kept.position_ms) == (State.WATCHED, 0)


def test_a_watched_talk_too_opens_where_it_was_left(room: Room) -> None:
    room.play_from(599_000, for_ms=2_000)
    room.stand_at(120_000)
    room.session.open_talk("talk2")
    room.session.open_talk("talk1")
    position = room.player.position_at()
    assert position is not None
    assert position.at_ms == 120_000


def test_what_was_found_out_is_never_undone(room: Room) -> None:
    notes.set_kind(room.session, Kind.QUOTE)
    room.caret_in("talk1note1")
    notes.set_kind(room.session, Kind.QUOTE)
    room.player.set_rate(1.5)
    room.play_from(60_000, for_ms=10_000)
    room.session.open_talk("talk2")
    room.settle()
    room.player.set_rate(2.0)
    room.session.undo()
    assert room.notes[0].kind == Kind.THOUGHT
    assert room.session.history.undo_label == ""
    kept = room.session.notebook.talks[0]
    assert (kept.position_ms, kept.rate) == (75_000, 1.5)


def test_a_talk_opens_paused_where_it_was_left(room: Room) -> None:
    room.play_from(60_000, for_ms=10_000)
    room.session.open_talk("talk2")
    room.session.open_talk("talk1")
    room.settle()
    position = room.player.position_at()
    assert position is not None
    assert (position.at_ms, room.player.state) == (70_000, PlayerState.PAUSED)


# --- undo --------------------------------------------------------------------------------------------


def _add_talk(room: Room) -> None:
    (room.session.folder / "new.mp4").write_bytes(b"a recording")
    room.screen.files = (room.session.folder / "new.mp4",)
    talk.add_files(room.session)


def _rename_talk(room: Room) -> None:
    room.screen.text = "Another Title"
    talk.rename(room.session)


def _set_link(room: Room) -> None:
    room.screen.text = "https://example.org/another"
    talk.set_link(room.session)


def _find_file(room: Room) -> None:
    (room.session.folder / "moved.mp4").write_bytes(b"a recording")
    room.screen.files = (room.session.folder / "moved.mp4",)
    talk.find_file(room.session)


def _rename_notebook(room: Room) -> None:
    room.screen.text = "Another Event"
    file.rename(room.session)


def _details(room: Room) -> None:
    after = replace(room.session.notebook.posts[0], intro="Hello.", closing="More soon.", date="2018-01-12")
    room.session.do("Title and Introduction", talk_edits.set_post(room.session.notebook, after))


DEEDS: dict[str, Callable[[Room], object]] = {
    "begin": lambda room: notes.begin(room.session, "New", "talk1note3"),
    "stamp": lambda room: notes.stamp(room.session),
    "type": lambda room: notes.typed(room.session, "talk1note2", "Other words"),
    "delete": lambda room: notes.delete(room.session),
    "empty": lambda room: notes.emptied(room.session, "talk1note2"),
    "cut": lambda room: notes.cut_span(room.session, Span("talk1note1", 2, "talk1note3", 3)),
    "join": lambda room: notes.join_with_previous(room.session, "talk1note2"),
    "split": lambda room: notes.split(room.session),
    "kind": lambda room: notes.set_kind(room.session, Kind.QUESTION),
    "restamp": lambda room: notes.restamp(room.session),
    "stamp entry": lambda room: notes.set_stamp(room.session, "talk1note2", 35_000),
    "paste": lambda room: notes.paste_lines(room.session, "talk1note2", "0:05 one\n0:25 two"),
    "write-up": lambda room: talk.type_write_up(room.session, "Worth seeing."),
    "add to write-up": lambda room: talk.add_to_write_up(room.session),
    "add talk": _add_talk,
    "rename talk": _rename_talk,
    "link": _set_link,
    "find recording": _find_file,
    "remove talk": lambda room: talk.remove(room.session),
    "rename notebook": _rename_notebook,
    "style": lambda room: post.set_timeline(room.session),
    "times": lambda room: post.times_inline(room.session),
    "post details": _details,
    "put into post": lambda room: post.details(room.session),
}


@pytest.mark.parametrize("name", DEEDS)
def test_everything_can_be_undone_and_done_again(name: str, tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk("talk1"), a_talk("talk2"), posts=(Post("post1", title="Part 1"),))
    room.caret_in("talk1note2", 4)
    before = room.session.notebook
    DEEDS[name](room)
    notes.end(room.session)
    after = room.session.notebook
    assert after != before
    room.session.undo()
    assert room.session.notebook == before
    assert room.session.talk is not None
    assert room.session.history.undo_label == ""
    assert room.screen.said[-1].startswith("Undone: ")
    room.session.redo()
    assert room.session.notebook == after
    assert room.screen.said[-1].startswith("Done again: ")
    assert room.on_disk().talks == after.talks


def test_undo_goes_to_the_talk_where_the_change_was(room: Room) -> None:
    notes.typed(room.session, "talk1note2", "Other words")
    talk.go_to(room.session, "talk2")
    room.session.undo()
    assert room.session.talk_id == "talk1"
    assert room.texts[1] == "Note 2"


def test_redo_goes_to_the_talk_where_the_change_was(room: Room) -> None:
    notes.typed(room.session, "talk1note2", "Other words")
    talk.go_to(room.session, "talk2")
    room.session.undo()
    room.session.redo()
    assert (room.session.talk_id, room.texts[1]) == ("talk1", "Other words")
    room.session.undo()
    talk.go_to(room.session, "talk2")
    room.session.redo()
    assert (room.session.talk_id, room.texts[1]) == ("talk1", "Other words")
    assert room.screen.place.talk_id == "talk1"


def test_undo_puts_the_caret_where_it_was(room: Room) -> None:
    room.caret_in("talk1note2", 3)
    notes.split(room.session)
    room.session.undo()
    assert room.screen.place == Caret("notes", "talk1", "talk1note2", 3)


def test_undo_does_not_move_the_video(room: Room) -> None:
    room.play_from(60_000, for_ms=10_000)
    notes.typed(room.session, "talk1note2", "Other words")
    opened = list(room.player.opened)
    room.session.undo()
    assert room.player.opened == opened
    assert room.player.state is PlayerState.PLAYING
    assert room.player.position_at().at_ms == 70_000  # type: ignore[union-attr]


def test_undo_of_the_first_talk_shows_none_and_redo_shows_it(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    _add_talk(room)
    added_id = room.session.talk_id
    room.session.undo()
    assert (room.session.talk_id, room.session.notebook.talks) == ("", ())
    room.session.redo()
    assert room.session.talk_id == added_id


def test_typing_in_a_note_is_one_step_until_a_second_passes(room: Room) -> None:
    for text in ("a", "ab", "abc"):
        notes.typed(room.session, "talk1note1", text)
        room.player.advance(900)
    room.player.advance(200)
    notes.typed(room.session, "talk1note1", "abcd")
    room.session.undo()
    assert room.texts[0] == "abc"
    room.session.undo()
    assert room.texts[0] == "Note 1"


def test_nothing_to_undo_says_nothing(room: Room) -> None:
    said = list(room.screen.said)
    room.session.undo()
    room.session.redo()
    assert room.screen.said == said


# --- notebooks that can only be read -----------------------------------------------------------------


def read_only_room(folder: Path) -> Room:
    """As a newer version of the program would have written it."""
    path = a_room(folder, a_talk("talk1"), a_talk("talk2"), posts=(Post("post1"),)).session.path
    path.write_bytes(path.read_bytes().replace(b'"version": 1', b'"version": 99'))
    return a_room_on(path)


@pytest.mark.parametrize("name", [name for name in DEEDS if name != "add talk"])
def test_a_read_only_notebook_refuses_edits_with_a_sentence(name: str, tmp_path: Path) -> None:
    room = read_only_room(tmp_path)
    on_disk = room.session.path.read_bytes()
    room.caret_in("talk1note2", 4)
    before, place = room.session.notebook, room.screen.place
    with pytest.raises(UserError, match=r"can be read here, not changed"):
        DEEDS[name](room)
    assert room.session.notebook.talks == before.talks
    assert room.session.notebook.posts == before.posts
    assert (room.session.talk_id, room.screen.place, room.session.writing_id) == ("talk1", place, "")
    assert room.session.close()
    assert room.session.path.read_bytes() == on_disk


def test_a_read_only_notebook_keeps_no_snapshot(tmp_path: Path) -> None:
    room = read_only_room(tmp_path)
    with pytest.raises(UserError, match="not changed"):
        notes.snapshot(room.session)
    assert not room.session.pictures_folder.exists()


def test_a_read_only_notebook_is_exported_all_the_same(tmp_path: Path) -> None:
    room = read_only_room(tmp_path)
    on_disk = room.session.path.read_bytes()
    room.screen.target = tmp_path / "post.md"
    post.export(room.session)
    room.until(lambda: room.screen.offers, "it is exported")
    assert "Note 2" in room.screen.target.read_text()
    assert (room.errors, room.screen.errors) == ([], [])
    assert room.session.path.read_bytes() == on_disk


# --- saving ------------------------------------------------------------------------------------------


def test_saves_are_reported(room: Room) -> None:
    notes.typed(room.session, "talk1note1", "Other words")
    room.session.save_now()
    room.until(lambda: len(room.screen.saves) == 2, "the save is told")
    assert [save.kind for save in room.screen.saves] == [SaveKind.SAVING, SaveKind.SAVED]
    assert room.on_disk().talks[0].notes[0].text == "Other words"


def test_an_edit_is_saved_by_itself(room: Room) -> None:
    notes.typed(room.session, "talk1note1", "Other words")
    room.until(lambda: room.session.saver.all_is_saved, "it is saved")
    assert b"Other words" in room.session.path.read_bytes()


def test_a_failed_save_is_told_and_made_good_later(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    room = a_room(folder, a_talk())
    shutil.rmtree(folder)
    notes.typed(room.session, "talk1note1", "Other words")
    assert not room.session.close()
    room.settle()
    failure = room.screen.saves[-1]
    assert failure.kind is SaveKind.FAILED
    assert "“stick” is gone" in failure.message
    assert room.texts[0] == "Other words"
    folder.mkdir()
    assert room.session.close()
    assert room.on_disk().talks[0].notes[0].text == "Other words"


def refuse_to_save(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def save(_: object, __: Notebook) -> store.Saved:
        raise WriteError("The disk is full.")

    monkeypatch.setattr(room.session.store, "save", MethodType(save, room.session.store))


def test_another_notebook_is_not_opened_while_this_one_cannot_be_saved(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = store.create(tmp_path / "other", "Other")
    notes.typed(room.session, "talk1note1", "Other words")
    refuse_to_save(room, monkeypatch)
    with pytest.raises(UserError, match="could not be saved, so it stays open"):
        file.open_path(room.session, other.path)
    assert room.texts[0] == "Other words"
    monkeypatch.undo()
    file.open_path(room.session, other.path)
    assert room.session.path == other.path
    kept = store.open_notebook(tmp_path / "event.talknotes.json").notebook
    assert kept.talks[0].notes[0].text == "Other words"


def test_what_was_open_is_saved_before_another_notebook_opens(room: Room, tmp_path: Path) -> None:
    first = room.session.path
    room.stand_at(60_000)
    note_id = notes.begin(room.session, "> said", "talk1note3")
    file.open_path(room.session, store.create(tmp_path / "other", "Other").path)
    kept = store.open_notebook(first).notebook.talks[0]
    assert kept.position_ms == 60_000
    assert kept.note(note_id).kind == Kind.QUOTE  # type: ignore[union-attr]
    assert room.session.writing_id == ""
    assert room.session.talk is None
    assert room.player.state is PlayerState.NOTHING


def test_opening_the_open_notebook_by_another_name_changes_nothing(room: Room, tmp_path: Path) -> None:
    link = tmp_path / "link.talknotes.json"
    link.symlink_to(room.session.path)
    notes.typed(room.session, "talk1note1", "Other words")
    history = room.session.history
    file.open_path(room.session, link)
    assert room.session.history is history


# --- settings ----------------------------------------------------------------------------------------


def test_a_setting_is_used_and_written(room: Room) -> None:
    room.session.set(theme="dark", skip_ms=3000)
    assert (room.session.settings.theme, room.session.settings.skip_ms) == ("dark", 3000)
    written = json.loads(paths.settings_path().read_text())
    assert written == {"theme": "dark", "skip_ms": 3000}
    assert settings_file.read().settings == room.session.settings


def test_a_setting_holds_though_it_cannot_be_written(room: Room) -> None:
    paths.config_folder().parent.mkdir(parents=True)
    paths.config_folder().write_text("a file stands where the folder should be")
    room.session.set(theme="dark")
    assert room.session.settings.theme == "dark"
    [told] = room.screen.errors
    assert "until you quit" in told
    assert "settings.json" in told


def test_another_player_takes_over_volume_and_silence(room: Room) -> None:
    room.session.set(volume=40, muted=True)
    room.session.use_player(room.player)
    assert (room.player.volume, room.player.muted) == (40, True)
