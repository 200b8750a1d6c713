"""What to look at before a post is published, each with the place that it leads to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is amiss: a sentence, and where.

    `kind` names what is looked for ("no link", "quote", …). `part` is the field or text that it leads to:
    "title", "date", "slug", "intro", "closing", "link", "write_up" or "notes".
    """

    kind: str
    message: str
    part: str = ""
    talk_id: str = ""
    note_id: str = ""
