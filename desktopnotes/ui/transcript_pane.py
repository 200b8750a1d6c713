"""What was said, to read along, to go to and to quote from: it follows the talk and is never typed in.

It holds text alone; the times of its paragraphs stand in a gutter beside it, drawn for what is visible.
"""

from __future__ import annotations

import time
import tkinter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from tkinter import ttk

from desktopnotes import commands
from desktopnotes.actions import captions
from desktopnotes.model.script import Chosen, Place, Script
from desktopnotes.model.transcript import Transcript
from desktopnotes.session import Session
from desktopnotes.ui.focus import focused
from desktopnotes.ui.guarded_text import GuardedText, characters, columns
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.transcript_gutter import TranscriptGutter
from desktopnotes.words import _

_FOLLOW_AFTER_S = 5.0
"""So long after the user scrolled, selected or moved the caret the page follows again."""

_SEE_MS = 60

_DRAG_PX = 4
"""A pointer that moved less while it was down has clicked."""

_COMFORT = (0.1, 0.7)
"""The part of the page's height in which the sentence of the moment may stand without being moved."""

_HIGH = 0.25
"""How far from the top it is put."""

_UNSHOWN = str.maketrans({"\0": "\u2400", "\n": " ", "\r": " "})
"""What Tk would cut off or break at, letter for letter."""

_NO_TALK = _("No talk is open.\n\nTalk, Add Files… adds one; what is said in it can be read here.")
_LOOKING = _("Looking for captions…")
_NONE = _(
    "This recording has no captions.\n\n"
    "A file named like the recording and beside it (.vtt, .srt, .ass) is found by itself. "
    "Talk, Captions… takes any other."
)


