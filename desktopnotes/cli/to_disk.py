"""What `desktopnotes export -o` writes: whole or not at all, and never over what was done by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.cli.answers import say
from desktopnotes.model.errors import UserError, WouldOverwriteError

if TYPE_CHECKING:
    from desktopnotes.export.looking import Answer, Looked
    from desktopnotes.export.result import Export
    from desktopnotes.export.writing import Target, Written


def names_a_file(export: Export, output: Path) -> bool:
    """Whether `output` is meant as a file: it has the suffix of what is made, and is no folder."""
    return output.suffix == Path(export.file_name).suffix and not output.is_dir()


def write(
    export: Export,
    output: Path,
    *,
    whose: str,
    overwrite: bool,
    root_of: Callable[[Path], Path] | None = None,
) -> None:
    """Writes the export to that file, or into that folder, which is made, and says so.

    `root_of` is that of a post's site, None for what is no post: a post is merged with what was edited by
    hand in its file since it was exported there last; anything else that was edited would be lost. `whose`
    tells what it is made of from all else that may lie there (`exported_texts.whose`). Raises
    `WouldOverwriteError` where something would be lost without `overwrite`; nothing is written then. With it,
    what the notebook says stands where both changed the same.
    """
    from desktopnotes.export import looking, writing
    from desktopnotes.storage import exported_texts, paths

    file = output if names_a_file(export, output) else output / export.file_name
    target = writing.target_of(export, file, root_of) if root_of else writing.target_of(export, file)
    kept = exported_texts.last(target.file, whose)

    def last(path: Path) -> str | None:
        known = kept if path == target.file else exported_texts.last(path, whose)
        return known.text if known else None

    looked = looking.look(export, target, last, merges=root_of is not None)
    if not overwrite:
        _refuse_to_lose(looked)
    known = {name: (each.of, each.sha256) for name, each in kept.pictures.items()} if kept else {}
    texts = [each.to_write(_answer(each)) for each in looked]
    pictures = writing.Pictures(known, replaces=overwrite, kept_in=paths.made_pictures_folder())
    written = writing.write_all(target, texts, export.pictures, pictures)
    _tell(export, target, looked, written)
    _keep(looked, written, whose)


def _refuse_to_lose(looked: Sequence[Looked]) -> None:
    from desktopnotes.export.looking import State

    for each in looked:
        if each.state == State.CONFLICT:
            raise WouldOverwriteError(
                f"“{each.path}” was edited by hand where the notebook changed too; nothing was written.",
                "Exported in the window, it shows both to choose from.",
            )
        if each.needs_an_answer:
            raise WouldOverwriteError(
                f"“{each.path.name}” exists already and was left as it is.", "Choose another name."
            )


def _answer(looked: Looked) -> Answer:
    """What `--overwrite` says to what needs an answer."""
    from desktopnotes.export.looking import MERGED, REPLACED, Answer, State
    from desktopnotes.export.pieces import Choice

    if looked.state == State.CONFLICT and looked.merge:
        return Answer(dict.fromkeys(range(len(looked.merge.conflicts)), Choice.PROGRAM))
    return REPLACED if looked.needs_an_answer else MERGED


def _tell(export: Export, target: Target, looked: Sequence[Looked], written: Written) -> None:
    from desktopnotes.export.looking import State

    if all(each.state == State.SAME for each in looked):
        say(f"{target.file} was up to date already.")
        return
    count, pictures = len(looked), len(export.pictures)
    first = f"{target.file}" if count == 1 else f"{count} files, the first of them {target.file},"
    beside = f" and {counted(pictures)} beside it" if pictures else ""
    say(f"Wrote {first}{beside}.")
    kept = sum(each.keeps_edits for each in looked if each.state in (State.MERGED, State.CONFLICT))
    if kept:
        say("1 change by hand was kept." if kept == 1 else f"{kept} changes by hand were kept.")
    lost = sum(len(each.merge.conflicts) for each in looked if each.merge and each.state == State.CONFLICT)
    if lost:
        places = "1 place" if lost == 1 else f"{lost} places"
        say(f"In {places} what the notebook says replaced what was edited by hand.")
    for path in written.kept:
        say(f"{path} was changed by hand and kept.")


def _keep(looked: Sequence[Looked], written: Written, whose: str) -> None:
    """Keeps what was exported, to tell hand edits from it; it is written already if that cannot be done."""
    from desktopnotes.storage import exported_texts
    from desktopnotes.storage.exported_texts import Last, Made

    pictures = {str(each.path): Made(each.of, each.sha256) for each in written.pictures}
    try:
        for number, each in enumerate(looked):
            exported_texts.keep(each.path, Last(each.made, whose, {} if number else pictures))
    except UserError as error:
        say(f"The next export cannot tell what you edit by hand: {error.message}")


def counted(pictures: int) -> str:
    return "1 picture" if pictures == 1 else f"{pictures} pictures"
