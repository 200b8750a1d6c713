"""Talks from the web: an address is a talk at once, and what its page says of it comes later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktopnotes.actions import talk
from desktopnotes.media.player import Failed, PlayerState
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.model import naming, talk_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk, new_id
from desktopnotes.session import Session
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.media.web_page import Page

NEW_TITLE = _("My Talks")
"""What a notebook is called that is made for talks of which nothing is known yet."""

_LABEL = _("Address of a talk, a playlist or a conference")


# --- adding ------------------------------------------------------------------------------------------


def ask(session: Session) -> None:
    """Asks for an address, the clipboard's if there is one, until it can be right or the user gives up."""
    text, label = _copied_address(session), _LABEL
    while True:
        answer = session.screen.ask_text(_("Add from the Web"), label, text)
        if answer is None or not answer.strip():
            return
        try:
            add_text(session, answer)
            return
        except UserError as error:
            if answer == text:
                raise
            text, label = answer, str(error)


def _copied_address(session: Session) -> str:
    from desktopnotes.actions import addresses  # a start does without it

    try:
        [address] = addresses.in_text(session.screen.copied())
    except (UserError, ValueError):
        return ""
    return address


def paste(session: Session) -> None:
    """Adds what the clipboard has the address of."""
    add_text(session, session.screen.copied())


def add_text(session: Session, text: str) -> None:
    """Adds the talks whose addresses stand in a text; raises `UserError` where there is none to add."""
    from desktopnotes.actions import addresses  # a start does without it

    add(session, addresses.in_text(text))


def add(session: Session, given: Sequence[str]) -> None:
    """Adds a talk for each of the addresses that is not there yet, and plays the first of them.

    Who gives an address wants to watch it now, unlike who adds files or opens a talk again. Lists are shown,
    to choose among their recordings.
    """
    from desktopnotes.actions import addresses  # a start does without it, as without what pages say
    from desktopnotes.media.web_page import Listing

    lists = [address for address in given if addresses.is_list(address)]
    single = [address for address in given if address not in lists]
    if single:
        _add_talks(session, single)
    for address in lists:
        session.screen.listing_found(Listing(address))


def _add_talks(session: Session, given: Sequence[str]) -> None:
    from desktopnotes.export import links  # a start does without it

    talk.make_room(session, NEW_TITLE)
    there = by_recording(session)
    new = {links.identity(address): address for address in reversed(given)}
    wanted = [key for key in dict.fromkeys(map(links.identity, given)) if key not in there]
    added = [Talk(new_id(), title=naming.title_of_address(new[key]), url=new[key]) for key in wanted]
    talk.join(session, added, added[0].id if added else there[links.identity(given[0])], play=True)


def by_recording(session: Session) -> dict[str, str]:
    """The ids of the notebook's talks by the recordings that their addresses are of."""
    from desktopnotes.export import links  # a start does without it

    talks = reversed(session.notebook.talks)  # of two talks with one recording the first is meant
    return {links.identity(each.url): each.id for each in talks if each.url}


# --- what the page says ------------------------------------------------------------------------------


def is_bare(session: Session, one: Talk) -> bool:
    """Whether a talk is no more than its address: nothing would be lost with it.

    In a notebook that can only be read a talk was never just added.
    """
    is_named = one.title not in ("", naming.title_of_address(one.url))
    is_written = one.notes or one.write_up or one.tags or (session.writing_id and one.id == session.talk_id)
    is_kept = session.read_only or one.file or session.notebook.post_of(one.id)
    return not (is_named or is_written or is_kept)


def take_away(session: Session, talk_id: str, go_id: str = "") -> None:
    """Takes a talk that was just added out again, no step of undo being left of it.

    Where it was the open one, `go_id` is gone to, else where the user was before.
    """
    was_open = talk_id == session.talk_id
    before = session.withdraw(lambda notebook: talk_edits.remove_talk(notebook, talk_id))
    if not was_open:
        return
    if go_id:
        talk.go_to(session, go_id)
        return
    ids = [each.id for each in session.notebook.talks]
    back_id = before.talk_id if before and before.talk_id in ids else ids[-1] if ids else ""
    session.open_talk(back_id, asks=False)


def was_there_already(session: Session, one: Talk, page: Page) -> bool:
    """Whether a new talk turns out to be one of those in the notebook; then that is gone to instead."""
    from desktopnotes.export import links  # a start does without it

    key = links.identity(page.url)
    if not page.url or key == links.identity(one.url) or not is_bare(session, one):
        return False
    other_id = by_recording(session).get(key, one.id)
    if other_id == one.id:
        return False
    other = session.notebook.talk(other_id)
    take_away(session, one.id, other_id)
    title = other.title if other else ""
    session.screen.tell(
        _("That is “{title}”, which is in this notebook already.").format(title=title), lasting=True
    )
    return True


# --- the page that is being opened -------------------------------------------------------------------


def address(session: Session) -> str:
    """The address that the open talk was loaded from, empty where that is a file or nothing.

    Its page may have led on to another, which is the talk's link by now.
    """
    return session.loader.page if session.talk else ""


def is_opening(session: Session) -> bool:
    """Whether the page of the open talk is being asked, or what it plays is about to begin."""
    return session.player.state is PlayerState.OPENING and bool(address(session))


def cancel_opening(session: Session) -> None:
    """Stops to ask the page; the talk stays, and the screen hears of it as of a page that does not play."""
    if not is_opening(session):
        return
    asked, load = address(session), session.player.load
    session.player.unload()
    session.web.forget(asked)
    stopped = WebError(
        Why.OTHER,
        asked,
        _("You stopped this page before it answered."),
        _("The talk and its address are kept."),
    )
    session.screen.player_reported(Failed(load, stopped))


def waits_for_the_user(session: Session) -> bool:
    """Whether the open talk plays from a page that was not asked yet: opening a notebook asks none."""
    source = session.source(session.talk) if session.talk else None
    is_asked = bool(session.loader.page)  # also where the user gave it up
    return isinstance(source, str) and session.player.state is PlayerState.NOTHING and not is_asked


def leaves_page_unasked(session: Session) -> bool:
    """What Esc does on a page that was never played: nothing but to say what plays it.

    It is the key that closes things, pressed without a thought; a site is only asked by a user who wants it.
    """
    if not waits_for_the_user(session):
        return False
    way = session.screen.way_to("playback.toggle")
    session.screen.tell(
        _("{way} plays this talk from the web; Esc asks no site for the first time.").format(way=way)
    )
    return True


def can_try_again(session: Session) -> bool:
    source = session.source(session.talk) if session.talk else None
    return source is not None and session.player.state in (PlayerState.FAILED, PlayerState.NOTHING)


def try_again(session: Session) -> None:
    """Plays the open talk from where it plays from now: its file, else its page, which is asked anew."""
    source = session.source(session.talk) if session.talk else None
    if isinstance(source, str):
        session.web.forget(source)
    if source is not None:
        session.reload(play=True)
