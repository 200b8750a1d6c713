"""What somebody who watched the sample's talks wrote down: the notes, the write-up and the post."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """A place in a talk: the `sentence` (from 0) of the slide `slide`; its time comes from the recording.

    A note of kind chapter takes the moment its slide appears instead.
    """

    slide: str
    sentence: int = 0


@dataclass(frozen=True)
class NoteText:
    """A note as written down: `to_its_end` gives it its sentence's end, `alt` a picture of its moment."""

    at: Moment | None
    text: str
    kind: str = "thought"
    to_its_end: bool = False
    with_caption: bool = False
    alt: str = ""
    used: bool = False


@dataclass(frozen=True)
class TalkNotes:
    """All that the notebook holds of one talk beside its recording."""

    state: str
    notes: tuple[NoteText, ...] = ()
    write_up: str = ""


NOTES_THAT_OUTLIVE = TalkNotes(
    state="watching",
    write_up=(
        "After a day a third is left, so Ebbinghaus found in 1885, and that is reason enough to write. "
        "What was said is in the captions; what I think of it is nowhere, unless I write it down. "
        "“A note is a letter to someone who was not there”: of all the advice on taking notes "
        "this is the sentence I will keep."
    ),
    notes=(
        NoteText(
            Moment("opening"),
            "This notebook is a sample: try everything, nothing here can break. "
            "Your own talks get a notebook of their own.",
            kind="private",
        ),
        NoteText(Moment("forgetting"), "Why write anything down?", kind="chapter"),
        NoteText(
            Moment("forgetting", 2),
            "A third is left after a day, and a talk will hardly fare better. #memory",
            alt="Bar chart of what is left of a learned list: 58 % after 20 minutes, 44 % after an hour, "
            "34 % after a day, 21 % after 31 days",
            used=True,
        ),
        NoteText(
            Moment("said", 1),
            "The captions have every word already. What I think of it is nowhere, unless I write it down.",
            used=True,
        ),
        NoteText(
            Moment("letter", 1),
            "A note is a letter to someone who was not there.",
            kind="quote",
            to_its_end=True,
            with_caption=True,
            used=True,
        ),
        NoteText(Moment("stamped"), "How to write it", kind="chapter"),
        NoteText(Moment("stamped", 1), "With its time beside it, a note can be six words long. #stamps"),
        NoteText(
            Moment("gap", 1),
            "About two seconds pass between hearing and typing. Step the stamp back by that. #stamps",
        ),
        NoteText(
            Moment("question", 1), "Which single note from today would I keep, and why?", kind="question"
        ),
        NoteText(Moment("paragraph"), "From notes to a post", kind="chapter"),
        NoteText(
            Moment("paragraph", 1),
            "One paragraph within a day: what was claimed, what I think of it, where to look.",
            to_its_end=True,
        ),
        NoteText(
            Moment("farewell"),
            "[The forgetting curve, measured again](https://doi.org/10.1371/journal.pone.0120644)",
            kind="link",
        ),
        NoteText(None, "Show this one to everybody who says that they cannot take notes. #team"),
    ),
)

LISTEN_TWICE = TalkNotes(
    state="watched",
    notes=(
        NoteText(
            Moment("rewind", 1),
            "You have something that the room has not: a rewind key.",
            kind="quote",
            to_its_end=True,
            with_caption=True,
        ),
        NoteText(
            Moment("shape"),
            "Once at one and a half times the speed for the shape, then only the marked places. #listening",
        ),
        NoteText(Moment("parts", 1), "Twenty-seven minutes and ten: twice costs less than once."),
        NoteText(Moment("parts", 2), "Does it work for a talk full of code?", kind="question"),
        NoteText(None, "Try it with Monday's keynote.", kind="private"),
    ),
)

PART_ONE = TalkNotes(state="to_watch")

TALK_NOTES = (NOTES_THAT_OUTLIVE, LISTEN_TWICE, PART_ONE)

INTRODUCTION = (
    "The Back Row Conference is for everyone who watches from home: "
    "no badge, no queue for coffee, and a pause key.",
    "These are notes on the talks that I have watched so far, in no particular order:",
)
CLOSING = "More talks in a second part, as I get to watch them."
POST_TAGS = ("notes", "talks")
PUBLISHED_ON = "2025-12-12"
STARTED_AT = "2025-12-05T19:30:00Z"
