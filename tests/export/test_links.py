"""Links into recordings, for the forms of addresses that people really paste."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.export import links
from tests.export import link_page

PAGE = Path(__file__).parents[2] / "docs" / "links.md"

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=65s"
VIMEO = "https://vimeo.com/76979871#t=65s"
PEERTUBE = "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv?start=1m5s"
UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
CCC = "https://media.ccc.de/v/34c3-9195-everything#t=65"

AT_65_S = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "http://youtube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PLj6h78yzYM2P&index=3": YOUTUBE,
    "https://www.youtube.com/watch?list=PLj6h78yzYM2P&v=dQw4w9WgXcQ&t=12s": YOUTUBE,
    "https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share": YOUTUBE,
    "https://music.youtube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "https://youtu.be/dQw4w9WgXcQ": YOUTUBE,
    "https://youtu.be/dQw4w9WgXcQ?si=abcdefghijklmnop&t=30": YOUTUBE,
    "https://www.youtube.com/shorts/dQw4w9WgXcQ": YOUTUBE,
    "https://www.youtube.com/live/dQw4w9WgXcQ?si=x": YOUTUBE,
    "https://www.youtube.com/embed/dQw4w9WgXcQ?start=4": YOUTUBE,
    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ": YOUTUBE,
    "https://vimeo.com/76979871": VIMEO,
    "https://www.vimeo.com/channels/staffpicks/76979871": VIMEO,
    "https://player.vimeo.com/video/76979871?title=0#t=3s": VIMEO,
    "https://vimeo.com/76979871/8272103f6e": "https://vimeo.com/76979871/8272103f6e#t=65s",
    "https://player.vimeo.com/video/76979871?h=8272103f6e": "https://vimeo.com/76979871/8272103f6e#t=65s",
    "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv": PEERTUBE,
    "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv?start=3s": PEERTUBE,
    f"https://peertube.example:9000/videos/watch/{UUID}": (
        f"https://peertube.example:9000/videos/watch/{UUID}?start=1m5s"
    ),
    f"https://framatube.org/videos/embed/{UUID}": f"https://framatube.org/videos/watch/{UUID}?start=1m5s",
    "https://media.ccc.de/v/34c3-9195-everything": CCC,
    "https://media.ccc.de/v/34c3-9195-everything#t=2": CCC,
    "https://example.org/talks/One%20Talk.MP4?token=1#x": "https://example.org/talks/One%20Talk.MP4?token=1#t=65",
    "https://example.org/episode-7.opus": "https://example.org/episode-7.opus#t=65",
    "HTTPS://WWW.YouTube.COM/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=1m5s": YOUTUBE,
    "https://www.youtube.com/watch/dQw4w9WgXcQ": YOUTUBE,
    "https://youtu.be/dQw4w9WgXcQ&t=30": YOUTUBE,
    "https://me:secret@www.youtube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "  https://youtu.be/dQw4w9WgXcQ\n": YOUTUBE,
    "https://vimeo.com/76979871#t=30s": VIMEO,
    "https://vimeo.com/manage/videos/76979871": VIMEO,
    f"https://framatube.org/w/{UUID}": f"https://framatube.org/w/{UUID}?start=1m5s",
    "https://me:secret@framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv": PEERTUBE,
    "https://media.ccc.de/de/v/34c3-9195-everything": CCC,
    "https://example.org/One Talk.mp4": "https://example.org/One%20Talk.mp4#t=65",
    "https://EXAMPLE.org:8443/a.mp4": "https://example.org:8443/a.mp4#t=65",
    "https://me:secret@example.org/a.mp4": "https://example.org/a.mp4#t=65",
    "http://münchen.example/v.mp3": "http://münchen.example/v.mp3#t=65",
    "http://[2001:db8::1]:8080/a.mp4": "http://[2001:db8::1]:8080/a.mp4#t=65",
    "https://example.org/a\u202e4pm.mp4": "https://example.org/a%E2%80%AE4pm.mp4#t=65",
}


@pytest.mark.parametrize(("address", "link"), AT_65_S.items())
def test_the_link_at_65_seconds(address: str, link: str) -> None:
    assert links.deep_link(address, 65_999) == link


@pytest.mark.parametrize(
    "address",
    [
        "",
        "istio.mp4",
        "/home/someone/istio.mp4",
        "file:///home/someone/istio.mp4",
        "javascript:alert(1)//youtu.be/dQw4w9WgXcQ",
        "ftp://example.org/talk.mp4",
        "https://",
        "https://[not-an-address/talk.mp4",
        "https://example.org:99999999/talk.mp4",
        "https://www.youtube.com/playlist?list=PLj6h78yzYM2P",
        "https://www.youtube.com/watch?v=too-short",
        "https://evil.example/watch?v=dQw4w9WgXcQ",
        "https://vimeo.com/blog/post",
        "https://framatube.org/w/p/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://evil.example\\@example.org/a.mp4",
        "https://ex\u202eample.org/a.mp4",
        "https://ex ample.org/a.mp4",
        "https://ex%61mple.org/a.mp4",
        "https://kubecon.example/schedule/istio",
    ],
)
def test_what_cannot_be_opened_at_a_moment_gets_no_link(address: str) -> None:
    assert links.deep_link(address, 65_000) == ""


def test_a_note_without_a_stamp_has_no_link() -> None:
    assert links.deep_link("https://youtu.be/dQw4w9WgXcQ", None) == ""


def test_the_offset_is_added_and_never_leads_before_the_start() -> None:
    page = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t="
    assert links.deep_link("https://youtu.be/dQw4w9WgXcQ", 65_000, 12_500) == page + "77s"
    assert links.deep_link("https://youtu.be/dQw4w9WgXcQ", 65_000, -90_000) == page + "0s"


def test_peertube_takes_hours() -> None:
    link = links.deep_link("https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv", 3_725_000)
    assert link.endswith("?start=1h2m5s")


@pytest.mark.parametrize(
    "same",
    [
        [address for address, link in AT_65_S.items() if link == YOUTUBE],
        [address for address, link in AT_65_S.items() if "vimeo" in link],
        ["https://media.ccc.de/v/34c3-9195-everything", "http://media.ccc.de/v/34c3-9195-everything/"],
        [
            "https://www.example.org/talks/1/?utm_source=feed&b=2&a=1#top",
            "http://example.org/talks/1?a=1&b=2",
            "https://example.org:443/talks/1?b=2&a=1",
        ],
        ["https://example.org/a.mp4", "https://example.org/a.mp4#t=65"],
        ["https://example.org/a b.mp4", "https://me:secret@EXAMPLE.org/a%20b.mp4"],
        [
            "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
            f"https://framatube.org/videos/watch/{UUID.upper()}",
        ],
        ["https://münchen.example/a", "https://xn--mnchen-3ya.example/a"],
    ],
)
def test_addresses_of_one_recording_have_one_identity(same: list[str]) -> None:
    assert len(same) > 1
    assert len({links.identity(address) for address in same}) == 1


def test_different_recordings_have_different_identities() -> None:
    different = [
        "https://youtu.be/dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcR",
        "https://vimeo.com/76979871",
        "https://media.ccc.de/v/34c3-9195-everything",
        "https://example.org/talk?id=1",
        "https://example.org/talk?id=2",
        "https://example.org:8080/talk?id=1",
        "https://music.example.org/talk?id=1",
        "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://framatube.org:8080/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "istio.mp4",
    ]
    assert len({links.identity(address) for address in different}) == len(different)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://example.org/a, or not", "https://example.org/a"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("https://en.wikipedia.org/wiki/C_(language).", "https://en.wikipedia.org/wiki/C_(language)"),
        ("(see https://en.wikipedia.org/wiki/C_(language))", "https://en.wikipedia.org/wiki/C_(language)"),
        ("“https://example.org/?q=a&b=c#d”", "https://example.org/?q=a&b=c#d"),
        ("https://ex.org/\u202egnp.exe", "https://ex.org/"),
        ("https://ex.org/a\u200bb", "https://ex.org/a"),
    ],
)
def test_addresses_are_found_without_the_signs_of_the_sentence(text: str, address: str) -> None:
    [(start, end)] = links.addresses(text)
    assert text[start:end] == address


def test_the_page_of_links_is_true() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_bytes(link_page.markdown().encode())
    assert PAGE.read_text(encoding="utf-8") == link_page.markdown()


def test_all_addresses_of_the_page_that_lead_to_a_moment_are_of_one_recording_for_each_site() -> None:
    for site in ("YouTube", "Vimeo", "PeerTube, wherever it runs", "media.ccc.de"):
        at_a_moment = [one for one in link_page.ADDRESSES[site] if links.deep_link(one, 0)]
        assert len(at_a_moment) >= len(link_page.ADDRESSES[site]) - 2
        recordings = {links.identity(one).rpartition("/")[2] for one in at_a_moment}
        assert len(recordings) == 1


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://me:secret@example.org/a?b#c", "https://example.org/a?b#c"),
        ("https://me@example.org:8080", "https://example.org:8080"),
        ("https://a@b@example.org/@c", "https://example.org/@c"),
        ("https://example.org/ a\tb", "https://example.org/%20a%09b"),
        ("https://ex.org/\u202egnp.exe", "https://ex.org/%E2%80%AEgnp.exe"),
        ("mailto:me@example.org", ""),
        ("//example.org/a", ""),
    ],
)
def test_what_leaves_holds_no_password_and_nothing_hidden(address: str, public: str) -> None:
    assert links.public(address) == public


@given(st.text(st.sampled_from(list("aA0:/?#@[]%\\.& \t\n\u202e\u200bé\0=-")), max_size=20))
def test_any_address_is_public_without_a_password_or_not_at_all(rest: str) -> None:
    address = f"https://{rest}"
    public = links.public(address)
    assert public == "" or links.public(public) == public
    assert "@" not in public.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0]
    assert public.isprintable()
    if link := links.deep_link(address, 1000):
        assert link.startswith(("https://", "http://"))
        assert link.isprintable()
    assert links.identity(address)
