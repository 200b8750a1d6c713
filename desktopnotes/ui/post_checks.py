"""What to look at before publishing: a button for each, which leads to its place or mends it right there."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.model.shortening import to_width
from desktopnotes.ui.bound import and_break
from desktopnotes.ui.tooltip import add_tooltip
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.export.checks import Check
    from desktopnotes.ui.theme import Theme

_MOST = 6
_LINK = "link"


class PostChecks(ttk.Frame):
    """`lead` goes to the place of a check; `take_link` gets a talk's id and the address pasted for it.

    `watch` is called when there are other widgets in it.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        lead: Callable[[Check], None],
        take_link: Callable[[str, str], bool],
        watch: Callable[[], None],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._lead = lead
        self._take_link = take_link
        self._watch = watch
        self._checks: tuple[Check, ...] | None = None
        self._shows_all = False
        self._is_looked = self._is_waiting = False
        self.buttons: list[ttk.Button] = []
        self.entry: ttk.Entry | None = None
        self._asked: Check | None = None
        ttk.Label(self, text=_("Before publishing"), style="Status.TLabel").pack(anchor="w")
        self._list = ttk.Frame(self)
        self._list.pack(fill="x")
        self.bind("<Configure>", lambda event: self._fit(event.width), add=True)

    def wait(self, is_waiting: bool) -> None:
        """Says that nothing can be looked for before the style is mended, where nothing else is said."""
        if is_waiting != self._is_waiting:
            self._is_waiting = is_waiting
            self._draw()

    def show(self, checks: tuple[Check, ...], *, is_looked: bool = True) -> None:
        """Draws them anew where they are others; one that is being mended stays as long as it is there.

        Unless it `is_looked` through for them, none of them does not mean that there is none.
        """
        if (checks, is_looked or bool(checks)) == (self._checks, self._is_looked or bool(self._checks)):
            return
        self._checks, self._is_looked = checks, is_looked
        self._draw()

    def _draw(self) -> None:
        checks = self._checks or ()
        focus = next((i for i, button in enumerate(self.buttons) if button is self.focus_lastfor()), None)
        if self._asked not in checks:
            self._asked = None
        typed = self.entry.get() if self.entry is not None and self._asked is not None else ""
        had_entry = self.entry is not None and self.entry is self.focus_lastfor()
        for child in self._list.winfo_children():
            child.destroy()
        self.buttons, self.entry = [], None
        if not checks and (self._is_looked or self._is_waiting):
            words = _("Looked for once the style is mended.") if self._is_waiting else _("Nothing to mend.")
            label = ttk.Label(self._list, text=words, style="Muted.TLabel")
            label.pack(anchor="w", padx=(self._theme.px(12), 0), pady=self._theme.px(4))
        shown = checks if self._shows_all or len(checks) <= _MOST + 1 else checks[:_MOST]
        for check in shown:
            self._add(check.message, lambda check=check: self._press(check))  # type: ignore[misc]
            if check is self._asked or check == self._asked:
                self._add_entry(check, typed)
        if len(shown) < len(checks):
            self._add(_("{count} more…").format(count=len(checks) - len(shown)), self._show_all)
        self._fit(self.winfo_width())
        self._watch()
        if self.entry is not None and had_entry:
            self.entry.focus_set()
        elif focus is not None and self.buttons:
            self.buttons[min(focus, len(self.buttons) - 1)].focus_set()

    def _add(self, text: str, job: Callable[[], None]) -> None:
        button = ttk.Button(self._list, text=text, style="Check.TButton", command=job)
        button.whole = " ".join(text.split())  # type: ignore[attr-defined]
        button.pack(fill="x")
        add_tooltip(button, self._theme, lambda: "" if button.cget("text") == text else text)
        self.buttons.append(button)

    def _fit(self, width: int) -> None:
        if width > 1:
            measure, room = self._theme.fonts.text.measure, width - self._theme.px(36)
            for button in self.buttons:
                button.configure(text=to_width(button.whole, room, measure))  # type: ignore[attr-defined]

    def _show_all(self) -> None:
        self._shows_all = True
        self._draw()

    # --- mending a link ------------------------------------------------------------------------------

    def _press(self, check: Check) -> None:
        if check.part == _LINK and check.talk_id:
            self._asked = check
            self._draw()
            if self.entry is not None:
                self.entry.focus_set()
        else:
            self._lead(check)

    def _add_entry(self, check: Check, typed: str) -> None:
        px = self._theme.px
        row = ttk.Frame(self._list)
        row.pack(fill="x", padx=(px(20), 0), pady=(0, px(4)))
        ok = ttk.Button(row, text=_("OK"), command=lambda: self._take(check))
        ok.pack(side="right", padx=(px(6), 0))
        ok.bind("<Return>", lambda _: and_break(lambda: self._take(check)))
        self.entry = ttk.Entry(row)
        self.entry.insert(0, typed)
        self.entry.pack(side="left", fill="x", expand=True)
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda _: and_break(lambda: self._take(check)))
        self.entry.bind("<Escape>", lambda _: and_break(self.close))

    def _take(self, check: Check) -> None:
        if self.entry is None:
            return
        is_taken = self._take_link(check.talk_id, self.entry.get())
        if self.entry is not None:  # what is taken may have drawn all anew
            self.entry.state(["!invalid" if is_taken else "invalid"])
        if is_taken:
            self.close()

    def close(self) -> bool:
        """Takes the entry away; False where there is none."""
        if self._asked is None:
            return False
        number = next((i for i, check in enumerate(self._checks or ()) if check == self._asked), 0)
        self._asked = None
        self._draw()
        if self.buttons:
            self.buttons[min(number, len(self.buttons) - 1)].focus_set()
        return True
