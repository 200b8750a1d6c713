#!/usr/bin/env python3
"""Make the sample in assets/sample: two talks on video, one to listen to, their captions and a notebook.

Run it again after a change to what is said, shown or noted (sample_source/talks.py, slides.py, notes.py):

    python3 assets/make_sample.py

It needs ffmpeg, espeak-ng, rsvg-convert and the Inter typeface (Debian: ffmpeg espeak-ng librsvg2-bin
fonts-inter), nothing beyond Python's standard library, and about a minute. The same tools give the same
files to the byte. Other versions of them give other bytes, so other picture names and maybe other stamps,
but everything still agrees, since all times are taken from the speech itself.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from sample_source.media import write_captions, write_media
from sample_source.notebook import NOTEBOOK_NAME, notebook_text, talk_text
from sample_source.notes import TALK_NOTES
from sample_source.speech import record
from sample_source.talks import TALKS

SAMPLE = Path(__file__).parent / "sample"


def main() -> None:
    shutil.rmtree(SAMPLE, ignore_errors=True)
    pictures = SAMPLE / f"{NOTEBOOK_NAME}.pictures"
    pictures.mkdir(parents=True)
    talks = []
    for talk, kept in zip(TALKS, TALK_NOTES, strict=True):
        recording = record(talk)
        media, captions = SAMPLE / (talk.name + talk.suffix), SAMPLE / f"{talk.name}.en.vtt"
        with tempfile.TemporaryDirectory() as work:
            write_media(recording, media, Path(work))
        write_captions(recording, captions)
        talks.append(talk_text(recording, kept, media, captions, pictures))
        print(f"{media.name}: {media.stat().st_size:,} bytes")
    (SAMPLE / f"{NOTEBOOK_NAME}.talknotes.json").write_text(notebook_text(talks), encoding="utf-8")


if __name__ == "__main__":
    main()
