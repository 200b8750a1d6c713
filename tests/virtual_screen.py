"""A screen that nobody sees: an X server of one's own for the tests that draw windows."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def virtual_screen(size: str = "1440x900x24") -> Iterator[str]:
    """The name (":7") of a fresh X server of that size, which lives as long as the block."""
    with x_server(size) as (name, _):
        yield name


@contextmanager
def x_server(size: str = "1440x900x24") -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The name of a fresh X server of that size, and the server, which a test may end before the block does.

    The server chooses a free display itself and says so once it takes connections; so nothing is guessed
    and nothing is waited for in vain. Raises RuntimeError with the server's own words if it does not start.
    """
    ready, announce = os.pipe()
    command = ["Xvfb", "-displayfd", str(announce), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    with tempfile.TemporaryFile() as words:
        try:
            server = subprocess.Popen(command, pass_fds=[announce], stdout=words, stderr=words)
        finally:
            os.close(announce)
        try:
            with os.fdopen(ready) as answer:
                number = answer.readline().strip()
            if not number:
                server.wait()
                words.seek(0)
                raise RuntimeError(f"No virtual screen: {words.read().decode(errors='replace')}")
            yield f":{number}", server
        finally:
            _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
