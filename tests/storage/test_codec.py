"""The notebook file says what the notebook is: there and back, line by line, and cheaply again and again."""

from __future__ import annotations

from dataclasses import fields, replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Chapter, Kind, Note, Notebook, Post, Talk
from desktopnotes.storage.codec import Encoder, decode, decode_any, encode, problems
from desktopnotes.storage.format import NOTE, NOTEBOOK, POST, TALK
from desktopnotes.storage.shapes import Record
from tests.storage.notebooks import large_notebook, notebooks, small_notebook

EXAMPLE = """\
{"format": "desktopnotes", "version": 1, "id": "nb", "title": "KubeCon", "pictures": "k.pictures",
"talks": [
{"id": "t1", "title": "Istio", "speakers": ["A", "B"], "chapters": [{"at_ms": 0, "title": "Hi"}], "notes": [
{"id": "n1", "at_ms": 130040, "text": "First"},
{"id": "n2", "at_ms": 422080, "end_ms": 431000, "kind": "quote", "text": "“é”", "used": true}
]},
{"id": "t2", "notes": [
], "mood": "fine"}
],
"posts": [
{"id": "p1", "title": "Part 1", "talks": ["t1"]}
], "later": {"x": [1, 2.5, null]}}
"""

THE_SAME = Notebook(
    "nb",
    "KubeCon",
    pictures="k.pictures",
    talks=(
        Talk(
            "t1",
            "Istio",
            speakers=("A", "B"),
            chapters=(Chapter(0, "Hi"),),
            notes=(
                Note("n1", 130040, text="First"),
                Note("n2", 422080, 431000, Kind.QUOTE, "“é”", used=True),
            ),
        ),
        Talk("t2", unknown={"mood": "fine"}),
    ),
    posts=(Post("p1", "Part 1", talks=("t1",)),),
    unknown={"later": {"x": [1, 2.5, None]}},
)


def test_the_format_is_that_of_the_example() -> None:
    assert encode(THE_SAME).decode() == EXAMPLE
    assert decode(EXAMPLE.encode()) == THE_SAME
    assert problems(EXAMPLE.encode()) == ()


@given(notebooks)
def test_what_is_written_is_read_again(notebook: Notebook) -> None:
    written = encode(notebook)
    assert decode(written) == notebook
    assert encode(decode(written)) == written


@given(notebooks)
def test_every_note_stands_on_a_line_of_its_own(notebook: Notebook) -> None:
    lines = encode(notebook).split(b"\n")
    found = [line for line in lines if line.removesuffix(b",") in map(encode_note, notes_of(notebook))]
    assert len(found) == len(notes_of(notebook))
    assert lines[-1] == b""


def notes_of(notebook: Notebook) -> list[Note]:
    return [note for talk in notebook.talks for note in talk.notes]


def test_only_the_line_of_a_changed_note_differs() -> None:
    before = large_notebook(200, talk_count=4)
    talk = before.talks[2]
    changed = replace(talk.notes[7], text="Another")
    notes = (*talk.notes[:7], changed, *talk.notes[8:])
    after = replace(before, talks=(*before.talks[:2], replace(talk, notes=notes), before.talks[3]))
    pairs = zip(encode(before).split(b"\n"), encode(after).split(b"\n"), strict=True)
    assert [new for old, new in pairs if old != new] == [encode_note(changed) + b","]


def encode_note(note: Note) -> bytes:
    return encode(Notebook("x", talks=(Talk("t", notes=(note,)),))).split(b"\n")[3]


@given(notebooks, notebooks)
def test_an_encoder_that_has_seen_others_writes_the_same(first: Notebook, second: Notebook) -> None:
    encoder = Encoder()
    encoder.encode(first)
    mixed = replace(second, talks=(*second.talks, *first.talks))
    assert b"".join(encoder.encode(mixed)) == encode(mixed)
    assert b"".join(encoder.encode(first)) == encode(first)


def test_talks_of_the_same_id_are_both_written_whole() -> None:
    twins = Notebook("x", talks=(Talk("t", notes=(Note("a"),)), Talk("t", notes=(Note("b"),))))
    assert b'{"id": "a"}' in encode(twins)
    assert b'{"id": "b"}' in encode(twins)


def test_a_note_is_encoded_once_as_long_as_it_is_the_same() -> None:
    notebook = large_notebook(100, talk_count=2)
    encoder = Encoder()
    encoder.encode(notebook)
    talk = notebook.talks[0]
    edited = replace(talk, notes=(*talk.notes[:-1], replace(talk.notes[-1], text="new")))
    with patch.object(NOTE, "written", wraps=NOTE.written) as written:
        encoder.encode(replace(notebook, talks=(edited, notebook.talks[1])))
    assert written.call_count == 1


@pytest.mark.parametrize("record", [NOTEBOOK, TALK, NOTE, POST])
def test_every_field_has_its_row_in_the_order_of_the_dataclass(record: Record) -> None:
    assert [*record.rows, "unknown"] == [field.name for field in fields(record.of)]


@given(st.integers(), st.floats(), st.integers())
def test_a_number_out_of_bounds_does_not_make_a_file_that_cannot_be_read(
    at_ms: int, rate: float, position_ms: int
) -> None:
    talk = Talk("t", rate=rate, position_ms=position_ms, notes=(Note("n", at_ms),))
    assert decode(encode(Notebook("x", talks=(talk,)))).talks[0].notes[0].id == "n"


def test_half_a_character_does_not_keep_a_notebook_from_being_saved() -> None:
    typed = small_notebook("joined \ud83d\ude00 alone \ud83d.")
    assert decode(encode(typed)).talks[0].notes[0].text == "joined 😀 alone \ufffd."


def test_a_newer_version_is_read_and_told() -> None:
    newer = EXAMPLE.replace('"version": 1', '"version": 2').encode()
    assert decode_any(newer).is_newer
    assert decode_any(newer).notebook == THE_SAME
    assert not decode_any(EXAMPLE.encode()).is_newer
    assert [str(each) for each in problems(newer)] == [
        "version: is 2, newer than this program: opens read-only"
    ]


def test_a_newer_version_that_cannot_be_read_says_so() -> None:
    newer = EXAMPLE.replace('"version": 1', '"version": 2').replace('"text": "First"', '"text": ["First"]')
    with pytest.raises(ReadError, match="newer version"):
        decode(newer.encode())


def test_ten_thousand_notes_are_read_whole() -> None:
    notebook = large_notebook(10_000)
    assert decode(encode(notebook)) == notebook
