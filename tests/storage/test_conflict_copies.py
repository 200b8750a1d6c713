"""Which files beside a notebook are other versions of it, and what is read of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec, conflict_copies

COPIES = [
    "a.talknotes.sync-conflict-20260101-120000-ABCDEF7.json",
    "a.sync-conflict-20260101-120000-ABCDEF7.talknotes.json",
    "a.talknotes.sync-conflict-20260101-120000.json",
    "a.talknotes (Ann's conflicted copy 2026-01-01).json",
    "a.talknotes (Ann’s Case Conflict).json",
    "a (conflicted copy 2026-01-01 120000).talknotes.json",
    "a.talknotes (conflicted copy 2026-01-01 120000).json",
    "a.talknotes (In Konflikt stehende Kopie von Ann 2026-01-01).json",
    "a.talknotes (Copie en conflit de Ann 2026-01-01).json",
    "a.talknotes_conflict-20260101-120000.json",
]
OTHERS = [
    "a.talknotes.json",
    "b.talknotes.sync-conflict-20260101-120000-ABCDEF7.json",
    "a copy.talknotes.json",
    "a (2).talknotes.json",
    "a.talknotes.sync-conflict-20260101-120000-ABCDEF7.json.tmp",
    ".syncthing.a.talknotes.json.tmp",
    "aXtalknotes (conflicted copy).json",
    "a (solved conflict) more.talknotes.json",
]


@pytest.mark.parametrize("name", ["a.talknotes.json", "a.json", "Kön [1] (x).talknotes.json"])
def test_copies_are_found_by_their_names_whatever_the_notebook_is_called(tmp_path: Path, name: str) -> None:
    stem, _, suffix = name.partition(".")
    for each in (*COPIES, *OTHERS):
        renamed = each.replace(".talknotes.json", f".{suffix}")
        if suffix == "json":
            renamed = renamed.replace(".talknotes", "").replace("aXtalknotes", "aX")
        (tmp_path / renamed.replace("a", stem, 1)).write_text("")
    found = {path.name for path in conflict_copies.beside(tmp_path / name)}
    expected = {
        (one.replace(".talknotes", "") if suffix == "json" else one).replace("a", stem, 1) for one in COPIES
    }
    assert found == expected


def test_an_accent_may_be_written_apart(tmp_path: Path) -> None:
    (tmp_path / "Ko\u0308n.talknotes (conflicted copy).json").write_text("")
    assert len(conflict_copies.beside(tmp_path / "K\u00f6n.talknotes.json")) == 1
    assert conflict_copies.beside(tmp_path / "gone" / "a.talknotes.json") == ()


def test_what_cannot_be_read_says_why_and_is_never_taken_away(tmp_path: Path) -> None:
    damaged, newer, fifo, whole = (tmp_path / name for name in "abcd")
    content = codec.encode(Notebook("n"))
    damaged.write_bytes(content[:30])
    newer.write_bytes(content.replace(b'"version": 1', b'"version": 7'))
    os.mkfifo(fifo)
    whole.write_bytes(content)
    for path, why in ((damaged, "cannot be opened"), (newer, "newer version"), (fifo, "no regular file")):
        copy = conflict_copies.read(path)
        assert copy.notebook is None
        assert why in copy.why
    copy = conflict_copies.read(whole)
    assert copy.notebook == Notebook("n")
    whole.write_bytes(content + b" ")
    assert not conflict_copies.remove(copy)
    assert conflict_copies.remove(conflict_copies.read(whole))
    assert not whole.exists()
    assert not conflict_copies.remove(copy)
