"""The installed program, seen from outside: its processes, what they hold open, its notebooks on the disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LAUNCHER = "/usr/bin/desktopnotes"
ENTRY = "desktopnotes.desktop"
NOTEBOOK_TYPE = "application/vnd.desktopnotes+json"


def processes(launcher: str = LAUNCHER) -> list[int]:
    """The ids of all processes that run the program."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if launcher.encode() in words:
            found.append(int(folder.name))
    return sorted(found)


def holds(process: int, part: str) -> str:
    """The path of an open file of the process with that in its name, "" where there is none."""
    for link in Path(f"/proc/{process}/fd").glob("*"):
        try:
            path = str(link.readlink())
        except OSError:
            continue
        if part in path:
            return path
    return ""


def has_loaded(process: int, library: str) -> bool:
    try:
        return library in Path(f"/proc/{process}/maps").read_text(encoding="utf-8")
    except OSError:
        return False


def notes_of(notebook: Path) -> list[dict[str, Any]]:
    """All notes of a notebook's talks, in the order of the file; none where it is not there yet."""
    try:
        read = json.loads(notebook.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [note for talk in read["talks"] for note in talk.get("notes", [])]


def talks_of(notebook: Path) -> list[dict[str, Any]]:
    try:
        talks: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["talks"]
    except (OSError, ValueError):
        return []
    return talks


def events(trace: Path, name: str) -> list[dict[str, Any]]:
    """What the program has noted down under that name, in order."""
    try:
        lines = trace.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [event for event in map(json.loads, lines) if event["event"] == name]
