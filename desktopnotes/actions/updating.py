"""How to install and update what reads web pages: the commands to type, for where it comes from."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass

_PACKAGE = "yt-dlp"

_RUNTIMES = {"deno": (2, 0, 0), "node": (20, 0, 0)}
"""What yt-dlp can use, and the oldest version that serves (its wiki on JavaScript runtimes)."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence or two, and the command that they are about, empty where there is none."""

    words: str
    command: str = ""


def yt_dlp(about: str) -> Advice:
    """What to type for the yt-dlp in use; `about` is what `Web.about` says, its origin in brackets."""
    origin = about.partition("(")[2].rpartition(")")[0].strip()
    if not origin:
        way = "It is not installed yet." if "no yt-dlp" in about else ""
        return Advice(f"{way} Type this in a terminal:".strip(), _pip())
    if not os.path.isabs(origin):
        return Advice("It came with this program. Type this in a terminal:", _pip())
    place = os.path.realpath(origin)
    if "/pipx/" in place:
        return Advice("It was installed by pipx. Type this in a terminal:", "pipx upgrade yt-dlp")
    if place.startswith(("/usr/bin/", "/usr/lib/", "/usr/share/")):
        return Advice(
            "It is a package of your system, which is often too old for today's sites. A newer copy of your "
            "own is used instead, once you type this in a terminal:",
            _own_copy(),
        )
    if "-packages" in place:
        return Advice("It was installed by pip. Type this in a terminal:", _user_pip())
    return Advice("It can update itself. Type this in a terminal:", f"{shlex.quote(origin)} -U")


def _pip() -> str:
    """Into the program's own environment; where that is the system's, pip may not and pipx may."""
    if sys.prefix == sys.base_prefix:
        return _own_copy()
    return f"{shlex.quote(sys.executable)} -m pip install --upgrade {_PACKAGE}"


def _own_copy() -> str:
    return f"pipx install {_PACKAGE}"


def _user_pip() -> str:
    return f"python3 -m pip install --user --upgrade {_PACKAGE}"


def runtime() -> str:
    """The JavaScript runtime that yt-dlp can use, empty where there is none; waits, so for a worker."""
    for name, least in _RUNTIMES.items():
        path = shutil.which(name)
        if path and (version := _version_of(path)) and version >= least:
            return f"{name} {'.'.join(map(str, version))} ({path})"
    return ""


def _version_of(path: str) -> tuple[int, ...]:
    try:
        said = subprocess.run(
            [path, "--version"], capture_output=True, text=True, errors="replace", timeout=5, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else ()


def javascript(found: str) -> Advice:
    """What to type for the JavaScript runtime that some sites need; `found` is the one there is."""
    if found:
        return Advice(f"The JavaScript runtime that some sites need is there: {found}.")
    return Advice(
        "Some sites, YouTube among them, need a JavaScript runtime as well: Node.js 20 or newer, or Deno 2 "
        "(see deno.com). There is none yet. Where your system has a new one, type this in a terminal:",
        "sudo apt install nodejs",
    )
