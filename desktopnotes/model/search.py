"""Finding in notebooks: what is asked for, the texts that are looked through, and where the words stand.

A text is folded once and kept as long as it is the same, so that each key typed looks through what is there
already; a query that only says more than the last one looks through what that one found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import NamedTuple

from desktopnotes.model.folding import Span, fold, places
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from desktopnotes.model.transcript import Sentence

PIECE = 500
"""So many texts are looked through in one go, some 0.05 to 1 ms; whoever asks decides when to go on."""

_TOKEN = re.compile(r'"([^"]*)(?:"|$)|“([^”]*)(?:”|$)|(\S+?)(?=["“]|\s|$)')
_BETWEEN = "\n"
"""Stands between the texts of one note. Nothing folded holds it, so no phrase is found across."""

_SNAPSHOT = "snapshot"


class Place(StrEnum):
    """Which text it is that was looked through."""

    NOTE = "note"
    CAPTION = "caption"
    ALT = "alt"
    TITLE = "title"
    SPEAKERS = "speakers"
    TAGS = "tags"
    WRITE_UP = "write-up"
    POST_TITLE = "post title"
    INTRODUCTION = "introduction"
    CLOSING = "closing"
    SAID = "said"


# --- the query ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Query:
    """All of `words` (folded) must stand in one text; of notes one of `kinds`, tags, a snapshot can be asked.

    `kinds` and `tags` are beginnings, so that something is found while they are typed.
    """

    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    with_snapshot: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.has_filter)

    @property
    def has_filter(self) -> bool:
        return bool(self.kinds or self.tags or self.with_snapshot)

    def narrows(self, other: Query) -> bool:
        """Whether all that this one finds, the other one finds as well; what asks nothing finds nothing."""
        return (
            not other.is_empty
            and all(any(word in longer for longer in self.words) for word in other.words)
            and (not other.kinds or bool(self.kinds and all(k.startswith(other.kinds) for k in self.kinds)))
            and all(any(longer.startswith(tag) for longer in self.tags) for tag in other.tags)
            and self.with_snapshot >= other.with_snapshot
        )


def read_query(text: str) -> Query:
    """What somebody typed: words, `"one phrase"`, `kind:question`, `#tag`, `has:snapshot`.

    Any text is a query; what has no letters that can be looked for (an accent alone) asks nothing.
    """
    words: list[str] = []
    kinds: list[str] = []
    tags: list[str] = []
    with_snapshot = False
    for token in _TOKEN.finditer(text):
        phrase, curly, word = token.groups()
        if word is None:
            words.append(fold(phrase if phrase is not None else curly))
            continue
        folded = fold(word)
        name, colon, value = folded.partition(":")
        if colon and name == "kind":
            kinds += [value] if value else []
        elif colon and name == "has" and _SNAPSHOT.startswith(value):
            with_snapshot = with_snapshot or bool(value)
        elif folded.startswith("#") and len(folded) > 1:
            tags.append(folded[1:])
        else:
            words.append(folded)
    said = dict.fromkeys(word for word in words if word.strip())
    longest_first = sorted(said, key=len, reverse=True)  # what stands in the fewest texts decides soonest
    return Query(tuple(longest_first), tuple(dict.fromkeys(kinds)), tuple(dict.fromkeys(tags)), with_snapshot)


def filters_of(text: str) -> frozenset[str]:
    """The filters in a text that was typed, folded, as `toggled` takes them."""
    tokens = (fold(token[3]) for token in _TOKEN.finditer(text) if token[3])
    return frozenset(token for token in tokens if token.startswith(("kind:", "has:", "#")))


def toggled(text: str, filter_: str) -> str:
    """The text that was typed with a filter (`kind:question`) put first, or without it where it is there."""
    folded = fold(filter_)
    if folded in filters_of(text):
        spans = [token.span(3) for token in _TOKEN.finditer(text) if token[3] and fold(token[3]) == folded]
        for start, end in reversed(spans):
            text = f"{text[:start].rstrip()} {text[end:].lstrip()}"
        return text.lstrip()
    return f"{filter_} {text}"


# --- the texts ---------------------------------------------------------------------------------------


class Text(NamedTuple):
    """A text that is looked through: a note with all its texts, or one of a talk or post."""

    place: Place
    talk_id: str
    text: str
    folded: str
    note: Note | None = None
    post_id: str = ""
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found: `spans` is where the words stand in `text`, none where only filters asked.

    Of a note's texts, `place` is the first that has any of the words.
    """

    place: Place
    talk_id: str
    text: str
    spans: tuple[Span, ...]
    note_id: str = ""
    post_id: str = ""
    at_ms: int | None = None
    kind: str = ""


def text_of(note: Note, talk_id: str) -> Text:
    folded = fold(note.text)
    if note.caption or note.alt:
        folded = _BETWEEN.join((folded, fold(note.caption), fold(note.alt)))
    return Text(Place.NOTE, talk_id, note.text, folded, note, "", note.at_ms)


def _around(talk: Talk) -> Iterator[Text]:
    """What a talk says of itself."""
    tags = " ".join(f"#{tag}" for tag in talk.tags)
    for place, text in (
        (Place.TITLE, talk.title),
        (Place.SPEAKERS, ", ".join(talk.speakers)),
        (Place.TAGS, tags),
    ):
        if text:
            yield Text(place, talk.id, text, fold(text))


