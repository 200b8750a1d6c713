"""Captions as they come: every form, every encoding, damaged, large, beside the recording and inside it."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopnotes import captions
from desktopnotes.model.cues import Cue, put_right
from desktopnotes.model.errors import ReadError
from desktopnotes.model.transcript import Transcript

SAMPLE = Path(__file__).resolve().parents[1] / "assets" / "sample"

VTT = """WEBVTT - A talk
Kind: captions

STYLE
::cue { color: red }

NOTE This is a comment
00:00 and no time

intro
00:01.000 --> 00:02.500 align:start position:0%
<v Roger>Hello &amp; <i>you</i> {foo}<00:00:01.500><c.yellow> all</c>

NOTE
another --> comment

1
00:00:03.000 --> 00:00:04.000
a -&gt; b, a < c
second line

123:00:05.000 --> 123:00:06.000
late
"""

SRT = """1
00:00:01,000 --> 00:00:02,500
{\\an8}<font color="red">Hello</font> &amp; you

2
00:00:03,000 --> 00:00:04,000
one

after an empty line

3
00:00:05,000 --> 00:00:06,000

4
-00:00:01,000 --> 00:00:07,500
42
"""

ASS = """[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\i1}Hello{\\i0}, you\\Nthere
Comment: 0,0:00:02.00,0:00:02.50,Default,,0,0,0,,not said
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}
"""

YOUTUBE = """WEBVTT
Kind: captions
Language: en

00:00:00.320 --> 00:00:02.389 align:start position:0%
{space}
hello<00:00:00.560><c> and</c><00:00:00.719><c> welcome</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
hello and welcome
{space}

