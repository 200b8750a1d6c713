"""The last export of each place: kept whole, found again, bounded; a broken one is as none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktopnotes.model.errors import WriteError
from desktopnotes.storage import exported_texts
from desktopnotes.storage.exported_texts import Last, Made


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    assert exported_texts.last(first, "me") is None
    made = Last("Über\r\n🎉 \x00", "me", {"/x/y.webp": Made("slide.png:1", "ab")})
    exported_texts.keep(first, made)
    exported_texts.keep(second, Last("two", "me"))
    assert exported_texts.last(first, "me") == made
    assert exported_texts.last(second, "me") == Last("two", "me")
    exported_texts.keep(first, Last("again", "me"))
    assert exported_texts.last(first, "me") == Last("again", "me")


def test_one_file_has_one_name_by_whatever_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    exported_texts.keep(tmp_path / "link" / "a.md", Last("text", "me"))
    assert exported_texts.last(tmp_path / "real" / "a.md", "me") == Last("text", "me")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"path": 1}', b"[" * 100_000, b'{"path": "/other", "text": ""}'],
)
def test_a_broken_one_is_as_none(tmp_path: Path, content: bytes) -> None:
    exported_texts.keep(tmp_path / "a.md", Last("text", "me"))
    [kept] = exported_texts.folder().iterdir()
    kept.write_bytes(content)
    assert exported_texts.last(tmp_path / "a.md", "me") is None
    exported_texts.keep(tmp_path / "a.md", Last("text", "me"))
    assert exported_texts.last(tmp_path / "a.md", "me") == Last("text", "me")


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported_texts, "_MOST", 3)
    for number in range(5):
        exported_texts.keep(tmp_path / f"{number}.md", Last("text", "me"))
        for age, kept in enumerate(sorted(exported_texts.folder().iterdir(), key=os.path.getmtime)):
            os.utime(kept, (age, age))
    assert [bool(exported_texts.last(tmp_path / f"{number}.md", "me")) for number in range(5)] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_they_are_bounded_in_size_but_the_newest_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported_texts, "_MOST_BYTES", 1000)
    exported_texts.keep(tmp_path / "a.md", Last("x" * 600, "me"))
    exported_texts.keep(tmp_path / "b.md", Last("x" * 700, "me"))
    assert exported_texts.last(tmp_path / "a.md", "me") is None
    assert exported_texts.last(tmp_path / "b.md", "me") is not None


def test_where_it_cannot_be_kept_it_says_so(tmp_path: Path) -> None:
    exported_texts.folder().parent.mkdir(parents=True, exist_ok=True)
    exported_texts.folder().write_text("a file in its place")
    with pytest.raises(WriteError):
        exported_texts.keep(tmp_path / "a.md", Last("text", "me"))


def test_what_another_post_wrote_there_is_not_known(tmp_path: Path) -> None:
    mine = exported_texts.whose("notebook", "post1")
    exported_texts.keep(tmp_path / "a.md", Last("text", mine))
    assert exported_texts.last(tmp_path / "a.md", mine) == Last("text", mine)
    others = (("notebook", "post2"), ("other", "post1"), ("notebook", "post1", "csv"))
    for other in others:
        assert exported_texts.last(tmp_path / "a.md", exported_texts.whose(*other)) is None
