"""The post as one file of HTML: opened from the disk as a reader would, light, dark, narrow and printed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktopnotes.export import writing
from desktopnotes.model.notebook import Site
from tests.goldens import GOLDENS, Golden
from tests.sites import builders
from tests.sites.browser import Browser
from tests.sites.test_builds import shows_the_post

EXPORTS = [golden for golden in GOLDENS if golden.site == Site.PAGE]
SHOWN = [Golden("kubecon-2017", Site.PAGE, "list"), Golden("every-kind", Site.PAGE, "timeline")]


@pytest.fixture(scope="module")
def written() -> Callable[[Golden], str]:
    """Writes an export into a folder with spaces and signs in its name; gives its address."""
    folder = builders.BUILT / "page"
    shutil.rmtree(folder, ignore_errors=True)

    def write(golden: Golden) -> str:
        root = folder / f"it's {golden.name} #1"
        if not root.exists():
            root.mkdir(parents=True)
            writing.write(golden.export(), root)
        return (root / golden.export().file_name).as_uri()

    return write


@pytest.mark.parametrize("golden", EXPORTS, ids=lambda golden: golden.key)
def test_the_page_opened_from_the_disk_shows_the_post(
    written: Callable[[Golden], str], browser: Browser, golden: Golden
) -> None:
    shows_the_post(browser.look(written(golden)), golden)


def test_nothing_could_run_in_it_whatever_stood_there(
    written: Callable[[Golden], str], browser: Browser, tmp_path: Path
) -> None:
    golden = EXPORTS[0]
    written(golden)
    harm = '<script>window.ran = 1</script><img src="x" onerror="window.ran = 2"><iframe src="/"></iframe>'
    page = tmp_path / "page.html"
    page.write_text(golden.export().text.replace("</article>", f"{harm}</article>"), encoding="utf-8")
    complaints = " ".join(browser.look(page.as_uri()).complaints)
    assert browser.evaluated("window.ran") is None
    assert complaints.count("Content Security Policy") >= 3


@pytest.mark.parametrize("golden", SHOWN, ids=lambda golden: golden.key)
def test_it_is_light_by_day_and_dark_by_night(
    written: Callable[[Golden], str], browser: Browser, screens: Path, golden: Golden
) -> None:
    shades = {}
    for mode in ("light", "dark"):
        file = screens / f"page-{golden.name}-{mode}.png"
        browser.photograph(written(golden), file, dark=mode == "dark")
        with Image.open(file) as picture:
            grey = picture.convert("L")
            shades[mode] = (grey.getpixel((2, 2)), grey.getextrema())
    assert shades["light"][0] > 230
    assert shades["dark"][0] < 50
    assert all(darkest < 60 and lightest > 190 for _, (darkest, lightest) in shades.values())


@pytest.mark.parametrize("golden", EXPORTS, ids=lambda golden: golden.key)
def test_nothing_hangs_over_on_a_telephone(
    written: Callable[[Golden], str], browser: Browser, screens: Path, golden: Golden
) -> None:
    file = screens / f"page-{golden.name}-narrow.png"
    browser.photograph(written(golden), file, width=390)
    with Image.open(file) as picture:
        assert picture.width == 390


@pytest.mark.parametrize("golden", SHOWN, ids=lambda golden: golden.key)
def test_it_prints(written: Callable[[Golden], str], browser: Browser, screens: Path, golden: Golden) -> None:
    file = screens / f"page-{golden.name}.pdf"
    browser.print(written(golden), file)
    pages = re.findall(rb"/Type\s*/Page\b", file.read_bytes())
    assert 1 <= len(pages) <= 4
