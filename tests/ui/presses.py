"""Real presses and clicks by libxdo, of which xdotool is made, without starting a program for each of them.

The other half of this file runs in a process of its own, since Tk in this one has to work meanwhile.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import subprocess
import sys
import time
from typing import Any

AGAIN_S = 0.1
"""How long it waits before the sign that all has come is sent again."""


PAUSE_S = 0.3
"""How long `pause` waits among keys."""


class Presses:
    """Sends keys and clicks to the screen that `DISPLAY` names, as xdotool does for the same words."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, words: list[str], sign: str = "") -> None:
        """Sends what the words say; then the key `sign`, again and again until the end is asked for.

        The words: `key --delay MS KEY…` (where `pause` waits), `type --delay MS -- TEXT` or
        `click X Y TIMES MS`.
        """
        if self._process is None:
            command = [sys.executable, "-I", "-S", __file__]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
            )
        self._write(json.dumps([os.environ["DISPLAY"], words, sign]))

    def end(self) -> int:
        """Waits until X has all that was sent; answers how often the sign was, -1 if not all was sent."""
        self._write("")
        assert self._process is not None
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def _write(self, line: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())

    def close(self) -> None:
        """Ends the other process; the next presses begin another."""
        if self._process is not None:
            process, self._process = self._process, None
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.close()
            process.wait()
            process.stdout.close()


# --- in the other process ----------------------------------------------------------------------------


class _Screen:
    """A connection of libxdo's: one for each request, as the keyboard may be another by the next."""

    def __init__(self, lib: Any, name: str) -> None:
        self._lib = lib
        self._xdo = ctypes.c_void_p(lib.xdo_new(name.encode()))
        assert self._xdo, f"no screen {name}"

    def send(self, kind: str, *words: str) -> bool:
        """Whether all of it was sent. 0 is the window that has the keyboard or the pointer."""
        lib, xdo = self._lib, self._xdo
        if kind == "click":
            x, y, times, delay_ms = map(int, words)
            failed = lib.xdo_move_mouse(xdo, x, y, 0)
            return not failed and not lib.xdo_click_window_multiple(xdo, 0, 1, times, 1000 * delay_ms)
        option, delay, *rest = words
        assert option == "--delay"
        delay_us = 1000 * int(delay)
        if kind == "type":
            dashes, text = rest
            assert dashes == "--"
            return not lib.xdo_enter_text_window(xdo, 0, text.encode(), delay_us)
        assert kind == "key"
        failed = 0
        for key in rest:
            if key == "pause":
                time.sleep(PAUSE_S)
            else:
                failed |= lib.xdo_send_keysequence_window(xdo, 0, key.encode(), delay_us)
        return not failed

    def close(self) -> None:
        """X has done all of it when this returns."""
        self._lib.xdo_free(self._xdo)


def _serve() -> None:
    lib = ctypes.CDLL("libxdo.so.3")
    lib.xdo_new.restype = ctypes.c_void_p
    with open(0, "rb", buffering=0) as asked:  # one line is read, and nothing beyond it
        while line := asked.readline():
            name, words, sign = json.loads(line)
            screen = _Screen(lib, name)
            signs = 0 if screen.send(*words) else -1
            while sign and signs >= 0 and not (signs and select.select([asked], [], [], AGAIN_S)[0]):
                screen.send("key", "--delay", "2", sign)
                signs += 1
            asked.readline()
            screen.close()
            print(signs, flush=True)


if __name__ == "__main__":
    _serve()
