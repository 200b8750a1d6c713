"""Four sites that no test may ask: what yt-dlp makes of their pages, through all that stands behind that.

The files in `recorded/web` were not recorded from the network: they were written in the shape that yt-dlp's
extractors answer in (their own tests and source, version 2026.10.26), with the addresses of media put on
`https://site.invalid`. The real yt-dlp takes them by `--load-info-json`, chooses formats and writes captions.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.media import web_question, yt_dlp_program
from desktopnotes.media.web import Wishes
from desktopnotes.media.web_page import PageCaptions
from tests.media.web_room import WebRoom, children
from tests.site import Site
from tests.waiting import wait_until

RECORDED = Path(__file__).parent / "recorded" / "web"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as one:
        yield one


@pytest.fixture
def room(
    request: pytest.FixtureRequest, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WebRoom]:
    """Whatever is asked, the answer is the file of this name; captions come from our own site."""
    text = (RECORDED / f"{request.param}.info.json").read_text(encoding="utf-8")
    file = tmp_path / "answer.json"
    file.write_text(text.replace("https://site.invalid", site.url("")), encoding="utf-8")
    own = yt_dlp_program.newest()
    assert own
    loading = replace(own, command=(*own.command, "--load-info-json", str(file)))
    monkeypatch.setattr(web_question, "newest", lambda: loading)
    one = WebRoom()
    yield one
    one.close()


@pytest.mark.parametrize("room", ["youtube"], indirect=True)
def test_youtube(room: WebRoom, site: Site) -> None:
    address = "https://www.youtube.com/watch?v=YE7VzlLtp-4&list=PLabc&t=1s"
    stream = room.stream(address)
    assert "itag=137&" in stream.video, "1080 pixels, H.264, one file rather than pieces"
    assert "itag=251&" in stream.sound, "in the language that is spoken"
    assert (stream.height, stream.frame_rate) == (1080, 25.0)
    page = room.page()
    assert (page.address, page.url) == (address, "https://www.youtube.com/watch?v=YE7VzlLtp-4")
    assert (page.title, page.duration_ms, page.language) == ("Big Buck Bunny", 597_000, "en")
    assert [chapter.at_ms for chapter in page.chapters] == [0, 98_000, 360_000]
    assert page.speakers == (), "a channel is no speaker"
    captions = room.captions()
    assert (captions.language, captions.is_automatic) == ("en", True)
    assert captions.path.suffix == ".vtt"
    room.web.wishes = Wishes(height=720)
    assert "itag=136&" in room.stream(address).video
    room.web.wishes = Wishes(height=0)
    alone = room.stream(address)
    assert "itag=140&" in alone.video
    assert (alone.sound, alone.height) == ("", 0)


@pytest.mark.parametrize("room", ["vimeo"], indirect=True)
def test_vimeo(room: WebRoom, site: Site) -> None:
    stream = room.stream("https://player.vimeo.com/video/54469442")
    assert stream.video == site.url("/exp=1795700000/playlist/av/primary/playlist.m3u8?sf=fmp4")
    assert (stream.sound, stream.referrer) == ("", "https://player.vimeo.com/video/54469442")
    assert room.page().title.startswith("Kathy Sierra: Building")
    assert room.captions().language == "en"


@pytest.mark.parametrize("room", ["peertube"], indirect=True)
def test_peertube(room: WebRoom, site: Site) -> None:
    room.web.wishes = Wishes(languages=("fr", "en"))
    stream = room.stream("https://framatube.org/w/9c9de5e8-0a1e-484a-b099-e80766180a6d")
    assert stream.video.endswith("-1080-fragmented.mp4"), "one file rather than pieces"
    assert room.page().url == "https://framatube.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d"
    assert room.captions().language == "fr"
    room.web.wishes = Wishes(height=0)
    sound_alone = room.stream("https://framatube.org/w/9c9de5e8-0a1e-484a-b099-e80766180a6d")
    assert sound_alone.video.endswith("-0-fragmented.mp4")


@pytest.mark.parametrize("room", ["media-ccc-de"], indirect=True)
def test_media_ccc_de(room: WebRoom, site: Site) -> None:
    stream = room.stream("https://media.ccc.de/v/30C3_-_5443")
    assert stream.video.endswith("/h264-hd/30c3-5443-eng.mp4")
    page = room.page()
    assert page.speakers == ("byterazor",)
    assert page.duration_ms == 3_710_000
    wait_until(lambda: children(os.getpid()) == set(), "its process ended")
    room.mailbox.empty()
    assert room.of(PageCaptions) == []
