"""A file beside a page: the link, notes and position stay, and times that differ are put right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import captions, sources
from desktopnotes.media.player import PlayerState
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Chapter, Kind, Talk
from tests.media.clips import make_sound
from tests.sessions import Room, a_room, a_talk, recordings

PAGE = "https://youtu.be/aaaaaaaaaaa"
AT = "https://www.youtube.com/watch?v=aaaaaaaaaaa&t="


def web_talk(**changes: object) -> Talk:
    return replace(a_talk(), file="", url=PAGE, position_ms=65_000, **changes)  # type: ignore[arg-type]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A talk of 10 minutes that stands paused at 1:05 of its page."""
    return a_room(tmp_path, web_talk())


def now(room: Room) -> Talk:
    assert room.session.talk is not None
    return room.session.talk


# --- the browser -------------------------------------------------------------------------------------


def test_the_page_is_opened_at_the_second_on_screen(room: Room) -> None:
    room.stand_at(83_900)
    sources.open_at_second(room.session)
    assert room.screen.opened_outside == [f"{AT}83s"]


def test_the_offset_is_added(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(a_talk(), url=PAGE, offset_ms=-60_000))
    room.stand_at(83_900)
    sources.open_at_second(room.session)
    room.stand_at(30_000)
    sources.open_at_second(room.session)
    assert room.screen.opened_outside == [f"{AT}23s", f"{AT}0s"]


def test_where_nothing_plays_the_note_under_the_caret_counts_else_where_it_was_left(room: Room) -> None:
    room.player.refuses = UserError("It does not play.")
    room.session.reload()
    room.settle()
    room.screen.put_caret(replace(room.screen.place, note_id=""))
    sources.open_at_second(room.session)
    room.caret_in("talk1note2")
    sources.open_at_second(room.session)
    assert room.screen.opened_outside == [f"{AT}65s", f"{AT}20s"]


def test_a_page_without_seconds_is_opened_as_it_is(tmp_path: Path) -> None:
    room = a_room(tmp_path, replace(web_talk(), url="https://conference.example/talks/7"))
    sources.open_at_second(room.session)
    assert room.screen.opened_outside == ["https://conference.example/talks/7"]


# --- attaching ---------------------------------------------------------------------------------------


def attach(room: Room, *names: str) -> None:
    room.screen.files = tuple(recordings(room.session.folder, *names))
    sources.attach(room.session)
    room.settle()


def test_link_notes_and_position_stay(room: Room) -> None:
    before = now(room)
    room.stand_at(70_000)
    attach(room, "mine.mp4")
    after = now(room)
    assert (after.file, after.url, after.notes) == ("mine.mp4", PAGE, before.notes)
    assert room.player.opened[-1] == room.session.folder / "mine.mp4"
    assert room.player.position_at().at_ms == 70_000  # type: ignore[union-attr]
    assert room.player.state is PlayerState.PAUSED
    assert room.on_disk().talks[0].file == "mine.mp4"


def test_what_plays_plays_on_from_the_file(room: Room) -> None:
    room.play_from(60_000, for_ms=10_000)
    attach(room, "mine.mp4")
    assert room.player.state is PlayerState.PLAYING
    assert room.player.position_at().at_ms == 70_000  # type: ignore[union-attr]


def test_what_is_being_opened_to_play_plays_from_the_file_and_from_the_page_again(room: Room) -> None:
    room.session.reload(play=True)
    attach(room, "mine.mp4")
    assert room.player.state is PlayerState.PLAYING
    room.session.reload(play=True)
    sources.detach(room.session)
    room.settle()
    assert room.player.opened[-1] == PAGE
    assert room.player.state is PlayerState.PLAYING


def test_nothing_is_attached_where_none_is_chosen_or_it_is_no_recording(room: Room, tmp_path: Path) -> None:
    before = room.session.notebook
    sources.attach(room.session)
    room.screen.files = (tmp_path / "gone.mp4",)
    with pytest.raises(UserError, match=r"gone\.mp4"):
        sources.attach(room.session)
    assert room.session.notebook is before


@pytest.mark.parametrize(
    ("page_ms", "words"),
    [(5_000, "The file is 00:08 long, 00:03 longer"), (20_000, "00:12 shorter"), (9_900, "")],
)
def test_other_lengths_are_told_with_a_way_to_set_the_times(page_ms: int, words: str, tmp_path: Path) -> None:
    room = a_room(tmp_path, web_talk())
    room.session.find_out(
        lambda notebook: replace(notebook, talks=(replace(notebook.talks[0], duration_ms=page_ms),))
    )
    room.screen.files = (make_sound(tmp_path / "mine.wav", seconds=8),)
    looked: list[object] = []
    compare = sources._compare_lengths
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "_compare_lengths", lambda *given: looked.append(compare(*given)))
        sources.attach(room.session)
        room.until(lambda: looked, "the file is looked at")
    assert words in room.screen.said[-1]
    assert bool(room.screen.offers) == bool(words)
    if words:
        room.screen.offers[0].run()
        assert room.screen.shown == ["times of attached"]


