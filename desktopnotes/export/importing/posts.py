"""A post read back, of any style and site, also one that was edited by hand or never was ours.

Where the form does not say, the likeliest is taken: the last words behind the last note are the closing, a
paragraph without a time behind one with is a note of its own. Making the post again gives the same text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import PurePath

from desktopnotes.export import heads, languages, links, sites
from desktopnotes.export.importing import front_matter, times
from desktopnotes.export.importing.blocks import Block, blocks
from desktopnotes.export.importing.dates import day_of, language_of
from desktopnotes.export.importing.front_matter import FrontMatter
from desktopnotes.export.importing.lines import Unreadable
from desktopnotes.export.importing.site_of import site_of
from desktopnotes.export.importing.typed import as_typed, unescaped
from desktopnotes.export.languages import Language
from desktopnotes.model.importing import Imported, ReadNote, ReadPost, ReadTalk, words_of
from desktopnotes.model.notebook import Kind, Style

_DEEPEST = 8
"""So many lists within lists are looked into; what is deeper is words of the note above it."""

_LINKED = re.compile(
    r"(?P<mark>\*\*|__|)\[(?P<title>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\((?P<url><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:[ \t]+\"[^\"\n]*\")?\)(?P=mark)(?P<rest>.*)",
    re.DOTALL,
)
_SEPARATED = (
    re.compile(r"(?P<title>\S.{0,300}?)[ \t]+[-–—][ \t]+(?P<rest>\S.*)"),
    re.compile(r"(?P<title>\S.{0,300}?)[ \t]+\|[ \t]+(?P<rest>\S.*)"),
    re.compile(r"(?P<title>\S.{0,300}?)[ \t]*:[ \t]+(?P<rest>\S.*)"),
)
"""What parts a title that leads nowhere from its words; the first is the surer one."""

_SEPARATOR = re.compile(r"[ \t]*(?:[-–—:|]+(?=\s|$))?[ \t]*")
_PICTURE = re.compile(r"!\[(?:[^\[\]\\]|\\.)*\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)")


@dataclass(slots=True)
class _Text:
    """The body of a post, its parts, and how its lines are counted in the file."""

    lines: list[str]
    parts: list[Block]
    first_line: int
    words: Language
    unread: Unreadable = field(default_factory=Unreadable)

    def source(self, parts: Sequence[Block]) -> str:
        """These parts, which follow each other, as they stand in the file."""
        return "\n".join(self.lines[parts[0].line : parts[-1].end]).strip("\n") if parts else ""

    def leave(self, part: Block, why: str = "") -> None:
        self.unread.add(self.first_line + part.line, "\n".join(self.lines[part.line : part.end]), why)


def read(text: str, check: Callable[[], None], path: PurePath = PurePath()) -> Imported | None:  # noqa: B008
    """The post that a text is; None where it is none. `path` tells where it lies.

    `check` is called now and then; what it raises ends the work.
    """
    front = front_matter.split(text)
    form = site_of(front, path)
    lines = form.text.restored(front.body).split("\n")
    words = languages.language(front.words("lang", "language"))
    of = _Text(lines, blocks(lines, check=check), front.lines + 1, words)
    if front.error:
        of.unread.add(1, f"front matter: {front.error}", "the values above the text could not be read")
    head, rest = _head(of, front, path)
    found = _sections(of, rest, check) or _listed(of, rest, is_post=bool(head.title))
    if found is None:
        return None
    style, talks, intro, closing = found
    site = form.name if front.kind else ""
    about = "" if head.description in (heads.summary(intro), head.title) else head.description
    head = replace(head, style=style, site=site, intro=intro, closing=closing, description=about)
    post: ReadPost | None = head
    if len(talks) == 1 and words_of(talks[0].title) == words_of(head.title):
        post = None  # one file per talk: its title is the talk's
    return Imported(tuple(talks), post, unread=of.unread.all)


def _head(of: _Text, front: FrontMatter, path: PurePath) -> tuple[ReadPost, list[Block]]:
    """What is said of the post as a whole, and the parts below that."""
    parts = list(of.parts)
    title = front.words("title") or "".join(front.list_of("aliases")[:1])
    top = [part for part in parts if part.kind == "heading" and part.level == 1]
    if parts and top and parts[0] is top[0] and (not title or len(top) == 1):
        title = title or unescaped(_title_and_url(top[0].text)[0])
        parts = parts[1:]
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


def _title_and_url(text: str) -> tuple[str, str]:
    """A title, without its Markdown, and where it leads to."""
    linked = _LINKED.fullmatch(text.strip())
    if linked and not linked["rest"].strip() and links.is_public(linked["url"].strip("<>")):
        return unescaped(linked["title"]).strip(), linked["url"].strip("<>")
    return unescaped(text).strip(), ""


# --- a heading for each talk ---------------------------------------------------------------------------


def _sections(
    of: _Text, parts: list[Block], check: Callable[[], None]
) -> tuple[str, list[ReadTalk], str, str] | None:
    """Styles timeline and outline: the talks stand below headings that lead to them, or hold their times."""
    headings = [part for part in parts if part.kind == "heading"]
    if not headings:
        return None
    linked = Counter(part.level for part in headings if _title_and_url(part.text)[1])
    level = linked.most_common(1)[0][0] if linked else min(part.level for part in headings)
    starts = [i for i, part in enumerate(parts) if part.kind == "heading" and part.level == level]
    if not linked and not any(map(_has_time, parts[starts[0] :])):
        return None
    talks, closing = [], ""
    ends = [*starts[1:], len(parts)]
    outlined = False
    for start, end in zip(starts, ends, strict=True):
        check()
        within = parts[start + 1 : end]
        if end == len(parts):
            within, closing = _closing_apart(of, within)
        title, url = _title_and_url(parts[start].text)
        outlined = outlined or any(part.kind == "item" and _has_time(part) for part in within)
        write_up, notes = _notes(of, within)
        talks.append(ReadTalk(title, url, write_up, tuple(notes)))
    style = Style.OUTLINE if outlined else Style.TIMELINE
    return style, talks, of.source(parts[: starts[0]]), closing


def _has_time(part: Block) -> bool:
    return part.kind in ("paragraph", "item") and times.timed(part.text.partition("\n")[0]) is not None


def _closing_apart(of: _Text, parts: list[Block]) -> tuple[list[Block], str]:
    """What stands behind the last note of the last talk closes the post; else its last paragraph does."""
    last = max((i for i, part in enumerate(parts) if _has_time(part)), default=None)
    if last is None:
        return (parts[:-1], of.source(parts[-1:])) if len(parts) > 1 else (parts, "")
    end = last + 1
    while end < len(parts) and _goes_on(parts[end]):
        end += 1
    sign = parts[last].sign
    while end < len(parts) and sign and parts[end].kind == "item" and parts[end].sign == sign:
        end += 1
    return parts[:end], of.source(parts[end:])


def _goes_on(part: Block) -> bool:
    """Code and pictures belong to the note above them."""
    return part.kind == "fence" or (part.kind == "paragraph" and bool(_PICTURE.fullmatch(part.text.strip())))


def _notes(of: _Text, parts: list[Block]) -> tuple[str, list[ReadNote]]:
    """A talk's write-up, which stands before its first note, and its notes."""
    begins = next((i for i, part in enumerate(parts) if _has_time(part)), len(parts))
    sign = parts[begins].sign if begins < len(parts) else ""
    while sign and begins and parts[begins - 1].kind == "item" and parts[begins - 1].sign == sign:
        begins -= 1  # a note without a time in the list of notes
    notes: list[ReadNote] = []
    for part in parts[begins:]:
        if part.kind in ("rule", "heading"):
            of.leave(part)
        elif part.kind == "item":
            notes += _of_item(of, part.text, 0)
        elif notes and _goes_on(part):
            notes[-1] = _longer(notes[-1], part)
        else:
            notes.append(_note(of, part.text))
    return of.source(parts[:begins]), notes


