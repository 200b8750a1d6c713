"""What a desktop needs to show the program in its menus, by the judgement of the desktop's own tools."""

import configparser
import importlib.util
import os
import re
import shutil
import subprocess
import tomllib
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PIL import Image

from desktopnotes.actions import menu_entry
from desktopnotes.handing_over.message import LAST, NEW

ROOT = Path(__file__).resolve().parent.parent
SHARE = ROOT / "packaging" / "linux" / "share"
DESKTOP = SHARE / "applications" / "desktopnotes.desktop"
HICOLOR = SHARE / "icons" / "hicolor"
METAINFO = SHARE / "metainfo" / "org.desktopnotes.DesktopNotes.metainfo.xml"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
NOTEBOOK_TYPE = "application/vnd.desktopnotes+json"
NOTEBOOK_ICON = NOTEBOOK_TYPE.replace("/", "-")
KINDS = SHARE / "mime" / "packages" / "desktopnotes.xml"
SYSTEM_KINDS = Path("/usr/share/mime/packages/freedesktop.org.xml")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def _script(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / "packaging" / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RELEASES = _script("linux/releases.py")
WORDS = _script("words.py")


def groups() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DESKTOP, encoding="utf-8")
    return parser


def entry() -> dict[str, str]:
    return dict(groups()["Desktop Entry"])


def languages() -> set[str]:
    """The languages that the program speaks besides English."""
    return {"pt_BR", *(file.parts[-3] for file in (ROOT / "desktopnotes" / "locale").rglob("*.po"))}


def project() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]  # type: ignore[no-any-return]


def test_the_entry_is_valid_without_a_remark() -> None:
    assert said_by("desktop-file-validate", DESKTOP) == ""


def test_the_entry_starts_the_installed_command_with_what_is_opened() -> None:
    command, arguments = entry()["Exec"].split()
    assert command in project()["scripts"]  # type: ignore[operator]
    assert arguments == "%U"
    assert entry()["Version"] == "1.0"
    assert entry()["StartupWMClass"] == "Desktopnotes"
    assert (
        entry()["StartupNotify"] == "true"
    )  # else the desktop gives no id, and no window comes to the front


def test_the_entry_begins_a_notebook_and_opens_the_last() -> None:
    assert entry()["Actions"].rstrip(";").split(";") == ["new", "last"]
    for action, option in (("new", NEW), ("last", LAST)):
        group = groups()[f"Desktop Action {action}"]
        assert group["Exec"].split() == ["desktopnotes", option]
        assert group["Name"] == menu_entry.label((option,))


def test_the_entry_speaks_the_programs_languages() -> None:
    """What a person reads: the keys that the specification calls localestring, but for the icon."""
    for name in groups().sections():
        said = {key for key in groups()[name] if key in ("Name", "GenericName", "Comment", "Keywords")}
        for language in languages():
            assert {key for key in said if groups()[name].get(f"{key}[{language}]")} == said, (name, language)


def catalog(language: str) -> dict[str, str]:
    """What the program says in a language, by the English."""
    path = ROOT / "desktopnotes" / "locale" / language / "LC_MESSAGES" / "desktopnotes.po"
    said = WORDS.compiled(path.read_text("utf-8"))
    return dict(GNUTranslations(BytesIO(said))._catalog)  # type: ignore[attr-defined]


def test_the_menu_says_what_the_program_says() -> None:
    """The same words for the same thing, in each language: of its actions, and of what it is for."""
    from desktopnotes import cli

    about = cli._ABOUT
    assert about.splitlines()[0] == f"{entry()['Comment']}."
    for language in languages():
        said = catalog(language)
        assert said[about].splitlines()[0] == f"{entry()[f'Comment[{language}]']}."
        for action in ("new", "last"):
            group = groups()[f"Desktop Action {action}"]
            assert group[f"Name[{language}]"] == said[group["Name"]]


