"""From a talk's notes to prose: what the post says of a talk for which no write-up was written.

What was typed is never changed, but for tags and the spaces between notes; it is only joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktopnotes.export import line_starts, links, markdown
from desktopnotes.export.kept import kept
from desktopnotes.export.languages import ENGLISH, Language
from desktopnotes.model import timecode
from desktopnotes.model.notebook import Kind, Note, Talk, Times
from desktopnotes.model.tags import TAG

_SENTENCE_MARKS = ".!?…:;,—–。！？：；，、؟۔।॥"
_AFTER_A_MARK = "”’“»›\"')]）」』*_~ \u202f"
_OPENING_QUOTES = '“„”"«»「『‹›'
_CLOSING_QUOTES = '”“"»«」』›‹'
_SINGLE_QUOTES = "'‘’‚"

_BETWEEN_TITLE_AND_ADDRESS = " \t\n:,-–—|"
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_SPOKEN = re.compile(r"(?P<name>[^:“”\"\n]{1,60}):[ \t]+(?P<said>\S.*)", re.DOTALL)
_SAID_BY = re.compile(r"(?P<said>.*\S)\s+[-–—]\s*(?P<name>[^-–—\n]{1,60})", re.DOTALL)

_RAISED = str.maketrans("0123456789:", "⁰¹²³⁴⁵⁶⁷⁸⁹˸")


def suggestion(talk: Talk) -> str:
    """What an empty write-up would say: the prose of all notes. Empty where there is nothing to say."""
    return prose(talk, talk.notes)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the sentences of a talk are made."""

    talk: Talk
    words: Language
    times: str = Times.NONE
    escape_dollars: bool = False
    raw_html: bool = False


def no_picture(_: Note) -> str:
    return ""


def prose(
    talk: Talk,
    notes: Iterable[Note],
    *,
    times: str = Times.NONE,
    words: Language = ENGLISH,
    raw_html: bool = False,
    picture: Callable[[Note], str] = no_picture,
) -> str:
    """The Markdown of those `notes` of the talk that appear, joined in the order given.

    One paragraph as a rule; blank lines and blocks of code within a note begin another. `picture` gives the
    Markdown of a note's snapshot, which then stands by itself behind its words.
    """
    chosen = [note for note in notes if appears(note) or (_has_snapshot(note) and picture(note))]
    several = sum("$" in note.text for note in chosen) > 1
    manner = _Manner(talk, words, times, several, raw_html)
    paragraphs: list[list[markdown.Block]] = []
    for note in chosen:
        first, *others = _with_picture(note, picture(note) if _has_snapshot(note) else "", manner)
        if paragraphs and not first.is_code and not paragraphs[-1][-1].is_code:
            paragraphs[-1].append(first)
        else:
            paragraphs.append([first])
        paragraphs += [[block] for block in others]
    return "\n\n".join(_joined(blocks, raw_html) for blocks in paragraphs)


def _has_snapshot(note: Note) -> bool:
    return bool(note.picture) and note.kind != Kind.PRIVATE


def _with_picture(note: Note, picture: str, manner: _Manner) -> tuple[markdown.Block, ...]:
    """The note's sentences, and its picture standing by itself as code does; with its time if it is alone."""
    if not appears(note):
        return (markdown.Block(picture + _small_time(note, manner), is_code=True),)
    said = _sentence(note, manner)
    return (*said, markdown.Block(picture, is_code=True)) if picture else said


def _joined(blocks: Sequence[markdown.Block], raw_html: bool) -> str:
    text = " ".join(block.text for block in blocks)
    return text if blocks[0].is_code else line_starts.escaped(text, raw_html=raw_html)


@kept(largest=16384)
def appears(note: Note) -> bool:
    """Whether the note has words for the post: private ones and those of mere tags have none."""
    if note.kind == Kind.PRIVATE:
        return False
    text = note.text
    return bool(text.strip() if "#" not in text and text.isprintable() else _said(text))


def by_itself(
    note: Note, talk: Talk, words: Language, *, raw_html: bool = False
) -> tuple[markdown.Block, ...]:
    """The note's paragraphs and code: with its quotation marks, link or `?`, but no full stop is added."""
    mark = "?" if note.kind == Kind.QUESTION else ""
    text = _as_its_kind(_said(note.text), note.kind, talk, words, mark)
    blocks = markdown.blocks(text, raw_html=raw_html)
    return tuple(
        block if block.is_code else markdown.Block(line_starts.escaped(block.text, raw_html=raw_html))
        for block in blocks
    )


def time_link(talk: Talk, note: Note, show: Callable[[int], str] = timecode.clock) -> str:
    """The note's time as a link to that moment, or plain where the recording has none; empty if unstamped.

    The time is the public recording's, which may begin later or earlier than what was played.
    """
    if note.at_ms is None:
        return ""
    address = links.deep_link(talk.url, note.at_ms, talk.offset_ms)
    shown = show(max(0, note.at_ms + talk.offset_ms) if address else note.at_ms)
    return markdown.link(shown, address) if address else shown


