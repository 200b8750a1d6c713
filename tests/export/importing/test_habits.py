"""Notes as people and other programs write them by habit, read whole: nothing is lost, little is unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes.model.importing import ReadNote
from desktopnotes.model.notebook import Kind
from tests.export.importing.files import notes_in, read_post

WATCH = "https://www.youtube.com/watch?v=abcdefghijk"


def test_times_below_a_video(tmp_path: Path) -> None:
    text = "Great talk! The times:\n\n0:00 Intro\n1:25 - Why meshes\n1:02:10 Q&A (must watch)\n"
    found = notes_in(tmp_path, text)
    assert [(note.at_ms, note.text) for note in found.notes] == [
        (0, "Intro"),
        (85_000, "Why meshes"),
        (3_730_000, "Q&A (must watch)"),
    ]
    assert [one.text for one in found.unread] == ["Great talk! The times:"]


def test_minutes_of_a_meeting(tmp_path: Path) -> None:
    text = (
        "Present: Ana\n\n[00:00:30] Ana: Opens.\n[12:05] Bruno: It is late,\n  sadly.\n> 0:13:00 two weeks\n"
    )
    assert notes_in(tmp_path, text).notes == (
        ReadNote("Ana: Opens.", 30_000),
        ReadNote("Bruno: It is late,\nsadly.", 725_000),
        ReadNote("two weeks", 780_000, kind=Kind.QUOTE),
    )


def test_a_transcript_in_markdown(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "[0:12](#0:12) Welcome.\n\n[1:00:05](#1:00:05) **Bye**\n", "otr.md")
    assert [(note.at_ms, note.text) for note in found.notes] == [(12_000, "Welcome."), (3_605_000, "**Bye**")]


def test_a_note_of_obsidian_about_one_recording() -> None:
    text = (
        f"---\ntags: [mesh]\n---\n# Service Mesh\n\nThoughts first.\n\n- [12:41]({WATCH}&t=761s) memory\n"
        f"- no time\n\n> [14:00]({WATCH}&t=840s) by meaning\n> and more\n\n## Related\n\n- [Docs](https://e.org)\n"
    )
    (talk,) = read_post(text).talks
    assert (talk.title, talk.url, talk.write_up) == ("Service Mesh", WATCH, "Thoughts first.")
    assert [(note.at_ms, note.kind, note.text) for note in talk.notes[:3]] == [
        (761_000, Kind.THOUGHT, "memory"),
        (None, Kind.THOUGHT, "no time"),
        (840_000, Kind.QUOTE, "by meaning\nand more"),
    ]


def test_speakers_with_times_above_what_they_said(tmp_path: Path) -> None:
    text = (
        "Team Meeting\nMon, Jan 12, 2026 10:00AM • 45:12\n\nSpeaker 1  0:12  \nHello everybody.\n\n"
        "Ana Souza  1:02:10\nThe numbers\nare good.\n"
    )
    found = notes_in(tmp_path, text)
    assert [(note.at_ms, note.text) for note in found.notes] == [
        (12_000, "Speaker 1:\nHello everybody."),
        (3_730_000, "Ana Souza:\nThe numbers\nare good."),
    ]
    assert [one.line for one in found.unread] == [1, 2]


@pytest.mark.parametrize("head", ["", "# Talks I liked\n\n"])
def test_addresses_as_they_are_lead_to_talks(head: str) -> None:
    found = read_post(f"{head}- https://youtu.be/abcdefghijk - a fine talk\n- <https://vimeo.com/9> words\n")
    assert [(talk.url, talk.write_up) for talk in found.talks] == [
        ("https://youtu.be/abcdefghijk", "a fine talk"),
        ("https://vimeo.com/9", "words"),
    ]


def test_addresses_beside_lines_with_times_are_words_of_them(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "0:10 one\n- https://example.org/slides - slides\n0:20 two\n")
    assert [note.text for note in found.notes] == ["one\n- https://example.org/slides - slides", "two"]


def test_talks_below_headings_with_prose_times_and_quotations() -> None:
    text = (
        "# KubeCon\n\nI watched two.\n\n## Mesh\nhttps://youtu.be/abcdefghijk\n\nIt was long.\n\n"
        "0:45 memory\n- 1:20 second\n> 2:00 quoted\n\n## Kata\n<https://vimeo.com/9>\n\n* 0:10 one\n"
    )
    first, second = read_post(text).talks
    assert (first.title, first.write_up, second.url) == ("Mesh", "It was long.", "https://vimeo.com/9")
    assert [(note.kind, note.text) for note in first.notes] == [
        (Kind.THOUGHT, "memory"),
        (Kind.THOUGHT, "second"),
        (Kind.QUOTE, "quoted"),
    ]
    assert [note.text for note in second.notes] == ["one"]
