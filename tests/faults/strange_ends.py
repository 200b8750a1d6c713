"""The program with one part of it that never answers: `python -m tests.faults.strange_ends WHAT …`."""

from __future__ import annotations

import signal
import sys
import threading
import time
from typing import Any


def hang(*_: Any) -> None:
    """As a call into a library that does not return."""
    while True:
        time.sleep(3600)


def main() -> int:
    what, arguments = sys.argv[1], sys.argv[2:]
    from desktopnotes import __main__
    from desktopnotes.media.vlc_engine import VlcEngine
    from desktopnotes.ui.app import App

    if what == "release":  # libVLC, as the program lets go of it
        VlcEngine.release = hang  # type: ignore[method-assign]
    elif what == "window":  # the window's thread, at the letter that ends what is typed
        show = App.show

        def show_and_hang(app: App) -> None:
            show(app)
            app._root.after(50, look, app)

        def look(app: App) -> None:
            if any(note.text.endswith("ra") for talk in app.session.notebook.talks for note in talk.notes):
                app._root.update()
                app._trace("hangs")
                hang()
            app._root.after(50, look, app)

        App.show = show_and_hang  # type: ignore[method-assign]
    elif what == "start":  # a signal comes while the window is being made
        threading.Timer(float(arguments.pop(0)), signal.raise_signal, [signal.SIGTERM]).start()
    return __main__.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
