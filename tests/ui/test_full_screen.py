"""Full screen: the picture alone, the writing line over its lower edge, controls that come and go."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

import pytest
from PIL import ImageGrab, ImageStat

from desktopnotes.media.player import PlayerState
from desktopnotes.ui import layout
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import REPO, SCREENS

OpenDesk = Callable[..., Desk]


def line_is_shown(desk: Desk) -> bool:
    """Whether the writing line lies over the lower edge of the screen; else it lies below it."""
    line = desk.window.layout.notes
    bottom = line.winfo_rooty() + line.winfo_height()
    return bool(line.winfo_viewable()) and bottom == desk.root.winfo_rooty() + desk.root.winfo_height()


def point_at(x: int, y: int) -> None:
    subprocess.run(["xdotool", "mousemove", str(x), str(y)], check=True)


def enter(desk: Desk, *keys: str) -> None:
    """Goes to full screen by these keys, with the pointer on the picture."""
    point_at(700, 300)
    desk.press(*(keys or ("F11",)))
    desk.until(lambda: desk.window.video.black.winfo_height() == 1000, "the picture fills the screen")


def let_rest(desk: Desk, *, by_itself: bool = False) -> None:
    """Until the controls go: as if the time that they stay were over, or really when it is."""
    if not by_itself:
        desk.window.full_screen._awake_until_s = 0.0
    desk.until(lambda: not desk.window.transport.winfo_viewable(), "the controls are gone")


def test_typing_begins_a_note_stamped_at_its_first_key(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.press("Up")
    desk.stand_at(65_000)
    enter(desk)
    let_rest(desk)
    assert not line_is_shown(desk)
    desk.type("In full")
    desk.until(lambda: line_is_shown(desk), "the writing line")
    assert desk.window.full_screen.said == ""
    desk.stand_at(80_000)
    desk.type(" screen")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("ten", 10_000), ("In full screen", 65_000)]
    assert desk.window.page.caret.offset == 14
    desk.press("Return")
    desk.until(lambda: not line_is_shown(desk), "it goes when the note is ended")
    desk.type("next")
    assert (desk.texts[-1], desk.notes[-1].at_ms) == ("next", 80_000)


def test_the_line_is_as_high_as_the_note_and_covers_no_more(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with(*("a note of some words",) * 30))
    desk.stand_at(65_000)
    enter(desk)
    let_rest(desk)
    desk.type("one")
    desk.until(lambda: line_is_shown(desk), "the writing line")
    low = desk.window.layout.notes.winfo_height()
    assert low < 60
    desk.press("shift+Return")
    desk.type("two")
    desk.until(lambda: desk.window.layout.notes.winfo_height() > low, "a line more")
    assert desk.texts[-1] == "one\ntwo"
    text = desk.window.page.text
    desk.until(lambda: text.dlineinfo("insert linestart -1 line") is not None, "both lines show")
    for _ in range(8):
        desk.press("shift+Return")
    desk.type("end")
    desk.until(lambda: text.dlineinfo("insert") is not None, "the caret's line shows")
    desk.until(lambda: line_is_shown(desk), "still at the lower edge")
    assert desk.window.layout.notes.winfo_height() < 200


def test_playback_stamp_snapshot_and_undo_work_from_the_line(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.stand_at(60_000)
    enter(desk)
    desk.type("abc")
    desk.press("ctrl+l", "ctrl+l", "ctrl+j")
    assert desk.at_ms == 65_000
    desk.press("ctrl+space")
    assert desk.player.state is PlayerState.PLAYING
    desk.press("ctrl+space", "F7")
    assert (desk.player.state, desk.player.rate) == (PlayerState.PAUSED, 1.1)
    desk.stand_at(90_000)
    desk.press("ctrl+t")
    desk.type("def")
    assert [(note.text, note.at_ms) for note in desk.notes[1:]] == [("abc", 60_000), ("def", 90_000)]
    desk.press("ctrl+d")
    desk.until(lambda: desk.notes[-1].picture, "the snapshot is in the note")
    assert desk.window.page.shown_pictures == frozenset()
    for _ in range(4):
        desk.press("ctrl+z")
    assert desk.texts == ["ten"]
    desk.type("again")
    assert desk.texts == ["ten", "again"]


def test_esc_leaves_when_nothing_is_written_and_else_plays_or_pauses(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.stand_at(60_000)
    enter(desk)
    desk.type("abc")
    desk.press("Escape")
    assert desk.player.state is PlayerState.PLAYING
    assert desk.window.full_screen.is_on
    desk.press("Escape", "Return", "Escape")
    assert desk.player.state is PlayerState.PAUSED
    desk.until(lambda: not desk.window.full_screen.is_on, "full screen is left")
    desk.press("Escape")
    assert desk.player.state is PlayerState.PLAYING


def test_the_caret_stays_in_its_note_on_the_way_in_and_out(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten", "twenty"))
    desk.stand_at(60_000)
    desk.type("begun")
    enter(desk)
    desk.until(lambda: line_is_shown(desk), "the note that was begun shows at once")
    desk.type(" here")
    desk.press("Left", "Left", "F11")
    desk.until(lambda: not desk.window.full_screen.is_on, "full screen is left")
    assert desk.texts[-1] == "begun here"
    assert (desk.window.page.caret.note_id, desk.window.page.caret.offset) == (desk.notes[-1].id, 8)
    desk.type("X")
    assert desk.texts[-1] == "begun heXre"


def test_f_on_the_video_fills_the_screen_and_space_and_arrows_play(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.stand_at(60_000)
    desk.window.video.black.focus_force()
    enter(desk, "f")
    desk.press("space", "space", "Right", "Right", "Left")
    assert (desk.at_ms, desk.player.state) == (pytest.approx(65_000, abs=500), PlayerState.PAUSED)
    assert desk.texts == ["ten"]
    desk.type("f and space")
    desk.press("Left", "space")
    assert desk.texts == ["ten", "f and spac e"]
    desk.press("Return", "Escape")
    desk.until(lambda: not desk.window.full_screen.is_on, "full screen is left")
    assert desk.root.focus_get() is desk.window.video.black


def test_all_panes_are_as_they_were(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.window.show("talks pane")
    desk.until(lambda: not desk.window.talks.winfo_viewable(), "the talks pane is gone")
    parts = (desk.window.page, desk.window.video, desk.window.timeline, desk.window.head)

    def places() -> list[tuple[int, int, int, int]]:
        return [(p.winfo_rootx(), p.winfo_rooty(), p.winfo_width(), p.winfo_height()) for p in parts]

    before = places()
    enter(desk)
    desk.press("F11")
    desk.until(lambda: places() == before, "all is where it was")
    assert not desk.window.layout.is_shown(layout.TALKS)


def test_controls_come_with_the_pointer_and_with_keys_and_go(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.stand_at(60_000)
    enter(desk)
    window = desk.window
    parts = (window.transport, window.timeline, window.head)
    let_rest(desk)
    point_at(640, 420)
    desk.until(lambda: all(part.winfo_viewable() for part in parts), "the controls")
    let_rest(desk, by_itself=True)
    desk.press("Right")
    desk.until(lambda: all(part.winfo_viewable() for part in parts), "the controls again")
    let_rest(desk)
    desk.type("quiet")
    desk.until(lambda: line_is_shown(desk), "the writing line")
    assert not any(part.winfo_viewable() for part in parts)


def test_a_click_keeps_the_keyboard_in_the_line_and_a_double_click_leaves(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.stand_at(60_000)
    enter(desk)
    desk.click(desk.window.video.video, 300, 300)
    desk.type("after a click")
    assert desk.texts == ["ten", "after a click"]
    desk.press("Return")
    desk.click(desk.window.video.video, 900, 500, times=2)
    desk.until(lambda: not desk.window.full_screen.is_on, "full screen is left")


def test_what_shows_elsewhere_leaves_full_screen(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.press("F4")
    desk.type("Prose")
    enter(desk)
    desk.press("ctrl+z")
    desk.until(lambda: not desk.window.full_screen.is_on, "the write-up shows what was undone")
    assert desk.root.focus_get() is desk.window.write_up.text
    enter(desk)
    desk.press("F4")
    desk.until(lambda: not desk.window.full_screen.is_on, "F4 goes to the write-up")
    desk.until(lambda: desk.root.focus_get() is desk.window.write_up.text, "which has the focus")


def test_palette_and_stamp_entry_open_over_the_picture(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    desk.stand_at(60_000)
    enter(desk)
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "mute", "Return"))
    desk.until(lambda: desk.player.muted, "the sound is off")
    desk.type("a note")
    desk.press("F2", "ctrl+a")
    desk.type("later")
    desk.press("Return", "ctrl+a")
    desk.type("1:30")
    desk.press("Return")
    desk.until(lambda: desk.notes[-1].at_ms == 90_000, "another stamp")
    desk.type("!")
    assert (desk.texts[-1], desk.window.full_screen.is_on) == ("a note!", True)


def test_what_is_told_is_seen(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"))
    enter(desk)
    desk.press("ctrl+shift+Down")
    desk.until(lambda: "Volume 95 %" in desk.window.full_screen.said, "the volume is told")
    desk.window.tell_error("NOT SAVED")
    assert desk.window.full_screen.said == "NOT SAVED"


def test_the_next_talk_and_the_end_of_the_program(open_desk: OpenDesk) -> None:
    desk = open_desk(talk_with("ten"), talk_with(id="talk2", title="Second"))
    enter(desk)
    desk.press("ctrl+Next")
    desk.until(lambda: desk.player.state is PlayerState.PAUSED, "the next talk is open")
    desk.stand_at(5_000)
    desk.type("in the second")
    assert desk.texts == ["in the second"]
    desk.close()
    again = open_desk()
    assert not again.window.full_screen.is_on
    assert again.window.write_up.winfo_viewable()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_over_the_real_picture(open_real: OpenDesk, screen: str, theme: str) -> None:
    desk = open_real()
    desk.session.set(theme=theme)
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "the sample plays by itself")
    desk.session.jump(50_000)
    enter(desk)
    point_at(640, 420)
    desk.until(lambda: desk.at_ms > 51_000, "it plays on")
    SCREENS.mkdir(parents=True, exist_ok=True)
    ImageGrab.grab(xdisplay=screen).save(SCREENS / f"full-screen-controls-{theme}.png")
    let_rest(desk)
    desk.type("Noted in full screen, while it plays")
    desk.until(lambda: line_is_shown(desk), "the writing line")
    line = desk.window.page.text
    x, y = line.winfo_rootx(), line.winfo_rooty()
    place = (x, y, x + line.winfo_width(), y + line.winfo_height())

    def words_show() -> bool:
        light = ImageStat.Stat(ImageGrab.grab(place, xdisplay=screen).convert("L"))
        return light.stddev[0] > 5 and (light.median[0] > 128) == (theme == "light")

    desk.until(words_show, "words over the picture")
    picture = ImageGrab.grab((100, 100, 1400, 850), xdisplay=screen).convert("L")
    assert ImageStat.Stat(picture).stddev[0] > 10, "the picture shows above it"
    whole = ImageGrab.grab(xdisplay=screen)
    whole.save(SCREENS / f"full-screen-{theme}.png")
    if theme == "light" and os.environ.get("UPDATE_PICTURES"):
        whole.quantize(128).save(REPO / "docs" / "full-screen.png", optimize=True)
    desk.press("ctrl+space", "Return")
    let_rest(desk)
    at_the_edge = ImageGrab.grab(place, xdisplay=screen).convert("L")
    assert ImageStat.Stat(at_the_edge).extrema[0][1] < 100, "a paused picture is whole again"
