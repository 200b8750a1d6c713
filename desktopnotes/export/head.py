"""What a site is told of a post, and the fields that names of its files are made of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktopnotes.export import file_names

_BRACES = {"{": "opening_brace", "}": "closing_brace"}
"""Fields for what would name a field itself."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a site is told of a post; `title` and `date_line` are words as typed, no Markdown yet.

    `date` is as typed too, `day` what it says; None where it is no date. `dated` is a sentence that tells of
    a day that was not typed. `summary` is a description made of the introduction; `name` what its file is
    called where titles name files and the title is taken.
    """

    title: str
    date: str
    date_line: str
    slug: str
    day: datetime.date | None = None
    tags: tuple[str, ...] = ()
    description: str = ""
    summary: str = ""
    draft: bool = False
    lang: str = "en"
    name: str = ""
    dated: str = ""


def fields_of(head: Head) -> Mapping[str, str]:
    """What the fields of a form such as "{date}-{slug}.md" stand for."""
    year, month, day = head.day.isoformat().split("-") if head.day else ("", "", "")
    return {
        **{name: brace for brace, name in _BRACES.items()},
        "slug": head.slug,
        "title": file_names.note_name(head.name or head.title) or head.slug,
        "date": head.day.isoformat() if head.day else "",
        "year": year,
        "month": month,
        "day": day,
    }


def as_form(name: str) -> str:
    """A form that comes to the name itself, whatever braces are in it."""
    return re.sub("[{}]", lambda brace: f"{{{_BRACES[brace[0]]}}}", name)
