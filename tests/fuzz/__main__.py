"""Coverage-guided fuzzing: `python -m tests.fuzz TARGET [--runs N] [--seconds N] [--corpus FOLDER]`.

Ends with 0 when nothing was found; else the input lies in the current folder. Needs the extra `fuzz`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["desktopnotes"]):
    from tests.fuzz import targets

from tests.fuzz.seeds import DICTIONARY, MAX_BYTES, seeds

_TIMEOUT_S = 30
"""By the clock on the wall, so that a busy machine alone is no finding."""


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser("tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=targets.TARGETS)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--corpus", type=Path, help="kept, and gone on from")
    options = parser.parse_args(words)
    with atheris.instrument_imports(include=["desktopnotes"]):
        for seed in seeds(options.target):  # what is imported late is watched too
            targets.TARGETS[options.target](seed)
    with tempfile.TemporaryDirectory(prefix="notes-fuzz-") as folder:
        corpus = options.corpus or Path(folder) / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds(options.target)):
            (corpus / f"seed-{number}").write_bytes(seed)
        dictionary = Path(folder) / "dictionary"
        dictionary.write_text("".join(f"{_quoted(word)}\n" for word in DICTIONARY))
        arguments = [
            f"-atheris_runs={options.runs}",
            f"-runs={options.runs}",
            f"-max_total_time={options.seconds}",
            f"-seed={options.seed}",
            f"-max_len={MAX_BYTES}",
            f"-timeout={_TIMEOUT_S}",
            f"-dict={dictionary}",
            "-print_final_stats=1",
            "-close_fd_mask=0",
            str(corpus),
        ]
        atheris.Setup([sys.argv[0], *arguments], targets.TARGETS[options.target])
        atheris.Fuzz()


def _quoted(word: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"'


main(sys.argv[1:])
