"""The session: what the program finds out is kept but never dirties a file, saving, settings."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from types import MethodType

import pytest

from desktopnotes.actions import arranging, file, not_playing, notes, web
from desktopnotes.media.player import PlayerState
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.model.notebook import Kind, Notebook, State, Talk
from desktopnotes.storage import opening, outcome, paths, settings_file
from desktopnotes.storage.saver import SaveKind
from desktopnotes.trace import Trace
from tests.sessions import Room, a_room, a_talk


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Two talks with three notes each, the first open and paused at its beginning."""
    return a_room(tmp_path, a_talk("talk1"), a_talk("talk2"))


def unwatched(talk_id: str = "talk1") -> Talk:
    return replace(a_talk(talk_id, notes=0), state=State.TO_WATCH)


# --- what the program finds out ----------------------------------------------------------------------


def length_unknown() -> Talk:
    return replace(a_talk("talk1"), duration_ms=0)


def test_the_trace_tells_why_a_recording_does_not_play(room: Room, tmp_path: Path) -> None:
    room.session.trace = Trace(tmp_path / "trace.jsonl")
    room.player.refuses = UserError("VLC cannot decode it.", "Install its codecs.")
    room.session.open_talk("talk2")
    room.settle()
    told = [json.loads(line) for line in (tmp_path / "trace.jsonl").read_text().splitlines()]
    said = [(event["why"], event["hint"]) for event in told if event["event"] == "failed"]
    assert said == [("VLC cannot decode it.", "Install its codecs.")]


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
    kept = opening.open_notebook(room.session.path).notebook.talks[0]
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
    arranging.set_kind(room.session, Kind.QUOTE)
    room.caret_in("talk1note1")
    arranging.set_kind(room.session, Kind.QUOTE)
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
    def save(_: object, __: Notebook, taken: int = 0) -> outcome.Saved:
        raise WriteError("The disk is full.")

    monkeypatch.setattr(room.session.store, "save", MethodType(save, room.session.store))


def test_another_notebook_is_not_opened_while_this_one_cannot_be_saved(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = opening.create(tmp_path / "other", "Other")
    notes.typed(room.session, "talk1note1", "Other words")
    refuse_to_save(room, monkeypatch)
    with pytest.raises(UserError, match="could not be saved, so it stays open"):
        file.open_path(room.session, other.path)
    assert room.texts[0] == "Other words"
    monkeypatch.undo()
    file.open_path(room.session, other.path)
    assert room.session.path == other.path
    kept = opening.open_notebook(tmp_path / "event.talknotes.json").notebook
    assert kept.talks[0].notes[0].text == "Other words"


def test_what_was_open_is_saved_before_another_notebook_opens(room: Room, tmp_path: Path) -> None:
    first = room.session.path
    room.stand_at(60_000)
    note_id = notes.begin(room.session, "> said", "talk1note3")
    file.open_path(room.session, opening.create(tmp_path / "other", "Other").path)
    kept = opening.open_notebook(first).notebook.talks[0]
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


# --- what it plays from ------------------------------------------------------------------------------


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every file that it is looked for."""
    looked: list[Path] = []
    exists = os.path.exists

    def looks(path: Path) -> bool:
        looked.append(path)
        return exists(path)

    monkeypatch.setattr(os.path, "exists", looks)
    return looked


def test_the_file_is_looked_for_at_a_load_and_not_at_each_look_at_the_window(
    tmp_path: Path, looked_at: list[Path]
) -> None:
    room = a_room(tmp_path, a_talk())
    assert tmp_path / "talk1.mp4" in looked_at
    looked_at.clear()
    for _ in range(20):
        not_playing.words(room.session, None)
        assert web.address(room.session) == ""
    assert tmp_path / "talk1.mp4" not in looked_at


def test_a_file_that_comes_or_goes_is_noticed_at_the_next_load(tmp_path: Path) -> None:
    room = a_room(tmp_path, a_talk())
    session, file = room.session, tmp_path / "talk1.mp4"
    assert session.talk
    file.unlink()
    assert session.source(session.talk) == file
    session.reload()
    assert session.source(session.talk) == room.player.opened[-1] == session.talk.url
    file.touch()
    session.reload()
    assert session.source(session.talk) == room.player.opened[-1] == file


def test_another_file_or_link_is_another_source_at_once(tmp_path: Path) -> None:
    (tmp_path / "other.mp4").touch()
    room = a_room(tmp_path, a_talk())
    talk = room.session.talk
    assert talk
    assert room.session.source(replace(talk, file="other.mp4")) == tmp_path / "other.mp4"
    assert room.session.source(replace(talk, file="gone.mp4")) == talk.url
    assert room.session.source(replace(talk, file="gone.mp4", offset_ms=5)) == tmp_path / "gone.mp4"
    assert room.session.source(replace(talk, file="", url="https://b.example/")) == "https://b.example/"
    assert room.session.source(replace(talk, file="", url="")) is None


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
