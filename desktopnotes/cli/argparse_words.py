"""What argparse itself says, in the user's language: it asks the domain that gettext has by default."""

from __future__ import annotations

import gettext

from desktopnotes.words import DOMAIN, LOCALE, _

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
    """Makes ours the domain that argparse asks."""
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
