"""The table of what a talk or a post can become beside a post: a new output is a row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktopnotes.export import sites
from desktopnotes.export.interchange import chapter_forms, chapters, wording
from desktopnotes.export.interchange.chapters import Chapters
from desktopnotes.export.interchange.talks import language_of, talks_of
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export, TextFile
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Notebook, Post, Talk

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
        f"“{name}” is nothing that can be exported.", f"There is {', '.join(one.name for one in OUTPUTS)}."
    )


# --- chapters: a file of each talk -----------------------------------------------------------------------


def _youtube(found: Chapters, talk: Talk) -> Text:
    listed = chapter_forms.youtube(found.marks, talk)
    ignored = (f"YouTube would ignore the whole list: {_small(sentence)}" for sentence in listed.broken)
    return "\n".join(listed.lines) + "\n", (*listed.done, *ignored)


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
            f"“{wording.title(talk)}” has no chapters." for talk, of_talk in found if not of_talk.marks
        ]
        files: list[TextFile] = []
        for talk, of_talk in with_chapters:
            text, more = form(of_talk, talk)
            files.append(TextFile(_free_name(talk, suffix, files), text))
            notices += _said_of(talk, (*of_talk.notices, *more), of_several=len(talks) > 1)
        return Export(tuple(files), notices=tuple(notices))

    return make


def _no_chapters(found: Iterable[tuple[Talk, Chapters]]) -> UserError:
    hint = "A note that begins with “= ” is a chapter: type it where one begins."
    talks = [talk for talk, _ in found]
    why = " ".join(notice for _, of_talk in found for notice in of_talk.notices)
    if len(talks) == 1:
        return UserError(f"“{wording.title(talks[0])}” has no chapters. {why}".strip(), hint)
    return UserError(f"None of these talks has chapters. {why}".strip(), hint)


def _said_of(talk: Talk, notices: Iterable[str], *, of_several: bool) -> Iterable[str]:
    return (f"{wording.title(talk)}: {notice}" if of_several else notice for notice in notices)


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


OUTPUTS: tuple[Output, ...] = (
    _chapters_output("chapters-youtube", "YouTube Chapters", "-chapters.txt", _youtube),
    _chapters_output("chapters-vtt", "WebVTT Chapters", "-chapters.vtt", chapter_forms.vtt),
    _chapters_output("chapters-json", "Podcast Chapters (JSON)", "-chapters.json", chapter_forms.podcast),
)
