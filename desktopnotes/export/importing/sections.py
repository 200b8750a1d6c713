"""Posts of the styles timeline and outline, and others in which headings begin the talks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktopnotes.export import links
from desktopnotes.export.importing import body, leads
from desktopnotes.export.importing.blocks import Block
from desktopnotes.export.importing.body import Body, Found, time_of
from desktopnotes.model.importing import ReadTalk, words_of
from desktopnotes.model.notebook import Style
from desktopnotes.words import _

_CLOSING_PARTS = 40
"""So many parts from the end on it is looked whether a closing of the notebook's begins."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that may begin a talk, in part `at`, and what stands below it up to the next one.

    `led` are the recordings that the times below it lead to.
    """

    at: int
    part: Block
    title: str
    url: str
    is_title: bool
    has_times: bool
    led: frozenset[str]
    is_empty: bool

    @property
    def is_sure(self) -> bool:
        return self.is_title or bool(self.url)

    @property
    def recording(self) -> str:
        return links.identity(self.url) if self.url else ""


def read(of: Body, parts: list[Block], check: Callable[[], None]) -> Found | None:
    """The talks below headings that lead to them, are called as talks are, or hold their times."""
    begun = _begun(_headings(of, parts))
    if not begun:
        return None
    talks: list[ReadTalk] = []
    closing = ""
    ends = [*(heading.at for heading in begun[1:]), len(parts)]
    outlined = False
    for heading, end in zip(begun, ends, strict=True):
        check()
        within = parts[heading.at + 1 : end]
        if heading.url and within and _is_link_alone(heading, within[0]):
            within = within[1:]
        if end == len(parts):
            within, closing = closing_apart(of, within)
        elif heading.is_empty and not heading.is_sure and talks:
            of.leave(heading.part, _("it stands between talks"))
            continue
        outlined = outlined or any(part.kind == "item" and time_of(part) for part in within)
        talks.append(ReadTalk(heading.title, heading.url, *body.notes(of, within)))
    style = Style.OUTLINE if outlined else Style.TIMELINE
    return Found(style, tuple(talks), of.source(parts[: begun[0].at]), closing)


def _is_link_alone(heading: _Heading, below: Block) -> bool:
    """Whether the recording stands below the heading, and nothing with it."""
    lead = leads.leading(below.text.strip()) if below.kind == "paragraph" else None
    alone = lead is not None and not lead.rest.strip() and not time_of(below)
    return alone and lead is not None and not leads.title_and_url(heading.part.text)[1]


def _headings(of: Body, parts: list[Block]) -> list[_Heading]:
    """The headings of the level that talks have; none where nothing tells that they are talks."""
    found = [_heading(of, parts, i) for i, part in enumerate(parts) if part.kind == "heading"]
    levels: dict[int, list[_Heading]] = {}
    for heading in found:
        if heading is not None:
            levels.setdefault(heading.part.level, []).append(heading)
    if not levels:
        return []
    looked_into = {level: _looked_into(parts, headings) for level, headings in levels.items()}
    headings = max(looked_into.values(), key=_likelihood)
    if not any(heading.is_sure or heading.has_times for heading in headings):
        return []
    return headings


def _likelihood(headings: list[_Heading]) -> tuple[int, int, int, int]:
    """How likely those of a level are talks; of two levels that are alike the upper one is it."""
    return (
        sum(heading.is_title for heading in headings),
        sum(bool(heading.url) and heading.recording in heading.led for heading in headings),
        sum(bool(heading.url) for heading in headings),
        -headings[0].part.level,
    )


def _heading(of: Body, parts: list[Block], at: int) -> _Heading | None:
    part = parts[at]
    title, url = leads.title_and_url(part.text)
    if of.known.is_within(title, part.text, url):
        return None
    is_title = of.known.is_title(title, part.text, url)
    below = parts[at + 1] if at + 1 < len(parts) else None
    if not url and not is_title and below and below.kind == "paragraph" and not time_of(below):
        url = leads.of_heading(part.text, below.text).url
    return _Heading(at, part, title, url, is_title, has_times=False, led=frozenset(), is_empty=below is None)


def _looked_into(parts: list[Block], headings: list[_Heading]) -> list[_Heading]:
    """The headings with what stands below each up to the next of them."""
    ends = [*(heading.at for heading in headings[1:]), len(parts)]
    found = []
    for heading, end in zip(headings, ends, strict=True):
        timed = [time for part in parts[heading.at + 1 : end] if (time := time_of(part))]
        led = frozenset(links.identity(time.address) for time in timed if time.of_page)
        found.append(
            replace(heading, has_times=bool(timed), led=led, is_empty=heading.at + 1 == end),
        )
    return found


def _begun(headings: list[_Heading]) -> list[_Heading]:
    """Those that begin a talk. Where none surely does all do; the others belong to what is above them."""
    if not any(heading.is_sure for heading in headings):
        return headings
    last_sure = max(i for i, heading in enumerate(headings) if heading.is_sure)
    begun: list[_Heading] = []
    noted = False
    for i, heading in enumerate(headings):
        above = begun[-1] if begun else None
        if _begins(heading, above, noted=noted, more=i < last_sure):
            begun.append(heading)
            noted = False
        noted = noted or heading.has_times
    return begun


def _begins(heading: _Heading, above: _Heading | None, *, noted: bool, more: bool) -> bool:
    """Whether it begins a talk; `noted` if the one above has notes so far, `more` if talks follow surely."""
    if heading.is_title:
        return True
    leads_above = (
        above is not None and above.recording in heading.led and heading.recording != above.recording
    )
    if heading.url or above is None:
        return not leads_above and (heading.has_times or bool(heading.url))
    if heading.has_times:  # a recording that can be linked at a moment has links for times
        return not leads_above and (noted or bool(links.deep_link(above.url, 0)))
    return noted and more


def closing_apart(of: Body, parts: list[Block]) -> tuple[list[Block], str]:
    """What stands behind the last note of the last talk closes the post; else its last paragraph does."""
    if words_of(of.source(parts)) in of.known.write_ups:
        return parts, ""
    for end in range(len(parts) - 1, max(-1, len(parts) - _CLOSING_PARTS), -1):
        if of.known.closings and words_of(of.source(parts[end:])) in of.known.closings:
            return parts[:end], of.source(parts[end:])
    last = max((i for i, part in enumerate(parts) if time_of(part)), default=None)
    if last is None:
        return (parts[:-1], of.source(parts[-1:])) if len(parts) > 1 else (parts, "")
    end = last + 1
    while end < len(parts) and body.goes_on(parts[end]):
        end += 1
    sign = parts[last].sign
    while end < len(parts) and sign and parts[end].kind == "item" and parts[end].sign == sign:
        end += 1
    return parts[:end], of.source(parts[end:])
