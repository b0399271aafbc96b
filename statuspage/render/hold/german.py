"""The hold message in German."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from statuspage.model import ComponentState, Status
from statuspage.render.hold.catalogue import Catalogue, Three
from statuspage.render.hold.moments import Moment, Relation, city_of

_SMALL_NUMBERS = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn"
)
_SMALL = _SMALL_NUMBERS.split()
_TENS = ("_", "_", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_ORDINALS = {1: "ersten", 3: "dritten", 7: "siebten", 8: "achten"}
_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTH_NAMES = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_MONTHS = _MONTH_NAMES.split()
_PREPOSITIONS = {Relation.AT: "um", Relation.BY: "bis", Relation.SINCE: "seit", Relation.AFTER: "ab"}

_CENTRAL = ("mitteleuropäischer Zeit", "mitteleuropäischer Sommerzeit")
_EASTERN = ("osteuropäischer Zeit", "osteuropäischer Sommerzeit")
_NAMES_BY_ABBREVIATION = {
    "CET": _CENTRAL,
    "CEST": _CENTRAL,
    "EET": _EASTERN,
    "EEST": _EASTERN,
    "UTC": ("koordinierter Weltzeit",) * 2,
    "UCT": ("koordinierter Weltzeit",) * 2,
}
_CITIES = {
    "Brussels": "Brüssel",
    "Calcutta": "Kolkata",
    "Kiev": "Kyjiw",
    "Kyiv": "Kyjiw",
    "Lisbon": "Lissabon",
    "Moscow": "Moskau",
    "Singapore": "Singapur",
    "Tokyo": "Tokio",
}


def number_words(number: int) -> str:
    """Return 0 to 999,999 in words: `zweihundertfünf`."""
    return _SMALL[1] if number == 1 else _compound(number, final="eins")


def ordinal_words(number: int) -> str:
    """Return `einundzwanzigsten` for 21, as after `dem`; for days of the month."""
    return _ORDINALS.get(number) or f"{_compound(number, final='ein')}{'ten' if number < 20 else 'sten'}"


def clock_words(clock: time) -> str:
    """Return `vierzehn Uhr dreißig`, `ein Uhr`."""
    hour = "ein" if clock.hour == 1 else number_words(clock.hour)
    return f"{hour} Uhr {number_words(clock.minute)}" if clock.minute else f"{hour} Uhr"


def when_words(relation: Relation, moment: Moment) -> str:
    """Return `um vierzehn Uhr dreißig`, `am Montag, dem dreiundzwanzigsten November, um …`, with the zone."""
    preposition = _PREPOSITIONS[relation]
    words = [preposition, clock_words(moment.clock), moment.zone]
    if moment.day:
        before_day = "am" if relation is Relation.AT else preposition
        words = [before_day, f"{day_words(moment.day)},", "um", *words[1:]]
    return " ".join(word for word in words if word)


def day_words(day: date) -> str:
    """Return `Montag, dem dreiundzwanzigsten November`."""
    return f"{_WEEKDAYS[day.weekday()]}, dem {ordinal_words(day.day)} {_MONTHS[day.month - 1]}"


def zone_name(local: datetime, zone: ZoneInfo) -> str:
    """Return `mitteleuropäischer Zeit`, in summer `… Sommerzeit`; else the local time of the zone's city."""
    names = _NAMES_BY_ABBREVIATION.get(local.tzname() or "")
    if names:
        return names[1 if local.dst() else 0]
    city = city_of(zone)
    return f"Ortszeit {_CITIES.get(city, city)}" if city else "unserer Zeit"


def listed(names: Sequence[str], others: int) -> str:
    """Return `Kartenzahlungen, Erstattungen und zwei weiteren Diensten`, as after `mit`."""
    others_words = {0: "", 1: "einem weiteren Dienst"}.get(others, f"{number_words(others)} weiteren Diensten")
    return _joined(names, others_words)


def listed_directly(names: Sequence[str], others: int) -> str:
    """Return `Kartenzahlungen, Erstattungen und zwei weitere Dienste`, as after `nutzen Sie`."""
    others_words = {0: "", 1: "einen weiteren Dienst"}.get(others, f"{number_words(others)} weitere Dienste")
    return _joined(names, others_words)


def more_problems(count: int, are_smaller: bool) -> Three:  # noqa: FBT001 - the form of Catalogue.more
    """Return the sentences that send people to the page for the problems that were not named."""
    if count == 1:
        problems = "ein kleineres Problem" if are_smaller else "ein weiteres Problem"
    else:
        problems = f"{number_words(count)} {'kleinere' if are_smaller else 'weitere'} Probleme"
    return (
        f"{problems[0].upper()}{problems[1:]} finden Sie auf unserer Statusseite.",
        f"Auf unserer Statusseite steht mehr über {problems}.",
        f"Über {problems} lesen Sie auf unserer Statusseite.",
    )


