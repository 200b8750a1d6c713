"""Dates as posts write them, in the languages that ours are written in, back to days."""

from __future__ import annotations

import re
from datetime import date

from desktopnotes.export.languages import LANGUAGES, written_date

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].{0,20})?")
_WORDS = re.compile(r"\d+|[^\W\d_]+", re.UNICODE)
_LONGEST = 60
_BESIDE = frozenset({"de", "of", "the", "le", "el", "del", "den", "er", "st", "nd", "rd", "th"})


def day_of(text: str) -> str:
    """The day that a line is, as `2018-01-12`; "" where it is anything else than a date."""
    line = text.strip().strip("*_").strip()
    if not line or len(line) > _LONGEST or "\n" in line:
        return ""
    if found := _ISO.fullmatch(line):
        return _checked(int(found["year"]), int(found["month"]), int(found["day"]))
    return _spelled(line.casefold())


def is_wrong_day(text: str) -> bool:
    """Whether a line is written as a day that no calendar has, such as `2018-02-31`."""
    return bool(_ISO.fullmatch(text.strip())) and not day_of(text)


def language_of(line: str, day: str) -> str:
    """The language, other than English, that writes the day just so; "" where that is none."""
    its_day = date.fromisoformat(day)
    others = (words for words in LANGUAGES if words.code != "en")
    return next((one.code for one in others if written_date(its_day, one.date_form, one) == line.strip()), "")


def _spelled(line: str) -> str:
    """`Jan 12, 2018`, `12 de jan. de 2018`, `Friday, 12 January 2018`: the month is in words."""
    month = day = year = 0
    for word in _WORDS.findall(line):
        if word.isdecimal():
            number = int(word)
            if number > 31 and len(word) == 4 and not year:
                year = number
            elif 1 <= number <= 31 and not day:
                day = number
            else:
                return ""
        elif word in _MONTHS and not month:
            month = _MONTHS[word]
        elif word not in _DAYS and word not in _BESIDE:
            return ""
    return _checked(year, month, day) if month and day and year else ""


def _checked(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in reversed(LANGUAGES):  # the first, English, has the last word
        for names in (language.months.split(), language.short_months.split()):
            found.update((name.casefold().rstrip("."), number) for number, name in enumerate(names, 1))
    return found


_MONTHS = _months()
_DAYS = frozenset(
    word
    for language in LANGUAGES
    for name in language.days.split()
    for day in (name.casefold(), name.casefold()[:3])
    for word in day.split("-")
)
