"""Chosen notes as a selection of the page's text."""

from __future__ import annotations

from collections.abc import Sequence

from desktopnotes.ui.notes_page import NotesPage


def choose(page: NotesPage, note_ids: Sequence[str]) -> None:
    """Selects these notes whole, with the caret at the end of the last.

    Where others stand between them now nothing is selected, or the next command would change these too.
    """
    ids = frozenset(note_ids)
    places = [index for index, row in enumerate(page.rows) if row and row.id in ids]
    if not places:
        return
    if places[-1] - places[0] >= len(places):
        page.text.tag_remove("sel", "1.0", "end")
        page.put_caret_in(page.rows[places[0]], 0)
        page.text.see("insert")
        return
    first, last = f"{page.lines.start(places[0])}.0", f"{page.lines.start(places[-1] + 1)}.0-1c"
    page.text.raw("mark", "set", "insert", last)
    page.text.tag_remove("sel", "1.0", "end")
    page.text.tag_add("sel", first, last)
    page.text.raw("mark", "set", "tk::anchor" + str(page.text), first)
    page.text.see("insert")
