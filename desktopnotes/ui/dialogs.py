"""The few questions that stop the user: which file, which name, replace or keep."""

from __future__ import annotations

import contextlib
import os
import tkinter
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk

from desktopnotes.ui.focus import focused, focused_last
from desktopnotes.ui.theme import Theme
from desktopnotes.words import LANGUAGE, _

_KINDS = {
    "media": [
        (
            _("Recordings"),
            "*.mp4 *.mkv *.webm *.mov *.avi *.m4v *.ts *.ogv *.mp3 *.m4a *.ogg *.opus *.flac *.wav",
        ),
        (_("All files"), "*"),
    ],
    "captions": [(_("Captions"), "*.vtt *.srt *.ass"), (_("All files"), "*")],
    "import": [
        (
            _("Posts, notes and captions"),
            "*.md *.markdown *.txt *.text *.srt *.vtt *.ass *.csv *.json *.otr *.xspf *.m3u",
        ),
        (_("All files"), "*"),
    ],
    "notebook": [(_("Notebooks"), "*.talknotes.json"), (_("All files"), "*")],
}

_FORMS = {
    ".md": "Markdown",
    ".html": _("Web pages"),
    ".txt": _("Text"),
    ".vtt": "WebVTT",
    ".csv": _("Tables"),
}

_EDGE_PX, _TITLE_PX = 8, 40
"""What the desktop draws round a window, at most: a dialog keeps inside of the screen with it."""

READ_ONLY = _("This notebook can be read here, not changed.")


class Dialog(tkinter.Toplevel):
    """A window over the main one that keeps the keyboard until it is answered; Esc closes it."""

    def __init__(self, master: tkinter.Misc, theme: Theme, title: str) -> None:
        super().__init__(master)
        self.withdraw()
        self._theme = theme
        self._title = title
        self._line_below: ttk.Label | None = None
        self.title("")
        self.transient(master.winfo_toplevel())
        self.body = ttk.Frame(self, padding=theme.px(16))
        self.body.pack(fill="both", expand=True)
        self.bind("<Escape>", lambda _: self.destroy())

    def add_answers(self, label: str, take: Callable[[], None]) -> None:
        """Adds Cancel and, coloured, what `take` does; Enter takes, but on Cancel it cancels."""
        row = ttk.Frame(self.body)
        row.pack(anchor="e", pady=(self._theme.px(8), 0))
        cancel = ttk.Button(row, text=_("Cancel"), command=self.destroy)
        cancel.pack(side="left", padx=self._theme.px(8))
        ttk.Button(row, text=label, style="Accent.TButton", command=take).pack(side="left")
        for enter in ("<Return>", "<KP_Enter>"):
            self.bind(enter, lambda _: take())
            cancel.bind(enter, lambda _: self._enter_cancels())

    def _enter_cancels(self) -> str:
        """So that Enter on this button is not that of the window as well."""
        self.destroy()
        return "break"

    def show(self, focus: tkinter.Misc) -> None:
        """Shows it over its window, with the keyboard; when it goes, the focus is where it was."""
        before = focused(self.master) or focused_last(self.master)  # another dialog may just have gone
        # Until the window is there the keyboard is still the old one's: an unseen entry takes what is typed
        # ahead, so that none of it lands in a note.
        ahead = ttk.Entry(self.master)
        ahead.place(x=0, y=0, width=1, height=1)
        ahead.update_idletasks()
        ahead.focus_set()
        self._place()
        # The window may be seen before what is in it is mapped, and until then Tk would give the keyboard to
        # the window itself: what is typed at once, an Enter or the first letter, would be lost.
        self.update_idletasks()
        with contextlib.suppress(tkinter.TclError):  # another window may hold the grab for a moment
            self.grab_set()
        focus.focus_force()
        if isinstance(focus, ttk.Entry) and ahead.get():
            focus.delete(0, "end")
            focus.insert(0, ahead.get())
        ahead.destroy()
        self.title(self._title)  # last: who waits for a window of that name may type now
        self.bind("<Destroy>", lambda event: self._give_back(event.widget, before), add=True)

    def _give_back(self, gone: tkinter.Misc, focus: tkinter.Misc | None) -> None:
        if gone is self and focus is not None:
            with contextlib.suppress(tkinter.TclError):  # that widget may be gone as well
                focus.focus_set()

    def _place(self) -> None:
        self.update_idletasks()
        top = self.master.winfo_toplevel()
        most = self.winfo_screenwidth() - 2 * _EDGE_PX, self.winfo_screenheight() - _TITLE_PX - _EDGE_PX
        width, height = min(self.winfo_reqwidth(), most[0]), min(self.winfo_reqheight(), most[1])
        x = top.winfo_rootx() + (top.winfo_width() - width) // 2
        y = top.winfo_rooty() + (top.winfo_height() - height) // 3
        x, y = min(max(0, x), _EDGE_PX + most[0] - width), min(max(0, y), most[1] - height)
        size = (
            "" if (width, height) == (self.winfo_reqwidth(), self.winfo_reqheight()) else f"{width}x{height}"
        )
        self.geometry(f"{size}+{x}+{y}")
        self.deiconify()
        self.lift()
        self.wait_visibility()

    def only_read(self) -> None:
        """Lets what stands in its fields be read and copied; nothing can be typed or pressed to change it."""
        waiting: list[tkinter.Misc] = [self.body]
        while waiting:
            widget = waiting.pop()
            waiting += widget.winfo_children()
            if isinstance(widget, tkinter.Text):
                widget.configure(state="disabled")
            elif isinstance(widget, ttk.Entry):
                widget.state(["readonly"])
            elif isinstance(widget, ttk.Button):
                widget.state(["disabled"])

    def say_waiting(self, words: str) -> None:
        """Says at its foot what waits until it is closed; the newest, where there are several."""
        if self._line_below is None:
            self._line_below = ttk.Label(self, style="Muted.TLabel", padding=self._theme.px(16))
            self._line_below.pack(side="bottom", fill="x", before=self.body)
            self._line_below.configure(wraplength=max(self.winfo_width() - self._theme.px(32), 100))
        self._line_below.configure(text=words)

    def ask(self, focus: tkinter.Misc) -> None:
        """Shows it and returns when it is gone."""
        self.show(focus)
        self.wait_window()


