"""The three talks of the sample: who says what, and which slide is shown while it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sample_source import slides


@dataclass(frozen=True)
class Voice:
    """One speaker's voice: an espeak-ng voice with its variant, words a minute, pitch 0 to 99."""

    name: str
    words_per_minute: int
    pitch: int


@dataclass(frozen=True)
class Slide:
    """What is on screen while `sentences` are spoken.

    A `|` in a sentence is where its caption is cut in two. `draw` gets how many of the sentences have
    begun (1 for the first), so that a slide can grow while it is explained. `chapter` opens one here.
    """

    key: str
    voice: Voice
    sentences: tuple[str, ...]
    draw: Callable[[int], str]
    chapter: str = ""


@dataclass(frozen=True)
class Talk:
    """One recording of the sample; `original_title` is the form in which events publish it."""

    name: str
    title: str
    original_title: str
    speakers: tuple[str, ...]
    suffix: str
    slides: tuple[Slide, ...]
    tags: tuple[str, ...] = ()


MARA = Voice("en-us+f2", 158, 45)
JO = Voice("en-us+m3", 162, 38)
INES = Voice("en-us+f5", 160, 42)
YUSUF = Voice("en-us+m7", 165, 36)

NOTES_THAT_OUTLIVE = Talk(
    name="notes-that-outlive-the-talk",
    title="Notes That Outlive the Talk",
    original_title="Notes That Outlive the Talk [I] - Mara Lindt & Jo Okafor, Margin House",
    speakers=("Mara Lindt", "Jo Okafor"),
    suffix=".mp4",
    tags=("notes",),
    slides=(
        Slide(
            "opening",
            MARA,
            (
                "Welcome to the back row.",
                "I am Mara, and this is Jo, | and tonight we show you "
                "how to take notes | that still help you next year.",
            ),
            slides.opening(("Notes That", "Outlive the Talk"), "Mara Lindt & Jo Okafor"),
            chapter="Welcome",
        ),
        Slide(
            "forgetting",
            MARA,
            (
                "In 1885, Hermann Ebbinghaus published | how fast he forgot what he had learned.",
                "After one hour, less than half was left.",
                "After a day, one third, | and a talk will hardly fare better.",
            ),
            slides.forgetting,
            chapter="Why write anything down?",
        ),
        Slide(
            "said",
            JO,
            (
                "So what do you write?",
                "Not what was said: | the captions have that already.",
                "Write what you think of it: | where you agree, where you doubt, | "
                "and what it reminds you of.",
            ),
            slides.said_and_thought,
            chapter="What to write",
        ),
        Slide(
            "letter",
            MARA,
            (
                "Think of it this way.",
                "A note is a letter | to someone who was not there.",
                "Next year, that someone is you.",
            ),
            slides.letter,
        ),
        Slide(
            "stamped",
            JO,
            (
                "Give every note its moment.",
                "With a time beside it, | a note can be six words long, | "
                "because the whole talk stands behind it.",
            ),
            slides.stamped,
            chapter="How to write it",
        ),
        Slide(
            "gap",
            JO,
            (
                "But mind the gap.",
                "You hear, you think, you type, | and about two seconds have passed.",
                "Step the stamp back by two seconds, | and it is true.",
            ),
            slides.two_seconds,
        ),
        Slide(
            "kinds",
            MARA,
            (
                "Six kinds of notes will do: | thought, quote, question, | link, chapter, and private.",
                "If you know the kind, | you know what to do with it later.",
            ),
            slides.kinds,
        ),
        Slide(
            "question",
            JO,
            (
                "Now a question to take home.",
                "If you could keep only one note from today, | which one would it be, and why?",
            ),
            slides.one_note,
        ),
        Slide(
            "paragraph",
            MARA,
            (
                "Within a day, | turn your notes into one paragraph.",
                "What was claimed, | what do you think of it, | and where can one look?",
                "Three sentences beat three pages.",
            ),
            slides.paragraph,
            chapter="From notes to a post",
        ),
        Slide(
            "farewell",
            MARA,
            (
                "In 2015 the curve was measured again, | and it held: | the paper is linked here.",
                "Now write your first note. | Thank you.",
            ),
            slides.farewell,
        ),
    ),
)


LISTEN_TWICE = Talk(
    name="listen-twice",
    title="Listen Twice",
    original_title="Listen Twice [B] - Ines Duarte, Slow Radio",
    speakers=("Ines Duarte",),
    suffix=".ogg",
    tags=("listening",),
    slides=(
        Slide(
            "rewind",
            INES,
            (
                "Hello, this is Ines Duarte.",
                "A talk is made for a room, | but you have something that the room has not: | a rewind key.",
                "So listen twice.",
            ),
            slides.unseen,
            chapter="The rewind key",
        ),
        Slide(
            "shape",
            INES,
            (
                "The first time, play it half as fast again, | and listen only for its shape.",
                "What is the claim, | and where does the speaker slow down?",
                "Mark those places, and do not stop.",
            ),
            slides.unseen,
            chapter="Once for the shape",
        ),
        Slide(
            "parts",
            INES,
            (
                "The second time, jump from mark to mark, | at normal speed, and write.",
                "Forty minutes become twenty-seven for the shape | and ten for the marks.",
                "That is less than listening once, | and you have heard the best part twice.",
            ),
            slides.unseen,
            chapter="Once for the parts",
        ),
    ),
)

PART_ONE = Talk(
    name="publish-part-one",
    title="Publish Part One",
    original_title="Publish Part One [B] - Yusuf Hale, Evening Post",
    speakers=("Yusuf Hale",),
    suffix=".mp4",
    slides=(
        Slide(
            "opening",
            YUSUF,
            (
                "Good evening, I am Yusuf Hale.",
                "I publish notes that are not finished, | and I think you should too.",
            ),
            slides.opening(("Publish Part One",), "Yusuf Hale"),
            chapter="Good evening",
        ),
        Slide(
            "date",
            YUSUF,
            (
                "Finished is a standard, and it never comes.",
                "Friday at six is a date, and it does.",
                "So put part one into the title: | it promises more, and it lets you go.",
            ),
            slides.date_first,
            chapter="A date, not a standard",
        ),
        Slide(
            "parts",
            YUSUF,
            (
                "One talk is enough for a post, | and the next ones follow as you watch them.",
                "A reader forgives a gap, | but nobody ever reads a draft.",
                "Thank you.",
            ),
            slides.small_parts,
            chapter="One talk is enough",
        ),
    ),
)

TALKS = (NOTES_THAT_OUTLIVE, LISTEN_TWICE, PART_ONE)
