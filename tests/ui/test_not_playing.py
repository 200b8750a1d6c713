"""When a talk from the web does not play: the panel says why, and its buttons do what they say, by key."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageGrab

from desktopnotes.media.player import GoesOn, PlayerState, Waiting
from desktopnotes.media.web_errors import Why, because
from desktopnotes.model import findings
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk
from desktopnotes.screen import Offer
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import shot

OpenDesk = Callable[..., Desk]

PAGE = "https://www.youtube.com/watch?v=aaaaaaaaaaa"


def web_talk(*texts: str) -> Talk:
    return talk_with(*texts, file="", url=PAGE, position_ms=65_000, title="Operating Kubernetes")


def fail(desk: Desk, why: Why) -> None:
    """Opens the talk once more, which now fails for this reason."""
    desk.player.refuses = error = because(why, PAGE)
    desk.session.reload()
    desk.until(lambda: error.message in desk.window.video.words, "it says why")


def opened_outside(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []
    monkeypatch.setattr(desk.window, "open_outside", opened.append)
    return opened


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_reason_is_said_and_offers_ways_on(open_desk: OpenDesk, screen: str, theme: str) -> None:
    desk = open_desk(web_talk("A note"))
    desk.session.set(theme=theme)
    for why in Why:
        fail(desk, why)
        panel, black = desk.window.video, desk.window.video.black
        error = because(why, PAGE)
        assert panel.words == f"{error.message} {error.hint}"
        assert panel.ways
        for button in panel.buttons:
            assert button.winfo_rootx() >= black.winfo_rootx()
            assert button.winfo_rootx() + button.winfo_width() <= black.winfo_rootx() + black.winfo_width()
        shot(desk, screen, f"not-playing-{why.replace(' ', '-')}-{theme}")


def test_words_hide_the_last_picture_of_the_recording_before(open_desk: OpenDesk, screen: str) -> None:
    desk = open_desk(talk_with("A note"), replace(web_talk("Another"), id="talk2"))
    video = desk.window.video
    picture = tkinter.Frame(video.video, background="red")  # as VLC leaves it there
    picture.place(x=0, y=0, relwidth=1, relheight=1)

    def is_black() -> bool:
        x, y = video.black.winfo_rootx() + 12, video.black.winfo_rooty() + 12
        return ImageGrab.grab((x, y, x + 1, y + 1), xdisplay=screen).getpixel((0, 0)) == (0, 0, 0)

    video.show_video()
    desk.until(lambda: not is_black(), "the picture is seen")
    desk.session.show_talk("talk2")
    fail(desk, Why.OTHER)
    desk.until(is_black, "nothing is left of it")
    video.show_video()
    desk.until(lambda: not is_black(), "a picture that plays is seen")
    video.show_sound("")
    desk.until(is_black, "sound has none")


def test_in_a_small_picture_all_ways_can_still_be_seen(open_desk: OpenDesk, screen: str) -> None:
    desk = open_desk(web_talk("A note"))
    fail(desk, Why.OTHER)
    panel, black = desk.window.video, desk.window.video.black
    for size in ("900x560", "700x430", "1500x900"):
        desk.root.geometry(size)
        width = int(size.split("x")[0])
        desk.until(lambda width=width: desk.root.winfo_width() == width, f"the window is {size}")
        desk.until(
            lambda: all(
                black.winfo_rootx() <= one.winfo_rootx()
                and black.winfo_rooty() <= one.winfo_rooty()
                and one.winfo_rootx() + one.winfo_width() <= black.winfo_rootx() + black.winfo_width()
                and one.winfo_rooty() + one.winfo_height() <= black.winfo_rooty() + black.winfo_height()
                for one in panel.buttons
            ),
            f"all buttons lie within a picture of {black.winfo_width()}x{black.winfo_height()}",
        )
        shot(desk, screen, f"not-playing-{size}")


def test_the_buttons_are_reached_and_pressed_by_key(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(web_talk("A note"))
    outside = opened_outside(desk, monkeypatch)
    fail(desk, Why.PRIVATE)
    assert desk.window.video.ways == ["Open in Browser at This Second", "Attach a File…", "Try Again"]
    desk.window.video.black.focus_set()
    desk.press("Tab", "Return")
    assert outside == [f"{PAGE}&t=65s"]
    desk.press("Right", "Right", "Right", "Left")
    assert desk.root.focus_get() is desk.window.video.buttons[1]
    desk.press("ctrl+shift+b")
    assert len(outside) == 2
    desk.press("Right")
    desk.player.refuses = None
    desk.press("space")
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "it is tried again, and plays")
    assert desk.window.video.words == ""
    assert desk.root.focus_get() is desk.window.video.black
    assert desk.at_ms >= 65_000


def test_the_page_of_notes_stays_as_it_is_while_it_is_tried_again(open_desk: OpenDesk) -> None:
    desk = open_desk(web_talk("First", "Second"))
    fail(desk, Why.NETWORK)
    desk.press("Up", "Up", "Home")
    desk.type("My ")
    desk.player.refuses = None
    desk.click(desk.window.video.buttons[0], 5, 5)
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "it plays")
    desk.window.page.text.focus_set()
    desk.type("very ")
    assert desk.texts == ["My very First", "Second"]


def test_opening_a_page_can_be_cancelled(
    open_desk: OpenDesk, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(web_talk("A note"))
    begun = monkeypatch.setattr(desk.player, "_begun", lambda load, source: None)
    assert begun is None
    desk.session.reload()
    desk.until(lambda: desk.window.video.words == "Looking at the page… Operating Kubernetes", "it looks")
    assert desk.window.video.ways == ["Cancel"]
    shot(desk, screen, "not-playing-opening")
    desk.window.video.black.focus_set()
    desk.press("Tab", "Return")
    desk.until(lambda: "Try Again" in desk.window.video.ways, "it was cancelled")
    assert desk.session.player.state is PlayerState.NOTHING
    assert PAGE in desk.web.forgotten
    shot(desk, screen, "not-playing-cancelled")


def test_in_full_screen_the_buttons_are_reached_too(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(web_talk("A note"))
    outside = opened_outside(desk, monkeypatch)
    fail(desk, Why.DRM)
    desk.press("F11")
    desk.until(lambda: desk.window.video.black.winfo_height() == 1000, "the picture fills the screen")
    desk.press("Tab", "Return")
    assert outside == [f"{PAGE}&t=65s"]


def test_notes_are_written_and_stamped_by_hand_while_nothing_plays(open_desk: OpenDesk) -> None:
    desk = open_desk(web_talk())
    fail(desk, Why.GONE)
    desk.type("Remembered")
    desk.press("Return")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("Remembered", None)]
    desk.press("Up", "F2")
    desk.until(lambda: desk.root.focus_get() is not desk.window.page.text, "the entry of the stamp")
    desk.type("0:02:03")
    desk.press("Return")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("Remembered", 123_000)]
    desk.press("End")
    desk.type("!")
    desk.press("Return")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("Remembered!", 123_000)]


def test_a_file_that_is_gone_offers_its_page(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("A note", file="gone.mp4", url=PAGE, offset_ms=5_000))
    desk.player.checks_files = True
    desk.session.reload()
    desk.until(lambda: "gone.mp4" in desk.window.video.words, "it names the file")
    assert desk.window.video.ways == [
        "Find Recording…", "Play from the Page Again", "Open in Browser at This Second"
    ]  # fmt: skip
    desk.window.video.black.focus_set()
    desk.press("Tab", "Right")
    desk.until(lambda: desk.root.focus_get() is desk.window.video.buttons[1], "the second has the keyboard")
    desk.press("Return")
    desk.until(lambda: desk.session.player.state is PlayerState.PAUSED, "it plays from the page")
    assert desk.player.opened[-1] == PAGE
    assert [note.at_ms for note in desk.notes] == [15_000]


def test_where_the_buttons_have_no_room_they_are_a_menu(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(web_talk("A note"))
    outside = opened_outside(desk, monkeypatch)
    fail(desk, Why.OTHER)
    desk.root.geometry("700x400")
    desk.until(lambda: desk.root.winfo_width() == 700, "the window is small")
    desk.until(lambda: len(desk.window.video.buttons) == 1, "one button is left")
    desk.window.video.black.focus_set()
    desk.press("Tab", "Return", "Down", "Down", "Return")
    desk.until(lambda: outside, "the second way")
    assert outside == [f"{PAGE}&t=65s"]


def test_a_lost_connection_is_told_over_the_picture(
    open_desk: OpenDesk, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(web_talk("A note"))
    desk.ask_page()
    load = desk.player.load
    desk.window.player_reported(Waiting(load, UserError("No answer.")))
    assert desk.window.video.noticed == "The connection was lost. Trying again…"
    assert desk.window.video.words == ""
    shot(desk, screen, "connection-lost")
    desk.window.player_reported(GoesOn(load))
    assert desk.window.video.noticed == ""
    (desk.session.folder / "talk.mp4").write_bytes(b"the fake player does not mind")
    talk_id = desk.session.talk_id
    desk.session.find_out(lambda notebook: findings.found_file(notebook, talk_id, "talk.mp4"))
    told: list[Offer] = []
    monkeypatch.setattr(desk.window, "tell", lambda words, *offers, lasting=False: told.extend(offers))
    desk.window.player_reported(Waiting(load, UserError("No answer.")))
    assert [offer.label for offer in told] == ["Play from the File"]
    desk.window.player_reported(Waiting(load, UserError("No answer.")))
    fail(desk, Why.NETWORK)
    assert desk.window.video.noticed == ""