def test_undo_of_attaching_plays_the_page_again_and_redo_the_file(room: Room) -> None:
    attach(room, "mine.mp4")
    room.session.undo()
    room.settle()
    assert room.player.opened[-1] == PAGE
    room.session.redo()
    room.settle()
    assert room.player.opened[-1] == room.session.folder / "mine.mp4"


def test_another_link_is_what_plays_where_there_is_no_file(room: Room) -> None:
    room.change_talk(url="https://vimeo.com/42")
    room.settle()
    assert room.player.opened[-1] == "https://vimeo.com/42"
    assert room.player.position_at().at_ms == 65_000  # type: ignore[union-attr]
    room.session.undo()
    room.settle()
    assert room.player.opened[-1] == PAGE


# --- times -------------------------------------------------------------------------------------------


def attached(folder: Path, offset_ms: int = 0, **changes: object) -> Room:
    """A talk of a file and a page, paused at 1:05 of the file."""
    made = replace(a_talk(), url=PAGE, position_ms=65_000, offset_ms=offset_ms, **changes)  # type: ignore[arg-type]
    return a_room(folder, made)


def test_two_times_give_the_offset() -> None:
    assert sources.offset_of("1:23", "0:00") == -83_000
    assert sources.offset_of("0:00", "5.5") == 5_500
    with pytest.raises(UserError, match="“soon” is not a time"):
        sources.offset_of("soon", "0:00")
    with pytest.raises(UserError, match="“” is not a time"):
        sources.offset_of("1:00", " ")


def test_it_begins_with_the_moment_on_screen_as_the_offset_has_it(tmp_path: Path) -> None:
    room = attached(tmp_path, -83_000)
    room.stand_at(100_000)
    assert sources.times_now(room.session) == sources.Times(100_000, 17_000)
    room.stand_at(50_000)
    assert sources.times_now(room.session) == sources.Times(83_000, 0)


def test_an_offset_is_a_step_of_its_own(tmp_path: Path) -> None:
    room = attached(tmp_path)
    sources.set_offset(room.session, -83_000, moves_times=False)
    assert (now(room).offset_ms, room.stamps) == (-83_000, [10_000, 20_000, 30_000])
    assert room.screen.said[-1] == "The page begins 01:23 into the file: links are so much earlier."
    assert room.session.history.undo_label == "Set Offset"
    room.session.undo()
    assert now(room).offset_ms == 0


def test_notes_taken_on_the_page_go_to_the_files_times_with_the_position(tmp_path: Path) -> None:
    room = attached(tmp_path)
    sources.set_offset(room.session, -83_000, moves_times=True)
    assert room.stamps == [93_000, 103_000, 113_000]
    assert room.player.position_at().at_ms == 148_000  # type: ignore[union-attr]
    sources.set_offset(room.session, -80_000, moves_times=True)
    assert room.stamps == [90_000, 100_000, 110_000]
    sources.open_at_second(room.session)
    assert room.screen.opened_outside == [f"{AT}65s"]


def test_playing_from_the_page_again_puts_all_at_its_times(tmp_path: Path) -> None:
    room = attached(tmp_path, -5_000)
    room.play_from(60_000, for_ms=5_000)
    sources.detach(room.session)
    room.settle()
    assert room.player.opened[-1] == PAGE
    assert (now(room).file, now(room).offset_ms, room.stamps) == ("", 0, [5_000, 15_000, 25_000])
    assert room.player.position_at().at_ms == 60_000  # type: ignore[union-attr]
    assert room.player.state is PlayerState.PLAYING
    assert (tmp_path / "talk1.mp4").exists()
    room.session.undo()
    room.settle()
    assert (now(room).file, now(room).offset_ms, room.stamps) == (
        "talk1.mp4",
        -5_000,
        [10_000, 20_000, 30_000],
    )
    assert room.player.opened[-1] == tmp_path / "talk1.mp4"
    assert room.player.position_at().at_ms == 65_000  # type: ignore[union-attr]
    room.session.redo()
    room.settle()
    assert room.player.position_at().at_ms == 60_000  # type: ignore[union-attr]


