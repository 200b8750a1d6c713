"""Texts and pictures that want to deceive or to hold up the window."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tkinter import ttk

import pytest
from PIL import Image

from desktopnotes import pictures
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.storage import codec
from tests.ui.conftest import Desk, talk_with

OpenDesk = Callable[..., Desk]

TRICKS = "Ann\u202e\u2067 gpj.exe\0\n\x1b[2J\u2028& _x %s {a} [exit] $b"
SHOWN = "Ann gpj.exe   [2J & _x %s {a} [exit] $b"


def all_rows(tree: ttk.Treeview, parent: str = "") -> list[str]:
    rows = list(tree.get_children(parent))
    return rows + [below for row in rows for below in all_rows(tree, row)]


def test_a_title_cannot_turn_end_or_break_what_stands_around_it(open_desk: OpenDesk, tmp_path: Path) -> None:
    talk = talk_with("ten", title=TRICKS, speakers=(TRICKS,))
    path = tmp_path / "event.talknotes.json"
    path.write_bytes(codec.encode(Notebook("book1", title=TRICKS, talks=(talk,))))
    desk = open_desk()
    one_line = " ".join(SHOWN.split())
    assert desk.root.title() == f"{one_line} – Desktop Notes"
    named = subprocess.run(
        ["xprop", "-id", desk.root.frame(), "-len", "400", "_NET_WM_NAME", "WM_NAME"],
        capture_output=True,
        check=True,
    )
    assert b"\\n" not in named.stdout
    tree = desk.window.talks.tree
    desk.until(lambda: any("Ann gpj.exe" in str(tree.item(row)) for row in all_rows(tree)), "the row")
    assert not any("\u202e" in str(tree.item(row)) for row in all_rows(tree))
    desk.window.tell(f"“{TRICKS}” is not there.")
    assert desk.window.status.message == f"“{SHOWN}” is not there."
    desk.window.tell_error("x" * 1_000_000)
    desk.window.tell("👩‍💻🏳️‍🌈" * 50 + "\ufffe\U0010ffff")
    desk.type("!")
    assert desk.texts[-1].endswith("!")


def test_a_picture_that_hangs_holds_up_nothing(
    open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one on a network drive that does not answer."""
    folder = tmp_path / "event.pictures"
    folder.mkdir()
    Image.new("RGB", (640, 360), "orange").save(folder / "a.png")
    answers, loads = threading.Event(), pictures.thumbnail

    def hang(*words: object) -> Image.Image:
        answers.wait(20)
        return loads(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "thumbnail", hang)
    talk = talk_with("ten")
    shot = Note("shot", at_ms=20_000, text="a slide", picture="a.png")
    desk = open_desk(replace(talk, notes=(*talk.notes, shot)))
    desk.type("typed meanwhile")
    assert desk.texts[-1] == "typed meanwhile"
    assert desk.window.page.shown_pictures == frozenset()
    answers.set()
    desk.until(lambda: desk.window.page.shown_pictures == {"shot"}, "the picture")
