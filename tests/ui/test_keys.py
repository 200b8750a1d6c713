"""From presses to chords: locks, layouts, signs, and the moment of a press."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.ui.keys import chord, moment_s, shown
from desktopnotes.ui.modifiers import SYSTEMS

SHIFT, LOCK, CONTROL, ALT, NUM = 0x1, 0x2, 0x4, 0x8, 0x10


@pytest.mark.parametrize(
    ("keysym", "keycode", "state", "expected"),
    [
        ("t", 28, CONTROL, "Mod+T"),
        ("T", 28, CONTROL | LOCK, "Mod+T"),
        ("T", 28, CONTROL | SHIFT, "Mod+Shift+T"),
        ("t", 28, CONTROL | SHIFT | LOCK, "Mod+Shift+T"),
        ("t", 28, CONTROL | NUM, "Mod+T"),
        ("1", 10, CONTROL | ALT, "Mod+Alt+1"),
        ("Cyrillic_ie", 28, CONTROL, "Mod+T"),
        ("Greek_tau", 28, CONTROL, "Mod+T"),
        ("Return", 36, CONTROL, "Mod+Enter"),
        ("KP_Enter", 104, CONTROL, "Mod+Enter"),
        ("Return", 36, CONTROL | SHIFT, "Mod+Shift+Enter"),
        ("ISO_Left_Tab", 23, SHIFT, "Shift+Tab"),
        ("Up", 111, CONTROL | SHIFT, "Mod+Shift+Up"),
        ("F4", 70, SHIFT, "Shift+F4"),
        ("F4", 70, 0, "F4"),
        ("plus", 21, SHIFT, "Plus"),
        ("plus", 21, CONTROL | SHIFT, "Mod+Plus"),
        ("comma", 59, CONTROL, "Mod+,"),
        ("bracketleft", 34, 0, "["),
        ("Control_L", 37, 0, ""),
        ("Caps_Lock", 66, 0, ""),
        ("ISO_Level3_Shift", 108, 0, ""),
        ("a", 38, 0, "A"),
        ("A", 38, SHIFT, "Shift+A"),
    ],
)
def test_a_press_has_one_name(keysym: str, keycode: int, state: int, expected: str) -> None:
    assert chord(keysym, keycode, state) == expected


@pytest.mark.parametrize(
    ("system", "keysym", "keycode", "state", "expected"),
    [
        ("win32", "t", 0x54, 0x4, "Mod+T"),
        ("win32", "t", 0x54, 0x4 | 0x8, "Mod+T"),  # Num Lock
        ("win32", "1", 0x31, 0x4 | 0x20000, "Mod+Alt+1"),
        ("win32", "Cyrillic_ie", 0x54, 0x4 | 0x1, "Mod+Shift+T"),
        ("win32", "Left", 0x25, 0x20000 | 0x8, "Alt+Left"),
        ("darwin", "t", 17 << 24 | 0x74, 0x8, "Mod+T"),
        ("darwin", "t", 17 << 24 | 0x74, 0x4, "Ctrl+T"),
        ("darwin", "T", 17 << 24 | 0x74, 0x8 | 0x1, "Mod+Shift+T"),
        ("darwin", "Left", 123 << 24, 0x10, "Alt+Left"),
        ("darwin", "Cyrillic_ie", 17 << 24 | 0x435, 0x8, "Mod+T"),
        ("darwin", "t", 17 << 24 | 0x74, 0x2, "T"),  # Caps Lock
    ],
)  # fmt: skip
def test_other_systems_have_other_bits(
    system: str, keysym: str, keycode: int, state: int, expected: str
) -> None:
    assert chord(keysym, keycode, state, SYSTEMS[system]) == expected


def test_each_system_knows_where_each_key_lies() -> None:
    assert (
        SYSTEMS["linux"].place(28) == SYSTEMS["win32"].place(0x54) == SYSTEMS["darwin"].place(17 << 24) == "T"
    )
    letters = [set(system.places.values()) for system in SYSTEMS.values()]
    assert letters[0] == letters[1] == letters[2]


@pytest.mark.parametrize(
    ("keys", "here", "on_a_mac"),
    [
        ("Mod+Shift+T", "Ctrl+Shift+T", "⇧⌘T"),
        ("Alt+Left", "Alt+←", "⌥←"),
        ("Mod+Plus", "Ctrl++", "⌘+"),
        ("Mod+Alt+1", "Ctrl+Alt+1", "⌥⌘1"),
        ("Ctrl+T", "Ctrl+T", "⌃T"),
        ("F4", "F4", "F4"),
    ],
)
def test_keys_are_written_as_the_system_does(keys: str, here: str, on_a_mac: str) -> None:
    assert shown(keys, on_a_mac=False) == here
    assert shown(keys, on_a_mac=True) == on_a_mac


@given(age_ms=st.integers(0, 59_000), now_ms=st.integers(1, 2**40))
def test_the_moment_of_a_press_is_x_own(age_ms: int, now_ms: int) -> None:
    event_ms = (now_ms - age_ms) % 2**32
    found = moment_s(event_ms, now_ms / 1000)
    if event_ms > 0:
        assert abs(found - (now_ms - age_ms) / 1000) < 0.002


@given(pressed_s=st.floats(10, 4_000_000), handled_after_s=st.floats(0, 5))
def test_it_is_off_by_half_a_ms_at_most(pressed_s: float, handled_after_s: float) -> None:
    found = moment_s(int(pressed_s * 1000) % 2**32, pressed_s + handled_after_s)
    assert abs(found - pressed_s) < 0.00051
    assert found <= pressed_s + handled_after_s + 1e-6


@given(age_ms=st.integers(61_000, 2**32 - 1000), now_ms=st.integers(2**33, 2**40))
def test_a_time_that_cannot_be_is_not_believed(age_ms: int, now_ms: int) -> None:
    assert moment_s((now_ms - age_ms) % 2**32, now_ms / 1000) == now_ms / 1000
