"""The real program under strace: what it connects to, starts and writes, read from the calls themselves."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import running
from tests.bench.running import Run

_CALLS = (
    "network,execve,open,openat,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "link,linkat,symlink,symlinkat,truncate,chmod,fchmodat,mknod,mknodat"
)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_CALL = re.compile(r"^\d+\s+(\w+)\((.*)$")
_PRIVATE = re.compile(
    r'mkdir\("(/tmp/[\w-]{8,})", 0700|"(/tmp/\w{8})", O_RDWR\|O_CREAT\|O_EXCL\|O_NOFOLLOW\|O_CLOEXEC, 0600'
)
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
PROGRAM = Path(sys.executable).with_name("desktopnotes")


@dataclass
class Watched:
    """A program under way and the log of its calls."""

    run: Run
    log: Path

    def lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines()

    def until(self, words: str, limit_s: float = 30.0) -> None:
        """Waits until a call names that. RuntimeError where none does."""
        stop_s = time.monotonic() + limit_s
        while words not in self.log.read_text(encoding="utf-8", errors="replace"):
            if time.monotonic() > stop_s:
                raise RuntimeError(f"no call named {words}")
            time.sleep(0.05)

    def network(self) -> list[str]:
        """Every call that has to do with another family of sockets than those within this machine."""
        return [
            line for line in self.lines() if re.search(r"AF_(INET6?|PACKET|VSOCK)\b|sin_addr|htons", line)
        ]

    def started(self) -> set[str]:
        """The programs that were really started, by name."""
        done = [line for line in self.lines() if "execve(" in line and "ENOENT" not in line]
        return {Path(found[1]).name for line in done if (found := _QUOTED.search(line))}

    def written(self) -> set[str]:
        """Whatever was made, changed, renamed or removed, or opened to be written; devices are no files."""
        found: set[str] = set()
        for line in self.lines():
            call = _CALL.match(line)
            if call is None or re.search(r"= -1 E", line) or call[1] == "execve":
                continue
            if call[1] in ("open", "openat") and not _WRITES.search(call[2]):
                continue
            if call[1] in _CALLS.split(","):
                found.update(_QUOTED.findall(call[2]))
        return {path for path in found if path.startswith("/") and not path.startswith(("/dev/", "/proc/"))}

    def private(self) -> list[Path]:
        """What it made for itself alone among the temporary files, of names that nobody guesses.

        Folders; and the empty file by which Python finds out where such may be made.
        """
        made = (_PRIVATE.search(line) for line in self.lines())
        return [Path(found[1] or found[2]) for found in made if found]


@contextmanager
def watched(folder: Path, arguments: Sequence[str], place: Path) -> Iterator[Watched]:
    """The installed program, started from `place`, on its own screen; `folder` gets home, trace and log."""
    home, trace, log = folder / "home", folder / "trace.jsonl", folder / "strace.log"
    home.mkdir()
    command = [
        "env",
        "-C",
        str(place),
        "strace",
        "-f",
        "-qq",
        "-s",
        "4096",
        "-o",
        str(log),
        "-e",
        f"trace={_CALLS.replace('network', '%network')}",
    ]
    command += [str(PROGRAM), "--trace", str(trace), *arguments]
    with running.screen(folder) as display, running.running(command, home, display, trace) as run:
        yield Watched(run, log)
        run.xdotool("key", "ctrl+q")  # strace would let it live
        run.await_event("closed")
