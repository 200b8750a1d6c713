"""What a talk plays from, its file or its page, and how that is loaded with its captions."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktopnotes.media.no_player import NoPlayer
from desktopnotes.media.player import Player, PlayerState
from desktopnotes.media.spoken import Spoken
from desktopnotes.media.web import Web, Wishes
from desktopnotes.model import findings
from desktopnotes.model.notebook import Notebook, Talk
from desktopnotes.model.settings import Settings
from desktopnotes.storage.store import Store


def file_of(talk: Talk, store: Store) -> Path | None:
    """The file that is named for the talk, None where there is none; it may not be there."""
    return store.absolute(talk.file) if talk.file else None


def source_of(talk: Talk, store: Store) -> Path | str | None:
    """What the talk plays from: its file, else the address of its page (str), else None.

    Where the file is not there (a drive that is not plugged in) the page serves as well, unless its times
    are others.
    """
    file = file_of(talk, store)
    if not talk.has_page:
        return file
    return talk.url if file is None or (talk.offset_ms == 0 and not os.path.exists(file)) else file


def page_ahead_ms(talk: Talk, store: Store) -> int:
    """How far the times of the talk's page are ahead of those of what it plays from."""
    return talk.offset_ms if isinstance(source_of(talk, store), Path) else 0


Key = tuple[str, str, str]
"""A notebook's path, a talk's id and the file that is named for it."""


@dataclass(slots=True)
class Lost:
    """What is known of files that are not there: which is looked for, and what may be it.

    `left_alone` are those that the user does not want looked for.
    """

    looking: Key | None = None
    similar: tuple[Key, tuple[Path, ...]] = (("", "", ""), ())
    left_alone: set[Key] = field(default_factory=set)


class Loader:
    """Loads one talk at a time. `page` is the address of the page it plays from, "" where it is a file.

    `stopped` is the number of the load that was stopped and did not play since, -1 where none was.
    """

    def __init__(self, web: Web, spoken: Spoken) -> None:
        self.page = ""
        self.stopped = -1
        self.lost = Lost()
        self._sources: dict[tuple[Path, str, str, int], Path | str | None] = {}
        self._asked: set[str] = set()
        self._web = web
        self._spoken = spoken

    def source(self, talk: Talk, store: Store) -> Path | str | None:
        """See `source_of`: as it was at the load, or when its file or link became another.

        It is asked for at each look at the window, and on a network drive a look at a file can take seconds.
        """
        told = (store.path, talk.file, talk.url, talk.offset_ms)
        if told not in self._sources:
            self._sources[told] = source_of(talk, store)
        return self._sources[told]

    def load(
        self,
        talk: Talk | None,
        player: Player,
        store: Store,
        settings: Settings,
        *,
        play: bool,
        asks: bool = True,
    ) -> None:
        """Loads the talk where it was left; without one, or without a source, nothing is loaded.

        Nor is a page unless `asks`, or it was asked before: whoever made the notebook must not learn that it
        was opened.
        """
        self._sources.clear()
        source = self.source(talk, store) if talk else None
        if self.page and self.page != source:
            self._web.forget(self.page)
        is_wanted = isinstance(source, str) and (asks or play or source in self._asked)
        self.page = str(source) if is_wanted else ""
        waits = isinstance(source, str) and not self.page and not isinstance(player, NoPlayer)
        if talk is None or source is None or waits:
            player.unload()
            return
        if self.page:
            self._asked.add(self.page)
            self._web.wishes = _wishes(settings)
            self._web.begin(self.page)
        player.open(source, at_ms=talk.position_ms, rate=talk.rate, paused=not play)

    def open_captions(self, talk: Talk | None, store: Store, pages_folder: Path, language: str) -> None:
        """Lets the captions of the talk be read anew when they are wanted.

        Those in `pages_folder` have their page's times: beside a file they are put at the file's.
        """
        source = source_of(talk, store) if talk else None
        named = store.absolute(talk.captions) if talk and talk.captions else None
        recording = source if isinstance(source, Path) else None
        is_of_page = named is not None and named.parent == pages_folder
        shift_ms = -page_ahead_ms(talk, store) if talk and is_of_page else 0
        self._spoken.open(recording, named, language, named_shift_ms=shift_ms)


def _wishes(settings: Settings) -> Wishes:
    from desktopnotes import captions  # a start without a talk from the web does without it

    return Wishes(settings.quality, (*captions.languages(settings.language), "en"))


def found_place(player: Player, talk_id: str, stopped: int) -> Callable[[Notebook], Notebook]:
    """How far a talk is watched by now in the player that it is open in, as a change of any notebook.

    Of a load that was `stopped` the beginning is no place to be found again: the one before it stays.
    """
    position, rate = player.position_at(), player.rate
    if position is None or player.state not in (PlayerState.PLAYING, PlayerState.PAUSED):
        return lambda notebook: notebook
    at_ms = position.at_ms
    if at_ms == 0 and player.load == stopped:
        return lambda notebook: notebook
    return lambda now: findings.found_rate(findings.found_position(now, talk_id, at_ms), talk_id, rate)
