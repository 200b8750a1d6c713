"""Times as people write them: exact there and back, all forms that are read, and those that are refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.errors import UserError
from desktopnotes.model.timecode import clock, exact, parse, parse_change, read, shown

A_THOUSAND_HOURS_MS = 3_600_000_000
MS = st.integers(0, A_THOUSAND_HOURS_MS - 1)


@given(MS)
def test_the_exact_form_is_read_back_to_the_same_ms(at_ms: int) -> None:
    assert parse(exact(at_ms)) == at_ms


@given(MS, st.integers(0, 3), st.booleans())
def test_a_clock_is_never_ahead_and_less_than_its_last_digit_behind(
    at_ms: int, digits: int, long: bool
) -> None:
    behind_ms = at_ms - parse(clock(at_ms, digits=digits, long=long))
    assert 0 <= behind_ms < 10 ** (3 - digits)


@given(MS)
def test_all_forms_of_one_moment_mean_the_same(at_ms: int) -> None:
    hours, minutes, seconds, ms = at_ms // 3_600_000, at_ms // 60_000 % 60, at_ms // 1000 % 60, at_ms % 1000
    for text in (
        f"{hours}:{minutes}:{seconds}.{ms:03}",
        f"{hours:02}:{minutes:02}:{seconds:02},{ms:03}",
        f"{at_ms // 1000}.{ms:03}",
        f"{at_ms // 1000}.{ms:03}s",
        f"{hours}h{minutes}m{seconds}.{ms:03}s",
        f"  {hours}H {minutes} min {seconds}.{ms:03} S ",
    ):
        assert parse(text) == at_ms


@pytest.mark.parametrize(
    ("text", "at_ms"),
    [
        ("1:02:03.5", 3_723_500),
        ("62:03", 3_723_000),
        ("3723.5", 3_723_500),
        ("1h2m3s", 3_723_000),
        ("0", 0),
        ("90", 90_000),
        ("2m", 120_000),
        ("1h", 3_600_000),
        ("1h 30s", 3_630_000),
        ("1.9999", 1_999),
        ("999:59:59.999", A_THOUSAND_HOURS_MS - 1),
    ],
)
def test_a_form_is_read(text: str, at_ms: int) -> None:
    assert parse(text) == at_ms


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", ":", "s", "h", "-1", "-1:00", "1:", ":30", "1:60", "1:75:00", "1:2:3:4", "1.2.3"),
        *(
            "abc",
            "1x",
            "1e3",
            "12:46pm",
            "1m2h",
            "5 m 3",
            "1000:00:00",
            "3600000",
            "99999999",
            "1:00.",
            "nan",
        ),
    ],
)
def test_what_is_no_time_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UserError) as refused:
        parse(text)
    assert text.strip() in refused.value.message
    assert "1:02:03.5" in refused.value.hint


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    with contextlib.suppress(UserError):
        assert 0 <= parse(text) < A_THOUSAND_HOURS_MS


@pytest.mark.parametrize(
    ("at_ms", "digits", "long", "text"),
    [
        (766_280, 0, False, "12:46"),
        (766_280, 2, False, "12:46.28"),
        (766_999, 1, False, "12:46.9"),
        (766_280, 0, True, "0:12:46"),
        (3_730_000, 0, False, "1:02:10"),
        (-5, 0, False, "00:00"),
    ],
)
def test_a_clock_reads_as_on_a_player(at_ms: int, digits: int, long: bool, text: str) -> None:
    assert clock(at_ms, digits=digits, long=long) == text


# --- what stands in the entry of a stamp -------------------------------------------------------------


@given(MS, st.none() | MS)
def test_times_left_as_they_were_are_read_back_the_same(at_ms: int, lasts_ms: int | None) -> None:
    end_ms = None if not lasts_ms or at_ms + lasts_ms >= A_THOUSAND_HOURS_MS else at_ms + lasts_ms
    assert read(shown((at_ms, end_ms)), (at_ms, end_ms)) == (at_ms, end_ms)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("12:41", (None, None), (761_000, None)),
        ("12:41", (700_000, 710_000), (761_000, 771_000)),
        ("12:41–13:05", (None, None), (761_000, 785_000)),
        ("12:41 - 13:05.5", (1_000, None), (761_000, 785_500)),
        ("–13:05", (761_000, None), (761_000, 785_000)),
        ("12:41–", (761_000, 785_000), (761_000, None)),
        ("+5", (761_000, 762_000), (766_000, 767_000)),
        ("-1.5", (761_000, None), (759_500, None)),
        ("−0:01", (761_000, None), (760_000, None)),
        ("  ", (761_000, 785_000), (None, None)),
    ],
)
def test_a_stamp_is_entered_as_people_write_it(
    text: str, before: tuple[int | None, int | None], after: tuple[int | None, int | None]
) -> None:
    assert read(text, before) == after


@pytest.mark.parametrize(
    ("text", "before", "said"),
    [
        ("soon", (761_000, None), "1:02:03.5"),
        ("12:41–soon", (761_000, None), "1:02:03.5"),
        ("13:05–12:41", (None, None), "cannot end at 12:41"),
        ("–13:05", (None, None), "not a time"),
        ("+5", (None, None), "no time yet"),
        ("-13:00", (761_000, None), "before 0:00"),
        ("36:13", (761_000, None), "ends at 36:12"),
        ("12:41–36:13", (761_000, None), "ends at 36:12"),
        ("+soon", (761_000, None), "+2.5"),
    ],
)
def test_a_wrong_entry_says_what_is_accepted(
    text: str, before: tuple[int | None, int | None], said: str
) -> None:
    with pytest.raises(UserError) as told:
        read(text, before, 2_172_000)
    assert said in str(told.value)
    assert "nothing" in str(told.value).lower() or "Write one" in str(told.value)


def test_a_stretch_moved_against_the_end_of_the_recording_ends_there() -> None:
    assert read("36:00", (0, 60_000), 2_172_000) == (2_160_000, 2_172_000)


@pytest.mark.parametrize(
    ("text", "by_ms"),
    [("+2.5", 2_500), ("2.5", 2_500), ("-0:03", -3_000), ("− 1m30s", -90_000), ("+1:00:00", 3_600_000)],
)
def test_a_shift_is_entered_with_its_sign(text: str, by_ms: int) -> None:
    assert parse_change(text) == by_ms


@pytest.mark.parametrize("text", ["", "+", "--1", "soon", "+-1"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="length of time"):
        parse_change(text)
