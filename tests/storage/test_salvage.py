"""Of a damaged notebook every whole line comes back, wherever and however it was damaged."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Exported, Note, Notebook, Post, Published, Talk
from desktopnotes.storage import tolerant
from desktopnotes.storage.codec import decode, encode
from desktopnotes.storage.salvage import RECOVERED, Salvaged, salvage
from desktopnotes.storage.tolerant import scan
from tests.faults import promises
from tests.storage.hostile_notebooks import REFUSED
from tests.storage.notebooks import large_notebook, notebooks, small_notebook

Thing = Note | Talk | Post

WHOLE = Notebook(
    "notebook0001",
    "Back Row “Ä” 👩‍💻",
    "2026-01-01T00:00:00Z",
    "back-row.pictures",
    talks=(
        Talk(
            "talk00000001",
            "First {talk}",
            speakers=("A", "B \\"),
            write_up='It says "so", \\ and [more].\n\nAnd {"id": "x"}.',
            notes=(
                Note("note00000001", 1000, text='one, "quoted": {"id": "z"}', unknown={"x": [{"y": 1}]}),
                Note("note00000002", 2000, 2500, "quote", "two ‰ ünï", "9f2c.png", "alt", used=True),
                Note("note00000003", None, text="]},\n{"),
            ),
            unknown={"of_tomorrow": {"deep": [1, 2]}},
        ),
        Talk("talk00000002", "Without notes", rate=1.5),
        Talk("talk00000003", "Last", notes=(Note("note00000004", 5, text="four"), Note("note00000005", 6))),
    ),
    posts=(
        Post(
            "post00000001",
            "Part 1",
            "2026-01-02",
            intro="Intro.",
            closing="End.",
            talks=("talk00000001", "talk00000003"),
            published=Published("2026-01-03", "https://example.org"),
            exported=(Exported("a.md", "hugo"),),
        ),
        Post("post00000002", "Part 2", "2026-02-01"),
    ),
    unknown={"zoom": 3},
)
CONTENT = encode(WHOLE)


def things(notebook: Notebook) -> list[Thing]:
    """Whatever has a line of its own, in the order of the file; a talk's line has no notes."""
    found: list[Thing] = []
    for talk in notebook.talks:
        # What stands behind the notes is not in the talk's line.
        found += [replace(talk, notes=(), unknown={}), *talk.notes]
    return [*found, *notebook.posts]


def whole_lines(notebook: Notebook, *parts: bytes) -> list[Thing]:
    """The things of the notebook whose line stands whole in one of the parts of its file."""
    left = {line.removesuffix(b",") for part in parts for line in part.split(b"\n")}
    lines = [line.removesuffix(b",") for line in encode(notebook).split(b"\n")[1:] if line.startswith(b"{")]
    pairs = zip(lines, things(notebook), strict=True)
    return [thing for line, thing in pairs if line in left]


def came_back(content: bytes) -> Salvaged:
    salvaged = salvage(content)
    assert salvaged is not None
    # What came back can be saved, and read again.
    assert decode(encode(salvaged.notebook)) == salvaged.notebook
    return salvaged


def missing(content: bytes, expected: list[Thing]) -> list[Thing]:
    if not expected:
        return []
    found = things(came_back(content).notebook)
    return [thing for thing in expected if thing not in found]


def test_a_whole_one_comes_back_as_it_is_and_nothing_is_lost() -> None:
    assert salvage(CONTENT) == Salvaged(WHOLE, 1 + 3 + 5 + 2, ())


def test_cut_at_every_byte_every_whole_line_comes_back() -> None:
    for length in range(len(CONTENT)):
        cut = CONTENT[:length]
        assert missing(cut, whole_lines(WHOLE, cut)) == [], length


@pytest.mark.faults
def test_what_is_promised_of_a_cut_is_measured() -> None:
    """Cut behind every byte, and without its beginning up to every byte."""
    whole = 0
    for length in range(len(CONTENT)):
        for part in (CONTENT[:length], CONTENT[length:]):
            expected = whole_lines(WHOLE, part)
            assert missing(part, expected) == [], length
            whole += len(expected)
    measured = f"all {whole:,} whole lines of {2 * len(CONTENT):,} cuts"
    promises.record("Cut at any byte", "every whole line recovered", measured)


