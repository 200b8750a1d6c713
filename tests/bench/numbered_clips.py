"""Clips that carry the number of each frame in their pixels, with the exact time of each frame.

Over the whole width, in the middle fifth of the height, lie `BARS` upright bars: 16 bits of the number, the
highest on the left, and 4 of a check. Above and below moves a picture, so that there is something to encode.
"""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

BARS = 20
_CHECKS = 4
_BLACK, _WHITE = 0x10, 0xEB


@dataclass(frozen=True)
class Kind:
    """How a clip is made. `durations_ms` are those of its frames in turn, where they vary."""

    name: str
    rate: str
    width: int = 1280
    suffix: str = "mp4"
    durations_ms: tuple[int, ...] = ()

    @property
    def height(self) -> int:
        return self.width * 9 // 16

    @property
    def frames_per_s(self) -> float:
        if self.durations_ms:
            return 1000 * len(self.durations_ms) / sum(self.durations_ms)
        return float(Fraction(self.rate))


KINDS = {
    kind.name: kind
    for kind in (
        Kind("25", "25"),
        Kind("29.97", "30000/1001"),
        Kind("60", "60", 640),
        Kind("VP9", "25", 640, "webm"),
        Kind("varying", "25", durations_ms=(20, 47, 33, 67, 40, 100, 25, 58)),
    )
}


@dataclass(frozen=True)
class Clip:
    """A clip, and when its frames are shown: ms from the container's start, by ffprobe."""

    kind: Kind
    path: Path
    pts_ms: tuple[float, ...]

    @property
    def frames(self) -> int:
        return len(self.pts_ms)

    @cached_property
    def ends_ms(self) -> tuple[float, ...]:
        """When each frame gives way to the next. Nothing follows the last one: the end is a part of it."""
        return (*self.pts_ms[1:], math.nextafter(self.length_ms, math.inf))

    @property
    def length_ms(self) -> float:
        """The last frame stays as long as the one before it."""
        return 2 * self.pts_ms[-1] - self.pts_ms[-2]


def bars_of(number: int) -> list[bool]:
    """Which bars are bright in frame `number` (0 to 65,535)."""
    whole = number << _CHECKS | _check(number)
    return [bool(whole >> (BARS - 1 - bar) & 1) for bar in range(BARS)]


def number_of(bars: Sequence[bool]) -> int | None:
    """The number that bars show; None where the check does not fit."""
    whole = sum(1 << (BARS - 1 - bar) for bar, is_bright in enumerate(bars) if is_bright)
    number = whole >> _CHECKS
    return number if _check(number) == whole & 0xF else None


def _check(number: int) -> int:
    """Never all dark for number 0, so that a black picture is no number."""
    return 0b1010 ^ number & 0xF ^ number >> 4 & 0xF ^ number >> 8 & 0xF ^ number >> 12


def make_clip(kind: Kind, folder: Path, seconds: float) -> Clip:
    """Makes the clip, or takes the one made before, and reads its times.

    RuntimeError where ffmpeg fails, or the file does not show frame n at its n-th time.
    """
    path = folder / f"true-time-{kind.name}-{seconds:g}s.{kind.suffix}"
    frames = round(seconds * kind.frames_per_s)
    is_new = not path.exists()
    if is_new:
        making = path.with_name(f"making-{path.name}")
        pixels = b"".join(_pixels(number) for number in range(frames))
        _run(["ffmpeg", "-v", "error", "-y", *_inputs(kind), *_outputs(kind, seconds), str(making)], pixels)
        making.rename(path)
    clip = Clip(kind, path, _times_ms(path))
    if is_new:
        _prove(clip)
    return clip


def _pixels(number: int) -> bytes:
    return bytes(_WHITE if is_bright else _BLACK for is_bright in bars_of(number))


def _inputs(kind: Kind) -> list[str]:
    bars = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{BARS}x1", "-r", kind.rate, "-i", "-"]
    size = f"{kind.width}x{kind.height}"
    return [
        *bars,
        "-f",
        "lavfi",
        "-i",
        f"testsrc2=s={size}:r={kind.rate}",
        "-f",
        "lavfi",
        "-i",
        "sine=330:b=2",
    ]


def _outputs(kind: Kind, seconds: float) -> list[str]:
    band = f"scale={kind.width}:{kind.height // 5}:flags=neighbor,format=yuv420p"
    graph = f"[0]{band}[bars];[1][bars]overlay=0:{kind.height * 2 // 5}:shortest=1"
    options = ["-map", "2:a", "-t", f"{seconds + 1:g}", "-pix_fmt", "yuv420p"]
    if kind.durations_ms:
        graph += f",settb=1/1000,setpts='{_varying_pts(kind.durations_ms)}'"
        options += ["-fps_mode", "passthrough", "-enc_time_base", "1/1000", "-video_track_timescale", "1000"]
    if kind.suffix == "webm":
        options += ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-row-mt", "1"]
        options += ["-b:v", "1M", "-c:a", "libopus"]
    else:
        options += ["-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-g", "250", "-c:a", "aac"]
    return ["-filter_complex", f"{graph}[v]", "-map", "[v]", "-shortest", *options]


def _varying_pts(durations_ms: Sequence[int]) -> str:
    """ffmpeg's words for the time in ms of frame N, where durations come in turn."""
    within = "+".join(f"{ms}*gt(mod(N,{len(durations_ms)}),{i})" for i, ms in enumerate(durations_ms[:-1]))
    return f"{sum(durations_ms)}*floor(N/{len(durations_ms)})+{within}"


def _times_ms(path: Path) -> tuple[float, ...]:
    entries = "format=start_time:packet=pts_time,flags"
    call = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", entries, "-of", "json"]
    told = json.loads(_run([*call, str(path)]))
    start_s = float(told["format"]["start_time"])
    shown = (packet for packet in told["packets"] if "D" not in packet["flags"])
    return tuple(sorted(round((float(packet["pts_time"]) - start_s) * 1000, 3) for packet in shown))


def _prove(clip: Clip) -> None:
    """Decodes all of it, and compares the numbers with the order of the times."""
    middle = f"crop=iw:2:0:ih/2,scale={BARS}:1:flags=area,format=gray"
    call = ["ffmpeg", "-v", "error", "-i", str(clip.path), "-vf", middle, "-fps_mode", "passthrough"]
    pixels = _run([*call, "-an", "-f", "rawvideo", "-"])
    rows = [pixels[at : at + BARS] for at in range(0, len(pixels), BARS)]
    numbers = [number_of([value > 127 for value in row]) for row in rows]
    if numbers != list(range(clip.frames)):
        raise RuntimeError(f"{clip.path} does not show its frames in their order: remove it and try again.")


def _run(command: list[str], given: bytes = b"") -> bytes:
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
