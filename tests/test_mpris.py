"""What the desktop is told, and a bus that is not there, hangs, dies or does harm: without a window."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.media import mpris, mpris_facts, session_bus
from desktopnotes.media.mpris import Done, Remote, Wish
from desktopnotes.media.mpris_facts import PAUSED, PLAYING, Facts, Track
from tests import session_bus as own_bus

LIMIT_S = 10.0

TRACK = Track("talk1", "A Talk", ("Ada",), length_ms=60_000)


def until(seen: Callable[[], object], what: str) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not seen():
        assert time.monotonic() < deadline_s, f"not seen: {what}"
        time.sleep(0.002)


# --- what is told ------------------------------------------------------------------------------------


def test_the_place_goes_on_by_itself_and_never_past_the_end() -> None:
    plays = Facts(10.0, 30_000, 1.5, PLAYING, 1.5, track=TRACK)
    assert plays.position_ms(12.0) == 33_000
    assert plays.position_ms(100.0) == 60_000
    assert Facts(10.0, 30_000, 0.0, PAUSED, 1.5, track=TRACK).position_ms(100.0) == 30_000


@given(
    at_ms=st.floats(0, 60_000),
    after_s=st.floats(0, 30),
    rate=st.floats(0.25, 4),
    off_ms=st.floats(-9000, 9000),
)
def test_a_jump_is_told_where_who_counts_on_would_be_wrong(
    at_ms: float, after_s: float, rate: float, off_ms: float
) -> None:
    told = Facts(10.0, at_ms, rate, PLAYING, rate, track=TRACK)
    now = Facts(10.0 + after_s, at_ms + 1000 * rate * after_s + off_ms, rate, PLAYING, rate, track=TRACK)
    if abs(abs(off_ms) - 200) > 0.01:
        assert now.has_jumped(told) is (abs(off_ms) > 200)
    assert not now.goes_otherwise(told)


@given(st.floats(allow_nan=False), st.integers(0, 2**80))
def test_any_place_can_be_sent(at_ms: float, length_ms: int) -> None:
    from jeepney.low_level import parse_signature

    facts = Facts(10.0, at_ms, track=Track("x", length_ms=length_ms))
    known = mpris_facts.properties(mpris_facts.PLAYER, facts, 11.0)
    parse_signature(list("a{sv}")).serialise(known, 0, _little())
    parse_signature(list("x")).serialise(mpris_facts.in_us(at_ms), 0, _little())
    assert mpris_facts.in_us(-1.5) == -1500


def test_another_talk_begins_at_0_or_a_jump_is_told() -> None:
    told = Facts(10.0, 5000, 0.0, PAUSED, track=TRACK)
    other = Track("talk2")
    assert not Facts(11.0, 0, 0.0, PAUSED, track=other).has_jumped(told)
    assert Facts(11.0, 30_000, 0.0, PAUSED, track=other).has_jumped(told)
    assert Facts(11.0, 0, 0.0, PAUSED, track=other).goes_otherwise(told)


@given(st.text(max_size=12), st.text(max_size=12))
def test_every_talk_has_a_path_of_its_own_that_a_bus_takes(one: str, other: str) -> None:
    path = mpris_facts.track_path(one)
    assert path.startswith("/org/desktopnotes/talk/")
    assert path.rpartition("/")[2].replace("_", "").isalnum() or path.endswith("/_")
    assert path.isascii()
    assert (path == mpris_facts.track_path(other)) is (one == other)


@given(st.text(st.characters(), max_size=3000))
def test_any_title_can_be_sent(title: str) -> None:
    from jeepney.low_level import parse_signature

    known = mpris_facts.metadata(Track("x", title, (title,), title, title))
    parse_signature(list("a{sv}")).serialise(known, 0, _little())
    assert not any("\0" in text for _, value in known.values() for text in value)


def _little() -> object:
    from jeepney.low_level import Endianness

    return Endianness.little


@pytest.mark.parametrize(
    ("asked", "rate"),
    [(0.0, 0.0), (-0.0, 0.0), (1.5, 1.5), (9.0, 4.0), (1e-9, 0.25), (-1.0, None), (float("nan"), None)],
)
def test_a_rate_is_held_within_what_there_is(asked: float, rate: float | None) -> None:
    assert mpris_facts.rate_asked(asked) == rate


def test_the_address_of_the_bus_is_the_users() -> None:
    assert session_bus.address({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/a"}) == "unix:path=/a"
    assert session_bus.address({}) == ""
    assert session_bus.address({"XDG_RUNTIME_DIR": "relative"}) == ""


def test_without_a_variable_the_bus_of_the_login_is_found(tmp_path: Path) -> None:
    assert session_bus.address({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").touch()
    assert session_bus.address({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"


# --- a bus that is not there, or does harm -----------------------------------------------------------


def on_log(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.name.endswith("mpris")]


def ignore(wish: Wish, done: Done) -> None:
    done(None)


def ends_with_one_line(address: str, caplog: pytest.LogCaptureFixture) -> str:
    caplog.set_level("INFO")
    remote = Remote(address, ignore, Facts())
    until(lambda: not remote.is_there, "the thread has ended")
    remote.show(Facts(1.0))
    remote.close()
    [line] = on_log(caplog)
    assert remote.name == ""
    return line


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "unix:path=/nowhere/at all",
        "tcp:host=localhost,port=1",
        "unix:abstract",
        ";;",
        "unix:path=",
    ],
)
def test_without_a_bus_one_line_says_so(address: str, caplog: pytest.LogCaptureFixture) -> None:
    assert "the media keys do nothing here" in ends_with_one_line(address, caplog)


def test_without_jeepney_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "jeepney"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jeepney", None)
    assert "jeepney" in ends_with_one_line("unix:path=/nowhere", caplog)


@pytest.mark.parametrize(
    "answers",
    [
        (b"",),
        (b"REJECTED ANONYMOUS\r\n",),
        (b"\0" * 9000,),
        (b"OK 1234\r\n",),
        (b"OK 1234\r\n", b"l\4\0\1" + b"\xff" * 64),
        (b"OK 1234\r\n", b"no message at all, but long enough"),
    ],
)
def test_what_only_looks_like_a_bus_is_left(
    answers: tuple[bytes, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(session_bus, "_CONNECT_S", 0.2)
    monkeypatch.setattr(mpris, "_ANSWER_S", 0.2)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "bus"))
        server.listen()
        thread = threading.Thread(target=serve, args=(server, answers), daemon=True)
        thread.start()
        assert "the media keys do nothing" in ends_with_one_line(f"unix:path={tmp_path / 'bus'}", caplog)
        thread.join(5)


def serve(server: socket.socket, answers: tuple[bytes, ...]) -> None:
    connection, _ = server.accept()
    with connection, suppress(OSError):
        for answer in answers:
            connection.recv(1000)
            connection.send(answer)
        while connection.recv(1000):
            pass


def test_a_bus_that_dies_is_told_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with own_bus.session_bus() as (address, daemon):
        remote = Remote(address, ignore, Facts())
        until(lambda: remote.name, "the name")
        daemon.kill()
        until(lambda: not remote.is_there, "the thread has ended")
    assert [line for line in on_log(caplog) if "any more" in line] == on_log(caplog) != []
    remote.close()


def test_a_value_that_no_bus_bears_does_not_end_the_media_keys(caplog: pytest.LogCaptureFixture) -> None:
    with own_bus.session_bus() as (address, _):
        remote = Remote(address, ignore, Facts(track=TRACK))
        until(lambda: remote.name, "the name")
        remote.show(Facts(volume="loud", track=TRACK))  # type: ignore[arg-type]
        until(lambda: "cannot be told PropertiesChanged" in caplog.text, "a line says so")
        remote.show(Facts(volume=0.5, track=TRACK))
        asked = f"gdbus call -e -d {mpris_facts.NAME} -o {mpris_facts.PATH} -m org.freedesktop.DBus.Peer.Ping"
        there = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
        assert (
            subprocess.run(asked.split(), env=there, stdout=subprocess.PIPE, timeout=LIMIT_S).returncode == 0
        )
        assert remote.is_there
        remote.close()


def test_a_bus_that_hangs_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_bus, "_SEND_S", 0.3)
    with own_bus.session_bus() as (address, daemon):
        remote = Remote(address, ignore, Facts())
        until(lambda: remote.name, "the name")
        daemon.send_signal(signal.SIGSTOP)
        began_s, turn = time.monotonic(), 0
        while remote.is_there:
            turn += 1
            remote.show(Facts(turn, volume=turn % 2, track=Track(str(turn), "x" * 1000)))
            time.sleep(0)
            assert time.monotonic() - began_s < LIMIT_S, "it gives up once the bus takes no more"
        remote.close()


def test_a_flood_and_hostile_messages_do_no_harm() -> None:
    wishes: list[tuple[Wish, Done]] = []
    with own_bus.session_bus() as (address, _):
        remote = Remote(address, lambda wish, done: wishes.append((wish, done)), Facts())
        until(lambda: remote.name, "the name")
        flood = subprocess.Popen([sys.executable, "-c", FLOOD, address], stdout=subprocess.PIPE, text=True)
        assert flood.stdout is not None
        assert flood.stdout.readline().split() == [
            "LimitsExceeded",
            "InvalidArgs",
            "UnknownMethod",
            "flooded",
        ]
        until(lambda: len(wishes) == 20, "as many wishes as may wait")
        assert flood.stdout.readline() == "LimitsExceeded\n"
        assert [wish for wish, _ in wishes[:2]] == [Wish("Seek", (-50,)), Wish("Seek", (-49,))]
        for _, done in [*wishes]:
            done(None)
            done(None)  # said twice, it counts once
        until(lambda: len(wishes) == 21, "the next wish")
        assert wishes[-1][0] == Wish("Pause")
        wishes[-1][1](mpris.Refused("Failed", "half a letter: \ud800, and \0"))
        assert flood.stdout.readline() == "Failed\n"
        flood.stdout.close()
        assert flood.wait(5) == 0
        remote.close()
        assert not remote.is_there


def test_another_window_has_a_name_of_its_own() -> None:
    with own_bus.session_bus() as (address, _):
        windows = [Remote(address, ignore, Facts()) for _ in range(2)]
        until(lambda: all(window.name for window in windows), "both names")
        first, other = sorted(window.name for window in windows)
        assert first == mpris_facts.NAME
        assert other.startswith(f"{mpris_facts.NAME}.instance")
        for window in windows:
            window.close()


def test_a_place_that_no_recording_has_ends_nothing() -> None:
    with own_bus.session_bus() as (address, _):
        remote = Remote(address, ignore, Facts())
        until(lambda: remote.name, "the name")
        remote.show(Facts(1.0, 2.0**63, track=TRACK))
        until(lambda: remote._told.at_ms == 2.0**63, "it is told")
        remote.show(Facts(2.0, 5.0, track=TRACK))
        until(lambda: remote._told.at_ms == 5.0, "the next place is told too")
        remote.close()


def test_who_floods_the_bus_makes_nobody_else_wait() -> None:
    """What a flood has left behind is refused quickly, not at the pace of calls that are taken."""
    with own_bus.session_bus() as (address, _):
        remote = Remote(address, ignore, Facts())
        until(lambda: remote.name, "the name")
        flood = CALLS + "for turn in range(2000): tell(turn)"
        subprocess.run([sys.executable, "-c", flood, address], check=True)
        began_s = time.monotonic()
        key = CALLS + "while ask('Pause') == 'LimitsExceeded': time.sleep(0.01)"
        subprocess.run([sys.executable, "-c", key, address], check=True)
        assert time.monotonic() - began_s < 7, "at 200 a second the flood alone would take 9 s"
        remote.close()


CALLS = """
import sys, time
from jeepney import DBusAddress, HeaderFields, MessageFlag, new_method_call
from jeepney.io.blocking import open_dbus_connection
name = "org.mpris.MediaPlayer2.desktopnotes"
player = DBusAddress("/org/mpris/MediaPlayer2", name, "org.mpris.MediaPlayer2.Player")
bus = open_dbus_connection(sys.argv[1])

def ask(member, *rest):
    answer = bus.send_and_get_reply(new_method_call(player, member, *rest), timeout=20)
    return answer.header.fields.get(HeaderFields.error_name, "answered").rpartition(".")[2]

def tell(turn):
    call = new_method_call(player, "Seek", "x", (turn - 50,))
    call.header.flags = MessageFlag.no_reply_expected
    bus.send(call)
"""

FLOOD = f"""{CALLS}
print(ask("OpenUri", "s", ("file:///" + "a" * 10_000_000,)), end=" ")
print(ask("Seek", "ax", ([1] * 5000,)), end=" ")
print(ask("X" * 200), end=" ")
for turn in range(100):
    tell(turn)
print("flooded", flush=True)
print(ask("Pause"), flush=True)
while (last := ask("Pause")) == "LimitsExceeded":
    time.sleep(0.01)
print(last, flush=True)
"""
