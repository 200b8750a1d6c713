"""Export again: hand edits are kept, what the program changed is taken, what both changed is a conflict."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktopnotes.export.aligning import hunks
from desktopnotes.export.pieces import Choice, How, Merge, common_lead, side_text
from desktopnotes.export.rewrite import merge

POST = """# Notes

Jan 12, 2018

I watched seven talks.

- [Istio](https://example.org/a) - It knows each request. Boring is good. Two more things.

- [Kata](https://example.org/b) - A virtual machine in a container.

More next week.
"""


def merged(before: str, program: str, mine: str) -> str:
    """Where nothing is to be picked."""
    made = merge(before, program, mine)
    assert made.conflicts == ()
    return made.text()


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


# --- what a person does ------------------------------------------------------------------------------


def test_notes_are_added_in_the_midst_of_hand_edits() -> None:
    mine = changed(
        POST,
        ("seven talks", "seven of the talks"),
        ("Boring is good.", "Boring is *very* good."),
        ("More next week.", "More next week, I hope.\n\nThanks to the speakers."),
    )
    program = changed(
        POST,
        ("Boring is good. ", "Boring is good. Upgrades are not. "),
        ("More next week.", "- [gVisor](https://example.org/c) - A kernel in Go.\n\nMore next week."),
    )
    assert merged(POST, program, mine) == changed(
        POST,
        ("seven talks", "seven of the talks"),
        ("Boring is good. ", "Boring is *very* good. Upgrades are not. "),
        (
            "More next week.",
            "- [gVisor](https://example.org/c) - A kernel in Go.\n\n"
            "More next week, I hope.\n\nThanks to the speakers.",
        ),
    )


def test_a_link_is_found_while_the_words_behind_it_are_edited() -> None:
    mine = changed(POST, ("It knows each request", "It knows about each request"))
    program = changed(POST, ("example.org/a", "example.org/istio"))
    assert merged(POST, program, mine) == changed(mine, ("example.org/a", "example.org/istio"))


def test_words_that_touch_are_a_conflict_of_the_sentence() -> None:
    mine = changed(POST, ("knows each request", "sees each request"))
    program = changed(POST, ("knows each request", "knows every request"))
    made = merge(POST, program, mine)
    [conflict] = made.conflicts
    assert conflict.texts.mine.endswith("It sees each request.")
    assert conflict.texts.program.endswith("It knows every request.")
    assert made.text({0: Choice.MINE}) == mine
    assert made.text({0: Choice.PROGRAM}) == program
    both = made.text({0: Choice.BOTH})
    assert both.index("It sees each request.") < both.index("It knows every request.")


def test_what_was_deleted_by_hand_stays_deleted_unless_the_program_changed_it() -> None:
    item = "- [Kata](https://example.org/b) - A virtual machine in a container.\n\n"
    mine = POST.replace(item, "")
    assert merged(POST, changed(POST, ("seven", "eight")), mine) == mine.replace("seven", "eight")
    made = merge(POST, changed(POST, ("A virtual machine", "A tiny virtual machine")), mine)
    [conflict] = made.conflicts
    assert conflict.texts.mine == ""
    assert made.text({0: Choice.MINE}) == mine
    assert "tiny virtual machine in a container.\n\nMore" in made.text({0: Choice.PROGRAM})


def test_what_both_added_in_one_place_can_both_be_had() -> None:
    mine, program = f"{POST}\nMine.\n", f"{POST}\nThe program's.\n"
    made = merge(POST, program, mine)
    assert len(made.conflicts) == 1
    assert made.text({0: Choice.BOTH}) == f"{POST}\nMine.\n\nThe program's.\n"


ITEM = "- [A - B: C](https://example.org/a_(b)) - "


@pytest.mark.parametrize(
    ("lead", "kept"),
    [
        (ITEM, ITEM),
        ("- **[A](https://example.org/a)**: ", "- **[A](https://example.org/a)**: "),
        ("- [What? Why](https://example.org/a) - ", "Why](https://example.org/a) - "),
        ("- A talk without a link – ", "- A talk without a link – "),
        ("> * [A](b) - ", "> * [A](b) - "),
        ("- [A](https://example.org/a) ", "- "),
        ("- ", "- "),
        ("It ", ""),
        ("[A](https://example.org/a) - ", ""),
        ("", ""),
    ],
)
def test_an_item_that_both_changed_has_its_title_once(lead: str, kept: str) -> None:
    before = f"{lead}Mesh is above the network and knows each request. The end."
    mine = changed(before, ("each", "every single"))
    program = changed(before, ("each", "any"))
    made = merge(before, program, mine)
    [conflict] = made.conflicts
    assert conflict.texts.mine.startswith(kept)
    sentence = conflict.texts.program.removeprefix(kept)
    assert made.text({0: Choice.BOTH}) == mine.replace(" The end", f" {sentence} The end")


@pytest.mark.parametrize(("item", "is_one"), [(ITEM, True), ("- A: ", False), ("- ", False)])
def test_items_that_both_put_there_are_one_if_they_are_about_one_talk(item: str, is_one: bool) -> None:
    mine, program = f"{POST}\n{item}Mine.\n", f"{POST}\n{item}The program's.\n"
    both = merge(POST, program, mine).text({0: Choice.BOTH})
    assert both == f"{POST}\n{item}Mine.{' ' if is_one else f'{chr(10)}{chr(10)}{item}'}The program's.\n"


def test_what_both_added_alike_is_there_once() -> None:
    assert merged(POST, f"{POST}\nP.S.\n", f"{POST}\nP.S.\n\nP.P.S.\n") == f"{POST}\nP.S.\n\nP.P.S.\n"


def test_bullets_without_blank_lines_are_told_apart() -> None:
    before = "## Talk\n\n- one\n- two\n- three\n"
    mine = "## Talk\n\n- one\n- two, by hand\n- three\n"
    program = "## Talk\n\n- one\n- two\n- new\n- three, changed\n"
    assert merged(before, program, mine) == "## Talk\n\n- one\n- two, by hand\n- new\n- three, changed\n"


# --- front matter ------------------------------------------------------------------------------------

FRONT = '---\ntitle: "A"\ndate: 2018-01-12\ntags: ["go"]\n---\n\nText.\n'


def test_front_matter_goes_key_by_key() -> None:
    mine = FRONT.replace('tags: ["go"]\n', 'tags: ["go"]\ncover: x.png\n').replace('"A"', '"B"')
    program = FRONT.replace('tags: ["go"]\n', 'tags: ["go"]\ndescription: "D"\n').replace("12", "13")
    text = merged(FRONT, program, mine)
    assert sorted(text.split("---")[1].strip().split("\n")) == [
        "cover: x.png",
        "date: 2018-01-13",
        'description: "D"',
        'tags: ["go"]',
        'title: "B"',
    ]
    assert text.endswith("---\n\nText.\n")


def test_front_matter_is_known_by_blanks_behind_its_fence_too() -> None:
    before = "--- \ntitle: A\ntags: b\n---\n\nText.\n"
    program, mine = before.replace("tags: b", "tags: c"), before.replace("tags: b", "tags: d")
    (conflict,) = merge(before, program, mine).conflicts
    assert not conflict.takes_both, "a key that is there twice breaks the site"


def test_a_key_that_both_changed_is_picked_and_never_there_twice() -> None:
    mine, program = FRONT.replace('"A"', '"B"'), FRONT.replace('"A"', '"C"').replace("Text", "Words")
    made = merge(FRONT, program, mine)
    [conflict] = made.conflicts
    assert conflict.texts == ('title: "A"', 'title: "C"', 'title: "B"')
    assert not conflict.takes_both
    assert made.text({0: Choice.PROGRAM}) == program
    assert made.text({0: Choice.MINE}) == mine.replace("Text", "Words")


def test_lists_and_toml_in_front_matter() -> None:
    before = "+++\ntitle = 'A'\ntags = [\n  'x',\n]\n+++\nText\n"
    mine = before.replace("  'x',\n", "  'x',\n  'y',\n")
    program = before.replace("'A'", "'B'").replace("Text", "Words")
    assert merged(before, program, mine) == mine.replace("'A'", "'B'").replace("Text", "Words")


# --- properties --------------------------------------------------------------------------------------

WORDS = st.sampled_from(["a", "b.", "c!", "d", "木。", "- e", "key: v", "---", "# f", "```", "  g"])
GAPS = st.sampled_from([" ", "\n", "\n\n", "\n \n", "\n\n\n", "  ", "\t"])
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=14).map(lambda each: "".join(map("".join, each)))


@st.composite
def three(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text and two that came of it."""
    before = draw(TEXTS)

    def edited() -> str:
        text = before
        for _ in range(draw(st.integers(0, 3))):
            start = draw(st.integers(0, len(text)))
            end = draw(st.integers(start, min(len(text), start + 6)))
            text = text[:start] + draw(TEXTS | WORDS) + text[end:]
        return text

    return before, edited(), edited()


FRONTED = st.tuples(three(), three()).map(
    lambda pair: tuple(f"---\n{front}\n---\n{rest}" for front, rest in zip(*pair, strict=True))
)


@settings(deadline=None)
@given(three() | FRONTED | st.tuples(TEXTS, TEXTS, TEXTS) | st.tuples(st.text(), st.text(), st.text()))
def test_where_one_side_changed_nothing_the_other_is_the_result(texts: tuple[str, str, str]) -> None:
    before, program, mine = texts
    assert merged(before, before, mine) == mine
    assert merged(before, program, before) == program
    assert merged(before, program, program) == program


@settings(deadline=None)
@given(three() | FRONTED)
def test_nothing_that_anybody_wrote_is_lost(texts: tuple[str, str, str]) -> None:
    """Every word that stands oftener on a side than before is in the result or in a conflict."""
    made = merge(*texts)
    before, program, mine = map(words, texts)
    kept = set(words(made.text()))
    for conflict in made.conflicts:
        kept |= set(words(conflict.texts.mine)) | set(words(conflict.texts.program))
    assert not set(program - before) - kept
    assert not set(mine - before) - kept


def words(text: str) -> Counter[str]:
    """A sign of a script without spaces is a word, and its full stop stands by itself."""
    return Counter(re.findall(r"[木。]|[^\s木。]+", text))


LINES = st.lists(st.sampled_from("abcdefghij"), max_size=12, unique=True)


@settings(deadline=None)
@given(LINES, LINES, LINES)
def test_each_line_of_mine_is_in_the_result_or_in_a_conflict(
    a: list[str], b: list[str], c: list[str]
) -> None:
    made = merge(*("\n".join(lines) for lines in (a, b, c)))
    conflicts = "\n".join(each.texts.mine for each in made.conflicts).split("\n")
    assert set(c) - set(a) <= set(made.text().split("\n")) | set(conflicts)


@settings(deadline=None)
@given(three() | FRONTED, st.data())
def test_a_conflict_is_resolved_to_what_was_picked(texts: tuple[str, str, str], data: st.DataObject) -> None:
    made = merge(*texts)
    for number, conflict in enumerate(made.conflicts):
        choice = data.draw(st.sampled_from(Choice))
        text = made.text({number: choice})
        if choice != Choice.PROGRAM:
            assert conflict.texts.mine in text
        if choice == Choice.PROGRAM:
            assert conflict.texts.program in text
        elif choice == Choice.BOTH:
            lead = common_lead(conflict.texts.mine, conflict.texts.program)
            assert conflict.texts.program.removeprefix(lead).lstrip() in text
            assert not words(lead) - words(conflict.texts.mine)


ITEMS = st.tuples(
    st.sampled_from(["", "- ", "A](b) - ", "> - ", "  + ", "-", "- -"]),
    st.sampled_from(["", "[A](b)", "[A - B](c: d)", "**A**", "`x - y`", "A ["]),
    st.sampled_from(["", " - ", ": ", " – ", " ", " -", "\n"]),
    TEXTS | WORDS,
).map("".join)


@given(ITEMS, ITEMS)
@example("- A:", "- A: b")
def test_a_common_lead_is_whole_words_of_both_and_the_same_either_way(a: str, b: str) -> None:
    lead = common_lead(a, b)
    assert lead == common_lead(b, a)
    assert a.startswith(lead)
    assert b.startswith(lead)
    assert lead == lead.rstrip()
    assert all(not lead or text[len(lead)].isspace() for text in (a, b))


@settings(deadline=None)
@given(three() | st.tuples(TEXTS, TEXTS, TEXTS))
def test_the_pieces_are_the_three_texts(texts: tuple[str, str, str]) -> None:
    made = merge(*texts)
    for side, text in enumerate(texts):
        assert side_text(made.pieces, side).split() == text.split()


# --- speed -------------------------------------------------------------------------------------------


def timed(before: str, program: str, mine: str) -> tuple[Merge, float]:
    start = time.process_time()
    made = merge(before, program, mine)
    made.text()
    return made, time.process_time() - start


@pytest.mark.parametrize("kind", ["prose", "one line", "the same line", "two lines by turns"])
def test_a_megabyte_is_merged_at_once(kind: str) -> None:
    lines = {
        "prose": [f"Sentence {i} of the post. Another one {i * 7 % 1000}.\n\n" for i in range(20_000)],
        "one line": [f"Sentence {i} of the post. " for i in range(40_000)],
        "the same line": ["the very same\n\n"] * 70_000,
        "two lines by turns": ["one\n", "two\n"] * 120_000,
    }[kind]
    third = len(lines) // 3
    mine = [*lines[:third], "By hand. ", *lines[third:-third], "Once more. ", *lines[-third:]]
    program = [*lines[:100], "From the program. ", *lines[100:-99], "Again. ", *lines[-99:]]
    made, took_s = timed("".join(lines), "".join(program), "".join(mine))
    assert made.changes[How.MINE] or made.conflicts
    assert took_s < 15  # 0.2 to 1 s on an idle machine; difflib alone takes minutes


def test_a_large_post_is_merged_at_once_in_another_style() -> None:
    """100,000 notes, the same in each talk; edited by hand it is mine or the program's, as the user says."""
    notes = [f"{i} A thought about the mesh." for i in range(1000)]
    before = "".join(f"- Talk {talk} -\n\n" + "\n\n".join(notes) + "\n\n" for talk in range(100))
    program = "".join(
        f"## Talk {talk}\n\n" + "".join(f"{i // 6}:{i % 6}0\n\n{note}\n\n" for i, note in enumerate(notes))
        for talk in range(100)
    )
    made, took_s = timed(before, program, before)
    assert made.text() == program
    assert took_s < 3
    mine = before.replace("7 A thought", "7 My thought", 3) + "Thanks.\n"
    made, took_s = timed(before, program, mine)
    assert "Thanks.\n" in made.text()
    assert took_s < 20  # 2 s on an idle machine


def test_many_units_that_stand_in_both_more_than_once_are_laid_side_by_side_at_once() -> None:
    old = [f"note {i % 1000}" for i in range(20_000)]
    new = [line for i in range(20_000) for line in (f"{i} own", f"note {i * 7 % 1000}", "time")]
    start = time.process_time()
    hunks(old, new)
    assert time.process_time() - start < 20  # 1 s on an idle machine
