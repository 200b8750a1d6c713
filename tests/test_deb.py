"""The Debian package as its script builds it: the same bytes each time, complete, nothing out of place."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from desktopnotes import cli
from desktopnotes.commands import COMMANDS, MENUS
from desktopnotes.commands.chosen_keys import Where, held

REPO = Path(__file__).resolve().parent.parent
SHARE = REPO / "packaging" / "linux" / "share"
SCRIPT = "packaging/linux/build_deb.sh"
PROGRAM = Path("usr/share/desktopnotes")
VENDORED = {"appdirs": "appdirs.py", "pysubs2": "pysubs2/*", "python-vlc": "vlc.py"}


def _begin(repo: Path, out: Path, command: str = "", **variables: str) -> subprocess.Popen[str]:
    call = f"{command} exec {SCRIPT} '{out}'"
    # Packed tight is what takes long; packaging/linux/check_deb.sh packs as the user gets it.
    settings = {**os.environ, "COMPRESSION": "none", **variables}
    return subprocess.Popen(["bash", "-c", call], cwd=repo, env=settings, stdout=subprocess.PIPE, text=True)


def _built(process: subprocess.Popen[str]) -> Path:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return Path(said.strip())


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two packages of the same sources, built at the same time, as differently as can be."""
    folder = tmp_path_factory.mktemp("deb")
    elsewhere = folder / "other place"
    elsewhere.mkdir()
    for part in ("desktopnotes", "assets", "docs", "packaging"):
        # Other moments, other rights, other order in the folder.
        shutil.copytree(REPO / part, elsewhere / part, copy_function=shutil.copyfile)
    for name in ("CHANGELOG.md", "pyproject.toml"):
        shutil.copyfile(REPO / name, elsewhere / name)
    (elsewhere / SCRIPT).chmod(0o755)
    (elsewhere / ".venv").symlink_to(REPO / ".venv")
    epoch = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=REPO, capture_output=True, text=True, check=True
    ).stdout.strip()
    one = _begin(REPO, folder / "one")
    other = _begin(
        elsewhere,
        folder / "the other",
        "umask 077;",
        SOURCE_DATE_EPOCH=epoch,
        TZ="Pacific/Kiritimati",
        LC_ALL="pt_BR.UTF-8",
        LANGUAGE="en_XA",
        HOME=str(folder),
        XDG_CONFIG_HOME=str(folder / "config"),
        COLUMNS="40",
        PYTHONHASHSEED="7",
        DPKG_DEB_COMPRESSOR_TYPE="gzip",
    )
    return _built(one), _built(other)


@pytest.fixture(scope="module")
def root(packages: tuple[Path, Path]) -> Path:
    """The package unpacked, with what dpkg keeps of it in DEBIAN."""
    unpacked = packages[0].parent / "root"
    subprocess.run(["dpkg-deb", "--raw-extract", str(packages[0]), str(unpacked)], check=True)
    return unpacked


def _files(root: Path) -> dict[str, Path]:
    """What it installs, by name."""
    all_of_it = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path for name, path in all_of_it.items() if not name.startswith("DEBIAN/")}


def _control(root: Path) -> dict[str, str]:
    text = (root / "DEBIAN" / "control").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+): (.*)$", text, re.MULTILINE))


