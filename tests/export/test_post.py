"""A whole post: styles, what is left out, and how it is written with its pictures."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktopnotes.export import post as exporter
from desktopnotes.export import sites, templates
from desktopnotes.export.options import Options
from desktopnotes.export.result import Export
from desktopnotes.export.writing import write
from desktopnotes.model.errors import ReadError, UserError, WouldOverwriteError, WriteError
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from desktopnotes.pictures import travelling
from tests.export import reading
from tests.export.awkward import texts

URL = "https://youtu.be/dQw4w9WgXcQ"


def notebook(*talks: Talk, **post: object) -> Notebook:
    ids = tuple(talk.id for talk in talks)
    made = replace(Post("p", title="Notes - Part 1", talks=ids), **post)  # type: ignore[arg-type]
    return Notebook("n", title="The Event", talks=talks, posts=(made,))


def text(made: Notebook, **options: object) -> str:
    return exporter.exported(made, made.posts[0], Options(**options)).text  # type: ignore[arg-type]


WRITTEN = Talk("w", "Written Up", url=URL, write_up="One.\n\nTwo:\n\n```\ncode\n```")
NOTED = Talk("n", "Noted", url=URL, notes=(Note("1", 65_000, text="First"), Note("2", text="second")))
UNTOUCHED = Talk("u", "Untouched", url=URL)


# --- styles ------------------------------------------------------------------------------------------


def test_the_list_is_the_post_that_people_write_by_hand() -> None:
    made = notebook(
        WRITTEN, NOTED, date="2018-01-12", intro="Hello.\n\nThese are notes:", closing="More later."
    )
    assert text(made) == (
        "# Notes - Part 1\n\nJan 12, 2018\n\nHello.\n\nThese are notes:\n\n"
        f"- [Written Up]({URL}) - One.\n\n  Two:\n\n  ```\n  code\n  ```\n\n"
        f"- [Noted]({URL}) - First. second.\n\n"
        "More later.\n"
    )


def test_the_timeline_has_a_heading_for_each_talk_and_a_line_for_each_note() -> None:
    both = replace(NOTED, id="b", write_up="Written *too*.")
    made = notebook(NOTED, both, UNTOUCHED, intro="Hello.", closing="Bye.")
    link = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=65s"
    notes = f"[01:05]({link}) First\n\nsecond\n\n"
    assert text(made, style="timeline") == (
        f"# Notes - Part 1\n\nHello.\n\n## [Noted]({URL})\n\n{notes}"
        f"## [Noted]({URL})\n\nWritten *too*.\n\n{notes}Bye.\n"
    )


@pytest.mark.parametrize("style", ["list", "timeline"])
def test_a_stamp_that_is_approximate_looks_like_any_other(style: str) -> None:
    about = replace(NOTED, notes=tuple(replace(note, approximate=True) for note in NOTED.notes))
    for times in ("none", "inline", "superscript"):
        made = text(notebook(about, times=times), style=style)
        assert made == text(notebook(NOTED, times=times), style=style)
        assert "~" not in made


def test_a_post_without_anything_is_its_title() -> None:
    assert text(notebook()) == "# Notes - Part 1\n"
    assert text(notebook(title="")) == "# The Event\n"


def test_separator_and_date_form_are_settings() -> None:
    made = notebook(NOTED, date="2018-01-02")
    assert f"[Noted]({URL}): First." in text(made, title_separator=": ")
    assert "\n2018, January 2\n" in text(made, date_form="%Y, %B %-d")


def test_a_talk_without_a_public_link_keeps_its_plain_title() -> None:
    local = replace(NOTED, title="1. A [local] talk", url="", file="talk.mp4")
    made = notebook(local, replace(local, id="x", url="javascript:alert(1)"))
    assert text(made).count("- 1\\. A \\[local\\] talk - First. second.\n") == 2
    assert "## 1. A \\[local\\] talk\n\n01:05 First" in text(made, style="timeline")


def test_a_talk_without_a_title_is_called_by_what_it_has() -> None:
    said = (Note("1", text="x y"),)
    talks = (
        Talk("a", original_title="Its original title", notes=said),
        Talk("b", file="folder/its file.mp4", notes=said),
        Talk("c", title="  ", url="https://example.org/its_url", notes=said),
        Talk("d", notes=said),
    )
    made = text(notebook(*talks))
    for name in ("- Its original title -", "- its file -", "- [https://example.org/its_url](", "- A talk -"):
        assert name in made


@pytest.mark.parametrize("write_up", ["- a\n- b", "> quoted", "# heading", "```\ncode\n```", "1. a"])
def test_a_write_up_that_begins_with_a_block_stands_below_its_title(write_up: str) -> None:
    made = text(notebook(replace(WRITTEN, write_up=write_up)))
    indented = write_up.replace("\n", "\n  ")
    assert made.endswith(f"- [Written Up]({URL})\n\n  {indented}\n")


@pytest.mark.parametrize(
    ("intro", "closing", "sign"),
    [("", "", "-"), ("- mine", "", "*"), ("", "- mine", "*"), ("* mine", "", "-"), ("1. mine", "", "-")],
)
def test_a_list_of_ones_own_beside_the_talks_stays_a_list_of_its_own(
    intro: str, closing: str, sign: str
) -> None:
    made = text(notebook(NOTED, intro=intro, closing=closing))
    assert f"\n{sign} [Noted]" in made
    lists = [kind for kind in reading.kinds(made) if kind.endswith("list")]
    assert len(lists) == 1 + bool(intro) + bool(closing)


def test_an_indented_closing_is_no_part_of_the_last_talk() -> None:
    assert reading.kinds(text(notebook(NOTED, closing="  Bye.\n\nThe end."))) == [
        "heading",
        "bullet_list",
        "paragraph",
        "paragraph",
    ]


def test_code_that_the_introduction_leaves_open_ends_with_it() -> None:
    made = text(notebook(NOTED, intro="```\nopen"))
    assert reading.kinds(made) == ["heading", "fence", "bullet_list"]


def test_a_post_in_another_language_has_its_date_and_quotes() -> None:
    quoted = Talk("q", "Q", notes=(Note("1", text="so ist es", kind=Kind.QUOTE),))
    made = text(notebook(quoted, date="2018-03-02", lang="de-AT"))
    assert reading.kinds(made) == ["heading", "paragraph", "bullet_list"]  # and not a numbered list
    assert "2. März 2018" in reading.seen(made).text
    assert "- Q - „so ist es.“\n" in made


# --- left out ----------------------------------------------------------------------------------------


def test_what_says_nothing_and_what_is_private_is_left_out() -> None:
    private = Note("s", text="secret", kind=Kind.PRIVATE)
    made = notebook(
        replace(NOTED, notes=(*NOTED.notes, private, private)),
        UNTOUCHED,
        Talk("only", "Only private", notes=(private,)),
        replace(NOTED, id="local", title="Local", url=""),
    )
    post = replace(made.posts[0], talks=(*made.posts[0].talks, "gone", "n"))
    export = exporter.exported(made, post)
    assert "secret" not in export.text
    assert export.text.count("[Noted]") == 1
    assert "Untouched" not in export.text


def test_the_order_is_that_of_the_post() -> None:
    made = notebook(WRITTEN, NOTED)
    export = exporter.exported(made, replace(made.posts[0], talks=("n", "w")))
    assert export.text.index("[Noted]") < export.text.index("[Written Up]")


def test_what_a_file_of_another_version_names_falls_back() -> None:
    made = notebook(NOTED, style="mosaic", site="geocities", date="soon")
    export = exporter.exported(made, made.posts[0])
    assert export.file_name == "notes-part-1.md"
    assert "\nsoon\n" in export.text
    assert export.text.count("\n- [Noted]") == 1


def test_a_site_and_a_style_asked_for_must_exist() -> None:
    made = notebook(NOTED)
    with pytest.raises(UserError, match="no site"):
        exporter.exported(made, made.posts[0], Options(site="geocities"))
    with pytest.raises(UserError, match="There is no style"):
        exporter.exported(made, made.posts[0], Options(style="../list"))


def test_a_notebook_without_a_post_makes_one_of_all_that_was_noted() -> None:
    made = replace(notebook(WRITTEN, UNTOUCHED, NOTED), posts=())
    post = exporter.post_of_all(made, "{event}: {n} {x}")
    assert post.title == "The Event: 1 {x}"
    assert post.talks == ("w", "n")
    assert exporter.post_of_all(Notebook("e")).title == "Talks Notes - Part 1"


def test_a_post_of_one_talk_takes_style_and_language_of_its_post() -> None:
    made = notebook(
        WRITTEN, NOTED, lang="pt", style="timeline", intro="x", closing="x", date="2018-01-12", slug="x"
    )
    post = exporter.post_of_talk(made, NOTED)
    assert (post.title, post.talks, post.lang, post.style) == ("Noted", ("n",), "pt", "timeline")
    assert exporter.exported(made, post).text.startswith(f"# Noted\n\n## [Noted]({URL})\n\n[01:05]")
    assert exporter.exported(made, post).file_name == "noted.md"


# --- any text ----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.lists(st.lists(texts, max_size=3), max_size=4), st.sampled_from(["none", "inline", "superscript"]))
def test_the_list_has_an_item_for_each_talk_whatever_the_notes_are(
    written: list[list[str]], times: str
) -> None:
    talks = tuple(
        Talk(
            f"t{i}",
            f"Talk {i}",
            url=URL,
            notes=tuple(Note(f"{i}.{j}", j, text=t) for j, t in enumerate(said)),
        )
        for i, said in enumerate(written)
    )
    made = notebook(*talks, intro="Hello.", closing="Bye.")
    left_in = exporter.post_of_all(made).talks
    export = text(made, times=times)
    lists = ["bullet_list"] if left_in else []
    assert reading.kinds(export) == ["heading", "paragraph", *lists, "paragraph"]
    found = reading.tokens(export)
    assert sum(token.type == "bullet_list_open" for token in found) == len(lists)
    assert sum(token.type == "list_item_open" for token in found) == len(left_in)
    assert not any(token.type in ("ordered_list_open", "blockquote_open", "hr") for token in found)
    assert reading.harm(export) == []


@settings(deadline=None)
@given(st.lists(texts, max_size=4))
def test_the_timeline_has_the_headings_of_the_talks_whatever_the_notes_are(written: list[str]) -> None:
    notes = tuple(Note(str(i), i, text=said) for i, said in enumerate(written))
    export = text(notebook(Talk("t", "Talk", url=URL, notes=notes)), style="timeline")
    assert set(reading.kinds(export)) <= {"heading", "paragraph", "fence"}
    assert reading.kinds(export).count("heading") == 1 + ("## " in export)
    assert reading.harm(export) == []


@settings(deadline=None)
@given(texts, texts, texts, texts)
def test_no_text_of_a_post_does_harm(title: str, intro: str, write_up: str, closing: str) -> None:
    made = notebook(
        Talk("t", title, write_up=write_up), title=title, intro=intro, closing=closing, date=title
    )
    for style in templates.style_names():
        assert reading.harm(text(made, style=style)) == []


# --- pictures ----------------------------------------------------------------------------------------


def picture(kind: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "orange").save(content, kind)
    return content.getvalue()


PNG, WEBP = picture("PNG"), picture("WEBP")
SHOWN = Talk(
    "s",
    "Istio (the “Mesh”)",
    url=URL,
    notes=(
        Note("1", 65_000, text="A slide", picture="a.png", alt="What a [sidecar] sees"),
        Note("2", 65_999, picture="b c.webp"),
    ),
)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "The Event.pictures"
    folder.mkdir()
    (folder / "a.png").write_bytes(PNG)
    (folder / "b c.webp").write_bytes(WEBP)
    return folder


def timeline(talk: Talk, pictures: Path | None) -> Export:
    made = notebook(talk)
    return exporter.exported(made, made.posts[0], Options(style="timeline", pictures_folder=pictures))


def test_pictures_stand_in_their_place_under_names_that_tell(pictures: Path) -> None:
    export = timeline(SHOWN, pictures)
    assert (
        "A slide\n\n![What a \\[sidecar\\] sees](notes-part-1-pictures/istio-the-mesh-01m05s.webp)\n"
        in export.text
    )
    assert (
        "&t=65s)\n\n![Istio (the “Mesh”), 01:05](notes-part-1-pictures/istio-the-mesh-01m05s-2.webp)\n"
        in (export.text)
    )
    assert [(picture.source, picture.path) for picture in export.pictures] == [
        (pictures / "a.png", "notes-part-1-pictures/istio-the-mesh-01m05s.webp"),
        (pictures / "b c.webp", "notes-part-1-pictures/istio-the-mesh-01m05s-2.webp"),
    ]


def test_the_list_shows_no_pictures(pictures: Path) -> None:
    made = notebook(SHOWN)
    export = exporter.exported(made, made.posts[0], Options(pictures_folder=pictures))
    assert export.pictures == ()
    assert "![" not in export.text


def test_a_talk_with_nothing_but_snapshots_is_not_left_out(pictures: Path) -> None:
    made = notebook(replace(SHOWN, notes=SHOWN.notes[1:]))
    assert text(made, pictures_folder=pictures).endswith(f"\n- [Istio (the “Mesh”)]({URL})\n")


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "/etc/passwd", "..", "sub/a.png", "a\nb.png", "a\0.png", "linked.png", "gone.png", "."],
)
def test_a_picture_that_is_not_in_the_folder_is_left_out(pictures: Path, name: str) -> None:
    (pictures.parent / "secret.png").write_bytes(b"secret")
    (pictures / "linked.png").symlink_to(pictures.parent / "secret.png")
    (pictures / "sub").mkdir()
    (pictures / "sub" / "a.png").write_bytes(b"x")
    export = timeline(replace(SHOWN, notes=(Note("1", 0, text="words", picture=name),)), pictures)
    assert export.pictures == ()
    assert "![" not in export.text
    assert export.missing == (name,)


def test_a_private_picture_is_left_out(pictures: Path) -> None:
    private = Note("1", 0, kind=Kind.PRIVATE, picture="a.png")
    export = timeline(replace(SHOWN, notes=(*SHOWN.notes, private)), pictures)
    assert len(export.pictures) == 2


# --- writing -----------------------------------------------------------------------------------------


def test_the_post_is_written_with_its_pictures(tmp_path: Path, pictures: Path) -> None:
    export = timeline(SHOWN, pictures)
    written = write(export, tmp_path / "new folder" / "post.md")
    folder = tmp_path / "new folder"
    assert written.paths[0] == folder / "post.md"
    assert (folder / "post.md").read_bytes() == export.text.encode()
    made = Image.open(folder / "notes-part-1-pictures" / "istio-the-mesh-01m05s.webp")
    assert (made.format, made.size) == ("WEBP", (8, 8))
    assert (folder / "notes-part-1-pictures" / "istio-the-mesh-01m05s-2.webp").read_bytes() == WEBP
    assert sorted(written.paths[1:]) == sorted((folder / "notes-part-1-pictures").iterdir())


def test_in_a_folder_the_sites_own_name_is_used(tmp_path: Path) -> None:
    export = timeline(NOTED, None)
    assert write(export, tmp_path).paths == (tmp_path / "notes-part-1.md",)


def test_a_file_that_exists_is_not_overwritten_without_being_told(tmp_path: Path, pictures: Path) -> None:
    export = timeline(SHOWN, pictures)
    (tmp_path / "post.md").write_text("edited by hand")
    with pytest.raises(WouldOverwriteError, match=r"“post\.md” exists already"):
        write(export, tmp_path / "post.md")
    assert (tmp_path / "post.md").read_text() == "edited by hand"
    assert not (tmp_path / "notes-part-1-pictures").exists()
    write(export, tmp_path / "post.md", overwrite=True)
    assert (tmp_path / "post.md").read_text(encoding="utf-8") == export.text


def test_another_picture_of_that_name_is_not_overwritten_either(tmp_path: Path, pictures: Path) -> None:
    export = timeline(SHOWN, pictures)
    write(export, tmp_path / "one.md")
    write(export, tmp_path / "two.md")  # the very same pictures do no harm
    taken = tmp_path / "notes-part-1-pictures" / "istio-the-mesh-01m05s.webp"
    taken.write_bytes(b"another")
    with pytest.raises(WouldOverwriteError, match="Another picture"):
        write(export, tmp_path / "three.md")
    assert taken.read_bytes() == b"another"
    assert not (tmp_path / "three.md").exists()
    write(export, tmp_path / "three.md", overwrite=True)
    assert taken.read_bytes() == travelling(pictures / "a.png", "webp")


@pytest.mark.parametrize("name", ["post.md", "notes-part-1-pictures"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, pictures: Path, name: str) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (folder / name).symlink_to(outside / name if name == "post.md" else outside)
    with pytest.raises(WriteError, match="as a link leads there"):
        write(timeline(SHOWN, pictures), folder / "post.md", overwrite=True)
    assert list(outside.iterdir()) == []


def test_pictures_come_before_the_text(tmp_path: Path, pictures: Path) -> None:
    export = timeline(SHOWN, pictures)
    (pictures / "b c.webp").unlink()
    with pytest.raises(ReadError):
        write(export, tmp_path / "post.md")
    assert not (tmp_path / "post.md").exists()


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteError, match="was not written"):
        write(timeline(NOTED, None), tmp_path / "file" / "post.md")


def test_every_site_and_style_exports(pictures: Path) -> None:
    made = notebook(SHOWN, WRITTEN, NOTED)
    for site in sites.site_names():
        for style in templates.style_names():
            export = exporter.exported(
                replace(made, created="2018-01-12T10:00:00Z"),
                made.posts[0],
                Options(site=site, style=style, pictures_folder=pictures),
            )
            assert "Written Up" in export.text
            assert export.file_name.endswith(sites.site(site).suffix)


def test_the_list_shows_pictures_only_if_asked(pictures: Path) -> None:
    made = notebook(SHOWN, replace(SHOWN, id="w", write_up="Written."), closing="Bye.")
    assert "![" not in text(made, pictures_folder=pictures)
    export = exporter.exported(made, made.posts[0], Options(pictures_folder=pictures, pictures_in_list=True))
    folder = "notes-part-1-pictures/istio-the-mesh"
    assert export.text.endswith(
        f"- [Istio (the “Mesh”)]({URL}) - A slide.\n\n"
        f"  ![What a \\[sidecar\\] sees]({folder}-01m05s.webp)\n\n"
        f"  ![Istio (the “Mesh”), 01:05]({folder}-01m05s-2.webp)\n\n"
        f"- [Istio (the “Mesh”)]({URL}) - Written.\n\nBye.\n"
    )
    assert len(export.pictures) == 2


def test_a_list_item_of_a_picture_alone_has_it_below_its_title(pictures: Path) -> None:
    alone = replace(SHOWN, notes=SHOWN.notes[1:])
    made = text(notebook(alone), pictures_folder=pictures, pictures_in_list=True)
    assert f"- [Istio (the “Mesh”)]({URL})\n\n  ![" in made


@pytest.mark.parametrize("style", templates.built_in())
def test_html_of_texts_is_left_only_where_a_setting_says_so(style: str) -> None:
    talks = (
        Talk("a", "A <b>", write_up="<i>x</i>"),
        Talk("b", notes=(Note("1", text="<u>y</u>"),)),
    )
    made = notebook(*talks, intro="<b>in</b>", closing="<b>out</b>")
    kept = text(made, style=style, raw_html=True)
    for tag in ("<i>x</i>", "<u>y</u>", "<b>in</b>", "<b>out</b>", "A &lt;b>"):
        assert tag in kept
    assert "<i>" not in text(made, style=style)
