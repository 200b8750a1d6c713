"""Another call of the program: it is the first, hands its names to the first, or is alone."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktopnotes import claims
from desktopnotes.claims import Claim
from desktopnotes.handing_over.message import (
    DONE,
    LATER,
    LIMIT_BYTES,
    LIMIT_NAMES,
    REFUSED,
    TAKEN,
    UNCLEAR,
    WAIT,
    Message,
    encoded,
)
from desktopnotes.model.errors import UserError
from desktopnotes.words import _, number

_SILENT_S = 2.0
"""A window that is well says something much sooner, even while it starts or saves."""

_OPENING_S = 10.0
"""How long a call waits for a window that has taken its message."""

_ENDING_S = 10.0
"""How long a program that ends is waited for: it saves what this call may be about to read."""

_STARTING_S = 30.0
"""How long a program that says that it is busy with starting or saving is believed."""

_AGAIN_S = 0.02

_LONGEST_PATH_BYTES = 107
"""Linux has room for 108, with a zero byte at the end (unix(7))."""


@dataclass(frozen=True, slots=True)
class First:
    """No other program listens at `path`, and none will while `claim` is held."""

    path: Path
    claim: Claim


@dataclass(frozen=True, slots=True)
class Told:
    """A running program answered: the exit code, and what is to be said of it (may be empty)."""

    code: int
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Alone:
    """A window of its own is to be opened; `why` is for the log, `notice` for the user (may be empty)."""

    why: str
    notice: str = ""


_HANGS = Alone(
    "the program that runs already does not answer",
    _("The window that is open already does not answer, so this is another one."),
)


def address(environment: Mapping[str, str]) -> Path | None:
    """Where the first program of this user on this screen listens; None where none can."""
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    display = environment.get("DISPLAY", "")
    if sys.platform != "linux" or not os.path.isabs(runtime) or not display:
        return None
    # The screen's number within its server says nothing: all of them show the same windows.
    server = display.removesuffix(".0")
    name = "".join(
        letter if letter.isalnum() or letter in ":.-" else f"%{ord(letter):x}" for letter in server
    )
    return Path(runtime) / "desktopnotes" / f"window-{name}"


def meet(names: Sequence[str], environment: Mapping[str, str]) -> First | Told | Alone:
    """Hands names to the program that runs already; else this one is the first, or alone."""
    path = address(environment)
    if path is None:
        return Alone("there is no XDG_RUNTIME_DIR")
    if len(os.fsencode(path)) > _LONGEST_PATH_BYTES:
        return Alone(f"{path} is too long a name for a socket")
    try:
        _make_private(path.parent)
        return _meet_at(path, _message(names, environment))
    except (OSError, ValueError, UserError) as error:
        return Alone(f"{path} cannot be used: {error}")


def _message(names: Sequence[str], environment: Mapping[str, str]) -> Message:
    try:
        folder = os.getcwd()
    except OSError:  # it is gone; what is named in it cannot be found then, and that is told
        folder = environment.get("PWD", "")
    startup_id = environment.get("DESKTOP_STARTUP_ID") or environment.get("XDG_ACTIVATION_TOKEN") or ""
    return Message(tuple(filter(None, names)), folder if os.path.isabs(folder) else "/", startup_id)


def _make_private(folder: Path) -> None:
    """A folder of the user's own that nobody else may enter. Raises OSError where there is none."""
    if sys.platform == "win32":
        return
    if os.stat(folder.parent).st_uid != os.geteuid():
        raise PermissionError(f"{folder.parent} is another user's")
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise PermissionError(f"{folder} is no folder of this user's")
    if stat.S_IMODE(status.st_mode) != 0o700:
        folder.chmod(0o700)


def _meet_at(path: Path, message: Message) -> First | Told | Alone:
    stop_s = time.monotonic() + _ENDING_S
    while True:
        claim = claims.take(path.with_name(f"{path.name}.lock"), "calls of the program")
        if claim is not None:
            return First(path, claim)
        if (answer := call(path, message)) is not None:
            return answer
        if time.monotonic() > stop_s:
            return Alone("the program that runs already takes long to end")
        time.sleep(_AGAIN_S)


def call(path: Path, message: Message) -> Told | Alone | None:
    """Hands a message over and waits for the answer; None where nobody listens, or whoever did is ending."""
    content = encoded(message)
    if len(message.names) > LIMIT_NAMES or len(content) > LIMIT_BYTES:
        return Told(
            1,
            _("More than {limit} files at once are too many. Name their folder instead.").format(
                limit=number(LIMIT_NAMES)
            ),
        )
    if sys.platform == "win32":
        return None
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_SILENT_S)
        try:
            connection.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError, BlockingIOError):
            return None
        try:
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            return _answer(connection)
        except TimeoutError:
            return _HANGS
        except OSError:  # it ended in the midst of it
            return None


def _answer(connection: socket.socket) -> Told | Alone | None:
    said, is_taken = b"", False
    stop_s = time.monotonic() + _STARTING_S
    while time.monotonic() < stop_s:
        try:
            got = connection.recv(1 << 16)
        except TimeoutError:
            if not is_taken:
                raise
            return Told(0, _("The open window is busy; what you named opens there as soon as it can."))
        is_taken = is_taken or (TAKEN in got and not said)
        if is_taken:
            connection.settimeout(_OPENING_S)
        said = (said + got).lstrip(WAIT + TAKEN)
        if not got:
            return _understood(said)
    return _HANGS


def _understood(said: bytes) -> Told | Alone | None:
    if said[:1] == DONE:
        return Told(0)
    if said[:1] == LATER:
        return Told(0, _("A question stands open in the window; what you named opens when it is answered."))
    if said[:1] == REFUSED:
        return Told(1, said[1:].decode("utf-8", "replace"))
    return Alone("the program that runs already is of another version") if said == UNCLEAR else None
