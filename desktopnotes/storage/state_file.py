"""`state.json`: what was open and where; of this machine alone, and worth no message when it is lost."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktopnotes.files import identity, read_regular, replace_file
from desktopnotes.model.errors import UserError
from desktopnotes.model.history import Caret
from desktopnotes.model.notebook import Unknown, nothing_unknown
from desktopnotes.storage.loading import load
from desktopnotes.storage.paths import state_path
from desktopnotes.storage.problems import Problems
from desktopnotes.storage.shapes import Flag, Many, Number, Record, Table, Text, Whole

_log = logging.getLogger(__name__)

_LIMIT_BYTES = 10_000_000
_RECENT = 30
"""More notebooks than a menu shows; of an older one the place is forgotten."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user was in a notebook: `scroll` is the part of the page above the window, 0 to 1.

    `title` is the notebook's, so that a list of them need not read their files.
    """

    notebook: str
    talk_id: str = ""
    caret: Caret = field(default_factory=Caret)
    scroll: float = 0.0
    title: str = ""
    unknown: Unknown = field(default_factory=nothing_unknown)


@dataclass(frozen=True, slots=True)
class Window:
    """The main window as it was left; `sashes` (px) and `panes` (whether shown) by their names.

    `folded` are the groups of the list of talks that are folded.
    """

    geometry: str = ""
    maximized: bool = False
    view: str = ""
    sashes: Mapping[str, int] = field(default_factory=dict)
    panes: Mapping[str, bool] = field(default_factory=dict)
    folded: tuple[str, ...] = ()
    unknown: Unknown = field(default_factory=nothing_unknown)


@dataclass(frozen=True, slots=True)
class State:
    """What is found again at the next start. `recent` are the notebooks, the last one first."""

    recent: tuple[Place, ...] = ()
    window: Window = field(default_factory=Window)
    sample_shown: bool = False
    unknown: Unknown = field(default_factory=nothing_unknown)

    @property
    def last_notebook(self) -> Path | None:
        return Path(self.recent[0].notebook) if self.recent else None

    def place_in(self, notebook: Path) -> Place:
        """Where the user was in it; its beginning, where that is not known."""
        known = (place for place in self.recent if place.notebook == str(notebook))
        return next(known, Place(str(notebook)))


def with_place(state: State, place: Place) -> State:
    """The state with that place, its notebook now the last one."""
    others = (each for each in state.recent if each.notebook != place.notebook)
    return replace(state, recent=(place, *others)[:_RECENT])


def without(state: State, notebook: Path) -> State:
    """The state after that notebook was taken off the list (it is gone, or is not to be shown)."""
    return replace(state, recent=tuple(each for each in state.recent if each.notebook != str(notebook)))


_CARET = Record(
    Caret, {"place": Text(), "talk_id": Text(), "note_id": Text(), "offset": Whole(0, 1_000_000_000)}
)
PLACE = Record(
    Place, {"notebook": Text(), "talk_id": Text(), "caret": _CARET, "scroll": Number(0, 1), "title": Text()}
)
_WINDOW = Record(
    Window,
    {
        "geometry": Text(),
        "maximized": Flag(),
        "view": Text(),
        "sashes": Table(Whole(-100_000, 100_000)),
        "panes": Table(Flag()),
        "folded": Many(Text()),
    },
)
_STATE = Record(State, {"recent": Many(PLACE), "window": _WINDOW, "sample_shown": Flag()})


def read(path: Path | None = None) -> State:
    """The state in `path` (by default this user's); a first start's where that cannot be read."""
    path = path or state_path()
    found = Problems()
    try:
        if identity(path) is None:
            return State()
        value = load(read_regular(path, _LIMIT_BYTES), found)
    except UserError as error:
        _log.warning("the state is not known: %s", error)
        return State()
    state = None if found.fatal else _STATE.read(value, None, found)
    if found.fatal or not isinstance(state, State):
        _log.warning("the state is not known: %s", found.all[0])
        return State()
    return state


def write(state: State, path: Path | None = None) -> None:
    """Writes the state; that this failed is logged, for nobody would want to be stopped by it."""
    text = json.dumps(_STATE.written(state), ensure_ascii=False, indent=1)
    try:
        replace_file(path or state_path(), f"{text}\n".encode("utf-8", "replace"), make_folder=True)
    except UserError as error:
        _log.warning("the state was not written: %s", error)
