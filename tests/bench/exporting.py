"""How long an export takes, beside pandoc reading the same Markdown: `python -m tests.bench.exporting`.

The notes are those of a real evening in kind: most are plain words, one in ten has emphasis, code or a link,
one in fifty a sign that nothing closes.
"""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktopnotes.export import post as exporter
from desktopnotes.export.options import Options
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from desktopnotes.storage import codec

ROOT = Path(__file__).parents[2]
NOTES_PER_TALK = 200
LARGEST_FOR_PANDOC = 10_000
SENTENCE = (
    "the mesh works a layer up and knows each request while policies name workloads not addresses so "
    "upgrades become boring which is what production wants from a scheduler that people can explain"
)
WORDS = SENTENCE.split()
MARKED = (
    "*nobody* asked",
    "`kubectl apply` again",
    "see [the paper](https://example.org/a_(b))",
    "_really_ fast",
)
STRAY = ("a * that closes nothing", "a < b > c and <tag", "3 ` ticks", "half a [link")


def notebook(count: int) -> Notebook:
    chance = random.Random(count)
    talks = tuple(
        Talk(
            f"talk{number:08}",
            f"Talk Number {number}",
            url=f"https://www.youtube.com/watch?v=talk{number:07}",
            notes=tuple(note(chance, number, i) for i in range(min(NOTES_PER_TALK, count))),
        )
        for number in range(max(1, count // NOTES_PER_TALK))
    )
    ids = tuple(talk.id for talk in talks)
    return Notebook("bench0000000", "Bench", talks=talks, posts=(Post("post00000000", "Bench", talks=ids),))


def note(chance: random.Random, talk: int, number: int) -> Note:
    text = " ".join(chance.choices(WORDS, k=chance.randint(5, 25)))
    roll = chance.random()
    if roll < 0.10:
        text += " " + chance.choice(MARKED)
    elif roll < 0.12:
        text += " " + chance.choice(STRAY)
    kind = Kind.QUOTE if number % 9 == 0 else Kind.THOUGHT
    return Note(f"n{talk:06}{number:05}", number * 10_000, kind=kind, text=f"{text} {number}")


def seconds(deed: Callable[[], object], times: int = 3) -> float:
    """The best of a few runs: what else the machine does is not ours."""

    def once() -> float:
        start = time.perf_counter()
        deed()
        return time.perf_counter() - start

    return min(once() for _ in range(times))


def main() -> None:
    pandoc = shutil.which("pandoc")
    print("   notes style        text   process    inside  pandoc reads it   ratio")
    with tempfile.TemporaryDirectory() as folder:
        for count in (10, 10_000, 100_000):
            made = notebook(count)
            file = Path(folder, f"{count}.talknotes.json")
            file.write_bytes(codec.encode(made))
            for style in ("list", "timeline"):
                print(f"{count:>8,} {style:<9}", row(made, file, style, pandoc))
    used_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"largest process: {used_kb // 1024} MB (of ours and pandoc's)")


def row(made: Notebook, file: Path, style: str, pandoc: str | None) -> str:
    export = partial(exporter.exported, made, made.posts[0], Options(style=style))
    text = export().text
    call = [sys.executable, "-m", "desktopnotes", "export", str(file), "--style", style]
    process = seconds(partial(run, call))
    ours = f"{len(text) // 1000:>6,} kB {process:>6.2f} s {seconds(export, 1):>7.2f} s"
    if pandoc is None:
        return f"{ours}    not installed"
    if len(made.talks) * NOTES_PER_TALK > LARGEST_FOR_PANDOC:
        return f"{ours}    takes minutes"
    output = file.with_suffix(".md")
    output.write_text(text, encoding="utf-8")
    peer = seconds(partial(run, [pandoc, "-t", "native", str(output)]), 1)
    return f"{ours} {peer:>14.2f} s {process / peer:>7.2f}"


def run(call: list[str]) -> None:
    subprocess.run(call, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
