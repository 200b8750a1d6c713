"""What the sources say of themselves: version, moment, changes, and the words that describe the program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

REPO = Path(__file__).resolve().parents[3]
SHARE = REPO / "packaging" / "linux" / "share"
METAINFO = SHARE / "metainfo" / "org.desktopnotes.DesktopNotes.metainfo.xml"
sys.path.insert(0, str(REPO))  # these sources, not those that are installed
for _name in ("LANGUAGE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
    os.environ.pop(_name, None)  # nothing of this machine may show
os.environ["HOME"] = "/nonexistent"
os.environ["COLUMNS"] = "1000"  # else argparse breaks lines as wide as the terminal is

MAINTAINER = "The Desktop Notes developers <developers@desktopnotes.invalid>"
"""The project has no address yet, and one of somebody else's must not stand here."""


def epoch_s() -> int:
    """The moment that every file of the package bears: SOURCE_DATE_EPOCH, else that of the last commit.

    Without Git (sources that were unpacked) it is the day of the last release that the changelog knows.
    """
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    if is_in_git():
        return int(_git("log", "-1", "--format=%ct"))
    day = next(section.day for section in sections() if section.day)
    return int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp())


def is_in_git() -> bool:
    """Whether the sources are a repository of their own, with a commit; not a folder within another one."""
    try:
        return Path(_git("rev-parse", "--show-toplevel").rstrip("\n")).samefile(REPO) and bool(
            _git("log", "-1", "--format=%ct")
        )
    except (OSError, subprocess.CalledProcessError):
        return False


def files() -> frozenset[Path] | None:
    """What Git knows, and its folders; None where there is no Git: all that lies here counts."""
    if not is_in_git():
        return None
    known = {REPO / name for name in _git("ls-files", "-z").split("\0") if name}
    return frozenset(known.union(*(path.parents for path in known)))


def _git(*words: str) -> str:
    command = ["git", "-c", f"safe.directory={REPO}", *words]
    return subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True).stdout


def maintainer() -> str:
    return os.environ.get("MAINTAINER") or MAINTAINER


def version(epoch: int) -> str:
    """That of the changelog's top; before it is released, one that is older than it and newer than the last.

    0.2.0, before that 0.2.0~202611270148.
    """
    newest = sections()[0]
    if newest.day:
        return newest.version
    return f"{newest.version}~{datetime.fromtimestamp(epoch, UTC):%Y%m%d%H%M}"


class Section:
    """A release in CHANGELOG.md: `day` is YYYY-MM-DD, empty before it is released."""

    def __init__(self, version: str, day: str, text: str) -> None:
        self.version, self.day, self.text = version, day, text


_HEADING = re.compile(r"^## (\S+) — (.+)\n", re.MULTILINE)


def sections() -> list[Section]:
    """The releases of CHANGELOG.md, the newest first; one without a day has that of the metainfo."""
    _, *parts = _HEADING.split((REPO / "CHANGELOG.md").read_text(encoding="utf-8"))
    released = _released()
    made = []
    for number, day, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", day.strip())
        made.append(Section(number, day.strip() if is_day else released.get(number, ""), text))
    return made


def _released() -> dict[str, str]:
    root = ElementTree.parse(METAINFO).getroot()
    return {release.get("version", ""): release.get("date", "") for release in root.iter("release")}


def shipped_beside() -> dict[str, str]:
    """What goes along with the modules, as the wheel has it: each path here, and where the program finds it.

    Beside the package and not in it, which is as good for the program (`storage/paths.py`).
    """
    with (REPO / "pyproject.toml").open("rb") as file:
        wheel = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]
    return {name: target.removeprefix("desktopnotes/") for name, target in wheel["force-include"].items()}


def summary() -> str:
    return _english(ElementTree.parse(METAINFO).getroot().findall("summary"))[0]


def description() -> list[str]:
    """The paragraphs that tell what the program is; one that begins with "- " is a line of a list."""
    (root,) = ElementTree.parse(METAINFO).getroot().findall("description")
    paragraphs = []
    for element in root:
        if element.tag == "p":
            paragraphs += _english([element])
        else:
            paragraphs += [f"- {line}" for line in _english(element.findall("li"))]
    return paragraphs


def _english(elements: list[ElementTree.Element]) -> list[str]:
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    return [" ".join("".join(each.itertext()).split()) for each in elements if not each.get(language)]
