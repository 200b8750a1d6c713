"""Every word on every widget, in the pseudo-language: `python -m tests.ui.words_walk quick|all`.

Prints what is not translated. All words of the program have accents there (`words.PSEUDO`) and those of the
notebooks Greek vowels (`sheet_notebooks.own`), so a word with a plain vowel was never handed to gettext.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import tkinter
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import ttk
from typing import Any

from desktopnotes.ui import tooltip

TIPS: list[tuple[tkinter.Misc, Callable[[], str]]] = []
"""The widgets that have a tooltip, and what it says."""


def _watched(add: Callable[..., tooltip.Tip]) -> Callable[..., tooltip.Tip]:
    def add_tooltip(widget: tkinter.Misc, theme: Any, text: Callable[[], str]) -> tooltip.Tip:
        TIPS.append((widget, text))
        return add(widget, theme, text)

    return add_tooltip


tooltip.add_tooltip = _watched(tooltip.add_tooltip)  # before any module of the window takes it

from desktopnotes import __version__  # noqa: E402
from desktopnotes.ui.dialogs import Dialog  # noqa: E402
from desktopnotes.ui.preview_text import PreviewText  # noqa: E402
from tests.ui.conftest import Desk  # noqa: E402
from tests.ui.contact_sheet import USUAL, screen  # noqa: E402
from tests.ui.sheet_notebooks import write_all  # noqa: E402
from tests.ui.sheet_states import STATES, State, settle  # noqa: E402

QUICK = {
    *("notes", "find bar", "transcript", "preferences: writing", "keys", "the talk's data", "backups"),
    *("downloads", "post", "palette", "find everywhere", "not playing"),
}
"""The states that plain `./test` walks through: the main views and some windows."""

KEYS = "Ctrl Alt Shift Enter Space Esc Tab Backspace Delete Insert Home End PgUp PgDn Up Down Left Right Menu"
NAMES = (
    "Desktop Notes Python VLC JPEG WEBP PNG yaml toml Hugo Jekyll Astro Obsidian KubeCon English Deutsch en"
)
PARTS = "CPython libVLC python Pillow markdown it Jinja av pysubs PyYAML appdirs jeepney tkinterdnd"
SAME = frozenset(f"{KEYS} {NAMES} {PARTS}".split())
"""Names of keys and of things, which are the same in every language."""

_NO_WORDS = re.compile(
    r"\S*python -m pip.*|\S*(?:://|[/~])\S*|\S+\.(?:json|mp4|md|jpg|vtt|png|py)\b|`[^`]*`"
    r"|kind:\w+|has:\w+|\{\w+\}|a fake player|Audio[A-Z]\w+"
)
"""What is typed for programs: a command, addresses, paths and names of files, filters, names in patterns."""


def untranslated(text: str) -> list[str]:
    """The words with a plain vowel, which no word of the program has in the pseudo-language."""
    words = re.findall(r"[^\W\d_]+", _NO_WORDS.sub(" ", text))
    return [word for word in words if re.search("[aeiouAEIOU]", word) and word not in SAME and len(word) > 1]


# --- what is on a widget -----------------------------------------------------------------------------


def said_by(root: tkinter.Misc) -> Iterator[tuple[str, str]]:
    """The kind of every widget, seen or not, and a text on it."""
    for widget in _below(root):
        with contextlib.suppress(tkinter.TclError):
            for text in _texts(widget):
                yield widget.winfo_class(), text
    for widget, text in TIPS:
        with contextlib.suppress(tkinter.TclError):
            if widget.winfo_exists():
                yield "tooltip", text()


def _below(widget: Any) -> Iterator[Any]:
    yield widget
    for child in widget.winfo_children():
        yield from _below(child)


def _texts(widget: Any) -> Iterator[str]:
    if isinstance(widget, (tkinter.Tk, tkinter.Toplevel)):
        yield widget.title()
    elif isinstance(widget, tkinter.Menu):
        yield from _of_menu(widget)
    elif isinstance(widget, tkinter.Text):
        text = widget.get("1.0", "end-1c")
        is_for_others = isinstance(widget, PreviewText) or text.startswith(f"Desktop Notes {__version__}\n")
        yield "" if is_for_others else text  # a post has a language of its own, the report is for developers
    elif isinstance(widget, ttk.Treeview):
        for column in ("#0", *widget["columns"]):
            yield str(widget.heading(column, "text"))
        yield from _of_rows(widget, "")
    elif isinstance(widget, ttk.Notebook):
        yield from (str(widget.tab(tab, "text")) for tab in widget.tabs())
    elif isinstance(widget, tkinter.Canvas):
        items = (item for item in widget.find_all() if widget.type(item) == "text")
        yield from (str(widget.itemcget(item, "text")) for item in items)
    elif isinstance(widget, tkinter.Listbox):
        yield from map(str, widget.get(0, "end"))
    elif isinstance(widget, ttk.Entry):
        yield widget.get()
        if isinstance(widget, ttk.Combobox):
            yield from map(str, widget["values"])
    elif "text" in widget.keys():  # noqa: SIM118
        yield str(widget.cget("text"))


def _of_menu(menu: tkinter.Menu) -> Iterator[str]:
    last = menu.index("end")
    for number in range(0 if last is None else last + 1):
        if menu.type(number) != "separator":
            yield str(menu.entrycget(number, "label"))


def _of_rows(tree: ttk.Treeview, above: str) -> Iterator[str]:
    for row in tree.get_children(above):
        yield str(tree.item(row, "text"))
        yield from map(str, tree.item(row, "values") or ())
        yield from _of_rows(tree, row)


# --- the walk ----------------------------------------------------------------------------------------


def walk(states: list[State]) -> list[str]:
    """Goes through the states; answers "state: kind of widget: words", each thing once."""
    write_all(Path.home())
    Dialog.ask = Dialog.show  # type: ignore[method-assign]  # else it returns only when the dialog is gone
    found: dict[tuple[str, str], str] = {}
    with screen(USUAL):
        subprocess.run(["xdotool", "mousemove", "0", "0"], check=True)
        desk = Desk(str(Path.home() / "usual.talknotes.json"))
        desk.session.set(hints=False, title_pattern="{event} {n}", date_form="%d.%m.%Y")
        for state in states:
            state.show(desk)
            if state.title:
                desk.until(lambda state=state: desk.dialog(state.title), state.name)  # type: ignore[misc]
            settle(desk)
            for name in desk.window.menus.menus:
                desk.window.menus.fill(name)
            for kind, text in said_by(desk.root):
                if untranslated(text):
                    found.setdefault((kind, text), f"{state.name}: {kind}: {untranslated(text)} in {text!r}")
            if state.title:
                desk.dialog(state.title).destroy()
            state.leave(desk)
        desk.end()
    return list(found.values())


if __name__ == "__main__":
    quick = sys.argv[1] == "quick"
    print(json.dumps(walk([state for state in STATES if not quick or state.name in QUICK])))
