"""The pure Python parts that Debian lacks: where they are on this machine, and which files they have."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

PARTS = ("appdirs", "pysubs2", "python-vlc")
"""Distributions. Debian 12 has no pysubs2, Debian 13 no appdirs; python3-vlc brings all of VLC along."""


def version(part: str) -> str:
    return metadata.version(part)


def files(part: str) -> dict[str, Path]:
    """What the part consists of: its modules by the name below the folder of vendored parts."""
    found = {}
    try:
        told = metadata.files(part) or ()
    except metadata.PackageNotFoundError:
        told = ()
    for file in told:
        name = file.as_posix()
        is_module = not name.startswith("..") and ".dist-info/" not in name and "__pycache__" not in name
        if is_module:
            found[name] = Path(str(file.locate()))
    if not any(name.endswith(".py") for name in found):
        raise SystemExit(f"{part} is not in .venv; type: packaging/setup.sh run")
    return found
