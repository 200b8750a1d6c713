"""What a key or click on a widget does, and that the window then does nothing more with it."""

from __future__ import annotations

from collections.abc import Callable


def and_break(job: Callable[[], object]) -> str:
    """Runs the job; answers what Tk takes for the end of the event."""
    job()
    return "break"
