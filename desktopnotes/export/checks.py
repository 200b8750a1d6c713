"""What to look at before a post is published, each with the place that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from desktopnotes.export import (
    chosen,
    compose,
    links,
    own_styles,
    picture_sizes,
    proofread,
    sites,
    templates,
    views,
)
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export
from desktopnotes.model import timecode
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Style, Talk
from desktopnotes.model.quoting import said_instead
from desktopnotes.model.shortening import to_letters
from desktopnotes.model.transcript import Transcript
from desktopnotes.words import _, ngettext

MOST_PX = 1600
"""The longest side of a picture in a post (publishing.md)."""

_PAST_THE_END_MS = 1000
"""Programs do not agree to the frame how long a recording is."""

_LETTERS_OF_A_TITLE = 60
"""A check is a sentence to read, though a title has hundreds."""

_MOST_KNOWN = 10_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is amiss: a sentence, and where.

    `kind` names what is looked for ("no link", "quote", …). `part` is the field or text that it leads to:
    "title", "date", "slug", "style", "site", "intro", "closing", "talks", "link", "write_up" or "notes".
    `only_told`: nothing need be done about it; `export --strict` lets it pass.
    """

    kind: str
    message: str
    part: str = ""
    talk_id: str = ""
    note_id: str = ""
    only_told: bool = False


def no_captions(_talk: Talk) -> Transcript | None:
    return None


def checks(
    notebook: Notebook,
    post: Post,
    options: Options,
    *,
    export: Export,
    captions: Callable[[Talk], Transcript | None] = no_captions,
    today: date,
) -> tuple[Check, ...]:
    """All that there is to say of a post, in the order of the post; `export` is what it comes to.

    `captions` gives what was said in a talk, None where that is not known. A post without id is one that was
    made for this once, so nobody could have given it a date.
    """
    return (
        *_of_the_head(notebook, post, export, today),
        *_of_the_form(post, options),
        *_of_a_text(post.intro, _("In the introduction, {slip}."), "intro"),
        *_of_the_talks(notebook, post, options, export, captions),
        *_of_a_text(post.closing, _("In the closing, {slip}."), "closing"),
    )


# --- the post itself ---------------------------------------------------------------------------------


def _of_the_head(notebook: Notebook, post: Post, export: Export, today: date) -> Iterator[Check]:
    if not post.title.strip():
        instead = notebook.title.strip() or "Notes"
        message = _("The post has no title; “{instead}” stands in its place.").format(instead=instead)
        yield Check("title", message, "title")
    day = post.date.strip()
    if export.dated:
        yield Check("date", export.dated, "date", only_told=not post.id and not day)
    elif not day and post.id:
        yield Check("date", _("The post has no date."), "date")
    elif day:
        try:
            if date.fromisoformat(day) > today:
                message = _("The date {day} lies in the future: many sites leave the post out until then.")
                yield Check("future", message.format(day=day), "date")
        except ValueError:
            yield Check("date", _("“{day}” is not a date like 2018-01-12.").format(day=day), "date")
    slug = _slug(notebook, post)
    for other in notebook.posts if post.id else ():
        if other.id != post.id and _slug(notebook, other) == slug:
            name = other.title.strip() or _("another post")
            message = _("“{name}” has the slug “{slug}” too: one would be written over the other.")
            yield Check("slug", message.format(name=name, slug=slug), "slug")
            break


def _slug(notebook: Notebook, post: Post) -> str:
    return sites.slug(post.slug.strip() or post.title.strip() or notebook.title.strip() or "Notes")


def _of_the_form(post: Post, options: Options) -> Iterator[Check]:
    style, site = options.style or post.style, options.site or post.site
    own = own_styles.names(options.styles_folder)
    if style not in (*templates.built_in(), *own):
        message = _("There is no style “{style}”, so “{taken}” is taken.")
        yield Check("style", message.format(style=style, taken=Style.LIST), "style")
    elif style in templates.built_in() and style in own:
        file = f"{style}{own_styles.SUFFIX}"
        message = _("Your style “{file}” is not used, as a built-in one has its name; rename the file.")
        yield Check("style", message.format(file=file), "style")
    if site not in sites.site_names():
        message = _("There is no site “{site}”, so “{taken}” is taken.")
        yield Check("site", message.format(site=site, taken=sites.PLAIN.name), "site")


def _of_a_text(
    text: str, sentence: str, part: str, talk_id: str = "", note_id: str = "", **names: str
) -> Iterator[Check]:
    """`sentence` says where it is, with `names`, and has `{slip}` for what is amiss."""
    for slip in proofread.slips(text):
        yield Check(slip.kind, sentence.format(slip=slip.words, **names), part, talk_id, note_id)


# --- its talks ---------------------------------------------------------------------------------------


def _of_the_talks(
    notebook: Notebook,
    post: Post,
    options: Options,
    export: Export,
    captions: Callable[[Talk], Transcript | None],
) -> Iterator[Check]:
    by_id = {talk.id: talk for talk in reversed(notebook.talks)}
    ids = tuple(dict.fromkeys(post.talks))
    for talk_id in ids:
        if talk_id not in by_id:
            yield Check("gone", _("A talk of this post is not in the notebook any more."), "talks", talk_id)
    there = [by_id[talk_id] for talk_id in ids if talk_id in by_id]
    said = [talk for talk in there if not views.is_left_out(talk)]
    if not said:
        yield Check("empty", _("No talk of the post has notes or a write-up."), "talks")
    is_list = chosen.style_of(post, options) == Style.LIST
    for talk in there:
        if views.is_left_out(talk):
            message = _("“{title}” is left out: it has neither notes nor a write-up.")
            yield Check("left out", message.format(title=_named(talk)), "notes", talk.id)
        else:
            quotes = any(note.kind == Kind.QUOTE for note in talk.notes)
            yield from _of_a_talk(talk, is_list, captions(talk) if quotes else None)
    yield from _of_pictures(said, options, export)
    private = [(talk, note) for talk in there for note in talk.notes if note.kind == Kind.PRIVATE]
    if private:
        talk, note = private[0]
        message = ngettext(
            "{count} private note is left out.", "{count} private notes are left out.", len(private)
        ).format(count=len(private))
        yield Check("private", message, "notes", talk.id, note.id, only_told=True)


