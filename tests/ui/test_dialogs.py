"""Every dialog by keys alone: the focus is in it at once, Tab reaches all of it, Esc closes it."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tkinter import ttk

import pytest

from desktopnotes.export.conventions import Conventions
from desktopnotes.export.learning import Learned
from desktopnotes.model.importing import FileRead, Imported, ReadNote, Unread
from desktopnotes.model.notebook import Post
from desktopnotes.screen import Goal
from desktopnotes.ui import dialogs
from desktopnotes.ui.dialogs import Dialog
from tests.ui.conftest import Desk, talk_with
from tests.ui.test_traversal import usable

OpenDesk = Callable[..., Desk]


def part(name: str) -> Callable[[Desk], object]:
    return lambda desk: desk.window.show(part=name)


def _ask_text(desk: Desk) -> object:
    return dialogs.ask_text(desk.root, desk.window.theme, "A Question", "What is it?", "This")


def _ask_choice(desk: Desk) -> object:
    return dialogs.ask_choice(
        desk.root, desk.window.theme, "Replace it?", "It is there.", ("Replace", "Keep")
    )


def _ask_target(desk: Desk) -> object:
    return dialogs.ask_target(desk.root, desk.window.theme, "Where To", Path.home(), "post.md")


def _import(desk: Desk) -> object:
    found = Imported(notes=(ReadNote("x", 0),), unread=(Unread(1, "y"),))
    desk.window.ask_import((FileRead("a.txt", found),), Goal(desk.session.path, desk.session.talk_id))
    return desk.dialog("Import")


def _learn(desk: Desk) -> object:
    usual = Conventions("content/posts", "{slug}/index.md", "yaml", always={"author": "Me"}, site="hugo")
    desk.window.ask_conventions(Learned(Path("/site"), "hugo", usual, 3, "content/posts/a/index.md"))
    return desk.dialog("Learn from My Site")


DIALOGS: dict[str, Callable[[Desk], object]] = {
    "palette": part("palette"),
    "keys": part("keys"),
    "preferences": part("preferences"),
    "messages": part("messages"),
    "about": part("about"),
    "guide": part("guide"),
    "report": part("report"),
    "times": part("times"),
    "update yt-dlp": part("update yt-dlp"),
    "import": _import,
    "learn": _learn,
    "text": _ask_text,
    "choice": _ask_choice,
    "target": _ask_target,
}


@pytest.fixture
def desk(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(Dialog, "ask", Dialog.show)  # else it returns only when the dialog is gone
    desk = open_desk(talk_with("ten", url="https://example.org/a"))
    notebook = desk.session.notebook
    desk.session.do("Post", replace(notebook, posts=(Post("post1", title="Part 1", talks=("talk1",)),)))
    return desk


def opened(desk: Desk) -> Dialog | None:
    there = (child for child in desk.root.winfo_children() if isinstance(child, Dialog))
    return next((one for one in there if one.winfo_viewable() and one.title()), None)


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_is_used_by_keys_alone(desk: Desk, name: str) -> None:
    desk.window.page.text.focus_force()
    DIALOGS[name](desk)
    desk.until(lambda: opened(desk), "the dialog")
    dialog = opened(desk)
    assert dialog is not None
    desk.until(lambda: desk.root.focus_get() not in (None, dialog, desk.root), "the focus is in it")
    first = desk.root.focus_get()
    assert str(first).startswith(str(dialog))
    seen = {first}
    for _ in range(20):
        desk.press("Tab")
        seen.add(desk.root.focus_get())
    missed = [one for one in usable(dialog) if one not in seen and not _does_what_arrows_do(one)]
    assert not missed
    desk.press("Escape")
    desk.until(lambda: not opened(desk), "Esc closes it")
    desk.until(lambda: desk.root.focus_get() is desk.window.page.text, "the focus is where it was")
    assert desk.texts == ["ten"]


def _does_what_arrows_do(widget: tkinter.Misc) -> bool:
    return isinstance(widget, ttk.Button) and widget.cget("text") in ("−", "+")


def test_enter_takes_the_safe_answer(desk: Desk) -> None:
    _ask_choice(desk)
    desk.until(lambda: opened(desk), "the question")
    focus = desk.root.focus_get()
    assert isinstance(focus, tkinter.Misc)
    assert focus.cget("text") == "Keep"
    desk.press("Return")
    desk.until(lambda: not opened(desk), "it is answered")


def test_what_has_the_keyboard_is_there_before_the_dialog_says_its_name(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tk gives the keyboard to the window itself while it is not, and an Enter that comes then is lost."""
    dialog = Dialog(desk.root, desk.window.theme, "A Question")
    entry = ttk.Entry(dialog.body)
    entry.pack()
    # On a busy machine the window is seen before Tk has had a moment to map what is in it.
    monkeypatch.setattr(dialog, "wait_visibility", lambda: None)
    dialog.show(entry)
    assert entry.winfo_ismapped()
    desk.type("typed at once")
    assert entry.get() == "typed at once"
    dialog.destroy()


@pytest.fixture
def only_read(open_desk: OpenDesk) -> Desk:
    """A notebook that another version wrote, with a post."""
    desk = open_desk(talk_with("ten", speakers=("Ann Lee",)))
    posts = (Post("post1", title="Part 1", talks=("talk1",), intro="Hello."),)
    desk.session.do("Post", replace(desk.session.notebook, posts=posts))
    desk.session.read_only = True
    return desk


def test_the_data_of_a_talk_that_can_only_be_read_are_shown(only_read: Desk) -> None:
    desk, before = only_read, only_read.session.notebook
    desk.press("alt+Return")
    desk.until(lambda: desk.dialog("Talk"), "the dialog")
    shown = desk.dialog("Talk")
    desk.type("XYZ")
    desk.press("Tab")
    desk.type("Bob")
    assert (shown.typed.title, shown.typed.speakers) == ("A Talk", "Ann Lee")
    desk.press("ctrl+Return")
    desk.until(lambda: not desk.dialog("Talk"), "it is closed")
    assert desk.session.notebook is before
    desk.in_dialogs("ctrl+shift+p", ("Find a Command", "rename talk", "Return"))
    desk.until(lambda: "can be read here, not changed" in desk.window.status.message, "the sentence")
    assert not desk.dialog("Talk")
