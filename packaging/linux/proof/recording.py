"""The pictures of a recording, to tell whether what is on the screen is one of them."""

from __future__ import annotations

from functools import lru_cache
from statistics import correlation

import av
from PIL import Image

_SMALL = (64, 36)
_ALIKE = 0.95
"""So far a picture on the screen is alike to the recording's own: 0.98 and more were seen. Slides of another
recording with the same ground and letters come to 0.83."""


@lru_cache
def _pictures(path: str) -> tuple[list[float], ...]:
    """The grey values of its key frames, made small; every slide begins with one."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        return tuple(_greys(frame.to_image()) for frame in container.decode(stream))


def _greys(picture: Image.Image) -> list[float]:
    return list(picture.convert("L").resize(_SMALL, Image.Resampling.BOX).tobytes())


def is_of(path: str, seen: Image.Image) -> bool:
    """Whether that is a picture of the recording, in whatever size and however bright."""
    greys = _greys(seen)
    return len(set(greys)) > 1 and any(correlation(greys, own) > _ALIKE for own in _pictures(path))
