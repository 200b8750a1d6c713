"""The programs that make the sample: each call waits, and an error ends the script."""

from __future__ import annotations

import subprocess
from pathlib import Path

# No version or date of a program in what it writes.
BITEXACT = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")


def run(*command: str | Path, stdin: bytes | None = None) -> bytes:
    """The output of a program; its error ends the script."""
    return subprocess.run(
        [str(part) for part in command], input=stdin, stdout=subprocess.PIPE, check=True
    ).stdout


def ffmpeg(*arguments: str | Path) -> None:
    run("ffmpeg", "-nostdin", "-v", "error", "-y", *arguments)


def length_ms(media: Path) -> int:
    entries = ("-show_entries", "format=duration", "-of", "csv=p=0")
    return round(float(run("ffprobe", "-v", "error", *entries, media)) * 1000)
