"""The page of notes: every key does what product.md says of writing, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktopnotes.model.notebook import Kind
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def test_the_first_key_stamps_a_note_and_enter_ends_it(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.stand_at(65_000)
    desk.type("One")
    assert desk.texts == ["One"]
    assert desk.notes[0].at_ms == 65_000
    desk.stand_at(80_000)
    desk.type(" more")
    desk.press("Return")
    desk.type("Two")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("One more", 65_000), ("Two", 80_000)]
    assert desk.shown == "One more\nTwo\n"


def test_reaction_time_is_taken_off_while_playing(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.play_from(60_000, for_ms=30_000)
    desk.type("x")
    assert desk.notes[0].at_ms == pytest.approx(88_000, abs=900)


def test_reaction_time_is_never_more_than_was_played_since_a_seek(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.play_from(60_000, for_ms=500)
    desk.type("x")
    assert desk.notes[0].at_ms == 60_000


def test_a_note_before_the_talk_was_ever_played_has_no_stamp(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with(state="to_watch"))
    desk.type("About the talk")
    assert desk.notes[0].at_ms is None


def test_a_note_takes_its_place_when_it_is_ended(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty", "thirty"))
    desk.stand_at(15_000)
    desk.type("fifteen")
    assert desk.texts == ["ten", "twenty", "thirty", "fifteen"]
    desk.press("Return")
    assert desk.texts == ["ten", "fifteen", "twenty", "thirty"]
    assert desk.shown == "ten\nfifteen\n\ntwenty\nthirty\n"
    desk.stand_at(16_000)
    desk.type("sixteen")
    assert desk.texts == ["ten", "fifteen", "sixteen", "twenty", "thirty"]


def test_shift_enter_breaks_the_line_inside_the_note(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.stand_at(5_000)
    desk.type("first")
    desk.press("shift+Return")
    desk.type("second")
    assert desk.texts == ["first\nsecond"]


def test_enter_in_the_middle_of_a_note_does_not_split_it(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("abcdef"))
    desk.press("Up", "Home", "Right", "Right", "Return")
    assert desk.texts == ["abcdef"]
    desk.stand_at(20_000)
    desk.type("new")
    assert desk.texts == ["abcdef", "new"]


def test_ctrl_t_stamps_from_anywhere_and_an_empty_one_stays(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "thirty"))
    desk.press("Up")
    desk.stand_at(20_500)
    desk.press("ctrl+t")
    assert [(note.text, note.at_ms) for note in desk.notes][-1] == ("", 20_500)
    desk.press("Up")
    assert len(desk.notes) == 3


def test_backspace_to_nothing_removes_the_note_and_the_next_key_stamps_anew(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.stand_at(5_000)
    desk.type("ab")
    desk.press("BackSpace", "BackSpace")
    assert desk.texts == []
    desk.stand_at(9_000)
    desk.type("c")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("c", 9_000)]


def test_typing_over_all_of_a_note_keeps_its_stamp(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("old"))
    desk.stand_at(50_000)
    desk.press("Up", "Home", "shift+End")
    desk.type("new")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("new", 10_000)]


def test_backspace_at_the_start_joins_and_delete_at_the_end_joins(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two", "three"))
    desk.press("Up", "Home", "BackSpace")
    assert desk.texts == ["one", "twothree"]
    desk.press("Up", "End", "Delete")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("onetwothree", 10_000)]
    desk.press("ctrl+z", "ctrl+z")
    assert desk.texts == ["one", "two", "three"]


def test_cut_and_paste_over_several_notes(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("alpha", "beta", "gamma"))
    desk.press("ctrl+Home", "Right", "Right", "shift+Down", "shift+Down", "shift+Home", "ctrl+x")
    assert desk.texts == ["algamma"]
    desk.press("ctrl+v")
    assert desk.texts == ["alpha\nbeta\ngamma"]
    desk.press("ctrl+z", "ctrl+z")
    assert desk.texts == ["alpha", "beta", "gamma"]


def test_deleting_all_and_typing_begins_a_new_note(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("alpha", "beta"))
    desk.stand_at(33_000)
    desk.press("ctrl+Home", "ctrl+a", "ctrl+a", "Delete")
    assert desk.texts == []
    desk.type("x")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("x", 33_000)]


def test_pasted_lines_with_times_become_notes(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.root.clipboard_clear()
    desk.root.clipboard_append("0:05 five\n00:12 - twelve\nand more")
    desk.press("ctrl+v")
    assert [(note.at_ms, note.text) for note in desk.notes] == [
        (5_000, "five"),
        (10_000, "ten"),
        (12_000, "twelve\nand more"),
    ]


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [("> said", Kind.QUOTE, "said"), ("? why", Kind.QUESTION, "why"), ("= Part", Kind.CHAPTER, "Part")],
)
def test_a_sign_typed_first_sets_the_kind(open_desk: OpenDesk, typed: str, kind: Kind, text: str) -> None:
    desk = open_desk(talk_with())
    desk.stand_at(5_000)
    desk.type(typed)
    desk.press("Return")
    assert [(note.kind, note.text) for note in desk.notes] == [(kind, text)]
    assert desk.shown == f"{text}\n"


def test_undo_takes_back_everything_and_redo_brings_it_back(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "thirty"))
    desk.stand_at(15_000)
    desk.type("twenty")
    desk.press("Return", "ctrl+Up", "ctrl+shift+BackSpace")
    assert desk.texts == ["ten", "thirty"]
    desk.press("ctrl+z")
    assert desk.texts == ["ten", "twenty", "thirty"]
    desk.press("ctrl+z")
    assert desk.texts == ["ten", "thirty"]
    desk.press("ctrl+shift+z", "ctrl+y")
    assert desk.texts == ["ten", "thirty"]
    desk.press("ctrl+z")
    assert desk.texts == ["ten", "twenty", "thirty"]


def test_restamp_gives_the_frame_on_screen(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.play_from(25_000, for_ms=5_000)
    desk.press("ctrl+Home", "ctrl+shift+t")
    assert desk.texts == ["twenty", "ten"]
    assert desk.notes[1].at_ms == pytest.approx(30_000, abs=900)


def test_ctrl_enter_shows_the_notes_moment(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.press("ctrl+Home", "ctrl+Return")
    assert desk.at_ms == 10_000
    assert ("jumped", {"at_ms": 10_000}) in desk.trace


def test_f2_changes_a_stamp_and_a_wrong_time_changes_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.press("ctrl+Home", "F2")
    desk.type("2m3s")
    desk.press("Return")
    assert [note.at_ms for note in desk.notes] == [20_000, 123_000]
    desk.press("F2")
    desk.type("noon")
    desk.press("Return", "Escape")
    assert [note.at_ms for note in desk.notes] == [20_000, 123_000]


def test_a_click_on_a_stamp_jumps_and_the_caret_stays(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.player.pause()
    x, y = stamp_of(desk, 1)
    desk.click(desk.window.page.gutter, x, y)
    assert desk.at_ms == 20_000
    desk.stand_at(42_000)
    desk.type("z")
    assert desk.texts == ["ten", "twenty", "z"]


def test_a_double_click_on_a_stamp_edits_it(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    x, y = stamp_of(desk, 0)
    desk.click(desk.window.page.gutter, x, y, times=2)
    desk.type("30")
    desk.press("Return")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("twenty", 20_000), ("ten", 30_000)]


def stamp_of(desk: Desk, row: int) -> tuple[int, int]:
    """Where a row's stamp stands in the gutter, once it is drawn."""
    gutter = desk.window.page.gutter
    desk.until(lambda: len(gutter.find_withtag("stamp")) > row, "the stamp is drawn")
    left, top, right, bottom = gutter.bbox(gutter.find_withtag("stamp")[row])
    return (left + right) // 2, (top + bottom) // 2


