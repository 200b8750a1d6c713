"""Import: files are read on a worker, shown, and taken in as one step if the user wishes so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import notes, post, talk
from desktopnotes.media.background import Progress
from desktopnotes.model.errors import ReadError, UserError
from desktopnotes.model.notebook import Notebook, new_id
from desktopnotes.screen import Goal, Offer
from desktopnotes.session import Session

if TYPE_CHECKING:
    from desktopnotes.model.importing import FileRead, Imported, Unread
    from desktopnotes.model.taking_in import Taken

_MOST_FILES = 200
_DROPPED = (".md", ".markdown", ".txt", ".text", ".srt", ".vtt", ".ass", ".csv", ".otr")
"""What is imported where it is dropped on the window; `.json` may be a notebook."""


class ChaptersAs(StrEnum):
    """What a list of chapters becomes."""

    CHAPTER_NOTES = "Notes that begin a chapter"
    NOTES = "Notes"
    CHAPTERS = "Chapters of the recording"


@dataclass(frozen=True, slots=True)
class Way:
    """What the user chose: `of_page` if times of lines are those of the public recording."""

    chapters: ChaptersAs = ChaptersAs.CHAPTER_NOTES
    of_page: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The notebook `after` files are taken into `before`, and what is said of that, a sentence each."""

    before: Notebook
    after: Notebook
    sentences: tuple[str, ...]
    unread: tuple[Unread, ...]

    @property
    def is_new(self) -> bool:
        return self.after is not self.before and self.after != self.before


def can_import(session: Session) -> bool:
    return not session.read_only


def is_text(path: str) -> bool:
    """Whether a file that is dropped is one to be imported."""
    return Path(path).suffix.lower() in _DROPPED


def choose(session: Session) -> None:
    """Asks which files."""
    files = session.screen.ask_files("Import", "import")
    if files:
        begin(session, files)


def begin(session: Session, files: Sequence[Path]) -> None:
    """Reads the files, and shows what was found in them; it is for the talk that is meant now."""
    session.refuse_if_read_only()
    if len(files) > _MOST_FILES:
        raise UserError(f"These are more than {_MOST_FILES} files; nothing was imported.", "Choose fewer.")
    name = f"“{files[0].name}”" if len(files) == 1 else f"{len(files)} files"
    session.screen.tell(f"Reading {name}…")
    meant = post.talk_meant(session)
    session.background.run(
        partial(_read, tuple(files), session.notebook),
        partial(_found, session, Goal(session.path, meant.id if meant else "")),
        gives_way=True,
    )


def _read(files: Sequence[Path], notebook: Notebook, progress: Progress) -> tuple[FileRead, ...]:
    """What is in the files; one that cannot be read is told among them, unless it is the only one."""
    from desktopnotes.export.importing import reading  # a start does without it
    from desktopnotes.model.importing import FileRead, Imported, Unread

    found: list[FileRead] = []
    for file in files:
        try:
            found.append(FileRead(file.name, reading.read(file, progress.check, notebook)))
        except ReadError as error:
            if len(files) == 1:
                raise
            found.append(FileRead(file.name, Imported(unread=(Unread(0, str(error)),))))
    return tuple(found)


def _found(session: Session, goal: Goal, files: Sequence[FileRead]) -> None:
    if all(file.found.is_empty for file in files):
        raise ReadError("In none of these files anything was found to import.")
    _refuse_elsewhere(session, files, goal)
    for_talk = any(file.found.notes or file.found.chapters for file in files)
    if for_talk and not goal.talk_id and not any(file.found.talks for file in files):
        raise UserError(
            "These notes belong to no talk yet, and none is open; nothing was imported.",
            "Open or add the talk that they are about, and import them there.",
        )
    session.screen.ask_import(files, goal)


def _refuse_elsewhere(session: Session, files: Sequence[FileRead], goal: Goal) -> None:
    """Raises `UserError` where the notebook that was imported into is not open any more, or the talk gone."""
    if session.path != goal.path:
        raise UserError(
            f"Another notebook than “{goal.path.name}” is open by now; nothing was imported.",
            "Import once more, into the one that it is for.",
        )
    is_gone = goal.talk_id and session.notebook.talk(goal.talk_id) is None
    if is_gone and any(file.found.notes or file.found.chapters for file in files):
        raise UserError(
            "The talk that this was for is not in the notebook any more; nothing was imported.",
            "Import once more, into the talk that it is for.",
        )


# --- what would become of it ---------------------------------------------------------------------------


def outcome(session: Session, files: Sequence[FileRead], way: Way, goal: Goal) -> Callable[[], Outcome]:
    """What the import comes to as things stand now, to be worked out on any thread."""
    return partial(_outcome, session.notebook, goal.talk_id, tuple(files), way, notes.utc_now())


