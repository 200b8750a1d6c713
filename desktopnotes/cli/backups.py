"""`desktopnotes backups`: lists the backups of a notebook, compares one with now, restores one."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktopnotes.cli.answers import DONE, EXIT_CODES, NO, UsageError, printable, put, say
from desktopnotes.model.errors import ReadError
from desktopnotes.words import _, ngettext

if TYPE_CHECKING:
    from desktopnotes.model.comparing import Comparison, NoteDifference, TalkDifference
    from desktopnotes.model.notebook import Notebook
    from desktopnotes.storage.backups import Backup

_ABOUT = _("""\
List the backups of NOTEBOOK, also where it is damaged or gone. Each is a line: number (1 is the newest),
moment, notes, talks, why it was made and size, with tabs between them.

--restore puts one in the notebook's place, after what is there was kept as a backup too. A window that has
the notebook open takes it in as a change of another program: it can be undone there.""")


def add_to(calls: Any) -> None:
    """Adds the call to the parser's."""
    call = calls.add_parser(
        "backups",
        help=_("list the backups of a notebook, or restore one"),
        description=_ABOUT,
        epilog=_("Where there is no backup, the exit code is 1.") + " " + EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    call.add_argument("notebook", metavar=_("NOTEBOOK"), type=Path)
    deed = call.add_mutually_exclusive_group()
    deed.add_argument("--restore", metavar="N", type=int, help=_("put this one in the notebook’s place"))
    deed.add_argument("--show", metavar="N", type=int, help=_("say what restoring this one would do"))
    call.add_argument(
        "-o", "--output", metavar=_("FILE"), type=Path, help=_("with --restore: write it there instead")
    )
    call.add_argument("--overwrite", action="store_true", help=_("with -o: replace a file that is there"))
    call.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from desktopnotes.storage import backups

    if options.output and options.restore is None:
        raise UsageError(_("-o goes with --restore."), _("Say which one: --restore 1 -o FILE."))
    found = backups.of(options.notebook)
    if not found:
        say(_("There are no backups of “{path}”.").format(path=options.notebook))
        return NO
    if options.restore is not None:
        return _restore(options, _numbered(found, options.restore))
    if options.show is not None:
        put("".join(f"{line}\n" for line in _shown(options.notebook, _numbered(found, options.show))))
    else:
        put("".join(f"{_line(number, one)}\n" for number, one in enumerate(found, 1)))
    return DONE


def _numbered(found: tuple[Backup, ...], number: int) -> Backup:
    if not 1 <= number <= len(found):
        raise UsageError(
            _("There is no backup {number}: they go from 1 to {count}.").format(
                number=number, count=len(found)
            )
        )
    return found[number - 1]


def _line(number: int, one: Backup) -> str:
    moment = one.moment.astimezone().isoformat(timespec="seconds")
    notes, talks = _counts(one)
    return "\t".join((str(number), moment, notes, talks, one.why.words, _size(one.size)))


def _counts(one: Backup) -> tuple[str, str]:
    from desktopnotes.storage import backups

    notes, talks = one.notes, one.talks
    if notes is None or talks is None:
        try:
            notebook = backups.read(one)
        except ReadError:
            return (_("damaged"),) * 2
        notes, talks = sum(len(talk.notes) for talk in notebook.talks), len(notebook.talks)
    return (
        ngettext("{count} note", "{count} notes", notes).format(count=notes),
        ngettext("{count} talk", "{count} talks", talks).format(count=talks),
    )


def _size(size: int) -> str:
    if size < 1_000_000:
        return _("{size} kB").format(size=max(1, round(size / 1000)))
    whole, _point, tenth = f"{size / 1e6:.1f}".partition(".")
    return _("{whole}.{tenth} MB").format(whole=whole, tenth=tenth)


# --- restoring -----------------------------------------------------------------------------------------


def _restore(options: argparse.Namespace, one: Backup) -> int:
    from desktopnotes.files import replace_file
    from desktopnotes.storage import backups, codec

    content = backups.content_of(one)
    notebook = codec.decode(content, one.path.name)  # what cannot be opened is not put in anything's place
    target: Path = options.notebook
    elsewhere = options.output is not None and os.path.realpath(options.output) != os.path.realpath(target)
    if elsewhere:
        target = options.output
        replace_file(target, content, overwrite=options.overwrite)
    else:
        kept = backups.restore(target, content)
        if kept is not None:
            say(_("What was there before is kept in {path}.").format(path=kept))
    say(
        _("Wrote {path}: the backup of {moment}.").format(
            path=target, moment=one.moment.astimezone().isoformat(timespec="seconds")
        )
    )
    _tell_of_pictures(notebook, target)
    return DONE


def _tell_of_pictures(notebook: Notebook, target: Path) -> None:
    from desktopnotes.storage.missing_pictures import missing

    names = [note.picture for talk in notebook.talks for note in talk.notes if note.picture]
    gone = missing(names, target.parent, notebook.pictures)
    if gone:
        told = ngettext(
            "{count} picture of it cannot be found in “{folder}”.",
            "{count} pictures of it cannot be found in “{folder}”.",
            len(gone),
        )
        say(told.format(count=len(gone), folder=target.parent / notebook.pictures))


# --- comparing -----------------------------------------------------------------------------------------


def _shown(path: Path, one: Backup) -> Iterator[str]:
    from desktopnotes.model.comparing import compare
    from desktopnotes.model.notebook import Notebook
    from desktopnotes.storage import backups, opening

    then = backups.read(one)
    try:
        now = opening.open_notebook(path).notebook
    except ReadError as error:
        say(error.message)
        now = Notebook(then.id, then.title, then.created)
    comparison = compare(then, now)
    if comparison.is_same:
        yield _("It is as the notebook is now.")
        return
    yield from _of_talks(comparison)


def _of_talks(comparison: Comparison) -> Iterator[str]:
    for difference in comparison.differing:
        title = difference.talk.title or _("Untitled")
        yield printable(f"{_SIGNS[difference.what]} {title}{_fields(difference)}")
        yield from (f"    {_note(note)}" for note in difference.notes)
    if any(comparison.posts.values()):
        yield _("~ posts")
    if comparison.fields:
        yield _("~ notebook: {fields}").format(fields=", ".join(comparison.fields))


_SIGNS = {"back": "+", "gone": "-", "changed": "~", "moved": ">", "same": "="}


def _fields(difference: TalkDifference) -> str:
    return f": {', '.join(difference.fields)}" if difference.fields else ""


def _note(difference: NoteDifference) -> str:
    from desktopnotes.model import timecode
    from desktopnotes.model.shortening import to_letters

    note = difference.then or difference.now
    assert note
    stamp = "" if note.at_ms is None else f"{timecode.clock(note.at_ms)} "
    return printable(f"{_SIGNS[difference.what]} {stamp}{to_letters(note.text, 200)}")
