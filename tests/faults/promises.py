"""The table of what is promised and what was measured: filled by the tests, printed by `./test --faults`."""

from __future__ import annotations

import json
import os
from pathlib import Path

BUILD = Path(__file__).resolve().parents[2] / "build"
RECORDS = BUILD / "promises.jsonl"
TABLE = BUILD / "promises.md"
COMMAND = "./test --faults"


def record(promise: str, promised: str, measured: str, command: str = COMMAND) -> None:
    """Notes a figure; of the same promise the last counts. Tests in several processes may do it at once."""
    BUILD.mkdir(exist_ok=True)
    line = json.dumps({"promise": promise, "promised": promised, "measured": measured, "command": command})
    descriptor = os.open(RECORDS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        os.write(descriptor, f"{line}\n".encode())  # one write: nothing comes between
    finally:
        os.close(descriptor)


def table() -> str:
    """What was recorded, as a table of Markdown, by promise."""
    lines = RECORDS.read_text(encoding="utf-8").splitlines() if RECORDS.exists() else []
    rows = {row["promise"]: row for row in map(json.loads, lines)}
    head = "| promise | figure | measured | command |\n|---|---|---|---|\n"
    cells = (
        "| " + " | ".join(str(row[key]).replace("|", "\\|") for key in row) + " |\n"
        for _, row in sorted(rows.items())
    )
    return head + "".join(cells)


def write_table() -> str:
    """Writes the table to `build/promises.md`; answers it."""
    BUILD.mkdir(exist_ok=True)
    made = table()
    TABLE.write_text(made, encoding="utf-8")
    return made


if __name__ == "__main__":
    print(write_table())
