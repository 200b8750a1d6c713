"""What was found in files, before it is taken in: how much, what is known already, what could not be read."""

from __future__ import annotations

import tkinter
from collections.abc import Sequence
from tkinter import ttk

from desktopnotes.actions import importing
from desktopnotes.actions.importing import ChaptersAs, Outcome, Way
from desktopnotes.model import timecode
from desktopnotes.model.importing import FileRead, Unread
from desktopnotes.model.shortening import to_letters
from desktopnotes.screen import Goal
from desktopnotes.session import Session
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.focus import go_on
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme
from desktopnotes.ui.variables import end_with
from desktopnotes.words import _, ngettext, number

TITLE = _("Import")

_NAME_LETTERS, _LINE_LETTERS = 60, 300
_LISTED_ROWS = 8


def open_import_window(
    master: tkinter.Tk, theme: Theme, session: Session, gate: Gate, files: Sequence[FileRead], goal: Goal
) -> None:
    ImportWindow(master, theme, session, gate, files, goal)


class ImportWindow(Dialog):
    """Enter imports, Esc does not. What it says is worked out on a worker, anew when a choice changes."""

    def __init__(
        self,
        master: tkinter.Tk,
        theme: Theme,
        session: Session,
        gate: Gate,
        files: Sequence[FileRead],
        goal: Goal,
    ) -> None:
        super().__init__(master, theme, TITLE)
        self._session = session
        self._gate = gate
        self._files = tuple(files)
        self._goal = goal
        self._outcome: Outcome | None = None
        self._asked = 0
        self._is_wished = False
        self.protocol("WM_DELETE_WINDOW", self.call_off)
        self.bind("<Escape>", lambda _: self.call_off())
        px = theme.px
        name = to_letters(files[0].name, _NAME_LETTERS)
        heading = f"“{name}”" if len(files) == 1 else _files(len(files))
        ttk.Label(self.body, text=heading, style="Heading.TLabel").pack(anchor="w")
        self.said = ttk.Label(self.body, text="…", wraplength=px(520), justify="left")
        self.said.pack(anchor="w", fill="x", pady=(px(6), px(4)))
        self._choices()
        self._foot()  # first, so that it keeps its room
        self._unread = ttk.Frame(self.body)
        self.listed = tkinter.Text(
            self._unread, width=70, height=_LISTED_ROWS, wrap="word", font=theme.fonts.text, takefocus=True
        )
        self._build_unread()
        self._buttons.lift()  # and come last by Tab
        self.show(self.take_button)
        self.work_out()

    # --- the window ------------------------------------------------------------------------------------

    def _choices(self) -> None:
        px, talk = self._theme.px, self._session.notebook.talk(self._goal.talk_id)
        self.chapters = tkinter.StringVar(self, ChaptersAs.CHAPTER_NOTES)
        self.of_page = tkinter.BooleanVar(self, False)
        end_with(self, self.chapters)
        end_with(self, self.of_page)
        if any(file.found.may_be_chapters for file in self._files):
            row = ttk.Frame(self.body)
            row.pack(anchor="w", pady=(px(2), px(4)))
            ttk.Label(row, text=_("The times look like chapters. They become")).pack(side="left")
            self.box = ttk.Combobox(
                row, textvariable=self.chapters, values=list(ChaptersAs), state="readonly", width=25
            )
            self.box.bind("<<ComboboxSelected>>", lambda _: self.work_out())
            self.box.pack(side="left", padx=px(6))
        if talk and talk.offset_ms and any(file.found.notes for file in self._files):
            words = _of_page(talk.offset_ms)
            ticked = ttk.Checkbutton(self.body, text=words, variable=self.of_page, command=self.work_out)
            ticked.pack(anchor="w", pady=(px(2), px(4)))

    def _build_unread(self) -> None:
        px = self._theme.px
        head = ttk.Frame(self._unread)
        head.pack(fill="x", pady=(px(4), px(4)))
        self.unread_said = ttk.Label(head, wraplength=px(400), justify="left")
        self.unread_said.pack(side="left")
        self.copy_button = ttk.Button(head, text=_("Copy"), command=self._copy)
        self.copy_button.bind("<Return>", lambda _: self._done_by(self._copy))
        self.copy_button.pack(side="right")
        self.listed.bind("<Tab>", lambda _: self._done_by(lambda: go_on(self.listed)))
        self.listed.pack(fill="both", expand=True)
        Scrollbar(self.listed)

    def _foot(self) -> None:
        px = self._theme.px
        row = self._buttons = ttk.Frame(self.body)
        row.pack(side="bottom", anchor="e", pady=(px(10), 0))
        self.cancel = ttk.Button(row, text=_("Cancel"), command=self.call_off)
        self.cancel.pack(side="left", padx=px(8))
        self.take_button = ttk.Button(row, text=_("Import"), style="Accent.TButton", command=self.take)
        self.take_button.pack(side="left")
        for enter in ("<Return>", "<KP_Enter>"):
            self.bind(enter, lambda _: self.take())
            self.cancel.bind(enter, lambda _: self._done_by(self.call_off))

    @staticmethod
    def _done_by(job: object) -> str:
        """So that Enter on this button is not that of the window as well."""
        if callable(job):
            job()
        return "break"

    # --- what it says ----------------------------------------------------------------------------------

    @property
    def way(self) -> Way:
        return Way(ChaptersAs(self.chapters.get()), self.of_page.get())

    def work_out(self) -> None:
        """Asks a worker what the import would come to."""
        self._asked += 1
        asked, self._outcome = self._asked, None
        job = importing.outcome(self._session, self._files, self.way, self._goal)
        self._session.background.run(lambda _: job(), lambda done: self._fill_in(asked, done), gives_way=True)

    def _fill_in(self, asked: int, done: Outcome) -> None:
        if not self.winfo_exists() or asked != self._asked:
            return
        self._outcome = done
        said = "\n".join(done.sentences)
        if not done.is_new:
            said += "\n" + _("All of it is in this notebook already.")
        self.said.configure(text=said)
        self.take_button.configure(text=_("Import") if done.is_new else _("Close"))
        self._list(done.unread)
        if self._is_wished:
            self.take()

    def _list(self, unread: Sequence[Unread]) -> None:
        if not unread:
            return
        self.unread_said.configure(text=headline(unread))
        self.listed.configure(state="normal")
        self.listed.delete("1.0", "end")
        self.listed.insert("1.0", as_text(unread, _LINE_LETTERS))
        self.listed.configure(state="disabled", height=min(_LISTED_ROWS, len(unread) + 1))
        self._unread.pack(fill="both", expand=True)
        self.geometry("")

    def _copy(self) -> None:
        if self._outcome:
            self._session.screen.copy(as_text(self._outcome.unread))
            self.copy_button.configure(text=_("Copied"))

    def take(self) -> None:
        """Takes it in, as soon as it is known what that comes to; what brings nothing only goes."""
        done, way = self._outcome, self.way
        self._is_wished = done is None
        if done is None:
            return
        self.destroy()
        if done.is_new:
            self._gate.run(importing.take, self._session, self._files, way, self._goal, done)

    def call_off(self) -> None:
        """What is being read is told in the line below, so that it came to nothing has to be told as well."""
        self.destroy()
        self._session.screen.tell(_("Nothing was imported."))


