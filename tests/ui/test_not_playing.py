"""When a talk from the web does not play: the panel says why, and its buttons do what they say, by key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.media.player import GoesOn, PlayerState, Waiting
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import shot

OpenDesk = Callable[..., Desk]

PAGE = "https://www.youtube.com/watch?v=aaaaaaaaaaa"

SAYS = {
    Why.PRIVATE: (
        "This recording can be seen only with an account or an invitation.",
        "Desktop Notes uses no accounts. If you may download it in your browser, attach that file.",
    ),
    Why.GONE: (
        "This recording is not there any more.",
        "Your notes are safe. Look for the talk at another address, or attach a file of it.",
    ),
    Why.REGION: (
        "The site does not show this recording in your country.",
        "Look for the talk at another address, or attach a file of it.",
    ),
    Why.AGE: (
        "The site shows this recording only to people who have signed in and are old enough.",
        "Desktop Notes uses no accounts. Look for it at another address, or attach a file of it.",
    ),
    Why.LIVE: ("This talk has not begun yet.", "Open it again once it is on."),
    Why.NETWORK: (
        "The page did not answer.",
        "Look whether the connection and the address are right, then try again. Your notes are safe.",
    ),
    Why.NO_VIDEO: (
        "There is nothing on this page that plays.",
        "Copy the address of the recording's own page, where you can watch it in the browser.",
    ),
    Why.A_LIST: ("This is the address of a list of recordings.", "Add the ones that you want."),
    Why.TOO_OLD: (
        "This site has changed, and the yt-dlp on this computer does not understand it.",
        "A file of the recording can be attached meanwhile.",
    ),
    Why.NO_JAVASCRIPT: (
        "This site needs a JavaScript runtime, and there is none on this computer that serves.",
        "Install deno (or Node.js 22 or newer), then try again.",
    ),
    Why.NO_YT_DLP: (
        "Pages of the web cannot be played: yt-dlp is not installed.",
        "Install yt-dlp, then try again. No restart is needed.",
    ),
    Why.DRM: (
        "This recording is locked by its site and plays only there.",
        "Notes can be written with a file of your own attached.",
    ),
    Why.OTHER: ("The page cannot be played.", "Try again later, or attach a file of the recording."),
}
"""Such sentences come with an error; what counts here is how they look."""


def web_talk(*texts: str) -> Talk:
    return talk_with(*texts, file="", url=PAGE, position_ms=65_000, title="Operating Kubernetes")


def fail(desk: Desk, why: Why) -> None:
    """Opens the talk once more, which now fails for this reason."""
    desk.player.refuses = WebError(why, PAGE, *SAYS[why])
    desk.session.reload()
    desk.until(lambda: SAYS[why][0] in desk.window.video.words, "it says why")


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
        assert panel.words == " ".join(SAYS[why])
        assert panel.ways
        for button in panel.buttons:
            assert button.winfo_rootx() >= black.winfo_rootx()
            assert button.winfo_rootx() + button.winfo_width() <= black.winfo_rootx() + black.winfo_width()
        shot(desk, screen, f"not-playing-{why.replace(' ', '-')}-{theme}")


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
    desk.type("1:02:03")
    desk.press("Return")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("Remembered", 3_723_000)]
    desk.press("End")
    desk.type("!")
    desk.press("Return")
    assert [(note.text, note.at_ms) for note in desk.notes] == [("Remembered!", 3_723_000)]


def test_a_file_that_is_gone_offers_its_page(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(talk_with("A note", file="gone.mp4", url=PAGE, offset_ms=5_000))
    desk.player.checks_files = True
    desk.session.reload()
    desk.until(lambda: "gone.mp4" in desk.window.video.words, "it names the file")
    assert desk.window.video.ways == [
        "Find Recording…", "Play from the Page Again", "Open in Browser at This Second"
    ]  # fmt: skip
    desk.window.video.black.focus_set()
    desk.press("Tab", "Right", "Return")
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


def test_a_lost_connection_is_told_over_the_picture(open_desk: OpenDesk, screen: str) -> None:
    desk = open_desk(web_talk("A note"))
    load = desk.player.load
    desk.window.player_reported(Waiting(load, UserError("No answer.")))
    assert desk.window.video.noticed == "The connection was lost. Trying again…"
    assert desk.window.video.words == ""
    shot(desk, screen, "connection-lost")
    desk.window.player_reported(GoesOn(load))
    assert desk.window.video.noticed == ""
    desk.window.player_reported(Waiting(load, UserError("No answer.")))
    fail(desk, Why.NETWORK)
    assert desk.window.video.noticed == ""
