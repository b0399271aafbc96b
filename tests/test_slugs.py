"""Short names made of any text."""

from __future__ import annotations

import pytest

from statuspage.model import derived_id
from statuspage.slugs import SLUG_LENGTH, free_slug, slug_of, slug_words


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("2026-11-21--card_payments", "2026-11-21--card_payments"),
        ("Über Karten & Co.", "uber-karten-co"),
        ("You can't pay", "you-cant-pay"),
        ("支払い", derived_id("slug", "支払い")),
    ],
)
def test_a_name_that_is_a_slug_stays_and_any_other_is_made_of_its_words(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_the_slug_of_a_title_ends_with_a_whole_word() -> None:
    words = slug_words("Payments by card fail for some customers of the shop in the north")

    assert words == "payments-by-card-fail-for-some-customers-of-the-shop-in-the"
    assert len(words) <= SLUG_LENGTH


def test_a_title_of_one_long_word_is_cut() -> None:
    assert slug_words("x" * 100) == "x" * SLUG_LENGTH


def test_a_slug_that_is_taken_gets_the_first_free_number() -> None:
    assert free_slug("cards", {"cards", "cards-2"}) == "cards-3"
    assert free_slug("cards", ()) == "cards"
