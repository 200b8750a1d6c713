"""One part of the proof: `python3 -m proof PART RESULTS`.

Prints a line for each step that was seen, and ends with 1 at the first that was not.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from proof import bad
from proof.desk import FailedError
from proof.parts import PARTS


def main(part: str, results: str) -> int:
    try:
        if part in bad.CASES:
            bad.meet(part, Path(results))
        else:
            PARTS[part](Path(results))
    except (FailedError, subprocess.TimeoutExpired) as error:
        print(f"✗ {error}", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
