"""The post as its reader will see it: rendered on a worker from the very Markdown that would be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from desktopnotes.actions import post as posts
from desktopnotes.media.background import Progress
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook, Post
from desktopnotes.session import Session
from desktopnotes.storage import paths

if TYPE_CHECKING:
    from desktopnotes.export.blocks import Block
    from desktopnotes.export.checks import Check
    from desktopnotes.export.options import Options
    from desktopnotes.export.reader import Reading
    from desktopnotes.export.result import Export, Place


@dataclass(frozen=True, slots=True)
class Previewed:
    """What came of it. `markdown` is what the site's builder shows its reader, without front matter.

    `words` and `minutes` tell how long it is. `blocks` are what is shown, title and date first; `parts` says
    of each of them to which part of the post it belongs ("title", "intro", "closing" or a talk's id).
    `pictures` are the files of those that are shown, by their names in the post. With an `error`, which names
    file, line and cause, there is nothing of all this.
    """

    export: Export | None = None
    markdown: str = ""
    words: int = 0
    minutes: int = 0
    checks: tuple[Check, ...] = ()
    error: str = ""
    blocks: tuple[Block, ...] = ()
    parts: tuple[str, ...] = ()
    pictures: Mapping[str, Path] = field(default_factory=dict)
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that the worker needs; it is frozen, so that the window may go on changing its own."""

    notebook: Notebook
    post: Post
    options: Options


def wanted(session: Session) -> Wanted | None:
    """The post that is shown now; None where the notebook has no talk to make one of."""
    from desktopnotes.export.options import options_of  # a start does without it

    options = options_of(
        session.settings, pictures_folder=session.pictures_folder, styles_folder=paths.styles_folder()
    )
    post = posts.current(session)
    if post is not None:
        return Wanted(session.notebook, post, options)
    return Wanted(*posts.planned(session), options) if session.talk_id else None


def previewed(of: Wanted, before: Reading | None = None) -> Previewed:
    """The post as it would be exported now. Reads what changed since `before` only; for any thread."""
    from desktopnotes.export import counting, reader  # a start does without them
    from desktopnotes.export.post import exported

    try:
        export = exported(of.notebook, of.post, of.options)
    except UserError as error:
        return Previewed(error=str(error))
    markdown = export.text
    reading = reader.read(markdown, before, raw_html=of.options.raw_html)
    count = sum((counting.count(block.text) for block in reading.blocks), counting.Count())
    return Previewed(
        export,
        markdown,
        count.in_all,
        count.minutes,
        blocks=reading.blocks,
        parts=parts_of(reading.lines, export.places),
        pictures={PurePosixPath(picture.path).name: picture.source for picture in export.pictures},
        reading=reading,
    )


def parts_of(lines: tuple[int, ...], places: tuple[Place, ...]) -> tuple[str, ...]:
    """To which part each of the blocks belongs that begin in these lines."""
    found = []
    part, ahead = "", list(places)
    for line in lines:
        while ahead and ahead[0].line <= line:
            part = ahead.pop(0).part
        found.append(part)
    return tuple(found)


class Previewing:
    """Renders what is wanted now, one at a time: what changes meanwhile is rendered next.

    `then` is called on the window's thread with each outcome.
    """

    def __init__(self, session: Callable[[], Session], then: Callable[[Previewed], None]) -> None:
        self._session = session
        self._then = then
        self._reading: Reading | None = None
        self._again = False
        self.is_under_way = False

    def render(self) -> None:
        if self.is_under_way:
            self._again = True
            return
        session = self._session()
        of = wanted(session)
        if of is None:
            self._came(Previewed())
            return
        self.is_under_way = True
        before = self._reading

        def work(_: Progress) -> Previewed:
            return previewed(of, before)

        session.background.run(work, self._came, self._failed, lane="preview")

    def _came(self, found: Previewed) -> None:
        self.is_under_way = False
        self._reading = found.reading or self._reading
        if self._again:
            self._again = False
            self.render()
        self._then(found)

    def _failed(self, error: Exception) -> None:
        self.is_under_way = self._again = False
        raise error
