"""The posts that are shown to people, built and photographed: build/screens has the pictures afterwards."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from desktopnotes.export import sites
from desktopnotes.model.notebook import Site
from tests import goldens
from tests.goldens import Golden
from tests.sites import builders
from tests.sites.browser import Browser
from tests.sites.builders import BUILDERS


@pytest.mark.parametrize("site", list(BUILDERS))
@pytest.mark.parametrize("name", ["kubecon-2017.list", "every-kind.timeline", "hostile.outline"])
def test_a_built_post(
    built: Callable[[str], str], host: str, browser: Browser, screens: Path, site: str, name: str
) -> None:
    built(site)
    notebook, style = name.split(".")
    page = BUILDERS[site].page_of(Golden(notebook, site, style))
    file = screens / f"{site}-{name}.png"
    browser.photograph(f"{host}/{quote(str(page.relative_to(builders.BUILT)))}", file)
    assert _has_writing(file)
    if notebook == "kubecon-2017":
        titles = [talk.title for talk in goldens.notebook_of(notebook).talks[:7]]
        links = browser.evaluated("[...document.querySelectorAll('article > ul > li')].map(i => i.innerText)")
        assert [link.split(" - ")[0].split(" – ")[0] for link in links] == titles


def test_a_lecture_with_formulas_in_obsidian(browser: Browser, screens: Path) -> None:
    """Obsidian itself cannot be run; pandoc knows the same formulas, and Chromium draws them."""
    export = Golden("optimisation", Site.OBSIDIAN, "outline").export()
    text = sites.site(Site.OBSIDIAN).shown(export.text)
    file = screens / "obsidian-optimisation.outline.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    title = goldens.post_of("optimisation").title
    command = ("pandoc", "--from", "markdown", "--standalone", "--mathml", "--fail-if-warnings")
    subprocess.run(
        [*command, "--metadata", f"title={title}", "--output", str(file)],
        input=text.encode(),
        check=True,
        timeout=60,
    )
    browser.photograph(file.as_uri(), file.with_suffix(".png"))
    assert _has_writing(file.with_suffix(".png"))
    formulas = browser.evaluated("[...document.querySelectorAll('math annotation')].map(a => a.textContent)")
    assert formulas[:3] == ["a_i^*", "b_i^*", "a_i^* b_i^* = 0"]
    assert len(formulas) == 13
    assert not browser.evaluated("document.querySelectorAll('math merror, em').length")


def _has_writing(file: Path) -> bool:
    """Whether there are dark and light places on the picture, both of them more than a few."""
    with Image.open(file) as picture:
        shades = picture.convert("L").histogram()
    return sum(shades[:100]) > 2000 and sum(shades[156:]) > 2000
