"""Faults made in the C library's calls that touch a folder: killed, failed, torn, slowed and told, by number.

`shim.c` says what is counted. It is compiled when it is first wanted, anew whenever it has changed.
"""

from __future__ import annotations

import errno as errors
import hashlib
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
BUILD = Path(__file__).resolve().parents[2] / "build" / "faults"
_FIELDS = 12


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as it was told when it was done at `moment_s` (monotonic); offset and length -1 for none."""

    number: int
    moment_s: float
    name: str
    descriptor: int
    path: str
    other: str
    offset: int
    length: int
    flags: int
    result: int
    error: int
    content: bytes

    def __str__(self) -> str:
        """For a test's message: "7 rename .1f.tmp -> event.talknotes.json"."""
        names = " -> ".join(os.path.basename(path) for path in (self.path, self.other) if path)
        return f"{self.number} {self.name} {names}"


def library() -> Path:
    """The compiled shim."""
    content = SOURCE.read_bytes()
    compiled = BUILD / f"shim-{hashlib.sha256(content).hexdigest()[:16]}.so"
    if not compiled.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        made = BUILD / f"{os.getpid()}.so"
        command = (
            "cc",
            "-shared",
            "-fPIC",
            "-O2",
            "-Wall",
            "-o",
            str(made),
            str(SOURCE),
            "-ldl",
            "-lpthread",
        )
        subprocess.run(command, check=True)
        made.rename(compiled)  # whole, also where two sessions compile it at once
    return compiled


def environment(
    *folders: Path,
    kill_at: int | None = None,
    kill_after: int | None = None,
    fail_at: int | None = None,
    errno: int = errors.EIO,
    fail_for: int = 1,
    fail_while: Path | None = None,
    tear_at: int | None = None,
    short_at: int | None = None,
    ask_at: int | None = None,
    ask: tuple[int, int] | None = None,
    slow_fsync_ms: int = 0,
    log: Path | None = None,
    content: bool = False,
) -> dict[str, str]:
    """What the environment of a child needs, beside its own, for these faults in the calls on `folders`.

    Calls are numbered from 1. `kill_at`: killed instead of that call, `kill_after`: right after it;
    `tear_at`: in the midst of it, where it is a write; `short_at`: it writes half and says so.
    `fail_for` calls fail from `fail_at` on, all where it is 0; what `fail_while` names fails as long as that
    file is there: see `fail`. Before call `ask_at` a byte is written to the first descriptor of `ask` and one
    awaited from the second: what another program does meanwhile, it does right there. `log` gets each call
    (`calls`), with what was written if `content`.
    """
    seen = dict.fromkeys(str(each) for folder in folders for each in (folder, os.path.realpath(folder)))
    wanted = {
        "LD_PRELOAD": str(library()),
        "FAULTS_FOLDERS": "\n".join(seen),
        "FAULTS_KILL_BEFORE": kill_at,
        "FAULTS_KILL_AFTER": kill_after,
        "FAULTS_TEAR": tear_at,
        "FAULTS_SHORT": short_at,
        "FAULTS_FAIL": fail_at,
        "FAULTS_FAIL_FOR": fail_for if fail_at else None,
        "FAULTS_ERRNO": errno if fail_at else None,
        "FAULTS_WHILE": fail_while,
        "FAULTS_ASK_AT": ask_at,
        "FAULTS_ASK": ask[0] if ask else None,
        "FAULTS_ANSWER": ask[1] if ask else None,
        "FAULTS_SLOW_MS": slow_fsync_ms or None,
        "FAULTS_LOG": log,
        "FAULTS_CONTENT": 1 if content else None,
    }
    return {name: str(value) for name, value in wanted.items() if value is not None}


def fail(switch: Path, names: Iterable[str], errno: int) -> None:
    """From now on calls of these names ("fsync", "write") fail, until the file `switch` is removed."""
    beside = switch.with_name(f"{switch.name}.new")
    beside.write_text("".join(f"{name} {errno}\n" for name in names), encoding="ascii")
    beside.rename(switch)


def calls(log: Path) -> list[Call]:
    """What a log tells, in the order in which it was done."""
    lines = log.read_bytes().split(b"\n") if log.exists() else []
    return [_call(line) for line in lines if line.count(b"\t") == _FIELDS - 1]


def _call(line: bytes) -> Call:
    number, moment, name, descriptor, path, other, offset, length, flags, result, error, content = line.split(
        b"\t"
    )
    return Call(
        int(number),
        float(moment),
        name.decode(),
        int(descriptor),
        os.fsdecode(bytes.fromhex(path.decode())),
        os.fsdecode(bytes.fromhex(other.decode())),
        int(offset),
        int(length),
        int(flags),
        int(result),
        int(error),
        bytes.fromhex(content.decode()),
    )
