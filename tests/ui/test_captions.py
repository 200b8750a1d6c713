"""What was said, by real keys: quoted, shown over the picture, kept below a note."""

from __future__ import annotations

import subprocess
import tkinter
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import ImageGrab

from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Kind, Note
from desktopnotes.ui import caption_card
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import SCREENS, shot

OpenDesk = Callable[..., Desk]

VTT = """WEBVTT

00:01.000 --> 00:02.900
One is said here.

00:03.000 --> 00:04.900
Two runs over

00:05.000 --> 00:06.900
a second cue.
"""


@pytest.fixture
def captioned(open_desk: OpenDesk, tmp_path: Path) -> OpenDesk:
    """Opens the program on talks whose recording has captions beside it."""
    (tmp_path / "talk.vtt").write_text(VTT, encoding="utf-8")
    return open_desk


def quotes(desk: Desk) -> list[tuple[str, int | None]]:
    return [(note.text, note.at_ms) for note in desk.notes if note.kind == Kind.QUOTE]


BOTH = [("One is said here. Two runs over a second cue.", 1000)]


def test_ctrl_u_in_the_page_quotes_and_again_takes_one_more(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    desk.stand_at(8000)
    desk.press("ctrl+u")
    desk.until(lambda: quotes(desk), "the quote")
    assert quotes(desk) == [("Two runs over a second cue.", 3000)]
    assert desk.shown.split("\n") == ["Two runs over a second cue.", "", "ten", ""]
    desk.press("ctrl+u")
    assert quotes(desk) == BOTH
    desk.type("and mine")
    assert desk.texts == [BOTH[0][0], "and mine", "ten"]
    desk.press("ctrl+z", "ctrl+z")
    assert desk.texts == ["Two runs over a second cue.", "ten"]
    desk.press("ctrl+z")
    assert desk.texts == ["ten"]


def test_in_the_midst_of_a_note_the_writing_goes_on(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    desk.stand_at(8000)
    desk.type("I write")
    desk.press("ctrl+u")
    desk.until(lambda: quotes(desk), "the quote")
    desk.type(" on")
    assert sorted(desk.texts) == sorted(["I write on", "Two runs over a second cue.", "ten"])


def test_q_on_the_video_quotes_and_the_video_keeps_the_focus(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    desk.stand_at(8000)
    desk.window.video.black.focus_force()
    desk.press("q")
    desk.until(lambda: quotes(desk), "the quote")
    desk.press("q")
    assert quotes(desk) == BOTH
    assert desk.window.focus() is desk.window.video.black


def test_with_caps_lock_and_in_the_write_up_it_is_the_same_key(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    desk.stand_at(8000)
    desk.press("F4")
    desk.type("a text")
    desk.press("Caps_Lock", "ctrl+u", "Caps_Lock")
    desk.until(lambda: quotes(desk), "the quote")
    assert desk.session.talk is not None
    assert desk.session.talk.write_up == "a text"
    assert desk.window.focus() is desk.window.write_up.text


def test_in_the_search_field_the_key_belongs_to_the_field(captioned: OpenDesk) -> None:
    desk = captioned(talk_with("ten"))
    desk.stand_at(8000)
    desk.window.talks.search.focus_force()
    desk.type("abc")
    desk.press("ctrl+u")
    assert quotes(desk) == []


def test_without_captions_the_status_line_says_so(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("ten"))
    (tmp_path / "talk.mp4").unlink()
    desk.press("ctrl+u")
    desk.until(lambda: "no captions" in desk.window.status.message, "the sentence")
    assert desk.texts == ["ten"]


def test_broken_captions_are_told_once_and_harm_nothing(open_desk: OpenDesk, tmp_path: Path) -> None:
    (tmp_path / "talk.vtt").write_bytes(b"\0\1\2\3" * 1000)
    desk = open_desk(talk_with("ten"))
    desk.until(lambda: "no text" in desk.window.status.message, "the sentence")
    desk.type("a note")
    assert "a note" in desk.texts
    assert (tmp_path / "talk.vtt").read_bytes() == b"\0\1\2\3" * 1000


def test_the_last_seconds_are_shown_and_go_by_key_by_esc_and_by_themselves(
    captioned: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = captioned(talk_with("ten"))
    card = desk.window.video.said
    desk.play_from(0, for_ms=5500)
    desk.press("ctrl+shift+u")
    desk.until(lambda: card.words, "the captions")
    assert card.words == "One is said here. Two runs over a second cue."
    assert desk.session.player.state is PlayerState.PLAYING
    desk.press("ctrl+shift+u")
    assert card.words == ""
    desk.press("ctrl+shift+u")
    assert card.words
    desk.press("Escape")
    assert card.words == ""
    assert desk.session.player.state is PlayerState.PLAYING
    desk.press("Escape")
    assert desk.session.player.state is PlayerState.PAUSED
    monkeypatch.setattr(caption_card, "_SHORTEST_MS", 1000)
    monkeypatch.setattr(caption_card, "_WORD_MS", 10)
    desk.press("ctrl+shift+u")
    desk.until(lambda: not card.words, "it goes by itself")
    assert desk.texts == ["ten"]


def test_they_are_shown_in_full_screen_too(captioned: OpenDesk, screen: str) -> None:
    desk = captioned(talk_with("ten"))
    card = desk.window.video.said
    desk.stand_at(5500)
    desk.press("F11")
    desk.until(lambda: desk.window.video.black.winfo_width() > 1400, "the video fills the screen")
    desk.press("ctrl+shift+u")
    desk.until(lambda: card.words, "the captions")
    desk.until(lambda: is_seen_over_the_picture(desk, screen), "letters at the lower edge")
    desk.press("F11")
    desk.until(lambda: desk.window.page.winfo_viewable(), "all is back")


def colour(desk: Desk, screen: str, across: float, down: float) -> object:
    """The colour of the picture at these shares of its width and height."""
    video = desk.window.video.black
    x = video.winfo_rootx() + round(across * video.winfo_width())
    y = video.winfo_rooty() + round(down * video.winfo_height())
    return ImageGrab.grab((x, y, x + 1, y + 1), xdisplay=screen).getpixel((0, 0))


def is_seen_over_the_picture(desk: Desk, screen: str) -> bool:
    """Whether there is anything bright in the lower third of the picture."""
    video = desk.window.video.black
    x, y, width, height = video.winfo_rootx(), video.winfo_rooty(), video.winfo_width(), video.winfo_height()
    box = (x, y + 2 * height // 3, x + width, y + height)
    _, highest = ImageGrab.grab(box, xdisplay=screen).convert("L").getextrema()
    return isinstance(highest, int) and highest > 200


def test_a_note_keeps_its_caption_in_a_muted_line_below_it(captioned: OpenDesk) -> None:
    early = talk_with("mine", notes=(Note("note1", 4000, text="mine"), Note("note2", 9000, text="b")))
    desk = captioned(early)
    desk.press("ctrl+Home")
    page = desk.window.page
    height = page.text.dlineinfo("1.0")[3]
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "caption in the note", "Return"))
    desk.until(lambda: page.shown_captions, "the caption in the page")
    assert page.shown_captions == {"note1": "“Two runs over a second cue.”"}
    desk.until(lambda: page.text.dlineinfo("1.0")[3] > height, "it has room")
    desk.type("x")
    assert desk.shown.startswith("xmine\nb")
    desk.press("ctrl+z", "ctrl+z")
    desk.until(lambda: not page.shown_captions, "it is gone")
    assert page.text.dlineinfo("1.0")[3] == height


def test_a_long_caption_is_cut_and_whole_where_the_pointer_rests(open_desk: OpenDesk) -> None:
    long = "Much was said here, and it went on and on. " * 9
    desk = open_desk(talk_with("mine", notes=(Note("note1", 4000, text="mine", caption=long),)))
    page = desk.window.page
    desk.until(lambda: page.shown_captions, "the caption in the page")
    shown = page.shown_captions["note1"]
    assert shown.endswith("…")
    assert long.startswith(shown[1:-1])
    (label,) = (one for one in page.text.winfo_children() if isinstance(one, tkinter.Label))
    assert label.winfo_reqwidth() <= page.text.winfo_width()
    x, y = label.winfo_rootx() + 20, label.winfo_rooty() + 5
    subprocess.run(["xdotool", "mousemove", str(x - 200), str(y), "mousemove", str(x), str(y)], check=True)
    desk.until(lambda: [tip for tip in label.winfo_children() if tip.winfo_viewable()], "the tip")
    (tip,) = label.winfo_children()
    assert " ".join(long.split()) in str(tip.winfo_children()[0].cget("text"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_how_it_looks_on_the_sample(open_real: OpenDesk, screen: str, theme: str) -> None:
    desk = open_real()
    desk.session.set(theme=theme)
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "the sample plays by itself")
    desk.session.jump(47_000)
    desk.until(lambda: desk.at_ms > 48_700, "the jump is over")
    card = desk.window.video.said
    desk.press("ctrl+u", "ctrl+u")
    desk.until(lambda: any(note.at_ms == 40_920 for note in desk.notes), "both sentences are quoted")
    desk.press("ctrl+shift+u")
    desk.until(lambda: card.words, "the captions")
    assert desk.session.player.state is PlayerState.PLAYING
    page = desk.window.page
    mine = next(note for note in desk.notes if note.at_ms is not None and note.kind == Kind.THOUGHT)
    page.put_caret(mine.id, 0)
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "caption in the note", "Return"))
    desk.until(lambda: mine.id in page.shown_captions, "a note keeps its caption")
    desk.press("ctrl+shift+u", "ctrl+shift+u")
    desk.until(lambda: is_seen_over_the_picture(desk, screen), "letters over the picture")
    shot(desk, screen, f"captions-{theme}")
    desk.press("F11")
    desk.until(lambda: desk.window.video.black.winfo_width() > 1400, "the video fills the screen")
    desk.press("ctrl+shift+u", "ctrl+shift+u")
    desk.until(lambda: is_seen_over_the_picture(desk, screen), "letters over the picture")
    desk.until(lambda: colour(desk, screen, 0.98, 0.9) != (0, 0, 0), "the picture fills it")
    ImageGrab.grab(xdisplay=screen).save(SCREENS / f"captions-full-screen-{theme}.png")
    desk.press("F11")
    desk.until(lambda: desk.window.page.winfo_viewable(), "all is back")


def test_where_they_stood_the_picture_is_whole_again_also_while_paused(
    open_real: OpenDesk, screen: str
) -> None:
    desk = open_real()
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "the sample plays by itself")
    desk.session.jump(47_000)
    desk.until(lambda: desk.at_ms > 48_000, "the jump is over")
    desk.press("Escape")
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "Esc pauses")
    desk.until(lambda: colour(desk, screen, 0.98, 0.9) != (0, 0, 0), "a slide shows")
    slide = colour(desk, screen, 0.98, 0.9)
    desk.press("ctrl+shift+u")
    desk.until(lambda: colour(desk, screen, 0.5, 0.94) != slide, "the captions over the slide")
    desk.press("Escape")
    desk.until(lambda: colour(desk, screen, 0.5, 0.94) == slide, "the picture is whole again")
    assert desk.session.player.state is PlayerState.PAUSED
