"""Which addresses lie in the web: told apart without anything that asks there, which is heavy."""

from __future__ import annotations

from urllib.parse import urlsplit

_ADDRESS_MOST = 20_000


def is_for_the_web(address: str) -> bool:
    """Whether it is one printable line with http or https in front and a host."""
    if not address.isprintable() or " " in address or len(address) > _ADDRESS_MOST:
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
