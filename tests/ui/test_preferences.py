"""The window of preferences: each change works at once, wrong entries are answered, all by keys."""

from __future__ import annotations

from collections.abc import Callable

from desktopnotes.storage import settings_file
from desktopnotes.ui.preference_rows import GROUPS, ROWS, Kind
from desktopnotes.ui.preferences import TITLE, Preferences
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def opened(desk: Desk, group: str = "Writing") -> Preferences:
    desk.window.show("preferences")
    desk.until(lambda: desk.dialog(TITLE), "the preferences")
    dialog: Preferences = desk.dialog(TITLE)
    dialog.book.select(GROUPS.index(group))
    desk.root.update()
    return dialog


def test_every_row_is_there_and_can_be_reached_by_tab(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    dialog = opened(desk)
    for index, group in enumerate(GROUPS):
        dialog.book.select(index)
        dialog.book.focus_set()
        seen = set()
        for _ in range(14):
            desk.press("Tab")
            seen.add(desk.root.focus_get())
        for row in ROWS:
            if row.group == group and row.kind != Kind.KEYS:
                assert dialog.fields[row.setting].widget.winfo_viewable()
                assert dialog.fields[row.setting].widget in seen
    assert dialog.key_list.tree in seen
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "Esc closes")


def test_seconds_are_typed_and_taken_with_enter(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    field = opened(desk).fields["stamp_back_ms"]
    field.widget.focus_force()
    desk.press("ctrl+a")
    desk.type("3.5")
    desk.press("Return")
    assert desk.session.settings.stamp_back_ms == 3500
    assert settings_file.read().settings.stamp_back_ms == 3500
    assert field.first.winfo_viewable()
    desk.press("Up")
    assert desk.session.settings.stamp_back_ms == 4000
    desk.press("Tab", "space")
    assert desk.session.settings.stamp_back_ms == 2000
    assert not field.first.winfo_viewable()


def test_a_wrong_entry_says_what_is_accepted_and_changes_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    dialog = opened(desk, "Playback")
    field = dialog.fields["skip_ms"]
    field.widget.focus_force()
    desk.press("ctrl+a")
    desk.type("much")
    desk.press("Return")
    assert field.said.cget("text") == "Type seconds, 0.1 to 600, such as 2 or 1.5. Nothing was changed."
    assert desk.session.settings.skip_ms == 5000
    assert desk.dialog(TITLE)


def test_what_is_being_typed_is_taken_when_the_window_closes(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    dialog = opened(desk, "Posts")
    dialog.fields["title_separator"].widget.focus_force()
    desk.press("ctrl+a")
    desk.type(" by ")
    assert "A Talk by A. Speaker" in dialog.fields["title_separator"].said.cget("text")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "Esc closes")
    assert desk.session.settings.title_separator == " by "


def test_colours_and_size_change_before_the_eyes(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    dialog = opened(desk, "Looks")
    dialog.fields["theme"].widget.focus_force()
    desk.press("Down")  # drops the list down
    desk.press("Down", "Down", "Return")
    assert desk.window.theme.palette.name == "dark"
    dialog.fields["font_size"].widget.focus_force()
    desk.press("ctrl+a")
    desk.type("15")
    desk.press("Return")
    assert desk.window.theme.fonts.size == 15


def test_a_switch_works_at_once(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    dialog = opened(desk)
    dialog.fields["pause_while_writing"].widget.focus_force()
    desk.press("space")
    assert desk.session.settings.pause_while_writing is True
    desk.press("space")
    assert desk.session.settings.pause_while_writing is False
