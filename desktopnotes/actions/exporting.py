"""Ctrl+E: from the notebook to files on the author's site, and again into files that were edited by hand.

Making, looking and writing are a worker's; what only the user can say is asked in between. Until all is
written nothing of the notebook is changed, and until all is answered nothing of the disk.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import learning, notes, post
from desktopnotes.media.background import Progress
from desktopnotes.model import findings
from desktopnotes.model.errors import UserError, WouldOverwriteError
from desktopnotes.model.notebook import Exported, Notebook, Post
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.storage import paths

if TYPE_CHECKING:
    from desktopnotes.export.looking import Answer, Looked
    from desktopnotes.export.options import Options
    from desktopnotes.export.result import Export
    from desktopnotes.export.writing import Target, Written

TITLE = "Export"

_LANE = "export"
_ELSEWHERE = "Export to…"
_POSTS = (".md", ".markdown", ".mdx", ".html")
_QUIET_S = 0.4
"""What takes no longer is not told of; more often than that nothing is told."""


def export(session: Session) -> None:
    """Writes the post of the open talk to where it went last; the first time it asks where to."""
    _begin(session, asks=False)


def export_to(session: Session) -> None:
    """Writes the post of the open talk to a place that it asks for."""
    _begin(session, asks=True)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is exported: the post as it is when the key is pressed, put into the notebook when it is done.

    `path` is where that notebook lies: the user may open another one meanwhile.
    """

    path: Path
    talk_id: str
    notebook: Notebook
    post: Post
    options: Options

    @property
    def whose(self) -> str:
        from desktopnotes.storage import exported_texts  # a start does without it

        return exported_texts.whose(self.notebook.id, self.post.id)


@dataclass(frozen=True, slots=True)
class _Made:
    """How far it is: what the post comes to, where it goes and what lies there, what was written."""

    export: Export
    target: Target | None = None
    looked: tuple[Looked, ...] = ()
    answers: Mapping[Path, Answer] = field(default_factory=dict)
    replaces_pictures: bool = False
    written: Written | None = None
    notices: tuple[str, ...] = ()

    def answer(self, looked: Looked) -> Answer:
        from desktopnotes.export.looking import MERGED  # a start does without it

        return self.answers.get(looked.path, MERGED)


def _begin(session: Session, *, asks: bool) -> None:
    from desktopnotes.export.options import options_of  # a start does without it

    notes.end(session)
    notebook, wanted = post.planned(session)
    options = options_of(
        session.settings,
        pictures_folder=session.pictures_folder,
        styles_folder=paths.styles_folder(),
        per_talk=session.settings.per_talk,
    )
    run = _Run(session, _Wanted(session.path, session.talk_id, notebook, wanted, options))
    run.make(None if asks else last_place(session, wanted))


def last_place(session: Session, wanted: Post) -> Path | None:
    """Where the post was last written to for the site that it is for now."""
    places = (place.path for place in reversed(wanted.exported) if place.site == wanted.site)
    path = next(places, None)
    return session.store.absolute(path) if path else None


# --- on the worker -----------------------------------------------------------------------------------


def _make(wanted: _Wanted, path: Path | None, progress: Progress) -> _Made:
    """Written too, where it is known where to and nothing needs an answer."""
    from desktopnotes.export.post import exported  # a start does without it

    export = exported(wanted.notebook, wanted.post, wanted.options)
    told = post.to_look_at(wanted.notebook, wanted.post, wanted.options, export)
    made = _Made(replace(export, notices=told))
    return _look(wanted, made, path, progress) if path and _may_go_to(path, wanted) else made


def _may_go_to(path: Path, wanted: _Wanted) -> bool:
    """Whether the post may go there unasked: the notebook says so, which may be somebody else's.

    Where a file is, it is looked at before, and asked about. A new one is made where this user has exported
    the post to, and beside the notebook under a name that means nothing to the system.
    """
    from desktopnotes.storage import exported_texts  # a start does without it

    folder, real = Path(os.path.realpath(wanted.path.parent)), Path(os.path.realpath(path))
    within = real.relative_to(folder).parts if real.is_relative_to(folder) else (".",)
    is_beside = real.suffix.lower() in _POSTS and not any(part.startswith(".") for part in within)
    is_known = path.exists() or is_beside or exported_texts.last(path, wanted.whose) is not None
    return path.parent.is_dir() and is_known


