"""Where a talk plays from: its page, in the browser too, or a file beside it whose times may be others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import notes
from desktopnotes.media.background import Progress
from desktopnotes.media.player import PlayerState
from desktopnotes.media.source import check_source
from desktopnotes.model import findings, talk_edits, timecode
from desktopnotes.model.notebook import Chapter, Talk
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.words import _, ngettext

if TYPE_CHECKING:
    from desktopnotes.media.frames import Label

_SAME_LENGTH_MS = 2000
"""Two copies of one recording may differ by so much: a frame, a faded end."""


def has_page(session: Session) -> bool:
    """Whether the open talk has a page on the web."""
    return session.talk is not None and session.talk.has_page


def has_both(session: Session) -> bool:
    return bool(session.talk and session.talk.file) and has_page(session)


# --- the page in the browser -------------------------------------------------------------------------


def open_at_second(session: Session) -> None:
    """Opens the public page where the talk stands now, else at the note under the caret.

    A page that cannot be opened at a second is opened as it is.
    """
    from desktopnotes.export import links  # a start does without it

    talk = session.talk
    if talk and links.is_public(talk.url):
        address = links.deep_link(talk.url, _moment_ms(session, talk), talk.offset_ms)
        session.screen.open_outside(address or talk.url)


def _moment_ms(session: Session, talk: Talk) -> int:
    position = session.player.position_at()
    if position is not None and session.player.state is not PlayerState.FAILED:
        return position.at_ms
    note = notes.under_the_caret(session)
    return talk.position_ms if note is None or note.at_ms is None else note.at_ms


# --- a file beside the page --------------------------------------------------------------------------


def attach(session: Session) -> None:
    """Asks for a file that holds the recording of the page, and plays that from now on."""
    files = session.screen.ask_files(_("Attach a File"), "media") if session.talk else ()
    if files:
        attach_file(session, files[0])


def attach_file(session: Session, file: Path) -> None:
    """Plays the open talk from `file`; its link, notes and position stay.

    Where the file is longer or shorter than the page's recording that is told, with a way to set the times.
    """
    check_source(file)
    talk = session.talk
    if talk is None:
        return
    notes.end(session)
    relative = session.store.relative(file.absolute())
    plays = session.player.will_play
    session.do(_("Attach File"), talk_edits.set_file(session.notebook, talk.id, relative))
    session.reload(play=plays)
    session.save_now()
    session.screen.tell(
        _("It plays from “{name}” now; its link and notes are as they were.").format(name=file.name)
    )
    compare = partial(_compare_lengths, session, talk.id, relative, talk.duration_ms)
    session.background.run(partial(_label, file), compare)


def _label(file: Path, _: Progress) -> Label:
    from desktopnotes.media import frames  # heavy: reads the file with PyAV

    return frames.read_label(file)


_LONGER = _(
    "The file is {length} long, {by} longer than the page's recording. Where it begins elsewhere, say so."
)
_SHORTER = _(
    "The file is {length} long, {by} shorter than the page's recording. Where it begins elsewhere, say so."
)


def _compare_lengths(session: Session, talk_id: str, file: str, page_ms: int, label: Label) -> None:
    now = session.talk
    if now is None or (now.id, now.file) != (talk_id, file) or not page_ms or not label.duration_ms:
        return
    differ_ms = label.duration_ms - page_ms
    if abs(differ_ms) > _SAME_LENGTH_MS:
        length, by = timecode.clock(label.duration_ms), timecode.clock(abs(differ_ms))
        told = _LONGER if differ_ms > 0 else _SHORTER
        session.screen.tell(
            told.format(length=length, by=by),
            Offer(_("Set the Times…"), lambda: session.screen.show("times of attached")),
            lasting=True,
        )


def detach(session: Session) -> None:
    """Plays the talk from its page again; its notes stand at the page's times then. The file stays."""
    talk = session.talk
    if talk is None or not has_both(session):
        return
    notes.end(session)
    plays = session.player.will_play
    before = session.talk or talk  # as it is once the note is ended
    early = _early_in_page(talk_edits.stamps_before_zero(before, before.offset_ms))
    session.do(_("Play from the Page Again"), talk_edits.without_file(session.notebook, talk.id))
    session.play_as_it_is_now(before, play=plays, asks=True)
    session.save_now()
    words = _("It plays from its page again. The file was not touched.")
    session.screen.tell(" ".join(filter(None, (words, early))), lasting=bool(early))


