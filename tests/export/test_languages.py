from __future__ import annotations

import locale
import subprocess
import sys
from datetime import date, timedelta

import pytest

from desktopnotes.export.languages import DEFAULT_DATE_FORM, ENGLISH, LANGUAGES, language, written_date
from desktopnotes.model.settings import Settings

DAY = date(2018, 1, 2)


def test_the_default_form_is_that_of_the_settings() -> None:
    assert Settings().date_form == DEFAULT_DATE_FORM


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "Jan 2, 2018"),
        ("en-GB", "Jan 2, 2018"),
        ("pt-BR", "2 de jan. de 2018"),
        ("de", "2. Jan. 2018"),
        ("fr_FR", "2 janv. 2018"),
        ("es", "2 ene 2018"),
        ("xx", "Jan 2, 2018"),
        ("", "Jan 2, 2018"),
    ],
)
def test_a_date_in_the_language_of_the_post(tag: str, written: str) -> None:
    assert written_date(DAY, DEFAULT_DATE_FORM, language(tag)) == written


def test_a_form_of_ones_own_keeps_its_order_in_every_language() -> None:
    form = "%A, %-d %B %Y (%Y-%m-%d, %F) 100%% %Q"
    assert (
        written_date(DAY, form, language("de")) == "Dienstag, 2 Januar 2018 (2018-01-02, 2018-01-02) 100% %Q"
    )


def test_every_day_of_a_year_is_written_as_strftime_writes_it() -> None:
    assert locale.setlocale(locale.LC_TIME) in ("C", "C.UTF-8", "en_US.UTF-8")
    form = "%Y %y %m %-m %d %-d %e %j %B %b %A %a %%"
    days = [date(2024, 1, 1) + timedelta(days=i) for i in range(366)]
    for day in days:
        assert written_date(day, form, ENGLISH) == day.strftime(form)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.code)
def test_every_language_has_all_its_words(words: object) -> None:
    known = next(each for each in LANGUAGES if each is words)
    assert len(known.months.split()) == len(known.short_months.split()) == 12
    assert len(known.days.split()) == 7


def test_the_locale_of_the_process_is_left_alone() -> None:
    deed = (
        "import locale, datetime\nbefore = locale.setlocale(locale.LC_ALL)\n"
        "from desktopnotes.export import languages\n"
        "languages.written_date(datetime.date.today(), '%B', languages.language('de'))\n"
        "assert locale.setlocale(locale.LC_ALL) == before"
    )
    subprocess.run([sys.executable, "-c", deed], check=True)
