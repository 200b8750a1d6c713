"""The words that a person reads, in their language: every one of them goes through `_` or `ngettext`.

The language is settled once, when the program starts, by the variables that gettext knows (LANGUAGE,
LC_ALL, LC_MESSAGES, LANG): so tables of words may be made while modules are imported. English stands in
the code, the other languages in `locale/LANGUAGE/LC_MESSAGES/desktopnotes.po`; a language that is not
there, or a locale that does not exist, is English. Words with something in them are templates: every
translation keeps the names in braces, in whatever order: `_("{count} of {total}").format(count=1, total=2)`.

What is no word of the window stays as it is: names of events, keys of files, what goes into a post (which
has a language of its own), and what is written to the log for developers.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "desktopnotes"
LOCALE = Path(__file__).parent / "locale"

PSEUDO = "en_XA"
"""A language for tests: every word in marks and with accents, so that one left untranslated is seen."""


class _Pseudo(gettext.NullTranslations):
    """Says each word longer and accented, and between ⟦ and ⟧; names in braces stay."""

    _ACCENTS = str.maketrans("AEIOUaeiouncy", "ÅÉÎÖÛåéîöûñçý")

    def gettext(self, message: str) -> str:
        import re

        parts = re.split(r"(\{[^{}]*\})", message)
        return (
            "⟦" + "".join(part if part[:1] == "{" else part.translate(self._ACCENTS) for part in parts) + "⟧"
        )

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


class _Words(gettext.GNUTranslations):
    """Knows a word that has a plural by its singular alone too, which older Pythons do not.

    The same words may be a command ("Delete Note") and a step that counts ("Delete 3 Notes").
    """

    def gettext(self, message: str) -> str:
        said = super().gettext(message)
        return self.ngettext(message, message, 1) if said == message else said


def _translation() -> gettext.NullTranslations:
    if os.environ.get("LANGUAGE") == PSEUDO:
        return _Pseudo()
    try:
        return gettext.translation(DOMAIN, LOCALE, class_=_Words, fallback=True)
    except (OSError, ValueError):  # a file of words that cannot be read: the program speaks English
        return gettext.NullTranslations()


_words = _translation()
_ = _words.gettext
ngettext = _words.ngettext
pgettext = _words.pgettext

LANGUAGE = PSEUDO if isinstance(_words, _Pseudo) else _words.info().get("language", "en")
"""The language that the program speaks, as gettext names it ("pt_BR"): for texts that are whole files."""


def _marks() -> str:
    # Translators: this number as your language writes it; only its two marks are looked at.
    said = pgettext("how numbers are written", "1,234.5")
    found = "".join(each for each in said if not each.isdecimal() and each not in "⟦⟧")
    return found if len(found) == 2 else ",."


_MARKS = str.maketrans(",.", _marks())


def number(value: float) -> str:
    """1234 and 2.5 as the language writes them ("1,234"); of one that is not whole, six digits at most."""
    plain = f"{value:,}" if isinstance(value, int) else f"{value:g}"
    return plain.translate(_MARKS)