def ask_text(master: tkinter.Misc, theme: Theme, title: str, label: str, text: str) -> str | None:
    """One line of text, None where it was cancelled."""
    dialog = Dialog(master, theme, title)
    answer: list[str] = []
    ttk.Label(dialog.body, text=label, wraplength=theme.px(420)).pack(anchor="w")
    entry = ttk.Entry(dialog.body, width=52)
    entry.insert(0, text)
    entry.selection_range(0, "end")
    entry.pack(fill="x", pady=theme.px(8))

    def take(_: object = None) -> None:
        answer.append(entry.get())
        dialog.destroy()

    _buttons(dialog, theme, ((_("Cancel"), dialog.destroy), (_("OK"), take)))
    entry.bind("<Return>", take)
    dialog.ask(entry)
    return answer[0] if answer else None


def ask_choice(
    master: tkinter.Misc, theme: Theme, question: str, detail: str, answers: Sequence[str]
) -> int | None:
    """Which answer was chosen; the last one is the safe one and has the focus."""
    dialog = Dialog(master, theme, "Desktop Notes")
    chosen: list[int] = []
    ttk.Label(dialog.body, text=question, style="Heading.TLabel", wraplength=theme.px(420)).pack(anchor="w")
    ttk.Label(dialog.body, text=detail, wraplength=theme.px(420)).pack(anchor="w", pady=theme.px(8))

    def choose(index: int) -> None:
        chosen.append(index)
        dialog.destroy()

    jobs = [(answer, lambda index=index: choose(index)) for index, answer in enumerate(answers)]
    dialog.ask(_buttons(dialog, theme, jobs))
    return chosen[0] if chosen else None


def _buttons(dialog: Dialog, theme: Theme, jobs: Sequence[tuple[str, Callable[[], None]]]) -> ttk.Button:
    """A row of buttons, the last one coloured and pressed by Return; answers that one."""
    row = ttk.Frame(dialog.body)
    row.pack(anchor="e", pady=(theme.px(8), 0))
    last = len(jobs) - 1
    for index, (label, job) in enumerate(jobs):
        button = ttk.Button(
            row, text=label, command=job, style="Accent.TButton" if index == last else "TButton"
        )
        button.bind("<Return>", lambda _, job=job: job())  # type: ignore[misc]
        button.pack(side="left", padx=(theme.px(8), 0))
    return button


