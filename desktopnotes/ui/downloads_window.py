"""The window of downloads: how far each is; by key it is paused, cancelled, tried again, played."""

from __future__ import annotations

import contextlib
import os
import tkinter
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from PIL import ImageTk

from desktopnotes.actions import downloads
from desktopnotes.model import timecode
from desktopnotes.model.downloads import Download, Phase, find
from desktopnotes.session import Session
from desktopnotes.ui import shapes
from desktopnotes.ui.bound import and_break
from desktopnotes.ui.cutting import Cutter, when_fitted
from desktopnotes.ui.dialogs import Dialog
from desktopnotes.ui.icons import Icons
from desktopnotes.ui.scrollbar import Scrollbar
from desktopnotes.ui.theme import Theme
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.media.downloads import Figures

TITLE = _("Downloads")

_NOTHING = _("Nothing is being downloaded. “Talk, Download” loads the open talk.")
_KEYS = _("Space pauses and goes on, Delete cancels, Enter plays what is done.")
_RING_STEPS = 40
_ICONS = {Phase.PAUSED: "pause", Phase.FAILED: "triangle-alert", Phase.DONE: "circle-check"}
_COLOURS = {Phase.PAUSED: "muted", Phase.FAILED: "error", Phase.DONE: "accent"}

Run = Callable[..., None]
"""Calls a function with arguments; what it raises is told to the user."""


def open_downloads_window(
    master: tkinter.Misc, theme: Theme, icons: Icons, session: Session, run: Run
) -> None:
    """Opens it, or goes to it where it is open already; the main window can be used meanwhile."""
    for child in master.winfo_children():
        if isinstance(child, DownloadsWindow):
            child.lift()
            child.tree.focus_force()
            return
    DownloadsWindow(master, theme, icons, session, run)


def how_far(one: Download, figures: Figures | None, *, is_loading: bool, is_elsewhere: bool) -> str:
    """Where a download stands, in one line."""
    if one.phase == Phase.DONE:
        return _("done · {name}").format(name=Path(one.file).name)
    if one.phase == Phase.FAILED:
        return _("not downloaded · {message}").format(message=one.message)
    if one.phase == Phase.PAUSED:
        return _("paused")
    if is_elsewhere:
        return _("being downloaded by another window of the program")
    if not is_loading:
        return _("waiting")
    return _progress(figures) if figures and figures.done_bytes else _("asking the page…")


def _progress(figures: Figures) -> str:
    if figures.is_ending:
        return _("all is there; looking whether it is whole…")
    done, total = figures.done_bytes, figures.total_bytes
    words = [f"{done / 1e6:.1f} MB"]
    if total:
        words = [
            f"{min(100, 100 * done // total)} %",
            _("{done:.1f} of {total:.1f} MB").format(done=done / 1e6, total=total / 1e6),
        ]
    if figures.rate:
        words.append(f"{figures.rate / 1e6:.1f} MB/s")
    if figures.left_s:
        words.append(_("{time} left").format(time=timecode.clock(1000 * figures.left_s)))
    return " · ".join(words)


