"""What `desktopnotes export -o` writes: whole or not at all, and never over what was done by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktopnotes.cli.answers import say
from desktopnotes.model.errors import UserError, WouldOverwriteError
from desktopnotes.words import _, ngettext

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
                _("“{path}” was edited by hand where the notebook changed too; nothing was written.").format(
                    path=each.path
                ),
                _("Exported in the window, it shows both to choose from."),
            )
        if each.needs_an_answer:
            raise WouldOverwriteError(
                _("“{name}” exists already and was left as it is.").format(name=each.path.name),
                _("Choose another name."),
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
        say(_("{file} was up to date already.").format(file=target.file))
        return
    say(_wrote(target.file, len(looked), len(export.pictures)))
    kept = sum(each.keeps_edits for each in looked if each.state in (State.MERGED, State.CONFLICT))
    if kept:
        told = ngettext("{count} change by hand was kept.", "{count} changes by hand were kept.", kept)
        say(told.format(count=kept))
    lost = sum(len(each.merge.conflicts) for each in looked if each.merge and each.state == State.CONFLICT)
    if lost:
        told = ngettext(
            "In {count} place what the notebook says replaced what was edited by hand.",
            "In {count} places what the notebook says replaced what was edited by hand.",
            lost,
        )
        say(told.format(count=lost))
    for path in written.kept:
        say(_("{path} was changed by hand and kept.").format(path=path))


def _keep(looked: Sequence[Looked], written: Written, whose: str) -> None:
    """Keeps what was exported, to tell hand edits from it; it is written already if that cannot be done."""
    from desktopnotes.storage import exported_texts
    from desktopnotes.storage.exported_texts import Last, Made

    pictures = {str(each.path): Made(each.of, each.sha256) for each in written.pictures}
    try:
        for number, each in enumerate(looked):
            exported_texts.keep(each.path, Last(each.made, whose, {} if number else pictures))
    except UserError as error:
        say(_("The next export cannot tell what you edit by hand: {why}").format(why=error.message))


def _wrote(file: Path, files: int, pictures: int) -> str:
    if files == 1 and not pictures:
        told = _("Wrote {file}.")
    elif files == 1:
        told = ngettext(
            "Wrote {file} and {pictures} picture beside it.",
            "Wrote {file} and {pictures} pictures beside it.",
            pictures,
        )
    elif not pictures:
        told = _("Wrote {files} files, the first of them {file}.")
    else:
        told = ngettext(
            "Wrote {files} files, the first of them {file}, and {pictures} picture beside it.",
            "Wrote {files} files, the first of them {file}, and {pictures} pictures beside it.",
            pictures,
        )
    return told.format(file=file, files=files, pictures=pictures)
