"""Broken, misleading and hostile recordings: each ends in a plain sentence, and the program goes on."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import random
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktopnotes.media.player import Failed, PlayerState
from desktopnotes.media.source import check_source
from desktopnotes.media.web_errors import WebError
from desktopnotes.model.errors import ReadError
from tests.media.stage import VlcStage
from tests.media.web_server import WebServer
from tests.storage.unprivileged import answer_of, shared_folder

SECONDS = 6.0


def _garbage(path: Path, _: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(300_000))


def _half(path: Path, talk: Path) -> None:
    whole = talk.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


BROKEN: dict[str, tuple[str, Callable[[Path, Path], object]]] = {
    "missing.mp4": ("is not there", lambda path, talk: None),
    "empty.mp4": ("is empty", lambda path, talk: path.touch()),
    "garbage.mp4": ("cannot be played", _garbage),
    "garbage.ts": ("cannot be played", _garbage),
    "garbage.mp3": ("cannot be played", _garbage),
    "letter.mp4": ("cannot be played", lambda path, talk: path.write_text("Dear all,\n" * 500)),
    "half.mp4": ("cannot be played", _half),
    "head.mp4": ("cannot be played", lambda path, talk: path.write_bytes(talk.read_bytes()[:40])),
    "folder.mp4": ("is a folder", lambda path, talk: path.mkdir()),
    "pipe.mp4": ("not an ordinary file", lambda path, talk: os.mkfifo(path)),
    "endless.mp4": ("not an ordinary file", lambda path, talk: path.symlink_to("/dev/zero")),
    "round.mp4": ("cannot be read", lambda path, talk: path.symlink_to(path)),
    f"{'long' * 80}.mp4": ("cannot be read", lambda path, talk: None),
    "nul\0.mp4": ("cannot be read", lambda path, talk: None),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_media_fail_in_plain_words_and_the_next_one_opens(
    vlc: VlcStage, talk: Path, tmp_path: Path, name: str
) -> None:
    words, make = BROKEN[name]
    make(tmp_path / name, talk)
    vlc.player.open(tmp_path / name)
    error = vlc.until_reported(Failed, SECONDS).error
    assert isinstance(error, ReadError)
    assert words in error.message
    assert "The notes are safe." in error.message
    assert vlc.player.state is PlayerState.FAILED
    vlc.player.open(talk, paused=False)
    vlc.until_open()


def test_what_may_not_be_read_is_said_to_be_so() -> None:
    with shared_folder() as folder:
        locked = folder / "locked.mp4"
        locked.write_bytes(b"secret")
        locked.chmod(0)
        assert "may not be read" in answer_of(lambda: str(check_source(locked)))


@pytest.mark.parametrize("name", ["list.m3u", "LIST.M3U8", "list.pls", "list.xspf", "list.strm", "list.asx"])
def test_playlists_are_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"anything")
    with pytest.raises(ReadError, match="a list of recordings"):
        check_source(tmp_path / name)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/a.mp4", "screen://", "a:b://c"])
def test_only_web_addresses_are_opened(address: str) -> None:
    with pytest.raises(ReadError, match="cannot be played"):
        check_source(address)


@pytest.fixture
def web(clips: Path) -> Iterator[WebServer]:
    web = WebServer(clips)
    yield web
    web.close()


DISGUISED = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}/x.ts\n#EXT-X-ENDLIST\n",
    "hls after a byte order mark": "\ufeff#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}/x.ts\n",
    "m3u": "#EXTM3U\n{}/x.mp4\n",
    "bare address": "{}/x.mp4\n",
    "commented": "# a comment\n{}/x.mp4\n",
    "pls": "[playlist]\nFile1={}/x.mp4\nNumberOfEntries=1\n",
    "xspf": '<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><trackList><track>'
    "<location>{}/x.mp4</location></track></trackList></playlist>",
    "dash": '\n <MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{}/</BaseURL></MPD>',
    "asx": '<asx version="3.0"><entry><ref href="{}/x.mp4"/></entry></asx>',
    "asx reference": "[Reference]\nRef1={}/x.mp4\n",
}


@pytest.mark.parametrize("kind", DISGUISED)
def test_a_playlist_in_a_videos_clothes_asks_the_network_for_nothing(
    vlc: VlcStage, web: WebServer, tmp_path: Path, kind: str
) -> None:
    disguised = tmp_path / "talk.mp4"
    disguised.write_text(DISGUISED[kind].format(web.address), encoding="utf-8")
    vlc.player.open(disguised)
    vlc.until_reported(Failed, SECONDS)
    assert web.asked == []


HLS = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n%s/x.ts\n#EXT-X-ENDLIST\n"
TAG = b"ID3\x03\0\0\0\0\0\x40" + bytes(64)
WRAPPED: dict[str, Callable[[bytes], bytes]] = {
    "packed by gzip": gzip.compress,
    "packed by zlib": zlib.compress,
    "packed by bzip2, which starts a program": bz2.compress,
    "packed by xz, which starts a program": lzma.compress,
    "behind an ID3 tag": lambda listed: TAG + listed,
    "behind two": lambda listed: TAG + TAG + listed,
    "behind a long one": lambda listed: b"ID3\x04\0\0\0\x06\0\0" + bytes(6 << 14) + listed,
    "packed behind one": lambda listed: TAG + gzip.compress(listed),
    "behind a byte order mark": lambda listed: b"\xef\xbb\xbf" + listed,
}


@pytest.mark.parametrize("kind", WRAPPED)
def test_a_list_that_is_wrapped_up_asks_the_network_for_nothing(
    vlc: VlcStage, web: WebServer, tmp_path: Path, kind: str
) -> None:
    """libVLC unwraps all of these and asks at once, where they are given to it."""
    wrapped = tmp_path / "talk.mp3"
    wrapped.write_bytes(WRAPPED[kind](HLS % web.address.encode()))
    vlc.player.open(wrapped)
    assert "The notes are safe." in vlc.until_reported(Failed, SECONDS).error.message
    assert web.asked == []


def test_a_recording_behind_a_tag_opens(vlc: VlcStage, clips: Path, tmp_path: Path) -> None:
    tagged = tmp_path / "tagged.mp3"
    tagged.write_bytes(TAG + (clips / "sound.mp3").read_bytes())
    vlc.player.open(tagged)
    vlc.until_open()


OTHERS = {
    "a description of a stream": (
        b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 33\r\n",
        "a list",
    ),
    "a joined list": (b"ffconcat version 1.0\nfile x.mp4\n", "a list"),
    "a shortcut": (b"[InternetShortcut]\nURL=http://127.0.0.1/\n", "a list"),
    "a list behind 300 spaces": (b" " * 300 + b"#EXTM3U\n", "a list"),
    "a text with an address in UTF-16": (
        ("Dear all,\nsee http://127.0.0.1/ \n" * 9).encode("utf-16"),
        "a text",
    ),
    "an archive": (b"PK\x03\x04" + bytes(100), "a packed file"),
    "a tape archive": (b"talk.m3u" + bytes(249) + b"ustar" + bytes(300), "a packed file"),
    "the image of a disc": (bytes(0x8001) + b"CD001", "the image of a disc"),
    "tags without end": ((b"ID3\x03\0\0\0\0\0\0") * 200, "too many tags"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_recording_is_said_to_be_what_it_is(tmp_path: Path, kind: str) -> None:
    content, words = OTHERS[kind]
    (tmp_path / "talk.mp4").write_bytes(content)
    with pytest.raises(ReadError, match=words):
        check_source(tmp_path / "talk.mp4")


def test_an_address_plays(vlc: VlcStage, web: WebServer) -> None:
    vlc.player.open(f"{web.address}/talk.mp4", at_ms=2000)
    vlc.until_open()
    vlc.player.play()
    vlc.until_at(2500)
    assert web.asked != []


def test_an_address_that_leads_nowhere_fails_in_plain_words(vlc: VlcStage, web: WebServer) -> None:
    for address in (f"{web.address}/none.mp4", "http://127.0.0.1:9/talk.mp4"):
        vlc.player.open(address)
        error = vlc.until_reported(Failed, SECONDS).error
        assert isinstance(error, WebError)
        assert error.message.startswith("The site ")


def test_names_that_look_like_options_or_addresses_are_files(
    vlc: VlcStage, talk: Path, tmp_path: Path
) -> None:
    for name in ("a:b.mp4", "--sout=x.mp4", "talk.mp4 :sout=#file{dst=evil}", "ünïcödé %41 ?#.mp4"):
        (tmp_path / name).symlink_to(talk)
        vlc.player.open(tmp_path / name)
        vlc.until_open()
        assert vlc.player.state is PlayerState.PAUSED
    assert sorted(path.name for path in tmp_path.iterdir() if not path.is_symlink()) == []
