"""The Post menu: from the notebook to a file that is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from desktopnotes.actions import notes
from desktopnotes.export import post as exporter
from desktopnotes.model import findings, talk_edits
from desktopnotes.model.errors import WouldOverwriteError
from desktopnotes.model.notebook import Exported, Post, Style, Times, new_id
from desktopnotes.session import Offer, Session


def there_is_something(session: Session) -> bool:
    return bool(session.notebook.talks)


def current(session: Session) -> Post | None:
    """The post of the open talk, else the newest."""
    posts = session.notebook.posts
    return session.notebook.post_of(session.talk_id) or (posts[-1] if posts else None)


def new_post(session: Session) -> Post:
    """The next part, titled by the user's pattern and dated today."""
    number = str(len(session.notebook.posts) + 1)
    title = session.settings.title_pattern.replace("{event}", session.notebook.title).replace("{n}", number)
    return Post(new_id(), title=title, date=date.today().isoformat())


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


def _set(session: Session, *, style: Style | None = None, times: Times | None = None) -> None:
    post = with_post(session)
    changed = replace(post, style=style or post.style, times=times or post.times)
    session.do("Post Style", talk_edits.set_post(session.notebook, changed))


def with_post(session: Session) -> Post:
    """The post of the open talk; where it is in none it is put into the newest unpublished one, undoably."""
    after = session.notebook
    if session.talk_id:
        after = talk_edits.put_in_post(after, session.talk_id, new_post(session))
    elif not after.posts:
        after = replace(after, posts=(new_post(session),))
    session.do("Put Talk into Post", after)
    post = current(session)
    assert post is not None  # one was just made where there was none
    return post


def details(session: Session) -> None:
    """Title, date, introduction and closing, in a window of their own."""
    with_post(session)
    session.screen.show("post")


def export(session: Session) -> None:
    """Asks where to, writes the post of the open talk with its pictures, and offers to look at it."""
    notes.end(session)
    post = with_post(session)
    result = _exported(session, post)
    last = Path(post.exported[-1].path) if post.exported else None
    known = session.store.absolute(str(last)) if last else None
    folder = known.parent if known else Path(session.settings.site_folder or session.folder)
    target = session.screen.ask_target(
        "Export to Markdown", folder, known.name if known else result.file_name
    )
    if target is None:
        return
    if target.is_dir():
        target = target / result.file_name
    _write(session, post, result, target, overwrite=False)


def _exported(session: Session, post: Post) -> exporter.Export:
    return exporter.exported(
        session.notebook,
        post,
        pictures_folder=session.pictures_folder,
        title_separator=session.settings.title_separator,
        date_form=session.settings.date_form,
    )


def _write(session: Session, post: Post, result: exporter.Export, target: Path, *, overwrite: bool) -> None:
    def written(_: object) -> None:
        session.set(site_folder=str(target.parent))
        place = Exported(session.store.relative(target), post.site)
        session.find_out(lambda notebook: findings.remember_export(notebook, post.id, place), save=True)
        session.trace("exported", path=str(target))
        session.screen.tell(
            "  ".join((f"Exported to {target.name}.", *result.notices)),
            Offer("Open", lambda: session.screen.open_outside(str(target))),
            Offer("Show in Folder", lambda: session.screen.open_outside(str(target.parent))),
            Offer("Copy", lambda: copy_text(session, result.text)),
            lasting=True,
        )

    def failed(error: Exception) -> None:
        if not isinstance(error, WouldOverwriteError):
            session.screen.tell_error(str(error))
            return
        answer = session.screen.ask_choice(
            f"{target.name} exists already.",
            "Replacing it loses what was changed in it by hand.",
            ("Replace", "Keep It"),
        )
        if answer == 0:
            _write(session, post, result, target, overwrite=True)

    session.background.run(
        lambda _: exporter.write(result, target, overwrite=overwrite), written, failed, lane="export"
    )


def copy_text(session: Session, text: str) -> None:
    session.screen.copy(text)
    session.screen.tell("The post is on the clipboard.")


def copy(session: Session) -> None:
    """Puts the Markdown of the post of the open talk on the clipboard."""
    notes.end(session)
    copy_text(session, _exported(session, with_post(session)).text)