def _outcome(before: Notebook, talk_id: str, files: Sequence[FileRead], way: Way, created: str) -> Outcome:
    from desktopnotes.export.importing.likeness import likeness  # a start does without it
    from desktopnotes.model.taking_in import take_in

    after = before
    sentences: list[str] = []
    unread: list[Unread] = []
    for file in files:
        found = _as_wished(file.found, way)
        what = take_in(after, found, talk_id, new_id=new_id, created=created, likeness=likeness(after))
        prefix = f"{file.name}: " if len(files) > 1 else ""
        sentences += (prefix + said for said in _sentences(after, talk_id, found, what))
        unread += (replace(one, text=prefix + one.text) for one in (*found.unread, *what.left))
        after = what.notebook
    return Outcome(before, after, tuple(sentences), tuple(unread))


def _as_wished(found: Imported, way: Way) -> Imported:
    from desktopnotes.model import importing

    if way.of_page:
        found = replace(found, notes=tuple(replace(note, of_page=True) for note in found.notes))
    if found.may_be_chapters and way.chapters is ChaptersAs.CHAPTER_NOTES:
        return importing.as_chapter_notes(found)
    if found.may_be_chapters and way.chapters is ChaptersAs.CHAPTERS:
        return importing.as_chapters(found)
    return found


def _sentences(before: Notebook, talk_id: str, found: Imported, what: Taken) -> list[str]:
    said: list[str] = []
    if found.talks:
        post = f"The post “{found.post.title}” with " if found.post and found.post.title else ""
        said.append(f"{post}{_known(len(found.talks), 'talk', what.known_talks)}.")
        if what.new_write_ups:
            said.append(f"{counted(what.new_write_ups, 'write-up')}.")
    count = what.new_notes + what.known_notes
    if count:
        open_talk = before.talk(talk_id)
        where = f" for “{open_talk.title or 'this talk'}”" if open_talk and not found.talks else ""
        said.append(f"{_known(count, 'note', what.known_notes, where)}.")
    if found.chapters:
        known = len(found.chapters) - what.new_chapters
        said.append(f"{_known(len(found.chapters), 'chapter', known)} of the recording.")
    if what.past_end:
        verb = "stands" if what.past_end == 1 else "stand"
        said.append(
            f"{counted(what.past_end, 'note')} {verb} past the end of the recording, and will be kept."
        )
    return [*said, *found.remarks]


def _known(count: int, noun: str, known: int, where: str = "") -> str:
    if not known:
        return f"{counted(count, noun)}{where}"
    if known == count:
        return f"{counted(count, noun)}{where}, known already"
    return f"{counted(count, noun)}{where}, {known:,} of them known already"


def counted(count: int, noun: str) -> str:
    """ "1 note", "2,000 notes"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


# --- taking it -----------------------------------------------------------------------------------------


def take(
    session: Session,
    files: Sequence[FileRead],
    way: Way,
    goal: Goal,
    worked_out: Outcome | None = None,
    tries: int = 3,
) -> None:
    """Takes it in as one step. Where the notebook is another one by now, that is worked out anew first."""
    _refuse_elsewhere(session, files, goal)
    makes_talks = any(file.found.talks for file in files)
    if makes_talks:  # the sample never receives the user's talks
        titles = [file.found.post.title for file in files if file.found.post and file.found.post.title]
        talk.make_room(session, titles[0] if titles else "My Talks")
        if session.path != goal.path:
            goal = replace(goal, path=session.path, talk_id=session.talk_id)
    notes.end(session)
    if worked_out and worked_out.before is session.notebook:
        _do(session, files, goal, worked_out)
        return
    job = outcome(session, files, way, goal)
    if not tries:  # it changes all the time, so it has to wait for us once
        _do(session, files, goal, job())
        return
    again = partial(take, session, files, way, goal, tries=tries - 1)
    session.background.run(lambda _: job(), lambda done: again(worked_out=done), gives_way=True)


def _do(session: Session, files: Sequence[FileRead], goal: Goal, done: Outcome) -> None:
    if not done.is_new:
        session.screen.tell("All of it is in this notebook already.")
        return
    name = files[0].name if len(files) == 1 else counted(len(files), "File")
    session.do(f"Import {name}", done.after)
    session.save_now()
    there = {one.id for one in done.before.talks}
    new = [one.id for one in done.after.talks if one.id not in there]
    if new and session.talk is None:
        talk.go_to(session, new[0])
    again = Offer("What Was Not Read", partial(session.screen.ask_import, tuple(files), goal))
    offers = (again,) if done.unread else ()
    session.screen.tell(f"Imported: {' '.join(done.sentences)}", *offers, lasting=True)
