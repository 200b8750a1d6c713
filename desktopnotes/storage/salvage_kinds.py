"""What an object found in a damaged notebook is: a note, a talk, a post or the notebook itself."""

from __future__ import annotations

from typing import Any

from desktopnotes.storage.format import NOTE, POST, TALK
from desktopnotes.storage.tolerant import Piece

_ROWS = {"note": NOTE.rows.keys(), "post": POST.rows.keys(), "talk": TALK.rows.keys()}
_KIND_IN = {"notes": "note", "posts": "post", "talks": "talk"}


def kind_of(piece: Piece, *, behind_posts: bool) -> str:
    """What an object is, by its keys and by where it stands; "" for what is nothing of ours."""
    keys = piece.entries.keys()
    if "format" in keys or "posts" in keys or _is_list_of_objects(piece.entries.get("talks")):
        return "notebook"
    if _is_list_of_objects(piece.entries.get("notes")):
        return "talk"
    place = _KIND_IN.get(piece.of, "")
    if "id" not in keys and "title" in keys and place in ("", "note"):
        return ""  # a chapter
    is_sure = piece.is_sure and not (behind_posts and place != "post")
    best, likelihood = "", 1.0
    for kind, rows in _ROWS.items():
        score = len(keys & rows) + (0 if kind != place else 1.5 if is_sure else 0.5)
        score -= 0.5 if kind == "talk" else 0  # it would have its list of notes, if only an empty one
        if score > likelihood:
            best, likelihood = kind, score
    return best


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and (not value or isinstance(value[0], dict))