00:00:02.399 --> 00:00:04.789 align:start position:0%
hello and welcome
to<00:00:02.560><c> this</c>
"""


def read(folder: Path, content: str | bytes, name: str = "talk.vtt") -> captions.Read:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return captions.read(path)


def said(found: captions.Read) -> list[tuple[int, int, str]]:
    return [(cue.start_ms, cue.end_ms, cue.text) for cue in found.cues]


# --- forms -------------------------------------------------------------------------------------------


def test_webvtt_without_comments_names_and_marks(tmp_path: Path) -> None:
    assert said(read(tmp_path, VTT)) == [
        (1000, 2500, "Hello & you {foo} all"),
        (3000, 4000, "a -> b, a < c\nsecond line"),
        (442_805_000, 442_806_000, "late"),
    ]


def test_subrip_with_empty_lines_and_numbers(tmp_path: Path) -> None:
    assert said(read(tmp_path, SRT, "talk.srt")) == [
        (1000, 2500, "Hello & you"),
        (3000, 4000, "one\nafter an empty line"),
        (5000, 6000, ""),
        (-1000, 7500, "42"),
    ]


@pytest.mark.parametrize(
    ("time", "ms"),
    [
        ("00:01.5", 1500),
        ("0:00:01,05", 1050),
        ("1:00", 60_000),
        ("100:00:00.001", 360_000_001),
        ("90:00", 5_400_000),
    ],
)
def test_times_short_and_long(tmp_path: Path, time: str, ms: int) -> None:
    found = read(tmp_path, f"{time} --> 999:00:00.000\nsaid\n", "talk.srt")
    assert said(found) == [(ms, 3_596_400_000, "said")]


def test_ass_without_comments_and_drawings(tmp_path: Path) -> None:
    assert said(read(tmp_path, ASS, "talk.ass")) == [(1000, 2500, "Hello, you\nthere")]


def test_youtubes_own_captions_say_each_line_once(tmp_path: Path) -> None:
    cues = put_right(read(tmp_path, YOUTUBE.replace("{space}", " ")).cues)
    assert [cue.text for cue in cues] == ["hello and welcome", "to this"]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize(("text", "name"), [(VTT, "talk.vtt"), (SRT, "talk.srt")])
def test_other_ends_of_lines_make_no_difference(tmp_path: Path, text: str, name: str, ends: str) -> None:
    assert read(tmp_path, text.replace("\n", ends), name) == read(tmp_path, text, name)


def test_the_form_shows_in_the_text_and_not_in_the_name(tmp_path: Path) -> None:
    assert read(tmp_path, SRT, "talk.vtt") == read(tmp_path, SRT, "talk.srt")
    assert read(tmp_path, VTT, "talk.srt") == read(tmp_path, VTT, "talk.vtt")


# --- encodings ---------------------------------------------------------------------------------------

GERMAN = "WEBVTT\n\n00:01.000 --> 00:02.000\nSchöne Grüße, “ja”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_of_any_kind_is_read_without_a_word(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, GERMAN.encode(encoding))
    assert said(found) == [(1000, 2000, "Schöne Grüße, “ja”")]
    assert found.remark == ""


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_what_old_programs_wrote_is_read_and_told(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, GERMAN.replace("“ja”", "ja").encode(encoding))
    assert found.cues[0].text == "Schöne Grüße, ja"
    assert "not in UTF-8" in found.remark


def test_single_damaged_letters_do_not_spoil_the_rest(tmp_path: Path) -> None:
    damaged = GERMAN.replace("Schöne Grüße, “ja”", "ÄÖÜäöü€–“” #").encode().replace(b"#", b"\xff")
    found = read(tmp_path, damaged)
    assert found.cues[0].text.startswith("ÄÖÜäöü€–“”")
    assert "damaged" in found.remark


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"\xef\xbb\xbf", "no captions"),
        (b"WEBVTT\n", "no captions"),
        (b"[Script Info]\nnothing else", "no captions"),
        (b"<html><body>404</body></html>", "no captions"),
        (bytes(range(256)) * 100, "no text"),
        (b"\0" * 5000, "no captions"),
        (b"WEBVTT\n\n00:01.000 --> ", "no captions"),
    ],
)
def test_what_is_none_is_told_in_a_sentence(tmp_path: Path, content: bytes, word: str) -> None:
    with pytest.raises(ReadError, match=word):
        read(tmp_path, content)


def test_what_cannot_be_opened_is_told_and_a_pipe_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "talk.srt")
    (tmp_path / "talk.ass").mkdir()
    for name in ("talk.vtt", "talk.srt", "talk.ass"):
        with pytest.raises(ReadError):
            captions.read(tmp_path / name)


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode), st.sampled_from([VTT, SRT, ASS]))
def test_whatever_a_file_holds_it_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, form: str
) -> None:
    folder = tmp_path_factory.mktemp("junk")
    half = len(form) // 2
    for content in (junk, form[:half].encode() + junk + form[half:].encode()):
        try:
            found = read(folder, content)
        except ReadError:
            continue
        Transcript.of(found.cues)


@given(
    st.lists(
        st.tuples(st.integers(0, 10**8), st.integers(0, 10**8), st.text("abc é", min_size=1)), min_size=1
    )
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[int, int, str]]
) -> None:
    def clock(ms: int) -> str:
        return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"

    blocks = [f"{clock(start)} --> {clock(end)}\n{text}\n" for start, end, text in made]
    found = read(tmp_path_factory.mktemp("made"), "\n".join(["WEBVTT\n", *blocks]))
    assert said(found) == [(start, end, " ".join(text.split())) for start, end, text in made]


def test_50_mb_are_read_up_to_what_a_recording_can_hold(tmp_path: Path) -> None:
    block = "00:{:02}:{:02}.{:03} --> 00:59:59.999\nThis was said there.\n\n"
    pieces = [block.format(i // 60_000 % 60, i // 1000 % 60, i % 1000) for i in range(60_000)]
    content = "WEBVTT\n\n" + "".join(pieces) * 15
    assert len(content) > 45_000_000
    path = tmp_path / "large.vtt"
    path.write_text(content, encoding="utf-8")
    began_s = time.process_time()
    found = captions.read(path)
    transcript = Transcript.of(found.cues)
    assert time.process_time() - began_s < 20, "it takes some 2 s"
    assert len(found.cues) == 100_000
    assert "100,000" in found.remark
    assert transcript.sentences


@pytest.mark.parametrize(
    "junk",
    [
        "<a" * 2_000_000,
        "\n" * 4_000_000,
        "{\\" * 2_000_000,
        "1:" * 2_000_000,
        "& " * 2_000_000,
        "a\n9\n" * 800_000,
    ],
    ids=lambda junk: repr(junk[:4]),
)
@pytest.mark.parametrize("form", [VTT, SRT])
def test_nothing_in_a_file_takes_long(tmp_path: Path, form: str, junk: str) -> None:
    half = form.index("\n\n", len(form) // 3)
    path = tmp_path / "talk.vtt"
    path.write_text(form[:half] + junk + form[half:], encoding="utf-8")
    began_s = time.process_time()
    Transcript.of(captions.read(path).cues)
    assert time.process_time() - began_s < 5, "it takes some 0.2 s"


def test_work_that_nobody_waits_for_ends(tmp_path: Path) -> None:
    class EndedError(Exception):
        pass

    def check() -> None:
        raise EndedError

    path = tmp_path / "talk.vtt"
    path.write_text(VTT, encoding="utf-8")
    with pytest.raises(EndedError):
        captions.read(path, check)


# --- found -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "wanted", "found"),
    [
        (["talk.vtt", "talk.en.vtt"], ("en",), "talk.vtt"),
        (["talk.en.vtt", "talk.de.srt"], ("de",), "talk.de.srt"),
        (["talk.en.vtt", "talk.de.srt"], ("de_DE", "en"), "talk.de.srt"),
        (["talk.en-US.vtt", "talk.de.srt"], ("fr", "en_GB"), "talk.en-US.vtt"),
        (["talk.it.vtt", "talk.de.vtt"], ("fr",), "talk.de.vtt"),
        (["talk.it.vtt", "talk.de.vtt"], (), "talk.de.vtt"),
        (["other.vtt", "talk.txt", "talk (2).vtt"], ("en",), None),
    ],
)
def test_the_file_in_the_wanted_language_is_found(
    tmp_path: Path, names: list[str], wanted: tuple[str, ...], found: str | None
) -> None:
    for name in names:
        (tmp_path / name).touch()
    assert captions.beside(tmp_path / "talk.mp4", wanted) == (tmp_path / found if found else None)


def test_the_language_of_the_settings_comes_before_the_desktops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: ("de_DE", "UTF-8"))
    assert captions.languages("fr") == ("fr", "de_DE")
    assert captions.languages("") == ("de_DE",)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert captions.languages("") == ()


def recording(folder: Path, name: str, *codecs: str) -> Path:
    """A second of the sample's video with its captions as tracks of these codecs, German the second."""
    words = ("notes-that-outlive-the-talk.en.vtt", "publish-part-one.en.vtt")[: len(codecs)]
    inputs = [word for name in words for word in ("-i", str(SAMPLE / name))]
    maps = [word for i in range(len(codecs)) for word in ("-map", str(i + 1))]
    forms = [word for i, codec in enumerate(codecs) for word in (f"-c:s:{i}", codec)]
    languages = ["-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=ger"][: 2 * len(codecs)]
    path = folder / name
    video = ["-i", str(SAMPLE / "notes-that-outlive-the-talk.mp4"), *inputs, "-map", "0:v", "-map", "0:a"]
    command = ["ffmpeg", "-v", "error", "-y", *video, *maps, "-c", "copy", *forms, *languages, str(path)]
    subprocess.run(command, check=True)
    return path


