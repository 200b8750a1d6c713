"""The parts of the window that a command opens, closes or goes to, by their names."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.actions import talk_data, web
from desktopnotes.ui import layout
from desktopnotes.ui.finding import Finding
from desktopnotes.ui.traversal import Traversal

if TYPE_CHECKING:
    from desktopnotes.ui.playlist_window import Listings
    from desktopnotes.ui.window import Window


_OF_NOTES = frozenset(
    (
        *("stamp entry", "shift stamps", "find", "find next", "find previous"),
        *("transcript at the note", "focus mode", "full screen"),
    )
)
"""Parts that are seen beside the notes alone."""


class Parts:
    """`show` is what actions call; windows of their own are imported when they are first opened."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._found_before: list[str] = []
        self._traversal = Traversal(window)
        self.finding = Finding(window)
        self._jobs: dict[str, Callable[[], None]] = {
            "cut": lambda: self._edit("<<Cut>>"),
            "copy": lambda: self._edit("<<Copy>>"),
            "paste": self._paste,
            "select": self._select,
            "keys": self._keys_page,
            "preferences": self._preferences,
            "messages": self._messages,
            "about": self._about,
            "guide": self._guide,
            "news": self._news,
            "report": self._report,
            "update yt-dlp": self._update_yt_dlp,
            "times": lambda: self._times(moves_notes=False),
            "times of attached": lambda: self._times(moves_notes=True),
            "palette": self._palette,
            "post": lambda: window.views.show_post(),
            "post title": lambda: window.views.show_post(field="title"),
            "published": lambda: window.views.ask_published(),
            "notes": lambda: window.views.show_notes(),
            "downloads": self._downloads,
            "backups": self._backups,
            "talk": lambda: self._talk("title"),
            talk_data.TITLE: lambda: self._talk("title"),
            talk_data.LINK: lambda: self._talk("url"),
            "notebooks": self._notebooks,
            "stamp entry": window.page.edit_stamp,
            **self.finding.jobs,
            "shift stamps": self._shift_stamps,
            "other text": self._other_text,
            "next pane": lambda: self._traversal.go(1),
            "previous pane": lambda: self._traversal.go(-1),
            "talks pane": lambda: self._toggle(layout.TALKS),
            "write-up pane": lambda: self._toggle(layout.WRITE_UP),
            "notes pane": lambda: self._toggle(layout.NOTES),
            "transcript": lambda: self._transcript(window.side.toggle),
            "transcript place": lambda: self._transcript(window.side.toggle_place),
            "transcript at the note": window.side.show_note,
            "behind the words": window.side.words_taken,
            "focus mode": self._focus_mode,
            "full screen": window.full_screen.toggle,
            "quit": window.close,
        }
        self._of: Mapping[str, Callable[[str], None]] = {
            "post": lambda of: window.views.show_post(of),
            "backups": self._backups,
        }

    def show(self, part: str, of: str = "") -> None:
        if part in _OF_NOTES:
            self._window.views.show_notes()
        if of:
            self._of[part](of)
        else:
            self._jobs[part]()

    def _edit(self, virtual: str) -> None:
        focus = self._window.focus()
        if focus is not None:
            focus.event_generate(virtual)

    def _paste(self) -> None:
        """Into the text or field that has the focus; anywhere else an address is a talk."""
        window = self._window
        if isinstance(window.focus(), (tkinter.Text, ttk.Entry)):
            self._edit("<<Paste>>")
        else:
            window.gate.run(web.paste, window.session)

    def _select(self) -> None:
        focus = self._window.focus()
        if focus is self._window.page.text:
            self._window.page.selection.widen()
        elif isinstance(focus, tkinter.Text):
            focus.tag_add("sel", "1.0", "end-1c")
        elif isinstance(focus, ttk.Entry):
            focus.selection_range(0, "end")
            focus.icursor("end")

    # --- windows of their own ------------------------------------------------------------------------

    @cached_property
    def listings(self) -> Listings:
        """Shows the lists of recordings that are found, to choose among them."""
        from desktopnotes.ui.playlist_window import Listings

        window = self._window
        return Listings(window.root, window.theme, window.gate, lambda: window.session)

    def _keys_page(self) -> None:
        from desktopnotes.ui.keys_page import open_keys_page

        open_keys_page(self._window.root, self._window.theme, self._window.session)

    def _preferences(self) -> None:
        from desktopnotes.ui.preferences import open_preferences

        open_preferences(self._window.root, self._window.theme, self._window.session)

    def _palette(self) -> None:
        from desktopnotes.ui.palette import open_palette

        window = self._window
        open_palette(window.root, window.theme, window.session, window.run, self._found_before)

    def _downloads(self) -> None:
        from desktopnotes.ui.downloads_window import open_downloads_window

        window = self._window
        open_downloads_window(window.root, window.theme, window.icons, window.session, window.gate.run)

    def _backups(self, of: str = "") -> None:
        from desktopnotes.ui.backups_window import open_backups_window

        window, path = self._window, Path(of) if of else None
        open_backups_window(window.root, window.theme, window.session, window.gate, path)

    def _messages(self) -> None:
        from desktopnotes.ui.messages import open_messages

        open_messages(self._window.root, self._window.theme, self._window.status)

    def _about(self) -> None:
        from desktopnotes.ui.about import open_about

        open_about(self._window.root, self._window.theme, self._window.session)

    def _guide(self) -> None:
        from desktopnotes.ui.guide import open_guide

        open_guide(self._window.root, self._window.theme, lambda: self._window.session)

    def _news(self) -> None:
        from desktopnotes.ui.guide import open_news

        open_news(self._window.root, self._window.theme, lambda: self._window.session)

    def _report(self) -> None:
        from desktopnotes.ui.report_window import open_report

        open_report(self._window)

    def _update_yt_dlp(self) -> None:
        from desktopnotes.ui.update_dialog import open_update_dialog

        open_update_dialog(self._window.root, self._window.theme, self._window.session)

    def _times(self, *, moves_notes: bool) -> None:
        from desktopnotes.ui.times_dialog import open_times_dialog

        window = self._window
        open_times_dialog(window.root, window.theme, window.session, window.gate, moves_notes=moves_notes)

    def _talk(self, field: str) -> None:
        from desktopnotes.ui.talk_dialog import open_talk_dialog

        window = self._window
        if window.session.talk is not None:
            open_talk_dialog(window.root, window.theme, window.session, window.gate, field)

    def _notebooks(self) -> None:
        from desktopnotes.ui.notebook_switcher import open_notebook_switcher

        open_notebook_switcher(self._window)

    def _shift_stamps(self) -> None:
        from desktopnotes.ui.shift_dialog import open_shift_dialog

        window = self._window
        open_shift_dialog(window.root, window.theme, window.session, window.gate)

    # --- panes ---------------------------------------------------------------------------------------

    def _other_text(self) -> None:
        window = self._window
        if window.views.post is not None and window.views.shows_post:
            window.views.post.to_notes()
            return
        to_notes = window.focus() is window.write_up.text
        window.show_pane(layout.NOTES if to_notes else layout.WRITE_UP, keeps_transcript=True)
        (window.side.text if to_notes else window.write_up.text).focus_set()

    def _transcript(self, toggle: Callable[[], None]) -> None:
        """From the post view it is shown, not hidden where it was shown before."""
        came_back = self._window.views.shows_post
        self._window.views.show_notes()
        if not (came_back and self._window.side.is_shown):
            toggle()

    def _toggle(self, pane: str) -> None:
        if self._window.views.shows_post:
            self._window.show_pane(pane, keeps_transcript=True)
            return
        self._window.full_screen.leave()
        self._window.layout.toggle(pane)

    def _focus_mode(self) -> None:
        self._window.full_screen.leave()
        self._window.layout.focus_mode()
