"""What all outputs are made of: the talks meant, the times of their public recordings, what may leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktopnotes.export import compose, languages, links
from desktopnotes.export.languages import Language
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from desktopnotes.words import ngettext


def talks_of(notebook: Notebook, which: Talk | Post) -> tuple[Talk, ...]:
    """The talk itself; of a post those that the notebook has, in the post's order and each once."""
    if isinstance(which, Talk):
        return (which,)
    found = (notebook.talk(talk_id) for talk_id in dict.fromkeys(which.talks))
    return tuple(talk for talk in found if talk is not None)


def language_of(notebook: Notebook, which: Talk | Post) -> Language:
    """That of the post, else of the post that the talk stands in."""
    post = which if isinstance(which, Post) else notebook.post_of(which.id)
    return languages.language(post.lang if post else "")


def offset_ms(talk: Talk) -> int:
    """What makes a moment of what is played one of the public recording; 0 where there is none."""
    return talk.offset_ms if links.is_public(talk.url) else 0


def public_ms(talk: Talk, at_ms: int) -> int:
    """The moment at which readers see what is meant, the beginning of the recording at the earliest."""
    return max(0, at_ms + offset_ms(talk))


def length_ms(talk: Talk) -> int:
    """Where the recording ends, at the times of `public_ms`; 0 where that is not known."""
    return public_ms(talk, talk.duration_ms) if talk.duration_ms > 0 else 0


@dataclass(slots=True)
class Left:
    """How many notes were left out, and why."""

    private: int = 0
    unstamped: int = 0
    wordless: int = 0

    def notices(self) -> Iterator[str]:
        if self.private:
            yield ngettext(
                "{count} private note was left out.",
                "{count} private notes were left out.",
                self.private,
            ).format(count=self.private)
        if self.unstamped:
            yield ngettext(
                "{count} note without a time was left out.",
                "{count} notes without a time were left out.",
                self.unstamped,
            ).format(count=self.unstamped)
        if self.wordless:
            yield ngettext(
                "{count} snapshot without words was left out.",
                "{count} snapshots without words were left out.",
                self.wordless,
            ).format(count=self.wordless)


def shown(notes: Iterable[Note], left: Left, *, stamped: bool = False) -> Iterator[Note]:
    """The notes that have words for a reader, in their order; `stamped` ones only if that is asked for.

    Empty notes are bookmarks, which nobody misses; what else is left out is counted in `left`.
    """
    for note in notes:
        if note.kind == Kind.PRIVATE:
            left.private += 1
        elif not compose.appears(note):
            left.wordless += bool(note.picture)
        elif stamped and note.at_ms is None:
            left.unstamped += 1
        else:
            yield note
