"""Finds the newest yt-dlp on this machine: the program's own or the user's, which is never imported.

yt-dlp ages fast, so a copy that the user keeps newer than ours wins. Where a copy is a package or a zip its
version is read from its file, which takes some 1 ms; only of other programs it is asked for by `--version`.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktopnotes.words import _

_VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})((?:\.\d{1,9})*)")
_IN_FILE = re.compile(r"^__version__\s*=\s*['\"]([\d.]+)['\"]", re.MULTILINE)
_FILE = "yt_dlp/version.py"
_LIMIT_BYTES = 20_000
_ANSWER_WITHIN_S = 5.0
_WAIT_S = 1.0
_LINES = 3

_SYSTEMS = "/usr/lib/python3/dist-packages"

OWN = "the program's own"

_KNOWS_RUNTIMES = (2025, 11, 12)
"""The first version with `--js-runtimes` (its change log)."""


@dataclass(frozen=True, slots=True)
class JavaScript:
    """A JavaScript runtime as yt-dlp names it: its program, which tells its version when `asked`.

    `least` is the oldest version that serves (yt-dlp 2026.10.26, `utils/_jsruntime.py`); one that calls
    itself `always` serves in any.
    """

    name: str
    program: str
    least: tuple[int, int, int]
    asked: str = "--version"
    always: str = ""


RUNTIMES = (
    JavaScript("deno", "deno", (2, 3, 0)),
    JavaScript("node", "node", (22, 0, 0)),
    JavaScript("quickjs", "qjs", (2023, 12, 9), "--help", "QuickJS-ng"),
    JavaScript("bun", "bun", (1, 2, 11)),
)


@dataclass(frozen=True, slots=True)
class Program:
    """A yt-dlp that runs: `command` begins its command line, `origin` says where it is from, for the user."""

    command: tuple[str, ...]
    version: str
    origin: str

    @property
    def is_own(self) -> bool:
        return self.origin == OWN

    def __str__(self) -> str:
        origin = _("the program's own") if self.is_own else self.origin
        return f"yt-dlp {self.version} ({origin})"


def newest(*, patiently: bool = False) -> Program | None:
    """The newest yt-dlp there is, ours where the user's is no newer; None where there is none.

    Programs that must be run to tell their version are waited for up to 1 s (`patiently`: 5 s); what they
    say later counts the next time. From any thread.
    """
    found = [*_own(), *_packages(), *_programs(_ANSWER_WITHIN_S if patiently else _WAIT_S)]
    return max(found, key=lambda program: (numbers(program.version), program.is_own), default=None)


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that compare; empty where it is none (versions are dates, “2026.10.26.123456”)."""
    whole = _VERSION.fullmatch(version.strip())
    return tuple(int(part) for part in whole[0].split(".")) if whole else ()


def common_options(program: Program) -> list[str]:
    """What every run needs: nothing of the user's configuration or cookies, and limits to all waiting."""
    options = ["--ignore-config", "--no-cookies", "--no-cookies-from-browser", "--no-colors", "--no-progress"]
    options += ["--encoding", "utf-8", "--socket-timeout", "15", "--retries", "3", "--extractor-retries", "1"]
    if numbers(program.version) >= _KNOWS_RUNTIMES:
        for runtime in RUNTIMES:
            if path := shutil.which(runtime.program):
                options += ["--js-runtimes", f"{runtime.name}:{path}"]
    return options


def _own() -> Iterator[Program]:
    import importlib.util  # only a talk from the web needs it

    spec = importlib.util.find_spec("yt_dlp")
    if spec and (spec.origin or "").startswith(_SYSTEMS):
        return  # the program is a package of the system, and this is another: `_packages` finds it
    if spec and spec.origin and (version := _version_beside(Path(spec.origin).parent)):
        yield Program((sys.executable, "-P", "-m", "yt_dlp"), version, OWN)


def _packages() -> Iterator[Program]:
    """Packages that other Pythons of this machine see: the user's own, the distribution's."""
    for pattern in _places():
        root, _, rest = pattern.partition("*")
        for folder in sorted(Path(root).glob(f"*{rest}")) if rest else [Path(root)]:
            package = folder / "yt_dlp"
            if version := _version_beside(package):
                yield Program((sys.executable, "-P", str(package / "__main__.py")), version, str(package))


def _places() -> list[str]:
    home = Path.home()
    if sys.platform == "win32":
        return [f"{os.environ.get('APPDATA') or home}/Python/*/site-packages"]
    if sys.platform == "darwin":
        return [f"{home}/Library/Python/*/lib/python/site-packages"]
    return [
        f"{home}/.local/lib/*/site-packages",
        "/usr/local/lib/*/dist-packages",
        _SYSTEMS,
    ]


def _version_beside(package: Path) -> str:
    try:
        with open(package / "version.py", encoding="utf-8", errors="replace") as file:
            return _version_in(file.read(_LIMIT_BYTES))
    except OSError:
        return ""


def _version_in(text: str) -> str:
    found = _IN_FILE.search(text)
    return found[1] if found and numbers(found[1]) else ""


def _programs(wait_s: float) -> Iterator[Program]:
    """Programs named yt-dlp on the path and in the user's own folder."""
    asked = [(path, _asked(path)) for path in _on_path()]
    deadline = time.monotonic() + wait_s
    for path, answer in asked:
        if version := answer.version(max(0.0, deadline - time.monotonic())):
            yield Program((str(path),), version, str(path))


def _on_path() -> list[Path]:
    name = "yt-dlp.exe" if sys.platform == "win32" else "yt-dlp"
    folders = [*os.environ.get("PATH", "").split(os.pathsep), str(Path.home() / ".local" / "bin")]
    is_apart = sys.prefix != sys.base_prefix
    ours = Path(sys.executable).parent if is_apart else None  # there stands the start of our own copy
    paths = (Path(folder) / name for folder in dict.fromkeys(folders) if os.path.isabs(folder))
    return [path for path in paths if path.parent != ours and path.is_file() and os.access(path, os.X_OK)]


class _Answer:
    """The version of one program, found out on a thread of its own where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._version = _version_in_zip(path)
        self._thread: threading.Thread | None = None
        if not self._version:
            self._thread = threading.Thread(target=self._ask, name="yt-dlp version", daemon=True)
            self._thread.start()

    def version(self, wait_s: float) -> str:
        if self._thread:
            self._thread.join(wait_s)
        return self._version

    def _ask(self) -> None:
        from desktopnotes.media.child import Child, TooMuchError  # only a talk from the web needs them

        command = [str(self._path), "--version", "--ignore-config"]
        with contextlib.suppress(OSError, TooMuchError), Child(command) as child:  # else it is left out
            lines = islice(child.lines(_ANSWER_WITHIN_S, limit_bytes=_LIMIT_BYTES), _LINES)
            self._version = next((line.strip() for line in lines if numbers(line)), "")


_answers: dict[tuple[str, int, int], _Answer] = {}
"""By path, size in bytes and moment of change in ns: each program is asked once while it stays the same."""

_guard = threading.Lock()


def _asked(path: Path) -> _Answer:
    try:
        stat = path.stat()
        key = (str(path), stat.st_size, stat.st_mtime_ns)
    except OSError:
        key = (str(path), 0, 0)
    with _guard:
        if key not in _answers:
            _answers[key] = _Answer(path)
        return _answers[key]


def _version_in_zip(path: Path) -> str:
    """The version of yt-dlp's one-file program, which is a zip behind a first line; empty for all others."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_FILE) as file:
            return _version_in(file.read(_LIMIT_BYTES).decode("utf-8", "replace"))
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile):
        return ""
