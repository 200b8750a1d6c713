"""The notebook file, field by field: a new field is a field of the dataclass and a row here.

The order of the rows is the order in the file (notebook.md). Encoding, decoding, checking and the schema all
read these tables.
"""

from __future__ import annotations

from desktopnotes.model.notebook import (
    Chapter,
    Exported,
    Kind,
    Note,
    Notebook,
    Post,
    Published,
    Site,
    State,
    Style,
    Talk,
    Times,
)
from desktopnotes.storage.shapes import Flag, Many, Number, OrNull, Record, Text, Whole

FORMAT = "desktopnotes"
VERSION = 1

_LONGEST_MS = 1000 * 3600 * 1000
"""A thousand hours, as `timecode` has it."""

_ID = Text("unique, and never used again", lengths=(1, 64))
_DAYTIME = Text("UTC, ISO 8601")


def _time(about: str, *, or_null: bool = False) -> Whole:
    return Whole(0, _LONGEST_MS, f"{about}, in ms", or_null)


NOTE = Record(
    Note,
    {
        "id": _ID,
        "at_ms": _time("the stamp: where in what is played the note belongs", or_null=True),
        "end_ms": _time("where what the note is about ends", or_null=True),
        "kind": Text("decides how the note appears in a post", tuple(Kind)),
        "text": Text("Markdown"),
        "picture": Text("a file in the folder of pictures"),
        "alt": Text("the picture in words"),
        "caption": Text("what the recording's subtitles say at the stamp"),
        "used": Flag("it stands in the write-up"),
        "approximate": Flag("the stamp is not true to the frame"),
        "conflict": Flag("a merge kept both versions"),
        "created": _DAYTIME,
        "edited": _DAYTIME,
    },
)

CHAPTER = Record(Chapter, {"at_ms": _time("its beginning"), "title": Text()})

TALK = Record(
    Talk,
    {
        "id": _ID,
        "title": Text(),
        "original_title": Text("the title as the recording's data or file name had it"),
        "speakers": Many(Text()),
        "url": Text("the page that a reader opens"),
        "file": Text("the recording, relative to the notebook where that is possible"),
        "duration_ms": _time("0 while it is not known"),
        "state": Text("how far it has been watched", tuple(State)),
        "position_ms": _time("where watching goes on"),
        "rate": Number(0.05, 20, "the speed of playing"),
        "offset_ms": Whole(-_LONGEST_MS, _LONGEST_MS, "added when a link into `url` is made"),
        "tags": Many(Text()),
        "captions": Text("a file of subtitles, relative to the notebook where that is possible"),
        "chapters": Many(CHAPTER, "the recording's own"),
        "write_up": Text("the talk's paragraphs in the post, Markdown"),
        "notes": Many(NOTE, "in the order of the page"),
    },
)

POST = Record(
    Post,
    {
        "id": _ID,
        "title": Text(),
        "date": Text("a date without time, YYYY-MM-DD"),
        "slug": Text("its name in addresses"),
        "lang": Text("its language, as in HTML"),
        "tags": Many(Text()),
        "description": Text(),
        "draft": Flag(),
        "intro": Text("Markdown"),
        "closing": Text("Markdown"),
        "talks": Many(Text(), "ids of talks, in the order of the post"),
        "style": Text(f"one of {', '.join(Style)}, or the name of a style of the user's own"),
        "site": Text("what builds the author's site", tuple(Site)),
        "times": Text("how a note's time shows", tuple(Times)),
        "published": OrNull(Record(Published, {"date": Text(), "url": Text()})),
        "exported": Many(
            Record(Exported, {"path": Text(), "site": Text(words=tuple(Site))}), "where it was written to"
        ),
    },
)

NOTEBOOK = Record(
    Notebook,
    {
        "id": _ID,
        "title": Text(),
        "created": _DAYTIME,
        "pictures": Text("the folder of pictures beside the file"),
        "talks": Many(TALK),
        "posts": Many(POST),
    },
    "A notebook of Desktop Notes: talks with stamped notes, and the posts made of them.",
)
