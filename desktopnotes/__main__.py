"""The program's front door: calls such as `export` need no display and no VLC; all else opens the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.handing_over import calling
from desktopnotes.handing_over.message import LAST, NEW
from desktopnotes.words import _

if TYPE_CHECKING:
    from desktopnotes.handing_over.listening import Listener


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one call; answers the exit code (notebook.md, command line)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    from desktopnotes import cli

    if cli.is_call(words):
        return cli.main(words)
    if words[-1:] == ["--trace"]:
        return _say(_("--trace needs a file to write to: desktopnotes --trace trace.jsonl"), code=2)
    trace_path = _taken_from(words)
    asked = next((word for word in words if word in (NEW, LAST, *cli.OPTIONS)), None)
    if asked is not None and len(words) > 1:
        return _say(_("“{option}” stands alone, without files.").format(option=asked), code=2)
    unknown = None if asked else next(filter(_is_unknown, words), None)
    if unknown is not None:
        return _say(
            _(
                "There is no option “{option}”. “desktopnotes --help” lists all; a file of such a name is "
                "called ./-name."
            ).format(option=unknown),
            code=2,
        )
    met = None if trace_path else _meet(words)
    if isinstance(met, calling.Told):
        return _say(met.sentence, met.code) if met.sentence else met.code
    gc.disable()  # there is no garbage yet, and looking for it would slow the start; the window turns it on
    try:
        from desktopnotes.ui import app
    except ImportError as error:
        if "tkinter" not in str(error):
            raise
        return _say(
            _("This Python has no Tk, which the window needs. Install it: sudo apt install python3-tk")
        )
    from desktopnotes.model.errors import UserError

    try:
        return app.main(words, trace_path, met)
    except UserError as error:
        return _say(str(error))


def _is_unknown(word: str) -> bool:
    return word.startswith("-") and not os.path.lexists(word)


def _meet(words: Sequence[str]) -> Listener | calling.Alone | calling.Told:
    """Hands the words to a window that is open already; else this call listens for others, or is alone."""
    met = calling.meet(words, os.environ)
    if not isinstance(met, calling.First):
        return met
    from desktopnotes.handing_over.listening import Listener  # what is handed over does without it

    try:
        return Listener(met)
    except OSError as error:
        met.claim.release()
        return calling.Alone(f"{met.path} cannot be listened at: {error}")


def _taken_from(words: list[str]) -> Path | None:
    """Takes `--trace FILE` out of the words."""
    if "--trace" not in words:
        return None
    index = words.index("--trace")
    path = Path(words[index + 1])
    del words[index : index + 2]
    return path


def _say(sentence: str, code: int = 1) -> int:
    print(f"desktopnotes: {sentence}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
