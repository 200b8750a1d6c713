"""A Screen without a window: it remembers what it was told and answers what the test has put in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktopnotes.commands import by_id, keys_of
from desktopnotes.export.learning import Learned
from desktopnotes.export.looking import Answer, Looked
from desktopnotes.media.player import Report
from desktopnotes.media.web_page import Listing
from desktopnotes.model.history import Caret
from desktopnotes.model.importing import FileRead
from desktopnotes.model.notebook import Note, Notebook
from desktopnotes.model.script import Chosen
from desktopnotes.model.settings import Settings
from desktopnotes.screen import Goal, Offer, Stretch, Waits
from desktopnotes.session import Session
from desktopnotes.storage.saver import SaveReport
from desktopnotes.storage.state_file import Place


class FakeScreen:
    """`files`, `folder`, `target`, `choice`, `text` and `answer` are the answers to questions; None cancels.

    A key is pressed at the moment that `now_s` says.
    """

    session: Session

    def __init__(self, now_s: Callable[[], float]) -> None:
        self.now_s = now_s
        self.asked: list[str] = []
        self.said: list[str] = []
        self.lasting = False
        self.waits: Waits | None = None
        self.settled: list[Waits] = []
        self.errors: list[str] = []
        self.shown: list[str] = []
        self.talk_in_post = ""
        self.offers: tuple[Offer, ...] = ()
        self.opened_outside: list[str] = []
        self.clipboard = ""
        self.rich = ""
        self.takes_rich = True
        self.noted: tuple[str, tuple[Note, ...]] = ("", ())
        self.selection: tuple[Stretch, ...] = ()
        self.put: list[str] = []
        self.place = Caret()
        self.chosen: tuple[str, ...] = ()
        self.blank: str | None = ""
        self.words: Chosen | None = None
        self.files: tuple[Path, ...] = ()
        self.folder: Path | None = None
        self.target: Path | None = None
        self.choice: int | None = None
        self.text: str | None = None
        self.answer: Answer | None = None
        self.waiting: list[tuple[int, Callable[[], None]]] = []
        self.saves: list[SaveReport] = []
        self.reports: list[Report] = []
        self.changes = 0
        self.captions = ""
        self.recent: tuple[Place, ...] = ()
        self.listings: list[Listing] = []
        self.imports: tuple[FileRead, ...] = ()
        self.learned: Learned | None = None

    def notebook_opened(self) -> None:
        self.place = Caret()

    def notebook_changed(self, before: Notebook) -> None:
        self.changes += 1

    def talk_opened(self) -> None:
        self.place = Caret("notes", self.session.talk_id)
        self.blank = ""

    def listing_found(self, listing: Listing) -> None:
        self.listings.append(listing)

    def player_reported(self, report: Report) -> None:
        self.reports.append(report)

    def saved(self, report: SaveReport) -> None:
        self.saves.append(report)

    def settings_changed(self, before: Settings) -> None:
        self.changes += 1

    def tell(self, message: str, *offers: Offer, lasting: bool = False, waits: Waits | None = None) -> None:
        self.said.append(message)
        self.offers = offers
        self.lasting = lasting or waits is not None
        self.waits = waits

    def tell_no_more(self, about: Waits) -> None:
        self.settled.append(about)

    def way_to(self, command_id: str) -> str:
        command = by_id(command_id)
        return next(iter(keys_of(command, self.session.settings.keys)), f"“{command.label}”")

    def tell_error(self, message: str) -> None:
        self.errors.append(message)

    def take_away(self, message: str) -> None:
        self.errors = [one for one in self.errors if one != message]

    def show_captions(self, words: str) -> None:
        self.captions = words

    def captions_are_shown(self) -> bool:
        return bool(self.captions)

    def later(self, delay_ms: int, job: Callable[[], None]) -> None:
        self.waiting.append((delay_ms, job))

    def let_time_pass(self) -> None:
        """Runs what was put off."""
        jobs, self.waiting = self.waiting, []
        for _, job in jobs:
            job()

    def key_moment_s(self) -> float:
        return self.now_s()

    def caret(self) -> Caret:
        return self.place

    def caret_before(self) -> Caret:
        return self.place

    def put_caret(self, caret: Caret) -> None:
        self.place = caret
        self.selection = ()
        self.blank = None if caret.note_id else self.blank

    def recent_notebooks(self) -> tuple[Place, ...]:
        return self.recent

    def keep_place(self) -> None:
        here = Place(
            str(self.session.path), self.session.talk_id, self.place, title=self.session.notebook.title
        )
        self.recent = (here, *(place for place in self.recent if place.notebook != here.notebook))

    def put_place(self, place: Place) -> None:
        self.put_caret(place.caret)

    def put_blank(self, after_id: str) -> None:
        self.place = Caret("notes", self.session.talk_id)
        self.blank = after_id

    def chosen_notes(self, *, from_elsewhere: bool = False) -> tuple[str, ...]:
        return self.chosen if from_elsewhere or self.place.place == "notes" else ()

    def selected(self) -> tuple[Stretch, ...]:
        if self.selection:
            return self.selection
        if self.place.place == "write_up" or self.place.note_id:
            return (Stretch(self.place.note_id, self.place.offset, self.place.offset),)
        return ()

    def select(self, stretches: Sequence[Stretch]) -> None:
        self.selection = tuple(stretches)

    def put_in(self, text: str) -> None:
        self.put.append(text)
        self.selection = ()

    def chosen_talk(self) -> str:
        return self.talk_in_post

    def chosen_words(self) -> Chosen | None:
        return self.words

    def choose_notes(self, note_ids: Sequence[str]) -> None:
        self.chosen = tuple(note_ids)

    def blank_after(self) -> str | None:
        return self.blank

    def ask_files(self, title: str, kind: str) -> tuple[Path, ...]:
        self.asked.append(title)
        return self.files

    def ask_folder(self, title: str) -> Path | None:
        self.asked.append(title)
        return self.folder

    def ask_target(self, title: str, folder: Path, name: str, label: str = "Export") -> Path | None:
        self.asked.append(f"{folder} / {name}")
        return self.target

    def ask_choice(self, question: str, detail: str, answers: Sequence[str]) -> int | None:
        self.asked.append(question)
        return self.choice

    def ask_difference(self, looked: Looked, take: Callable[[Answer | None], None]) -> None:
        self.asked.append(f"{looked.state} {looked.path.name}")
        take(self.answer)

    def show_difference(self, looked: Looked) -> None:
        self.shown.append(f"difference of {looked.path.name}")

    def ask_text(self, title: str, label: str, text: str) -> str | None:
        self.asked.append(text)
        return self.text

    def ask_import(self, files: Sequence[FileRead], goal: Goal) -> None:
        self.goal = goal
        self.imports = tuple(files)

    def ask_conventions(self, learned: Learned) -> None:
        self.learned = learned

    def open_outside(self, address: str) -> None:
        self.opened_outside.append(address)

    def copy(self, text: str, notes: Sequence[Note] = ()) -> None:
        self.clipboard, self.noted = text, (text, tuple(notes))

    def copy_rich(self, html: str, text: str) -> bool:
        self.clipboard, self.rich, self.noted = text, html, ("", ())
        return self.takes_rich

    def copied_notes(self) -> tuple[Note, ...]:
        text, notes = self.noted
        return notes if text == self.clipboard else ()

    def copied(self) -> str:
        return self.clipboard

    def show(self, part: str, of: str = "") -> None:
        self.shown.append(f"{part} {of}".rstrip())
