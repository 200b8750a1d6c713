"""The sound and subtitle tracks of what libVLC has open, and which of them the user chose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktopnotes.media.player import NO_TRACK, Track


class VlcTracks:
    """Quick calls all, none of them from a callback. `player` is libVLC's own media player."""

    def __init__(self, player: Any) -> None:
        self._player = player
        self._audio_id: int | None = None
        self._subtitle_id: int | None = None

    def forget(self) -> None:
        """Another recording: what was chosen was chosen for the last."""
        self._audio_id = self._subtitle_id = None

    def choose_again(self) -> None:
        """After its end a recording begins anew, with the tracks it has by itself."""
        if self._audio_id is not None:
            self._player.audio_set_track(self._audio_id)
        if self._subtitle_id is not None:
            self._player.video_set_spu(self._subtitle_id)

    def audio(self) -> tuple[Track, ...]:
        return _tracks(self._player.audio_get_track_description(), self._player.audio_get_track())

    def subtitles(self) -> tuple[Track, ...]:
        return _tracks(self._player.video_get_spu_description(), self._player.video_get_spu())

    def choose_audio(self, track_id: int) -> None:
        self._audio_id = track_id
        self._player.audio_set_track(track_id)

    def choose_subtitle(self, track_id: int) -> None:
        self._subtitle_id = track_id
        self._player.video_set_spu(track_id)


def _tracks(told: Sequence[tuple[int, bytes]], chosen: int) -> tuple[Track, ...]:
    """Without the one that libVLC calls "Disable"."""
    return tuple(
        Track(number, name.decode(errors="replace"), number == chosen)
        for number, name in told
        if number != NO_TRACK
    )