def test_a_click_below_the_notes_begins_a_new_one(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.press("ctrl+Home")
    desk.stand_at(33_000)
    desk.click(desk.window.page.text, 200, 500)
    desk.type("new")
    assert [(note.text, note.at_ms) for note in desk.notes][-1] == ("new", 33_000)


def test_input_without_keys_goes_the_same_way(open_desk: OpenDesk) -> None:
    """An input method or a paste by the middle button inserts at the caret, not by a key of its own."""
    desk = open_desk(talk_with())
    desk.stand_at(12_000)
    desk.window.page.text.insert("insert", "漢字")
    desk.window.page.text.insert("insert", "です")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("漢字です", 12_000)]


def test_emoji_and_cjk_keep_the_caret_in_its_place(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("🎉🎉 party", "漢字"))
    desk.press("ctrl+Home", "Right", "Right")
    desk.type("x")
    assert desk.texts[0] == "🎉🎉x party"
    assert desk.window.page.caret.offset == 3


def test_a_note_in_the_write_up_turns_grey_and_f4_goes_there_and_back(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("A mesh works a layer up", "It sells itself"))
    desk.press("ctrl+Home", "ctrl+shift+Return")
    assert desk.session.talk is not None
    assert desk.session.talk.write_up == "A mesh works a layer up."
    assert [note.used for note in desk.notes] == [True, False]
    desk.press("F4", "ctrl+End")
    desk.type(" Mine.")
    assert desk.session.talk.write_up == "A mesh works a layer up. Mine."
    desk.press("F4")
    assert desk.session.screen.caret().place == "notes"
    desk.press("ctrl+z", "ctrl+z")
    assert desk.session.talk.write_up == ""
    assert not desk.notes[0].used


