"""Lays the program out as Debian wants it and packs it; `build_deb.sh` calls it with a clean environment."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path

import changelog
import man_page
import source
import vendored

DEBIAN = Path(__file__).resolve().parents[1] / "debian"
PROGRAM = Path("usr/share/desktopnotes")
DOC = Path("usr/share/doc/desktopnotes")
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", "*.po", "*.pot", "*.mo", "LICENSE", ".*", "*~")
EXECUTABLE = 0o755
PLAIN = 0o644


def main(out: Path) -> Path:
    """Builds the package in the folder `out`, which is made; answers its path."""
    epoch = source.epoch_s()
    version = source.version(epoch)
    with tempfile.TemporaryDirectory(prefix="desktopnotes-deb-") as folder:
        root = Path(folder) / "root"
        root.mkdir()
        lay_out(root, version, epoch)
        _control(root, version)
        _settle(root, epoch)
        out.mkdir(parents=True, exist_ok=True)
        built = Path(folder) / f"desktopnotes_{version}_all.deb"
        # Threads and Ubuntu's own default of the compression would give other bytes.
        os.environ.update(SOURCE_DATE_EPOCH=str(epoch), DPKG_DEB_THREADS_MAX="1")
        compression = f"-Z{os.environ.get('COMPRESSION', 'xz')}"
        command = ["dpkg-deb", "--root-owner-group", compression, "--build", str(root), str(built)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return Path(shutil.move(built, out / built.name))


def lay_out(root: Path, version: str, epoch: int) -> None:
    """Puts all files where they will lie, below `root`."""
    program = root / PROGRAM
    ignored = _ignored(source.files())
    shutil.copytree(source.REPO / "desktopnotes", program / "desktopnotes", ignore=ignored)
    for name, target in source.shipped_beside().items():
        _bring(source.REPO / name, program / target, ignored)
    shutil.copytree(source.SHARE, root / "usr/share", ignore=ignored, dirs_exist_ok=True)
    for part in vendored.PARTS:
        for name, file in vendored.files(part).items():
            _put(program / "vendor" / name, file.read_bytes())
    _put_words(program)
    _put(root / "usr/bin/desktopnotes", (DEBIAN / "launcher").read_bytes())
    _put(root / "usr/share/python3/runtime.d/desktopnotes.rtupdate", (DEBIAN / "rtupdate").read_bytes())
    page = man_page.page(version, epoch)
    _put(root / "usr/share/man/man1/desktopnotes.1.gz", _compressed(page))
    _put(root / DOC / "changelog.gz", _compressed(changelog.debian(version, epoch)))
    _put(root / DOC / "copyright", _filled("copyright").encode())
    if (DEBIAN / "lintian-overrides").exists():
        _put(root / "usr/share/lintian/overrides/desktopnotes", (DEBIAN / "lintian-overrides").read_bytes())


def _ignored(known: frozenset[Path] | None) -> Callable[[str, list[str]], set[str]]:
    """What of a folder stays at home: what is made, and what Git does not know, of which it is told."""

    def ignored(folder: str, names: list[str]) -> set[str]:
        never = set(NOT_SHIPPED(folder, names))
        for name in names:
            path = Path(folder, name)
            if name not in never and known is not None and path not in known:
                print(f"Git does not know {path}: it is not in the package.", file=sys.stderr)
                never.add(name)
        return never

    return ignored


def _bring(path: Path, target: Path, ignored: Callable[[str, list[str]], set[str]]) -> None:
    if path.is_dir():
        shutil.copytree(path, target, ignore=ignored, dirs_exist_ok=True)
    else:
        _put(target, path.read_bytes())


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _put_words(program: Path) -> None:
    """The words of each language, compiled; translators' files stay at home."""
    script = source.REPO / "packaging" / "words.py"
    if not script.exists():
        return
    spec = importlib.util.spec_from_file_location("desktopnotes_words", script)
    assert spec is not None
    assert spec.loader is not None
    words = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(words)
    for file in words.files():
        name = file.relative_to(source.REPO).with_suffix(".mo")
        _put(program / name, words.compiled(file.read_text(encoding="utf-8")))


def _compressed(text: str) -> bytes:
    """By gzip itself: its bytes are the same on every machine."""
    return subprocess.run(["gzip", "-9n"], input=text.encode(), capture_output=True, check=True).stdout


def _filled(name: str, **more: str) -> str:
    text = (DEBIAN / name).read_text(encoding="utf-8")
    values = {"MAINTAINER": source.maintainer(), **more}
    values |= {f"VERSION_OF_{part}": vendored.version(part) for part in vendored.PARTS}
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _control(root: Path, version: str) -> None:
    """The package's own description, the sums of its files, and what runs when it comes and goes."""
    folder = root / "DEBIAN"
    files = sorted(path for path in root.rglob("*") if path.is_file())
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files]
    _put(folder / "md5sums", "".join(sums).encode())
    for name in ("postinst", "prerm"):
        _put(folder / name, (DEBIAN / name).read_bytes())
    # As dpkg-gencontrol counts: whole KiB for each file, one for each folder.
    size_kib = sum(-(-path.stat().st_size // 1024) for path in files)
    size_kib += sum(1 for path in root.rglob("*") if path.is_dir() and folder not in (path, path.parent))
    summary = source.summary()
    control = _filled(
        "control",
        VERSION=version,
        SIZE_KIB=str(size_kib),
        SYNOPSIS=summary[0].lower() + summary[1:],
        DESCRIPTION="\n .\n".join(_described(paragraph) for paragraph in source.description()).replace(
            "\n .\n  - ", "\n  - "
        ),
    )
    _put(folder / "control", control.encode())


def _described(paragraph: str) -> str:
    if paragraph.startswith("- "):
        return textwrap.fill(paragraph, 78, initial_indent="  ", subsequent_indent="    ")
    return textwrap.fill(paragraph, 78, initial_indent=" ", subsequent_indent=" ")


def _settle(root: Path, epoch: int) -> None:
    """Gives every file the same moment and the rights that Debian wants, whatever it had here."""
    runs = {root / "usr/bin/desktopnotes", *(root / "DEBIAN").glob("p*"), *root.rglob("*.rtupdate")}
    for path in [*root.rglob("*"), root]:
        path.chmod(EXECUTABLE if path.is_dir() or path in runs else PLAIN)
        os.utime(path, (epoch, epoch))


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
