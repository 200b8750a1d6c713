"""A recording of the web while it is open: its way is found, it is watched for silence, and found again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktopnotes.media.background import Background, Progress, Task
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.vlc_course import VlcCourse
from desktopnotes.media.vlc_engine import Beginning, VlcEngine
from desktopnotes.media.vlc_watch import watch
from desktopnotes.media.web_errors import WebError
from desktopnotes.media.web_way import Patience, Resolve, Way, broken_off, find_way, find_way_again

_AT_THE_END_MS = 1500
_AT_THE_END_PART = 0.01
"""What ends so near the end, of the whole, has ended and was not cut off: lengths are told roughly."""
_PROGRESS_MS = 1000
"""So much must have been played since the last way was found, or that way is none."""


def is_of_the_web(source: Path | str) -> bool:
    return isinstance(source, str) and source.lower().startswith(("http://", "https://"))


class WebRecording:
    """From one opening to the next. All but `begin` is called on the window's thread.

    `is_waited_for`: it is lost, and one try did not do to find it again.
    """

    def __init__(
        self,
        page: str,
        course: VlcCourse,
        engine: VlcEngine,
        mailbox: Mailbox,
        background: Background,
        *,
        resolve: Resolve,
        patience: Patience,
        waits: Callable[[WebError], None],
    ) -> None:
        """`page` is the address as the user has it; `resolve` answers what plays for it.

        `waits` is called with the reason, as soon as it is waited for.
        """
        self.is_waited_for = False
        self._page = page
        self._course = course
        self._engine = engine
        self._mailbox = mailbox
        self._background = background
        self._resolve = resolve
        self._patience = patience
        self._waits = waits
        self._watching: Task | None = None
        self._has_waited = False
        self._last_way_ms: int | None = None

    def begin(
        self, at_ms: int, number: int, wants_paused: Callable[[], bool], progress: Progress
    ) -> Beginning:
        """Find the way and start libVLC there: waits, see `VlcEngine.start`. Raises what `find_way` does."""
        self._engine.stop()
        way = find_way(self._page, self._resolve, self._patience, progress)
        return self._engine.start(way, at_ms, number, wants_paused, progress)

    def begun(self) -> None:
        """It has begun, perhaps again: it is waited for no more, and watched for silence ("stalled")."""
        self.is_waited_for = False
        look = partial(watch, self._engine.signals, lambda: self._engine.runs, self._patience.stall_s)
        self._watching = self._background.run(look)

    def leave(self) -> None:
        """It has ended, or another is opened: nothing more is told of it."""
        if self._watching:
            self._watching.cancel()
        self._watching = None

    def is_broken_off(self, what: str, at_ms: int, length_ms: int | None) -> bool:
        """Whether "ended", "failed" or "stalled", told of that place, means that it was lost on the way."""
        length_ms = length_ms or 0
        is_early = at_ms < length_ms - max(_AT_THE_END_MS, length_ms * _AT_THE_END_PART)
        return what != "ended" or is_early

    def find_again(self, at_ms: int) -> None:
        """It was lost there: look for its way until there is one, or the site gives it out no more."""
        self.leave()
        self._has_waited = False
        way = self._engine.way
        assert way is not None  # it had begun, or it could not be lost

        def tell(error: WebError) -> None:
            self._mailbox.post(lambda: None if search.cancelled else self._wait(error))

        work = partial(find_way_again, way, self._resolve, self._patience, tell)
        search = self._course.search(work, self._found, at_ms)

    def _wait(self, error: WebError) -> None:
        self._has_waited = True
        if not self.is_waited_for:
            self.is_waited_for = True
            self._waits(error)

    def _found(self, way: Way) -> None:
        if self._leads_on(self._course.bound_for_ms):
            self._course.start_again(partial(self._engine.start, way), self._start_failed)
        else:
            self._course.failed(broken_off(way.page))

    def _leads_on(self, at_ms: int) -> bool:
        """Whether the way just found, to go on from there, leads further than the one before it did."""
        last_ms, self._last_way_ms = self._last_way_ms, at_ms
        return self._has_waited or last_ms is None or abs(at_ms - last_ms) >= _PROGRESS_MS

    def _start_failed(self, error: Exception) -> None:
        if isinstance(error, WebError):
            self.find_again(self._course.bound_for_ms)
        else:
            self._course.failed(error)
