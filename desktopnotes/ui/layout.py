"""How the panes share the window: what is shown, how wide, full screen; found again at the next start."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import replace
from tkinter import ttk

from desktopnotes.storage.state_file import Window
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.whole_screen import WholeScreen

_WIDTH, _HEIGHT = 1440, 900
_TALKS, _NOTES_SHARE, _SASH, _LEAST_WRITE_UP = 284, 0.39, 9, 170
"""Room at first, as in the design's pictures: px of the talks, the page's share of the rest, and so on."""

_TALKS_SHARE = 0.22
"""The talks take no more of the window at first: on a small screen the picture needs the room."""

_FRAME_PX = 64
"""Room for the title bar and a panel of the desktop: a window that would need it is maximized at first."""

_NARROW_PX = 900
"""Below this width the talks pane folds away (look.md)."""

TALKS, WRITE_UP, NOTES, STATUS, POST = "talks", "write_up", "notes", "status", "post"


class Panes(ttk.Panedwindow):
    """Panes beside or below each other, the dividers between them counted from 0."""

    def divider(self, number: int, to_px: int | None = None) -> int:
        """Where a divider is, or after putting it there."""
        return int(self.tk.call(str(self), "sashpos", number, *(() if to_px is None else (to_px,))))

    @property
    def last_divider(self) -> int:
        return len(self.tk.splitlist(self.tk.call(str(self), "panes"))) - 2


class Layout:
    """The frames that panes are put into: `talks`, `player` over `write_up`, `notes`; and `foot`."""

    def __init__(self, root: tkinter.Tk, theme: Theme) -> None:
        self._root = root
        self._theme = theme
        self._before_full_screen: dict[str, bool] | None = None
        self._before_focus: dict[str, bool] | None = None
        self._was_maximized = False
        self._whole_screen = WholeScreen(root)
        self._folded = False
        self._post: tkinter.Misc | None = None
        self._sashes: dict[str, int] = {}
        self.head_height: Callable[[], int] = lambda: 0
        self._edge = theme.px(12)
        self.foot = ttk.Frame(root)
        self.foot.pack(side="bottom", fill="x")
        self.across = Panes(root, orient="horizontal")
        self._pack_panes(whole_screen=False)
        self.talks = ttk.Frame(self.across)
        self.down = Panes(self.across, orient="vertical")
        self.notes = ttk.Frame(self.across)
        self.player = ttk.Frame(self.down)
        self.write_up = ttk.Frame(self.down)
        self.across.add(self.talks, weight=0)
        self.across.add(self.down, weight=3)
        self.across.add(self.notes, weight=2)
        self.down.add(self.player, weight=1)
        self.down.add(self.write_up, weight=1)
        self._shown = {TALKS: True, WRITE_UP: True, NOTES: True, STATUS: True}

    def _pack_panes(self, *, whole_screen: bool) -> None:
        if whole_screen:
            self.across.pack(fill="both", expand=True, padx=0, pady=0)
        else:
            pady = (self._theme.px(6), self._theme.px(4))
            self.across.pack(fill="both", expand=True, padx=self._edge, pady=pady)

    # --- sizes ---------------------------------------------------------------------------------------

    def restore(self, window: Window) -> None:
        """Opens the window as it was left, else at a size that suits the screen."""
        root = self._root
        width, height = self._theme.px(_WIDTH), self._theme.px(_HEIGHT)
        most = root.winfo_screenwidth(), root.winfo_screenheight() - self._theme.px(_FRAME_PX)
        fills = width > most[0] or height > most[1]
        width, height = min(width, most[0]), min(height, most[1])
        root.geometry(window.geometry or f"{width}x{height}")
        root.minsize(
            *(min(self._theme.px(least), room) for least, room in zip((560, 420), most, strict=True))
        )
        if window.maximized or (fills and not window.geometry):
            self._maximize(True)
        self._sashes = dict(window.sashes)
        for pane, shown in window.panes.items():
            if pane in self._shown and pane != STATUS and not shown:
                self._show(pane, False)
        self._wish_sizes(*_size_of(window.geometry, (width, height)))
        root.bind("<Configure>", self._on_configure, add=True)
        for panes in (self.across, self.down):
            panes.bind("<ButtonRelease-1>", lambda _: self._remember_sashes(), add=True)
        self.down.bind("<Configure>", lambda _: self._keep_picture_whole(), add=True)

    def _keep_picture_whole(self) -> None:
        """As long as the user has not moved the divider, the picture is as high as its width asks for."""
        if WRITE_UP not in self._sashes and self._shown[WRITE_UP]:
            self._root.after_idle(self._place_write_up)

    def _wish_sizes(self, width: int, height: int) -> None:
        """Lets the panes ask for their room before the window is there, so that it opens without a jump."""
        width -= 2 * self._edge
        talks = self._sashes.get(TALKS, self._usual_talks(width))
        notes = self._sashes.get(NOTES, round((width - talks) * _NOTES_SHARE))
        notes -= self._theme.px(_SASH)  # a divider's place counts what is right of it, itself included
        middle = width - talks - notes - 2 * self._theme.px(_SASH)
        picture = round(middle * 9 / 16) + self.head_height()
        player = self._sashes.get(WRITE_UP, min(picture, height - self._theme.px(_LEAST_WRITE_UP)))
        for pane, wide, high in (
            (self.talks, talks, height),
            (self.notes, notes, height),
            (self.player, middle, player),
            (self.write_up, middle, height - player),
        ):
            pane.configure(width=wide, height=high)
            pane.pack_propagate(False)

    def _usual_talks(self, width: int) -> int:
        return min(self._theme.px(_TALKS), round(width * _TALKS_SHARE))

    def _place_sashes(self) -> None:
        """Puts each divider where it was, else where the picture is 16:9 and the page comfortable."""
        self._root.update_idletasks()
        width = self.across.winfo_width()
        if self._shown[TALKS]:
            self.across.divider(0, self._sashes.get(TALKS, self._usual_talks(width)))
        if self._shown[NOTES]:
            last = self.across.last_divider
            right = self._sashes.get(NOTES, round((width - self._usual_talks(width)) * _NOTES_SHARE))
            self.across.divider(last, width - right)
        self._root.update_idletasks()
        self._place_write_up()

    def _place_write_up(self) -> None:
        if self._shown[WRITE_UP]:
            picture = round(self.down.winfo_width() * 9 / 16)
            lowest = self.down.winfo_height() - self._theme.px(_LEAST_WRITE_UP)
            wished = self._sashes.get(WRITE_UP, min(picture + self.head_height(), lowest))
            self.down.divider(0, wished)

    def _remember_sashes(self) -> None:
        """Keeps where the user has put the dividers."""
        if self._shown[TALKS]:
            self._sashes[TALKS] = self.across.divider(0)
        if self._shown[NOTES]:
            last = self.across.last_divider
            self._sashes[NOTES] = self.across.winfo_width() - self.across.divider(last)
        if self._shown[WRITE_UP]:
            self._sashes[WRITE_UP] = self.down.divider(0)

    def left(self, window: Window) -> Window:
        """The window as it is left now."""
        maximized = self._is_maximized()
        panes = dict(self._before_focus or self._before_full_screen or self._shown)
        panes[TALKS] |= self._folded
        del panes[STATUS]  # only focus mode and full screen hide it, and neither is found again
        geometry = window.geometry if maximized or self.is_full_screen else self._root.geometry()
        return replace(
            window,
            geometry=geometry,
            maximized=maximized,
            sashes=dict(self._sashes),
            panes=panes,
        )

    def _is_maximized(self) -> bool:
        try:
            return bool(self._root.attributes("-zoomed"))  # X11 only
        except tkinter.TclError:
            return self._root.state() == "zoomed"

    def _maximize(self, maximized: bool) -> None:
        try:
            self._root.attributes("-zoomed", maximized)
        except tkinter.TclError:
            self._root.state("zoomed" if maximized else "normal")

    def _on_configure(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """Folds the talks away in a narrow window and brings them back in a wide one."""
        is_other = self._before_full_screen or self._before_focus or self._post
        if event.widget is self._root and not is_other:
            self._fold(event.width)

    def _fold(self, width: int) -> None:
        narrow = width < self._theme.px(_NARROW_PX)
        if narrow and self._shown[TALKS]:
            self._folded = True
            self._show(TALKS, False)
        elif not narrow and self._folded:
            self._folded = False
            self._show(TALKS, True)
            self._root.after_idle(self._place_sashes)

    # --- what is shown -------------------------------------------------------------------------------

    def is_shown(self, pane: str) -> bool:
        return self._shown[pane]

    def toggle(self, pane: str) -> None:
        """Shows a pane or hides it; done in focus mode, it holds behind that, too."""
        if pane == TALKS:
            self._folded = False
        self._show(pane, not self._shown[pane])
        if self._before_focus:
            self._before_focus[pane] = self._shown[pane]
        self._place_sashes()

    def _show(self, pane: str, shown: bool) -> None:
        if self._shown[pane] == shown:
            return
        self._shown[pane] = shown
        if pane == TALKS and shown:
            self.across.insert(0, self.talks, weight=0)
        elif pane == NOTES and shown:
            self.across.add(self.notes, weight=2)
        elif pane == WRITE_UP and shown:
            self.down.add(self.write_up, weight=1)
        elif pane == STATUS and shown:
            self.foot.pack(side="bottom", fill="x", before=self.across)
        elif pane == STATUS:
            self.foot.pack_forget()
        elif pane == WRITE_UP:
            self.down.forget(self.write_up)
        else:
            self.across.forget(self.talks if pane == TALKS else self.notes)

    def _show_only(self, panes: dict[str, bool]) -> None:
        for pane, shown in panes.items():
            self._show(pane, shown)

    def show_post(self, post: tkinter.Widget) -> None:
        """The post view takes the place of all panes, with the status line below it."""
        if self._post is None:
            self._post = post
            self.across.pack_forget()
            if not self._shown[STATUS]:
                self.foot.pack(side="bottom", fill="x")
            post.pack(fill="both", expand=True)

    def hide_post(self) -> None:
        """All is as before."""
        if self._post is not None:
            self._post.pack_forget()  # type: ignore[attr-defined]
            self._post = None
            self._pack_panes(whole_screen=False)
            if not self._shown[STATUS]:
                self.foot.pack_forget()
            if not self._before_focus:
                self._fold(self._root.winfo_width())

    def sash(self, name: str) -> int:
        """Where the user has put a divider that is not of these panes; 0 where it was never moved."""
        return self._sashes.get(name, 0)

    def keep_sash(self, name: str, at_px: int) -> None:
        self._sashes[name] = at_px

    def peek_at_status(self, shown: bool) -> None:
        """Where the status line is hidden it comes for a message that waits, and goes with it."""
        if self._shown[STATUS] or self.is_full_screen or self._post is not None:
            return
        if shown:
            self.foot.pack(side="bottom", fill="x", before=self.across)
        else:
            self.foot.pack_forget()

    def focus_mode(self) -> None:
        """Leaves the video and the page, and brings the rest back."""
        if self._before_focus is None:
            self._before_focus = dict(self._shown)
            self._show_only({TALKS: False, WRITE_UP: False, NOTES: True, STATUS: False})
        else:
            before, self._before_focus = self._before_focus, None
            self._show_only(before)
            self._fold(self._root.winfo_width())
        self._place_sashes()

    @property
    def is_full_screen(self) -> bool:
        return self._before_full_screen is not None

    def full_screen(self) -> None:
        """The player fills the screen; again, all is as before."""
        if self._before_full_screen is None:
            self._before_full_screen = dict(self._shown)
            self._was_maximized = self._is_maximized()
            self._show_only(dict.fromkeys(self._shown, False))
            self._pack_panes(whole_screen=True)
            self._whole_screen.fill()
        else:
            before, self._before_full_screen = self._before_full_screen, None
            self._pack_panes(whole_screen=False)
            self._show_only(before)
            self._whole_screen.give_back(self._was_maximized, self._place_sashes)


def _size_of(geometry: str, otherwise: tuple[int, int]) -> tuple[int, int]:
    """The width and height in Tk's "1440x900+0+0"."""
    width, _, height = geometry.partition("+")[0].partition("x")
    return (int(width), int(height)) if width.isdecimal() and height.isdecimal() else otherwise
