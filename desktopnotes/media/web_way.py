"""The way to what plays for a page, at first and again: when an address has expired or the network was lost.

All of it waits: never on the window's thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import TYPE_CHECKING, Protocol

from desktopnotes.media.background import CancelledError, Progress
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.media.web_look import Look
    from desktopnotes.media.web_page import Stream

_WAITS_EVERY_S = 0.02


class Resolve(Protocol):
    """See `Web.stream`."""

    def __call__(self, address: str, progress: Progress, *, fresh: bool = False) -> Stream: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a recording of the web is waited for, in seconds.

    Without any sign of life for `stall_s` it counts as lost; so does a site that does not answer in
    `answer_s`. In `begin_s` it must have begun to play. `tries_s` are the pauses between tries to get it
    back, the last one again and again.
    """

    stall_s: float = 10.0
    answer_s: float = 10.0
    begin_s: float = 20.0
    tries_s: tuple[float, ...] = (1, 2, 4, 8, 16, 30)

    def pauses_s(self) -> Iterator[float]:
        return chain(self.tries_s, repeat(self.tries_s[-1]))


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Way:
    """`named` is what the page names, `plays` what that leads to just now: libVLC gets that one.

    `is_list`: it comes in pieces (HLS, DASH). `is_plain_mp4`: see `Look`.
    """

    page: str
    named: Stream
    plays: Stream
    is_list: bool = False
    is_plain_mp4: bool = False


def as_it_is(address: str, progress: Progress, *, fresh: bool = False) -> Stream:
    """Resolves an address that is that of a media file itself."""
    from desktopnotes.media.web_page import Stream  # a start does without it

    return Stream(address)


def find_way(
    address: str, resolve: Resolve, patience: Patience, progress: Progress, *, fresh: bool = False
) -> Way:
    """What plays for the page of `address`; the page is asked again where its stream has expired.

    Raises what `resolve` raises, and `WebError`.
    """
    stream = resolve(address, progress, fresh=fresh)
    looks = _look(stream, address, patience, progress)
    if not fresh and any(look.is_expired for look in looks):
        return find_way(address, resolve, patience, progress, fresh=True)
    return _way(address, stream, looks)


def find_way_again(
    way: Way,
    resolve: Resolve,
    patience: Patience,
    tell: Callable[[WebError], None],
    progress: Progress,
) -> Way:
    """Once more, however long it takes: as long as the site is not reached it tries again and again.

    `tell` is called with the reason each time that it has to wait, on this thread. Raises `WebError` where
    the site is there and does not give out the recording any more.
    """
    for pause_s in patience.pauses_s():
        try:
            looks = _look(way.named, way.page, patience, progress)
            if any(look.is_expired for look in looks):
                return find_way(way.page, resolve, patience, progress, fresh=True)
            return _way(way.page, way.named, looks)
        except WebError as error:
            if error.why is not Why.NETWORK:
                raise
            tell(error)
        stop_s = time.monotonic() + pause_s
        while time.monotonic() < stop_s:
            progress.check()
            time.sleep(_WAITS_EVERY_S)
    raise CancelledError  # never: there is always another pause


def _way(page: str, stream: Stream, looks: list[Look]) -> Way:
    for look in looks:
        if look.error is not None:
            raise look.error
    plays = replace(stream, video=looks[0].address, sound=looks[1].address if looks[1:] else "")
    is_list, is_plain_mp4 = any(look.is_list for look in looks), all(look.is_plain_mp4 for look in looks)
    return Way(page, stream, plays, is_list, is_plain_mp4)


def _look(stream: Stream, page: str, patience: Patience, progress: Progress) -> list[Look]:
    """At picture and sound side by side."""
    from desktopnotes.media.web_look import look_at  # heavy: http and TLS, which a start does without

    def look(address: str) -> Look:
        return look_at(
            address,
            page,
            progress,
            user_agent=one_line(stream.user_agent),
            referrer=one_line(stream.referrer),
            most_s=patience.answer_s,
        )

    if not stream.sound:
        return [look(stream.video)]
    from concurrent.futures import ThreadPoolExecutor  # as above

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(look, (stream.video, stream.sound)))


def broken_off(page: str) -> WebError:
    """For what ends in the same place again, far from its end."""
    message = _("The recording breaks off here: the site gives out no more of it. The notes are safe.")
    return WebError(Why.OTHER, page, message, _("Open it again, or see on its page whether it is all there."))


def one_line(words: str) -> str:
    """What may stand in a header or an option: one printable line of ASCII, else nothing."""
    return words if words.isascii() and words.isprintable() else ""
