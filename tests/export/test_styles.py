"""Styles: the user's own beside the built-in ones, what goes wrong in one, and where each part stands."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.filters import do_indent

from desktopnotes.export import environments, templates, views
from desktopnotes.export import post as exporter
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export
from desktopnotes.model.errors import UserError
from desktopnotes.model.notebook import Chapter, Kind, Note, Notebook, Post, Talk

URL = "https://youtu.be/dQw4w9WgXcQ"
NOTED = Talk("n", "Noted", url=URL, notes=(Note("1", 65_000, text="First"), Note("2", text="second")))
WRITTEN = Talk("w", "Written Up", write_up="One.\n\n- a\n- b", notes=NOTED.notes)


def notebook(*talks: Talk, intro: str = "Hello.", closing: str = "Bye.") -> Notebook:
    ids = tuple(talk.id for talk in talks)
    return Notebook(
        "n",
        talks=talks,
        posts=(Post("p", "Part 1", "2018-01-12", "", "en", (), "", False, intro, closing, ids),),
    )


def exported(made: Notebook, style: str, folder: Path | None = None, **options: object) -> Export:
    return exporter.exported(
        made,
        made.posts[0],
        Options(style=style, styles_folder=folder, **options),  # type: ignore[arg-type]
    )


def own(folder: Path, template: str, made: Notebook | None = None) -> str:
    (folder / "mine.md.j2").write_text(template, encoding="utf-8")
    return exported(made or notebook(NOTED, WRITTEN), "mine", folder).text


# --- the outline -------------------------------------------------------------------------------------


def test_the_outline_nests_notes_below_chapters_of_the_notes() -> None:
    notes = (
        Note("a", text="before"),
        Note("b", 60_000, kind=Kind.CHAPTER, text="Second half"),
        Note("c", 65_000, text="in it\n\nstill"),
    )
    text = exported(notebook(Talk("t", "T", notes=notes), closing=""), "outline").text
    assert text.endswith("## T\n\n- before\n- 01:00 Second half\n  - 01:05 in it\n\n    still\n")


def test_where_no_note_is_a_chapter_the_recordings_own_are() -> None:
    chapters = (Chapter(0, "Start"), Chapter(60_000, "Empty"), Chapter(120_000, "The *end*"))
    notes = (Note("a", 1000, text="one"), Note("b", text="two"), Note("c", 125_000, text="three"))
    talk = Talk("t", "T", chapters=chapters, notes=notes)
    assert exported(notebook(talk, closing=""), "outline").text.endswith(
        "## T\n\n- 00:00 Start\n  - 00:01 one\n  - two\n- 02:00 The \\*end\\*\n  - 02:05 three\n"
    )


def test_the_recordings_own_chapters_have_the_times_of_its_page() -> None:
    chapters = (Chapter(0, "Start"), Chapter(60_000, "End"))
    notes = (Note("a", 50_000, text="one"), Note("b", 55_000, text="two"))
    talk = Talk("t", "T", url="https://youtu.be/dQw4w9WgXcQ", offset_ms=5000, chapters=chapters, notes=notes)
    at = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t="
    assert exported(notebook(talk, closing=""), "outline").text.endswith(
        f"\n- [00:00]({at}0s) Start\n  - [00:55]({at}55s) one\n"
        f"- [01:00]({at}60s) End\n  - [01:00]({at}60s) two\n"
    )


def test_the_outline_gives_the_write_up_then_the_notes_as_a_list_of_their_own() -> None:
    text = exported(notebook(WRITTEN, closing="* more"), "outline").text
    assert "## Written Up\n\nOne.\n\n- a\n- b\n\n+ 01:05 First\n+ second\n\n* more\n" in text


# --- places ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", templates.built_in())
def test_every_part_has_its_line(style: str) -> None:
    export = exported(notebook(NOTED, WRITTEN), style)
    lines = export.text.split("\n")
    begins = {place.part: lines[place.line] for place in export.places}
    assert list(begins) == ["title", "intro", "n", "w", "closing"]
    assert begins["title"] == "# Part 1"
    assert begins["intro"] == "Hello."
    assert begins["closing"] == "Bye."
    assert "Noted" in begins["n"]
    assert "Written Up" in begins["w"]


def test_equal_introduction_and_closing_are_told_apart_and_empty_ones_have_no_place() -> None:
    export = exported(notebook(NOTED, intro="So.", closing="So."), "list")
    assert [place.part for place in export.places] == ["title", "intro", "n", "closing"]
    assert len({place.line for place in export.places}) == 4
    export = exported(notebook(NOTED, intro="", closing=""), "list")
    assert [place.part for place in export.places] == ["title", "n"]


def test_a_style_of_ones_own_has_places_below_its_table_of_contents(tmp_path: Path) -> None:
    (tmp_path / "mine.md.j2").write_text(
        "# {{ title }}\n\n{% for t in talks %}\n* {{ t.plain }}\n{% endfor %}\n\n{{ intro.text }}\n\n"
        "{% macro part(t) %}\n### {{ t.link or t.plain }}\n\n{{ t.text }}\n\n{% endmacro %}\n"
        "{% for t in talks %}\n{{ part(t) }}{% endfor %}\n"
    )
    export = exported(notebook(NOTED, WRITTEN), "mine", tmp_path)
    lines = export.text.split("\n")
    assert {place.part: lines[place.line] for place in export.places} == {
        "title": "# Part 1",
        "intro": "Hello.",
        "n": f"### [Noted]({URL})",
        "w": "### Written Up",
    }


@settings(deadline=None)
@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=8), st.sampled_from(templates.built_in()))
def test_places_lie_within_the_text_and_in_order(said: list[str], around: str, style: str) -> None:
    talks = tuple(Talk(f"t{i}", text, write_up=text) for i, text in enumerate(said))
    export = exported(notebook(*talks, intro=around, closing=around), style)
    lines = [place.line for place in export.places]
    assert lines == sorted(lines)
    assert all(0 <= line < export.text.count("\n") for line in lines)
    ours = [place.part for place in export.places if place.part.startswith("t") and place.part != "title"]
    assert ours == [talk.id for talk in talks if talk.write_up.strip()]


# --- the user's own ----------------------------------------------------------------------------------


def test_own_styles_stand_beside_the_built_in_ones(tmp_path: Path) -> None:
    for name in (
        "zebra.md.j2",
        "10 talks.md.j2",
        "9 talks.md.j2",
        ".hidden.md.j2",
        "notes.txt",
        "list.md.j2",
    ):
        (tmp_path / name).write_text("mine")
    assert templates.style_names(tmp_path) == ("list", "timeline", "outline", "9 talks", "10 talks", "zebra")
    assert templates.style_names(tmp_path / "none") == templates.style_names(None) == templates.built_in()
    assert exported(notebook(NOTED), "zebra", tmp_path).text == "mine\n"
    assert exported(notebook(NOTED), "list", tmp_path).text.startswith("# Part 1")


def test_a_changed_style_counts_at_once(tmp_path: Path) -> None:
    assert own(tmp_path, "one") == "one\n"
    assert own(tmp_path, "two") == "two\n"


def test_a_post_in_a_style_that_is_gone_falls_back(tmp_path: Path) -> None:
    made = notebook(NOTED)
    post = replace(made.posts[0], style="gone")
    export = exporter.exported(made, post, Options(styles_folder=tmp_path))
    assert export.text.startswith("# Part 1")


BROKEN = {
    "{% set x = 'a' * 99999 %}{% set y %}{% for i in range(99999) %}{{ x }}{% endfor %}{% endset %}": (
        1,
        "far more text than a post has",
    ),
    "{{ ('http://a.b ' * 9000) | urlize(target='x' * 99999) }}": (1, "urlize"),
    "{% for talk in talks %}\n{{ talk.link }}": (2, "Unexpected end of template"),
    "\n\n{{ tlaks }}": (3, "there is no “tlaks”; did you mean “talks”?"),
    "{% for talk in talks %}\n{{ talk.lnik }}{% endfor %}": (2, "a talk has no “lnik”; did you mean “link”?"),
    "{{ intro.html }}": (1, "a text of the post has no “html”; it has text"),
    "x\n{% for i in range(10**9) %}x{% endfor %}": (2, "too large a number"),
    "{% for i in range(99999) %}\n{% for j in range(99999) %}{% endfor %}{% endfor %}": (
        2,
        "not come to an end",
    ),
    "{% for i in range(99999) %}{{ opening * 9999 }}{% endfor %}": (1, "far too long"),
    "{{ 'x' * 10**9 }}": (1, "too large a number"),
    "{{ 'x' * 99999 * 99999 }}": (1, "far too long"),
    "{{ 9 ** 99999 }}": (1, "too large a number"),
    "{{ 'x' | center(10000000) }}": (1, "too large a number"),
    "{{ 'x'.ljust(10000000) }}": (1, "too large a number"),
    "{{ '%9999999999d' % 1 }}": (1, "too wide"),
    "{{ '{:9999999999}'.format(1) }}": (1, "too wide"),
    "{% set ns = namespace(a=opening) %}{% for i in range(99) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}": (
        1,
        "far too long",
    ),
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}": (1, "calls itself without end"),
    "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}": (
        1,
        "not come to an end",
    ),
    "{% include '/etc/passwd' %}": (1, "cannot take in other files"),
    "{% extends 'list.md.j2' %}": (1, "cannot take in other files"),
    "{{ ''.__class__.__mro__ }}": (1, "__class__"),
    "{{ talks[0].talk.write_up }}": (1, "a talk has no “talk”"),
    "{{ talks[0]['manner'].album.source.unlink() }}": (1, "a talk has no “manner”"),
    "{{ talks[0].notes[0] | attr('note') }}": (1, "note"),
    "{{ talks | map(attribute='manner.album.source') | list }}": (1, "manner"),
    "{{ talks.append(1) }}": (1, "append"),
    **dict.fromkeys(
        (
            "{{ ('a'*100000) | replace('a', 'b'*100000) }}",
            "{{ ('a'*100000).replace('a', 'b'*40000) }}",
            "{{ (range(100000) | list) | join('x'*100000) }}",
            "{{ (['x'*100000]*100000) | join }}",
            "{{ ('x'*100000).join('a'*100000) }}",
            "{{ ('a\\n'*50000) | indent('x'*40000) }}",
            "{{ ('a\\n'*50000) | indent(99999) }}",
            "{{ ('a '*50000) | wordwrap(1, wrapstring='x'*40000) }}",
            "{{ ('%s'*50000) % ('x'*50000) }}",
            "{{ ('%(a)s'*50000) % {'a': 'x'*50000} }}",
            "{{ ('%(a)s'*50000) | format(a='x'*50000) }}",
            "{{ ('{0}'*50000).format('x'*50000) }}",
            "{{ ('{0:99999}'*50000).format('x') }}",
            "{{ ('\\t'*50000).expandtabs(50000) }}",
            "{{ ('a'*50000).translate({97: 'x'*50000}) }}",
            "{{ ['x'*100000] * 100000 }}",
            "{{ (['x'*100000] * 100000) | string }}",
            "{{ (['x'*100000] * 100000) ~ '' }}",
            "{{ (['x'*100000] * 100000) | tojson }}",
        ),
        (1, "far too long"),
    ),
    "{{ ([range(99999) | list] * 99999) | sum(start=[]) }}": (1, "far more text than a post has"),
    "{{ (['x'*100000]*100000) | map('upper') | list }}": (1, "far more text than a post has"),
    "{{ '{:{}}'.format(1, '99999999') }}": (1, "too wide"),
    "{{ ('['*200)}}{{" + "(" * 500 + "1" + ")" * 500 + "}}": (0, "nested too deeply"),
    "{{ 1 / 0 }}": (1, "division by zero"),
    "{{ 1 + 'x' }}": (1, "TypeError"),
    "{{ talks | nosuch }}": (1, "nosuch"),
}


@pytest.mark.parametrize("template", BROKEN)
def test_an_error_says_file_line_and_cause(tmp_path: Path, template: str) -> None:
    line, cause = BROKEN[template]
    began = time.monotonic()
    with pytest.raises(UserError) as told:
        own(tmp_path, template)
    assert "“mine.md.j2”" + (f", line {line}: " if line else ": ") in told.value.message
    assert cause in told.value.message
    assert str(tmp_path) in told.value.hint
    assert time.monotonic() - began < 10
    assert exported(notebook(NOTED), "list", tmp_path).text.startswith("# Part 1")


def test_what_is_as_long_as_a_post_goes_through(tmp_path: Path) -> None:
    for template, made in (
        ("{{ ('a'*9999) | replace('a', 'bc') | length }}", "19998"),
        ("{{ (range(9999) | list) | join(', ') | length }}", "58882"),
        ("{{ ['a', 'b'] | join('-') }} {{ '-'.join(['a', 'b']) }}", "a-b a-b"),
        ("{{ talks | join(', ', attribute='plain') }}", "Noted, Written Up"),
        ("{{ 'a\nb' | indent('> ') }}", "a\n> b"),
        ("{{ 'some words' | wordwrap(5, wrapstring='|') }}", "some|words"),
        ("{{ '%s of %5d' | format('a', 3) }} {{ '%s' % 'x' }} {{ '{:>3}'.format('x') }}", "a of     3 x   x"),
        ("{{ [1, 2] | sum }} {{ [[1], [2]] | sum(start=[]) }} {{ ['a', 1] }}", "3 [1, 2] ['a', 1]"),
        ("{{ {'a': [1]} | tojson(2) }}", '{\n  "a": [\n    1\n  ]\n}'),
        ("{{ talks | sum('count') if false else 'a\tb'.expandtabs(2) }}", "a b"),
    ):
        assert own(tmp_path, template) == f"{made}\n"


def test_a_template_for_which_the_memory_is_too_small_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> str:
        raise MemoryError

    monkeypatch.setitem(environments.confined().filters, "upper", full)
    with pytest.raises(UserError, match="line 2: what it makes does not fit into this computer’s memory"):
        own(tmp_path, "\n{{ 'not enough room' | upper }}{{ title | upper }}")


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin.md.j2").write_bytes("\nTítulo".encode("latin-1"))
    (tmp_path / "folder.md.j2").mkdir()
    (tmp_path / "huge.md.j2").write_bytes(b"x" * 2_000_000)
    (tmp_path / "gone.md.j2").symlink_to(tmp_path / "nowhere")
    for name, cause in (
        ("latin", "“latin.md.j2”, line 2: it is not written in UTF-8"),
        ("folder", "“folder.md.j2” cannot be used"),
        ("huge", "“huge.md.j2” cannot be used"),
        ("gone", "“gone.md.j2” cannot be used"),
    ):
        with pytest.raises(UserError) as told:
            exported(notebook(NOTED), name, tmp_path)
        assert cause in told.value.message
        assert told.value.hint


@settings(deadline=None)
@given(st.text("{}%#-ab. '|()\n", max_size=40))
def test_any_template_is_a_text_or_an_error_that_is_told(template: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            assert own(Path(folder), template).endswith("\n")
        except UserError as error:
            told = error
            assert "mine.md.j2" in told.message


def test_what_a_template_sees_is_there_and_nothing_else(tmp_path: Path) -> None:
    talk = views.TalkView(NOTED, views.Manner(exporter.languages.ENGLISH, "none", views.Album(None, "")))
    things = (talk, talk.notes[0], talk.sections[0], views.passages.Passage())
    for thing in things:
        for name in views.SEEN[type(thing)]:
            assert getattr(thing, name) is not None
    assert {field.name for field in exporter.templates.fields(views.PostView)} == set(
        views.SEEN[views.PostView]
    )
    assert own(tmp_path, "{{ talks[0].notes[0].time }} {{ talks[0]['plain'] }} {{ talks | length }}") == (
        "[01:05](https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=65s) Noted 2\n"
    )
    assert own(tmp_path, "{{ talks | map(attribute='plain') | join(', ') }}") == "Noted, Written Up\n"
    assert (
        own(tmp_path, "{% for t in talks %}{{ loop.index }}/{{ loop.length }};{% endfor %}") == "1/2;2/2;\n"
    )
    assert (
        own(tmp_path, "{{ title.upper() ~ '!' }} {{ date | replace(' ', '_') }}") == "PART 1! Jan_12,_2018\n"
    )


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("a \n\r\x0c\u2028"), max_size=20),
    width=st.integers(0, 5),
    first=st.booleans(),
)
@settings(max_examples=50)
def test_the_quick_way_to_indent_is_that_of_jinja(text: str, width: int, first: bool) -> None:
    quick = environments.trusted().filters["indent"]
    assert quick(text, width, first) == do_indent(text, width, first)
