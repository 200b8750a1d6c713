"""Recordings, a screen and players for the tests of the media layer."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS
from desktopnotes.media.web_way import PATIENCE, Patience, Resolve, as_it_is
from tests.media.clips import HEIGHT, WIDTH, make_clip, make_sound
from tests.media.stage import FakeStage, Stage, VlcStage
from tests.virtual_screen import virtual_screen


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what drives libVLC here: it does not bear being stopped while another does the same."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and {"stage", "open_vlc"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.libvlc)


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A virtual screen just larger than the clips: the smaller, the faster it is read."""
    with virtual_screen("400x240x24") as display:
        yield display


@pytest.fixture(scope="session")
def root(screen: str) -> Iterator[tkinter.Tk]:
    """A window at the upper left of the screen.

    There is one for all tests, since a window that is garbage may be collected on any thread, and Tk ends the
    process when that is not the thread that made it.
    """
    window = tkinter.Tk(screenName=screen)
    window.geometry(f"{WIDTH}x{HEIGHT}+0+0")
    yield window
    window.destroy()


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `talk.mp4` (20 s, 25 frames a second), `other.mp4` (10 s, 29.97), and smaller ones."""
    folder = tmp_path_factory.mktemp("clips")
    make_clip(folder / "talk.mp4", seconds=20)
    make_clip(folder / "other.mp4", seconds=10, rate="30000/1001")
    make_clip(folder / "stream.ts", seconds=4)
    make_clip(folder / "web.webm", seconds=4, codec="libvpx")
    make_clip(folder / "short.mp4", seconds=0.4)
    make_sound(folder / "sound.mp3", seconds=10)
    make_sound(folder / "short.wav", seconds=0.3)
    return folder


@pytest.fixture
def talk(clips: Path) -> Path:
    return clips / "talk.mp4"


@pytest.fixture
def vlc(open_vlc: Callable[..., VlcStage]) -> VlcStage:
    return open_vlc(*VIRTUAL_SCREEN_OPTIONS)


@pytest.fixture(params=["fake", "vlc"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The fake player, then the real one: what holds for both is what the program may rely on."""
    if request.param == "vlc":
        yield request.getfixturevalue("vlc")
        return
    fake = FakeStage()
    yield fake
    fake.close()
    assert fake.errors == []


@pytest.fixture
def open_vlc(
    screen: str, root: tkinter.Tk, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., VlcStage]]:
    """Makes stages with these options of libVLC."""
    monkeypatch.setenv("DISPLAY", screen)
    stages: list[VlcStage] = []

    def open_one(*vlc_options: str, resolve: Resolve = as_it_is, patience: Patience = PATIENCE) -> VlcStage:
        stages.append(VlcStage(root, vlc_options, resolve, patience))
        return stages[-1]

    yield open_one
    for stage in stages:
        stage.close()
        assert stage.errors == []
