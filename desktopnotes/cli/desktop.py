"""`--install-desktop` and `--remove-desktop`: the program in this user's own menu, without root."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path

from desktopnotes.cli import entry
from desktopnotes.cli import put_among_yours as among
from desktopnotes.cli.answers import DONE, UsageError, printable, put, say
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.words import _

INSTALL, REMOVE = "--install-desktop", "--remove-desktop"

_ENTRY = "applications/desktopnotes.desktop"
_TOOL_S = 60.0
_MOVE_IT = _("Rename it or move it elsewhere, then call this again.")
_FOR_THE_REST = _("Remove it yourself, then call this again for the rest.")

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
    wanted, known = _wanted(source, share), _known(source, share)
    theirs = [name for name in wanted if not _may_write(share / name, wanted[name], known.get(name, ""))]
    if _ENTRY in theirs:
        raise UserError(_stays(share, _ENTRY, known), _MOVE_IT)
    record = {name: known[name] for name in theirs if name in known}
    written = _put_in_place(share, {name: wanted[name] for name in wanted if name not in theirs}, record)
    if source != share:
        _take_away_old(share, {name: known[name] for name in known if name not in wanted})
    put("".join(f"{printable(str(path))}\n" for path in written))
    for name in theirs:
        say(_stays(share, name, known))
    _tell_the_desktop(share)
    if written:
        say(_("Desktop Notes is in your menu now; “desktopnotes --remove-desktop” takes it out."))
    else:
        say(_("Desktop Notes is in your menu already; nothing had to be written."))
    return DONE


def _wanted(source: Path, share: Path) -> dict[str, bytes]:
    """What has to lie in `share`, the entry last; pip's own files in it are pip's, but for the entry."""
    names = [_ENTRY] if source == share else _names(source)
    return {name: _content(source, name) for name in names}


def _known(source: Path, share: Path) -> dict[str, str]:
    """The digests of what may be replaced: what we put there, and an entry that is as pip put it there."""
    known = among.remembered(share)
    if source == share:
        there = among.content(share / _ENTRY)
        if there is not None and entry.is_as_shipped(os.fsdecode(there)):
            known[_ENTRY] = among.digest(there)
    return known


def _may_write(path: Path, wanted: bytes, known: str) -> bool:
    """Not where somebody else's lies there, nor where ours was changed, nor through a link."""
    return not os.path.lexists(path) or among.is_one_of(path, (known, among.digest(wanted)))


def _stays(share: Path, name: str, known: Container[str]) -> str:
    path = share / name
    if name in known or entry.is_ours(os.fsdecode(among.content(path) or b"")):
        return _("{path} was changed after “--install-desktop” made it, so it stays.").format(path=path)
    return _("{entry} was not made by “--install-desktop”, so it stays.").format(entry=path)


def _put_in_place(share: Path, wanted: Mapping[str, bytes], record: Mapping[str, str]) -> list[Path]:
    """Says what had to be written; all of it or, with `UserError`, none.

    `record` has the digests of what we put there once and leave as it is now.
    """
    before: dict[Path, bytes | None] = {}
    path = share
    try:
        for name, what in wanted.items():
            path = share / name
            was = among.content(path)
            if among.write(share, name, what):
                before[path] = was
        path = share / among.RECORD
        among.remember(share, {**record, **{name: among.digest(what) for name, what in wanted.items()}})
    except UserError as error:
        _put_back(before)
        _take_away_empty(share, [*wanted, among.RECORD])
        if not isinstance(error, WriteError):
            raise
        raise _not_put(share, path, error) from error
    return list(before)


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    """What worked before works on, as far as the disk lets us."""
    from desktopnotes.files import replace_file

    for path, was in before.items():
        with contextlib.suppress(OSError, UserError):
            if was is None:
                path.unlink()
            else:
                replace_file(path, was)


def _not_put(share: Path, path: Path, error: WriteError) -> WriteError:
    there = among.in_the_way(path, share)
    hint = _("Make that folder writable, or name another place in XDG_DATA_HOME.")
    return WriteError(
        _("Desktop Notes was not put into your menu: {folder} cannot be written ({reason}).").format(
            folder=there or share, reason=error.why or error.message
        ),
        _MOVE_IT if there else hint,
    )


def _take_away_old(share: Path, put_there: Mapping[str, str]) -> None:
    """What an older version put there and this one has no more."""
    for name, of in put_there.items():
        if among.is_one_of(share / name, (of,)):
            _unlink(share / name)


def _remove(share: Path) -> int:
    """Only what was put there by us and is as it was: all else is a package's or the user's own."""
    put_there = among.remembered(share)
    digests = {name: {of} for name, of in put_there.items()}
    with contextlib.suppress(UserError):  # what this copy would put there is known without a record too
        if (source := _shipped()) != share:
            for name, what in _wanted(source, share).items():
                digests.setdefault(name, set()).add(among.digest(what))
    if os.path.lexists(share / _ENTRY) and not among.is_one_of(share / _ENTRY, digests.get(_ENTRY, ())):
        raise UserError(_stays(share, _ENTRY, put_there), _FOR_THE_REST if _ENTRY in put_there else "")
    removed = [share / name for name in digests if among.is_one_of(share / name, digests[name])]
    removed.sort(key=lambda path: (path != share / _ENTRY, path))
    for path in removed:
        _unlink(path)
    put("".join(f"{printable(str(path))}\n" for path in removed))
    for name in put_there:
        if os.path.lexists(share / name):
            say(_stays(share, name, put_there))
    among.forget(share)
    if not removed:
        say(_("Desktop Notes has no entry of its own in your menu; nothing was removed."))
        return DONE
    _tell_the_desktop(share)
    _take_away_empty(share, list(digests))
    say(_("Desktop Notes is no longer in your menu. Your notebooks and settings are as they were."))
    return DONE


def _unlink(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise WriteError(
            _("“{path}” cannot be removed: {reason}.").format(path=path, reason=error.strerror),
            _FOR_THE_REST,
        ) from error


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
