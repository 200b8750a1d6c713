"""Files of a newer version of the format: shown and never written, as what only that knows would be lost."""

from __future__ import annotations

from pathlib import Path

from desktopnotes.files import read_regular
from desktopnotes.model.errors import ReadError, WriteError
from desktopnotes.storage.codec import LIMIT_BYTES, decode_any
from desktopnotes.words import _


def refuse_newer(path: Path) -> None:
    """Raises `WriteError` where a newer version wrote what lies at `path`; a damaged file may be written."""
    try:
        is_newer = decode_any(read_regular(path, LIMIT_BYTES), path.name).is_newer
    except ReadError:
        return
    if is_newer:
        raise WriteError(
            _("A newer version of Desktop Notes wrote “{name}”, so nothing was put in its place.").format(
                name=path.name
            ),
            _("Use the newer version for it."),
        )