class TranscriptPane(tkinter.Frame):
    """The view of the open talk's captions. All moments are ms of what is played."""

    def __init__(
        self,
        master: tkinter.Misc,
        theme: Theme,
        session: Callable[[], Session],
        run: Callable[[commands.Command], None],
    ) -> None:
        super().__init__(master, highlightthickness=1)
        self._session = session
        self._theme = theme
        self._run = run
        self._script: Script | None = None
        self._lit = -1
        self._lit_range: tuple[str, str] | None = None
        self._touched_s = float("-inf")
        self._caret_is_users = False
        self._stays = False
        self._pressed: tuple[int, int] | None = None
        self._see_job = ""
        self._quoted: frozenset[tuple[int, int]] = frozenset()
        self.text = GuardedText(self, self, wrap="word", padx=0, highlightthickness=0, takefocus=True)
        self.gutter = TranscriptGutter(self, self.text, theme, self._jump, self._moment_ms)
        self.gutter.pack(side="left", fill="y")
        self.text.pack(side="left", fill="both", expand=True, padx=(0, theme.px(6)))
        bar = Scrollbar(self.text, also=self._scrolled)
        for press in ("<ButtonPress-1>", "<B1-Motion>"):
            bar.bind(press, self._touch, add=True)
        self._empty = ttk.Frame(self, style="Page.TFrame")
        self._words = ttk.Label(self._empty, style="Muted.TLabel", justify="left")
        self._words.pack(anchor="w", pady=(0, theme.px(12)))
        choose = commands.by_id("talk.captions")
        self.choose = ttk.Button(self._empty, text=_("Choose a File…"), command=lambda: run(choose))
        self._quote = ttk.Button(self.text, text="“ " + _("Quote"), style="Tip.TButton", command=self._take)
        self._quote.configure(cursor="arrow", takefocus=False)
        self._bind()
        theme.follow(self.text, self._dress)

    def _bind(self) -> None:
        text = self.text
        text.bind("<ButtonPress-1>", self._on_press)
        text.bind("<Triple-Button-1>", self._on_triple)
        text.bind("<ButtonRelease-1>", self._on_release)
        for wheel in ("<Button-4>", "<Button-5>", "<MouseWheel>", "<B1-Motion>"):
            text.bind(wheel, self._touch, add=True)
        text.bind("<KeyPress>", self._on_key)
        for enter in ("<Return>", "<KP_Enter>"):
            text.bind(enter, lambda _: self._take())
        text.bind("<<Selection>>", lambda _: self._offer_quote())
        text.bind("<Configure>", lambda _: self._fit(), add=True)
        for change in ("<FocusIn>", "<FocusOut>"):
            text.bind(change, self._ring, add=True)

    # --- drawing -------------------------------------------------------------------------------------

    def _dress(self) -> None:
        p, px, text = self._theme.palette, self._theme.px, self.text
        text.configure(spacing2=px(2), padx=0, highlightthickness=0)
        text.tag_configure("paragraph", spacing1=px(5), spacing3=px(5))
        text.tag_configure("quoted", underline=True, underlinefg=p.handle)
        text.tag_configure("lit", background=p.lit)
        text.tag_raise("sel")
        self._words.configure(background=p.page)
        self._ring()
        self.gutter.draw_soon()

    def _ring(self, _: object = None) -> None:
        """The line round the page, which shows that it has the focus."""
        p = self._theme.palette
        line = p.accent if focused(self) is self.text else p.border
        self.configure(background=p.page, highlightbackground=line, highlightcolor=line)

    def show(self, transcript: Transcript, *, keeps_place: bool) -> None:
        """Fills the page; `keeps_place` puts the same moments at its top and at the caret again."""
        before = self._script
        keeps_place = self._stays = keeps_place and before is not None
        top_ms = before.moment_ms(self._place("@0,0")) if before and keeps_place else 0
        caret_ms = before.moment_ms(self._place("insert")) if before and keeps_place else 0
        self.clear()
        self._empty.place_forget()
        self.text.configure(insertwidth=self._theme.px(2))
        script = self._script = Script(transcript)
        shown = "\n".join(paragraph.text.translate(_UNSHOWN) for paragraph in script.paragraphs)
        self.text.raw("insert", "1.0", shown, ("paragraph",))
        self.gutter.show(tuple(paragraph.at_ms for paragraph in script.paragraphs))
        self.text.raw("mark", "set", "insert", self._index(script.place_at(caret_ms)))
        if not keeps_place:
            self._touched_s = float("-inf")
        else:
            self.text.raw("yview", self._index(script.place_at(top_ms)))

    def clear(self) -> None:
        """An empty page, until captions come."""
        self._script, self._lit, self._lit_range = None, -1, None
        self._caret_is_users, self._quoted = False, frozenset()
        self.text.raw("delete", "1.0", "end")
        self.gutter.show(())
        self._quote.place_forget()

    def say(self, *, is_without: bool) -> None:
        """Says on the empty page that captions are looked for, or that there are none and what to do."""
        has_talk = self._session().talk is not None
        self._words.configure(text=_NO_TALK if not has_talk else _NONE if is_without else _LOOKING)
        if is_without and has_talk:
            self.choose.pack(anchor="w")
        else:
            self.choose.pack_forget()
        self._fit()
        self._empty.place(x=self._theme.px(14), y=self._theme.px(14))
        self.text.configure(insertwidth=0)

    @property
    def said(self) -> str:
        """What stands on the empty page."""
        return str(self._words.cget("text")) if self._empty.winfo_manager() else ""

    def _fit(self) -> None:
        self._words.configure(wraplength=max(100, self.winfo_width() - self._theme.px(34)))
        self._scrolled()

    def _scrolled(self) -> None:
        self.gutter.draw_soon()
        self._offer_quote()

    def mark_quoted(self, moments: tuple[tuple[int, int], ...]) -> None:
        """Marks what is said between these moments: the notes quote it already."""
        script, now = self._script, frozenset(moments)
        if script is None:
            return
        if self._quoted - now:
            self.text.raw("tag", "remove", "quoted", "1.0", "end")
            self._quoted = frozenset()
        indexes = [self._index(script.place_at(at_ms)) for pair in now - self._quoted for at_ms in pair]
        self._quoted = now
        if indexes:
            self.text.raw("tag", "add", "quoted", *indexes)

    # --- the moment ----------------------------------------------------------------------------------

    def move_to(self, at_ms: int) -> None:
        """Lights the sentence of a moment, and follows it unless the user is at work in the page."""
        if self._script is None:
            return
        sentence = self._script.sentence_at(at_ms)
        if sentence == self._lit:
            return
        self._lit = sentence
        if self._lit_range:
            self.text.raw("tag", "remove", "lit", *self._lit_range)
        self._lit_range = None
        if sentence >= 0:
            number, start, end = self._script.range_of(sentence)
            self._lit_range = self._index((number, start)), self._index((number, end))
            self.text.raw("tag", "add", "lit", *self._lit_range)
        if self._stays:
            self._stays = False
        else:
            self._follow(max(0, sentence))

    @property
    def lit(self) -> str:
        """The words that are lit."""
        return str(self.text.raw("get", *self._lit_range)) if self._lit_range else ""

    def _follow(self, sentence: int) -> None:
        is_busy = time.monotonic() - self._touched_s < _FOLLOW_AFTER_S or self.text.tag_ranges("sel")
        if is_busy or self._script is None or not self._session().settings.follow:
            return
        number, start, _ = self._script.range_of(sentence)
        index = self._index((number, start))
        self.text.raw("mark", "set", "insert", index)
        self._caret_is_users = False
        box, height = self.text.dlineinfo(index), self.text.winfo_height()
        if box is None or not _COMFORT[0] * height <= box[1] <= _COMFORT[1] * height:
            self.text.raw("yview", index)
            self.text.raw("yview", "scroll", -round(_HIGH * height), "pixels")

    def go_to(self, at_ms: int) -> None:
        """Puts the caret to what is said at a moment, and shows it."""
        if self._script is not None:
            self.text.raw("mark", "set", "insert", self._index(self._script.place_at(at_ms)))
            self.text.see("insert")
            self._touch()
            self._caret_is_users = True

    # --- places --------------------------------------------------------------------------------------

    def _place(self, index: str) -> Place:
        line, column = self.text.column_and_line(index)
        paragraphs = self._script.paragraphs if self._script else ()
        text = paragraphs[line - 1].text if line <= len(paragraphs) else ""
        return line - 1, characters(text, column)

    def _moment_ms(self, index: str) -> int:
        return self._script.moment_ms(self._place(index)) if self._script else 0

    def _index(self, place: Place) -> str:
        paragraphs = self._script.paragraphs if self._script else ()
        return f"{place[0] + 1}.{columns(paragraphs[place[0]].text[: place[1]])}"

    def chosen(self) -> Chosen | None:
        """What is selected, else the sentence at the caret; None without captions."""
        if self._script is None:
            return None
        ranges = self.text.tag_ranges("sel")
        selection = (self._place(str(ranges[0])), self._place(str(ranges[-1]))) if ranges else None
        return self._script.chosen(self._place("insert"), selection, is_meant=self._caret_is_users)

    # --- what the user does --------------------------------------------------------------------------

    def _touch(self, _: object = None) -> None:
        self._touched_s = time.monotonic()

    def _jump(self, at_ms: int) -> None:
        captions.jump_to(self._session(), at_ms)

    def _on_press(self, event: tkinter.Event[tkinter.Misc]) -> None:
        has_shift = isinstance(event.state, int) and event.state & 1
        self._pressed = None if has_shift else (event.x, event.y)

    def _on_release(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """A click shows the moment at which its caption begins; a drag has selected."""
        pressed, self._pressed = self._pressed, None
        last = self.text.dlineinfo("end-1c")
        is_below = last is not None and event.y > last[1] + last[3]
        if pressed is None or is_below or self._script is None or self.text.tag_ranges("sel"):
            return
        far = self._theme.px(_DRAG_PX)
        if abs(event.x - pressed[0]) < far and abs(event.y - pressed[1]) < far:
            self._jump(self._script.cue_ms(self._place(f"@{event.x},{event.y}")))

    def _on_triple(self, event: tkinter.Event[tkinter.Misc]) -> str:
        """Selects the sentence."""
        if self._script is not None:
            sentence = self._script.sentence_over(self._place(f"@{event.x},{event.y}"))
            number, start, end = self._script.range_of(sentence)
            self.text.tag_remove("sel", "1.0", "end")
            self.text.tag_add("sel", self._index((number, start)), self._index((number, end)))
            self.text.mark_set("insert", self._index((number, start)))
        return "break"

    def _on_key(self, event: tkinter.Event[tkinter.Misc]) -> str | None:
        """Letters do nothing here: Tk's own binding would scroll to the caret."""
        state = event.state if isinstance(event.state, int) else 0
        is_letter = bool(event.char) and event.char.isprintable() and not state & 0xC
        return "break" if is_letter or event.keysym in ("BackSpace", "Delete") else None

    def _take(self) -> str:
        self._caret_is_users = True
        self.text.focus_set()
        self._run(commands.by_id("notes.caption_quote"))
        return "break"

    def go_behind_selection(self) -> None:
        """The words selected have been taken: the caret stands behind them, for the next ones."""
        if self.text.tag_ranges("sel"):
            self.text.raw("mark", "set", "insert", "sel.last")
            self.text.tag_remove("sel", "1.0", "end")

    def _offer_quote(self) -> None:
        """The button below the end of what is selected, as long as that is on screen."""
        ranges = self.text.tag_ranges("sel")
        box = self.text.bbox(f"{ranges[-1]}-1c") if ranges and self._script else None
        if box is None:
            self._quote.place_forget()
            return
        x, y, width, height = box
        below = y + height + self._theme.px(4)
        if below + self._quote.winfo_reqheight() > self.text.winfo_height():
            below = y - self._quote.winfo_reqheight() - self._theme.px(4)
        most = self.text.winfo_width() - self._quote.winfo_reqwidth()
        self._quote.place(x=max(0, min(x + width, most)), y=max(0, below))

    # --- the guard of the text -----------------------------------------------------------------------

    def insert(self, index: str, chars: str) -> None:
        """Nothing is typed or pasted here."""

    def delete(self, first: str, last: str) -> None:
        """Nothing is deleted here."""

    def replacing(self) -> AbstractContextManager[None]:
        return nullcontext()

    def moved(self) -> None:
        self._touch()
        self._caret_is_users = True
        if not self._see_job:
            self._see_job = self.text.after(_SEE_MS, self._see)

    def _see(self) -> None:
        """Tk now and then misses a place far away, among paragraphs that it never laid out."""
        self._see_job = ""
        if self.text.bbox("insert") is None and focused(self) is self.text:
            self.text.raw("yview", "insert")
