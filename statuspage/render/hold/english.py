"""The hold message in English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from statuspage.model import ComponentState, Status
from statuspage.render.hold.catalogue import Catalogue, Three
from statuspage.render.hold.moments import Moment, Relation, city_of
from statuspage.render.words import MONTHS, WEEKDAYS

_SMALL_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_SMALL = _SMALL_NUMBERS.split()
_TENS = ("_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
    "twenty": "twentieth",
    "thirty": "thirtieth",
}

_ZONES_OF_NAME = {
    "universal time": "UTC Etc/UTC Etc/UCT Etc/GMT UCT GMT Zulu",
    "Central European time": (
        "CET MET Europe/Amsterdam Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest "
        "Europe/Copenhagen Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo "
        "Europe/Paris Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm "
        "Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich"
    ),
    "Eastern European time": (
        "EET Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Riga Europe/Sofia "
        "Europe/Tallinn Europe/Vilnius Asia/Nicosia"
    ),
    "Eastern time": "EST5EDT US/Eastern America/New_York America/Detroit America/Toronto",
    "Central time": "CST6CDT US/Central America/Chicago America/Winnipeg",
    "Mountain time": "MST7MDT US/Mountain America/Denver America/Boise America/Edmonton",
    "Pacific time": "PST8PDT US/Pacific America/Los_Angeles America/Vancouver",
    "Irish time": "Europe/Dublin",
    "Indian time": "Asia/Kolkata Asia/Calcutta",
    "Japanese time": "Asia/Tokyo Japan",
}
NAME_OF_ZONE = {key: name for name, keys in _ZONES_OF_NAME.items() for key in keys.split()}


def number_words(number: int) -> str:
    """Return 0 to 999,999 in words: `two hundred and five`."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_SMALL[hundreds]} hundred" + (f" and {number_words(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    tail = f" {'and ' if rest < 100 else ''}{number_words(rest)}" if rest else ""
    return f"{number_words(thousands)} thousand{tail}"


def ordinal_words(number: int) -> str:
    """Return `twenty-first` for 21."""
    head, dash, last = number_words(number).rpartition("-")
    return f"{head}{dash}{_ORDINALS.get(last, f'{last}th')}"


def clock_words(clock: time, *, says_half: bool = True) -> str:
    """Return `two thirty p.m.`, `four p.m.`, `noon`, `midnight`; without the half `two thirty`, `four o'clock`."""
    hour = number_words(clock.hour % 12 or 12)
    if not clock.minute and says_half and clock.hour in (0, 12):
        return "noon" if clock.hour else "midnight"
    if not clock.minute:
        return f"{hour} {_half(clock)}" if says_half else f"{hour} o'clock"
    minute = number_words(clock.minute) if clock.minute > 9 else f"oh {number_words(clock.minute)}"
    return f"{hour} {minute} {_half(clock)}" if says_half else f"{hour} {minute}"


def day_words(day: date) -> str:
    """Return `Monday, the twenty-third of November`."""
    return f"{WEEKDAYS[day.weekday()]}, the {ordinal_words(day.day)} of {MONTHS[day.month - 1]}"


def when_words(relation: Relation, moment: Moment) -> str:
    """Return `at two thirty p.m. Central European time on Monday, the twenty-third of November`."""
    words = [relation.value, clock_words(moment.clock, says_half=moment.says_half), moment.zone]
    words += [f"on {day_words(moment.day)}"] if moment.day else []
    return " ".join(word for word in words if word)


def zone_name(_local: datetime, zone: ZoneInfo) -> str:
    """Return the name that people give the zone, the same in summer and winter; else that of its city."""
    name = NAME_OF_ZONE.get(zone.key or "")
    city = city_of(zone)
    return name or (f"{city} time" if city else "on our clocks")


def listed(names: Sequence[str], others: int) -> str:
    """Return `card payments, refunds and two other services`."""
    parts = list(names)
    parts += [f"{number_words(others)} other service{'s' if others > 1 else ''}"] if others else []
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def more_problems(count: int, are_smaller: bool) -> Three:  # noqa: FBT001 - the form of Catalogue.more
    """Return the sentences that send people to the page for the problems that were not named."""
    problems = f"{number_words(count)} {'smaller' if are_smaller else 'other'} problem{'s' if count > 1 else ''}"
    verb = "are" if count > 1 else "is"
    return (
        f"{problems[0].upper()}{problems[1:]} {verb} on our status page.",
        f"Our status page also lists {problems}.",
        f"You can read about {problems} on our status page.",
    )


def _half(clock: time) -> str:
    return "a.m." if clock.hour < 12 else "p.m."


def _pattern(*choices: str) -> re.Pattern[str]:
    return re.compile("|".join(choices), re.IGNORECASE)


ENGLISH = Catalogue(
    language="en",
    number=number_words,
    when=when_words,
    zone_name=zone_name,
    listed=listed,
    listed_directly=listed,
    more=more_problems,
    shares=(
        (Decimal("0.5"), "fewer than one in a hundred customers"),
        (Decimal("1.5"), "about one in a hundred customers"),
        (Decimal(3), "about one in fifty customers"),
        (Decimal(7), "about one in twenty customers"),
        (Decimal(11), "about one in ten customers"),
        (Decimal(16), "about one in eight customers"),
        (Decimal(22), "about one in five customers"),
        (Decimal(29), "about one in four customers"),
        (Decimal(42), "about one in three customers"),
        (Decimal(58), "about half of our customers"),
        (Decimal(70), "about two in three customers"),
        (Decimal(83), "about three in four customers"),
        (Decimal(97), "about nine in ten customers"),
        (Decimal(100), "almost all of our customers"),
    ),
    pace=10.7,
    decimal_sign=".",
    decimal_word="point",
    percent="percent",
    plus="plus",
    dot="dot",
    dash="dash",
    service="our service",
    known="We know about the problem with {names}.",
    known_by_title="We know about this problem: {title}.",
    by_title=("", "It is about this: {title}.", "We mean this one: {title}."),
    sorry="We are sorry.",
    affected={
        ComponentState.MAJOR_OUTAGE: "You cannot use {direct} right now.",
        ComponentState.PARTIAL_OUTAGE: "Some customers cannot use {direct} right now.",
        ComponentState.DEGRADED_PERFORMANCE: "You may find {direct} slow or unreliable.",
    },
    affected_share="This affects {share}.",
    all_else_works=(
        "Everything else works as usual.",
        "All our other services are fine.",
        "Everything else is working normally.",
    ),
    still_works=("Still working: {what}", "You can still rely on this: {what}", "This works: {what}"),
    doing={
        Status.INVESTIGATING: (
            "We are looking for the cause.",
            "We are still looking for the cause of the problem with {names}.",
            "We do not know the cause yet, and we keep looking.",
        ),
        Status.IDENTIFIED: (
            "We have found the cause and are fixing it.",
            "We are still fixing the problem with {names}.",
            "We know the cause, and the repair is under way.",
        ),
        Status.MONITORING: (
            "A fix is in place, and we are watching it.",
            "We are still watching the fix for {names}.",
            "We made a repair and are making sure that it holds.",
        ),
    },
    already={
        Status.INVESTIGATING: _pattern(r"\binvestigat", r"\blooking (into|for)\b"),
        Status.IDENTIFIED: _pattern(r"\b(fix|repair|restor|deploy|mitigat|resolv)\w*", r"\bworking\b", r"\broll"),
        Status.MONITORING: _pattern(r"\b(monitor|watch)\w*"),
    },
    fresh={
        Status.INVESTIGATING: "New {since}: we are still looking for what is wrong with {names}.",
        Status.IDENTIFIED: "New {since}: we have found what is wrong with {names}.",
        Status.MONITORING: "New {since}: a fix for {names} is in place.",
    },
    meanwhile="Until the problem with {names} is fixed: {what}",
    no_report="You do not need to report the problem with {names}.",
    promise=(
        "Our next update comes {at}.",
        "Expect the next update {at}.",
        "We will tell you more {at}.",
    ),
    where=(
        "You can also read the news at {url}.",
        "You can follow it at {url}.",
        "All our news is at {url}.",
    ),
    anything_else=(
        "If you are calling about something else, please stay on the line.",
        "You can hang up now, or stay on the line for anything else.",
        "To ask about anything else, just stay on the line.",
    ),
    several="We know about {count} problems.",
    unreadable=(
        ("We know about a problem and are working on it.", "We do not have the details for you yet."),
        ("We are still working on a problem that we know about.",),
        ("There is a problem, and you do not need to report it.", "We are on it, and details will follow."),
    ),
    planned=(
        "We are doing planned work on {names}.",
        "The planned work on {names} is still going on.",
        "If you have trouble with {names}, that is our planned work.",
    ),
    planned_effect="You may be unable to use {direct} until it is done.",
    planned_end=(
        "We plan to finish {by}.",
        "It should be done {by}.",
        "Please try again {after}.",
    ),
    planned_too=(
        "Planned work on {names} is also under way.",
        "The planned work on {names} goes on as well.",
        "There is also planned work on {names}.",
    ),
    fixed=(
        "The problem with {names} has been fixed {since}.",
        "We fixed the problem with {names} {at}.",
        "If you had trouble with {names}, all has been well {since}.",
    ),
    still_seen=(
        "If you still see it, please stay on the line.",
        "Stay on the line if it still affects you.",
        "Please try once more, and if it fails, just stay on the line.",
    ),
    title_opening=_pattern(r"^(an? )?(incident|issues?|problems?) (with|on|affecting) "),
    title_of_nothing=_pattern(r"^(we are )?(currently )?investigat"),
    banned=_pattern(
        r"experiencing (some )?(issues|difficulties|problems)",
        r"unprecedented",
        r"your call is important",
        r"unusually high",
        r"inconvenience",
        r"\bshortly\b",
        r"(?<!as )\bsoon\b",
        r"as soon as possible",
        r"please hold",
        r"may have caused",
        r"technical difficult",
        r"\belevated\b",
        r"\bsubset of\b",
        r"\bwe take\b.{0,60}\bseriously",
        r"rest assured",
        r"please be advised",
        r"valued customer",
        r"\bbelow\b",
        r"\bclick",
    ),
    for_readers=_pattern(
        r"\bdegraded (performance|availability|service)",
        # Promises without a time.
        r"\b(provide|post|share|give|send|have) (an?|another|more|further|you) (update|news|information|details)",
        r"\bkeep (you|users|customers|everyone|this \w+) (posted|updated|informed)",
        r"\b(will|we'll|we’ll|be) updated?\b",
        r"\b(more|further) informations?\b",
        # Links, which nobody on the telephone can follow.
        r"\b(more|further) details\b",
        r"\brefer to\b",
        r"^(see|track)\b",
        r"\btrack progress\b",
    ),
    apology=_pattern(r"\bsorry\b", r"\bapolog", r"\bregret"),
    ageing=_pattern(
        r"\b(in|within|after|next|last|past|for|another)\b[^,;]{0,60}\b(min(ute)?s?|hrs?|hours?)\b",
        r"\b(minutes?|hours?) ago\b",
        r"\b(next update|update you|more updates?|further updates?)\b",
    ),
    of_today=_pattern(r"\b(today|tonight|tomorrow|yesterday)\b", r"\bthis (morning|afternoon|evening|week)\b"),
    points_back=re.compile(r"(it|they|this|that|these|those|he|she|which|so|there|then)\b", re.IGNORECASE),
    coded=re.compile(r"\b(error|code|status|version|release|build|ticket)s? \d|\d ?[ap]\.?m\b", re.IGNORECASE),
    has_ordinal_dots=False,
)
