"""The window of downloads on the real screen, by real keys, with the real yt-dlp behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageGrab

from desktopnotes import commands
from desktopnotes.media.downloads import Figures
from desktopnotes.media.player import PlayerState
from desktopnotes.model.downloads import Download, Phase, find
from desktopnotes.storage import downloads_file
from desktopnotes.ui.downloads_window import how_far
from tests.download_site import DownloadSite, a_recording, quick_yt_dlp
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_looks import SCREENS
from tests.waiting import wait_until

_ONE = Download("download1", "https://example.org/x", "A Talk", "/n", "talk1", "/videos")


@pytest.mark.parametrize(
    ("changes", "figures", "words"),
    [
        ({}, None, "asking the page…"),
        ({}, Figures(), "asking the page…"),
        ({}, Figures(1_500_000), "1.5 MB"),
        (
            {},
            Figures(117_900_000, 280_000_000, 2_100_000, 78),
            "42 % · 117.9 of 280.0 MB · 2.1 MB/s · 01:18 left",
        ),
        ({}, Figures(280, 280, is_ending=True), "all is there; looking whether it is whole…"),
        ({"phase": Phase.PAUSED}, None, "paused"),
        ({"phase": Phase.FAILED, "message": "The disk is full."}, None, "not downloaded · The disk is full."),
        ({"phase": Phase.DONE, "file": "/videos/A Talk.mp4"}, None, "done · A Talk.mp4"),
    ],
)
def test_how_far_it_is_in_words(changes: dict[str, Any], figures: Figures | None, words: str) -> None:
    one = replace(_ONE, **changes)
    assert how_far(one, figures, is_loading=True, is_elsewhere=False) == words


def test_words_for_one_that_waits_or_is_elsewhere() -> None:
    assert how_far(_ONE, None, is_loading=False, is_elsewhere=False) == "waiting"
    assert "another window" in how_far(_ONE, None, is_loading=True, is_elsewhere=True)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_yt_dlp(monkeypatch)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DownloadSite]:
    with DownloadSite(a_recording(tmp_path_factory.mktemp("recording"))) as site:
        yield site


@pytest.fixture
def desk(open_desk: Callable[..., Desk], site: DownloadSite, home: Path) -> Desk:
    """Two talks of the web; the site serves so slowly that nothing is done by itself."""
    site.manners.rate = 150_000
    settings = home / ".config" / "desktopnotes" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"downloads_folder": "~/Videos"}')
    talks = [
        talk_with("Note", id=f"talk{n}", title=title, url=site.address(f"talk{n}.mp4"), file="")
        for n, title in ((1, "Simple Made Easy"), (2, "Constraints Liberate"))
    ]
    return open_desk(*talks)


def _window(desk: Desk) -> Any:
    desk.until(lambda: desk.dialog("Downloads"), "the window of downloads")
    return desk.dialog("Downloads")


def _rows(window: Any) -> list[list[str]]:
    texts = (window.tree.item(row, "text") for row in window.tree.get_children())
    return [[line.strip() for line in text.split("\n")] for text in texts]


def _phases(desk: Desk) -> list[str]:
    return [one.phase for one in desk.session.downloads.items]


def _until(desk: Desk, seen: Callable[[], object], what: str) -> None:
    """As `Desk.until`, for what the real yt-dlp has to do first, on however busy a machine."""

    def look() -> object:
        desk.root.update()
        return seen()

    wait_until(look, what, 60)


def test_downloads_by_keys_alone(desk: Desk, site: DownloadSite, home: Path) -> None:
    desk.press("ctrl+shift+l")
    desk.until(lambda: _phases(desk) == [Phase.WAITING], "it is in the list")
    assert "is being downloaded" in desk.window.status.message
    desk.press("ctrl+shift+j")
    window = _window(desk)
    _until(desk, lambda: "% · " in _rows(window)[0][1], "how far it is")
    assert _rows(window)[0][0] == "Simple Made Easy"
    assert window.tree.selection() == (desk.session.downloads.items[0].id,)

    desk.press("space")
    assert _rows(window) == [["Simple Made Easy", "paused"]]
    assert window.turn.cget("text") == "Resume"
    desk.press("space")
    assert _phases(desk) == [Phase.WAITING]

    desk.press("Tab", "Tab", "Tab", "Tab", "Return")  # past those that are possible now: Download All
    desk.until(lambda: len(_phases(desk)) == 2, "both are in the list")
    assert _rows(window)[1] == ["Constraints Liberate", "waiting"]
    window.tree.focus_force()
    desk.press("Down", "Delete")
    desk.until(lambda: len(_phases(desk)) == 1, "the second is cancelled")
    assert window.tree.selection() == (desk.session.downloads.items[0].id,)

    site.manners.rate = 0
    _until(desk, lambda: _phases(desk) == [Phase.DONE], "it is loaded")
    desk.until(lambda: _rows(window)[0][1] == "done · Simple Made Easy.mp4", "it says so")
    assert (home / "Videos" / "Simple Made Easy.mp4").is_file()
    assert desk.window.status.message == "“Simple Made Easy” is on this computer now."
    desk.press("Return")
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "it plays")
    assert desk.session.loader.page == ""
    desk.press("Delete")
    desk.until(lambda: window.tree.get_children() == (), "it is off the list")
    download = commands.by_id("talk.download").label  # its key may be another by now
    assert window.said.cget("text") == f"Nothing is being downloaded. “Talk, {download}” loads the open talk."
    desk.press("Escape")
    desk.until(lambda: not desk.dialog("Downloads"), "the window is closed")
    desk.until(lambda: desk.window.focus() is desk.window.page.text, "the focus is where it was")
    assert (home / "Videos" / "Simple Made Easy.mp4").is_file()


def test_pause_all_and_what_is_written_meanwhile(desk: Desk) -> None:
    desk.press("ctrl+shift+j")
    window = _window(desk)
    window.add.invoke()
    desk.until(lambda: len(_phases(desk)) == 2, "both are in the list")
    window.all.invoke()
    desk.until(lambda: _phases(desk) == [Phase.PAUSED] * 2, "both are paused")
    assert window.all.cget("text") == "Resume All"
    _until(desk, lambda: not desk.session.downloads._runs, "nothing loads")
    desk.window.page.text.focus_force()
    desk.window.page.put_caret("note1", 4)
    desk.type(" on")
    assert desk.texts == ["Note on"], "the main window is used beside it"
    desk.press("ctrl+shift+j")
    desk.until(lambda: desk.root.focus_displayof() is window.tree, "the same window has the keyboard")
    window.all.invoke()
    desk.until(lambda: _phases(desk) == [Phase.WAITING] * 2, "both go on")


def test_closed_in_the_middle_the_next_start_goes_on(
    desk: Desk, open_desk: Callable[..., Desk], site: DownloadSite
) -> None:
    desk.press("ctrl+shift+l")
    one = desk.session.downloads
    _until(desk, lambda: any(one.figures(item.id) for item in one.items), "it is being loaded")
    desk.close()
    assert find(downloads_file.read().downloads, one.items[0].id)
    site.manners.rate = 0
    again = open_desk()
    _until(again, lambda: _phases(again) == [Phase.DONE], "it is loaded")
    _until(again, lambda: again.session.notebook.talks[0].file, "its talk has the file")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_looks(desk: Desk, screen: str, theme: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    desk.session.set(theme=theme)
    full = "The disk is full: the recording was not loaded whole."
    items = (
        replace(_ONE, id="aaaaaa1", title="Simple Made Easy", folder="/nowhere"),
        replace(_ONE, id="aaaaaa2", title="Constraints Liberate, Liberties Constrain", phase=Phase.PAUSED),
        replace(_ONE, id="aaaaaa3", title="The Value of Values", phase=Phase.FAILED, message=full),
        replace(_ONE, id="aaaaaa4", title="Hammock Driven", phase=Phase.DONE, file="/videos/Hammock.mp4"),
        replace(_ONE, id="aaaaaa5", title="A talk that waits"),
    )
    queue = desk.session.downloads
    queue._start = lambda _: None  # type: ignore[method-assign]
    queue._do(lambda _: items)
    desk.press("ctrl+shift+j")
    window = _window(desk)
    from desktopnotes.downloading.work import Run

    queue._runs["aaaaaa1"] = Run(figures=Figures(117_900_000, 280_000_000, 2_100_000, 78))
    window.draw()
    desk.until(lambda: len(_rows(window)) == 5, "all rows")
    desk.root.update()
    ImageGrab.grab(xdisplay=screen).save(SCREENS / f"downloads-{theme}.png")
    window.tree.selection_set("aaaaaa3")
    desk.until(lambda: window.turn.cget("text") == "Try Again", "it can be tried again")
    ImageGrab.grab(xdisplay=screen).save(SCREENS / f"downloads-failed-{theme}.png")
    assert window.said.cget("text").startswith(full)
    queue._runs.clear()