# --- one note ----------------------------------------------------------------------------------------


def _said(text: str) -> str:
    """The text without tags at its end, which sort notes and are no part of what is said."""
    text = markdown.normalised(text).strip()
    if "#" not in text:
        return text
    end = len(text)
    for word in reversed(list(re.finditer(r"\S+", text))):
        if not TAG.fullmatch(word[0]):
            break
        end = word.start()
    return text[:end].rstrip()


def _sentence(note: Note, manner: _Manner) -> tuple[markdown.Block, ...]:
    """The note's paragraphs and code, ended as a sentence, with its time if that is wanted."""
    mark = "?" if note.kind == Kind.QUESTION else "."
    text = _as_its_kind(_said(note.text), note.kind, manner.talk, manner.words, mark)
    blocks = markdown.blocks(text, escape_dollars=manner.escape_dollars, raw_html=manner.raw_html)
    time = _small_time(note, manner)
    if not time:
        return blocks
    *others, last = blocks
    if last.is_code:
        return (*blocks, markdown.Block(time.strip()))
    return (*others, markdown.Block(last.text + time))


def _small_time(note: Note, manner: _Manner) -> str:
    if manner.times not in (Times.INLINE, Times.SUPERSCRIPT) or note.at_ms is None:
        return ""
    if manner.times == Times.SUPERSCRIPT:
        # Raised digits rather than <sup>, which many sites drop; the space keeps `!` from making a picture.
        return "\u202f" + time_link(manner.talk, note, lambda at_ms: timecode.clock(at_ms).translate(_RAISED))
    return f" ({time_link(manner.talk, note)})"


def _as_its_kind(text: str, kind: str, talk: Talk, words: Language, mark: str) -> str:
    """The text as the note's kind wants it; `mark` ends it where it does not end as a sentence."""
    if markdown.ends_in_code(text):
        return text
    text = _without_lone_backslash(text)
    if markdown.holds_code(text):
        return _ended(text, mark)
    if kind == Kind.QUOTE:
        return _quoted(text, talk, words, mark)
    if kind == Kind.LINK:
        text = _linked(text)
    return _ended(text, mark)


def _without_lone_backslash(text: str) -> str:
    """A backslash at the very end would act on the sign that is put after it."""
    backslashes = len(text) - len(text.rstrip("\\"))
    return f"{text}\\" if backslashes % 2 else text


def _ended(text: str, mark: str) -> str:
    core = text.rstrip(_AFTER_A_MARK)
    return text if core.endswith(tuple(_SENTENCE_MARKS)) else text + mark


def _quoted(text: str, talk: Talk, words: Language, mark: str) -> str:
    """In quotation marks unless it has them; who said it stays outside, and only where several speak."""
    before, said, after = _speaker_apart(text, talk)
    several = len(talk.speakers) > 1
    quote = said if _has_quotes(said) else f"{words.opening}{_ended(said, mark)}{words.closing}"
    quote = f"{before if several else ''}{quote}{after if several else ''}"
    return _ended(quote, mark)


def _speaker_apart(text: str, talk: Talk) -> tuple[str, str, str]:
    """`Name: words` or `words - Name` taken apart, where a speaker of the talk is named."""
    if (spoken := _SPOKEN.fullmatch(text)) and spoken["name"].strip().casefold() in _names(talk.speakers):
        return text[: spoken.start("said")], spoken["said"], ""
    if (by := _SAID_BY.fullmatch(text)) and by["name"].strip().casefold() in _names(talk.speakers):
        return "", by["said"], text[by.end("said") :]
    return "", text, ""


@lru_cache(maxsize=64)
def _names(speakers: tuple[str, ...]) -> frozenset[str]:
    """Full, first and last names."""
    words = (name.casefold().split() for name in speakers if name.strip())
    return frozenset(name for parts in words for name in (" ".join(parts), parts[0], parts[-1]))


def _has_quotes(text: str) -> bool:
    if text[:1] in _SINGLE_QUOTES:
        return text.rstrip(_SENTENCE_MARKS)[1:].endswith(tuple(_SINGLE_QUOTES))
    return text[:1] in _OPENING_QUOTES and any(sign in text[1:] for sign in _CLOSING_QUOTES)


def _linked(text: str) -> str:
    """The address in it made a link: round the words beside it, or by itself where it stands among them."""
    if any(sign in text for sign in ("](", "<http", "`")):
        return text
    addresses = links.addresses(text)
    if len(addresses) == 1:
        start, end = addresses[0]
        before = text[:start].rstrip(_BETWEEN_TITLE_AND_ADDRESS)
        after = text[end:].lstrip(_BETWEEN_TITLE_AND_ADDRESS)
        if bool(before) != bool(after):
            words = _BRACKET.sub(r"\\\g<0>", before or after)
            return markdown.link(words, links.without_password(text[start:end]))
    for start, end in reversed(addresses):
        text = f"{text[:start]}<{links.without_password(text[start:end])}>{text[end:]}"
    return text
