"""How many pictures libVLC keeps decoded ahead of the screen while it plays.

It decodes until its pool of pictures is used up, so the number is that of the pool: vout's in `decoder.c` (by
codec) and the decoder's own in `avcodec/video.c` (by threads). Measured on 2 cores, each time the rate was
changed: 24 for H.264 at 25, 29.97 and 60 frames a second, in .mp4 and .mkv; 14 for VP9; with one thread 21.
"""

from __future__ import annotations

import os

_KEPT_FOR_REFERENCE = {"h264": 18, "hevc": 18, "vp9": 8, "vp8": 3}
_THREADS_MOST = {"hevc": 10}


def frames_ready_ahead(codec: str, processors: int | None = None) -> int | None:
    """For a codec by FFmpeg's name, decoded in software; None where it is not known."""
    kept = _KEPT_FOR_REFERENCE.get(codec)
    if kept is None:
        return None
    if processors is None:
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = min(processors + 1, _THREADS_MOST.get(codec, 6)) if processors > 1 else 0
    return kept + 1 + 2 + threads