def test_used_notes_are_grey_in_the_page_until_that_is_undone(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("A mesh", "It sells", "Third"))
    page = desk.window.page.text

    def grey() -> list[str]:
        return [str(place) for place in page.tag_ranges("used")]

    assert grey() == []
    desk.press("ctrl+Home", "Down", "ctrl+shift+Return")
    desk.until(grey, "the note is grey")
    assert grey()[0].startswith("2.")
    assert str(page.tag_cget("used", "foreground")) == desk.window.theme.palette.muted
    desk.press("ctrl+z")
    desk.until(lambda: grey() == [], "it is not any more")
    desk.press("ctrl+y")
    desk.until(grey, "it is grey again")


def test_an_empty_write_up_suggests_and_typing_or_its_key_takes_its_place(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("A mesh", "It sells"))
    text = desk.window.write_up.text
    desk.until(lambda: text.get("1.0", "end-1c") == "A mesh. It sells.", "the suggestion")
    assert text.tag_ranges("suggestion")
    desk.press("F4", "ctrl+End")
    desk.type("Mine")
    assert desk.session.talk is not None
    assert desk.session.talk.write_up == text.get("1.0", "end-1c") == "Mine"
    desk.press("ctrl+a", "BackSpace")
    desk.until(lambda: text.get("1.0", "end-1c") == "A mesh. It sells.", "the suggestion again")
    assert desk.session.talk.write_up == ""
    desk.press("ctrl+shift+Return")
    assert desk.session.talk.write_up == "A mesh. It sells."
    assert [note.used for note in desk.notes] == [True, True]
    assert not text.tag_ranges("suggestion")


def test_the_note_of_the_moment_is_lit(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty", "thirty"))
    desk.stand_at(21_000)
    lit = desk.window.page.text.tag_ranges
    desk.until(lambda: [str(place) for place in lit("lit")] == ["2.0", "3.0"], "the note at 20 s is lit")


def test_nothing_typed_drives_the_player_and_no_player_key_types(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.stand_at(5_000)
    desk.type("k j l s m f")
    assert desk.texts == ["k j l s m f"]
    assert desk.at_ms == 5_000
    desk.press("ctrl+j", "ctrl+l", "ctrl+bracketleft", "Escape")
    assert desk.texts == ["k j l s m f"]


def test_two_thousand_notes_are_redrawn_only_where_they_changed(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with(*(f"note number {i}" for i in range(2000))))
    desk.press("ctrl+Home")
    desk.type("x")
    assert desk.texts[0] == "xnote number 0"
    assert desk.shown.count("\n") == 2000


def test_a_picture_that_is_cut_off_below_does_not_cover_the_text_of_its_note(open_desk: OpenDesk) -> None:
    notes = [*talk_with(*["A note"] * 60).notes]
    notes[30] = replace(notes[30], picture="not-there.png")
    desk = open_desk(talk_with(notes=tuple(notes)))
    page, text = desk.window.page, desk.window.page.text
    text.yview("31.0")
    text.yview_scroll(60 - text.winfo_height(), "pixels")
    desk.until(lambda: "note31" in page.shown_pictures, "the place of the picture")
    (label,) = (part for part in text.winfo_children() if "not-there" in str(part.cget("text")))
    assert int(label.place_info()["y"]) > text.foot("31.end")
    assert text.foot("31.end") < text.winfo_height() < text.foot("31.end") + page._tail_px("pictured")
    assert text.foot("1.0") is None
