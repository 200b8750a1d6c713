"""The quiet line at the foot of the window: is it saved, how stamps are taken, and what just happened."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from tkinter import ttk

from desktopnotes.screen import Offer
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import add_tooltip
from desktopnotes.ui.wheel import bind_wheel

_SHOWN_MS = 5000

_ABOUT_STAMPS = (
    "How long before its first key a note is stamped: your reaction time. Click or turn the wheel."
)


class StatusLine(ttk.Frame):
    """A message takes the place of the counts for a while, or stays until the next one.

    `choose` is called with a place of the screen when the reaction time is clicked, `turn` when the wheel
    turns over it.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        hints: str,
        choose: Callable[[int, int], None],
        turn: Callable[[int], None],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._job = ""
        ttk.Separator(self).pack(fill="x")
        row = ttk.Frame(self, padding=(theme.px(14), theme.px(4)))
        row.pack(fill="x")
        self._saved = ttk.Label(row, style="Status.TLabel")
        self._saved.pack(side="left")
        self.stamps = ttk.Label(row, style="Status.TLabel", cursor="hand2")
        self.stamps.bind("<Button-1>", lambda event: choose(event.x_root, event.y_root))
        for event, state in (("<Enter>", "active"), ("<Leave>", "!active")):
            self.stamps.bind(event, lambda _, state=state: self.stamps.state([state]), add=True)  # type: ignore[misc]
        bind_wheel(self.stamps, turn)
        add_tooltip(self.stamps, theme, lambda: _ABOUT_STAMPS)
        self.stamps.pack(side="left", padx=(theme.px(14), 0))
        self._message = ttk.Label(row, style="Status.TLabel")
        self._message.pack(side="left", padx=(theme.px(8), 0))
        self._offers = ttk.Frame(row)
        self._offers.pack(side="left")
        self._hints = ttk.Label(row, style="Status.TLabel", text=hints)
        self._hints.pack(side="right")
        self._figures = ""

    def show_saved(self, words: str, *, failed: bool = False) -> None:
        self._saved.configure(text=words, style="Error.TLabel" if failed else "Status.TLabel")

    def show_figures(self, stamps: str, words: str) -> None:
        """How stamps are taken, and what is counted."""
        self.stamps.configure(text=stamps)
        self._figures = f"·  {words}"
        if not self._job and not self._offers.winfo_children():
            self._message.configure(text=self._figures, style="Status.TLabel")

    def tell(
        self, message: str, offers: Sequence[Offer] = (), *, lasting: bool = False, error: bool = False
    ) -> None:
        """Shows a message, an error in its colour; each offer is a button that goes when it is used."""
        self._clear()
        self._message.configure(text=message, style="Error.TLabel" if error else "TLabel")
        for offer in offers:
            button = ttk.Button(self._offers, text=offer.label, style="Quiet.TButton", command=offer.run)
            button.pack(side="left", padx=(self._theme.px(6), 0))
        if offers or lasting or error:
            close = ttk.Button(self._offers, text="×", style="Quiet.TButton", width=2, command=self._clear)
            close.pack(side="left")
            self._hints.pack_forget()
        else:
            self._job = self.after(_SHOWN_MS, self._clear)

    @property
    def saved(self) -> str:
        return str(self._saved.cget("text"))

    @property
    def message(self) -> str:
        return str(self._message.cget("text"))

    def _clear(self) -> None:
        if self._job:
            self.after_cancel(self._job)
            self._job = ""
        for child in self._offers.winfo_children():
            child.destroy()
        self._hints.pack(side="right")
        self._message.configure(text=self._figures, style="Status.TLabel")
