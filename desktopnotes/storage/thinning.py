"""Which backups may go: the rule alone, told moments and sizes, knowing neither files nor a clock.

All of the last 2 hours stay; then one an hour for 2 days, one a day for 30 days, one a week for a year, and
one in 4 weeks for ever. The newest always stays, and for 90 days every one that was made before something
great (a loss, a restoring, an upgrade, a change from outside). All of a notebook's together take at most
`LIMIT_BYTES`: what is too much goes where it leaves the smallest gap for its age, so that old moments stay
represented; the newest ones of the great kind go last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

AT_ONCE = 4
"""So many go by their age in one go: a clock that is years ahead for an hour costs no more."""

LIMIT_BYTES = 300_000_000
"""Room for some fifteen copies of 100,000 notes; of the usual notebook (200 kB) nothing ever goes for it."""

GREAT_FOR = timedelta(days=90)

_STEPS = (
    (timedelta(hours=2), None),
    (timedelta(days=2), timedelta(hours=1)),
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=365), timedelta(weeks=1)),
    (timedelta.max, timedelta(weeks=4)),
)
"""Up to which age one is kept in each period of what length; None keeps all."""

_BEGIN = datetime(1970, 1, 5, tzinfo=UTC)
"""Periods are counted from this Monday, not from now: what is the last of its day today is so tomorrow."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the rule has to know of a backup; `is_great`: it was made before something great."""

    moment: datetime
    size: int
    is_great: bool = False


def to_drop(
    kept: Sequence[Kept], now: datetime, limit_bytes: int = LIMIT_BYTES, at_once: int = AT_ONCE
) -> set[int]:
    """The places in `kept`, which is in any order, of those that may go."""
    if not kept:
        return set()
    newest = max(range(len(kept)), key=lambda at: (kept[at].moment, at))
    best: dict[tuple[int, int], int] = {}
    stay = {newest}
    for at, one in enumerate(kept):
        period = _period(one, now)
        if period is None:
            stay.add(at)
        elif period not in best or _worth(one) > _worth(kept[best[period]]):
            best[period] = at
    stay.update(best.values())
    too_many = sorted(set(range(len(kept))) - stay, key=lambda at: kept[at].moment)
    stay.update(too_many[at_once:])
    _fit(kept, stay, newest, now, limit_bytes)
    return set(range(len(kept))) - stay


def _period(one: Kept, now: datetime) -> tuple[int, int] | None:
    """The step and the period of it that a backup stands for; None where it stays by itself."""
    age = now - one.moment
    if one.is_great and age <= GREAT_FOR:
        return None
    step, (_, length) = next((at, each) for at, each in enumerate(_STEPS) if age <= each[0])
    return None if length is None else (step, (one.moment - _BEGIN) // length)


def _worth(one: Kept) -> tuple[bool, datetime]:
    return one.is_great, one.moment


def _fit(kept: Sequence[Kept], stay: set[int], newest: int, now: datetime, limit_bytes: int) -> None:
    """Takes out of `stay` until the rest fits; the newest stays whatever its size."""
    total = sum(kept[at].size for at in stay)
    while total > limit_bytes and len(stay) > 1:
        order = sorted(stay, key=lambda at: (kept[at].moment, at))
        inner = [at for at in order if at != newest]
        gap = _gaps(kept, order, now)
        out = min(inner, key=lambda at: (_is_fresh_and_great(kept[at], now), gap[at], kept[at].moment))
        stay.remove(out)
        total -= kept[out].size


def _is_fresh_and_great(one: Kept, now: datetime) -> bool:
    return one.is_great and now - one.moment <= GREAT_FOR


def _gaps(kept: Sequence[Kept], order: Sequence[int], now: datetime) -> dict[int, float]:
    """For each how large a gap it would leave, as a share of its age; the oldest goes last."""
    gaps: dict[int, float] = {}
    for place, at in enumerate(order[:-1]):
        older = kept[order[place - 1]].moment if place else _BEGIN
        age_s = max(1.0, (now - kept[at].moment).total_seconds())
        gaps[at] = (kept[order[place + 1]].moment - older).total_seconds() / age_s
    return gaps
