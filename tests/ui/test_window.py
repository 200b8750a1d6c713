"""The window around the page: panes, talks, questions, the end and the next start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import file
from desktopnotes.model.notebook import Post
from desktopnotes.storage import opening, state_file
from desktopnotes.ui import layout
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]


def test_the_place_is_found_again_at_the_next_start(open_desk: OpenDesk) -> None:
    talks = (talk_with("ten"), talk_with("a", "b", "c", id="talk2", title="Second"))
    desk = open_desk(*talks)
    desk.press("ctrl+Next", "ctrl+Home", "Down", "End")
    desk.stand_at(123_000)
    desk.close()
    again = open_desk()
    assert again.session.talk_id == "talk2"
    assert again.window.page.caret.note_id == "note2"
    assert again.window.page.caret.offset == 1
    assert again.session.talk is not None
    assert again.session.talk.position_ms == 123_000


def test_panes_are_hidden_and_remembered(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.window.show("talks pane")
    desk.until(lambda: not desk.window.talks.winfo_viewable(), "the talks pane is gone")
    desk.close()
    again = open_desk()
    again.until(lambda: not again.window.layout.is_shown(layout.TALKS), "it is still gone")
    again.window.show("talks pane")
    again.until(lambda: again.window.talks.winfo_viewable(), "it is back")


def test_a_narrow_window_folds_the_talks_away(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.root.geometry("820x640")
    desk.until(lambda: not desk.window.talks.winfo_viewable(), "the talks pane folds away")
    desk.root.geometry("1300x800")
    desk.until(lambda: desk.window.talks.winfo_viewable(), "it comes back")


def test_focus_mode_and_full_screen_and_back(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.press("F9")
    desk.until(lambda: not desk.window.write_up.winfo_viewable(), "only video and page")
    assert desk.window.page.winfo_viewable()
    desk.press("F9")
    desk.until(lambda: desk.window.write_up.winfo_viewable(), "all is back")
    desk.press("F11")
    desk.until(lambda: desk.window.video.winfo_width() > 1400, "the video fills the screen")
    assert not desk.window.write_up.winfo_viewable()
    desk.press("F11")
    desk.until(lambda: desk.window.write_up.winfo_viewable(), "all is back again")


def test_what_is_shown_in_focus_mode_does_not_end_it(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    window = desk.window
    window.show("write-up pane")
    desk.press("F9")
    desk.until(lambda: not window.status.winfo_viewable(), "focus mode")
    desk.press("F4")
    desk.until(lambda: window.write_up.winfo_viewable(), "the write-up")
    assert not window.status.winfo_viewable()
    desk.press("F9")
    desk.until(lambda: window.status.winfo_viewable() and window.talks.winfo_viewable(), "all is back")
    assert window.write_up.winfo_viewable(), "what was shown by hand is still shown"
    desk.press("F9")
    desk.until(lambda: not window.talks.winfo_viewable(), "focus mode again")
    assert not window.write_up.winfo_viewable()
    desk.press("F9")
    desk.until(lambda: window.status.winfo_viewable() and window.write_up.winfo_viewable(), "and all again")


@pytest.mark.parametrize("keys", [("F9",), ("F9", "F4"), ("F9", "F11")], ids=" ".join)
def test_the_next_start_shows_what_stood_before_focus_mode(
    open_desk: OpenDesk, keys: tuple[str, ...]
) -> None:
    desk = open_desk(talk_with("ten"))
    desk.press(*keys)
    desk.until(lambda: not desk.window.status.winfo_viewable(), "focus mode")
    if "F11" in keys:
        desk.until(lambda: desk.window.full_screen.is_on, "full screen")
    desk.close()
    again = open_desk()
    for part in (again.window.talks, again.window.write_up, again.window.page, again.window.status):
        again.until(part.winfo_viewable, f"{part}")


def test_a_status_line_that_was_lost_comes_back(open_desk: OpenDesk) -> None:
    open_desk(talk_with("ten")).close()
    left = state_file.read()
    lost = replace(left.window, panes={**left.window.panes, "status": False})
    state_file.write(replace(left, window=lost))
    desk = open_desk()
    desk.until(desk.window.status.winfo_viewable, "the status line")


def test_focus_mode_and_a_narrow_window(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.root.geometry("820x640")
    desk.until(lambda: not desk.window.talks.winfo_viewable(), "the talks pane folds away")
    desk.press("F9")
    desk.root.geometry("1300x800")
    desk.until(lambda: desk.root.winfo_width() == 1300, "a wide window")
    assert not desk.window.talks.winfo_viewable(), "focus mode stays what it is"
    desk.press("F9")
    desk.until(desk.window.talks.winfo_viewable, "there is room for it now")


def test_keys_on_the_video_do_not_type(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.stand_at(60_000)
    desk.window.video.black.focus_force()
    desk.press("Right", "Right", "Left")
    assert desk.at_ms == 65_000
    desk.press("t")
    desk.type("typed")
    assert [note.text for note in desk.notes] == ["ten", "typed"]


def test_the_palette_runs_a_command_by_a_part_of_its_name(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "dark view", "Return"))
    desk.until(lambda: desk.window.theme.palette.name == "dark", "the window is dark")
    assert desk.session.settings.theme == "dark"


def test_what_is_typed_ahead_of_a_dialog_never_lands_in_a_note(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.press("ctrl+shift+p", "d", "a", "r", "k")
    desk.until(lambda: desk.dialog("Find a Command"), "the palette")
    assert desk.texts == ["ten"]


def test_export_asks_where_and_does_not_replace_in_silence(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("A thought", url="https://example.org/talk.mp4"))
    target = tmp_path / "post.md"
    desk.in_dialogs("ctrl+e", ("Export", str(target), "Return"))
    desk.until(target.exists, "the post is written")
    desk.until(lambda: "Exported" in desk.window.status.message, "it is told")
    assert "A thought." in target.read_text(encoding="utf-8")
    target.write_text("edited by hand", encoding="utf-8")
    before = len(desk.window.status.said)
    desk.press("ctrl+e")
    desk.until(lambda: len(desk.window.status.said) > before, "it is told")
    assert "kept" in desk.window.status.message
    assert target.read_text(encoding="utf-8") == "edited by hand"


def test_title_and_introduction_are_written_in_the_post_view(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "introduction", "Return"))
    desk.until(lambda: desk.window.views.shows_post, "the post view")
    desk.type("My Title")
    desk.press("Tab", "Tab", "Tab")
    desk.type("Hello.")
    (post,) = desk.session.notebook.posts
    assert isinstance(post, Post)
    assert (post.title, post.intro) == ("My Title", "Hello.")


def test_what_was_typed_is_on_the_disk_after_closing(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with())
    desk.stand_at(7_000)
    desk.type("not yet ended")
    path = desk.session.path
    desk.close()
    (talk,) = opening.open_notebook(path).notebook.talks
    assert [(note.text, note.at_ms) for note in talk.notes] == [("not yet ended", 7_000)]
    assert state_file.read().last_notebook == path


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b'{"format": "desktopnotes", "version": 1, "ta'])
def test_a_damaged_notebook_is_told_and_left_alone(
    open_desk: OpenDesk, tmp_path: Path, content: bytes
) -> None:
    desk = open_desk(talk_with("ten"))
    damaged = tmp_path / "damaged.talknotes.json"
    damaged.write_bytes(content)
    desk.window.gate.run(file.open_path, desk.session, damaged)
    assert "damaged" in desk.window.status.message
    assert damaged.read_bytes() == content
    assert desk.texts == ["ten"]