def test_without_its_beginning_up_to_any_byte_every_whole_line_comes_back() -> None:
    for length in range(0, len(CONTENT), 7):
        rest = CONTENT[length:]
        assert missing(rest, whole_lines(WHOLE, rest)) == [], length


@pytest.mark.parametrize("size", [1, 40, 700])
@pytest.mark.parametrize("filled", [b"", b"\0", b"\xff", b'"', b"{", b"]}", b"\n"])
def test_torn_every_whole_line_comes_back(size: int, filled: bytes) -> None:
    """A block of the file is lost, or overwritten with something else."""
    _torn(size, filled, step=53)


@pytest.mark.faults
@pytest.mark.parametrize("size", [1, 40, 700])
@pytest.mark.parametrize("filled", [b"", b"\0", b"\xff", b'"', b"{", b"]}", b"\n"])
def test_torn_at_many_bytes_every_whole_line_comes_back(size: int, filled: bytes) -> None:
    _torn(size, filled, step=3)


def _torn(size: int, filled: bytes, *, step: int) -> None:
    for start in range(0, len(CONTENT), step):
        before, after = CONTENT[:start], CONTENT[start + size :]
        torn = before + filled * size + after
        expected = whole_lines(WHOLE, before, after if filled else after.partition(b"\n")[2])
        if not filled:
            expected = whole_lines(WHOLE, before.rpartition(b"\n")[0], after.partition(b"\n")[2])
        assert missing(torn, expected) == [], start


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(notebooks, st.data())
def test_of_any_notebook_cut_anywhere_every_whole_line_comes_back(
    notebook: Notebook, data: st.DataObject
) -> None:
    content = encode(notebook)
    assert salvage(content) is None or decode(encode(came_back(content).notebook)) == notebook
    cut = content[: data.draw(st.integers(0, len(content)))]
    if salvage(cut) is not None:
        assert missing(cut, whole_lines(notebook, cut)) == []


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_a_large_one_cut_or_torn_anywhere(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(LARGE_CONTENT)))
    cut = LARGE_CONTENT[:start]
    assert missing(cut, whole_lines(LARGE, cut)) == []
    size = data.draw(st.sampled_from([0, 512, 4096, 65536]))
    after = LARGE_CONTENT[start + size :]
    assert missing(cut + bytes(size) + after, whole_lines(LARGE, cut, after if size else b"")) == []


LARGE = large_notebook(400)
LARGE_CONTENT = encode(LARGE)


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_bytes_there_are_it_says_what_came_of_them(content: bytes) -> None:
    for each in (content, CONTENT[:200] + content + CONTENT[200:], content + CONTENT):
        if (salvaged := salvage(each)) is not None:
            assert decode(encode(salvaged.notebook)) == salvaged.notebook
            assert all("\n" not in str(lost) for lost in salvaged.lost)


# --- what is told, and the kinds of damage of storage.md ---------------------------------------------


def told(salvaged: Salvaged) -> list[str]:
    return [str(lost) for lost in salvaged.lost]


def texts(salvaged: Salvaged) -> list[str]:
    return [note.text for talk in salvaged.notebook.talks for note in talk.notes]


def test_what_is_torn_comes_back_as_far_as_it_goes_and_is_told() -> None:
    salvaged = came_back(CONTENT[: CONTENT.index("ünï".encode())])
    assert texts(salvaged) == ['one, "quoted": {"id": "z"}', "two ‰ "]
    assert told(salvaged) == [
        "line 5: only a part of this note could be read",
        "line 5: the file ends in the middle; what came behind is lost",
    ]


def test_a_torn_write_up_comes_back_up_to_the_tear() -> None:
    salvaged = came_back(CONTENT[: CONTENT.index(b"And {")])
    assert salvaged.notebook.talks[0].write_up == 'It says "so", \\ and [more].\n\n'


def test_notes_whose_talk_is_lost_stand_in_one_of_their_own() -> None:
    start = CONTENT.index(b'{"id": "note00000002"')
    salvaged = came_back(CONTENT[start:])
    first = salvaged.notebook.talks[0]
    assert (first.title, [note.id for note in first.notes]) == (RECOVERED, ["note00000002", "note00000003"])
    assert [talk.title for talk in salvaged.notebook.talks[1:]] == ["Without notes", "Last"]