def _compound(number: int, *, final: str) -> str:
    """Return a number in one word; `final` stands for a one at its end."""
    if number < 20:
        return final if number == 1 else _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return (f"{_compound(ones, final='ein')}und" if ones else "") + _TENS[tens]
    size, word = (1000, "tausend") if number >= 1000 else (100, "hundert")
    count, rest = divmod(number, size)
    return f"{_compound(count, final='ein')}{word}" + (_compound(rest, final=final) if rest else "")


def _joined(names: Sequence[str], others: str) -> str:
    parts = [*names, others] if others else list(names)
    return " und ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _pattern(*choices: str) -> re.Pattern[str]:
    return re.compile("|".join(choices), re.IGNORECASE)


GERMAN = Catalogue(
    language="de",
    number=number_words,
    when=when_words,
    zone_name=zone_name,
    listed=listed,
    listed_directly=listed_directly,
    more=more_problems,
    shares=(
        (Decimal("0.5"), "weniger als ein Prozent unserer Kunden"),
        (Decimal("1.5"), "etwa ein Prozent unserer Kunden"),
        (Decimal(3), "etwa zwei Prozent unserer Kunden"),
        (Decimal(7), "etwa fünf Prozent unserer Kunden"),
        (Decimal(11), "etwa ein Zehntel unserer Kunden"),
        (Decimal(16), "etwa ein Achtel unserer Kunden"),
        (Decimal(22), "etwa ein Fünftel unserer Kunden"),
        (Decimal(29), "etwa ein Viertel unserer Kunden"),
        (Decimal(42), "etwa ein Drittel unserer Kunden"),
        (Decimal(58), "etwa die Hälfte unserer Kunden"),
        (Decimal(70), "etwa zwei Drittel unserer Kunden"),
        (Decimal(83), "etwa drei Viertel unserer Kunden"),
        (Decimal(97), "etwa neun von zehn Kunden"),
        (Decimal(100), "fast alle unsere Kunden"),
    ),
    pace=11.8,
    decimal_sign=",",
    decimal_word="Komma",
    percent="Prozent",
    plus="plus",
    dot="Punkt",
    dash="Bindestrich",
    service="unserem Dienst",
    known="Wir kennen das Problem mit {names}.",
    known_by_title="Wir kennen dieses Problem: {title}.",
    by_title=("", "Es geht um Folgendes: {title}.", "Gemeint ist dies: {title}."),
    sorry="Das tut uns leid.",
    affected={
        ComponentState.MAJOR_OUTAGE: "Zurzeit können Sie {direct} nicht nutzen.",
        ComponentState.PARTIAL_OUTAGE: "Einige Kunden können {direct} zurzeit nicht nutzen.",
        ComponentState.DEGRADED_PERFORMANCE: "Bei {names} kann es länger dauern oder haken.",
    },
    affected_share="Das betrifft {share}.",
    all_else_works=(
        "Alles andere funktioniert wie gewohnt.",
        "Alle anderen Dienste laufen normal.",
        "Sonst funktioniert alles.",
    ),
    still_works=("Weiterhin möglich: {what}", "Darauf können Sie sich verlassen: {what}", "Das geht weiterhin: {what}"),
    doing={
        Status.INVESTIGATING: (
            "Wir suchen die Ursache.",
            "Wir suchen noch die Ursache für das Problem mit {names}.",
            "Die Ursache kennen wir noch nicht, wir suchen weiter.",
        ),
        Status.IDENTIFIED: (
            "Wir haben die Ursache gefunden und beheben sie.",
            "Wir arbeiten weiter an dem Problem mit {names}.",
            "Die Ursache ist bekannt, und wir sind dabei, sie zu beheben.",
        ),
        Status.MONITORING: (
            "Wir haben den Fehler behoben und beobachten, ob es dabei bleibt.",
            "Wir beobachten noch, ob das Problem mit {names} behoben ist.",
            "Der Fehler ist behoben, und wir prüfen, ob das hält.",
        ),
    },
    already={
        Status.INVESTIGATING: _pattern(r"\b(unter)?such(en|t|e)\b", r"\bprüf"),
        Status.IDENTIFIED: _pattern(r"\b(beheb|reparier|beseitig|stell\w* wieder|arbeite)\w*"),
        Status.MONITORING: _pattern(r"\b(beobacht|überwach)\w*"),
    },
    fresh={
        Status.INVESTIGATING: "Neu {since}: Wir suchen noch den Fehler bei {names}.",
        Status.IDENTIFIED: "Neu {since}: Wir haben den Fehler bei {names} gefunden.",
        Status.MONITORING: "Neu {since}: Der Fehler bei {names} ist behoben, wir beobachten das noch.",
    },
    meanwhile="Bis das Problem mit {names} behoben ist: {what}",
    no_report="Das Problem mit {names} müssen Sie uns nicht melden.",
    promise=(
        "Die nächste Meldung kommt {at}.",
        "Rechnen Sie mit der nächsten Meldung {at}.",
        "Mehr sagen wir Ihnen {at}.",
    ),
    where=(
        "Alle Meldungen stehen auch im Internet: {url}.",
        "Im Internet lesen Sie mit: {url}.",
        "Nachlesen können Sie alles hier: {url}.",
    ),
    anything_else=(
        "Wenn Sie wegen etwas anderem anrufen, bleiben Sie bitte in der Leitung.",
        "Sie können jetzt auflegen oder für andere Fragen in der Leitung bleiben.",
        "Bei jedem anderen Anliegen bleiben Sie einfach in der Leitung.",
    ),
    several="Wir kennen {count} Probleme.",
    unreadable=(
        ("Wir kennen ein Problem und arbeiten daran.", "Einzelheiten haben wir noch nicht für Sie."),
        ("Wir arbeiten weiter an einem Problem, das wir kennen.",),
        ("Es gibt ein Problem, das Sie uns nicht melden müssen.", "Wir sind dabei, und Einzelheiten folgen."),
    ),
    planned=(
        "Wir arbeiten gerade planmäßig an {names}.",
        "Die geplanten Arbeiten an {names} dauern noch an.",
        "Wenn Sie Schwierigkeiten mit {names} haben: Das sind unsere geplanten Arbeiten.",
    ),
    planned_effect="Währenddessen können Sie {direct} vielleicht nicht nutzen.",
    planned_end=(
        "Wir wollen {by} fertig sein.",
        "Geplant sind sie {by}.",
        "Bitte versuchen Sie es {after} noch einmal.",
    ),
    planned_too=(
        "Auch an {names} arbeiten wir gerade planmäßig.",
        "Die geplanten Arbeiten an {names} laufen ebenfalls weiter.",
        "Dazu kommen geplante Arbeiten an {names}.",
    ),
    fixed=(
        "Das Problem mit {names} ist {since} behoben.",
        "Wir haben das Problem mit {names} {at} behoben.",
        "Wenn Sie Schwierigkeiten mit {names} hatten: {since} ist alles in Ordnung.",
    ),
    still_seen=(
        "Wenn Sie es noch bemerken, bleiben Sie bitte in der Leitung.",
        "Bleiben Sie in der Leitung, falls es bei Ihnen noch auftritt.",
        "Versuchen Sie es bitte noch einmal, und bleiben Sie sonst in der Leitung.",
    ),
    title_opening=_pattern(r"^(eine? )?(störung(en)?|probleme?|vorfall) (mit|bei|in|an) (de[rmn] )?"),
    title_of_nothing=_pattern(r"^(wir )?(untersuch|prüf)"),
    banned=_pattern(
        r"\bin kürze\b",
        r"\bbald\b",
        r"unannehmlichkeit",
        r"ihr anruf ist uns",
        r"so (schnell|bald) wie möglich",
        r"(schnellst|baldigst|baldmög)\w*",
        r"technische\w* (schwierigkeit|problem)",
        r"beispiellos",
        r"ungewöhnlich (hohe|viele)",
        r"bitte (warten|haben sie)",
        r"\bgeduld\b",
        r"vorübergehend",
        r"sehr geehrte",
        r"\bklick",
        r"\b(unten|untenstehend\w*)\b",
    ),
    for_readers=_pattern(
        r"beeinträchtigte\w* (leistung|verfügbarkeit)",
        # Versprechen ohne Zeit.
        r"auf dem laufenden",
        r"\b(melden (wir )?uns|informieren (wir )?sie)\b.{0,40}\b(sobald|wieder|weiter)",
        r"\b(seite|meldung)\b[^,;]*\baktualisier",
        # Verweise, denen am Telefon niemand folgen kann.
        r"\b(weitere\w*|mehr|nähere\w*) (informationen|details|einzelheiten)\b",
        r"\bnäheres\b",
        r"^siehe\b",
    ),
    apology=_pattern(r"\bleid\b", r"entschuldig", r"\bbedauer", r"verzeih"),
    ageing=_pattern(
        r"\b(in|innerhalb|binnen|nach|vor|seit|nächsten|letzten|weitere\w*)\b[^,;]{0,60}\b(minuten?|stunden?)\b",
        r"\b(nächste\w*|weitere\w*) (meldung|information|aktualisierung|update)\w*",
    ),
    of_today=_pattern(r"\b(heute|gestern|vorgestern|morgen|übermorgen|diese woche)\b"),
    points_back=re.compile(r"(er|es|das|dies\w*|jene\w*|so|da|dadurch|damit|danach|dann|dort)\b", re.IGNORECASE),
    coded=re.compile(
        r"\b(fehler|fehlercode|code|status|version|release|build|ticket)s? \d|\d ?uhr\b"
        r"|\d\.\d{1,2}\b|\d\. [^\W\d]|\b1 ?[^\W\d]|\b1 ?%",
        re.IGNORECASE,
    ),
    has_ordinal_dots=True,
)
