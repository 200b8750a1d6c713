"""Learn from the author's site: what its posts have in common is shown, and kept for new posts if wished."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from desktopnotes.actions import hints, talk_data
from desktopnotes.model import post_edits
from desktopnotes.model.errors import UserError
from desktopnotes.model.settings import Settings
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.words import _, ngettext

if TYPE_CHECKING:
    from desktopnotes.export.conventions import Conventions
    from desktopnotes.export.learning import Learned

_SUGGESTED = "learn"
"""The name by which it is remembered, among the hints sent away, that it was suggested once."""

_FIELDS = {
    "folder": _("Folder"),
    "file_form": _("File name"),
    "front": _("Front matter"),
    "date_form": _("Dates"),
}
_SITES = {
    "hugo": "Hugo",
    "jekyll": "Jekyll",
    "astro": "Astro",
    "obsidian": "Obsidian",
    "plain": _("plain Markdown"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was learned: `name` is a field of the conventions, or "keys.NAME", "always.NAME"."""

    name: str
    label: str
    text: str


def choose(session: Session) -> None:
    """Asks for the site's folder, and looks at its newest posts."""
    folder = session.screen.ask_folder(_("Learn from My Site"))
    if folder is not None:
        begin(session, folder)


def begin(session: Session, folder: Path) -> None:
    """Looks at the newest posts of the site, on a worker, and shows what they have in common."""
    from desktopnotes.export import learning  # a start does without it

    session.screen.tell(_("Looking at the posts in “{folder}”…").format(folder=folder.name))
    session.background.run(
        lambda progress: learning.learn(folder, progress.check),
        session.screen.ask_conventions,
        gives_way=True,
    )


def title(site: str) -> str:
    """The generator by its own name."""
    return _SITES.get(site, site)


# --- shown and changed -----------------------------------------------------------------------------------


def rows(conventions: Conventions) -> tuple[Row, ...]:
    """What was learned, one thing a row; what is as usual has none."""
    found = [Row(name, label, getattr(conventions, name)) for name, label in _FIELDS.items()]
    keys = [
        Row(f"keys.{ours}", _("“{key}” is called").format(key=ours), theirs)
        for ours, theirs in conventions.keys.items()
        if theirs
    ]
    always = [
        Row(f"always.{key}", _("Always “{key}”").format(key=key), _shown(value))
        for key, value in conventions.always.items()
    ]
    tags = Row("tags", _("Tags"), ", ".join(conventions.tags))
    return (*(row for row in (*found, tags) if row.text), *keys, *always)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def made(learned: Conventions, texts: Mapping[str, str]) -> Conventions:
    """The conventions as `texts` say them, by the names of rows; a row that is not there is left out.

    Raises `UserError` for what no file could be called.
    """
    plain = {name: texts.get(name, "").strip() for name in _FIELDS}
    _check(plain["folder"], plain["file_form"])
    hidden = {ours: "" for ours, theirs in learned.keys.items() if not theirs}
    keys = {
        ours: texts[f"keys.{ours}"].strip() for ours in learned.keys if texts.get(f"keys.{ours}", "").strip()
    }
    always = {
        key: _value(texts[f"always.{key}"], before)
        for key, before in learned.always.items()
        if texts.get(f"always.{key}", "").strip()
    }
    if "layout" not in always:  # then the usual one stands there
        hidden.pop("layout", None)
    tags = talk_data.read_tags(texts.get("tags", ""))
    return replace(learned, **plain, keys={**hidden, **keys}, always=always, tags=tags)


def _check(folder: str, file_form: str) -> None:
    if ".." in PurePosixPath(folder).parts or folder.startswith(("/", "~")) or "\\" in folder:
        raise UserError(_("The folder has to be one of the site’s, such as content/posts."))
    has_name = any(field in file_form for field in ("{slug}", "{title}", "{date}"))
    if file_form and not has_name:
        raise UserError(
            _("The file name needs {slug}, {title} or {date}: else each post would replace the last.")
        )


def _value(text: str, before: Any) -> Any:
    """What was typed for a key that had `before`: texts stay texts, all else is written as in JSON."""
    text = text.strip()
    if isinstance(before, str):
        return text
    try:
        value = json.loads(text)
    except ValueError:
        return text
    is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return value if is_list or isinstance(value, (str, bool, int, float)) else text


def example(conventions: Conventions, site: str, event: str) -> tuple[str, str]:
    """What a new post's file would be called and what would stand above its text."""
    from desktopnotes.export import learning  # a start does without it

    title = post_edits.part_title(Settings().title_pattern, event or "KubeCon", 1)
    return learning.example(conventions, site, title, date.today())


# --- kept ------------------------------------------------------------------------------------------------


def take(session: Session, learned: Learned, conventions: Conventions) -> None:
    """Keeps them in the settings: new posts are for that site, in that folder, in that form.

    So are those of the notebook that are not out yet, undoably: the author is about to export them.
    """
    from desktopnotes.export.conventions import to_keep  # a start does without it

    session.set(site=learned.site, site_folder=str(learned.folder), conventions=to_keep(conventions))
    before = session.notebook
    if not session.read_only:
        session.do(_("Post Site"), post_edits.set_site_of_all(before, learned.site, conventions.tags))
    count = sum(one is not other for one, other in zip(before.posts, session.notebook.posts, strict=True))
    told = _("New posts are made as those of “{folder}” ({site}) are.")
    if count:
        told = ngettext(
            "New posts, and the one here that was never exported, are made as those of “{folder}” ({site}) "
            "are.",
            "New posts, and the {n} here that were never exported, are made as those of “{folder}” ({site}) "
            "are.",
            count,
        )
    session.screen.tell(told.format(n=count, folder=learned.folder.name, site=title(learned.site)))


def forget(session: Session) -> None:
    session.set(conventions={})
    session.screen.tell(_("What was learned of your site is forgotten: new posts are as usual again."))


def in_words(kept: Mapping[str, Any]) -> str:
    """What was learned, in a line, as the preferences show it; "" where nothing was."""
    if not kept:
        return ""
    from desktopnotes.export.conventions import conventions_of  # a start does without it

    known = conventions_of(kept)
    parts = (title(known.site) if known.site else "", known.folder, known.file_form, known.front.upper())
    return ", ".join(part for part in parts if part)


# --- suggested -------------------------------------------------------------------------------------------


def suggest(session: Session, folder: Path, message: str, *offers: Offer) -> None:
    """After the first export into a folder of a site: offers, once, to learn from it.

    `message` and `offers` are what is told of the export; they are told again with the offer.
    """
    seen = session.settings.hints_seen.split()
    if session.settings.conventions or not session.settings.hints or _SUGGESTED in seen:
        return
    from desktopnotes.export import site_posts  # a start does without it

    def found(site: tuple[Path, str] | None) -> None:
        if site is None or session.settings.conventions:
            return
        hints.got_it(session, _SUGGESTED)
        told = _("{generator} builds this site: new posts can be made as its others are.")
        words = f"{message}  {told.format(generator=title(site[1]))}"
        learn = Offer(_("Learn from It"), partial(begin, session, site[0]))
        session.screen.tell(words, *offers, learn, lasting=True)

    session.background.run(lambda _: site_posts.site_above(folder), found)
