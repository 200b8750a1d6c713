"""A list of recordings on the web, shown as it is read; those that the user ticks become talks."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterable
from tkinter import ttk

from desktopnotes.actions import playlist
from desktopnotes.media.web_page import Listing
from desktopnotes.model import timecode
from desktopnotes.model.errors import UserError
from desktopnotes.model.shortening import to_letters
from desktopnotes.session import Session
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.ticked_rows import TickedRows
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _, ngettext, number

TITLE = _("Add from a List")
_HINT = _("Find in the list")
_HEADING = 120
"""So many characters of a title stand above its list: two lines."""

_CONTROL, _ALT = 0x4, 0x8


class Listings:
    """Shows one list after the other, as they are found; never two windows at once."""

    def __init__(self, root: tkinter.Tk, theme: Theme, gate: Gate, session: Callable[[], Session]) -> None:
        self._root = root
        self._theme = theme
        self._gate = gate
        self._session = session
        self._waiting: list[Listing] = []
        self.window: ListWindow | None = None

    def found(self, listing: Listing) -> None:
        """Opens a window for it as soon as there is none; the one that shows it learns its title."""
        if self.window and self.window.winfo_exists() and self.window.address == listing.address:
            self.window.name(listing.title)
            return
        self._waiting = [other for other in self._waiting if other.address != listing.address]
        self._waiting.append(listing)
        self._root.after_idle(self._open_next)

    def _open_next(self) -> None:
        is_shown = self.window is not None and self.window.winfo_exists()
        if is_shown or not self._waiting:
            return
        if self._root.tk.call("grab", "current", self._root):  # another window asks something just now
            self._root.after(200, self._open_next)
            return
        self._gate.run(self._open, self._waiting.pop(0))

    def _open(self, listing: Listing) -> None:
        self.window = ListWindow(self._root, self._theme, self._gate, self._session(), listing)
        self.window.bind("<Destroy>", self._on_gone, add=True)
        self.window.begin()

    def _on_gone(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self.window and self._waiting:
            self._root.after_idle(self._open_next)


class ListWindow(Dialog):
    """The title, what is looked for, the rows, and how much is ticked; Enter adds, Esc does not."""

    def __init__(
        self, master: tkinter.Tk, theme: Theme, gate: Gate, session: Session, listing: Listing
    ) -> None:
        super().__init__(master, theme, TITLE)
        self.address = listing.address
        self._theme = theme
        self._gate = gate
        self._session = session
        self._list_title = ""
        self._is_read = False
        self._error = ""
        self._build()
        self._bind_keys()
        self.name(listing.title)

    def begin(self) -> None:
        """Starts to read the list, and shows the window."""
        self._task = playlist.read(
            self._session, self.address, self._learn_title, self.rows.put_in, self._ended
        )
        self.bind("<Destroy>", self._on_destroy, add=True)
        self.show(self.rows.tree)

    # --- the window ----------------------------------------------------------------------------------

    def _build(self) -> None:
        px = self._theme.px
        self.heading = ttk.Label(self.body, style="Heading.TLabel", wraplength=px(740))
        self.heading.pack(anchor="w")
        self.said = ttk.Label(self.body, style="Muted.TLabel", wraplength=px(740))
        self.said.pack(anchor="w", pady=(px(2), px(8)))
        self.rows = TickedRows(
            self.body,
            self._theme,
            playlist.there(self._session),
            ticks_new=playlist.starts_ticked(self.address),
            changed=lambda: self._draw_words(),
        )
        top, foot = ttk.Frame(self.body), ttk.Frame(self.body)
        self._words = tkinter.StringVar(self)
        end_with(self, self._words)
        self.search = ttk.Entry(top, textvariable=self._words)
        self._search_hint = ttk.Label(self.search, text=_HINT, style="Muted.TLabel", cursor="xterm")
        self._search_hint.bind("<Button-1>", lambda _: self.search.focus_set())
        self._words.trace_add("write", lambda *_: self._find())
        self._show_hint()
        self.search.pack(side="left", fill="x", expand=True)
        for label, job in ((_("Select All"), self.rows.tick_all), (_("Select None"), self.rows.tick_none)):
            ttk.Button(top, text=label, command=job).pack(side="left", padx=(px(8), 0))
        self.counted = ttk.Label(foot, style="Muted.TLabel")
        self.counted.pack(side="left")
        self.take_button = ttk.Button(foot, style="Accent.TButton", command=self.take, width=16)
        self.take_button.pack(side="right", padx=(px(8), 0))
        ttk.Button(foot, text=_("Cancel"), command=self.destroy).pack(side="right")
        foot.pack(side="bottom", fill="x", pady=(px(12), 0))  # first, so that it keeps its room
        top.pack(fill="x", pady=(0, px(8)))
        self.rows.pack(fill="both", expand=True)

    def _show_hint(self) -> None:
        self._search_hint.configure(background=self._theme.palette.field)
        if self._words.get():
            self._search_hint.place_forget()
        else:
            self._search_hint.place(x=self._theme.px(8), rely=0.5, anchor="w")

    def _bind_keys(self) -> None:
        tree = self.rows.tree
        for widget in (self, tree, self.search):
            for key in ("<Return>", "<KP_Enter>", "<Control-Return>", "<Control-KP_Enter>"):
                widget.bind(key, lambda _: _done(self.take))
        for button in _buttons(self.body):
            for key in ("<Return>", "<KP_Enter>"):
                button.bind(key, lambda _, button=button: _done(button.invoke))  # type: ignore[misc]
        tree.bind("<KeyPress>", self._on_key)
        tree.bind("<Up>", lambda _: self._to_search())
        self.search.bind("<Down>", lambda _: _done(tree.focus_set))
        for letter in "aA":  # Caps Lock makes it the other one
            tree.bind(f"<Control-{letter}>", lambda _: _done(self.rows.tick_all))

    def name(self, title: str) -> None:
        """The title of the list, as far as it is known."""
        self._list_title = title or self._list_title
        shown = self._list_title or self.address
        self.heading.configure(text=to_letters(shown, _HEADING))
        self._draw_words()

    def _learn_title(self, title: str) -> None:
        """What the entries of a list say; what its page said stays."""
        if not self._list_title:
            self.name(title)

    # --- what is said --------------------------------------------------------------------------------

    def _ended(self, error: Exception | None) -> None:
        self._is_read = True
        if isinstance(error, UserError):
            self._error = str(error)
        elif error is not None:
            self._error = _("The list could not be read to its end; the details are in the log.")
            self._gate(error)
        self._draw_words()

    def _draw_words(self) -> None:
        count = self.rows.count
        if self._error:
            kept = (
                " " + _("What came before that can be added: {talks}.").format(talks=_talks(count))
                if count
                else ""
            )
            self.said.configure(text=f"{self._error}{kept}", style="Error.TLabel")
        elif not self._is_read:
            self.said.configure(
                text=_("Reading the list… {count} so far").format(count=number(count))
                if count
                else _("Reading the list…")
            )
        else:
            nothing = _("There is nothing in this list that plays.")
            found = ngettext(
                "{count} talk in this list. Space ticks, what you type is looked for.",
                "{count} talks in this list. Space ticks, what you type is looked for.",
                count,
            ).format(count=number(count))
            self.said.configure(text=found if count else nothing)
        self._draw_count(count)

    def _draw_count(self, count: int) -> None:
        rows = self.rows
        length_ms = sum(rows.choices[number].duration_ms for number in rows.ticked)
        length = f", {timecode.clock(length_ms, long=True)}" if length_ms else ""
        unseen = (
            ", " + _("{count} of them not shown now").format(count=number(rows.hidden)) if rows.hidden else ""
        )
        self.counted.configure(
            text=_("{ticked} of {count} ticked").format(ticked=number(len(rows.ticked)), count=number(count))
            + f"{length}{unseen}"
        )
        self.take_button.configure(
            text=ngettext("Add {count} Talk", "Add {count} Talks", len(rows.ticked)).format(
                count=number(len(rows.ticked))
            )
            if rows.ticked
            else _("Add Talks")
        )
        self.take_button.state(["!disabled" if rows.ticked else "disabled"])

    # --- finding -------------------------------------------------------------------------------------

    def _find(self) -> None:
        self._show_hint()
        self.rows.find(self._words.get())

    def _on_key(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        """What is typed among the rows is looked for in them."""
        state = event.state if isinstance(event.state, int) else 0
        if event.keysym == "BackSpace":
            self._words.set(self._words.get()[:-1])
        elif event.char.strip() and event.char.isprintable() and not state & (_CONTROL | _ALT):
            self._words.set(self._words.get() + event.char)
        else:
            return None
        self.search.focus_set()
        self.search.icursor("end")
        return "break"

    def _to_search(self) -> str | None:
        """Up from the first row."""
        tree = self.rows.tree
        rows = tree.get_children()
        return None if rows and tree.selection()[:1] != rows[:1] else _done(self.search.focus_set)

    # --- the end -------------------------------------------------------------------------------------

    def take(self) -> None:
        """Adds the ticked ones in the order of the list; with none ticked the window stays."""
        chosen = [self.rows.choices[number] for number in sorted(self.rows.ticked)]
        if not chosen:
            self.counted.configure(text=_("Tick what you want first, by Space or a click."))
            return
        self.destroy()
        self.master.after_idle(self._gate.run, playlist.add, self._session, self._list_title, chosen)

    def _on_destroy(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self:
            self._task.cancel()


def _done(job: Callable[[], object]) -> str:
    """Does it; nothing else happens at this key."""
    job()
    return "break"


def _buttons(master: tkinter.Misc) -> Iterable[ttk.Button]:
    for child in master.winfo_children():
        if isinstance(child, ttk.Button):
            yield child
        yield from _buttons(child)


def _talks(count: int) -> str:
    return ngettext("{count} talk", "{count} talks", count).format(count=number(count))
