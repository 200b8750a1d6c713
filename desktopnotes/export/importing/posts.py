"""A post read back, of any style and site, also one that was edited by hand or never was ours.

Where the form does not say, the likeliest is taken: the last words behind the last note are the closing, a
paragraph without a time behind one with is a note of its own. Making the post again gives the same text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from desktopnotes.export import heads, languages, sites
from desktopnotes.export.importing import front_matter, leads, listed, sections, single
from desktopnotes.export.importing.blocks import Block, blocks
from desktopnotes.export.importing.body import Body, Found
from desktopnotes.export.importing.dates import day_of, language_of
from desktopnotes.export.importing.front_matter import FrontMatter
from desktopnotes.export.importing.known import NOTHING, Known
from desktopnotes.export.importing.site_of import site_of
from desktopnotes.export.importing.typed import unescaped
from desktopnotes.model.errors import ReadError
from desktopnotes.model.importing import Imported, ReadPost, words_of
from desktopnotes.words import _


def read(
    text: str,
    check: Callable[[], None],
    path: PurePath = PurePath(),  # noqa: B008
    known: Known = NOTHING,
) -> Imported | None:
    """The post that a text is; None where it is none. `path` tells where it lies.

    `check` is called now and then; what it raises ends the work. Raises `ReadError` for an index of others.
    """
    front = front_matter.split(text)
    form = site_of(front, path)
    lines = form.text.restored(front.body).split("\n")
    words = languages.language(front.words("lang", "language"))
    of = Body(lines, blocks(lines, check=check), front.lines + 1, words, known)
    if front.error:
        of.unread.add(
            1,
            _("front matter: {error}").format(error=front.error),
            _("the values above the text could not be read"),
        )
    head, rest = _head(of, front, path)
    found = _found(of, rest, head.title, check, is_named=_is_named(of, front, head.title))
    if found is None:
        if head.title and listed.is_index(rest):
            raise ReadError(
                _("“{name}” only lists files of one talk each, so nothing was imported from it.").format(
                    name=path.name or head.title
                ),
                _("Import the files that it lists; several can be chosen at once."),
            )
        return None
    site = form.name if front.kind else ""
    about = "" if head.description in (heads.summary(found.intro), head.title) else head.description
    head = replace(
        head, style=found.style, site=site, intro=found.intro, closing=found.closing, description=about
    )
    post: ReadPost | None = head
    if len(found.talks) == 1 and words_of(found.talks[0].title) == words_of(head.title):
        post = None  # one file per talk: its title is the talk's
    return Imported(found.talks, post, unread=of.unread.all)


def _found(
    of: Body, parts: list[Block], title: str, check: Callable[[], None], *, is_named: bool
) -> Found | None:
    """The talks in the first form that shows any."""
    found = single.read(of, parts, title)
    if found is None and not listed.has_known(of, parts):
        found = sections.read(of, parts, check)
        found = found or single.led(of, parts, title)
        if found is None and words_of(title) in of.known.titles and not listed.is_index(parts):
            found = single.named(of, parts, title)
    found = found or listed.read(of, parts, is_post=bool(title) and not listed.is_index(parts))
    return found or (single.named(of, parts, title) if is_named else None)


def _is_named(of: Body, front: FrontMatter, title: str) -> bool:
    """Whether the title is one that somebody gave: no file's name, nor a heading that anything may have."""
    given = front.words("title") or front.list_of("aliases")
    return bool(given) or words_of(title) in of.known.titles


def _head(of: Body, front: FrontMatter, path: PurePath) -> tuple[ReadPost, list[Block]]:
    """What is said of the post as a whole, and the parts below that."""
    parts = list(of.parts)
    title = front.words("title") or "".join(front.list_of("aliases")[:1])
    top = [part for part in parts if part.kind == "heading" and part.level == 1]
    if parts and top and parts[0] is top[0] and (not title or len(top) == 1):
        name, url = leads.title_and_url(top[0].text)
        if not title or not of.known.is_within(name, top[0].text, url):
            title, parts = title or name, parts[1:]
    title = title or (path.stem if front.kind else "")  # as Obsidian calls it
    lang = front.words("lang", "language")
    day = front.day("date", "pubDate", "pubDatetime", "published", "created")
    if parts and parts[0].kind == "paragraph" and (found := day_of(unescaped(parts[0].text))):
        day, lang, parts = day or found, lang or language_of(unescaped(parts[0].text), found), parts[1:]
    slug = front.words("slug")
    return (
        ReadPost(
            title=title,
            date=day,
            slug="" if slug == sites.slug(title) else slug,
            lang=lang,
            tags=front.list_of("tags", "tag"),
            description=front.words("description", "excerpt", "summary"),
            draft=front.values.get("draft") is True or front.values.get("published") is False,
        ),
        parts,
    )