def test_notes_behind_a_lost_sector_are_not_given_to_the_talk_before_it() -> None:
    talks = [
        replace(talk, notes=tuple(Note(f"{talk.id}-{i}", i, text="x" * 60) for i in range(20)))
        for talk in LARGE.talks
    ]
    lines = encode(replace(LARGE, talks=tuple(talks))).split(b"\n")
    lines[15:30] = [bytes(len(b"\n".join(lines[15:30])))]  # the end of the first, the head of the second
    titles = [talk.title for talk in came_back(b"\n".join(lines)).notebook.talks]
    assert titles[:3] == ["Talk 0", RECOVERED, "Talk 2"]


def test_of_a_git_conflict_both_sides_come_back() -> None:
    ours = replace(WHOLE.talks[0].notes[1], text="ours")
    theirs = replace(WHOLE.talks[0].notes[1], text="theirs")
    lines = {
        note.text: json.dumps({"id": note.id, "at_ms": 2000, "text": note.text}).encode()
        for note in (ours, theirs)
    }
    added = b'{"id": "note00000009", "at_ms": 2100, "text": "added by them"}'
    conflict = b"\n".join(
        [b"<<<<<<< HEAD", lines["ours"] + b",", b"||||||| 52003cf", b'{"id": "old", "text": "before"},',
         b"=======", lines["theirs"] + b",", added + b",", b">>>>>>> theirs"]
    )  # fmt: skip
    content = re.sub(rb'\{"id": "note00000002".*,', conflict.replace(b"\\", b"\\\\"), CONTENT)
    salvaged = came_back(content)
    notes = salvaged.notebook.talks[0].notes
    assert [note.text for note in notes[1:4]] == ["ours", "theirs", "added by them"]
    assert [note.conflict for note in notes[1:4]] == [True, True, False]
    assert notes[1].id == "note00000002"
    assert told(salvaged) == [
        "the marks of a Git conflict; the notes of both sides were kept",
        "line 10: a note with the id of another one; both were kept and marked",
    ]


def test_of_a_conflict_in_a_talks_line_both_write_ups_come_back() -> None:
    line = next(line for line in CONTENT.split(b"\n") if b"talk00000001" in line)
    other = line.replace(b"It says", b"It said")
    content = CONTENT.replace(line, b"\n".join([b"<<<<<<< a", line, b"=======", other, b">>>>>>> b"]))
    first, *others = came_back(content).notebook.talks
    assert first.write_up.startswith('It says "so"')
    assert 'It said "so"' in first.write_up
    assert [note.id for note in first.notes] == ["note00000001", "note00000002", "note00000003"]
    assert [talk.title for talk in others] == ["Without notes", "Last"]


