"""Which notebooks are open in a window: a claim in the state folder for each, which the system takes back.

It keeps nobody from writing (what two windows write is merged); it lets the second window say so. A window of
another user, or of another machine on a shared disk, has another state folder and is not seen here.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from desktopnotes import claims
from desktopnotes.claims import Claim
from desktopnotes.files import read_regular
from desktopnotes.model.errors import UserError
from desktopnotes.storage.paths import state_folder

_LONGEST_ADDRESS_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Hold:
    """A notebook is open in this window, until it is released."""

    claim: Claim

    def release(self) -> None:
        self.claim.release()


def hold(path: Path, address: str = "") -> Hold | None:
    """Holds the notebook at `path`; None where another window does. Raises `WriteError`.

    `address` is where this window is called (empty: it is not): `holder` tells it to the others.
    """
    claim = claims.take(_claim_path(path), "windows that look after each other")
    if claim is None:
        return None
    with contextlib.suppress(OSError):  # then nobody knows where to go, which is all
        os.ftruncate(claim.descriptor, 0)
        os.write(claim.descriptor, os.fsencode(address))
    return Hold(claim)


def holder(path: Path) -> str:
    """The address of the window that holds the notebook at `path`; empty where it has none."""
    try:
        return os.fsdecode(read_regular(_claim_path(path), _LONGEST_ADDRESS_BYTES))
    except UserError:
        return ""


def _claim_path(path: Path) -> Path:
    return state_folder() / "open" / f"{place_name(path)}.lock"


def place_name(path: Path) -> str:
    """The same one by whatever way the file is reached: through links, and through folders bound elsewhere.

    So it is the folder that counts, and the name in it. The file itself is another after each save, and its
    hard links are other notebooks from then on.
    """
    real = Path(os.path.realpath(path))
    try:
        folder = os.stat(real.parent)
        place = f"{folder.st_dev} {folder.st_ino}"
    except OSError:
        place = str(real.parent)
    from hashlib import blake2s  # loads OpenSSL, which the window does not wait for

    return blake2s(os.fsencode(f"{place} {real.name}"), digest_size=16).hexdigest()
