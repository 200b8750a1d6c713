"""What a file says of its frames, beside what ffprobe says of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from desktopnotes.media.background import CancelledError, Progress, Task
from desktopnotes.media.frames import read_frames, read_label, read_starts
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.ready_ahead import frames_ready_ahead, next_rate
from tests.media.clips import make_clip


def probed_ms(path: Path) -> list[float]:
    """When each frame begins, after the container's start."""
    command = ["ffprobe", "-v", "error", "-select_streams", "v", "-of", "json"]
    command += ["-show_entries", "frame=pts_time:format=start_time", str(path)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    zero_s = float(told["format"]["start_time"])
    return [1000 * (float(frame["pts_time"]) - zero_s) for frame in told["frames"]]


@pytest.fixture
def progress() -> Progress:
    return Progress(Task(), Mailbox(lambda error: None), None)


@pytest.fixture(scope="session")
def varying(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Frames of 30 a second of which some are left out, as a recorded screen has them."""
    path = tmp_path_factory.mktemp("varying") / "varying.mp4"
    left_out = "select='not(eq(mod(n,7),3))*not(eq(mod(n,11),5))'"
    source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=6", "-vf", left_out, "-fps_mode", "vfr"]
    subprocess.run(["ffmpeg", "-v", "error", *source, "-enc_time_base", "1/90000", str(path)], check=True)
    return path


@pytest.mark.parametrize("name", ["talk.mp4", "other.mp4", "web.webm", "stream.ts"])
def test_even_frames_are_where_ffprobe_finds_them(clips: Path, name: str) -> None:
    frames = read_frames(clips / name)
    assert frames is not None
    assert not frames.varies
    for number, start_ms in enumerate(probed_ms(clips / name)):
        # A container may keep times in whole ms.
        assert frames.grid.start_ms(number) == pytest.approx(start_ms, abs=1)


def test_only_frames_out_of_order_with_both_times_mislead_vlc(clips: Path, tmp_path: Path) -> None:
    mp4 = read_frames(clips / "talk.mp4")
    assert mp4 is not None
    assert (mp4.have_decode_times, mp4.codec, mp4.seek_offset_ms) == (True, "h264", 0.0)
    mkv = tmp_path / "talk.mkv"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(clips / "talk.mp4"), "-c", "copy", str(mkv)], check=True
    )
    frames = read_frames(mkv)
    assert frames is not None
    assert not frames.have_decode_times


def test_sound_cut_away_at_the_start_counts_for_a_jump(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "opus.webm", seconds=2, codec="libvpx")
    frames = read_frames(clip)
    assert frames is not None
    assert frames.grid.first_ms == pytest.approx(14, abs=1)
    assert frames.seek_offset_ms == pytest.approx(-7, abs=1)


def test_uneven_frames_are_read_one_by_one(varying: Path, progress: Progress) -> None:
    frames = read_frames(varying)
    assert frames is not None
    assert frames.varies
    starts_ms = read_starts(varying, progress)
    assert starts_ms is not None
    assert list(starts_ms) == pytest.approx(probed_ms(varying), abs=0.1)


def test_reading_them_all_ends_when_nobody_waits(varying: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(CancelledError):
        read_starts(varying, Progress(task, Mailbox(lambda error: None), None))


def test_what_cannot_be_read_has_no_frames(clips: Path, tmp_path: Path, progress: Progress) -> None:
    garbage = tmp_path / "garbage.mp4"
    garbage.write_bytes(bytes(range(256)) * 400)
    half = tmp_path / "half.mp4"
    half.write_bytes((clips / "talk.mp4").read_bytes()[:5000])
    for path in (garbage, half, tmp_path / "none.mp4", clips / "sound.mp3"):
        assert read_frames(path) is None
        assert not read_starts(path, progress)


@pytest.mark.parametrize(
    ("codec", "processors", "pictures"),
    [
        ("h264", 2, 24),
        ("h264", 1, 21),
        ("h264", 64, 27),
        ("hevc", 64, 31),
        ("vp9", 2, 14),
        ("theora", 2, None),
    ],
)
def test_how_many_pictures_are_ready(codec: str, processors: int, pictures: int | None) -> None:
    """24, 21 and 14 were measured; the others follow from the same lines of VLC."""
    assert frames_ready_ahead(codec, processors) == pictures


@pytest.mark.parametrize("ready", [None, 14, 24, 31])
def test_a_slower_rate_is_reached_by_steps_that_stop_no_picture_for_long(ready: int | None) -> None:
    rate, steps = 3.0, 0
    while rate != 0.5:
        slower = next_rate(rate, 0.5, 40.0, ready)
        assert 40.0 * (ready or 24) * (1 / slower - 1 / rate) <= 331
        assert slower < rate
        rate, steps = slower, steps + 1
    assert steps <= 8
    assert next_rate(0.5, 3.0, 40.0, ready) == 3.0


@pytest.mark.parametrize("name", ["concat:a.mp4", "http:a.mp4", "pipe:0", "data:x", "a%20b.mp4", "-i.mp4"])
def test_no_name_is_taken_for_a_protocol(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_bytes((clips / "short.mp4").read_bytes())
    monkeypatch.chdir(tmp_path)
    assert read_frames(Path(name)) is not None
    assert read_label(Path(name)).duration_ms > 0
