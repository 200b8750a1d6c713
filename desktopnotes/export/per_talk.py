"""One file for each talk of a post, such as lecture notes, and an index that links them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from desktopnotes.export import compose, file_names, heads, markdown, passages, views
from desktopnotes.export.options import Options
from desktopnotes.export.result import Place
from desktopnotes.export.sites import Head, SiteForm
from desktopnotes.export.templates import Rendered
from desktopnotes.model.notebook import Post, Talk


@dataclass(frozen=True, slots=True)
class TalkFile:
    """A talk's own file: how it is made as a post of its own, and its `address` in the index."""

    talk: Talk
    post: Post
    head: Head
    options: Options
    address: str


def files_of(
    talks: Iterable[Talk], post: Post, form: SiteForm, head: Head, options: Options
) -> list[TalkFile]:
    """`head` is that of the post. No two files have one name, nor one that differs by capitals alone."""
    index = PurePosixPath(form.file_name(head, form.index_conventions(options.conventions)))
    single = replace(options, per_talk=False, conventions=form.talk_conventions(head, options.conventions))
    files: list[TalkFile] = []
    taken = {str(index).casefold()}
    slugs = {head.slug}
    for talk in talks:
        number = 1
        own = _head(talk, post, form, head, number)
        while own.slug in slugs or form.file_name(own, single.conventions).casefold() in taken:
            number += 1
            own = _head(talk, post, form, head, number)
        path = form.file_name(own, single.conventions)
        taken.add(path.casefold())
        slugs.add(own.slug)
        alone = replace(post, id="", intro="", closing="", talks=(talk.id,))
        address = markdown.destination(form.link(index, PurePosixPath(path)))
        files.append(TalkFile(talk, alone, own, single, address))
    return files


def _head(talk: Talk, post: Post, form: SiteForm, head: Head, number: int) -> Head:
    """The post's date, tags and language, the talk's title; `number` tells talks of one title apart."""
    title = views.title(talk)
    end = f" {number}" if number > 1 else ""
    said = talk.write_up.strip() or compose.suggestion(talk) if form.tells_summary else ""
    return replace(
        head,
        title=title,
        slug=file_names.slug(title, otherwise="talk") + end.replace(" ", "-"),
        name=file_names.note_name(title) + end,
        tags=tuple(dict.fromkeys((*head.tags, *talk.tags))),
        description="",
        summary=heads.summary(said) if said else "",
    )


def index(files: Sequence[TalkFile], post: Post, opening: str, *, raw_html: bool) -> Rendered:
    """The post's introduction, a list of links to the talks' files, and its closing."""
    intro = passages.passage(post.intro, raw_html=raw_html)
    closing = passages.passage(post.closing.strip(), raw_html=raw_html)
    # Two lists with one sign would be a single list.
    bullet = "*" if "-" in (intro.last_bullet, closing.first_bullet) else "-"
    links = [f"{bullet} {markdown.link(markdown.plain(file.head.title), file.address)}" for file in files]
    parts = [("title", opening), ("intro", intro.text)]
    parts += [(file.talk.id, link) for file, link in zip(files, links, strict=True)]
    parts.append(("closing", closing.text))
    text, places = "", []
    for part, words in parts:
        if words or part == "title":
            line = text.count("\n")
            places.append(Place(part, line))
            text += words + ("\n" if part in {file.talk.id for file in files[:-1]} else "\n\n")
    return Rendered(text.rstrip("\n") + "\n", tuple(places))


def without_heading(made: Rendered) -> Rendered:
    """What a style made of one talk, less what tells it from others: the page says its title already.

    A heading with the link to the recording stays as that link; a list of one is none.
    """
    place = next((place for place in made.places if place.part not in ("title", "intro", "closing")), None)
    if place is None:
        return made
    lines = made.text.split("\n")
    first, rest = lines[place.line], lines[place.line + 1 :]
    if first.startswith("#"):
        title = first.lstrip("#").strip()
        kept = [title] if title.startswith("[") and title.endswith(")") else []
        rest = rest if kept else rest[1:]
    elif first.startswith(("- ", "* ")):
        kept, rest = [first[2:]], [line.removeprefix("  ") for line in rest]
    else:
        return made
    return replace(made, text="\n".join((*lines[: place.line], *kept, *rest)))
