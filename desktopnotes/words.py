"""The words that a person reads, in their language: every one of them goes through `_` or `ngettext`.

The language is settled once, when the program starts, by the variables that gettext knows (LANGUAGE,
LC_ALL, LC_MESSAGES, LANG): so tables of words may be made while modules are imported. English stands in
the code, the other languages in `locale/LANGUAGE/LC_MESSAGES/desktopnotes.po`; who wishes a language that
is there for another country alone gets that one (pt: pt_BR), and all else is English. Words with
something in them are templates: every translation keeps the names in braces, in whatever order:
`_("{count} of {total}").format(count=1, total=2)`.

What is no word of the window stays as it is: names of events, keys of files, what goes into a post (which
has a language of its own), and what is written to the log for developers.
"""

from __future__ import annotations

import gettext
import os
import struct
import sys
from pathlib import Path
from typing import Any

DOMAIN = "desktopnotes"
LOCALE = Path(__file__).parent / "locale"

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

PSEUDO = "en_XA"
"""A language for tests: every word in marks and with accents, so that one left untranslated is seen."""


class _Pseudo(gettext.NullTranslations):
    """Says each word longer and accented, and between ⟦ and ⟧; names in braces stay."""

    _ACCENTS = str.maketrans("AEIOUaeiouncy", "ÅÉÎÖÛåéîöûñçý")

    def gettext(self, message: str) -> str:
        import re

        parts = re.split(r"(\{[^{}]*\}|%\(\w+\)\w|%\w)", message)
        said = (part if part[:1] in ("{", "%") else part.translate(self._ACCENTS) for part in parts)
        return f"⟦{''.join(said)}⟧"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


class _Words(gettext.GNUTranslations):
    """A compiled file of words, of which only what is said is ever decoded: so a start reads it in a ms.

    Knows a word that has a plural by its singular alone too, which older Pythons do not: the same words may
    be a command ("Delete Note") and a step that counts ("Delete 3 Notes").
    """

    def _parse(self, fp: Any) -> None:
        """The format is in gettext's manual ("The Format of GNU MO Files"); ours is little-endian."""
        data = fp.read()
        try:
            magic, _version, count, keys, texts = struct.unpack_from("<5I", data)
            places = struct.unpack_from(f"<{2 * count}I", data, keys)
            said = struct.unpack_from(f"<{2 * count}I", data, texts)
        except struct.error as error:
            raise ValueError("this is no whole file of words") from error
        starts = (places + said)[1::2]
        ends = (at + size for size, at in zip((places + said)[::2], starts, strict=True))
        if magic != 0x950412DE or max(ends, default=0) > len(data):
            raise ValueError("this is no whole file of words")
        data[
            min(starts, default=len(data)) :
        ].decode()  # what cannot be is found out here, not when it is said
        self._said = {
            data[at : at + size].partition(b"\0")[0]: data[to : to + length]
            for size, at, length, to in zip(places[::2], places[1::2], said[::2], said[1::2], strict=True)
        }
        header = self._said.get(b"", b"").decode()
        self._info = {
            name.lower(): text.strip()
            for name, _, text in (line.partition(":") for line in header.splitlines())
        }
        plural = self._info.get("plural-forms", "").partition("plural=")[2].rstrip(";")
        self._form = gettext.c2py(plural or "n != 1")

    def gettext(self, message: str) -> str:
        said = self._said.get(message.encode()) if message else None
        return message if said is None else said.partition(b"\0")[0].decode()

    def ngettext(self, one: str, many: str, count: int) -> str:
        said = self._said.get(one.encode())
        if said is None:
            return one if count == 1 else many
        forms = said.split(b"\0")
        return str(forms[min(self._form(count), len(forms) - 1)], "utf-8")

    def pgettext(self, context: str, message: str) -> str:
        said = self._said.get(f"{context}\x04{message}".encode())
        return message if said is None else said.decode()


def _wished() -> list[str]:
    """The languages that the user wishes for, the dearest first."""
    named = [os.environ.get(name, "") for name in _VARIABLES]
    if sys.platform == "win32" and not any(named):
        import ctypes
        import locale

        # Windows sets none of them; what it shows its own menus in is asked of it.
        return [locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "en")]
    several, *others = named
    of_locale = next(filter(None, others), "")
    if of_locale in ("C", "POSIX"):
        return []  # as gettext has it: who sets this reads what is written with a program
    return [each for each in several.split(":") if each] or [of_locale]


def _file_of_words() -> Path | None:
    """The compiled words in the first language that is wished for and there; None: English."""
    there = sorted(folder.name for folder in LOCALE.iterdir()) if LOCALE.is_dir() else []
    for wish in _wished():
        name = wish.partition(".")[0].partition("@")[0].replace("-", "_")
        language = name.partition("_")[0]
        if language == "en":
            return None
        alike = [each for each in there if each == language or each.startswith(f"{language}_")]
        if alike:
            return LOCALE / (name if name in alike else alike[0]) / "LC_MESSAGES" / f"{DOMAIN}.mo"
    return None


def _translation() -> gettext.NullTranslations:
    if os.environ.get("LANGUAGE") == PSEUDO:
        return _Pseudo()
    try:
        path = _file_of_words()
        if path is not None:
            with path.open("rb") as file:
                return _Words(file)
    except (OSError, ValueError):  # a file of words that cannot be read: the program speaks English
        pass
    return gettext.NullTranslations()


_words = _translation()
_ = _words.gettext
ngettext = _words.ngettext
pgettext = _words.pgettext

LANGUAGE = PSEUDO if isinstance(_words, _Pseudo) else _words.info().get("language", "en")
"""The language that the program speaks, as gettext names it ("pt_BR"): for texts that are whole files."""

TAG = "en" if LANGUAGE == PSEUDO else LANGUAGE.replace("_", "-")
"""The same as pages name it ("pt-BR"): the language of new posts."""


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