def _look(wanted: _Wanted, made: _Made, path: Path, progress: Progress) -> _Made:
    from desktopnotes.export import chosen, looking, writing  # a start does without them
    from desktopnotes.storage import exported_texts

    def last(path: Path) -> str | None:
        known = exported_texts.last(path, wanted.whose)
        return known.text if known else None

    form = chosen.site_of(wanted.post, wanted.options)
    root_of = partial(form.root_of, conventions=wanted.options.conventions.of(form.name))
    target = writing.target_of(made.export, path, root_of)
    made = replace(made, target=target, looked=looking.look(made.export, target, last, progress.check))
    return made if any(each.needs_an_answer for each in made.looked) else _write(wanted, made, progress)


def _write(wanted: _Wanted, made: _Made, progress: Progress) -> _Made:
    from desktopnotes.export import writing  # a start does without it
    from desktopnotes.storage import exported_texts

    assert made.target
    known = exported_texts.last(made.target.file, wanted.whose)
    pictures = writing.Pictures(
        {name: (each.of, each.sha256) for name, each in known.pictures.items()} if known else {},
        made.replaces_pictures,
        lambda done, of: progress.report(done / of, f"{done:,} of {of:,} pictures"),
        paths.made_pictures_folder(),
    )
    texts = [each.to_write(made.answer(each)) for each in made.looked]
    written = writing.write_all(made.target, texts, made.export.pictures, pictures)
    return replace(made, written=written, notices=_keep(wanted, made, written))


def _keep(wanted: _Wanted, made: _Made, written: Written) -> tuple[str, ...]:
    """Keeps what was exported, to tell hand edits from it; it is written already if that cannot be done."""
    from desktopnotes.storage import exported_texts  # a start does without it
    from desktopnotes.storage.exported_texts import Last, Made

    pictures = {str(each.path): Made(each.of, each.sha256) for each in written.pictures}
    try:
        for number, each in enumerate(made.looked):
            if not made.answer(each).leaves:
                exported_texts.keep(each.path, Last(each.made, wanted.whose, {} if number else pictures))
    except UserError as error:
        return (f"The next export will ask instead of merging: {error.message}",)
    return ()


# --- in the window -----------------------------------------------------------------------------------


