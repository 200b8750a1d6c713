"""How a call answers: results on stdout, messages on stderr, and a code that tells how it went."""

from __future__ import annotations

import os
import sys

from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.words import _

DONE, NO, WRONG_USAGE, UNREADABLE, UNWRITABLE = range(5)
"""The exit codes (notebook.md)."""

EXIT_CODES = _(
    "Exit codes: 0 done, 1 the answer is no, 2 wrong usage, 3 cannot be read, 4 cannot be written."
)


class UsageError(UserError):
    """What was asked for is not in the notebook."""


def say(message: str) -> None:
    print(f"desktopnotes: {printable(message)}", file=sys.stderr)


def printable(words: str) -> str:
    """The words without what could steer a terminal, which somebody else's notebook must not."""
    return "".join(sign if sign.isprintable() else "�" for sign in words)


def put(text: str) -> bool:
    """UTF-8 and LF whatever the system's habits are. Raises `WriteError`.

    Answers whether somebody still reads: after `… | head -1` nothing more need be written, nor is it told.
    """
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Else Python would try once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    except OSError as error:
        raise WriteError(
            _("The text could not be written to the standard output: {reason}.").format(reason=error.strerror)
        ) from error
    return True
