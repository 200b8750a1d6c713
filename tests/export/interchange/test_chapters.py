"""Chapters in three forms, read back as their readers do."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from desktopnotes.export.interchange import chapters
from desktopnotes.export.interchange.outputs import output
from desktopnotes.export.languages import ENGLISH
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Chapter, Kind, Note, Notebook, Post, Talk
from tests.examples import few
from tests.export.interchange import texts, youtube_rules

PODCAST = {
    "type": "object",
    "required": ["version", "chapters"],
    "properties": {
        "version": {"const": "1.2.0"},
        "author": {"type": "string", "minLength": 1},
        "title": {"type": "string", "minLength": 1},
        "chapters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["startTime"],
                "properties": {
                    "startTime": {"type": "number", "minimum": 0},
                    "title": {"type": "string", "minLength": 1},
                    "img": {"type": "string", "pattern": "^https?://[^@\\s]+$"},
                    "url": {"type": "string", "pattern": "^https?://[^@/\\s]+(/|\\?|#|$)"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
"""The shape that the format’s document gives (podcast namespace, “JSON Chapters Format”, version 1.2)."""


def a_talk(*starts_s: float, **changes: Any) -> Talk:
    notes = tuple(
        Note(f"note{i}", at_ms=round(at_s * 1000), kind=Kind.CHAPTER, text=f"Part {i}")
        for i, at_s in enumerate(starts_s, 1)
    )
    return Talk("talk1", **{"title": "A Talk", "notes": notes, **changes})


def made(name: str, *talks: Talk) -> Export:
    notebook = Notebook("book1", talks=talks)
    which = talks[0] if len(talks) == 1 else Post("post1", talks=tuple(talk.id for talk in talks))
    return output(name).make(notebook, which, Options())


def test_a_list_that_keeps_the_rules_is_taken_without_a_word() -> None:
    export = made("chapters-youtube", a_talk(0, 10.999, 75, 3599.9))
    assert export.text == "0:00 Part 1\n0:10 Part 2\n1:15 Part 3\n59:59 Part 4\n"
    assert export.notices == ()
    assert youtube_rules.shows_chapters(export.text)


def test_over_an_hour_all_lines_have_hours() -> None:
    assert (
        made("chapters-youtube", a_talk(0, 75, 3600)).text
        == "0:00:00 Part 1\n0:01:15 Part 2\n1:00:00 Part 3\n"
    )


def test_a_first_line_at_zero_is_added_and_said() -> None:
    export = made("chapters-youtube", a_talk(10, 75, 90))
    assert export.text.startswith("0:00 Start\n0:10 Part 1\n")
    assert export.notices == ("YouTube wants a chapter at 0:00, so “0:00 Start” was added.",)
    assert youtube_rules.shows_chapters(export.text)


def test_a_first_chapter_too_near_to_zero_is_put_there_as_another_one_would_be_too_short() -> None:
    export = made("chapters-youtube", a_talk(9.9, 75, 90))
    assert export.text.startswith("0:00 Part 1\n1:15 Part 2\n")
    assert export.notices == ("YouTube wants a chapter at 0:00, so “Part 1” stands there and not at 0:09.",)
    assert youtube_rules.shows_chapters(export.text)


@pytest.mark.parametrize(
    ("talk", "broken"),
    [
        (a_talk(0, 60), ["There are 2 chapters, and YouTube wants 3 at least."]),
        (a_talk(0), ["There is 1 chapter, and YouTube wants 3 at least."]),
        (a_talk(0, 60, 69, 80), ["Line 2, “1:00 Part 2”, lasts 9 s, and YouTube wants 10."]),
        (a_talk(0, 60, 60, 80), ["Line 2, “1:00 Part 2”, lasts 0 s, and YouTube wants 10."]),
        (
            a_talk(0, 60, 95, duration_ms=100_000),
            ["Line 3, “1:35 Part 3”, lasts 5 s, and YouTube wants 10."],
        ),
        (
            a_talk(*range(0, 10_000, 20)),
            ["The list has 8392 characters, and a description takes 5000 at most."],
        ),
    ],
)
def test_what_disables_the_list_is_told_with_its_line(talk: Talk, broken: list[str]) -> None:
    export = made("chapters-youtube", talk)
    assert not youtube_rules.shows_chapters(export.text, talk.duration_ms // 1000)
    ignored = "YouTube would ignore the whole list: "
    told = [notice.removeprefix(ignored) for notice in export.notices if notice.startswith(ignored)]
    assert told == [sentence[0].lower() + sentence[1:] for sentence in broken]


def test_angles_are_replaced_and_said() -> None:
    talk = a_talk(0, 60, 90)
    talk = Talk("talk1", notes=(*talk.notes, Note("n", at_ms=200_000, kind=Kind.CHAPTER, text="a < b -> c")))
    export = made("chapters-youtube", talk)
    assert export.text.endswith("3:20 a ‹ b -› c\n")
    assert export.notices == ("A description on YouTube takes no < and >, so they became ‹ and ›.",)


def test_times_are_those_of_the_public_recording() -> None:
    public = a_talk(20, 80, 110, url="https://youtu.be/dQw4w9WgXcQ", offset_ms=-20_000)
    assert made("chapters-youtube", public).text == "0:00 Part 1\n1:00 Part 2\n1:30 Part 3\n"
    alone = a_talk(0, 80, 110, offset_ms=-20_000)
    assert made("chapters-youtube", alone).text == "0:00 Part 1\n1:20 Part 2\n1:50 Part 3\n"


def test_of_chapters_before_the_public_recording_the_last_is_seen_at_its_start() -> None:
    talk = a_talk(1, 5, 110, url="https://youtu.be/dQw4w9WgXcQ", offset_ms=-20_000)
    found = chapters.of_talk(talk, ENGLISH)
    assert [(mark.at_ms, mark.title) for mark in found.marks] == [(0, "Part 2"), (90_000, "Part 3")]
    assert found.notices == ("“Part 1” was left out: it is over before the recording begins.",)


def test_without_notes_of_that_kind_the_recordings_own_chapters_are_taken_at_their_own_times() -> None:
    own = (Chapter(0, "One"), Chapter(60_000, "Two"), Chapter(90_000, " "))
    talk = Talk("talk1", url="https://youtu.be/dQw4w9WgXcQ", offset_ms=5000, chapters=own)
    export = made("chapters-youtube", talk)
    assert export.text == "0:00 One\n1:00 Two\n1:30 Chapter 3\n"
    assert export.notices == ("No note is a chapter, so these are the recording’s own.",)


def test_chapters_are_put_in_order_and_what_has_no_place_is_told() -> None:
    notes = (
        *a_talk(0, 60, 30).notes,
        Note("a", kind=Kind.CHAPTER, text="Sometime"),
        Note("b", at_ms=70_000, kind=Kind.CHAPTER),
        Note("c", at_ms=80_000, kind=Kind.CHAPTER, text="Late"),
    )
    found = chapters.of_talk(Talk("talk1", notes=notes, duration_ms=75_000), ENGLISH)
    assert [mark.title for mark in found.marks] == ["Part 1", "Part 3", "Part 2", "Late"]
    assert found.notices == (
        "“Sometime” was left out: it has no time.",
        "The chapter at 01:10 was left out: it has no title.",
        "“Part 3” at 00:30 stood behind a later one, and was put in order of time.",
        "“Late” at 01:20 is not within the recording, which ends at 01:15.",
    )


@pytest.mark.parametrize("name", ["chapters-youtube", "chapters-vtt", "chapters-json"])
def test_where_there_is_none_it_says_how_to_make_one(name: str) -> None:
    with pytest.raises(UserError, match=r"“A Talk” has no chapters.*“= ” is a chapter"):
        made(name, a_talk())


def test_of_a_post_each_talk_gets_a_file_and_those_without_chapters_are_named() -> None:
    first, second = a_talk(0, 60, 90), a_talk(0, 5, 90)
    talks = (first, Talk("talk2", title="A Talk", notes=second.notes), Talk("talk3", title="Nothing"))
    export = made("chapters-youtube", *talks)
    assert [file.path for file in export.files] == ["a-talk-chapters.txt", "a-talk-2-chapters.txt"]
    assert export.notices[0] == "“Nothing” has no chapters."
    assert export.notices[1].startswith("A Talk: YouTube would ignore the whole list: line 1")


def test_a_podcast_gets_seconds_as_numbers_and_only_public_addresses() -> None:
    notes = (
        Note(
            "a",
            at_ms=0,
            kind=Kind.CHAPTER,
            text="[Slides](https://me:pw@ex.org/s) ![x](file:///home/me/x.png)",
        ),
        Note(
            "b", at_ms=65_250, kind=Kind.CHAPTER, text="More ![a](https://ex.org/a.png)", picture="local.png"
        ),
    )
    export = made("chapters-json", Talk("talk1", title="A <Talk>", speakers=("A", "B"), notes=notes))
    assert json.loads(export.text) == {
        "version": "1.2.0",
        "title": "A <Talk>",
        "author": "A, B",
        "chapters": [
            {"startTime": 0, "title": "Slides ![x](file:///home/me/x.png)", "url": "https://ex.org/s"},
            {"startTime": 65.25, "title": "More a", "img": "https://ex.org/a.png"},
        ],
    }


def _has_chapters(talk: Talk) -> bool:
    return bool(chapters.of_talk(talk, ENGLISH).marks)


@settings(max_examples=few(15), deadline=None)
@given(texts.talks.filter(_has_chapters))
def test_a_list_is_shown_by_youtube_or_it_is_told_why_not(talk: Talk) -> None:
    export = made("chapters-youtube", talk)
    public = talk.url.startswith("http")
    length_s = max(0, talk.duration_ms + public * talk.offset_ms) // 1000 if talk.duration_ms else 0
    late = any("not within the recording" in notice for notice in export.notices)
    told = any("ignore the whole list" in notice for notice in export.notices)
    assert youtube_rules.shows_chapters(export.text, length_s) != (told or late)


@settings(max_examples=few(15), deadline=None)
@given(texts.talks.filter(_has_chapters))
def test_podcast_chapters_have_the_shape_of_their_format_and_ascend(talk: Talk) -> None:
    document = json.loads(made("chapters-json", talk).text)
    jsonschema.validate(document, PODCAST)
    starts = [chapter["startTime"] for chapter in document["chapters"]]
    assert starts == sorted(starts)
