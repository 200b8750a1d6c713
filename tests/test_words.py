"""The words of the program in the user's language."""

import os
import subprocess
import sys

import pytest

SAY = """
from desktopnotes.words import _, ngettext
print(_("Open {name}…").format(name="a"), ngettext("{n} note", "{n} notes", 2).format(n=2))
"""


def said(**environment: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", SAY],
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


@pytest.mark.parametrize("locale", ["C.UTF-8", "xx_YY.UTF-8", "", "../../etc", "a" * 300])
def test_a_locale_that_does_not_exist_is_english(locale: str) -> None:
    assert said(LANG=locale, LANGUAGE=locale) == "Open a… 2 notes"


def test_the_pseudo_locale_marks_every_word_and_keeps_what_is_filled_in() -> None:
    assert said(LANGUAGE="en_XA") == "⟦Öpéñ a…⟧ ⟦2 ñötés⟧"
