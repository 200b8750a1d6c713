"""Quotes beside the captions: one that was taken is never marked, one with another word is."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktopnotes.model.cues import Cue
from desktopnotes.model.notebook import Kind, Note
from desktopnotes.model.quoting import said_instead
from desktopnotes.model.script import Script
from desktopnotes.model.transcript import Sentence, Transcript
from desktopnotes.model.words import spelled
from tests.model.test_transcript import said, spoken

SAID = said(
    "So the mesh works a layer up,",
    "it knows the request,",
    "not just the packet. We don’t",
    "route by port.",
)


def quoting(text: str, at_ms: int | None = 2000, end_ms: int | None = None, kind: str = Kind.QUOTE) -> str:
    return said_instead(Note("note1", at_ms, end_ms, kind, text), SAID)


def taken(sentence: Sentence) -> Note:
    return Note("n", sentence.start_ms, sentence.end_ms, Kind.QUOTE, sentence.text, caption=sentence.text)


@given(spoken(), st.data())
def test_a_sentence_taken_is_never_marked(cues: list[Cue], data: st.DataObject) -> None:
    transcript = Transcript.of(cues)
    assume(transcript.sentences)
    last = data.draw(st.integers(0, len(transcript.sentences) - 1))
    first = data.draw(st.integers(0, last))
    assert said_instead(taken(transcript.joined(first, last)), transcript) == ""


strange = st.text(alphabet="abÉ’'-_. …[]()#*\u0301ﬁ™½①ßİ漢字かनि😀‏א\t", min_size=1, max_size=25)


@given(st.lists(strange, min_size=1, max_size=8), st.data())
def test_a_selection_taken_is_never_marked(texts: list[str], data: st.DataObject) -> None:
    transcript = Transcript.of([Cue(i * 1000, i * 1000 + 900, text) for i, text in enumerate(texts)])
    assume(transcript.sentences)
    script = Script(transcript)
    places = st.tuples(st.integers(0, len(script.paragraphs) - 1), st.integers(0, 60))
    first, last = sorted(data.draw(st.lists(places, min_size=2, max_size=2)))
    sentence = script.between(first, last)
    assume(sentence)
    assert sentence
    assert said_instead(taken(sentence), transcript) == ""


words = st.lists(
    st.sampled_from(["the", "mesh", "knows", "each", "request", "and", "never", "a", "packet", "of", "mine"]),
    min_size=3,
)


@given(words, st.data())
def test_another_word_is_marked(spoken_words: list[str], data: st.DataObject) -> None:
    texts = [" ".join(spoken_words[i : i + 5]) for i in range(0, len(spoken_words), 5)]
    transcript = said(*texts, each_ms=1000)
    index = data.draw(st.integers(0, min(len(spoken_words), 30) - 1))
    wrong = [*spoken_words[:index], "banana", *spoken_words[index + 1 :]]
    quote = Note("n", 0, len(texts) * 1000, Kind.QUOTE, " ".join(wrong))
    assert said_instead(quote, transcript)
    left_out = [*spoken_words[:index], "…", *spoken_words[index + 1 :]]
    assert said_instead(Note("n", 0, len(texts) * 1000, Kind.QUOTE, " ".join(left_out)), transcript) == ""


@pytest.mark.parametrize(
    "text",
    [
        "it knows the request, not just the packet",
        "IT KNOWS THE REQUEST — NOT JUST THE PACKET!",
        "“it knows the *request*, not **just** the `packet`”",
        "So the mesh […] knows the request",
        "the mesh works… not just the packet",
        "The mesh works (…) a layer up",
        "it [the mesh] knows the request",
        "[it knows](https://example.org/it_knows) the request #mesh",
        "Mara Hale: it knows the request",
        "it knows the request — Mara Hale, Example Inc",
        "it knows the request (Mara Hale)",
        "uhm it knows the, er, request",
        "We dont route by port",
        "We don't route\nby port",
        "",
        "…",
        "#mesh",
    ],
)
def test_how_a_quote_is_written_does_not_count(text: str) -> None:
    assert quoting(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "it knew the request",
        "it knows request",
        "the packet, not just the request",
        "knows the req",
        "es a layer up",
    ],
)
def test_words_that_nobody_said_are_told(text: str) -> None:
    assert "knows the request" in quoting(text)


def test_only_quotes_with_a_stamp_near_captions_are_judged() -> None:
    assert quoting("banana", at_ms=None) == ""
    assert quoting("banana", kind=Kind.THOUGHT) == ""
    assert quoting("banana", at_ms=3_600_000) == ""
    assert said_instead(Note("n", 0, None, Kind.QUOTE, "banana"), Transcript()) == ""


def test_words_must_stand_near_the_stamp() -> None:
    transcript = Transcript.of([Cue(0, 2000, "Here it is."), Cue(90_000, 92_000, "Far away.")])
    assert said_instead(Note("n", 0, None, Kind.QUOTE, "Far away."), transcript) == "Here it is."
    assert said_instead(Note("n", 100_000, None, Kind.QUOTE, "Far away."), transcript) == ""


def test_captions_without_marks_are_no_reason() -> None:
    transcript = said("so we said e mail is dead", "and its not a co operation")
    note = Note("n", 0, None, Kind.QUOTE, "So we said: e-mail is dead; and it’s not a cooperation.")
    assert said_instead(note, transcript) == ""


def test_fillers_of_the_captions_may_be_left_out() -> None:
    transcript = said("so uh the ähm mesh", "um knows it")
    assert said_instead(Note("n", 0, None, Kind.QUOTE, "So the mesh knows it."), transcript) == ""


def test_what_is_shown_is_no_longer_than_can_be_read() -> None:
    transcript = said("word " * 300)
    shown = said_instead(Note("n", 0, None, Kind.QUOTE, "banana"), transcript)
    assert len(shown) < 410
    assert re.fullmatch(r"(word )+…", shown)


def test_a_word_is_the_same_in_one_or_two() -> None:
    assert spelled("E-mail, naïve!").letters == spelled("email naive").letters == "emailnaive"
