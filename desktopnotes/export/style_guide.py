"""What a style's template sees, in words: for the head of a copied style and for docs/styles.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktopnotes.export.passages import Passage
from desktopnotes.export.views import NoteView, PostView, SectionView, TalkView

WORDS: Mapping[type, Mapping[str, str]] = {
    PostView: {
        "opening": "all that the site wants above the text: the title and the date as a heading and a line, "
        "or nothing where they stand in the front matter",
        "title": "the title alone",
        "date": "the date alone, written out; empty where there is none",
        "intro": "the introduction, a text",
        "talks": "the talks that have something to say, in the order of the post",
        "closing": "the closing, a text",
        "separator": "what stands between a talk’s title and its words, a setting",
        "bullet": "a sign for the items of a list that makes it no part of a list beside it",
    },
    Passage: {
        "text": "its Markdown; empty where nothing was written",
        "flows": "whether words may stand before it in its first line",
        "first_bullet": "the sign of the list that it begins with, else empty",
        "last_bullet": "the sign of the list that it ends with, else empty",
    },
    TalkView: {
        "link": "the title as a link to the recording; empty where there is no public one",
        "plain": "the title, for within a line",
        "plain_line": "the title, for the start of a line",
        "address": "the address of the recording; empty where there is no public one",
        "speakers": "the names of who speaks",
        "tags": "the talk’s tags",
        "text": "the write-up, else the notes as prose",
        "flows": "whether the title may stand before the text in its first line",
        "write_up": "the write-up; empty where none was written",
        "prose": "the notes joined to prose, without pictures",
        "illustrated_prose": "the same with each picture behind its note",
        "notes": "the notes, one by one; private and empty ones are not among them",
        "sections": "the notes by chapters",
        "bullet": "a sign for a list below the write-up that makes it no part of a list beside it",
    },
    SectionView: {
        "blocks": "the chapter’s time and title, as `blocks` of a note; empty for notes before the first",
        "notes": "the notes of the chapter",
    },
    NoteView: {
        "kind": "thought, quote, question, link or chapter",
        "time": "the time as a link to that moment, plain where there is no public recording; else empty",
        "paragraphs": "the words, with the quotation marks or the link that its kind asks for",
        "picture": "the snapshot; empty where there is none",
        "blocks": "all of it, paragraph by paragraph: the time before the words, the picture last",
    },
}

TITLES: Mapping[type, str] = {
    PostView: "The post",
    Passage: "A text (intro, closing)",
    TalkView: "A talk (of talks)",
    SectionView: "A section (of talk.sections)",
    NoteView: "A note (of talk.notes, section.notes)",
}

_WIDTH = 18


def head(built_in: str) -> str:
    """The comment that a copied style begins with."""
    return (
        f"{{#\nA style of Desktop Notes, copied from “{built_in}”. It is a template of Jinja2\n"
        "(https://jinja.palletsprojects.com/templates): change it and save it, and the post changes.\n"
        "All values are ready Markdown. It can ask for these and nothing else:\n\n"
        + "".join(f"{line}\n" for line in _lines())
        + "#}\n"
    )


def _lines() -> Iterator[str]:
    for kind, names in WORDS.items():
        yield TITLES[kind]
        for name, words in names.items():
            yield f"  {name:<{_WIDTH}} {words}"
        yield ""


def page() -> str:
    """The tables of docs/styles.md."""
    parts = []
    for kind, names in WORDS.items():
        rows = "".join(f"| `{name}` | {words} |\n" for name, words in names.items())
        parts.append(f"### {TITLES[kind]}\n\n| name | what it is |\n|---|---|\n{rows}")
    return "\n".join(parts)
