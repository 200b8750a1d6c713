"""Downloads: recordings of the web come to this computer, and their talks play from the files."""

from __future__ import annotations

import os
from pathlib import Path

from desktopnotes.actions import file as notebooks
from desktopnotes.actions import notes
from desktopnotes.downloading import queue
from desktopnotes.media.player import PlayerState
from desktopnotes.model import downloads, findings, talk_edits
from desktopnotes.model.downloads import Download, Phase
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk, new_id
from desktopnotes.model.shortening import to_letters
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.sources import file_of
from desktopnotes.words import _, ngettext


def begin(session: Session) -> None:
    """From now on talks of the session learn of their files; what was left in the queue goes on."""
    session.downloads.listen(_Arrivals(session))
    session.downloads.begin()


def one_is_from_the_web(session: Session) -> bool:
    return session.talk is not None and session.talk.has_page


def some_are_from_the_web(session: Session) -> bool:
    return any(talk.has_page for talk in session.notebook.talks)


def show(session: Session) -> None:
    session.screen.show("downloads")


def download(session: Session) -> None:
    """Puts the open talk's recording into the queue."""
    talk = session.talk
    if talk is None or not talk.has_page:
        return
    if _has_file(session, talk):
        session.screen.tell(_("Its recording is on this computer already."))
        return
    session.refuse_if_read_only()
    if talk.file and talk.offset_ms:
        raise UserError(
            _(
                "The notes of this talk are stamped on another recording, whose times differ from the "
                "page’s: it was not downloaded."
            ),
            _("Connect the disk that recording lies on, or say with Find Recording… where it is now."),
        )
    now = downloads.of_talk(session.downloads.items, str(session.path), talk.id)
    if now is None:
        session.downloads.add((_download_of(session, talk),))
    else:
        session.downloads.go_on(now.id)
    session.screen.tell(
        _("“{title}” is being downloaded.").format(title=to_letters(talk.title, 60)),
        Offer(_("Downloads…"), lambda: show(session)),
    )


def download_all(session: Session) -> None:
    """Puts all recordings of the notebook into the queue that are not on this computer."""
    there, path = downloads.talks(session.downloads.items), str(session.path)
    talks = (talk for talk in session.notebook.talks if (path, talk.id) not in there)
    wanted = [talk for talk in talks if _is_wanted(session, talk)]
    if not wanted:
        session.screen.tell(_("There is nothing to download: every recording is here, or on its way."))
        return
    session.refuse_if_read_only()
    session.downloads.add(tuple(_download_of(session, talk) for talk in wanted))
    told = ngettext(
        "One recording was put into the list of downloads.",
        "{n} recordings were put into the list of downloads.",
        len(wanted),
    )
    session.screen.tell(told.format(n=len(wanted)))


def _is_wanted(session: Session, talk: Talk) -> bool:
    return talk.has_page and not _has_file(session, talk) and not (talk.file and talk.offset_ms)


def _has_file(session: Session, talk: Talk) -> bool:
    file = file_of(talk, session.store)
    return file is not None and os.path.exists(file)


def _download_of(session: Session, talk: Talk) -> Download:
    return Download(
        new_id(),
        address=talk.url,
        title=talk.title,
        notebook=str(session.path),
        talk_id=talk.id,
        folder=queue.folder(session.settings.downloads_folder),
        quality=session.settings.quality,
    )


# --- one of the list ---------------------------------------------------------------------------------


def play(session: Session, one: Download) -> None:
    """Goes to the talk of a download and plays it from its file, in its own notebook."""
    if not os.path.isfile(one.file):
        raise UserError(
            _("“{name}” is not there any more.").format(name=Path(one.file).name), _("Download it again.")
        )
    notes.end(session)
    notebooks.open_path(session, Path(one.notebook))
    if session.notebook.talk(one.talk_id) is None:
        raise UserError(
            _("Its talk is not in the notebook any more."), _("The file is there: add it as a talk.")
        )
    if one.talk_id == session.talk_id:
        session.reload(play=True)
    else:
        session.open_talk(one.talk_id, play=True)


def show_in_folder(session: Session, one: Download) -> None:
    session.screen.open_outside(one.folder if not one.file else str(Path(one.file).parent))


def forget(session: Session, one: Download) -> None:
    """Cancels it: nothing of it stays; one that is done is only taken off the list."""
    can_get_it = not (session.read_only and one.notebook == str(session.path)) and os.path.exists(
        one.notebook
    )
    if one.phase == Phase.DONE and not one.is_applied and can_get_it:
        name = Path(one.notebook).name.removesuffix(notebooks.NOTEBOOK_SUFFIX)
        raise UserError(
            _(
                "It stays in the list until its notebook “{name}” is opened, where its talk gets the file."
            ).format(name=name)
        )
    session.downloads.remove(one.id)


class _Arrivals(queue.Listener):
    """Tells the talks of the open notebook of their files, and the user of what came and what did not."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def arrived(self, download: Download) -> bool:
        session = self._session
        if download.notebook != str(session.path) or session.read_only:
            return False
        talk_id, relative = download.talk_id, session.store.relative(Path(download.file))
        talk = session.notebook.talk(talk_id)
        if talk is not None and _has_file(session, talk):
            return True
        if talk is not None and talk.file:  # of a disk that is not there
            session.find_out(lambda now: talk_edits.set_file(now, talk_id, relative))
        else:  # also where the talk was removed: an undo brings it back, and it has its file then
            session.find_out(lambda now: findings.found_file(now, talk_id, relative))
        session.save_all()
        if talk_id == session.talk_id and session.player.state is PlayerState.FAILED:
            session.reload()
        return True

    def ended(self, download: Download) -> None:
        session, title = self._session, to_letters(download.title, 60)
        if download.phase == Phase.FAILED:
            session.screen.tell(
                _("“{title}” was not downloaded. {message}").format(title=title, message=download.message),
                Offer(_("Downloads…"), lambda: show(session)),
            )
            return
        words = _("“{title}” is on this computer now.").format(title=title)
        is_here = (
            download.notebook == str(session.path) and session.notebook.talk(download.talk_id) is not None
        )
        if not is_here:
            session.screen.tell(words, Offer(_("Show in Folder"), lambda: show_in_folder(session, download)))
        elif download.talk_id == session.talk_id:
            session.screen.tell(words, Offer(_("Play from the File"), self._play_from_file))
        else:
            session.screen.tell(words, Offer(_("Play"), lambda: play(session, download)))

    def _play_from_file(self) -> None:
        self._session.reload(play=self._session.player.state is PlayerState.PLAYING)

    def failed(self, error: UserError) -> None:
        self._session.screen.tell_error(str(error))
