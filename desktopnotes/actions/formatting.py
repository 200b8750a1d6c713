"""Bold, italic, code and links in the notes and the write-up: the file keeps plain Markdown."""

from __future__ import annotations

from collections.abc import Callable

from desktopnotes.actions import notes
from desktopnotes.model import edits, formatting, post_edits, talk_edits
from desktopnotes.model.formatting import Selected
from desktopnotes.model.history import Caret
from desktopnotes.model.light_markdown import CODE, EMPHASIS, STRONG, address_at, is_address
from desktopnotes.model.shortening import to_letters
from desktopnotes.screen import Stretch
from desktopnotes.session import Session
from desktopnotes.words import _

TEXTS = ("notes", "write_up", *post_edits.WRITTEN)
"""The places of a caret where text is written that may be formatted."""


def in_a_text(session: Session) -> bool:
    """Whether the caret is in the notes or the write-up of a talk, or in a text of a post."""
    caret = session.screen.caret()
    if caret.post_id:
        return caret.place in TEXTS
    return session.talk is not None and caret.place in TEXTS


def bold(session: Session) -> None:
    _toggle(session, STRONG, _("Bold"))


def italic(session: Session) -> None:
    _toggle(session, EMPHASIS, _("Italic"))


def code(session: Session) -> None:
    _toggle(session, CODE, _("Code"))


def _toggle(session: Session, style: str, label: str) -> None:
    """Puts the style on what is selected in each note; off where all of it has it already."""
    parts = _parts(session)
    if not parts:
        _begin(session, formatting.toggled(Selected("", 0, 0), style))
        return
    words = [part for _, part in parts if _has_words(part)]
    off = all(formatting.has(part, style) for part in words or [part for _, part in parts])

    def change(part: Selected) -> Selected:
        is_meant = _has_words(part) or len(parts) == 1
        return formatting.toggled(part, style) if is_meant and off == formatting.has(part, style) else part

    if nothing_left := _left_empty(session, parts, change):
        notes.delete_these(session, (nothing_left,), _("Delete Note"))
        return
    _change(session, parts, change, label)


def _has_words(part: Selected) -> bool:
    return bool(part.text[part.start : part.end].strip())


def _left_empty(
    session: Session, parts: list[tuple[Stretch, Selected]], change: Callable[[Selected], Selected]
) -> str:
    """The note that held the marks of a style and nothing else, "" for none: it goes as by Backspace."""
    note = session.talk.note(parts[0][0].note_id) if session.talk and len(parts) == 1 else None
    return note.id if note and not note.picture and not change(parts[0][1]).text else ""


def link(session: Session) -> None:
    """Makes a link of what is selected, to the address on the clipboard if there is one; or takes it off."""
    address = session.screen.copied().strip()
    link_to(session, address if is_address(address) else "")


def can_link(session: Session, address: str) -> bool:
    """Whether an address that is pasted makes a link of what is selected: words, of one text, no link yet."""
    selected = [part for _, part in _parts(session)]
    if len(selected) != 1 or not is_address(address):
        return False
    part = selected[0]
    words = part.text[part.start : part.end]
    inside = address_at(part.text, part.start) or address_at(part.text, max(part.start, part.end - 1))
    return bool(words.strip()) and not is_address(words) and not inside


def link_to(session: Session, address: str) -> None:
    parts = _parts(session)
    if len(parts) > 1:
        session.screen.tell(_("A link stays within one note: select words of one, and it is made."))
    elif parts:
        _change(session, parts, lambda part: formatting.linked(part, address), _("Link"))
    else:
        _begin(session, formatting.linked(Selected("", 0, 0), address))


def open_link(session: Session, address: str) -> None:
    """Opens a link of a note with the desktop's own program: pages of the web, and nothing else."""
    if is_address(address):
        session.screen.open_outside(address)
    else:
        session.screen.tell(
            _("Only pages of the web are opened from here, not “{address}”.").format(
                address=to_letters(address, 60)
            )
        )


def _parts(session: Session) -> list[tuple[Stretch, Selected]]:
    """What is selected, with the texts that it is selected in."""
    caret, selected = session.screen.caret(), session.screen.selected()
    if caret.post_id:
        written = post_edits.text_at(session.notebook, caret)
        return [(stretch, Selected(written, stretch.start, stretch.end)) for stretch in selected]
    talk = session.talk
    if talk is None:
        return []
    texts = {note.id: note.text for note in talk.notes} if len(selected) > 1 else {}
    parts = []
    for stretch in selected:
        text = texts.get(stretch.note_id)
        if text is None:
            note = talk.note(stretch.note_id)
            text = note.text if note else talk.write_up
        parts.append((stretch, Selected(text, stretch.start, stretch.end)))
    return [part for part in parts if not part[0].is_empty] or parts


def _change(
    session: Session,
    parts: list[tuple[Stretch, Selected]],
    change: Callable[[Selected], Selected],
    label: str,
) -> None:
    """Changes each text in one step, and selects in it what was selected."""
    stretches, texts = [], {}
    for stretch, part in parts:
        made = change(part)
        stretches.append(Stretch(stretch.note_id, made.start, made.end))
        texts[stretch.note_id] = made.text
    caret = session.screen.caret()
    if caret.post_id:
        after = post_edits.set_text_at(session.notebook, caret, texts[""])
    elif "" in texts:
        after = talk_edits.set_write_up(session.notebook, session.talk_id, texts[""])
    else:
        after = edits.set_texts(session.notebook, session.talk_id, texts, notes.utc_now())
    session.do(label, after)
    session.history.end_step()
    session.screen.select(stretches)


def _begin(session: Session, made: Selected) -> None:
    """In an empty row it begins a note, with the caret between the marks; so in an empty write-up."""
    if session.screen.caret().place != "notes":
        session.screen.put_in(made.text)
        session.screen.select((Stretch("", made.start, made.start),))
    elif note_id := notes.begin(session, made.text, session.screen.blank_after() or ""):
        session.screen.put_caret(Caret("notes", session.talk_id, note_id, made.start))
