"""A small list of the notebook's tags below the caret while `#` and letters are typed in a text.

It never has the focus and marks nothing by itself. Tab takes the first tag; down and up mark one, which Enter
takes. Enter with none marked does what it does without a list, Esc closes the list and does nothing else, and
whoever types on need not look at it.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Mapping

from desktopnotes.model import tags
from desktopnotes.ui.focus import focused
from desktopnotes.ui.own_keys import PASS, OwnKeys
from desktopnotes.ui.theme import Theme

_MOST = 8
_BEFORE = 64
"""So many characters before the caret are looked at, at each key."""


class TagCompletion:
    """The list of one text; `known` says how often each tag is used, the likeliest first.

    `counts_itself`: what is typed in this text is among these. `shown` are those in the list now, none while
    it is closed.
    """

    def __init__(
        self,
        text: tkinter.Text,
        theme: Theme,
        known: Callable[[], Mapping[str, int]],
        *,
        counts_itself: bool,
    ) -> None:
        self._text = text
        self._theme = theme
        self._known = known
        self._own = 1 if counts_itself else 0
        self._list: tkinter.Listbox | None = None
        self.shown: tuple[str, ...] = ()
        self._keys = OwnKeys(
            text,
            {
                "Return": self._take_marked,
                "KP_Enter": self._take_marked,
                "Tab": lambda: self._take(self.marked or 0),
                "Escape": self.close,
                "Up": lambda: self._mark(-1),
                "Down": lambda: self._mark(1),
            },
        )
        # After Tk's own binding, which is when the letter stands in the text: a release may come too late.
        after = f"AfterKey{text}"
        bindtags = list(text.bindtags())
        bindtags.insert(bindtags.index("Text") + 1, after)
        text.bindtags(tuple(bindtags))
        text.bind_class(after, "<KeyPress>", self._on_key)
        text.bind("<KeyRelease>", lambda _: self.look_again(), add=True)
        for event in ("<ButtonPress>", "<MouseWheel>", "<Destroy>"):
            text.bind(event, lambda _: self.close(), add=True)
        text.bind("<FocusOut>", self._on_focus_out, add=True)
        text.bind("<Configure>", lambda _: self._place(), add=True)

    def _on_key(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """A letter may open the list, or one less; a caret that is only moved never does."""
        if event.keysym == "BackSpace" or (event.char and event.char.isprintable()):
            self.look()
        else:
            self.look_again()

    def _on_focus_out(self, _: object) -> None:
        """Another widget has the focus now; a key that the desktop grabs for a moment says so as well."""
        if focused(self._text) is not self._text:
            self.close()

    def look(self) -> None:
        """Opens, changes or closes the list by what stands before the caret."""
        letters = tags.begun(self._text.get(f"insert -{_BEFORE}c", "insert"))
        if not letters or self._text.tag_ranges("sel") or self._goes_on():
            self.close()
            return
        known = self._known()
        found = () if self._is_whole(letters, known) else tags.begun_in(letters, known)[:_MOST]
        if not found:
            self.close()
        elif found != self.shown:
            self._open(found)

    def look_again(self) -> None:
        """The caret may have left the tag by a key that is a command's: then the list goes."""
        if self.shown:
            self.look()

    def _goes_on(self) -> bool:
        """Whether the caret stands inside a word."""
        following = str(self._text.get("insert", "insert +1c"))
        return following.isalnum() or following == "_"

    def _is_whole(self, letters: str, known: Mapping[str, int]) -> bool:
        """A tag that is in use as it was typed is not completed to a longer one."""
        return any(count > self._own and tag.casefold() == letters.casefold() for tag, count in known.items())

    def close(self) -> None:
        if self.shown:
            self.shown = ()
            self._keys.leave()
        if self._list is not None:
            gone, self._list = self._list, None
            gone.destroy()

    # --- the list ------------------------------------------------------------------------------------

    def _open(self, found: tuple[str, ...]) -> None:
        if self._list is None:
            self._list = self._made()
        listed = self._list
        listed.delete(0, "end")
        listed.insert("end", *(f" #{tag} " for tag in found))
        listed.configure(height=len(found), width=max(map(len, found)) + 3)
        self.shown = found
        self._keys.take()
        self._place()

    def _made(self) -> tkinter.Listbox:
        p, fonts = self._theme.palette, self._theme.fonts
        listed = tkinter.Listbox(
            self._text.winfo_toplevel(),
            takefocus=False,
            exportselection=False,
            relief="flat",
            borderwidth=0,
            highlightthickness=1,
            highlightbackground=p.border,
            highlightcolor=p.border,
            background=p.field,
            foreground=p.text,
            selectbackground=p.selection,
            selectforeground=p.selection_text,
            font=fonts.text,
            cursor="hand2",
        )
        listed.bindtags((str(listed),))  # no binding of its class: a click must not take the focus
        listed.bind("<ButtonPress-1>", self._on_click)
        return listed

    def _place(self) -> None:
        """Below the sign of the tag, or above it where there is no room below."""
        text, listed, gap = self._text, self._list, self._theme.px(3)
        box = text.bbox("insert")
        if listed is None or box is None:
            self.close()
            return
        letters = tags.begun(text.get(f"insert -{_BEFORE}c", "insert"))
        sign = text.bbox(f"insert -{len(letters) + 1}c")
        left = sign[0] if sign and sign[1] == box[1] else box[0]
        top = text.winfo_toplevel()
        x, y = (
            text.winfo_rootx() - top.winfo_rootx() + left,
            text.winfo_rooty() - top.winfo_rooty() + box[1],
        )
        listed.update_idletasks()
        below = y + box[3] + gap
        fits = below + listed.winfo_reqheight() <= top.winfo_height()
        x = max(0, min(x, top.winfo_width() - listed.winfo_reqwidth()))
        listed.place(x=x, y=below if fits else max(0, y - gap - listed.winfo_reqheight()))
        listed.lift()

    @property
    def marked(self) -> int | None:
        """Which one the arrows marked, None where they marked none."""
        chosen = self._list.curselection() if self._list else ()  # type: ignore[no-untyped-call]
        return int(chosen[0]) if chosen else None

    def _mark(self, step: int) -> None:
        """Marks the next one; from none the first is below, the last above."""
        if self._list is not None:
            start = (-1 if step > 0 else 0) if self.marked is None else self.marked
            index = (start + step) % len(self.shown)
            self._list.selection_clear(0, "end")
            self._list.selection_set(index)
            self._list.see(index)

    def _on_click(self, event: tkinter.Event[tkinter.Misc]) -> str:
        if self._list is not None:
            self._take(self._list.nearest(event.y))  # type: ignore[no-untyped-call]
        return "break"

    def _take_marked(self) -> object:
        """Enter ends the note, or begins a line in the write-up, unless a tag was asked for."""
        if (index := self.marked) is None:
            self.close()
            return PASS
        self._take(index)
        return None

    def _take(self, index: int) -> None:
        """Puts the rest of a tag in; where its first letters are written otherwise, all of it."""
        letters = tags.begun(self._text.get(f"insert -{_BEFORE}c", "insert"))
        tag = self.shown[index]
        self.close()
        if not letters or not tag.casefold().startswith(letters.casefold()):
            return
        if tag.startswith(letters):
            self._text.insert("insert", tag[len(letters) :])
        else:
            first = self._text.index(f"insert -{len(letters)}c")
            self._text.replace(first, "insert", tag)
        self._text.see("insert")
