"""Ctrl+E: from the notebook to files on the author's site, and again into files that were edited by hand.

Making, looking and writing are a worker's; what only the user can say is asked in between. Until all is
written nothing of the notebook is changed, and until all is answered nothing of the disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.actions import export_work, learning, notes, post
from desktopnotes.actions.export_work import Made, Wanted
from desktopnotes.media.background import Progress
from desktopnotes.model import findings
from desktopnotes.model.errors import WouldOverwriteError
from desktopnotes.model.notebook import Exported, Post
from desktopnotes.screen import Offer
from desktopnotes.session import Session
from desktopnotes.storage import paths
from desktopnotes.words import _, ngettext, number

if TYPE_CHECKING:
    from desktopnotes.export.looking import Answer, Looked
    from desktopnotes.export.result import Export
    from desktopnotes.export.writing import Target

TITLE = _("Export")

_LANE = "export"
_ELSEWHERE = _("Export to…")
_QUIET_S = 0.4
"""What takes no longer is not told of; more often than that nothing is told."""


def export(session: Session) -> None:
    """Writes the post of the open talk to where it went last; the first time it asks where to."""
    _begin(session, asks=False)


def export_to(session: Session) -> None:
    """Writes the post of the open talk to a place that it asks for."""
    _begin(session, asks=True)


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
    run = _Run(session, Wanted(session.path, session.talk_id, notebook, wanted, options))
    run.make(None if asks else last_place(session, wanted))


def last_place(session: Session, wanted: Post) -> Path | None:
    """Where the post was last written to for the site that it is for now."""
    places = (place.path for place in reversed(wanted.exported) if place.site == wanted.site)
    path = next(places, None)
    return session.store.absolute(path) if path else None


# --- in the window -----------------------------------------------------------------------------------


class _Run:
    """One export, from the key to the quiet line."""

    def __init__(self, session: Session, wanted: Wanted) -> None:
        self._session = session
        self._wanted = wanted
        self._told_s = 0.0

    def make(self, path: Path | None) -> None:
        """Makes it, and writes it to `path`; asks where to without one, or where its folder is gone."""
        self._work(lambda progress: export_work.make(self._wanted, path, progress))

    def _work(self, work: Callable[[Progress], Made], made: Made | None = None) -> None:
        self._told_s = time.monotonic()
        self._task = self._session.background.run(
            work,
            self._go_on,
            lambda error: self._failed(error, made),
            progress=self._tell_progress,
            lane=_LANE,
            gives_way=True,
        )

    def _tell_progress(self, _share: float, what: str) -> None:
        if time.monotonic() - self._told_s > _QUIET_S:
            self._told_s = time.monotonic()
            self._session.screen.tell(
                _("Exporting: {what}").format(what=what), Offer(_("Cancel"), self._cancel)
            )

    def _cancel(self) -> None:
        self._task.cancel()
        self._session.screen.tell(_("The export was cancelled: the post is as it was."))

    def _go_on(self, made: Made) -> None:
        if made.written is not None:
            self._done(made)
        elif self._is_left:
            self._session.screen.tell(
                _("Nothing was exported: “{name}” was left before it was known where to.").format(
                    name=self._wanted.path.name
                )
            )
        elif made.target is not None:
            self._ask(made)
        elif path := self._ask_where(made.export):
            self._work(lambda progress: export_work.look(self._wanted, made, path, progress), made)

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

    def _ask(self, made: Made) -> None:
        """What only the user can say, one file after the other; nothing is written if one is not answered."""
        waiting = (each for each in made.looked if each.needs_an_answer and each.path not in made.answers)
        looked = next(waiting, None)
        if looked is None:
            self._write(made)
            return

        def take(answer: Answer | None) -> None:
            if answer is None:
                self._session.screen.tell(
                    _("Nothing was written: “{name}” is as it was.").format(name=looked.path.name)
                )
            else:
                self._ask(replace(made, answers={**made.answers, looked.path: answer}))

        _ask(self._session, looked, take)

    def _write(self, made: Made) -> None:
        self._work(lambda progress: export_work.write(self._wanted, made, progress), made)

    def _failed(self, error: Exception, made: Made | None) -> None:
        if not isinstance(error, WouldOverwriteError) or made is None or made.replaces_pictures:
            raise error
        detail = _("Replacing it loses what was changed in it by hand.")
        if self._session.screen.ask_choice(error.message, detail, (_("Replace"), _("Keep It"))) == 0:
            self._write(replace(made, replaces_pictures=True))

    def _done(self, made: Made) -> None:
        assert made.target
        session, target, wanted = self._session, made.target, self._wanted.post
        if all(made.answer(each).leaves for each in made.looked):
            session.screen.tell(_("“{name}” was left as it is.").format(name=target.file.name))
            return
        if self._is_left:
            session.screen.tell(_told(made), *self._offers(made), lasting=True)
            return
        session.set(site_folder=str(target.root), site=str(wanted.site), style=str(wanted.style))
        post.put_in_post(session, self._wanted.talk_id, wanted)
        place = Exported(session.store.relative(target.file), wanted.site)
        session.find_out(lambda notebook: findings.remember_export(notebook, wanted.id, place), save=True)
        session.trace("exported", path=str(target.file))
        elsewhere = Offer(_ELSEWHERE, lambda: export_to(session))
        told, offers = _told(made), (*self._offers(made), elsewhere)
        session.screen.tell(told, *offers, lasting=True)
        learning.suggest(session, target.root, told, *offers)

    def _offers(self, made: Made) -> Iterator[Offer]:
        assert made.target
        session, file, first = self._session, made.target.file, made.looked[0]
        if made.answer(first).leaves or first.merge is None or made.answer(first).replaces:
            pass
        elif first.found and first.text(made.answer(first)) != first.made:
            yield Offer(_("Show What Changed"), lambda: session.screen.show_difference(first))
        yield Offer(_("Open"), lambda: session.screen.open_outside(str(file)))
        yield Offer(_("Show in Folder"), lambda: session.screen.open_outside(str(file.parent)))
        yield Offer(_("Copy"), lambda: post.copy_text(session, first.text(made.answer(first))))


def _ask(session: Session, looked: Looked, take: Callable[[Answer | None], None]) -> None:
    """What becomes of a file that cannot be merged by itself; None where nothing is to be done at all."""
    from desktopnotes.export.looking import LEFT, REPLACED, State  # a start does without it

    if looked.state != State.STRANGE:
        session.screen.ask_difference(looked, take)
        return
    question = _("“{name}” is no text in UTF-8, so what is in it cannot be compared.").format(
        name=looked.path.name
    )
    chosen = session.screen.ask_choice(
        question, _("Replacing it loses what is in it."), (_("Replace"), _("Keep It"))
    )
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


def _told(made: Made) -> str:
    from desktopnotes.export.looking import State  # a start does without it

    assert made.target
    assert made.written
    first = made.looked[0]
    name, count = _place(made.target), len(made.looked) - 1
    if count:
        told = ngettext("Exported to {name} and {n} more.", "Exported to {name} and {n} more.", count)
    else:
        told = _("Exported to {name}.")
    words = [told.format(name=name, n=number(count))]
    kept = sum(_kept(each, made.answer(each)) for each in made.looked)
    if kept:
        told = ngettext("{n} change by hand was kept.", "{n} changes by hand were kept.", kept)
        words.append(told.format(n=number(kept)))
    elif not count and first.state == State.SAME:
        words[0] = _("{name} was up to date already.").format(name=name)
    if pictures := made.written.kept:
        names = ", ".join(path.name for path in pictures[:3]) + ("…" if len(pictures) > 3 else "")
        words.append(_("Changed by hand and kept: {names}.").format(names=names))
    return "  ".join((*words, *made.notices, *made.export.notices))