def _of_item(of: _Text, text: str, depth: int) -> Iterator[ReadNote]:
    """The note that an item is, and those in the list below it: then it begins a chapter."""
    inner = blocks(text.split("\n"))
    below = [part for part in inner if part.kind == "item"] if depth < _DEEPEST else []
    own = [part for part in inner if part not in below]
    note = _note(of, own[0].text if own else "")
    for part in own[1:]:
        note = _longer(note, part)
    yield replace(note, kind=Kind.CHAPTER) if below else note
    for part in below:
        yield from _of_item(of, part.text, depth + 1)


def _note(of: _Text, text: str) -> ReadNote:
    first, _, others = text.partition("\n")
    timed = times.timed(first)
    if timed is None:
        kind, typed = as_typed(text.rstrip(), of.words)
        return ReadNote(typed, kind=kind)
    words = "\n".join(
        filter(None, (timed.words + first[len(first.rstrip()) :] * bool(others), others))
    ).strip()
    if _PICTURE.fullmatch(words):
        return ReadNote("", timed.at_ms, timed.end_ms, Kind.THOUGHT, timed.of_page, words)
    kind, typed = as_typed(words, of.words)
    return ReadNote(typed, timed.at_ms, timed.end_ms, kind, timed.of_page)


def _longer(note: ReadNote, part: Block) -> ReadNote:
    """The note with what follows its first words."""
    text = part.text.strip("\n")
    if _PICTURE.fullmatch(text.strip()) and not note.picture:
        return replace(note, picture=text.strip())
    gap = "\n" if part.kind == "fence" else "\n\n"
    return replace(note, text=f"{note.text}{gap}{text}" if note.text else text)


