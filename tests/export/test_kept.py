"""What is remembered of things: by what they are, so many, and never for another thing."""

from __future__ import annotations

from desktopnotes.export.kept import kept
from desktopnotes.model.notebook import Note


def test_the_same_things_are_asked_once_and_equal_ones_are_others() -> None:
    asked: list[str] = []

    @kept(largest=10)
    def shout(note: Note, *, mark: str = "!") -> str:
        asked.append(note.text)
        return note.text + mark

    one, equal = Note("a", text="a"), Note("a", text="a")
    assert [shout(one), shout(one), shout(one, mark="?"), shout(equal)] == ["a!", "a!", "a?", "a!"]
    assert asked == ["a", "a", "a"]


def test_only_so_many_answers_are_kept_and_no_thing_gets_the_answer_of_one_that_is_gone() -> None:
    asked: list[int] = []

    @kept(largest=3)
    def twice(number: tuple[int]) -> int:
        asked.append(number[0])
        return 2 * number[0]

    assert [twice((number,)) for number in range(1000)] == [2 * number for number in range(1000)]
    assert asked == list(range(1000))
    last = (1,)
    twice(last)
    for number in range(2):
        twice((number,))
    twice(last)
    assert asked[1000:] == [1, 0, 1]
