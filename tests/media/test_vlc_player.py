"""What concerns libVLC alone: getting it, its options, a computer without sound, calls that must not wait."""

from __future__ import annotations

import ctypes
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktopnotes.media.background import Background
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.not_played import unplayable
from desktopnotes.media.player import Ended, Failed, PlayerState, Seeked
from desktopnotes.media.vlc_instance import VIRTUAL_SCREEN_OPTIONS, load_vlc, start_vlc, vlc_available
from desktopnotes.media.vlc_player import VlcPlayer
from desktopnotes.model.errors import UserError
from tests.media.clips import frame_on_screen
from tests.media.stage import VlcStage


def test_a_process_taken_for_libvlc_is_no_libvlc(monkeypatch: pytest.MonkeyPatch) -> None:
    """As python-vlc does it where it finds no library."""
    monkeypatch.setitem(sys.modules, "vlc", SimpleNamespace(dll=ctypes.CDLL(None)))
    monkeypatch.setattr("ctypes.CDLL", _refusing("libvlc.so.5: cannot open shared object file"))
    with pytest.raises(UserError, match="VLC is not installed"):
        load_vlc()
    monkeypatch.setattr("ctypes.CDLL", _refusing("libvlc.so.5: wrong ELF class: ELFCLASS32"))
    with pytest.raises(UserError, match="one of 32 bits, and this Python one of 64") as told:
        load_vlc()
    assert "sudo apt install libvlc5" in told.value.hint


def _refusing(why: str) -> Callable[[str | None], ctypes.CDLL]:
    load = ctypes.CDLL

    def refuse(name: str | None) -> ctypes.CDLL:
        if name == "libvlc.so.5":
            raise OSError(why)
        return load(name)

    return refuse


def test_a_vlc_without_plugins_says_what_to_install() -> None:
    class Bare:
        """A libVLC that knows no option of a plugin: it says so on the standard error, and gives none."""

        def Instance(self, arguments: list[str]) -> None:  # noqa: N802 - python-vlc's name
            os.write(2, b"vlc: unknown option or missing mandatory argument `--no-mkv-preload-local-dir'\n")

    with pytest.raises(UserError, match="VLC lacks its plugins") as told:
        start_vlc(Bare(), ())
    assert "sudo apt install vlc-plugin-base" in told.value.hint


def test_what_vlc_cannot_decode_is_not_called_damaged() -> None:
    told = unplayable(Path("/talks/talk.mp4"), lacks_codec=True)
    assert "cannot decode “talk.mp4”" in told.message
    assert "damaged" not in told.message
    assert "damaged" in unplayable(Path("/talks/talk.mp4")).message


