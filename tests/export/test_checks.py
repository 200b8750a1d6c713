"""What is to be looked at before a post is published: each thing once, with its place."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktopnotes.export import picture_sizes, proofread
from desktopnotes.export import post as exporter
from desktopnotes.export.checks import Check, checks
from desktopnotes.export.options import Options
from desktopnotes.model.cues import Cue
from desktopnotes.model.notebook import Exported, Kind, Note, Notebook, Post, Talk
from desktopnotes.model.quoting import said_instead
from desktopnotes.model.transcript import Transcript
from tests.export.awkward import texts

TODAY = date(2026, 3, 1)
URL = "https://youtu.be/dQw4w9WgXcQ"
FINE = Talk("fine", "Fine", url=URL, duration_ms=60_000, notes=(Note("1", 1000, text="Well said."),))
PUBLISHED = Post("p", title="Part 1", date="2026-02-28", talks=("fine",))


def found(
    *talks: Talk,
    options: Options = Options(),  # noqa: B008
    captions: Callable[[Talk], Transcript | None] = lambda _: None,
    others: tuple[Post, ...] = (),
    **post: object,
) -> list[Check]:
    ids = tuple(talk.id for talk in talks or (FINE,))
    made = replace(PUBLISHED, **{"talks": ids, **post})  # type: ignore[arg-type]
    notebook = Notebook("n", "Event", talks=talks or (FINE,), posts=(made, *others))
    export = exporter.exported(notebook, made, options)
    return list(checks(notebook, made, options, export=export, captions=captions, today=TODAY))


def only(*talks: Talk, **more: object) -> Check:
    (check,) = found(*talks, **more)  # type: ignore[arg-type]
    return check


def test_a_post_that_is_right_has_none() -> None:
    assert found() == []
    assert (
        found(intro="*Hello* `there`, [you](https://example.org).", closing="Bye…", date="2026-03-01") == []
    )


# --- the post itself ---------------------------------------------------------------------------------


def test_title_and_date() -> None:
    assert only(title=" ") == Check("title", "The post has no title; “Event” stands in its place.", "title")
    assert only(date="") == Check("date", "The post has no date.", "date")
    assert "“soon” is not a date like 2018-01-12" in only(date="soon").message
    assert "“2026-02-30” is not a date" in only(date="2026-02-30").message
    future = only(date="2026-03-02")
    assert (future.kind, future.part) == ("future", "date")
    assert "lies in the future" in future.message


def test_a_post_made_for_this_once_needs_no_date() -> None:
    assert found(id="", date="") == []


def test_two_posts_of_one_slug() -> None:
    other = Post("q", title="PART: 1!")
    check = only(others=(other,))
    assert (check.kind, check.part) == ("slug", "slug")
    assert "“PART: 1!” has the slug “part-1” too" in check.message
    assert found(others=(replace(other, slug="another"),)) == []


def test_a_style_or_site_that_there_is_none_of(tmp_path: Path) -> None:
    assert only(style="mosaic").message == "There is no style “mosaic”, so “list” is taken."
    assert only(site="geocities").message == "There is no site “geocities”, so “plain” is taken."
    (tmp_path / "mosaic.md.j2").write_text("x")
    (tmp_path / "list.md.j2").write_text("x")
    assert found(style="mosaic", options=Options(styles_folder=tmp_path)) == []
    taken = only(options=Options(styles_folder=tmp_path))
    assert taken.message.startswith("Your style “list.md.j2” is not used")


def test_the_texts_around_the_talks() -> None:
    check = only(intro="So **bold it is")
    assert (check.kind, check.part) == ("unbalanced", "intro")
    assert check.message == "In the introduction, the ** before “bold it is” has no partner."
    assert only(closing="see []( https://example.org )").message == (
        "In the closing, the link to https://example.org has no words."
    )


# --- its talks ---------------------------------------------------------------------------------------


def test_a_talk_without_public_link() -> None:
    assert only(replace(FINE, url="")) == Check("no link", "“Fine” has no public link.", "link", "fine")
    assert only(replace(FINE, url="file:///x.mp4")).kind == "no link"


def test_a_talk_of_which_nothing_is_said_is_left_out() -> None:
    check = only(FINE, Talk("t", "Silent"))
    assert (check.kind, check.part, check.talk_id) == ("left out", "notes", "t")
    assert "neither notes nor a write-up" in check.message
    assert only(talks=("fine", "gone")).message == "A talk of this post is not in the notebook any more."
    assert only(talks=()).kind == "empty"


def test_a_stamp_past_the_end() -> None:
    late = replace(FINE, notes=(*FINE.notes, Note("late", 65_000, text="Late.")))
    check = only(late)
    assert (check.kind, check.part, check.talk_id, check.note_id) == ("stamp", "notes", "fine", "late")
    assert check.message == "A note of “Fine” is stamped 01:05, but the recording ends at 01:00."
    assert found(replace(late, duration_ms=0)) == []  # nobody knows yet how long it is
    assert found(replace(FINE, notes=(Note("1", 60_400, text="x"),))) == []


def test_a_quote_that_the_captions_do_not_have() -> None:
    transcript = Transcript.of(
        [Cue(0, 4000, "We never measured it."), Cue(4000, 9000, "That was a mistake.")]
    )
    wrong = Note("q", 2000, kind=Kind.QUOTE, text="We always measured it")
    right = replace(wrong, id="r", text="that was a mistake")
    check = only(replace(FINE, notes=(wrong, right)), captions=lambda _: transcript)
    assert (check.kind, check.part, check.note_id) == ("quote", "notes", "q")
    assert said_instead(wrong, transcript) in check.message
    assert found(replace(FINE, notes=(wrong,)), captions=lambda _: None) == []


def test_what_is_amiss_in_notes_and_write_up() -> None:
    check = only(replace(FINE, notes=(Note("1", 61_000, text="a `tick"),)))
    assert (check.kind, check.note_id) == ("unbalanced", "1")
    assert check.message == "In the note at 01:01 of “Fine”, the ` before “tick” has no partner."
    check = only(replace(FINE, notes=(), write_up="Code:\n\n```sh\nls -l\n"))
    assert (check.kind, check.part) == ("unbalanced", "write_up")
    assert "the code that begins with ``` before “ls -l” is never closed" in check.message


def test_what_does_not_stand_in_the_post_is_not_checked() -> None:
    aside = (
        Note("1", 1000, text="*stray"),
        Note("2", 2000, text="#tag"),
        Note("3", 3000, text="x", used=True),
    )
    check = only(replace(FINE, write_up="Said.", notes=aside))
    assert check.only_told
    assert (check.kind, check.note_id) == ("unused", "1")
    assert check.message == "1 note of “Fine” is not used in its write-up."
    in_timeline = only(replace(FINE, write_up="Said.", notes=aside), style="timeline")
    assert (in_timeline.kind, in_timeline.note_id) == ("unbalanced", "1")


def test_where_the_style_is_unknown_it_is_checked_as_what_is_taken_instead() -> None:
    aside = (Note("1", 1000, text="*stray"), Note("3", 3000, text="x", used=True))
    checks = found(replace(FINE, write_up="Said.", notes=aside), style="mosaic")
    assert [check.kind for check in checks] == ["style", "unused"]


def test_a_date_is_told_of_once() -> None:
    check = only(date="", site="jekyll", exported=(Exported("_posts/2016-05-04-a.md", "jekyll"),))
    assert check.message == "The post has no date, which Jekyll needs: 2016-05-04 was taken."
    check = only(date="soon", site="jekyll", exported=(Exported("_posts/2016-05-04-a.md", "jekyll"),))
    assert "“soon” is not a date like 2018-01-12, which Jekyll needs" in check.message


def test_private_notes_are_counted_and_never_told() -> None:
    secret = Note("s", 99_000, kind=Kind.PRIVATE, text="*secret")
    check = only(replace(FINE, notes=(*FINE.notes, secret, replace(secret, id="s2"))))
    assert (check.kind, check.only_told, check.note_id) == ("private", True, "s")
    assert check.message == "2 private notes are left out."


def test_pictures(tmp_path: Path) -> None:
    Image.new("RGB", (1601, 10)).save(tmp_path / "wide.png")
    Image.new("RGB", (10, 10)).save(tmp_path / "small.webp")
    notes = (
        Note("1", 1000, picture="wide.png", alt="A wide slide"),
        Note("2", 2000, picture="small.webp"),
        Note("3", 3000, picture="gone.png", alt="x"),
        Note("4", 4000, picture="small.webp", kind=Kind.PRIVATE),
    )
    talk = replace(FINE, notes=(*FINE.notes, *notes))
    told = {
        check.kind: check
        for check in found(talk, options=Options(pictures_folder=tmp_path), style="timeline")
    }
    assert set(told) == {"alt text", "picture", "large", "private"}
    assert told["alt text"].note_id == "2"
    assert told["picture"].message == "The picture at 00:03 of “Fine” is left out: its file is not there."
    assert told["large"].message == "1 picture over 1600 px is made smaller."
    assert told["large"].only_told
    assert [check.kind for check in found(talk, options=Options(pictures_folder=tmp_path))] == ["private"]


@pytest.mark.parametrize("form", ["png", "jpeg", "webp", "lossless.webp", "alpha.webp", "progressive.jpeg"])
def test_the_size_of_a_picture_is_read_from_its_head(tmp_path: Path, form: str) -> None:
    for size in ((1, 1), (1601, 77), (77, 4000)):
        picture = Image.new(
            "RGBA" if "alpha" in form else "RGB", size, (9, 8, 7, 6)[: 4 if "alpha" in form else 3]
        )
        file = tmp_path / f"{size[0]}.{form}"
        picture.save(file, lossless="lossless" in form, progressive="progressive" in form)
        assert picture_sizes.longest_side_px(file) == max(size)


@settings(deadline=None)
@given(st.binary(max_size=60), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF1234WEBPVP8X"]))
def test_no_file_breaks_the_look_at_its_size(
    tmp_path_factory: pytest.TempPathFactory, rest: bytes, head: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / f"{hash((head, rest))}.bin"
    file.write_bytes(head + rest)
    assert picture_sizes.longest_side_px(file) >= 0
    assert picture_sizes.longest_side_px(file.with_suffix(".gone")) == 0
    file.unlink()


# --- proofreading ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("**bold never closed", "unbalanced", "the ** before “bold never closed” has no partner"),
        ("ends *here*, foo_ bar", "unbalanced", "the _ after “ends *here*, foo” has no partner"),
        ("at https://me:pw@ex.org/x", "password", "the address of “ex.org” holds a name or a password"),
        ("half a [link", "unbalanced", "the [ before “link” has no partner"),
        ("see [docs](https://x", "unbalanced", "the link “docs” is never closed"),
        ("see [docs](javascript:x)", "bad link", "the link “docs” leads where no reader should go"),
        ("see [ ](/x)", "empty link", "the link to /x has no words"),
        ("![](x.png)", "alt text", "the picture x.png has no words for it"),
        ("> ~~~\n> x\n\n```", "unbalanced", "the code that begins with ``` at the end is never closed"),
    ],
)
def test_a_slip_is_told_with_its_place(text: str, kind: str, words: str) -> None:
    assert proofread.slips(text) == (proofread.Slip(kind, words),)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a *b* __c__ `d *` ~~e~~",
            "5 * 3 and 2*3*4",
            "snake_case",
            "$a_i^*$ and $$x_*$$",
            "C# [sic] (a) <b",
        ),
        *(
            "- [ ] to do\n- [x] done",
            "```\n*x\n```",
            "    *code",
            "\\* \\_",
            "[a]: https://example.org\n\n[a] b",
        ),
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert proofread.slips(text) == ()


PIECES = [
    "*",
    "**",
    "_",
    "`",
    "[",
    "](",
    "](https://a.b/c)",
    "](/x)",
    "a",
    "b c",
    " ",
    ".",
    "(",
    ")",
    "~~",
    "<",
    "$",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "\\", "snake_case", "“"]), max_size=9).map("".join))
def test_what_is_passed_without_a_parser_has_nothing_that_it_would_find(text: str) -> None:
    assert proofread.slips(text) == proofread._slips(text)


# --- any post ----------------------------------------------------------------------------------------

ANY_NOTES = st.builds(
    Note,
    st.text(max_size=2),
    st.none() | st.integers(-5, 10**12),
    st.none() | st.integers(-5, 10**12),
    st.sampled_from(["thought", "quote", "private", "other"]),
    texts,
    st.text(max_size=5),
    st.text(max_size=5),
    used=st.booleans(),
)
ANY_TALKS = st.builds(
    Talk,
    st.text("ab", max_size=1),
    st.text(max_size=5),
    url=st.sampled_from(["", URL, "http://[", "x"]),
    duration_ms=st.integers(-5, 10**9),
    write_up=texts,
    notes=st.lists(ANY_NOTES, max_size=3).map(tuple),
)
ANY_POSTS = st.builds(
    Post,
    st.text("pq", max_size=1),
    st.text(max_size=5),
    st.text(max_size=10) | st.dates().map(str),
    st.text(max_size=5),
    intro=texts,
    closing=texts,
    talks=st.lists(st.text("abc", max_size=1), max_size=4).map(tuple),
    style=st.text(max_size=3) | st.sampled_from(["list", "timeline", "outline"]),
    site=st.text(max_size=3),
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(ANY_TALKS, max_size=3),
    st.lists(ANY_POSTS, min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 10**6), st.text(max_size=9)), max_size=3),
)
def test_whatever_the_post_is_the_checks_are_sentences(
    talks: list[Talk], posts: list[Post], said: list[tuple[int, str]]
) -> None:
    notebook = Notebook("n", talks=tuple(talks), posts=tuple(posts))
    transcript = Transcript.of([Cue(at, at + 1000, words) for at, words in said])
    options = Options(pictures_folder=Path("/nowhere"), styles_folder=Path("/nowhere"))
    export = exporter.exported(notebook, posts[0], options)
    for check in checks(
        notebook, posts[0], options, export=export, captions=lambda _: transcript, today=TODAY
    ):
        assert check.kind
        assert check.part
        assert check.message.endswith((".", "”"))
        assert check.note_id == "" or check.talk_id in posts[0].talks


def test_two_thousand_notes_are_checked_again_in_no_time() -> None:
    """A tenth of a second is allowed where one needs some five thousandths: the machine may be busy."""
    transcript = Transcript.of([Cue(i * 4000, i * 4000 + 3000, f"We say {i} things.") for i in range(500)])
    talks = tuple(
        replace(
            FINE,
            id=f"t{t}",
            notes=tuple(
                Note(f"{t}.{n}", n * 1000, kind=Kind.QUOTE if n % 5 == 0 else Kind.THOUGHT, text=f"say *{n}")
                for n in range(40)
            ),
        )
        for t in range(50)
    )
    post = replace(PUBLISHED, talks=tuple(talk.id for talk in talks))
    notebook = Notebook("n", talks=talks, posts=(post,))
    export = exporter.exported(notebook, post)

    def run() -> tuple[Check, ...]:
        return checks(notebook, post, Options(), export=export, captions=lambda _: transcript, today=TODAY)

    first = run()
    assert len(first) > 2000
    began = time.process_time()
    assert run() == first
    assert time.process_time() - began < 0.5  # 0.02 s as a rule: what is known is not looked at again


def test_a_long_title_is_named_by_its_beginning() -> None:
    talk = Talk("a", title="Long " * 60)
    notebook = Notebook("n", talks=(talk,), posts=(replace(PUBLISHED, talks=("a",)),))
    export = exporter.exported(notebook, notebook.posts[0])
    found = checks(
        notebook, notebook.posts[0], Options(), export=export, captions=lambda _: None, today=TODAY
    )
    named = [check.message for check in found if check.talk_id == "a"]
    assert named
    assert all("Long…”" in message and len(message) < 150 for message in named)
