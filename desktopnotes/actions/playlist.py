"""Lists of recordings on the web: read while the user chooses, and the chosen ones become talks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktopnotes.actions import talk, web
from desktopnotes.media.background import Progress, Task
from desktopnotes.model import naming
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Talk, new_id
from desktopnotes.session import Session

if TYPE_CHECKING:
    from desktopnotes.media.web_page import Entry, Listing


@dataclass(frozen=True, slots=True)
class Choice:
    """A recording that a list offers: `title` is whole, on one line; `recording` tells it from others."""

    url: str
    title: str
    duration_ms: int
    recording: str


def found(session: Session, listing: Listing) -> None:
    """An address turned out to be a list: a talk that was added for it alone goes again, and it is shown."""
    for one in session.notebook.talks:
        if one.url == listing.address and web.is_bare(session, one):
            web.take_away(session, one.id)
    session.screen.listing_found(listing)


def starts_ticked(address: str) -> bool:
    """Whether all of a list is likely to be wanted: somebody put it together, it is no channel or feed."""
    from desktopnotes.actions import addresses  # a start does without it

    return not addresses.is_endless(address)


def read(
    session: Session,
    address: str,
    named: Callable[[str], None],
    came: Callable[[Sequence[Choice]], None],
    ended: Callable[[Exception | None], None],
) -> Task:
    """Begins to read a list; `came` gets what there is as it comes, each recording once.

    `named` gets its title once that is known; `ended` None when all of it came, else what went wrong. All
    are called on the window's thread, and not any more once the task is cancelled.
    """
    seen: set[str] = set()
    title = ""

    def tell(entries: Sequence[Entry]) -> None:
        nonlocal title
        said = next((entry.list_title for entry in entries if entry.list_title), "")
        if said and not title:
            title = said
            session.mailbox.post(lambda: None if task.cancelled else named(said))
        choices = [choice for choice in map(_choice, entries) if choice is not None]
        fresh = [choice for choice in choices if choice.recording not in seen]
        fresh = list({choice.recording: choice for choice in reversed(fresh)}.values())[::-1]
        seen.update(choice.recording for choice in fresh)
        if fresh:
            session.mailbox.post(lambda: None if task.cancelled else came(fresh))

    def work(progress: Progress) -> None:
        session.web.entries(address, progress, tell)

    task = session.background.run(work, lambda _: ended(None), ended)
    return task


def _choice(entry: Entry) -> Choice | None:
    """None for an entry whose address is none that may be asked for."""
    from desktopnotes.actions import addresses  # a start does without it
    from desktopnotes.export import links

    try:
        url = addresses.checked(entry.url)
    except UserError:
        return None
    title = entry.title or naming.title_of_address(url)
    return Choice(url, title, max(0, entry.duration_ms), links.identity(url))


def there(session: Session) -> frozenset[str]:
    """The recordings that need not be added: none where the notebook takes no talks and a new one will."""
    takes_talks = not (session.is_sample or session.read_only)
    return frozenset(web.by_recording(session)) if takes_talks else frozenset()


def add(session: Session, title: str, chosen: Sequence[Choice]) -> None:
    """Adds the chosen recordings in their order as one step, and goes to the first of them.

    A notebook that has no talk yet takes the list's title, unless the user has named it.
    """
    if not chosen:
        return
    talk.make_room(session, title or web.NEW_TITLE)
    already = web.by_recording(session)
    added = [_talk_of(choice) for choice in chosen if choice.recording not in already]
    is_fresh = not session.notebook.talks and session.notebook.title in ("", web.NEW_TITLE)
    first_id = added[0].id if added else already[chosen[0].recording]
    talk.join(session, added, first_id, title if is_fresh else "")


def _talk_of(choice: Choice) -> Talk:
    parts = naming.title_and_speakers(choice.title)
    return Talk(
        new_id(),
        title=parts.title,
        original_title=choice.title if choice.title != parts.title else "",
        speakers=parts.speakers,
        url=choice.url,
        duration_ms=choice.duration_ms,
    )
