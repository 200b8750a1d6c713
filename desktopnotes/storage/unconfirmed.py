"""Folders of which no disk can confirm that a save in them outlasts a power cut: told once."""

from __future__ import annotations

from pathlib import Path

from desktopnotes.syncing import cannot_be_synced
from desktopnotes.words import _

_NOT_CONFIRMED = _(
    "The notebook is saved, but the disk cannot confirm it, as its folder may not be listed: the last "
    "change may not outlast a power cut. Let yourself read that folder, and this is mended."
)


class Unconfirmed:
    """What is to be told of the notebook's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._has_told = False

    def told_once(self) -> list[str]:
        """Told once: it will be so at every save."""
        if self._has_told or not cannot_be_synced(self._folder):
            return []
        self._has_told = True
        return [_NOT_CONFIRMED]
