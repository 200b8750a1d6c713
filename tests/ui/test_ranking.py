"""What the palette finds by which words, and in which order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktopnotes.ui.ranking import Finding, ranked


def finding(name: str, label: str, *, keys: str = "", about: str = "", possible: bool = True) -> Finding:
    return Finding(name, label, keys, about, possible, lambda: None)


OFFERED = [
    finding("undo", "Edit: Undo", keys="Ctrl+Z", about="Take back the last thing.", possible=False),
    finding("stamp", "Notes: New Note Here", keys="Ctrl+T", about="Start a note."),
    finding("restamp", "Notes: Restamp", keys="Ctrl+Shift+T", about="Give the note the moment on screen."),
    finding("write", "Notes: Add to Write-up", about="Add the note as prose."),
    finding("dark", "View: Dark", about="Light text on a dark window."),
    finding("light", "View: Light", about="Dark text on a light window."),
]


def found(words: str, *recent: str) -> list[str]:
    return [one.id for one in ranked(words, OFFERED, recent)]


def test_without_words_all_that_is_possible_is_there_the_recent_first() -> None:
    assert found("") == ["stamp", "restamp", "write", "dark", "light"]
    assert found("", "light", "write")[:3] == ["light", "write", "stamp"]


def test_words_come_in_any_order_and_in_any_case() -> None:
    assert found("HERE note")[0] == found("note here")[0] == "stamp"


def test_initials_are_enough() -> None:
    assert found("nnh") == ["stamp"]
    assert found("awu") == ["write"]


def test_letters_may_be_left_out_within_a_word() -> None:
    assert found("rstmp") == ["restamp"]


def test_what_begins_so_comes_before_what_only_says_so() -> None:
    assert found("dark") == ["dark", "light"]
    assert found("light") == ["light", "dark"]


def test_a_key_finds_its_command() -> None:
    assert found("ctrl+t") == ["stamp"]


def test_what_is_not_possible_is_found_behind_all_else() -> None:
    assert found("undo") == ["undo"]
    assert found("last") == ["undo"]
    assert found("undo nonsense") == []


def test_of_equal_ones_the_recent_comes_first() -> None:
    assert found("view", "light") == ["light", "dark"]
    assert found("view", "dark") == ["dark", "light"]


@given(st.text(max_size=12))
def test_no_text_breaks_it_and_nothing_comes_twice(words: str) -> None:
    names = found(words)
    assert len(names) == len(set(names))


@given(st.sampled_from(OFFERED), st.randoms())
def test_the_words_of_a_label_find_it_in_any_order(one: Finding, chance: object) -> None:
    words = one.label.replace(":", "").split()
    chance.shuffle(words)  # type: ignore[attr-defined]
    assert one.id in found(" ".join(words))
