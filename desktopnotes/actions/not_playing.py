"""What stands where the picture would be while nothing plays: why, in plain words, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from desktopnotes.actions import relink
from desktopnotes.media.no_player import NoPlayer
from desktopnotes.media.player import PlayerState
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.model.shortening import to_letters
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.storage import paths
from desktopnotes.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Way:
    """A button: the command that it runs, and what it says where that is not the command's own label."""

    command_id: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A title, a quieter line below it, and ways on, the best first; `is_busy` where one only waits."""

    title: str
    detail: str = ""
    ways: tuple[Way, ...] = ()
    is_busy: bool = False


_AGAIN = Way("playback.try_again")
_FROM_FILE = Way("playback.try_again", _("Play from the File"))
_CANCEL = Way("playback.cancel_opening", _("Cancel"))
_BROWSER = Way("talk.open_at_second")
_DOWNLOAD = Way("talk.download", _("Download"))
_ATTACH = Way("talk.attach")
_LINK = Way("talk.link", _("Change the Link…"))
_UPDATE = Way("help.update_yt_dlp", _("Update yt-dlp…"))
_FIND = Way("talk.find_file")

WAYS: Mapping[Why, tuple[Way, ...]] = {
    Why.PRIVATE: (_BROWSER, _ATTACH, _AGAIN),
    Why.GONE: (_LINK, _ATTACH, _BROWSER, _AGAIN),
    Why.REGION: (_BROWSER, _ATTACH, _AGAIN),
    Why.AGE: (_BROWSER, _ATTACH, _AGAIN),
    Why.LIVE: (_AGAIN, _BROWSER),
    Why.NETWORK: (_AGAIN, _DOWNLOAD, _ATTACH, _BROWSER),
    Why.NO_VIDEO: (_BROWSER, _LINK, _ATTACH, _UPDATE),
    Why.A_LIST: (Way("playback.try_again", _("Show the List Again")), _LINK, _BROWSER),
    Why.TOO_OLD: (_UPDATE, _AGAIN, _BROWSER, _ATTACH),
    Why.NO_JAVASCRIPT: (Way("help.update_yt_dlp", _("How to Install It…")), _AGAIN, _BROWSER, _ATTACH),
    Why.NO_YT_DLP: (Way("help.update_yt_dlp", _("How to Install It…")), _AGAIN, _BROWSER, _ATTACH),
    Why.DRM: (_BROWSER, _ATTACH),
    Why.OTHER: (_AGAIN, _BROWSER, _DOWNLOAD, _ATTACH, _UPDATE),
}
"""What helps against each reason, the best first: that one is the button that stands out."""

_PAGE_FAILED = (_AGAIN, _BROWSER, _DOWNLOAD, _ATTACH)
"""Where the page answered and the player could not do with what it got."""


def words(session: Session, error: UserError | None) -> Words | None:
    """What stands there now; None where the picture does, or is about to.

    `error` is what the player said last of the talk that is open, if it failed.
    """
    talk, state = session.talk, session.player.state
    if talk is None:
        ways = (Way("talk.add_web"), Way("talk.add_files"))
        return Words(_("No talk yet"), _("Add one from the web, or recordings from this computer."), ways)
    source = session.source(talk)
    if source is None:
        return Words(talk.title, _("It has no recording on this computer."), (_FIND, _LINK))
    if error and state in (PlayerState.FAILED, PlayerState.NOTHING):
        return _failed(session, source, error)
    if isinstance(source, str) and state is PlayerState.NOTHING:
        detail = _("It plays from {site}, which is asked when you want it.").format(site=_site(source))
        return Words(talk.title, detail, (Way("playback.try_again", _("Play")), _BROWSER, _ATTACH))
    if isinstance(source, str) and state is PlayerState.OPENING:
        return Words(_("Looking at the page…"), talk.title, (_CANCEL,), is_busy=True)
    return None


def _site(address: str) -> str:
    """The host of a page, as it is written there."""
    return to_letters(urlsplit(address).hostname or address, 60)


def _failed(session: Session, source: object, error: UserError) -> Words:
    if _has_file_meanwhile(session):
        ways: tuple[Way, ...] = (_FROM_FILE, _BROWSER)
    elif isinstance(error, WebError):
        ways = WAYS[error.why]
    elif isinstance(session.player, NoPlayer):
        ways = (_BROWSER,) if isinstance(source, str) else ()
    elif isinstance(source, str):
        ways = _PAGE_FAILED
    else:
        has_page = bool(session.talk and session.talk.url)
        from_page = (Way("talk.detach"), _BROWSER) if has_page else ()
        ways = (_FIND, *from_page) if isinstance(error, ReadError) else from_page
        if may_be := relink.similar(session):
            return _may_be(error, may_be, ways)
        if relink.is_looking(session):
            return Words(
                error.message,
                " ".join(filter(None, (error.hint, _("It is looked for in the folders near.")))),
                ways,
            )
    return Words(error.message, error.hint, ways)


def _may_be(error: UserError, files: Sequence[Path], ways: tuple[Way, ...]) -> Words:
    """Recordings that may be the one that is not there, to be said yes to."""
    first = files[0]
    folder = paths.shown_folder(first.parent)
    if len(files) == 1:
        told, label = _("Is it “{name}” in {folder}? It is as long."), _("Yes, Play It")
    else:
        told = ngettext(
            "{n} other may be it, the nearest is “{name}” in {folder}.",
            "{n} others may be it, the nearest is “{name}” in {folder}.",
            len(files),
        )
        label = _("Choose…")
    detail = told.format(n=len(files), name=first.name, folder=folder)
    return Words(error.message, detail, (Way("talk.take_similar", label), *ways))


def _has_file_meanwhile(session: Session) -> bool:
    """Whether the open talk plays from its page, and a file of it has come since that was opened."""
    source = session.source(session.talk) if session.talk else None
    return bool(session.loader.page) and isinstance(source, Path)


LOST = _("The connection was lost. Trying again…")
"""Stands over the picture, which stays, while the player waits for the network."""


def connection_lost(session: Session) -> None:
    """Offers the file that has come while the page played: that plays without the network."""
    if _has_file_meanwhile(session):
        play = Offer(_("Play from the File"), lambda: _play_from_file(session))
        session.screen.tell(_("The connection was lost. The talk is on this computer as well."), play)


def _play_from_file(session: Session) -> None:
    session.reload(play=session.player.state is PlayerState.PLAYING)
