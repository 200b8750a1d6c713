"""Snapshots are kept whole, small and under their content's name; strange pictures are told, not opened."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import random
import warnings
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, features
from PIL.PngImagePlugin import PngInfo

from desktopnotes import pictures
from desktopnotes.model.errors import ReadError, WriteError
from desktopnotes.pictures import open_picture, picture_path, store_snapshot, thumbnail


def slide() -> Image.Image:
    """Letters on a plain ground, as most of what is worth a snapshot."""
    picture = Image.new("RGB", (640, 360), (250, 250, 245))
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.text((20, 20 + 25 * line), f"{line}. A service mesh is a dedicated layer", fill=(20, 40, 80))
    return picture


def film(width_px: int = 1280, height_px: int = 720) -> Image.Image:
    """Noise over a gradient, as a camera sees it."""
    noise = Image.frombytes("L", (width_px, height_px), random.Random(1).randbytes(width_px * height_px))
    picture = Image.merge("RGB", (Image.linear_gradient("L").resize(noise.size),) * 3)
    return Image.blend(picture, noise.convert("RGB"), 0.1)


def put(path: Path, picture: Image.Image, kind: str = "PNG") -> Path:
    picture.save(path, kind)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- keeping -------------------------------------------------------------------------------------------


def test_a_slide_is_kept_to_the_pixel_and_smaller(tmp_path: Path) -> None:
    source = put(tmp_path / "vlc.png", slide())
    name = store_snapshot(source, tmp_path / "x.pictures")
    kept = tmp_path / "x.pictures" / name
    assert names(kept.parent) == [name]
    assert open_picture(kept).tobytes() == slide().tobytes()
    assert kept.stat().st_size < 0.7 * source.stat().st_size


def test_film_is_kept_small(tmp_path: Path) -> None:
    source = put(tmp_path / "vlc.png", film())
    kept = tmp_path / store_snapshot(source, tmp_path)
    assert kept.stat().st_size < 0.3 * source.stat().st_size
    assert open_picture(kept).size == (1280, 720)


def test_the_name_is_that_of_the_content(tmp_path: Path) -> None:
    source = put(tmp_path / "vlc.png", slide())
    name = store_snapshot(source, tmp_path / "kept")
    stem, suffix = os.path.splitext(name)
    assert stem == hashlib.sha256((tmp_path / "kept" / name).read_bytes()).hexdigest()
    assert suffix == ".webp"


def test_the_same_frame_is_kept_once_and_never_written_over(tmp_path: Path) -> None:
    source = put(tmp_path / "vlc.png", slide())
    name = store_snapshot(source, tmp_path / "kept")
    before = (tmp_path / "kept" / name).stat()
    assert store_snapshot(source, tmp_path / "kept") == name
    assert (tmp_path / "kept" / name).stat() == before
    other = store_snapshot(put(source, slide().rotate(180)), tmp_path / "kept")
    assert names(tmp_path / "kept") == sorted([name, other])


def test_without_webp_a_png_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda _: False)
    kept = tmp_path / store_snapshot(put(tmp_path / "vlc.png", slide()), tmp_path)
    assert kept.suffix == ".png"
    assert open_picture(kept).tobytes() == slide().tobytes()


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "vlc.png").write_bytes(b"half a picture")
    with pytest.raises(ReadError):
        store_snapshot(tmp_path / "vlc.png", tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
    (tmp_path / "kept").touch()
    with pytest.raises(WriteError, match="A file stands where the folder should be"):
        store_snapshot(put(tmp_path / "vlc.png", slide()), tmp_path / "kept")


# --- names ---------------------------------------------------------------------------------------------


def test_a_name_is_found_in_the_folder(tmp_path: Path) -> None:
    assert picture_path(tmp_path, "a.png") == tmp_path / "a.png"
    (tmp_path / "link").symlink_to(tmp_path)
    assert picture_path(tmp_path / "link", "a.png") == tmp_path / "link" / "a.png"


@pytest.mark.parametrize(
    "name", ["../x.png", "/etc/passwd", "a/b.png", "..", ".", "", "a\nb.png", "a\0.png", "out"]
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "x.pictures"
    folder.mkdir()
    put(tmp_path / "x.png", slide())
    (folder / "out").symlink_to(tmp_path / "x.png")
    with pytest.raises(ReadError, match="names no picture in the notebook’s folder of pictures"):
        picture_path(folder, name)
    with pytest.raises(ReadError):
        thumbnail(folder, name, 100, 100)


# --- opening -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_three_kinds_are_opened_whatever_they_are_called(tmp_path: Path, kind: str) -> None:
    picture = open_picture(put(tmp_path / "any.name", slide(), kind))
    assert (picture.size, picture.mode) == ((640, 360), "RGB")


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PPM", "ICO", "PDF", "EPS"])
def test_no_other_kind_is_opened_whatever_it_is_called(tmp_path: Path, kind: str) -> None:
    with pytest.raises(ReadError, match=r"“x\.png” cannot be shown: it is no whole PNG, JPEG or WEBP"):
        open_picture(put(tmp_path / "x.png", slide(), kind))


def test_what_is_seen_through_stays_so(tmp_path: Path) -> None:
    for mode in ("RGBA", "LA", "P"):
        picture = Image.new("RGBA", (4, 4), (200, 0, 0, 0)).convert(mode)
        if mode == "P":
            picture.info["transparency"] = 0
        picture.save(tmp_path / "x.png")
        opened = open_picture(tmp_path / "x.png")
        assert opened.mode == "RGBA"
        assert opened.getchannel("A").getextrema() == (0, 0)


def test_a_photo_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    slide().save(tmp_path / "x.jpg", "JPEG", exif=exif)
    assert open_picture(tmp_path / "x.jpg").size == (360, 640)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_half_a_picture_is_told(tmp_path: Path, kind: str) -> None:
    target = io.BytesIO()
    film(200, 200).save(target, kind)
    for part in (0.1, 0.5, 0.9):
        (tmp_path / "x").write_bytes(target.getvalue()[: int(len(target.getvalue()) * part)])
        with pytest.raises(ReadError, match="cannot be shown"):
            open_picture(tmp_path / "x")


def test_changed_bytes_are_shown_or_told(tmp_path: Path) -> None:
    chance = random.Random(7)
    for kind in ("PNG", "JPEG", "WEBP"):
        target = io.BytesIO()
        slide().resize((64, 36)).save(target, kind)
        for _ in range(150):
            content = bytearray(target.getvalue())
            for _ in range(3):
                content[chance.randrange(len(content))] = chance.randrange(256)
            (tmp_path / "x").write_bytes(content)
            with contextlib.suppress(ReadError):
                assert open_picture(tmp_path / "x").mode in ("RGB", "RGBA")


@pytest.mark.parametrize("side_px", [6000, 11_000, 14_000])
def test_a_picture_that_would_fill_the_memory_is_told(tmp_path: Path, side_px: int) -> None:
    """Pillow lets the first pass, warns of the second and refuses the third by itself."""
    put(tmp_path / "x.png", Image.new("1", (side_px, side_px)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with pytest.raises(ReadError, match="larger than 32 megapixels, so it was not opened"):
            open_picture(tmp_path / "x.png")


def test_the_limit_counts_all_pixels(tmp_path: Path) -> None:
    put(tmp_path / "x.png", Image.new("1", (1001, 1000)))
    with pytest.raises(ReadError, match="larger than 1 megapixels"):
        open_picture(tmp_path / "x.png", max_px=1_000_000)
    assert open_picture(tmp_path / "x.png", max_px=1_001_000).size == (1001, 1000)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    for name in ("pipe.png", "missing.png"):
        with pytest.raises(ReadError):
            thumbnail(tmp_path, name, 100, 100)


# --- small ones ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width_px", "height_px", "size"),
    [(320, 320, (320, 180)), (1000, 90, (160, 90)), (2000, 2000, (640, 360)), (0, 0, (1, 1))],
)
def test_a_thumbnail_fits_and_keeps_its_shape(
    tmp_path: Path, width_px: int, height_px: int, size: tuple[int, int]
) -> None:
    put(tmp_path / "x.webp", slide(), "WEBP")
    assert thumbnail(tmp_path, "x.webp", width_px, height_px).size == size


# --- pictures that travel ----------------------------------------------------------------------------


def saved(path: Path, size: tuple[int, int] = (40, 20), kind: str = "WEBP", **options: Any) -> Path:
    Image.new("RGB", size, "orange").save(path, kind, **options)
    return path


@pytest.mark.parametrize("kind", ["webp", "jpeg", "png"])
def test_what_was_made_is_found_again_and_made_anew_where_it_is_broken(tmp_path: Path, kind: str) -> None:
    source, folder = saved(tmp_path / "a", (3200, 1800), "PNG"), tmp_path / "made"
    made = pictures.travelling(source, kind, folder)
    [kept] = folder.iterdir()
    assert kept.read_bytes() == made == pictures.travelling(source, kind)
    other = saved(tmp_path / "b", (20, 10), kind.upper()).read_bytes()
    kept.write_bytes(other)
    assert pictures.travelling(source, kind, folder) == other, "it is not made again"
    kept.write_bytes(made[:-4])
    assert pictures.travelling(source, kind, folder) == made
    assert kept.read_bytes() == made


def test_the_oldest_pictures_that_were_made_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_MOST_KEPT", 3)
    for number in range(6):
        pictures.travelling(saved(tmp_path / "a", (1601 + number, 9)), "webp", tmp_path / "made")
    assert len(list((tmp_path / "made").iterdir())) <= 4


def test_where_nothing_can_be_kept_pictures_travel_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "made").write_text("a file in the folder's place")
    source = saved(tmp_path / "a", (1601, 9))
    assert pictures.travelling(source, "webp", tmp_path / "made") == pictures.travelling(source, "webp")


@pytest.mark.parametrize("kind", ["webp", "jpeg", "png"])
def test_a_picture_that_is_as_it_should_be_travels_byte_for_byte(tmp_path: Path, kind: str) -> None:
    source = saved(tmp_path / "a", kind=kind.upper())
    assert pictures.travelling(source, kind) == source.read_bytes()


@pytest.mark.parametrize("wanted", ["webp", "jpeg", "png"])
@pytest.mark.parametrize(("size", "small"), [((3200, 1800), (1600, 900)), ((10, 3000), (5, 1600))])
def test_a_large_one_is_made_smaller_and_always_the_same(
    tmp_path: Path, wanted: str, size: tuple[int, int], small: tuple[int, int]
) -> None:
    source = saved(tmp_path / "a", size, "PNG")
    made = pictures.travelling(source, wanted)
    picture = Image.open(io.BytesIO(made))
    assert (picture.format, picture.size) == (wanted.upper(), small)
    assert pictures.travelling(source, wanted) == made


@pytest.mark.parametrize("kind", ["webp", "jpeg", "png"])
def test_what_is_hidden_in_a_picture_stays_at_home(tmp_path: Path, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET place"
    source = saved(tmp_path / "a", kind=kind.upper(), exif=exif)
    assert b"SECRET" in source.read_bytes()
    made = pictures.travelling(source, kind)
    assert b"SECRET" not in made
    assert not Image.open(io.BytesIO(made)).getexif()
    behind = tmp_path / "b"
    behind.write_bytes(saved(tmp_path / "c", kind=kind.upper()).read_bytes() + b"SECRET")
    assert b"SECRET" not in pictures.travelling(behind, kind)


def test_words_in_a_png_and_a_comment_in_a_jpeg_stay_at_home(tmp_path: Path) -> None:
    words = PngInfo()
    words.add_text("Author", "SECRET")
    assert b"SECRET" not in pictures.travelling(saved(tmp_path / "a", kind="PNG", pnginfo=words), "png")
    assert b"SECRET" not in pictures.travelling(saved(tmp_path / "b", kind="JPEG", comment=b"SECRET"), "jpeg")


def test_what_is_seen_through_is_white_in_a_jpeg(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "a.png")
    made = Image.open(io.BytesIO(pictures.travelling(tmp_path / "a.png", "jpeg")))
    assert made.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["webp", "jpeg", "png"])
def test_half_a_picture_does_not_travel(tmp_path: Path, kind: str) -> None:
    whole = saved(tmp_path / "a", (200, 200), kind.upper()).read_bytes()
    (tmp_path / "b").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReadError):
        pictures.travelling(tmp_path / "b", kind)
