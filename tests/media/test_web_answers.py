"""What yt-dlp prints, made into values; what is hostile in it comes out harmless."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktopnotes.media import web_answers
from desktopnotes.media.web_answers import Answer, Captions, choose_captions, read_entry, read_page
from desktopnotes.media.web_page import Entry, Listing, Page, Stream

ASKED = "https://talks.example/1"
FILE = "https://talks.example/1.mp4"
M3U8 = {"protocol": "m3u8_native"}


def page_line(formats: object = None, languages: str = "NA", automatic: str = "NA", **said: Any) -> str:
    told = {"title": "One", "url": FILE, "protocol": "https", **said}
    return f"page\t{json.dumps(told)}\t{json.dumps(formats) if formats else 'NA'}\t{languages}\t{automatic}\n"


def read(line: str) -> Answer:
    answer = read_page(line, ASKED)
    assert isinstance(answer, Answer)
    return answer


def test_what_is_no_answer_is_passed_over() -> None:
    for line in (
        "",
        "page",
        "page\t",
        "page\t{",
        "page\t[]\tNA\tNA",
        "WARNING: page",
        "page\t" + "[" * 100_000,
    ):
        assert read_page(line, ASKED) is None


def test_a_page_with_nothing_in_it_is_a_page() -> None:
    answer = read("page\t{}\tNA\tNA\tNA")
    assert answer.page == Page(ASKED, ASKED)
    assert answer.stream is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("  Two \n lines\tand\u2028more ", "Two lines and more"),
        ("\u202etxt.exe\u2066", "txt.exe"),
        ("a\x00b\x1b[31mc\x7f", "a b [31mc"),
        ("\ud800half", "half"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("🏳️‍🌈 Family 👨‍👩‍👧", "🏳️‍🌈 Family 👨‍👩‍👧"),
        ("\u200b\n", ""),
        ("👩‍💻 talks", "👩‍💻 talks"),
        ("<b>x</b> &amp; ../..", "<b>x</b> &amp; ../.."),
        (["no", "text"], ""),
        (None, ""),
    ],
)
def test_titles_become_one_harmless_line(said: object, told: str) -> None:
    assert web_answers.one_line(said) == told


def test_a_title_without_end_is_cut() -> None:
    cut = web_answers.one_line("x" * 1_000_000)
    assert len(cut) == 300
    assert cut.endswith("…")


@pytest.mark.parametrize(
    "said",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://talks.example/x",
        "rtmp://talks.example/x",
        "//talks.example/x",
        "https://",
        "https://[::1",
        "https://talks.example:99999/",
        "https://talks.example/a b",
        "https://talks.example/\r\nHost: evil",
        "https://talks.example/\u202e",
        "https://talks.example/" + "x" * 10_000,
        7,
        None,
    ],
)
def test_only_addresses_of_the_web_are_taken(said: object) -> None:
    assert web_answers.address(said) == ""
    answer = read(page_line(url=said, webpage_url=said))
    assert answer.stream is None
    assert answer.page.url == ASKED


def test_what_yt_dlp_notes_behind_an_address_is_taken_off() -> None:
    smuggled = f"{FILE}#__youtubedl_smuggle=%7B%22force_videoid%22%3A+%22g1%22%7D"
    assert web_answers.address(smuggled) == FILE


@pytest.mark.parametrize("said", [-1, 0, "60", True, None, [], 1e300, float("inf"), float("nan"), 10**400])
def test_lengths_that_cannot_be_are_none(said: object) -> None:
    assert web_answers.duration_ms(said) == 0
    assert read(page_line(duration=said)).page.duration_ms == 0


def test_chapters_are_sorted_and_bounded() -> None:
    said: list[Any] = [{"start_time": n, "title": f"C{n}"} for n in range(20, 0, -1)]
    said += [{"start_time": 5, "title": "twice"}, {"start_time": 99, "title": "past the end"}]
    said += [{"start_time": -1, "title": "before"}, {"title": "no time"}, {"start_time": 3}, "x", None]
    chapters = read(page_line(duration=60, chapters=said)).page.chapters
    assert [chapter.at_ms for chapter in chapters] == [n * 1000 for n in range(1, 21)]
    assert chapters[4].title == "C5"
    many = [{"start_time": n, "title": "x"} for n in range(5_000)]
    assert len(read(page_line(chapters=many)).page.chapters) == 1_000
    assert read(page_line(chapters="all")).page.chapters == ()


def test_speakers_are_those_whom_the_page_lists_and_no_uploader() -> None:
    assert read(page_line(cast=["Ada\n L.", "Ada L.", "", 3])).page.speakers == ("Ada L.",)
    assert read(page_line(creators=["Studio"], extractor_key="Youtube")).page.speakers == ()
    assert read(page_line(creator="Ada, Bob", extractor_key="CCC")).page.speakers == ("Ada", "Bob")


def test_picture_and_sound_apart_are_two_addresses() -> None:
    picture = {"url": FILE, "protocol": "https", "vcodec": "avc1", "acodec": "none", "height": 720, "fps": 25}
    picture["http_headers"] = {"User-Agent": "Browser/1", "Referer": "https://talks.example/"}
    sound = {"url": f"{FILE}?sound", "protocol": "https", "vcodec": "none", "acodec": "mp4a"}
    for formats in ([picture, sound], [sound, picture]):
        assert read(page_line(formats)).stream == Stream(
            FILE, f"{FILE}?sound", "Browser/1", "https://talks.example/", 720, 25.0
        )


def test_pieces_of_one_manifest_are_left_to_the_player() -> None:
    whole = "https://talks.example/all.m3u8"
    parts = [
        {"url": f"https://talks.example/{kind}.m3u8", "manifest_url": whole, "vcodec": codec} | M3U8
        for kind, codec in (("picture", "avc1"), ("sound", "none"))
    ]
    assert read(page_line(parts)).stream == Stream(whole)
    assert read(page_line(parts[:1])).stream == Stream(whole), "nobody knows whether there is sound in it"
    both = {**parts[0], "acodec": "mp4a"}
    assert read(page_line([both])).stream == Stream("https://talks.example/picture.m3u8")
    pieces = {"url": FILE, "protocol": "http_dash_segments", "manifest_url": "https://talks.example/all.mpd"}
    assert read(page_line([pieces])).stream == Stream("https://talks.example/all.mpd")


def test_headers_that_would_be_more_than_one_are_dropped() -> None:
    headers = {"User-Agent": "x\r\nCookie: y", "Referer": "file:///etc"}
    stream = read(page_line(http_headers=headers, height=1e12, fps=-1)).stream
    assert stream == Stream(FILE)


def test_addresses_that_the_site_refuses_for_some_seconds_say_so() -> None:
    parts = [{"url": FILE, "available_at": 100}, {"url": FILE, "vcodec": "none", "available_at": 120}]
    assert read(page_line(parts)).from_s == 120
    assert read(page_line()).from_s == 0


def test_a_list_is_told_by_its_entries() -> None:
    for said in ({"_type": "url"}, {"_type": "url_transparent"}, {"playlist_index": 1, "playlist_count": 2}):
        listing = read_page(page_line(playlist_title="All\ntalks", **said), ASKED)
        assert listing == Listing(ASKED, "All talks")
    assert isinstance(read_page(page_line(playlist_index=1, playlist_count=1), ASKED), Answer)


def entry(**said: Any) -> Entry | None:
    return read_entry(f"entry\t{json.dumps(said)}\n")


def test_entries() -> None:
    assert entry(_type="url", url=ASKED, title="One", duration=2.5) == Entry(ASKED, "One", 2500)
    assert entry(_type="url", url=ASKED) == Entry(ASKED)
    assert entry(url=FILE, webpage_url=ASKED) == Entry(FILE), "several on one page have only their files"
    assert entry(url="https://x.example/m.m3u8", webpage_url=ASKED) == Entry(ASKED)
    assert entry(_type="url", url="file:///etc/passwd") is None
    assert entry(_type="url", title="no address") is None
    assert entry(_type="url", url=ASKED, title="[Private video]") is None
    assert read_entry("entry\tnull") is None
    assert read_entry("WARNING: x") is None


def test_a_tab_of_a_channel_is_a_list_in_a_list() -> None:
    assert web_answers.is_list('entry\t{"ie_key": "YoutubeTab"}')
    assert not web_answers.is_list('entry\t{"ie_key": "Youtube"}')
    assert not web_answers.is_list("entry")


@pytest.mark.parametrize(
    ("authored", "automatic", "spoken", "wished", "best"),
    [
        ("de, en", "NA", "en", ("de", "en"), Captions("de", False)),
        ("en-GB", "en", "en", ("en",), Captions("en-GB", False)),
        ("pt_BR", "NA", "", ("pt-PT",), Captions("pt_BR", False)),
        ("fr, en", "NA", "fr", ("de",), Captions("fr", False)),
        ("NA", "af, de, en-orig, en", "en", ("de",), Captions("en-orig", True)),
        ("NA", "af, de, en-orig, en", "", ("de",), Captions("en-orig", True)),
        ("NA", "af, de", "", ("de",), Captions("de", True)),
        ("fr", "en", "en", ("en",), Captions("en", True)),
        ("ja", "NA", "", ("en",), Captions("ja", False)),
        ("live_chat, rechat, danmaku", "NA", "en", ("en",), None),
        ("../../x, a b", "NA", "", ("en",), None),
        ("NA", "NA", "en", ("en",), None),
    ],
)
def test_the_best_captions(
    authored: str, automatic: str, spoken: str, wished: tuple[str, ...], best: Captions | None
) -> None:
    answer = read(page_line(None, authored, automatic, language=spoken or None))
    assert choose_captions(answer, wished) == best


def test_the_titles_of_an_entry_and_its_list_are_harmless_when_they_come() -> None:
    told = entry(_type="url", url=ASKED, title="Two\nlines\u202e", playlist_title="A\n\x00Conference")
    assert told == Entry(ASKED, "Two lines", list_title="A Conference")
