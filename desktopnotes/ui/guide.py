"""The guide and what is new, each on a page to read."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from desktopnotes.export.blocks import Block
from desktopnotes.model.errors import UserError
from desktopnotes.session import Session
from desktopnotes.storage import paths
from desktopnotes.ui import guide_text
from desktopnotes.ui.page_window import open_page
from desktopnotes.ui.theme import Theme
from desktopnotes.words import LANGUAGE, _


def open_guide(master: tkinter.Misc, theme: Theme, session: Callable[[], Session]) -> None:
    """Shows the guide in the program's language, with the keys as they are now."""

    def page() -> tuple[Block, ...]:
        return guide_text.blocks_of(guide_text.source(), session().settings.keys)

    open_page(master, theme, session, _("Guide"), page)


def open_news(master: tkinter.Misc, theme: Theme, session: Callable[[], Session]) -> None:
    """Shows the list of changes, which is kept in English. Raises `UserError` where the package lacks it."""
    changes = paths.changelog()
    if changes is None:
        raise UserError(
            _("The list of changes is not here."), _("It is the file CHANGELOG.md of the program’s sources.")
        )
    words = news_of(changes.read_text(encoding="utf-8"))
    open_page(master, theme, session, _("What Is New?"), lambda: guide_text.blocks_of(words, {}, files=False))


def news_of(changelog: str) -> str:
    """The list of changes under the heading of its page; another language says that it is in English."""
    _heading, _end, changes = changelog.partition("\n")
    in_english = "" if LANGUAGE == "en" else f"\n{_('This list is in English.')}\n"
    return f"# {_('What Is New?')}\n{in_english}{changes}"
