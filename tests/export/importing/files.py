"""Files to be read, and notebooks to take in what is read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from desktopnotes.export import post as exporter
from desktopnotes.export import templates
from desktopnotes.export.importing import posts, reading
from desktopnotes.export.importing.known import known
from desktopnotes.export.importing.likeness import likeness
from desktopnotes.export.options import Options
from desktopnotes.model.importing import Imported
from desktopnotes.model.notebook import Notebook, Post
from desktopnotes.model.taking_in import Taken, take_in
from desktopnotes.storage import codec

GOLDEN = Path(__file__).parents[2] / "golden"
NOTEBOOKS = sorted(path.name.removesuffix(".talknotes.json") for path in GOLDEN.glob("*.talknotes.json"))
STYLES = [*templates.style_names()]
EMPTY = Notebook("empty")
_numbers = count()


def golden(name: str) -> Notebook:
    return codec.decode((GOLDEN / f"{name}.talknotes.json").read_bytes())


def read_post(text: str, notebook: Notebook = EMPTY) -> Imported:
    found = posts.read(text, lambda: None, known=known(notebook))
    assert found is not None
    return found


def taken(notebook: Notebook, found: Imported, talk_id: str = "") -> Taken:
    new_id: Callable[[], str] = lambda: f"new{next(_numbers)}"  # noqa: E731
    return take_in(notebook, found, talk_id, new_id=new_id, likeness=likeness(notebook))


def exported(notebook: Notebook, post: Post, **options: object) -> str:
    return exporter.exported(notebook, post, Options(**options)).text  # type: ignore[arg-type]


def notes_in(
    tmp_path: Path, text: str | bytes, name: str = "notes.txt", notebook: Notebook = EMPTY
) -> Imported:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return reading.read(file, notebook=notebook)
