"""A session without a window, on the fake player and a real file, for tests of actions and commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktopnotes.media.background import Background
from desktopnotes.media.fake_player import FakePlayer
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from desktopnotes.model.settings import Settings
from desktopnotes.session import Session
from desktopnotes.storage import codec, store
from desktopnotes.trace import Trace
from tests.fake_screen import FakeScreen
from tests.waiting import wait_until


@dataclass
class Room:
    """What a test of actions works with; `errors` is what jobs in the mailbox raised."""

    session: Session
    screen: FakeScreen
    player: FakePlayer
    mailbox: Mailbox
    errors: list[Exception]

    def until(self, seen: Callable[[], object], what: str) -> None:
        """Empties the mailbox until something is seen."""

        def look() -> object:
            self.mailbox.empty()
            return seen()

        wait_until(look, what)

    def on_disk(self) -> Notebook:
        """The notebook as it lies on the disk, once all is saved."""
        self.session.saver.flush(self.session.notebook)
        return store.open_notebook(self.session.path).notebook


def a_talk(talk_id: str = "talk1", notes: int = 3) -> Talk:
    """A talk that is being watched, with a note at each whole 10 s."""
    made = tuple(Note(f"{talk_id}note{i}", at_ms=i * 10_000, text=f"Note {i}") for i in range(1, notes + 1))
    return Talk(
        talk_id,
        title=f"Title of {talk_id}",
        url="https://example.org/talk.mp4",
        file=f"{talk_id}.mp4",
        duration_ms=600_000,
        state="watching",
        notes=made,
    )


def a_room(folder: Path, *talks: Talk, posts: tuple[Post, ...] = ()) -> Room:
    """Opens a notebook of these talks in `folder`, with the first talk open."""
    path = folder / "event.talknotes.json"
    path.write_bytes(codec.encode(Notebook("book1", title="An Event", talks=talks, posts=posts)))
    for talk in talks:
        (folder / talk.file).write_bytes(b"the fake player does not mind")
    errors: list[Exception] = []
    mailbox = Mailbox(errors.append)
    player, screen = FakePlayer(mailbox), FakeScreen()
    session = Session(
        opened=store.open_notebook(path),
        settings=Settings(),
        player=player,
        screen=screen,
        mailbox=mailbox,
        background=Background(mailbox),
        trace=Trace(),
    )
    screen.session = session
    session.open_talk(talks[0].id if talks else "")
    return Room(session, screen, player, mailbox, errors)
