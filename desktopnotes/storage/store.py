"""The file of the open notebook: saved many times; what cannot be understood is never written over."""

from __future__ import annotations

import logging
import os
import stat
from functools import partial
from pathlib import Path

from desktopnotes.files import Identity, confirm_on_disk, identity, is_among, replace_file
from desktopnotes.model.errors import ReadError, UserError, WriteError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.came_out import CameOut
from desktopnotes.storage.codec import Encoder
from desktopnotes.storage.keeping import Keeper
from desktopnotes.storage.names import absolute, relative
from desktopnotes.storage.opening import Opened
from desktopnotes.storage.outcome import Looked, NotSavedError, Outside, Saved
from desktopnotes.storage.own_edits import OwnEdits
from desktopnotes.storage.theirs import (
    DELETED,
    HARD_LINK,
    MARKS_MERGED,
    NOT_MERGED,
    Found,
    Watch,
    is_newer,
    keep_beside,
    keeps_changing,
    merged,
    newer_error,
    of_odd,
    put_back,
    read_to_merge,
    read_whole,
    regular_status,
)
from desktopnotes.storage.turns import Turn, turn
from desktopnotes.storage.unconfirmed import Unconfirmed
from desktopnotes.storage.unsaved import EmergencyCopy, a_fault, not_saved
from desktopnotes.words import _

_log = logging.getLogger(__name__)

_TRIES = 20
_LOOK_WAIT_S = 0.1
"""A look must not keep a save waiting: it can be had again."""


