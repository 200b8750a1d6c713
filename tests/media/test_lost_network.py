"""The contract of a player while the network is lost, kept by the fake one and by the real one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktopnotes.media.player import (
    Ended,
    Failed,
    GoesOn,
    Opened,
    Paused,
    Player,
    PlayerState,
    Playing,
    Seeked,
    Waiting,
)
from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.media.web_way import Patience
from tests.media.clips import make_stream
from tests.media.stage import FakeStage, Stage, VlcStage
from tests.media.web_server import WebServer

AT_MS = 4000
NEAR_MS = 500
HELD_S = 7.5
"""What lies beyond is not sent before the network is lost, or all would be read ahead."""
LENGTH_S = 20.0
PATIENCE = Patience(stall_s=1.5, answer_s=1.0, tries_s=(0.05, 0.1))


class Line:
    """The network between a player and a recording, which can be cut."""

    def __init__(self, stage: Stage, server: WebServer) -> None:
        self.stage = stage
        self.address = f"{server.address}/talk.mp4"
        self._server = server
        size = (server.folder / "talk.mp4").stat().st_size
        server.held_at = int(size * HELD_S / LENGTH_S)

    @property
    def player(self) -> Player:
        return self.stage.player

    def cut(self) -> Waiting:
        if isinstance(self.stage, FakeStage):
            error = WebError(Why.NETWORK, self.address, "The site cannot be reached.")
            self.stage.player.lose_network(error)
        else:
            self._server.go_away()
        return self.stage.until_reported(Waiting)

    def mend(self) -> None:
        if isinstance(self.stage, FakeStage):
            self.stage.player.network_is_back()
        else:
            self._server.go_on()
            self._server.come_back()
        self.stage.until_reported(GoesOn)


@pytest.fixture(scope="session")
def web_folder(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the index in front, as sites have it."""
    folder = tmp_path_factory.mktemp("lost")
    make_stream(folder / "talk.mp4", clips / "talk.mp4", seconds=LENGTH_S)
    return folder


@pytest.fixture(params=["fake", "vlc"])
def line(
    request: pytest.FixtureRequest, web_folder: Path, open_vlc: Callable[..., VlcStage]
) -> Iterator[Line]:
    server = WebServer(web_folder)
    if request.param == "vlc":
        yield Line(open_vlc(*VIRTUAL_SCREEN_OPTIONS, patience=PATIENCE), server)
    else:
        fake = FakeStage()
        fake.player.checks_files = False
        yield Line(fake, server)
        fake.close()
        assert fake.errors == []
    server.close()


def _opened(line: Line, *, paused: bool = False) -> None:
    line.player.open(line.address, at_ms=AT_MS, paused=paused)
    line.stage.until_open()
    line.stage.until_reported(Paused if paused else Playing)


def test_it_stands_where_it_was_and_goes_on_from_there(line: Line) -> None:
    _opened(line)
    assert not line.player.waiting
    line.stage.until_at(AT_MS + 400)
    waiting = line.cut()
    assert waiting.load == line.player.load
    assert "cannot be reached" in waiting.error.message
    assert (line.player.waiting, line.player.state) == (True, PlayerState.PLAYING)
    stood = line.stage.position
    assert stood.paused
    assert stood.at_ms >= AT_MS + 400
    until_s = time.monotonic() + 0.3
    while time.monotonic() < until_s:
        line.stage.pump()
    assert line.stage.position.at_ms == stood.at_ms
    line.mend()
    assert not line.player.waiting
    assert line.stage.position.at_ms - stood.at_ms in range(NEAR_MS)
    line.stage.until_at(stood.at_ms + 500)
    resets = (Opened, Playing, Paused, Failed, Ended, Waiting)
    assert not [report for report in line.stage.reports if isinstance(report, resets)]


def test_wishes_are_kept(line: Line) -> None:
    _opened(line)
    line.cut()
    stood_ms = line.stage.position.at_ms
    line.player.pause()
    line.stage.until_reported(Paused)
    assert line.player.state is PlayerState.PAUSED
    line.player.toggle()
    line.stage.until_reported(Playing)
    assert line.stage.position.at_ms == stood_ms
    line.player.seek(15_000)
    line.player.skip(-1000)
    line.player.pause()
    line.player.set_volume(40)
    assert line.stage.position.at_ms == 14_000
    assert not [report for report in line.stage.reports if isinstance(report, Seeked)]
    line.mend()
    assert line.stage.until_reported(Seeked).at_ms == 14_000
    assert line.stage.position.at_ms == 14_000
    assert (line.player.state, line.player.volume) == (PlayerState.PAUSED, 40)
    line.player.play()
    line.stage.until_at(14_300)


def test_it_can_be_left_or_opened_anew(line: Line) -> None:
    _opened(line)
    line.cut()
    line.player.unload()
    assert (line.player.waiting, line.player.state) == (False, PlayerState.NOTHING)
    if not isinstance(line.stage, FakeStage):
        line._server.go_on()
        line._server.come_back()
    _opened(line, paused=True)
    assert line.player.load == 2
    assert not [report for report in line.stage.reports if isinstance(report, (GoesOn, Waiting))]
