"""What a strange file gets: refused in plain words, or accepted with everything in it, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktopnotes.model.errors import DamagedError, ReadError
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.codec import decode, encode, problems
from desktopnotes.storage.opening import open_notebook
from tests.storage.hostile_notebooks import (
    ACCEPTED,
    FILES,
    GOOD,
    REFUSED,
    TEXTS,
    hostile_notebooks,
    with_key,
    with_note,
)
from tests.storage.notebooks import large_notebook, notebooks, small_notebook


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


@pytest.mark.parametrize(("make", "words"), FILES.values(), ids=FILES)
def test_what_is_no_regular_file_is_refused_unread(
    make: Callable[[Path], None], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "strange.talknotes.json"
    make(path)
    with pytest.raises(ReadError, match=words) as refused:
        open_notebook(path)
    # There is nothing in it to be salvaged.
    assert not isinstance(refused.value, DamagedError)


def test_each_of_the_list_gets_what_it_must_and_stays_as_it_was(tmp_path: Path) -> None:
    for number, hostile in enumerate(hostile_notebooks()):
        path = tmp_path / f"{number}" / "strange.talknotes.json"
        path.parent.mkdir()
        hostile.make(path)
        before = path.read_bytes() if path.is_file() and path.stat().st_size < 10_000_000 else b""
        if hostile.words:
            with pytest.raises(ReadError, match=hostile.words):
                open_notebook(path)
        else:
            assert open_notebook(path).notebook.talks
        assert not before or path.read_bytes() == before, hostile.name
        assert {each.name for each in path.parent.iterdir()} <= {path.name, "other"}, hostile.name


def test_one_line_tells_how_many_problems_there_are() -> None:
    content = GOOD.replace(b'"at_ms": 0', b'"at_ms": -1').replace(b'"at_ms": 1000', b'"at_ms": -2')
    with pytest.raises(
        ReadError, match=r"notes\[0\]\.at_ms: must be from 0 to 3600000000 \(and 1 more problem\)"
    ):
        decode(content)


@pytest.mark.parametrize("content", ACCEPTED.values(), ids=ACCEPTED)
def test_it_is_accepted_as_the_same_notebook(content: bytes) -> None:
    assert decode(content) == small_notebook("one", "two")
    assert encode(decode(content)) == GOOD


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
