"""What argparse itself says, in the user's language."""

from __future__ import annotations

import argparse

from desktopnotes.words import _, ngettext

SAID = (
    _("usage: "),
    _("options"),
    _("positional arguments"),
    _("show this help message and exit"),
    _("%(prog)s: error: %(message)s\n"),
    _("argument %(argument_name)s: %(message)s"),
    _("the following arguments are required: %s"),
    _("unrecognized arguments: %s"),
    _("invalid choice: %(value)r (choose from %(choices)s)"),
    _("invalid %(type)s value: %(value)r"),
    _("expected one argument"),
    _("expected at least one argument"),
    _("not allowed with argument %s"),
    _("ambiguous option: %(option)s could match %(matches)s"),
)
"""Its words that a call of ours can bring about; they stand here to be found by what gathers our words."""


def speak() -> None:
    """Gives argparse our words, in place of those of the domain that gettext has by default.

    It says all of its own through these two names; a file of words is read in one place of the program alone.
    """
    vars(argparse).update(_=_of_argparse, ngettext=ngettext)


_ours = _


def _of_argparse(message: str | None) -> str | None:
    """It asks even where there is nothing to say; its words are named above, not here."""
    return _ours(message) if message else message
