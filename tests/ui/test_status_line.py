"""The quiet line: long messages can be read whole, later too; hints that never take the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.actions import file
from desktopnotes.commands import by_id
from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.screen import Offer
from desktopnotes.storage import codec
from desktopnotes.ui import status_line
from desktopnotes.ui.messages import TITLE
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]

LONG = "“A talk” does not play, since its page asks who you are. " * 4 + "The end."


def test_a_long_message_is_cut_and_can_be_read_whole(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.window.tell(LONG, Offer("Open Its Page", lambda: None))
    status = desk.window.status
    desk.until(lambda: status._more.winfo_viewable(), "the way to read all of it")
    assert status.message == LONG
    assert str(status._line.cget("text")).endswith("…")
    status._more.invoke()
    desk.until(lambda: desk.dialog(TITLE), "the messages")
    assert LONG in desk.dialog(TITLE).text.get("1.0", "end")
    desk.press("Escape")
    desk.until(lambda: not desk.dialog(TITLE), "Esc closes")


def test_a_short_one_is_shown_whole_and_goes_by_itself(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_line, "_SHOWN_MS", 1000)
    desk = open_desk(talk_with("ten"))
    desk.window.tell("Done.")
    desk.root.update()
    assert not desk.window.status._more.winfo_viewable()
    assert desk.window.status.message == "Done."
    desk.until(lambda: desk.window.status.message != "Done.", "it goes")
    assert [words for _, words in desk.window.status.said][-1] == "Done."


def test_the_messages_are_read_by_key_and_the_newest_stands_first(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    for words in ("First", "Second"):
        desk.window.tell(words)
    desk.window.show("messages")
    desk.until(lambda: desk.dialog(TITLE), "the messages")
    lines = desk.dialog(TITLE).text.get("1.0", "end").split("\n")
    assert [line[10:] for line in lines[:2]] == ["Second", "First"]
    desk.type("nothing is typed")
    assert "nothing" not in desk.dialog(TITLE).text.get("1.0", "end")
    desk.press("ctrl+a", "ctrl+c")
    assert desk.root.clipboard_get().split("\n") == lines[:-1]
    desk.press("Tab", "Return")
    desk.until(lambda: not desk.dialog(TITLE), "Enter on Close closes")


def test_a_hint_comes_and_is_sent_away_by_key(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    shown = desk.window.hints
    desk.window.page.text.focus_force()
    desk.session.player.play()
    desk.until(lambda: shown.shown == "write", "the first hint")
    assert desk.session.player.state is PlayerState.PLAYING
    assert desk.root.focus_get() is desk.window.page.text
    desk.press("ctrl+End", "Return")
    desk.type("a note")
    desk.press("Return")
    desk.until(lambda: shown.shown == "pause", "another one, since that is done")
    assert "a note" in desk.texts
    while desk.root.focus_get() is not shown.got_it:
        desk.press("Tab")
    desk.press("Return")
    assert desk.session.settings.hints_seen == "pause"
    desk.until(lambda: not shown.shown, "it rests")


def test_only_notes_made_since_the_start_count_for_hints(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten", "twenty", "thirty"), talk_with("one", id="talk2"))
    shown = desk.window.hints

    def hint() -> str:
        shown.look()
        return shown.shown

    assert hint() == ""
    other = tmp_path / "other.talknotes.json"
    talks = (talk_with(), talk_with(*"abcdefgh", id="talk2"))
    other.write_bytes(codec.encode(Notebook("book2", title="Other", talks=talks)))
    desk.window.gate.run(file.open_path, desk.session, other)
    desk.until(lambda: desk.session.path == other, "another notebook")
    desk.session.player.play()
    desk.until(lambda: hint() == "write", "nothing is written yet")
    desk.type("mine")
    desk.until(lambda: hint() == "pause", "something is")
    desk.press("Return", "ctrl+Next")
    desk.until(lambda: desk.session.talk_id == "talk2", "many notes that are not new")
    desk.press("ctrl+a", "Delete")
    desk.until(lambda: not desk.texts or desk.texts == [""], "all of them deleted")
    assert hint() == "pause", "still one note"


def test_no_more_hints_holds_at_the_next_start(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.session.player.play()
    desk.until(lambda: desk.window.hints.shown, "a hint")
    desk.window.hints.no_more.invoke()
    assert desk.window.hints.shown == ""
    desk.close()
    again = open_desk()
    again.session.player.play()
    again.window.hints.look()
    assert again.window.hints.shown == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_empty_page_says_how_to_start_until_the_first_key(open_desk: OpenDesk, theme: str) -> None:
    desk = open_desk(talk_with())
    desk.session.set(theme=theme)
    words = desk.window.empty_page
    assert "Just type" in words.words
    assert "Ctrl+Space plays and pauses" in words.words
    desk.window.page.text.focus_force()
    desk.type("A")
    assert words.words == ""
    assert desk.texts == ["A"]
    desk.press("ctrl+z")
    desk.until(lambda: "Just type" in words.words, "it is empty again")


def test_in_focus_mode_what_waits_for_the_user_is_seen_and_the_rest_is_not(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.press("F9")
    desk.until(lambda: not desk.window.status.winfo_viewable(), "focus mode")
    desk.window.tell("Done.")
    desk.root.update()
    assert not desk.window.status.winfo_viewable()
    desk.window.tell_error("Not saved.")
    desk.until(lambda: desk.window.status.winfo_viewable(), "the error")
    desk.window.status._close()
    desk.until(lambda: not desk.window.status.winfo_viewable(), "it goes with it")
    desk.press("F9")
    desk.until(lambda: desk.window.status.winfo_viewable(), "all is back")


def test_keys_are_named_as_they_are_now(open_desk: OpenDesk) -> None:
    talk = talk_with("ten")
    desk = open_desk(replace(talk, notes=(Note("a", text="about"), *talk.notes)))
    window = desk.window
    usual, hint = window.status._usual, window.write_up._hint
    assert "F4 write-up" in usual.cget("text")
    assert "Ctrl+Shift+Enter" in hint.cget("text")
    desk.session.set(
        keys={
            "view.other_text": ("Mod+Alt+W",),
            "notes.write_up": (),
            "notes.edit_stamp": ("Mod+Alt+Y",),
            "notes.restamp": (),
            "playback.toggle": ("Mod+Alt+P",),
        }
    )
    assert "Ctrl+Alt+W write-up" in usual.cget("text")
    assert "“Add to Write-up” adds a note" in hint.cget("text")
    desk.press("ctrl+Home", "alt+Right")
    assert window.status.message == ("This note has no time to nudge: “Restamp” or Ctrl+Alt+Y gives it one.")
    assert window.named(by_id("playback.toggle")).endswith("(Ctrl+Alt+P)")
