"""The post view: what is typed in its fields, and which talks stand in the post, in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from desktopnotes.actions import notes, talk_data
from desktopnotes.model import post_edits
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Notebook, Post
from desktopnotes.session import Session
from desktopnotes.words import _

_STEPS_LOOKED_AT = 200
"""Where a talk stood that was taken out is looked for among so many steps."""

LABELS = {
    "title": _("Post Title"),
    "date": _("Post Date"),
    "slug": _("Slug"),
    "tags": _("Post Tags"),
    "description": _("Description"),
    "lang": _("Post Language"),
    "draft": _("Draft"),
    "intro": _("Introduction"),
    "closing": _("Closing"),
}
"""What a step of undo is called in which a field of a post was changed."""


def show(session: Session) -> None:
    """Shows the post of the open talk in place of the notes."""
    notes.end(session)
    session.screen.show("post")


def show_notes(session: Session) -> None:
    session.screen.show("notes")


def is_shown(session: Session) -> bool:
    return session.shown_post is not None


def notes_are_shown(session: Session) -> bool:
    return session.shown_post is None


def type_field(session: Session, post_id: str, field: str, value: Any) -> None:
    """A field as it is now: what is typed in one without a pause is one step."""
    after = post_edits.set_fields(session.notebook, post_id, **{field: value})
    session.do(LABELS[field], after, typing_in=f"{field} {post_id}")


def put_in(session: Session, post_id: str, talk_id: str) -> None:
    """Puts a talk where it stood in the post, or at its end where it did not or others were moved since.

    The first one gives a post without a date that of today.
    """
    now = session.notebook.post(post_id)
    after = post_edits.put_in(session.notebook, post_id, talk_id)
    if now is not None and talk_id not in now.talks:
        after = post_edits.place_before(after, post_id, talk_id, _follower(session, now, talk_id))
    if now is not None and not now.talks and not now.date:
        after = post_edits.set_fields(after, post_id, date=date.today().isoformat())
    _do(session, _("Put Talk into Post"), after)


def _follower(session: Session, post: Post, talk_id: str) -> str:
    """The talk of a post before which another one stood when it was last in it, "" for the end."""
    earlier = (notebook.post(post.id) for notebook in islice(session.history.earlier(), _STEPS_LOOKED_AT))
    was = next((each.talks for each in earlier if each is not None and talk_id in each.talks), ())
    in_both = [each for each in post.talks if each in was]
    if not was or in_both != [each for each in was if each in post.talks]:
        return ""
    above = [each for each in was[: was.index(talk_id)] if each in post.talks]
    index = post.talks.index(above[-1]) + 1 if above else 0
    return post.talks[index] if index < len(post.talks) else ""


def take_out(session: Session, post_id: str, talk_id: str) -> None:
    _do(session, _("Take Talk out of Post"), post_edits.take_out(session.notebook, post_id, talk_id))


def step(session: Session, post_id: str, talk_id: str, by: int) -> None:
    """Moves a talk so many places down in the post (up where negative)."""
    _do(session, _("Move Talk in Post"), post_edits.step(session.notebook, post_id, talk_id, by))


def place_before(session: Session, post_id: str, talk_id: str, before_id: str) -> None:
    """Moves a talk before another one of the post, to the end where that is ""."""
    _do(
        session,
        _("Move Talk in Post"),
        post_edits.place_before(session.notebook, post_id, talk_id, before_id),
    )


def drop(session: Session, post_id: str, talk_id: str, before_id: str) -> None:
    """Puts a talk before another one of the post, to its end where that is "", in from outside too."""
    now = session.notebook.post(post_id)
    was_in = now is not None and talk_id in now.talks
    after = post_edits.put_in(session.notebook, post_id, talk_id)
    after = post_edits.place_before(after, post_id, talk_id, before_id)
    _do(session, _("Move Talk in Post") if was_in else _("Put Talk into Post"), after)


def go_to_note(session: Session, talk_id: str, note_id: str) -> None:
    """Shows the notes of a talk, with the caret in one of them."""
    notes.end(session)
    if talk_id != session.talk_id:
        session.open_talk(talk_id)
    found = session.notebook.talk(talk_id)
    note = found.note(note_id) if found else None
    if note is not None:
        session.screen.put_caret(Caret("notes", talk_id, note.id))
    elif found is not None:
        session.screen.put_blank(found.notes[-1].id if found.notes else "")


def _do(session: Session, label: str, after: Notebook) -> None:
    session.do(label, after)
    session.history.end_step()
    session.save_now()


def set_link(session: Session, talk_id: str, typed: str) -> None:
    """The public link of a talk, as it was pasted; raises `UserError` where it is no address."""
    now = session.notebook.talk(talk_id)
    if now is not None and typed.strip():
        talk_data.take(session, talk_id, replace(talk_data.of_talk(now), url=typed.strip()))
