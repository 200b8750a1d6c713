"""How long an export takes, beside pandoc reading the same Markdown: `python -m tests.bench.exporting`.

The notes are those of a real evening in kind: most are plain words, one in ten has emphasis, code or a link,
one in fifty a sign that nothing closes.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path

from PIL import Image, ImageDraw

from desktopnotes.export import post as exporter
from desktopnotes.export.options import Options
from desktopnotes.model.notebook import Kind, Note, Notebook, Post, Talk
from desktopnotes.pictures import store_snapshot
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
            for style in ("list", "timeline", "outline"):
                print(f"{count:>8,} {style:<9}", row(made, file, style, pandoc))
        print()
        print("100,000 notes, written in another style  own texts  the same in each talk")
        print(f"{'as it was written':<38}", *(f"{switched(Path(folder), alike):>8.2f} s" for alike in (0, 1)))
        print(
            f"{'edited by hand':<38}", *(f"{switched(Path(folder), alike, True):>8.2f} s" for alike in (0, 1))
        )
        print()
        print("50 talks, 2,000 notes, 100 snapshots    process   again  edited by hand")
        for site in ("hugo", "jekyll", "plain"):
            print(f"{site:<38}", with_pictures(Path(folder, site), site))
    used_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"largest process: {used_kb // 1024} MB (of ours and pandoc's)")


def switched(folder: Path, alike: int, by_hand: bool = False) -> float:
    """A list that is exported again as a timeline; its talks have the same notes where they are `alike`."""
    made = notebook(100_000)
    if alike:
        first = made.talks[0].notes
        made = replace(made, talks=tuple(replace(talk, notes=first) for talk in made.talks))
    file, out = folder / "switched.talknotes.json", folder / "switched.md"
    file.write_bytes(codec.encode(made))
    call = [sys.executable, "-m", "desktopnotes", "export", str(file), "-o", str(out)]
    environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
    run([*call, "--overwrite", "--style", "list"], environment)
    if by_hand:
        text = out.read_text(encoding="utf-8").replace("the mesh works", "the mesh works well", 9)
        out.write_text(text, encoding="utf-8")
    return seconds(partial(run, [*call, "--overwrite", "--style", "timeline"], environment), 1)


def with_pictures(folder: Path, site: str) -> str:
    """Written for the first time, once more, and merged after the author has edited it."""
    folder.mkdir()
    file = folder / "event.talknotes.json"
    file.write_bytes(codec.encode(pictured(folder / "event.pictures")))
    out = folder / "out"
    call = [sys.executable, "-m", "desktopnotes", "export", str(file), "--style", "timeline", "--site", site]
    environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
    write = partial(run, [*call, "-o", str(out)], environment)

    def anew() -> None:
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(folder / "state", ignore_errors=True)
        out.mkdir()
        write()

    first, again = seconds(anew), seconds(write)
    [post] = out.rglob("*.md")
    edited = post.read_text(encoding="utf-8").replace("the mesh works", "the mesh works well")
    post.write_text(f"{edited}\nThanks to the speakers.\n", encoding="utf-8")
    return f"{first:>8.2f} s {again:>5.2f} s {seconds(write, 1):>12.2f} s"


def pictured(folder: Path) -> Notebook:
    """The notebook of 50 talks with snapshots as they are kept: lossless WEBP, half of them large."""
    chance = random.Random(1)
    folder.mkdir()
    sizes = cycle(((1280, 720), (1920, 1080)))
    made = [
        store_snapshot(slide(chance, next(sizes), folder.parent / "slide.png"), folder) for _ in range(10)
    ]
    names = [str(shutil.copy(folder / made[i % 10], folder / f"{i}-{made[i % 10]}").name) for i in range(100)]
    talks = []
    for number in range(50):
        notes = [note(chance, number, i) for i in range(40)]
        for i in (10, 30):
            notes[i] = replace(notes[i], picture=names.pop(), alt="a slide")
        talks.append(
            Talk(
                f"talk{number:08}",
                f"Talk {number}",
                url=f"https://youtu.be/t{number:010}",
                notes=tuple(notes),
            )
        )
    post = Post("post00000000", "Bench", date="2018-01-12", talks=tuple(talk.id for talk in talks))
    return Notebook("bench0000000", "Bench", talks=tuple(talks), posts=(post,))


def slide(chance: random.Random, size: tuple[int, int], file: Path) -> Path:
    """Words and a picture on a ground of one colour, as speakers show them."""
    width, height = size
    picture = Image.new("RGB", size, tuple(chance.randint(200, 255) for _ in range(3)))
    draw = ImageDraw.Draw(picture)
    for line in range(9):
        words = " ".join(chance.choices(WORDS, k=6))
        draw.text((width // 12, height * (line + 1) // 12), words, "black", font_size=height // 24)
    small = Image.effect_noise((width // 16, height // 8), 90).convert("RGB")
    picture.paste(small.resize((width // 3, height // 3)), (width * 6 // 10, height // 2))
    picture.save(file, compress_level=1)
    return file


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


def run(call: list[str], environment: dict[str, str] | None = None) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(call, cwd=ROOT, check=True, stdout=quiet, stderr=quiet, env=environment)


if __name__ == "__main__":
    main()
