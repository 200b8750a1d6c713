"""The shipped sample: small, true to its format, every stamp where what it is about is seen and heard."""

import hashlib
import json
import re
import subprocess
from array import array
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pysubs2
import pytest
from PIL import Image, ImageChops, ImageStat

from desktopnotes.storage.codec import decode, encode, problems

ASSETS = Path(__file__).resolve().parent.parent / "assets"
SAMPLE = ASSETS / "sample"
NOTEBOOK = SAMPLE / "back-row-2025.talknotes.json"
FRAME_MS = 40
NAMES = ("notes-that-outlive-the-talk", "listen-twice", "publish-part-one")

Json = dict[str, Any]


def notebook() -> Json:
    return json.loads(NOTEBOOK.read_text(encoding="utf-8"))


def talk_named(name: str) -> Json:
    return next(talk for talk in notebook()["talks"] if talk["file"].startswith(name))


def notes() -> Iterator[tuple[Json, Json]]:
    """Every note with its talk."""
    return ((talk, note) for talk in notebook()["talks"] for note in talk["notes"])


def stamped_notes() -> Iterator[tuple[Json, Json]]:
    return ((talk, note) for talk, note in notes() if "at_ms" in note)


def captions(talk: Json) -> list[tuple[int, int, str]]:
    cues = pysubs2.load(str(SAMPLE / talk["captions"]))
    return [(cue.start, cue.end, cue.plaintext) for cue in cues]


def probe(name: str, *entries: str) -> Json:
    command = ["ffprobe", "-v", "error", "-of", "json", *entries, str(SAMPLE / name)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def decoded(name: str, *options: str) -> bytes:
    """What ffmpeg makes of a recording, raw."""
    command = ["ffmpeg", "-v", "error", "-i", str(SAMPLE / name), *options, "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


# -- size and files ----------------------------------------------------------------------------------------


def test_it_is_small() -> None:
    assert (SAMPLE / f"{NAMES[0]}.mp4").stat().st_size <= 3_000_000
    assert sum(file.stat().st_size for file in SAMPLE.rglob("*") if file.is_file()) <= 4_500_000


def test_every_named_file_is_there_and_no_other() -> None:
    book = notebook()
    named = {NOTEBOOK.name} | {talk[key] for talk in book["talks"] for key in ("file", "captions")}
    named |= {f"{book['pictures']}/{note['picture']}" for _, note in notes() if "picture" in note}
    there = {file.relative_to(SAMPLE).as_posix() for file in SAMPLE.rglob("*") if file.is_file()}
    assert there == named


def test_the_recordings_can_be_made_again_from_what_the_scripts_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ASSETS))
    from sample_source import notes as written
    from sample_source import talks as spoken

    for source, kept in zip(spoken.TALKS, written.TALK_NOTES, strict=True):
        talk = talk_named(source.name)
        sentences = (sentence for slide in source.slides for sentence in slide.sentences)
        said = " ".join(" ".join(sentences).replace("|", " ").split())
        assert " ".join(text.replace("\n", " ") for _, _, text in captions(talk)) == said
        assert talk["original_title"] == source.original_title
        assert [note["text"] for note in talk["notes"]] == [note.text for note in kept.notes]


# -- the recordings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_length_title_and_speakers_are_those_of_the_recording(name: str) -> None:
    talk = talk_named(name)
    found = probe(talk["file"], "-show_entries", "format=duration:format_tags:stream_tags")
    tags = {**found["format"].get("tags", {}), **found["streams"][0].get("tags", {})}
    assert round(float(found["format"]["duration"]) * 1000) == talk["duration_ms"]
    assert tags["title"] == talk["original_title"]
    assert tags["artist"] == ", ".join(talk["speakers"])


@pytest.mark.parametrize(("name", "at_least_s", "at_most_s"), [(NAMES[0], 90, 110), (NAMES[2], 20, 40)])
def test_the_videos_are_720p25_with_a_keyframe_every_two_seconds(
    name: str, at_least_s: int, at_most_s: int
) -> None:
    talk = talk_named(name)
    found = probe(
        talk["file"], "-select_streams", "v", "-show_streams", "-show_entries", "packet=pts_time,flags"
    )
    (video,) = found["streams"]
    assert (video["codec_name"], video["width"], video["height"]) == ("h264", 1280, 720)
    assert video["avg_frame_rate"] == "25/1"
    assert at_least_s <= talk["duration_ms"] / 1000 <= at_most_s
    keys = [float(packet["pts_time"]) for packet in found["packets"] if "K" in packet["flags"]]
    steps = [later - earlier for earlier, later in pairwise(keys)]
    assert max(steps) <= 2.001


def test_one_talk_is_only_heard() -> None:
    talk = talk_named("listen-twice")
    streams = probe(talk["file"], "-show_streams")["streams"]
    assert [(stream["codec_type"], stream["codec_name"]) for stream in streams] == [("audio", "opus")]
    assert 30_000 <= talk["duration_ms"] <= 50_000


@pytest.mark.parametrize("name", [NAMES[0], NAMES[2]])
def test_the_chapters_are_in_the_recording_too(name: str) -> None:
    talk = talk_named(name)
    found = probe(talk["file"], "-show_chapters")["chapters"]
    inside = [{"at_ms": round(float(at["start_time"]) * 1000), "title": at["tags"]["title"]} for at in found]
    assert inside == talk["chapters"]


def test_there_are_at_least_eight_slides() -> None:
    # Below the slides runs a clock, which is no new slide.
    changed = "crop=1280:620:0:0,select='gt(scene,0.004)',metadata=print:file=-"
    out = decoded(f"{NAMES[0]}.mp4", "-an", "-vf", changed, "-f", "null")
    assert out.count(b"pts_time") >= 8


