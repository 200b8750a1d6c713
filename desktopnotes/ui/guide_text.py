"""The guide: one page of Markdown, in which keys and commands are marks that become what they are now.

`{key:notes.stamp}` is the first key of that command, the user's own where they have changed it;
`{menu:post.site}` is where it stands in the menus. So the guide names no key that does something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktopnotes import words
from desktopnotes.commands import MENUS, by_id
from desktopnotes.export import blocks, reader
from desktopnotes.export.blocks import Block, Run
from desktopnotes.storage import paths
from desktopnotes.ui.key_words import Own, key_of

FOLDER = "guide"
"""Below the assets."""

_MARK = re.compile(r"{(key|menu):([\w.]+)}")


def folder() -> Path:
    return paths.assets() / FOLDER


def source(language: str | None = None) -> str:
    """The guide with its marks: in a language, where it is there in that one (None: that of the program)."""
    language = words.LANGUAGE if language is None else language
    for name in (f"guide.{language}.md", f"guide.{language.partition('_')[0]}.md"):
        if (folder() / name).is_file():
            return (folder() / name).read_text(encoding="utf-8")
    return (folder() / "guide.md").read_text(encoding="utf-8")


def filled(text: str, own: Own) -> str:
    """With the keys and the places in the menus as they are; a command without a key is named by its menu."""
    return _MARK.sub(lambda found: _named(found[1], found[2], own), text)


def commands_in(text: str) -> set[str]:
    """The ids of the commands that a guide names."""
    return {found[2] for found in _MARK.finditer(text)}


def in_menu(command_id: str) -> str:
    """Where a command stands: "Post, Site"."""
    command = by_id(command_id)
    return f"{MENUS[command.menu]}, {command.label}"


def _named(kind: str, command_id: str, own: Own) -> str:
    return (kind == "key" and key_of(command_id, own)) or in_menu(command_id)


def blocks_of(text: str, own: Own, *, files: bool = True) -> tuple[Block, ...]:
    """The page as it is shown. Marks are filled in behind the reader: a key such as ` is no Markdown.

    Without `files` a link to a file beside the page is only its words.
    """

    def change(run: Run) -> Run:
        is_kept = files or "://" in run.link or run.link.startswith("#")
        return replace(run, text=filled(run.text, own), link=run.link if is_kept else "")

    return tuple(_with(block, change) for block in reader.read(text).blocks)


def _with(block: Block, change: Callable[[Run], Run]) -> Block:
    def runs(some: Sequence[Run]) -> tuple[Run, ...]:
        return tuple(map(change, some))

    rows = tuple(tuple(map(runs, row)) for row in block.rows)
    return replace(block, runs=runs(block.runs), rows=rows)


def anchor(heading: str) -> str:
    """The name by which a link on the page finds a heading, as sites of Git make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def headings(page: Sequence[Block]) -> dict[str, int]:
    """The numbers of the blocks that are headings, by their anchors."""
    return {anchor(block.text): number for number, block in enumerate(page) if block.kind == blocks.HEADING}
