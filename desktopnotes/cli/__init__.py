"""The calls that need no window: results go to stdout, messages to stderr, the exit code tells how it went.

Nothing of the window, the player or Pillow is imported here, so that a post can be made on any server.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from desktopnotes import __version__
from desktopnotes.cli.answers import (
    DONE,
    EXIT_CODES,
    NO,
    UNREADABLE,
    UNWRITABLE,
    WRONG_USAGE,
    UsageError,
    say,
)
from desktopnotes.model.errors import ReadError, UserError, WouldOverwriteError, WriteError
from desktopnotes.words import _

NAMES = frozenset({"export", "check", "search", "merge", "backups"})
OPTIONS = frozenset({"--install-desktop", "--remove-desktop"})

_ABOUT = _("""\
Watch recorded talks, write notes stamped with their moment, publish a post.

Without a call, opens the window: desktopnotes [--trace FILE] [NOTEBOOK | MEDIA | FOLDER | URL]...
A window that is open already comes to the front and opens what is named; what it refuses is
said here, with exit code 1.
--trace notes what happens in a window of its own, without the text of any note: for bug reports.""")


def is_call(words: Sequence[str]) -> bool:
    """Whether the words of a command line are a call of this module's, not files for the window."""
    return bool(words) and words[0] in NAMES | OPTIONS | {"--version", "--help", "-h"}


def main(words: Sequence[str]) -> int:
    """Runs one call and returns its exit code."""
    options = argparse.Namespace()
    try:
        if OPTIONS.intersection(words[:1]):
            from desktopnotes.cli import desktop

            return desktop.run(words)
        options = _parser().parse_args(words)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except SystemExit as leaving:  # argparse has said why
        return int(leaving.code or DONE)
    except WouldOverwriteError as error:
        hint = error.hint
        if hasattr(options, "overwrite"):
            hint += " " + _("Or pass --overwrite.")
        return _told(UserError(error.message, hint.strip()), NO)
    except ReadError as error:
        return _told(error, UNREADABLE)
    except WriteError as error:
        return _told(error, UNWRITABLE)
    except UsageError as error:
        return _told(error, WRONG_USAGE)
    except UserError as error:
        return _told(error, NO)


def _told(error: UserError, code: int) -> int:
    say(str(error))
    return code


def _options() -> tuple[tuple[str, str], ...]:
    """What stands alone and is understood before any parser: here it is for who asks what there is."""
    return (
        ("--new", _("open the window with a new, empty notebook")),
        ("--last", _("open the window with the notebook that was open last")),
        ("--install-desktop", _("put the program into your own menu (needs no root)")),
        ("--remove-desktop", _("take it out of your menu again")),
    )


def _parser() -> argparse.ArgumentParser:
    from desktopnotes.cli import argparse_words, backups, check, export, merge, search

    argparse_words.speak()

    parser = argparse.ArgumentParser(
        "desktopnotes",
        description=_ABOUT,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"desktopnotes {__version__}",
        help=_("show the version, and open nothing"),
    )
    for option, told in _options():
        parser.add_argument(option, action="store_true", help=told)
    calls = parser.add_subparsers(title=_("calls"), metavar=_("CALL"), required=True)
    export.add_to(calls.add_parser("export", help=_("make a post of a notebook"), epilog=EXIT_CODES))
    check.add_to(calls)
    search.add_to(calls)
    merge.add_to(calls)
    backups.add_to(calls)
    return parser
