"""What a post's language decides: how a date is written and which quotation marks stand round a quote.

A table rather than the system's locales: those depend on what is installed, and change the whole process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

DEFAULT_DATE_FORM = "%b %-d, %Y"
"""The form that the settings start with. It is English: in another language it stands for that one's own."""


@dataclass(frozen=True, slots=True)
class Language:
    """`months`, `short_months` and `days` (Monday first) are words with spaces between them."""

    code: str
    date_form: str
    opening: str
    closing: str
    months: str
    short_months: str
    days: str


ENGLISH = Language(
    "en",
    DEFAULT_DATE_FORM,
    "“",
    "”",
    "January February March April May June July August September October November December",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
)

LANGUAGES = (
    ENGLISH,
    Language(
        "pt",
        "%-d de %b de %Y",
        "“",
        "”",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    ),
    Language(
        "de",
        "%-d. %b %Y",
        "„",
        "“",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    ),
    Language(
        "fr",
        "%-d %b %Y",
        "«\u202f",
        "\u202f»",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
    ),
    Language(
        "es",
        "%-d %b %Y",
        "«",
        "»",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "lunes martes miércoles jueves viernes sábado domingo",
    ),
)

_DIRECTIVE = re.compile(r"%-?[A-Za-z%]")


def language(tag: str) -> Language:
    """The language of a tag such as `pt-BR`; English where the table does not know it."""
    code = re.split(r"[-_]", tag.strip().lower())[0]
    return next((known for known in LANGUAGES if known.code == code), ENGLISH)


def written_date(day: date, form: str, words: Language) -> str:
    """`day` in the form of `strftime`, in the words of the language; what is no directive stays as it is."""
    if form == DEFAULT_DATE_FORM:
        form = words.date_form
    month, weekday = day.month - 1, day.weekday()
    values = {
        "%Y": f"{day.year:04}",
        "%y": f"{day.year % 100:02}",
        "%m": f"{day.month:02}",
        "%-m": str(day.month),
        "%d": f"{day.day:02}",
        "%-d": str(day.day),
        "%e": f"{day.day:2}",
        "%j": f"{day.timetuple().tm_yday:03}",
        "%B": words.months.split()[month],
        "%b": words.short_months.split()[month],
        "%A": words.days.split()[weekday],
        "%a": words.days.split()[weekday][:3],
        "%F": day.isoformat(),
        "%%": "%",
    }
    return _DIRECTIVE.sub(lambda directive: values.get(directive[0], directive[0]), form)
