"""Which notebook the window opens at the start; there is always one, if only to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from desktopnotes.actions import menu_entry
from desktopnotes.model import post_edits
from desktopnotes.model.errors import UserError, WriteError
from desktopnotes.model.settings import Settings
from desktopnotes.storage import opening, paths
from desktopnotes.storage.state_file import Place
from desktopnotes.words import _


def first_notebook(
    names: Iterable[str], settings: Settings, recent: Sequence[Place], messages: list[str | UserError]
) -> opening.Opened:
    """The first of `names` that can be read, else the sample, else a new one.

    A name is a path, or what the desktop's menu asks for (`menu_entry`), of which `recent` tells. What
    cannot be opened is added to `messages`. Raises `UserError` where nothing can be opened at all.
    """
    for name in names:
        try:
            if menu_entry.is_asked((name,)):
                return menu_entry.first(name, settings, recent)
            return opening.open_notebook(Path(name))
        except UserError as error:
            messages.append(error)
    try:
        sample = paths.copy_sample()
        if sample is not None:
            return opening.open_notebook(sample)
    except UserError as error:
        messages.append(error)
    posts = post_edits.first_parts(settings, _("My Talks"))
    try:
        return opening.create(paths.notebooks_folder(), _("My Talks"), posts)
    except WriteError as error:
        return _to_read(error, messages)


def _to_read(why: WriteError, messages: list[str | UserError]) -> opening.Opened:
    """Where nothing can be written, the shipped sample; raises `why` where there is none."""
    shipped = paths.sample_notebook()
    if shipped is None:
        raise why
    # Those of writing all come from the same, of which more is said now.
    messages[:] = [message for message in messages if not isinstance(message, WriteError)]
    notice = _(
        "Nothing can be written to your folders, so the sample is open to be read, not changed. "
        "Open a notebook that lies elsewhere, or start again when {folder} can be written to."
    )
    return opening.open_to_read(shipped, notice.format(folder=paths.home_folder()))
