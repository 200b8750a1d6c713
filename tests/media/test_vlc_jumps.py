"""Jumps while paused wait until libVLC has paused: one that comes sooner takes the picture away for good."""

from __future__ import annotations

import threading
import time
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, cast

import pytest

from desktopnotes.media.background import Progress
from desktopnotes.media.frame_grid import FrameGrid
from desktopnotes.media.vlc_engine import VlcEngine
from desktopnotes.media.vlc_jumps import VlcJumps
from desktopnotes.media.vlc_signals import VlcSignals

PROGRESS = cast(Progress, SimpleNamespace(check=lambda: None))


class BusyEngine:
    """As the engine of a machine on which a pause takes hold `slow_s` after it was asked for."""

    def __init__(self, slow_s: float) -> None:
        events = SimpleNamespace(event_attach=lambda *_: None)
        mailbox = SimpleNamespace(post=lambda _: None)
        kinds = cast(Any, type("Kinds", (), {"__getattr__": lambda self, name: name})())
        self.signals = VlcSignals(events, kinds, cast(Any, mailbox), lambda _: None)
        self.hurry = threading.Event()
        self.words = nullcontext()
        self.grid = FrameGrid(25.0)
        self.paused = self.stepped = False
        self.rate, self.segment, self.decoding_most_s = 1.0, 0, 4.0
        self.jumps_s: list[float] = []
        self._slow_s = slow_s

    def set_paused(self, paused: bool) -> None:
        if paused and not self.paused:
            self.signals.expect_pause()
            threading.Timer(self._slow_s, self.signals._on_paused, [None]).start()
        self.paused = paused

    def silence(self, _: bool) -> Any:
        return nullcontext()

    def buffering_most_s(self, _: float) -> float:
        return 1.0

    def set_time(self, _: float) -> None:
        self.jumps_s.append(time.monotonic())
        self.signals.buffered_again.set()


def jumps_of(engine: BusyEngine) -> VlcJumps:
    return VlcJumps(cast(VlcEngine, engine))


@pytest.mark.parametrize("pauses_before", [False, True])
def test_a_jump_to_the_start_comes_when_the_pause_has_settled(pauses_before: bool) -> None:
    """Also where the user pauses and goes to the start at once."""
    engine = BusyEngine(0.25)
    if pauses_before:
        engine.set_paused(True)
    landed = jumps_of(engine).jump(0, 0, PROGRESS, paused=True)
    assert landed is not None
    assert engine.signals.paused_s > 0
    assert engine.jumps_s[0] - engine.signals.paused_s >= 0.2, "as long again as the pause took"


def test_a_picture_that_is_lost_at_the_start_comes_again() -> None:
    engine = BusyEngine(0.0)
    jumps = jumps_of(engine)
    jumps.show_again()
    assert engine.jumps_s == []
    jumps.jump(0, 0, PROGRESS, paused=True)
    jumps.show_again()
    assert len(engine.jumps_s) == 2
    engine.paused = False  # it plays on: another place
    jumps.show_again()
    assert len(engine.jumps_s) == 2
