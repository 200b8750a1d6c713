"""What an export changes in a file that was edited by hand, and the picking where both sides changed it.

Nothing is written before it is answered; Esc answers that nothing is to be done.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from tkinter import ttk

from desktopnotes.export import differences
from desktopnotes.export.differences import Kind, Row
from desktopnotes.export.looking import LEFT, MERGED, REPLACED, Answer, Looked, State
from desktopnotes.export.pieces import Choice
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.letters import with_letter
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

TITLE = _("What Changed")

_COLUMN = "✓ " + _("mine, kept") + "  "

_PICKS = (
    (Choice.MINE, _("1  The File’s"), "1"),
    (Choice.PROGRAM, _("2  The Notebook’s"), "2"),
    (Choice.BOTH, _("3  Both"), "3"),
)
_KEYS = _("1, 2, 3 pick    N next    P previous    Enter exports    Esc writes nothing")


def ask_difference(
    master: tkinter.Misc, theme: Theme, looked: Looked, take: Callable[[Answer | None], None]
) -> None:
    """`take` gets what becomes of the file; None where the user wants nothing to be done."""
    window = DifferenceWindow(master, theme, looked, asks=True)

    def gone(event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is window:
            master.after_idle(take, window.answer)

    window.bind("<Destroy>", gone, add=True)
    window.show(window.text)


def show_difference(master: tkinter.Misc, theme: Theme, looked: Looked) -> None:
    window = DifferenceWindow(master, theme, looked, asks=False)
    window.show(window.text)


class DifferenceWindow(Dialog):
    """One column of rows, each with a word for what it is."""

    def __init__(self, master: tkinter.Misc, theme: Theme, looked: Looked, *, asks: bool) -> None:
        assert looked.merge
        super().__init__(master, theme, TITLE)
        self.answer: Answer | None = None
        self.choices: dict[int, Choice] = {}
        self._looked = looked
        self._merge = looked.merge
        self._conflicts = looked.merge.conflicts
        self._is_known = looked.state != State.UNKNOWN
        self._picks = asks and self._is_known
        self._at = 0
        self.pick_buttons: dict[Choice, ttk.Button] = {}
        self._build(asks=asks)
        self.minsize(theme.px(520), theme.px(320))
        self._draw()

    # --- what it is made of --------------------------------------------------------------------------

    def _build(self, *, asks: bool) -> None:
        px = self._theme.px
        self._heading = ttk.Label(self.body, style="Heading.TLabel", wraplength=px(760))
        self._heading.pack(anchor="w")
        self._detail = ttk.Label(self.body, wraplength=px(760))
        self._detail.pack(anchor="w", pady=(px(4), px(10)))
        self.foot = ttk.Frame(self.body)
        self.foot.pack(side="bottom", fill="x", pady=(px(12), 0))
        frame = ttk.Frame(self.body)
        frame.pack(fill="both", expand=True)
        self.text = tkinter.Text(frame, width=96, height=24, wrap="word", font=self._theme.fonts.text)
        self.text.configure(padx=px(10), pady=px(8), state="disabled", cursor="arrow")
        self.text.pack(fill="both", expand=True)
        Scrollbar(self.text)
        self._dress()
        self.text.bind("<Tab>", lambda _: self._leave_text())
        self.text.bind("<Button-1>", self._on_click)
        self._fill_foot(asks=asks)

    def _dress(self) -> None:
        p, fonts, px = self._theme.palette, self._theme.fonts, self._theme.px
        column = fonts.small.measure(_COLUMN) + px(14)
        self.text.configure(tabs=(column,))
        self.text.tag_configure("row", lmargin2=column, spacing1=px(2), spacing3=px(2))
        # The column of labels stays free: what wraps would colour it from the second display line on.
        self.text.tag_configure("row", lmargincolor=self.text.cget("background"))
        self.text.tag_configure("label", font=fonts.small, foreground=p.muted)
        self.text.tag_configure(Kind.CONTEXT, foreground=p.muted)
        self.text.tag_configure(Kind.BEFORE, foreground=p.muted)
        self.text.tag_configure(f"{Kind.BEFORE} words", overstrike=True)
        for kind in (Kind.MINE, Kind.PROGRAM, Kind.RESULT):
            self.text.tag_configure(f"{kind} words", font=fonts.bold)
        self.text.tag_configure(Kind.MINE, background=p.hit)
        self.text.tag_configure(Kind.PROGRAM, background=p.lit)
        self.text.tag_configure(Kind.RESULT, background=p.hover)
        self.text.tag_configure(Kind.HEADING, font=fonts.bold)
        self.text.tag_configure("opens", spacing1=px(10))
        self.text.tag_configure("picked", font=fonts.bold)
        self.text.tag_configure("now", foreground=p.accent)

    def _fill_foot(self, *, asks: bool) -> None:
        for child in self.foot.winfo_children():
            child.destroy()
        if self._picks:
            self._add_picking()
        elif asks:
            self._add_whole()
        else:
            close = self._button(self.foot, _("Close"), self.destroy, accent=True)
            close.pack(side="right")
            self.bind("<Return>", lambda _: self.destroy())

    def _add_picking(self) -> None:
        px = self._theme.px
        self.done = self._button(self.foot, _("Export"), self._done, accent=True)
        self.done.pack(side="right")
        self._button(self.foot, _("Cancel"), self.destroy).pack(side="right", padx=px(8))
        for choice, label, key in _PICKS:
            button = self._button(self.foot, label, lambda choice=choice: self.pick(choice))  # type: ignore[misc]
            button.pack(side="left", padx=(0, px(6)))
            self.pick_buttons[choice] = button
            for event in (key, f"KP_{key}"):
                self.bind(f"<Key-{event}>", lambda _, choice=choice: self.pick(choice))  # type: ignore[misc]
        self.said = ttk.Label(self.foot, style="Muted.TLabel")
        self.said.pack(side="left", padx=px(8))
        for key, step in (("n", 1), ("p", -1)):
            self.bind(f"<Key-{key}>", lambda _, step=step: self.go(step))  # type: ignore[misc]
        for enter in ("<Return>", "<KP_Enter>"):
            self.bind(enter, lambda _: self._done())

    def _add_whole(self) -> None:
        """Nobody can tell what was edited by hand: all of it is replaced, merged or kept."""
        px = self._theme.px
        answers: tuple[tuple[str, Callable[[], None]], ...] = (
            # Translators: the letter after & works with Alt; another one in each of these three labels
            (_("&Keep It"), lambda: self._take(LEFT)),
            (_("&Merge"), self._merge_them),
            (_("&Replace"), lambda: self._take(REPLACED)),
        )
        for number, (marked, job) in enumerate(answers):
            label, letter = with_letter(marked)
            button = self._button(self.foot, label, job, accent=number == 0)
            button.configure(underline=letter)
            button.pack(side="right", padx=px(8) if number == 1 else 0)
            self.bind(f"<Alt-{label[letter].lower()}>", lambda _, job=job: job())  # type: ignore[misc]

    def _button(
        self, master: ttk.Frame, label: str, job: Callable[[], None], *, accent: bool = False
    ) -> ttk.Button:
        button = ttk.Button(master, text=label, command=job, style="Accent.TButton" if accent else "TButton")
        for enter in ("<Return>", "<KP_Enter>"):
            button.bind(enter, lambda _: self._pressed(button))
        return button

    def _pressed(self, button: ttk.Button) -> str:
        """So that Enter on a button is not that of the window as well."""
        button.invoke()
        return "break"

    def _leave_text(self) -> str:
        following = self.text.tk_focusNext()
        if following is not None:
            following.focus_set()
        return "break"

    # --- what it shows -------------------------------------------------------------------------------

    def _draw(self) -> None:
        self._say()
        text = self.text
        place = text.yview()[0]
        text.configure(state="normal")
        text.delete("1.0", "end")
        previous: Row | None = None
        for row in differences.rows(self._merge, self.choices, is_known=self._is_known):
            self._put(row, previous)
            previous = row
        text.configure(state="disabled")
        text.yview_moveto(place)
        self._show_conflict()

    def _put(self, row: Row, previous: Row | None) -> None:
        tags = ["row", *([f"conflict{row.number}"] if row.number is not None else [])]
        is_first_context = row.kind == Kind.CONTEXT and previous is not None and previous.kind != Kind.CONTEXT
        if row.opens or is_first_context:
            tags.append("opens")
        label = f"✓ {row.label}" if row.picked else row.label
        is_now = row.kind == Kind.HEADING and row.number == self._at and self._picks
        self.text.insert("end", f"{label}\t", (*tags, "label", *(["picked"] if row.picked else [])))
        words = row.text.replace("\0", "\u2400")
        at = 0
        for start, end in row.marks:
            self.text.insert("end", words[at:start], (*tags, row.kind))
            self.text.insert("end", words[start:end], (*tags, row.kind, f"{row.kind} words"))
            at = end
        self.text.insert("end", words[at:], (*tags, row.kind, *(["now"] if is_now else [])))
        self.text.insert("end", "\n", tuple(tags))

    def _say(self) -> None:
        name, count = self._looked.path.name, len(self._conflicts)
        if not self._is_known and not self._picks:
            self._heading.configure(text=_("“{name}” is there already.").format(name=name))
            self._detail.configure(
                text=_(
                    "What was exported to it last is not known here, so nobody can tell what was edited by "
                    "hand. Replace it, merge what differs, or keep it as it is."
                )
            )
            return
        if not self._picks:
            self._heading.configure(text=_("What was kept and what changed in “{name}”").format(name=name))
            self._detail.configure(text=_("Yours is what was edited by hand since the last export."))
            return
        self._heading.configure(
            text=_("“{name}” was edited by hand where the notebook changed, too.").format(name=name)
        )
        self._detail.configure(text=_("Pick what stays; everything else is settled.") + f"\n{_KEYS}")
        left = count - len(self.choices)
        self.said.configure(
            text=_("{left} of {count} to pick").format(left=left, count=count)
            if left
            else _("All is picked.")
        )
        self.done.state(["disabled" if left else "!disabled"])
        for choice, button in self.pick_buttons.items():
            is_picked = self.choices.get(self._at) == choice
            can_be = choice != Choice.BOTH or self._conflicts[self._at].takes_both
            button.configure(style="Accent.TButton" if is_picked else "TButton")
            button.state(["!disabled" if can_be else "disabled"])

    def _show_conflict(self) -> None:
        if not self._picks:
            return
        place = self.text.tag_ranges(f"conflict{self._at}")
        if place:
            self.text.see(place[-1])
            self.text.see(place[0])

    def _on_click(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """A click into a conflict goes to it."""
        self.text.focus_set()
        names = self.text.tag_names(f"@{event.x},{event.y}")
        number = next((name.removeprefix("conflict") for name in names if name.startswith("conflict")), "")
        if number and self._picks:
            self._at = int(number)
            self._draw()

    # --- picking -------------------------------------------------------------------------------------

    def pick(self, choice: Choice) -> None:
        """Picks for the conflict that is looked at, and goes on to the next that is not picked yet."""
        if choice == Choice.BOTH and not self._conflicts[self._at].takes_both:
            return
        self.choices[self._at] = choice
        self._at = self._next_open()
        self._draw()

    def _next_open(self) -> int:
        count = len(self._conflicts)
        behind = [(self._at + step) % count for step in range(count)]
        return next((number for number in behind if number not in self.choices), self._at)

    def go(self, step: int) -> None:
        """To the next conflict (1) or the one before (-1)."""
        self._at = (self._at + step) % len(self._conflicts)
        self._draw()

    def _done(self) -> None:
        if len(self.choices) == len(self._conflicts):
            self._take(Answer(dict(self.choices)))
        else:
            self._at = self._next_open()
            self._draw()

    def _merge_them(self) -> None:
        if not self._conflicts:
            self._take(MERGED)
            return
        self._picks = True
        self._fill_foot(asks=True)
        self.text.focus_set()
        self._draw()

    def _take(self, answer: Answer) -> None:
        self.answer = answer
        self.destroy()
