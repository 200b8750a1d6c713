"""What a notebook has by the time that a file is read: it tells titles of talks from other headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktopnotes.export import links, views
from desktopnotes.export.importing.blocks import blocks
from desktopnotes.model.importing import words_of
from desktopnotes.model.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Known:
    """`titles` are those of the talks, each with whether one of that title leads to no recording. `headings`
    stand in introductions, write-ups and closings. All are in `words_of`, as `write_ups` and `closings` are.
    """

    titles: Mapping[str, bool] = field(default_factory=dict)
    headings: frozenset[str] = frozenset()
    write_ups: frozenset[str] = frozenset()
    closings: frozenset[str] = frozenset()

    def is_title(self, title: str, text: str, url: str) -> bool:
        """Whether a heading, written as `text`, is a talk’s title; one within a text may be it too."""
        words = words_of(title)
        if words not in self.titles:
            return False
        return bool(url) or self.titles[words] or words_of(text) not in self.headings

    def is_address_a_title(self, url: str) -> bool:
        """Whether a talk that leads nowhere is called as this address is written."""
        return self.titles.get(words_of(url), False)

    def is_within(self, title: str, text: str, url: str) -> bool:
        """Whether a heading stands in one of the texts, and is no talk's."""
        return words_of(text) in self.headings and not self.is_title(title, text, url)


NOTHING = Known()


def known(notebook: Notebook) -> Known:
    """What the notebook has; a few ms for any that people write."""
    titles: dict[str, bool] = {}
    for talk in notebook.talks:
        words = words_of(views.title(talk))
        titles[words] = titles.get(words, False) or not links.is_public(talk.url)
    return Known(
        titles,
        frozenset(words_of(heading) for text in _texts(notebook) for heading in _headings(text)),
        frozenset(words_of(talk.write_up) for talk in notebook.talks if talk.write_up.strip()),
        frozenset(words_of(post.closing) for post in notebook.posts if post.closing.strip()),
    )


def _texts(notebook: Notebook) -> Iterator[str]:
    for post in notebook.posts:
        yield from (post.intro, post.closing)
    for talk in notebook.talks:
        yield talk.write_up


def _headings(text: str) -> Iterator[str]:
    if any(sign in text for sign in ("#", "\n-", "\n=", "\n ")):
        yield from (block.text for block in blocks(text.split("\n")) if block.kind == "heading")
