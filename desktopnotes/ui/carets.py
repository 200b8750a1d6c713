"""The part of the window that knows where the caret is, and puts it elsewhere."""

from __future__ import annotations

import contextlib
import tkinter
from collections.abc import Sequence
from dataclasses import replace

from desktopnotes.model.history import Caret
from desktopnotes.model.script import Chosen
from desktopnotes.screen import Stretch
from desktopnotes.session import Session
from desktopnotes.storage.state_file import Place
from desktopnotes.ui import layout
from desktopnotes.ui.full_screen import FullScreen
from desktopnotes.ui.guarded_text import GuardedText
from desktopnotes.ui.layout import Layout
from desktopnotes.ui.notes_page import NotesPage
from desktopnotes.ui.notes_side import NotesSide
from desktopnotes.ui.recent import Recent
from desktopnotes.ui.views import Views
from desktopnotes.ui.write_up import WriteUp
from desktopnotes.ui.written_text import WrittenText


class Carets:
    """What `Screen` says of the caret; the window is one."""

    root: tkinter.Tk
    session: Session
    layout: Layout
    page: NotesPage
    side: NotesSide
    write_up: WriteUp
    full_screen: FullScreen
    recent: Recent
    views: Views

    def caret(self) -> Caret:
        if self.views.post is not None and self.views.shows_post:
            return self.views.post.caret()
        if self._is_in_notes:
            return self.page.caret
        if self.focus() is self.write_up.text:
            return Caret("write_up", self.session.talk_id, "", self.write_up.written.offset)
        return Caret("video", self.session.talk_id)

    def caret_before(self) -> Caret:
        """With where the text was scrolled to, so that undo finds both again."""
        if self.views.post is not None and self.views.shows_post:
            return self.views.post.caret(before=True)
        caret = self.page.edits.caret_before or self.caret()
        if caret.place == "write_up" and self.write_up.written.offset_before is not None:
            caret = replace(caret, offset=self.write_up.written.offset_before)
        text = self.write_up.text if caret.place == "write_up" else self.page.text
        caret = replace(caret, scrolled=text.scrolled)
        if caret.place == "notes" and not caret.note_id and caret.below is None:
            return replace(caret, below=self.page.blank_after)
        return caret

    def focus(self) -> tkinter.Misc | None:
        """The widget with the focus, also while another window of the desktop or an open menu has it."""
        focus = None
        with contextlib.suppress(KeyError, tkinter.TclError):  # a menu of Tk's own has no Python object
            focus = self.root.focus_lastfor()
        if focus is None or isinstance(focus, tkinter.Menu):
            with contextlib.suppress(KeyError, tkinter.TclError):
                given_back = str(self.root.getvar("::tk::Priv(focus)"))  # what has it when the menu is closed
                return self.root.nametowidget(given_back) if given_back else None
        return focus

    @property
    def _shows_notes(self) -> bool:
        """Whether the page is seen: neither put away nor behind the transcript, nor one line of it alone."""
        is_shown = self.layout.is_shown(layout.NOTES) and not self.layout.is_full_screen
        return is_shown and self.side.text is self.page.text and not self.views.shows_post

    @property
    def _is_in_notes(self) -> bool:
        is_there = self._shows_notes or self.layout.is_full_screen
        return is_there and self.focus() is self.page.text

    def put_caret(self, caret: Caret) -> None:
        if caret.post_id:
            self.views.show_post(caret.post_id, caret=caret)
            return
        if caret.talk_id and caret.talk_id != self.session.talk_id:
            return
        if caret.place == "notes":
            self.show_pane(layout.NOTES)
            self.page.text.focus_set()
            if caret.note_id:
                self.page.put_caret(caret.note_id, caret.offset)
            elif caret.below is not None:
                self.page.put_blank(caret.below)
            self.page.text.scroll_to(caret.scrolled)
        elif caret.place == "write_up":
            self.show_pane(layout.WRITE_UP)
            self.write_up.written.put_caret(caret.offset)
            self.write_up.text.scroll_to(caret.scrolled)

    def show_pane(self, pane: str, *, keeps_transcript: bool = False) -> None:
        """Shows a pane that is to be used now; in full screen the page is there already.

        The transcript gives way to the notes, unless it is what is wanted of their pane.
        """
        self.views.show_notes()
        if pane != layout.NOTES:
            self.full_screen.leave()
        elif not keeps_transcript:
            self.side.reach_notes()
        if not self.layout.is_shown(pane) and not self.layout.is_full_screen:
            self.layout.toggle(pane)

    def place(self) -> Place:
        """Where the user is in the notebook now."""
        session = self.session
        top = max(0.0, min(1.0, self.page.text.yview()[0]))
        return Place(str(session.path), session.talk_id, self.page.caret, top, session.notebook.title)

    def recent_notebooks(self) -> tuple[Place, ...]:
        return self.recent.notebooks

    def keep_place(self) -> None:
        self.recent.keep(self.place())

    def put_place(self, place: Place) -> None:
        if place.talk_id == self.session.talk_id:
            self.views.show_notes()
            self.side.text.focus_set()
            if place.caret.note_id:
                self.page.put_caret(place.caret.note_id, place.caret.offset)
            self.page.text.yview_moveto(place.scroll)

    def put_blank(self, after_id: str) -> None:
        self.views.show_notes()
        self.side.text.focus_set()
        self.page.put_blank(after_id)

    def chosen_notes(self, *, from_elsewhere: bool = False) -> tuple[str, ...]:
        is_meant = self._shows_notes and (from_elsewhere or self._is_in_notes)
        return self.page.selection.note_ids() if is_meant else ()

    def selected(self) -> tuple[Stretch, ...]:
        if self._is_in_notes:
            return self.page.selection.stretches()
        written = self._written
        return written.selected() if written else ()

    @property
    def _written(self) -> WrittenText | None:
        """The write-up or the text of a post that has the keyboard; None where none has."""
        if self.views.post is not None and self.views.shows_post:
            return self.views.post.places.written()
        return self.write_up.written if self.focus() is self.write_up.text else None

    def select(self, stretches: Sequence[Stretch]) -> None:
        written = self._written
        if stretches[0].note_id:
            self.views.show_notes()
            self.page.text.focus_set()
            self.page.selection.put(stretches)
        elif written is not None:
            written.select(stretches[0])
        else:
            self.write_up.text.focus_set()
            self.write_up.written.select(stretches[0])

    def put_in(self, text: str) -> None:
        focus = self.focus()
        if not text and self._is_in_notes and self.page.edits.delete_apart():
            return
        if isinstance(focus, GuardedText):
            focus.put_in(text)

    def chosen_talk(self) -> str:
        """The id of the talk that is chosen in the post view; "" where none is, and in the notes."""
        post = self.views.post
        return post.talks.talk_id if post is not None and self.views.shows_post and post.post else ""

    def chosen_words(self) -> Chosen | None:
        return self.side.chosen_words()

    def choose_notes(self, note_ids: Sequence[str]) -> None:
        self.views.show_notes()
        self.page.text.focus_set()
        self.page.selection.choose(note_ids)

    def blank_after(self) -> str | None:
        return self.page.blank_after