def _of_page(offset_ms: int) -> str:
    by_ms = abs(offset_ms)
    by = f"{number(by_ms / 1000)} s" if by_ms < 60_000 else timecode.clock(by_ms)
    words = (
        _("The times are those of the talk’s page, which is {time} ahead of the file")
        if offset_ms > 0
        else _("The times are those of the talk’s page, which is {time} behind the file")
    )
    return words.format(time=by)


def _files(count: int) -> str:
    return ngettext("{count} file", "{count} files", count).format(count=number(count))


def headline(unread: Sequence[Unread]) -> str:
    """ "3 lines could not be read", and what else is not taken."""
    lines = sum(1 for one in unread if one.line)
    others = len(unread) - lines
    said = []
    if lines:
        said.append(
            ngettext("{count} line could not be read", "{count} lines could not be read", lines).format(
                count=number(lines)
            )
        )
    if others:
        said.append(
            ngettext("{count} thing is told apart", "{count} things are told apart", others).format(
                count=number(others)
            )
        )
    return f"{', '.join(said)}:"


def as_text(unread: Sequence[Unread], longest: int = 0) -> str:
    """A line for each, with its number and text."""
    return "\n".join(_line(one, longest) for one in unread)


def _line(one: Unread, longest: int) -> str:
    text = to_letters(one.text, longest) if longest else one.text
    text = _("Line {number}: {text}").format(number=one.line, text=text) if one.line else text
    return f"{text} ({one.why})" if one.why else text
