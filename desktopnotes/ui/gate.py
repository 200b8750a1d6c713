"""The one gate for errors: what the user can act on is told as written, all else is logged whole as a bug."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any

from desktopnotes.crashes import Crashes
from desktopnotes.model.errors import DamagedError, UserError
from desktopnotes.words import _

_KEPT = 100


class Gate:
    """`tell` shows one sentence. `bugs` keeps what was no `UserError`: tests fail when there is any.

    `save` is called at once after a bug, `tell_bug` with a sentence; the same bug again and
    again (a redraw that fails 25 times a second) is told and saved after once.
    """

    def __init__(
        self,
        tell: Callable[[str], None],
        save: Callable[[], bool] = lambda: False,
        tell_bug: Callable[[str], object] | None = None,
    ) -> None:
        self._tell = tell
        self._save = save
        self._tell_bug: Callable[[str], object] = tell_bug or tell
        self._is_telling = False
        self.crashes = Crashes()
        self.bugs: list[BaseException] = []
        self.on_damaged: Callable[[DamagedError], None] | None = None
        """Tells of a damaged notebook, with what there is to be done about it."""

    def __call__(self, error: BaseException) -> None:
        if isinstance(error, DamagedError) and self.on_damaged is not None:
            self.on_damaged(error)
            return
        if isinstance(error, UserError):
            self._tell(str(error))
            return
        if often := self.crashes.met(error):
            self.tell_of(error, often)
        elif len(self.bugs) < _KEPT:
            self.bugs.append(error)

    def tell_of(self, error: BaseException, often: int) -> None:
        """Saves at once and tells of a bug that is logged by now."""
        if len(self.bugs) < _KEPT:
            self.bugs.append(error)
        if self._is_telling:
            return  # saving or telling raises too
        self._is_telling = True
        try:
            self._tell_bug(_sentence(often, self._is_being_saved()))
        except Exception as another:
            self(another)
        finally:
            self._is_telling = False

    def _is_being_saved(self) -> bool | None:
        """False where there is nothing to save, None where that went wrong, too."""
        try:
            return self._save()
        except Exception as error:
            self(error)
            return None

    def tk(self, _: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What Tk calls when a callback raised."""
        self(error.with_traceback(trace))

    def run(self, job: Callable[..., Any], *arguments: Any) -> None:
        self.did(job, *arguments)

    def did(self, job: Callable[..., Any], *arguments: Any) -> bool:
        """Runs a job; whether nothing refused it."""
        try:
            job(*arguments)
        except Exception as error:
            self(error)
            return False
        return True


def _sentence(often: int, is_being_saved: bool | None) -> str:
    fault = _("Something went wrong in the program")
    if often > 1:
        fault = _("Something went wrong in the program ({often} times now)").format(often=often)
    if is_being_saved is None:
        words = _(
            "{fault}, in saving too. Your notes are in this window: copy what you wrote last into "
            "another program."
        )
    elif is_being_saved:
        words = _("{fault}. Your notes are safe and are saved at once.")
    else:
        words = _("{fault}. Your notes are safe.")
    return words.format(fault=fault)
