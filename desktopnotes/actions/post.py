"""The Post menu: from the notebook to a file that is published."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import notes
from desktopnotes.model import findings, post_edits, talk_edits
from desktopnotes.model.errors import WouldOverwriteError
from desktopnotes.model.notebook import Exported, Notebook, Post, Style, Times
from desktopnotes.model.shortening import to_letters
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.storage import paths

if TYPE_CHECKING:
    from desktopnotes.export.options import Options
    from desktopnotes.export.result import Export


def there_is_something(session: Session) -> bool:
    return session.talk is not None or bool(session.shown_post)


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
    return f"“{to_letters(typed.strip(), 30)}” is not a date: write it as 2018-01-12."


def set_list(session: Session) -> None:
    _set(session, style=Style.LIST)


def set_timeline(session: Session) -> None:
    _set(session, style=Style.TIMELINE)


def times_none(session: Session) -> None:
    _set(session, times=Times.NONE)


def times_inline(session: Session) -> None:
    _set(session, times=Times.INLINE)


def times_superscript(session: Session) -> None:
    _set(session, times=Times.SUPERSCRIPT)


def has_style(session: Session, style: Style) -> bool:
    """Whether the post of the open talk has that style, as one that is yet to be made would."""
    return (current(session) or Post("")).style == style


def has_times(session: Session, times: Times) -> bool:
    return (current(session) or Post("")).times == times


def _set(session: Session, *, style: Style | None = None, times: Times | None = None) -> None:
    notebook, post = planned(session)
    post = replace(post, style=style or post.style, times=times or post.times)
    session.do("Post Style", talk_edits.set_post(notebook, post))


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


def _put_in_post(session: Session, talk_id: str, post: Post) -> None:
    """Makes what was planned true, undoably; a notebook that can only be read is exported as it is."""
    if not session.read_only and session.shown_post != post.id:
        session.do("Put Talk into Post", talk_edits.put_in_post(session.notebook, talk_id, post))


def details(session: Session) -> None:
    """The title of the post that the open talk stands in, or is put into, in the post view."""
    if session.shown_post is None and session.talk is not None:
        session.refuse_if_read_only()
        _put_in_post(session, session.talk_id, new_post(session))
    session.screen.show("post title")


def export(session: Session) -> None:
    """Asks where to, writes the post of the open talk with its pictures, and offers to look at it.

    Only once it is written the talk is put into the post, undoably: until then all can be called off.
    """
    notes.end(session)
    notebook, post = planned(session)
    result = _exported(session, notebook, post)
    known = session.store.absolute(post.exported[-1].path) if post.exported else None
    folder = known.parent if known else Path(session.settings.site_folder or session.folder)
    target = session.screen.ask_target(
        "Export to Markdown", folder, known.name if known else result.file_name
    )
    if target is None:
        return
    if target.is_dir():
        target = target / result.file_name
    _write(session, session.talk_id, post, result, target)


def _exported(session: Session, notebook: Notebook, post: Post) -> Export:
    from desktopnotes.export.post import exported  # a start does without it

    return exported(notebook, post, _options(session))


def _options(session: Session) -> Options:
    from desktopnotes.export.options import options_of  # a start does without it

    return options_of(
        session.settings,
        pictures_folder=session.pictures_folder,
        styles_folder=paths.styles_folder(),
    )


def to_look_at(session: Session, notebook: Notebook, post: Post, result: Export) -> tuple[str, ...]:
    """What the export told, and what is to be put right in the post, one sentence each."""
    from desktopnotes.export.checks import checks  # a start does without it

    found = checks(notebook, post, _options(session), export=result, today=date.today())
    return (*result.notices, *(check.message for check in found if not check.only_told))


def _write(
    session: Session,
    talk_id: str,
    post: Post,
    result: Export,
    target: Path,
    *,
    overwrite: bool = False,
) -> None:
    from desktopnotes.export.writing import write  # a start does without it

    told = to_look_at(session, session.notebook, post, result)

    def written(_: object) -> None:
        session.set(site_folder=str(target.parent))
        _put_in_post(session, talk_id, post)
        place = Exported(session.store.relative(target), post.site)
        session.find_out(lambda notebook: findings.remember_export(notebook, post.id, place), save=True)
        session.trace("exported", path=str(target))
        session.screen.tell(
            "  ".join((f"Exported to {target.name}.", *told)),
            Offer("Open", lambda: session.screen.open_outside(str(target))),
            Offer("Show in Folder", lambda: session.screen.open_outside(str(target.parent))),
            Offer("Copy", lambda: copy_text(session, result.text)),
            lasting=True,
        )

    def failed(error: Exception) -> None:
        if not isinstance(error, WouldOverwriteError):
            raise error
        detail = "Replacing it loses what was changed in it by hand."
        if session.screen.ask_choice(error.message, detail, ("Replace", "Keep It")) == 0:
            _write(session, talk_id, post, result, target, overwrite=True)

    session.background.run(
        lambda _: write(result, target, overwrite=overwrite), written, failed, lane="export"
    )


def copy_text(session: Session, text: str) -> None:
    session.screen.copy(text)
    session.screen.tell("The post is on the clipboard.")


def copy(session: Session) -> None:
    """Puts the Markdown of the post of the open talk on the clipboard."""
    notes.end(session)
    notebook, post = planned(session)
    copy_text(session, _exported(session, notebook, post).text)
    _put_in_post(session, session.talk_id, post)
