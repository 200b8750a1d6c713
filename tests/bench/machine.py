"""The machine that figures come from: what is said above a table, and how it is kept busy."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.bench.running import end

# It ends by itself when the benchmark is gone, however that went.
_BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent:\n    for _ in range(100000): pass"


def about() -> str:
    """The load, the policy of its scheduler and the versions of all that takes part, in two lines."""
    import vlc  # here, because it looks for libVLC at once

    loads = ", ".join(f"{load:.2f}" for load in os.getloadavg())
    policy = "real time" if is_real_time() else "as all others"
    versions = (
        f"libVLC {vlc.libvlc_get_version().decode().split()[0]}",
        f"python-vlc {vlc.__version__}",
        f"mpv {_version('mpv', '--version')}",
        f"FFmpeg {_version('ffmpeg', '-version')}",
        f"Python {platform.python_version()}",
        f"Linux {platform.release()}",
    )
    return f"load {loads} on {os.cpu_count()} cores, scheduled {policy}\n{', '.join(versions)}"


def is_real_time() -> bool:
    """Whether this runs under `chrt`."""
    return os.sched_getscheduler(0) in (os.SCHED_FIFO, os.SCHED_RR)


@contextmanager
def busy() -> Iterator[None]:
    """A process that computes without end for each core."""
    with ExitStack() as stack:
        for _ in range(os.cpu_count() or 1):
            stack.callback(end, subprocess.Popen([sys.executable, "-c", _BUSY]))
        yield


def _version(*command: str) -> str:
    """The word after the name or after "version", from the first line that is told."""
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "is missing"
    words = told.splitlines()[0].split()
    return words[words.index("version") + 1] if "version" in words else words[1]
