"""What has no id gets one that follows from what it says and where it stands."""

from __future__ import annotations

import json
import time
from typing import Any

from desktopnotes.model.merge import merge
from desktopnotes.model.notebook import Notebook
from desktopnotes.storage.codec import decode, encode


def read(*talks: dict[str, Any], posts: tuple[dict[str, Any], ...] = (), **head: Any) -> Notebook:
    file = {"format": "desktopnotes", "version": 1, **head, "talks": talks, "posts": posts}
    return decode(json.dumps(file).encode())


TALK = {"title": "Istio", "notes": [{"text": "one"}, {"text": "same"}, {"text": "same"}]}
POSTS = ({"title": "Part 1"}, {"title": "Part 1"})


def note_ids(notebook: Notebook) -> list[str]:
    return [note.id for talk in notebook.talks for note in talk.notes]


def test_what_has_no_id_gets_the_same_at_each_reading() -> None:
    first, again = (read(TALK, TALK, posts=POSTS, title="KubeCon") for _ in range(2))
    assert first == again
    assert decode(encode(first)) == first
    for ids in (
        note_ids(first),
        [talk.id for talk in first.talks],
        [post.id for post in first.posts],
    ):
        assert "" not in ids
        assert len(set(ids)) == len(ids)
    assert first.id


def test_a_note_without_an_id_that_two_programs_read_stands_once_after_a_merge() -> None:
    file = {"id": "talk", "notes": [{"text": "one"}, {"text": "two"}]}
    with_another = {"id": "talk", "notes": [{"text": "before"}, *file["notes"]]}
    merged = merge(None, read(file, id="nb"), read(with_another, id="nb")).notebook
    assert sorted(note.text for note in merged.talks[0].notes) == ["before", "one", "two"]


def test_ids_that_stand_in_the_file_stay_with_what_has_them() -> None:
    notes = [{"text": "same"}]
    known = note_ids(read({"id": "talk", "notes": notes}, id="nb"))[0]
    copied = [{"text": "same"}, {"text": "same", "id": known}, {"text": "twice", "id": known}]
    new, kept, later = note_ids(read({"id": "talk", "notes": copied}, id="nb"))
    assert kept == known
    assert len({new, kept, later}) == 3


def test_many_notes_that_say_the_same_get_their_ids_at_once() -> None:
    started_s = time.process_time()
    found = read({"id": "talk", "notes": [{}] * 5_000}, id="nb")
    assert len(set(note_ids(found))) == 5_000
    assert time.process_time() - started_s < 5
