"""What a session needs of the window; the window is one Screen, tests have another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktopnotes.media.player import Report
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.model.script import Chosen
from desktopnotes.model.settings import Settings
from desktopnotes.storage.saver import SaveReport
from desktopnotes.storage.state_file import Place
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.export.learning import Learned
    from desktopnotes.export.looking import Answer, Looked
    from desktopnotes.media.web_page import Listing
    from desktopnotes.model.importing import FileRead


@dataclass(frozen=True, slots=True)
class Offer:
    """A button that goes with a message: what it says and what it does.

    A message that waits for the user has had its day when one is used, unless that only looks and `stays`.
    """

    label: str
    run: Callable[[], None]
    stays: bool = False


class Waits(IntEnum):
    """What a message that waits for the user is about; the first of these is shown first.

    A newer one takes the place of the one before it that is about the same, but for crashes and notices.
    """

    NOT_SAVED = 1
    LOSS = 2
    """Many notes went, or the file did."""
    CAME_IN = 3
    """What a merge brought into the window."""
    DAMAGED = 4
    UNSAVED = 5
    """An emergency copy lies there."""
    CRASH = 6
    NOTICE = 7
    """What was found at the start, or when a notebook was opened."""
    OPEN_TWICE = 8
    CONFLICT_COPY = 9
    PLACE = 10
    """Where the open talk was before it was stopped."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` up to `end` of a note's text; of the talk's write-up where `note_id` is ""."""

    note_id: str
    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Goal:
    """Where an import goes: the notebook that lies at `path`, and the talk that notes of none belong to."""

    path: Path
    talk_id: str


class Screen(Protocol):
    """What a session needs of the window. Questions that the user cancels answer None or nothing."""

    def notebook_opened(self) -> None:
        """Another notebook is open now: draw everything anew."""

    def notebook_changed(self, before: Notebook) -> None:
        """The session's notebook is another value now; draw what differs."""

    def talk_opened(self) -> None:
        """Another talk is shown and loaded now (or none)."""

    def player_reported(self, report: Report) -> None: ...

    def listing_found(self, listing: Listing) -> None:
        """The address of a talk is that of a list of recordings: let the user choose among them."""

    def saved(self, report: SaveReport) -> None: ...

    def settings_changed(self, before: Settings) -> None: ...

    def tell(self, message: str, *offers: Offer, lasting: bool = False, waits: Waits | None = None) -> None:
        """One quiet line; `lasting` ones stay until the next message.

        One that `waits` for the user is back after what passes, until it is put away or its offer used.
        """

    def tell_no_more(self, about: Waits) -> None:
        """What waited for the user has settled itself."""

    def way_to(self, command_id: str) -> str:
        """How a message names what runs a command: its first key now, its label where it has none."""

    def tell_error(self, message: str) -> None: ...

    def take_away(self, message: str) -> None:
        """Takes this message away where it is still shown."""

    def show_captions(self, words: str) -> None:
        """Shows words over the picture's lower edge for some seconds; "" hides them."""

    def captions_are_shown(self) -> bool: ...

    def later(self, delay_ms: int, job: Callable[[], None]) -> None: ...

    def key_moment_s(self) -> float:
        """The moment (of `time.monotonic()`) at which the key being handled was pressed; else now."""

    def caret(self) -> Caret: ...

    def caret_before(self) -> Caret:
        """The caret as it was before what is handled now: Tk may have moved it already."""

    def put_caret(self, caret: Caret) -> None:
        """Gives the focus to that place and puts the caret there."""

    def recent_notebooks(self) -> tuple[Place, ...]:
        """The notebooks that were open, the last one first, with where the user was in each."""

    def keep_place(self) -> None:
        """Remembers where the user is in the notebook that is about to be left."""

    def put_place(self, place: Place) -> None:
        """Puts the caret and the page where they were in the talk that is open now."""

    def put_blank(self, after_id: str) -> None:
        """Puts the caret into an empty row behind a note of the page (at its end where that is empty)."""

    def chosen_notes(self, *, from_elsewhere: bool = False) -> tuple[str, ...]:
        """The ids of the notes that the selection touches, none where nothing is selected.

        None as well while the caret is not among the notes, unless they are meant `from_elsewhere` too; and
        never such as are not seen.
        """

    def selected(self) -> tuple[Stretch, ...]:
        """What is selected in the text that has the caret, note by note; where nothing is, the caret alone.

        A note of which only the line break before or behind it is selected is there too, as an empty stretch.

        Nothing in an empty row, in a suggestion, and where no text of the notebook has the focus.
        """

    def select(self, stretches: Sequence[Stretch]) -> None:
        """Selects from the start of the first to the end of the last; one that is empty gets the caret."""

    def put_in(self, text: str) -> None:
        """Puts text in place of what is selected, or at the caret, as if it was typed; "" only deletes."""

    def chosen_talk(self) -> str:
        """The id of the talk that is chosen in the post view; "" where none is, and in the notes."""

    def chosen_words(self) -> Chosen | None:
        """What is chosen in the transcript, while that has the keyboard; None elsewhere."""

    def choose_notes(self, note_ids: Sequence[str]) -> None:
        """Selects these notes whole; others that stand between them by now are not chosen."""

    def blank_after(self) -> str | None:
        """The note above the empty row that holds the caret, "" at the top; None where it is in a note."""

    def ask_files(self, title: str, kind: str) -> tuple[Path, ...]:
        """`kind` is "media", "captions", "notebook" or "import"."""

    def ask_folder(self, title: str) -> Path | None: ...

    def ask_target(self, title: str, folder: Path, name: str, label: str = _("Export")) -> Path | None:
        """Where to write a file; whether it may be overwritten is asked by the caller."""

    def ask_choice(self, question: str, detail: str, answers: Sequence[str]) -> int | None:
        """Which of `answers` was chosen."""

    def ask_difference(self, looked: Looked, take: Callable[[Answer | None], None]) -> None:
        """Lets the user decide about the differences of a file; `take` gets None where they call it off."""

    def show_difference(self, looked: Looked) -> None:
        """Shows what exporting changed in a file, and what it kept."""

    def ask_text(self, title: str, label: str, text: str) -> str | None: ...

    def ask_import(self, files: Sequence[FileRead], goal: Goal) -> None:
        """Shows what was found in files, to be imported or not."""

    def ask_conventions(self, learned: Learned) -> None:
        """Shows what was learned of the author's site, to be kept or not."""

    def open_outside(self, address: str) -> None:
        """Opens a file, folder or address with the desktop's own program."""

    def copy(self, text: str, notes: Sequence[Note] = ()) -> None:
        """Puts text on the clipboard; `notes` are what it says, for pasting them within this program."""

    def copy_rich(self, html: str, text: str) -> bool:
        """Puts formatted text on the clipboard, and beside it plain `text`.

        False where the desktop takes only that.
        """

    def copied(self) -> str:
        """The text on the clipboard, empty where there is none."""

    def copied_notes(self) -> tuple[Note, ...]:
        """The notes that were copied here, if they are what is on the clipboard still."""

    def show(self, part: str, of: str = "") -> None:
        """Opens, closes or goes to a part of the window by its name (see `actions.view`).

        `of` is the id of the thing it is of ("post": which one), where not what is open is meant.
        """
