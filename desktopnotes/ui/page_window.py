"""A page to read beside the main window: the guide, and what is new. Wholly by keys, with links inside.

Arrows, Page Up and Down, Space, Home and End scroll; Tab goes from link to link, Enter follows; Esc closes.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk
from urllib.parse import unquote

from desktopnotes.actions import formatting
from desktopnotes.export.blocks import Block
from desktopnotes.session import Session
from desktopnotes.ui import guide_text
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.guarded_text import columns
from desktopnotes.ui.guide_pictures import PAD_PX, GuidePictures
from desktopnotes.ui.preview_lines import pieces_of
from desktopnotes.ui.preview_text import PreviewText
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

_WIDE, _HIGH = 760, 760
"""Of the page, in pixels of the design, where the screen has that."""

_LINK = "link with the keyboard"


@dataclass(frozen=True, slots=True)
class Link:
    start: str
    end: str
    address: str


def open_page(
    master: tkinter.Misc,
    theme: Theme,
    session: Callable[[], Session],
    title: str,
    page: Callable[[], tuple[Block, ...]],
) -> None:
    """Shows the page, or brings the window of that title back to the front; `page` has the words of now."""
    for child in master.winfo_children():
        if isinstance(child, PageWindow) and child.title() == title:
            child.come_back()
            return
    PageWindow(master, theme, session, title, page())


class PageWindow(Dialog):
    """`links` are those of the page, in their order."""

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        session: Callable[[], Session],
        title: str,
        page: tuple[Block, ...],
    ) -> None:
        super().__init__(master, theme, title)
        self._session = session
        self._page = page
        self._focused = -1
        self.links: list[Link] = []
        self.body.configure(padding=0)
        self._build_foot()
        self._frame = tkinter.Frame(self.body, width=theme.px(_WIDE), height=theme.px(_HIGH))
        self._frame.pack(fill="both", expand=True)
        self._frame.pack_propagate(False)
        self.text = PreviewText(self._frame, theme, session, self._drawn)
        self.text.pictures = GuidePictures(self.text, theme, guide_text.folder())  # type: ignore[assignment]
        self.text.pack(side="left", fill="both", expand=True)
        Scrollbar(self.text)
        self._bind_keys()
        theme.follow(self, self._dress)
        self.minsize(theme.px(360), theme.px(240))
        self.show(self.text)
        self.grab_release()  # it stands beside the main window
        self.text.show(page)

    def _build_foot(self) -> None:
        px = self._theme.px
        foot = ttk.Frame(self.body, padding=(px(16), px(8)))
        foot.pack(side="bottom", fill="x")
        self.close = ttk.Button(foot, text=_("Close"), command=self.destroy)
        self.close.bind("<Return>", lambda event: self.destroy())
        self.close.bind("<Shift-Tab>", lambda event: self._back_to_links())
        self.close.bind("<ISO_Left_Tab>", lambda event: self._back_to_links())
        self.close.pack(side="right")
        keys = _("Tab goes from link to link, Enter follows one. Esc closes.")
        ttk.Label(foot, text=keys, style="Muted.TLabel").pack(side="left")

    def _bind_keys(self) -> None:
        text = self.text
        text.bind("<Tab>", lambda event: self._to_link(1))
        for back in ("<Shift-Tab>", "<ISO_Left_Tab>"):
            text.bind(back, lambda event: self._to_link(-1))
        text.bind("<Return>", lambda event: self._follow_focused())
        text.bind("<space>", lambda event: self._turn(1))
        text.bind("<Shift-space>", lambda event: self._turn(-1))
        text.bind("<ButtonRelease-1>", self._on_click, add=True)
        text.bind("<Motion>", self._on_motion, add=True)
        text.bind("<<Copy>>", lambda event: self._copy())
        text.bind("<Configure>", lambda event: text.pictures.draw_soon(), add=True)

    def _dress(self) -> None:
        p, px = self._theme.palette, self._theme.px
        self._frame.configure(background=p.page)
        self.text.configure(
            background=p.page,
            foreground=p.text,
            highlightthickness=0,
            borderwidth=0,
            padx=px(PAD_PX),
            pady=px(14),
            font=self._theme.fonts.page,
            cursor="arrow",
        )
        self.text.tag_configure(_LINK, background=p.accent, foreground=p.accent_text)
        self.text.pictures.draw_soon()

    def _drawn(self) -> None:
        self.links = list(self._links())
        self.text.tag_raise(_LINK)

    def _links(self) -> list[Link]:
        found = []
        for number, block in enumerate(self._page):
            line, column = int(self.text.start_of(number).split(".")[0]), 0
            for piece in pieces_of(block):
                if piece.text == "\n":
                    line, column = line + 1, 0
                    continue
                end = column + columns(piece.text)
                if piece.run is not None and piece.run.link:
                    found.append(Link(f"{line}.{column}", f"{line}.{end}", piece.run.link))
                column = end
        return found

    def come_back(self) -> None:
        self.deiconify()
        self.lift()
        self.text.focus_force()

    # --- links ---------------------------------------------------------------------------------------

    def _to_link(self, by: int) -> str:
        """The next link gets the keyboard; behind the last one, and before the first, the button does."""
        self._put_on(self._focused + by if self._focused >= 0 or by > 0 else len(self.links))
        return "break"

    def _back_to_links(self) -> str:
        self.text.focus_set()
        self._put_on(len(self.links) - 1)
        return "break"

    def _put_on(self, number: int) -> None:
        self.text.tag_remove(_LINK, "1.0", "end")
        if not 0 <= number < len(self.links):
            self._focused = -1
            self.close.focus_set()
            return
        self._focused = number
        link = self.links[number]
        self.text.tag_add(_LINK, link.start, link.end)
        self.text.see(link.start)

    def _follow_focused(self) -> str:
        if self._focused >= 0:
            self.follow(self.links[self._focused].address)
        return "break"

    def follow(self, address: str) -> None:
        """To a heading of the page, or to a page of the web in the browser."""
        if address.startswith("#"):
            number = guide_text.headings(self._page).get(unquote(address[1:]))
            if number is not None:
                self.text.put_high(self.text.start_of(number), 0)
            return
        formatting.open_link(self._session(), address)

    def _under(self, event: tkinter.Event[tkinter.Misc]) -> str:
        if self.text.block_under(event.x, event.y) < 0:
            return ""
        run = self.text.run_at(f"@{event.x},{event.y}")
        return run.link if run is not None else ""

    def _on_click(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """A drag has selected."""
        if not self.text.tag_ranges("sel") and (address := self._under(event)):
            self.follow(address)

    def _on_motion(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self.text.configure(cursor="hand2" if self._under(event) else "arrow")

    # --- the rest ------------------------------------------------------------------------------------

    def _turn(self, pages: int) -> str:
        self.text.raw("yview", "scroll", pages, "pages")
        return "break"

    def _copy(self) -> str:
        if ranges := self.text.tag_ranges("sel"):
            self._session().screen.copy(self.text.get(str(ranges[0]), str(ranges[-1])))
        return "break"
