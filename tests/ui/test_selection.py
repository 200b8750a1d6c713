"""What is selected in the page, by real keys: it goes with the caret, and no key changes what is not seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktopnotes.commands import by_id
from desktopnotes.model.notebook import Kind, Note, Notebook
from desktopnotes.ui import layout
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]

TEXTS = ["abc", "def", "ghi"]


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    desk = open_desk(talk_with(*TEXTS))
    desk.stand_at(60_000)
    return desk


def begin_again(desk: Desk, with_: Notebook) -> None:
    """The notes as they were, with the caret in the first and nothing selected."""
    desk.session.do("Begin Again", with_)
    desk.press("Escape", "ctrl+End", "Up", "ctrl+Home")


def test_what_was_selected_is_not_typed_over_once_the_caret_has_gone_elsewhere(desk: Desk) -> None:
    at_first = desk.session.notebook
    for keys in (
        ("ctrl+a", "ctrl+a", "ctrl+c", "ctrl+t", "x"),
        ("ctrl+a", "ctrl+a", "Return", "x"),
        ("ctrl+a", "ctrl+a", "Return", "Return", "x"),
        ("q", "ctrl+a", "ctrl+a", "ctrl+c", "ctrl+z", "x"),
        ("ctrl+a", "ctrl+a", "F4", "F3", "x"),
        ("shift+Down", "shift+Down", "ctrl+Up", "x"),
        ("shift+Down", "shift+Down", "ctrl+Down", "x"),
        ("shift+Down", "ctrl+c", "ctrl+Down", "ctrl+Down", "ctrl+v"),
    ):
        begin_again(desk, at_first)
        desk.press(*keys)
        shown = desk.shown.replace("x", "")
        assert all(text in shown for text in TEXTS), (keys, desk.texts)


def test_a_hit_that_is_gone_to_takes_the_selection_along(desk: Desk) -> None:
    desk.press("ctrl+f")
    desk.type("def")
    desk.press("Escape", "ctrl+Home", "ctrl+a", "ctrl+a", "F3", "x")
    assert {"abc", "ghi"} < set(desk.texts)


def test_shift_and_an_arrow_go_on_from_what_was_chosen(desk: Desk) -> None:
    at_first, selection = desk.session.notebook, desk.window.page.selection
    begin_again(desk, at_first)
    desk.press("ctrl+Down", "ctrl+a", "ctrl+alt+2", "shift+Down")
    assert selection.note_ids() == ("note2", "note3")
    assert [note.kind for note in desk.notes] == [Kind.THOUGHT, Kind.QUOTE, Kind.THOUGHT]
    desk.press("shift+Up", "shift+Left")
    assert desk.window.page.text.get("sel.first", "sel.last") == "de"
    desk.press("ctrl+a", "ctrl+a", "shift+Up")
    assert selection.note_ids() == ("note1", "note2")


def test_commands_change_no_notes_that_were_chosen_where_the_caret_is_not(desk: Desk) -> None:
    at_first = desk.session.notebook
    away = {
        "the transcript": lambda: desk.press("ctrl+r"),
        "the write-up": lambda: desk.press("F4"),
        "the talks": desk.window.talks.tree.focus_set,
        "the video": desk.window.video.black.focus_set,
        "no page": lambda: desk.window.run(by_id("view.notes")),
        "full screen": lambda: desk.press("F11"),
    }
    for place, go in away.items():
        begin_again(desk, at_first)
        desk.press("ctrl+a", "ctrl+a")
        go()
        desk.press("ctrl+shift+BackSpace", "ctrl+alt+2", "ctrl+shift+k")
        assert [(note.text, note.kind) for note in desk.notes] == [(text, "thought") for text in TEXTS], place
        desk.press("Escape")
        desk.window.show_pane(layout.NOTES)
        desk.window.page.text.focus_set()
    desk.press("F11", "ctrl+Up", "ctrl+a", "ctrl+a", "ctrl+alt+2")
    assert [note.kind for note in desk.notes] == ["thought", "thought", "quote"]
    desk.press("ctrl+alt+1", "F11")


def test_chosen_notes_that_are_seen_are_added_to_the_write_up_from_there(desk: Desk) -> None:
    desk.press("ctrl+Home", "shift+Down", "shift+Down", "F4", "ctrl+shift+Return")
    assert [note.used for note in desk.notes] == [True, True, False]
    desk.press("ctrl+z", "F4", "ctrl+Home", "shift+Down", "ctrl+r", "ctrl+shift+Return")
    assert [note.used for note in desk.notes] == [True, True, True]  # as with none chosen and nothing written


def test_notes_stay_chosen_while_they_are_nudged_past_another(open_desk: OpenDesk) -> None:
    at_ms = {"one": 10_000, "two": 20_000, "near": 20_050}
    desk = open_desk(talk_with("", notes=tuple(Note(text, at, text=text) for text, at in at_ms.items())))
    desk.stand_at(60_000)
    at_first, page = desk.session.notebook, desk.window.page
    desk.press("ctrl+Home", "shift+Down", "shift+End", *["alt+Right"] * 5)
    assert [(note.text, note.at_ms) for note in desk.notes] == [
        ("one", 10_500),
        ("near", 20_050),
        ("two", 20_500),
    ]
    assert page.text.tag_ranges("sel") == ()
    assert [str(place) for place in page.text.tag_ranges("apart")] == ["1.0", "2.0", "3.0", "4.0"]
    desk.press("ctrl+alt+2", "ctrl+c")
    assert [note.kind for note in desk.notes] == ["quote", "thought", "quote"]
    assert [note.text for note in desk.window.copied_notes()] == ["one", "two"]
    desk.press("x")  # it goes where the caret is, and nothing is replaced
    assert (desk.texts, page.selection.note_ids()) == (["one", "near", "twox"], ())
    for keys in (("BackSpace",), ("ctrl+x",), ("ctrl+shift+BackSpace",)):
        desk.session.do("Begin Again", at_first)
        desk.press("ctrl+End", "Up", "ctrl+Home", "shift+Down", "shift+End", "alt+Right", *keys)
        assert desk.texts == ["near"], keys
    desk.press("ctrl+z")
    assert desk.texts == ["one", "near", "two"]
    desk.press("ctrl+Home", "Right", "alt+Right")
    assert desk.notes[0].at_ms == 10_200


def test_shift_and_enter_break_the_line_in_place_of_what_is_selected(desk: Desk) -> None:
    at_first = desk.session.notebook
    for keys, texts in (
        (("Right", "shift+Right"), ["a\nc", "def", "ghi"]),
        (("Right", "shift+Down", "shift+End", "shift+Left"), ["a\nf", "ghi"]),
        (("ctrl+a",), ["\n", "def", "ghi"]),
    ):
        begin_again(desk, at_first)
        desk.press(*keys, "shift+Return")
        assert desk.texts == texts, keys
        desk.press("ctrl+z")
        assert desk.texts == TEXTS, keys
