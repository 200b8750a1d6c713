#!/usr/bin/env python3
"""Writes the releases of CHANGELOG.md into the metainfo, for software centres: those that have a date.

    packaging/linux/releases.py

What stands in a release's section before its first heading is told there, so that belongs to the user.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
METAINFO = ROOT / "packaging/linux/share/metainfo/org.desktopnotes.DesktopNotes.metainfo.xml"

_SECTION = re.compile(r"^## (\S+) — (\d{4}-\d\d-\d\d)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_RELEASES = re.compile(r"  <releases>.*</releases>\n", re.DOTALL)


def releases(changelog: str) -> str:
    """The element `releases`, the newest first, as AppStream wants it."""
    told = "".join(_release(*found.groups()) for found in _SECTION.finditer(changelog))
    return f"  <releases>\n{told}  </releases>\n"


def with_releases(metainfo: str, changelog: str) -> str:
    made = releases(changelog)
    return _RELEASES.sub(lambda _: made, metainfo)


def _release(version: str, date: str, section: str) -> str:
    start = section.split("\n### ", 1)[0].strip()
    blocks = [_block(block) for block in re.split(r"\n\n+", start) if block]
    told = "".join(f"        {line}\n" for block in blocks for line in block)
    head = f'    <release version="{version}" date="{date}">\n      <description>\n'
    return f"{head}{told}      </description>\n    </release>\n"


def _block(block: str) -> list[str]:
    if not block.startswith("- "):
        return [f"<p>{_plain(block)}</p>"]
    items = (f"  <li>{_plain(item)}</li>" for item in re.split(r"^- ", block, flags=re.MULTILINE)[1:])
    return ["<ul>", *items, "</ul>"]


def _plain(markdown: str) -> str:
    """One line of plain text: links by their words, no signs of emphasis."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(markdown.split()))
    words = re.sub(r"`([^`]*)`", r"\1", words)
    return escape(re.sub(r"(?<!\w)(\*{1,2})(\S(?:.*?\S)?)\1(?!\w)", r"\2", words))


def main() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    told = with_releases(METAINFO.read_text(encoding="utf-8"), changelog)
    METAINFO.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
