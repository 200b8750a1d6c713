"""An export written to the disk: its pictures first, then its texts, and nothing outside its folder.

Every file is replaced whole and durably (`files.replace_file`), so that a disk that fails leaves the old post
as it was. A picture that somebody else put there, or edited, is never overwritten in silence.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from desktopnotes.export.result import Export, PictureToCopy
from desktopnotes.files import Identity, identity, read_regular, replace_file
from desktopnotes.model.errors import WouldOverwriteError, WriteError
from desktopnotes.words import _

_LARGEST_PICTURE_BYTES = 100_000_000
_KINDS = {".webp": "webp", ".jpg": "jpeg", ".png": "png"}
_AT_A_TIME = min(8, 2 + (os.cpu_count() or 2))
"""While one picture waits for the disk, others are made."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an export goes: `file` is the post, `root` the folder that nothing is written outside of."""

    file: Path
    root: Path
    made_for: PurePosixPath

    def path_of(self, path: str) -> Path:
        """Where a file of the export goes: what belongs beside the post stays beside it."""
        pure = PurePosixPath(path)
        if pure == self.made_for:
            return self.file
        if pure.is_relative_to(self.made_for.parent):
            return self.file.parent / pure.relative_to(self.made_for.parent)
        return self.root / pure


def target_of(
    export: Export, path: Path, root_of: Callable[[Path], Path] = lambda file: file.parent
) -> Target:
    """For a folder: the export under its own names in it; else `path` is the post's file.

    `root_of` gives the folder that the export's paths are relative to, for a post of another name.
    """
    own = PurePosixPath(export.file_name)
    if path.is_dir():
        return Target(path / own, path, own)
    count = len(own.parts)
    if path.parts[-count:] == own.parts and len(path.parts) > count:
        return Target(path, path.parents[count - 1], own)
    return Target(path, root_of(path), own)


@dataclass(frozen=True, slots=True)
class TextToWrite:
    """`content` None leaves the file as it is. `seen` is its state when it was looked at, None for none."""

    path: Path
    content: bytes | None
    seen: Identity | None = None


