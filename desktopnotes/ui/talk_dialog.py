"""All that is known of a talk, in one window; what cannot be is said below its field as it is typed."""

from __future__ import annotations

import os
import tkinter
from functools import partial
from pathlib import Path
from tkinter import ttk

from desktopnotes.actions import talk_data
from desktopnotes.actions.talk_data import Remark, Typed
from desktopnotes.media.background import Task
from desktopnotes.session import Session
from desktopnotes.ui import dialogs
from desktopnotes.ui.bound import and_break
from desktopnotes.ui.dialogs import READ_ONLY, Dialog
from desktopnotes.ui.gate import Gate
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

_LOOK_AFTER_MS = 250
"""The disk is looked at once a name has been typed so far."""

_LABELS = {
    "title": _("Title"),
    "speakers": _("Speakers"),
    "url": _("Public link"),
    "file": _("File"),
    "captions": _("Captions"),
    "offset": _("Offset"),
    "tags": _("Tags"),
}
_HINTS = {
    "speakers": _("A line each, or with commas between them."),
    "url": _("The page that readers of the post open."),
    "file": _("Where the recording lies on this computer."),
    "captions": _("Only where others are found than you want."),
    "offset": _("What is added to the file’s times to get the page’s."),
    "tags": _("With commas between them."),
}


def open_talk_dialog(master: tkinter.Misc, theme: Theme, session: Session, gate: Gate, field: str) -> None:
    """Opens what is known of the open talk, with the keyboard in `field` (see `talk_data.FIELDS`)."""
    TalkDialog(master, theme, session, gate).open_at(field)


