"""How what a notebook has looks in a post, so that it is known again in one that is read back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktopnotes.export import compose, languages, links, markdown, views
from desktopnotes.model.notebook import Note, Notebook, Talk, Times
from desktopnotes.model.taking_in import Likeness


def likeness(notebook: Notebook) -> Likeness:
    """As the notebook's own posts show its talks."""

    def words(talk: Talk) -> languages.Language:
        post = notebook.post_of(talk.id)
        return languages.language(post.lang if post else "")

    def blocks(note: Note, talk: Talk) -> Sequence[str]:
        if not compose.appears(note):
            return (note.text,)
        return [block.text for block in compose.by_itself(note, talk, words(talk))]

    def proses(talk: Talk) -> Iterable[str]:
        return (compose.prose(talk, talk.notes, times=times, words=words(talk)) for times in Times)

    return Likeness(_identity, views.title, blocks, proses)


def _identity(url: str) -> str:
    """As links are written in posts; what is no public address is never written."""
    return links.identity(markdown.destination(url)) if links.is_public(url) else ""