def _of_post(post: Post) -> Iterator[Text]:
    talk_id = post.talks[0] if post.talks else ""
    for place, text in (
        (Place.POST_TITLE, post.title),
        (Place.INTRODUCTION, post.intro),
        (Place.CLOSING, post.closing),
    ):
        if text:
            yield Text(place, talk_id, text, fold(text), None, post.id)


def said(talk_id: str, sentences: Iterable[Sentence]) -> Iterator[Text]:
    """The captions of a talk, sentence by sentence."""
    for sentence in sentences:
        yield Text(Place.SAID, talk_id, sentence.text, fold(sentence.text), None, "", sentence.start_ms)


# --- finding -----------------------------------------------------------------------------------------


def matching(query: Query, texts: Iterable[Text]) -> list[Text]:
    """Those of `texts` that the query asks for; none where it asks nothing."""
    if query.is_empty:
        return []
    found = list(texts)
    for (
        word
    ) in query.words:  # one after the other: a test of all at once for each text takes four times as long
        found = [text for text in found if word in text.folded]
    return [text for text in found if _passes(query, text)] if query.has_filter else found


def _passes(query: Query, text: Text) -> bool:
    note = text.note
    if note is None:
        return not (query.kinds or query.with_snapshot) and _has_tags(text.folded, query.tags)
    return (
        (not query.kinds or note.kind.lower().startswith(query.kinds))
        and (bool(note.picture) or not query.with_snapshot)
        and _has_tags(text.folded, query.tags)
    )


def _has_tags(folded: str, tags: Sequence[str]) -> bool:
    return all(re.search(rf"(?<!\w)#{re.escape(tag)}", folded) for tag in tags)


def hit_of(query: Query, text: Text) -> Hit:
    """Where the words of a query stand in a text that was found for it."""
    wanted = (*query.words, *(f"#{tag}" for tag in query.tags))
    note = text.note
    if note is None:
        spans = places(text.text, wanted)
        return Hit(text.place, text.talk_id, text.text, spans, "", text.post_id, text.at_ms)
    place, words, spans = Place.NOTE, note.text, places(note.text, wanted)
    for other, kept in ((Place.CAPTION, note.caption), (Place.ALT, note.alt)):
        if not spans and kept and (found := places(kept, wanted)):
            place, words, spans = other, kept, found
    return Hit(place, text.talk_id, words, spans, note.id, "", note.at_ms, note.kind)


class Finder:
    """Looks through a notebook, in pieces, and remembers what it folded and what it found last."""

    def __init__(self) -> None:
        self._talks: dict[str, tuple[Talk, list[Text]]] = {}
        self._posts: tuple[tuple[Post, ...], list[Text]] = ((), [])
        self._last: tuple[Query, Notebook, str, list[Text]] | None = None

    def find(self, query: Query, notebook: Notebook, talk_id: str = "") -> Iterator[list[Text]]:
        """What is found, piece by piece, empty pieces too; only in one talk where that is named.

        The order is that of the notebook. Where it is not asked for to its end, the next one begins anew.
        """
        texts: Iterator[Text]
        last = self._last
        if last and last[1] is notebook and last[2] == talk_id and query.narrows(last[0]):
            texts = iter(last[3])
        else:
            texts = self.texts(notebook, talk_id)
        self._last = None
        found: list[Text] = []
        while piece := list(islice(texts, PIECE)):
            matches = matching(query, piece)
            found += matches
            yield matches
        self._last = (query, notebook, talk_id, found)

    def texts(self, notebook: Notebook, talk_id: str = "") -> Iterator[Text]:
        """All texts of a notebook in its order, or of one talk of it; folded as they are asked for."""
        if not talk_id:
            ids = {talk.id for talk in notebook.talks}
            for gone in self._talks.keys() - ids:
                del self._talks[gone]
            if self._posts[0] is not notebook.posts:
                self._posts = (notebook.posts, list(chain.from_iterable(map(_of_post, notebook.posts))))
            yield from self._posts[1]
        for talk in notebook.talks:
            if not talk_id or talk.id == talk_id:
                yield from self._of_talk(talk)

    def pieces(self, talk: Talk) -> Iterator[list[Text]]:
        """The texts of one talk; only where they are asked for to the end, what was folded is kept."""
        texts = iter(self._of_talk(talk))
        while piece := list(islice(texts, PIECE)):
            yield piece

    def forget(self, talk_id: str) -> None:
        """Of a talk that is there no more."""
        self._talks.pop(talk_id, None)

    def _of_talk(self, talk: Talk) -> Iterable[Text]:
        known = self._talks.get(talk.id)
        if known and known[0] is talk:
            return known[1]
        return self._fold(talk, known[1] if known else [])

    def _fold(self, talk: Talk, before: list[Text]) -> Iterator[Text]:
        """The texts of a talk that has changed; its notes that are the same ones need no folding."""
        same = {id(text.note): text for text in before if text.note}
        texts: list[Text] = []
        for text in _around(talk):
            texts.append(text)
            yield text
        for note in talk.notes:
            text = same.get(id(note)) or text_of(note, talk.id)
            texts.append(text)
            yield text
        if talk.write_up:
            write_up = Text(Place.WRITE_UP, talk.id, talk.write_up, fold(talk.write_up))
            texts.append(write_up)
            yield write_up
        self._talks[talk.id] = (talk, texts)


KINDS = tuple(kind.value for kind in Kind)
"""The kinds that can be asked for, in the order of the menu."""
