"""Puts the compiled words of all languages into the wheel."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledWords(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        words = _words(Path(self.root))
        if version == "editable":
            words.compile_all()
            return
        self._folder = Path(tempfile.mkdtemp(prefix="desktopnotes-words-"))
        for path in words.files():
            name = path.relative_to(words.REPO).with_suffix(".mo")
            made = self._folder / name
            made.parent.mkdir(parents=True)
            made.write_bytes(words.compiled(path.read_text(encoding="utf-8")))
            build_data["force_include"][str(made)] = name.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            shutil.rmtree(self._folder, ignore_errors=True)


def _words(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("desktopnotes_words", root / "packaging" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
