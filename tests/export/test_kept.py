"""What is remembered of things: by what they are, so many, and never for another thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktopnotes import cli
from desktopnotes.export import kept as module
from desktopnotes.export import post as exporter
from desktopnotes.export.kept import kept, nothing_kept
from desktopnotes.model.notebook import Note, Notebook, Talk
from desktopnotes.storage import codec


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


def test_a_post_made_once_leaves_nothing_behind_and_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[int] = []

    @kept(largest=10)
    def twice(number: tuple[int]) -> int:
        asked.append(number[0])
        return 2 * number[0]

    one, make = (1,), exporter.exported

    def exported(*things: object) -> object:
        assert twice(one) == twice(one) == 2
        return make(*things)  # type: ignore[arg-type]

    monkeypatch.setattr(exporter, "exported", exported)
    file = tmp_path / "a.talknotes.json"
    notebook = Notebook("a" * 12, "A", talks=(Talk("t" * 12, "T", notes=(Note("n", text="Said."),)),))
    file.write_bytes(codec.encode(notebook))
    assert cli.main(["export", str(file), "--style", "timeline"]) == 0
    assert "Said." in capsys.readouterr().out
    assert asked == [1, 1]
    twice(one), twice(one)
    assert asked == [1, 1, 1]


def test_all_is_kept_again_after_an_error() -> None:
    with pytest.raises(KeyError), nothing_kept():
        raise KeyError
    assert module._remembers