def _of_a_talk(talk: Talk, is_list: bool, transcript: Transcript | None) -> Iterator[Check]:
    title = _named(talk)
    if not links.is_public(talk.url):
        yield Check("no link", _("“{title}” has no public link.").format(title=title), "link", talk.id)
    where = _("In the write-up of “{title}”, {slip}.")
    yield from _of_a_text(talk.write_up, where, "write_up", talk.id, title=title)
    in_write_up_alone = is_list and bool(talk.write_up.strip())
    unused: list[Note] = []
    for note in talk.notes:
        if note.kind == Kind.PRIVATE or note.is_empty:
            continue
        if in_write_up_alone and not note.used:
            unused.append(note)
            continue
        yield from _of_a_note(note, talk, title, transcript, check_text=not in_write_up_alone)
    unused = [note for note in unused if compose.appears(note)]
    if unused:
        message = ngettext(
            "{count} note of “{title}” is not used in its write-up.",
            "{count} notes of “{title}” are not used in its write-up.",
            len(unused),
        ).format(count=len(unused), title=title)
        yield Check("unused", message, "notes", talk.id, unused[0].id, only_told=True)


def _of_a_note(
    note: Note, talk: Talk, title: str, transcript: Transcript | None, *, check_text: bool
) -> Iterator[Check]:
    if note.at_ms is not None and 0 < talk.duration_ms < note.at_ms - _PAST_THE_END_MS:
        at, end = timecode.clock(note.at_ms), timecode.clock(talk.duration_ms)
        message = _("A note of “{title}” is stamped {at}, but the recording ends at {end}.")
        yield Check("stamp", message.format(title=title, at=at, end=end), "notes", talk.id, note.id)
    if check_text and proofread.slips(note.text):
        at = "" if note.at_ms is None else timecode.clock(note.at_ms)
        where = (
            _("In the note at {at} of “{title}”, {slip}.") if at else _("In the note of “{title}”, {slip}.")
        )
        yield from _of_a_text(note.text, where, "notes", talk.id, note.id, title=title, at=at)
    if transcript is not None and note.kind == Kind.QUOTE and (said := _said_instead(note, transcript)):
        at = timecode.clock(note.at_ms or 0)
        message = _("The quote at {at} of “{title}” is not in the captions, which say: “{said}”")
        yield Check("quote", message.format(at=at, title=title, said=said), "notes", talk.id, note.id)


_KNOWN: dict[tuple[int, int], tuple[Note, Transcript, str]] = {}
"""What was found out for a note and a transcript, by identity; both are kept, so that no id is used again."""


def _said_instead(note: Note, transcript: Transcript) -> str:
    key = id(note), id(transcript)
    known = _KNOWN.get(key)
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[key] = (note, transcript, said_instead(note, transcript))
    return known[2]


def _of_pictures(talks: list[Talk], options: Options, export: Export) -> Iterator[Check]:
    """Those that the post shows, or should show; which ones its style decides."""
    folder = options.pictures_folder
    if folder is None or not (export.pictures or export.missing):
        return
    shown = {picture.source for picture in export.pictures}
    missing = frozenset(export.missing)
    large: list[tuple[Talk, Note]] = []
    for talk in talks:
        for note in talk.notes:
            if not note.picture or note.kind == Kind.PRIVATE:
                continue
            if note.picture in missing:
                message = _of_a_picture(_LEFT_OUT, note, talk)
                yield Check("picture", message, "notes", talk.id, note.id)
            elif folder / note.picture in shown:
                if not note.alt.strip():
                    message = _of_a_picture(_WITHOUT_WORDS, note, talk)
                    yield Check("alt text", message, "notes", talk.id, note.id)
                if picture_sizes.longest_side_px(folder / note.picture) > MOST_PX:
                    large.append((talk, note))
    if large:
        talk, note = large[0]
        message = ngettext(
            "{count} picture over {most} px is made smaller.",
            "{count} pictures over {most} px are made smaller.",
            len(large),
        ).format(count=len(large), most=MOST_PX)
        yield Check("large", message, "notes", talk.id, note.id, only_told=True)


_LEFT_OUT = (
    _("The picture at {at} of “{title}” is left out: its file is not there."),
    _("The picture of “{title}” is left out: its file is not there."),
)
_WITHOUT_WORDS = (
    _("The picture at {at} of “{title}” has no words for readers who cannot see it."),
    _("The picture of “{title}” has no words for readers who cannot see it."),
)


def _of_a_picture(sentences: tuple[str, str], note: Note, talk: Talk) -> str:
    """The first sentence for a note with a stamp, the second for one without."""
    if note.at_ms is None:
        return sentences[1].format(title=_named(talk))
    return sentences[0].format(at=timecode.clock(note.at_ms), title=_named(talk))


def _named(talk: Talk) -> str:
    """The talk's title, as much of it as tells it from others."""
    return to_letters(views.title(talk), _LETTERS_OF_A_TITLE)
