"""What libVLC does not tell of a file's frames: when each begins, and how they are stored. Read by PyAV.

Nothing is decoded. A file that PyAV cannot read has no frames here; it may play all the same.
"""

from __future__ import annotations

import contextlib
from array import array
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from desktopnotes.media.background import Progress
from desktopnotes.media.frame_grid import FrameGrid

_RATE_MOST = 1000.0
"""Frames a second; what claims more has none (a stream of ids, for instance)."""
_SAME_RATE = 1e-4
"""How far the average rate of a recording may be off its base rate for frames of equal length."""
_FIRST_PACKETS = 8
_ANSWERS_MOST_S = 5.0
_PACKETS_A_LOOK = 500
"""After so many packets it is looked whether anybody still waits."""


@dataclass(frozen=True, slots=True)
class Frames:
    """How a recording's pictures are stored.

    `varies`: they last differently long, and the grid is an average until all starts are read.
    `have_decode_times`: they are stored in another order than shown, each with both times, as in an .mp4;
    libVLC then goes by the wrong one when it looks for the first picture after a jump. `seek_offset_ms` is
    what libVLC wants added to the time of a frame to jump there.
    """

    grid: FrameGrid
    varies: bool
    codec: str
    have_decode_times: bool
    seek_offset_ms: float = 0.0


ONLY_FILES = {"protocol_whitelist": "file"}
"""For FFmpeg: whatever a file on this computer names, nothing but files is opened for it."""


def _as_file(path: Path) -> str:
    """So that FFmpeg takes no name (“concat:a”, “http:b.mp4”) for one of its protocols."""
    return f"file:{path}"


def read_frames(path: Path) -> Frames | None:
    """From the head of a file, in some 10 ms; None where it has no moving picture or cannot be read."""
    return _read(_as_file(path), options=ONLY_FILES)


def read_stream_frames(address: str, user_agent: str = "", referrer: str = "") -> Frames | None:
    """The same of a file on the web, from its head alone: some 100 kB, and more where its index is long.

    Nothing but http and https is opened; waits for a server up to 5 s at each step.
    """
    options = {"protocol_whitelist": "http,https,tcp,tls,httpproxy", "probesize": "1000000"}
    if user_agent:
        options["user_agent"] = user_agent
    if referrer:
        options["referer"] = referrer
    return _read(address, options=options, timeout=_ANSWERS_MOST_S)


def _read(source: str, **how: Any) -> Frames | None:
    import av  # heavy, and wanted only once a recording opens

    try:
        with av.open(source, **how) as container:
            stream = next((one for one in container.streams.video if one.average_rate), None)
            if stream is None or stream.average_rate is None or stream.average_rate > _RATE_MOST:
                return None
            first_ms = float(1000 * (stream.start_time or 0) * (stream.time_base or 0))
            base_rate = getattr(stream, "base_rate", None) or stream.average_rate
            zero_ms = _zero_ms(container)
            in_matroska = "matroska" in container.format.name
            return Frames(
                FrameGrid(float(stream.average_rate), max(0.0, first_ms - zero_ms)),
                abs(float(base_rate / stream.average_rate) - 1) > _SAME_RATE,
                stream.codec_context.name,
                "mp4" in container.format.name and bool(stream.codec_context.has_b_frames),
                zero_ms if in_matroska else 0.0,
            )
    except (av.error.FFmpegError, OSError, ValueError, ArithmeticError):
        return None


@dataclass(frozen=True, slots=True)
class Label:
    """What a recording says of itself: how long it is in ms (0 where it does not say), and where it is from.

    `pages` may be addresses of its page, the best first; anything may stand there.
    """

    duration_ms: int = 0
    pages: tuple[str, ...] = ()


_PAGE_TAGS = ("purl", "url", "www", "comment")
"""Where programs that load recordings note the page; yt-dlp writes the first and the last."""


