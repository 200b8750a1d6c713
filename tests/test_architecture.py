"""The order of the layers (architecture.md), held: every import of the program is read and judged."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "desktopnotes"

LAYERS = (
    {"words"},
    {"model"},
    {"exchanging", "syncing", "file_errors"},
    {"files", "claims", "bare_pictures"},
    {"pictures", "captions", "trace", "handing_over", "tracebacks", "collecting"},
    {"log"},
    {"crashes"},
    {"storage", "media", "export"},
    {"screen", "downloading", "sources", "said_in_talks"},
    {"stamps", "places", "their_changes"},
    {"session"},
    {"actions"},
    {"commands"},
    {"ui", "cli"},
    {"__main__"},
)
"""Packages and modules right below the program's; each imports itself and the layers that stand above it."""

NEVER = {"cli": {"media", "session", "actions", "commands"}}
"""Though it stands above: the command line needs neither display nor VLC."""

ONLY_IN = {
    "tkinter": ("ui/",),
    "vlc": ("media/vlc_instance.py",),
    "av": ("media/frames.py", "captions.py"),
    "PIL": ("pictures.py", "ui/"),
    "appdirs": ("storage/paths.py",),
    "pysubs2": ("captions.py",),
    "yt_dlp": ("media/web.py",),
    "jeepney": ("media/", "ui/"),
    "tkinterdnd2": ("ui/",),
    "jinja2": ("export/",),
    "markdown_it": ("export/", "ui/"),
    "yaml": ("export/",),
}
"""Where each library may stand: a folder (with its "/") or one module."""

NOT_IN_MODEL = {
    "asyncio",
    "io",
    "os",
    "pathlib",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "threading",
    "time",
}
"""The model has neither files nor a clock: what moment it is comes from the caller."""


def modules() -> list[str]:
    """The program's modules, by their paths inside the package."""
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def layer(path: str) -> str:
    return path.removesuffix(".py").removesuffix("__init__").split("/")[0]


def forbidden(here: str) -> set[str]:
    """The layers that `here` must not import: its neighbours, all that stand below it, and its `NEVER`."""
    row = next((number for number, row in enumerate(LAYERS) if here in row), 0)
    return set().union(*LAYERS[row:], NEVER.get(here, ())) - {here}


def imports(source: str) -> Iterator[tuple[int, str]]:
    """The line and the whole name of everything imported, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def broken_rule(path: str, name: str) -> str:
    """Which rule the import of `name` in the module at `path` breaks; empty where none."""
    top, _, rest = name.partition(".")
    here = layer(path)
    if not top:
        return "imports name whole module paths"
    if top == "desktopnotes":
        there = rest.split(".")[0]
        return f"{here} must not import {there}" if there in forbidden(here) else ""
    if here == "model" and top in NOT_IN_MODEL:
        return f"model has no files and no clock, so no {top}"
    if top not in ONLY_IN:
        return "" if top in sys.stdlib_module_names else f"{top} is no dependency that is named here"
    return "" if path.startswith(ONLY_IN[top]) else f"{top} stands only in {', '.join(ONLY_IN[top])}"


def test_every_import_keeps_to_the_order_of_the_layers() -> None:
    broken = [
        f"desktopnotes/{path}:{line}: {rule} ({name})"
        for path in modules()
        for line, name in imports((PACKAGE / path).read_text(encoding="utf-8"))
        if (rule := broken_rule(path, name))
    ]
    assert not broken, "\n" + "\n".join(broken)


def test_every_module_has_a_layer() -> None:
    assert {layer(path) for path in modules()} - {""} <= set().union(*LAYERS)


@pytest.mark.parametrize(
    ("path", "name", "rule"),
    [
        ("model/edits.py", "desktopnotes.storage.codec", "model must not import storage"),
        ("model/history.py", "time.monotonic", "model has no files and no clock, so no time"),
        ("model/edits.py", "PIL", "PIL stands only in pictures.py, ui/"),
        ("storage/store.py", "desktopnotes.media.player", "storage must not import media"),
        ("session.py", "desktopnotes.ui.window", "session must not import ui"),
        ("actions/notes.py", "tkinter.messagebox", "tkinter stands only in ui/"),
        ("media/player.py", "vlc", "vlc stands only in media/vlc_instance.py"),
        ("storage/store.py", "appdirs", "appdirs stands only in storage/paths.py"),
        ("cli.py", "desktopnotes.media.player", "cli must not import media"),
        ("ui/window.py", ".theme", "imports name whole module paths"),
        ("export/page.py", "requests", "requests is no dependency that is named here"),
        ("ui/window.py", "tkinter.ttk", ""),
        ("storage/store.py", "desktopnotes.model.notebook", ""),
    ],
)
def test_the_rules_are_told_apart(path: str, name: str, rule: str) -> None:
    assert broken_rule(path, name) == rule


def test_imports_inside_functions_count() -> None:
    assert list(imports("def late():\n    from vlc import Media")) == [(2, "vlc.Media")]


def test_a_start_of_the_window_loads_nothing_that_only_rare_deeds_need() -> None:
    """Which cost it 50 ms; it is imported when it is first used. libVLC's own thread is part of a start."""
    late = (
        "desktopnotes.export",
        "desktopnotes.media.mpris",
        "desktopnotes.media.mpris_facts",
        "desktopnotes.media.session_bus",
        "desktopnotes.media.web_look",
        "desktopnotes.media.web_page",
        "desktopnotes.model.importing",
        "desktopnotes.storage.backups",
        "desktopnotes.storage.conflict_copies",
        "desktopnotes.storage.exported_texts",
        "desktopnotes.storage.leftovers",
        "desktopnotes.storage.salvage",
        "desktopnotes.model.merge",
        "desktopnotes.model.versions",
        "desktopnotes.their_changes",
        "desktopnotes.ui.drop",
        "desktopnotes.ui.front",
        "desktopnotes.ui.media_keys",
        "concurrent.futures",
        "difflib",
        "email",
        "fractions",
        "hashlib",
        "html",
        "http",
        "jeepney",
        "ssl",
        "urllib.request",
    )
    deed = "import sys, desktopnotes.ui.app, desktopnotes.media.vlc_player; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", deed], cwd=PACKAGE.parent, capture_output=True, timeout=60, check=True
    )
    loaded = done.stdout.decode().split()
    assert not [name for name in loaded if any(f"{name}.".startswith(f"{each}.") for each in late)]
