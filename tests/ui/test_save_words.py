"""What is said of saving, from what the saver reports; no window is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktopnotes.storage.saver import SaveKind, SaveReport
from desktopnotes.ui.save_words import SaveWords

AT = datetime(2026, 11, 26, 10, 42, 7)
SAVING = SaveReport(SaveKind.SAVING, 1, AT)
SAVED = SaveReport(SaveKind.SAVED, 1, AT)
COPY = Path.home() / "state" / "unsaved" / "copy"
FULL = SaveReport(SaveKind.FAILED, 1, AT, "The disk is full: x.", "Free some.", "The disk is full", COPY)


@dataclass
class Saver:
    """How it stands with a saver."""

    all_is_saved: bool = True
    has_failed: bool = False
    saving_for_s: float = 0.0


def heard(*reports: SaveReport) -> SaveWords:
    words = SaveWords()
    for report in reports:
        words.hear(report)
    return words


def test_the_truth_at_every_moment() -> None:
    assert heard().words(Saver(), is_told=False) == ""
    assert heard().words(Saver(all_is_saved=False), is_told=False) == "Not saved yet"
    assert heard(SAVING).words(Saver(False, saving_for_s=0.4), is_told=False) == "Saving…"
    assert heard(SAVING, SAVED).words(Saver(), is_told=False) == "Saved 10:42:07"
    assert heard(SAVING, SAVED).words(Saver(all_is_saved=False), is_told=False) == "Not saved yet"


def test_a_slow_save_is_said_to_be() -> None:
    slow = Saver(False, saving_for_s=3.2)
    assert heard(SAVING).words(slow, is_told=False) == "Saving… the disk is slow (3 s)"


def test_a_failure_stays_until_all_is_saved() -> None:
    words = heard(SAVING, FULL)
    assert words.words(Saver(False, True), is_told=True) == "NOT SAVED: the disk is full"
    assert words.sentence == "The disk is full: x. Free some."
    words.hear(SAVING)
    assert words.has_failed
    assert words.words(Saver(False, True, 0.3), is_told=True) == "NOT SAVED: the disk is full"
    words.hear(SAVED)
    assert words.words(Saver(), is_told=False) == "Saved 10:42:07"
    assert words.sentence == ""


def test_where_the_copy_lies_is_said_while_the_sentence_is_put_away() -> None:
    failed = Saver(False, True)
    said = heard(SAVING, FULL).words(failed, is_told=False)
    assert said.startswith("NOT SAVED: the disk is full – copy kept in ")
    assert said.endswith("state/unsaved")
    alone = SaveReport(SaveKind.FAILED, 1, AT, "No.")
    assert heard(alone).words(failed, is_told=False) == "NOT SAVED – in this window only"


def test_a_failure_is_told_once_and_another_one_again() -> None:
    words = SaveWords()
    assert words.hear(FULL) == "The disk is full: x. Free some."
    assert words.hear(SAVING) == words.hear(FULL) == ""
    assert words.hear(SaveReport(SaveKind.FAILED, 2, AT, "The folder is gone.")) == "The folder is gone."


def test_why_the_program_does_not_end() -> None:
    assert heard(FULL).why_it_stays_open(Saver(False, True)) == "The disk is full: x. Free some."
    slow = Saver(False, saving_for_s=5.1)
    assert heard(SAVING).why_it_stays_open(slow) == "It is still being saved: the disk is slow (5 s)."
