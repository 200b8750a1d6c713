"""A spoken talk as files: its recording with slides, title and chapters, and its captions."""

from __future__ import annotations

import textwrap
import wave
from collections.abc import Iterator
from pathlib import Path

from sample_source.slides import EVENT, MUTED, whole
from sample_source.speech import FRAME_MS, FRAMES_PER_SECOND, SAMPLE_RATE, Recording, chapters_of
from sample_source.tools import BITEXACT, ffmpeg, run

CAPTION_COLUMNS = 36

# espeak-ng is shrill: less of what hisses, a little room around the voice.
WARMER = (
    "highpass=f=80,equalizer=f=3400:t=q:w=1:g=-4,lowpass=f=7600,aecho=0.9:0.5:23:0.1,"
    "volume=8dB,alimiter=limit=0.8:level=false"
)
# The talk's own clock, right below: what is on screen can be compared with a stamp by eye.
CLOCK = (
    rf"drawtext=font=Inter:fontsize=24:fontcolor={MUTED}:x=w-tw-92:y=662:"
    r"text='%{eif\:trunc(t/60)\:d}\:%{eif\:mod(trunc(t)\,60)\:d\:2}'"
)
H264 = (
    "-c:v",
    "libx264",
    "-preset",
    "veryslow",
    "-tune",
    "stillimage",
    "-crf",
    "22",
    "-g",
    "50",
    "-threads",
    "1",
)
BT709 = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
AAC = ("-c:a", "aac", "-b:a", "56k", "-ar", "44100")
OPUS = ("-c:a", "libopus", "-b:a", "32k", "-application", "voip")


def write_media(recording: Recording, media: Path, work: Path) -> None:
    """Write the recording as its suffix says, .mp4 (H.264, AAC) or .ogg (Opus); `work` is for what passes."""
    speech, metadata = work / "speech.wav", work / "metadata.txt"
    with wave.open(str(speech), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(recording.sound.tobytes())
    metadata.write_text(metadata_of(recording), encoding="utf-8")
    sources = ("-i", speech, "-i", metadata)
    sound = ("-map_metadata", "1", "-map", "0:a", "-af", WARMER)
    if media.suffix == ".ogg":
        # ffmpeg 5.1 writes ogg chapters a second late; the notebook has them right.
        ffmpeg(*sources, *sound, "-map_chapters", "-1", *OPUS, *BITEXACT, media)
        return
    slides = ("-f", "concat", "-safe", "0", "-i", list_of_pictures(recording, work))
    frames = f"fps={FRAMES_PER_SECOND},tpad=stop_mode=clone:stop_duration=5,trim=end_frame={recording.frames}"
    filters = f"{frames},{CLOCK},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    picture = ("-map", "2:v", "-map_chapters", "1", "-vf", filters, *H264, *BT709)
    ffmpeg(*sources, *slides, *sound, *picture, *AAC, "-movflags", "+faststart", *BITEXACT, media)


def metadata_of(recording: Recording) -> str:
    """Title, speakers and chapters in ffmpeg's own form."""
    talk, chapters = recording.talk, chapters_of(recording)
    lines = [
        ";FFMETADATA1",
        f"title={talk.original_title}",
        f"artist={', '.join(talk.speakers)}",
        f"album={EVENT}",
    ]
    ends = [start for start, _ in chapters[1:]] + [recording.frames * FRAME_MS]
    for (start_ms, name), end_ms in zip(chapters, ends, strict=True):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start_ms}", f"END={end_ms}", f"title={name}"]
    return "\n".join(lines) + "\n"


def list_of_pictures(recording: Recording, work: Path) -> Path:
    """A list for ffmpeg's concat demuxer: each state of each slide, and for how long it is shown."""
    listing = work / "pictures.txt"
    lines = [
        f"file '{picture}'\noption framerate {FRAMES_PER_SECOND}\nduration {frames / FRAMES_PER_SECOND}\n"
        for picture, frames in pictures_in_time(recording, work)
    ]
    listing.write_text("".join(lines), encoding="utf-8")
    return listing


def pictures_in_time(recording: Recording, work: Path) -> Iterator[tuple[Path, int]]:
    """Each state of each slide, and its frames: a slide comes up before its speech and grows with it."""
    starts = [
        said.start_frame if said.number else recording.slide_start(said.slide) for said in recording.spoken
    ]
    for place, said in enumerate(recording.spoken):
        picture = work / f"{place:02}.png"
        svg = whole(said.slide.draw(said.number + 1))
        run("rsvg-convert", "--format=png", f"--output={picture}", stdin=svg.encode())
        until = starts[place + 1] if place + 1 < len(starts) else recording.frames
        yield picture, until - starts[place]


def write_captions(recording: Recording, path: Path) -> None:
    """The captions as WebVTT."""
    blocks = ["WEBVTT\n"]
    for cue in (cue for said in recording.spoken for cue in said.cues):
        lines = "\n".join(balanced(cue.text))
        blocks.append(f"{clock(cue.start_ms)} --> {clock(cue.end_ms)}\n{lines}\n")
    path.write_text("\n".join(blocks), encoding="utf-8")


def clock(at_ms: int) -> str:
    minutes, ms = divmod(at_ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}.{ms % 1000:03}"


def balanced(words: str) -> list[str]:
    """The words in as few lines as CAPTION_COLUMNS allows, all about as long."""
    fewest = len(textwrap.wrap(words, CAPTION_COLUMNS))
    widths = (width for width in range(1, CAPTION_COLUMNS + 1) if len(textwrap.wrap(words, width)) == fewest)
    return textwrap.wrap(words, next(widths))
