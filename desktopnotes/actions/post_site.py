"""The Post menu's site: what the post is published by, and whether each talk gets a file of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from desktopnotes.actions import post as posts
from desktopnotes.actions.choice import Choice, take_next
from desktopnotes.model import talk_edits
from desktopnotes.session import Session
from desktopnotes.words import _


def sites(session: Session) -> tuple[Choice, ...]:
    from desktopnotes.export.sites import SITES  # a start does without it

    shown = posts.current(session)
    now = shown.site if shown else session.settings.site
    return tuple(
        Choice(form.label, partial(set_site, session, form.name), form.name == now) for form in SITES
    )


def next_site(session: Session) -> None:
    take_next(sites(session))


def set_site(session: Session, name: str) -> None:
    """Makes the post of the open talk one for that site, and new posts too."""
    from desktopnotes.export.sites import site  # a start does without it

    notebook, post = posts.planned(session)
    session.do(_("Post Site"), talk_edits.set_post(notebook, replace(post, site=site(name).name)))
    session.set(site=name)
    session.screen.tell(_("The post is exported for {site}.").format(site=site(name).label))


def is_per_talk(session: Session) -> bool:
    return session.settings.per_talk


def switch_per_talk(session: Session) -> None:
    per_talk = not session.settings.per_talk
    session.set(per_talk=per_talk)
    session.screen.tell(
        _("An export writes one file for each talk, and an index that links them.")
        if per_talk
        else _("An export writes the post as one file.")
    )
