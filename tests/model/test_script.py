"""The transcript as paragraphs: which moment stands where, and what a selection takes."""

from __future__ import annotations

import time

from hypothesis import assume, given
from hypothesis import strategies as st

from desktopnotes.model.cues import Cue
from desktopnotes.model.script import Script
from desktopnotes.model.transcript import Transcript
from tests.model.test_transcript import said, spoken


def places(script: Script) -> st.SearchStrategy[tuple[int, int]]:
    return st.integers(0, len(script.paragraphs) - 1).flatmap(
        lambda number: st.tuples(st.just(number), st.integers(0, len(script.paragraphs[number].text)))
    )


@given(spoken())
def test_every_sentence_stands_in_the_paragraphs_once_and_in_order(cues: list[Cue]) -> None:
    transcript = Transcript.of(cues)
    script = Script(transcript)
    read = []
    for index, sentence in enumerate(transcript.sentences):
        number, start, end = script.range_of(index)
        assert script.paragraphs[number].text[start:end] == sentence.text
        assert script.sentence_over((number, start)) == index
        read.append(sentence.text)
    assert script.text.replace("\n", " ") == " ".join(read)
    moments = [paragraph.at_ms for paragraph in script.paragraphs]
    assert moments == sorted(moments)


@given(spoken(), st.data())
def test_a_later_place_is_never_said_earlier(cues: list[Cue], data: st.DataObject) -> None:
    script = Script(Transcript.of(cues))
    assume(script.paragraphs)
    one, other = sorted((data.draw(places(script)), data.draw(places(script))))
    assert script.moment_ms(one) <= script.moment_ms(other)
    assert script.cue_ms(one) <= script.cue_ms(other)
    assert script.cue_ms(one) <= script.moment_ms(one)


@given(st.lists(st.text(alphabet="ab. ?", min_size=1, max_size=40), min_size=1, max_size=12))
def test_each_letter_belongs_to_its_very_caption(texts: list[str]) -> None:
    """Letters of a caption are told from those of others by what they are."""
    marked = [
        text.replace("a", chr(0x4E00 + i)).replace("b", chr(0x4E00 + i)) for i, text in enumerate(texts)
    ]
    transcript = Transcript.of([Cue(i * 3000, i * 3000 + 2000, text) for i, text in enumerate(marked)])
    script = Script(transcript)
    for number, paragraph in enumerate(script.paragraphs):
        for offset, letter in enumerate(paragraph.text):
            if letter >= "\u4e00":
                assert script.cue_ms((number, offset)) == (ord(letter) - 0x4E00) * 3000


@given(spoken(), st.integers(0, 120_000))
def test_what_is_said_at_a_moment_is_found_there(cues: list[Cue], at_ms: int) -> None:
    transcript = Transcript.of(cues)
    script = Script(transcript)
    assume(script.paragraphs)
    index = script.sentence_at(at_ms)
    before = [i for i, sentence in enumerate(transcript.sentences) if sentence.start_ms <= at_ms]
    assert index == (before[-1] if before else -1)
    number, offset = script.place_at(at_ms)
    assert 0 <= offset <= len(script.paragraphs[number].text)
    assert script.sentence_over((number, offset)) >= max(0, index)


def test_turns_pauses_and_length_make_paragraphs() -> None:
    turns = Script(said(">> Who is it?", "Tell me.", ">> It is me."))
    assert [paragraph.text for paragraph in turns.paragraphs] == ["Who is it? Tell me.", "It is me."]
    assert [paragraph.at_ms for paragraph in turns.paragraphs] == [0, 4000]
    pause = Script(
        Transcript.of([Cue(0, 1000, "One."), Cue(4000, 5000, "Two."), Cue(14_000, 15_000, "Three.")])
    )
    assert [paragraph.text for paragraph in pause.paragraphs] == ["One. Two.", "Three."]
    long = Script(said(*(["So many words are said in this one sentence of mine."] * 40)))
    assert all(420 <= len(paragraph.text) <= 500 for paragraph in long.paragraphs[:-1])


def test_a_selection_takes_whole_words_with_the_time_of_the_first() -> None:
    script = Script(said("1234 678. Abcd", "fghi klm.", each_ms=1400))
    text = script.paragraphs[0].text
    chosen = script.chosen((0, 0), ((0, text.index("bcd")), (0, text.index("hi"))))
    assert chosen.said.text == "Abcd fghi"
    assert (chosen.said.start_ms, chosen.cue_ms) == (1000, 0)
    assert chosen.said.end_ms == 1400 + 1400 * 4 // 9


def test_a_selection_over_paragraphs_is_one_line() -> None:
    script = Script(said(">> Who is it?", ">> It’s me, you know."))
    said_here = script.between((0, 5), (1, 2))
    assert said_here is not None
    assert said_here.text == "is it? It’s"


def test_without_words_selected_it_is_the_sentence_at_the_caret() -> None:
    script = Script(said("One is here.", "Two is there."))
    for selection in (None, ((0, 3), (0, 3)), ((0, 11), (0, 12))):
        chosen = script.chosen((0, 15), selection)
        assert (chosen.said.text, chosen.cue_ms) == ("Two is there.", 2000)


def test_a_caption_of_a_megabyte_is_no_endless_line() -> None:
    for text in ("word " * 200_000, "x" * 1_000_000, "word. " * 170_000):
        began = time.process_time()
        script = Script(Transcript.of([Cue(0, 5000, text)]))
        assert max(len(paragraph.text) for paragraph in script.paragraphs) < 2500
        assert time.process_time() - began < 5
