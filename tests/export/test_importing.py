"""Files read back: our own posts of every style, and what other programs write; hostile ones are told."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktopnotes.export import post as exporter
from desktopnotes.export import sites, templates
from desktopnotes.export.importing import decoding, posts, reading, times
from desktopnotes.export.importing.dates import day_of
from desktopnotes.export.importing.likeness import likeness
from desktopnotes.export.interchange import outputs
from desktopnotes.export.languages import LANGUAGES, written_date
from desktopnotes.export.options import Options
from desktopnotes.model.errors import ReadError
from desktopnotes.model.importing import Imported, ReadNote, words_of
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from desktopnotes.model.taking_in import Taken, take_in
from desktopnotes.storage import codec

GOLDEN = Path(__file__).parents[1] / "golden"
NOTEBOOKS = sorted(path.name.removesuffix(".talknotes.json") for path in GOLDEN.glob("*.talknotes.json"))
STYLES = [*templates.style_names()]
TIMES = ["none", "inline", "superscript"]
FORMS = [(style, times) for style in STYLES for times in TIMES if style == "list" or times == "none"]
_numbers = count()


def golden(name: str) -> Notebook:
    return codec.decode((GOLDEN / f"{name}.talknotes.json").read_bytes())


def read_post(text: str) -> Imported:
    found = posts.read(text, lambda: None)
    assert found is not None
    return found


def taken(notebook: Notebook, found: Imported, talk_id: str = "") -> Taken:
    new_id: Callable[[], str] = lambda: f"new{next(_numbers)}"  # noqa: E731
    return take_in(notebook, found, talk_id, new_id=new_id, likeness=likeness(notebook))


def exported(notebook: Notebook, post: Post, **options: object) -> str:
    return exporter.exported(notebook, post, Options(**options)).text  # type: ignore[arg-type]


# --- round trips -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("style", "times"), FORMS)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_post_imported_into_its_own_notebook_changes_nothing(name: str, style: str, times: str) -> None:
    notebook = golden(name)
    text = exported(notebook, notebook.posts[0], style=style, times=times)
    what = taken(notebook, read_post(text))
    assert (what.new_notes, what.new_talks, what.new_write_ups) == (0, 0, 0)
    assert what.notebook.talks == notebook.talks


@pytest.mark.parametrize("site", [site.name for site in sites.SITES if site.front is not None])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_post_of_any_site_comes_back(name: str, style: str, site: str) -> None:
    notebook = golden(name)
    export = exporter.exported(notebook, notebook.posts[0], Options(style=style, site=site))
    found = posts.read(export.text, lambda: None, PurePath(export.file_name))
    assert found is not None
    what = taken(notebook, found)
    assert (what.new_notes, what.new_talks, what.new_write_ups) == (0, 0, 0)
    assert what.notebook.talks == notebook.talks
    again = taken(Notebook("empty"), found).notebook
    post = replace(notebook.posts[0], date=again.posts[0].date, lang=again.posts[0].lang)
    wanted = exported(notebook, post, style=style, site="plain")
    assert words_of(exported(again, again.posts[0], style=style, site="plain")) == words_of(wanted)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_post_imported_into_an_empty_notebook_makes_the_same_post_again(name: str, style: str) -> None:
    notebook = golden(name)
    text = exported(notebook, notebook.posts[0], style=style)
    once = taken(Notebook("empty"), read_post(text)).notebook
    assert taken(once, read_post(text)).notebook == once
    again = exported(once, replace(once.posts[0], style=style))
    assert words_of(again) == words_of(text)


@pytest.mark.parametrize("style", ["timeline", "outline"])
def test_notes_come_back_with_their_times_and_kinds(style: str) -> None:
    if style not in STYLES:
        style = "timeline"
    notes = (
        Note("a", 61_700, text="A thought, with *emphasis* and a_name"),
        Note("b", 95_000, kind=Kind.QUOTE, text="Route by meaning"),
        Note("c", 100_000, kind=Kind.QUESTION, text="What does it cost?"),
        Note("d", 110_000, kind=Kind.LINK, text="https://example.org/a_(b)"),
        Note("e", 3_700_000, text="# not a heading\n- nor a list"),
        Note("f", 3_800_000, text="run it:\n```sh\nls -l\n\npwd\n```"),
        Note("g", 3_900_000, text="1. numbered <b> and C# & 2 * 3"),
    )
    talk = Talk("t", "A Talk", url="https://youtu.be/abcdefghijk", offset_ms=5000, notes=notes)
    post = Post("p", "P", closing="The end.", talks=("t",))
    text = exported(Notebook("n", talks=(talk,), posts=(post,)), post, style=style)
    back = taken(Notebook("empty"), read_post(text)).notebook.talks[0]
    assert [(n.kind, n.text) for n in back.notes] == [(n.kind, n.text) for n in notes]
    seconds = [(note.at_ms or 0) // 1000 for note in back.notes]
    assert seconds == [((note.at_ms or 0) + 5000) // 1000 for note in notes]


SAID = st.text(st.sampled_from("ab \\*_`#-1.>[](<)&;:“”?!|~$=é😀漢"), min_size=1, max_size=24)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 9000), SAID, st.sampled_from(Kind)), max_size=5))
def test_whatever_was_typed_is_known_again(said: list[tuple[int, str, Kind]]) -> None:
    notes = tuple(
        Note(f"n{i}", second * 1000 + 300, text=text, kind=kind)
        for i, (second, text, kind) in enumerate(sorted(said))
    )
    talk = Talk("t", "A Talk", url="https://youtu.be/abcdefghijk", notes=notes)
    post = Post("p", "P", talks=("t",))
    notebook = Notebook("n", talks=(talk,), posts=(post,))
    found = posts.read(exported(notebook, post, style="timeline"), lambda: None)
    if found is not None:
        assert taken(notebook, found).notebook.talks == notebook.talks


def test_what_was_edited_by_hand_comes_in_beside_what_is_there() -> None:
    notebook = golden("kubecon-2017")
    text = exported(notebook, notebook.posts[0], style="timeline")
    edited = text.replace("Memory is the price\n", "Memory is the price, they say\n\n[14:00] my own line\n")
    edited = edited.replace(
        "## [Kata Containers]", "Setext Talk\n-----------\n\n0:10 from somewhere\n\n## [Kata Containers]"
    )
    what = taken(notebook, read_post(edited))
    assert (what.new_talks, what.new_notes) == (1, 3)
    kata = next(talk for talk in what.notebook.talks if talk.title == "Kata Containers")
    assert [note.text for note in kata.notes] == [
        "Memory is the price",
        "Memory is the price, they say",
        "my own line",
    ]


def test_the_offset_of_a_known_talk_is_taken_off() -> None:
    talk = Talk("t", "T", url="https://www.youtube.com/watch?v=abcdefghijk", offset_ms=60_000)
    text = "# P\n\n## [T](https://youtu.be/abcdefghijk)\n\n"
    text += "[02:00](https://youtu.be/abcdefghijk?t=120s) linked\n\n02:00 plain"
    after = taken(Notebook("n", talks=(talk,)), read_post(text)).notebook.talks[0]
    assert [(n.at_ms, n.text) for n in after.notes] == [(60_000, "linked"), (120_000, "plain")]


def test_the_head_of_a_post_is_read_in_every_kind_of_front_matter() -> None:
    body = "Intro.\n\n- [T](https://youtu.be/abcdefghijk) - Words.\n\nBye."
    yaml = '---\ntitle: "A: B"\ndate: 2018-01-12\ntags: [one, two]\nlang: pt\ndraft: true\n---\n'
    toml = '+++\ntitle = "A: B"\ndate = 2018-01-12T10:00:00Z\ntags = ["one", "two"]\nlang = "pt"\n'
    toml += "draft = true\n+++\n"
    astro = '---\ntitle: "A: B"\npubDate: 2018-01-12\ntags:\n  - one\n  - two\nlang: pt\ndraft: true\n---\n'
    js = '{"title": "A: B", "date": "2018-01-12", "tags": ["one", "two"], "lang": "pt", "draft": true}\n'
    for head in (yaml, toml, astro, js):
        post = read_post(head + body).post
        assert post is not None
        assert (post.title, post.date, post.tags, post.lang) == ("A: B", "2018-01-12", ("one", "two"), "pt")
        assert (post.draft, post.intro, post.closing, post.style) == (True, "Intro.", "Bye.", "list")


@pytest.mark.parametrize(
    "head",
    [
        "---\na: &a [1]\nb: *a\n---\n",
        "---\ntitle: [unclosed\n---\n",
        "+++\ntitle = \n+++\n",
        "---\n" + "[" * 5000 + "\n---\n",
        "---\n- a list\n---\n",
        "---\n!!python/object/apply:os.system ['touch /tmp/owned']\n---\n",
    ],
)
def test_front_matter_that_cannot_be_read_is_listed(head: str) -> None:
    found = read_post(f"{head}\n- [T](https://youtu.be/abcdefghijk) - Words.\n")
    assert found.unread[0].line == 1
    assert found.talks[0].write_up == "Words."


def test_what_stands_between_talks_is_listed() -> None:
    text = "# P\n\n- [A](https://e.org/a) - a\n\n### Security\n\n- [B](https://e.org/b) - b\n"
    found = read_post(text)
    assert [talk.title for talk in found.talks] == ["A", "B"]
    assert [(one.line, one.text) for one in found.unread] == [(5, "### Security")]


@given(st.dates(), st.sampled_from(LANGUAGES), st.sampled_from(["%b %-d, %Y", "%A, %-d %B %Y", "%Y-%m-%d"]))
def test_every_date_that_posts_have_is_read(day, words, form) -> None:  # type: ignore[no-untyped-def]
    if day.year > 999:
        assert day_of(written_date(day, form, words)) == day.isoformat()


@pytest.mark.parametrize(
    "line", ["May I, 2018?", "2018", "12 notes", "Jan", "", "31 Feb 2018", "1 2 Mar 2018"]
)
def test_other_lines_are_no_dates(line: str) -> None:
    assert day_of(line) == ""


# --- lines with times --------------------------------------------------------------------------------


def notes_in(tmp_path: Path, text: str | bytes, name: str = "notes.txt") -> Imported:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return reading.read(file)


LINES = {
    "[12:31] words": (751_000, None),
    "12:31 words": (751_000, None),
    "1:02:03 - words": (3_723_000, None),
    "- 12:31 words": (751_000, None),
    "* [12:31] words": (751_000, None),
    "1. 12:31 words": (751_000, None),
    "- [ ] 12:31 words": (751_000, None),
    "**12:31** words": (751_000, None),
    "**12:31:** words": (751_000, None),
    "`12:31` words": (751_000, None),
    "(12:31) words": (751_000, None),
    "12:31.5 words": (751_500, None),
    "[00:12:31,250] words": (751_250, None),
    "12:31–12:45 words": (751_000, 765_000),
    "00:12:31.500 --> 00:12:33.000 words": (751_500, 753_000),
    "12m31s words": (751_000, None),
    "[12:31](#12:31?) words": (751_000, None),
    "[12:31](https://youtu.be/abcdefghijk?t=751) words": (751_000, None),
    "[words](https://vimeo.com/1#t=751s)": (751_000, None),
    "12:31 | words": (751_000, None),
    "\ufeff12:31\twords": (751_000, None),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_begins_with_a_time_is_a_note(tmp_path: Path, line: str) -> None:
    note = notes_in(tmp_path, line).notes[0]
    assert (note.text, note.at_ms, note.end_ms) == ("words", *LINES[line])


@pytest.mark.parametrize(
    "line", ["10:30am tea", "3:2 won", "12:31words", "5 min", "2018-01-12 x", "[99:99] x", "1:60 x"]
)
def test_other_lines_are_none(line: str) -> None:
    assert times.timed(line) is None


ADDRESSES = {
    "https://www.youtube.com/watch?v=abcdefghijk&t=65s": 65_000,
    "https://youtu.be/abcdefghijk?t=65": 65_000,
    "https://www.youtube.com/embed/abcdefghijk?start=65": 65_000,
    "https://www.youtube.com/watch?time_continue=65&v=abcdefghijk": 65_000,
    "https://vimeo.com/1#t=65s": 65_000,
    "https://vimeo.com/1#t=1m5s": 65_000,
    "https://tube.example.org/w/kk?start=1m5s": 65_000,
    "https://media.ccc.de/v/x#t=65": 65_000,
    "https://example.org/a.mp4#t=65,70": 65_000,
    "https://example.org/a.mp4#t=npt:1:05": 65_000,
    "https://example.org/a.mp4#t=1:01:05.5": 3_665_500,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_time_in_an_address_is_read(address: str) -> None:
    found = times.in_address(address)
    assert found is not None
    assert found[0] == ADDRESSES[address]


def test_what_cannot_be_read_is_listed_with_its_line(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "My notes\n\n12:31 one\n  more\n\nand more\n[99:99] wrong\n---\n12:40 > two\n")
    assert [(n.text, n.kind) for n in found.notes] == [("one\nmore\n\nand more", "thought"), ("two", "quote")]
    assert [(u.line, u.text) for u in found.unread] == [(1, "My notes"), (7, "[99:99] wrong"), (8, "---")]


def test_times_may_stand_behind_the_titles(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "Chapters:\nIntro 0:00\nThe demo - 1:10\nEnd (2:10)\n")
    assert [(n.at_ms, n.text) for n in found.notes] == [(0, "Intro"), (70_000, "The demo"), (130_000, "End")]
    assert found.may_be_chapters
    assert [u.text for u in found.unread] == ["Chapters:"]


# --- other programs ----------------------------------------------------------------------------------

SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nHello\nthere\n\n"
    "2\n00:00:99,000 -> 00:01\nx\n\n3\n00:00:03,000 --> 00:00:04,000\nBye\n"
)


def test_each_cue_of_captions_is_a_note(tmp_path: Path) -> None:
    found = notes_in(tmp_path, SRT, "talk.srt")
    first, last = found.notes[0], found.notes[-1]
    assert (first.at_ms, first.end_ms, first.text) == (1000, 2500, "Hello\nthere")
    assert (last.at_ms, last.text) == (3000, "Bye")
    vtt = notes_in(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\nHi <b>you</b>\n\n00:05 --> x\nno\n", "x.txt")
    assert [n.text for n in vtt.notes] == ["Hi you"]
    assert [(u.line, u.text) for u in vtt.unread] == [(6, "00:05 --> x")]


def test_chapters_of_podcasts_and_of_yt_dlp(tmp_path: Path) -> None:
    podcast = {"version": "1.2.0", "chapters": [{"startTime": 0, "title": "A"}, {"startTime": 65.5}, 7]}
    found = notes_in(tmp_path, json.dumps(podcast), "chapters.json")
    assert found.notes == (ReadNote("A", 0, kind=Kind.CHAPTER),)
    assert len(found.unread) == 2
    info = {"title": "T", "webpage_url": "https://e.org/a", "chapters": [{"start_time": 1.0, "title": "B"}]}
    talk = notes_in(tmp_path, json.dumps(info), "x.info.json").talks[0]
    assert (talk.title, talk.url, talk.notes[0].at_ms) == ("T", "https://e.org/a", 1000)


def test_otranscribe_and_vlc(tmp_path: Path) -> None:
    span = '<span class="timestamp" data-timestamp="12.3">0:12</span>'
    otr = json.dumps({"text": f"<p>{span} Hello &amp; welcome<br>{span}&nbsp;again</p>", "media": "x"})
    assert [n.text for n in notes_in(tmp_path, otr, "a.otr").notes] == ["Hello & welcome", "again"]
    vlc = "#EXTM3U\n#EXTVLCOPT:bookmarks={name=One,time=12.5},{name=Two,bytes=-1,time=65}\nx.mp4\n"
    assert [(n.text, n.at_ms) for n in notes_in(tmp_path, vlc, "a.m3u").notes] == [
        ("One", 12_500),
        ("Two", 65_000),
    ]


ORGANISER = Talk(
    "t",
    "=A Talk",
    url="https://www.youtube.com/watch?v=abcdefghijk",
    offset_ms=5000,
    notes=(
        Note("a", 61_700, text="=1+1 is two"),
        Note("b", 70_000, 75_000, kind=Kind.QUOTE, text="Route by meaning"),
        Note("c", 80_000, kind=Kind.QUESTION, text="first line\nsecond line\n  third"),
    ),
)


@pytest.mark.parametrize("form", ["csv", "text"])
def test_our_own_tables_and_texts_come_back(tmp_path: Path, form: str) -> None:
    second = replace(ORGANISER, id="u", title="Another", url="https://vimeo.com/76979871")
    post = Post("p", title="P", talks=("t", "u"))
    notebook = Notebook("n", talks=(ORGANISER, second), posts=(post,))
    export = outputs.output(form).make(notebook, post, Options())
    found = notes_in(tmp_path, export.text, f"notes.{form}")
    what = taken(notebook, found)
    assert (what.new_notes, what.new_talks) == (0, 0)
    assert what.notebook.talks == notebook.talks
    fresh = taken(Notebook("e"), found).notebook
    assert [talk.title for talk in fresh.talks] == ["=A Talk", "Another"]
    assert [len(talk.notes) for talk in fresh.talks] == [3, 3]
    if form == "csv":
        assert [(n.kind, n.text) for n in fresh.talks[0].notes] == [(n.kind, n.text) for n in ORGANISER.notes]
        assert fresh.talks[0].url == ORGANISER.url


def test_our_own_subtitles_come_back(tmp_path: Path) -> None:
    talk = replace(ORGANISER, offset_ms=0)
    export = outputs.output("vtt").make(Notebook("n", talks=(talk,)), talk, Options())
    found = notes_in(tmp_path, export.text, "notes.vtt")
    assert [note.kind for note in found.notes] == [Kind.THOUGHT, Kind.QUOTE, Kind.THOUGHT]
    what = taken(Notebook("n", talks=(talk,)), found, "t")
    assert (what.new_notes, what.known_notes) == (0, 3)


def test_a_row_without_a_time_is_listed(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "Time,Note\n0:10,a\nx,b\n,c\n", "t.csv")
    assert [(note.at_ms, note.text) for note in found.notes] == [(10_000, "a"), (None, "c")]
    assert [(one.line, one.text) for one in found.unread] == [(3, "x, b")]


def test_a_notebook_is_opened_not_imported(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="notebook"):
        notes_in(tmp_path, json.dumps({"format": "desktopnotes"}), "a.json")


# --- hostile files -----------------------------------------------------------------------------------

TIMED = "0:10 größer\n0:20 é\n"


@pytest.mark.parametrize(
    "content",
    [
        TIMED.encode("utf-16"),
        TIMED.encode("utf-16-le"),
        TIMED.encode("utf-8-sig"),
        TIMED.encode("latin-1"),
        TIMED.replace("\n", "\r\n").encode(),
        TIMED.replace("\n", "\r").encode(),
        TIMED.replace("r", "r\0").encode(),
        TIMED.rstrip("\n").encode(),
    ],
    ids=["utf-16", "utf-16-le", "bom", "latin-1", "crlf", "cr", "nul", "no end"],
)
def test_text_of_every_encoding(tmp_path: Path, content: bytes) -> None:
    found = notes_in(tmp_path, content)
    assert [(n.at_ms, n.text) for n in found.notes] == [(10_000, "größer"), (20_000, "é")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\0\0\0\0", "empty"),
        (bytes(range(256)) * 100, "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 1000, "no text"),
        (b"just words\nand more\n", "no line that starts with a time"),
        (b"<!-- " * 10_000, "no line that starts with a time"),
        (b"[" * 100_000, "no line that starts with a time"),
        (b"{" * 100_000, "no line that starts with a time"),
        (b"- [" * 30_000, "no line that starts with a time"),
        (b"  - a\n" * 3000, "no line that starts with a time"),
        (b"> " * 50_000, "no line that starts with a time"),
    ],
    ids=str,
)
def test_what_is_no_notes_is_told_at_once(tmp_path: Path, content: bytes, said: str) -> None:
    start = time.monotonic()
    with pytest.raises(ReadError, match=said):
        notes_in(tmp_path, content)
    assert time.monotonic() - start < 5


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(ReadError, match=f"larger than {decoding.LIMIT_BYTES // 1_000_000} MB"):
        reading.read(tmp_path / "big.txt")


def test_a_million_lines_are_bounded_and_told(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "0:10 x\n" * 1_000_000)
    assert len(found.notes) == 100_000
    assert any("800,001 lines were not read" in one.why for one in found.unread)
    assert any("100,000 more notes" in one.text for one in found.unread)


def test_a_line_without_an_end_is_listed(tmp_path: Path) -> None:
    found = notes_in(tmp_path, "0:10 a\n0:20 " + "x" * 1_000_000)
    assert [n.text for n in found.notes] == ["a"]
    assert found.unread[0].line == 2


@given(st.text(st.sampled_from("0123:.-[]()<>*`# \n\tax|\\&{}\"'=+~_"), max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    post = posts.read(text, lambda: None)
    if post is not None:
        once = taken(Notebook("n"), post).notebook
        assert taken(once, post).notebook == once