# -- captions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_captions_stand_in_order_within_the_recording(name: str) -> None:
    talk = talk_named(name)
    times = [at_ms for start, end, _ in captions(talk) for at_ms in (start, end)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= talk["duration_ms"]


@pytest.mark.parametrize("name", NAMES)
def test_captions_are_shown_while_they_are_spoken(name: str) -> None:
    talk = talk_named(name)
    rate = 8000
    sound = array("h", decoded(talk["file"], "-vn", "-ac", "1", "-ar", str(rate), "-f", "s16le"))

    def loudness(start_ms: float, end_ms: float) -> float:
        part = sound[int(start_ms * rate / 1000) : int(end_ms * rate / 1000)]
        return (sum(sample * sample for sample in part) / len(part)) ** 0.5

    cues = captions(talk)
    quietest_speech = min(loudness(start, end) for start, end, _ in cues)
    # The room answers for a moment after each sentence.
    gaps = [(end + 120, start) for (_, end, _), (start, _, _) in pairwise(cues)]
    silences = [loudness(start, end) for start, end in gaps if end - start > 100]
    assert silences
    assert max(silences) < quietest_speech / 20


def test_some_sentences_run_over_several_captions_and_some_captions_over_two_lines() -> None:
    texts = [text for _, _, text in captions(talk_named(NAMES[0]))]
    assert sum(not text.endswith((".", "?", "!")) for text in texts) >= 8
    assert sum("\n" in text for text in texts) >= 3
    assert max(len(line) for text in texts for line in text.splitlines()) <= 42


# -- the notebook ------------------------------------------------------------------------------------------


def test_the_notebook_is_as_the_program_writes_it() -> None:
    content = NOTEBOOK.read_bytes()
    assert problems(content) == ()
    assert encode(decode(content)) == content


def test_it_shows_every_kind_and_every_thing_a_note_can_have() -> None:
    book = notebook()
    assert [talk.get("state", "to_watch") for talk in book["talks"]] == ["watching", "watched", "to_watch"]
    assert not book["talks"][2]["notes"]
    assert [bool(talk.get("write_up")) for talk in book["talks"]] == [True, False, False]
    every_note = [note for _, note in notes()]
    kinds = {note.get("kind", "thought") for note in every_note}
    assert kinds == {"thought", "quote", "question", "link", "chapter", "private"}
    for key in ("end_ms", "picture", "alt", "caption", "used"):
        assert any(key in note for note in every_note), key
    assert any("at_ms" not in note for note in every_note)
    assert any(re.search(r"#\w+", note["text"]) for note in every_note)


def test_the_post_is_part_one_of_the_talks_with_notes() -> None:
    book = notebook()
    (post,) = book["posts"]
    assert post["title"] == f"{book['title']} Notes - Part 1"
    assert date.fromisoformat(post["date"]) < date(2026, 1, 1)
    assert len(post["intro"].split("\n\n")) == 2
    assert post["closing"]
    assert post["talks"] == [talk["id"] for talk in book["talks"] if talk["notes"]]


def test_every_talk_has_a_public_recording_that_links_can_lead_into() -> None:
    for talk in notebook()["talks"]:
        assert talk["url"] == f"https://example.org/back-row-2025/{talk['file']}"


def test_notes_stand_in_order_within_their_talk() -> None:
    for talk in notebook()["talks"]:
        stamps = [note["at_ms"] for note in talk["notes"] if "at_ms" in note]
        assert stamps == sorted(stamps)
        assert all(at_ms < talk["duration_ms"] for at_ms in stamps)


def test_a_stamp_is_the_frame_where_a_sentence_or_a_chapter_begins() -> None:
    for talk, note in stamped_notes():
        begins = {chapter["at_ms"] for chapter in talk["chapters"]}
        if note.get("kind") != "chapter":
            begins = {start for start, _, _ in captions(talk)}
        assert note["at_ms"] in begins, note["text"]
        assert note["at_ms"] % FRAME_MS == 0


def test_a_chapter_note_is_named_as_the_chapter_there() -> None:
    found = [(talk, note) for talk, note in stamped_notes() if note.get("kind") == "chapter"]
    assert found
    for talk, note in found:
        assert {"at_ms": note["at_ms"], "title": note["text"]} in talk["chapters"]


def test_a_quote_is_said_at_its_stamp() -> None:
    quotes = [(talk, note) for talk, note in stamped_notes() if note.get("kind") == "quote"]
    assert quotes
    for talk, note in quotes:
        said = " ".join(
            text.replace("\n", " ")
            for start, end, text in captions(talk)
            if note["at_ms"] <= start and end <= note["end_ms"]
        )
        assert said == note["caption"]
        assert note["text"].casefold() in said.casefold()


def test_a_picture_is_the_frame_at_its_stamp_and_named_by_its_content() -> None:
    found = [(talk, note) for talk, note in stamped_notes() if "picture" in note]
    assert found
    for talk, note in found:
        path = SAMPLE / notebook()["pictures"] / note["picture"]
        assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()
        assert note["alt"]
        raw = decoded(
            talk["file"],
            "-ss",
            f"{note['at_ms'] / 1000}",
            "-frames:v",
            "1",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
        )
        frame = Image.frombytes("RGB", (1280, 720), raw)
        with Image.open(path) as picture:
            difference = ImageStat.Stat(ImageChops.difference(picture.convert("RGB"), frame))
        assert max(difference.mean) < 2
