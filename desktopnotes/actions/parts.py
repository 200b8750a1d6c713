"""The parts of an event: which post is shown, the next one, and what is published."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from desktopnotes.actions import notes, post
from desktopnotes.actions.choice import Choice, take_next
from desktopnotes.model import post_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.grouping import short_title
from desktopnotes.model.notebook import Notebook, Post
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.words import _


def choices(session: Session) -> tuple[Choice, ...]:
    """The posts of the notebook, the published ones marked; choosing one shows it."""
    shown = post.current(session)
    return tuple(
        Choice(label(each), partial(session.screen.show, "post", each.id), each is shown)
        for each in session.notebook.posts
    )


def label(of: Post) -> str:
    """What a part is called in a list of them."""
    return _("{title} · published").format(title=short_title(of)) if of.published else short_title(of)


def next_one(session: Session) -> None:
    take_next(choices(session))


def there_are_some(session: Session) -> bool:
    return bool(session.notebook.posts)


def new(session: Session) -> None:
    """Makes the next part of the talks that stand in none yet, and shows it."""
    session.refuse_if_read_only()
    notes.end(session)
    notebook = session.notebook
    if not notebook.talks:
        raise UserError(
            _("A part is made of talks, and there is none in this notebook yet."), _("Add one first.")
        )
    if not post_edits.not_yet_posted(notebook):
        raise UserError(
            _("Every talk stands in a part already, so there is none for a new one."),
            _("Add talks, or take some out of a part."),
        )
    made = post_edits.part(session.settings, notebook.title, notebook.posts, date.today().isoformat())
    session.do(_("New Part"), post_edits.add_part(notebook, made))
    session.save_now()
    session.screen.show("post", made.id)


def remove(session: Session) -> None:
    """Takes the shown part out of the notebook, undoably; its talks stay."""
    now = post.current(session)
    if now is None:
        return
    session.refuse_if_read_only()
    notes.end(session)
    before = session.notebook
    session.do(_("Remove Part"), post_edits.remove_part(before, now.id))
    session.save_now()
    back = Offer(_("Undo"), partial(_put_back, session, session.path, before, now.id))
    session.screen.tell(
        _("“{title}” was removed; its talks stay.").format(title=short_title(now)), back, lasting=True
    )


def _put_back(session: Session, path: Path, before: Notebook, post_id: str) -> None:
    """Brings that part back, whatever the user did since: that stays."""
    if session.path != path or session.notebook.post(post_id) is not None:
        session.screen.tell(_("There is nothing to take back here."))
        return
    session.do(_("Put Part Back"), post_edits.put_back(session.notebook, before, post_id))
    session.save_now()
    session.screen.tell(_("The part is in the notebook again."))


def published(session: Session) -> None:
    """Lets the user say when and where the shown part came out."""
    session.screen.show("published")


def set_published(session: Session, post_id: str, day: str, url: str) -> None:
    """The day and the address as they were typed; raises `UserError` where they are none.

    With neither the part is not published.
    """
    day, url = day.strip(), url.strip()
    if remark := post.date_remark(day):
        raise UserError(remark)
    if url and not url.lower().startswith(("http://", "https://")):
        raise UserError(_("“{url}” is no address of the web: it begins with https://.").format(url=url))
    label = _("Published") if day or url else _("Not Published")
    session.do(label, post_edits.set_published(session.notebook, post_id, day, url))
    session.save_now()
