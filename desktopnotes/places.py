"""Where the open notebook lies, and where what belongs to it lies."""

from __future__ import annotations

from pathlib import Path

from desktopnotes.model.history import History
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage import names, paths, store


class Places:
    """What a session knows of its notebook's folders; a session is one."""

    history: History
    store: store.Store

    @property
    def notebook(self) -> Notebook:
        return self.history.notebook

    @property
    def path(self) -> Path:
        return self.store.path

    @property
    def is_sample(self) -> bool:
        """Whether it is the user's copy of the sample, which never receives talks of their own."""
        return paths.is_sample(self.path)

    @property
    def folder(self) -> Path:
        """The folder that the notebook lies in; relative files start there."""
        return self.path.parent

    @property
    def pictures_folder(self) -> Path:
        """Where the notebook's snapshots lie, also while there is none yet."""
        return self.folder / self.pictures_name

    @property
    def pictures_name(self) -> str:
        return self.notebook.pictures or names.pictures_name(self.path)

    @property
    def captions_folder(self) -> Path:
        """Where captions lie that came with pages, also while there are none yet."""
        return names.captions_folder(self.path, self.notebook.pictures)
