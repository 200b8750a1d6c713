"""The changelog as Debian writes it, made of CHANGELOG.md."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from email.utils import format_datetime

import source

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,2}([^*\n]+?)\*{1,2}(?![\w*])")
_ITEM = re.compile(r"^[-*] ", re.MULTILINE)


def debian(version: str, epoch: int) -> str:
    """All releases, the newest first; that at the top is `version`."""
    made = []
    for number, section in enumerate(source.sections()):
        moment = datetime.fromisoformat(f"{section.day}T12:00:00+00:00") if section.day else None
        moment = moment or datetime.fromtimestamp(epoch, UTC)
        made.append(
            f"desktopnotes ({version if number == 0 else section.version}) unstable; urgency=medium\n\n"
            f"{_changes(section.text)}\n -- {source.maintainer()}  {format_datetime(moment)}\n"
        )
    return "\n".join(made)


def _changes(text: str) -> str:
    lines = []
    for part in re.split(r"\n{2,}", text.strip()):
        if part.startswith("### "):
            lines += [f"  [ {part[4:].strip()} ]", ""]
            continue
        for item in filter(None, (each.strip() for each in _ITEM.split(part))):
            lines += textwrap.wrap(
                _plain(item),
                80,
                initial_indent="  * ",
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )
        lines.append("")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Markdown as plain words."""
    return _EMPHASIS.sub(r"\1", _LINK.sub(r"\1", " ".join(text.split()))).replace("`", "")
