"""What pages say of the talks that play from them, as it comes: found out by the program, no step of undo."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import playlist, web
from desktopnotes.files import read_regular, replace_file
from desktopnotes.media.background import Progress
from desktopnotes.model import findings, naming
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk
from desktopnotes.session import Session
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.media.web_page import News, Page, PageCaptions

_LIMIT_BYTES = 50_000_000
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def listen(session: Session) -> None:
    """From now on what pages say goes into the notebook of the session."""
    session.web.listen(partial(_on_news, session))


def _on_news(session: Session, news: News) -> None:
    from desktopnotes.media.web_page import Listing, Page  # a start does without them

    if isinstance(news, Listing):
        playlist.found(session, news)
        return
    for talk in session.notebook.talks:
        if not _is_about(session, news, talk):
            continue
        if isinstance(news, Page):
            _take(session, talk, news)
        elif not talk.captions and not session.read_only:
            _keep_captions(session, talk, news)


def _is_about(session: Session, news: Page | PageCaptions, talk: Talk) -> bool:
    """Whether a page is that of a talk; the open one was asked for by an address that has led on since."""
    return talk.url == news.address or (talk.id == session.talk_id and web.address(session) == news.address)


def _take(session: Session, talk: Talk, page: Page) -> None:
    from desktopnotes.export import links  # a start does without it

    if web.was_there_already(session, talk, page):
        return
    parts = naming.title_and_speakers(page.title)
    is_same = not page.url or links.identity(page.url) == links.identity(talk.url)
    session.find_out(
        lambda notebook: findings.found_page(
            notebook,
            talk.id,
            title=parts.title,
            speakers=page.speakers or parts.speakers,
            original_title=page.title if page.title != parts.title else "",
            duration_ms=page.duration_ms,
            chapters=page.chapters,
            url="" if is_same else page.url,
            placeholder=naming.title_of_address(talk.url),
        ),
        save=True,
    )


def _keep_captions(session: Session, talk: Talk, came: PageCaptions) -> None:
    """Copies them to a folder beside the notebook, where they serve without the web."""
    place = session.captions_folder / f"{_name(talk)}.{_plain(came.language)}{came.path.suffix}"

    def copy(_: Progress) -> Path:
        replace_file(place, read_regular(came.path, _LIMIT_BYTES), make_folder=True)
        return place

    def kept(path: Path) -> None:
        relative = session.store.relative(path)
        session.find_out(lambda notebook: findings.found_captions(notebook, talk.id, relative), save=True)
        if talk.id == session.talk_id:
            session.open_captions()
            session.spoken.read()

    def failed(error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        told = _("Its captions could not be kept: {message} It plays without them.")
        session.screen.tell_error(told.format(message=error.message))

    session.background.run(copy, kept, failed)


def _name(talk: Talk) -> str:
    """What its files are called: its id, unless that came from elsewhere and could be a path."""
    if _PLAIN_ID.fullmatch(talk.id):
        return talk.id
    import hashlib  # loads OpenSSL, which a start does without

    return hashlib.sha256(talk.id.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _plain(language: str) -> str:
    kept = "".join(char for char in language if char.isascii() and (char.isalnum() or char in "-_"))
    return kept[:20] or "und"
