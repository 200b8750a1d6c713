"""What a text says of the web: which addresses are in it, and what is told where there is none."""

from __future__ import annotations

import pytest

from desktopnotes.actions import addresses
from desktopnotes.model.errors import UserError

TALK = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TALK, [TALK]),
        (f"  {TALK}\r\n", [TALK]),
        (f"Look: {TALK}.", [TALK]),
        (f"<{TALK}>", [TALK]),
        (f"[The talk]({TALK})", [TALK]),
        (f"\ufeff{TALK}\u200b", [TALK]),
        ("Look here (https://example.org/a_(b)), said Ann", ["https://example.org/a_(b)"]),
        ("youtu.be/dQw4w9WgXcQ", ["https://youtu.be/dQw4w9WgXcQ"]),
        ("HTTP://Example.org/Talk", ["http://Example.org/Talk"]),
        ("http://[::1]:8000/a.mp4", ["http://[::1]:8000/a.mp4"]),
        ("http://localhost:8000/a.mp4", ["http://localhost:8000/a.mp4"]),
        ("https://a.org/1\nhttps://a.org/2\n\nhttps://a.org/1", ["https://a.org/1", "https://a.org/2"]),
        ("https://a.org/1 https://a.org/2", ["https://a.org/1", "https://a.org/2"]),
        ("1. https://a.org/1\n2. https://a.org/2,\n", ["https://a.org/1", "https://a.org/2"]),
        ("- https://a.org/1\n• <https://a.org/2>", ["https://a.org/1", "https://a.org/2"]),
    ],
)
def test_the_addresses_in_a_text(text: str, found: list[str]) -> None:
    assert list(addresses.in_text(text)) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no text on the clipboard"),
        (" \n\t", "no text on the clipboard"),
        ("KubeCon 2017", "“KubeCon 2017” holds no address"),
        ("talk.mp4", "holds no address"),
        ("file:///etc/passwd", "is a file on a computer"),
        ("javascript:alert(1)", "is no address of a page"),
        ("ftp://example.org/a.mp4", "is no address of a page"),
        ("data:text/html,x", "is no address of a page"),
        ("rtsp://example.org/a", "is no address of a page"),
        ("Ann saw https://a.org/1 and https://a.org/2", "2 addresses in the midst of a text"),
        ("https://a.org/1\nwas dull\nhttps://a.org/2", "2 addresses in the midst of a text"),
        (f"https://a.org/{'a' * 100_000}", "100,014 characters long"),
        ("a" * 300_000, "far too much text"),
        ("https://a.org/\x00x", "characters in that address"),
        ("https://a.org/\u202ex", "characters in that address"),
        ("https://youtube.com@evil.org/x", "name or password"),
        ("https://ann:secret@example.org/x", "name or password"),
        ("https://", "names no site"),
        ("https://a.org:999999/x", "names no site"),
        ("http://[broken/x", "names no site"),
    ],
)
def test_what_is_no_address_gets_a_sentence_of_a_usual_length(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told) as told_of:
        addresses.in_text(text)
    assert "Nothing was added." in told_of.value.message
    assert told_of.value.hint
    assert len(str(told_of.value)) < 250
    assert "secret" not in str(told_of.value)
    assert str(told_of.value).isprintable()


def test_a_whole_address_may_hold_spaces() -> None:
    assert addresses.checked("https://a.org/my talk.mp4") == "https://a.org/my%20talk.mp4"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/playlist?list=PLx",
        "https://music.youtube.com/playlist?list=PLx",
        "https://vimeo.com/showcase/123",
        "https://vimeo.com/album/123",
        "https://media.ccc.de/c/34c3",
        "https://media.ccc.de/b/congress/2017",
        "https://tube.example.org/w/p/8aVJXGrvQGr9bPYHXv6a6V",
    ],
)
def test_lists_by_their_shape(address: str) -> None:
    assert addresses.is_list(address)
    assert not addresses.is_endless(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/@NDC",
        "https://youtube.com/@NDC/videos",
        "https://www.youtube.com/channel/UCx",
        "https://www.youtube.com/c/NDC",
        "https://tube.example.org/c/talks/videos",
        "https://example.org/podcast.xml",
        "https://example.org/feed/",
        "https://feeds.example.org/talks",
    ],
)
def test_channels_and_feeds_are_lists_without_an_end(address: str) -> None:
    assert addresses.is_list(address)
    assert addresses.is_endless(address)


@pytest.mark.parametrize(
    "address",
    [
        TALK,
        f"{TALK}&list=PLx&index=3",
        "https://youtu.be/dQw4w9WgXcQ?list=PLx",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://vimeo.com/123",
        "https://vimeo.com/showcase/123/video/456",
        "https://vimeo.com/channels/staffpicks/123",
        "https://media.ccc.de/v/34c3-9195",
        "https://tube.example.org/w/8aVJXGrvQGr9bPYHXv6a6V",
        "https://example.org/talk.mp4",
        "https://example.org/",
    ],
)
def test_a_talk_is_no_list(address: str) -> None:
    assert not addresses.is_list(address)
