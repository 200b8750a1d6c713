"""What is typed or pasted over a selection of several notes is one step, and undo finds the caret again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]

NOTES = ("one two", "three", "four five", "six")
PART = ["ctrl+Right", "shift+Down", "shift+Down"]
WHOLE = ["shift+Down", "shift+End"]
TO_THE_END = ["Right", "ctrl+shift+End"]
STARTS = ["shift+Down", "shift+Down"]


@pytest.mark.parametrize(
    ("chosen", "over", "texts", "label"),
    [
        (PART, ["X", "Y"], ["oneXYr five", "six"], "Typing"),
        (WHOLE, ["X", "Y"], ["XY", "four five", "six"], "Typing"),
        (TO_THE_END, ["X", "Y"], ["oXY"], "Typing"),
        (STARTS, ["X", "Y"], ["XYfour five", "six"], "Typing"),
        (["ctrl+a", "ctrl+a"], ["X", "Y"], ["XY"], "Typing"),
        (PART, ["shift+Return", "Y"], ["one\nYr five", "six"], "Typing"),
        (PART, ["ctrl+v"], ["onePr five", "six"], "Paste"),
        (WHOLE, ["ctrl+v"], ["P", "four five", "six"], "Paste"),
        (PART, ["ctrl+b"], ["one **two**", "**three**", "**fou**r five", "six"], "Bold"),
        (PART, ["ctrl+x"], ["oner five", "six"], "Cut"),
        (PART, ["BackSpace"], ["oner five", "six"], "Delete"),
        (WHOLE, ["Delete"], ["four five", "six"], "Delete"),
    ],
)
def test_a_key_over_several_notes_is_one_step(
    open_desk: OpenDesk, chosen: list[str], over: list[str], texts: list[str], label: str
) -> None:
    desk = open_desk(talk_with(*NOTES))
    desk.stand_at(200_000)
    desk.root.clipboard_clear()
    desk.root.clipboard_append("P")
    desk.press("ctrl+Home", *chosen)
    before = desk.window.caret_before()
    desk.press(*over)
    assert (desk.texts, desk.session.history.undo_label) == (texts, label)
    after = desk.window.caret_before()
    desk.press("ctrl+z")
    assert (tuple(desk.texts), desk.session.history.undo_label) == (NOTES, "")
    is_in_what_changed = chosen is not STARTS  # else undo shows what it brought back
    assert not is_in_what_changed or desk.window.caret_before() == before
    desk.press("ctrl+y")
    assert (desk.texts, desk.window.caret_before()) == (texts, after)
    assert desk.shown.replace("\n", "") == "".join(desk.texts).replace("\n", "")


def test_enter_over_several_notes_takes_nothing(open_desk: OpenDesk) -> None:
    """It ends the note that the caret is in, as ever: nobody loses three notes to the key of a note's end."""
    desk = open_desk(talk_with(*NOTES))
    desk.press("ctrl+Home", *PART, "Return")
    assert (tuple(desk.texts), desk.session.history.undo_label) == (NOTES, "")
    assert desk.window.page.blank_after == "note3"
    assert not desk.window.page.text.tag_ranges("sel")


def test_letters_over_a_selection_in_the_write_up_are_one_step(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("one", write_up="one two"))
    desk.press("F4", "ctrl+Home", "shift+ctrl+Right")
    before = desk.window.caret_before()
    desk.type("abc")
    assert desk.session.talk is not None
    assert desk.session.talk.write_up == "abc two"
    desk.press("ctrl+z")
    assert (desk.session.talk.write_up, desk.window.caret_before()) == ("one two", before)
    assert desk.session.history.undo_label == ""
    desk.press("ctrl+y")
    assert (desk.session.talk.write_up, desk.window.caret().offset) == ("abc two", 3)
