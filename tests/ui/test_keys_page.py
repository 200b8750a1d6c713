"""The page of keys: every change of a key by keys alone, shown at once, and what stands in its way."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from desktopnotes.ui.keys_page import KeysPage
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


class Page:
    """The open page, with `notes.stamp` chosen in it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.press("F1")
        desk.until(lambda: desk.dialog("Keys"), "the page of keys")
        self.dialog: KeysPage = desk.dialog("Keys")
        self.choose("notes.stamp")

    def choose(self, name: str) -> None:
        self.dialog.tree.selection_set(name)
        self.dialog.tree.focus(name)
        self.desk.root.update()

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        return dict(self.desk.session.settings.keys)

    @property
    def said(self) -> str:
        shown = self.dialog.list.waiting if self.dialog.list.waiting.is_on else self.dialog.list
        return str(shown.said.cget("text"))

    def line(self, name: str) -> tuple[str, str]:
        text, video, _ = self.dialog.tree.item(name, "values")
        return text, video


@pytest.fixture
def page(open_desk: OpenDesk) -> Page:
    return Page(open_desk(talk_with("ten")))


def test_another_key_works_at_once_and_is_shown(page: Page) -> None:
    page.desk.press("Return", "ctrl+F5")
    assert page.keys == {"notes.stamp": ("Mod+F5",)}
    assert page.line("notes.stamp") == ("Ctrl+F5", "T")
    page.desk.press("Escape")
    page.desk.until(lambda: not page.desk.dialog("Keys"), "the page is closed")
    page.desk.stand_at(42_000)
    page.desk.press("ctrl+t")
    assert [note.at_ms for note in page.desk.notes] == [10_000]
    page.desk.press("ctrl+F5")
    assert [note.at_ms for note in page.desk.notes] == [10_000, 42_000]


def test_a_clash_is_named_at_once_and_the_key_can_be_given(page: Page) -> None:
    page.choose("notes.restamp")
    page.desk.press("Return", "ctrl+t")
    assert page.said == "Ctrl+T is “New Note Here”: give it to “Restamp” instead?"
    assert page.keys == {}
    page.desk.press("Return")  # the safe answer has the focus
    assert page.keys == {}
    page.desk.press("Return", "ctrl+t", "Tab", "Return")
    assert page.keys == {"notes.stamp": (), "notes.restamp": ("Mod+T",)}
    assert page.line("notes.stamp")[0] == ""


def test_several_keys_and_none(page: Page) -> None:
    page.desk.press("a", "F5", "a", "shift+F5")
    assert page.keys == {"notes.stamp": ("Mod+T", "F5", "Shift+F5")}
    page.desk.press("Delete")
    assert page.keys == {"notes.stamp": (), "notes.stamp.video": ()}
    page.desk.press("BackSpace")
    assert page.keys == {}


def test_own_keys_come_back_from_whoever_got_them(page: Page) -> None:
    page.choose("notes.restamp")
    page.desk.press("Return", "ctrl+t", "Tab", "Return")
    page.choose("notes.stamp")
    page.desk.press("BackSpace")
    assert page.keys == {"notes.restamp": ()}
    page.dialog.list.reset_all()
    assert page.keys == {}


def test_a_bare_key_on_the_video_is_changed(page: Page) -> None:
    page.desk.press("v", "n")
    assert page.keys == {"notes.stamp.video": ("N",)}
    page.desk.press("Escape")
    page.desk.until(lambda: not page.desk.dialog("Keys"), "the page is closed")
    page.desk.stand_at(42_000)
    page.desk.window.video.black.focus_force()
    page.desk.press("t")
    assert len(page.desk.notes) == 1
    page.desk.press("n")
    assert [note.at_ms for note in page.desk.notes] == [10_000, 42_000]


@pytest.mark.parametrize(
    ("press", "why"),
    [("g", "would type"), ("Tab", "from pane to pane"), ("Left", "in the text")],
)
def test_a_key_that_can_be_none_says_why_and_another_is_waited_for(page: Page, press: str, why: str) -> None:
    # Not by `press`, whose last key, which means nothing, would be taken as well.
    subprocess.run(["xdotool", "key", "Return"], check=True)
    page.desk.until(lambda: page.dialog.list.waiting.is_on, "a key is waited for")
    subprocess.run(["xdotool", "key", press], check=True)
    page.desk.until(lambda: why in page.said, "why not")
    assert page.keys == {}
    page.desk.press("F5")
    assert page.keys == {"notes.stamp": ("F5",)}


def test_esc_leaves_a_key_as_it_is_and_the_page_open(page: Page) -> None:
    page.desk.press("Return", "Escape")
    assert page.keys == {}
    assert page.desk.dialog("Keys")
    assert page.desk.root.focus_get() is page.dialog.tree


def test_typing_filters_by_words_and_keys(page: Page) -> None:
    page.desk.press("slash")
    page.desk.type("ctrl+shift+t")
    tree = page.dialog.tree
    assert [line for menu in tree.get_children() for line in tree.get_children(menu)] == ["notes.restamp"]
    page.desk.press("Down", "Return", "F5")
    assert page.keys == {"notes.restamp": ("F5",)}


def test_every_part_is_reached_by_tab(page: Page) -> None:
    seen = []
    for _ in range(8):
        page.desk.press("Tab")
        seen.append(page.desk.root.focus_get())
    assert len(set(seen)) == 8
    assert seen[-1] is page.dialog.tree


def all_lines(page: Page) -> list[str]:
    tree = page.dialog.tree
    return [line for menu in tree.get_children() for line in tree.get_children(menu)]


def test_typing_after_shift_tab_filters_and_changes_no_key(page: Page) -> None:
    page.desk.press("Return", "ctrl+F5", "shift+Tab")
    page.desk.type("new note")
    assert page.keys == {"notes.stamp": ("Mod+F5",)}
    assert "notes.stamp" in all_lines(page)
    assert "file.open" not in all_lines(page)


def test_all_keys_as_at_first_are_taken_back_by_key_and_by_button(page: Page) -> None:
    page.desk.press("Return", "ctrl+F5")
    page.choose("notes.restamp")
    page.desk.press("Delete")
    own = page.keys
    page.desk.press(*["Tab"] * 7, "space")
    assert page.keys == {}
    assert page.said == "All commands have their own keys again; Ctrl+Z brings back those you chose."
    page.desk.press("ctrl+z")
    assert page.keys == own
    assert page.said == "Undone: All as at First"
    assert page.line("notes.stamp") == ("Ctrl+F5", "T")
    page.desk.press("ctrl+shift+z")
    assert page.keys == {}
    page.desk.press("Escape")
    page.desk.until(lambda: not page.desk.dialog("Keys"), "the page is closed")
    page.desk.press("F1")
    page.desk.until(lambda: page.desk.dialog("Keys"), "the page of keys, once more")
    page.dialog = page.desk.dialog("Keys")
    page.desk.press("Tab", "space", "space")
    assert page.keys == {"notes.stamp": ("Mod+F5",)}
    assert page.said == "Undone: Keys of “Restamp”"
    page.desk.press("Return")
    assert page.keys == {}
    assert page.desk.root.focus_get() is page.dialog.tree, "the button went"
