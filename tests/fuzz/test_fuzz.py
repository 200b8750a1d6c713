"""Fuzzing: what was found before, some inputs in every run, and coverage-guided for minutes in `--faults`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults import promises
from tests.fuzz.seeds import MAX_BYTES, seeds
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]

RUNS = {"loader": 1_000_000, "salvage": 20_000, "stamps": 20_000}
"""How many inputs a target is tried with at least; the others get as many as fit into their time."""
SECONDS = {"merge": 30, "importers": 30, "captions": 20, "exporters": 30}


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_begins_with(name: str) -> None:
    for seed in seeds(name):
        TARGETS[name](seed)


@pytest.mark.parametrize("name", TARGETS)
def test_some_inputs(name: str) -> None:
    @settings(deadline=None, max_examples=20)
    @given(st.binary(max_size=200) | st.sampled_from(seeds(name)).flatmap(_broken))
    def holds(data: bytes) -> None:
        TARGETS[name](data)

    holds()


def _broken(seed: bytes) -> st.SearchStrategy[bytes]:
    """The seed with a piece of it replaced."""
    places = st.integers(0, len(seed))
    return st.builds(
        lambda start, length, piece: seed[:start] + piece + seed[start + length :],
        places,
        st.integers(0, 8),
        st.binary(max_size=8),
    )


@pytest.mark.faults
@pytest.mark.parametrize("name", TARGETS)
def test_many_inputs(name: str, tmp_path: Path) -> None:
    """Guided by which lines they reach; one input that takes 30 s, or raises what is not declared, fails."""
    runs = RUNS.get(name, 0)
    at_once = 2 if name == "loader" else 1  # a process for each core
    limit = ["--runs", str(runs // at_once)] if runs else ["--seconds", str(SECONDS[name])]
    running = [_begun(name, tmp_path / str(i), [*limit, "--seed", str(i + 1)]) for i in range(at_once)]
    count = 0
    for process in running:
        said, _ = process.communicate(timeout=900)
        assert process.returncode == 0, said[-4000:]
        found = re.search(r"(?:stat::number_of_executed_units: *|Done )(\d+)", said)
        assert found is not None, said[-2000:]
        count += int(found[1])
    assert count >= (runs or 200)
    promises.record(
        f"fuzzed: {name}: only the declared errors",
        f"{runs:,} inputs" if runs else f"inputs for {SECONDS[name]} s",
        f"{count:,} inputs of up to {MAX_BYTES} bytes, nothing found",
    )


def _begun(name: str, folder: Path, limit: list[str]) -> subprocess.Popen[str]:
    folder.mkdir()
    return subprocess.Popen(
        [sys.executable, "-m", "tests.fuzz", name, *limit],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
