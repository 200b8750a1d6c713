"""The post as its reader will see it: rendered on a worker from the very Markdown that would be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from desktopnotes.actions import post as posts
from desktopnotes.media.background import Progress, Task, giving_way
from desktopnotes.model.errors import UserError
from desktopnotes.model.naming import is_plain_name
from desktopnotes.model.notebook import Notebook, Post
from desktopnotes.session import Session
from desktopnotes.storage import paths
from desktopnotes.storage.store import Store

if TYPE_CHECKING:
    from desktopnotes.export.blocks import Block
    from desktopnotes.export.checks import Check
    from desktopnotes.export.options import Options
    from desktopnotes.export.reader import Reading
    from desktopnotes.export.result import Export, Place
    from desktopnotes.export.sites import SiteForm
    from desktopnotes.said_in_talks import SaidInTalks


@dataclass(frozen=True, slots=True)
class Previewed:
    """What came of it. `markdown` is what the site's builder shows its reader, without front matter.

    `words` and `minutes` tell how long it is, without title and date. `blocks` are what is shown,
    title and date first; `parts` says of each of them to which part of the post it belongs ("title", "intro",
    "closing" or a talk's id).
    `pictures` are the files of those that are shown, by their names in the post; `of` is what it was made of.
    With an `error`, which names file, line and cause, there is nothing of all this but `of`. `checks` come
    later.
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
    of: Wanted | None = None

    def is_of_the_post_of(self, other: Previewed) -> bool:
        """Whether both show one and the same post, maybe with other words."""
        a, b = self.of, other.of
        return a is not None and b is not None and _ids(a) == _ids(b)


def _ids(of: Wanted) -> tuple[str, str]:
    return of.notebook.id, of.post.id


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
    from desktopnotes.export.blocks import DATE, TITLE
    from desktopnotes.export.post import exported

    try:
        export = exported(of.notebook, of.post, of.options)
        markdown, first_line = _shown(export, of)
    except UserError as error:
        return Previewed(error=str(error), of=of)
    reading = reader.read(markdown, before, raw_html=of.options.raw_html)
    places = [replace(place, line=max(0, place.line - first_line)) for place in export.places]
    blocks, parts = _with_head(reading, parts_of(reading.lines, places), of)
    read = (block.text for block in blocks if block.kind not in (TITLE, DATE))
    count = sum(map(counting.count, read), counting.Count())
    return Previewed(
        export,
        markdown,
        count.in_all,
        count.minutes,
        blocks=blocks,
        parts=parts,
        pictures={PurePosixPath(picture.path).name: picture.source for picture in export.pictures},
        reading=reading,
        of=of,
    )


def _shown(export: Export, of: Wanted) -> tuple[str, int]:
    """The Markdown that the site shows, and which line of the file its first one is."""
    from desktopnotes.export import front_matter  # see above

    form = _form(of)
    if form.page is not None:  # the file is the page itself
        return export.markdown, 0
    above = len(export.text) - len(front_matter.below(export.text)) if form.front else 0
    return form.shown(export.text), export.text.count("\n", 0, above)


def _form(of: Wanted) -> SiteForm:
    from desktopnotes.export import chosen  # see above

    return chosen.site_of(of.post, of.options)


def _with_head(
    reading: Reading, parts: tuple[str, ...], of: Wanted
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """With title and date known as such, and put before the text where the site shows its own."""
    from desktopnotes.export import heads, languages  # see above
    from desktopnotes.export.blocks import DATE, HEADING, PARAGRAPH, TITLE, Block, Run

    form = _form(of)
    head = heads.head_of(of.post, of.notebook, form, languages.language(of.post.lang), of.options)
    if form.title_in_text:
        first, second = (*reading.blocks[:2], Block(""), Block(""))[:2]
        if first.kind != HEADING or first.level != 1:
            return reading.blocks, parts
        is_date = second.kind == PARAGRAPH and second.text == " ".join(head.date_line.split()) != ""
        shown = (replace(first, kind=TITLE), *((replace(second, kind=DATE),) if is_date else ()))
        return (*shown, *reading.blocks[len(shown) :]), parts
    title = Block(TITLE, (Run(head.title),), 1)
    day = (Block(DATE, (Run(head.date_line),)),) if head.date_line else ()
    return (title, *day, *reading.blocks), ("title", *("title" for _ in day), *parts)


def parts_of(lines: Sequence[int], places: Sequence[Place]) -> tuple[str, ...]:
    """To which part each of the blocks belongs that begin in these lines."""
    found = []
    part, ahead = "", list(reversed(places))
    for line in lines:
        while ahead and ahead[-1].line <= line:
            part = ahead.pop().part
        found.append(part)
    return tuple(found)


def own_style(of: Wanted) -> Path | None:
    """The file of the post's style, where that is one of the user's own."""
    from desktopnotes.export import own_styles, templates  # see above

    style, folder = of.options.style or of.post.style, of.options.styles_folder
    if folder is None or style in templates.built_in() or not is_plain_name(style):
        return None
    return folder / f"{style}{own_styles.SUFFIX}"


def _changed_ns(file: Path) -> int:
    """When it was written last; 0 where there is none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


class Previewing:
    """Renders what is wanted now, one at a time: what changes meanwhile is rendered next.

    `then` is called on the window's thread with each outcome, `prepare` on the worker's before it.
    """

    def __init__(
        self,
        session: Callable[[], Session],
        then: Callable[[Previewed], None],
        prepare: Callable[[tuple[Block, ...]], None] = lambda _: None,
    ) -> None:
        self._session = session
        self._then = then
        self._prepare = prepare
        self._reading: Reading | None = None
        self._again = False
        self._style: tuple[Path, int] | None = None
        self._checking: Task | None = None
        self._said: tuple[Store, SaidInTalks] | None = None
        self.is_under_way = False

    def style_has_changed(self) -> bool:
        """Whether the file of the user's own style is another than the one rendered last."""
        return self._style is not None and _changed_ns(self._style[0]) != self._style[1]

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
        file = own_style(of)
        self._style = (file, _changed_ns(file)) if file else None
        before = self._reading

        def work(_: Progress) -> Previewed:
            with giving_way():
                found = previewed(of, before)
                self._prepare(found.blocks)
                return found

        session.background.run(work, self._came, self._failed, lane="preview")

    def _came(self, found: Previewed) -> None:
        self.is_under_way = False
        self._reading = found.reading or self._reading
        if self._again:
            self._again = False
            self.render()
        self._then(found)

    def check(self, found: Previewed, then: Callable[[tuple[Check, ...]], None]) -> None:
        """Looks on a worker what is to be said of a rendered post; only the last one asked is answered."""
        self.stop_checking()
        of, said, export = found.of, self._said_in_talks(), found.export
        if of is None or export is None:
            return

        def work(_: Progress) -> tuple[Check, ...]:
            from desktopnotes.export.checks import checks  # see above

            with giving_way():
                return checks(
                    of.notebook, of.post, of.options, export=export, captions=said, today=date.today()
                )

        self._checking = self._session().background.run(work, then, lane="checks")

    def stop_checking(self) -> None:
        if self._checking:
            self._checking.cancel()
            self._checking = None

    def _said_in_talks(self) -> SaidInTalks:
        """Remembers the captions that it has read, as long as the notebook is open."""
        from desktopnotes.said_in_talks import SaidInTalks  # see above

        session = self._session()
        if self._said is None or self._said[0] is not session.store:
            said = SaidInTalks(session.store.absolute, session.captions_folder, session.settings.language)
            self._said = (session.store, said)
        return self._said[1]

    def _failed(self, error: Exception) -> None:
        self.is_under_way = False
        if self._again:  # what changed meanwhile may be what mends it
            self._again = False
            self.render()
        raise error