def _in_our_language(master: tkinter.Misc) -> None:
    """Lets Tk's own dialogs (X11 only) speak the program's language: they would go by LANG alone.

    What the program calls a folder everywhere is one there, too.
    """
    if master.tk.call("::msgcat::mclocale") != LANGUAGE.lower():
        with contextlib.suppress(tkinter.TclError):
            master.tk.call("::msgcat::mclocale", LANGUAGE)
            master.tk.eval("::msgcat::mcload [file join $::tk_library msgs]")
            ours = ("::msgcat::mcset", LANGUAGE, "&Directory:", _("&Folder:"))
            master.tk.call("namespace", "eval", "::tk", ours)


def ask_files(master: tkinter.Misc, title: str, kind: str, folder: Path) -> tuple[Path, ...]:
    """One or several files of a kind ("media", "captions", "notebook" or "import")."""
    from tkinter import filedialog  # a start does without it

    _in_our_language(master)
    _hide_hidden_files(master)
    answer = filedialog.askopenfilenames(
        parent=master, title=title, filetypes=_KINDS[kind], initialdir=str(folder)
    )
    return tuple(Path(name) for name in answer)


def ask_folder(master: tkinter.Misc, title: str, folder: Path) -> Path | None:
    from tkinter import filedialog  # a start does without it

    _in_our_language(master)
    answer = filedialog.askdirectory(parent=master, title=title, initialdir=str(folder), mustexist=True)
    return Path(answer) if answer else None


def ask_target(
    master: tkinter.Misc, theme: Theme, title: str, folder: Path, name: str, label: str = _("Export")
) -> Path | None:
    """Where to write, as one path that can be typed or browsed for.

    An existing file may be named, since the caller asks about that; one without a suffix gets that of `name`.
    """
    dialog = Dialog(master, theme, title)
    answer: list[Path] = []
    ttk.Label(dialog.body, text=_("File"), style="Muted.TLabel").pack(anchor="w")
    row = ttk.Frame(dialog.body)
    row.pack(fill="x", pady=(theme.px(2), theme.px(8)))
    entry = ttk.Entry(row, width=70)
    entry.insert(0, str(folder / name))
    entry.selection_range(len(str(folder)) + 1, "end")
    entry.icursor("end")

    def browse() -> None:
        chosen = _browse_target(dialog, title, folder, name)
        if chosen:
            entry.delete(0, "end")
            entry.insert(0, chosen)

    ttk.Button(row, text=_("Browse…"), command=browse).pack(side="right", padx=(theme.px(8), 0))
    entry.pack(fill="x", expand=True)

    def take(_: object = None) -> None:
        if entry.get().strip():
            answer.append(_target(entry.get().strip(), folder, Path(name).suffix))
            dialog.destroy()

    _buttons(dialog, theme, ((_("Cancel"), dialog.destroy), (label, take)))
    entry.bind("<Return>", take)
    dialog.ask(entry)
    return answer[0] if answer else None


def _target(typed: str, folder: Path, suffix: str) -> Path:
    path = folder / Path(typed).expanduser()
    return path if path.suffix or os.path.isdir(path) else path.with_name(f"{path.name}{suffix}")


def _browse_target(master: tkinter.Misc, title: str, folder: Path, name: str) -> str:
    from tkinter import filedialog  # a start does without it

    _in_our_language(master)
    _hide_hidden_files(master)
    suffix = Path(name).suffix
    return filedialog.asksaveasfilename(
        parent=master,
        title=title,
        initialdir=str(folder),
        initialfile=name,
        confirmoverwrite=False,
        filetypes=[(_FORMS.get(suffix, suffix[1:].upper()), f"*{suffix}"), (_("All files"), "*")],
    )


def _hide_hidden_files(master: tkinter.Misc) -> None:
    """Tk's own dialog (X11 only) shows files that begin with a dot unless told otherwise."""
    with contextlib.suppress(tkinter.TclError):
        master.tk.call("tk_getOpenFile", "-foobarbaz")
    with contextlib.suppress(tkinter.TclError):
        master.tk.call("set", "::tk::dialog::file::showHiddenBtn", "1")
        master.tk.call("set", "::tk::dialog::file::showHiddenVar", "0")