@dataclass(frozen=True, slots=True)
class MadePicture:
    """What a picture was made of and its SHA-256, to know it again; the file was `kept` as it was found."""

    path: Path
    of: str
    sha256: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What is on the disk now: the texts, then the pictures."""

    paths: tuple[Path, ...]
    pictures: tuple[MadePicture, ...] = ()

    @property
    def kept(self) -> tuple[Path, ...]:
        """Pictures that were changed by hand, and stay so."""
        return tuple(each.path for each in self.pictures if each.kept)


Known = Mapping[str, tuple[str, str]]
"""Of pictures exported earlier, by their absolute paths: what they were made of, and their SHA-256."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """How pictures are written. `told` is called with how many are done and of how many; it may raise.

    `known` are those that were exported earlier. With `replaces` another picture in one's place goes.
    `kept_in` is the folder where those that were made once are found again.
    """

    known: Known = field(default_factory=dict)
    replaces: bool = False
    told: Callable[[int, int], None] = lambda done, of: None
    kept_in: Path | None = None


def write(export: Export, path: Path, *, overwrite: bool = False) -> Written:
    """Writes all of it: the post to the file `path` (in a folder: under its own name), its pictures with it.

    Raises `WouldOverwriteError` where another file would be lost (nothing is written then), and `WriteError`.
    """
    target = target_of(export, path)
    texts = []
    for file in export.files:
        place = target.path_of(file.path)
        if not overwrite and os.path.lexists(place):
            raise WouldOverwriteError(
                _("“{name}” exists already and was left as it is.").format(name=place.name),
                _("Choose another name."),
            )
        texts.append(TextToWrite(place, file.text.encode(), identity(place)))
    return write_all(target, texts, export.pictures, Pictures(replaces=overwrite))


def write_all(
    target: Target,
    texts: Sequence[TextToWrite],
    pictures: Sequence[PictureToCopy],
    how: Pictures = Pictures(),
) -> Written:
    """Writes pictures, then texts. Raises `WouldOverwriteError` before anything is written, and `WriteError`.

    A text that is in another state than it was seen in is left, and `WriteError` raised.
    """
    places = [(picture, target.path_of(picture.path)) for picture in pictures]
    for path in (*(text.path for text in texts), *(path for _picture, path in places)):
        _refuse_to_leave(target.root, path)
    made = _write_pictures(places, how)
    for text in texts:
        if text.content is not None:
            replace_file(
                text.path,
                text.content,
                overwrite=text.seen is not None,
                make_folder=True,
                before=partial(_refuse_changed, text),
            )
    return Written((*(text.path for text in texts), *(each.path for each in made)), tuple(made))


def _write_pictures(places: Sequence[tuple[PictureToCopy, Path]], how: Pictures) -> list[MadePicture]:
    made: list[MadePicture] = []
    with ThreadPoolExecutor(_AT_A_TIME, "pictures") as pool:
        try:
            if not how.replaces:
                others = [place for place in places if _is_of_others(place[1], how.known)]
                for _done in pool.map(partial(_refuse_another, how), others):
                    how.told(0, len(places))
            for one in pool.map(partial(_written, how), places):
                made.append(one)
                how.told(len(made), len(places))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return made


def _refuse_changed(text: TextToWrite, _now: Identity) -> None:
    if identity(text.path) != text.seen:
        raise WriteError(
            _("“{name}” was changed while it was exported, and was left as it is.").format(
                name=text.path.name
            ),
            _("Export again."),
        )


def _refuse_to_leave(folder: Path, path: Path) -> None:
    """A link planted in the folder must not carry what is written out of it, nor may a name."""
    try:
        allowed, real = Path(os.path.realpath(folder)), Path(os.path.realpath(path))
    except ValueError as error:
        raise WriteError(
            _("“{name}” is not a name that a file can have. Nothing was written.").format(
                name=repr(path.name)
            )
        ) from error
    if not real.is_relative_to(allowed):
        raise WriteError(
            _("“{name}” would lie outside “{folder}”, as a link leads there. Nothing was written.").format(
                name=path.name, folder=folder.name
            ),
            _("Remove the link, or choose another folder."),
        )


# --- pictures ----------------------------------------------------------------------------------------


def _content(picture: PictureToCopy, kept_in: Path | None) -> bytes:
    """The picture in the form of the file that it becomes."""
    from desktopnotes.pictures import travelling  # loads Pillow, which most posts do without

    return travelling(picture.source, _KINDS.get(PurePosixPath(picture.path).suffix, "webp"), kept_in)


def _made_of(picture: PictureToCopy) -> str:
    """Another word for another source or form, without reading it."""
    now = identity(picture.source)
    return f"{picture.source.name} {now.size} {now.mtime_ns}" if now else ""


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sha256_at(path: Path) -> str:
    """Empty where nothing is."""
    return _sha256(read_regular(path, _LARGEST_PICTURE_BYTES)) if os.path.lexists(path) else ""


def _is_of_others(path: Path, known: Known) -> bool:
    return os.path.lexists(path) and str(path) not in known


def _refuse_another(how: Pictures, place: tuple[PictureToCopy, Path]) -> None:
    picture, path = place
    if _sha256(_content(picture, how.kept_in)) != _sha256_at(path):
        raise WouldOverwriteError(
            _("Another picture “{name}” lies in “{folder}” already; nothing was written.").format(
                name=path.name, folder=path.parent.name
            ),
            _("Choose another folder."),
        )


def _written(how: Pictures, place: tuple[PictureToCopy, Path]) -> MadePicture:
    """The picture in its place, made only where what lies there was not made of the same."""
    picture, path = place
    of, (was_of, was) = _made_of(picture), how.known.get(str(path), ("", ""))
    there = _sha256_at(path)
    if was and there == was and was_of == of:
        return MadePicture(path, of, there)
    if was and there and there != was:
        return MadePicture(path, was_of, was, kept=True)
    content = _content(picture, how.kept_in)
    now = _sha256(content)
    if now != there:
        replace_file(path, content, make_folder=True)
    return MadePicture(path, of, now)
