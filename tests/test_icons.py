"""The window's icons: every one at every size, as a mask to be tinted, with the licence they come under."""

from pathlib import Path

import pytest
from PIL import Image

ICONS = Path(__file__).resolve().parent.parent / "assets" / "icons"
SIZES = (16, 18, 20, 24, 27, 32, 36, 48)


@pytest.mark.parametrize("size", SIZES)
def test_each_icon_is_a_white_mask_of_its_size(size: int) -> None:
    files = sorted((ICONS / str(size)).glob("*.png"))
    assert [file.name for file in files] == sorted(file.name for file in (ICONS / "16").glob("*.png"))
    for file in files:
        with Image.open(file) as icon:
            assert icon.size == (size, size), file.name
            white, alpha = icon.convert("LA").split()
            assert alpha.getextrema()[1] > 150, file.name
            seen = [value for value, shown in zip(white.tobytes(), alpha.tobytes(), strict=True) if shown]
            assert set(seen) == {255}, file.name


def test_what_the_window_needs_is_there() -> None:
    needed = (
        "play pause skip-back skip-forward rewind fast-forward gauge camera captions volume-2 volume-x "
        "maximize plus search circle circle-dot circle-check quote circle-help link bookmark lock "
        "external-link"
    )
    missing = [name for name in needed.split() if not (ICONS / "18" / f"{name}.png").is_file()]
    assert not missing


def test_their_licence_is_beside_them() -> None:
    licence = (ICONS / "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in licence
    assert "Lucide" in licence
