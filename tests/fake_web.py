"""A web without a network: it answers what the test has put in, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from desktopnotes.media.background import Progress
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.web import Web
from desktopnotes.media.web_page import Entry, News, Stream


class FakeWeb(Web):
    """`lists` holds entries by address; `fails` what each call raises; `begun` and `forgotten` addresses.

    `pieces` holds lists that come bit by bit, by address: what each piece is told, or raised, on the thread
    that reads.
    """

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__(mailbox)
        self.begun: list[str] = []
        self.forgotten: list[str] = []
        self.lists: dict[str, Sequence[Entry]] = {}
        self.pieces: dict[str, Iterable[Sequence[Entry] | Exception]] = {}
        self.fails: Exception | None = None
        self.closed = False

    def say(self, news: News) -> None:
        """Tells what a page says, as it comes from a worker."""
        self._mailbox.post(lambda: self._listener(news) if self._listener else None)

    def begin(self, address: str) -> None:
        self.begun.append(address)

    def stream(self, address: str, progress: Progress, *, fresh: bool = False) -> Stream:
        if self.fails:
            raise self.fails
        return Stream(address)

    def entries(self, address: str, progress: Progress, tell: Callable[[Sequence[Entry]], None]) -> None:
        if self.fails:
            raise self.fails
        for piece in self.pieces.get(address, ()):
            progress.check()
            if isinstance(piece, Exception):
                raise piece
            tell(piece)
        tell(self.lists.get(address, ()))

    def forget(self, address: str) -> None:
        self.forgotten.append(address)

    def about(self) -> str:
        return "yt-dlp 2026.01.01"

    def close(self) -> None:
        self.closed = True