def test_the_entry_opens_notebooks_and_recordings() -> None:
    types = entry()["MimeType"].rstrip(";").split(";")
    assert len(types) == len(set(types))
    assert {NOTEBOOK_TYPE, "video/mp4", "video/webm", "video/x-matroska", "audio/mpeg", "audio/ogg"} <= set(
        types
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `share` with ours beside the kind that is JSON, its caches made by the real tools."""
    share = tmp_path_factory.mktemp("share")
    shutil.copytree(SHARE, share, dirs_exist_ok=True)
    json = '<mime-type type="application/json"><comment>JSON</comment><glob pattern="*.json"/></mime-type>'
    system = f'<mime-info xmlns="{MIME[1:-1]}">{json}</mime-info>'
    (share / "mime" / "packages" / "system.xml").write_text(system)
    (share / "icons" / "hicolor" / "index.theme").write_text("[Icon Theme]\nName=Hicolor\nDirectories=\n")
    assert said_by("update-mime-database", share / "mime", share=share) == ""
    assert said_by("update-desktop-database", share / "applications") == ""
    assert said_by("gtk-update-icon-cache", "--quiet", share / "icons" / "hicolor") == ""
    assert said_by("gtk-update-icon-cache", "--validate", share / "icons" / "hicolor") == ""
    return share


def said_by(*command: str | Path, share: Path = SHARE) -> str:
    """What a tool says that must succeed, on a desktop that looks in `share` alone."""
    environment = {**os.environ, "XDG_DATA_HOME": f"{share}/none", "XDG_DATA_DIRS": str(share)}
    told = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout + told.stderr


def test_the_kind_of_file_is_as_the_system_describes_its_own(tmp_path: Path) -> None:
    """The DTD stands in the system's own file. The generic icons that it lists are those of that file."""
    grammar = re.search(
        r"<!DOCTYPE mime-info \[(.*?)\]>", SYSTEM_KINDS.read_text(encoding="utf-8"), re.DOTALL
    )
    assert grammar
    any_icon, lists = re.subn(r"(ATTLIST generic-icon name) \(.*?\)", r"\1 CDATA", grammar[1])
    assert lists == 1
    (tmp_path / "mime.dtd").write_text(any_icon, encoding="utf-8")
    assert said_by("xmllint", "--noout", "--nonet", "--dtdvalid", tmp_path / "mime.dtd", KINDS) == ""


def test_a_notebook_is_known_by_its_name_and_is_nothing_to_run(installed: Path, tmp_path: Path) -> None:
    notebook = tmp_path / "KubeCon 2017.talknotes.json"
    notebook.write_text('{"format": "desktopnotes"}')
    (tmp_path / "other.json").write_text("{}")
    asked = ("gio", "info", "-a", "standard::content-type,standard::icon")
    told = said_by(*asked, notebook, tmp_path / "other.json", share=installed)
    assert re.findall("content-type: (.*)", told) == [NOTEBOOK_TYPE, "application/json"]
    icons = re.findall("standard::icon: (.*)", told)[0].split(", ")
    # GTK looks for all of them in one theme before it goes on to hicolor, where ours is.
    assert {icon.removesuffix("-symbolic") for icon in icons} == {NOTEBOOK_ICON}
    # As JSON it would be JavaScript, which file managers offer to run.
    assert NOTEBOOK_TYPE not in (installed / "mime" / "subclasses").read_text()
    assert "desktopnotes.desktop" in (installed / "applications" / "mimeinfo.cache").read_text()


def test_the_kind_of_file_has_a_name_in_the_programs_languages() -> None:
    (kind,) = ElementTree.parse(KINDS).getroot().iter(f"{MIME}mime-type")
    named = {comment.get(LANGUAGE) for comment in kind.iter(f"{MIME}comment") if comment.text}
    assert named == {None, *languages()}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["apps/desktopnotes", f"mimetypes/{NOTEBOOK_ICON}"])
def test_the_icon_is_there_in_each_size(name: str, size: int) -> None:
    with Image.open(HICOLOR / f"{size}x{size}" / f"{name}.png") as icon:
        assert icon.size == (size, size)
        assert icon.mode == "RGBA"
        # Round corners, or the corner of a sheet: a menu of any colour shows through.
        assert icon.getpixel((size - 1, 0))[3] < 128


@pytest.mark.parametrize("name", ["apps/desktopnotes", f"mimetypes/{NOTEBOOK_ICON}"])
def test_the_icon_is_there_as_a_drawing(name: str) -> None:
    drawing = ElementTree.parse(HICOLOR / "scalable" / f"{name}.svg").getroot()
    _, _, width, height = drawing.attrib["viewBox"].split()
    assert width == height


