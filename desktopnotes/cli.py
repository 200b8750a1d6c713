"""The calls that need no window: results go to stdout, messages to stderr, the exit code tells how it went.

Nothing of the window, the player or Pillow is imported here, so that a post can be made on any server.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes import __version__
from desktopnotes.model.errors import ReadError, UserError, WouldOverwriteError, WriteError

if TYPE_CHECKING:
    from desktopnotes.export.post import Export
    from desktopnotes.model.notebook import Notebook, Post

NAMES = frozenset({"export", "check"})

DONE, NO, WRONG_USAGE, UNREADABLE, UNWRITABLE = range(5)
"""The exit codes (notebook.md)."""

_ABOUT = """\
Watch recorded talks, write notes stamped with their moment, publish a post.

Without a call, opens the window: desktopnotes [--trace FILE] [NOTEBOOK | MEDIA | FOLDER]...
--trace notes what happens there, without the text of any note: for bug reports."""

_EXIT_CODES = "Exit codes: 0 done, 1 the answer is no, 2 wrong usage, 3 cannot be read, 4 cannot be written."


class _UsageError(UserError):
    """What was asked for is not in the notebook."""


def is_call(words: Sequence[str]) -> bool:
    """Whether the words of a command line are a call of this module's, not files for the window."""
    return bool(words) and words[0] in NAMES | {"--version", "--help", "-h"}


def main(words: Sequence[str]) -> int:
    """Runs one call and returns its exit code."""
    try:
        options = _parser().parse_args(words)
    except SystemExit as leaving:  # argparse has said why
        return int(leaving.code or DONE)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except WouldOverwriteError as error:
        return _told(UserError(error.message, f"{error.hint} Or pass --overwrite.".strip()), NO)
    except ReadError as error:
        return _told(error, UNREADABLE)
    except WriteError as error:
        return _told(error, UNWRITABLE)
    except _UsageError as error:
        return _told(error, WRONG_USAGE)
    except UserError as error:
        return _told(error, NO)


def _told(error: UserError, code: int) -> int:
    _say(str(error))
    return code


def _say(message: str) -> None:
    # A title from somebody else's notebook must not steer the terminal.
    shown = "".join(sign if sign.isprintable() else "�" for sign in message)
    print(f"desktopnotes: {shown}", file=sys.stderr)


def _print(text: str) -> None:
    """UTF-8 and LF whatever the system's habits are. Raises `WriteError`."""
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except OSError as error:
        raise WriteError(
            f"The text could not be written to the standard output: {error.strerror}."
        ) from error


# --- export ------------------------------------------------------------------------------------------


def _export(options: argparse.Namespace) -> int:
    from desktopnotes.export import post as exporter
    from desktopnotes.storage import settings_file, store

    opened = store.open_notebook(options.notebook)
    loaded = settings_file.read()
    settings = loaded.settings
    notebook = opened.notebook
    export = exporter.exported(
        notebook,
        _wanted_post(notebook, options, settings.title_pattern),
        pictures_folder=opened.path.parent / (notebook.pictures or store.pictures_name(opened.path)),
        style=options.style,
        site=options.site,
        times=options.times,
        title_separator=settings.title_separator,
        date_form=settings.date_form,
    )
    for message in (*loaded.messages, *export.notices):
        _say(message)
    if options.output == "-":
        return _to_stdout(export)
    return _to_disk(export, Path(options.output), options)


def _wanted_post(notebook: Notebook, options: argparse.Namespace, title_pattern: str) -> Post:
    """The post named by `--post` or `--talk`, else the first; where there is none, one of all talks."""
    from desktopnotes.export import post as exporter

    if options.talk:
        talk = notebook.talk(options.talk)
        if talk is None:
            known = ", ".join(f"{talk.id} ({talk.title})" for talk in notebook.talks)
            raise _UsageError(f"There is no talk “{options.talk}” in this notebook.", f"It has: {known}.")
        return exporter.post_of_talk(notebook, talk)
    if options.post:
        return _numbered_post(notebook, options.post)
    if notebook.posts:
        return notebook.posts[0]
    post = exporter.post_of_all(notebook, title_pattern)
    if not post.talks:
        raise UserError("There is nothing to export: no talk of this notebook has notes or a write-up.")
    return post


def _numbered_post(notebook: Notebook, wanted: str) -> Post:
    if post := notebook.post(wanted):
        return post
    if wanted.isdecimal() and 1 <= int(wanted) <= len(notebook.posts):
        return notebook.posts[int(wanted) - 1]
    known = ", ".join(f"{number} ({post.title})" for number, post in enumerate(notebook.posts, 1))
    raise _UsageError(f"There is no post “{wanted}” in this notebook.", f"It has: {known or 'none'}.")


def _to_stdout(export: Export) -> int:
    if export.pictures:
        _say(f"The text links {_pictures(len(export.pictures))}; -o writes what it links beside it.")
    _print(export.text)
    return DONE


def _to_disk(export: Export, output: Path, options: argparse.Namespace) -> int:
    from desktopnotes.export import post as exporter

    is_file = output.suffix == Path(export.file_name).suffix
    file = output if is_file else output / export.file_name
    written = exporter.write(export, file, overwrite=options.overwrite)
    pictures = len(written.paths) - 1
    _say(f"Wrote {written.paths[0]}" + (f" and {_pictures(pictures)} beside it." if pictures else "."))
    return DONE


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"


# --- check -------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from desktopnotes.files import read_regular
    from desktopnotes.storage import codec

    problems = codec.problems(read_regular(options.notebook, codec.LIMIT_BYTES))
    _print("".join(f"{problem}\n" for problem in problems))
    return NO if problems else DONE


# --- the words of a call -----------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "desktopnotes",
        description=_ABOUT,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"desktopnotes {__version__}")
    calls = parser.add_subparsers(title="calls", metavar="CALL", required=True)
    _add_export(calls.add_parser("export", help="make a post of a notebook", epilog=_EXIT_CODES))
    check = calls.add_parser("check", help="list what is wrong with a notebook file", epilog=_EXIT_CODES)
    check.add_argument("notebook", metavar="NOTEBOOK", type=Path)
    check.set_defaults(run=_check)
    return parser


def _add_export(export: argparse.ArgumentParser) -> None:
    from desktopnotes.export import sites, templates
    from desktopnotes.model.notebook import Times

    export.add_argument("notebook", metavar="NOTEBOOK", type=Path)
    which = export.add_mutually_exclusive_group()
    which.add_argument("--post", metavar="N|ID", default="", help="which post (default: the first)")
    which.add_argument("--talk", metavar="ID", default="", help="one talk alone")
    export.add_argument("--as", dest="kind", choices=("post",), default="post", help="what to make")
    export.add_argument(
        "--style",
        choices=templates.style_names(),
        default="",
        help="how the talks are set out (default: the post’s own)",
    )
    export.add_argument(
        "--site",
        choices=sites.site_names(),
        default="",
        help="what it is published by (default: the post’s own)",
    )
    export.add_argument(
        "--times",
        choices=tuple(Times),
        default="",
        help="the notes’ times in prose (default: the post’s own)",
    )
    export.add_argument(
        "-o",
        dest="output",
        metavar="FILE|FOLDER|-",
        default="-",
        help="where to: a file if it ends in .md, else a folder (default: -, the standard output)",
    )
    export.add_argument("--overwrite", action="store_true", help="replace a file that exists")
    export.set_defaults(run=_export)
