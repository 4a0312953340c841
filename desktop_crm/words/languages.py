"""Says messages in a language: gettext catalogues by room, dates and money by Babel."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from desktop_crm.resource_files import resource
from desktop_crm.words.message import M, Money, Value

LANGUAGES = ("en", "de")
"""Languages that are complete for the command line and for papers."""

_LOCALES = {"en": "en_GB", "de": "de_DE"}
_THOUSANDS = {"en": ",", "de": "."}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
_SHORT_DAYS: Mapping[str, Callable[[date], str]] = {
    "en": lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}",
    "de": lambda day: f"{day:%d.%m.}{day.year:04}",
}


def spoken(language: str | None) -> str | None:
    """The one of LANGUAGES that a language tag (BCP 47, `de-AT`; also `de_AT`) means; None where it is none of them."""
    primary = (language or "").strip().replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else None


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """All catalogues of one language, a file per room, chained."""
    chain = gettext.NullTranslations()
    for path in sorted(resource("translations", language, "LC_MESSAGES").glob("*.mo")):
        with path.open("rb") as file:
            chain.add_fallback(gettext.GNUTranslations(file))
    return chain


class _Values(Mapping[str, str]):
    """The values of one message, said in one language."""

    def __init__(self, words: Words, values: Mapping[str, Value]) -> None:
        self._words = words
        self._values = values

    def __getitem__(self, name: str) -> str:
        return self._words.value(self._values[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class Words:
    """One reader's language and time zone."""

    def __init__(self, language: str, zone: str = "UTC") -> None:
        """`language` is one of LANGUAGES; `zone` an IANA time zone in which instants are shown."""
        if language not in LANGUAGES:
            raise ValueError("unknown language")
        self.language = language
        self.zone = zone

    @property
    def locale(self) -> str:
        """Name of the Babel locale, e.g. `de_DE`."""
        return _LOCALES[self.language]

    def say(self, message: M) -> str:
        """The message in this language."""
        catalogue = _catalogue(self.language)
        if message.plural is None:
            template = catalogue.gettext(message.text)
        else:
            template = catalogue.ngettext(message.text, message.plural, int(str(message.values["n"])))
        return template.format_map(_Values(self, message.values))

    def value(self, value: Value) -> str:
        """A value as a reader expects it: yes/no, a long number with its separators, a short date."""
        match value:
            case None:
                return ""
            case M():
                return self.say(value)
            case bool():
                return self.say(M("yes") if value else M("no"))
            case str():
                return value
            case int() | float():
                return self.number(value)
            case Money():
                return self.money(value)
            case datetime():
                return self.instant(value)
            case date():
                return self.day(value)

    def number(self, value: float) -> str:
        """A number with the separators of the language."""
        if isinstance(value, int):
            # Counters are on every screen, also on the first: Babel is not loaded for them.
            return f"{value:,}".replace(",", _THOUSANDS[self.language])
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale)

    def money(self, value: Money) -> str:
        """An amount with its currency: `12,50 €`."""
        from decimal import Decimal

        from babel.numbers import format_currency, get_currency_precision

        amount = Decimal(value.minor).scaleb(-get_currency_precision(value.currency))
        return format_currency(amount, value.currency, locale=self.locale)

    def day(self, value: date, *, long: bool = False) -> str:
        """`21.11.2026` and `21 Nov 2026`; long: `21. November 2026`."""
        if not long:
            # Days are in every list, also in the first: Babel takes a tenth of the time until that is shown.
            return _SHORT_DAYS[self.language](value)
        from babel.dates import format_date

        return format_date(value, "long", locale=self.locale)

    def part(self, value: date, pattern: str) -> str:
        """A part of a day by a pattern of Babel: `LLLL y` is `November 2026`, `EEE` is `Sat`."""
        from babel.dates import format_date

        return format_date(value, pattern, locale=self.locale)

    def day_of_year(self, value: date, *, weekday: bool = False, long: bool = False) -> str:
        """A day without its year: `17 Nov`, with the weekday `Tue 17 Nov`; long: `Tuesday 17 November`."""
        marked = self.language == "de"
        month = ("d. " if marked else "d ") + ("MMMM" if long else "MMM")
        if not weekday:
            return self.part(value, month)
        return self.part(value, ("EEEE" if long else "EEE") + (", " if marked else " ") + month)

    def instant(self, value: datetime, *, long: bool = False) -> str:
        """Date and minute in the reader's time zone."""
        return f"{self.day(self.day_at(value), long=long)}, {self.minute(value)}"

    def minute(self, value: datetime, *, seconds: bool = False) -> str:
        """The time of day in the reader's time zone: `09:02`."""
        local = value.astimezone(ZoneInfo(self.zone))
        return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"

    def day_at(self, value: datetime) -> date:
        """The day in the reader's time zone."""
        return value.astimezone(ZoneInfo(self.zone)).date()
