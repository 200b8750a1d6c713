"""`--install-desktop` and `--remove-desktop`: the program in this user's own menu, without root."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktopnotes.cli import entry
from desktopnotes.cli.answers import DONE, UsageError, printable, put, say
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.words import _

INSTALL, REMOVE = "--install-desktop", "--remove-desktop"

_ENTRY = "applications/desktopnotes.desktop"
_LIMIT_BYTES = 1_000_000
_TOOL_S = 60.0

_PARTS = ("icons/hicolor", "mime/packages", "applications")
"""What of `share` is put in place, the entry last: then what it needs is there."""

_MADE_OF_KINDS = (
    *("aliases", "generic-icons", "globs", "globs2", "icons", "magic", "mime.cache", "subclasses"),
    *("treemagic", "types", "version", "XMLnamespaces"),
)
"""What update-mime-database writes beside `packages`."""


def run(words: Sequence[str]) -> int:
    """Raises `UserError`."""
    if len(words) > 1:
        raise UsageError(_("“{option}” stands alone, without files.").format(option=words[0]))
    if sys.platform in ("win32", "darwin"):
        raise UserError(
            _("Entries for a desktop’s menu are made on Linux and BSD alone."),
            _("Start the program here by the name “desktopnotes”, or make a shortcut to it yourself."),
        )
    from desktopnotes.storage import paths

    share = paths.data_folder().parent
    return _remove(share) if words[0] == REMOVE else _install(share)


def _install(share: Path) -> int:
    source = _shipped()
    if source in _shown_to_all():
        say(_("{entry} is in the menu already; nothing was written.").format(entry=source / _ENTRY))
        return DONE
    written = _put_in_place(source, share)
    put("".join(f"{printable(str(path))}\n" for path in written))
    _tell_the_desktop(share)
    if written:
        say(_("Desktop Notes is in your menu now; “desktopnotes --remove-desktop” takes it out."))
    else:
        say(_("Desktop Notes is in your menu already; nothing had to be written."))
    return DONE


def _put_in_place(source: Path, share: Path) -> list[Path]:
    """Says what had to be written; all of it or, with `UserError`, none."""
    written: list[Path] = []
    names = _names(source)
    try:
        for name in names:
            if _write(share / name, _content(source, name)):
                written.append(share / name)
    except UserError as error:
        for path in written:
            path.unlink(missing_ok=True)
        _take_away_empty(share, names)
        if not isinstance(error, WriteError):
            raise
        raise WriteError(
            _("Desktop Notes was not put into your menu: {folder} cannot be written ({reason}).").format(
                folder=share, reason=error.why or error.message
            ),
            _("Make that folder writable, or name another place in XDG_DATA_HOME."),
        ) from error
    return written


def _remove(share: Path) -> int:
    """Only what was put there by us: an entry without our mark is a package's or the user's own."""
    from desktopnotes.files import read_regular

    there = share / _ENTRY
    if there.exists() and not entry.is_ours(os.fsdecode(read_regular(there, _LIMIT_BYTES))):
        raise UserError(_("{entry} was not made by “--install-desktop”, so it stays.").format(entry=there))
    removed, names = [], _names(_shipped())
    for name in reversed(names):
        path = share / name
        if path.is_file() or path.is_symlink():
            _unlink(path)
            removed.append(path)
    put("".join(f"{printable(str(path))}\n" for path in removed))
    if not removed:
        say(_("Desktop Notes has no entry of its own in your menu; nothing was removed."))
        return DONE
    _tell_the_desktop(share)
    _take_away_empty(share, names)
    say(_("Desktop Notes is no longer in your menu. Your notebooks and settings are as they were."))
    return DONE


def _unlink(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise WriteError(
            _("“{path}” cannot be removed: {reason}.").format(path=path, reason=error.strerror),
            _("Remove it yourself, then call this again for the rest."),
        ) from error


def _write(path: Path, content: bytes) -> bool:
    """Whether that had to be written. Raises `WriteError`."""
    from desktopnotes.files import replace_file

    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return False
    replace_file(path, content, make_folder=True)
    return True


def _content(source: Path, name: str) -> bytes:
    content = (source / name).read_bytes()
    if name != _ENTRY:
        return content
    command, folder = _this_program()
    try:
        return entry.for_program(content.decode(), command, folder).encode()
    except UnicodeEncodeError as error:
        raise UserError(
            _("The program lies in a folder whose name is no text, and a menu entry cannot name that."),
            _("Install it elsewhere; nothing was written."),
        ) from error


def _this_program() -> tuple[list[str], str]:
    """The command that starts the very program that runs now, and the folder that it has to start in."""
    called = os.path.abspath(sys.argv[0])
    if os.path.basename(called) == "desktopnotes" and os.access(called, os.X_OK | os.R_OK):
        return [called], ""
    # As a module: pip's own script does not start from each path from which Python does.
    package = Path(__file__).resolve().parents[1]
    return [sys.executable, "-m", package.name], str(package.parent)


def _shipped() -> Path:
    """The `share` that came with the program: of the checkout, or where pip or a package put it."""
    for folder in _candidates():
        if (folder / _ENTRY).is_file() and (folder / "mime").is_dir():
            return folder
    raise UserError(
        _("The menu entry did not come with this copy of the program."),
        _("Install it anew by pipx or pip, or as a package."),
    )


def _candidates() -> Iterator[Path]:
    package = Path(__file__).resolve().parents[1]
    yield package.parent / "packaging" / "linux" / "share"
    yield from _by_pip()
    yield from (Path(prefix) / "share" for prefix in (sys.prefix, sys.base_prefix))


def _by_pip() -> Iterator[Path]:
    """Wherever pip put it: into a venv, the user's or the system's folders, or a folder that was named."""
    from importlib import metadata

    with contextlib.suppress(metadata.PackageNotFoundError):
        for file in metadata.files("desktopnotes") or ():
            if file.as_posix().endswith(f"share/{_ENTRY}"):
                yield Path(os.path.abspath(str(file.locate()))).parents[1]


def _shown_to_all() -> list[Path]:
    """The folders that the desktop reads for every user."""
    folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(os.path.abspath(folder)) for folder in folders.split(":") if os.path.isabs(folder)]


def _names(source: Path) -> list[str]:
    """The files of ours in a `share` that others may use too."""
    return [
        file.relative_to(source).as_posix()
        for part in _PARTS
        for pattern in ("desktopnotes.*", "application-vnd.desktopnotes+json.*")
        for file in sorted((source / part).rglob(pattern))
    ]


# --- what desktops make of it ------------------------------------------------------------------------


def _tell_the_desktop(share: Path) -> None:
    """Desktops look kinds of files up in caches, which the desktop's own tools make anew."""
    missing = [
        tool
        for tool, folder in (("update-desktop-database", "applications"), ("update-mime-database", "mime"))
        if (share / folder).is_dir() and not _make_cache(tool, str(share / folder))
    ]
    icons = share / "icons" / "hicolor"
    # Where there is no cache, the folders are read; one that we began would hide what others put there later.
    if (icons / "icon-theme.cache").exists():
        _make_cache("gtk-update-icon-cache", "--quiet", "--force", "--ignore-theme-index", str(icons))
    with contextlib.suppress(OSError):
        os.utime(icons)  # tells those who watch it that something in it is new
    if missing:
        say(
            _("Without {tools} a double click may not lead here yet. On Debian: {packages}.").format(
                tools=", ".join(missing),
                packages="sudo apt install desktop-file-utils shared-mime-info",
            )
        )


def _make_cache(*command: str) -> bool:
    tool = shutil.which(command[0])
    if tool is None:
        return False
    try:
        done = subprocess.run(
            (tool, *command[1:]), stdin=subprocess.DEVNULL, capture_output=True, timeout=_TOOL_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _take_away_empty(share: Path, names: Sequence[str]) -> None:
    """The folders of what was taken out that nothing is left in but caches of nothing."""
    mime, applications = share / "mime", share / "applications"
    with contextlib.suppress(OSError):  # what cannot be removed does no harm
        if not any((mime / "packages").glob("*")):
            for name in _MADE_OF_KINDS:
                (mime / name).unlink(missing_ok=True)
        if not any(file for file in applications.glob("*") if file.name != "mimeinfo.cache"):
            (applications / "mimeinfo.cache").unlink(missing_ok=True)
    folders = {mime / "application", *(folder for name in names for folder in (share / name).parents)}
    for folder in sorted(folders, key=lambda one: len(one.parts), reverse=True):
        with contextlib.suppress(OSError):  # something else is in it
            if folder.is_relative_to(share):
                folder.rmdir()
