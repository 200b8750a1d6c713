"""The table of what a talk or a post can become beside a post: a new output is a row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktopnotes.export import sites
from desktopnotes.export.interchange import chapter_forms, chapters, plain_text, subtitles, table, wording
from desktopnotes.export.interchange.chapters import Chapters
from desktopnotes.export.interchange.talks import Left, language_of, shown, talks_of
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export, TextFile
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from desktopnotes.model.shortening import to_letters
from desktopnotes.words import _, ngettext

_NAME_LETTERS = 40

Text = tuple[str, tuple[str, ...]]
"""A file's text, and one sentence for each thing that should be known of it."""


@dataclass(frozen=True, slots=True)
class Output:
    """`name` is that of the command line, `label` that of the menu, `suffix` ends the file's name.

    `make` takes a talk or a post of the notebook, and makes a file of each talk or one of all
    (`one_file`). It raises `UserError` where there is nothing to make it of.
    """

    name: str
    label: str
    suffix: str
    one_file: bool
    make: Callable[[Notebook, Talk | Post, Options], Export]


def output(name: str) -> Output:
    """Raises `UserError` for a name that is not in the table."""
    for one in OUTPUTS:
        if one.name == name:
            return one
    raise UserError(
        _("“{name}” is nothing that can be exported.").format(name=name),
        _("There is {names}.").format(names=", ".join(one.name for one in OUTPUTS)),
    )


# --- chapters: a file of each talk -----------------------------------------------------------------------


def _youtube(found: Chapters, talk: Talk) -> Text:
    listed = chapter_forms.youtube(found.marks, talk)
    ignored = (
        _("YouTube would ignore the whole list: {sentence}").format(sentence=_small(sentence))
        for sentence in listed.broken
    )
    return "\n".join(listed.lines) + "\n", (*ignored, *listed.done)


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _chapters(form: Callable[[Chapters, Talk], Text], suffix: str) -> Callable[..., Export]:
    def make(notebook: Notebook, which: Talk | Post, options: Options) -> Export:
        words = language_of(notebook, which)
        talks = talks_of(notebook, which)
        found = [(talk, chapters.of_talk(talk, words)) for talk in talks]
        with_chapters = [(talk, of_talk) for talk, of_talk in found if of_talk.marks]
        if not with_chapters:
            raise _no_chapters(found)
        notices = [
            _("“{title}” has no chapters.").format(title=wording.title(talk))
            for talk, of_talk in found
            if not of_talk.marks
        ]
        files: list[TextFile] = []
        for talk, of_talk in with_chapters:
            text, more = form(of_talk, talk)
            files.append(TextFile(_free_name(talk, suffix, files), text))
            notices += _said_of(talk, (*more, *of_talk.notices), of_several=len(talks) > 1)
        return Export(tuple(files), notices=tuple(notices))

    return make


def _no_chapters(found: Iterable[tuple[Talk, Chapters]]) -> UserError:
    hint = _("A note that begins with “= ” is a chapter: type it where one begins.")
    talks = [talk for talk, _chapters_of_it in found]
    why = " ".join(notice for _talk, of_talk in found for notice in of_talk.notices)
    if len(talks) == 1:
        told = _("“{title}” has no chapters.").format(title=wording.title(talks[0]))
    else:
        told = _("None of these talks has chapters.")
    return UserError(f"{told} {why}".strip(), hint)


def _said_of(talk: Talk, notices: Iterable[str], *, of_several: bool) -> Iterable[str]:
    name = to_letters(wording.title(talk), _NAME_LETTERS)
    return (f"{name}: {notice}" if of_several else notice for notice in notices)


def _free_name(talk: Talk, suffix: str, files: Iterable[TextFile]) -> str:
    taken = {file.path for file in files}
    name = sites.slug(wording.title(talk), otherwise="talk")
    number, free = 1, name + suffix
    while free in taken:
        number += 1
        free = f"{name}-{number}{suffix}"
    return free


def _chapters_output(name: str, label: str, suffix: str, form: Callable[[Chapters, Talk], Text]) -> Output:
    return Output(name, label, suffix, one_file=False, make=_chapters(form, suffix))


# --- notes: subtitles of each talk, a table and a text of all --------------------------------------------


def _notes_of(
    notebook: Notebook, which: Talk | Post, notices: list[str], *, stamped: bool = False
) -> list[tuple[Talk, tuple[Note, ...]]]:
    """The talks with notes that may leave; what is left out is told. Raises `UserError` if all is."""
    left = Left()
    found = [(talk, tuple(shown(talk.notes, left, stamped=stamped))) for talk in talks_of(notebook, which)]
    notices += (
        _("“{title}” has no notes to export.").format(title=wording.title(talk))
        for talk, notes in found
        if not notes
    )
    notices += left.notices()
    with_notes = [(talk, notes) for talk, notes in found if notes]
    if not with_notes:
        raise UserError(_("There are no notes to export."), " ".join(left.notices()))
    return with_notes


def _subtitles(notebook: Notebook, which: Talk | Post, options: Options) -> Export:
    notices: list[str] = []
    files: list[TextFile] = []
    for talk, notes in _notes_of(notebook, which, notices, stamped=True):
        text = subtitles.written(talk, notes, language_of(notebook, which))
        files.append(TextFile(_free_name(talk, "-notes.vtt", files), text))
        if late := subtitles.beyond(talk, notes):
            told = ngettext(
                "{count} note stands behind the end of the recording.",
                "{count} notes stand behind the end of the recording.",
                late,
            )
            notices += _said_of(talk, [told.format(count=late)], of_several=True)
    return Export(tuple(files), notices=tuple(notices))


def _table(notebook: Notebook, which: Talk | Post, options: Options) -> Export:
    notices: list[str] = []
    found = _notes_of(notebook, which, notices)
    text = table.written((talk, note) for talk, notes in found for note in notes)
    return Export((TextFile(f"{_name(notebook, which)}-notes.csv", text),), notices=tuple(notices))


def _text(notebook: Notebook, which: Talk | Post, options: Options) -> Export:
    notices: list[str] = []
    found = _notes_of(notebook, which, notices)
    title = wording.one_line(_title(notebook, which)) if isinstance(which, Post) else ""
    text = plain_text.written(title, found, language_of(notebook, which))
    return Export((TextFile(f"{_name(notebook, which)}-notes.txt", text),), notices=tuple(notices))


def _name(notebook: Notebook, which: Talk | Post) -> str:
    if isinstance(which, Talk):
        return sites.slug(wording.title(which), otherwise="talk")
    return sites.slug(which.slug.strip() or _title(notebook, which))


def _title(notebook: Notebook, post: Post) -> str:
    return post.title.strip() or notebook.title.strip() or "Notes"


OUTPUTS: tuple[Output, ...] = (
    _chapters_output("chapters-youtube", _("YouTube Chapters"), "-chapters.txt", _youtube),
    _chapters_output("chapters-vtt", _("WebVTT Chapters"), "-chapters.vtt", chapter_forms.vtt),
    _chapters_output("chapters-json", _("Podcast Chapters (JSON)"), "-chapters.json", chapter_forms.podcast),
    Output("vtt", _("Notes as Subtitles (WebVTT)"), "-notes.vtt", one_file=False, make=_subtitles),
    Output("csv", _("Notes as a Table (CSV)"), "-notes.csv", one_file=True, make=_table),
    Output("text", _("Notes as Plain Text"), "-notes.txt", one_file=True, make=_text),
)