class DownloadsWindow(Dialog):
    """A row a download, two lines each; below it what can be done with the chosen one."""

    def __init__(self, master: tkinter.Misc, theme: Theme, icons: Icons, session: Session, run: Run) -> None:
        super().__init__(master, theme, TITLE)
        self._theme = theme
        self._icons = icons
        self._session = session
        self._queue = session.downloads
        self._run = run
        self._cutter = Cutter(theme.fonts.text)
        self._rings: dict[int, ImageTk.PhotoImage] = {}
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._build()
        theme.follow(self.tree, self._dress)
        self._end = self._queue.follow(self.draw)
        self.bind("<Destroy>", self._on_destroy, add=True)
        self._queue.refresh()
        self.draw()
        self.minsize(theme.px(520), theme.px(280))
        self.show(self.tree)
        self.grab_release()  # it stands beside the main window

    def _build(self) -> None:
        px = self._theme.px
        self.said = ttk.Label(self.body, style="Muted.TLabel", wraplength=px(620), justify="left")
        self.said.pack(side="bottom", anchor="w", pady=(px(10), 0))
        row = ttk.Frame(self.body)
        row.pack(side="bottom", fill="x", pady=(px(10), 0))
        self.turn = self._button(row, _("Pause"), self._turn)
        self.cancel = self._button(row, _("Cancel"), self._cancel)
        self.play = self._button(row, _("Play"), self._play)
        self.folder = self._button(row, _("Show in Folder"), self._show_in_folder)
        self.all = self._button(row, _("Pause All"), self._turn_all, side="right")
        self.add = self._button(row, _("Download All Talks"), self._add_all, side="right")
        self.add.lower(self.all)  # so Tab goes from left to right
        frame = ttk.Frame(self.body)
        frame.pack(fill="both", expand=True)
        self.tree = ttk.Treeview(
            frame, style="Talks.Treeview", columns=(), show="tree", selectmode="browse", height=6
        )
        self.tree.column("#0", width=px(660))
        self.tree.pack(side="left", fill="both", expand=True)
        Scrollbar(self.tree)
        for event, job in (
            ("<space>", self._turn),
            ("<Delete>", self._cancel),
            ("<Return>", self._open),
            ("<Double-Button-1>", self._open),
        ):
            self.tree.bind(event, lambda _, job=job: and_break(job))  # type: ignore[misc]
        when_fitted(self.tree, self._draw_anew)
        self.tree.bind("<<TreeviewSelect>>", lambda _: self._draw_buttons())

    def _button(self, row: ttk.Frame, text: str, job: Callable[[], None], side: Any = "left") -> ttk.Button:
        button = ttk.Button(row, text=text, command=job)
        button.bind("<Return>", lambda _: button.invoke())
        gap = self._theme.px(8)
        button.pack(side=side, padx=(0, gap) if side == "left" else (gap, 0))
        return button

    def _on_destroy(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self:
            self._end()

    def _draw_anew(self) -> None:
        """Lines are cut where the window ends."""
        self._drawn.clear()
        self.draw()

    def _dress(self) -> None:
        self._cutter.forget()
        self._rings.clear()
        self._drawn.clear()
        self.tree.tag_configure("failed", foreground=self._theme.palette.error)
        self.draw()

    # --- drawing -------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draws the rows that say something else than before."""
        ids = [one.id for one in self._queue.items]
        shown, staying = self.tree.get_children(), set(ids)
        gone = [each for each in shown if each not in staying]
        chosen = self.tree.selection()
        place = shown.index(chosen[0]) if chosen else 0
        self.tree.delete(*gone)
        for each in gone:
            self._drawn.pop(each, None)
        for index, one in enumerate(self._queue.items):
            if not self.tree.exists(one.id):
                self.tree.insert("", index, one.id)
            elif self.tree.index(one.id) != index:
                self.tree.move(one.id, "", index)
            self._draw_row(one)
        if ids and not self.tree.selection():
            next_id = ids[min(place, len(ids) - 1)]
            self.tree.selection_set(next_id)
            self.tree.focus(next_id)
        self._draw_buttons()

    def _draw_row(self, one: Download) -> None:
        figures = self._queue.figures(one.id)
        words = how_far(
            one,
            figures,
            is_loading=self._queue.is_loading(one.id),
            is_elsewhere=self._queue.is_elsewhere(one.id),
        )
        part = figures.done_bytes / figures.total_bytes if figures and figures.total_bytes else 0.0
        step = round(_RING_STEPS * part)
        drawn = (one.title, one.phase, words, step)
        if self._drawn.get(one.id) == drawn:
            return
        self._drawn[one.id] = drawn
        tags = ("failed",) if one.phase == Phase.FAILED else ()
        room = self.tree.column("#0", "width") - self._theme.px(54)
        lines = [self._cutter.cut(line, room) for line in (" ".join(one.title.split()), words)]
        self.tree.item(one.id, text=f"  {lines[0]}\n  {lines[1]}", tags=tags)
        with contextlib.suppress(LookupError):  # the words say it as well
            self.tree.item(one.id, image=self._picture(one, step))

    def _picture(self, one: Download, step: int) -> ImageTk.PhotoImage:
        if one.phase in _ICONS:
            phase = Phase(one.phase)
            return self._icons.get(_ICONS[phase], size=20, colour=_COLOURS[phase])
        if step not in self._rings:
            colours = self._theme.palette
            picture = shapes.ring(self._theme.px(20), step / _RING_STEPS, colours.accent, colours.track)
            self._rings[step] = ImageTk.PhotoImage(picture, master=self)
        return self._rings[step]

    def _draw_buttons(self) -> None:
        one = self._chosen()
        phase = one.phase if one else ""
        words = {Phase.PAUSED: _("Resume"), Phase.FAILED: _("Try Again")}.get(phase, _("Pause"))  # type: ignore[call-overload]
        self.turn.configure(text=words)
        self.cancel.configure(text=_("Take Off the List") if phase == Phase.DONE else _("Cancel"))
        self._enable(self.turn, one is not None and phase != Phase.DONE)
        self._enable(self.cancel, one is not None)
        self._enable(self.play, phase == Phase.DONE)
        self._enable(self.folder, one is not None)
        self.all.configure(text=_("Resume All") if self._all_are_paused() else _("Pause All"))
        self._enable(self.all, any(item.phase in (Phase.WAITING, Phase.PAUSED) for item in self._queue.items))
        self._enable(self.add, downloads.some_are_from_the_web(self._session))
        self.said.configure(text=self._explained(one))

    @staticmethod
    def _enable(button: ttk.Button, is_possible: bool) -> None:
        button.state(["!disabled" if is_possible else "disabled"])

    def _explained(self, one: Download | None) -> str:
        if one is None:
            return _NOTHING
        if one.phase == Phase.FAILED:
            return f"{one.message} {one.hint}".strip()
        home = os.path.expanduser("~")
        where = f"~{one.folder.removeprefix(home)}" if one.folder.startswith(f"{home}/") else one.folder
        return _("To {folder}").format(folder=where) + f"    {_KEYS}"

    # --- what is done --------------------------------------------------------------------------------

    def _chosen(self) -> Download | None:
        chosen = self.tree.selection()
        return find(self._queue.items, chosen[0]) if chosen else None

    def _all_are_paused(self) -> bool:
        return not any(item.phase == Phase.WAITING for item in self._queue.items)

    def _turn(self) -> None:
        one = self._chosen()
        if one is not None and one.phase == Phase.WAITING:
            self._run(self._queue.pause, one.id)
        elif one is not None and one.phase != Phase.DONE:
            self._run(self._queue.go_on, one.id)

    def _cancel(self) -> None:
        if (one := self._chosen()) is not None:
            self._run(downloads.forget, self._session, one)

    def _open(self) -> None:
        one = self._chosen()
        if one is not None and one.phase == Phase.DONE:
            self._play()
        else:
            self._turn()

    def _play(self) -> None:
        if (one := self._chosen()) is not None:
            self._run(downloads.play, self._session, one)

    def _show_in_folder(self) -> None:
        if (one := self._chosen()) is not None:
            self._run(downloads.show_in_folder, self._session, one)

    def _turn_all(self) -> None:
        wanted = Phase.PAUSED if self._all_are_paused() else Phase.WAITING
        turn = self._queue.go_on if wanted == Phase.PAUSED else self._queue.pause
        self._run(turn, *(item.id for item in self._queue.items if item.phase == wanted))

    def _add_all(self) -> None:
        self._run(downloads.download_all, self._session)
