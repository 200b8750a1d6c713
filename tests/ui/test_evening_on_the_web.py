"""The evening of the README's user, whole: real keys, real libVLC, real yt-dlp, a site on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktopnotes.actions import not_playing
from desktopnotes.media.player import PlayerState
from desktopnotes.sources import file_of
from desktopnotes.storage import opening
from desktopnotes.ui.playlist_window import TITLE
from tests.site import SAMPLE, Site
from tests.ui.conftest import Desk
from tests.ui.test_looks import shot


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def copy(desk: Desk, text: str) -> None:
    desk.root.clipboard_clear()
    desk.root.clipboard_append(text)


def plays(desk: Desk) -> bool:
    return desk.session.player.state is PlayerState.PLAYING


def is_at_least(desk: Desk, at_ms: int) -> bool:
    position = desk.session.player.position_at()
    return position is not None and position.at_ms >= at_ms


def command(desk: Desk, name: str, *dialogs: tuple[str, str, str]) -> None:
    """A command by its name, and the dialogs that follow."""
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", name, "Return"), *dialogs)


@pytest.mark.thorough
def test_an_evening(
    open_real: Callable[..., Desk], site: Site, screen: str, tmp_path: Path, home: Path
) -> None:
    site.bytes_per_s = (
        60_000  # three times what the recording needs: VLC has not all of it when it breaks off
    )
    desk = open_real(asks_pages=True)
    window, session = desk.window, desk.session

    # A playlist is pasted; three of its talks are ticked.
    copy(desk, site.url("/feed"))
    window.video.black.focus_force()
    desk.press("ctrl+v")
    desk.until(lambda: desk.dialog(TITLE), "the list")
    listed = desk.dialog(TITLE)
    desk.until(lambda: listed.rows.count >= 3, "its first talks")
    desk.press("space", "Down", "space", "Down", "space")
    shot(desk, screen, "evening-list")
    desk.press("Return")
    desk.until(lambda: len(session.notebook.talks) == 3, "three talks")
    assert not session.is_sample
    assert "link" not in window.status.message, "the user gave the links"
    assert [talk.title for talk in session.notebook.talks] == ["Talk 1", "Talk 2", "Talk 3"]
    desk.until(lambda: session.player.state is PlayerState.PAUSED, "the first talk is open")
    desk.until(lambda: session.talk and session.talk.captions, "its captions are kept")

    # One is watched with notes; the network goes in the middle, and comes back.
    desk.press("ctrl+space")
    desk.until(lambda: is_at_least(desk, 2_500), "it plays")
    desk.type("Said before")
    desk.press("Return")
    site.down()
    desk.until(lambda: window.video.noticed == not_playing.LOST, "the loss is told", 40)
    stands_ms = desk.at_ms
    desk.type("While nothing came")
    desk.press("Return")
    shot(desk, screen, "evening-network-lost")
    site.up()
    desk.until(lambda: plays(desk) and is_at_least(desk, stands_ms + 1_000), "it goes on where it stood")
    assert desk.at_ms < stands_ms + 6_000
    desk.press("ctrl+u")
    desk.until(lambda: desk.texts[-1] or len(desk.texts) == 3, "a quote")
    stamps = [note.at_ms for note in desk.notes]
    assert None not in stamps

    # Another is downloaded, and plays from its file.
    site.bytes_per_s = 0
    desk.press("ctrl+Next")
    desk.until(lambda: session.talk and session.talk.title == "Talk 2", "the second talk")
    desk.press("ctrl+shift+l")
    desk.until(lambda: session.talk and session.talk.file, "it is downloaded", 40)
    assert session.talk
    assert session.talk.url == site.url("/video?n=2")
    desk.type("From the second")
    desk.press("Return")

    # To the third a file is attached that begins five seconds earlier than the page.
    desk.press("ctrl+Next")
    desk.until(lambda: session.talk and session.talk.title == "Talk 3", "the third talk")
    desk.until(lambda: session.player.state is PlayerState.PAUSED, "it is open")
    file = tmp_path / "a-copy-of-a-friend.mp4"
    shutil.copy(SAMPLE / "publish-part-one.mp4", file)
    command(desk, "Attach a File", ("Attach a File", str(file), "Return"))
    desk.until(lambda: session.talk and file_of(session.talk, session.store) == file, "the file is attached")
    desk.until(lambda: session.player.state is PlayerState.PAUSED, "it is open")
    command(desk, "The File's Times", ("The File's Times and the Page's", "0:05", "Return"))
    desk.until(lambda: session.talk and session.talk.offset_ms == -5_000, "the times are set")
    desk.window.page.text.focus_set()
    desk.type("From the third")
    desk.press("Return")

    # The post leads to the pages.
    for name, title in (("third", "Talk 3"), ("second", "Talk 2"), ("post", "Talk 1")):
        desk.in_dialogs("ctrl+shift+p", ("Find a Command", title, "Return"))
        desk.until(lambda title=title: session.talk and session.talk.title == title, title)
        target = tmp_path / f"{name}.md"
        # All are in one post, which would go to the same file again.
        command(desk, "Export to Another Place", ("Export", str(target), "Return"))
        desk.until(target.exists, "the post is written")
    post = (tmp_path / "post.md").read_text(encoding="utf-8")
    for number, words in (
        (1, "Said before."),
        (2, "From the second."),
        (3, "From the third."),
    ):
        assert f"[Talk {number}]({site.url(f'/video?n={number}')}) - {words}" in post
    assert "While nothing came." in post
    assert "token" not in post

    # All of it is there on the next evening, without the web.
    path = session.path
    desk.close()
    kept = opening.open_notebook(path).notebook
    assert "token" not in path.read_text(encoding="utf-8")
    assert [len(talk.notes) for talk in kept.talks] == [3, 1, 1]
    assert all((path.parent / talk.captions).is_file() for talk in kept.talks[:1])
