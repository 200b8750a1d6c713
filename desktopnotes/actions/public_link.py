"""The public link of a file: found in its own data, beside it or in its name, and shown to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from desktopnotes.actions import talk_data
from desktopnotes.media.background import Progress
from desktopnotes.model import findings, talk_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk
from desktopnotes.model.shortening import to_letters
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.sources import file_of
from desktopnotes.storage import recordings
from desktopnotes.words import _, ngettext

_LONGEST_LINK = 2000


def is_wanted(session: Session) -> bool:
    """Whether the open talk has a file and no link."""
    return bool(session.talk and session.talk.file and not session.talk.url)


def find(session: Session) -> None:
    """Looks in the file's own data, beside it and at its name for the page it comes from."""
    talk = session.talk
    file = file_of(talk, session.store) if talk else None
    if talk is None or file is None:
        return
    session.refuse_if_read_only()
    session.screen.tell(_("Looking for the public link…"))
    language = session.settings.language
    session.background.run(partial(_link_of, file, language), partial(_found_link, session, talk.id))


def _link_of(file: Path, language: str, _: Progress) -> str:
    from desktopnotes.media import frames  # heavy: reads the file with PyAV

    return _link_in(frames.read_label(file).pages) or _link_in((recordings.beside(file, language).url,))


def _link_in(candidates: Sequence[str]) -> str:
    """The first that is a whole address of the web, and nothing else."""
    from desktopnotes.export import links  # a start does without it

    return next((one for one in candidates if _is_whole(one) and links.is_public(one)), "")


def _is_whole(text: str) -> bool:
    return len(text) <= _LONGEST_LINK and text.isprintable() and " " not in text


def _found_link(session: Session, talk_id: str, url: str) -> None:
    talk = session.notebook.talk(talk_id)
    if talk is None or talk.url:
        return
    if not url:
        session.screen.tell(
            _("No public link was found in the file, beside it or in its name."),
            Offer(_("Public Link…"), lambda: talk_data.show_link(session)),
        )
        return
    session.do(_("Public Link"), talk_edits.set_url(session.notebook, talk_id, url))
    session.save_now()
    _confirm(session, {talk_id: url})


def show_found(session: Session, added: Sequence[Talk]) -> None:
    """Shows the public links that were found of files just added, and looks into the files without one."""
    found = {talk.id: talk.url for talk in added if talk.url and talk.file}
    places = {talk.id: file for talk in added if not talk.url and (file := file_of(talk, session.store))}
    if found:
        _confirm(session, found)
    if places:
        session.background.run(partial(_links_of, places), partial(_found_links, session, found))


def _links_of(places: Mapping[str, Path], progress: Progress) -> Mapping[str, str]:
    from desktopnotes.media import frames  # heavy: reads the file with PyAV

    links: dict[str, str] = {}
    for talk_id, file in places.items():
        progress.check()
        if url := _link_in(frames.read_label(file).pages):
            links[talk_id] = url
    return links


def _found_links(session: Session, before: Mapping[str, str], came: Mapping[str, str]) -> None:
    if not came:
        return
    for talk_id, url in came.items():
        session.find_out(partial(findings.found_link, talk_id=talk_id, url=url), save=True)
    _confirm(session, {**before, **came})


def _confirm(session: Session, links: Mapping[str, str]) -> None:
    """Says what was found, to be looked at or taken away again."""
    first = next(iter(links.values()))
    if len(links) == 1:
        session.screen.tell(
            _("Public link found: {address}").format(address=to_letters(first, 70)),
            Offer(_("Open"), lambda: _open(session, first)),
            Offer(_("Remove"), lambda: _remove(session, links)),
        )
    else:
        told = ngettext(
            "Public links found for {n} talk, the first is {address}",
            "Public links found for {n} talks, the first is {address}",
            len(links),
        )
        session.screen.tell(
            told.format(n=len(links), address=to_letters(first, 70)),
            Offer(_("Remove"), lambda: _remove(session, links)),
        )


def _open(session: Session, url: str) -> None:
    session.screen.open_outside(url)


def _remove(session: Session, links: Mapping[str, str]) -> None:
    """Takes away what was found, where it still stands."""
    after = session.notebook
    for talk_id, url in links.items():
        talk = after.talk(talk_id)
        if talk and talk.url == url:
            after = talk_edits.set_url(after, talk_id, "")
    if after is session.notebook:
        raise UserError(_("The link is another by now, and stays."))
    session.do(ngettext("Remove Public Link", "Remove Public Links", len(links)), after)
    session.save_now()
    session.screen.tell(_("The public link was removed; “Undo” brings it back."))
