"""The command line in the user's language, argparse's own words too."""

import argparse
import inspect
import os
import subprocess
import sys

import pytest

from desktopnotes.cli import argparse_words


@pytest.mark.parametrize("words", argparse_words.SAID)
def test_the_words_gathered_for_argparse_are_what_it_says(words: str) -> None:
    assert repr(words)[1:-1] in inspect.getsource(argparse)


def test_the_help_of_a_call_is_whole_in_the_language_of_the_tests() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "desktopnotes", "check", "--help"],
        env={**os.environ, "PYTHONUTF8": "1", "LANGUAGE": "en_XA"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "⟦Lîsts whåt îs wröñg" in run.stdout
    assert "⟦NÖTÉBÖÖK⟧" in run.stdout
