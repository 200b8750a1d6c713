"""Learning from the site in the real window: rows are unticked and changed by key, the example follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktopnotes.actions import learning
from desktopnotes.storage import settings_file
from desktopnotes.ui import dialogs, preferences
from desktopnotes.ui.learn_window import TITLE, LearnWindow
from desktopnotes.ui.preference_rows import GROUPS
from tests.actions.test_learning import a_site
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def opened(desk: Desk, folder: Path) -> LearnWindow:
    learning.begin(desk.session, folder)
    desk.until(lambda: desk.dialog(TITLE), "the window")
    window: LearnWindow = desk.dialog(TITLE)
    return window


def shown(window: LearnWindow) -> str:
    return str(window.example.get("1.0", "end-1c"))


def test_rows_are_unticked_and_changed_and_kept(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    window = opened(desk, a_site(tmp_path / "site"))
    assert shown(window).startswith("content/posts/an-event-notes-part-1/index.md\n---\n")
    assert 'author: "Me"' in shown(window)
    desk.press("Tab", "ctrl+a")
    desk.type("content/talks")
    desk.until(lambda: shown(window).startswith("content/talks/"), "the example follows")
    window.fields["always.author"].tick.focus_force()
    desk.press("space")
    desk.until(lambda: "author" not in shown(window), "it is left out")
    desk.press("Return")
    desk.until(lambda: not desk.dialog(TITLE), "it is kept")
    kept = settings_file.read().settings
    assert (kept.site, kept.site_folder) == ("hugo", str(tmp_path / "site"))
    assert kept.conventions["folder"] == "content/talks"
    assert kept.conventions["always"] == {"toc": True}


def test_what_cannot_be_is_said_and_the_window_stays(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    window = opened(desk, a_site(tmp_path / "site"))
    window.fields["file_form"].entry.focus_force()
    desk.press("ctrl+a")
    desk.type("post.md")
    desk.until(lambda: "{slug}" in window.said["text"], "it is said")
    desk.press("Return")
    assert desk.dialog(TITLE)
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "it is closed")
    assert desk.session.settings.conventions == {}


def test_the_preferences_show_it_and_forget_it(open_desk: OpenDesk, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    desk = open_desk(talk_with("ten"))
    site = a_site(tmp_path / "site")
    window = opened(desk, site)
    desk.press("Return")
    desk.until(lambda: not desk.dialog(TITLE), "it is kept")
    assert window is not None
    desk.window.show("preferences")
    desk.until(lambda: desk.dialog(preferences.TITLE), "the preferences")
    dialog = desk.dialog(preferences.TITLE)
    dialog.book.select(GROUPS.index("Site"))
    desk.root.update()
    field = dialog.fields["conventions"]
    assert field._value.get() == "Hugo, content/posts, {slug}/index.md, YAML"
    field.first.focus_force()
    desk.press("Return")
    desk.until(lambda: desk.session.settings.conventions == {}, "it is forgotten")
    assert field._value.get() == "Nothing learned yet"
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: site)
    field.widget.focus_force()
    desk.press("Return")
    desk.until(lambda: desk.dialog(TITLE), "it is learned anew")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "it is closed")
