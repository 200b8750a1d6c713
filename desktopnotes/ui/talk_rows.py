"""What the rows of the list of talks say, worked out anew only for talks that have changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktopnotes.model import grouping, timecode
from desktopnotes.model.notebook import Notebook, State, Talk
from desktopnotes.model.shortening import in_a_line
from desktopnotes.words import _

_ICONS = {State.TO_WATCH: "circle", State.WATCHING: "circle-dot", State.WATCHED: "circle-check"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `item` is its name in the list, where one talk may stand under several speakers or tags."""

    item: str
    group: str
    talk: Talk
    below: str
    count: str
    icon: str

    @property
    def title(self) -> str:
        return " ".join(in_a_line(self.talk.title).split()) or _("Untitled talk")

    @property
    def tip(self) -> str:
        """The whole of what the row may have cut."""
        speakers = in_a_line(", ".join(self.talk.speakers))
        return "\n".join(part for part in (self.title, speakers, self.below) if part)


@dataclass(frozen=True, slots=True)
class Heading:
    """`item` is the group's name in the list; where `title` is empty its rows stand without one."""

    item: str
    id: str
    title: str


def heading_item(group_id: str) -> str:
    return f"group {group_id}"


class TalkRows:
    """Remembers what was said of a talk until it is another value: a key typed in one leaves the rest."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[Talk, tuple[str, str, str]]] = {}

    def draw(
        self, notebook: Notebook, by: str, only: Collection[str] | None
    ) -> tuple[tuple[Heading, ...], tuple[Line, ...]]:
        """The headings and the rows of the talks whose ids are in `only`; of all where that is None."""
        headings, lines = [], []
        seen: set[str] = set()
        for group in grouping.groups(notebook, by):
            members = [talk for talk in group.talks if only is None or talk.id in only]
            if members or only is None:
                headings.append(Heading(heading_item(group.id), group.id, group.title))
            for talk in members:
                item = talk.id if talk.id not in seen else f"{talk.id} {group.id}"
                seen.add(talk.id)
                lines.append(Line(item, group.id, talk, *self._words(talk)))
        return tuple(headings), tuple(lines)

    def _words(self, talk: Talk) -> tuple[str, str, str]:
        known = self._said.get(talk.id)
        if known is None or known[0] is not talk:
            count = str(len(talk.notes)) if talk.notes else ""
            icon = _ICONS[State(grouping.state_of(talk))]
            known = self._said[talk.id] = (talk, (how_far(talk), count, icon))
        return known[1]


def shows_same(before: Notebook, after: Notebook) -> bool:
    """Whether no row says anything else: the usual case of a key typed in a note, told in microseconds."""
    return (
        before.posts is after.posts
        and (before.id, before.title) == (after.id, after.title)
        and len(before.talks) == len(after.talks)
        and all(
            old is new or _shown(old) == _shown(new)
            for old, new in zip(before.talks, after.talks, strict=True)
        )
    )


def _shown(talk: Talk) -> tuple[object, ...]:
    return (talk.id, talk.title, talk.speakers, talk.tags, how_far(talk), talk.state, len(talk.notes))


def how_far(talk: Talk) -> str:
    """The second line of a row: how far it is watched, or how it stands with its write-up."""
    length = timecode.clock(talk.duration_ms) if talk.duration_ms else ""
    if talk.state == State.WATCHED:
        return _("written up") if talk.write_up else _("from its notes") if talk.notes else _("watched")
    if talk.state == State.WATCHING:
        at = timecode.clock(talk.position_ms)
        return (
            _("{time} of {length}").format(time=at, length=length)
            if length
            else _("{time} watched").format(time=at)
        )
    return _("to watch · {length}").format(length=length) if length else _("to watch")
