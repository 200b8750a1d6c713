"""What a command is: a row of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktopnotes.actions.choice import Choice
from desktopnotes.session import Session


def always(_: Session) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do.

    `keys` work in the whole main window; `video_keys` are bare ones that work only while the video or the
    time line has the focus. "Mod" is Ctrl, on macOS Command. `field_keys_win`: in a field that is not part
    of the notebook (find, palette) the key belongs to the field. `opens_group`: a line stands above it in
    its menu.

    `checked` says whether what it switches or chooses is so now: its menu shows a mark. `choices` are what it
    chooses from: a menu of its own shows them, while `run` takes the next one. `says` is its label where that
    depends on the session. `within` is the id of the command with `choices` below which it stands.
    `lists_choices`: the palette has each of its choices, too.
    """

    id: str
    label: str
    help: str
    run: Callable[[Session], None]
    keys: tuple[str, ...] = ()
    video_keys: tuple[str, ...] = ()
    enabled: Callable[[Session], bool] = always
    field_keys_win: bool = False
    opens_group: bool = False
    checked: Callable[[Session], bool] | None = None
    choices: Callable[[Session], tuple[Choice, ...]] | None = None
    says: Callable[[Session], str] | None = None
    within: str = ""
    lists_choices: bool = False

    def label_in(self, session: Session) -> str:
        return self.says(session) if self.says else self.label

    @property
    def menu(self) -> str:
        return self.id.split(".")[0]


def choosing(command: Command, choice: Choice) -> Command:
    """The command that takes this of its choices, so that it goes the road of all commands."""
    return replace(command, run=lambda _: choice.run())
