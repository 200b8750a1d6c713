"""What the program is made of, with versions, and where its files lie: for the window About and for reports.

No part is imported for it: what is installed says its version itself (`importlib.metadata`), and of parts
that came with a package of the system a module that is loaded already knows it.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from desktopnotes import __version__
from desktopnotes.model.errors import UserError
from desktopnotes.session import Session
from desktopnotes.storage import paths
from desktopnotes.words import _

_PARTS = (
    ("python-vlc", "vlc"),
    ("Pillow", "PIL"),
    ("yt-dlp", "yt_dlp"),
    ("markdown-it-py", "markdown_it"),
    ("Jinja2", "jinja2"),
    ("av", "av"),
    ("pysubs2", "pysubs2"),
    ("PyYAML", "yaml"),
    ("appdirs", "appdirs"),
    ("jeepney", "jeepney"),
    ("tkinterdnd2", "tkinterdnd2"),
)
"""Names of packages, and of their modules."""

MISSING = "not installed"


def program() -> str:
    return f"Desktop Notes {__version__}"


def versions(tk: str, player: str) -> Iterator[tuple[str, str]]:
    """Each part with its version; `tk` and `player` are asked of what runs."""
    yield "Python", f"{platform.python_version()} ({platform.python_implementation()})"
    yield "Tk", tk
    yield "libVLC", player.removeprefix("libVLC ")
    for name, module in _PARTS:
        yield name, version_of(name, module)


def version_of(name: str, module: str) -> str:
    """Of a package that is installed; `MISSING` where it is not, "there" where it does not say."""
    from importlib import metadata, util  # only these windows want it

    try:
        return metadata.version(name)
    except (metadata.PackageNotFoundError, ValueError):
        pass
    if module in sys.modules:
        return str(getattr(sys.modules[module], "__version__", "there"))
    try:
        return "there" if util.find_spec(module) else MISSING
    except (ImportError, ValueError):
        return MISSING


def computer() -> str:
    """The system as its maker names it, and what it runs on."""
    name = ""
    if sys.platform == "linux":
        try:
            name = platform.freedesktop_os_release().get("PRETTY_NAME", "")
        except OSError:
            name = ""
    return ", ".join(part for part in (name, platform.platform()) if part)


def places(session: Session) -> Iterator[tuple[str, Path]]:
    """Where the user's files lie; what the system knows no home for is left out."""
    yield _("This notebook"), session.path.parent
    folders = (
        (_("New notebooks"), paths.notebooks_folder),
        (_("Settings"), paths.config_folder),
        (_("Backups"), paths.backups_folder),
        (_("Log"), paths.log_folder),
    )
    for name, folder in folders:
        try:
            yield name, folder()
        except UserError:
            continue


def home_page() -> str:
    """The program's page on the web, where the installed package names one."""
    from importlib import metadata  # as above

    try:
        named = metadata.metadata("desktopnotes").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return ""
    pages = dict(line.split(", ", 1) for line in map(str, named) if ", " in line)
    return next((pages[name] for name in ("Issues", "Homepage") if name in pages), "")


def licence() -> str:
    return _("MIT licence. Icons: Lucide (ISC licence).")


def session_type() -> str:
    """The desktop and how it draws, by the variables that say so; they hold names of programs alone."""
    names = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "DESKTOP_SESSION", "WAYLAND_DISPLAY")
    found = [f"{name}={os.environ[name]}" for name in names[:3] if os.environ.get(name)]
    has_bus = "a session bus" if os.environ.get("DBUS_SESSION_BUS_ADDRESS") else "no session bus named"
    is_wayland = ["below Wayland"] if os.environ.get(names[3]) else []
    return ", ".join([*found, *is_wayland, has_bus])
