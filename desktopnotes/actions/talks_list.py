"""The list of talks: what it is grouped by, the order in it, and how far each talk is watched by hand."""

from __future__ import annotations

from functools import partial

from desktopnotes.actions import notes
from desktopnotes.actions.choice import Choice, take_next
from desktopnotes.model import grouping
from desktopnotes.model.grouping import By
from desktopnotes.model.notebook import Notebook, State, Talk
from desktopnotes.session import Session
from desktopnotes.words import _

_WORDS = {
    By.POST: _("Post"),
    By.STATE: _("State"),
    By.SPEAKERS: _("Speakers"),
    By.TAGS: _("Tags"),
    By.NONE: _("Nothing"),
}
_TOLD = {
    By.POST: _("Talks by post"),
    By.STATE: _("Talks by state"),
    By.SPEAKERS: _("Talks by speakers"),
    By.TAGS: _("Talks by tags"),
    By.NONE: _("Talks in order"),
}


def group_choices(session: Session) -> tuple[Choice, ...]:
    now = session.settings.talks_by
    return tuple(
        Choice(word, partial(session.set, talks_by=str(by)), by == now) for by, word in _WORDS.items()
    )


def next_grouping(session: Session) -> None:
    if take_next(group_choices(session)):
        session.screen.tell(_TOLD[By(session.settings.talks_by)])


# --- the order ---------------------------------------------------------------------------------------


def neighbour(session: Session, talk_id: str, step: int) -> Talk | None:
    """The talk that is shown so many places below another one, None where there is none."""
    ids = grouping.order(session.notebook, session.settings.talks_by)
    index = ids.index(talk_id) + step if talk_id in ids else -1
    return session.notebook.talk(ids[index]) if 0 <= index < len(ids) else None


def can_go_up(session: Session) -> bool:
    return _stepped(session, -1) is not session.notebook


def can_go_down(session: Session) -> bool:
    return _stepped(session, 1) is not session.notebook


def up(session: Session) -> None:
    """Moves the open talk up in its group: in a post that is the post's order."""
    _move(session, _stepped(session, -1))


def down(session: Session) -> None:
    _move(session, _stepped(session, 1))


def _stepped(session: Session, steps: int) -> Notebook:
    return grouping.step(session.notebook, session.talk_id, session.settings.talks_by, steps)


def drop(session: Session, talk_id: str, from_group: str, to_group: str, before_id: str) -> None:
    """Puts a talk where it was dropped in the list: see `grouping.place`."""
    by = session.settings.talks_by
    _move(session, grouping.place(session.notebook, talk_id, by, from_group, to_group, before_id))


def _move(session: Session, after: Notebook) -> None:
    if after is not session.notebook:
        session.do(_("Move Talk"), after)
        session.save_now()


# --- how far it is watched ---------------------------------------------------------------------------


def is_not_watched(session: Session) -> bool:
    return session.talk is not None and grouping.state_of(session.talk) != State.WATCHED


def is_begun(session: Session) -> bool:
    return session.talk is not None and grouping.state_of(session.talk) != State.TO_WATCH


def mark_watched(session: Session) -> None:
    _mark(session, _("Mark as Watched"), State.WATCHED)


def mark_to_watch(session: Session) -> None:
    """As if it had never been opened; it begins at its beginning when it is opened next."""
    _mark(session, _("Mark as To Watch"), State.TO_WATCH)


def _mark(session: Session, label: str, state: State) -> None:
    if session.talk is None:
        return
    session.refuse_if_read_only()  # before the video is touched
    notes.end(session)
    if state == State.TO_WATCH and session.player.position_at() is not None:
        session.player.pause()
        session.player.seek(0)
    session.do(label, grouping.set_state(session.notebook, session.talk_id, state))
    session.save_now()
