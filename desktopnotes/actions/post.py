"""The Post menu: from the notebook to a file that is published."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import TYPE_CHECKING

from desktopnotes.model import post_edits, talk_edits
from desktopnotes.model.notebook import Notebook, Post, Talk
from desktopnotes.model.shortening import to_letters
from desktopnotes.session import Session
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.export.options import Options
    from desktopnotes.export.result import Export


def there_is_something(session: Session) -> bool:
    return session.talk is not None or bool(session.shown_post)


def talk_meant(session: Session) -> Talk | None:
    """The talk that is chosen in the post view, whose write-up is seen there; else the open one."""
    return session.notebook.talk(session.screen.chosen_talk()) or session.talk


def current(session: Session) -> Post | None:
    """The post that the post view shows; while that is not shown, the open talk's, else the newest."""
    posts = session.notebook.posts
    shown = session.notebook.post(session.shown_post or "")
    return shown or session.notebook.post_of(session.talk_id) or (posts[-1] if posts else None)


def new_post(session: Session) -> Post:
    """The next part, titled by the user's pattern and dated today."""
    notebook = session.notebook
    return post_edits.part(session.settings, notebook.title, notebook.posts, date.today().isoformat())


def date_remark(typed: str) -> str:
    """What is to be said of a date as it is typed; "" where it is one, or nothing is."""
    if not typed.strip():
        return ""
    with contextlib.suppress(ValueError):
        if date.fromisoformat(typed.strip()).isoformat() == typed.strip():
            return ""
    return _("“{typed}” is not a date: write it as 2018-01-12.").format(typed=to_letters(typed.strip(), 30))


def planned(session: Session) -> tuple[Notebook, Post]:
    """The notebook with the open talk in a post, and that post; nothing is changed yet.

    A talk that stands in none goes into the newest unpublished one, or a new one where there is none. In the
    post view it is the post that is shown, as it is.
    """
    shown = session.notebook.post(session.shown_post or "")
    if shown is not None:
        return session.notebook, shown
    notebook = talk_edits.put_in_post(session.notebook, session.talk_id, new_post(session))
    return notebook, notebook.post_of(session.talk_id) or notebook.posts[-1]


def put_in_post(session: Session, talk_id: str, post: Post) -> None:
    """Makes what was planned true, undoably; a notebook that can only be read is exported as it is."""
    if not session.read_only and session.shown_post != post.id:
        session.do(_("Put Talk into Post"), talk_edits.put_in_post(session.notebook, talk_id, post))


def details(session: Session) -> None:
    """The title of the post that the open talk stands in, or is put into, in the post view."""
    if session.shown_post is None and session.talk is not None:
        session.refuse_if_read_only()
        put_in_post(session, session.talk_id, new_post(session))
    session.screen.show("post title")


def to_look_at(notebook: Notebook, post: Post, options: Options, result: Export) -> tuple[str, ...]:
    """What the export told, and what is to be put right in the post, one sentence each."""
    from desktopnotes.export.checks import checks  # a start does without it

    found = checks(notebook, post, options, export=result, today=date.today())
    return (*result.notices, *(check.message for check in found if not check.only_told))


def copy_text(session: Session, text: str) -> None:
    session.screen.copy(text)
    session.screen.tell(_("The post is on the clipboard."))
