"""Full screen: the picture and nothing else, the writing line over its lower edge while a note is written.

The writing line is the page itself, so that writing is the same as in the window: the pane of the notes is
placed over the picture, as high as the row that holds the caret. It stays mapped below the edge of the screen
while it is not shown, since Tk gives no keys to a widget that is not there.
"""

from __future__ import annotations

import time
import tkinter
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.commands import by_id, keys_of
from desktopnotes.ui import keys, layout
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

_AWAKE_S = 2.5
"""How long controls stay after the pointer moved or a key did something; in other players 2 to 3 s."""

_LOOK_MS = 100
"""How often the pointer is looked for. VLC draws in a window of its own, which need not pass its moves on."""

_SAID_MS = 5000
_MOST_LINES = 5
"""A longer note scrolls in the writing line, so that the picture stays seen."""

_VIDEO_KEYS = ("Space", "Left", "Right")
"""Keys of the video that no note begins with: they work while nothing is written."""


class FullScreen:
    """`is_on` says whether the picture fills the screen now."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._behind = ttk.Frame(window.layout.player)
        self._said = ttk.Label(window.layout.player, style="Tip.TLabel")
        self._said.bind("<Button-1>", lambda _: self._said.place_forget())
        self._said_job = ""
        self._hint = ""
        self._draw_job = ""
        self._look_job = ""
        self._pointer = (0, 0)
        self._awake_until_s = 0.0
        self._drawn: tuple[object, ...] = ()
        self._focus_before: tkinter.Misc | None = None
        window.root.bind("<ButtonRelease-1>", self._keep_keyboard, add=True)

    @property
    def is_on(self) -> bool:
        return self._window.layout.is_full_screen

    @property
    def is_awake(self) -> bool:
        """Whether the controls are shown."""
        return self.is_on and time.monotonic() < self._awake_until_s

    @property
    def is_resting(self) -> bool:
        """Whether nothing is written: the caret is in no note."""
        return self.is_on and self._window.page.blank_after is not None

    @property
    def said(self) -> str:
        """What is told over the picture now, empty where nothing is."""
        return str(self._said.cget("text")) if self._said.winfo_manager() else ""

    def takes(self, pressed: str) -> bool:
        """Whether a key of the video works though the writing line has the focus."""
        return self.is_resting and pressed in _VIDEO_KEYS

    def toggle(self) -> None:
        if self.is_on:
            self.leave()
        else:
            self._enter()

    def close(self) -> bool:
        """Esc: leaves, unless a note is being written; whether it did."""
        if not self.is_on or self._window.session.writing_id:
            return False
        self.leave()
        return True

    # --- to and fro ----------------------------------------------------------------------------------

    def _enter(self) -> None:
        window = self._window
        window.parts.finding.close()  # or the keyboard would come back to a bar that is gone by then
        self._focus_before = window.focus()
        window.layout.full_screen()
        for controls in (window.head, window.transport, window.timeline):
            controls.pack_forget()
        window.video.pack_configure(padx=0, pady=0)
        window.video.fills = True
        window.side.be_line(self._draw_soon)
        if not window.session.writing_id and window.page.blank_after is None:
            window.page.put_blank(window.page.last_id)
        window.page.selection.clear()  # it would be seen no more, and the next letter would replace it
        window.page.text.focus_set()
        self._pointer = window.root.winfo_pointerxy()
        self.wake()
        self._look()
        play = next(iter(keys_of(by_id("playback.toggle"), window.session.settings.keys)), "")
        self._hint = _("Type to write a note.  {key} plays or pauses, Esc leaves full screen.").format(
            key=keys.shown(play)
        )
        self.tell(self._hint)

    def leave(self) -> None:
        """All is as before; the caret stays in the note that it is in."""
        if not self.is_on:
            return
        window = self._window
        for job in (self._look_job, self._draw_job, self._said_job):
            if job:
                window.root.after_cancel(job)
        self._look_job = self._draw_job = self._said_job = ""
        self._drawn = ()
        wrote = not self.is_resting
        for placed in (self._behind, self._said, window.head, window.transport, window.timeline):
            placed.place_forget()
        window.root.configure(cursor="")
        window.layout.notes.place_forget()
        window.side.be_page()
        window.pack_player()
        window.video.fills = False
        window.layout.full_screen()
        if wrote:
            window.show_pane(layout.NOTES)
        before = self._focus_before
        back = before is not None and not wrote and before.winfo_exists()
        (before if back and before is not None else window.side.text).focus_set()
        window.page.text.see("insert")
        window.root.after_idle(window.video.fit)

    # --- what is shown -------------------------------------------------------------------------------

    def wake(self) -> None:
        """Shows the controls for a while."""
        if self.is_on:
            self._awake_until_s = time.monotonic() + _AWAKE_S
            self._draw_soon()

    def tell(self, message: str, *, lasting: bool = False) -> None:
        """What the status line says, which is not shown now; a click puts it away."""
        if not self.is_on:
            return
        if self._said_job:
            self._window.root.after_cancel(self._said_job)
        self._said.configure(text=message)
        y = self._window.head.winfo_reqheight() + 2 * self._window.theme.px(12)
        self._said.place(relx=0.5, y=y, anchor="n")
        self._said.lift()
        self._said_job = "" if lasting else self._window.root.after(_SAID_MS, self._said.place_forget)

    def _look(self) -> None:
        root = self._window.root
        self._look_job = root.after(_LOOK_MS, self._look)
        pointer = root.winfo_pointerxy()
        if pointer != self._pointer or (self.is_awake and self._is_busy(pointer[1])):
            self._pointer = pointer
            self.wake()
        self._draw_soon()

    def _is_busy(self, pointer_y: int) -> bool:
        """Whether the pointer rests on the controls, or one of their menus is open."""
        on_controls = bool(self._behind.winfo_viewable()) and pointer_y >= self._behind.winfo_rooty()
        return on_controls or bool(self._window.root.tk.call("grab", "current"))

    def _draw_soon(self) -> None:
        if self.is_on and not self._draw_job:
            self._draw_job = self._window.root.after_idle(self._draw)

    def _draw(self) -> None:
        self._draw_job = ""
        window = self._window
        line_px, awake = self._fit_line(), self.is_awake
        shown = awake or not self.is_resting
        if (line_px, awake, shown) == self._drawn:
            return
        self._drawn = (line_px, awake, shown)
        if not self.is_resting and self.said == self._hint:
            self._said.place_forget()  # who writes has read it
        window.layout.notes.place(
            x=0, relwidth=1, rely=1, anchor="sw" if shown else "nw", height=line_px, width=0
        )
        window.layout.notes.lift()
        window.root.configure(cursor="" if awake else "none")
        if awake:
            self._place_controls(line_px)
        else:
            for controls in (self._behind, window.head, window.transport, window.timeline):
                controls.place_forget()

    def _place_controls(self, line_px: int) -> None:
        """The title at the top, time line and buttons right above the writing line."""
        window, px = self._window, self._window.theme.px
        side, gap = px(12), px(6)
        transport_px, timeline_px = window.transport.winfo_reqheight(), window.timeline.winfo_reqheight()
        window.head.configure(padding=(side, gap))
        window.head.place(x=0, y=0, relwidth=1)
        y = -line_px
        for controls, height, room in (
            (self._behind, transport_px + timeline_px + 3 * gap, 0),
            (window.transport, transport_px, gap),
            (window.timeline, timeline_px, transport_px + 2 * gap),
        ):
            inset = 0 if controls is self._behind else side
            controls.place(
                x=inset, width=-2 * inset, relwidth=1, rely=1, y=y - room, anchor="sw", height=height
            )
            tkinter.Misc.lift(controls)  # a canvas has another meaning of the word
        window.head.lift()
        self._said.lift()

    def _fit_line(self) -> int:
        """Scrolls the page to the row that holds the caret; how high that row is, in pixels."""
        page, theme = self._window.page, self._window.theme
        text, row = page.text, page.row_index("insert")
        first, below = page.lines.start(row), page.lines.start(row + 1)
        wraps = text.raw("count", "-update", "-displaylines", f"{first}.0", f"{below - 1}.end")
        lines = int(wraps or 0) + 1
        if lines <= _MOST_LINES:
            text.raw("yview", f"{first}.0")
        else:
            text.raw("see", "insert")
        line_px = theme.fonts.page.metrics("linespace") + int(str(text.cget("spacing2")))
        return min(lines, _MOST_LINES) * line_px + 2 * int(str(text.cget("pady"))) + theme.px(10)

    def _keep_keyboard(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """In full screen all that is typed is a note, also after a click."""
        if self.is_on and isinstance(event.widget, tkinter.Misc) and not isinstance(event.widget, ttk.Entry):
            self._window.page.text.focus_set()