def test_stamps_from_before_the_files_beginning_are_told_of_and_come_back(tmp_path: Path) -> None:
    room = attached(tmp_path)
    sources.set_offset(room.session, 25_000, moves_times=True)
    assert room.stamps == [0, 0, 5_000]
    assert room.screen.said[-1] == (
        "2 notes are about moments before the file begins: they stand at 0:00 now. "
        "Undo brings their times back."
    )
    assert room.screen.lasting
    room.session.undo()
    assert room.stamps == [10_000, 20_000, 30_000]
    sources.set_offset(room.session, 10_000, moves_times=True)
    assert room.stamps == [0, 10_000, 20_000]
    assert room.screen.said[-1] == sources.offset_words(10_000)
    assert not room.screen.lasting


def test_stamps_from_before_the_pages_beginning_are_told_of_too(tmp_path: Path) -> None:
    room = attached(tmp_path, -15_000)
    sources.detach(room.session)
    assert room.stamps == [0, 5_000, 15_000]
    assert room.screen.said[-1].endswith(
        "One note is about a moment before the page's recording begins: it stands at 0:00 now. "
        "Undo brings its time back."
    )
    assert room.screen.lasting
    room.session.undo()
    assert room.stamps == [10_000, 20_000, 30_000]


def test_while_nothing_plays_the_place_to_begin_at_is_moved(tmp_path: Path) -> None:
    room = attached(tmp_path)
    room.player.refuses = UserError("It does not play.")
    room.session.reload()
    room.settle()
    sources.set_offset(room.session, -83_000, moves_times=True)
    assert now(room).position_ms == 148_000


def test_the_offsets_words() -> None:
    assert sources.offset_words(0) == "The file and the page have the same times."
    assert sources.offset_words(5_250) == "The file begins 00:05.250 into the page: links are so much later."


# --- what came with the page -------------------------------------------------------------------------


def page_captions(folder: Path) -> str:
    place = folder / "event.captions" / "talk1.en.vtt"
    place.parent.mkdir()
    cues = "00:01.000 --> 00:03.000\nLong before.\n\n00:59.000 --> 01:01.000\nAt one minute.\n"
    place.write_text(f"WEBVTT\n\n{cues}", encoding="utf-8")
    return "event.captions/talk1.en.vtt"


def quote_at(room: Room, at_ms: int) -> tuple[str, int | None]:
    room.stand_at(at_ms)
    came: list[object] = []
    room.session.spoken.when_read(came.append)
    room.until(lambda: came, "the captions are read")
    captions.quote(room.session)
    quote = next(note for note in room.notes if note.kind == Kind.QUOTE)
    room.session.undo()
    return quote.text, quote.at_ms


def test_captions_of_the_page_are_at_the_files_times(tmp_path: Path) -> None:
    room = attached(tmp_path, -30_000, captions=page_captions(tmp_path))
    assert quote_at(room, 92_000) == ("At one minute.", 89_000)
    sources.set_offset(room.session, 10_000, moves_times=False)
    assert quote_at(room, 52_000) == ("At one minute.", 49_000)
    room.session.undo()
    assert quote_at(room, 92_000) == ("At one minute.", 89_000)


def test_they_are_at_the_pages_times_where_it_plays(tmp_path: Path) -> None:
    room = attached(tmp_path, -30_000, captions=page_captions(tmp_path))
    sources.detach(room.session)
    room.settle()
    assert quote_at(room, 62_000) == ("At one minute.", 59_000)


def test_captions_beside_the_file_have_its_times_whatever_the_offset(tmp_path: Path) -> None:
    cue = "00:59.000 --> 01:01.000\nAt one minute.\n"
    (tmp_path / "talk1.vtt").write_text(f"WEBVTT\n\n{cue}", encoding="utf-8")
    room = attached(tmp_path, -30_000)
    assert quote_at(room, 62_000) == ("At one minute.", 59_000)


def test_captions_that_the_user_chose_have_the_files_times(tmp_path: Path) -> None:
    cue = "00:59.000 --> 01:01.000\nAt one minute.\n"
    (tmp_path / "mine.vtt").write_text(f"WEBVTT\n\n{cue}", encoding="utf-8")
    room = attached(tmp_path, -30_000, captions="mine.vtt")
    assert quote_at(room, 62_000) == ("At one minute.", 59_000)


def test_chapters_of_the_page_are_at_the_files_times(tmp_path: Path) -> None:
    chapters = (Chapter(0, "Before"), Chapter(20_000, "Start"), Chapter(60_000, "End"))
    room = attached(tmp_path, 30_000, chapters=chapters)
    assert sources.chapters(room.session) == (Chapter(0, "Start"), Chapter(30_000, "End"))
    sources.set_offset(room.session, -5_000, moves_times=False)
    assert [one.at_ms for one in sources.chapters(room.session)] == [5_000, 25_000, 65_000]
    sources.detach(room.session)
    assert sources.chapters(room.session) == chapters
