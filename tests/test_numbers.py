"""Numbers are written as the language writes them."""

import pytest

from desktopnotes import words


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (999, "999"), (1234567, "1,234,567"), (1.0, "1"), (2.5, "2.5"), (-1500, "-1,500")],
)
def test_a_number_has_the_marks_of_the_language(
    value: float, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert words.number(value) == said
    monkeypatch.setattr(words, "pgettext", lambda context, message: "1.234,5")
    monkeypatch.setattr(words, "_MARKS", str.maketrans(",.", words._marks()))
    assert words.number(value) == said.translate(str.maketrans(",.", ".,"))


@pytest.mark.parametrize("said", ["1234.5", "", "⟦1,234.5⟧", "one"])
def test_a_translation_that_is_no_such_number_changes_nothing(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "pgettext", lambda context, message: said)
    assert words._marks() == ",."
