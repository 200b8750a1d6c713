"""What a strange file gets: refused in plain words, or accepted with everything in it, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.codec import decode, encode, problems
from tests.storage.notebooks import large_notebook, notebooks, small_notebook

GOOD = encode(small_notebook("one", "two"))


def with_note(note: str) -> bytes:
    return GOOD.replace(b'{"id": "note00000001"', note.encode() + b',\n{"id": "note00000001"')


def with_key(entry: str) -> bytes:
    return GOOD.replace(b'"version": 1', f'"version": 1, {entry}'.encode())


REFUSED = {
    "empty": (b"", "it is empty"),
    "blank": (b" \n\r\n", "it is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "something else"),
    "zeros": (bytes(5000), "zeros"),
    "conflict marks": (
        GOOD.replace(b'"posts"', b'<<<<<<< HEAD\n"posts"'),
        "line 8: holds the marks of a Git conflict",
    ),
    "trailing garbage": (GOOD + b"x", "line 10: something stands after the end"),
    "two notebooks": (GOOD + GOOD, "something stands after the end"),
    "zeros behind": (GOOD + bytes(100), "something stands after the end"),
    "deep lists": (with_key('"x": ' + "[" * 100_000 + "]" * 100_000), "nested too deep"),
    "deep objects": (with_key('"x": ' + '{"a":' * 50_000 + "1" + "}" * 50_000), "nested too deep"),
    "rather deep": (with_key('"x": ' + "[" * 70 + "]" * 70), "x: is nested too deep"),
    "nothing but brackets": (b"[" * 1_000_000, "nested too deep|something else"),
    "a number of 5,000 digits": (with_key('"x": ' + "9" * 5000), "thousands of digits"),
    "such a time": (with_note('{"id": "x", "at_ms": ' + "9" * 5000 + "}"), "thousands of digits"),
    "NaN": (with_note('{"id": "x", "at_ms": NaN}'), r"talks\[0\]\.notes\[1\]\.at_ms: must be a whole number"),
    "infinite": (GOOD.replace(b'"title": "A Talk"', b'"rate": Infinity'), r"talks\[0\]\.rate: must be from"),
    "1e400": (GOOD.replace(b'"title": "A Talk"', b'"rate": 1e400'), r"talks\[0\]\.rate: must be from"),
    "1e400 unknown": (with_key('"x": [{"y": 1e400}]'), "x: holds a number that is none, or too large"),
    "NaN unknown": (with_key('"x": NaN'), "x: holds a number that is none"),
    "a key twice": (with_note('{"id": "x", "text": "a", "text": "b"}'), r"notes\[1\]\.text: stands twice"),
    "the format twice": (with_key('"format": "desktopnotes"'), "format: stands twice"),
    "a key twice, unknown": (with_key('"x": [{"y": 1, "y": 2}]'), "x: “y” stands twice"),
    "a lone surrogate": (with_note('{"id": "x", "text": "\\ud800"}'), r"notes\[1\]\.text: holds half a char"),
    "one in a name": (with_key('"\\udfff": 1'), "half a character"),
    "one deep inside": (with_key('"x": {"y": ["\\udc00"]}'), "x: holds half a character"),
    "bad UTF-8": (GOOD.replace(b"two", b"tw\xff"), "line 5: holds bytes that are no text in UTF-8"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "line 1: holds bytes that are no text in UTF-8"),
    "a surrogate in UTF-8": (GOOD.replace(b"two", b"\xed\xa0\x80"), "no text in UTF-8"),
    "a list": (b"[]", "something else|not a notebook"),
    "text": (b'"desktopnotes"', "something else|not a notebook"),
    "HTML": (b"<html></html>", "something else"),
    "another program's": (b'{"nbformat": 4}', "not a notebook of Desktop Notes"),
    "no version": (GOOD.replace(b'"version": 1, ', b""), "version: must be a whole number from 1"),
    "version true": (GOOD.replace(b'"version": 1', b'"version": true'), "version: must be a whole"),
    "version 0": (GOOD.replace(b'"version": 1', b'"version": 0'), "version: must be a whole"),
    "a talk that is none": (
        GOOD.replace(b'{"id": "talk', b'5, {"id": "talk'),
        r"talks\[0\]: must be an object",
    ),
    "talks that are none": (
        b'{"format": "desktopnotes", "version": 1, "talks": {}}',
        "talks: must be a list",
    ),
    "a note that is none": (with_note("null"), r"talks\[0\]\.notes\[1\]: must be an object"),
    "a negative time": (with_note('{"id": "x", "at_ms": -1}'), r"notes\[1\]\.at_ms: must be from 0"),
    "a huge time": (with_note('{"id": "x", "end_ms": 3600000001}'), r"notes\[1\]\.end_ms: must be from 0"),
    "a time with a fraction": (with_note('{"id": "x", "at_ms": 1.5}'), "at_ms: must be a whole number"),
    "a time that is true": (with_note('{"id": "x", "at_ms": true}'), "at_ms: must be a whole number"),
    "a time that is text": (with_note('{"id": "x", "at_ms": "5"}'), "at_ms: must be a whole number"),
    "text that is a number": (with_note('{"id": "x", "text": 5}'), "text: must be text"),
    "text that is null": (with_note('{"id": "x", "text": null}'), "text: must be text"),
    "a flag that is a number": (with_note('{"id": "x", "used": 1}'), "used: must be true or false"),
    "an empty id": (with_note('{"id": ""}'), "id: must be 1 to 64 characters long"),
    "a long id": (with_note('{"id": "' + "x" * 65 + '"}'), "id: must be 1 to 64 characters long"),
    "an id that is a number": (with_note('{"id": 7}'), "id: must be text"),
    "a chapter without time": (
        GOOD.replace(b'"A Talk"', b'"", "chapters": [{"title": "x"}]'),
        "at_ms: is missing",
    ),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_in_plain_words(content: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as refused:
        decode(content, "talks.json")
    assert refused.value.message.startswith("“talks.json” cannot be opened: ")
    assert refused.value.message.endswith("It was left as it is.")
    assert refused.value.hint
    assert any(problem.fatal for problem in problems(content))
    assert all("\n" not in str(problem) for problem in problems(content))


@given(st.integers(1, len(GOOD) - 2))
def test_it_is_refused_cut_at_any_byte(length: int) -> None:
    with pytest.raises(ReadError):
        decode(GOOD[:length])


def test_one_cut_off_is_told_as_such() -> None:
    for length in (len(GOOD) - 2, len(GOOD) // 2, GOOD.index(b"two") + 1):
        assert "ends in the middle" in str(problems(GOOD[:length])[0])


def test_one_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktopnotes.storage.codec.LIMIT_BYTES", 1_000_000)
    with pytest.raises(ReadError, match="larger than 1 MB"):
        decode(GOOD + b" " * 1_000_000)


def test_one_line_tells_how_many_problems_there_are() -> None:
    content = GOOD.replace(b'"at_ms": 0', b'"at_ms": -1').replace(b'"at_ms": 1000', b'"at_ms": -2')
    with pytest.raises(
        ReadError, match=r"notes\[0\]\.at_ms: must be from 0 to 3600000000 \(and 1 more problem\)"
    ):
        decode(content)


ACCEPTED = {
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "CRLF": GOOD.replace(b"\n", b"\r\n"),
    "another layout": json.dumps(json.loads(GOOD), indent=4).encode(),
    "escapes": json.dumps(json.loads(GOOD)).encode(),
    "whole numbers with a point": GOOD.replace(b'"at_ms": 1000', b'"at_ms": 1000.0'),
    "defaults written out": GOOD.replace(b'"at_ms": 1000', b'"at_ms": 1000, "end_ms": null, "used": false'),
    "a whole rate": GOOD.replace(b'"title": "A Talk"', b'"title": "A Talk", "rate": 1'),
}


@pytest.mark.parametrize("content", ACCEPTED.values(), ids=ACCEPTED)
def test_it_is_accepted_as_the_same_notebook(content: bytes) -> None:
    assert decode(content) == small_notebook("one", "two")
    assert encode(decode(content)) == GOOD


TEXTS = {
    "NUL": "a\0b",
    "bidi": "\u202eabc\u2066",
    "emoji": "👩‍💻🏳️‍🌈",
    "line ends of all kinds": "a\r\nb\u2028c\u0085d\x0b",
    "a megabyte": "x" * 1_000_000,
    "control characters": "".join(map(chr, range(32))) + "\x7f\x9f\ufffe\U0010ffff",
    "what looks like a conflict": "<<<<<<< HEAD\n=======\n>>>>>>> x",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_is_kept_to_the_letter(text: str) -> None:
    assert decode(encode(small_notebook(text))).talks[0].notes[0].text == text


def test_of_notes_with_the_same_id_both_are_kept_and_one_gets_a_new_one() -> None:
    content = GOOD.replace(b"note00000001", b"note00000000")
    notes = decode(content).talks[0].notes
    assert [note.text for note in notes] == ["one", "two"]
    assert notes[0].id == "note00000000"
    assert notes[1].id != "note00000000"
    told = [str(problem) for problem in problems(content)]
    assert told == ["talks[0].notes[1].id: is the id of another one too; it gets a new one"]


def test_ids_are_unique_across_talks_too() -> None:
    talk = json.loads(GOOD)["talks"][0]
    notebook = decode(json.dumps({"format": "desktopnotes", "version": 1, "talks": [talk, talk]}).encode())
    ids = [note.id for talk in notebook.talks for note in talk.notes]
    assert len(set(ids)) == 4
    assert notebook.talks[0].id != notebook.talks[1].id
    assert [note.text for note in notebook.talks[1].notes] == ["one", "two"]


def test_what_has_no_id_gets_one() -> None:
    notebook = decode(
        b'{"format": "desktopnotes", "version": 1, "talks": [{"notes": [{}, {}]}], "posts": [{}]}'
    )
    notes = notebook.talks[0].notes
    assert len({notebook.id, notebook.talks[0].id, notes[0].id, notes[1].id, notebook.posts[0].id}) == 5
    assert all(len(note.id) == 12 for note in notes)


def test_ids_of_other_programs_are_kept() -> None:
    content = with_note('{"id": "urn:uuid:Ä 1"}')
    assert decode(content).talks[0].notes[1].id == "urn:uuid:Ä 1"
    assert problems(content) == ()


def test_what_is_odd_is_told_and_opened_all_the_same() -> None:
    content = (
        GOOD.replace(b'"title": "Back Row"', b'"pictures": "../../etc"')
        .replace(b'"at_ms": 1000', b'"at_ms": 1000, "end_ms": 5, "kind": "qoute", "picture": "../x.png"')
        .replace(b'"posts": [\n', b'"posts": [\n{"id": "p", "talks": ["talk00000001", "nobody"]}\n')
    )
    assert [str(problem) for problem in problems(content)] == [
        "talks[0].notes[1].kind: “qoute” is none of thought, quote, question, link, chapter, private",
        "pictures: must name a folder beside the notebook; it is not used",
        "talks[0].notes[1].picture: must name a file in the folder of pictures; it is not shown",
        "talks[0].notes[1].end_ms: lies before at_ms",
        "posts[0].talks[1]: no talk has the id “nobody”",
    ]
    assert decode(content).pictures == ""
    assert decode(content).talks[0].notes[1].kind == "qoute"


def test_a_problem_takes_one_line_whatever_the_file_says() -> None:
    content = with_key('"a\\nb\\ud800": NaN, "c\\nd": NaN')
    assert [str(problem) for problem in problems(content) if problem.path] == [
        r"c\nd: holds a number that is none, or too large"
    ]
    assert all("\n" not in str(problem) and str(problem).encode() for problem in problems(content))


@settings(max_examples=300)
@given(notebooks, st.data())
@example(large_notebook(3), None)
def test_a_file_with_any_bytes_changed_is_read_or_refused(
    notebook: Notebook, data: st.DataObject | None
) -> None:
    content = bytearray(encode(notebook))
    if data is not None:
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(content)))
            content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    _read_or_refused(bytes(content))


@given(st.binary())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    _read_or_refused(content)


_any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "at_ms", "text", "notes", "talks", "posts", "chapters", "published", "exported", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(["id", "title", "talks", "posts", "pictures", "x"]), _any_json))
def test_any_json_is_read_or_refused(value: dict[str, object]) -> None:
    _read_or_refused(json.dumps({"format": "desktopnotes", "version": 1, **value}).encode())


def _read_or_refused(content: bytes) -> None:
    found = problems(content)
    if any(problem.fatal for problem in found):
        with pytest.raises(ReadError):
            decode(content)
    else:
        notebook = decode(content)
        assert decode(encode(notebook)) == notebook
