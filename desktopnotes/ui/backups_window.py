"""The window of backups: what is in each, what would come back and what would go, and restoring it."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from tkinter import ttk
from typing import TypeVar

from desktopnotes.actions import backups as actions
from desktopnotes.actions.backups import Seen, Way
from desktopnotes.media.background import Task
from desktopnotes.model.comparing import Comparison, TalkDifference, What
from desktopnotes.model.errors import UserError
from desktopnotes.model.shortening import in_a_line, to_letters
from desktopnotes.session import Session
from desktopnotes.storage import backups
from desktopnotes.storage.backups import Backup
from desktopnotes.storage.paths import NOTEBOOK_SUFFIX
from desktopnotes.ui.backup_rows import Row, rows_of
from desktopnotes.ui.backup_words import notes_of, sentence, talks_of
from desktopnotes.ui.bound import and_break
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.hit_list import HitList, Line, Piece
from desktopnotes.ui.letters import with_letter
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

T = TypeVar("T")

TITLE = _("Backups")

_SOON_MS = 80
"""A list that is run through by a held key is not read at every step."""

_UNFOLDED_ROWS = 150
"""Where all talks together come to no more rows than these they are all unfolded at first."""

_BACK = {False: "#1a7f37", True: "#6cc68a"}
"""What comes back is green on light and on dark; what goes has the colour of errors."""


def open_backups_window(
    master: tkinter.Tk, theme: Theme, session: Session, gate: Gate, path: Path | None = None
) -> None:
    """Of the open notebook, or of the one at `path`, which may be damaged or gone."""
    BackupsWindow(master, theme, session, gate, path or session.path)


class Choosing(HitList[Backup]):
    """A list that says when another line is chosen."""

    on_choose: Callable[[], object] = staticmethod(lambda: None)

    def choose(self, number: int) -> None:
        super().choose(number)
        self.on_choose()


class BackupsWindow(Dialog):
    """Left the backups, right what is in the chosen one beside now."""

    def __init__(self, master: tkinter.Tk, theme: Theme, session: Session, gate: Gate, path: Path) -> None:
        super().__init__(master, theme, TITLE)
        self._session = session
        self._gate = gate
        self._path = path
        self.seen: Seen | None = None
        self.ticked: set[str] = set()
        self._unfolded: set[str] = set()
        self._look_job = ""
        self._task: Task | None = None
        self._room_px = min(theme.px(900), self.winfo_screenwidth() - theme.px(60))
        self._build()
        self.minsize(min(theme.px(640), self._room_px), theme.px(300))
        self.show(self.left.text)
        self.said.configure(text=_("Looking for backups…"))
        self._run(lambda: backups.of(path), self._list)

    # --- what it is made of ----------------------------------------------------------------------------

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        name = self._path.name.removesuffix(NOTEBOOK_SUFFIX)
        is_open = self._path == self._session.path
        title = in_a_line(self._session.notebook.title) if is_open else ""
        head = ttk.Frame(self.body)
        head.pack(anchor="w")
        self.heading = ttk.Label(head, text=to_letters(title or name, 80), style="Heading.TLabel")
        self.heading.pack(side="left")
        self.file = ttk.Label(head, text=to_letters(self._path.name, 60), style="Muted.TLabel")
        self.file.pack(side="left", padx=(px(10), 0))
        self.said = ttk.Label(self.body, wraplength=self._room_px, justify="left")
        self.said.pack(anchor="w", fill="x", pady=(px(4), px(8)))
        self._build_foot()
        sides = ttk.Frame(self.body)
        sides.pack(fill="both", expand=True)
        self.left = Choosing(sides, theme, height=20, width=46)
        self.left.grid(row=0, column=0, sticky="nsew", padx=(0, px(10)))
        self.right: HitList[Row] = HitList(sides, theme, height=20, width=66, boxes=True)
        self.right.grid(row=0, column=1, sticky="nsew")
        sides.rowconfigure(0, weight=1)
        sides.columnconfigure(0, weight=2)
        sides.columnconfigure(1, weight=3)
        theme.follow(self.right.text, self._dress)
        self.left.on_choose = self._look_soon
        self.left.on_open = self.right.text.focus_set
        self.left.text.bind("<Right>", lambda _: and_break(self.right.text.focus_set))
        self.right.on_open = self._turn
        self.right.on_tick = self._tick
        for key, opens in (("<Right>", True), ("<Left>", False)):
            self.right.text.bind(key, lambda _, opens=opens: and_break(partial(self._fold, opens=opens)))  # type: ignore[misc]
        self.bind("<Destroy>", self._on_destroy, add=True)

    def _dress(self) -> None:
        p, fonts, text = self._theme.palette, self._theme.fonts, self.right.text
        text.tag_configure("back", foreground=_BACK[p.is_dark])
        text.tag_configure("went", foreground=p.error)
        text.tag_configure("talk", font=fonts.bold)
        text.tag_raise("chosen")

    def _build_foot(self) -> None:
        px = self._theme.px
        foot = ttk.Frame(self.body)
        foot.pack(side="bottom", fill="x", pady=(px(12), 0))
        # Translators: the letter after & works with Alt; another one in each of these four labels
        self.copy = self._button(foot, _("Open as a &Copy"), self._open_copy)
        self.copy.pack(side="left")
        self.bring_back = self._button(
            foot, _("&Bring Back What Went"), partial(self._restore, Way.WHAT_WENT)
        )
        self.all = self._button(foot, _("Restore the &Whole Notebook"), partial(self._restore, Way.ALL))
        self.talks = self._button(foot, _("Restore These &Talks"), partial(self._restore, Way.TALKS))
        self.hint = ttk.Label(self.body, style="Muted.TLabel", wraplength=self._room_px, justify="left")
        self.hint.configure(
            text=_(
                "Bringing back keeps all that is there now. Restoring puts things as they were: what came "
                "since goes. Either way what is there now is kept as a backup first, and undo leads back."
            )
        )
        self.hint.pack(side="bottom", anchor="w", pady=(px(10), 0))
        for button in (self.talks, self.all, self.bring_back):  # by Tab from left to right
            button.lift()
        for button in (self.bring_back, self.all, self.talks):
            button.pack(side="right", padx=(px(8), 0))
        self._draw_buttons()

    def _button(self, foot: ttk.Frame, marked: str, job: Callable[[], None]) -> ttk.Button:
        label, letter = with_letter(marked)
        button = ttk.Button(foot, text=label, command=job, underline=letter)
        for key in ("<Return>", "<KP_Enter>"):
            button.bind(key, lambda _: and_break(button.invoke))
        self.bind(f"<Alt-{label[letter].lower()}>", lambda _: and_break(button.invoke))
        return button

    def _on_destroy(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self:
            self._call_off()

    def _call_off(self) -> None:
        """What was about to be read, or is being read, is not wanted any more."""
        if self._look_job:
            self.after_cancel(self._look_job)
            self._look_job = ""
        if self._task:
            self._task.cancel()
            self._task = None

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Reads on a worker; what cannot be read is told here."""
        failed = self._cannot_read
        self._task = self._session.background.run(lambda _: work(), then, failed, gives_way=True)

    def _cannot_read(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.right.clear()
        self.said.configure(text=str(error))

    # --- the backups -----------------------------------------------------------------------------------

    def _list(self, found: Sequence[Backup]) -> None:
        if not found:
            self.said.configure(
                text=_(
                    "There are no backups of it yet. They are made when a notebook is opened, every half "
                    "hour of writing, and before anything great."
                )
            )
            return
        now, before = datetime.now().astimezone(), ""
        lines = []
        for one in found:
            day, _time = actions.moment_in_words(one.moment, now)
            lines.append(Line(one, _backup_pieces, heading="" if day == before else day))
            before = day
        self.left.add(lines)

    def _look_soon(self) -> None:
        self._call_off()
        if self.left.thing is None or (self.seen and self.seen.backup is self.left.thing):
            return
        self.seen = None
        self._draw_buttons()
        self._look_job = self.after(_SOON_MS, self._look)

    def _look(self) -> None:
        self._look_job = ""
        if self.left.thing is not None:
            self.said.configure(text=_("Reading…"))
            self._run(actions.look(self._session, self._path, self.left.thing), self._show)

    # --- what is in one --------------------------------------------------------------------------------

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        self.ticked.clear()
        differing = seen.comparison.differing
        rows = sum(len(each.notes) + 1 for each in differing)
        is_short = seen.now is not None and rows <= _UNFOLDED_ROWS
        self._unfolded = {each.talk.id for each in differing} if is_short else set()
        self.said.configure(text=sentence(seen))
        self._draw()

    def _draw(self, chosen: int = 0) -> None:
        self.right.clear()
        if self.seen is None:
            return
        lines = [
            Line(row, self._pieces, tick=self._is_ticked if row.is_talk else None)
            for row in rows_of(self.seen.comparison, self._unfolded)
        ]
        self.right.add(lines)
        self.right.choose(chosen)
        self._draw_buttons()

    def _pieces(self, row: Row) -> Sequence[Piece]:
        return row.pieces(is_unfolded=row.talk.talk.id in self._unfolded)

    def _is_ticked(self, row: Row) -> bool:
        return row.talk.talk.id in self.ticked

    def _tick(self, number: int) -> None:
        row = self.right.lines[number].thing if 0 <= number < len(self.right.lines) else None
        if row is not None and row.is_talk:
            self.ticked ^= {row.talk.talk.id}
            self.right.draw_again(number)
            self._draw_buttons()

    def _turn(self) -> None:
        row = self.right.thing
        if row is not None:
            self._fold(opens=row.talk.talk.id not in self._unfolded)

    def _fold(self, *, opens: bool) -> None:
        """Shows the notes of the talk that the cursor is at, or hides them and goes to the talk."""
        row = self.right.thing
        if row is None or row.talk.what is What.SAME:
            return
        talk_id = row.talk.talk.id
        if opens == (talk_id in self._unfolded):
            return
        self._unfolded ^= {talk_id}
        place = self.right.text.yview()[0]
        self._draw(next(at for at, line in enumerate(self.right.lines) if line.thing.is_of(row.talk)))
        self.right.text.yview_moveto(place)
        self.right.choose(self.right.chosen)

    # --- what can be done ------------------------------------------------------------------------------

    def _draw_buttons(self) -> None:
        seen = self.seen
        comparison = seen.comparison if seen else None
        writes = not (self._session.read_only and self._path == self._session.path)
        is_there = bool(seen and seen.now is not None)
        states = (
            (self.copy, seen is not None),
            (self.all, bool(comparison and (not comparison.is_same or not is_there)) and writes),
            (self.talks, bool(self.ticked) and writes and is_there),
            (self.bring_back, bool(comparison and self._went(comparison)) and writes and is_there),
        )
        for button, is_possible in states:
            button.state(["!disabled" if is_possible else "disabled"])
        stands_out = self.talks if self.ticked else self.bring_back  # what is ticked is what is meant
        for button in (self.talks, self.bring_back):
            button.configure(style="Accent.TButton" if button is stands_out else "TButton")

    def _went(self, comparison: Comparison) -> bool:
        """Whether there is anything to bring back, of the ticked talks or of all."""
        of = [each for each in comparison.talks if not self.ticked or each.talk.id in self.ticked]
        return any(map(_brings_back, of)) or bool(not self.ticked and comparison.posts[What.BACK])

    def _restore(self, way: Way) -> None:
        seen, ticked = self.seen, frozenset(self.ticked)
        if seen is not None:
            self.destroy()
            talk_ids = frozenset() if way is Way.ALL else ticked
            self._gate.run(actions.restore, self._session, self._path, seen, way, talk_ids)

    def _open_copy(self) -> None:
        if self.seen is not None:
            seen = self.seen
            self.destroy()
            self._gate.run(actions.open_copy, self._session, self._path, seen)


def _brings_back(difference: TalkDifference) -> bool:
    then, now = difference.then, difference.now
    return bool(
        difference.what is What.BACK
        or difference.count(What.BACK)
        or (then and now and then.write_up.strip() and not now.write_up.strip())
    )


def _backup_pieces(one: Backup) -> Sequence[Piece]:
    _day, time = actions.moment_in_words(one.moment, one.moment)
    of = "" if one.notes is None else f" · {notes_of(one.notes)}, {talks_of(one.talks or 0)}"
    size = f"{one.size / 1e6:.1f} MB" if one.size >= 1e6 else f"{max(1, round(one.size / 1000))} kB"
    return ((f"{time}\t", "stamp"), (one.why.words, ""), (f"{of} · {size}", "quiet"))
