"""The Post menu's style and times: how the post is set out, and styles of one's own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktopnotes.actions import post as posts
from desktopnotes.actions.choice import Choice, take_next
from desktopnotes.model import talk_edits
from desktopnotes.model.errors import UserError, WouldOverwriteError
from desktopnotes.model.naming import is_plain_name
from desktopnotes.model.notebook import Post, Times
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.storage import paths
from desktopnotes.words import _

_TIMES = {Times.NONE: _("None"), Times.INLINE: _("In the Text"), Times.SUPERSCRIPT: _("Above the Line")}
_BUILT_IN = {"list": _("List"), "outline": _("Outline"), "timeline": _("Timeline")}
_NOT_ON_ALL_SYSTEMS = re.compile(r'[<>:"|?*]|[. ]$|^[. ]')
_LONGEST_NAME = 60


def styles(session: Session) -> tuple[Choice, ...]:
    """The built-in ones, then the user's own by the names of their files."""
    from desktopnotes.export import own_styles, templates  # a start does without them

    of_no_use = [name for name in own_styles.names(paths.styles_folder()) if name in templates.built_in()]
    refused = (
        Choice(_("{name} (name is taken)").format(name=name), partial(_refuse, name), chosen=False)
        for name in of_no_use
    )
    return (*_usable(session), *refused)


def _usable(session: Session) -> list[Choice]:
    from desktopnotes.export import templates  # a start does without it

    now = _shown(session).style
    names = templates.style_names(paths.styles_folder())
    return [Choice(label(name), partial(set_style, session, name), name == now) for name in names]


def label(style: str) -> str:
    """A built-in style as menus say it; the user's own go by their names."""
    from desktopnotes.export import templates  # a start does without it

    return _BUILT_IN.get(style, style.capitalize()) if style in templates.built_in() else style


def _refuse(name: str) -> None:
    raise UserError(
        _("“{name}.md.j2” cannot be chosen: a built-in style has that name. The post is as it was.").format(
            name=name
        ),
        _("Give the file another name; it lies in {folder}.").format(folder=paths.styles_folder()),
    )


def next_style(session: Session) -> None:
    take_next(_usable(session))


def set_style(session: Session, style: str) -> None:
    """Sets the post of the open talk in that style; new posts too, where it is a built-in one.

    One of the user's own may be broken: it is that of new posts once a post in it was exported.
    """
    from desktopnotes.export import templates  # a start does without it

    notebook, post = posts.planned(session)
    session.do(_("Post Style"), talk_edits.set_post(notebook, replace(post, style=style)))
    if style in templates.built_in():
        session.set(style=style)
    session.screen.tell(_("The post is set in the style “{style}”.").format(style=label(style)))


def times(session: Session) -> tuple[Choice, ...]:
    now = _shown(session).times
    return tuple(
        Choice(words, partial(set_times, session, value), value == now) for value, words in _TIMES.items()
    )


def next_times(session: Session) -> None:
    take_next(times(session))


def set_times(session: Session, value: Times) -> None:
    """How the prose of the post shows the notes' times; of new posts too."""
    notebook, post = posts.planned(session)
    session.do(_("Post Times"), talk_edits.set_post(notebook, replace(post, times=value)))
    session.set(times=value)


def _shown(session: Session) -> Post:
    """The post that is shown, else what a new one would be."""
    settings = session.settings
    return posts.current(session) or Post("", style=settings.style, times=settings.times)


# --- a style of one's own ----------------------------------------------------------------------------


def copy_style(session: Session) -> None:
    """Asks for a built-in style and a name, writes the copy, takes it for the post, and opens it."""
    from desktopnotes.export import style_guide, templates  # a start does without them
    from desktopnotes.files import replace_file

    names = templates.built_in()
    chosen = session.screen.ask_choice(
        _("Which style should be copied?"),
        _("The copy is a file of yours that you change in an editor; the preview follows."),
        tuple(label(name) for name in names),
    )
    if chosen is None:
        return
    suggested = _free_name(
        _("my {style}").format(style=label(names[chosen]).lower()),
        templates.style_names(paths.styles_folder()),
    )
    typed = session.screen.ask_text(_("Copy a Style to Change It"), _("Name of your style"), suggested)
    if typed is None:
        return
    name = typed.strip().removesuffix(".md.j2")
    path = _path(name, names)
    text = style_guide.head(names[chosen]) + templates.source(names[chosen])
    try:
        replace_file(path, text.encode(), overwrite=False, make_folder=True)
    except WouldOverwriteError as error:
        raise UserError(
            _("You have a style “{name}” already; it was left as it is.").format(name=name),
            _("Take another name."),
        ) from error
    if session.talk is not None and not session.read_only:
        set_style(session, name)
    session.screen.tell(
        _("Your style “{name}” is {path}.").format(name=name, path=path),
        Offer(_("Show in Folder"), lambda: session.screen.open_outside(str(path.parent))),
        lasting=True,
    )
    session.screen.open_outside(str(path))


def _free_name(name: str, taken: tuple[str, ...]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _path(name: str, built_in: tuple[str, ...]) -> Path:
    """The file of a style of that name. Raises `UserError` for one that cannot be."""
    hint = _("Take another name.")
    if name.casefold() in built_in:
        raise UserError(
            _("A built-in style is called “{name}”, so nothing was copied.").format(name=name), hint
        )
    if not is_plain_name(name) or _NOT_ON_ALL_SYSTEMS.search(name) or len(name) > _LONGEST_NAME:
        told = _("“{name}” cannot be the name of a file on every system, so nothing was copied.")
        raise UserError(told.format(name=name[:_LONGEST_NAME] or _("nothing")), hint)
    return paths.styles_folder() / f"{name}.md.j2"
