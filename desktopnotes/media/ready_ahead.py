"""How many pictures libVLC keeps decoded ahead of the screen while it plays, and what follows for the rate.

It decodes until its pool of pictures is used up, so the number is that of the pool: vout's in `decoder.c` (by
codec) and the decoder's own in `avcodec/video.c` (by threads). Measured on 2 cores, each time the rate was
changed: 24 for H.264 at 25, 29.97 and 60 frames a second, in .mp4 and .mkv; 14 for VP9; with one thread 21.
"""

from __future__ import annotations

import os

_KEPT_FOR_REFERENCE = {"h264": 18, "hevc": 18, "vp9": 8, "vp8": 3}
_THREADS_MOST = {"hevc": 10}
_READY_WHERE_UNKNOWN = 24
_STANDS_MOST_MS = 330.0
"""So long a picture may stand while the rate goes down; up to 120 ms more were measured."""


def frames_ready_ahead(codec: str, processors: int | None = None) -> int | None:
    """For a codec by FFmpeg's name, decoded in software; None where it is not known."""
    kept = _KEPT_FOR_REFERENCE.get(codec)
    if kept is None:
        return None
    if processors is None:
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = min(processors + 1, _THREADS_MOST.get(codec, 6)) if processors > 1 else 0
    return kept + 1 + 2 + threads


def next_rate(now: float, wished: float, frame_ms: float, ready: int | None) -> float:
    """The rate wished for, or one on the way to a slower one.

    What is decoded already is shown as fast as before; then the picture stands until the slower rate has come
    there: from 1 to 0.5 for a second. Slowed down by steps it never stands for long.
    """
    if wished >= now:
        return wished
    ready_ms = frame_ms * (ready or _READY_WHERE_UNKNOWN)
    return max(wished, 1 / (1 / now + _STANDS_MOST_MS / ready_ms))
