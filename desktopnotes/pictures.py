"""Snapshots: kept small and named by their content; and pictures read with care, wherever they come from.

Pillow opens many more kinds of file than pictures (an EPS runs programs), so only three are let in, only from
regular files, and only of a size that fits in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from pathlib import Path

import PIL.WebPImagePlugin  # noqa: F401 - else opening a WEBP loads all 40 plugins
from PIL import Image, ImageOps, features

from desktopnotes import bare_pictures
from desktopnotes.files import read_regular, replace_file
from desktopnotes.model.errors import ReadError, WouldOverwriteError, WriteError
from desktopnotes.model.naming import is_plain_name
from desktopnotes.words import _

FORMATS = ("PNG", "JPEG", "WEBP")
LONGEST_TRAVELLING_PX = 1600
"""The longer side of a picture in a post: more is not seen on a page, and takes long to load."""

MAX_PX = 32_000_000
_MAX_BYTES = 100_000_000

_LARGEST_LOSSLESS_BYTES = 400_000
_MOST_KEPT = 2000
"""Pictures made for posts, of some 100 kB each."""


def store_snapshot(source: Path, folder: Path) -> str:
    """Puts the picture at `source` into the notebook's folder of pictures, durably; the name it got there.

    The name is the content's SHA-256, so that none is ever written over and the same frame is kept once.
    Raises `ReadError` or `WriteError`.
    """
    content, suffix = _small(open_picture(source))
    name = f"{hashlib.sha256(content).hexdigest()}{suffix}"
    with contextlib.suppress(WouldOverwriteError):  # the very same is there already
        replace_file(folder / name, content, overwrite=False, make_folder=True)
    return name


def _small(picture: Image.Image) -> tuple[bytes, str]:
    """The picture as a file that is small and still crisp, and the file's suffix.

    Of slides, lossless WEBP takes half of what PNG takes (58 of 108 kB at 720p, 111 of 248 kB at 1080p) and
    not a letter changes. Film would take 1.3 MB: there WEBP of quality 90 takes 175 kB (39 dB), and nobody
    reads film.
    """
    if not features.check("webp"):
        return _encoded(picture, "PNG", optimize=True), ".png"
    lossless = _encoded(picture, "WEBP", lossless=True, quality=50, method=2)
    if len(lossless) <= _LARGEST_LOSSLESS_BYTES:
        return lossless, ".webp"
    return _encoded(picture, "WEBP", quality=90, method=4), ".webp"


def travelling(source: Path, kind: str, kept_in: Path | None = None) -> bytes:
    """The picture at `source` as it goes along with a post: of that kind ("webp", "jpeg" or "png"), no longer
    than 1600 px on a side, and with nothing hidden in it, such as where it was taken.

    One that is so already stays the very file; the same file always gives the same bytes. Of the filters for
    making it smaller this is the sharpest among the quick ones; WEBP of method 0 takes a third of the time of
    the usual one and 3 % more bytes. What was made is found again in the folder `kept_in`, by the content
    that it was made of. Several threads may do it at once. Raises `ReadError`.
    """
    content = read_regular(source, _MAX_BYTES)
    if bare_pictures.is_bare(content, kind) and _longest(content) <= LONGEST_TRAVELLING_PX:
        return content
    if kept_in is None:
        return _made_to_travel(source, kind)
    kept = kept_in / f"{hashlib.sha256(content).hexdigest()}-{LONGEST_TRAVELLING_PX}.{kind}"
    with contextlib.suppress(ReadError):
        made = read_regular(kept, _MAX_BYTES)
        if bare_pictures.is_bare(made, kind):  # and whole
            return made
    made = _made_to_travel(source, kind)
    with contextlib.suppress(WriteError, OSError):  # it is made again then
        _make_room(kept_in)
        replace_file(kept, made, make_folder=True)
    return made


def _make_room(folder: Path) -> None:
    """Lets the oldest go where there are many."""
    kept = list(folder.glob("*-*")) if folder.is_dir() else []
    if len(kept) > _MOST_KEPT:
        for path in sorted(kept, key=lambda path: path.stat().st_mtime)[: len(kept) // 2]:
            path.unlink(missing_ok=True)


def _made_to_travel(source: Path, kind: str) -> bytes:
    picture = open_picture(source)
    longest = max(picture.size)
    if longest > LONGEST_TRAVELLING_PX:
        width, height = (max(1, round(side * LONGEST_TRAVELLING_PX / longest)) for side in picture.size)
        picture = picture.resize((width, height), Image.Resampling.HAMMING, reducing_gap=2.0)
    picture.info.clear()
    if kind == "png":
        return _encoded(picture, "PNG", compress_level=6)
    if kind == "jpeg":
        return _encoded(_on_white(picture), "JPEG", quality=88)
    return _encoded(picture, "WEBP", quality=85, method=0)


def _longest(content: bytes) -> int:
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        return max(picture.size)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _encoded(picture: Image.Image, kind: str, **options: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def picture_path(folder: Path, name: str) -> Path:
    """Where the picture lies that a note names; it need not exist.

    Raises `ReadError` for a name that leads out of the folder, also by a link.
    """
    path = folder / name if is_plain_name(name) else folder
    inside = os.path.dirname(os.path.realpath(path)) == os.path.realpath(folder)
    if path == folder or not inside:
        raise ReadError(
            _("{name!a} names no picture in the notebook’s folder of pictures; it was not opened.").format(
                name=name[:60]
            ),
            _("Take the snapshot anew."),
        )
    return path


def open_picture(path: Path, max_px: int = MAX_PX) -> Image.Image:
    """The picture, wholly read, upright, as RGB or RGBA. Raises `ReadError`."""
    content = read_regular(path, _MAX_BYTES)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > max_px:
                raise _too_large(path, max_px)
            see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
            return ImageOps.exif_transpose(picture).convert("RGBA" if see_through else "RGB")
    except Image.DecompressionBombError as error:
        raise _too_large(path, max_px) from error
    except ReadError:
        raise
    except Exception as error:  # Pillow answers broken files with errors of every kind
        raise ReadError(
            _("“{name}” cannot be shown: it is no whole PNG, JPEG or WEBP picture.").format(name=path.name),
            _("Take the snapshot anew, or put the file back."),
        ) from error


def _too_large(path: Path, max_px: int) -> ReadError:
    return ReadError(
        _("The picture “{name}” is larger than {max_px} megapixels, so it was not opened.").format(
            name=path.name, max_px=max_px // 1_000_000
        ),
        _("Make a smaller one of it."),
    )


def thumbnail(folder: Path, name: str, width_px: int, height_px: int) -> Image.Image:
    """A picture that a note names, no larger than that. Raises `ReadError`."""
    picture = open_picture(picture_path(folder, name))
    picture.thumbnail((max(1, width_px), max(1, height_px)), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return picture