class TalkDialog(Dialog):
    def __init__(self, master: tkinter.Misc, theme: Theme, session: Session, gate: Gate) -> None:
        super().__init__(master, theme, _("Talk"))
        talk = session.talk
        assert talk is not None
        self._session, self._theme, self._gate = session, theme, gate
        self._talk_id = talk.id
        self._looks: dict[str, tuple[str, Remark | None]] = {}
        self._task: dict[str, Task] = {}
        self._later = ""
        self.fields: dict[str, ttk.Entry | tkinter.Text] = {}
        self.said: dict[str, ttk.Label] = {}
        self._form = ttk.Frame(self.body)
        self._form.columnconfigure(1, weight=1)
        self._is_tight = False
        typed = talk_data.of_talk(talk)
        for row, name in enumerate(talk_data.FIELDS):
            self._add_row(2 * row, name, getattr(typed, name))
        self._add_original(talk.original_title if talk.original_title != talk.title else "")
        self._add_buttons()
        self._form.pack(fill="both", expand=True)
        self.bind("<Return>", lambda _: self.take())
        self.bind("<KP_Enter>", lambda _: self.take())
        self.bind("<Destroy>", self._end, add=True)
        self._check()
        if session.read_only:
            self._only_show()

    def _only_show(self) -> None:
        self.only_read()
        self.ok.pack_forget()
        self.cancel.configure(text=_("Close"), state="normal")
        ttk.Label(self.cancel.master, text=READ_ONLY, style="Muted.TLabel").pack(
            side="left", before=self.cancel
        )

    def open_at(self, field: str) -> None:
        entry = self.fields[field]
        if isinstance(entry, ttk.Entry):
            entry.selection_range(0, "end")
            entry.icursor("end")
        self.update_idletasks()
        if self.winfo_reqheight() > self.winfo_screenheight() - self._theme.px(60):
            self._is_tight = True  # a screen that is small for its letters: what can be done without goes
            for each in self.fields.values():
                each.grid(pady=self._theme.px(1))
                each.configure(width=40)
                if isinstance(each, tkinter.Text):
                    each.configure(height=1)
            self._check()
        self.show(entry)

    def _add_row(self, row: int, name: str, text: str) -> None:
        px = self._theme.px
        label = ttk.Label(self._form, text=_LABELS[name], style="Muted.TLabel")
        label.grid(row=row, column=0, sticky="ne", padx=(0, px(10)), pady=(px(4), 0))
        field = self._names(text) if name == "speakers" else self._line(text, name)
        has_button = name in ("file", "captions")
        field.grid(row=row, column=1, columnspan=1 if has_button else 2, sticky="we")
        field.bind("<KeyRelease>", lambda _: self._check(), add=True)
        field.bind("<<Paste>>", lambda _: self.after_idle(self._check), add=True)
        self.fields[name] = field
        if has_button:
            choose = ttk.Button(self._form, text=_("Choose…"), command=partial(self._choose, name))
            choose.bind("<Return>", lambda _: and_break(partial(self._choose, name)))
            choose.grid(row=row, column=2, padx=(px(8), 0))
        said = ttk.Label(self._form, style="Muted.TLabel", wraplength=px(520), justify="left")
        said.grid(row=row + 1, column=1, columnspan=2, sticky="w", pady=(px(1), px(7)))
        self.said[name] = said

    def _line(self, text: str, name: str) -> ttk.Entry:
        mono = {"font": self._theme.fonts.mono} if name == "offset" else {}
        entry = ttk.Entry(self._form, width=58, **mono)  # type: ignore[arg-type]
        entry.insert(0, text)
        return entry

    def _names(self, text: str) -> tkinter.Text:
        field = tkinter.Text(
            self._form,
            height=max(2, min(5, text.count("\n") + 1)),
            width=58,
            undo=True,
            font=self._theme.fonts.text,
        )
        field.insert("1.0", text)
        field.edit_reset()
        field.bind("<Tab>", lambda event: and_break(lambda: _go(event.widget.tk_focusNext())))
        for keys in ("<Shift-Tab>", "<ISO_Left_Tab>"):
            try:
                field.bind(keys, lambda event: and_break(lambda: _go(event.widget.tk_focusPrev())))
            except tkinter.TclError:  # X11 only
                continue
        field.bind("<Return>", lambda _: and_break(partial(field.insert, "insert", "\n")))
        field.bind("<Control-Return>", lambda _: and_break(self.take))
        return field

    def _add_original(self, original: str) -> None:
        """The title as its maker wrote it, where it is another."""
        if not original:
            return
        row = ttk.Frame(self._form)
        row.grid(row=1, column=1, columnspan=2, sticky="we", pady=(self._theme.px(2), self._theme.px(8)))
        words = ttk.Label(
            row,
            text=_("Originally “{original}”").format(original=original),
            style="Muted.TLabel",
            wraplength=self._theme.px(410),
        )
        words.pack(side="left")
        self.use = ttk.Button(row, text=_("Use"), command=partial(self._put, "title", original))
        self.use.bind("<Return>", lambda _: and_break(partial(self._put, "title", original)))
        self.use.pack(side="right")
        self.said["title"] = ttk.Label(ttk.Frame(self._form))  # the place is taken

    def _add_buttons(self) -> None:
        px = self._theme.px
        buttons = ttk.Frame(self.body)
        buttons.pack(side="bottom", anchor="e", pady=(px(6), 0))
        self.cancel = ttk.Button(buttons, text=_("Cancel"), command=self.destroy)
        self.cancel.bind("<Return>", lambda _: and_break(self.destroy))
        self.cancel.pack(side="left", padx=px(8))
        self.ok = ttk.Button(buttons, text=_("OK"), style="Accent.TButton", command=self.take)
        self.ok.bind("<Return>", lambda _: and_break(self.take))
        self.ok.pack(side="left")

    # --- what is typed -------------------------------------------------------------------------------

    @property
    def typed(self) -> Typed:
        return Typed(**{name: self._text(name) for name in talk_data.FIELDS})

    def _text(self, name: str) -> str:
        field = self.fields[name]
        return field.get() if isinstance(field, ttk.Entry) else field.get("1.0", "end-1c")

    def _put(self, name: str, text: str) -> None:
        field = self.fields[name]
        if isinstance(field, ttk.Entry):
            field.delete(0, "end")
            field.insert(0, text)
        field.focus_set()
        self._check()

    def _check(self) -> None:
        """Says below each field what is to be said of it, and looks at the files soon."""
        typed = self.typed
        for name in talk_data.FIELDS:
            remark = talk_data.remark(name, typed) or self._looked(name, getattr(typed, name))
            self._say(name, remark)
        if self._later:
            self.after_cancel(self._later)
        self._later = self.after(_LOOK_AFTER_MS, self._look)

    def _say(self, name: str, remark: Remark | None) -> None:
        is_wrong = remark is not None and remark.is_wrong
        field = self.fields[name]
        if isinstance(field, ttk.Entry):
            field.state(["invalid" if is_wrong else "!invalid"])
        words = remark.text if remark else _HINTS.get(name, "")
        self.said[name].configure(text=words, style=self._style(remark))
        if self._is_tight and not remark:
            self.said[name].grid_remove()
        elif self._is_tight:
            self.said[name].grid()

    def _style(self, remark: Remark | None) -> str:
        if remark is None:
            return "Muted.TLabel"
        return "Error.TLabel" if remark.is_wrong else "TLabel"

    def _looked(self, name: str, text: str) -> Remark | None:
        known = self._looks.get(name)
        return known[1] if known and known[0] == text else None

    def _look(self) -> None:
        """Whether the files are there, asked on a thread: a network drive may take its time."""
        self._later = ""
        for name in ("file", "captions"):
            text = self._text(name)
            known = self._looks.get(name)
            if known and known[0] == text:
                continue
            self._looks[name] = (text, None)
            place = talk_data.place_of(self._session, text)
            if name in self._task:
                self._task[name].cancel()
            if place is not None:
                self._task[name] = self._session.background.run(
                    partial(_looked_at, place, name == "file"), partial(self._seen, name, text)
                )

    def _seen(self, name: str, text: str, remark: Remark | None) -> None:
        if self.winfo_exists():
            self._looks[name] = (text, remark)
            if self._text(name) == text:
                self._say(name, remark)

    def _choose(self, name: str) -> None:
        title, kind = (_("The Recording"), "media") if name == "file" else (_("The Captions"), "captions")
        now = talk_data.place_of(self._session, self._text(name))
        folder = now.parent if now and os.path.isdir(now.parent) else self._session.folder
        files = dialogs.ask_files(self, title, kind, folder)
        if files:
            self._put(name, self._session.store.relative(files[0].absolute()))

    def take(self) -> None:
        """Takes all over; where a field cannot be, the keyboard goes there."""
        if self._session.read_only:
            self.destroy()
            return
        typed = self.typed
        for name in talk_data.FIELDS:
            remark = talk_data.remark(name, typed)
            if remark and remark.is_wrong:
                self._say(name, remark)
                self.fields[name].focus_set()
                return
        self.destroy()
        self._gate.run(lambda: talk_data.take(self._session, self._talk_id, typed))

    def _end(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self:
            for task in self._task.values():
                task.cancel()
            if self._later:
                self.after_cancel(self._later)


def _looked_at(place: Path, is_recording: bool, _: object) -> Remark | None:
    return talk_data.look_at_file(place, is_recording=is_recording)


def _go(widget: tkinter.Misc | None) -> None:
    if widget is not None:
        widget.focus_set()
