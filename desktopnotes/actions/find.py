"""Finding, from the Edit menu: what opens, and how a hit is gone to wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktopnotes.actions import file, notes, talk
from desktopnotes.media.player import PlayerState
from desktopnotes.model.history import Caret
from desktopnotes.model.replacing import Replacement, replaced
from desktopnotes.model.search import Hit, Place
from desktopnotes.session import Session
from desktopnotes.words import _, ngettext, number

_OF_POSTS = (Place.POST_TITLE, Place.INTRODUCTION, Place.CLOSING)


def here(session: Session) -> None:
    session.screen.show("find")


def next_hit(session: Session) -> None:
    session.screen.show("find next")


def previous_hit(session: Session) -> None:
    session.screen.show("find previous")


def everywhere(session: Session) -> None:
    session.screen.show("find everywhere")


def replace(session: Session) -> None:
    session.refuse_if_read_only()
    notes.end(session)
    session.screen.show("replace")


def replace_these(session: Session, chosen: Sequence[Replacement]) -> None:
    """Replaces the chosen places, in one step of undo."""
    after = replaced(session.notebook, chosen, notes.utc_now())
    if after is session.notebook:
        return
    count = len(chosen)
    notes.end(session)
    session.history.end_step()
    session.do(ngettext("Replace Once", "Replace {n} Times", count).format(n=number(count)), after)
    session.history.end_step()
    session.save_now()
    told = ngettext(
        "Replaced once. {undo} takes it back.", "Replaced {n} times. {undo} takes it back.", count
    )
    session.screen.tell(told.format(n=number(count), undo=session.screen.way_to("edit.undo")))


def questions(session: Session) -> None:
    session.screen.show("questions")


def go_to(session: Session, path: Path, hit: Hit, *, show_moment: bool = False) -> None:
    """Opens the notebook and the talk of a hit, and puts the caret there.

    The video stays where it is unless `show_moment`, or where the hit is something that is said in it.
    Raises `UserError` where the notebook cannot be opened; the one that is open stays then.
    """
    file.open_path(session, path)
    if hit.place in _OF_POSTS:
        _go_to_post(session, hit)
        return
    found = session.notebook.talk(hit.talk_id)
    if found is None:
        session.screen.tell(_("That is in the notebook no more."))
        return
    go_to = talk.go_to if hit.note_id or hit.place in (Place.WRITE_UP, Place.SAID) else talk.go_to_notes
    go_to(session, hit.talk_id)
    if hit.place == Place.WRITE_UP:
        start = min(hit.spans[0][0] if hit.spans else 0, len(found.write_up))
        session.screen.put_caret(Caret("write_up", hit.talk_id, "", start))
    elif hit.note_id:
        _go_to_note(session, hit)
    if hit.at_ms is not None and (show_moment or hit.place == Place.SAID):
        _jump_when_open(session, hit.talk_id, hit.at_ms)


def _go_to_post(session: Session, hit: Hit) -> None:
    """Shows that post, beside a talk of it where it has one."""
    if session.notebook.post(hit.post_id) is None:
        session.screen.tell(_("That post is in the notebook no more."))
        return
    if session.notebook.talk(hit.talk_id):
        talk.go_to(session, hit.talk_id)
    session.screen.show("post", hit.post_id)


def _go_to_note(session: Session, hit: Hit) -> None:
    note = session.talk.note(hit.note_id) if session.talk else None
    if note is None:
        session.screen.tell(_("That note is there no more."))
        return
    start = hit.spans[0][0] if hit.spans and hit.place == Place.NOTE else 0
    session.screen.put_caret(Caret("notes", hit.talk_id, note.id, min(start, len(note.text))))


def _jump_when_open(session: Session, talk_id: str, at_ms: int, tries: int = 50) -> None:
    """Shows a moment; of a talk that is being opened, as soon as its recording can be sought in."""
    state = session.player.state
    if session.talk_id != talk_id:
        return
    if state in (PlayerState.NOTHING, PlayerState.FAILED):
        session.screen.tell(_("There is no recording to show: its file is not open."))
    elif state is PlayerState.OPENING and tries:
        again: Callable[[], None] = lambda: _jump_when_open(session, talk_id, at_ms, tries - 1)  # noqa: E731
        session.screen.later(100, again)
    else:
        notes.end(session)
        session.jump(at_ms)
