"""What other programs write: captions, chapters, transcripts, bookmarks, tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktopnotes.model.errors import ReadError
from desktopnotes.model.importing import ReadNote
from desktopnotes.model.notebook import Kind
from tests.export.importing.files import notes_in

SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nHello\nthere\n\n"
    "2\n00:00:99,000 -> 00:01\nx\n\n3\n00:00:03,000 --> 00:00:04,000\nBye\n"
)


def test_each_cue_of_captions_is_a_note(tmp_path: Path) -> None:
    found = notes_in(tmp_path, SRT, "talk.srt")
    first, last = found.notes[0], found.notes[-1]
    assert (first.at_ms, first.end_ms, first.text) == (1000, 2500, "Hello\nthere")
    assert (last.at_ms, last.text) == (3000, "Bye")
    vtt = notes_in(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\nHi <b>you</b>\n\n00:05 --> x\nno\n", "x.txt")
    assert [n.text for n in vtt.notes] == ["Hi you"]
    assert [(u.line, u.text) for u in vtt.unread] == [(6, "00:05 --> x\nno")]


@pytest.mark.parametrize("gap", ["\n", ""])
def test_the_lines_of_a_broken_cue_are_told_and_come_into_no_note(tmp_path: Path, gap: str) -> None:
    broken = f"1\n00:00:01,000 --> 00:00:02,000\nA\n{gap}2\n00:00:xx,000 --> 00:00:04,000\nB\n"
    for text in (broken, f"{broken}\n3\n00:00:05,000 --> 00:00:06,000\nC\n\n12\n"):
        found = notes_in(tmp_path, text, "talk.srt")
        assert [note.text for note in found.notes] == ["A", "C\n12"][: len(found.notes)]
        line = 5 + len(gap)
        assert [(one.line, one.text) for one in found.unread] == [(line, "00:00:xx,000 --> 00:00:04,000\nB")]


def test_chapters_of_podcasts_and_of_yt_dlp(tmp_path: Path) -> None:
    podcast = {"version": "1.2.0", "chapters": [{"startTime": 0, "title": "A"}, {"startTime": 65.5}, 7]}
    found = notes_in(tmp_path, json.dumps(podcast), "chapters.json")
    assert found.notes == (ReadNote("A", 0, kind=Kind.CHAPTER),)
    assert len(found.unread) == 2
    info = {"title": "T", "webpage_url": "https://e.org/a", "chapters": [{"start_time": 1.0, "title": "B"}]}
    talk = notes_in(tmp_path, json.dumps(info), "x.info.json").talks[0]
    assert (talk.title, talk.url, talk.notes[0].at_ms) == ("T", "https://e.org/a", 1000)


def test_otranscribe_and_vlc(tmp_path: Path) -> None:
    span = '<span class="timestamp" data-timestamp="12.3">0:12</span>'
    otr = json.dumps({"text": f"<p>{span} Hello &amp; welcome<br>{span}&nbsp;again</p>", "media": "x"})
    assert [n.text for n in notes_in(tmp_path, otr, "a.otr").notes] == ["Hello & welcome", "again"]
    vlc = "#EXTM3U\n#EXTVLCOPT:bookmarks={name=One,time=12.5},{name=Two,bytes=-1,time=65}\nx.mp4\n"
    assert [(n.text, n.at_ms) for n in notes_in(tmp_path, vlc, "a.m3u").notes] == [
        ("One", 12_500),
        ("Two", 65_000),
    ]


def test_a_row_without_a_time_is_listed(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "Time,Note\n0:10,a\nx,b\n,c\n", "t.csv")
    assert [(note.at_ms, note.text) for note in found.notes] == [(10_000, "a"), (None, "c")]
    assert [(one.line, one.text) for one in found.unread] == [(3, "x, b")]


def test_a_notebook_is_opened_not_imported(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="notebook"):
        notes_in(tmp_path, json.dumps({"format": "desktopnotes"}), "a.json")
