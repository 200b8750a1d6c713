"""Strange places for a notebook, in which every promise holds: spaces, emoji, long names, a linked folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

SUFFIX = ".talknotes.json"


def plain(folder: Path) -> Path:
    return folder / f"event{SUFFIX}"


def with_spaces(folder: Path) -> Path:
    return _in(folder / " My talks, (2026) & more " / "of 'May' $HOME", f"an  event #1{SUFFIX}")


def with_emoji(folder: Path) -> Path:
    return _in(folder / "🎈 День\u202e talks" / "👩‍🔬", f"é 🎥 ü{SUFFIX}")


def of_250_characters(folder: Path) -> Path:
    """The longest name of a notebook that leaves room for the name of its folder of pictures."""
    return _in(folder / ("f" * 250), "n" * (250 - len(SUFFIX)) + SUFFIX)


def of_255_bytes(folder: Path) -> Path:
    """As long as a name can be at all, in a few characters."""
    return folder / ("🎈" * 60 + SUFFIX)


def in_a_linked_folder(folder: Path) -> Path:
    (folder / "real").mkdir()
    (folder / "link").symlink_to("real")
    return folder / "link" / f"event{SUFFIX}"


def as_a_link(folder: Path) -> Path:
    """The notebook's own name is the link; it stays one."""
    (folder / "real").mkdir()
    (folder / f"event{SUFFIX}").symlink_to(Path("real") / f"its name{SUFFIX}")
    return folder / f"event{SUFFIX}"


def _in(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True)
    return folder / name


STRANGE: tuple[Callable[[Path], Path], ...] = (
    with_spaces,
    with_emoji,
    of_250_characters,
    of_255_bytes,
    in_a_linked_folder,
    as_a_link,
)
