"""How well typed words fit what can be found in the palette; pure, and quick enough for each key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

_AS_TYPED, _BEGINS, _WITHIN, _INITIALS, _SCATTERED, _IN_HELP = range(6)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the palette offers; `is_possible` says whether `run` can be run now."""

    id: str
    label: str
    keys: str
    help: str
    is_possible: bool
    run: Callable[[], None] = field(compare=False)


def ranked(words: str, findings: Sequence[Finding], recent: Sequence[str] = ()) -> list[Finding]:
    """Those that every word fits, in any order: what is possible first, the best fit first, then the recent.

    `recent` are the ids used before, the last one first. Without words there is all that is possible.
    """
    wanted = words.lower().split()
    age = {name: index for index, name in enumerate(recent)}
    fits: list[tuple[tuple[bool, int, int, int], Finding]] = []
    for index, finding in enumerate(findings):
        score = _score(wanted, finding)
        if score is not None and (wanted or finding.is_possible):
            order = (not finding.is_possible, score, age.get(finding.id, len(age)), index)
            fits.append((order, finding))
    return [finding for _, finding in sorted(fits, key=lambda fit: fit[0])]


def _score(wanted: Iterable[str], finding: Finding) -> int | None:
    """0 for the best; None where a word does not fit."""
    label, keys, about = finding.label.lower(), finding.keys.lower().split(), finding.help.lower()
    parts = re.findall(r"[\w’]+", label)
    scores = [_of_word(word, label, parts, keys, about) for word in wanted]
    if any(score is None for score in scores):
        return None
    return sum(score for score in scores if score is not None)


def _of_word(word: str, label: str, parts: Sequence[str], keys: Sequence[str], about: str) -> int | None:
    if word in parts or word in keys:
        return _AS_TYPED
    if any(part.startswith(word) for part in parts):
        return _BEGINS
    if word in label or any(key.startswith(word) for key in keys):
        return _WITHIN
    if _is_scattered(word, "".join(part[0] for part in parts)):
        return _INITIALS
    if len(word) > 2 and any(part[0] == word[0] and _is_scattered(word, part) for part in parts):
        return _SCATTERED
    return _IN_HELP if word in about else None


def _is_scattered(word: str, text: str) -> bool:
    """Whether the letters of the word stand in the text, in their order."""
    letters = iter(text)
    return all(letter in letters for letter in word)
