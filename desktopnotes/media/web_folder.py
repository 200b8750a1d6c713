"""The folder for what pages are asked into: it goes with the program, or at the next start after a kill."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from desktopnotes import claims

_BEGINS = "desktopnotes-web-"
_CLAIM = "in-use"


class WebFolder:
    """Holds addresses of streams and captions, of which nothing is left behind; claimed as long as it is."""

    def __init__(self) -> None:
        """Raises OSError and `WriteError`."""
        remove_left_ones()
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=_BEGINS))
            claim = claims.take(self.path / _CLAIM)
            if claim is not None:  # else another program was quicker and removes it
                self._claim = claim
                return

    def new_part(self) -> Path:
        """A new folder within."""
        return Path(tempfile.mkdtemp(dir=self.path))

    def remove(self) -> None:
        self._claim.release()
        shutil.rmtree(self.path, ignore_errors=True)


def remove_left_ones() -> None:
    """Those of programs that were killed: the system has taken their claims back."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_BEGINS}*"):
        with suppress(OSError):
            if _is_ours(folder) and (claim := claims.take(folder / _CLAIM)):
                claim.release()
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """One without a file for its claim is being made just now."""
    status = folder.lstat()
    is_mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return is_mine and not folder.is_symlink() and (folder / _CLAIM).is_file()