class Store:
    """The file of the open notebook, and what is known of its state on the disk.

    A file that is in another state than it was left in was changed by another program: what that did is
    merged, and `Outside` tells the window, which takes it (`Saver.took`). Until then every save has it all
    the same. One thread at a time may call this.
    """

    def __init__(self, opened: Opened) -> None:
        self.path = opened.path
        self.notebook = opened.notebook
        """What is on the disk, as far as is known: the last that was read or saved."""
        self.copies = opened.unsaved
        """What earlier runs could not save of it."""
        self._read_only = opened.read_only
        self._looked_at: set[Identity | None] = {opened.identity}
        self._own_edits = OwnEdits()
        self._goal = self._begun_with = opened.notebook
        self._untaken: list[Outside] = []
        self._news: Outside | None = None
        """The last of these, where the save or look that is under way has found it."""
        self._number = 0
        status = regular_status(self.path)
        self._mode = None if status is None else stat.S_IMODE(status.st_mode)
        """Who may read it, should it have to be made anew."""
        self._is_theirs = False
        self._encoder = Encoder()
        self._copy = EmergencyCopy(self.path, opened.notebook.id)
        self._watch = Watch()
        self._came_out = CameOut()
        self.keeper: Keeper | None = None
        self._is_tidy = opened.read_only
        self._unconfirmed = Unconfirmed(self.path.parent)

    def relative(self, file: Path) -> str:
        """As the notebook names a file: see `relative`."""
        return relative(file, self.path)

    def absolute(self, file: str) -> Path:
        """Where a file lies that the notebook names so: see `absolute`."""
        return absolute(file, self.path)

    # --- saving --------------------------------------------------------------------------------------

    def save(self, notebook: Notebook, taken: int = 0) -> Saved:
        """Replaces the file, durably, with the window's `notebook` and what other programs have written.

        `taken` is the number of the last `Outside` that the window has in it. Raises `NotSavedError`, which
        says where a copy was put instead.
        """
        self._news = None
        notices: list[str] = []
        in_backups = False
        try:
            self._goal = notebook  # it is kept where the next line fails
            self._goal = self._begun_with = self._with_untaken(notebook, taken)
            if self._read_only:
                raise WriteError(_("This notebook can be read here, not changed, so it was not saved."))
            if self.keeper is not None:
                told, in_backups = self.keeper.before_save(self.notebook, self._goal)
                notices += [told] if told else []
            with turn(self.path) as mine:
                self._put(mine, notices)
        except UserError as error:
            raise self._kept_elsewhere(error, notebook) from error
        except Exception as error:
            _log.exception("a save failed")
            raise self._kept_elsewhere(a_fault(), notebook) from error
        notices += self._unconfirmed.told_once()
        self._came_out.is_saved()
        self._copy.drop()
        if self.keeper is not None:
            self.keeper.saved(self.notebook)
        return Saved(" ".join(notices), self._news, in_backups)

    def _with_untaken(self, notebook: Notebook, taken: int) -> Notebook:
        """With what other programs wrote and the window does not have yet."""
        self._untaken = [each for each in self._untaken if each.number > taken]
        for outside in self._untaken:
            is_as_it_was = notebook is outside.base
            notebook = outside.saved if is_as_it_was else merged(outside.base, notebook, outside.saved)
        return notebook

    def _put(self, mine: Turn, notices: list[str]) -> None:
        """Writes until what lies there has all that others wrote meanwhile too."""
        self._own_edits.made(self.notebook, self._goal)  # before what others did is in it
        notices += self._came_out.read_again(partial(self._take_in_from_beside, mine))
        for _try in range(_TRIES):
            notices += self._take_in_what_lies_there(mine)
            if self._is_theirs and self._goal == self.notebook:
                confirm_on_disk(self.path)  # it is as we would write it
                return
            goal = self._goal
            try:
                written = self._write(mine, notices)
            except _ChangedError:
                continue
            self._is_theirs = False
            if self._goal is goal:
                self._now_lies_there(goal, written)
                return
        raise keeps_changing(self.path)

    def _write(self, mine: Turn, notices: list[str]) -> Identity:
        """Puts the goal on the disk; where something unknown came out, the goal has that too afterwards."""
        goal, was = self._goal, regular_status(self.path)
        self._mode = stat.S_IMODE(was.st_mode) if was is not None else self._mode

        def look(new: Identity) -> None:
            """The last look before the file is replaced."""
            now = identity(self.path)
            if now is not None and not is_among(now, self._looked_at):
                raise _ChangedError
            # The new one too: if only the fsync of the folder fails, the file is in place and still ours.
            self._looked_at = {now, new.by_any_name()}
            mine.wrote(new)

        def came_out(old: Path) -> bool:
            """Whether it stays until what is in it is saved."""
            known = {each and each.by_any_name() for each in self._looked_at}
            state = identity(old)
            if state is not None and is_among(state, known):
                self._came_out.hold(old, state, self.notebook)
                return False
            if is_newer(old) and put_back(old, self.path):
                raise newer_error()
            notices.extend(self._came_out.read(old, partial(self._take_in_from_beside, mine)))
            self.notebook = goal  # which lies there by now
            return True

        content = self._encoder.encode(goal)
        written = replace_file(self.path, content, mode=self._mode, before=look, came_out=came_out)
        if was is not None and was.st_nlink > 1:
            notices.append(HARD_LINK.format(name=self.path.name))
        return written

    def _now_lies_there(self, notebook: Notebook, state: Identity) -> None:
        self._looked_at = {state}
        self.notebook = notebook

    def close(self) -> None:
        self._came_out.close()

    # --- what other programs do ----------------------------------------------------------------------

    def look(self) -> Looked | None:
        """What another program has done to the file since it was last seen; None where there is nothing new.

        What is half written is looked at again at the next call, and told only when it stays so. Called
        every few seconds while nothing is to be saved.
        """
        if not self._is_tidy:  # the first time, when the window stands
            from desktopnotes.storage.leftovers import tidy

            self._is_tidy = True
            tidy(self.path)
        if self._came_out.has_late and (looked := self._look_at_late()) is not None:
            return looked
        now = identity(self.path)
        if is_among(now, self._looked_at):
            self._watch.is_well()
            if self._goal is self.notebook:
                self._copy.drop()
            return None
        if now is None:
            return self._odd(Looked(DELETED, may_write_again=True))
        with turn(self.path, _LOOK_WAIT_S) as mine:
            if mine.can_be_waited_for:
                return None
            try:
                found = read_whole(self.path, wait_s=0.0)
            except ReadError as error:
                return self._odd(Looked(str(error)))
            if found.notebook is None or not self._can_be_merged(found):
                return self._odd(of_odd(found, read_only=self._read_only), is_newer=found.is_newer)
            self._watch.is_well()
            self._news, self._goal = None, self.notebook
            self._begun_with = self.notebook
            self._merge_in(found.notebook, found.state, mine)
            self._is_theirs = True
            is_to_write = self._goal != self.notebook
            if not is_to_write:
                self.notebook = self._goal  # it shares with what the window has
            return Looked(outside=self._news, is_to_write=is_to_write)

    def _look_at_late(self) -> Looked | None:
        """Merges what was written into a file that a save had put out of the way already."""
        with turn(self.path, _LOOK_WAIT_S) as mine:
            if mine.can_be_waited_for:
                return None
            self._news, self._goal = None, self.notebook
            self._begun_with = self.notebook
            notices = self._came_out.read_again(partial(self._take_in_from_beside, mine))
            is_news = self._news is not None or bool(notices)
            return Looked(" ".join(notices), self._news, self._goal != self.notebook) if is_news else None

    def _odd(self, looked: Looked, *, is_newer: bool = False) -> Looked | None:
        """Told when it stays so; then all that the window has lies elsewhere, should it be closed now."""
        told = self._watch.odd(looked)
        if told is not None and not is_newer and not self._read_only:
            self._copied(self._encoder, self.notebook)
        return told

    def _can_be_merged(self, found: Found) -> bool:
        is_readable = found.notebook is not None and found.notebook.id == self._goal.id
        return is_readable and (self._read_only or not found.is_newer)

    def _take_in_what_lies_there(self, mine: Turn) -> list[str]:
        """Looks at the file before it is written; answers what is to be told of it."""
        now = identity(self.path)
        if is_among(now, self._looked_at):
            return []
        if now is None:
            self._looked_at = {None}
            return [_("The notebook’s file was gone; it has been written again.")]
        if not os.path.isfile(self.path):  # what it is instead is told where it would be replaced
            self._looked_at = {now}
            return []
        found = read_to_merge(self.path)
        if found.is_newer:
            raise newer_error()
        return self._take_in(found, mine)

    def _take_in(self, found: Found, mine: Turn) -> list[str]:
        """Merges what another program wrote, or keeps it as a backup where that cannot be."""
        if found.notebook is not None and self._can_be_merged(found):
            self._merge_in(found.notebook, found.state, mine)
            return []
        keep_beside(self.path, found)
        self._looked_at = {found.state}
        both = found.between_marks()
        if both is None or both.id != self._goal.id:
            return [NOT_MERGED]
        self._now_aims_at(merged(None, self._goal, both), both)
        return [MARKS_MERGED]

    def _take_in_from_beside(self, mine: Turn, found: Found, base: Notebook | None = None) -> list[str]:
        """As `_take_in`, of what lies in the notebook's place no more, and goes back to `base`."""
        known, there = self._looked_at, self.notebook
        self.notebook = base or there
        try:
            return self._take_in(found, mine)
        finally:
            self._looked_at, self.notebook = known, there

    def _merge_in(self, theirs: Notebook, state: Identity, mine: Turn) -> None:
        """Puts what `theirs` changed into the goal; it is what lies there."""
        if not mine.knows(state):
            mine.met_a_stranger()
        goal, base = theirs, self.notebook
        if not self._read_only:
            if not mine.is_ours(state):
                base = self._own_edits.base_of(base, theirs)
            goal = merged(base, self._goal, theirs)
        self._now_aims_at(goal, theirs, base)
        self._now_lies_there(theirs, state)

    def _now_aims_at(self, goal: Notebook, theirs: Notebook, parted: Notebook | None = None) -> None:
        """The window is to have this `goal` too, where it is another."""
        if goal is not self._goal:
            told = self.keeper.before_theirs(self._goal, goal) if self.keeper is not None else ("", False)
            self._goal = goal
            self._number += 1
            earlier = [each for each in self._untaken if each is not self._news]  # this one has that too
            parted = None if self._news else parted  # of two in one save, what has both is told
            self._news = Outside(self._begun_with, theirs, goal, self._number, *told, parted)
            self._untaken = [*earlier, self._news]

    # --- saves that fail -----------------------------------------------------------------------------

    def _kept_elsewhere(self, error: UserError, of_window: Notebook) -> NotSavedError:
        # Where it is the goal that cannot be encoded, what the window has is kept all the same.
        copy = self._copied(self._encoder, self._goal) or self._copied(Encoder(), of_window)
        return not_saved(error, copy, self._news)

    def _copied(self, encoder: Encoder, notebook: Notebook) -> Path | None:
        try:
            return self._copy.keep(encoder.encode(notebook))
        except UserError:
            return None
        except Exception:
            _log.exception("no copy could be made")
            return None


def with_backups(opened: Opened) -> Store:
    """A store whose saves make the backups that are due."""
    made = Store(opened)
    if not opened.read_only:
        made.keeper = Keeper(opened.path, opened.notebook, upgrades=opened.is_older)
    return made


class _ChangedError(Exception):
    """The file was changed between the look at it and its replacing: to be merged first."""
