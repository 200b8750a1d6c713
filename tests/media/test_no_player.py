from __future__ import annotations

from pathlib import Path

from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.no_player import NoPlayer
from desktopnotes.media.player import Failed, PlayerState, Report
from desktopnotes.model.errors import UserError


def test_every_recording_fails_with_the_reason_and_nothing_else_happens(tmp_path: Path) -> None:
    errors: list[Exception] = []
    mailbox = Mailbox(errors.append)
    reason = UserError("VLC is not installed.", "Install it.")
    player = NoPlayer(mailbox, reason)
    reports: list[Report] = []
    player.listen(reports.append)
    player.attach(1)
    player.open(tmp_path / "first.mp4")
    load = player.open(tmp_path / "second.mp4", at_ms=5000, rate=2.0)
    assert reports == []
    mailbox.empty()
    assert reports == [Failed(load, reason)]
    assert player.state is PlayerState.FAILED
    assert (player.audio_tracks(), player.subtitle_tracks()) == ((), ())
    player.choose_audio(1)
    player.choose_subtitle(1)
    for wish in (player.play, player.pause, player.toggle, player.next_frame):
        wish()
    player.seek(1000)
    player.skip(1000)
    assert player.position_at() is None
    assert player.played_since_seek_ms() == 0
    assert not player.waiting
    player.snapshot(tmp_path / "picture.png", lambda path: errors.append(OSError()), errors.append)
    mailbox.empty()
    assert errors == [reason]
    player.open(tmp_path / "third.mp4")
    player.unload()
    mailbox.empty()
    assert (player.state, len(reports)) == (PlayerState.NOTHING, 1)
    player.close()
