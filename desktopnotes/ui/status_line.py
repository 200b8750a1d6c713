"""The quiet line at the foot of the window: is it saved, how stamps are taken, and what just happened."""

from __future__ import annotations

import time
import tkinter
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from tkinter import ttk

from desktopnotes.screen import Offer, Waits
from desktopnotes.ui.focus import focused
from desktopnotes.ui.shortened import Shortened
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.tooltip import add_tooltip
from desktopnotes.ui.waiting import Told, Waiting
from desktopnotes.ui.wheel import bind_wheel
from desktopnotes.words import _

_SHOWN_MS = 5000
_MS_PER_LETTER = 60
"""A message stays long enough to be read: some 200 words a minute, which is 17 letters a second."""

_KEPT = 100

_DEAF_S = 0.5
"""So long after a button was used others take no press: a double click is not meant for what comes next."""

_ABOUT_STAMPS = _(
    "How long before its first key a note is stamped: your reaction time. Click or turn the wheel."
)


class StatusLine(ttk.Frame):
    """A message takes the place of the counts for a while, or stays until the next one.

    Others wait for the user, one of them shown at a time: they are back after what passes.

    `choose` is called with a place of the screen when the reaction time is clicked, `turn` when the wheel
    turns over it, `read` when all of a message is to be read. `said` are the last messages with when they
    came.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        choose: Callable[[int, int], object],
        turn: Callable[[int], None],
        read: Callable[[], None],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._job = ""
        self._figures = ""
        self._of_post: str | None = None
        self._now: Told | None = None
        self._waiting = Waiting()
        self._drawn: Told | None = None
        self._count: ttk.Label | None = None
        self._used_s = 0.0
        self.made: Callable[[Sequence[tkinter.Misc]], None] = lambda _: None
        """Called with each frame of new buttons, in which the window's keys work too."""
        self.give_back: Callable[[], object] = lambda: None
        """Called when a button goes that has the keyboard."""
        self.offers_went: Callable[[], object] = lambda: None
        """Called when buttons go: nothing else is to be where a second click would meet it."""
        self.lasts: Callable[[bool], None] = lambda _: None
        """Called with whether a message waits for the user: in focus mode too it is to be seen."""
        self.said: deque[tuple[datetime, str]] = deque(maxlen=_KEPT)
        self._has_failed = False
        self.explain: Callable[[], None] = lambda: None
        """Called when what it says of saving is clicked."""
        ttk.Separator(self).pack(fill="x")
        row = ttk.Frame(self, padding=(theme.px(14), theme.px(2)))
        row.pack(fill="x")
        self._build(row)
        self.stamps = self._reaction_time(row, choose, turn)
        self.stamps.pack(side="left", padx=(theme.px(14), 0), after=self._saved)
        self._more = ttk.Button(row, text=_("Read All"), style="Quiet.TButton", command=read)
        theme.follow(self, self._keep_height)
        row.bind("<Configure>", lambda _: self.after_idle(self._make_room), add=True)

    def _build(self, row: ttk.Frame) -> None:
        """What it says of saving at the left, what was told, and at the right the usual keys or a hint."""
        self._height = ttk.Frame(row, width=1)
        self._height.pack(side="left")
        self._saved = ttk.Label(row, style="Status.TLabel")
        self._saved.pack(side="left")
        self._saved.bind("<Button-1>", lambda _: self.explain())
        self.right = ttk.Frame(row)
        self.right.pack(side="right")
        self._usual = ttk.Label(self.right, style="Status.TLabel")
        self._usual.pack(side="right")
        self._offers = ttk.Frame(row)
        self._offers.pack(side="right")
        self._line = Shortened(row, self._theme, style="Status.TLabel")
        self._line.pack(side="left", fill="x", expand=True, padx=(self._theme.px(8), 0))
        self._line.fitted = self._offer_all

    def _reaction_time(
        self, row: ttk.Frame, choose: Callable[[int, int], object], turn: Callable[[int], None]
    ) -> ttk.Label:
        stamps = ttk.Label(row, style="Status.TLabel", cursor="hand2")
        stamps.bind("<Button-1>", lambda event: choose(event.x_root, event.y_root))
        stamps.bind("<Enter>", lambda _: stamps.state(["active"]), add=True)
        stamps.bind("<Leave>", lambda _: stamps.state(["!active"]), add=True)
        bind_wheel(stamps, turn)
        add_tooltip(stamps, self._theme, lambda: _ABOUT_STAMPS)
        return stamps

    def _keep_height(self) -> None:
        """The line is as high without a button as with one: no message moves the window's panes."""
        self._height.configure(height=self._more.winfo_reqheight())

    # --- what is shown -------------------------------------------------------------------------------

    def show_saved(self, words: str, *, failed: bool = False) -> None:
        """How it stands with saving; a failure is seen in focus mode too, as long as it lasts."""
        if (words, failed) == (self.saved, self._has_failed):
            return
        self._saved.configure(
            text=words,
            style="Error.TLabel" if failed else "Status.TLabel",
            cursor="hand2" if failed else "",
        )
        if failed != self._has_failed:
            self._has_failed = failed
            self._say_whether_it_lasts()
        self._make_room()

    def _say_whether_it_lasts(self) -> None:
        self.lasts(self._has_failed or len(self._waiting) > 0 or (self._tells and not self._job))

    def show_figures(self, stamps: str, words: str) -> None:
        """How stamps are taken, and what is counted."""
        self.stamps.configure(text=stamps)
        self._figures = f"·  {words}"
        self._show_counted()

    def show_post(self, words: str | None) -> None:
        """What is counted of a post, while that is shown; None when it is no more."""
        if words is None:
            self.stamps.pack(side="left", padx=(self._theme.px(14), 0), after=self._saved)
        else:
            self.stamps.pack_forget()
        self._of_post = words
        self._show_counted()

    @property
    def _counted(self) -> str:
        if self._of_post is None:
            return self._figures
        return f"·  {self._of_post}" if self.saved and self._of_post else self._of_post

    def _show_counted(self) -> None:
        if not self._tells:
            self._show(self._counted, "Status.TLabel")

    def show_usual(self, words: str) -> None:
        """What stands at the right while no hint does: the keys that are used most."""
        self._usual.configure(text=words)

    def show_hint(self, hint: tkinter.Misc | None) -> None:
        """Shows a hint, made inside of `right`, in place of the usual keys; None brings those back."""
        for widget in self.right.pack_slaves():
            widget.pack_forget()
        shown = hint or self._usual
        shown.pack(side="right")  # type: ignore[attr-defined]
        self._make_room()

    def tell(
        self,
        message: str,
        offers: Sequence[Offer] = (),
        *,
        lasting: bool = False,
        error: bool = False,
        waits: Waits | None = None,
    ) -> None:
        """Shows a message, an error in its colour; one that `waits` stands by itself until the user acts."""
        told = Told(datetime.now(), message, tuple(offers), error, waits)
        self.said.append((told.at, message))
        self._forget_time()
        if waits is None:
            self._now = told
            if not (offers or lasting or error):
                self._job = self.after(max(_SHOWN_MS, len(message) * _MS_PER_LETTER), self._pass)
        else:
            self._waiting.put(told)
            if self._now and (waits <= Waits.CAME_IN or not self._now.is_error):
                self._now = None  # else the error is read first; the count tells of this one
        self._draw()

    def tell_no_more(self, about: Waits) -> None:
        """What waited has settled itself."""
        self._waiting.end(about)
        self._draw()

    def take_away(self, message: str) -> None:
        """Takes this message away, where it is what was said just now."""
        if self._now and self._now.message == message:
            self._pass()

    def leave_notebook(self) -> None:
        """Takes away what was about the notebook before, and what is offered; what is only told stays."""
        self._waiting.leave_notebook()
        if self._now and self._now.offers:
            self._now = None
        self._draw()

    @property
    def standing(self) -> tuple[Told, ...]:
        """The messages that can be acted on still."""
        return (*((self._now,) if self._now else ()), *self._waiting)

    def use(self, told: Told, offer: Offer) -> None:
        """Does what is offered; the message has had its day then, unless that only looked or was refused."""
        if time.monotonic() < self._used_s + _DEAF_S:
            return
        self._used_s = time.monotonic()
        offer.run()
        if not offer.stays and self.winfo_exists():
            self._waiting.drop(told)
            self._draw()

    def _close(self) -> None:
        if self._now is not None:
            self._now = None
        else:
            self._waiting.drop(self._waiting.first)
        self._draw()

    def _pass(self) -> None:
        self._now = None
        self._draw()

    def _forget_time(self) -> None:
        if self._job:
            self.after_cancel(self._job)
            self._job = ""

    def _draw(self) -> None:
        """Shows what was said just now, else what waits, else the counts."""
        told = self._now or self._waiting.first
        if self._now is None:
            self._forget_time()
        if told is not self._drawn:
            self._draw_offers(told)
        if self._count is not None:
            count = len(self.standing)
            self._count.configure(text=_("1 of {count}").format(count=count) if count > 1 else "")
        if told is None:
            self._show(self._counted, "Status.TLabel")
        else:
            self._show(told.message, "Error.TLabel" if told.is_error else "TLabel")
        self._say_whether_it_lasts()

    def _draw_offers(self, told: Told | None) -> None:
        had = self._offers.winfo_children()
        has_keyboard = focused(self) in had
        for child in had:
            child.destroy()
        self._count = None
        self._offers.configure(width=1)  # a frame whose last child went keeps its width
        self._drawn = told
        if told is not None and not self._job:
            self._make_offers(told)
        if had:
            self.offers_went()
        if has_keyboard:
            self.give_back()

    def _make_offers(self, told: Told) -> None:
        gap = self._theme.px(6)
        for offer in told.offers:
            use = partial(self.use, told, offer)
            button = ttk.Button(self._offers, text=offer.label, style="Quiet.TButton", command=use)
            button.pack(side="left", padx=(gap, 0))
        self._count = ttk.Label(self._offers, style="Status.TLabel")
        self._count.pack(side="left", padx=(gap, 0))
        close = ttk.Button(self._offers, text="×", style="Quiet.TButton", width=2, command=self._close)
        close.pack(side="left")
        self.made([self._offers])

    @property
    def _tells(self) -> bool:
        return self._now is not None or len(self._waiting) > 0

    def _show(self, words: str, style: str) -> None:
        self._more.pack_forget()
        self._line.show(words, style=style)
        self._make_room()

    def _offer_all(self) -> None:
        """Where a message is cut, all of it can be read."""
        if self._tells and self._line.is_cut and not self._more.winfo_manager():
            self._more.pack(side="right", before=self._line)

    def _make_room(self) -> None:
        """What is told comes before the hints."""
        if not self.winfo_exists():
            return
        lasts = self._tells and not self._job
        needs = self._theme.fonts.text.measure(self._line.whole) + self._theme.px(30)
        left = self._saved.winfo_reqwidth() + self.stamps.winfo_reqwidth() + self._offers.winfo_reqwidth()
        room = self.winfo_width() - left - self._theme.px(60)
        if lasts or needs + self.right.winfo_reqwidth() > room:
            self.right.pack_forget()
        elif not self.right.winfo_manager():
            self.right.pack(side="right", before=self._offers)

    @property
    def saved(self) -> str:
        return str(self._saved.cget("text"))

    @property
    def message(self) -> str:
        return self._line.whole
