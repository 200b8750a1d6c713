"""The guide names commands and keys that are, in each language; `docs/guide.md` has the first keys.

UPDATE_GOLDEN=1 writes docs/guide.md anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from desktopnotes.commands import COMMANDS
from desktopnotes.export import blocks
from desktopnotes.export.blocks import Block, Run
from desktopnotes.ui import guide_text
from desktopnotes.ui.guide_pictures import own_file, picture_file

DOCS = Path(__file__).resolve().parents[1] / "docs"
LANGUAGES = ["en", "pt_BR"]
IDS = {command.id for command in COMMANDS}


def in_docs() -> str:
    """The page as it stands in docs: filled in, with its pictures where they lie in a checkout."""
    text = guide_text.filled(guide_text.source("en"), {})
    return re.sub(r"(!\[[^\]]*\])\((\w+)\)", r"\1(../assets/guide/\2-light.png)", text)


def runs(page: tuple[Block, ...]) -> list[Run]:
    return [run for block in page for run in block.runs]


def test_the_page_in_docs_is_that_of_the_program() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        (DOCS / "guide.md").write_text(in_docs(), encoding="utf-8")
    assert (DOCS / "guide.md").read_text(encoding="utf-8") == in_docs()
    shown = guide_text.blocks_of(guide_text.source("en"), {})
    there = guide_text.blocks_of(in_docs(), {})
    assert [block.text for block in shown] == [block.text for block in there]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_it_names_is_one(language: str) -> None:
    source = guide_text.source(language)
    assert guide_text.commands_in(source) <= IDS
    assert len(guide_text.commands_in(source)) > 20
    assert "{" not in guide_text.filled(source, {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_by_hand(language: str) -> None:
    """But those that are the same whatever the settings say: they are none of the table's."""
    bare = guide_text._MARK.sub("", guide_text.source(language))
    assert not re.search(r"Ctrl|Alt\+|\bF\d|Esc", bare)


def test_keys_are_those_that_the_user_has() -> None:
    source = guide_text.source("en")
    assert "`Ctrl+T` begins" in guide_text.filled(source, {})
    own = {"notes.stamp": ("Alt+N", "F5"), "playback.toggle": (), "edit.find": ("Mod+`",)}
    page = "\n".join(block.text for block in guide_text.blocks_of(source, own))
    assert "Alt+N begins" in page
    assert "Playback, Play or Pause plays and pauses" in page
    assert "Ctrl+` finds in this talk" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere_and_every_picture_is_there(language: str) -> None:
    page = guide_text.blocks_of(guide_text.source(language), {})
    from urllib.parse import unquote

    links = [unquote(run.link) for run in runs(page) if run.link]
    assert len(links) == len([block for block in page if block.kind == blocks.HEADING and block.level == 2])
    assert {link.removeprefix("#") for link in links} <= set(guide_text.headings(page))
    pictures = [run.picture for run in runs(page) if run.picture]
    assert pictures == [
        run.picture for run in runs(guide_text.blocks_of(guide_text.source("en"), {})) if run.picture
    ]
    for name in pictures:
        for theme in ("light", "dark"):
            file = picture_file(guide_text.folder(), name, theme, language)
            has_words = name != "notes"
            assert not has_words or file == own_file(guide_text.folder(), name, theme, language)
            assert 3_000 < file.stat().st_size < 90_000, file


def test_each_language_says_the_same_in_its_own_words() -> None:
    english, theirs = (guide_text.source(language) for language in LANGUAGES)
    assert guide_text.commands_in(english) == guide_text.commands_in(theirs)
    shape = [
        [(block.kind, block.level) for block in guide_text.blocks_of(text, {})] for text in (english, theirs)
    ]
    assert shape[0] == shape[1]
    assert not set(english.splitlines()) & {line for line in theirs.splitlines() if len(line) > 3}


def test_a_language_that_is_not_there_is_english() -> None:
    assert guide_text.source("xx_YY") == guide_text.source("en")
    assert guide_text.source("pt_BR") != guide_text.source("en")
