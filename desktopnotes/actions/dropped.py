"""What becomes of things that are dropped on the window, by what they are and where they land."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from desktopnotes.actions import captions, file, importing, notes, snapshots
from desktopnotes.captions import SUFFIXES as CAPTIONS
from desktopnotes.model.errors import UserError
from desktopnotes.session import Session
from desktopnotes.storage.recordings import MEDIA_SUFFIXES
from desktopnotes.words import _

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")
_MOST_PICTURES = 20


def take(session: Session, words: Sequence[str], *, on_video: bool = False) -> None:
    """Files and folders by their paths or URIs, addresses, or a text; all of it is taken, or nothing.

    Raises `UserError` with a sentence about what cannot be taken.
    """
    items = file.dropped_items(words)
    paths = tuple(path for path in items if os.path.isabs(path))
    if not paths:
        file.take_dropped(session, words)
        return
    _refuse_foreign(paths)
    pictures = [path for path in paths if _suffix(path) in _PICTURES]
    if pictures:
        _take_pictures(session, pictures, len(paths))
        return
    texts = [path for path in paths if importing.is_text(path)]
    others = [item for item in items if item not in texts]
    if others:
        file.open_arguments(session, others)
        _take_captions_along(session, texts, others)
    elif on_video and len(texts) == 1 and _suffix(texts[0]) in CAPTIONS and session.talk is not None:
        captions.use(session, Path(texts[0]))
    else:
        importing.begin(session, [Path(text) for text in texts])


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _refuse_foreign(paths: Sequence[str]) -> None:
    """What the desktop knows to be no recording would only be a talk that does not play."""
    from mimetypes import guess_type  # a start does without it

    known = (".json", *MEDIA_SUFFIXES, *_PICTURES)
    for path in paths:
        kind = guess_type(path)[0]
        if (
            kind is None
            or kind.startswith(("video/", "audio/"))
            or _suffix(path) in known
            or importing.is_text(path)
            or os.path.isdir(path)
        ):
            continue
        raise UserError(
            _("“{name}” is neither a recording nor a notebook, captions, notes or a picture.").format(
                name=os.path.basename(path)
            ),
            _("Nothing was added."),
        )


def _take_captions_along(session: Session, texts: Sequence[str], others: Sequence[str]) -> None:
    """Those that lie beside their recording are found by themselves; of one other the recording is clear."""
    beside = {os.path.splitext(other)[0] for other in others}
    rest = [
        text
        for text in texts
        if not (_suffix(text) in CAPTIONS and any(text.startswith(f"{stem}.") for stem in beside))
    ]
    if len(rest) == 1 and len(others) == 1 and _suffix(rest[0]) in CAPTIONS and session.talk is not None:
        captions.use(session, Path(rest[0]))
    elif rest:
        importing.begin(session, [Path(text) for text in rest])


def _take_pictures(session: Session, pictures: Sequence[str], dropped: int) -> None:
    session.refuse_if_read_only()
    if session.talk is None:
        raise UserError(_("A picture goes into a note, and no talk is open."), _("Add a talk first."))
    if dropped > len(pictures) or dropped > _MOST_PICTURES:
        raise UserError(
            _("Pictures go into notes, up to {most} at a time, and nothing else with them.").format(
                most=_MOST_PICTURES
            ),
            _("Nothing was added."),
        )
    for picture in pictures:
        if not os.path.isfile(picture):
            raise UserError(_("“{name}” is not there.").format(name=os.path.basename(picture)))
    for picture in pictures:
        snapshots.put_in(session, Path(picture), partial(notes.under_the_caret, session), notes.utc_now())
