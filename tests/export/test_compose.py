"""A talk's notes joined to prose."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.export import compose
from desktopnotes.export.languages import ENGLISH, language
from desktopnotes.model.notebook import Kind, Note, Talk, Times
from tests.export import reading
from tests.export.awkward import texts

_numbers = count()


def note(text: str = "", kind: str = Kind.THOUGHT, at_ms: int | None = None, **more: str) -> Note:
    return Note(f"n{next(_numbers)}", at_ms, kind=kind, text=text, **more)


ALONE = Talk("t", "Talk", speakers=("Ada Lovelace",), url="https://youtu.be/dQw4w9WgXcQ")
PANEL = Talk("p", "Panel", speakers=("Ada Lovelace", "Grace Hopper"))


def prose(*notes: Note, talk: Talk = ALONE, times: str = Times.NONE) -> str:
    return compose.prose(talk, notes, times=times)


def test_notes_are_joined_in_their_order() -> None:
    assert prose(note("First"), note("second!"), note("third.")) == "First. second! third."


@pytest.mark.parametrize(
    ("typed", "ended"),
    [
        ("no mark", "no mark."),
        ("a full stop.", "a full stop."),
        ("in quotes.”", "in quotes.”"),
        ('in quotes."', 'in quotes."'),
        ("(in brackets).", "(in brackets)."),
        ("(within brackets.)", "(within brackets.)"),
        ("(before it)", "(before it)."),
        ("a question?", "a question?"),
        ("as follows:", "as follows:"),
        ("to be continued…", "to be continued…"),
        ("to be continued...", "to be continued..."),
        ("*emphasised!*", "*emphasised!*"),
        ("**strong**", "**strong**."),
        ("`code.`", "`code.`."),
        ("a pause,", "a pause,"),
        ("a dash -", "a dash -."),
        ("a dash —", "a dash —"),
        ("句子。", "句子。"),
        ("a backslash \\", "a backslash \\\\."),
        ("#", "#."),
        ("🎉", "🎉."),
    ],
)
def test_a_sentence_mark_is_added_only_where_none_is(typed: str, ended: str) -> None:
    assert prose(note("Well. " + typed)) == "Well. " + ended


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("Route by meaning", "“Route by meaning.”"),
        ("Route by meaning, not by port.", "“Route by meaning, not by port.”"),
        ("Why?", "“Why?”"),
        ("“Route by meaning”", "“Route by meaning”."),
        ('"Route by meaning."', '"Route by meaning."'),
        ("„So herum.“", "„So herum.“"),
        ("« Par ici. »", "« Par ici. »"),
        ("'single' at the start", "“'single' at the start.”"),
        ("'all of it'", "'all of it'."),
        ("‘all of it.’", "‘all of it.’"),
        ("'Tis boring", "“'Tis boring.”"),
        ("he said “no”", "“he said “no”.”"),
        ("*emphasis*", "“*emphasis*.”"),
    ],
)
def test_a_quote_gets_quotation_marks_unless_it_has_them(typed: str, quoted: str) -> None:
    assert prose(note(typed, Kind.QUOTE)) == quoted


@pytest.mark.parametrize(
    ("typed", "with_one_speaker", "with_several"),
    [
        ("Lovelace: it weaves", "“it weaves.”", "Lovelace: “it weaves.”"),
        ("ada lovelace: it weaves", "“it weaves.”", "ada lovelace: “it weaves.”"),
        ("it weaves - Ada", "“it weaves.”", "“it weaves.” - Ada."),
        ("“it weaves” — Ada Lovelace", "“it weaves”.", "“it weaves” — Ada Lovelace."),
        ("Babbage: it counts", "“Babbage: it counts.”", "“Babbage: it counts.”"),
    ],
)
def test_the_speaker_is_named_only_where_a_talk_has_several(
    typed: str, with_one_speaker: str, with_several: str
) -> None:
    assert prose(note(typed, Kind.QUOTE)) == with_one_speaker
    assert prose(note(typed, Kind.QUOTE), talk=PANEL) == with_several


def test_quotation_marks_are_those_of_the_posts_language() -> None:
    quote = note("So ist es", Kind.QUOTE)
    assert compose.prose(ALONE, [quote], words=language("de")) == "„So ist es.“"
    assert compose.prose(ALONE, [quote], words=language("fr")) == "«\u202fSo ist es.\u202f»"


@pytest.mark.parametrize(
    ("typed", "linked"),
    [
        ("https://example.org/a", "<https://example.org/a>."),
        ("The docs: https://example.org/a", "[The docs](https://example.org/a)."),
        ("The docs\nhttps://example.org/a", "[The docs](https://example.org/a)."),
        ("https://example.org/a - the docs", "[the docs](https://example.org/a)."),
        ("see https://example.org/a for more", "see <https://example.org/a> for more."),
        ("https://a.example and https://b.example", "<https://a.example> and <https://b.example>."),
        ("[the docs](https://example.org/a_b)", "[the docs](https://example.org/a_b)."),
        ("<https://example.org/a>", "<https://example.org/a>."),
        ("Wiki: https://example.org/C_(language)", "[Wiki](https://example.org/C_%28language%29)."),
        ("half [a title: https://example.org", "[half \\[a title](https://example.org)."),
        ("try `curl https://example.org`", "try `curl https://example.org`."),
        ("no address", "no address."),
    ],
)
def test_a_link_becomes_a_link(typed: str, linked: str) -> None:
    assert prose(note(typed, Kind.LINK)) == linked


def test_a_question_keeps_its_mark_or_gets_one() -> None:
    assert prose(note("Why?", Kind.QUESTION), note("How", Kind.QUESTION)) == "Why? How?"


def test_private_and_empty_notes_are_left_out() -> None:
    left_out = [
        note("secret", Kind.PRIVATE),
        note(""),
        note(" \n\t"),
        note("#tag #other"),
        note("", picture="a.png"),
        note("\x00"),
    ]
    assert prose(note("one"), *left_out, note("two")) == "one. two."
    assert not any(compose.appears(each) for each in left_out)
    assert compose.suggestion(Talk("t", notes=tuple(left_out))) == ""


def test_tags_at_the_end_are_dropped_and_elsewhere_lose_their_sign() -> None:
    assert prose(note("That sells the #mesh alone.  #adoption #a/b\n#c")) == "That sells the mesh alone."
    assert (
        prose(note("C# and #42 and https://example.org/#part")) == "C# and #42 and https://example.org/#part."
    )


def test_what_was_typed_is_not_changed() -> None:
    typed = "It's “so” — 'very' -- \"so\"… 3 × 4 ≠ 5 & more;  two spaces,\tand a tab"
    assert prose(note(typed)) == typed + "."


def test_times_are_links_into_the_recording() -> None:
    notes = (note("One", at_ms=130_040), note("Two!", at_ms=3_725_999), note("Three"))
    youtube = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t="
    assert prose(*notes, times=Times.INLINE) == (
        f"One. ([02:10]({youtube}130s)) Two! ([1:02:05]({youtube}3725s)) Three."
    )
    assert prose(*notes, times=Times.SUPERSCRIPT) == (
        f"One.\u202f[⁰²˸¹⁰]({youtube}130s) Two!\u202f[¹˸⁰²˸⁰⁵]({youtube}3725s) Three."
    )


def test_without_a_public_recording_times_are_plain() -> None:
    assert prose(note("One", at_ms=130_040), talk=PANEL, times=Times.INLINE) == "One. (02:10)"


def test_the_time_shown_is_that_of_the_public_recording() -> None:
    late = Talk("t", url="https://youtu.be/dQw4w9WgXcQ", offset_ms=5_000)
    assert compose.time_link(late, note("x", at_ms=60_000)).startswith("[01:05](")
    assert compose.time_link(Talk("t", offset_ms=5_000), note("x", at_ms=60_000)) == "01:00"
    assert compose.time_link(late, note("x")) == ""


def test_code_stands_by_itself_and_keeps_its_time() -> None:
    code = "run:\n```sh\nls *\n```"
    assert prose(note("One"), note(code), note("two")) == "One. run:\n\n```sh\nls *\n```\n\ntwo."
    timed = prose(note("```\nls\n```", at_ms=1000), talk=PANEL, times=Times.INLINE)
    assert timed == "```\nls\n```\n\n(00:01)"


@pytest.mark.parametrize("kind", [Kind.QUOTE, Kind.LINK])
def test_code_is_neither_quoted_nor_linked(kind: str) -> None:
    typed = "```\ncurl https://example.org\n```\nThat is all"
    assert prose(note(typed, kind)) == "```\ncurl https://example.org\n```\n\nThat is all."


def test_blank_lines_within_a_note_begin_another_paragraph() -> None:
    assert prose(note("one\n\n \ntwo"), note("three")) == "one\n\ntwo. three."


def test_a_list_typed_into_a_note_is_shown_as_it_was_typed() -> None:
    made = prose(note("Three things:\n- one\n- two"), note("Next"))
    assert made == "Three things:  \n\\- one  \n\\- two. Next."


def test_dollars_of_two_notes_make_no_formula() -> None:
    assert prose(note("it costs $5"), note("or 4$, says $x$")) == "it costs \\$5. or 4\\$, says $x$."


def test_a_note_by_itself_gets_no_full_stop() -> None:
    def alone(text: str, kind: str) -> list[str]:
        return [block.text for block in compose.by_itself(note(text, kind), ALONE, ENGLISH)]

    assert alone("as typed", Kind.THOUGHT) == ["as typed"]
    assert alone("as said", Kind.QUOTE) == ["“as said”"]
    assert alone("as asked", Kind.QUESTION) == ["as asked?"]
    assert alone("- *x", Kind.THOUGHT) == ["\\- \\*x"]


@settings(deadline=None)
@given(st.lists(texts, min_size=2, max_size=3))
def test_no_note_reaches_into_the_next(written: list[str]) -> None:
    notes = [each for each in (note(text) for text in written) if compose.appears(each)]
    together = prose(*notes)
    assert reading.harm(together) == []
    alone = [reading.seen(prose(each)) for each in notes]
    assert reading.seen(together).text == " ".join(seen.text for seen in alone)
    assert reading.seen(together).links == tuple(link for seen in alone for link in seen.links)


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=4))
def test_prose_of_any_text_is_paragraphs(written: list[str]) -> None:
    made = prose(*(note(text) for text in written))
    assert set(reading.kinds(made)) <= {"paragraph", "fence"}
    assert reading.harm(made) == []


# --- pictures and HTML, where they are asked for -----------------------------------------------------


def illustrated(*notes: Note, times: str = Times.NONE) -> str:
    return compose.prose(ALONE, notes, times=times, picture=lambda one: f"![{one.id}]({one.picture})")


def test_pictures_stand_behind_the_words_of_their_note() -> None:
    first, alone, private = (
        Note("a", text="One", picture="a.png"),
        Note("b", 5000, picture="b.png"),
        Note("c", kind=Kind.PRIVATE, text="secret", picture="c.png"),
    )
    assert illustrated(first, note("two"), alone, private, note("- three")) == (
        "One.\n\n![a](a.png)\n\ntwo.\n\n![b](b.png)\n\n\\- three."
    )
    link = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=5s"
    assert illustrated(alone, times=Times.INLINE) == f"![b](b.png) ([00:05]({link}))"


def test_a_picture_that_is_not_there_leaves_nothing() -> None:
    assert compose.prose(ALONE, [Note("a", picture="a.png"), note("x")], picture=lambda _: "") == "x."


def test_html_is_left_where_a_setting_says_so() -> None:
    typed = 'press <kbd class="a_b*">Ctrl</kbd>, 1 < 2, <unclosed and *this'
    kept = compose.prose(ALONE, [note(typed)], raw_html=True)
    assert kept == 'press <kbd class="a_b*">Ctrl</kbd>, 1 < 2, &lt;unclosed and \\*this.'
    assert compose.prose(ALONE, [note("<b>x</b>")], raw_html=True) == "<b>x</b>."
    assert compose.prose(ALONE, [note("<b>x</b>")]) == "&lt;b>x&lt;/b>."
    (block,) = compose.by_itself(note("<b>x</b>"), ALONE, ENGLISH, raw_html=True)
    assert block.text == "<b>x</b>"


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("https://me:secret@example.org/a", "<https://example.org/a>."),
        ("docs: https://me:secret@example.org/a", "[docs](https://example.org/a)."),
        ("https://ex.org/\u202egnp.exe", "[\u202egnp.exe](https://ex.org/).\u202c"),
    ],
)
def test_a_link_leads_where_it_seems_to_and_holds_no_password(text: str, prose: str) -> None:
    assert compose.prose(Talk("talk1"), [Note("a", kind=Kind.LINK, text=text)]) == prose
