"""Shows the hint that is due at the right of the status line; takes neither the focus nor a key."""

from __future__ import annotations

import time
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.actions import hints, notes
from desktopnotes.actions.hints import Hint
from desktopnotes.model.notebook import Note
from desktopnotes.session import Session
from desktopnotes.ui.key_words import with_keys
from desktopnotes.ui.status_line import StatusLine
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

_LOOK_MS = 1000
_REST_S = 20.0
"""After a hint was sent away the next one waits."""

_AFTER_OFFERS_S = 4.0
"""A second click on an offer that just went is not to meet “No More Hints”, which comes to stand there."""


class Hints:
    """`shown` is the name of the hint on screen, empty where there is none."""

    def __init__(
        self, status: StatusLine, theme: Theme, session: Callable[[], Session], run: Callable[..., object]
    ) -> None:
        self._status = status
        self._session = session
        self._run = run
        self._rest_until_s = 0.0
        self._since = notes.utc_now()
        self._counted: tuple[Note, ...] = ()
        self._made: set[str] = set()
        self.shown = ""
        gap = theme.px(6)
        self.strip = ttk.Frame(status.right)
        self._words = ttk.Label(self.strip, style="Hint.TLabel")
        self._words.pack(side="left", padx=(0, gap))
        self.got_it = ttk.Button(
            self.strip, text=_("Got It"), style="Quiet.TButton", command=lambda: run(self._got_it)
        )
        self.no_more = ttk.Button(
            self.strip, text=_("No More Hints"), style="Quiet.TButton", command=lambda: run(self._no_more)
        )
        status.offers_went = self._give_way
        self.got_it.pack(side="left")
        self.no_more.pack(side="left")

    def start(self) -> None:
        """Looks from time to time whether another hint is due."""
        self._run(self.look)
        self._status.after(_LOOK_MS, self.start)

    def look(self) -> None:
        """Shows the hint that is due now, or none; while one rests, none."""
        session = self._session()
        hint = hints.due(session, self._notes_made())
        if hint is not None and time.monotonic() < self._rest_until_s:
            hint = None
        self._show(hint)

    def _notes_made(self) -> int:
        """How many notes were made since the start, also in talks and notebooks that are closed by now."""
        talk = self._session().talk
        if talk is not None and talk.notes is not self._counted:
            self._counted = talk.notes
            self._made.update(note.id for note in talk.notes if note.created >= self._since)
        return len(self._made)

    def _show(self, hint: Hint | None) -> None:
        name = hint.name if hint else ""
        if name == self.shown:
            return
        self.shown = name
        if hint:
            self._words.configure(text=with_keys(hint.words, self._session().settings.keys))
        self._status.show_hint(self.strip if hint else None)

    def _give_way(self) -> None:
        self._rest_until_s = max(self._rest_until_s, time.monotonic() + _AFTER_OFFERS_S)
        self._show(None)

    def _got_it(self) -> None:
        self._rest_until_s = time.monotonic() + _REST_S
        hints.got_it(self._session(), self.shown)
        self.look()

    def _no_more(self) -> None:
        hints.no_more(self._session())
        self.look()
