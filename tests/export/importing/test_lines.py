"""Lines that begin with times."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.export.importing import times
from tests.export.importing.files import notes_in

LINES = {
    "[12:31] words": (751_000, None),
    "12:31 words": (751_000, None),
    "1:02:03 - words": (3_723_000, None),
    "- 12:31 words": (751_000, None),
    "* [12:31] words": (751_000, None),
    "1. 12:31 words": (751_000, None),
    "- [ ] 12:31 words": (751_000, None),
    "**12:31** words": (751_000, None),
    "**12:31:** words": (751_000, None),
    "`12:31` words": (751_000, None),
    "(12:31) words": (751_000, None),
    "12:31.5 words": (751_500, None),
    "[00:12:31,250] words": (751_250, None),
    "12:31–12:45 words": (751_000, 765_000),
    "00:12:31.500 --> 00:12:33.000 words": (751_500, 753_000),
    "12m31s words": (751_000, None),
    "[12:31](#12:31?) words": (751_000, None),
    "[12:31](https://youtu.be/abcdefghijk?t=751) words": (751_000, None),
    "[words](https://vimeo.com/1#t=751s)": (751_000, None),
    "12:31 | words": (751_000, None),
    "\ufeff12:31\twords": (751_000, None),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_begins_with_a_time_is_a_note(tmp_path: Path, line: str) -> None:
    note = notes_in(tmp_path, line).notes[0]
    assert (note.text, note.at_ms, note.end_ms) == ("words", *LINES[line])


@pytest.mark.parametrize(
    "line", ["10:30am tea", "3:2 won", "12:31words", "5 min", "2018-01-12 x", "[99:99] x", "1:60 x"]
)
def test_other_lines_are_none(line: str) -> None:
    assert times.timed(line) is None


ADDRESSES = {
    "https://www.youtube.com/watch?v=abcdefghijk&t=65s": 65_000,
    "https://youtu.be/abcdefghijk?t=65": 65_000,
    "https://www.youtube.com/embed/abcdefghijk?start=65": 65_000,
    "https://www.youtube.com/watch?time_continue=65&v=abcdefghijk": 65_000,
    "https://vimeo.com/1#t=65s": 65_000,
    "https://vimeo.com/1#t=1m5s": 65_000,
    "https://tube.example.org/w/kk?start=1m5s": 65_000,
    "https://media.ccc.de/v/x#t=65": 65_000,
    "https://example.org/a.mp4#t=65,70": 65_000,
    "https://example.org/a.mp4#t=npt:1:05": 65_000,
    "https://example.org/a.mp4#t=1:01:05.5": 3_665_500,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_time_in_an_address_is_read(address: str) -> None:
    found = times.in_address(address)
    assert found is not None
    assert found[0] == ADDRESSES[address]


def test_what_cannot_be_read_is_listed_with_its_line(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "My notes\n\n12:31 one\n  more\n\nand more\n[99:99] wrong\n---\n12:40 > two\n")
    assert [(n.text, n.kind) for n in found.notes] == [("one\nmore\n\nand more", "thought"), ("two", "quote")]
    assert [(u.line, u.text) for u in found.unread] == [(1, "My notes"), (7, "[99:99] wrong"), (8, "---")]


def test_times_may_stand_behind_the_titles(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "Chapters:\nIntro 0:00\nThe demo - 1:10\nEnd (2:10)\n")
    assert [(n.at_ms, n.text) for n in found.notes] == [(0, "Intro"), (70_000, "The demo"), (130_000, "End")]
    assert found.may_be_chapters
    assert [u.text for u in found.unread] == ["Chapters:"]
