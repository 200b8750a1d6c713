"""Files that are damaged, endless, or of another kind: they are told of, and take no time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.export.importing import decoding, lines, posts, reading
from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Notebook
from tests.export.importing.files import notes_in, taken

TIMED = "0:10 größer\n0:20 é\n"


@pytest.mark.parametrize(
    "content",
    [
        TIMED.encode("utf-16"),
        TIMED.encode("utf-16-le"),
        TIMED.encode("utf-8-sig"),
        TIMED.encode("latin-1"),
        TIMED.replace("\n", "\r\n").encode(),
        TIMED.replace("\n", "\r").encode(),
        TIMED.replace("r", "r\0").encode(),
        TIMED.rstrip("\n").encode(),
    ],
    ids=["utf-16", "utf-16-le", "bom", "latin-1", "crlf", "cr", "nul", "no end"],
)
def test_text_of_every_encoding(tmp_path: Path, content: bytes) -> None:
    found = notes_in(tmp_path, content)
    assert [(n.at_ms, n.text) for n in found.notes] == [(10_000, "größer"), (20_000, "é")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\0\0\0\0", "empty"),
        (bytes(range(256)) * 100, "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 1000, "no text"),
        (b"just words\nand more\n", "no line that starts with a time"),
        (b"<!-- " * 10_000, "no line that starts with a time"),
        (b"[" * 100_000, "no line that starts with a time"),
        (b"{" * 100_000, "no line that starts with a time"),
        (b"- [" * 30_000, "no line that starts with a time"),
        (b"  - a\n" * 3000, "no line that starts with a time"),
        (b"> " * 50_000, "no line that starts with a time"),
    ],
    ids=str,
)
def test_what_is_no_notes_is_told_at_once(tmp_path: Path, content: bytes, said: str) -> None:
    start = time.monotonic()
    with pytest.raises(ReadError, match=said):
        notes_in(tmp_path, content)
    assert time.monotonic() - start < 5


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(ReadError, match=f"larger than {decoding.LIMIT_BYTES // 1_000_000} MB"):
        reading.read(tmp_path / "big.txt")


def test_more_lines_than_anybody_writes_are_bounded_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST_LINES", 2_000)
    monkeypatch.setattr(reading, "_MOST", 1_000)
    monkeypatch.setattr(reading, "_LONGEST_POST", 1_000)
    found = notes_in(tmp_path, "0:10 x\n" * 10_000)
    assert len(found.notes) == 1_000
    assert any("8,001 lines were not read" in one.why for one in found.unread)
    assert any("1,000 more notes" in one.text for one in found.unread)


def test_a_line_without_an_end_is_listed(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "0:10 a\n0:20 " + "x" * 1_000_000)
    assert [n.text for n in found.notes] == ["a"]
    assert found.unread[0].line == 2


@given(st.text(st.sampled_from("0123:.-[]()<>*`# \n\tax|\\&{}\"'=+~_"), max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    post = posts.read(text, lambda: None)
    if post is not None:
        once = taken(Notebook("n"), post).notebook
        assert taken(once, post).notebook == once
