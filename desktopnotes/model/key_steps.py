"""What was changed of the user's own keys since the start, to be taken back step by step."""

from __future__ import annotations

from collections.abc import Mapping

Own = Mapping[str, tuple[str, ...]]
"""As the setting `keys` has them."""


class KeySteps:
    """Labelled steps; whoever asks says what the keys are now, since the settings hold them."""

    def __init__(self) -> None:
        self._undo: list[tuple[str, Own]] = []
        self._redo: list[tuple[str, Own]] = []

    def did(self, label: str, before: Own) -> None:
        """The keys were `before` until now."""
        self._undo.append((label, before))
        self._redo.clear()

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    def undo(self, now: Own) -> tuple[str, Own] | None:
        """The last step's label, and the keys before it; None where there is none."""
        return _move(self._undo, self._redo, now)

    def redo(self, now: Own) -> tuple[str, Own] | None:
        """The label of the step taken back last, and the keys after it; None where there is none."""
        return _move(self._redo, self._undo, now)


def _move(source: list[tuple[str, Own]], other: list[tuple[str, Own]], now: Own) -> tuple[str, Own] | None:
    if not source:
        return None
    label, own = source.pop()
    other.append((label, now))
    return label, own