def read_label(path: Path) -> Label:
    """From the head of a file, in some 10 ms; of one that cannot be read nothing is known."""
    import av  # heavy, and wanted only where a file is added or attached

    try:
        with av.open(_as_file(path), options=ONLY_FILES, metadata_errors="replace") as container:
            tags: dict[str, str] = {}
            for stream in container.streams:
                tags |= {name.lower(): text for name, text in stream.metadata.items()}
            tags |= {name.lower(): text for name, text in container.metadata.items()}
            duration_ms = round(1000 * (container.duration or 0) / av.time_base)
            return Label(
                max(0, duration_ms), tuple(tags[name].strip() for name in _PAGE_TAGS if name in tags)
            )
    except (av.error.FFmpegError, OSError, ValueError, ArithmeticError):
        return Label()


def _zero_ms(container: Any) -> float:
    """Which of the file's own times the player calls 0.

    Of an .mp4 the edit lists say it. In Matroska and WebM it is the first packet of all, which may hold sound
    that is cut away before it is heard (Opus has 6.5 ms of it; the picture then begins later by so much).
    """
    import av  # is there already

    zero_ms = 1000 * (container.start_time or 0) / av.time_base
    if "matroska" not in container.format.name:
        return float(zero_ms)
    for packet in islice(container.demux(), _FIRST_PACKETS):
        if packet.pts is not None:
            zero_ms = min(zero_ms, float(1000 * packet.pts * packet.time_base))
    container.seek(0)
    return float(zero_ms)


def read_starts(path: Path, progress: Progress) -> array[float] | None:
    """When every frame begins, in ms, by reading the whole file; None where that cannot be done.

    Raises `CancelledError` once nobody waits for it.
    """
    import av  # heavy, and wanted only where the rate varies

    starts_ms: array[float] = array("d")
    try:
        with av.open(_as_file(path), options=ONLY_FILES) as container:
            stream = container.streams.video[0]
            if stream.time_base is None:
                return None
            zero_ms = _zero_ms(container)
            unit_ms = float(1000 * stream.time_base)
            for number, packet in enumerate(container.demux(stream)):
                if number % _PACKETS_A_LOOK == 0:
                    progress.check()
                if packet.pts is not None:
                    starts_ms.append(packet.pts * unit_ms - zero_ms)
    except (av.error.FFmpegError, OSError, ValueError, IndexError):
        return None
    return array("d", sorted(starts_ms)) if starts_ms else None


@dataclass(frozen=True, slots=True)
class Length:
    """How long a recording says it is, and how far what is in it reaches, in ms; 0 where it does not say."""

    told_ms: int
    reached_ms: int


_TAIL_S = 10
"""So far before its end reading begins, to see whether the end is there."""


def read_length(path: Path) -> Length | None:
    """From the head and the last seconds of a file; None where nothing in it can be read."""
    import av  # heavy, and wanted only once a recording is loaded

    try:
        with av.open(_as_file(path), options=ONLY_FILES) as container:
            streams = [*container.streams.video, *container.streams.audio]
            if not streams:
                return None
            told_s = float((container.duration or 0) / av.time_base)
            start_s = float((container.start_time or 0) / av.time_base)
            if told_s > _TAIL_S:
                with contextlib.suppress(av.error.FFmpegError):  # then all of it is read
                    container.seek(int((start_s + told_s - _TAIL_S) * av.time_base))
            reached_s = 0.0
            with contextlib.suppress(av.error.FFmpegError, OSError):  # it reaches as far as that
                for packet in container.demux(streams):
                    if packet.pts is not None and packet.time_base is not None and packet.size:
                        end = (packet.pts + (packet.duration or 0)) * packet.time_base
                        reached_s = max(reached_s, float(end) - start_s)
            return Length(round(1000 * told_s), round(1000 * reached_s))
    except (av.error.FFmpegError, OSError, ValueError, ArithmeticError):
        return None
