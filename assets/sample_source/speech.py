"""A talk spoken by espeak-ng: the sound, and when each sentence and each part of one is said."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cache

from sample_source.talks import Slide, Talk, Voice
from sample_source.tools import run

FRAMES_PER_SECOND = 25
FRAME_MS = 1000 // FRAMES_PER_SECOND
SAMPLE_RATE = 22050  # what espeak-ng gives
FRAME_SAMPLES = SAMPLE_RATE // FRAMES_PER_SECOND

BEFORE_SLIDE, BETWEEN_SENTENCES, AFTER_SLIDE, AT_THE_END = 9, 8, 9, 30  # frames
# Where espeak-ng says a written form otherwise than a person would.
SPOKEN_FORMS = {"1885": "eighteen eighty-five", "2015": "twenty fifteen"}


@dataclass(frozen=True)
class Cue:
    """A caption: a sentence or a part of one, and when it is said."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True)
class Spoken:
    """A sentence in its recording; `text` without the marks for captions."""

    slide: Slide
    number: int
    start_frame: int
    end_frame: int
    text: str
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Recording:
    """A spoken talk: 16 bit samples, its sentences, and when each slide comes up; times in frames."""

    talk: Talk
    spoken: tuple[Spoken, ...]
    slide_starts: tuple[int, ...]
    frames: int
    sound: array[int]

    def slide_start(self, slide: Slide) -> int:
        return self.slide_starts[self.talk.slides.index(slide)]


@cache
def say(words: str, voice: Voice) -> array[int]:
    """The words as 16 bit samples, without the silence around them, as loud for every voice."""
    for written, spoken in SPOKEN_FORMS.items():
        words = words.replace(written, spoken)
    pace = ("-s", str(voice.words_per_minute), "-p", str(voice.pitch))
    wav = run("espeak-ng", "-v", voice.name, *pace, "--stdout", stdin=words.encode())
    samples = array("h", wav[wav.index(b"data") + 8 :])
    peak = max(abs(sample) for sample in samples)
    audible = [place for place, sample in enumerate(samples) if abs(sample) > peak // 100]
    return array("h", (sample * 24000 // peak for sample in samples[audible[0] : audible[-1] + 1]))


def cues_of(sentence: str, voice: Voice, start_frame: int, length: int) -> tuple[Cue, ...]:
    """The captions of a sentence `length` samples long, cut at its `|` as long as each part takes alone."""
    parts = [part.strip() for part in sentence.split("|")]
    lengths = [len(say(part, voice)) for part in parts]
    edges = [sum(lengths[:place]) * length / sum(lengths) for place in range(len(parts) + 1)]
    times = [start_frame * FRAME_MS + round(edge * 1000 / SAMPLE_RATE) for edge in edges]
    return tuple(Cue(times[place], times[place + 1], part) for place, part in enumerate(parts))


def record(talk: Talk) -> Recording:
    """Speak the talk: sentences begin on whole frames, so that slides and stamps can stand on them too."""
    sound = array("h")
    spoken: list[Spoken] = []
    slide_starts: list[int] = []

    def silence(frames: int) -> None:
        whole_frames = -(-len(sound) // FRAME_SAMPLES) + frames
        sound.extend([0] * (whole_frames * FRAME_SAMPLES - len(sound)))

    for slide in talk.slides:
        slide_starts.append(len(sound) // FRAME_SAMPLES)
        silence(BEFORE_SLIDE)
        for number, sentence in enumerate(slide.sentences):
            if number:
                silence(BETWEEN_SENTENCES)
            words = " ".join(sentence.replace("|", " ").split())
            speech = say(words, slide.voice)
            start = len(sound) // FRAME_SAMPLES
            cues = cues_of(sentence, slide.voice, start, len(speech))
            sound.extend(speech)
            end = -(-len(sound) // FRAME_SAMPLES)
            spoken.append(Spoken(slide, number, start, end, words, cues))
        silence(AFTER_SLIDE)
    silence(AT_THE_END)
    return Recording(talk, tuple(spoken), tuple(slide_starts), len(sound) // FRAME_SAMPLES, sound)


def chapters_of(recording: Recording) -> list[tuple[int, str]]:
    """Where each chapter begins, in ms, and its title."""
    slides = zip(recording.talk.slides, recording.slide_starts, strict=True)
    return [(start * FRAME_MS, slide.chapter) for slide, start in slides if slide.chapter]