# --- an item for each talk -----------------------------------------------------------------------------


def _listed(of: _Text, parts: list[Block], *, is_post: bool) -> tuple[str, list[ReadTalk], str, str] | None:
    """Style list: the items that lead to a recording, and those in one list with them, are talks.

    Where none does, the first list of titles with words behind them, if it is a post at all.
    """
    runs = [
        (is_item, list(run)) for is_item, run in groupby(parts, lambda part: (part.kind == "item", part.sign))
    ]
    chosen = [is_item[0] and any(_leads(part) for part in run) for is_item, run in runs]
    if not any(chosen) and is_post:
        titled = (is_item[0] and all(map(_is_titled, run)) for is_item, run in runs)
        chosen = list(titled)
        chosen = [here and index == chosen.index(True) for index, here in enumerate(chosen)]
    if not any(chosen):
        return None
    first, last = chosen.index(True), len(chosen) - 1 - chosen[::-1].index(True)
    talks = []
    for (_, run), is_talks in zip(runs[first : last + 1], chosen[first : last + 1], strict=True):
        for part in run:
            if is_talks:
                talks.append(_talk(part))
            else:
                of.leave(part, "it stands between talks")
    intro = [part for _, run in runs[:first] for part in run]
    closing = [part for _, run in runs[last + 1 :] for part in run]
    return Style.LIST, talks, of.source(intro), of.source(closing)


def _leads(part: Block) -> bool:
    linked = _LINKED.match(part.text)
    return linked is not None and links.is_public(linked["url"].strip("<>"))


def _is_titled(part: Block) -> bool:
    return not _has_time(part) and _apart(part.text.partition("\n")[0]) is not None


def _apart(line: str) -> re.Match[str] | None:
    return next((found for form in _SEPARATED if (found := form.fullmatch(line))), None)


def _talk(part: Block) -> ReadTalk:
    """An item: the title, which leads to the recording, what parts them, and the write-up."""
    first, gap, others = part.text.partition("\n")
    linked = _LINKED.match(part.text)
    if linked and links.is_public(linked["url"].strip("<>")):
        rest = linked["rest"]
        start = _SEPARATOR.match(rest)
        rest = rest[start.end() :] if start else rest
        return ReadTalk(unescaped(linked["title"]).strip(), linked["url"].strip("<>"), rest.strip("\n"))
    if apart := _apart(first):
        return ReadTalk(unescaped(apart["title"]).strip(), "", f"{apart['rest']}{gap}{others}".strip("\n"))
    return ReadTalk(unescaped(first).strip(), "", others.strip("\n"))
