"""`desktopnotes search`: finds words in notebooks, one hit a line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktopnotes.cli.answers import DONE, EXIT_CODES, NO, UNREADABLE, UsageError, printable, put, say
from desktopnotes.model.errors import ReadError
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.model.search import Query
    from desktopnotes.storage.library import Found, Shelf

_ABOUT = _("""\
Find the notes, titles, speakers, write-ups and introductions that have all WORDS, in any order; case and
accents do not count. '"two words"' is found as it stands; kind:question, '#tag' and has:snapshot ask for such
notes. Each hit is a line: notebook, talk, stamp and text, with tabs between them.""")


def add_to(calls: Any) -> None:
    """Adds the call to the parser's."""
    search = calls.add_parser(
        "search",
        help=_("find words in notebooks"),
        description=_ABOUT,
        epilog=_("Where nothing is found, the exit code is 1.") + " " + EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    search.add_argument("words", metavar=_("WORDS"), nargs="+")
    search.add_argument(
        "--in",
        dest="notebooks",
        metavar=_("NOTEBOOK"),
        type=Path,
        action="append",
        default=[],
        help=_("look there alone (default: in the notebooks opened lately and in those in Talk Notes)"),
    )
    search.add_argument("--captions", action="store_true", help=_("in the recordings’ captions, too"))
    search.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from desktopnotes.model.search import read_query
    from desktopnotes.storage import library, settings_file

    query = read_query(" ".join(options.words))
    if query.is_empty:
        raise UsageError(
            _("There is nothing to look for."), _("Name a word, or a filter such as kind:question.")
        )
    paths = options.notebooks or library.known()
    shelf = library.Shelf(settings_file.read().settings.language)
    any_found = any_unread = False
    for path in paths:
        try:
            for found in _search(shelf, query, path, captions=options.captions):
                any_found = True
                if not put("".join(_lines(query, found))):
                    return DONE
        except ReadError as error:
            any_unread = True
            say(str(error))
    # What is named must be readable; of all that are known one may be broken.
    if any_unread and options.notebooks:
        return UNREADABLE
    return DONE if any_found else NO


def _search(shelf: Shelf, query: Query, path: Path, *, captions: bool) -> Iterator[Found]:
    yield from shelf.search(query, path, _go_on)
    if captions:
        yield from shelf.search_captions(query, path, shelf.notebook(path), _go_on)


def _go_on() -> None:
    """Nobody ends the work but the user, by Ctrl+C."""


def _lines(query: Query, found: Found) -> Iterator[str]:
    from desktopnotes.model import timecode
    from desktopnotes.model.search import hit_of
    from desktopnotes.storage.library import shown_name

    titles = {talk.id: talk.title for talk in found.notebook.talks}
    notebook = found.notebook.title or shown_name(found.path)
    for hit in (hit_of(query, text) for text in found.texts):
        stamp = "" if hit.at_ms is None else timecode.clock(hit.at_ms, long=True)
        columns = (notebook, titles.get(hit.talk_id, ""), stamp, hit.text)
        yield "\t".join(printable(" ".join(column.split())) for column in columns) + "\n"
