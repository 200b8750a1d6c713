"""`desktopnotes check`: every problem of a notebook file, one a line; what can be read of a damaged one."""

from __future__ import annotations

import argparse
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktopnotes.cli.answers import DONE, EXIT_CODES, NO, printable, put, say
from desktopnotes.model.naming import is_plain_name
from desktopnotes.words import _, ngettext, number

if TYPE_CHECKING:
    from desktopnotes.model.notebook import Notebook

_MARK = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)

_ABOUT = _("""\
Lists what is wrong with a notebook file, one problem a line, with its path or its line. What does not keep
the file from being opened is listed as well: missing pictures, notes that a merge kept twice. The file is
never changed; --recover writes what can be read of a damaged one into a new file.""")


def add_to(calls: Any) -> None:
    """Adds the call to the parser's."""
    check = calls.add_parser(
        "check",
        help=_("list what is wrong with a notebook file"),
        description=_ABOUT,
        epilog=_("Where problems are found, the exit code is 1.") + " " + EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("notebook", metavar=_("NOTEBOOK"), type=Path)
    check.add_argument(
        "--recover",
        metavar=_("FILE"),
        type=Path,
        help=_("write what can be read to a new file, which must not exist"),
    )
    check.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from desktopnotes.files import read_regular
    from desktopnotes.storage import codec

    content = read_regular(options.notebook, codec.LIMIT_BYTES)
    problems = codec.problems(content)
    lines = [str(problem) for problem in problems]
    if any(problem.fatal for problem in problems):
        damage = _salvaged(options, content)
        # Where the JSON is right, each problem has its path already.
        lines += damage if all(not each.path or each.is_of_a_line for each in problems) else []
    else:
        notebook = codec.decode(content, options.notebook.name)
        lines += _odd(options.notebook, notebook)
        if options.recover:
            say(_("The notebook can be read as it is, so nothing was recovered."))
    put("".join(f"{printable(line)}\n" for line in dict.fromkeys(lines)))
    return NO if lines else DONE


def _salvaged(options: argparse.Namespace, content: bytes) -> list[str]:
    """What else is wrong with a damaged file; says what can be read, and writes that where asked for."""
    from desktopnotes.storage import codec
    from desktopnotes.storage.salvage import salvage

    salvaged = salvage(content)
    if salvaged is None:
        say(_("Nothing of a notebook can be read in it."))
        return []
    readable = _readable(salvaged.note_count, sum(lost.is_note for lost in salvaged.lost))
    if options.recover:
        from desktopnotes.files import replace_file
        from desktopnotes.storage.recovered import give_mode_of

        content = codec.encode(salvaged.notebook)
        replace_file(options.recover, content, overwrite=False, private=True)
        give_mode_of(options.notebook, options.recover)
        told = _("{readable}; they were written to {path}.")
        say(told.format(readable=readable, path=options.recover))
    else:
        path, file = shlex.quote(str(options.notebook)), _("FILE")
        say(f"{readable}: desktopnotes check {path} --recover {file}")
    return [str(lost) for lost in salvaged.lost]


def _readable(count: int, torn: int) -> str:
    """“3 notes can be read (1 not to the end)”."""
    if torn:
        told = ngettext(
            "{count} note can be read ({torn} not to the end)",
            "{count} notes can be read ({torn} not to the end)",
            count,
        )
    else:
        told = ngettext("{count} note can be read", "{count} notes can be read", count)
    return told.format(count=number(count), torn=torn)


def _odd(path: Path, notebook: Notebook) -> Iterator[str]:
    """What does not keep a notebook from being opened, but should be known of it."""
    folder = path.absolute().parent / notebook.pictures
    for i, talk in enumerate(notebook.talks):
        for j, note in enumerate(talk.notes):
            at = f"talks[{i}].notes[{j}]"
            if note.conflict:
                told = _("is kept twice by a merge; compare both and take the mark off one")
                yield f"{at}.conflict: {told}"
            if note.picture and notebook.pictures and is_plain_name(note.picture):
                if not os.path.isfile(folder / note.picture):
                    told = _("“{picture}” is not in “{folder}”")
                    yield f"{at}.picture: {told.format(picture=note.picture, folder=notebook.pictures)}"
            elif note.picture and not notebook.pictures:
                told = _("“{picture}” is nowhere: the notebook names no folder of pictures")
                yield f"{at}.picture: {told.format(picture=note.picture)}"
            yield from _marks(f"{at}.text", note.text)
        yield from _marks(f"talks[{i}].write_up", talk.write_up)
    for i, post in enumerate(notebook.posts):
        yield from _marks(f"posts[{i}].intro", post.intro)
        yield from _marks(f"posts[{i}].closing", post.closing)


def _marks(at: str, text: str) -> Iterator[str]:
    if _MARK.search(text):
        yield f"{at}: " + _("holds the marks of a Git conflict")
