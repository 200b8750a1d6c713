"""Sentences joined across captions, and what was said at a moment."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.model.cues import Cue
from desktopnotes.model.transcript import Transcript

texts = st.text(alphabet="ab .?!…A\n>-[]()。é", min_size=1, max_size=30) | st.sampled_from(
    ["This is it.", "and so", "Mr. Smith said", "Really? Yes! So be it.", "[Applause]", ">> Who?", "- No."]
)
gaps = st.integers(0, 6000)
lengths = st.integers(1, 5000)


@st.composite
def spoken(draw: st.DrawFn) -> list[Cue]:
    cues, at_ms = [], 0
    for text in draw(st.lists(texts, max_size=15)):
        at_ms += draw(gaps)
        end_ms = at_ms + draw(lengths)
        cues.append(Cue(at_ms, end_ms, text))
        at_ms = end_ms
    return cues


def said(*texts: str, each_ms: int = 2000) -> Transcript:
    """Cues of these texts, one right after the other."""
    return Transcript.of([Cue(i * each_ms, (i + 1) * each_ms, text) for i, text in enumerate(texts)])


def sentences(*texts: str) -> list[str]:
    return [sentence.text for sentence in said(*texts).sentences]


@given(spoken())
def test_sentences_follow_each_other_within_the_time_of_their_cues(cues: list[Cue]) -> None:
    transcript = Transcript.of(cues)
    for sentence in transcript.sentences:
        assert sentence.text == sentence.text.strip() != ""
        assert "\n" not in sentence.text
        assert sentence.start_ms <= sentence.end_ms
    for first, second in pairwise(transcript.sentences):
        assert first.end_ms <= second.start_ms
    if transcript.sentences:
        assert transcript.cues[0].start_ms <= transcript.sentences[0].start_ms
        assert transcript.sentences[-1].end_ms <= transcript.cues[-1].end_ms


def letters(text: str) -> str:
    return re.sub(r"[\s>–-]", "", text)


@given(spoken())
def test_no_word_is_lost_or_made_up(cues: list[Cue]) -> None:
    transcript = Transcript.of([Cue(c.start_ms, c.end_ms, re.sub(r"[\[\]()]", "", c.text)) for c in cues])
    assert letters("".join(s.text for s in transcript.sentences)) == letters(
        "".join(cue.text for cue in transcript.cues)
    )


@given(spoken(), st.integers(-1000, 120_000))
def test_the_one_just_finished_is_the_last_that_is_over(cues: list[Cue], at_ms: int) -> None:
    transcript = Transcript.of(cues)
    index = transcript.finished_at(at_ms)
    over = [s for s in transcript.sentences if s.end_ms <= at_ms + 300]
    assert index == (len(over) - 1 if over else None)


@given(spoken(), st.integers(0, 120_000))
def test_lately_shows_what_was_shown_in_that_time_and_nothing_else(cues: list[Cue], at_ms: int) -> None:
    transcript = Transcript.of(cues)
    shown = [c for c in transcript.cues if c.start_ms <= at_ms and c.end_ms > at_ms - 15_000]
    assert transcript.lately(at_ms, 15_000).split() == " ".join(cue.text for cue in shown).split()


def test_a_sentence_runs_over_several_captions() -> None:
    transcript = said("I am Mara, and this is Jo,", "and tonight we show\nyou notes.", "Good.")
    first, second = transcript.sentences
    assert first.text == "I am Mara, and this is Jo, and tonight we show you notes."
    assert (first.start_ms, first.end_ms) == (0, 4000)
    assert (second.text, second.start_ms) == ("Good.", 4000)


def test_one_that_begins_within_a_cue_begins_at_its_share_of_the_letters() -> None:
    first, second = said("12345678. 12345678", "90.").sentences
    assert (first.start_ms, first.end_ms) == (0, 1000)
    assert (second.start_ms, second.end_ms) == (1111, 4000)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Is it so? Yes! It is… Good.",), ["Is it so?", "Yes!", "It is…", "Good."]),
        (("Mr. Hale and Dr. Mara", "use 3.5 apples, e.g. red ones."), None),
        (("I am J. Smith", "of the U.S. team."), None),
        (("And so... we went on.",), None),
        (("He said “no.” Then he left.",), ["He said “no.”", "Then he left."]),
        (("これは文です。次の文です。",), ["これは文です。", "次の文です。"]),
        ((">> Who is there?", ">> I am", "here"), ["Who is there?", "I am here"]),
        (("- Who goes\n- Nobody does",), ["Who goes", "Nobody does"]),
        (("a well-known", "- and liked - man."), ["a well-known - and liked - man."]),
        (("We begin", "[Applause]", "at once."), ["We begin at once."]),
        (("♪ la la ♪", "(laughter)"), []),
    ],
)
def test_where_sentences_end(texts: tuple[str, ...], expected: list[str] | None) -> None:
    assert sentences(*texts) == ([" ".join(texts)] if expected is None else expected)


def test_a_silence_ends_a_sentence() -> None:
    cues = [Cue(0, 1000, "first half"), Cue(9000, 9500, "another")]
    assert [s.text for s in Transcript.of(cues).sentences] == ["first half", "another"]


def test_captions_without_marks_become_sentences_of_some_words() -> None:
    transcript = said(*(f"five words in line {i}" for i in range(9)))
    assert [s.text.count(" ") + 1 for s in transcript.sentences] == [15, 15, 15]
    assert [s.start_ms for s in transcript.sentences] == [0, 6000, 12_000]


def test_a_sentence_without_end_ends_with_its_cue_some_time() -> None:
    marked = ["This one has a mark.", *(f"five words in line {i}" for i in range(30))]
    longest = max(s.text.count(" ") + 1 for s in said(*marked).sentences)
    assert longest <= 65


def test_two_sentences_are_joined_from_the_start_of_the_first() -> None:
    transcript = said("One.", "Two.", "Three.")
    joined = transcript.joined(1, 2)
    assert (joined.text, joined.start_ms, joined.end_ms) == ("Two. Three.", 2000, 6000)


def test_around_a_moment_is_what_is_being_said_else_what_was() -> None:
    transcript = Transcript.of([Cue(1000, 3000, "One."), Cue(5000, 7000, "Two.")])
    around = [transcript.around(at_ms) for at_ms in (0, 2000, 4000, 5000, 17_000, 17_001)]
    assert [sentence and sentence.text for sentence in around] == [None, "One.", "One.", "Two.", "Two.", None]


def test_lately_gives_each_speaker_a_line() -> None:
    assert said(">> Who is it?", "Tell me.", ">> It is me.").lately(6000, 15_000) == (
        ">> Who is it? Tell me.\n>> It is me."
    )
