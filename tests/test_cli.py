"""The command line: results on stdout, messages on stderr, exit codes; with no display, VLC or Pillow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktopnotes import __main__, __version__, cli
from desktopnotes.cli.export import KINDS
from desktopnotes.export.interchange import outputs
from desktopnotes.handing_over import calling
from desktopnotes.model.notebook import Note, Notebook, Post, Talk
from desktopnotes.storage import codec

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
KUBECON = str(GOLDEN / "kubecon-2017.talknotes.json")
EVERY_KIND = str(GOLDEN / "every-kind.talknotes.json")


def golden(name: str) -> str:
    return (GOLDEN / name).read_text(encoding="utf-8")


@pytest.fixture
def two_posts(tmp_path: Path) -> str:
    talks = (Talk("t1", "One", write_up="First."), Talk("t2", "Two", notes=(Note("n", 1, text="second"),)))
    posts = (Post("p1", "Part 1", talks=("t1",)), Post("7", "Part 2", talks=("t2",), style="timeline"))
    file = tmp_path / "two.talknotes.json"
    file.write_bytes(codec.encode(Notebook("n", "Event", talks=talks, posts=posts)))
    return str(file)


def refused(capsys: pytest.CaptureFixture[str], code: int, *words: str) -> str:
    """The message of a call that ends with `code` and gives no result."""
    assert cli.main(words) == code
    out, err = capsys.readouterr()
    assert out == ""
    return err


# --- export ------------------------------------------------------------------------------------------


def test_without_an_output_the_text_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", KUBECON]) == 0
    out, err = capsys.readouterr()
    assert out == golden("kubecon-2017.list.md")
    assert err == (
        "desktopnotes: 1 note of “Istio: Weaving the Mesh” is not used in its write-up.\n"
        "desktopnotes: 2 private notes are left out.\n"
    )


def test_style_times_and_site_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", EVERY_KIND, "--style", "timeline", "--site", "plain", "--as", "post"]) == 0
    out, err = capsys.readouterr()
    assert out == golden("every-kind.timeline.md")
    assert "desktopnotes: The text links 2 pictures; -o writes what it links beside it.\n" in err
    assert cli.main(["export", EVERY_KIND, "--times", "superscript", "-o", "-"]) == 0
    assert capsys.readouterr().out == golden("every-kind.list-superscript.md")


def test_a_post_is_named_by_number_or_id(capsys: pytest.CaptureFixture[str], two_posts: str) -> None:
    for name, title in {"1": "# Part 1", "2": "# Part 2", "p1": "# Part 1", "7": "# Part 2"}.items():
        assert cli.main(["export", two_posts, "--post", name]) == 0
        assert capsys.readouterr().out.startswith(title)


def test_one_talk_can_be_exported_alone(capsys: pytest.CaptureFixture[str], two_posts: str) -> None:
    assert cli.main(["export", two_posts, "--talk", "t2"]) == 0
    assert capsys.readouterr().out == "# Two\n\n## Two\n\n00:00 second\n"


def test_a_notebook_without_posts_is_exported_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    talks = (Talk("t1", "One", write_up="First."), Talk("t2", "Two"))
    file = tmp_path / "none.talknotes.json"
    file.write_bytes(codec.encode(Notebook("n", "Event", talks=talks)))
    assert cli.main(["export", str(file)]) == 0
    assert capsys.readouterr().out == "# Event Notes - Part 1\n\n- One - First.\n"


def test_the_users_settings_hold(capsys: pytest.CaptureFixture[str], home: Path, two_posts: str) -> None:
    folder = home / ".config" / "desktopnotes"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text(json.dumps({"title_separator": ": ", "volume": "loud"}))
    assert cli.main(["export", two_posts]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("- One: First.\n")
    assert "The setting “volume” cannot be" in err


def test_a_file_ends_in_md_and_all_else_is_a_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["export", KUBECON, "-o", str(tmp_path / "a post.md")]) == 0
    assert (tmp_path / "a post.md").read_text(encoding="utf-8") == golden("kubecon-2017.list.md")
    assert cli.main(["export", KUBECON, "-o", str(tmp_path / "new" / "folder")]) == 0
    in_folder = tmp_path / "new" / "folder" / "kubecon-north-america-2017-notes-part-1.md"
    assert in_folder.read_text(encoding="utf-8") == golden("kubecon-2017.list.md")
    (tmp_path / "named.md").mkdir()
    assert cli.main(["export", KUBECON, "-o", str(tmp_path / "named.md")]) == 0
    assert (tmp_path / "named.md" / in_folder.name).is_file()
    out, err = capsys.readouterr()
    assert out == ""
    assert f"desktopnotes: Wrote {in_folder}.\n" in err


def test_pictures_are_written_beside_the_post(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["export", EVERY_KIND, "--style", "timeline", "-o", str(tmp_path)]) == 0
    assert sorted(path.name for path in (tmp_path / "every-kind-pictures").iterdir()) == [
        "composed-from-its-notes-31m40s.webp",
        "composed-from-its-notes-33m20s.webp",
    ]
    assert "every-kind.md and 2 pictures beside it." in capsys.readouterr().err


def test_pictures_of_a_named_file_lie_where_its_site_looks_for_them(tmp_path: Path) -> None:
    post = tmp_path / "site" / "_posts" / "2026-02-03-mine.md"
    call = ["export", EVERY_KIND, "--style", "timeline", "--site", "jekyll", "-o", str(post)]
    assert cli.main(call) == 0
    pictures = sorted((tmp_path / "site" / "assets").rglob("*.webp"))
    assert len(pictures) == 2
    text = post.read_text(encoding="utf-8")
    for picture in pictures:
        assert f"/{picture.relative_to(tmp_path / 'site').as_posix()}" in text


def test_overwriting_must_be_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "post.md"
    target.write_text("edited by hand")
    message = refused(capsys, 1, "export", KUBECON, "-o", str(target))
    assert "“post.md” exists already" in message
    assert "--overwrite" in message
    assert target.read_text() == "edited by hand"
    assert cli.main(["export", KUBECON, "-o", str(target), "--overwrite"]) == 0
    assert target.read_text(encoding="utf-8") == golden("kubecon-2017.list.md")


def test_what_was_edited_by_hand_is_kept(
    capsys: pytest.CaptureFixture[str], two_posts: str, tmp_path: Path
) -> None:
    target = tmp_path / "post.md"
    call = ["export", two_posts, "-o", str(target)]
    assert cli.main(call) == 0
    assert cli.main(call) == 0  # nothing would be lost
    assert f"{target} was up to date already." in capsys.readouterr().err
    target.write_text(target.read_text().replace("# Part 1", "# Part One") + "\nBy hand.\n")
    talks = (Talk("t1", "One", write_up="First, and more."), Talk("t2", "Two"))
    changed = Notebook("n", "Event", talks=talks, posts=(Post("p1", "Part 1", talks=("t1",)),))
    Path(two_posts).write_bytes(codec.encode(changed))
    assert cli.main(call) == 0
    assert target.read_text() == "# Part One\n\n- One - First, and more.\n\nBy hand.\n"
    assert "2 changes by hand were kept." in capsys.readouterr().err


def test_what_both_changed_is_left_as_it_is(
    capsys: pytest.CaptureFixture[str], two_posts: str, tmp_path: Path
) -> None:
    target = tmp_path / "post.md"
    call = ["export", two_posts, "-o", str(target)]
    assert cli.main(call) == 0
    capsys.readouterr()
    target.write_text(target.read_text().replace("First.", "Fist."))
    talks = (Talk("t1", "One", write_up="Foremost."), Talk("t2", "Two"))
    changed = Notebook("n", "Event", talks=talks, posts=(Post("p1", "Part 1", talks=("t1",)),))
    Path(two_posts).write_bytes(codec.encode(changed))
    message = refused(capsys, 1, *call)
    assert "was edited by hand where the notebook changed too; nothing was written" in message
    assert "--overwrite" in message
    assert target.read_text() == "# Part 1\n\n- One - Fist.\n"
    assert cli.main([*call, "--overwrite"]) == 0
    assert target.read_text() == "# Part 1\n\n- One - Foremost.\n"
    assert "In 1 place what the notebook says replaced what was edited by hand." in capsys.readouterr().err


def test_another_post_in_its_place_is_not_replaced(
    capsys: pytest.CaptureFixture[str], two_posts: str, tmp_path: Path
) -> None:
    target = tmp_path / "post.md"
    assert cli.main(["export", two_posts, "-o", str(target)]) == 0
    first = target.read_bytes()
    other = codec.decode(Path(two_posts).read_bytes())
    Path(tmp_path / "b.talknotes.json").write_bytes(codec.encode(replace(other, id="m", title="B")))
    calls = ([two_posts, "--post", "2"], [two_posts, "--talk", "t2"], [str(tmp_path / "b.talknotes.json")])
    for call in calls[:2]:
        capsys.readouterr()
        assert "“post.md” exists already" in refused(capsys, 1, "export", *call, "-o", str(target))
    changed = replace(other, id="m", talks=(Talk("t1", "One", write_up="Others."),))
    Path(tmp_path / "b.talknotes.json").write_bytes(codec.encode(changed))
    assert "“post.md” exists already" in refused(capsys, 1, "export", *calls[2], "-o", str(target))
    assert target.read_bytes() == first
    assert cli.main(["export", two_posts, "--post", "2", "-o", str(target), "--overwrite"]) == 0
    assert "# Part 2" in target.read_text()


# --- other things than posts -------------------------------------------------------------------------

OUTPUTS = Path(__file__).parent / "export" / "interchange" / "golden"
PYDAY = str(OUTPUTS / "organiser.talknotes.json")
OTHERS = [name for name in KINDS if name not in ("post", "page")]


def test_all_outputs_can_be_asked_for() -> None:
    assert [output.name for output in outputs.OUTPUTS] == OTHERS


@pytest.mark.parametrize("kind", OTHERS)
def test_each_output_is_written_into_a_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str
) -> None:
    assert cli.main(["export", PYDAY, "--as", kind, "-o", str(tmp_path / "new")]) == 0
    written = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert written
    for name in written:
        assert (tmp_path / "new" / name).read_bytes() == (OUTPUTS / name).read_bytes()
    assert capsys.readouterr().out == ""


def test_several_files_need_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    hint = "This makes 2 files. -o FOLDER takes them, --talk ID makes one of them."
    for output in ("-", str(tmp_path / "x.txt")):
        assert hint in refused(capsys, 2, "export", PYDAY, "--as", "chapters-youtube", "-o", output)
    assert list(tmp_path.iterdir()) == []
    talk = codec.decode(Path(PYDAY).read_bytes()).talks[0].id
    assert cli.main(["export", PYDAY, "--as", "chapters-youtube", "--talk", talk]) == 0
    assert capsys.readouterr().out.startswith("0:00:00 Welcome\n")


def test_what_is_no_post_is_overwritten_as_asked_and_not_merged(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "notes.csv"
    call = ["export", PYDAY, "--as", "csv", "-o", str(target)]
    assert cli.main(call) == 0
    made = target.read_bytes()
    target.write_text("edited")
    capsys.readouterr()
    assert "exists already" in refused(capsys, 1, *call)
    assert cli.main([*call, "--overwrite"]) == 0
    assert target.read_bytes() == made


@pytest.mark.parametrize("kind", [kind for kind in OTHERS if kind != "chapters-youtube"])
def test_what_is_no_post_goes_again_where_nobody_edited_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str
) -> None:
    notebook, [suffix] = (
        tmp_path / "n.talknotes.json",
        {each.suffix for each in outputs.OUTPUTS if each.name == kind},
    )
    target = tmp_path / f"made{suffix}"
    made = codec.decode(Path(PYDAY).read_bytes())
    call = ["export", str(notebook), "--as", kind, "--talk", made.talks[0].id, "-o", str(target)]

    def export(title: str) -> int:
        notes = tuple(replace(note, text=f"{title}\n{note.text}") for note in made.talks[0].notes)
        talk = replace(made.talks[0], title=title, notes=notes)
        notebook.write_bytes(codec.encode(replace(made, talks=(talk, *made.talks[1:]))))
        return cli.main(call)

    assert export("First") == 0
    assert export("Second") == 0
    assert b"Second" in target.read_bytes()
    again = tmp_path / f"again{suffix}"
    assert cli.main([*call[:-1], str(again)]) == 0
    assert target.read_bytes() == again.read_bytes()
    edited = target.read_bytes() + b"by hand\n"
    target.write_bytes(edited)
    capsys.readouterr()
    assert export("Third") == 1
    assert "exists already" in capsys.readouterr().err
    assert target.read_bytes() == edited


def test_a_page_is_one_file_of_html(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["export", KUBECON, "--as", "page"]) == 0
    html = capsys.readouterr().out
    assert html.startswith("<!doctype html>")
    assert "Distributions and Kernels</a>" in html
    assert cli.main(["export", KUBECON, "--as", "page", "-o", str(tmp_path / "post.html")]) == 0
    assert (tmp_path / "post.html").read_text(encoding="utf-8") == html
    capsys.readouterr()
    assert "A page is for no site" in refused(capsys, 2, "export", KUBECON, "--as", "page", "--site", "hugo")


def test_each_talk_can_have_a_file_of_its_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "-o FOLDER takes them." in refused(capsys, 2, "export", KUBECON, "--per-talk")
    assert cli.main(["export", KUBECON, "--per-talk", "-o", str(tmp_path / "new")]) == 0
    assert len(list((tmp_path / "new").rglob("*.md"))) == 8
    assert "Wrote 8 files, the first of them " in capsys.readouterr().err


@pytest.mark.parametrize(
    "flags", [["--style", "list"], ["--site", "plain"], ["--times", "none"], ["--per-talk"], ["--strict"]]
)
def test_flags_of_posts_go_with_posts(capsys: pytest.CaptureFixture[str], flags: list[str]) -> None:
    message = refused(capsys, 2, "export", PYDAY, "--as", "csv", *flags)
    assert f"{flags[0]} can be given only with --as post and --as page." in message


def test_what_is_not_in_the_notebook_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], two_posts: str
) -> None:
    for number in ("0", "3", "-1", "x"):
        message = refused(capsys, 2, "export", two_posts, f"--post={number}")
        assert f"There is no post “{number}” in this notebook. It has: 1 (Part 1), 2 (Part 2)." in message
    message = refused(capsys, 2, "export", two_posts, "--talk", "x")
    assert "There is no talk “x” in this notebook. It has: t1 (One), t2 (Two)." in message


def test_a_style_that_there_is_none_of_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    message = refused(capsys, 2, "export", KUBECON, "--style", "mosaic")
    assert "There is no style “mosaic”. There are: list, timeline, outline." in message


def test_the_users_own_style_can_be_chosen(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    folder = home / ".config" / "desktopnotes" / "styles"
    folder.mkdir(parents=True)
    (folder / "mosaic.md.j2").write_text("{{ title }}: {{ talks | length }}")
    assert cli.main(["export", KUBECON, "--style", "mosaic"]) == 0
    assert capsys.readouterr().out == "KubeCon North America 2017 Notes - Part 1: 7\n"
    (folder / "mosaic.md.j2").write_text("\n{{ titel }}")
    message = refused(capsys, 1, "export", KUBECON, "--style", "mosaic")
    assert "“mosaic.md.j2”, line 2: there is no “titel”; did you mean “title”?" in message


def test_what_is_to_be_put_right_is_told_and_strict_writes_nothing_then(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, two_posts: str
) -> None:
    assert cli.main(["export", two_posts]) == 0
    out, err = capsys.readouterr()
    assert out
    assert "desktopnotes: The post has no date.\n" in err
    assert "desktopnotes: “One” has no public link.\n" in err
    for output in ("-", str(tmp_path / "new.md"), str(tmp_path / "folder")):
        err = refused(capsys, 1, "export", two_posts, "--strict", "-o", output)
        assert err.endswith("Nothing was written, as 2 things are to be put right first (--strict).\n")
    assert [path.name for path in tmp_path.iterdir()] == ["two.talknotes.json"]


def test_strict_lets_pass_what_is_only_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", KUBECON, "--strict"]) == 0
    out, err = capsys.readouterr()
    assert out == golden("kubecon-2017.list.md")
    assert "2 private notes are left out" in err


def test_a_quote_is_held_against_the_captions_beside_the_recording(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "talk.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:04.000\nWe never measured it.\n")
    quote = Note("q", 1000, kind="quote", text="We always measured it")
    talk = Talk("t", "Talk", url="https://youtu.be/dQw4w9WgXcQ", file="talk.mp4", notes=(quote,))
    file = tmp_path / "quoted.talknotes.json"
    file.write_bytes(codec.encode(Notebook("n", "Event", talks=(talk,))))
    message = refused(capsys, 1, "export", str(file), "--strict")
    assert (
        "The quote at 00:01 of “Talk” is not in the captions, which say: “We never measured it.”" in message
    )
    (tmp_path / "talk.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:04.000\nWe always measured it.\n")
    assert cli.main(["export", str(file), "--strict"]) == 0
    named = Talk("t", "Talk", url=talk.url, captions="gone.vtt", notes=(quote,))
    file.write_bytes(codec.encode(Notebook("n", "Event", talks=(named,))))
    assert cli.main(["export", str(file), "--strict"]) == 0


def test_a_title_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "hostile.talknotes.json"
    talks = (Talk("t", "\x1b]0;title\x07", write_up="x"),)
    file.write_bytes(codec.encode(Notebook("n", "Event", talks=talks)))
    assert cli.main(["export", str(file)]) == 0
    assert capsys.readouterr() == (
        "# Event Notes - Part 1\n\n- \\]0;title - x\n",
        "desktopnotes: “�]0;title�” has no public link.\n",
    )


def test_nothing_to_export_is_a_no(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "empty.talknotes.json"
    file.write_bytes(codec.encode(Notebook("n", "Event", talks=(Talk("t", "Untouched"),))))
    assert "There is nothing to export" in refused(capsys, 1, "export", str(file))


@pytest.mark.parametrize("call", ["export", "check"])
def test_what_cannot_be_read_is_3(capsys: pytest.CaptureFixture[str], tmp_path: Path, call: str) -> None:
    assert "There is no file “gone”" in refused(capsys, 3, call, str(tmp_path / "gone"))
    assert "is a folder, not a file" in refused(capsys, 3, call, str(tmp_path))


def test_a_damaged_notebook_is_not_exported(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "cut.talknotes.json"
    file.write_bytes(Path(KUBECON).read_bytes()[:500])
    assert "cannot be opened" in refused(capsys, 3, "export", str(file))


def test_what_cannot_be_written_is_4(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    message = refused(capsys, 4, "export", KUBECON, "-o", str(tmp_path / "file" / "post.md"))
    assert "was not written" in message


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["publish", "x"],
        ["export"],
        ["check"],
        ["export", KUBECON, "--site", "geocities"],
        ["export", KUBECON, "--as", "poster"],
        ["export", KUBECON, "--site", "page"],
        ["export", KUBECON, "--times", "often"],
        ["export", KUBECON, "--post", "1", "--talk", "kata00000000"],
        ["export", KUBECON, "--strict", "1"],
    ],
)
def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert "usage: desktopnotes" in refused(capsys, 2, *words)


# --- check -------------------------------------------------------------------------------------------


def test_a_whole_notebook_has_no_problems(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", KUBECON]) == 0
    assert capsys.readouterr() == ("", "")


def test_problems_are_told_one_a_line_with_their_path(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = json.loads(Path(KUBECON).read_text(encoding="utf-8"))
    file["talks"][1]["notes"][0]["at_ms"] = -5
    file["talks"][2]["title"] = 7
    broken = tmp_path / "broken.talknotes.json"
    broken.write_text(json.dumps(file))
    assert cli.main(["check", str(broken)]) == 1
    out, err = capsys.readouterr()
    assert err == f"desktopnotes: 8 notes can be read: desktopnotes check {broken} --recover FILE\n"
    assert [line.partition(":")[0] for line in out.splitlines()] == [
        "talks[1].notes[0].at_ms",
        "talks[2].title",
    ]


def test_of_a_damaged_file_every_place_is_told_and_what_can_be_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    content = Path(EVERY_KIND).read_bytes()
    lines = content.split(b"\n")
    lines[5] = lines[5][: len(lines[5]) // 2]
    lines[7] = bytes(40)
    broken = tmp_path / "a broken one.talknotes.json"
    broken.write_bytes(b"\n".join(lines))
    broken.chmod(0o600)
    assert cli.main(["check", str(broken)]) == 1
    out, err = capsys.readouterr()
    assert "line 6: only a part of this note could be read" in out.splitlines()
    assert "line 8: 40 zeros stand where notes may have been" in out.splitlines()
    assert f"notes can be read (1 not to the end): desktopnotes check '{broken}' --recover FILE" in err
    target = tmp_path / "new.talknotes.json"
    assert cli.main(["check", str(broken), "--recover", str(target)]) == 1
    assert f"were written to {target}." in capsys.readouterr().err
    assert target.stat().st_mode & 0o777 == 0o600
    whole = {note.id for talk in codec.decode(content).talks for note in talk.notes}
    back = {note.id for talk in codec.decode(target.read_bytes()).talks for note in talk.notes}
    assert back < whole
    assert len(back) == len(whole) - 1
    told = refused(capsys, 1, "check", str(broken), "--recover", str(target))
    assert told.count("exists already") == 1
    assert "--overwrite" not in told  # it has no such option
    assert broken.read_bytes() == b"\n".join(lines)


def test_what_holds_nothing_of_ours_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.talknotes.json"
    page.write_bytes(b"<html></html>")
    assert cli.main(["check", str(page), "--recover", str(tmp_path / "new.json")]) == 1
    out, err = capsys.readouterr()
    assert "is something else" in out
    assert "Nothing of a notebook can be read in it." in err
    assert not (tmp_path / "new.json").exists()


def test_what_is_odd_is_told_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    odd = (
        Note("n1", text="one", conflict=True),
        Note("n2", text="<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> b", picture="gone.png"),
    )
    file = tmp_path / "odd.talknotes.json"
    file.write_bytes(codec.encode(Notebook("n", pictures="odd.pictures", talks=(Talk("t", notes=odd),))))
    assert cli.main(["check", str(file)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "talks[0].notes[0].conflict: is kept twice by a merge; compare both and take the mark off one",
        "talks[0].notes[1].picture: “gone.png” is not in “odd.pictures”",
        "talks[0].notes[1].text: holds the marks of a Git conflict",
    ]


# --- the whole process -------------------------------------------------------------------------------


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "desktopnotes", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
    )


def test_which_words_are_a_call() -> None:
    for words in (["export", "x"], ["check"], ["--version"], ["--help"], ["-h"]):
        assert cli.is_call(words)
    for words in (
        [],
        ["talk.mp4"],
        ["x.talknotes.json", "export"],
        ["--trace", "x"],
        ["https://example.org"],
    ):
        assert not cli.is_call(words)


def test_version_and_help() -> None:
    assert run("--version").stdout.decode() == f"desktopnotes {__version__}\n"
    told = run("--help").stdout.decode()
    assert all(name in told for name in cli.NAMES)
    for name in cli.NAMES:
        told = run(name, "--help")
        assert told.returncode == 0
        assert b"Exit codes: 0 done" in told.stdout


def test_every_call_is_told_in_the_names() -> None:
    for name in cli.NAMES:
        assert cli.main([name, "--help"]) == 0
    assert cli.main(["no-such-call", "--help"]) == 2


def test_the_text_is_utf_8_in_any_locale() -> None:
    done = run(
        "export", KUBECON, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii"
    )
    assert done.returncode == 0
    assert done.stdout.decode() == golden("kubecon-2017.list.md")


def test_no_window_no_player_are_imported_nor_pictures_without_need(tmp_path: Path) -> None:
    deed = (
        "import sys\n"
        "for name in ('tkinter', 'vlc', 'PIL', 'yt_dlp', 'pysubs2'): sys.modules[name] = None\n"
        "from desktopnotes.__main__ import main\n"
        f"code = main(['export', {EVERY_KIND!r}, '--style', 'list', '-o', {str(tmp_path)!r}])\n"
        f"assert main(['check', {KUBECON!r}]) == 0\n"
        "ours = ('desktopnotes.ui', 'desktopnotes.media')\n"
        "print(sorted(name for name in sys.modules if name.startswith(ours)))\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", deed], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.endswith(b"[]\n")


def test_a_full_standard_output_is_told_once() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktopnotes", "export", KUBECON],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr.decode().splitlines()[-1].startswith("desktopnotes: The text could not be written")
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_reader_that_stops_listening_gets_no_traceback() -> None:
    head = shutil.which("head")
    assert head
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m desktopnotes export "$1" | {head} -c 1', "sh", KUBECON],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == b"#"
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["--new", "a.mp4"], ["a.talknotes.json", "--last"], ["--new", "--last"]])
def test_what_the_menu_asks_for_stands_alone(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(words) == 2
    assert "stands alone, without files." in capsys.readouterr().err


def test_help_names_what_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    told = capsys.readouterr().out
    for option in ("--new", "--last", "--install-desktop", "--remove-desktop"):
        assert f"\n  {option} " in told


def test_an_option_that_there_is_not_is_no_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any window, also one that is open, gets to know of it."""
    assert __main__.main(["-frob"]) == 2
    assert capsys.readouterr().err.startswith("desktopnotes: There is no option “-frob”.")
    (tmp_path / "-frob").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(__main__, "_meet", lambda words: calling.Told(0))
    assert __main__.main(["-frob", "./-x"]) == 0
