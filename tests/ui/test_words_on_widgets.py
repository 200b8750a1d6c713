"""In the pseudo-language no word on any widget is left untranslated: see `words_walk`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktopnotes.words import PSEUDO
from tests.ui.sheet_states import STATES
from tests.ui.words_walk import QUICK, untranslated

REPO = Path(__file__).resolve().parents[2]


def walked(which: str, home: Path, limit_s: float) -> list[str]:
    """What is not translated; in a process of its own: the language is settled when modules are imported."""
    there = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.ui.words_walk", which],
        cwd=REPO,
        env={**there, "HOME": str(home), "LANGUAGE": PSEUDO},
        capture_output=True,
        text=True,
        timeout=limit_s,
    )
    assert ended.returncode == 0, ended.stderr
    found: list[str] = json.loads(ended.stdout.splitlines()[-1])
    return found


def test_the_main_views_and_windows_are_all_translated(tmp_path: Path) -> None:
    assert {state.name for state in STATES} >= QUICK
    found = walked("quick", tmp_path, 120)
    assert not found, "\n".join(found)


@pytest.mark.thorough
def test_every_state_is_all_translated(tmp_path: Path) -> None:
    found = walked("all", tmp_path, 400)
    assert not found, "\n".join(found)


def test_untranslated_words_are_told_from_translated_ones() -> None:
    assert untranslated("⟦Öpéñ å ñötéböök…⟧  Ctrl+O") == []
    assert untranslated("⟦Öpéñ Notebook…⟧") == ["Notebook"]
    assert untranslated("Ιstιο: Wεαvιng the Mεsh, https://example.org ~/notes.md") == ["the"]
    assert untranslated("12.4 MB, 3:05") == []


ASK = """
import tkinter
from desktopnotes.ui import dialogs
root = tkinter.Tk()
dialogs._in_our_language(root)
print(*(root.tk.eval("namespace eval ::tk {::msgcat::mc {%s}}" % it) for it in ("&Cancel", "&Directory:")))
"""


@pytest.mark.parametrize(("language", "said"), [("pt_BR", "&Cancelar &Pasta:"), ("xx", "&Cancel &Folder:")])
def test_dialogs_of_tk_speak_the_language_of_the_window(screen: str, language: str, said: str) -> None:
    """Not that of the desktop, where the program does not know it."""
    there = {**os.environ, "LANG": "de_DE.UTF-8", "LANGUAGE": language, "DISPLAY": screen}
    asked = subprocess.run(
        [sys.executable, "-c", ASK], cwd=REPO, env=there, capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == said
