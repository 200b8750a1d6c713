"""How to install and update what reads web pages: the commands to type, for where it comes from."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from desktopnotes.media.yt_dlp_program import RUNTIMES
from desktopnotes.words import _

_PACKAGE = '"yt-dlp[default]"'
"""With the scripts that solve what some sites ask of browsers; quoted as any terminal takes it."""

_NODE_LEAST = next(one.least for one in RUNTIMES if one.name == "node")

_WITHIN_S = 5
"""So long a program may take to tell its version."""

_DENO_PAGE = "https://deno.com"


@dataclass(frozen=True, slots=True)
class Runtime:
    """`found` is the JavaScript runtime that serves, empty where there is none; `apt_has_one` to install."""

    found: str
    apt_has_one: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence or two, and the command or page that they are about, empty where there is none."""

    words: str
    command: str = ""
    page: str = ""


_TYPE = _("Type this in a terminal:")
_NOT_YET = _("It is not installed yet.")
_WITH_IT = _("It came with this program.")
_BY_PIPX = _("It was installed by pipx.")
_BY_PIP = _("It was installed by pip.")
_BY_ITSELF = _("It can update itself.")


def yt_dlp(about: str) -> Advice:
    """What to type for the yt-dlp in use; `about` is what `Web.about` says, its origin in brackets."""
    origin = about.partition("(")[2].rpartition(")")[0].strip()
    if not origin:
        return Advice(f"{_NOT_YET} {_TYPE}" if "no yt-dlp" in about else _TYPE, _pip())
    if not os.path.isabs(origin):
        return Advice(f"{_WITH_IT} {_TYPE}", _pip())
    place = os.path.realpath(origin)
    if "/pipx/" in place:
        return Advice(f"{_BY_PIPX} {_TYPE}", _own_copy())
    if place.startswith(("/usr/bin/", "/usr/lib/", "/usr/share/")):
        return Advice(
            _(
                "It is a package of your system, which is often too old for today's sites. A newer copy of "
                "your own is used instead, once you type this in a terminal:"
            ),
            _own_copy(),
        )
    if "-packages" in place:
        return Advice(f"{_BY_PIP} {_TYPE}", _user_pip())
    return Advice(f"{_BY_ITSELF} {_TYPE}", f"{shlex.quote(origin)} -U")


def _pip() -> str:
    """Into the program's own environment; where that is the system's, pip may not and pipx may."""
    if sys.prefix == sys.base_prefix:
        return _own_copy()
    return f"{shlex.quote(sys.executable)} -m pip install --upgrade {_PACKAGE}"


def _own_copy() -> str:
    """Over an older one of the user's, too, which may lack the scripts."""
    return f"pipx install --force {_PACKAGE}"


def _user_pip() -> str:
    return f"python3 -m pip install --user --upgrade {_PACKAGE}"


def runtime() -> Runtime:
    """Looks for a JavaScript runtime that yt-dlp can use; waits, so for a worker."""
    for one in RUNTIMES:
        path = shutil.which(one.program)
        said = _said([path, one.asked]) if path else ""
        version = _version_in(said)
        if version and (version >= one.least or (one.always and one.always in said)):
            return Runtime(f"{one.name} {'.'.join(map(str, version))} ({path})")
    apt = shutil.which("apt-cache")
    offered = _version_in(_said([apt, "show", "--no-all-versions", "nodejs"]), "Version:") if apt else ()
    return Runtime("", offered >= _NODE_LEAST)


def _said(command: Sequence[str]) -> str:
    """What a program prints, however it ends."""
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            errors="replace",
            timeout=_WITHIN_S,
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _version_in(said: str, before: str = "") -> tuple[int, ...]:
    """The first version of three numbers, behind the word `before`; QuickJS writes it as a date."""
    found = re.search(rf"{before}\D{{0,9}}(\d+)[.-](\d+)[.-](\d+)", said)
    return tuple(map(int, found.groups())) if found else ()


def javascript(runtime: Runtime) -> Advice:
    """How to get the JavaScript runtime that some sites need."""
    if runtime.found:
        return Advice(
            _("The JavaScript runtime that some sites need is there: {found}.").format(found=runtime.found)
        )
    lacks = _(
        "Some sites, YouTube among them, need a JavaScript runtime as well, and none is there that serves."
    )
    if runtime.apt_has_one:
        return Advice(f"{lacks} {_TYPE}", "sudo apt install nodejs")
    wanted = _("Install Deno 2.3 or Node.js 22, or newer. The page of Deno has the line to type:")
    return Advice(f"{lacks} {wanted}", page=_DENO_PAGE)
