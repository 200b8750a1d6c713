"""What a post says of itself: title, date, slug and what else its site is told."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from desktopnotes.export import languages, markdown, sites
from desktopnotes.export.languages import Language
from desktopnotes.export.options import Options
from desktopnotes.export.sites import Head, SiteForm
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook, Post
from desktopnotes.words import _

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST_SUMMARY = 160
"""What search engines show of a page's description."""

_DAY_IN_NAME = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d])(?=[^/]*\Z)")

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”»\"’)]*\s+|(?<=[。！？])")


_NO_DATE = _("“{typed}” is not a date like 2018-01-12, which {site} needs.")
_WITHOUT_DATE = _("The post has no date, which {site} needs.")
_DATED = _("“{typed}” is not a date like 2018-01-12, which {site} needs: {day} was taken.")
_DATED_WITHOUT = _("The post has no date, which {site} needs: {day} was taken.")


def head_of(post: Post, notebook: Notebook, form: SiteForm, words: Language, options: Options) -> Head:
    """What the site is told of the post.

    Raises `UserError` where the site needs a date and nothing tells one.
    """
    title = post.title.strip() or notebook.title.strip() or "Notes"
    typed = post.date.strip()
    day = _day(typed)
    date_line = languages.written_date(day, options.date_form, words) if day else typed
    dated = ""
    if day is None and form.wants_day(options.conventions):
        day = _day_of(post, notebook, form)
        if day is None:
            told = _NO_DATE if typed else _WITHOUT_DATE
            raise UserError(told.format(typed=typed, site=form.label), _("Give the post its date."))
        dated = (_DATED if typed else _DATED_WITHOUT).format(
            typed=typed, site=form.label, day=day.isoformat()
        )
    return Head(
        title,
        typed,
        date_line,
        sites.slug(post.slug.strip() or title),
        day=day,
        tags=tuple(tag.strip() for tag in post.tags if tag.strip()),
        description=post.description.strip(),
        summary=summary(post.intro) if form.tells_summary and not post.description.strip() else "",
        draft=post.draft,
        lang=_lang(post.lang),
        dated=dated,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _day_of(post: Post, notebook: Notebook, form: SiteForm) -> date | None:
    """A day that stays the same when the post is exported again.

    The one in the name of its file where it has one, else when it was published, else begun.
    """
    files = (place.path for place in reversed(post.exported) if place.site == form.name)
    named = (found[0] for file in files if (found := _DAY_IN_NAME.search(file.replace("\\", "/"))))
    known = (*named, post.published.date if post.published else "", notebook.created[:10])
    return next(filter(None, map(_day, known)), None)


def _lang(tag: str) -> str:
    return tag.strip() if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*", tag.strip()) else ""


def summary(text: str) -> str:
    """The first paragraph of a Markdown text in plain words: as many of its sentences as fit."""
    for token in _parser().parse(markdown.normalised(text)):
        if token.type == "inline" and token.level == 1 and (words := _words(token.children or [])):
            return _cut(words)
    return ""


def _words(tokens: list[Token]) -> str:
    shown = (
        token.content
        if token.type in ("text", "text_special", "code_inline")
        else " " * token.type.endswith("break")
        for token in tokens
    )
    return " ".join("".join(shown).split())


def _cut(words: str) -> str:
    if len(words) <= _LONGEST_SUMMARY:
        return words
    sentences = _SENTENCE_END.split(words[: _LONGEST_SUMMARY + 1])
    if len(sentences) > 1:
        return words[: len(words[: _LONGEST_SUMMARY + 1]) - len(sentences[-1])].strip()
    return f"{words[: _LONGEST_SUMMARY - 1].rpartition(' ')[0] or words[: _LONGEST_SUMMARY - 1]}…"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # takes a moment to load, which few sites need

    return MarkdownIt("commonmark", {"html": False})
