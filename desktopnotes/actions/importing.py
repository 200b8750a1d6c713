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
from desktopnotes.words import _, ngettext, number

if TYPE_CHECKING:
    from desktopnotes.model.importing import FileRead, Imported, Unread
    from desktopnotes.model.taking_in import Taken

_MOST_FILES = 200
_DROPPED = (".md", ".markdown", ".txt", ".text", ".srt", ".vtt", ".ass", ".csv", ".otr")
"""What is imported where it is dropped on the window; `.json` may be a notebook."""


class ChaptersAs(StrEnum):
    """What a list of chapters becomes."""

    CHAPTER_NOTES = _("Notes that begin a chapter")
    NOTES = _("Notes")
    CHAPTERS = _("Chapters of the recording")


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
    files = session.screen.ask_files(_("Import"), "import")
    if files:
        begin(session, files)


def begin(session: Session, files: Sequence[Path]) -> None:
    """Reads the files, and shows what was found in them; it is for the talk that is meant now."""
    session.refuse_if_read_only()
    if len(files) > _MOST_FILES:
        told = _("These are more than {limit} files; nothing was imported.")
        raise UserError(told.format(limit=_MOST_FILES), _("Choose fewer."))
    told = ngettext("Reading “{name}”…", "Reading {n} files…", len(files))
    session.screen.tell(told.format(name=files[0].name, n=len(files)))
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
        raise ReadError(_("In none of these files anything was found to import."))
    _refuse_elsewhere(session, files, goal)
    for_talk = any(file.found.notes or file.found.chapters for file in files)
    if for_talk and not goal.talk_id and not any(file.found.talks for file in files):
        raise UserError(
            _("These notes belong to no talk yet, and none is open; nothing was imported."),
            _("Open or add the talk that they are about, and import them there."),
        )
    session.screen.ask_import(files, goal)


def _refuse_elsewhere(session: Session, files: Sequence[FileRead], goal: Goal) -> None:
    """Raises `UserError` where the notebook that was imported into is not open any more, or the talk gone."""
    if session.path != goal.path:
        raise UserError(
            _("Another notebook than “{name}” is open by now; nothing was imported.").format(
                name=goal.path.name
            ),
            _("Import once more, into the one that it is for."),
        )
    is_gone = goal.talk_id and session.notebook.talk(goal.talk_id) is None
    if is_gone and any(file.found.notes or file.found.chapters for file in files):
        raise UserError(
            _("The talk that this was for is not in the notebook any more; nothing was imported."),
            _("Import once more, into the talk that it is for."),
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
        post = found.post.title if found.post else ""
        talks = _talks(len(found.talks), what.known_talks)
        told = _("The post “{title}” with {talks}.") if post else _("{talks}.")
        said.append(told.format(title=post, talks=talks))
        if new := what.new_write_ups:
            said.append(ngettext("{n} write-up.", "{n} write-ups.", new).format(n=number(new)))
    count = what.new_notes + what.known_notes
    if count:
        open_talk = before.talk(talk_id) if not found.talks else None
        title = (open_talk.title or _("this talk")) if open_talk else ""
        said.append(_notes(count, what.known_notes, title))
    if found.chapters:
        said.append(_chapters(len(found.chapters), len(found.chapters) - what.new_chapters))
    if late := what.past_end:
        told = ngettext(
            "{n} note stands past the end of the recording, and will be kept.",
            "{n} notes stand past the end of the recording, and will be kept.",
            late,
        )
        said.append(told.format(n=number(late)))
    return [*said, *found.remarks]


def _talks(count: int, known: int) -> str:
    if not known:
        told = ngettext("{n} talk", "{n} talks", count)
    elif known == count:
        told = ngettext("{n} talk, known already", "{n} talks, known already", count)
    else:
        told = ngettext(
            "{n} talk, {known} of them known already", "{n} talks, {known} of them known already", count
        )
    return told.format(n=number(count), known=number(known))


def _notes(count: int, known: int, title: str) -> str:
    """`title` is that of the talk which they are for, where that has to be said."""
    if title and not known:
        told = ngettext("{n} note for “{title}”.", "{n} notes for “{title}”.", count)
    elif title and known == count:
        told = ngettext(
            "{n} note for “{title}”, known already.", "{n} notes for “{title}”, known already.", count
        )
    elif title:
        told = ngettext(
            "{n} note for “{title}”, {known} of them known already.",
            "{n} notes for “{title}”, {known} of them known already.",
            count,
        )
    elif not known:
        told = ngettext("{n} note.", "{n} notes.", count)
    elif known == count:
        told = ngettext("{n} note, known already.", "{n} notes, known already.", count)
    else:
        told = ngettext(
            "{n} note, {known} of them known already.", "{n} notes, {known} of them known already.", count
        )
    return told.format(n=number(count), known=number(known), title=title)


def _chapters(count: int, known: int) -> str:
    if not known:
        told = ngettext("{n} chapter of the recording.", "{n} chapters of the recording.", count)
    elif known == count:
        told = ngettext(
            "{n} chapter, known already of the recording.",
            "{n} chapters, known already of the recording.",
            count,
        )
    else:
        told = ngettext(
            "{n} chapter, {known} of them known already of the recording.",
            "{n} chapters, {known} of them known already of the recording.",
            count,
        )
    return told.format(n=number(count), known=number(known))


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
        talk.make_room(session, titles[0] if titles else _("My Talks"))
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
        session.screen.tell(_("All of it is in this notebook already."))
        return
    label = ngettext("Import {name}", "Import {n} Files", len(files))
    session.do(label.format(name=files[0].name, n=len(files)), done.after)
    session.save_now()
    there = {one.id for one in done.before.talks}
    new = [one.id for one in done.after.talks if one.id not in there]
    if new and session.talk is None:
        talk.go_to(session, new[0])
    again = Offer(_("What Was Not Read"), partial(session.screen.ask_import, tuple(files), goal))
    offers = (again,) if done.unread else ()
    session.screen.tell(
        _("Imported: {sentences}").format(sentences=" ".join(done.sentences)), *offers, lasting=True
    )
