"""Notes as subtitles, table and plain text, read back by real readers."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import av
import pysubs2
import pytest
from hypothesis import given, settings

from desktopnotes import captions
from desktopnotes.export.interchange import table, wording
from desktopnotes.export.interchange.outputs import OUTPUTS, output
from desktopnotes.export.options import Options
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from tests.export.interchange import texts

HIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\ud800-\udfff]")
YOUTUBE = "https://youtu.be/dQw4w9WgXcQ"


def made(name: str, talk: Talk) -> str:
    return output(name).make(texts.notebook_of(talk), talk, Options()).text


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))


def cues(text: str) -> list[tuple[str, str]]:
    """Times and words, by the rules of WebVTT: blocks between blank lines, times in the first line."""
    head, *blocks = text.removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    found = []
    for block in blocks:
        times, _, words = block.partition("\n")
        assert re.fullmatch(r"\d\d+:[0-5]\d:[0-5]\d\.\d{3} --> \d\d+:[0-5]\d:[0-5]\d\.\d{3}", times)
        assert "-->" not in words
        assert not set(words) & set("<\r\0")
        found.append((times, words))
    return found


def _made_or_none(name: str, talk: Talk) -> str:
    try:
        return made(name, talk)
    except UserError:
        return ""


# --- subtitles ---------------------------------------------------------------------------------------


def test_a_note_lasts_until_its_end_or_as_long_as_it_takes_to_be_read_or_until_the_next() -> None:
    notes = (
        Note("a", at_ms=1_000, text="short"),
        Note("b", at_ms=20_000, end_ms=50_000, text="has its own end"),
        Note("c", at_ms=60_000, text="x" * 100),
        Note("d", at_ms=100_000, text="cut by the next"),
        Note("e", at_ms=101_500, text="x" * 1000),
        Note("f", at_ms=200_000, text="at once"),
        Note("g", at_ms=200_000, text="and this too"),
    )
    assert [times for times, _ in cues(made("vtt", Talk("talk1", notes=notes)))] == [
        "00:00:01.000 --> 00:00:04.000",
        "00:00:20.000 --> 00:00:50.000",
        "00:01:00.000 --> 00:01:06.500",
        "00:01:40.000 --> 00:01:41.500",
        "00:01:41.500 --> 00:01:56.500",
        "00:03:20.000 --> 00:03:21.000",
        "00:03:20.000 --> 00:03:23.000",
    ]


AWKWARD = (
    Note("a", at_ms=61_000, text="a --> b & <i>c</i>\n\n\nafter blank lines"),
    Note("b", at_ms=3_725_040, end_ms=3_726_000, text="emoji 👩🏽‍💻 \u202eover\u202c \0 NUL\r\nCRLF"),
)
WORDS = ["a --> b & <i>c</i>\nafter blank lines", "emoji 👩🏽‍💻 over  NUL\nCRLF"]


def test_awkward_words_are_read_by_our_own_reader(tmp_path: Path) -> None:
    file = tmp_path / "notes.vtt"
    file.write_text(made("vtt", Talk("talk1", notes=AWKWARD)), encoding="utf-8")
    read = captions.read(file).cues
    assert [(cue.start_ms, cue.end_ms) for cue in read] == [(61_000, 64_000), (3_725_040, 3_726_000)]
    assert [cue.text.split() for cue in read] == [words.split() for words in WORDS]


def test_awkward_words_are_read_by_ffmpeg(tmp_path: Path) -> None:
    file = tmp_path / "notes.vtt"
    file.write_text(made("vtt", Talk("talk1", notes=AWKWARD)), encoding="utf-8")
    with av.open(str(file)) as container:
        packets = [packet for packet in container.demux(container.streams.subtitles[0]) if packet.size]
        times = [(packet.pts, packet.duration) for packet in packets]
        shown = [ass for packet in packets for subtitle in packet.decode() for ass in _dialogues(subtitle)]
    assert times == [(61_000, 3_000), (3_725_040, 960)]
    assert [words.replace("\\N", "\n") for words in shown] == WORDS


def _dialogues(subtitle: object) -> list[str]:
    return [line.dialogue.decode() for line in [subtitle]]  # type: ignore[attr-defined]


def test_awkward_words_are_read_by_pysubs2() -> None:
    read = pysubs2.SSAFile.from_string(made("vtt", Talk("talk1", notes=AWKWARD)), "vtt")
    assert [(event.start, event.end) for event in read] == [(61_000, 64_000), (3_725_040, 3_726_000)]
    assert [event.plaintext.split()[-1] for event in read] == ["lines", "CRLF"]


@settings(max_examples=40, deadline=None)
@given(texts.talks)
def test_subtitles_of_any_notes_are_whole(talk: Talk) -> None:
    text = _made_or_none("vtt", talk)
    found = cues(text) if text else []
    shown = [note for note in talk.notes if note.at_ms is not None and note.kind != Kind.PRIVATE]
    assert len(found) <= len(shown)
    assert [times[:12] for times, _ in found] == sorted(times[:12] for times, _ in found)
    assert all(times[:12] < times[17:] and words for times, words in found)


# --- table -------------------------------------------------------------------------------------------


def test_a_row_says_all_of_a_note() -> None:
    note = Note(
        "a", at_ms=3_725_040, end_ms=3_730_000, kind=Kind.QUOTE, text="said #x", caption="what\nwas said"
    )
    talk = Talk("talk1", title="A Talk", speakers=("A", "B"), url=YOUTUBE, offset_ms=5000, notes=(note,))
    link = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3730s"
    assert rows(made("csv", talk)) == [
        list(table.HEAD),
        ["A Talk", "A; B", "1:02:10", "1:02:15", "3730040", "quote", "said #x", "x", "what was said", link],
    ]


def test_records_end_with_crlf_and_lines_within_a_cell_with_lf_alone() -> None:
    text = made("csv", Talk("talk1", title="T", notes=(Note("a", text='one, "two"\r\nthree'),)))
    assert text.split("\r\n")[1:] == ['T,,,,,thought,"one, ""two""\nthree",,,', ""]


@pytest.mark.parametrize(
    "begun", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\t1", "\r1"]
)
def test_what_a_spreadsheet_would_run_is_guarded(begun: str) -> None:
    assert table.guarded(begun) == f"'{begun}"
    for field in ("title", "speakers", "text", "caption"):
        note = Note("a", text=begun if field == "text" else "x", caption=begun if field == "caption" else "")
        title = begun if field == "title" else "T"
        talk = Talk("talk1", title=title, speakers=(begun,) if field == "speakers" else (), notes=(note,))
        cells = rows(made("csv", talk))[1]
        assert not any(cell.lstrip()[:1] in set("=+-@＝") for cell in cells if cell)


@pytest.mark.parametrize("harmless", ["", "a=1", "1-2", "'=1", "https://x.org/?a=b", "(=1)", "#x"])
def test_what_is_no_formula_stays_as_it_is(harmless: str) -> None:
    assert table.guarded(harmless) == harmless


@settings(max_examples=40, deadline=None)
@given(texts.talks)
def test_every_note_is_read_back_as_it_was_typed(talk: Talk) -> None:
    text = _made_or_none("csv", talk)
    read = rows(text)[1:] if text else []
    assert all(len(row) == len(table.HEAD) for row in read)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for cell in row)
    typed = [
        table.guarded(wording.visible(note.text).strip()) for note in talk.notes if note.kind != Kind.PRIVATE
    ]
    remaining = iter(typed)
    assert all(row[6] in remaining for row in read), "each in its order"


# --- plain text --------------------------------------------------------------------------------------


def test_a_text_has_title_talk_time_and_note_and_is_not_wrapped() -> None:
    notes = (
        Note("a", at_ms=61_000, text="one *long* line " + "word " * 60 + "end"),
        Note("b", at_ms=62_000, text="[slides](https://ex.org/s) and\nmore"),
        Note("c", text="about the talk"),
    )
    talk = Talk("talk1", title="A Talk", speakers=("A", "B"), url=YOUTUBE, notes=notes)
    book = Notebook("book1", talks=(talk, Talk("talk2", title="Empty")))
    post = Post("post1", title="Notes - Part 1", talks=("talk1", "talk2", "gone"))
    export = output("text").make(book, post, Options())
    assert export.text == (
        "Notes - Part 1\n\n\nA Talk\nA, B\nhttps://youtu.be/dQw4w9WgXcQ\n\n"
        f"01:01  one long line {'word ' * 60}end\n"
        "01:02  slides (https://ex.org/s) and\n       more\n"
        "--:--  about the talk\n"
    )
    assert export.notices == ("“Empty” has no notes to export.",)
    assert export.file_name == "notes-part-1-notes.txt"


# --- all of them -------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(texts.talks)
def test_private_notes_never_leave_and_nothing_hides(talk: Talk) -> None:
    secret = Note(
        "secret", at_ms=5_000, end_ms=6_000, kind=Kind.PRIVATE, text="zq-secret", caption="zq-secret"
    )
    with_secret = Talk(talk.id, talk.title, notes=(secret, *talk.notes), chapters=talk.chapters, url=talk.url)
    for one in OUTPUTS:
        text = _made_or_none(one.name, with_secret)
        assert "zq-secret" not in text
        assert not HIDDEN.search(text)


@pytest.mark.parametrize("name", [one.name for one in OUTPUTS])
def test_without_the_recordings_page_the_times_are_those_of_the_file(name: str) -> None:
    kinds = (Kind.CHAPTER, Kind.CHAPTER, Kind.CHAPTER)
    notes = tuple(Note(f"n{i}", at_ms=i * 100_000, kind=kind, text="x") for i, kind in enumerate(kinds))
    plain = made(name, Talk("talk1", title="T", notes=notes, file="t.mp4"))
    assert made(name, Talk("talk1", title="T", notes=notes, file="t.mp4", offset_ms=9_000)) == plain
    assert "http" not in plain


@pytest.mark.parametrize("name", ["vtt", "csv", "text"])
def test_where_there_is_nothing_to_say_it_says_so(name: str) -> None:
    notes = (Note("a", at_ms=1, kind=Kind.PRIVATE, text="x"), Note("b", at_ms=2))
    with pytest.raises(UserError, match=r"There are no notes to export. 1 private note was left out."):
        made(name, Talk("talk1", notes=notes))


@settings(deadline=None)
@given(texts.any_text)
def test_words_without_signs_of_form_stay_as_they_are(text: str) -> None:
    letters = re.sub(r"[^\w ]|_", "", wording.visible(text))
    assert wording.words_of(letters) == letters


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**bold**, *it*, `a < b` and ~~gone~~", "bold, it, a < b and gone"),
        ("[x](https://ex.org/a_b)", "x (https://ex.org/a_b)"),
        ("<https://ex.org/a>", "https://ex.org/a"),
        ("[me](mailto:me@ex.org) <me@ex.org>", "me (mailto:me@ex.org) me@ex.org"),
        ("[x](https://u:pw@ex.org/)", "x (https://ex.org/)"),
        ("![alt](a.png) &amp; \\*", "alt & *"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
    ],
)
def test_markdown_becomes_words(markdown: str, words: str) -> None:
    assert wording.words_of(markdown) == words


def test_hidden_characters_go_and_those_that_are_needed_stay() -> None:
    assert wording.visible("a\u202eb\u2066c\ufeffd\u200be\x00f\u2028g") == "abcdef\ng"
    for needed in (
        "👩🏽‍💻",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می‌خواهم",
        "עברית\u200f!",
    ):
        assert wording.visible(needed) == needed


def test_names_of_outputs() -> None:
    assert output("csv").suffix == "-notes.csv"
    with pytest.raises(UserError, match="“pdf” is nothing that can be exported"):
        output("pdf")
