"""What true_time's figures rest on: the code in the pixels, and the judgement of what was said."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.bench.captures import NO_PICTURE, Capture, error_ms, is_within_one, judged
from tests.bench.frames_on_screen import BLACK, UNREADABLE, FramesOnScreen
from tests.bench.jumps import frame_at, stretches, targets_ms
from tests.bench.numbered_clips import BARS, KINDS, Clip, bars_of, number_of

NUMBERS = st.integers(0, 65_535)
CLIP = Clip(KINDS["25"], Path("clip.mp4"), tuple(40.0 * frame for frame in range(1500)))


@given(NUMBERS)
def test_bars_say_their_number(number: int) -> None:
    assert number_of(bars_of(number)) == number


@given(NUMBERS, st.integers(0, BARS - 1))
def test_one_wrong_bar_is_found(number: int, wrong: int) -> None:
    bars = bars_of(number)
    bars[wrong] = not bars[wrong]
    assert number_of(bars) is None


class OneRow:
    """A screen of one row of grey pixels."""

    def __init__(self, greys: list[int]) -> None:
        self.greys = greys

    def row(self, x: int, y: int, width: int) -> bytes:
        return b"".join(bytes((grey, grey, grey, 0)) for grey in self.greys[x : x + width])


@given(NUMBERS, st.integers(4 * BARS, 1300), st.integers(0, 40), st.integers(0, 60))
def test_read_at_any_size(number: int, width: int, x: int, noise: int) -> None:
    bars = bars_of(number)
    greys = [235 - noise if bars[pixel * BARS // width] else 16 + noise for pixel in range(width)]
    picture = FramesOnScreen(OneRow([99] * x + greys), x, 0, width)  # type: ignore[arg-type]
    assert picture.read() == number


def test_no_number_is_told_from_black() -> None:
    width = 400
    assert FramesOnScreen(OneRow([3] * width), 0, 0, width).read() == BLACK  # type: ignore[arg-type]
    assert FramesOnScreen(OneRow([120] * width), 0, 0, width).read() == UNREADABLE  # type: ignore[arg-type]
    assert FramesOnScreen(OneRow([240] * width), 0, 0, width).read() == UNREADABLE  # type: ignore[arg-type]


def test_exact_is_from_a_frames_pts_to_before_the_next() -> None:
    assert [error_ms(CLIP, 10, said_ms) for said_ms in (400, 439, 439.99)] == [0, 0, 0]
    assert [error_ms(CLIP, 10, said_ms) for said_ms in (399, 399.9, 440, 441, 280)] == [-1, -1, 1, 2, -120]
    assert [is_within_one(CLIP, 10, said_ms) for said_ms in (359, 360, 479.9, 480)] == [
        False,
        True,
        True,
        False,
    ]


@given(st.integers(0, 1499), st.floats(0, 60_000))
def test_exact_is_within_one_as_well(frame: int, said_ms: float) -> None:
    assert is_within_one(CLIP, frame, said_ms) or error_ms(CLIP, frame, said_ms) != 0


def test_no_answer_is_right_after_the_end_alone() -> None:
    playing = Capture(700, 0.0, has_ended=False, said_ms=None, resolved_ms=None)
    ended = Capture(NO_PICTURE, 0.0, has_ended=True, said_ms=None, resolved_ms=None)
    past_end = Capture(1499, 0.0, has_ended=True, said_ms=60_001, resolved_ms=60_001)
    early = Capture(NO_PICTURE, 0.0, has_ended=True, said_ms=59_000, resolved_ms=59_000)
    exact = [judged(CLIP, [each], is_resolved=False).exact for each in (playing, ended, past_end, early)]
    assert exact == [0, 1, 1, 0]


def test_errors_are_told_by_size_with_their_sign() -> None:
    captures = [Capture(100, 0.0, False, 4000 + by_ms, 4000) for by_ms in (5, -300, 60, -10)]
    live = judged(CLIP, captures, is_resolved=False)
    assert (live.exact, live.within_one) == (0.25, 0.75)
    assert [live.error_ms(part) for part in (0.25, 0.5, 0.75, 1.0)] == [0, -10, 21, -300]
    assert judged(CLIP, captures, is_resolved=True).exact == 1


def test_targets_lie_in_their_frames() -> None:
    clip = Clip(KINDS["29.97"], Path("clip.mp4"), tuple(round(n * 1001 / 30, 3) for n in range(1800)))
    for target_ms in targets_ms(clip, random.Random(1)):
        assert error_ms(clip, frame_at(clip, target_ms), target_ms) == 0


def test_a_stretch_is_as_long_as_the_same_picture_or_none() -> None:
    looks = [(1.0, 5), (1.1, 6), (1.2, 6), (1.5, BLACK), (1.6, UNREADABLE), (2.5, 7)]
    found = stretches(looks, 2.75, [(0.0, 1.0), (1.4, 2.0)])
    assert [(round(each.seconds, 6), each.frame, each.rate) for each in found] == [
        (0.1, 5, 1.0),
        (0.4, 6, 1.0),
        (1.0, BLACK, 2.0),
        (0.25, 7, 2.0),
    ]
