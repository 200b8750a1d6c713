"""What is handed to the desktop's own programs: pages of the web, folders, and files that run nothing.

A notebook comes from anybody, so nothing in it is taken for a command: no shell, no option, no program.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from desktopnotes.model.errors import UserError
from desktopnotes.model.shortening import to_letters
from desktopnotes.words import _

_ADDRESS = re.compile(r"(?:https?://[^\s/?#\\]|mailto:[^\s?#])\S*", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_NEVER_IN_ONE = re.compile(r"""[\\"'<>`|{}^$]""")
"""They stand for themselves in no address, and may mean something to the scripts that desktops have."""

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp"})

_TEXTS = frozenset({".csv", ".htm", ".html", ".j2", ".json", ".md", ".mdx", ".srt", ".txt", ".vtt"})
"""What the program itself writes; a desktop opens it in a reader or an editor, and runs none of it."""


def open_outside(address: str) -> None:
    """Opens an address, a folder or a file with the desktop's own program. Raises `UserError`."""
    whole = _checked(address)
    try:
        if sys.platform == "win32":
            os.startfile(whole)
        else:
            subprocess.Popen(
                _command(whole), stdin=subprocess.DEVNULL, start_new_session=True, env=dict(os.environ)
            )
    except OSError as error:
        raise UserError(
            _("{address} cannot be opened from here.").format(address=address), _("Open it in your files.")
        ) from error


def _command(whole: str) -> list[str]:
    if sys.platform == "darwin":
        is_folder = os.path.isdir(whole)  # one of a certain name would be started as a program
        return ["/usr/bin/open", *(["-a", "Finder"] if is_folder else []), whole]
    opener = shutil.which("xdg-open") or ""
    if not os.path.isabs(opener):  # a path of programs that begins where the user happens to be
        raise FileNotFoundError("xdg-open")
    return [opener, whole]


def _checked(address: str) -> str:
    """The address, or the absolute path, as it may be handed over; never one that begins with a dash."""
    if not address.isprintable() and not os.path.exists(address):
        raise UserError(_("That address holds characters that none has, so it was not opened."))
    if _ADDRESS.fullmatch(address):
        return _NEVER_IN_ONE.sub(lambda sign: f"%{ord(sign[0]):02X}", address)
    path = Path(address)
    if path.is_absolute() and path.is_dir():
        return str(path)
    if path.is_absolute() and path.is_file() and path.suffix.lower() in PICTURES | _TEXTS:
        return str(path)
    if _SCHEME.match(address):
        raise UserError(
            _("“{address}” is no page of the web, so it was not opened.").format(
                address=to_letters(address, 60)
            ),
            _("Only addresses that begin with https://, http:// or mailto: are opened from here."),
        )
    raise UserError(
        _("“{name}” is not opened from here: that could start a program.").format(
            name=Path(address).name[:60]
        ),
        _("Look for it in your files, if you trust it."),
    )
