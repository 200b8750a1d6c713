"""Pages of the web, asked by yt-dlp in a process of its own: the window never waits and all can be cancelled.

No request is made but for an address that the user gave, or that of the talk that is open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktopnotes.media.background import Progress
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.media.web_page import Entry, News, Stream

HEIGHT = 1080
"""The tallest picture that is played unless the user wishes otherwise."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user would like to get.

    `height` is the tallest picture in pixels, 0 for sound alone; `languages` are those of captions, the
    dearest first, as the user's settings and desktop write them (“de”, “pt_BR”).
    """

    height: int = HEIGHT
    languages: tuple[str, ...] = ("en",)


class Web:
    """Asks pages; what is learned on the way is told to the one listener, on the window's thread."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._listener: Callable[[News], None] | None = None
        self.wishes = Wishes()

    def listen(self, listener: Callable[[News], None]) -> None:
        self._listener = listener

    def begin(self, address: str) -> None:
        """Asks the page of `address` unless that is under way already or was done a short while ago.

        Returns at once, from any thread. What comes of it is told as `News`: the page, then its captions.
        """

    def stream(self, address: str, progress: Progress, *, fresh: bool = False) -> Stream:
        """What plays for the page of `address`; waits for it, so never on the window's thread.

        Uses what `begin` has under way, and what was learned a short while ago unless `fresh`: then the page
        is asked again, since an address that played has expired. Raises `WebError` where it does not play;
        for a list (told as `Listing`) with `Why.A_LIST`; `CancelledError` as `progress` does.
        """
        raise WebError(Why.NO_YT_DLP, address, "Web pages cannot be played yet.")

    def entries(self, address: str, progress: Progress, tell: Callable[[Sequence[Entry]], None]) -> None:
        """Reads a list of recordings; waits, so never on the window's thread.

        `tell` is called on this thread with the entries as they come, in order, each once. Raises `WebError`.
        """

    def forget(self, address: str) -> None:
        """Stops what is under way for `address`: its process is ended and nothing more of it is told."""

    def about(self) -> str:
        """Which yt-dlp is used, of which version and from where; waits for some 0.3 s the first time."""
        return "no yt-dlp"

    def close(self) -> None:
        """Ends all processes and removes the captions that nobody kept."""