def _early_in_page(count: int) -> str:
    """What is told of so many stamps that have no place in the page's recording; empty without such."""
    told = ngettext(
        "One note is about a moment before the page's recording begins: it stands at 0:00 now. Undo brings "
        "its time back.",
        "{n} notes are about moments before the page's recording begins: they stand at 0:00 now. Undo brings "
        "their times back.",
        count,
    )
    return told.format(n=count) if count else ""


def _early_in_file(count: int) -> str:
    """The same of the file."""
    told = ngettext(
        "One note is about a moment before the file begins: it stands at 0:00 now. Undo brings its time "
        "back.",
        "{n} notes are about moments before the file begins: they stand at 0:00 now. Undo brings their times "
        "back.",
        count,
    )
    return told.format(n=count) if count else ""


# --- the file's times and the page's -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Times:
    """One moment, in the file's time and in the page's, in ms."""

    file_ms: int
    page_ms: int


def times(session: Session) -> None:
    """Asks which moment of the file is which of the page."""
    session.screen.show("times")


def times_now(session: Session) -> Times:
    """The moment that is on screen, as the offset has it; the page's beginning where that lies before it."""
    talk = session.talk
    if talk is None:
        return Times(0, 0)
    position = session.player.position_at()
    at_ms = max(position.at_ms if position else talk.position_ms, -talk.offset_ms)
    return Times(at_ms, at_ms + talk.offset_ms)


def offset_of(file_time: str, page_time: str) -> int:
    """What is added to the file's times, in ms, from two times as people write them. Raises `UserError`."""
    return timecode.parse(page_time) - timecode.parse(file_time)


def offset_words(offset_ms: int) -> str:
    """What an offset does, as a sentence."""
    if offset_ms == 0:
        return _("The file and the page have the same times.")
    ms = abs(offset_ms)
    by = timecode.clock(ms, digits=3 if ms % 1000 else 0)
    if offset_ms < 0:
        return _("The page begins {time} into the file: links are so much earlier.").format(time=by)
    return _("The file begins {time} into the page: links are so much later.").format(time=by)


def what_follows(session: Session, offset_ms: int, *, moves_times: bool) -> str:
    """What `set_offset` would do, as it is told before; also which stamps would have no place any more."""
    talk = session.talk
    by_ms = talk.offset_ms - offset_ms if talk and moves_times else 0
    count = talk_edits.stamps_before_zero(talk, by_ms) if talk else 0
    if not count:
        return offset_words(offset_ms)
    told = ngettext(
        "One note from before that would stand at 0:00.",
        "{n} notes from before that would stand at 0:00.",
        count,
    )
    return f"{offset_words(offset_ms)} {told.format(n=count)}"


def chapters(session: Session) -> tuple[Chapter, ...]:
    """Those of the open talk, at the times of what plays: they come from its page and have its times.

    Of those that begin before the file only the last is left, at its beginning.
    """
    talk = session.talk
    if talk is None or not talk.offset_ms or not isinstance(session.source(talk), Path):
        return talk.chapters if talk else ()
    moved = [replace(one, at_ms=one.at_ms - talk.offset_ms) for one in talk.chapters]
    before = [replace(one, at_ms=0) for one in moved if one.at_ms <= 0]
    return (*before[-1:], *(one for one in moved if one.at_ms > 0))


def set_offset(session: Session, offset_ms: int, *, moves_times: bool) -> None:
    """Says how far the page's times are from the file's, undoably.

    With `moves_times` the notes were taken at the page's times: they, and the position, go to the file's.
    """
    notes.end(session)
    talk = session.talk
    if talk is None:
        return
    moved_ms = talk.offset_ms - offset_ms if moves_times else 0
    after = talk_edits.set_offset(session.notebook, talk.id, offset_ms, moves_stamps=moves_times)
    session.do(_("Set Offset"), after)
    if moved_ms and (position := session.player.position_at()) is not None:
        session.player.seek(max(0, position.at_ms + moved_ms))
    elif moved_ms:
        session.find_out(lambda notebook: findings.moved_position(notebook, talk.id, moved_ms))
    session.open_captions()
    session.spoken.read()
    session.save_now()
    early = _early_in_file(talk_edits.stamps_before_zero(talk, moved_ms))
    session.screen.tell(early or offset_words(offset_ms), lasting=bool(early))
