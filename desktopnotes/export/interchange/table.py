"""Notes as a table (CSV, RFC 4180) for spreadsheets and programs: texts as typed, times as readers see them.

Spreadsheets run what begins like a formula: such a cell gets an apostrophe before it, which says that it is
text. A BOM stands first, as Excel reads a file without one in the letters of the machine, not as UTF-8; other
readers skip it (in Python the encoding is called `utf-8-sig`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from desktopnotes.export import links
from desktopnotes.export.interchange import wording
from desktopnotes.export.interchange.talks import public_ms
from desktopnotes.model import tags, timecode
from desktopnotes.model.notebook import Note, Talk

HEAD = ("Talk", "Speakers", "Time", "End", "Milliseconds", "Kind", "Note", "Tags", "Caption", "Link")

_BOM = "\ufeff"
_WHITE = ("\t", "\r", "\n")
_FORMULA = tuple("=+-@＝＋－＠")
"""The full-width ones are formulas to a spreadsheet that is set to Japanese (OWASP, “CSV Injection”)."""


def written(rows: Iterable[tuple[Talk, Note]]) -> str:
    target = io.StringIO(newline="")
    table = csv.writer(target, lineterminator="\r\n")
    table.writerow(HEAD)
    for talk, note in rows:
        table.writerow(map(guarded, _cells(talk, note)))
    return _BOM + target.getvalue()


def guarded(cell: str) -> str:
    """The cell as no spreadsheet runs it: white space does not keep all of them from a formula behind it."""
    return f"'{cell}" if cell.startswith(_WHITE) or cell.lstrip().startswith(_FORMULA) else cell


def _cells(talk: Talk, note: Note) -> tuple[str, ...]:
    at_ms = None if note.at_ms is None else public_ms(talk, note.at_ms)
    end_ms = None if note.at_ms is None or note.end_ms is None else public_ms(talk, note.end_ms)
    return (
        wording.title(talk),
        "; ".join(filter(None, map(wording.one_line, talk.speakers))),
        _clock(at_ms),
        _clock(end_ms),
        "" if at_ms is None else str(at_ms),
        note.kind,
        wording.visible(note.text).strip(),
        " ".join(tags.tags_in(note.text)),
        wording.one_line(note.caption),
        links.deep_link(talk.url, note.at_ms, talk.offset_ms) or links.public(talk.url),
    )


def _clock(at_ms: int | None) -> str:
    """`h:mm:ss`, which every spreadsheet takes for a time, whatever its language."""
    return "" if at_ms is None else timecode.clock(at_ms, long=True)