def _project() -> dict[str, Any]:
    with (REPO / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def _man(root: Path) -> str:
    return gzip.decompress((root / "usr/share/man/man1/desktopnotes.1.gz").read_bytes()).decode()


def test_the_same_sources_give_the_same_bytes(packages: tuple[Path, Path]) -> None:
    one, other = packages
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


SOURCE = """
import sys
sys.path.insert(0, "packaging/linux/deb")
import source
known = source.files()
names = ("packaging", "CHANGELOG.md", "a")
print(source.epoch_s(), known and [source.REPO / name in known for name in names])
"""


def test_a_repository_around_the_sources_says_nothing_of_them(tmp_path: Path) -> None:
    """As a packager has them. In a repository of their own, its commits count, and what it knows."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for name in ("packaging/linux/deb/source.py", "CHANGELOG.md", "pyproject.toml"):
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPO / name, sources / name)
    shutil.copytree(SHARE, sources / "packaging/linux/share")
    git = ["git", "-C", tmp_path, "-c", "user.name=a", "-c", "user.email=a@b.c"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "theirs"], check=True)
    said = subprocess.check_output([sys.executable, "-B", "-c", SOURCE], cwd=sources, text=True)
    released = re.search(
        r"^## \S+ — (\d{4}-\d\d-\d\d)$", (REPO / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert released
    moment = datetime.fromisoformat(f"{released[1]}T00:00:00+00:00")
    assert said.split() == [str(int(moment.timestamp())), "None"]
    git[2] = sources
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "ours", "--date", "@1"], check=True)
    (sources / "a").write_text("a stray file")
    said = subprocess.check_output([sys.executable, "-B", "-c", SOURCE], cwd=sources, text=True)
    committed = subprocess.check_output([*git, "log", "-1", "--format=%ct"], text=True).strip()
    assert said == f"{committed} [True, True, False]\n"


def test_its_name_and_version_are_those_of_the_changelog(packages: tuple[Path, Path], root: Path) -> None:
    newest = re.search(r"^## (\S+)", (REPO / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    version = _control(root)["Version"]
    assert version.partition("~")[0] == newest[1]
    assert packages[0].name == f"desktopnotes_{version}_all.deb"
    told = gzip.decompress((root / "usr/share/doc/desktopnotes/changelog.gz").read_bytes()).decode()
    assert told.startswith(f"desktopnotes ({version}) unstable;")
    assert "\ndesktopnotes (0.1.0) unstable;" in told
    line = re.compile(
        r"desktopnotes \(\S+\) unstable; urgency=medium|  \[ .+ \]|  \* \S.*|    \S.*|"
        r"| -- [^<]+ <\S+>  \w{3}, .{26}"
    )
    assert [each for each in told.splitlines() if not line.fullmatch(each) or len(each) > 100] == []


def test_everything_is_roots_below_usr_and_of_one_moment(packages: tuple[Path, Path]) -> None:
    listed = subprocess.run(
        ["dpkg-deb", "--contents", str(packages[0])], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [re.split(r"\s+", line, maxsplit=5) for line in listed]
    assert len(rows) > 500
    assert {row[1] for row in rows} == {"root/root"}
    assert len({(row[3], row[4]) for row in rows}) == 1
    assert {row[5] for row in rows if not row[5].startswith("./usr/")} == {"./"}
    runs = {row[5] for row in rows if row[0] == "-rwxr-xr-x"}
    assert runs == {"./usr/bin/desktopnotes", "./usr/share/python3/runtime.d/desktopnotes.rtupdate"}
    assert {row[0] for row in rows} == {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--"}


def test_it_brings_the_program_and_all_that_a_desktop_needs(root: Path) -> None:
    files = set(_files(root))
    modules = {path.relative_to(REPO).as_posix() for path in (REPO / "desktopnotes").rglob("*.py")}
    assert {f"{PROGRAM}/{name}" for name in modules} <= files
    assert {f"usr/share/{path.relative_to(SHARE)}" for path in SHARE.rglob("*") if path.is_file()} <= files
    assert f"{PROGRAM}/desktopnotes/export/page.css" in files
    assert f"{PROGRAM}/desktopnotes/storage/notebook.schema.json" in files
    for name, target in _project()["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"].items():
        parts = [path for path in (REPO / name, *(REPO / name).rglob("*")) if path.is_file()]
        beside = PROGRAM / target.removeprefix("desktopnotes/")
        shipped = {
            (beside / path.relative_to(REPO / name)).as_posix() for path in parts if path.name != "LICENSE"
        }
        assert shipped, name
        assert shipped <= files
    languages = {path.parent.parent.name for path in (REPO / "desktopnotes").rglob("*.po")}
    assert {
        f"{PROGRAM}/desktopnotes/locale/{language}/LC_MESSAGES/desktopnotes.mo" for language in languages
    } == {name for name in files if name.endswith(".mo")}


def test_it_brings_nothing_of_the_workshop(root: Path) -> None:
    strange = re.compile(r"__pycache__|\.py[co]$|\.po$|sample_source|make_sample|/\.|~$|test")
    assert [name for name in _files(root) if strange.search(name.removeprefix(f"{PROGRAM}/"))] == []
    for name, path in _files(root).items():
        assert str(REPO).encode() not in path.read_bytes(), name


def test_what_debian_lacks_is_copied_without_a_change(root: Path) -> None:
    brought = {name.removeprefix(f"{PROGRAM}/vendor/") for name in _files(root) if "/vendor/" in name}
    for part, pattern in VENDORED.items():
        own = {name for name in brought if fnmatch(name, pattern)}
        brought -= own
        assert own, part
        for file in metadata.files(part) or ():
            if file.as_posix() in own:
                copy = root / PROGRAM / "vendor" / file
                assert copy.read_bytes() == Path(str(file.locate())).read_bytes()
    assert brought == set()


def test_every_file_has_its_licence(root: Path) -> None:
    text = (root / "usr/share/doc/desktopnotes/copyright").read_text(encoding="utf-8")
    fields = re.compile(r"^([\w-]+): *((?:.*\n?)(?:^ .*\n?)*)", re.MULTILINE)
    paragraphs = [dict(fields.findall(part)) for part in text.split("\n\n")]
    texts = {part["License"].split("\n")[0] for part in paragraphs if set(part) == {"License"}}
    of_others = {pattern: part for part in paragraphs[2:] for pattern in part.get("Files", "").split()}
    for pattern, part in of_others.items():
        assert any(fnmatch(name, pattern) for name in _files(root)), pattern
        assert set(part["License"].strip().split(" and ")) <= texts
    vendored = {name for name in _files(root) if "/vendor/" in name}
    assert [name for name in vendored if not any(fnmatch(name, each) for each in of_others)] == []
    for part in VENDORED:
        assert f"{part} {metadata.version(part)}" in " ".join(text.split())
    assert of_others[f"{PROGRAM}/vendor/vlc.py"]["License"].strip() == "LGPL-2.1+"


def test_all_that_the_program_imports_is_depended_on_or_brought(root: Path) -> None:
    """By the names that the packages of Debian 12 and 13 have."""
    package_of = {
        "av": "python3-av",
        "jinja2": "python3-jinja2",
        "markdown-it-py": "python3-markdown-it",
        "pillow": "python3-pil.imagetk",
        "pyyaml": "python3-yaml",
    }
    needed = {re.split(r"[<>=;\[ ]", each)[0].lower() for each in _project()["project"]["dependencies"]}
    assert needed == set(package_of) | set(VENDORED)
    depended_on = {re.split(r" ", each)[0] for each in _control(root)["Depends"].split(", ")}
    assert set(package_of.values()) <= depended_on
    assert {"python3", "python3-tk", "libvlc5", "vlc-plugin-base", "vlc-plugin-video-output"} <= depended_on


def _written(key: str) -> str:
    parts = [{"Mod": "Ctrl", "Plus": "+"}.get(part, part) for part in key.split("+")]
    return re.sub("XF86Audio(.+)", r"Media \1", "+".join(parts)).replace("Media Prev", "Media Previous")


def test_the_manual_tells_every_command_key_and_call(root: Path) -> None:
    page = _man(root)
    plain = re.sub(r"\\f[BIR]", "", page).replace("\\-", "-").replace("\\e", "\\")
    for menu, title in MENUS.items():
        section = plain.partition(f"\n.SS {title}\n")[2].partition("\n.S")[0]
        items = re.findall(r"^\.TP\n(?:\\&)?(.+)\n(?:\\&)?(.+)$", section, re.MULTILINE)
        rows = [command for command in COMMANDS if command.menu == menu]
        for command, (head, told) in zip(rows, items, strict=True):
            text, video = (", ".join(_written(key) for key in held(command, where, {})) for where in Where)
            parts = (command.label.replace("…", "..."), text, f"on the video: {video}" if video else "")
            assert head == "   ".join(part for part in parts if part)
            assert told == command.help.replace("…", "...")
    assert len(cli.NAMES) >= 5
    for name in cli.NAMES:
        assert f"\n.SS {name} - " in plain
    synopsis = plain.partition("\n.SH SYNOPSIS\n")[2].partition("\n.SH")[0]
    assert "desktopnotes {--version | --new | --last | --install-desktop | --remove-desktop}" in synopsis
    assert "--overwrite" in plain
    assert "--trace FILE" in plain


def test_the_manual_renders_without_a_warning(root: Path) -> None:
    for encoding in ("utf8", "ascii"):
        shown = subprocess.run(
            ["groff", "-man", "-ww", "-rLL=80n", "-K", "utf8", "-T", encoding, "-Z"],
            input=_man(root), capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert shown.stderr == ""
        assert len(shown.stdout) > 10_000


def test_it_runs_from_where_it_will_lie(root: Path) -> None:
    launcher = (root / "usr/bin/desktopnotes").read_text(encoding="utf-8")
    assert launcher.startswith("#!/usr/bin/python3 -I\n")
    here = launcher.replace('"/usr/', f'"{root}/usr/')
    sample = root / PROGRAM / "assets/sample/back-row-2025.talknotes.json"

    def run(program: str, *words: str) -> str:
        command = [sys.executable, "-I", "-B", "-c", program, *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert run(here, "export", str(sample)).startswith("# Back Row Conference 2025 Notes")
    asked = "import desktopnotes, vlc, appdirs, pysubs2; from desktopnotes.storage import paths; "
    asked += "print(*(m.__file__ for m in (desktopnotes, vlc, appdirs, pysubs2)), paths.assets(), sep='\\n')"
    head = here.partition("from desktopnotes")[0]
    told = run(head + asked).splitlines()
    assert len(told) == 5
    assert all(line.startswith(str(root / PROGRAM)) for line in told), told
