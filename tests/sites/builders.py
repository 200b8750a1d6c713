"""Real sites that take the golden exports: each export in a folder of its own, all of a site in one build.

What is built stays in `build/sites` until the next time, to be looked at.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from desktopnotes.export import writing
from desktopnotes.model.notebook import Site
from tests.goldens import Golden

SOURCES = Path(__file__).parent
BUILT = Path(__file__).parents[2] / "build" / "sites"
_LONGEST_BUILD_S = 300
_NODE = f"node_modules/node-linux-{'arm64' if platform.machine() == 'aarch64' else 'x64'}/bin/node"
"""The one that came with Astro. Not every npm links it where programs are looked for."""


class BuildError(AssertionError):
    """A build that failed or complained; its text is what the builder said."""


@dataclass(frozen=True)
class Builder:
    """A site in `build/sites/NAME`. `content` and `pages` are where exports go and what they become.

    Both have a folder of each export's name in them.
    """

    name: str
    content: str
    pages: str
    command: tuple[str, ...]
    settings: Mapping[str, str]
    place: Callable[[Golden, Path, str], None]
    within: Path = BUILT

    @property
    def folder(self) -> Path:
        return self.within / self.name

    def build(self, goldens: tuple[Golden, ...]) -> str:
        """Builds the site with these exports in it. Raises `BuildError`; tells what the builder said."""
        self.lay_out()
        for golden in goldens:
            self.place(golden, self.folder, self.content)
        return self.run()

    def lay_out(self) -> None:
        """The site without a post."""
        _clear(self.folder)
        shutil.copytree(SOURCES / self.name, self.folder, dirs_exist_ok=True)
        modules = BUILT / self.name / "node_modules"
        if modules.exists() and not (self.folder / "node_modules").exists():
            (self.folder / "node_modules").symlink_to(modules)

    def run(self) -> str:
        environment = {**os.environ, **self.settings}
        done = subprocess.run(
            self.command,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_LONGEST_BUILD_S,
        )
        said = done.stdout + done.stderr
        (self.folder / "build.log").write_text(said, encoding="utf-8")
        if done.returncode:
            raise BuildError(f"{' '.join(self.command)} ended with {done.returncode}:\n{said[-4000:]}")
        return said

    def page_of(self, golden: Golden) -> Path:
        """The one page that was made of the export's post."""
        folder = self.folder / self.pages / golden.name
        pages = [page for page in folder.rglob("*.html") if page.parent != folder]
        if len(pages) != 1:
            raise BuildError(f"{golden.key} became {len(pages)} pages in {folder}: {pages}")
        return pages[0]


def _clear(folder: Path) -> None:
    """Empties the folder, but for what setup.sh has installed there."""
    for path in folder.glob("*") if folder.exists() else ():
        if path.name in ("node_modules", "ready"):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _into_its_folder(golden: Golden, site: Path, content: str) -> None:
    root = site / content / golden.name
    root.mkdir(parents=True)
    writing.write(golden.export(), root)


def _into_jekyll(golden: Golden, site: Path, content: str) -> None:
    """Jekyll takes `_posts` from any folder, but an address that begins with `/` is one of the whole site."""
    _into_its_folder(golden, site, content)
    assets = site / content / golden.name / "assets"
    for picture in filter(Path.is_file, assets.rglob("*")):
        target = site / "assets" / picture.relative_to(assets)
        if target.exists() and target.read_bytes() != picture.read_bytes():
            raise BuildError(f"Two exports have different pictures {target.name}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, target)


HUGO = Builder(
    Site.HUGO,
    content="content",
    pages="public",
    command=("hugo", "--panicOnWarning", "--printPathWarnings", "--printI18nWarnings"),
    settings={},
    place=_into_its_folder,
)
JEKYLL = Builder(
    Site.JEKYLL,
    content=".",
    pages="_site",
    command=("jekyll", "build", "--strict_front_matter", "--trace"),
    settings={"JEKYLL_ENV": "production"},
    place=_into_jekyll,
)
ASTRO = Builder(
    Site.ASTRO,
    content="src/content/blog",
    pages="dist/blog",
    command=(_NODE, "node_modules/astro/bin/astro.mjs", "build"),
    settings={"ASTRO_TELEMETRY_DISABLED": "1", "NO_COLOR": "1", "CI": "1"},
    place=_into_its_folder,
)
BUILDERS = {builder.name: builder for builder in (HUGO, JEKYLL, ASTRO)}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder as a host on this machine; gives its address, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
