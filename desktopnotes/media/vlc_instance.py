"""Starting libVLC with its options, or saying why it does not start; the only module that imports `vlc`."""

from __future__ import annotations

import ctypes
import os
import shlex
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktopnotes.model.errors import UserError
from desktopnotes.words import _

OPTIONS = (
    "--quiet",
    "--no-video-title-show",
    "--no-osd",
    "--no-snapshot-preview",
    "--no-lua",
    # Captions come from the program itself; drawn by VLC they would stand in every snapshot.
    "--no-sub-autodetect-file",
    # A Matroska file may name others, and make all in its folder be looked into.
    "--no-mkv-preload-local-dir",
    "--no-metadata-network-access",
    # Nor those inside a recording, even where it asks for them: none has this number, until one is chosen.
    "--sub-track=99999",
    "--no-mouse-events",
    "--no-keyboard-events",
)

VIRTUAL_SCREEN_OPTIONS = ("--no-xlib", "--vout=xcb_x11", "--aout=adummy", "--avcodec-hw=none")
"""For an X server without a screen: the first picture comes four times sooner, at a seventh of the load."""

_BAD_EXE_FORMAT = 193
"""What Windows says of a library for another kind of processor (ERROR_BAD_EXE_FORMAT)."""

_M_ARENA_MAX = -8
"""The number of that setting in glibc's malloc.h."""


def load_vlc() -> Any:
    """The `vlc` module. `UserError`, saying how to install it, where no libVLC 3 can be loaded."""
    try:
        import vlc  # here, because it looks for libVLC at once, and everything else works without it
    except (Exception, SystemExit) as error:
        raise _not_loaded(error) from error
    # Where it finds no library, and nothing says so, python-vlc takes this very process for one.
    if not hasattr(vlc.dll, "libvlc_new"):
        raise _not_loaded(_error_of_library())
    return vlc


def _not_loaded(error: BaseException | None) -> UserError:
    hint = _("Install VLC 3 from https://www.videolan.org and start again.")
    if sys.platform == "linux":
        hint = _("Install it: sudo apt install libvlc5 vlc-plugin-base vlc-plugin-video-output")
    if "wrong ELF class" in str(error) or getattr(error, "winerror", None) == _BAD_EXE_FORMAT:
        own, other = ("64", "32") if sys.maxsize > 2**32 else ("32", "64")
        message = _(
            "The VLC that is installed is one of {other} bits, and this Python one of {own}, "
            "so nothing plays. Notes work all the same."
        ).format(other=other, own=own)
        return UserError(message, hint)
    return UserError(_("VLC is not installed, so nothing plays. Notes work all the same."), hint)


def _error_of_library() -> OSError | None:
    """Why the system does not load libVLC by its name."""
    try:
        ctypes.CDLL("libvlc.so.5")
    except OSError as error:
        return error
    return None


def vlc_available() -> bool:
    try:
        load_vlc()
    except UserError:
        return False
    return True


def start_vlc(vlc: Any, options: Sequence[str]) -> Any:
    """An instance of the module `vlc`, with these options and those of DESKTOPNOTES_VLC_OPTIONS.

    `UserError` with libVLC's own words when it does not start.
    """
    _share_memory_pools()
    _hush_alsa()
    own_options = shlex.split(os.environ.get("DESKTOPNOTES_VLC_OPTIONS", ""))
    arguments = [*OPTIONS, *options, *own_options]
    if instance := vlc.Instance(arguments):
        return instance
    words = _words_of(lambda: vlc.Instance(arguments))
    if any(option in words for option in OPTIONS):  # its plugins bring these
        hint = _("Install VLC 3 anew.")
        if sys.platform == "linux":
            hint = _("Install them: sudo apt install vlc-plugin-base vlc-plugin-video-output")
        raise UserError(_("VLC lacks its plugins, so nothing plays. Notes work all the same."), hint)
    raise UserError(
        _("VLC could not start: {why}. Notes work all the same.").format(
            why=words or _("it does not say why")
        ),
        _("DESKTOPNOTES_VLC_OPTIONS is “{options}”: try without.").format(options=shlex.join(own_options))
        if own_options
        else "",
    )


def keep_no_covers(cache: Path) -> None:
    """Lets libVLC write nothing of a recording: it would keep each cover in `~/.cache/vlc/art`, with no end.

    It looks for that folder in C's environment, where it gets `cache`, the program's own; there a file stands
    in the folder's place. Python's environment, and so what the program itself starts, stays as it is. To be
    called on the window's thread before anything plays: no other must read that environment meanwhile.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # the covers are kept then
            cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            (cache / "vlc").touch()
            ctypes.CDLL(None).setenv(b"XDG_CACHE_HOME", os.fsencode(cache), 1)


def _words_of(start: Callable[[], object]) -> str:
    """What libVLC prints on the standard error while it fails to start; it says it nowhere else."""
    try:
        kept = os.dup(2)
    except OSError:
        return ""
    with tempfile.TemporaryFile() as words:
        os.dup2(words.fileno(), 2)
        try:
            start()
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        words.seek(0)
        return words.read().decode(errors="replace").strip()


def _share_memory_pools() -> None:
    """Lets all threads take memory from two pools, as glibc can: libVLC's many threads else hold one each.

    Measured over ten minutes of the sample in a loop: 160 to 187 MB instead of 237 to 260.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _hush_alsa() -> None:
    """Lets ALSA, by which libVLC plays sound, print nothing of its own.

    Without a sound card it would print some 400 lines a second on the standard error, for as long as anything
    plays. What it calls for each of them is a function of C that does nothing: Python has no part in it.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # where it is not there, nobody prints
            nothing = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(nothing)