def test_two_notebooks_one_after_the_other_come_back_as_one() -> None:
    second = encode(replace(small_notebook("one", "two"), id="other", title="Other"))
    salvaged = came_back(CONTENT + second)
    assert salvaged.notebook.title == WHOLE.title
    assert {"First {talk}", "A Talk"} <= {talk.title for talk in salvaged.notebook.talks} | {"A Talk"}
    changed = CONTENT.replace(b'"four"', b'"more than four"')
    assert {"four", "more than four"} <= set(texts(came_back(CONTENT + changed)))
    # As a shorter one that was written over a longer one.
    assert set(texts(came_back(CONTENT + changed[len(changed) // 2 :]))) >= {"four", "more than four"}


def test_the_same_again_is_there_once() -> None:
    assert came_back(CONTENT + CONTENT).notebook == WHOLE


@pytest.mark.parametrize("indent", [None, 0, 2, "\t"])
@pytest.mark.parametrize("sort", [True, False])
def test_another_layout_comes_back_when_it_is_cut(indent: int | str | None, sort: bool) -> None:
    content = json.dumps(json.loads(CONTENT), indent=indent, sort_keys=sort).encode()
    for length in range(0, len(content), 29):
        found = salvage(content[:length])
        ids = {note.id for talk in found.notebook.talks for note in talk.notes} if found else set()
        for note in (note for talk in WHOLE.talks for note in talk.notes):
            end = re.search(rb'\{[^{}]*"' + note.id.encode() + rb'"(?:[^{}]|\{[^{}]*\})*\}', content)
            assert end is not None
            assert note.id in ids or length < end.end(), (length, note.id)


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_of_each_that_is_refused_comes_back_what_is_in_it(content: bytes, words: str) -> None:
    salvaged = salvage(content)
    if b"note00000000" in content.replace(b"\0", b""):
        assert salvaged is not None
        assert [text for text in texts(salvaged) if text == "one"] == ["one"]
        assert decode(encode(salvaged.notebook)) == salvaged.notebook
    else:
        assert salvaged is None or not salvaged.note_count


def test_one_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktopnotes.storage.salvage.LIMIT_BYTES", 1_000_000)
    with pytest.raises(ReadError, match="larger than 1 MB"):
        salvage(CONTENT + b" " * 1_000_000)


SLOW = {
    "notes": b'{"id": "n", "at_ms": 1, "text": "some words"},\n',
    "torn notes": b'{"id": "n", "at_ms": 1, "text": "some wo\n',
    "in one line": b'{"id": "n", "at_ms": 1, "text": "some words"}, ',
    "torn ones in one line": b'{"id": "n", "at_ms": 1, "text": "some wo',
    "openings": b'{"a":',
    "openings of talks": b'{"talks":[',
    "lists": b'"notes":[',
    "brackets": b"[",
    "deep values": b'{"id":"n","x":' + b"[" * 200 + b"\n",
    "closings": b"]}",
    "quotes": b'"',
    "backslashes": b'"\\',
    "escaped quotes": b'\\"',
    "commas": b",",
    "zeros": bytes(10),
    "bad UTF-8": b'{"id": "n", "text": "\xff"}\n',
    "marks": b"<<<<<<< \n",
    "numbers": b"9",
    "values in one line": b'"text":{"a":[1]},',
    "keys": b'"text" : ',
}


@pytest.mark.parametrize("unit", [SLOW["torn notes"], SLOW["lists"]], ids=["torn notes", "lists"])
def test_its_time_grows_with_the_length(unit: bytes) -> None:
    _takes_time_by_length(unit, 12_000)


@pytest.mark.faults
@pytest.mark.parametrize("unit", SLOW.values(), ids=SLOW)
def test_its_time_grows_with_the_length_only(unit: bytes) -> None:
    _takes_time_by_length(unit, 100_000)


def _takes_time_by_length(unit: bytes, length: int) -> None:
    """Four times the length takes four times as long; growing by the square would take sixteen times."""
    seconds = []
    for size in (length, 4 * length):
        content = b'{"format": "desktopnotes", "talks": [{"notes": [' + unit * (size // len(unit))
        runs = []
        for _ in range(2):
            start = time.process_time()
            salvage(content)
            runs.append(time.process_time() - start)
        seconds.append(min(runs))
    assert seconds[1] < 8 * seconds[0] + 0.05


@pytest.mark.parametrize("unit", [b"{", b"{ ,\n", b'{"notes":[', b'{"talks":['])
def test_objects_without_anything_in_them_take_no_time_and_are_not_kept(unit: bytes) -> None:
    content = CONTENT[:-9] + unit * (150_000 // len(unit))
    scanned = scan(content.decode())
    assert len(scanned.pieces) < 30
    salvaged = salvage(content)
    assert salvaged is not None
    assert salvaged.note_count == sum(len(talk.notes) for talk in WHOLE.talks)


def test_what_holds_too_many_things_is_read_up_to_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tolerant, "_MOST", 100)
    monkeypatch.setattr(tolerant, "_BETWEEN_CHECKS", 10)
    content = encode(large_notebook(200))[:-9]
    salvaged = salvage(content)
    assert salvaged is not None
    assert 90 <= salvaged.note_count < 120
    assert any("more than 100 things" in str(lost) for lost in salvaged.lost)


def test_it_can_be_cancelled() -> None:
    def cancel() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        salvage(CONTENT[:-9], cancel)


def test_bad_bytes_cost_no_copy_of_the_whole_file_each() -> None:
    content = CONTENT[:-9] + b"\xff\n" * 1000 + "€".encode() * 2_000_000
    start = time.process_time()
    salvaged = salvage(content)
    assert salvaged is not None
    assert sum("no text" in str(lost) for lost in salvaged.lost) >= 900
    assert time.process_time() - start < 2.0
