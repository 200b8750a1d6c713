"""What a desktop's busy pointer waits for, as any program on the screen hears it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktopnotes.handing_over.message import Message
from tests.ui.conftest import Desk, talk_with

ID = 'launcher "1"_TIME0'


@contextmanager
def heard(desk: Desk, into: Path) -> Iterator[Callable[[], list[str]]]:
    """The kinds of messages to all on the screen, in their order."""
    with into.open("wb") as file:
        listener = subprocess.Popen(["stdbuf", "-oL", "xev", "-root", "-event", "property"], stdout=file)

        def kinds() -> list[str]:
            return re.findall(r"message_type \S+ \((_NET_STARTUP\w+)\), format 8", into.read_text())

        try:
            subject = ["xprop", "-root", "-f", "OF_A_TEST", "8s", "-set", "OF_A_TEST"]
            turn = iter(range(10**6))
            desk.until(
                lambda: (
                    not subprocess.run([*subject, str(next(turn))]).returncode
                    and "OF_A_TEST" in into.read_text()
                ),
                "it listens",
            )
            yield kinds
        finally:
            listener.terminate()
            listener.wait()


class _Answer:
    def take(self) -> bool:
        return True

    def done(self) -> None: ...

    def later(self) -> None: ...

    def refuse(self, sentence: str) -> None: ...


def test_the_start_of_the_program_and_a_call_that_it_answers_are_ended(
    open_desk: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(talk_with("ten"))
    pieces = -(-(len('remove: ID="launcher \\"1\\"_TIME0"') + 1) // 20)
    whole = ["_NET_STARTUP_INFO_BEGIN", *["_NET_STARTUP_INFO"] * (pieces - 1)]
    with heard(desk, tmp_path / "heard") as kinds:
        desk.app._called.come(Message((), "/", ""), _Answer())  # by hand, from a terminal
        desk.app._called.come(Message((), "/", ID), _Answer())
        desk.until(lambda: len(kinds()) >= pieces, "the call is ended")
        monkeypatch.setenv("DESKTOP_STARTUP_ID", ID)
        desk.app._load_the_rest()
        desk.until(lambda: len(kinds()) >= 2 * pieces, "the start is ended")
        assert kinds() == [*whole, *whole]
        assert "DESKTOP_STARTUP_ID" not in os.environ
