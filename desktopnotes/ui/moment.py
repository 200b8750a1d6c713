"""What follows the talk: the clock, the knob, the one note of the moment, the marks and the figures."""

from __future__ import annotations

import time
import tkinter
from bisect import bisect_right
from collections.abc import Callable

from desktopnotes.actions import reaction, sources
from desktopnotes.media.player import PlayerState
from desktopnotes.model import timecode
from desktopnotes.model.notebook import Note
from desktopnotes.session import Session
from desktopnotes.ui.focus import focused
from desktopnotes.ui.mark_drag import Mark
from desktopnotes.ui.notes_page import NotesPage
from desktopnotes.ui.status_line import StatusLine
from desktopnotes.ui.timeline import Timeline
from desktopnotes.ui.transport import Transport
from desktopnotes.ui.video_panel import VideoPanel
from desktopnotes.words import ngettext, number

_FIGURES_MS = 400
"""How long marks and counts may lag behind the keys."""

_REST_S = 0.25
"""Nobody types a letter so long: between two keys of a fast hand lies 0.1 to 0.2 s."""

_FIGURES_AT_LAST_S = 3.0

_FOLLOW_AFTER_S = 5.0

_Figure = tuple[Note, Mark | None, int]
"""A note with its mark on the time line and its number of words."""


class Moment:
    """Draws the present moment into the parts of the window that show it."""

    def __init__(
        self,
        root: tkinter.Tk,
        session: Callable[[], Session],
        page: NotesPage,
        video: VideoPanel,
        transport: Transport,
        timeline: Timeline,
        status: StatusLine,
    ) -> None:
        self._root = root
        self._session = session
        self._page = page
        self._video = video
        self._transport = transport
        self._timeline = timeline
        self._status = status
        self._stamps: list[tuple[int, str]] = []
        self._marked_notes: tuple[Note, ...] | None = None
        self._marked: tuple[object, ...] = ()
        self._figures: dict[str, _Figure] = {}
        self._counted: tuple[Note, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._words = 0
        self._note_id = ""
        self._figures_job = ""
        self._figures_due_s = 0.0
        self.last_key_s = 0.0

    def forget(self) -> None:
        """Another talk: its first note of the moment is found anew, its marks drawn at once."""
        self._note_id = ""
        self._marked_notes = None
        self.draw_figures()

    def draw(self) -> None:
        """The time that is played; called some eight times a second."""
        session = self._session()
        at_ms = self._at_ms(session)
        self._transport.show(session.player, at_ms, self._duration_ms(session))
        self._timeline.move_to(at_ms)
        self._video.show_time(timecode.clock(at_ms))
        row = self._page.rows[self._page.row_index("insert")]
        self._timeline.show_stretch(row.at_ms if row else None, row.end_ms if row else None)
        if session.player.state in (PlayerState.PLAYING, PlayerState.PAUSED):
            self._light(session, at_ms)

    @staticmethod
    def _at_ms(session: Session) -> int:
        position, talk = session.player.position_at(), session.talk
        return position.at_ms if position else talk.position_ms if talk else 0

    @staticmethod
    def _duration_ms(session: Session) -> int:
        talk = session.talk
        return session.player.length_ms or (talk.duration_ms if talk else 0)

    def _light(self, session: Session, at_ms: int) -> None:
        """Lights the note of the moment and follows it, unless the user is at work in the page."""
        index = bisect_right(self._stamps, (at_ms, "\uffff")) - 1
        note_id = self._stamps[index][1] if index >= 0 else ""
        if note_id == self._note_id:
            return
        self._note_id = note_id
        self._page.light(note_id)
        writes = focused(self._root) is self._page.text
        rests = self._page.blank_after is not None and time.monotonic() - self.last_key_s > _FOLLOW_AFTER_S
        if note_id and session.settings.follow and (not writes or rests):
            self._page.follow_to(note_id)

    def draw_figures_soon(self) -> None:
        if not self._figures_job:
            self._figures_due_s = time.monotonic() + _FIGURES_AT_LAST_S
            self._figures_job = self._root.after(_FIGURES_MS, self._draw_figures_between_keys)

    def _draw_figures_between_keys(self) -> None:
        """While keys come they wait: of thousands of notes they take as long as a letter may."""
        now_s = time.monotonic()
        if now_s - self.last_key_s < _REST_S and now_s < self._figures_due_s:
            self._figures_job = self._root.after(_FIGURES_MS // 2, self._draw_figures_between_keys)
        else:
            self.draw_figures()

    def draw_figures(self) -> None:
        """Marks on the time line and the counts of the status line."""
        self._figures_job = ""
        session = self._session()
        notes = session.talk.notes if session.talk else ()
        if notes is not self._counted:
            self._count(notes)
        shown = (self._duration_ms(session), sources.chapters(session))
        if notes is not self._marked_notes or shown != self._marked:
            self._marked_notes, self._marked = notes, shown
            self._timeline.show(shown[0], self._at_ms(session), self._marks, shown[1])
        counts = ", ".join(
            (
                ngettext("{count} note", "{count} notes", len(notes)).format(count=number(len(notes))),
                ngettext("{count} word", "{count} words", self._words).format(count=number(self._words)),
            )
        )
        self._status.show_figures(reaction.words(session), counts)

    def _count(self, notes: tuple[Note, ...]) -> None:
        self._counted = notes
        self._figures = {note.id: self._figure(note) for note in notes}
        self._marks = tuple(mark for _, mark, _ in self._figures.values() if mark)
        self._stamps = sorted((mark.at_ms, mark.note_id) for mark in self._marks)
        self._words = sum(count for _, _, count in self._figures.values())

    def _figure(self, note: Note) -> _Figure:
        """A note's figures, made anew only where the note is another value than before."""
        known = self._figures.get(note.id)
        if known is not None and known[0] is note:
            return known
        mark = None if note.at_ms is None else Mark(note.at_ms, note.text, note.id)
        return note, mark, len(note.text.split())
