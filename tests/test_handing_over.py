"""Messages between calls of the program: whole ones arrive, all else does nothing and delays nobody."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.handing_over import calling
from desktopnotes.handing_over.calling import Alone, First, Told, address, call, meet
from desktopnotes.handing_over.listening import Listener, Reply
from desktopnotes.handing_over.message import LIMIT_NAMES, Message, decoded, encoded
from tests.hostile_messages import HOSTILE_MESSAGES, send
from tests.waiting import wait_until

PATHS = st.binary(min_size=1).filter(lambda name: b"\0" not in name).map(os.fsdecode)
NOTHING = Message((), "/")


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    return {"XDG_RUNTIME_DIR": str(home / ".run"), "DISPLAY": ":7"}


@pytest.fixture
def listener(environment: dict[str, str]) -> Iterator[Listener]:
    first = meet((), environment)
    assert isinstance(first, First)
    with closing(Listener(first)) as one:
        yield one


class Window:
    """Takes messages at once, and answers them by `answer`."""

    def __init__(self, answer: Callable[[Reply], object] = Reply.done) -> None:
        self.messages: list[Message] = []
        self._answer = answer

    def __call__(self, message: Message, reply: Reply) -> None:
        if reply.take():
            self.messages.append(message)
            self._answer(reply)


# --- the message -------------------------------------------------------------------------------------


@given(st.lists(PATHS, max_size=20), PATHS, PATHS)
def test_names_of_any_bytes_arrive_as_they_are(names: list[str], folder: str, startup_id: str) -> None:
    message = Message(tuple(names), f"/{folder}", startup_id)
    assert decoded(encoded(message)) == message


@given(st.lists(PATHS, min_size=1, max_size=5), st.integers(min_value=1))
def test_no_part_of_a_message_is_one(names: list[str], cut: int) -> None:
    content = encoded(Message(tuple(names), "/home"))
    assert decoded(content[: -(1 + cut % len(content))]) is None


@given(
    st.binary() | st.lists(st.binary(), max_size=5).map(lambda rest: b"desktopnotes 1 3\0" + b"\0".join(rest))
)
def test_of_garbage_comes_a_message_with_plain_names_or_none(content: bytes) -> None:
    message = decoded(content)
    assert message is None or (all(message.names) and os.path.isabs(message.folder))


@pytest.mark.parametrize("content", HOSTILE_MESSAGES.values(), ids=HOSTILE_MESSAGES)
def test_what_is_no_message_does_nothing(listener: Listener, content: bytes) -> None:
    window = Window()
    listener.open_to(window)
    assert send(listener.path, content) in (b"?", b"")
    assert window.messages == []
    assert call(listener.path, Message(("a.mp4",), "/home")) == Told(0)
    assert window.messages == [Message(("a.mp4",), "/home")]


def test_options_are_names_like_others(listener: Listener) -> None:
    window = Window()
    listener.open_to(window)
    assert call(listener.path, Message(("--trace", "/tmp/x"), "/home")) == Told(0)
    assert window.messages == [Message(("--trace", "/tmp/x"), "/home")]


def test_who_connects_and_sends_nothing_delays_nobody_and_is_dropped(listener: Listener) -> None:
    window = Window()
    listener.open_to(window)
    silent = [socket.socket(socket.AF_UNIX) for _ in range(100)]
    try:
        for connection in silent:
            connection.settimeout(5)
            connection.connect(str(listener.path))
            connection.send(b"desk")
        began_s = time.monotonic()
        assert call(listener.path, NOTHING) == Told(0)
        assert time.monotonic() - began_s < 1
        assert all(
            connection.recv(10) in (b"?", b"") for connection in silent
        )  # some at once, the last in 1 s
    finally:
        for connection in silent:
            connection.close()


def test_another_user_is_not_heard(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder keeps others out; where its rights were changed, the system still says who calls."""
    window = Window()
    listener.open_to(window)
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    assert send(listener.path, encoded(NOTHING)) == b""
    assert window.messages == []


def test_nobody_else_can_reach_the_socket(listener: Listener) -> None:
    assert [oct(path.stat().st_mode & 0o777) for path in (listener.path.parent, listener.path)] == [
        "0o700",
        "0o600",
    ]


# --- who is the first --------------------------------------------------------------------------------


