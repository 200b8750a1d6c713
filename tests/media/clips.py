"""Recordings for tests, made by ffmpeg; each frame carries its number in its pixels."""

from __future__ import annotations

import subprocess
import tempfile
from fractions import Fraction
from pathlib import Path

from PIL import Image, ImageGrab

WIDTH, HEIGHT = 320, 180
_BITS = 16
_BAR = WIDTH // _BITS


def make_clip(
    path: Path, *, seconds: float, rate: str = "25", sound: bool = True, codec: str = "h264"
) -> Path:
    """A clip in which frame n shows n in binary, as 16 upright bars, the highest bit on the left."""
    frames = round(seconds * Fraction(rate))
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray"]
    command += ["-s", f"{WIDTH}x{HEIGHT}", "-r", rate, "-i", "-"]
    if sound:
        command += ["-f", "lavfi", "-i", f"sine=440:d={seconds}", "-shortest"]
    if codec == "h264":
        command += ["-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-g", "50", "-pix_fmt", "yuv420p"]
    else:
        command += ["-c:v", codec, "-deadline", "realtime", "-cpu-used", "8"]
    pixels = b"".join(_frame(number) for number in range(frames))
    subprocess.run([*command, str(path)], input=pixels, check=True)
    return path


def make_stream(path: Path, clip: Path, *, seconds: float, picture: bool = True, sound: bool = True) -> Path:
    """The clip as sites have it, its index in front; its sound is noise, so that there is much to send."""
    command = ["ffmpeg", "-v", "error", "-y"]
    if picture:
        command += ["-i", str(clip)]
    if sound:
        command += ["-f", "lavfi", "-i", f"anoisesrc=d={seconds}:a=0.1", "-c:a", "aac", "-b:a", "256k"]
    command += ["-map", "0:v"] if picture else []
    command += ["-map", "1:a" if picture else "0:a"] if sound else []
    subprocess.run([*command, "-c:v", "copy", "-movflags", "+faststart", str(path)], check=True)
    return path


def make_sound(path: Path, *, seconds: float) -> Path:
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"sine=440:d={seconds}", str(path)]
    subprocess.run(command, check=True)
    return path


def _frame(number: int) -> bytes:
    bars = (b"\xeb" if number >> (_BITS - 1 - bit) & 1 else b"\x10" for bit in range(_BITS))
    return b"".join(bar * _BAR for bar in bars) * HEIGHT


def frame_on_screen(display: str) -> int | None:
    """The number of the frame drawn at the upper left of that screen; None where it is black."""
    row = HEIGHT // 2
    return number_in(ImageGrab.grab(xdisplay=display, bbox=(0, row, WIDTH, row + 1)))


def number_in(picture: Image.Image) -> int | None:
    """The number that a picture of a clip shows; None where it is black."""
    grey = picture.convert("L")
    bars = [grey.getpixel((bit * _BAR + _BAR // 2, picture.height // 2)) for bit in range(_BITS)]
    if max(bars) < 8:
        return None
    return sum(1 << (_BITS - 1 - bit) for bit, bar in enumerate(bars) if bar > 127)


def make_tracks(path: Path, *, seconds: float) -> Path:
    """A Matroska file with two sound and two subtitle tracks, English and German, over a black picture.

    Its first subtitles ask to be shown, and change every second, so that they show soon after being chosen.
    """
    with tempfile.TemporaryDirectory(prefix="clips-") as folder:
        files = [Path(folder) / f"{name}.srt" for name in ("en", "de")]
        for file in files:
            cues = (
                f"{n + 1}\n{_srt_time(n)} --> {_srt_time(n + 1)}\nMMMMMMMM {n}\n" for n in range(int(seconds))
            )
            file.write_text("\n".join(cues), encoding="utf-8")
        command = ["ffmpeg", "-v", "error", "-y"]
        command += ["-f", "lavfi", "-i", f"color=c=black:s={WIDTH}x{HEIGHT}:r=25:d={seconds}"]
        for hz in (440, 880):
            command += ["-f", "lavfi", "-i", f"sine={hz}:d={seconds}"]
        for file in files:
            command += ["-i", str(file)]
        for number in range(5):
            command += ["-map", str(number)]
        for kind in "as":
            for number, language in enumerate(("eng", "deu")):
                command += [f"-metadata:s:{kind}:{number}", f"language={language}"]
        command += ["-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac", "-c:s", "srt"]
        subprocess.run([*command, "-disposition:s:0", "default+forced", str(path)], check=True)
    return path


def _srt_time(seconds: int) -> str:
    return f"00:00:{seconds:02},000"