@pytest.mark.parametrize(
    "failure",
    ["ImportError('no')", "OSError('no')", "NameError('no')", "NotImplementedError('no')", "SystemExit(1)"],
)
def test_without_libvlc_it_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    assert vlc_available()
    (tmp_path / "vlc.py").write_text(f"raise {failure}\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "vlc", raising=False)
    assert not vlc_available()
    mailbox = Mailbox(lambda error: None)
    with pytest.raises(UserError) as told:
        VlcPlayer(mailbox, Background(mailbox))
    assert "VLC is not installed" in told.value.message
    assert "sudo apt install libvlc5 vlc-plugin-base vlc-plugin-video-output" in told.value.hint
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(UserError) as told:
        VlcPlayer(mailbox, Background(mailbox))
    assert "https://www.videolan.org" in told.value.hint


def test_options_it_does_not_know_are_told_with_its_own_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    mailbox = Mailbox(lambda error: None)
    with pytest.raises(UserError, match=r"unknown option.*--no-such-thing"):
        VlcPlayer(mailbox, Background(mailbox), ["--no-such-thing"])
    monkeypatch.setenv("DESKTOPNOTES_VLC_OPTIONS", "--aout=adummy '--neither this'")
    with pytest.raises(UserError, match=r"unknown option.*--neither this") as told:
        VlcPlayer(mailbox, Background(mailbox))
    assert "DESKTOPNOTES_VLC_OPTIONS" in told.value.hint
    print("still heard", file=sys.stderr)
    assert "still heard" in capfd.readouterr().err


def test_it_says_what_it_is(vlc: VlcStage) -> None:
    assert vlc.player.about.startswith("libVLC 3.")


def test_without_a_sound_device_it_plays_on(
    open_vlc: Callable[..., VlcStage], talk: Path, clips: Path
) -> None:
    stage = open_vlc(*(option for option in VIRTUAL_SCREEN_OPTIONS if "aout" not in option))
    for recording in (talk, clips / "sound.mp3"):
        stage.player.open(recording, paused=False)
        stage.until_open()
        stage.until_at(500)
    assert not any(isinstance(report, Failed) for report in stage.reports)


def test_volume_and_mute_reach_the_sound_of_every_recording(
    open_vlc: Callable[..., VlcStage],
    talk: Path,
    clips: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a sound device that swallows all."""
    (tmp_path / "asound.conf").write_text("pcm.!default { type null }\nctl.!default { type null }\n")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    options = [option for option in VIRTUAL_SCREEN_OPTIONS if "aout" not in option]
    stage = open_vlc(*options, "--aout=alsa")

    def heard() -> tuple[int, bool]:
        engine = stage.player._engine._player
        return engine.audio_get_volume(), bool(engine.audio_get_mute())

    stage.player.set_volume(30)
    stage.player.set_muted(True)
    for recording in (talk, clips / "sound.mp3"):
        stage.player.open(recording, paused=False)
        stage.until_at(300)
        stage.until(lambda: heard() == (30, True), 2.0)
        stage.player.set_muted(False)
        stage.player.set_volume(60)
        stage.until(lambda: heard() == (60, False), 2.0)
        stage.player.set_muted(True)
        stage.player.set_volume(30)


def test_no_call_of_the_window_waits_for_libvlc(vlc: VlcStage, talk: Path, clips: Path) -> None:
    """Those that stop a recording would, up to a second."""
    slowest_ms = 0.0

    def timed(call: Callable[..., object], *arguments: object, **more: object) -> None:
        nonlocal slowest_ms
        begun_s = time.monotonic()
        call(*arguments, **more)
        slowest_ms = max(slowest_ms, 1000 * (time.monotonic() - begun_s))

    for recording in (clips / "stream.ts", talk, clips / "stream.ts", clips / "sound.mp3"):
        timed(vlc.player.open, recording, paused=False)
        vlc.until_open()
        for call in (vlc.player.pause, vlc.player.play, vlc.player.toggle, vlc.player.next_frame):
            timed(call)
        for target_ms in (1000, 3000, 2000):
            timed(vlc.player.seek, target_ms)
            timed(vlc.player.position_at)
    timed(vlc.player.unload)
    assert slowest_ms < 100


def test_any_wishes_at_any_moment_end_in_the_state_they_ask_for(
    vlc: VlcStage, talk: Path, clips: Path, screen: str
) -> None:
    chance = random.Random(11)
    player = vlc.player
    wishes: list[Callable[[], object]] = [
        player.play,
        player.pause,
        player.toggle,
        player.next_frame,
        lambda: player.seek(chance.randrange(19_000)),
        lambda: player.skip(chance.choice([-5000, 5000])),
        lambda: player.set_rate(chance.choice([0.5, 1.0, 1.5, 2.0])),
        lambda: player.open(talk, at_ms=chance.randrange(15_000), paused=chance.random() < 0.5),
        lambda: player.open(clips / "none.mp4"),
        player.unload,
    ]
    for _ in range(2):
        for _ in range(30):
            chance.choices(wishes, [4, 4, 4, 2, 6, 4, 2, 2, 1, 1])[0]()
            for _ in range(chance.randrange(12)):
                vlc.pump()
        player.open(talk, at_ms=2000, paused=False)
        player.seek(6000)
        vlc.reports.clear()
        vlc.until_reported(Seeked)
        vlc.until_at(6300)
        assert player.state is PlayerState.PLAYING
        vlc.until(lambda: frame_on_screen(screen) in range(150, 200))


def test_the_end_of_another_recording_is_not_taken_for_its_own(
    vlc: VlcStage, talk: Path, clips: Path
) -> None:
    vlc.player.open(clips / "short.mp4", paused=False)
    vlc.until_open()
    busy_until_s = time.monotonic() + 0.7
    while time.monotonic() < busy_until_s:
        pass
    vlc.player.open(talk, paused=False)
    vlc.until_open()
    vlc.until_at(500)
    assert Ended(vlc.player.load) not in vlc.reports


def test_a_very_short_recording_ends(vlc: VlcStage, clips: Path) -> None:
    for name in ("short.wav", "short.mp4"):
        vlc.player.open(clips / name, paused=False)
        vlc.until_open()
        vlc.until_reported(Ended)
        vlc.player.play()
        vlc.until_open()
        vlc.until_reported(Ended)


@pytest.mark.parametrize("name", ["stream.ts", "web.webm"])
def test_other_containers_open_where_asked_and_play(vlc: VlcStage, clips: Path, name: str) -> None:
    vlc.player.open(clips / name, at_ms=2000)
    vlc.until_open()
    assert vlc.player.has_video
    assert vlc.position.at_ms == 2000
    vlc.player.play()
    vlc.until_at(2500)
    vlc.player.seek(1000)
    vlc.until_reported(Seeked)
    vlc.until(lambda: not vlc.position.approximate)
    assert 1000 <= vlc.position.at_ms < 2000