def test_of_many_starts_at_once_one_is_the_first(environment: dict[str, str]) -> None:
    window = Window()
    met: list[First | Told | Alone] = []
    listeners: list[Listener] = []

    def start() -> None:
        one = meet(("a.mp4",), environment)
        met.append(one)
        if isinstance(one, First):
            listeners.append(Listener(one))
            listeners[0].open_to(window)

    threads = [threading.Thread(target=start) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listeners[0].close()
    assert sum(isinstance(one, First) for one in met) == 1
    assert met.count(Told(0)) == len(window.messages) == 11


def test_a_socket_that_a_killed_program_left_is_replaced(environment: dict[str, str]) -> None:
    path = address(environment)
    assert path is not None
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    first = meet((), environment)
    assert isinstance(first, First)
    with closing(Listener(first)) as listener:
        listener.open_to(Window())
        assert meet((), environment) == Told(0)


def test_while_the_first_starts_the_next_waits(listener: Listener, environment: dict[str, str]) -> None:
    window = Window()
    threading.Timer(0.5, lambda: listener.open_to(window)).start()
    assert meet(("a.mp4",), environment) == Told(0)
    assert [message.names for message in window.messages] == [("a.mp4",)]


@pytest.mark.parametrize("has_taken_it", [True, False])
def test_what_arrives_while_the_first_ends_is_not_lost(
    environment: dict[str, str], has_taken_it: bool
) -> None:
    first = meet((), environment)
    assert isinstance(first, First)
    listener = Listener(first)
    window = Window(lambda reply: None)
    if has_taken_it:
        listener.open_to(window)
    threading.Timer(0.3, listener.close).start()
    met = meet(("a.mp4",), environment)
    assert isinstance(met, First), "the next is the first then, and opens what it was to hand over"
    met.claim.release()
    assert len(window.messages) == has_taken_it


def test_who_gives_up_while_the_first_starts_is_forgotten(listener: Listener) -> None:
    with socket.socket(socket.AF_UNIX) as gives_up:
        gives_up.connect(str(listener.path))
        gives_up.sendall(encoded(NOTHING))
        gives_up.shutdown(socket.SHUT_WR)
        assert gives_up.recv(1) == b"w"
    wait_until(lambda: not listener._visits, "nothing is kept of it")


def test_a_first_that_hangs_is_left_alone(
    listener: Listener, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "_SILENT_S", 0.1)
    late: list[tuple[Message, Reply]] = []
    listener.open_to(lambda message, reply: late.append((message, reply)))
    met = meet(("a.mp4",), environment)
    assert isinstance(met, Alone)
    assert met.notice == "The window that is open already does not answer, so this is another one."
    ((_, reply),) = late
    assert not reply.take(), "what the other window opened is not opened once more"


def test_a_window_that_is_busy_with_it_keeps_what_it_has_taken(
    listener: Listener, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "_OPENING_S", 0.1)
    listener.open_to(Window(lambda reply: None))
    met = meet(("a.mp4",), environment)
    assert met == Told(0, "The open window is busy; what you named opens there as soon as it can.")


def test_what_the_window_refuses_is_said_by_the_call(listener: Listener, environment: dict[str, str]) -> None:
    listener.open_to(Window(lambda reply: reply.refuse("“a.mp4” is not there.")))
    assert meet(("a.mp4",), environment) == Told(1, "“a.mp4” is not there.")


def test_too_many_names_are_refused_before_they_are_sent(
    listener: Listener, environment: dict[str, str]
) -> None:
    met = meet(["a.mp4"] * (LIMIT_NAMES + 1), environment)
    assert met == Told(1, "More than 1,000 files at once are too many. Name their folder instead.")


# --- where there can be no socket --------------------------------------------------------------------


@pytest.mark.parametrize("runtime", ["", "run", "/nonexistent/run", "/proc", "/etc/passwd"])
def test_without_a_folder_for_it_a_call_is_alone(runtime: str) -> None:
    met = meet((), {"XDG_RUNTIME_DIR": runtime, "DISPLAY": ":7"})
    assert isinstance(met, Alone)
    assert met.why
    assert not met.notice


def test_with_too_long_a_path_a_call_is_alone(home: Path) -> None:
    runtime = home / ("r" * 100)
    runtime.mkdir(mode=0o700)
    met = meet((), {"XDG_RUNTIME_DIR": str(runtime), "DISPLAY": ":7"})
    assert isinstance(met, Alone)
    assert "too long" in met.why


def test_a_link_in_the_place_of_the_folder_is_not_followed(environment: dict[str, str], home: Path) -> None:
    (home / "elsewhere").mkdir()
    (home / ".run" / "desktopnotes").symlink_to(home / "elsewhere")
    assert isinstance(meet((), environment), Alone)
    assert list((home / "elsewhere").iterdir()) == []


def test_a_folder_that_others_could_enter_is_shut(environment: dict[str, str], home: Path) -> None:
    folder = home / ".run" / "desktopnotes"
    folder.mkdir()
    folder.chmod(0o777)
    met = meet((), environment)
    assert isinstance(met, First)
    met.claim.release()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_another_users_folder_is_not_used(
    environment: dict[str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    assert isinstance(meet((), environment), Alone)
    assert list((home / ".run").iterdir()) == []


def test_each_screen_has_its_own_first(environment: dict[str, str]) -> None:
    here = address(environment)
    assert address(environment | {"DISPLAY": ":7.0"}) == here
    assert address(environment | {"DISPLAY": ":8"}) != here
    strange = address(environment | {"DISPLAY": "../../x/é:0"})
    assert strange is not None
    assert strange.parent == Path(environment["XDG_RUNTIME_DIR"], "desktopnotes")


def test_where_the_folder_of_the_call_is_gone_what_it_names_still_arrives(
    listener: Listener, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = Window()
    listener.open_to(window)
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert meet(("/a.mp4",), environment | {"PWD": str(gone)}) == Told(0)
    assert window.messages == [Message(("/a.mp4",), str(gone))]


def test_the_listener_ends_though_someone_is_connected(environment: dict[str, str]) -> None:
    first = meet((), environment)
    assert isinstance(first, First)
    listener = Listener(first)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(listener.path))
        wait_until(lambda: listener._visits, "it is let in")
        listener.close()
        assert not listener._thread.is_alive()
