"""A player under test with all that it needs round it, the same whether it is the fake one or the real."""

from __future__ import annotations

import time
import tkinter
from collections.abc import Callable
from typing import TypeVar

from desktopnotes.media.background import Background
from desktopnotes.media.fake_player import FakePlayer
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.player import Opened, Player, Position, Report
from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from desktopnotes.media.vlc_player import VlcPlayer
from desktopnotes.media.web_way import PATIENCE, Patience, Resolve, as_it_is
from tests.media.clips import HEIGHT, WIDTH

R = TypeVar("R")
LIMIT_S = 10.0


class Stage:
    """Holds the player, what it reported, and what went wrong in the mailbox. `pump` lets things happen."""

    player: Player

    def __init__(self) -> None:
        self.errors: list[Exception] = []
        self.mailbox = Mailbox(self.errors.append)
        self.reports: list[Report] = []

    def pump(self) -> None:
        self.mailbox.empty()

    def close(self) -> None:
        self.player.close()

    def until(self, seen: Callable[[], object], limit_s: float = LIMIT_S) -> None:
        """Let things happen until `seen()` is true; fails after `limit_s`."""
        stop_s = time.monotonic() + limit_s
        while not seen():
            assert time.monotonic() < stop_s, f"not seen in {limit_s} s; reports: {self.reports}"
            self.pump()
        assert self.errors == []

    def until_reported(self, kind: type[R], limit_s: float = LIMIT_S) -> R:
        """The next report of that kind, from the ones not looked at yet."""
        self.until(lambda: any(isinstance(report, kind) for report in self.reports), limit_s)
        while not isinstance(report := self.reports.pop(0), kind):
            pass
        return report

    def until_at(self, at_ms: int) -> None:
        self.until(lambda: self.position.at_ms >= at_ms)

    def until_open(self) -> None:
        """The recording of the latest `open` is open; its reports up to there are looked at."""
        self.until(lambda: Opened(self.player.load) in self.reports)
        del self.reports[: self.reports.index(Opened(self.player.load)) + 1]

    @property
    def position(self) -> Position:
        position = self.player.position_at()
        assert position is not None
        return position


class FakeStage(Stage):
    """Time passes when it is pumped."""

    def __init__(self) -> None:
        super().__init__()
        self.player: FakePlayer = FakePlayer(self.mailbox)
        self.player.recording_ms = 20_000
        self.player.checks_files = True
        self.player.listen(self.reports.append)

    def pump(self) -> None:
        self.player.advance(20)
        super().pump()


class VlcStage(Stage):
    """Real libVLC in a frame of a real window."""

    def __init__(
        self,
        root: tkinter.Tk,
        vlc_options: tuple[str, ...] = VIRTUAL_SCREEN_OPTIONS,
        resolve: Resolve = as_it_is,
        patience: Patience = PATIENCE,
    ) -> None:
        super().__init__()
        self._root = root
        self._frame = tkinter.Frame(root, width=WIDTH, height=HEIGHT, background="black")
        self._frame.pack()
        root.update()
        self.background = Background(self.mailbox)
        self.player: VlcPlayer = VlcPlayer(
            self.mailbox, self.background, vlc_options, resolve=resolve, patience=patience
        )
        self.player.listen(self.reports.append)
        self.player.attach(self._frame.winfo_id())

    def pump(self) -> None:
        self._root.update()
        super().pump()
        time.sleep(0.005)

    def close(self) -> None:
        super().close()
        assert self.background.close(5), "work still runs"
        self._frame.destroy()
