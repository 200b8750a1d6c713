"""Hints for who starts: one at a time, when it is useful, gone for good once it is sent away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktopnotes.media.player import PlayerState
from desktopnotes.session import Session
from desktopnotes.words import _


@dataclass(frozen=True, slots=True)
class Hint:
    """`words` has the ids of commands in braces, where their keys stand.

    `is_due` is asked with the number of notes that were made since the start, `is_done` too: who has done it
    needs no hint.
    """

    name: str
    words: str
    is_due: Callable[[Session, int], bool]
    is_done: Callable[[Session, int], bool] = lambda _, __: False


def _plays(session: Session, _: int) -> bool:
    return session.player.state == PlayerState.PLAYING


def _has_captions(session: Session, made: int) -> bool:
    return made >= 1 and session.talk is not None and bool(session.talk.captions)


HINTS: tuple[Hint, ...] = (
    Hint(
        "write",
        _("Type while it plays: the first key gives the note its moment."),
        _plays,
        lambda _, made: made > 0,
    ),
    Hint("pause", _("{playback.toggle} plays and pauses while you write."), lambda _, made: made >= 1),
    Hint("jump", _("{notes.jump} or a click on a stamp shows its moment."), lambda _, made: made >= 2),
    Hint("quote", _("{notes.caption_quote} takes the sentence just said as a quote."), _has_captions),
    Hint(
        "write_up",
        _("{view.other_text} goes to the write-up, {notes.write_up} adds the note to it."),
        lambda _, made: made >= 3,
        lambda session, _: session.talk is not None and bool(session.talk.write_up),
    ),
    Hint(
        "post",
        _("{view.to_post} shows the post that your notes become."),
        lambda _, made: made >= 4,
        lambda session, _: session.shown_post is not None,
    ),
    Hint("export", _("{post.export} makes a post of your notes."), lambda _, made: made >= 5),
)


def due(session: Session, made: int) -> Hint | None:
    """The hint that is useful now; `made` notes were made since the start. What is done is seen."""
    if not session.settings.hints:
        return None
    seen = session.settings.hints_seen.split()
    for hint in HINTS:
        if hint.name not in seen and hint.is_due(session, made) and not hint.is_done(session, made):
            return hint
    return None


def got_it(session: Session, name: str) -> None:
    """Sends a hint away for good."""
    seen = session.settings.hints_seen.split()
    if name not in seen:
        session.set(hints_seen=" ".join([*seen, name]))


def no_more(session: Session) -> None:
    """Sends all hints away."""
    session.set(hints=False)
    session.screen.tell(_("No more hints. Help, Show Hints brings them back."))


def are_shown(session: Session) -> bool:
    return session.settings.hints


def switch(session: Session) -> None:
    """Brings all hints back from the first, or sends them away."""
    if session.settings.hints:
        no_more(session)
    else:
        session.set(hints=True, hints_seen="")
        session.screen.tell(_("Hints are shown again, when they can help."))
