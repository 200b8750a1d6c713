"""What is printed while there is no sound card: our own words alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]

WITHOUT_A_CARD = """
import ctypes, sys
from desktopnotes.media import vlc_instance
vlc = vlc_instance.load_vlc()
player = vlc_instance.start_vlc(vlc, ["--aout=alsa", "--alsa-audio-device=nosuch"]).media_player_new()
handle = ctypes.c_void_p()
assert ctypes.CDLL("libasound.so.2").snd_pcm_open(ctypes.byref(handle), b"nosuch", 0, 0) < 0
print("our own words", file=sys.stderr)
"""


def test_without_a_sound_card_nothing_is_printed_but_our_own_words() -> None:
    """A start from a terminal, or a desktop that keeps what is printed in ~/.xsession-errors."""
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_A_CARD], cwd=REPO, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    assert [line for line in ended.stderr.splitlines() if "ALSA" in line] == []
    assert "our own words" in ended.stderr
