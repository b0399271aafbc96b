"""The hold message in Arabic: its numbers, its times, and whole messages. Read these aloud before changing a word."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from statuspage.model import HoldStyle, Impact
from statuspage.render.hold import hold_wordings
from statuspage.render.hold.arabic import ARABIC, clock_words, listed, more_problems, number_words, zone_name
from statuspage.render.hold.speech import speakable_sentences
from tests.hold.builders import at, incident, planned, shown, update

PLAIN = HoldStyle(languages=("ar",))
NAMES = {"cards": "المدفوعات بالبطاقات", "search": "البحث"}
AT = "في الساعة الثانية وخمس وثلاثين دقيقة بعد الظهر بتوقيت وسط أوروبا."


def test_a_problem_in_arabic() -> None:
    first = update(
        "13:05",
        body="تفشل دفعة من كل ثلاث دفعات.",
        next_at="13:35",
        what_you_can_do="يمكنكم الدفع بالتحويل المصرفي.",
    )
    page = shown(incident(first, impact=Impact.MAJOR), now=at("13:10"), language="ar", names=NAMES)

    assert hold_wordings(page, "ar") == (
        "نعلم بوجود مشكلة في المدفوعات بالبطاقات. نأسف لذلك. تفشل دفعة من كل ثلاث دفعات. "
        f"يمكنكم الدفع بالتحويل المصرفي. تحديثنا القادم {AT} "
        "إذا كنتم تتصلون بشأن أمر آخر، فابقوا على الخط من فضلكم.",
        "ما زلنا نبحث عن سبب المشكلة في المدفوعات بالبطاقات. "
        f"انتظروا التحديث التالي {AT} يمكنكم إنهاء المكالمة الآن، أو البقاء على الخط لأي أمر آخر.",
        "إلى أن تنتهي المشكلة في المدفوعات بالبطاقات: يمكنكم الدفع بالتحويل المصرفي. لا مشكلات في غير ذلك. "
        f"سنخبركم بالمزيد {AT} لأي سؤال آخر ابقوا على الخط.",
    )


def test_planned_work_in_arabic() -> None:
    page = shown(planned(starts="13:00", ends="15:00"), now=at("13:10"), language="ar", names=NAMES)

    assert hold_wordings(page, "ar")[0].startswith(
        "نجري الآن أعمالا مخططا لها في المدفوعات بالبطاقات. قد لا يمكنكم استخدام المدفوعات بالبطاقات حتى ينتهي العمل. "
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "صفر"),
        (2, "اثنان"),
        (11, "أحد عشر"),
        (25, "خمسة وعشرون"),
        (100, "مئة"),
        (205, "مئتان وخمسة"),
        (1_240, "ألف ومئتان وأربعون"),
        (3_000, "ثلاثة آلاف"),
        (40_001, "أربعون ألف وواحد"),
    ],
)
def test_a_number_in_words(number: int, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("00:00", "منتصف الليل"),
        ("00:05", "الساعة الثانية عشرة وخمس دقائق صباحا"),
        ("01:00", "الساعة الواحدة صباحا"),
        ("09:01", "الساعة التاسعة ودقيقة صباحا"),
        ("11:12", "الساعة الحادية عشرة واثنتي عشرة دقيقة صباحا"),
        ("12:00", "الساعة الثانية عشرة ظهرا"),
        ("14:30", "الساعة الثانية والنصف بعد الظهر"),
        ("16:15", "الساعة الرابعة والربع بعد الظهر"),
        ("21:48", "الساعة التاسعة وثمان وأربعين دقيقة مساء"),
    ],
)
def test_a_time_of_day_in_words(clock: str, words: str) -> None:
    assert clock_words(time.fromisoformat(clock)) == words


def test_every_minute_of_the_day_has_words_of_its_own_and_no_digit() -> None:
    words = [clock_words(time(hour, minute)) for hour in range(24) for minute in range(60)]

    assert len(set(words)) == len(words)
    assert not any(sign.isdigit() or sign == "_" for text in words for sign in text)


@pytest.mark.parametrize(
    ("zone", "name"),
    [("Europe/Berlin", "بتوقيت وسط أوروبا"), ("Asia/Riyadh", "بتوقيت الرياض"), ("Etc/GMT+5", "بتوقيتنا")],
)
def test_a_zone_has_a_name_that_people_use(zone: str, name: str) -> None:
    assert zone_name(datetime(2026, 7, 1, tzinfo=UTC), ZoneInfo(zone)) == name


def test_names_and_counts_are_joined_as_the_language_counts() -> None:
    assert listed(["البحث", "API"], 0) == "البحث و API"
    assert [listed(["البحث"], count).partition("و")[2] for count in (1, 2, 5, 11)] == [
        "خدمة أخرى",
        "خدمتين أخريين",
        "خمس خدمات أخرى",
        "خدمات أخرى كثيرة",
    ]
    assert more_problems(2, True)[0] == "وعلى صفحة الحالة تجدون مشكلتين أصغر."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("هل جَرَّبتم مرة أخرى؟ نعم.", ("هل جربتم مرة أخرى؟", "نعم.")),
        ("تأثر ٢٥ عميلا.", ("تأثر خمسة وعشرون عميلا.",)),
        ("سنعود خلال ٣٠ دقيقة.", (None,)),
        ("سنصلح ذلك قريبا.", (None,)),
        ("الخطأ 503 في api/v2.", (None,)),
    ],
)
def test_what_people_wrote_as_a_voice_says_it(written: str, said: tuple[str | None, ...]) -> None:
    assert speakable_sentences(written, PLAIN, ARABIC) == said
