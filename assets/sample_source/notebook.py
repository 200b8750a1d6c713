"""The sample's notebook: the notes on its talks, each stamped where its sentence really is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sample_source import notes as sample_notes
from sample_source.notes import Moment, NoteText, TalkNotes
from sample_source.slides import EVENT
from sample_source.speech import FRAME_MS, Recording, Spoken, chapters_of
from sample_source.talks import TALKS
from sample_source.tools import BITEXACT, ffmpeg, length_ms

NOTEBOOK_NAME = "back-row-2025"
WEB_FOLDER = "https://example.org/back-row-2025"


def steady_id(*words: str) -> str:
    """Twelve characters of [a-z0-9], the same at every run."""
    number = int.from_bytes(hashlib.sha256("\n".join(words).encode()).digest())
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(letters[number // 36**place % 36] for place in range(12))


def snapshot(media: Path, at_ms: int, pictures: Path) -> str:
    """The frame at that moment, kept in `pictures` under its own SHA-256; the name."""
    picture = pictures / "snapshot.webp"
    webp = (
        "-vf",
        "scale=in_color_matrix=bt709,format=bgra",
        "-c:v",
        "libwebp",
        "-quality",
        "90",
        "-compression_level",
        "6",
    )
    ffmpeg("-ss", f"{at_ms / 1000:.3f}", "-i", media, "-frames:v", "1", *webp, *BITEXACT, picture)
    name = hashlib.sha256(picture.read_bytes()).hexdigest() + ".webp"
    picture.rename(pictures / name)
    return name


def spoken_at(recording: Recording, moment: Moment) -> Spoken:
    return next(s for s in recording.spoken if (s.slide.key, s.number) == (moment.slide, moment.sentence))


def note_object(note: NoteText, recording: Recording, media: Path, pictures: Path) -> dict[str, object]:
    fields: dict[str, object] = {"id": steady_id(recording.talk.name, note.text)}
    if note.at:
        said = spoken_at(recording, note.at)
        fields["at_ms"] = said.start_frame * FRAME_MS
        if note.kind == "chapter":
            fields["at_ms"] = recording.slide_start(said.slide) * FRAME_MS
        if note.to_its_end:
            fields["end_ms"] = said.end_frame * FRAME_MS
    if note.kind != "thought":
        fields["kind"] = note.kind
    fields["text"] = note.text
    if note.alt:
        fields |= {"picture": snapshot(media, said.start_frame * FRAME_MS, pictures), "alt": note.alt}
    if note.with_caption:
        fields["caption"] = said.text
    if note.used:
        fields["used"] = True
    return fields


def talk_text(recording: Recording, kept: TalkNotes, media: Path, captions: Path, pictures: Path) -> str:
    """The talk as it stands in the notebook, one note per line."""
    talk = recording.talk
    fields: dict[str, object] = {
        "id": steady_id(talk.name),
        "title": talk.title,
        "original_title": talk.original_title,
        "speakers": talk.speakers,
        "url": f"{WEB_FOLDER}/{media.name}",
        "file": media.name,
        "duration_ms": length_ms(media),
    }
    if kept.state != "to_watch":
        fields["state"] = kept.state
    if talk.tags:
        fields["tags"] = talk.tags
    fields["captions"] = captions.name
    fields["chapters"] = [{"at_ms": at_ms, "title": name} for at_ms, name in chapters_of(recording)]
    if kept.write_up:
        fields["write_up"] = kept.write_up
    notes = ",\n".join(json_line(note_object(note, recording, media, pictures)) for note in kept.notes)
    listed = f"\n{notes}\n" if notes else "\n"
    return json_line(fields)[:-1] + f', "notes": [{listed}]}}'


def json_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def notebook_text(talks: list[str]) -> str:
    """The whole file as the program would write it: one note per line, nothing that is the default."""
    head = {
        "format": "desktopnotes",
        "version": 1,
        "id": steady_id(NOTEBOOK_NAME),
        "title": EVENT,
        "created": sample_notes.STARTED_AT,
        "pictures": f"{NOTEBOOK_NAME}.pictures",
    }
    post = {
        "id": steady_id(NOTEBOOK_NAME, "part 1"),
        "title": f"{EVENT} Notes - Part 1",
        "date": sample_notes.PUBLISHED_ON,
        "slug": f"{NOTEBOOK_NAME}-part-1",
        "tags": sample_notes.POST_TAGS,
        "intro": "\n\n".join(sample_notes.INTRODUCTION),
        "closing": sample_notes.CLOSING,
        "talks": [
            steady_id(talk.name)
            for talk, kept in zip(TALKS, sample_notes.TALK_NOTES, strict=True)
            if kept.notes
        ],
    }
    listed = ",\n".join(talks)
    return f'{json_line(head)[:-1]},\n"talks": [\n{listed}\n],\n"posts": [\n{json_line(post)}\n]}}\n'
