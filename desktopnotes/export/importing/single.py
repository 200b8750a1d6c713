"""Posts about one talk that is called as they are, such as the files of one talk each that we make."""

from __future__ import annotations

from dataclasses import replace

from desktopnotes.export import links
from desktopnotes.export.importing import body, leads, times
from desktopnotes.export.importing.blocks import Block
from desktopnotes.export.importing.body import Body, Found, time_of
from desktopnotes.export.importing.dates import is_wrong_day
from desktopnotes.model.importing import ReadTalk, words_of
from desktopnotes.model.notebook import Style


def read(of: Body, parts: list[Block], title: str) -> Found | None:
    """The talk, where its title or its link alone is how the text begins; the other text is about it."""
    parts = _below_day(parts)
    first = parts[0] if parts else None
    if first is None or not title or first.kind != "paragraph" or time_of(first):
        return None
    lead = leads.leading(first.text)
    if lead and not lead.title and words_of(lead.url) == words_of(title):
        return _found(of, parts, title, "" if of.known.is_address_a_title(lead.url) else lead.url, lead.words)
    if lead and words_of(lead.title) == words_of(title):
        return _found(of, parts, title, lead.url, lead.rest and lead.words)
    if lead and not lead.rest.strip() and not _has_others(parts[1:]):
        return _found(of, parts, title, lead.url, "")
    if len(parts) > 1 and words_of(first.text) == words_of(title):
        return _found(of, parts, title, "", "")
    line, gap, others = first.text.partition("\n")
    apart = None if lead else leads.parted(line)
    if apart and words_of(apart[0]) == words_of(title):
        return _found(of, parts, title, "", f"{apart[1]}{gap}{others}")
    return None


def named(of: Body, parts: list[Block], title: str) -> Found | None:
    """The talk without a link, where it has notes with times or the notebook has it."""
    parts = _below_day(parts)
    is_known = words_of(title) in of.known.titles
    if not title or not parts or not (is_known or any(map(time_of, parts))):
        return None
    return _found(of, parts, title, "", "", whole=True)


def led(of: Body, parts: list[Block], title: str) -> Found | None:
    """The talk that all links at the beginnings of notes lead to, if there are some and it is one alone."""
    timed = [time for part in parts if (time := time_of(part)) and time.of_page]
    if not title or len({links.identity(time.address) for time in timed}) != 1:
        return None
    return _found(of, parts, title, times.without(timed[0].address), "", whole=True)


def _below_day(parts: list[Block]) -> list[Block]:
    """The parts without a date that is none, which our exports show as it was typed."""
    return parts[1:] if parts and is_wrong_day(parts[0].text) else parts


def _has_others(parts: list[Block]) -> bool:
    """Whether there are headings, or items that lead to recordings, so that it may be about several."""
    return any(
        part.kind == "heading" or (part.kind == "item" and not time_of(part) and leads.leading(part.text))
        for part in parts
    )


def _found(of: Body, parts: list[Block], title: str, url: str, words: str, *, whole: bool = False) -> Found:
    """`words` are those of the first part behind the title; `whole` if it is no title at all."""
    write_up, notes = body.notes(of, parts if whole else parts[1:])
    prose = "\n\n".join(filter(None, (words, write_up)))
    outlined = any(part.kind == "item" and time_of(part) for part in parts)
    style = Style.OUTLINE if outlined else Style.TIMELINE if notes or not words else Style.LIST
    return Found(style, (replace(ReadTalk(title, url, prose), notes=notes),))