def test_the_software_centre_is_told_what_the_menu_is_told() -> None:
    told = ElementTree.parse(METAINFO).getroot()
    assert told.findtext("id") == METAINFO.name.removesuffix(".metainfo.xml")
    assert told.findtext("name") == entry()["Name"]
    assert told.findtext("launchable") == DESKTOP.name
    assert told.findtext("provides/mediatype") == NOTEBOOK_TYPE
    assert told.findtext("project_license") == "MIT"
    newest = next(str(release.get("version")) for release in told.iter("release"))
    version, _, unfinished = str(project()["version"]).partition(".dev")
    assert (version > newest) if unfinished else (version == newest)


def validated(metainfo: Path) -> list[str]:
    """What appstreamcli remarks, but for what has to be so: the id, which is settled, has capital letters,
    and before 1.0 it did not know the element `developer`, which is wanted since.
    """
    said = said_by("appstreamcli", "validate", "--no-net", "--pedantic", "--no-color", metainfo)
    remarks = [line for line in said.splitlines() if re.match("[EWIP]: ", line)]
    known = ("cid-contains-uppercase-letter org.desktopnotes.DesktopNotes", "unknown-tag developer")
    return [line for line in remarks if not line.endswith(known)]


def test_the_software_centres_page_is_valid_without_a_remark() -> None:
    assert validated(METAINFO) == []


def test_the_software_centres_page_speaks_the_programs_languages() -> None:
    told = ElementTree.parse(METAINFO).getroot()
    for tag in ("summary", "description/p", "description/ul/li", "screenshots/screenshot/caption"):
        said = [each.get(LANGUAGE) for each in told.iterfind(tag)]
        for language in languages():
            assert said.count(language) == said.count(None) > 0, tag


def test_the_software_centre_shows_what_the_tests_draw() -> None:
    images = list(ElementTree.parse(METAINFO).getroot().iter("image"))
    names = [str(image.text).rpartition("/docs/")[2] for image in images]
    assert names == [
        "window-light.png",
        "window-dark.png",
        "post-light.png",
        "post-dark.png",
        "full-screen.png",
    ]
    for image, name in zip(images, names, strict=True):
        with Image.open(ROOT / "docs" / name) as picture:
            assert (image.get("width"), image.get("height")) == tuple(map(str, picture.size))
    home = ElementTree.parse(METAINFO).getroot().findtext("url[@type='homepage']")
    assert {str(image.text).rpartition("docs/")[0] for image in images} == {home}


def test_the_releases_are_those_of_the_changelog() -> None:
    """If not: packaging/linux/releases.py."""
    changelog, metainfo = (ROOT / "CHANGELOG.md").read_text("utf-8"), METAINFO.read_text("utf-8")
    assert RELEASES.with_releases(metainfo, changelog) == metainfo


def test_a_release_tells_what_stands_before_the_first_heading(tmp_path: Path) -> None:
    changelog = """# Changelog

## 2.0 — unreleased

Not yet.

## 1.1 — 2027-02-03

Two words & *more*,
over two lines.

- `a --b` < c, **at** [once](docs/x.md)
- snake_case * stays * as it is

### All the rest

- Not told.

## 1.0 — 2027-01-01

First.
"""
    told = ElementTree.fromstring(RELEASES.releases(changelog))
    assert [(each.get("version"), each.get("date")) for each in told] == [
        ("1.1", "2027-02-03"),
        ("1.0", "2027-01-01"),
    ]
    assert [each.text for each in told[0].iterfind(".//p")] == ["Two words & more, over two lines."]
    assert [each.text for each in told[0].iterfind(".//li")] == [
        "a --b < c, at once",
        "snake_case * stays * as it is",
    ]
    next_one = (ROOT / "CHANGELOG.md").read_text("utf-8").replace("— unreleased", "— 2026-11-27", 1)
    metainfo = tmp_path / METAINFO.name
    metainfo.write_text(RELEASES.with_releases(METAINFO.read_text("utf-8"), next_one), "utf-8")
    assert metainfo.read_text("utf-8").count("<release ") == next_one.count("\n## ")
    assert validated(metainfo) == []
