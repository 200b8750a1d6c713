"""Report a Problem: the whole text is seen before it is copied or saved; the program sends nothing."""

from __future__ import annotations

import tkinter
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING

from desktopnotes.files import replace_file
from desktopnotes.model.errors import UserError
from desktopnotes.storage import paths
from desktopnotes.ui import dialogs, part_versions, report
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.ui.window import Window

FILE_NAME = "desktopnotes-report.txt"


def open_report(window: Window) -> None:
    ReportWindow(window)


class ReportWindow(Dialog):
    """`text` is what would be given on, as it stands; Copy has the focus."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.root, window.theme, _("Report a Problem"))
        self._window = window
        self._report = made(window)
        px, wide = window.theme.px, window.theme.px(640)
        head = _("This is the whole report. Nothing is sent: you copy or save it, and give it on yourself.")
        ttk.Label(self.body, text=head, style="Heading.TLabel", wraplength=wide).pack(anchor="w")
        ttk.Label(self.body, text=_where_to(), wraplength=wide).pack(anchor="w", pady=px(6))
        self._build_foot(wide)
        frame = ttk.Frame(self.body)
        frame.pack(fill="both", expand=True)
        self.text = tkinter.Text(frame, width=84, height=18, wrap="word", font=window.theme.fonts.mono_small)
        self.text.insert("1.0", self._report)
        self.text.configure(
            state="disabled", takefocus=True
        )  # else Tab passes it, and arrows cannot scroll it
        self.text.bind("<Tab>", lambda event: self._to(self.copy))
        self.text.pack(side="left", fill="both", expand=True)
        Scrollbar(self.text)
        self.show(self.copy)

    def _build_foot(self, wide: int) -> None:
        px = self._theme.px
        row = ttk.Frame(self.body)
        row.pack(side="bottom", fill="x", pady=(px(8), 0))
        self.copy = ttk.Button(row, text=_("Copy"), style="Accent.TButton", command=self._copy)
        self.save = ttk.Button(row, text=_("Save…"), command=self._save)
        self.close = ttk.Button(row, text=_("Close"), command=self.destroy)
        for button in (self.copy, self.save, self.close):
            button.bind("<Return>", lambda event, button=button: button.invoke())  # type: ignore[misc]
        self.copy.pack(side="left")
        self.save.pack(side="left", padx=px(8))
        self.close.pack(side="right")
        said = _("Say beside it what you did, what you expected, and what happened instead.")
        self.said = ttk.Label(self.body, text=said, style="Muted.TLabel", wraplength=wide)
        self.said.pack(side="bottom", fill="x", pady=(px(8), 0))

    def _to(self, widget: tkinter.Misc) -> str:
        widget.focus_set()
        return "break"

    def _copy(self) -> None:
        self._window.copy(self._report)
        self._say(_("Copied. Paste it into a letter or a form."))

    def _save(self) -> None:
        title = _("Save the Report")
        target = dialogs.ask_target(
            self, self._theme, title, paths.documents_folder(), FILE_NAME, label=_("Save")
        )
        if target is not None:
            self._write(target)

    def _write(self, target: Path) -> None:
        content = self._report.encode("utf-8")
        saved = _("Saved as “{name}”.").format(name=target.name)
        self._window.session.background.run(
            lambda progress: replace_file(target, content, overwrite=False),
            lambda identity: self._say(saved),
            self._not_saved,
        )

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(str(error))

    def _say(self, words: str) -> None:
        if self.winfo_exists():
            self.said.configure(text=words)


def made(window: Window) -> str:
    """The report on this window and its session."""
    root, theme = window.root, window.theme
    screen = (
        f"{root.winfo_screenwidth()}x{root.winfo_screenheight()}, window {root.winfo_width()}x"
        f"{root.winfo_height()}, scale {theme.fonts.scale}, text of {theme.fonts.size} points, "
        f"{theme.palette.name}"
    )
    tk = str(root.tk.call("info", "patchlevel"))
    return report.text(window.session, tk=tk, screen=screen, fault=window.gate.crashes.known())


def _where_to() -> str:
    if page := part_versions.home_page():
        return _("Give it to those who make the program: {page}").format(page=page)
    return _(
        "Give it to whoever you have the program from: paste it into a letter, or attach the saved file."
    )
