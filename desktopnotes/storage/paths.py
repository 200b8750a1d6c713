"""Where the program's own files lie: the only user of appdirs, never a place that the user did not expect.

Every folder is worked out anew at each call and none is made here: who writes a file makes its folder.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path

import appdirs

from desktopnotes.file_errors import cannot_write
from desktopnotes.files import read_regular, replace_file
from desktopnotes.model.errors import UserError, WouldOverwriteError
from desktopnotes.words import _

APP = "desktopnotes"
NOTEBOOK_SUFFIX = ".talknotes.json"

_VARIABLES = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
_USER_DIR = r'^\s*XDG_{name}_DIR="((?:[^"\\]|\\.)*)"'
_VIDEOS = "Movies" if sys.platform == "darwin" else "Videos"
_USER_DIRS_LIMIT = 100_000
_SAMPLE_FILE_LIMIT = 100_000_000


def config_folder() -> Path:
    """Settings and the user's own styles."""
    _drop_strange_variables()
    return _absolute(appdirs.user_config_dir(APP, False))


def state_folder() -> Path:
    """What was open, the log, backups, emergency copies: worth keeping, but of this machine alone."""
    _drop_strange_variables()
    return _absolute(appdirs.user_state_dir(APP, False))


def data_folder() -> Path:
    """The copy of the sample."""
    _drop_strange_variables()
    return _absolute(appdirs.user_data_dir(APP, False))


def cache_folder() -> Path:
    """What can be made again."""
    _drop_strange_variables()
    return _absolute(appdirs.user_cache_dir(APP, False))


def made_pictures_folder() -> Path:
    """Pictures as they travel with posts."""
    return cache_folder() / "pictures"


def backups_folder() -> Path:
    """Where the folders of all notebooks' backups lie; it need not exist."""
    return state_folder() / "backups"


def log_folder() -> Path:
    return state_folder() / "log"


def settings_path() -> Path:
    return config_folder() / "settings.json"


def state_path() -> Path:
    return state_folder() / "state.json"


def styles_folder() -> Path:
    """The user's own styles of a post."""
    return config_folder() / "styles"


def home_folder() -> Path:
    _drop_strange_variables()
    return _absolute(os.path.expanduser("~"))


def shown_folder(folder: Path) -> str:
    """A folder as people know it, with "~" for home."""
    home = str(home_folder())
    return f"~{str(folder).removeprefix(home)}" if f"{folder}/".startswith(f"{home}/") else str(folder)


def documents_folder() -> Path:
    """The desktop's documents folder (`user-dirs.dirs`), else `Documents`; home where neither exists."""
    return _by_the_desktop("DOCUMENTS", "Documents")


def notebooks_folder() -> Path:
    """Where new notebooks go; it need not exist yet."""
    return documents_folder() / "Talk Notes"


def downloads_folder(named: str = "") -> Path:
    """Where recordings are loaded to: the folder that the settings name, else one among the user's videos.

    It need not exist yet.
    """
    expanded = os.path.expanduser(named)
    return Path(expanded) if os.path.isabs(expanded) else _by_the_desktop("VIDEOS", _VIDEOS) / "Talk Notes"


def incoming_folder() -> Path:
    """Where browsers put what they load."""
    return _by_the_desktop("DOWNLOAD", "Downloads")


def assets() -> Path:
    """The shipped pictures, icons and the sample: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    return next(
        (folder for folder in (package / "assets", package.parent / "assets") if folder.is_dir()),
        package / "assets",
    )


def changelog() -> Path | None:
    """The list of changes: among the assets of an installed package, beside them in a checkout."""
    candidates = (assets() / "CHANGELOG.md", assets().parent / "CHANGELOG.md")
    return next((path for path in candidates if path.is_file()), None)


def sample_notebook() -> Path | None:
    """The shipped sample, never to be written; None where the package comes without it."""
    return _notebook_in(assets() / "sample")


def copy_sample() -> Path | None:
    """The user's own copy of the sample notebook, made with all its files where it is missing.

    A file that is there already stays as the user left it. Raises `WriteError`.
    """
    shipped = sample_notebook()
    if shipped is None:
        return None
    target = data_folder() / "sample"
    for source in sorted(shipped.parent.rglob("*")):
        copy = target / source.relative_to(shipped.parent)
        try:
            is_missing = source.is_file() and not copy.exists()
        except OSError as error:  # a folder that this user may not even enter
            raise cannot_write(copy, error) from error
        if is_missing:
            _copy(source, copy)
    return target / shipped.name


def is_sample(notebook: Path) -> bool:
    """Whether that is the user's copy of the sample (or the shipped one itself)."""
    shipped = sample_notebook()
    return shipped is not None and notebook in (shipped, data_folder() / "sample" / shipped.name)


def _copy(source: Path, copy: Path) -> None:
    with contextlib.suppress(WouldOverwriteError):  # another window has just copied it
        replace_file(copy, read_regular(source, _SAMPLE_FILE_LIMIT), overwrite=False, make_folder=True)


def _notebook_in(folder: Path) -> Path | None:
    return next(iter(sorted(folder.glob(f"*{NOTEBOOK_SUFFIX}"))), None)


def _drop_strange_variables() -> None:
    """Takes empty and relative folders out of the environment, as the XDG specification asks.

    appdirs would answer with a relative folder, and files would land wherever the program was started.
    """
    for name in _VARIABLES:
        if name in os.environ and not os.path.isabs(os.environ[name]):
            del os.environ[name]


def _absolute(folder: str) -> Path:
    if not os.path.isabs(folder):
        raise UserError(_("The system knows no home folder for this user."), _("Set HOME, then start again."))
    return Path(folder)


def _by_the_desktop(name: str, usual: str) -> Path:
    home = home_folder()
    candidates = (_named_by_the_desktop(name, home), home / usual)
    return next((folder for folder in candidates if folder is not None and folder.is_dir()), home)


def _named_by_the_desktop(name: str, home: Path) -> Path | None:
    """The line `XDG_DOCUMENTS_DIR="$HOME/…"`, in which a backslash protects the next character."""
    try:
        lines = os.fsdecode(read_regular(config_folder().parent / "user-dirs.dirs", _USER_DIRS_LIMIT))
    except UserError:
        return None
    found = re.search(_USER_DIR.format(name=name), lines, re.MULTILINE)
    if not found:
        return None
    folder = re.sub(r"\\(.)", r"\1", found[1])
    if folder.startswith("$HOME"):
        folder = f"{home}{folder.removeprefix('$HOME')}"
    return Path(folder) if os.path.isabs(folder) else None
