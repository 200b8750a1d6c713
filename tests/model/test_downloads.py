"""The queue of downloads as a value, and the names that loaded recordings get."""

from __future__ import annotations

import pytest

from desktopnotes.model import downloads
from desktopnotes.model.downloads import Download, Phase


def _one(number: int = 1, **changes: object) -> Download:
    given = {"notebook": "/n.talknotes.json", "talk_id": f"talk{number}", "folder": "/videos", **changes}
    return Download(f"download{number}", "https://example.org/talk", f"Talk {number}", **given)  # type: ignore[arg-type]


def test_a_talk_is_in_the_queue_once() -> None:
    one, other = _one(1), _one(2, talk_id="talk1")
    assert downloads.added((one,), other) == (one,)
    assert downloads.added((), other) == (other,)
    done = downloads.done((one,), one.id, "/videos/Talk.mp4")
    assert downloads.added(done, other) == (*done, other)


def test_pausing_what_is_done_changes_nothing() -> None:
    done = downloads.done((_one(),), "download1", "/videos/Talk.mp4")
    assert downloads.with_phase(done, Phase.PAUSED, "download1") == done


def test_what_was_paused_meanwhile_does_not_fail() -> None:
    paused = downloads.with_phase((_one(),), Phase.PAUSED, "download1")
    assert downloads.failed(paused, "download1", "No.", "") == paused


def test_trying_again_forgets_why_it_failed() -> None:
    failed = downloads.failed((_one(),), "download1", "No.", "Do something.")
    assert (failed[0].phase, failed[0].message) == (Phase.FAILED, "No.")
    assert downloads.with_phase(failed, Phase.WAITING, "download1") == (_one(),)


def test_of_all_that_are_done_the_oldest_are_forgotten_but_none_whose_talk_does_not_know() -> None:
    many = tuple(_one(n, phase=Phase.DONE, is_applied=n != 1) for n in range(1, downloads.DONE_MOST + 3))
    last = _one(1000)
    after = downloads.done((*many, last), last.id, "/videos/Talk.mp4")
    assert [one.id for one in after][:2] == ["download1", "download3"]
    assert after[-1].phase == Phase.DONE


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Simple Made Easy", "Simple Made Easy.mp4"),
        ("../../etc/passwd", "etc passwd.mp4"),
        ("..", "Talk.mp4"),
        ("", "Talk.mp4"),
        (".hidden", "hidden.mp4"),
        ("-rf", "rf.mp4"),
        ("two\nlines\x00and\u2028more", "two lines and more.mp4"),
        ('C:\\a "b" <c> |d?*', "C a b c d.mp4"),
        ("CON", "Talk CON.mp4"),
        ("com1.x", "Talk com1.x.mp4"),
        ("Console", "Console.mp4"),
        ("Ends with a point. ", "Ends with a point.mp4"),
        ("half \ud800 a character", "half a character.mp4"),
        ("a talk \u202e4pm.exe", "a talk 4pm.exe.mp4"),
        ("\u2066\u200e\ufeff", "Talk.mp4"),
        ("\u200d\ue000", "Talk.mp4"),
        ("red\x1b[31m\x85line", "red [31m line.mp4"),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻.mp4"),
        ("Ein Übergang – 日本語 🎬", "Ein Übergang – 日本語 🎬.mp4"),
    ],
)
def test_a_name_is_fit_for_every_system(title: str, name: str) -> None:
    assert downloads.file_name(title, "", ".mp4") == name


@pytest.mark.parametrize("letter", ["a", "é", "語", "🎬", "a " * 3])
def test_a_name_is_never_too_long(letter: str) -> None:
    name = downloads.file_name(letter * 10_000, "dQw4w9WgXcQ", ".webm")
    assert 100 < len(name.encode()) <= 120
    assert name.endswith(" [dQw4w9WgXcQ].webm")
