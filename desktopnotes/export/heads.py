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
from desktopnotes.model.notebook import Notebook, Post

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST_SUMMARY = 160
"""What search engines show of a page's description."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”»\"’)]*\s+|(?<=[。！？])")


def head_of(
    post: Post, notebook: Notebook, form: SiteForm, words: Language, options: Options, notices: list[str]
) -> Head:
    """What the site is told of the post; `notices` gets what could not be told as it is."""
    title = post.title.strip() or notebook.title.strip() or "Notes"
    typed = post.date.strip()
    day = _day(typed)
    date_line = languages.written_date(day, options.date_form, words) if day else typed
    if day is None and form.wants_day(options.conventions):
        day = _day_of(post, notebook)
        notices.append(f"The post has no date, which {form.label} needs: it was dated {day.isoformat()}.")
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
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _day_of(post: Post, notebook: Notebook) -> date:
    """A day that stays the same when the post is exported again: when it was published, else begun."""
    known = (post.published.date if post.published else "", notebook.created[:10])
    return next(filter(None, map(_day, known)), None) or date.today()


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
