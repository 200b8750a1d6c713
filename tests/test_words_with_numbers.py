"""Numbers are written as the language writes them, and words that count are known without a number too."""

import io
import struct

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


def compiled(messages: dict[str, str]) -> io.BytesIO:
    """A .mo (gettext's manual, "The Format of GNU MO Files")."""
    texts = [
        text.encode()
        for pair in (sorted(messages), (messages[key] for key in sorted(messages)))
        for text in pair
    ]
    start, table = 28 + 8 * len(texts), b""
    for text in texts:
        table += struct.pack("<2I", len(text), start)
        start += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(messages), 28, 28 + 8 * len(messages), 0, 0)
    return io.BytesIO(head + table + b"".join(text + b"\0" for text in texts))


def test_a_word_that_counts_is_known_by_its_singular_alone() -> None:
    header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n > 1);\n"
    said = words._Words(
        compiled({"": header, "Delete Note\0Delete {n} Notes": "Excluir anotação\0Excluir {n} anotações"})
    )
    assert said.gettext("Delete Note") == "Excluir anotação"
    assert said.ngettext("Delete Note", "Delete {n} Notes", 2) == "Excluir {n} anotações"
    assert said.gettext("Split Note") == "Split Note"
