"""The captions of the open recording: read on a worker, given to whoever waits, told of once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktopnotes.media.background import Background
from desktopnotes.media.mailbox import Mailbox
from desktopnotes.media.spoken import Spoken
from desktopnotes.model.transcript import Transcript
from tests.test_captions import recording
from tests.waiting import wait_until


class Listener:
    """A `Spoken` with what it told and what came of it."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []
        self.told: list[str] = []
        self.came: list[str | None] = []
        self.mailbox = Mailbox(self.errors.append)
        self.background = Background(self.mailbox)
        self.spoken = Spoken(self.background, self.told.append)

    def take(self, transcript: Transcript | None) -> None:
        self.came.append(transcript.sentences[0].text if transcript else None)

    def until(self, seen: Callable[[], object], what: str) -> None:
        def look() -> object:
            self.mailbox.empty()
            assert self.errors == []
            return seen()

        wait_until(look, what)

    def asks(self) -> str | None:
        """What comes when somebody asks and waits."""
        before = len(self.came)
        self.spoken.when_read(self.take)
        self.until(lambda: len(self.came) > before, "an answer")
        return self.came[-1]


@pytest.fixture
def listener() -> Listener:
    return Listener()


def vtt(path: Path, *texts: str) -> Path:
    cues = [f"00:{i:02}.000 --> 00:{i:02}.900\n{text}\n" for i, text in enumerate(texts)]
    path.write_text("\n".join(["WEBVTT\n", *cues]), encoding="utf-8")
    return path


def test_the_file_beside_the_recording_is_read_when_it_is_asked_for(
    listener: Listener, tmp_path: Path
) -> None:
    vtt(tmp_path / "talk.vtt", "Beside it.")
    listener.spoken.open(tmp_path / "talk.mp4", None, "")
    assert listener.asks() == "Beside it."
    assert listener.spoken.when_read(listener.take), "now it is known at once"
    assert listener.told == []


def test_the_named_file_wins(listener: Listener, tmp_path: Path) -> None:
    vtt(tmp_path / "talk.vtt", "Beside it.")
    listener.spoken.open(tmp_path / "talk.mp4", vtt(tmp_path / "other.vtt", "Named."), "")
    assert listener.asks() == "Named."


def test_the_wished_language_is_taken(listener: Listener, tmp_path: Path) -> None:
    vtt(tmp_path / "talk.en.vtt", "English.")
    vtt(tmp_path / "talk.de.vtt", "Deutsch.")
    listener.spoken.open(tmp_path / "talk.mp4", None, "de")
    assert listener.asks() == "Deutsch."


@pytest.mark.parametrize("content", [None, b"", b"\0\1\2\3" * 1000, b"WEBVTT\n"])
def test_a_file_that_is_no_use_is_told_once_and_the_next_one_taken(
    listener: Listener, tmp_path: Path, content: bytes | None
) -> None:
    vtt(tmp_path / "talk.vtt", "Beside it.")
    named = tmp_path / "other.vtt"
    if content is not None:
        named.write_bytes(content)
    for _ in range(2):
        listener.spoken.open(tmp_path / "talk.mp4", named, "")
        assert listener.asks() == "Beside it."
    (told,) = listener.told
    assert "other.vtt" in told
    assert told.endswith("Notes can be taken without captions.")


def test_the_recording_itself_is_looked_into_only_when_somebody_asks(
    listener: Listener, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "talk.mp4")
    listener.spoken.open(tmp_path / "talk.mp4", None, "")
    listener.spoken.read()
    assert listener.asks() is None
    listener.spoken.open(recording(tmp_path, "talk.mkv", "subrip"), None, "")
    assert listener.asks() == "Welcome to the back row."


def test_a_recording_that_cannot_be_read_is_told_once(listener: Listener, tmp_path: Path) -> None:
    (tmp_path / "talk.mp4").write_bytes(b"no recording")
    for _ in range(2):
        listener.spoken.open(tmp_path / "talk.mp4", None, "")
        assert listener.asks() is None
    assert len(listener.told) == 1


def test_without_a_recording_there_is_nothing(listener: Listener) -> None:
    assert listener.asks() is None
    assert listener.told == []


def test_who_waits_for_a_recording_that_is_replaced_waits_in_vain(listener: Listener, tmp_path: Path) -> None:
    vtt(tmp_path / "one.vtt", "One.")
    vtt(tmp_path / "two.vtt", "Two.")
    listener.spoken.open(tmp_path / "one.mp4", None, "")
    listener.spoken.when_read(listener.take)
    listener.spoken.open(tmp_path / "two.mp4", None, "")
    assert listener.asks() == "Two."
    assert listener.came == ["Two."]


def test_all_who_wait_get_it(listener: Listener, tmp_path: Path) -> None:
    vtt(tmp_path / "talk.vtt", "Said.")
    listener.spoken.open(tmp_path / "talk.mp4", None, "")
    listener.spoken.read()
    listener.spoken.read()
    assert not listener.spoken.when_read(listener.take)
    assert not listener.spoken.when_read(listener.take)
    listener.until(lambda: len(listener.came) == 2, "both answers")
    assert listener.came == ["Said.", "Said."]


def test_what_is_to_be_shown_is_looked_for_everywhere(listener: Listener, tmp_path: Path) -> None:
    spoken = listener.spoken
    spoken.open(recording(tmp_path, "talk.mkv", "subrip"), None, "en")
    assert (spoken.transcript, spoken.is_without) == (None, False)
    for _ in range(3):
        spoken.want()
    listener.until(lambda: spoken.transcript, "the captions inside")
    assert spoken.transcript is not None
    assert spoken.transcript.sentences[0].text == "Welcome to the back row."
    assert not spoken.is_without


def test_where_there_are_none_it_says_so_once_it_has_looked(listener: Listener, tmp_path: Path) -> None:
    spoken = listener.spoken
    spoken.open(None, None, "en")
    spoken.want()
    assert not spoken.is_without
    listener.until(lambda: spoken.is_without, "it has looked")
    spoken.open(None, vtt(tmp_path / "mine.vtt", "Mine."), "en")
    assert not spoken.is_without
    spoken.want()
    listener.until(lambda: spoken.transcript, "the named file")


def test_captions_of_sounds_alone_are_none(listener: Listener, tmp_path: Path) -> None:
    vtt(tmp_path / "talk.vtt", "[Music]", "(laughter)", "♪ la la ♪")
    listener.spoken.open(tmp_path / "talk.mp4", None, "")
    assert listener.asks() is None
    assert listener.spoken.is_without
    assert len(listener.told) == 1, "why there are none"
    assert "sounds alone" in listener.told[0]
    vtt(tmp_path / "other.vtt", "[Music]", "Now one speaks.")
    listener.spoken.open(tmp_path / "other.mp4", None, "")
    assert listener.asks() == "Now one speaks."
