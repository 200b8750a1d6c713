"""What a page of the web says of a recording, as values; what is hostile in it was taken out before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktopnotes.model.notebook import Chapter


@dataclass(frozen=True, slots=True)
class Stream:
    """What really plays for a page; its addresses expire and are never stored.

    `sound` is the address of the separate sound, empty where it is with the picture. `user_agent` and
    `referrer` are what the site wants to be asked with, empty where it does not mind. `height` of the picture
    in pixels and `frame_rate` are 0 where the page does not say.
    """

    video: str
    sound: str = ""
    user_agent: str = ""
    referrer: str = ""
    height: int = 0
    frame_rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One recording's page. `address` is the one it was asked by, `url` the one that readers open.

    `title` is as the site has it, speakers and all, on one line; `speakers` only where the page lists them.
    """

    address: str
    url: str
    title: str = ""
    speakers: tuple[str, ...] = ()
    duration_ms: int = 0
    chapters: tuple[Chapter, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class PageCaptions:
    """A file of captions that came with a page, in a folder that is cleared at the end of the program."""

    address: str
    path: Path
    language: str
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A recording in a list; `duration_ms` is 0 where the list does not say.

    `list_title` is what the list is called, since reading it is when that is learned.
    """

    url: str
    title: str = ""
    duration_ms: int = 0
    list_title: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """An address turned out to be that of a list of recordings."""

    address: str
    title: str = ""


News = Page | PageCaptions | Listing
"""What is told of an address that was asked for."""
