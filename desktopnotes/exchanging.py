"""Two files change names in one step, where the system can: nothing that either holds is gone afterwards."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT = (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM)
"""What systems say that know no exchange: FAT, network folders, old kernels, narrow sandboxes (EPERM)."""


def exchange(one: Path, other: Path) -> bool:
    """Gives each file the other's name, both at once; False where that is not possible here.

    Raises `OSError`, `FileNotFoundError` where one of them is not there; nothing has changed then.
    """
    if (call := _renameat2()) is None:
        return False
    import ctypes  # a start does without it

    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


@cache
def _renameat2() -> Callable[..., int] | None:
    """The system's call, as the C library of Linux has it since 2018; None elsewhere."""
    if sys.platform != "linux":
        return None
    import ctypes

    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    call.restype = ctypes.c_int
    found: Callable[..., int] = call
    return found
