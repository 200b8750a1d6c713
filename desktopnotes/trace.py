"""The trace: one JSON object a line for what happened, for bug reports, benchmarks and whole-program tests.

It never holds the text of a note (notebook.md, `--trace`).
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import IO, Any

from desktopnotes.model.errors import WriteError
from desktopnotes.words import _


class Trace:
    """Appends events to a file, each flushed at once; without a file it does nothing."""

    def __init__(self, path: Path | None = None) -> None:
        self._file: IO[str] | None = None
        if path is not None:
            try:
                self._file = path.open("a", encoding="utf-8")
            except OSError as error:
                raise WriteError(
                    _("The trace cannot be written to {path}: {reason}.").format(
                        path=path, reason=error.strerror
                    )
                ) from error

    @property
    def is_on(self) -> bool:
        return self._file is not None

    def __call__(self, event: str, **fields: Any) -> None:
        """Notes `event` with its moment `t` in monotonic seconds."""
        if self._file is not None:
            line = {"t": round(time.monotonic(), 6), "event": event, **fields}
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