@pytest.mark.parametrize(
    ("name", "codec"),
    [("talk.mp4", "mov_text"), ("talk.mkv", "subrip"), ("talk.mkv", "ass"), ("w.mkv", "webvtt")],
)
def test_captions_inside_a_recording_say_the_same_as_beside_it(tmp_path: Path, name: str, codec: str) -> None:
    found = captions.inside(recording(tmp_path, name, codec), ("en",))
    assert found is not None
    beside = captions.read(SAMPLE / "notes-that-outlive-the-talk.en.vtt")
    inside = put_right(found.cues)
    assert [cue.text for cue in inside] == [cue.text for cue in beside.cues]
    assert all(abs(a.start_ms - b.start_ms) < 45 for a, b in zip(inside, beside.cues, strict=True))


def test_of_several_tracks_the_one_in_the_wanted_language_is_read(tmp_path: Path) -> None:
    path = recording(tmp_path, "talk.mkv", "subrip", "ass")
    for wanted, first in (("de_DE", "Good evening"), ("en", "Welcome"), ("fr", "Welcome")):
        found = captions.inside(path, (wanted,))
        assert found is not None
        assert found.cues[0].text.startswith(first)


def test_a_recording_without_captions_has_none(tmp_path: Path) -> None:
    assert captions.inside(SAMPLE / "listen-twice.ogg", ("en",)) is None
    assert captions.inside(tmp_path / "gone.mp4", ("en",)) is None
    os.mkfifo(tmp_path / "pipe.mp4")
    assert captions.inside(tmp_path / "pipe.mp4", ("en",)) is None


@pytest.mark.parametrize("content", [b"", b"no recording at all", b"\0" * 10_000])
def test_what_is_no_recording_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "talk.mp4").write_bytes(content)
    with pytest.raises(ReadError, match="captions inside"):
        captions.inside(tmp_path / "talk.mp4", ("en",))


def test_a_recording_cut_off_in_the_middle_gives_what_is_there(tmp_path: Path) -> None:
    whole = recording(tmp_path, "talk.mkv", "subrip")
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[:700_000])
    found = captions.inside(cut, ("en",))
    assert found is not None
    assert found.cues[0].text == "Welcome to the back row."


def test_marks_of_style_are_no_words() -> None:
    assert captions.plain("<v.loud Ann>a <b>b</b>\n\n {\\b1}c &lt;d&gt;&nbsp;\n") == "a b\nc <d>"
    assert captions.plain("if a < b and c > d: {x}") == "if a < b and c > d: {x}"
    assert Cue(0, 1, captions.plain("")) == Cue(0, 1, "")
