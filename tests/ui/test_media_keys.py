"""Media keys as a desktop presses them: the real playerctl on a real bus of the test's own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes.commands import by_id
from desktopnotes.media import mpris, mpris_facts
from desktopnotes.media.player import PlayerState
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import codec
from desktopnotes.ui import media_keys
from tests.session_bus import session_bus
from tests.ui.conftest import RECORDING_MS, Desk, talk_with

OpenDesk = Callable[..., Desk]

REPO = Path(__file__).resolve().parent.parent.parent
PLAYER = mpris_facts.PLAYER
OURS = ("--session", "--dest", mpris_facts.NAME, "--object-path", mpris_facts.PATH)

A_FRAME_MS = 40
"""Of a recording of 25 pictures a second."""


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    with session_bus() as (address, daemon):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield daemon


def on_the_bus(desk: Desk) -> Desk:
    desk.until(lambda: desk.app.media_keys and desk.app.media_keys.name, "the window is on the bus")
    return desk


class Said(str):
    """What a program said, and how it ended."""

    code = 0
    error = ""


def call(desk: Desk, *command: str) -> Said:
    """Runs a program to its end while the window works."""
    caller = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    desk.until(lambda: caller.poll() is not None, f"the end of {command}")
    output, error = caller.communicate()
    said = Said(output.strip())
    said.code, said.error = caller.returncode, error.strip()
    return said


def press(desk: Desk, *words: str) -> Said:
    return call(desk, "playerctl", *words)


def dbus(desk: Desk, method: str, *arguments: str) -> Said:
    return call(desk, "gdbus", "call", *OURS, "--timeout", "5", "--method", method, *arguments)


def test_the_desktop_plays_pauses_stops_and_goes_from_note_to_note(
    open_desk: OpenDesk, bus: subprocess.Popen[str]
) -> None:
    desk = on_the_bus(open_desk(talk_with("ten", "twenty", speakers=("Ada", "Grace"), rate=1.5)))
    assert press(desk, "-l") == "desktopnotes"
    assert press(desk, "status") == "Paused"
    assert metadata(desk) == {
        "mpris:trackid": "'/org/desktopnotes/talk/talk1'",
        "mpris:length": str(RECORDING_MS * 1000),
        "xesam:title": "A Talk",
        "xesam:artist": "Ada Grace",
        "xesam:album": "An Event",
        "xesam:url": (desk.session.folder / "talk.mp4").as_uri(),
    }
    desk.type("words in the making")
    assert press(desk, "play") == ""
    assert press(desk, "status") == "Playing"
    assert press(desk, "play-pause").code == 0
    assert press(desk, "status") == "Paused"
    desk.stand_at(0)
    for _ in range(2):
        assert press(desk, "next").code == 0
    assert desk.at_ms == 20_000
    assert press(desk, "next").code != 0, "there is no other note behind it"
    press(desk, "previous")
    assert (desk.at_ms, press(desk, "position")) == (10_000, "10.000000")
    press(desk, "position", "42.5")
    press(desk, "position", "2-")
    assert desk.at_ms == 40_500
    assert desk.texts[-1] == "words in the making", "the page is as it was"
    desk.play_from(90_000, for_ms=500)
    press(desk, "stop")
    assert (press(desk, "status"), desk.at_ms) == ("Stopped", 0)
    assert desk.window.status.message == "Stopped, at the beginning; it was at 01:30."
    offer = desk.window.status._offers.winfo_children()[0]
    assert str(offer.cget("text")) == "Back to 01:30"  # type: ignore[no-untyped-call]
    offer.invoke()  # type: ignore[attr-defined]
    assert 90_500 <= desk.at_ms < 91_500
    assert press(desk, "play").code == 0
    assert press(desk, "status") == "Playing"


def metadata(desk: Desk) -> dict[str, str]:
    known: dict[str, str] = {}
    for _, name, value in (row.split(None, 2) for row in press(desk, "metadata").splitlines()):
        known[name] = f"{known[name]} {value}" if name in known else value
    return known


def get(desk: Desk, name: str) -> Said:
    return dbus(desk, "org.freedesktop.DBus.Properties.Get", PLAYER, name)


def test_every_change_is_told_and_every_jump(open_desk: OpenDesk, bus: subprocess.Popen[str]) -> None:
    desk = on_the_bus(
        open_desk(talk_with("ten"), replace(talk_with(), id="talk2", title="Another", position_ms=30_000))
    )
    with told(desk) as signals:
        desk.player.play()
        desk.until(lambda: "<'Playing'>" in "".join(signals), "that it plays")
        desk.player.seek(100_000)
        desk.until(lambda: any(place(line) >= 100_000 for line in signals), "the jump")
        desk.player.pause()
        desk.until(lambda: "<'Paused'>" in "".join(signals), "that it is paused")
        desk.player.next_frame()
        desk.until(lambda: sum(place(line) > 0 for line in signals) == 2, "the step of one frame")
        desk.window.run(by_id("playback.faster"))
        desk.until(lambda: "'Rate': <1.1" in "".join(signals), "the rate")
        desk.session.open_talk("talk2")
        desk.until(lambda: "<'Another'>" in "".join(signals), "the other talk")
        desk.until(lambda: any(place(line) == 30_000 for line in signals), "that it begins where it was left")
        desk.player.seek(0)
        desk.until(lambda: any(place(line) == 0 for line in signals), "the jump to its beginning")
        press(desk, "status")
        rows = len(signals)
        press(desk, "status")
        assert len(signals) == rows, "what stands still is not told"
    assert not any("'Position'" in line for line in signals)


def place(line: str) -> int:
    """The ms of a jump that was told; -1 for other lines."""
    found = re.search(r"Player\.Seeked \(int64 (\d+),\)|Player\.Seeked \((\d+),\)", line)
    return int(found[1] or found[2]) // 1000 if found else -1


@contextmanager
def told(desk: Desk) -> Iterator[list[str]]:
    """What a desktop hears meanwhile, a line each."""
    words = ["gdbus", "monitor", "--session", "--dest", "org.mpris.MediaPlayer2.desktopnotes"]
    monitor = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(monitor.stdout or ()), daemon=True)
    reader.start()
    try:
        desk.until(lambda: any("is owned by" in line for line in lines), "somebody listens")
        yield lines
    finally:
        monitor.terminate()
        monitor.wait()
        reader.join(5)


def test_the_desktop_finds_out_what_there_is_and_sets_what_it_may(
    open_desk: OpenDesk, bus: subprocess.Popen[str]
) -> None:
    desk = on_the_bus(open_desk(talk_with("ten")))
    where = ["--session", "--dest", "org.mpris.MediaPlayer2.desktopnotes", "--object-path"]
    said = call(desk, "gdbus", "introspect", *where, "/", "--recurse")
    for words in (
        "interface org.mpris.MediaPlayer2 {",
        "interface org.mpris.MediaPlayer2.Player {",
        "SetPosition(in  o TrackId,",
        "Seeked(x Position);",
        "readwrite d Rate = 1.0;",
        "readonly s PlaybackStatus = 'Paused';",
        "readonly s Identity = 'Desktop Notes';",
        "readonly s DesktopEntry = 'desktopnotes';",
        "PropertiesChanged(s interface_name,",
    ):
        assert words in said
    entry = (REPO / "packaging/linux/share/applications/desktopnotes.desktop").read_text()
    types = next(line for line in entry.splitlines() if line.startswith("MimeType="))
    assert set(types.removeprefix("MimeType=").strip(";").split(";")) == set(mpris_facts.MIME_TYPES)
    for method, error in (
        ("org.mpris.MediaPlayer2.Player.Dance", "UnknownMethod"),
        ("org.mpris.MediaPlayer2.TrackList.GetTracksMetadata", "UnknownInterface"),
    ):
        assert f"org.freedesktop.DBus.Error.{error}" in dbus(desk, method).error
    assert "InvalidArgs" in dbus(desk, "org.freedesktop.DBus.Properties.GetAll").error
    assert "UnknownInterface" in dbus(desk, "org.freedesktop.DBus.Properties.GetAll", "a.b").error
    assert (
        "UnknownObject"
        in call(desk, "gdbus", "call", *where, "/elsewhere", "--method", "org.mpris.MediaPlayer2.Quit").error
    )
    assert dbus(desk, "org.freedesktop.DBus.Peer.Ping") == "()"

    def put(name: str, value: str) -> Said:
        return dbus(desk, "org.freedesktop.DBus.Properties.Set", PLAYER, name, f"<{value}>")

    for asked, rate in ((1.5, 1.5), (99.0, 4.0), (0.001, 0.25)):
        assert put("Rate", str(asked)).code == 0
        assert desk.player.rate == rate
        assert get(desk, "Rate") == f"(<{rate}>,)"
    assert (get(desk, "MinimumRate"), get(desk, "MaximumRate")) == ("(<0.25>,)", "(<4.0>,)")
    for wrong in ("-1.0", "-inf"):
        assert "InvalidArgs" in put("Rate", wrong).error
    desk.player.play()
    assert put("Rate", "0.0").code == 0
    assert desk.player.state is PlayerState.PAUSED
    for asked, volume in ((0.305, 30), (-2.0, 0), (7.5, 100), (0.65, 65)):
        assert put("Volume", str(asked)).code == 0
        assert desk.player.volume == volume
    desk.until(lambda: desk.session.settings.volume == 65, "the volume is kept")
    for name, value, error in (
        ("Rate", "'fast'", "InvalidArgs"),
        ("Volume", "true", "InvalidArgs"),
        ("Position", "int64 5", "PropertyReadOnly"),
        ("Loudness", "1.0", "UnknownProperty"),
    ):
        assert f"org.freedesktop.DBus.Error.{error}" in put(name, value).error


NEVER = (
    *("", "x", "/etc/passwd", "javascript:alert(1)", "file://elsewhere/talk.mp4", "file:talk.mp4"),
    *("smb://server/a.mp4", "file:///a%00b.mp4", "file:///dev/zero", "file:///proc/self/mem", "--version"),
    *("https://[::1", "file:///etc", "file:///a.mp4/../passwd"),
)
"""What no check of a file is needed for; the others are refused by those of a double click."""

HOSTILE = ("file:///etc/passwd", "file:///nowhere/nothing.mp4", "http://", "file:///" + "a" * 5000 + ".mp4")


@pytest.mark.parametrize("uri", NEVER)
def test_what_none_could_name_is_not_even_looked_at(uri: str) -> None:
    refused = media_keys._why_not(uri)
    assert refused is not None
    assert refused.name in ("NotSupported", "InvalidArgs")


def test_what_is_opened_goes_the_way_of_a_double_click(
    open_desk: OpenDesk, bus: subprocess.Popen[str], tmp_path: Path
) -> None:
    desk = on_the_bus(open_desk(talk_with("ten")))
    before = desk.session.notebook
    for uri in HOSTILE:
        assert dbus(desk, f"{PLAYER}.OpenUri", uri).code != 0, uri
    assert desk.session.notebook is before
    file = tmp_path / "50% of ü.mp4"
    file.write_bytes(b"a recording")
    press(desk, "open", file.as_uri())
    desk.until(lambda: desk.session.talk and desk.session.talk.file == file.name, "the talk")
    other = tmp_path / "other.talknotes.json"
    other.write_bytes(codec.encode(Notebook("book2", title="Other")))
    press(desk, "open", other.as_uri())
    assert desk.session.path == other
    assert press(desk, "play-pause").code != 0, "there is nothing to play"


def test_the_desktop_ends_it_as_its_own_button_does(open_desk: OpenDesk, bus: subprocess.Popen[str]) -> None:
    desk = on_the_bus(open_desk(talk_with("ten")))
    desk.type("unsaved")
    path = desk.session.path
    quit_it = subprocess.Popen(
        ["gdbus", "call", *OURS, "--method", "org.mpris.MediaPlayer2.Quit"],
        stdout=subprocess.PIPE,
    )
    desk.root.mainloop()
    assert quit_it.wait(5) == 0
    desk._closed = True
    assert b"unsaved" in path.read_bytes()


def test_a_second_window_has_a_name_of_its_own_and_a_bus_that_hangs_and_dies_holds_nothing_up(
    open_desk: OpenDesk, bus: subprocess.Popen[str]
) -> None:
    first, desk = on_the_bus(open_desk(talk_with("ten"))), on_the_bus(open_desk())
    assert desk.app.media_keys is not None
    assert desk.app.media_keys.name == f"{mpris_facts.NAME}.instance{os.getpid()}"
    press(desk, "--player", f"desktopnotes.instance{os.getpid()}", "play")
    assert (first.player.state, desk.player.state) == (PlayerState.PAUSED, PlayerState.PLAYING)
    first.close()
    bus.send_signal(signal.SIGSTOP)
    desk.player.pause()
    desk.type("a note")
    assert desk.texts[-1] == "a note"
    bus.kill()
    desk.until(lambda: desk.app.media_keys and not desk.app.media_keys.name, "it is off the bus")
    desk.type(" more")
    assert desk.texts[-1] == "a note more"


def test_the_real_player_stands_where_the_desktop_is_told(
    open_real: OpenDesk, bus: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[mpris_facts.Facts] = []
    show = mpris.Remote.show
    monkeypatch.setattr(mpris.Remote, "show", lambda remote, now: (told.append(now), show(remote, now)))
    desk = on_the_bus(open_real())
    press(desk, "play")
    desk.until(lambda: desk.session.player.state is PlayerState.PLAYING, "it plays")
    desk.until(lambda: desk.at_ms > 500, "it has played a while")
    last, before_ms, before_s = len(told) - 1, desk.at_ms, time.monotonic()
    said_ms = 1000 * float(press(desk, "position"))
    after_s = time.monotonic()
    # Counted on from one of what the window told, exactly; and that goes with the player's own clock, which
    # is put right now and then by less than a frame.
    counted = [(each.position_ms(before_s), each.position_ms(after_s)) for each in told[last:]]
    assert any(low <= said_ms + 1 <= high + 2 for low, high in counted), (said_ms, counted)
    assert before_ms - A_FRAME_MS <= said_ms <= desk.at_ms + A_FRAME_MS
    press(desk, "pause")
    desk.until(lambda: press(desk, "status") == "Paused", "it is paused")
    press(desk, "position", "5")
    desk.until(lambda: desk.at_ms == 5000, "the jump")
    assert press(desk, "position") == "5.000000"
    press(desk, "next")
    stamps = [note.at_ms for note in desk.notes if (note.at_ms or 0) > 5050]
    desk.until(lambda: desk.at_ms == stamps[0], "the next note")
    assert float(press(desk, "metadata", "mpris:length")) == 1000 * (desk.session.player.length_ms or 0)