class _Run:
    """One export, from the key to the quiet line."""

    def __init__(self, session: Session, wanted: _Wanted) -> None:
        self._session = session
        self._wanted = wanted
        self._told_s = 0.0

    def make(self, path: Path | None) -> None:
        """Makes it, and writes it to `path`; asks where to without one, or where its folder is gone."""
        self._work(lambda progress: _make(self._wanted, path, progress))

    def _work(self, work: Callable[[Progress], _Made], made: _Made | None = None) -> None:
        self._told_s = time.monotonic()
        self._task = self._session.background.run(
            work,
            self._go_on,
            lambda error: self._failed(error, made),
            progress=self._tell_progress,
            lane=_LANE,
            gives_way=True,
        )

    def _tell_progress(self, _: float, what: str) -> None:
        if time.monotonic() - self._told_s > _QUIET_S:
            self._told_s = time.monotonic()
            self._session.screen.tell(f"Exporting: {what}", Offer("Cancel", self._cancel))

    def _cancel(self) -> None:
        self._task.cancel()
        self._session.screen.tell("The export was cancelled: the post is as it was.")

    def _go_on(self, made: _Made) -> None:
        if made.written is not None:
            self._done(made)
        elif self._is_left:
            self._session.screen.tell(
                f"Nothing was exported: “{self._wanted.path.name}” was left before it was known where to."
            )
        elif made.target is not None:
            self._ask(made)
        elif path := self._ask_where(made.export):
            self._work(lambda progress: _look(self._wanted, made, path, progress), made)

    @property
    def _is_left(self) -> bool:
        """Whether another notebook is open by now, which must not be told where this post went."""
        return self._session.path != self._wanted.path

    def _ask_where(self, export: Export) -> Path | None:
        session = self._session
        known = last_place(session, self._wanted.post)
        if known and known.parent.is_dir():
            return session.screen.ask_target(TITLE, known.parent, known.name)
        folder = Path(session.settings.site_folder or session.folder)
        return session.screen.ask_target(TITLE, folder, export.file_name)

    def _ask(self, made: _Made) -> None:
        """What only the user can say, one file after the other; nothing is written if one is not answered."""
        waiting = (each for each in made.looked if each.needs_an_answer and each.path not in made.answers)
        looked = next(waiting, None)
        if looked is None:
            self._write(made)
            return

        def take(answer: Answer | None) -> None:
            if answer is None:
                self._session.screen.tell(f"Nothing was written: “{looked.path.name}” is as it was.")
            else:
                self._ask(replace(made, answers={**made.answers, looked.path: answer}))

        _ask(self._session, looked, take)

    def _write(self, made: _Made) -> None:
        self._work(lambda progress: _write(self._wanted, made, progress), made)

    def _failed(self, error: Exception, made: _Made | None) -> None:
        if not isinstance(error, WouldOverwriteError) or made is None or made.replaces_pictures:
            raise error
        detail = "Replacing it loses what was changed in it by hand."
        if self._session.screen.ask_choice(error.message, detail, ("Replace", "Keep It")) == 0:
            self._write(replace(made, replaces_pictures=True))

    def _done(self, made: _Made) -> None:
        assert made.target
        session, target, wanted = self._session, made.target, self._wanted.post
        if all(made.answer(each).leaves for each in made.looked):
            session.screen.tell(f"“{target.file.name}” was left as it is.")
            return
        if self._is_left:
            open_now = [each for each in self._offers(made) if each.label != _ELSEWHERE]
            session.screen.tell(_told(made), *open_now, lasting=True)
            return
        session.set(site_folder=str(target.root), site=str(wanted.site), style=str(wanted.style))
        post.put_in_post(session, self._wanted.talk_id, wanted)
        place = Exported(session.store.relative(target.file), wanted.site)
        session.find_out(lambda notebook: findings.remember_export(notebook, wanted.id, place), save=True)
        session.trace("exported", path=str(target.file))
        told, offers = _told(made), tuple(self._offers(made))
        session.screen.tell(told, *offers, lasting=True)
        learning.suggest(session, target.root, told, *offers)

    def _offers(self, made: _Made) -> Iterator[Offer]:
        assert made.target
        session, file, first = self._session, made.target.file, made.looked[0]
        if made.answer(first).leaves or first.merge is None or made.answer(first).replaces:
            pass
        elif first.found and first.text(made.answer(first)) != first.made:
            yield Offer("Show What Changed", lambda: session.screen.show_difference(first))
        yield Offer("Open", lambda: session.screen.open_outside(str(file)))
        yield Offer("Show in Folder", lambda: session.screen.open_outside(str(file.parent)))
        yield Offer("Copy", lambda: post.copy_text(session, first.text(made.answer(first))))
        yield Offer(_ELSEWHERE, lambda: export_to(session))


def _ask(session: Session, looked: Looked, take: Callable[[Answer | None], None]) -> None:
    """What becomes of a file that cannot be merged by itself; None where nothing is to be done at all."""
    from desktopnotes.export.looking import LEFT, REPLACED, State  # a start does without it

    if looked.state != State.STRANGE:
        session.screen.ask_difference(looked, take)
        return
    question = f"“{looked.path.name}” is no text in UTF-8, so what is in it cannot be compared."
    chosen = session.screen.ask_choice(question, "Replacing it loses what is in it.", ("Replace", "Keep It"))
    take({0: REPLACED, 1: LEFT}.get(-1 if chosen is None else chosen))


def _place(target: Target) -> str:
    """The file within the folder that was exported to: many posts are called index.md."""
    within = target.file.is_relative_to(target.root)
    return target.file.relative_to(target.root).as_posix() if within else target.file.name


def _kept(looked: Looked, answer: Answer) -> int:
    """How many changes by hand stay in the file, those that were picked among them."""
    from desktopnotes.export.pieces import Choice  # a start does without it

    picked = sum(choice != Choice.PROGRAM for choice in answer.choices.values())
    return 0 if answer.replaces else looked.keeps_edits + picked


def _told(made: _Made) -> str:
    from desktopnotes.export.looking import State  # a start does without it

    assert made.target
    assert made.written
    first = made.looked[0]
    name, count = _place(made.target), len(made.looked) - 1
    words = [f"Exported to {name}" + (f" and {count:,} more." if count else ".")]
    kept = sum(_kept(each, made.answer(each)) for each in made.looked)
    if kept:
        words.append("1 change by hand was kept." if kept == 1 else f"{kept:,} changes by hand were kept.")
    elif not count and first.state == State.SAME:
        words[0] = f"{name} was up to date already."
    if pictures := made.written.kept:
        names = ", ".join(path.name for path in pictures[:3]) + ("…" if len(pictures) > 3 else "")
        words.append(f"Changed by hand and kept: {names}.")
    return "  ".join((*words, *made.notices, *made.export.notices))
