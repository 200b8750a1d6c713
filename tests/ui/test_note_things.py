"""Notes as things in the real window: tags completed, signs read, several changed, stamps dragged."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktopnotes.model.notebook import Kind, Note
from tests.ui.conftest import TALK, Desk, talk_with

OpenDesk = Callable[..., Desk]


def tagged_desk(open_desk: OpenDesk) -> Desk:
    desk = open_desk(talk_with("one #mesh", "two #mesh #metrics", "three #adoption"))
    desk.stand_at(60_000)
    return desk


def listed(desk: Desk) -> tuple[str, ...]:
    return desk.window.note_things.tags.shown


# --- tags --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [("Tab",), ("Down", "Return"), ("Down", "KP_Enter"), ("Down", "Tab")])
def test_a_tag_is_completed_and_the_note_goes_on(keys: tuple[str, ...], open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    desk.type("Sells it #m")
    assert listed(desk) == ("mesh", "metrics")
    desk.press(*keys)
    assert desk.texts[-1] == "Sells it #mesh"
    assert listed(desk) == ()
    desk.type(".")
    assert desk.texts[-1] == "Sells it #mesh."
    desk.press("Return")
    assert len(desk.notes) == 4


@pytest.mark.parametrize("key", ["Return", "KP_Enter"])
def test_enter_ends_the_note_where_no_tag_was_asked_for(key: str, open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    desk.type("Runs on #me")
    assert listed(desk) == ("mesh", "metrics")
    desk.press(key)
    assert (listed(desk), desk.texts[-1], len(desk.notes)) == ((), "Runs on #me", 4)
    assert desk.window.page.caret.note_id == ""


def test_enter_begins_a_line_in_the_write_up_where_no_tag_was_asked_for(open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    desk.press("F4")
    desk.type("About #ad")
    desk.press("Return")
    desk.until(lambda: desk.session.talk and desk.session.talk.write_up == "About #ad\n", "a new line")


def test_arrows_mark_another_one(open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    desk.type("#M")
    desk.press("Down", "Down", "Down", "Down", "Return")
    assert desk.texts[-1] == "#metrics"
    desk.type(" #m")  # which is now the tag used as often as the other
    assert listed(desk) == ("mesh", "metrics")
    desk.press("Up", "Return")
    assert desk.texts[-1] == "#metrics #metrics"


def test_esc_closes_the_list_and_does_nothing_else(open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    state = desk.player.state
    desk.type("#me")
    desk.press("Escape")
    assert (listed(desk), desk.player.state, desk.texts[-1]) == ((), state, "#me")
    desk.type("t")
    assert listed(desk) == ("metrics",)
    desk.press("Escape", "Escape")
    assert desk.player.state is not state


def test_typing_on_ignores_it_and_types_each_letter_once(open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    desk.type("a #messy thing")
    assert (listed(desk), desk.texts[-1]) == ((), "a #messy thing")
    desk.type(" #me")
    desk.press("BackSpace", "BackSpace", "BackSpace")
    assert (listed(desk), desk.texts[-1]) == ((), "a #messy thing ")


def test_a_tag_in_use_is_left_as_typed_so_that_enter_ends_the_note(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one #mesh", "two #mesh-ups"))
    desk.stand_at(60_000)
    desk.type("#mes")
    assert listed(desk) == ("mesh", "mesh-ups")
    desk.type("h")
    assert listed(desk) == ()
    desk.press("Return")
    assert desk.window.page.caret.note_id == ""


@pytest.mark.parametrize("key", ["ctrl+Up", "Left", "Home", "F4"])
def test_the_list_goes_with_the_caret(key: str, open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    desk.type("#m")
    assert listed(desk)
    desk.press(key)
    assert listed(desk) == ()
    assert desk.texts[-1] == "#m"


def test_a_click_takes_a_tag_and_the_page_keeps_the_focus(open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    desk.type("#m")
    boxes = [child for child in desk.root.winfo_children() if isinstance(child, tkinter.Listbox)]
    x, y, _, height = boxes[0].bbox(1)
    boxes[0].event_generate("<ButtonPress-1>", x=x + 2, y=y + height // 2)
    assert desk.texts[-1] == "#metrics"
    desk.type("!")
    assert desk.texts[-1] == "#metrics!"


def test_tags_are_completed_in_the_write_up_too(open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    desk.press("F4")
    desk.type("About #ad")
    desk.press("Tab")
    assert desk.session.talk is not None
    assert desk.session.talk.write_up == "About #adoption"


# --- signs -------------------------------------------------------------------------------------------


def test_a_sign_is_read_as_it_is_typed_and_backspace_gives_it_back(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.stand_at(5_000)
    desk.type("> ")
    assert (desk.notes[0].kind, desk.texts, desk.shown) == (Kind.QUOTE, [""], "\n")
    desk.press("BackSpace")
    assert (desk.notes[0].kind, desk.texts, desk.shown) == (Kind.THOUGHT, ["> "], "> \n")
    desk.type("5")
    desk.press("Return")
    assert (desk.notes[0].kind, desk.texts) == (Kind.THOUGHT, ["> 5"])
    desk.type("? why")
    assert (desk.notes[1].kind, desk.texts[1]) == (Kind.QUESTION, "why")
    desk.press("ctrl+z", "ctrl+z")
    assert (desk.notes[1].kind, desk.texts[1]) == (Kind.THOUGHT, "? ")
    desk.press("ctrl+z")
    assert desk.texts == ["> 5"]


# --- several -----------------------------------------------------------------------------------------


def test_several_are_changed_and_stay_chosen(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two", "three", "four"))
    desk.press("ctrl+Home", "Right", "shift+Down", "shift+Down")
    desk.press("ctrl+alt+3")
    assert [note.kind for note in desk.notes] == [*[Kind.QUESTION] * 3, Kind.THOUGHT]
    assert desk.session.history.undo_label == "Make 3 Notes Questions"
    assert len(desk.window.page.selection.note_ids()) == 3
    desk.press("alt+Next")
    assert [note.at_ms for note in desk.notes] == [11_000, 21_000, 31_000, 40_000]
    desk.press("ctrl+shift+BackSpace")
    assert desk.texts == ["four"]
    desk.press("ctrl+z")
    assert desk.texts == ["one", "two", "three", "four"]


def test_a_note_without_time_is_moved_and_its_caret_goes_along(open_desk: OpenDesk) -> None:
    talk = talk_with("one", "two")
    desk = open_desk(replace(talk, notes=(*talk.notes, Note("a", text="about"))))
    desk.press("ctrl+Home", "Down", "Down", "Right", "alt+Up", "alt+Up")
    assert desk.texts == ["about", "one", "two"]
    desk.type("X")
    assert desk.texts[0] == "aXbout"
    desk.press("alt+Down", "ctrl+End")
    assert desk.shown == "one\naXbout\ntwo\n"


def test_join_and_duplicate_leave_the_caret_where_one_types_on(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+Home", "Down", "ctrl+shift+k")
    desk.type("+")
    assert desk.texts == ["one +two"]
    desk.press("ctrl+alt+d")
    desk.type("!")
    assert desk.texts == ["one +two", "one +!two"]


# --- stamps ------------------------------------------------------------------------------------------


def gutter_words(desk: Desk) -> list[str]:
    gutter = desk.window.page.gutter
    return [
        gutter.itemcget(item, "text") for item in gutter.find_withtag("drawn") if gutter.type(item) == "text"
    ]


def test_a_range_is_entered_and_shown(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+Home", "F2")
    desk.type("0:12-0:15")
    desk.press("Return")
    assert (desk.notes[0].at_ms, desk.notes[0].end_ms) == (12_000, 15_000)
    desk.until(lambda: "–00:15" in gutter_words(desk), "the end of the note")
    desk.type("z")
    assert desk.texts[0] == "zone"


def test_an_end_set_by_key_is_shown_and_taken_off_again(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+Home")
    desk.stand_at(13_000)
    desk.press("ctrl+shift+e")
    desk.until(lambda: "–00:13" in gutter_words(desk), "the end of the note")
    desk.press("ctrl+shift+e")
    desk.until(lambda: "–00:13" not in gutter_words(desk), "no end any more")


def test_a_wrong_entry_is_told_and_stays_to_be_mended(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+Home", "F2")
    desk.type("noon")
    desk.press("Return")
    said = desk.window.page.gutter._entry._said
    assert said is not None
    assert "“noon” is not a time, and nothing was changed." in str(said.cget("text"))
    desk.press("ctrl+a")
    desk.type("+1")
    desk.press("Return")
    assert desk.notes[0].at_ms == 11_000


def test_nudges_are_one_step_and_show_the_frame(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.player.pause()
    desk.press("ctrl+Home", "alt+Right", "alt+Right", "alt+Right")
    assert desk.notes[0].at_ms == 10_300
    desk.until(lambda: desk.at_ms == 10_300, "the new moment")
    desk.press("ctrl+z")
    assert desk.notes[0].at_ms == 10_000


def mark_of(desk: Desk, at_ms: int) -> tuple[int, int]:
    line = desk.window.timeline
    desk.until(lambda: line.find_withtag("mark"), "the marks")
    return line.x_of(at_ms), line.mark_y - 3


def drag(desk: Desk, at_ms: int, by_px: int) -> None:
    line = desk.window.timeline
    x, y = mark_of(desk, at_ms)
    line.event_generate("<ButtonPress-1>", x=x, y=y)
    for step in range(0, by_px + 1, 5):
        line.event_generate("<B1-Motion>", x=x + step, y=y, rootx=500, rooty=500)


def test_a_mark_is_dragged_with_its_time_shown(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one"))
    line = desk.window.timeline
    drag(desk, 10_000, 50)
    wanted_ms = line.at(line.x_of(10_000) + 50)
    assert line.tip.text.endswith("  one")
    assert line.drag.dragged_ms == wanted_ms
    line.event_generate("<ButtonRelease-1>", x=0, y=0)
    assert desk.notes[0].at_ms == wanted_ms
    assert (desk.session.history.undo_label, line.tip.text) == ("Move Stamp", "")
    desk.session.undo()
    assert desk.notes[0].at_ms == 10_000


def test_esc_gives_a_drag_up(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one"))
    line = desk.window.timeline
    state = desk.player.state
    drag(desk, 10_000, 50)
    desk.press("Escape")
    assert not line.drag.is_on
    line.event_generate("<ButtonRelease-1>", x=0, y=0)
    assert (desk.notes[0].at_ms, desk.session.history.undo_label, desk.player.state) == (10_000, "", state)


def test_of_several_marks_at_one_place_the_note_under_the_caret_is_dragged(open_desk: OpenDesk) -> None:
    talk = talk_with("one")
    near = tuple(Note(f"n{i}", at_ms=10_000 + i, text=f"note {i}") for i in range(3))
    desk = open_desk(replace(talk, notes=near))
    desk.press("ctrl+Home", "Down")
    drag(desk, 10_000, 50)
    assert desk.window.timeline.tip.text.endswith("note 1  (2 of 3)")
    desk.window.timeline.event_generate("<ButtonRelease-1>", x=0, y=0)
    assert [note.id for note in desk.notes] == ["n0", "n2", "n1"]


def test_stamps_are_shifted_by_a_dialog_from_here_on(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two", "three"))
    desk.press("ctrl+Home", "Down")
    desk.session.screen.show("shift stamps")
    desk.until(lambda: desk.dialog("Shift Stamps"), "the dialog")
    dialog = desk.dialog("Shift Stamps")
    desk.type("x")
    assert "not a length of time" in str(dialog.said.cget("text"))
    desk.press("BackSpace")
    desk.type("+2.5")
    assert "3 notes will move" in str(dialog.said.cget("text"))
    desk.press("Tab", "Down", "space")
    assert "2 notes will move, the first from 00:20.0 to 00:22.5." in str(dialog.said.cget("text"))
    desk.press("Return")
    desk.until(lambda: not desk.dialog("Shift Stamps"), "the dialog is gone")
    assert [note.at_ms for note in desk.notes] == [10_000, 22_500, 32_500]
    assert desk.session.history.undo_label == "Shift Notes from Here On"
    desk.type("z")
    assert desk.texts[1] == "ztwo"


@pytest.mark.parametrize("enter", ["Return", "KP_Enter"])
def test_enter_on_cancel_cancels(enter: str, open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two", "three"))
    desk.session.screen.show("shift stamps")
    desk.until(lambda: desk.dialog("Shift Stamps"), "the dialog")
    desk.type("+2.5")
    desk.press("Tab", "Tab", "Tab")
    focus = desk.root.focus_get()
    assert focus is not None
    assert str(focus.cget("text")) == "Cancel"
    desk.press(enter)
    desk.until(lambda: not desk.dialog("Shift Stamps"), "the dialog is gone")
    assert [note.at_ms for note in desk.notes] == [10_000, 20_000, 30_000]


# --- the menu of a note ------------------------------------------------------------------------------


def test_the_menu_of_a_note_is_drawn_from_the_table(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+Home", "Down")
    menu = desk.window.note_things.pop_up(300, 300)
    desk.until(menu.winfo_viewable, "the menu")
    labels = [menu.entrycget(i, "label") for i in range(menu.index("end") + 1) if menu.type(i) != "separator"]
    assert labels[:2] == ["Show Its Moment", "Change Stamp…"]
    assert "Question" in labels
    desk.press("Escape")
    desk.until(lambda: not menu.winfo_viewable(), "the menu is closed")
    menu.invoke(labels.index("Question") + 2)
    assert [note.kind for note in desk.notes] == [Kind.THOUGHT, Kind.QUESTION]
    assert desk.session.talk_id == TALK


def test_a_right_click_opens_the_menu_of_the_note_that_was_clicked(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two", "three"))
    opened: list[tuple[str, tuple[str, ...]]] = []

    def pop_up(x: int, y: int) -> None:
        opened.append((desk.window.page.caret.note_id, desk.window.page.selection.note_ids()))

    desk.window.note_things.pop_up = pop_up  # type: ignore[method-assign,assignment]
    text, gutter = desk.window.page.text, desk.window.page.gutter
    x, y, _, height = text.bbox("2.1")
    text.event_generate("<ButtonPress-3>", x=x, y=y + height // 2)
    gutter.event_generate("<ButtonPress-3>", x=9, y=text.bbox("3.0")[1] + height // 2)
    assert opened == [("note2", ()), ("note3", ())]
    desk.press("ctrl+a", "ctrl+a")
    text.event_generate("<ButtonPress-3>", x=x, y=y + height // 2)
    assert opened[-1][1] == ("note1", "note2", "note3")
    desk.press("ctrl+End", "ctrl+Up", "Menu")
    assert opened[-1][0] == "note3"


def test_the_stretch_of_the_note_under_the_caret_is_on_the_time_line(open_desk: OpenDesk) -> None:
    talk = talk_with("one", "two")
    desk = open_desk(replace(talk, notes=(replace(talk.notes[0], end_ms=60_000), talk.notes[1])))
    line = desk.window.timeline
    assert not line.find_withtag("stretch")
    desk.press("ctrl+Home")
    desk.until(lambda: line.find_withtag("stretch"), "the stretch")
    left, _, right, _ = line.coords("stretch")
    assert (left, right) == (line.x_of(10_000), line.x_of(60_000))
    desk.press("Down")
    desk.until(lambda: not line.find_withtag("stretch"), "no stretch")


def test_a_double_click_beside_a_note_without_time_gives_it_one(open_desk: OpenDesk) -> None:
    talk = talk_with("one")
    desk = open_desk(replace(talk, notes=(*talk.notes, Note("a", text="about"))))
    y = desk.window.page.text.bbox("2.0")[1] + 5
    desk.click(desk.window.page.gutter, 8, y, times=2)
    desk.type("0:04")
    desk.press("Return")
    assert desk.texts == ["about", "one"]
    assert desk.notes[0].at_ms == 4_000


def test_what_stands_beside_a_note_is_said_in_words(open_desk: OpenDesk) -> None:
    note = Note("a", at_ms=4_000, end_ms=6_000, kind=Kind.QUESTION, text="x", used=True, conflict=True)
    desk = open_desk(talk_with(notes=(replace(note, approximate=True),)))
    gutter = desk.window.page.gutter
    desk.until(lambda: gutter.find_withtag("kind"), "the sign")
    assert gutter_words(desk) == ["⇄~00:04", "–00:06", "?"]
    x, y = (round(place) for place in gutter.coords("kind"))
    gutter.event_generate("<Motion>", x=x, y=y + 6, rootx=300, rooty=300)
    desk.until(lambda: gutter.tips.tip.text, "the tip")
    lines = gutter.tips.tip.text.split("\n")
    assert lines[:2] == ["Question", "00:04.000 to 00:06.000"]
    assert [line[0] for line in lines[2:]] == ["~", "⇄", "G"]
    gutter.event_generate("<Motion>", x=x, y=y + 300, rootx=300, rooty=600)
    assert gutter.tips.tip.text == ""


def test_moving_the_caret_behind_letters_opens_no_list(open_desk: OpenDesk) -> None:
    desk = tagged_desk(open_desk)
    desk.type("x #me")
    desk.press("Escape", "Home", "End")
    assert listed(desk) == ()
    desk.press("Return")
    assert desk.texts[-1] == "x #me"


def test_the_notes_menu_fits_a_small_screen(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", "two"))
    desk.press("ctrl+Home")
    menus = desk.window.menus
    menus.fill("notes")
    menu = menus.menus["notes"]
    assert menu.winfo_reqheight() < 600
    below = menu.nametowidget(menu.entrycget("Its Time", "menu"))
    assert below.entrycget(0, "label") == "Restamp"
    kinds = menu.nametowidget(menu.entrycget("Kind", "menu"))
    assert [kinds.entrycget(i, "label") for i in (0, 5)] == ["Thought", "Private"]


def test_the_menu_opened_by_its_key_knows_the_note_that_the_caret_is_in(open_desk: OpenDesk) -> None:
    ids = ("note1", "note1-abcdefgh")
    notes = tuple(Note(note_id, at_ms=1_000, text=f"of {note_id}", conflict=True) for note_id in ids)
    desk = open_desk(talk_with(notes=notes))
    desk.window.page.text.focus_force()
    desk.window.page.put_caret(ids[1], 4)
    menu = desk.window.menus.menus["notes"]
    desk.press("alt+n")
    entries = range((menu.index("end") or 0) + 1)
    states = {
        menu.entrycget(at, "label"): str(menu.entrycget(at, "state"))
        for at in entries
        if menu.type(at) != "separator"
    }
    asked = ("Keep This Version", "Keep All Versions", "Split Note", "Delete Note")
    try:
        assert [states[label] for label in asked] == ["normal"] * len(asked)
    finally:
        desk.press("Escape", "Escape")
    possible = [label for label, state in states.items() if state == "normal"]
    desk.press("alt+n", *["Down"] * possible.index("Keep This Version"), "Return")
    desk.until(lambda: desk.texts == ["of note1-abcdefgh"], "the entry works on that note")
