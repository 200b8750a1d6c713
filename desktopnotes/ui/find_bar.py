"""The bar over the notes that finds in the open talk: every hit is marked as the words are typed."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterable, Iterator, Mapping
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.actions.pieces import goes_on
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Talk
from desktopnotes.model.search import Finder, Place, Query, Text, read_query
from desktopnotes.model.shortening import to_letters
from desktopnotes.ui import layout
from desktopnotes.ui.bound import and_break
from desktopnotes.ui.find_filters import FilterButton, tags_of
from desktopnotes.ui.find_marks import Marks
from desktopnotes.ui.find_stops import Stop, Stops, numbers_of
from desktopnotes.ui.finding import ALL, NOTEBOOK, TALK, as_typed, selected_words
from desktopnotes.ui.tooltip import add_tooltip
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _, number

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

_LOOK_MS = 30
_LEAST_FOR_MENUS_PX = 330
_ABOUT_SCOPE = _("Look in this notebook or in all of them  {edit.find_everywhere}")


class FindBar(ttk.Frame):
    """`words` are what is in its entry; `everywhere` looks for them in other places, by the name of these."""

    def __init__(self, window: Window, everywhere: Callable[..., None]) -> None:
        super().__init__(window.layout.notes)
        self._window = window
        self._everywhere = everywhere
        self._finder = Finder()
        self._marks = Marks(window)
        self._query = Query()
        self._talk: Talk | None = None
        self._found: list[Text] = []
        self._stops = Stops(Query(), (), {})
        self._found_ids: set[str] = set()
        self._in_write_up = False
        self._numbers: tuple[Talk | None, Mapping[str, int]] = (None, {})
        self._now = -1
        self._under_way: Iterator[list[Text]] | None = None
        self._job = self._look_job = ""
        self._before: tuple[tkinter.Misc | None, float] = (None, 0.0)
        self._anchor = Caret()
        self._has_gone = False
        self.words = tkinter.StringVar(self)
        end_with(self, self.words)
        self._build()
        self.words.trace_add("write", lambda *_: self._typed())
        window.keys.watch([self])

    def _build(self) -> None:
        theme, px, icons = self._window.theme, self._window.theme.px, self._window.icons
        close = self._button("x", _("Close"), self.close)
        close.pack(side="right")
        scope = ttk.Menubutton(self, text=TALK, takefocus=True)
        menu = tkinter.Menu(scope, tearoff=False)
        for name in (NOTEBOOK, ALL):
            menu.add_command(label=f"{name}…", command=lambda name=name: self._widen(name))  # type: ignore[misc]
        scope.configure(menu=menu)
        add_tooltip(scope, theme, lambda: self._window.with_keys(_ABOUT_SCOPE))
        scope.pack(side="right")
        filters = FilterButton(self, self.words, self._tags, lambda: self.entry.focus_set())
        add_tooltip(filters, theme, lambda: _("By kind, tag or snapshot: kind:question, #tag, has:snapshot"))
        filters.pack(side="right")
        following = self._button("chevron-down", _("Next hit  {edit.find_next}"), lambda: self.step(1))
        following.pack(side="right")
        previous = self._button("chevron-up", _("Previous hit  {edit.find_previous}"), lambda: self.step(-1))
        previous.pack(side="right", padx=(px(4), 0))
        self.entry = ttk.Entry(self, textvariable=self.words, width=8)
        self.entry.pack(side="left", fill="x", expand=True)
        self.count = ttk.Label(self.entry, style="Muted.TLabel")
        theme.follow(self.count, self._dress)
        self.panes: tuple[tkinter.Misc, ...] = (self.entry, previous, following, filters, scope, close)
        icons.put(close, "x", "×")
        for keys, job in (
            ("<Return>", lambda: self.step(1)),
            ("<KP_Enter>", lambda: self.step(1)),
            ("<Shift-Return>", lambda: self.step(-1)),
            ("<Down>", lambda: self.step(1)),
            ("<Up>", lambda: self.step(-1)),
            ("<Escape>", self.close),
        ):
            self.entry.bind(keys, lambda _, job=job: and_break(job))  # type: ignore[misc]
        self.bind("<Configure>", lambda event: self._fit(event.width, scope, filters))

    def _dress(self) -> None:
        self.count.configure(background=self._window.theme.palette.field)

    def _button(self, icon: str, tip: str, job: Callable[[], object]) -> ttk.Button:
        button = ttk.Button(self, style="Icon.TButton", command=job)
        self._window.icons.put(button, icon, tip[0], size=16)
        button.bind("<Return>", lambda _: and_break(job))
        add_tooltip(button, self._window.theme, lambda: self._window.with_keys(tip))
        return button

    def _fit(self, width: int, scope: ttk.Menubutton, filters: ttk.Menubutton) -> None:
        """In a narrow pane the entry keeps its room; what the menus do has keys and words as well."""
        if width < self._window.theme.px(_LEAST_FOR_MENUS_PX):
            scope.pack_forget()
            filters.pack_forget()
        elif not scope.winfo_manager():
            scope.pack(side="right", after=self.panes[-1])
            filters.pack(side="right", after=scope)

    def _tags(self) -> list[str]:
        return tags_of(self._window.session.notebook, self._window.session.talk_id)

    def _widen(self, scope: str) -> None:
        self._everywhere(self.words.get(), scope=scope)

    @property
    def is_looking(self) -> bool:
        """Whether not all is looked through yet."""
        return self._under_way is not None

    # --- open and closed -----------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return bool(self.winfo_manager())

    def open(self) -> None:
        """Shows the bar with the keyboard in its entry; what is selected in the page is looked for."""
        window = self._window
        chosen = selected_words(window.focus())
        self._show()
        if chosen.strip():
            self.words.set(as_typed(chosen.strip()))
        self.entry.focus_set()
        self.entry.selection_range(0, "end")
        self.entry.icursor("end")
        self._search()

    def _show(self) -> None:
        window = self._window
        window.full_screen.leave()
        window.show_pane(layout.NOTES)
        if self.is_open:
            return
        focus = window.focus()
        self._before = (focus, float(window.page.text.yview()[0]))
        self._anchor = self._caret()
        self._has_gone = False
        window.side.put_over(self)
        window.page.holds_still = True
        window.page.also_beside = self._look_soon

    def _caret(self) -> Caret:
        """Where the user is or was in a text; one that is shown only now has no keyboard yet."""
        caret = self._window.caret()
        return caret if caret.place != "video" else self._window.page.caret

    def close(self) -> bool:
        """Hides it; the caret is where it was, or at the hit that was gone to. False where it is not open."""
        if not self.is_open:
            return False
        window = self._window
        focus = window.focus()  # at a quick Esc still the text that the bar came from, hidden by now
        had_keyboard = focus in self.panes or focus is None or not focus.winfo_viewable()
        self._give_up()
        self.pack_forget()
        self._marks.clear()
        self._talk = None
        window.page.holds_still = False
        window.page.also_beside = lambda: None
        if had_keyboard:
            self._give_back()
        return True

    def _give_back(self) -> None:
        window, (focus, scroll) = self._window, self._before
        if self._has_gone and self._stop:
            self._put_caret(self._stop)
            return
        window.page.text.yview_moveto(scroll)
        is_seen = focus is not None and focus.winfo_exists() and focus.winfo_viewable()
        (focus if focus is not None and is_seen else window.page.text).focus_set()

    # --- looking -------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if self.is_open:
            self._search()

    def _look_soon(self) -> None:
        """Rows may have been drawn or moved: the marks follow a little later, not at each key."""
        if not self._look_job:
            self._look_job = self.after(_LOOK_MS, self._look)

    def _look(self) -> None:
        self._look_job = ""
        window = self._window
        if not self.is_open:
            return
        if window.layout.is_full_screen:
            self.close()
        elif window.session.talk is not self._talk:
            if self._talk is None or window.session.talk_id != self._talk.id:
                self._anchor = Caret("notes", window.session.talk_id)
                self._has_gone = False
            self._search()
        else:
            self._draw()

    def _give_up(self) -> None:
        for job in (self._job, self._look_job):
            if job:
                self.after_cancel(job)
        self._job = self._look_job = ""
        self._under_way = None

    def _search(self) -> None:
        """Begins to look; what a key may take is done at once, the rest as soon as there is time."""
        self._give_up()
        session, query = self._window.session, read_query(self.words.get())
        self._stays = self._stop_to_stay_at(query)
        self._query, self._talk = query, session.talk
        self._found, self._found_ids, self._in_write_up = [], set(), False
        if self._query.is_empty or session.talk is None:
            self._stops, self._now = Stops(self._query, (), {}), -1
            self._draw()
            return
        self._under_way = self._finder.find(self._query, session.notebook, session.talk_id)
        self._go_on()

    def _stop_to_stay_at(self, query: Query) -> Stop | None:
        same = query == self._query and self._talk and self._talk.id == self._window.session.talk_id
        return self._stop if same else None

    def _go_on(self) -> None:
        self._job = ""
        assert self._under_way is not None  # it is set where this is called from
        if goes_on(map(self._add, self._under_way)):
            self._job = self.after(1, self._go_on)
            return
        self._under_way = None
        self._take()

    def _add(self, texts: Iterable[Text]) -> None:
        for text in texts:
            if text.note:
                self._found.append(text)
                self._found_ids.add(text.note.id)
            elif text.place == Place.WRITE_UP:
                self._found.append(text)
                self._in_write_up = True

    def _take(self) -> None:
        """All is looked through: how many hits there are, and which one is the first."""
        if self._numbers[0] is not self._talk:
            self._numbers = (self._talk, numbers_of(self._talk))
        self._stops = Stops(self._query, self._found, self._numbers[1])
        same = self._stops.number_of(self._stays) if self._stays else None
        if same is not None:
            self._now = same
        else:
            self._now = self._stops.first_from(self._anchor, self._window.page.blank_after)
        self._draw()
        stop = self._stop
        if stop and not self._has_gone and self._window.focus() is self.entry:
            self._marks.see(stop)

    @property
    def _stop(self) -> Stop | None:
        """The hit that is gone to next, or was gone to."""
        return self._stops[self._now] if 0 <= self._now < len(self._stops) else None

    # --- drawing and going ---------------------------------------------------------------------------

    def _draw(self) -> None:
        query = self._query
        wanted = (*query.words, *(f"#{tag}" for tag in query.tags))
        write_up = self._talk.write_up if self._talk and self._in_write_up else ""
        self._marks.draw(wanted, self._found_ids, self._stop, dims=query.has_filter, write_up=write_up)
        if query.is_empty:
            said = ""
        elif not len(self._stops):
            said = _("no hits")
        else:
            words = _("{number} of {count} notes") if self._stops.is_by_note else _("{number} of {count}")
            said = words.format(number=number(self._now + 1), count=number(len(self._stops)))
        self.count.configure(text=said)
        if said:
            self.count.place(relx=1.0, x=-self._window.theme.px(8), rely=0.5, anchor="e")
        else:
            self.count.place_forget()

    def step(self, by: int) -> None:
        """Goes to the next hit, or the one before; closed, it opens again with the last words."""
        window = self._window
        in_text = window.focus() in (window.page.text, window.write_up.text, window.side.text)
        if not self.words.get().strip():
            self.open()
            return
        was_open = self.is_open
        self._show()
        if in_text:
            self._anchor = self._caret()
        if not was_open or window.session.talk is not self._talk:
            self._search()
        while self._under_way:
            self._go_on_now()
        if not len(self._stops):
            window.session.screen.tell(
                _("Nothing here has “{words}”.").format(words=to_letters(self.words.get(), 60))
            )
            return
        self._now = self._next(by, from_caret=in_text)
        self._has_gone = True
        stop = self._stops[self._now]
        self._marks.see(stop)
        self._draw()
        if in_text:
            self._put_caret(stop)

    def _go_on_now(self) -> None:
        if self._job:
            self.after_cancel(self._job)
        self._go_on()

    def _next(self, by: int, *, from_caret: bool) -> int:
        """The number of the stop to go to; past either end it goes on at the other, and says so."""
        count = len(self._stops)
        number = self._now + by
        if from_caret:
            number = self._stops.beside(self._anchor, self._window.page.blank_after, by)
        if not 0 <= number < count:
            self._window.session.screen.tell(
                _("That was the last hit: on at the first.")
                if by > 0
                else _("That was the first hit: on at the last.")
            )
        return number % count

    def _put_caret(self, stop: Stop) -> None:
        place, talk_id = "notes" if stop.note_id else "write_up", self._window.session.talk_id
        self._anchor = Caret(place, talk_id, stop.note_id, stop.start)
        self._window.session.screen.put_caret(self._anchor)
