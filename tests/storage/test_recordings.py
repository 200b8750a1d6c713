"""Which files are recordings, and what lies beside them tells about them."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any

import pytest

from desktopnotes.model.errors import ReadError
from desktopnotes.model.notebook import Chapter
from desktopnotes.storage.recordings import Found, beside, is_media, media_files

NAME = "Istio - Weaving the Service Mesh [C] - Louis Ryan, Google [wCJrdKdD6UM]"


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).touch()


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    touch(tmp_path, f"{NAME}.mp4")
    return tmp_path / f"{NAME}.mp4"


def put_info(talk: Path, content: Any) -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    talk.with_name(f"{talk.stem}.info.json").write_text(text, encoding="utf-8")


# --- which are recordings ------------------------------------------------------------------------------


def test_recordings_of_a_folder_come_in_natural_order(tmp_path: Path) -> None:
    touch(tmp_path, "10 Last.mp4", "9 Middle.MKV", "1 First.webm", "sound.mp3", "b.ogg")
    touch(tmp_path, "notes.txt", "9 Middle.vtt", "slides.pdf", "list.m3u", "x.xspf", "README")
    touch(tmp_path, ".hidden.mp4", "._mac.mp4", "part.mp4.part", "Talk [x].f137.mp4", "Talk [x].temp.mp4")
    touch(tmp_path, "half.part.mp4", "loading.mp4.crdownload", "loading.mp4.ytdl")
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "broken.mp4").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.mp4")
    found = [path.name for path in media_files(tmp_path)]
    assert found == ["1 First.webm", "9 Middle.MKV", "10 Last.mp4", "b.ogg", "sound.mp3"]


@pytest.mark.parametrize("name", ["v1.f.mp4", "a.fr.mp4", "Chapter 1.5.mp4", "a b.c d.opus"])
def test_a_name_with_points_is_a_recording(name: str) -> None:
    assert is_media(Path(name))


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="The folder “gone” cannot be read: No such file or directory"):
        media_files(tmp_path / "gone")


# --- what lies beside ----------------------------------------------------------------------------------


def test_a_name_alone_gives_its_link(talk: Path) -> None:
    assert beside(talk) == Found(url="https://www.youtube.com/watch?v=wCJrdKdD6UM")
    assert beside(talk.with_name("Lecture 9.mp4")) == Found()


def test_what_yt_dlp_wrote_is_read(talk: Path) -> None:
    put_info(
        talk,
        {
            "title": "Istio: Weaving the Service Mesh [C] - Louis Ryan, Google",
            "webpage_url": "https://www.youtube.com/watch?v=wCJrdKdD6UM&list=x",
            "duration": 2172.4,
            "chapters": [
                {"start_time": 0.0, "end_time": 61.5, "title": "Intro"},
                {"start_time": 61.5, "title": " Why\n"},
            ],
        },
    )
    found = beside(talk)
    assert found.title == "Istio: Weaving the Service Mesh [C] - Louis Ryan, Google"
    assert found.speakers == ("Louis Ryan",)
    assert found.url == "https://www.youtube.com/watch?v=wCJrdKdD6UM&list=x"
    assert found.duration_ms == 2_172_400
    assert found.chapters == (Chapter(0, "Intro"), Chapter(61_500, "Why"))


@pytest.mark.parametrize(
    "strange",
    [
        {"title": 5, "webpage_url": "javascript:alert(1)", "duration": "long", "chapters": "none"},
        {"webpage_url": "file:///etc/passwd", "duration": -1, "chapters": [5, {}, {"start_time": "x"}]},
        {"webpage_url": "https://a b", "duration": True, "chapters": [{"start_time": -1, "title": "x"}]},
        {"title": "\ud800 \n", "duration": 1e300, "chapters": [{"start_time": 1, "title": ""}]},
        '{"duration": NaN, "chapters": [{"start_time": Infinity, "title": "x"}]}',
        '{"duration": 1e400}',
        "",
        "[]",
        "[" * 100_000,
        "<html>",
    ],
)
def test_nonsense_beside_it_is_no_use_and_no_harm(talk: Path, strange: Any) -> None:
    put_info(talk, strange)
    assert beside(talk) == Found(url="https://www.youtube.com/watch?v=wCJrdKdD6UM")


def test_what_is_no_file_beside_it_is_left(talk: Path, caplog: pytest.LogCaptureFixture) -> None:
    os.mkfifo(talk.with_name(f"{talk.stem}.info.json"))
    (talk.with_name(f"{talk.stem}.vtt")).mkdir()
    with caplog.at_level(logging.WARNING):
        assert beside(talk).captions is None
    assert "no use is made of" in caplog.text


@pytest.mark.parametrize(
    ("beside_it", "language", "chosen"),
    [
        ([".vtt", ".en.vtt"], "", ".vtt"),
        ([".srt"], "", ".srt"),
        ([".de.vtt", ".en.srt", ".fr.vtt"], "", ".en.srt"),
        ([".de.vtt", ".en.vtt", ".fr.vtt"], "de", ".de.vtt"),
        ([".de-orig.vtt", ".en.vtt"], "de", ".de-orig.vtt"),
        ([".en.vtt", ".en.srt"], "", ".en.vtt"),
        ([".en-US.vtt", ".de.vtt"], "", ".en-US.vtt"),
        ([".fr.vtt", ".de.vtt"], "ja", ".de.vtt"),
        ([".live_chat.json", ".webp", ".txt", ".en.vtt.part"], "", None),
        ([" (1).vtt"], "", None),
    ],
)
def test_the_captions_that_fit_best_are_chosen(
    talk: Path, beside_it: list[str], language: str, chosen: str | None
) -> None:
    touch(talk.parent, *(f"{talk.stem}{suffix}" for suffix in beside_it), "Other talk.vtt")
    put_info(talk, {"language": language})
    expected = None if chosen is None else talk.with_name(f"{talk.stem}{chosen}")
    assert beside(talk).captions == expected


def test_the_wished_language_of_captions_comes_before_the_recordings_own(talk: Path) -> None:
    touch(talk.parent, *(f"{talk.stem}.{code}.vtt" for code in ("de", "en", "fr")))
    put_info(talk, {"language": "de"})
    for wished, chosen in (("fr", "fr"), ("ja", "de"), ("", "de")):
        assert beside(talk, wished).captions == talk.with_name(f"{talk.stem}.{chosen}.vtt")


def test_a_recording_that_is_gone_tells_nothing(tmp_path: Path) -> None:
    assert beside(tmp_path / "gone" / "talk.mp4") == Found()
