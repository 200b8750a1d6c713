"""Replacing: every place is shown before it is changed, and all that was changed is one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktopnotes.model.notebook import Note, Talk
from desktopnotes.ui.replace_window import TITLE, ReplaceWindow
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import shot

TEXTS = ("The mesh works", "Mesh, mesh and\nMESH", "nothing here")


def open_it(desk: Desk, words: str = "", new: str = "") -> ReplaceWindow:
    desk.press("ctrl+h")
    desk.until(lambda: desk.dialog(TITLE), "the window")
    window = desk.dialog(TITLE)
    assert isinstance(window, ReplaceWindow)
    if words:
        desk.type(words)
        desk.press("Return")
    if new:
        desk.type(new)
    return window


def shown(window: ReplaceWindow) -> list[str]:
    return [line for line in window.places.text.get("1.0", "end").split("\n") if line]


def until_button(desk: Desk, window: ReplaceWindow, label: str) -> None:
    desk.until(lambda: str(window.button.cget("text")) == label, label)


def test_each_place_is_shown_and_all_are_replaced_in_one_step(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS, write_up="A mesh."))
    window = open_it(desk, "mesh", "net")
    wanted = ["A Talk", "00:10\tThe mesh works   →   The net works"]
    desk.until(lambda: shown(window)[:2] == wanted, "the places before and after")
    until_button(desk, window, "Replace 5")
    assert desk.texts == list(TEXTS)
    desk.press("Return")
    desk.until(
        lambda: desk.texts == ["The net works", "net, net and\nnet", "nothing here"], "all are replaced"
    )
    assert desk.session.talk
    assert desk.session.talk.write_up == "A net."
    assert desk.session.history.undo_label == "Replace 5 Times"
    assert desk.window.page.text.get("1.0", "1.end") == "The net works"
    desk.until(lambda: desk.window.focus() is desk.window.page.text, "the page has the keyboard")
    desk.press("ctrl+z")
    desk.until(lambda: desk.texts == list(TEXTS), "one step back")
    assert desk.session.talk.write_up == "A mesh."


def test_a_place_is_taken_out_by_key(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS))
    window = open_it(desk, "mesh", "net")
    until_button(desk, window, "Replace 4")
    desk.press("Down", "Down", "space", "Down", "space")
    until_button(desk, window, "Replace 2")
    desk.press("ctrl+a")
    until_button(desk, window, "Replace 4")
    desk.press("ctrl+a")
    until_button(desk, window, "Replace")
    desk.press("Return")
    assert desk.dialog(TITLE)
    desk.press("Up", "space")
    until_button(desk, window, "Replace 1")
    desk.press("Return")
    desk.until(lambda: desk.texts[1] == "net, mesh and\nMESH", "only that one is replaced")
    assert desk.texts[0] == "The mesh works"
    assert desk.session.history.undo_label == "Replace Once"


def test_a_click_on_its_box_takes_a_place_out(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS))
    window = open_it(desk, "mesh", "net")
    until_button(desk, window, "Replace 4")
    x, y, _, height = window.places.text.bbox("3.0")  # type: ignore[misc]
    desk.click(window.places.text, x + 6, y + height // 2)
    until_button(desk, window, "Replace 3")


def test_the_whole_notebook_and_exact_words(open_desk: Callable[..., Desk]) -> None:
    other = Talk("talk2", "Another Talk", notes=(Note("other1", 5_000, text="mesh"),))
    desk = open_desk(talk_with(*TEXTS), other)
    window = open_it(desk, "mesh", "net")
    until_button(desk, window, "Replace 4")
    desk.press("alt+2")
    until_button(desk, window, "Replace 5")
    desk.press("alt+e")
    until_button(desk, window, "Replace 3")
    desk.press("Return")
    desk.until(lambda: desk.texts[1] == "Mesh, net and\nMESH", "as written")
    assert desk.session.notebook.talks[1].notes[0].text == "net"


def test_a_note_of_which_nothing_is_left_goes(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with("mesh", "mesh", "kept"))
    window = open_it(desk, "mesh")
    until_button(desk, window, "Replace 2")
    assert shown(window)[1].endswith("→   nothing is left")
    desk.press("Return")
    desk.until(lambda: desk.texts == ["kept"], "both are gone")
    desk.press("ctrl+z")
    desk.until(lambda: desk.texts == ["mesh", "mesh", "kept"], "and back")


def test_it_begins_with_the_words_that_are_looked_for(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(talk_with(*TEXTS))
    desk.press("ctrl+f")
    desk.type("mesh")
    window = open_it(desk)
    assert window.wanted.get() == "mesh"
    desk.type("net")
    until_button(desk, window, "Replace 4")
    assert window.new.get() == "net"
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "it is closed")
    assert desk.texts == list(TEXTS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_how_it_looks(open_desk: Callable[..., Desk], screen: str, theme: str) -> None:
    talk = talk_with(
        *TEXTS, "A long note about what a mesh is and what it is not: no bus, no broker, no queue"
    )
    desk = open_desk(replace(talk, write_up="The mesh works a layer up: it knows the request."))
    desk.session.set(theme=theme)
    window = open_it(desk, "mesh", "network")
    until_button(desk, window, "Replace 6")
    desk.press("Down", "Down", "space")
    until_button(desk, window, "Replace 5")
    shot(desk, screen, f"replace-{theme}")
