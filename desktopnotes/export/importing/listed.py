"""Posts of the style list, and others in which the items of a list are the talks."""

from __future__ import annotations

from itertools import groupby

from desktopnotes.export.importing import leads, times
from desktopnotes.export.importing.blocks import Block
from desktopnotes.export.importing.body import Body, Found, time_of
from desktopnotes.export.importing.typed import unescaped
from desktopnotes.model.importing import ReadTalk, words_of
from desktopnotes.model.notebook import Style
from desktopnotes.words import _

_Run = tuple[bool, list[Block]]
"""Items that are one list, or what stands between lists."""


def read(of: Body, parts: list[Block], *, is_post: bool) -> Found | None:
    """The items that lead to a recording, and those in one list with them, are talks.

    Where none does, the first list of titles with words behind them, if it is a post at all. Links beside
    lines with times, below no title, are words of those lines.
    """
    runs = _runs(parts)
    chosen = [is_list and (_leads(run) or _has_title(of, run)) for is_list, run in runs]
    if not is_post and any(map(_is_timed, parts)):
        return None
    if not any(chosen) and is_post:
        titled = [is_list and all(map(_is_titled, run)) for is_list, run in runs]
        chosen = [here and index == titled.index(True) for index, here in enumerate(titled)]
    if not any(chosen):
        return None
    first, last = chosen.index(True), len(chosen) - 1 - chosen[::-1].index(True)
    talks = []
    for (_is_list, run), is_talks in zip(runs[first : last + 1], chosen[first : last + 1], strict=True):
        for part in run:
            if is_talks:
                talks.append(_talk(of, part))
            else:
                of.leave(part, _("it stands between talks"))
    intro = [part for _is_list, run in runs[:first] for part in run]
    closing = [part for _is_list, run in runs[last + 1 :] for part in run]
    return Found(Style.LIST, tuple(talks), of.source(intro), of.source(closing))


def has_known(of: Body, parts: list[Block]) -> bool:
    """Whether the title of a known talk begins an item of a list, and no heading is one."""
    for part in parts:
        title, _url = leads.title_and_url(part.text) if part.kind == "heading" else ("", "")
        if words_of(title) in of.known.titles and words_of(part.text) not in of.known.headings:
            return False
    return _has_title(of, [part for part in parts if part.kind == "item"])


def _has_title(of: Body, items: list[Block]) -> bool:
    """Whether one of the items is a talk of the notebook's."""
    may_be = (part for part in items if not time_of(part) and not _is_within_site(part))
    return any(words_of(_talk(of, part).title) in of.known.titles for part in may_be)


def is_index(parts: list[Block]) -> bool:
    """Whether a list links other files of the same site, and nothing else is in it, as in our indexes."""
    lists = [run for is_list, run in _runs(parts) if is_list]
    return any(all(map(_is_within_site, run)) for run in lists) and not any(map(_leads, lists))


def _is_within_site(part: Block) -> bool:
    return leads.INSIDE.fullmatch(part.text.strip()) is not None


def _runs(parts: list[Block]) -> list[_Run]:
    return [
        (kind[0], list(run)) for kind, run in groupby(parts, lambda part: (part.kind == "item", part.sign))
    ]


def _is_timed(part: Block) -> bool:
    first = part.text.partition("\n")[0]
    return time_of(part) is not None or (part.kind == "item" and times.by_link(first) is not None)


def _leads(run: list[Block]) -> bool:
    return any(leads.leading(part.text) for part in run) and not any(map(_is_timed, run))


def _is_titled(part: Block) -> bool:
    return not time_of(part) and leads.parted(part.text.partition("\n")[0]) is not None


def _talk(of: Body, part: Block) -> ReadTalk:
    """An item: the title, which leads to the recording, what parts them, and the write-up."""
    if lead := leads.leading(part.text):
        if not lead.title and of.known.is_address_a_title(lead.url):
            return ReadTalk(lead.url, "", lead.words)
        return ReadTalk(lead.title, lead.url, lead.words)
    first, gap, others = part.text.partition("\n")
    if apart := leads.parted(first):
        return ReadTalk(apart[0], "", f"{apart[1]}{gap}{others}".strip("\n"))
    return ReadTalk(unescaped(first).strip(), "", others.strip("\n"))
