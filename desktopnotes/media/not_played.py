"""What is told of a recording that libVLC does not play."""

from __future__ import annotations

import sys
from pathlib import Path

from desktopnotes.media.web_errors import WebError, Why
from desktopnotes.media.web_way import Way
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.words import _


def unplayable(source: Path | str | Way, *, lacks_codec: bool = False) -> UserError:
    """Something came, and it is nothing that plays; `lacks_codec` where that is VLC's fault."""
    safe = _("The notes are safe.")
    if lacks_codec and not isinstance(source, Way):
        return _undecoded(Path(source).name)
    if isinstance(source, Way):
        message = _(
            "What the site gives out cannot be played: it is damaged, cut off, or no recording. {safe}"
        ).format(safe=safe)
        return WebError(
            Why.NO_VIDEO, source.page, message, _("Open its page in a browser to see what is there.")
        )
    message = _("“{name}” cannot be played: it is damaged, cut off, or no recording. {safe}").format(
        name=Path(source).name, safe=safe
    )
    return ReadError(message, _("Copy or download it again."))


def _undecoded(name: str) -> UserError:
    message = _("The VLC on this computer cannot decode “{name}”. The notes are safe.").format(name=name)
    hint = _("Install VLC 3 with all its codecs.")
    if sys.platform == "linux":
        hint = _(
            "Install its codecs: sudo apt install vlc-plugin-base. Or play another file of the recording."
        )
    return ReadError(message, hint)


def without_beginning(source: Path | str | Way) -> UserError:
    """Nothing came in all that time."""
    if isinstance(source, Way):
        message = _(
            "The recording does not begin to play: nothing that plays comes from the site. "
            "The notes are safe."
        )
        return WebError(Why.NETWORK, source.page, message, _("Try again."))
    return ReadError(
        _("“{name}” does not begin to play. The notes are safe.").format(name=Path(source).name),
        _("Try again."),
    )
