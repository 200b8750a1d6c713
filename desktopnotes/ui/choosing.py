"""Chosen notes as a selection of the page's text."""

from __future__ import annotations

from collections.abc import Sequence

from desktopnotes.ui.notes_page import NotesPage


def choose(page: NotesPage, note_ids: Sequence[str]) -> None:
    """Selects from the first of these notes that the page shows to the last, whole, the caret at its end."""
    ids = frozenset(note_ids)
    places = [index for index, row in enumerate(page.rows) if row and row.id in ids]
    if not places:
        return
    first, last = f"{page.lines.start(places[0])}.0", f"{page.lines.start(places[-1] + 1)}.0-1c"
    page.text.raw("mark", "set", "insert", last)
    page.text.tag_remove("sel", "1.0", "end")
    page.text.tag_add("sel", first, last)
    page.text.raw("mark", "set", "tk::anchor" + str(page.text), first)
    page.text.see("insert")
