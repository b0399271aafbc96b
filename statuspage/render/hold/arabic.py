"""The hold message in Arabic, in words that all its speakers share. Names may stand in it in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from statuspage.model import ComponentState, Status
from statuspage.render.hold.catalogue import Catalogue, Three
from statuspage.render.hold.english import NAME_OF_ZONE
from statuspage.render.hold.moments import Moment, Relation, city_of

_SMALL = "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
_TEENS = (
    *("أحد عشر", "اثنا عشر", "ثلاثة عشر", "أربعة عشر", "خمسة عشر", "ستة عشر", "سبعة عشر", "ثمانية عشر"),
    "تسعة عشر",
)
_TENS = "_ _ عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون".split()
_HUNDREDS = "_ مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة".split()

# Before a feminine noun and after a preposition, as minutes and services stand.
_FEW = "_ _ _ ثلاث أربع خمس ست سبع ثماني تسع عشر".split()
_FEMININE_TEENS = (
    *("إحدى عشرة", "اثنتي عشرة", "ثلاث عشرة", "أربع عشرة", "خمس عشرة", "ست عشرة", "سبع عشرة", "ثماني عشرة"),
    "تسع عشرة",
)
_FEMININE_ONES = "_ إحدى اثنتين ثلاث أربع خمس ست سبع ثمان تسع".split()
_OBLIQUE_TENS = "_ _ عشرين ثلاثين أربعين خمسين".split()
_HOURS = (
    "الثانية عشرة",
    *"الواحدة الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة".split(),
    "الحادية عشرة",
)
_FIRST_DAYS = "_ الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split()
_WEEKDAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
_MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
_PREPOSITIONS = {Relation.AT: "في", Relation.BY: "بحلول", Relation.SINCE: "منذ", Relation.AFTER: "بعد"}
_ZONES = {
    "universal time": "بالتوقيت العالمي",
    "Central European time": "بتوقيت وسط أوروبا",
    "Eastern European time": "بتوقيت شرق أوروبا",
    "Eastern time": "بتوقيت شرق الولايات المتحدة",
    "Central time": "بتوقيت وسط الولايات المتحدة",
    "Mountain time": "بتوقيت الجبال الأمريكي",
    "Pacific time": "بتوقيت المحيط الهادئ",
    "Irish time": "بتوقيت أيرلندا",
    "Indian time": "بتوقيت الهند",
    "Japanese time": "بتوقيت اليابان",
}
_CITIES = {
    "Algiers": "الجزائر",
    "Amman": "عمان في الأردن",
    "Baghdad": "بغداد",
    "Bahrain": "البحرين",
    "Beirut": "بيروت",
    "Cairo": "القاهرة",
    "Casablanca": "الدار البيضاء",
    "Damascus": "دمشق",
    "Dubai": "دبي",
    "Istanbul": "إسطنبول",
    "Khartoum": "الخرطوم",
    "Kuwait": "الكويت",
    "London": "لندن",
    "Muscat": "مسقط",
    "Qatar": "قطر",
    "Riyadh": "الرياض",
    "Tripoli": "طرابلس",
    "Tunis": "تونس",
}


def number_words(number: int) -> str:
    """Return 0 to 999,999 in words: `مئتان وخمسة`."""
    if number <= 10:
        return _SMALL[number]
    if number < 20:
        return _TEENS[number - 11]
    if number < 100:
        tens, ones = divmod(number, 10)
        return f"{_SMALL[ones]} و{_TENS[tens]}" if ones else _TENS[tens]
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return _HUNDREDS[hundreds] + (f" و{number_words(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    return _thousands(thousands) + (f" و{number_words(rest)}" if rest else "")


def clock_words(clock: time, *, says_half: bool = True) -> str:
    """Return `الساعة الثانية والنصف بعد الظهر`, `منتصف الليل`."""
    if not clock.hour and not clock.minute and says_half:
        return "منتصف الليل"
    words = f"الساعة {_HOURS[clock.hour % 12]}{_minutes(clock.minute)}"
    return f"{words} {_half(clock)}" if says_half else words


def day_words(day: date) -> str:
    """Return `يوم الاثنين، الثالث والعشرين من نوفمبر`."""
    return f"يوم {_WEEKDAYS[day.weekday()]}، {_day_of_month(day.day)} من {_MONTHS[day.month - 1]}"


def when_words(relation: Relation, moment: Moment) -> str:
    """Return `في الساعة الثانية والنصف بعد الظهر بتوقيت وسط أوروبا`, with the day where it is another one."""
    words = [_PREPOSITIONS[relation], clock_words(moment.clock, says_half=moment.says_half), moment.zone]
    words += [day_words(moment.day)] if moment.day else []
    return " ".join(word for word in words if word)


def zone_name(_local: datetime, zone: ZoneInfo) -> str:
    """Return the name that people give the zone, the same in summer and winter; else that of its city."""
    if name := _ZONES.get(NAME_OF_ZONE.get(zone.key or "", "")):
        return name
    city = city_of(zone)
    return f"بتوقيت {_CITIES.get(city, city)}" if city else "بتوقيتنا"


def listed(names: Sequence[str], others: int) -> str:
    """Return `المدفوعات والتقارير وخدمتين أخريين`, as after a preposition or as an object."""
    parts = [*names, *([_counted(others, "خدمة", "خدمتين", "خدمات")] if others else [])]
    return " ".join([parts[0], *(f"و{part}" if not part[0].isascii() else f"و {part}" for part in parts[1:])])


def more_problems(count: int, are_smaller: bool) -> Three:  # noqa: FBT001 - the form of Catalogue.more
    """Return the sentences that send people to the page for the problems that were not named."""
    problems = _counted(count, "مشكلة", "مشكلتين", "مشكلات", is_smaller=are_smaller)
    return (
        f"وعلى صفحة الحالة تجدون {problems}.",
        f"كما تعرض صفحة الحالة {problems}.",
        f"يمكنكم أن تقرؤوا على صفحة الحالة عن {problems}.",
    )


def _thousands(count: int) -> str:
    if count <= 2:
        return ("", "ألف", "ألفان")[count]
    return f"{number_words(count)} {'آلاف' if count <= 10 else 'ألف'}"


def _minutes(minute: int) -> str:
    """Return ` والنصف`, ` وخمس دقائق`; nothing for the full hour."""
    if minute in (0, 15, 30):
        return {0: "", 15: " والربع", 30: " والنصف"}[minute]
    if minute <= 2:
        return (" ودقيقة", " ودقيقتين")[minute - 1]
    if minute <= 10:
        return f" و{_FEW[minute]} دقائق"
    if minute < 20:
        return f" و{_FEMININE_TEENS[minute - 11]} دقيقة"
    tens, ones = divmod(minute, 10)
    return f" و{_FEMININE_ONES[ones]} و{_OBLIQUE_TENS[tens]} دقيقة" if ones else f" و{_OBLIQUE_TENS[tens]} دقيقة"


def _half(clock: time) -> str:
    if clock.hour < 12:
        return "صباحا"
    if clock.hour == 12:
        return "ظهرا"
    return "بعد الظهر" if clock.hour < 18 else "مساء"


def _day_of_month(day: int) -> str:
    if day <= 10:
        return _FIRST_DAYS[day]
    tens, ones = divmod(day, 10)
    # In compounds the first is another word.
    one = "الحادي" if ones == 1 else _FIRST_DAYS[ones]
    if day < 20:
        return f"{one} عشر"
    return f"{one} وال{_OBLIQUE_TENS[tens]}" if ones else f"ال{_OBLIQUE_TENS[tens]}"


def _counted(count: int, one: str, two: str, many: str, *, is_smaller: bool = False) -> str:
    """Return so many further things, as after a preposition; above ten only that they are many."""
    if count <= 2:
        other = "أصغر" if is_smaller else ("أخرى", "أخريين")[count - 1]
        return f"{(one, two)[count - 1]} {other}"
    other = "أصغر" if is_smaller else "أخرى"
    return f"{_FEW[count]} {many} {other}" if count <= 10 else f"{many} {other} كثيرة"


def _pattern(*choices: str) -> re.Pattern[str]:
    return re.compile("|".join(choices), re.IGNORECASE)


ARABIC = Catalogue(
    language="ar",
    number=number_words,
    when=when_words,
    zone_name=zone_name,
    listed=listed,
    listed_directly=listed,
    more=more_problems,
    shares=(
        (Decimal("0.5"), "أقل من واحد في المئة من العملاء"),
        (Decimal("1.5"), "نحو عميل واحد من كل مئة"),
        (Decimal(3), "نحو عميل واحد من كل خمسين"),
        (Decimal(7), "نحو عميل واحد من كل عشرين"),
        (Decimal(11), "نحو عميل واحد من كل عشرة"),
        (Decimal(16), "نحو عميل واحد من كل ثمانية"),
        (Decimal(22), "نحو عميل واحد من كل خمسة"),
        (Decimal(29), "نحو ربع العملاء"),
        (Decimal(42), "نحو ثلث العملاء"),
        (Decimal(58), "نحو نصف العملاء"),
        (Decimal(70), "نحو ثلثي العملاء"),
        (Decimal(83), "نحو ثلاثة أرباع العملاء"),
        (Decimal(97), "نحو تسعة أعشار العملاء"),
        (Decimal(100), "جميع العملاء تقريبا"),
    ),
    pace=9.4,
    decimal_sign=".",
    decimal_word="فاصلة",
    percent="في المئة",
    plus="زائد",
    dot="نقطة",
    dash="شرطة",
    service="خدمتنا",
    known="نعلم بوجود مشكلة في {names}.",
    known_by_title="نعلم بهذه المشكلة: {title}.",
    by_title=("", "المقصود هو: {title}.", "نتحدث عن هذه المشكلة: {title}."),
    sorry="نأسف لذلك.",
    affected={
        ComponentState.MAJOR_OUTAGE: "لا يمكنكم استخدام {direct} الآن.",
        ComponentState.PARTIAL_OUTAGE: "لا يستطيع بعض العملاء استخدام {direct} الآن.",
        ComponentState.DEGRADED_PERFORMANCE: "قد تواجهون بطئا أو تقطعا في {direct}.",
    },
    affected_share="يتأثر بذلك {share}.",
    all_else_works=(
        "كل ما عدا ذلك يعمل كالمعتاد.",
        "بقية خدماتنا تعمل جيدا.",
        "لا مشكلات في غير ذلك.",
    ),
    still_works=("ما زال يعمل: {what}", "يمكنكم الاعتماد على هذا: {what}", "هذا يعمل: {what}"),
    doing={
        Status.INVESTIGATING: (
            "نبحث عن السبب.",
            "ما زلنا نبحث عن سبب المشكلة في {names}.",
            "لم نعرف السبب بعد، ونواصل البحث.",
        ),
        Status.IDENTIFIED: (
            "عرفنا السبب ونعمل على إصلاحه.",
            "ما زلنا نصلح المشكلة في {names}.",
            "السبب معروف، والإصلاح جار.",
        ),
        Status.MONITORING: (
            "أصلحنا الخلل ونراقب النتيجة.",
            "ما زلنا نراقب الإصلاح في {names}.",
            "أجرينا الإصلاح ونتأكد من ثباته.",
        ),
    },
    already={
        Status.INVESTIGATING: _pattern("نبحث", "نحقق", "التحقيق"),
        Status.IDENTIFIED: _pattern("نصلح", "إصلاح", "نعمل على"),
        Status.MONITORING: _pattern("نراقب", "مراقبة"),
    },
    fresh={
        Status.INVESTIGATING: "الجديد {since}: ما زلنا نبحث عن سبب المشكلة في {names}.",
        Status.IDENTIFIED: "الجديد {since}: عرفنا سبب المشكلة في {names}.",
        Status.MONITORING: "الجديد {since}: أجرينا إصلاحا في {names}.",
    },
    meanwhile="إلى أن تنتهي المشكلة في {names}: {what}",
    no_report="لا حاجة إلى الإبلاغ عن المشكلة في {names}.",
    promise=(
        "تحديثنا القادم {at}.",
        "انتظروا التحديث التالي {at}.",
        "سنخبركم بالمزيد {at}.",
    ),
    where=(
        "يمكنكم أيضا قراءة الأخبار على {url}.",
        "تجدون المستجدات على {url}.",
        "كل أخبارنا على {url}.",
    ),
    anything_else=(
        "إذا كنتم تتصلون بشأن أمر آخر، فابقوا على الخط من فضلكم.",
        "يمكنكم إنهاء المكالمة الآن، أو البقاء على الخط لأي أمر آخر.",
        "لأي سؤال آخر ابقوا على الخط.",
    ),
    several="عدد المشكلات التي نعلم بها: {count}.",
    unreadable=(
        ("نعلم بوجود مشكلة ونعمل على حلها.", "ليست لدينا التفاصيل بعد."),
        ("ما زلنا نعمل على حل مشكلة نعلم بها.",),
        ("هناك مشكلة، ولا حاجة إلى الإبلاغ عنها.", "نعمل عليها، وسنخبركم بالتفاصيل."),
    ),
    planned=(
        "نجري الآن أعمالا مخططا لها في {names}.",
        "الأعمال المخطط لها في {names} مستمرة.",
        "إذا واجهتم صعوبة في {names}، فالسبب أعمالنا المخطط لها.",
    ),
    planned_effect="قد لا يمكنكم استخدام {direct} حتى ينتهي العمل.",
    planned_end=(
        "نعتزم الانتهاء {by}.",
        "من المقرر أن تنتهي {by}.",
        "حاولوا مرة أخرى {after} من فضلكم.",
    ),
    planned_too=(
        "وهناك أيضا أعمال مخطط لها في {names}.",
        "وتستمر كذلك الأعمال المخطط لها في {names}.",
        "ولدينا أعمال مخطط لها في {names} أيضا.",
    ),
    fixed=(
        "انتهت المشكلة في {names} {since}.",
        "أصلحنا المشكلة في {names} {at}.",
        "إذا واجهتم صعوبة في {names}، فكل شيء على ما يرام {since}.",
    ),
    still_seen=(
        "إذا ما زلتم تواجهونها، فابقوا على الخط من فضلكم.",
        "ابقوا على الخط إذا استمرت لديكم.",
        "حاولوا مرة أخرى من فضلكم، وإن لم تنجحوا فابقوا على الخط.",
    ),
    title_opening=_pattern("^(مشكلة|مشكلات|عطل|حادث) في "),
    title_of_nothing=_pattern("^(نحقق|نبحث|جار التحقيق)"),
    banned=_pattern(
        "قريبا",
        "في أقرب وقت",
        "الإزعاج",
        "إزعاج",
        r"مكالمتكم (مهمة|تهمنا)",
        "غير مسبوق",
        r"(الرجاء|يرجى) الانتظار",
        r"صعوبات (فنية|تقنية)",
        r"(انقر|اضغط)",
        r"\bأدناه\b",
    ),
    for_readers=_pattern(
        r"(مزيد من|المزيد من) (المعلومات|التفاصيل)",
        r"^(انظر|راجع)",
        "سنوافيكم",
        "على اطلاع",
        r"(صفحة|حالة)\b[^،؛]*(ستحدث|سنحدث)",
    ),
    apology=_pattern("نأسف", "نعتذر", "آسف", "عذرا", "المعذرة", "اعتذار"),
    ageing=_pattern(
        r"\b(خلال|بعد|منذ|قبل|غضون|لمدة|آخر)\b[^،؛]{0,60}(دقيق|دقائق|ساعة|ساعات|ساعتين)",
        r"(التحديث|تحديثنا|التحديثات) (القادم|التالي|القادمة|التالية)",
    ),
    of_today=_pattern(r"\b(اليوم|الليلة|غدا|أمس|البارحة)\b", r"\bهذا (الصباح|المساء|الأسبوع)"),
    points_back=re.compile(r"(هو|هي|هم|هذا|هذه|ذلك|تلك|لذلك|لذا|ثم|هناك|هنا)\b"),
    coded=re.compile(r"(خطأ|رمز|إصدار|رقم|حالة) \d|\d ?(ص|م)\b"),
    has_ordinal_dots=False,
)
