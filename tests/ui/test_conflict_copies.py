"""A conflict copy beside the notebook: offered in the quiet line, merged by a click, settled by keys."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageGrab

from desktopnotes.model import edits
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.storage import codec
from desktopnotes.ui import coming_back
from tests.ui.conftest import TALK, Desk, talk_with

OpenDesk = Callable[..., Desk]

NAME = "event.talknotes.sync-conflict-20260101-120000-ABCDEF7.json"
SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"


@pytest.fixture(autouse=True)
def _looks_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coming_back, "_AFTER_OPENING_MS", 50)


def leave(folder: Path, notebook: Notebook) -> Path:
    path = folder / NAME
    path.write_bytes(codec.encode(notebook))
    return path


def theirs(base: Notebook) -> Notebook:
    changed = edits.set_text(base, TALK, "note2", "two of theirs", "")
    return edits.add_settled(changed, TALK, Note("theirs", 25_000, text="a new one of theirs"))


def offer(desk: Desk, label: str) -> tkinter.Misc | None:
    children = desk.window.status._offers.winfo_children()
    return next((one for one in children if one.cget("text") == label), None)


def click(desk: Desk, button: tkinter.Misc) -> None:
    desk.until(lambda: button.winfo_width() > 1, "the button is drawn")
    desk.click(button, button.winfo_width() // 2, button.winfo_height() // 2)


def picture(desk: Desk, name: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    for theme in ("dark", "light"):
        desk.session.set(theme=theme)
        desk.root.update()
        ImageGrab.grab().save(SCREENS / f"conflict-copy-{name}-{theme}.png")


def test_a_copy_is_offered_merged_by_a_click_and_settled_by_keys(open_desk: OpenDesk, tmp_path: Path) -> None:
    first = talk_with("one", "two", "three")
    path = leave(tmp_path, theirs(Notebook("book1", title="An Event", talks=(first,))))
    desk = open_desk(first)
    desk.until(lambda: offer(desk, "Merge It"), "the offer")
    assert "Another version of this notebook lies beside it" in desk.window.status.message
    picture(desk, "offer")
    button = offer(desk, "Merge It")
    assert button
    click(desk, button)
    desk.until(lambda: len(desk.notes) == 5, "the copy is merged")
    assert desk.shown.split("\n")[:5] == ["one", "two", "two of theirs", "a new one of theirs", "three"]
    desk.until(lambda: not path.exists() and offer(desk, "Undo"), "it is in the backups")
    picture(desk, "merged")

    desk.window.page.text.focus_set()
    desk.window.page.text.mark_set("insert", "3.2")
    desk.press("ctrl+shift+p")
    desk.type("Keep This Version")
    desk.press("Return")
    desk.until(lambda: len(desk.notes) == 4, "one version stays")
    assert desk.texts == ["one", "two of theirs", "a new one of theirs", "three"]
    assert not any(note.conflict for note in desk.notes)
    desk.press("ctrl+z")
    desk.until(lambda: len(desk.notes) == 5, "undone")


def test_one_that_comes_while_the_window_is_open_is_told_when_the_user_comes_back(
    open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coming_back, "_AT_MOST_EVERY_S", 0.0)
    first = talk_with("one", "two", "three")
    desk = open_desk(first)
    desk.until(lambda: desk.window.coming_back._looked_s, "it was looked after the start")
    base = Notebook("book1", title="An Event", talks=(first,))
    leave(tmp_path, replace(theirs(base)))
    other = tkinter.Toplevel(desk.root)
    other.title("Another")
    desk.until(lambda: other.winfo_viewable(), "another window")
    other.focus_force()
    desk.until(lambda: desk.root.focus_get() is other, "it has the keyboard")
    other.destroy()
    desk.until(lambda: offer(desk, "Merge It"), "the offer")
