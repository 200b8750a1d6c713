"""A `Web` with the real yt-dlp, for tests that ask the site on this machine; what it tells is kept."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from desktopnotes.media.background import Progress, Task
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.web import Web
from desktopnotes.media.web_errors import WebError
from desktopnotes.media.web_page import Entry, Listing, News, Page, PageCaptions, Stream
from tests.waiting import wait_until

N = TypeVar("N")

LIMIT_S = 60.0
"""yt-dlp takes 1 to 4 s for a page, several times that on a machine that is busy."""


@dataclass
class WebRoom:
    """`news` is what was told on the window's thread, which is the test's own."""

    errors: list[Exception] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mailbox = Mailbox(self.errors.append)
        self.web = Web(self.mailbox)
        self.web.listen(self.news.append)

    def close(self) -> None:
        self.web.close()
        self.mailbox.empty()
        assert self.errors == []

    def progress(self, task: Task | None = None) -> Progress:
        return Progress(task or Task(), self.mailbox, None)

    def stream(self, address: str, *, fresh: bool = False) -> Stream:
        return self.web.stream(address, self.progress(), fresh=fresh)

    def failure(self, address: str) -> WebError:
        try:
            answer = self.stream(address)
        except WebError as error:
            return error
        raise AssertionError(f"{address} was to fail and plays: {answer}")

    def entries(self, address: str) -> list[Sequence[Entry]]:
        told: list[Sequence[Entry]] = []
        self.web.entries(address, self.progress(), told.append)
        return told

    def until(self, seen: Callable[[], object], what: str) -> None:
        def look() -> object:
            while self.mailbox.empty():
                pass
            return seen()

        wait_until(look, what, LIMIT_S)

    def page(self) -> Page:
        self.until(lambda: self.of(Page), "a page was told")
        return self.of(Page)[-1]

    def captions(self) -> PageCaptions:
        self.until(lambda: self.of(PageCaptions), "captions were told")
        return self.of(PageCaptions)[-1]

    def listing(self) -> Listing:
        self.until(lambda: self.of(Listing), "a list was told")
        return self.of(Listing)[-1]

    def of(self, kind: type[N]) -> list[N]:
        return [news for news in self.news if isinstance(news, kind)]


_OF_THE_SCREEN = {"Xvfb", "openbox"}
"""Other tests of the run keep them."""


def children(parent: int) -> set[int]:
    """The processes that were started by this one and run, less those that the virtual screen is made of."""
    found: set[int] = set()
    for thread in Path(f"/proc/{parent}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread that has just ended
            found |= {int(number) for number in (thread / "children").read_text().split()}
    return {number for number in found if _name_of(number) not in _OF_THE_SCREEN}


def _name_of(number: int) -> str:
    with contextlib.suppress(OSError):  # it has just ended
        return Path(f"/proc/{number}/comm").read_text().strip()
    return ""


def in_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread
