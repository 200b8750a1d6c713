"""What the window says of saving: the truth at every moment, and what to do where it fails."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from desktopnotes.storage.saver import SaveKind, SaveReport
from desktopnotes.storage.unsaved import shown
from desktopnotes.words import _

SLOW_S = 1.0
"""A save that takes longer is said to (storage.md, point 3)."""

WAITING = _("Not saved yet")
SAVING = _("Saving…")


class Saving(Protocol):
    """What it needs of the saver."""

    @property
    def all_is_saved(self) -> bool: ...

    @property
    def has_failed(self) -> bool: ...

    @property
    def saving_for_s(self) -> float: ...


class SaveWords:
    """Hears the reports of one saver; knows no widget."""

    def __init__(self) -> None:
        self._saved = ""
        self._is_saving = False
        self._failure: SaveReport | None = None

    def hear(self, report: SaveReport) -> str:
        """Takes note of a report; answers an error that is new, else nothing."""
        if report.kind is SaveKind.SAVING:
            self._is_saving = True
            return ""
        if report.kind is SaveKind.LOOKED:
            return ""
        self._is_saving = False
        before = self.sentence
        if report.kind is SaveKind.SAVED:
            self._saved = _("Saved {at:%H:%M:%S}").format(at=report.at)
            self._failure = None
            return ""
        self._failure = report
        return self.sentence if self.sentence != before else ""

    @property
    def has_failed(self) -> bool:
        return self._failure is not None

    @property
    def has_copy(self) -> bool:
        """Whether what the last save could not write lies in an emergency copy."""
        return self._failure is not None and self._failure.copy is not None

    @property
    def sentence(self) -> str:
        """All that there is to say of a failure: what happened, what is safe, what to do; "" without one."""
        failure = self._failure
        return f"{failure.message} {failure.hint}".strip() if failure else ""

    def words(self, saver: Saving, *, is_told: bool) -> str:
        """What stands at the left of the status line; short where the sentence `is_told` beside it."""
        for_s = saver.saving_for_s
        if self._failure is not None:
            why = self._failure.why
            told = _("NOT SAVED: {why}").format(why=f"{why[:1].lower()}{why[1:]}") if why else _("NOT SAVED")
            return told if is_told else f"{told}{_kept_in(self._failure.copy)}"
        if self._is_saving or for_s:
            return (
                SAVING
                if for_s < SLOW_S
                else _("Saving… the disk is slow ({for_s:.0f} s)").format(for_s=for_s)
            )
        return self._saved if saver.all_is_saved else WAITING

    def why_it_stays_open(self, saver: Saving) -> str:
        """What is told where the program is to end and not all is saved."""
        if self._failure is None and saver.saving_for_s:
            return _("It is still being saved: the disk is slow ({for_s:.0f} s).").format(
                for_s=saver.saving_for_s
            )
        return self.sentence


def _kept_in(copy: Path | None) -> str:
    return (
        " – " + _("copy kept in {folder}").format(folder=shown(copy.parent))
        if copy
        else " – " + _("in this window only")
    )
