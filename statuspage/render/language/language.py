"""One language that pages speak: sentences from its gettext catalogue, times and numbers from the Unicode CLDR."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_UP, Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from statuspage.model import INTERFACE_LANGUAGES

CATALOGUES = "statuspage.render.language.catalogues"
_USUAL_TERRITORY = {"en": "GB", "de": "DE", "ar": "001"}
"""Whose dates are written where a site names the language alone: the 24-hour clock, and the day before the month."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
_DATES_KEPT, _MESSAGES_KEPT = 4096, 2048


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Writes for people in one language; there is one of each tag, `language_of` has it."""

    tag: str
    """As the page is marked, `en` or `de-AT`."""

    @property
    def code(self) -> str:
        """Return the language alone, `de`: the name of its catalogue and of its folder of pages."""
        return self.tag.split("-")[0].lower()

    @property
    def direction(self) -> str:
        """Return `rtl` where it is written from the right, else `ltr`."""
        return _locale(self.tag).text_direction

    @property
    def name(self) -> str:
        """Return the language as it calls itself, `Deutsch`."""
        own = _locale(self.tag).language_name or self.code
        return own[0].upper() + own[1:]

    @property
    def locale_tag(self) -> str:
        """Return by whose rules a script is to write times, `en-GB-u-nu-latn`: in the digits that pages have."""
        return f"{_locale(self.tag)}".replace("_", "-") + "-u-nu-latn"

    def text(self, message: str, /, **values: object) -> str:
        """Return the translation of a message with the values in it; without one, the message itself."""
        translated = _translation(self.tag, message)
        return translated.format(**values) if values else translated

    def markup(self, message: str, /, **values: object) -> Markup:
        """Return the same as HTML: values that are not markup are escaped."""
        safe = {name: escape(value) for name, value in values.items()}
        return Markup(_translation(self.tag, message).format(**safe))

    def counted(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return the message in the form that goes with the number, which it holds as `{number}`."""
        return _catalogue(self.code).ngettext(one, many, number).format(number=number, **values)

    def day(self, day: date) -> str:
        """Return `21 November 2026`."""
        return _long_date(self.tag, day)

    def weekday(self, day: date) -> str:
        """Return `Saturday 21 November 2026`."""
        weekday = _weekday_name(self.tag, day)
        return self.text("{weekday} {day}", weekday=weekday, day=self.day(day))

    def month(self, year: int, month: int) -> str:
        """Return `November 2026`."""
        return _month(self.tag, date(year, month, 1))

    def month_name(self, month: int) -> str:
        """Return `November`."""
        return str(_locale(self.tag).months["stand-alone"]["wide"][month])

    def clock(self, at: datetime, zone: ZoneInfo) -> str:
        """Return `15:10`."""
        return _clock(self.tag, at, zone)

    def zone(self, at: datetime, zone: ZoneInfo) -> str:
        """Return the short name of the zone at that instant, `CET`; `UTC+05:30` where it has only a number."""
        return _zone(self.tag, at, zone)

    def duration(self, length: timedelta) -> str:
        """Return `3 h 26 min`, `2 days 4 h` or `45 min`, rounded up to whole minutes, never less than `1 min`."""
        minutes = max(1, -(-int(length.total_seconds()) // 60))
        days, rest = divmod(minutes, 24 * 60)
        hours, minutes = divmod(rest, 60)
        parts = [self.counted("{number} day", "{number} days", days)] if days else []
        parts += [self.text("{hours} h", hours=hours)] if hours else []
        parts += [self.text("{minutes} min", minutes=minutes)] if minutes and not days else []
        return " ".join(parts)

    def minutes(self, minutes: Decimal) -> str:
        """Return `52 min` or `3 h 26 min`; parts of a minute to one decimal, rounded up."""
        hours, rest = divmod(minutes.quantize(Decimal("0.1"), rounding=ROUND_UP), 60)
        rest_number = self._decimal(rest, "0.#")
        rest_words = self.text("{minutes} min", minutes=rest_number)
        return self.text("{hours} h", hours=int(hours)) + " " + rest_words if hours else rest_words

    def percent(self, percent: Decimal) -> str:
        """Return `99.84 %`, or `30 %` for a whole number."""
        is_whole = percent == percent.to_integral_value()
        return f"{self._decimal(percent, '0' if is_whole else '0.00')}{_NO_BREAK}%"

    def listed(self, names: Iterable[str], *, limit: int = 3) -> str:
        """Return `Card payments, Dashboard and Search`; beyond the limit, `… and 4 more`."""
        names = tuple(names)
        if len(names) > limit:
            names = (*names[:limit], self.counted("{number} more", "{number} more", len(names) - limit))
        return format_list(names, locale=_locale(self.tag)) if names else ""

    def _decimal(self, number: Decimal, form: str) -> str:
        return format_decimal(number, form, locale=_locale(self.tag))


@cache
def language_of(tag: str) -> Language:
    """Return the language of a tag such as `de-AT`; English where there is no catalogue of it."""
    language = Language(tag)
    return language if language.code in INTERFACE_LANGUAGES else language_of(INTERFACE_LANGUAGES[0])


def has_catalogue(code: str) -> bool:
    """Return True where the words of the pages in that language are there to be read."""
    return code == "en" or files(CATALOGUES).joinpath(f"{code}.mo").is_file()


@cache
def _catalogue(code: str) -> NullTranslations:
    if code == "en":  # what the program itself is written in
        return NullTranslations()
    with files(CATALOGUES).joinpath(f"{code}.mo").open("rb") as compiled:
        return GNUTranslations(compiled)


@lru_cache(maxsize=_MESSAGES_KEPT)
def _translation(tag: str, message: str) -> str:
    return _catalogue(tag.split("-")[0].lower()).gettext(message)


@cache
def _locale(tag: str) -> Locale:
    code = tag.split("-")[0].lower()
    usual = Locale(code, territory=_USUAL_TERRITORY.get(code))
    try:
        return Locale.parse(tag, sep="-") if "-" in tag else usual
    except (UnknownLocaleError, ValueError):  # `de-1901` is a good tag that has no rules of its own
        return usual


@lru_cache(maxsize=_DATES_KEPT)
def _long_date(tag: str, day: date) -> str:
    return format_date(day, "long", locale=_locale(tag))


@lru_cache(maxsize=_DATES_KEPT)
def _weekday_name(tag: str, day: date) -> str:
    return format_date(day, "EEEE", locale=_locale(tag))


@lru_cache(maxsize=_DATES_KEPT)
def _month(tag: str, day: date) -> str:
    return format_skeleton("yMMMM", day, locale=_locale(tag))


@lru_cache(maxsize=_DATES_KEPT)
def _clock(tag: str, at: datetime, zone: ZoneInfo) -> str:
    return format_time(at, "short", tzinfo=zone, locale=_locale(tag))


@lru_cache(maxsize=_DATES_KEPT)
def _zone(tag: str, at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    name = get_timezone_name(local, "short", locale=_locale(tag))
    if not name.isalpha():  # a number or a whole phrase: where the language has no short name of its own
        name = local.tzname() or "UTC"
    return name if name[0].isalpha() else f"UTC{local.isoformat()[-6:]}"
