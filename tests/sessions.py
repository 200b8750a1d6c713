"""A session without a window, on the fake player and a real file, for tests of actions and commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktopnotes.actions import outputs, talk_data, web_news
from desktopnotes.media.background import Background
from desktopnotes.media.clock import Position
from desktopnotes.media.fake_player import FakePlayer
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from desktopnotes.model.settings import Settings
from desktopnotes.session import Session
from desktopnotes.storage import codec, opening
from desktopnotes.trace import Trace
from tests.fake_screen import FakeScreen
from tests.fake_web import FakeWeb
from tests.waiting import wait_until


@dataclass
class Room:
    """What a test of actions works with; `errors` is what the mailbox met that is not for the user."""

    session: Session
    screen: FakeScreen
    player: FakePlayer
    mailbox: Mailbox
    errors: list[Exception]

    @property
    def notes(self) -> tuple[Note, ...]:
        assert self.session.talk is not None
        return self.session.talk.notes

    @property
    def texts(self) -> list[str]:
        return [note.text for note in self.notes]

    @property
    def stamps(self) -> list[int | None]:
        return [note.at_ms for note in self.notes]

    def settle(self) -> None:
        """Runs what waits in the mailbox, and what that posts."""
        while self.mailbox.empty():
            pass

    def until(self, seen: Callable[[], object], what: str) -> None:
        """Empties the mailbox until something is seen."""

        def look() -> object:
            self.mailbox.empty()
            return seen()

        wait_until(look, what)

    def on_disk(self) -> Notebook:
        """The notebook as it lies on the disk, once all that was handed over is saved."""
        self.session.save_now()
        self.until(lambda: self.session.saver.all_is_saved, "all is saved")
        return opening.open_notebook(self.session.path).notebook

    def caret_in(self, note_id: str, offset: int = 0) -> None:
        self.screen.put_caret(Caret("notes", self.session.talk_id, note_id, offset))

    def change_talk(self, **typed: str) -> None:
        """Types into fields of the open talk's dialog and takes it over."""
        assert self.session.talk is not None
        now = talk_data.of_talk(self.session.talk)
        talk_data.take(self.session, self.session.talk_id, replace(now, **typed))

    def stand_at(self, at_ms: int) -> None:
        """Lets the recording stand paused at a moment."""
        self.player.pause()
        self.player.seek(at_ms)
        self.settle()

    def play_from(self, at_ms: int, *, for_ms: int) -> None:
        """Lets the recording play from a moment it jumped to, for so long."""
        self.player.seek(at_ms)
        self.player.play()
        self.settle()
        self.player.advance(for_ms)
        self.settle()

    def learn_that_it_stood(self, by_ms: int) -> None:
        """Of all moments the player now says that the recording stood `by_ms` further than it said before."""
        said = self.player.position_at

        def says(moment_s: float | None = None) -> Position | None:
            position = said(moment_s)
            return position and replace(position, at_ms=position.at_ms + by_ms, approximate=False)

        self.player.position_at = says  # type: ignore[method-assign]


def copied(room: Room) -> str:
    """Copies the post as Markdown, and waits until that is on the clipboard or an error is told."""
    room.screen.clipboard = ""
    errors = len(room.screen.errors)
    outputs.copy_markdown(room.session)
    room.until(lambda: room.screen.clipboard or len(room.screen.errors) > errors, "it is copied")
    return room.screen.clipboard


def recordings(folder: Path, *names: str) -> list[Path]:
    """Makes files of these names, as good as recordings to the fake player."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"a recording")
    return [folder / name for name in names]


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


def a_room(folder: Path, *talks: Talk, posts: tuple[Post, ...] = (), has_files: bool = True) -> Room:
    """Opens a notebook of these talks in `folder`, with the first talk open and their files made."""
    path = folder / "event.talknotes.json"
    path.write_bytes(codec.encode(Notebook("book1", title="An Event", talks=talks, posts=posts)))
    for talk in talks:
        if talk.file and has_files:
            (folder / talk.file).write_bytes(b"the fake player does not mind")
    return a_room_on(path)


_open: list[Session] = []


def leave_all() -> None:
    """Ends the saving of all that were opened; what waits to be saved is."""
    while _open:
        _open.pop().saver.close(timeout_s=0)


def a_room_on(path: Path) -> Room:
    """Opens the notebook at `path`, with its first talk open, loaded and paused."""
    errors: list[Exception] = []
    mailbox = Mailbox(lambda error: gate(error))
    player = FakePlayer(mailbox)
    player.recording_ms = 600_000
    screen = FakeScreen(lambda: player.now_s)

    def gate(error: Exception) -> None:
        """As the window's."""
        if isinstance(error, UserError):
            screen.tell_error(str(error))
        else:
            errors.append(error)

    session = Session(
        opened=opening.open_notebook(path),
        settings=Settings(),
        player=player,
        screen=screen,
        mailbox=mailbox,
        background=Background(mailbox),
        web=FakeWeb(mailbox),
        trace=Trace(),
        now_s=lambda: player.now_s,
    )
    web_news.listen(session)
    screen.session = session
    _open.append(session)
    talks = session.notebook.talks
    session.open_talk(talks[0].id if talks else "")
    room = Room(session, screen, player, mailbox, errors)
    room.settle()
    return room
